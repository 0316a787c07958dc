"""Places marked in an article's text, for every text and every set of places."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from metoo_research.passages import label_text
from metoo_research.report.marks import evidence_id, marked_passages
from metoo_research.report.parts import ArticleText, Evidence, Passage


class Reader(HTMLParser):
    """What a browser would make of marked text: its characters, and those of each place."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.places: dict[str, str] = {}
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._open.append(given.get("id") or given.get("data-of") or "")

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        for place in self._open:
            self.places[place] = self.places.get(place, "") + data


def source(text: str, article_id: str = "a") -> ArticleText:
    passages = tuple(Passage(one.start, one.end, one.kind) for one in label_text(text))
    return ArticleText(article_id, "A", None, None, "a.txt", text, passages)


def read(text: str, places: list[Evidence]) -> list[Reader]:
    readers = []
    for passage in marked_passages(source(text), places):
        reader = Reader()
        reader.feed(str(passage.content))
        reader.close()
        assert reader._open == []
        readers.append(reader)
    return readers


def html_of(text: str, *spans: tuple[int, int]) -> str:
    places = [Evidence("a", *span) for span in spans]
    [passage] = marked_passages(source(text), places)
    return str(passage.content)


def test_a_place_is_its_very_characters() -> None:
    assert html_of("In all 300 people.", (7, 10)) == (
        'In all <span class="place" id="e-a-7-10">300</span> people.'
    )


def test_markup_in_a_text_stays_text() -> None:
    assert html_of("<b>1</b> & 2", (3, 4)) == (
        '&lt;b&gt;<span class="place" id="e-a-3-4">1</span>&lt;/b&gt; &amp; 2'
    )


def test_a_place_within_another_stands_within_it() -> None:
    assert html_of("one two three", (0, 7), (4, 7)) == (
        '<span class="place" id="e-a-0-7">one <span class="place" id="e-a-4-7">two</span>'
        "</span> three"
    )


def test_of_two_places_that_cross_the_second_goes_on_behind_the_first() -> None:
    assert html_of("one two three", (0, 7), (4, 13)) == (
        '<span class="place" id="e-a-0-7">one <span class="place" id="e-a-4-13">two</span>'
        '</span><span class="place" data-of="e-a-4-13"> three</span>'
    )


def test_line_ends_of_windows_and_nul_are_kept_one_for_one() -> None:
    # In a page a bare carriage return would be read as a line feed, and a NUL be dropped.
    text = "a\0b\rc"
    whole = ArticleText("a", "A", None, None, "a.txt", text, (Passage(0, len(text), "body"),))
    assert str(marked_passages(whole, [])[0].content) == "a\ufffdb&#13;c"


def test_an_anchor_is_the_same_in_a_page_and_in_an_address() -> None:
    assert evidence_id(Evidence("été/a b~2", 1, 2)) == "e-%C3%A9t%C3%A9%2Fa%20b~2-1-2"


# What a browser drops or changes in any page; marks are not to blame for it.
texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1, max_size=60
)


@given(text=texts, data=st.data())
def test_every_place_holds_its_characters_and_nothing_is_lost(
    text: str, data: st.DataObject
) -> None:
    ends = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(ends, ends), max_size=5))
    places = [Evidence("a", start, end) for start, end in set(spans) if start < end]
    passages = label_text(text)
    readers = read(text, places)
    shown = [reader.text for reader in readers]
    assert shown == [text[one.start : one.end] for one in passages]
    for place in places:
        found = "".join(reader.places.get(evidence_id(place), "") for reader in readers)
        # White space between passages belongs to none.
        pieces = [
            text[max(one.start, place.start) : min(one.end, place.end)]
            for one in passages
            if one.start < place.end and one.end > place.start
        ]
        assert found == "".join(pieces)


@given(text=texts, data=st.data())
def test_every_place_has_one_anchor(text: str, data: st.DataObject) -> None:
    ends = st.integers(0, len(text))
    spans = data.draw(st.sets(st.tuples(ends, ends), max_size=5))
    places = [Evidence("a", start, end) for start, end in spans if start < end]
    page = "".join(str(one.content) for one in marked_passages(source(text), places))
    for place in places:
        seen = any(one.start < place.end and one.end > place.start for one in label_text(text))
        assert page.count(f' id="{evidence_id(place)}"') == seen
