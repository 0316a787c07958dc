from itertools import pairwise

import pytest

from metoo_research.metrics.masks import find_masks
from metoo_research.metrics.numbers import find_numbers


def kinds(text: str) -> list[tuple[str, str]]:
    return [(mask.kind, text[mask.start : mask.end]) for mask in find_masks(text)]


@pytest.mark.parametrize(
    ("text", "kind", "masked"),
    [
        ("see https://example.org/2017/10/a-12.html", "link", "https://example.org/2017/10/a-12.html"),
        ("write to desk24@example.org", "e-mail", "desk24@example.org"),
        ("by @river_2017", "handle", "@river_2017"),
        ("under #1MillionTrees", "hashtag", "#1MillionTrees"),
        ("at 10:30 a.m.", "clock time", "10:30 a.m."),
        ("at 9.15pm", "clock time", "9.15pm"),
        ("call 1-800-656-4673", "telephone number", "1-800-656-4673"),
        ("ring 0808 2000 247 now", "telephone number", "0808 2000 247"),
        ("open 24/7", "set phrase", "24/7"),
        ("a 5G mast", "set phrase", "5G"),
        ("about 1e999 of them", "set phrase", "1e999"),
        ("the A40 road", "name with digits", "A40"),
        ("COVID-19 wards", "name with digits", "COVID-19"),
        ("see page 14", "number of a name", "page 14"),
        ("Section 377 of the code", "number of a name", "Section 377"),
        ("a No. 1 hit", "number of a name", "No. 1"),
        ("an iPhone 11 costs", "number of a name", "11"),
        ("a Boeing 737 was", "number of a name", "737"),
        ("Boeing 747s were grounded", "number of a name", "747s"),
        ("outside 10 Downing Street", "address", "10 Downing Street"),
        ("case 17-cv-2048", "case number", "17-cv-2048"),
        ("case No. 17-1234", "number of a name", "No. 17-1234"),
        ("Law 26,485 was passed", "number of a name", "Law 26,485"),
        ("routes 11 and 24 were cut", "number of a name", "routes 11 and 24"),
        ("a phone with Oreo 8.1 on it", "number of a name", "8.1"),
        ("under HB 1523, a bill", "bill", "HB 1523"),
        ("a host on 98.7 FM", "frequency", "98.7 FM"),
        ("call 144 at any hour", "short number", "call 144"),
        ("text JOIN to 84848", "short number", "text JOIN to 84848"),
        ("at 1230 Calle Flores", "address", "1230 Calle "),
        ("trending at number two there", "rank", "two"),
        ("at 402 N. 9th St.", "address", "402 N. 9th St"),
        ("the bill failed 17-16", "score", "17-16"),
        ("they voted 8-5 to move", "score", "8-5"),
        ("they won 3-1", "score", "3-1"),
        ("The vote was 52-48", "score", "52-48"),
    ],
)  # fmt: skip
def test_what_is_no_figure(text: str, kind: str, masked: str) -> None:
    assert (kind, masked) in kinds(text)
    assert not [n for n in find_numbers(text, find_masks(text)) if n.kind != "ordinal"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("on October 15, 2017", "October 15, 2017"),
        ("on Oct. 5", "Oct. 5"),
        ("on 3 May 2019", "3 May 2019"),
        ("on 1-3 November", "1-3 November"),
        ("between October 15 and 24", "October 15 and 24"),
        ("between 3 and 5 May", "3 and 5 May"),
        ("in January 2018", "January 2018"),
        ("on 2017-10-15", "2017-10-15"),
        ("in 2014", "2014"),
        ("in the 1980s", "1980s"),
        ("in the ’90s", "’90s"),
        ("in 2014-15", "2014-15"),
        ("the 2015 Paris accord", "2015"),
    ],
)
def test_dates_are_masks_of_their_own(text: str, date: str) -> None:
    assert kinds(text) == [("date", date)]


@pytest.mark.parametrize(
    "text", ["2000 people", "some 1800 signatures", "1950 miles", "$2000", "2,017", "2017%"]
)
def test_four_digits_that_count_are_no_year(text: str) -> None:
    assert "date" not in dict(kinds(text))


@pytest.mark.parametrize(
    "text",
    [
        "Police 12 officers short",  # opens the sentence: no name to be sure of
        "In London 300 people came",
        "About 40 came",
        "3-5 people came",  # counted by: a range
        "won 3-5 prizes",
    ],
)
def test_counts_that_look_like_names_or_scores(text: str) -> None:
    assert kinds(text) == []


def test_a_campaign_with_a_number_in_its_name() -> None:
    text = "Kony 2012 had 21 million hits"
    masks = find_masks(text, [(0, 9)])
    assert [text[n.start : n.end] for n in find_numbers(text, masks)] == ["21 million"]


def test_masks_are_in_order_and_do_not_overlap() -> None:
    text = "On 3 May 2019 at 10:30, @a1 wrote https://example.org/9 about page 14."
    masks = find_masks(text)
    assert all(a.end <= b.start for a, b in pairwise(masks))
