import pytest
from reading import field_of, figure, table_of


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Some 300 boats came, according to the harbour office.", "the harbour office"),
        ("According to Lloyd's, 300 boats came.", "Lloyd's"),
        ("The charity said 300 boats came.", "The charity"),
        ("In Hull, Reuters reported that 300 boats came.", "Reuters"),
        ("On Monday Reuters said 300 boats came.", "Reuters"),
        ("Some 300 boats came, Reuters said.", "Reuters"),
        ("Some 300 boats came, Reuters said on Friday, and more will.", "Reuters"),
        ("“Some 300 boats came,” said Jane Doe, a fisherwoman.", "Jane Doe"),
        ("Some 300 boats came, says Rape Crisis, a charity.", "Rape Crisis"),
        ("A spokesman for the force said 300 boats came.", "A spokesman for the force"),
        ("A Lloyd's spokeswoman told the BBC that 300 boats came.", "A Lloyd's spokeswoman"),
        ("Jane Doe, 34, said 300 boats came.", "Jane Doe"),
        ("Ali Rashad, who runs the port, said 300 boats came.", "Ali Rashad"),
        ("A study by Hull University found 300 boats.", "A study by Hull University"),
        ("Figures released by Lloyd's show 300 boats came.", "Figures released by Lloyd's"),
        ("Police put the number of boats at 300.", "Police"),
        ("Some 300 boats came, per a person familiar with the matter.",
         "a person familiar with the matter"),
        ("She said 300 boats came.", "She"),
        ("The skipper told reporters 300 boats came.", "The skipper"),
        ("Doe tweeted that 300 boats came.", "Doe"),
        ("But freight tracker Doe Data counted 300 boats.", "freight tracker Doe Data"),
        ("Rents rose, and lawyers say 300 boats came.", "lawyers"),
        ("A poll of 1,006 skippers by Doe Data found 300 boats.",
         "A poll of 1,006 skippers by Doe Data"),
        ("By the count of Doe Data, 300 boats came.", "Doe Data"),
        ("Some 300 boats came, per a company blog post.", "a company blog post"),
        ("Some 300 boats came, the tracker Doe Data said Monday, as rain fell.",
         "the tracker Doe Data"),
        ("Doe Data settled on 300 boats.", "Doe Data"),
        ("The union put it at 300 boats.", "The union"),
        ("Boats came, a fleet that officials put at closer to 300.", "officials"),
        ("Some 300 boats came, the bakers' federation told AFP.", "the bakers' federation"),
        ("Hull Police put the fleet at 300 and said no boat sank.", "Hull Police"),
    ],
)  # fmt: skip
def test_who_tells_the_figure(text: str, who: str) -> None:
    assert field_of("attributed_to", text)[-1] == who


@pytest.mark.parametrize(
    "text",
    [
        "Women who took part said they saw 300 boats.",  # a crowd that speaks for itself
        "The finds filled 300 boats.",
        "She added 300 boats to the list.",
        "Some 300 boats came, it was said on Monday.",
    ],
)
def test_who_does_not(text: str) -> None:
    assert figure(text)["attributed_to"] is None


def test_what_is_said_ends_with_its_clause() -> None:
    text = "The union said 300 boats came, but the police counted 120."
    assert field_of("attributed_to", text) == ["The union", "the police"]


def test_a_number_of_sources_is_attributed_to_nobody() -> None:
    text = "Some 300 boats came, according to three people briefed on the matter."
    assert field_of("attributed_to", text) == [
        "three people briefed on the matter",
        None,
    ]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("“We won,” said Ana Ruiz, a mother of two children.", [None]),
        ("Some 300 boats came, said Ana Ruiz, who runs 14 shops.", ["Ana Ruiz", None]),
        ("Some 300 boats came, said Ana Ruiz of the union, which has 90 members.",
         ["Ana Ruiz", None]),
        ("“We won,” said Lee Wan, chairman of a 900-member union.", [None]),
        ("“It is slow,” said Lee Wan, a nurse for 20 years, “but 300 boats came.”",
         [None, "Lee Wan"]),
        ("Some 300 boats came, Ana Ruiz said on Twitter, where she has 900 fans.",
         ["Ana Ruiz", None]),
        ("According to the port, which has 40 cranes, 300 boats came.", [None, "the port"]),
        ("According to the port, a fleet of 300 boats came.", ["the port"]),
        ("The union, which has 1,200 members, said 300 boats came.", [None, "The union"]),
    ],
)  # fmt: skip
def test_what_describes_a_source_is_nothing_it_tells(text: str, who: list[str | None]) -> None:
    assert field_of("attributed_to", text) == who


@pytest.mark.parametrize(
    ("before", "text", "source"),
    [
        ("It was posted on Facebook.", "It drew 300 posts, the company said.", "Facebook"),
        ("It was posted on Instagram.", "It drew 300 posts, the site said.", "Facebook"),
        ("Boats.", "A Twitter spokesperson said it drew 300 posts.", "Twitter"),
        ("Boats.", "A spokeswoman for Twitter said it drew 300 posts.", "Twitter"),
        ("Boats.", "A study by Hull University found 300 boats.", "Hull University"),
        ("Boats.", "The port's spokesman said it drew 300 boats.", "The port's spokesman"),
        ("Boats.", "According to Lloyd's List, 300 boats came.", "Lloyd's List"),
        ("Boats.", "She said 300 boats came.", None),
        ("Boats.", "They drew 300 boats, the company said.", None),
    ],
)
def test_the_source_by_its_own_name(before: str, text: str, source: str | None) -> None:
    assert figure(before, text)["source"] == source


@pytest.mark.parametrize(
    ("before", "text", "who"),
    [
        ("“We won,” said Ana Ruiz.", "“And 300 boats came.”", "Ana Ruiz"),
        ("‘We won,’ said Ana Ruiz, a baker.", "‘And 300 boats came.’", "Ana Ruiz"),
        ("'We won,' said Ana Ruiz.", "'And 300 boats came.'", "Ana Ruiz"),
        ('"We won," Ana Ruiz said on Monday.', '"And 300 boats came."', "Ana Ruiz"),
        ("Ana Ruiz said: “We won.", "And 300 boats came.”", "Ana Ruiz"),
        ("“We won,” said Ana Ruiz.", "“And 300 boats came,” said Lee Wan.", "Lee Wan"),
        ("“We won,” said Ana Ruiz.", "And 300 boats came.", None),
        ("“We won,” said Ana Ruiz.", "“Home” was painted on 300 boats.", None),
        ("Ana Ruiz won.", "“And 300 boats came.”", None),
    ],
)
def test_who_goes_on_speaking(before: str, text: str, who: str | None) -> None:
    assert figure(before, text)["attributed_to"] == who


def test_who_is_named_behind_the_last_sentence_of_a_quotation() -> None:
    table = table_of(
        "“We won,” said Ana Ruiz.", "“I saw 300 boats.", "It rained,” said Lee Wan."
    )
    assert list(table["attributed_to"]) == ["Lee Wan"]
