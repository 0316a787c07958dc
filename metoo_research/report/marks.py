"""The places that evidence leads to, marked in the articles' texts.

Offsets count code points, as Python does: the page holds the marks ready-made, so that no
browser, whose strings count otherwise, has to find them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from metoo_research.report.parts import Evidence, evidence_in

if TYPE_CHECKING:
    from markupsafe import Markup

    from metoo_research.report.parts import ArticleText, Report


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """A passage with the places in it marked."""

    kind: str
    start: int
    end: int
    content: Markup


def evidence_id(evidence: Evidence) -> str:
    """Give the anchor of a place: the same in the page and in an address, whatever the id."""
    article = quote(evidence.article_id, safe="", errors="backslashreplace")
    return f"e-{article}-{evidence.start}-{evidence.end}"


def evidence_of(report: Report) -> dict[str, list[Evidence]]:
    """Give the places that the cells of a report lead to, each once, by article."""
    found: dict[str, dict[Evidence, None]] = defaultdict(dict)
    for place in evidence_in(report.sections):
        found[place.article_id][place] = None
    return {article_id: list(places) for article_id, places in found.items()}


def marked_passages(article: ArticleText, evidence: Iterable[Evidence]) -> list[MarkedPassage]:
    """Cut an article's text into its passages and mark the places in each.

    A place is ``<span class="place" id=…>`` around its very characters. Where two places
    cross, or one goes on in the next passage, the later pieces have ``data-of`` in place of
    ``id``.
    """
    from markupsafe import Markup

    places = sorted(evidence, key=lambda place: (place.start, -place.end))
    begun: set[Evidence] = set()
    passages = []
    for passage in article.passages:
        within = [p for p in places if p.start < passage.end and p.end > passage.start]
        content = _marked(article.text, passage.start, passage.end, within, begun)
        # S704: every piece of text in it went through _escaped.
        passages.append(
            MarkedPassage(passage.kind, passage.start, passage.end, Markup(content))  # noqa: S704
        )
    return passages


def _marked(
    text: str, start: int, end: int, places: Sequence[Evidence], begun: set[Evidence]
) -> str:
    bounds = {start, end}
    for place in places:
        bounds |= {max(place.start, start), min(place.end, end)}
    pieces: list[str] = []
    open_now: list[Evidence] = []
    ordered = sorted(bounds)
    for at, until in zip(ordered, [*ordered[1:], None], strict=True):
        # Close what ends here; what lies within it and goes on is opened again.
        ended = [n for n, place in enumerate(open_now) if place.end <= at]
        if ended:
            pieces.append("</span>" * (len(open_now) - ended[0]))
            open_now = open_now[: ended[0]]
        if until is None:
            pieces.append("</span>" * len(open_now))
            break
        for place in places:
            if place.start <= at < place.end and place not in open_now:
                name = "data-of" if place in begun else "id"
                pieces.append(f'<span class="place" {name}="{evidence_id(place)}">')
                begun.add(place)
                open_now.append(place)
        pieces.append(_escaped(text[at:until]))
    return "".join(pieces)


def _escaped(text: str) -> str:
    from markupsafe import escape

    # A browser reads a bare carriage return as a line feed and drops a NUL: the first is kept
    # by its number, the second shown as a replaced character.
    return str(escape(text)).replace("\0", "\ufffd").replace("\r", "&#13;")
