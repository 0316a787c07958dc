import pytest
from reading import field_of, figure


@pytest.mark.parametrize(
    ("text", "bound", "modifier"),
    [
        ("More than 300 people came.", "at_least", "more than"),
        ("Over 300 people came.", "at_least", "over"),
        ("It drew at least 300 people.", "at_least", "at least"),
        ("Upwards of 300 people came.", "at_least", "upwards of"),
        ("No fewer than 300 people came.", "at_least", "no fewer than"),
        ("It drew 300-plus people.", "at_least", "-plus"),
        ("It drew 300+ people.", "at_least", "+"),
        ("It drew 300 people or more.", "at_least", "or more"),
        ("It drew up to 300 people.", "at_most", "up to"),
        ("As many as 300 people came.", "at_most", "as many as"),
        ("Fewer than 300 people came.", "at_most", "fewer than"),
        ("Just under 300 people came.", "at_most", "just under"),
        ("About 300 people came.", "about", "about"),
        ("Nearly 300 people came.", "about", "nearly"),
        ("Some 300 people came.", "about", "some"),
        ("An estimated 300 people came.", "about", "an estimated"),
        ("It drew 300 people or so.", "about", "or so"),
        ("It drew 300-odd people.", "about", "-odd"),
        ("It drew ~300 people.", "about", "~"),
        ("More than a whopping 300 people came.", "at_least", "more than"),
        ("It cost over $300.", "at_least", "over"),
        ("Hundreds of people came.", "vague", None),
        ("More than a thousand people came.", "at_least", "more than"),
        ("Only 300 people came.", "exact", None),
        ("The court awarded £300 plus interest.", "exact", None),
    ],
)
def test_the_word_beside_a_number_bounds_it(
    text: str, bound: str, modifier: str | None
) -> None:
    found = figure(text)
    assert (found["bound"], found["modifier"]) == (bound, modifier)


def test_a_hedge_reaches_over_coordinated_numbers() -> None:
    text = "It earned over 16 prizes, 32 medals and 5 cups."
    assert field_of("bound", text) == ["at_least"] * 3


def test_a_hedge_does_not_reach_over_other_words() -> None:
    assert field_of("bound", "Over 16 boats came, and the wardens stopped 32 cars.") == [
        "at_least",
        "exact",
    ]


def test_a_hedge_of_a_time_does_not_reach_the_figure_behind_it() -> None:
    assert field_of("bound", "Less than 24 hours after the call, 40 people came.") == ["exact"]
