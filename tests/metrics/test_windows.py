import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import field_of, figure, table_of

from metoo_research.metrics.window_rules import WINDOW_RULES
from metoo_research.metrics.windows import find_windows


@pytest.mark.parametrize(
    ("window", "kind"),
    [
        ("in 48 hours", "duration"),
        ("in less than 24 hours", "duration"),
        ("within an hour", "duration"),
        ("within hours", "duration"),
        ("in a matter of days", "duration"),
        ("over a 24-hour period", "duration"),
        ("in its first week", "duration"),
        ("within the first three hours", "duration"),
        ("in the past 48 hours", "duration"),
        ("in the 12 months to March", "duration"),
        ("overnight", "duration"),
        ("by Monday night", "as_of"),
        ("by the early morning hours of Monday", "as_of"),
        ("by midday on Monday", "as_of"),
        ("by 9 p.m.", "as_of"),
        ("by the end of the week", "as_of"),
        ("as of 5 p.m. Friday", "as_of"),
        ("before it was taken down", "as_of"),
        ("by the time polls closed", "as_of"),
        ("so far", "as_of"),
        ("so far this year", "as_of"),
        ("since Friday", "since"),
        ("since April 23", "since"),
        ("since the protests began", "since"),
        ("since it was set up in January 2018", "since"),
        ("going back to the 1980s", "since"),
        ("three days after the call", "period"),
        ("between Sunday and Tuesday", "period"),
        ("between October 2017 and March 2018", "period"),
        ("from Sunday through Tuesday", "period"),
        ("on Thursday afternoon", "period"),
        ("on 3 May 2019", "period"),
        ("in November", "period"),
        ("in the same week last year", "period"),
        ("over the weekend", "period"),
        ("on its busiest day", "period"),
        ("at its peak", "period"),
        ("yesterday", "period"),
        ("within 24 hours of the tweet", "duration"),
        ("in the three days following the verdict", "duration"),
        ("in the week since the story broke", "duration"),
        ("in the days since", "duration"),
        ("in the week ending May 7", "duration"),
        ("in the first two weeks of November 2017", "duration"),
        ("in just over a month", "duration"),
        ("within the hour", "duration"),
        ("by the end of October 2017", "as_of"),
        ("by May 16 at 5 p.m.", "as_of"),
        ("by 2017-10-16", "as_of"),
        ("by Monday 5pm GMT", "as_of"),
        ("by last Friday", "as_of"),
        ("as of Wednesday at noon", "as_of"),
        ("through Tuesday", "as_of"),
        ("until now", "as_of"),
        ("since its launch in 2014", "since"),
        ("from May 15 through May 20", "period"),
        ("on Sunday, May 15", "period"),
        ("on May 15 and 16", "period"),
        ("over the weekend of May 14-15", "period"),
        ("around midnight on Sunday", "period"),
        ("late on Monday", "period"),
        ("earlier this week", "period"),
        ("last October", "period"),
        ("in the fourth quarter of 2017", "period"),
        ("in the 1990s", "period"),
        ("throughout October", "period"),
        ("during the broadcast", "period"),
        ("on International Women's Day", "period"),
        ("on day one", "period"),
    ],
)
def test_what_says_when_something_was_counted(window: str, kind: str) -> None:
    found = figure(f"The boats brought 300 letters {window}.")
    assert (found["window_text"], found["window_kind"]) == (window, kind)


@pytest.mark.parametrize(
    "text",
    [
        "Since the rules are voluntary, 12 firms complied.",  # a reason
        "Some 300 people came for a second time.",
        "They drew 300 people in the street.",
        "They were jailed for 12 years.",
        "He gave 300 talks by boat.",
        "Last year’s fair drew 300 people.",  # a fair of last year, not a count of last year
        "It drew 300 people, the worst figure since 2009.",
        "They showed a 29-minute film by Thursday.",
        "The page, opened on May 15, has 300 readers.",
        "In May we had a hall and now we have 300 seats.",
    ],
)
def test_what_is_no_window(text: str) -> None:
    assert figure(text)["window_text"] is None


def test_a_number_inside_a_window_is_no_figure() -> None:
    table = table_of("The boats brought 300 letters in four days.")
    assert dict(zip(table["number_text"], table["role"], strict=True)) == {
        "300": "figure",
        "four": "window",
    }


def test_a_window_stays_in_its_clause() -> None:
    text = "They carried 300 letters on Monday; 20 boats followed."
    assert field_of("window_text", text) == ["on Monday", None]


def test_a_window_that_opens_the_sentence_reaches_over_clauses() -> None:
    text = "By Monday night, 300 people had come and 20 boats had left."
    assert field_of("window_text", text) == ["By Monday night"] * 2


def test_each_number_has_the_window_beside_it() -> None:
    text = "She had 312 letters on Monday, and 4,500 by Wednesday."
    assert field_of("window_text", text) == ["on Monday", "by Wednesday"]


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("The guards held 70 skippers, up from 12 in 2019.", [None, "in 2019"]),
        ("In 2021 they held 70 skippers, up from 12.", ["In 2021", None]),
        ("The port has 300 boats, down from a peak of 900 in 2014.", [None, "in 2014"]),
        ("The fleet grew to 4,000 from 1,200 in May.", [None, "in May"]),
        ("The port had 70 boats in June compared with 30 in May.", ["in June", "in May"]),
        ("They held 70 skippers, against 12 a week before.", [None, "a week before"]),
        ("The club won 412 votes, against 96 in 2018.", [None, "in 2018"]),
        ("The club paid 70 skippers, 12 of them in 2019.", [None, "in 2019"]),
        ("The guards held 70 skippers, more than in 2019.", [None]),
        ("It drew 900 tweets in a day, compared with 40 for its rival.", ["in a day"] * 2),
        ("Some 70 boats from 12 ports came in 2019.", ["in 2019", "in 2019"]),
    ],
)
def test_a_number_does_not_take_the_window_of_what_it_is_compared_with(
    text: str, windows: list[str | None]
) -> None:
    assert field_of("window_text", text) == windows


def test_how_long_it_took_says_more_than_when() -> None:
    found = figure("In 2014, boats brought 300 letters in four days.")
    assert found["window_text"] == "in four days"


def test_the_time_of_saying_is_no_window_of_the_figure() -> None:
    assert figure("Some 300 people came, the charity said on Friday.")["window_text"] is None


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("Ana Ruiz, who leads 300 skippers, drew 900 views in May.", [None, "in May"]),
        ("In May they drew 900 views, said Ana Ruiz, who leads 300 skippers.",
         ["In May", None]),
        ("It drew 900 views in May, which was a record.", ["in May"]),
    ],
)  # fmt: skip
def test_what_is_inserted_has_no_part_in_the_window(
    text: str, windows: list[str | None]
) -> None:
    assert field_of("window_text", text) == windows


@pytest.mark.parametrize("where", ["", "in a blog post ", "reporters in Hull "])
def test_when_something_was_written_is_no_window_of_it(where: str) -> None:
    text = f"Some 300 boats came, the union told {where}on Tuesday."
    assert figure(text)["window_text"] is None


def test_windows_are_in_order_and_do_not_overlap() -> None:
    text = "Between Sunday and Tuesday, in the first 24 hours, by midday on Monday, so far."
    windows = find_windows(text)
    assert [text[w.start : w.end] for w in windows] == [w.text for w in windows]
    assert all(a.end <= b.start for a, b in pairwise(windows))


WORDS = (
    "on in at by as of until till up to before through since between from and the its last"
    " first next same this that early late earlier later Monday Sunday May Oct. 15 2017 5 p.m."
    " noon two 48 hours days week month year end peak day after verdict story broke , on,"
    " midnight today yesterday overnight during over within across throughout around about so"
    " far date weekend"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_windows_are_found_at_their_opening_words_as_they_are_anywhere(
    words: list[str],
) -> None:
    text = " ".join(words)
    places = [(match.start(), match[0].lower()) for match in re.finditer(r"\b\w+", text)]
    for rule in WINDOW_RULES:
        anywhere = rule._replace(openers=frozenset())
        assert list(rule.find(text, places)) == list(anywhere.find(text, places))
