"""Quoted speech: what stands in quotation marks, with its place, and who says it.

Offsets are Unicode code points, end-exclusive: ``text[start:end]`` begins and ends with the
marks. Marks are double or single, curly or straight, « » or „ “; quotations may stand within
quotations and run over paragraphs (the opening mark stands again before each, the closing one
after the last alone). An apostrophe is no mark.

Words in quotation marks are not always speech: names and titles stand in them, and words that
the author keeps at a distance. What is speech is decided by rules for news English that look
at most 260 characters around; each row tells by which one. See `find_quotations`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from metoo_research.errors import TableError
from metoo_research.passages import PASSAGE_KINDS, label_passages
from metoo_research.quotation_rules.marks import Marked, continues, family, opening_mark
from metoo_research.quotation_rules.pairing import pair_marks
from metoo_research.quotation_rules.speakers import HIDDEN, REACH, Around, Said, said_by
from metoo_research.results import Result, result

if TYPE_CHECKING:
    from metoo_research.corpus import Corpus

#: Stands in results, so that tables made by different rules are never taken for the same.
QUOTATION_RULES_VERSION: Final = "1"

_COLUMNS: Final = {
    "article_id": "str",
    "quotation_id": "int64",
    "passage_id": "int64",
    "kind": "str",
    "start": "int64",
    "end": "int64",
    "inner_start": "int64",
    "inner_end": "int64",
    "marks": "str",
    "depth": "int64",
    "closed": "bool",
    "paragraphs": "int64",
    "is_speech": "bool",
    "is_scare_quote": "bool",
    "rule": "str",
    "speaker": "str",
    "speaker_start": "Int64",
    "speaker_end": "Int64",
    "resolved": "str",
    "verb": "str",
    "text": "str",
}
#: What is quoted within more quotations than this is given to nobody: it is a mistake.
_DEEPEST: Final = 3
_PRONOUNS: Final = frozenset("he she they it we i you".split())


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of text in which a quotation is closed, unless the next one goes on with it."""

    start: int
    end: int
    kind: str = "body"
    passage_id: int = 0


@dataclass(slots=True)
class Quotation:
    """What stands in one pair of marks; `find_quotations` tells what each field means."""

    start: int
    inner_start: int
    inner_end: int
    end: int
    marks: str
    closed: bool
    #: The first paragraph, and the last one.
    first: Paragraph
    last: Paragraph
    paragraphs: int = 1
    depth: int = 0
    said: Said = field(default_factory=lambda: Said(False, "too deep"))
    speaker: str | None = None
    speaker_start: int | None = None
    doubtful: bool = False


def find_quotations(
    corpus: Corpus,
    passages: pd.DataFrame | None = None,
    *,
    kinds: Collection[str] = PASSAGE_KINDS,
) -> Result:
    """Find what stands in quotation marks in a corpus, and who says it.

    A quotation without a closing mark ends with its paragraph, unless the next paragraph of
    its kind begins with the opening mark again. Single marks are told from apostrophes by
    what stands around them: a final ``s’`` before a word that can be owned is a possessive,
    where a surer closing mark follows.

    Parameters
    ----------
    corpus
        The articles.
    passages
        As `label_passages` gives them; made if not given. Each passage is a paragraph.
    kinds
        Kinds of passages to take, by default all.

    Returns
    -------
    One row per quotation, by article and ``start``; what is quoted within a quotation has a
    row of its own:

    ``article_id``, ``quotation_id``
        The number counts from 0 in each article, over the passages taken.
    ``passage_id``, ``kind``
        Of the passage it begins in.
    ``start``, ``end``, ``inner_start``, ``inner_end``
        Offsets into the article's text, with the marks and without. Where there is no closing
        mark, both ends are the same.
    ``marks``
        ``curly double``, ``straight double``, ``curly single``, ``straight single``,
        ``low double``, ``low single``, ``guillemets``, ``single guillemets``, or ``mixed``
        double or single where the two marks are of two kinds.
    ``depth``
        0, or in how many other quotations it stands.
    ``closed``
        False where no closing mark was found.
    ``paragraphs``
        Over how many it runs.
    ``is_speech``
        Whether the words are given as said or written by somebody: a verb of saying beside
        them (``verb before``, ``verb after``, ``speaker after``, ``according to``,
        ``headline`` with a colon), a colon before them (``colon``), a clause that reports
        ("said that the day was “long”": ``reported clause``; "called it “long”": ``called``),
        a quotation before them that they go on (``goes on``); or, without any of these, a
        sentence of its own (``whole sentence``) or six words and more (``long``).
    ``is_scare_quote``
        Whether they are the author's own, kept at a distance: neither speech, nor a name or
        title (rule ``name``), a word for what follows ("the “me too” posts": ``label``), or
        a word that is spoken of (``term``).
    ``rule``
        The rule that decided.
    ``speaker``, ``speaker_start``, ``speaker_end``
        Who speaks, as the text has it, and where; missing where it does not say.
    ``resolved``
        The speaker, missing where it is a pronoun: it is not followed to a name.
    ``verb``
        The word that attributes, as written; empty if none does.
    ``text``
        The characters from ``start`` to ``end``.

    ``attrs`` tell how many quotations are not closed, and the version of the rules.

    Raises
    ------
    TableError
        If ``kinds`` holds a name that is no kind of passage, or the passages are those of
        another corpus.
    """
    unknown = [kind for kind in kinds if kind not in PASSAGE_KINDS]
    if unknown or isinstance(kinds, str):
        named = repr(kinds if isinstance(kinds, str) else unknown[0])
        known = ", ".join(PASSAGE_KINDS)
        raise TableError(f"kinds is a list of kinds of passages, not {named}; kinds: {known}")
    passages = label_passages(corpus) if passages is None else passages
    texts = dict(zip(corpus.articles["article_id"], corpus.articles["text"], strict=True))
    paragraphs: dict[str, list[Paragraph]] = {}
    names = ["article_id", "start", "end", "kind", "passage_id"]
    for article_id, *place in zip(*(passages[name].tolist() for name in names), strict=True):
        if article_id not in texts:
            raise TableError(
                f"passages: no article {article_id!r} in this corpus; label its own passages"
            )
        if place[2] in kinds:
            paragraphs.setdefault(article_id, []).append(Paragraph(*place))
    rows: list[tuple[Any, ...]] = []
    for article_id, own in paragraphs.items():
        text = texts[article_id]
        for number, found in enumerate(quotations_in(text, own)):
            rows.append((article_id, number, *_row(text, found)))
    table = pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)
    return result(
        table,
        {
            "table": "quotations",
            "rules": QUOTATION_RULES_VERSION,
            "kinds": [kind for kind in PASSAGE_KINDS if kind in kinds],
            "n_articles": len(texts),
            "n_quotations": len(table),
            "n_speech": int(table["is_speech"].sum()),
            "n_not_closed": int((~table["closed"]).sum()),
        },
    )


def quotations_in(text: str, paragraphs: Sequence[Paragraph] | None = None) -> list[Quotation]:
    """Find the quotations of one text, in the order of their starts.

    Parameters
    ----------
    text
        The text.
    paragraphs
        Its paragraphs, in order; its lines if not given.
    """
    own = list(_lines(text)) if paragraphs is None else paragraphs
    found = sorted(_paired(text, own), key=lambda one: (one.start, -one.end))
    _attribute(text, found)
    return found


def _lines(text: str) -> Iterable[Paragraph]:
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield Paragraph(at, at + len(line.rstrip()))
        at += len(line)


def _row(text: str, found: Quotation) -> tuple[Any, ...]:
    said, speaker, at = found.said, found.speaker, found.speaker_start
    return (
        found.first.passage_id, found.first.kind, found.start, found.end, found.inner_start,
        found.inner_end, found.marks, found.depth, found.closed, found.paragraphs, said.speech,
        said.rule == "scare quote", said.rule, speaker, at,
        None if at is None or speaker is None else at + len(speaker),
        None if speaker is None or speaker.lower() in _PRONOUNS else speaker,
        said.verb, text[found.start : found.end],
    )  # fmt: skip


# --- from paragraph to paragraph -------------------------------------------------------------


def _paired(text: str, paragraphs: Sequence[Paragraph]) -> list[Quotation]:
    """Pair the marks of each paragraph, and join what goes on in the next of its kind."""
    found: list[Quotation] = []
    #: Per kind, what the last paragraph left open, with its marks.
    open_: dict[str, tuple[Quotation, Marked]] = {}
    for paragraph in paragraphs:
        own = text[paragraph.start : paragraph.end]
        quotation, mark = open_.pop(paragraph.kind, (None, None))
        paired = None
        if quotation is not None and mark is not None:
            sign = text[quotation.start : quotation.inner_start]
            begins = opening_mark(own)
            if begins is not None and continues(begins, sign):
                paired = pair_marks(own, pending=sign, repeated=True).found
            elif family(sign) == "double":
                plain = pair_marks(own)
                if _closes_first(plain.found, plain.stray_closing):
                    paired = pair_marks(own, pending=sign).found
        if paired is None:
            quotation, paired = None, pair_marks(own).found
        made: list[tuple[Quotation, Marked]] = []
        for one in paired:
            if one.start < 0 and quotation is not None:
                quotation.inner_end = paragraph.start + one.inner_end
                quotation.end = paragraph.start + one.end
                quotation.closed, quotation.last = one.closed, paragraph
                quotation.paragraphs += 1
                quotation.doubtful = False
                made.append((quotation, one))
            elif one.start >= 0:
                new = Quotation(
                    paragraph.start + one.start, paragraph.start + one.inner_start,
                    paragraph.start + one.inner_end, paragraph.start + one.end, one.marks,
                    one.closed, paragraph, paragraph, doubtful=one.doubtful,
                )  # fmt: skip
                found.append(new)
                made.append((new, one))
        size = len(own.rstrip())
        unclosed = [pair for pair in made if not pair[1].closed and pair[1].end == size]
        if unclosed:
            # A quotation of several paragraphs is no part of another one.
            sure = [pair for pair in unclosed if not pair[1].doubtful]
            open_[paragraph.kind] = sure[0] if sure else unclosed[-1]
    return [one for one in found if not one.doubtful]


def _closes_first(found: Sequence[Marked], stray: int | None) -> bool:
    """Whether a paragraph closes what it has not opened, before anything it opens."""
    return stray is not None and all(
        one.start > stray for one in found if "double" in one.marks
    )


# --- who says it -----------------------------------------------------------------------------


def _attribute(text: str, found: Sequence[Quotation]) -> None:
    """Set depth and speaker of quotations in the order of their starts."""
    around: list[Quotation] = []
    parents: list[Quotation | None] = []
    siblings: dict[int, list[int]] = {}
    for number, one in enumerate(found):
        while around and around[-1].end <= one.start:
            around.pop()
        one.depth = len(around)
        parents.append(around[-1] if around else None)
        siblings.setdefault(id(parents[-1]), []).append(number)
        around.append(one)
    for row in siblings.values():
        own = [found[number] for number in row]
        for at in range(len(own)):
            _attribute_one(text, own, at, parents[row[at]])


def _attribute_one(
    text: str, own: Sequence[Quotation], at: int, parent: Quotation | None
) -> None:
    one = own[at]
    if one.depth > _DEEPEST:
        return
    low, high = one.first.start, one.last.end
    if parent is not None:
        low, high = max(low, parent.inner_start), min(high, parent.inner_end)
    earlier = own[at - 1] if at and own[at - 1].end >= low else None
    near = earlier is not None and one.start - earlier.end <= REACH
    said = said_by(
        Around(
            inner=text[one.inner_start : min(one.inner_end, one.inner_start + REACH)],
            ending=text[max(one.inner_start, one.inner_end - REACH) : one.inner_end],
            before=_before(text, own, at, low),
            after=_after(text, own, at, high),
            between=text[earlier.end : one.start] if earlier is not None and near else None,
            headline=one.first.kind in {"headline", "subhead", "promo"},
        ),
        earlier.said if earlier is not None else None,
    )
    one.said = said
    if said.rule == "goes on" and earlier is not None:
        one.speaker, one.speaker_start = earlier.speaker, earlier.speaker_start
    elif said.speaker:
        one.speaker = said.speaker
        one.speaker_start = (one.end if said.after else one.start) + said.place


def _before(text: str, own: Sequence[Quotation], at: int, low: int) -> str:
    end = own[at].start
    start = max(low, end - REACH)
    if start > low:  # not to begin within a word
        blank = text.find(" ", start, end)
        start = end if blank < 0 else blank
    pieces, upto = list[str](), end
    for earlier in reversed(own[max(0, at - REACH) : at]):
        if earlier.end <= start:
            break
        pieces.append(text[earlier.end : upto])
        upto = max(earlier.start, start)
        pieces.append(_hidden(text, earlier, earlier.end - upto))
    pieces.append(text[start:upto])
    return "".join(reversed(pieces))


def _after(text: str, own: Sequence[Quotation], at: int, high: int) -> str:
    start = own[at].end
    end = min(high, start + REACH)
    pieces, since = list[str](), start
    for later in own[at + 1 : at + 1 + REACH]:
        if later.start >= end:
            break
        pieces.append(text[since : later.start])
        since = min(later.end, end)
        pieces.append(_hidden(text, later, since - later.start))
    pieces.append(text[since:end])
    return "".join(pieces)


def _hidden(text: str, one: Quotation, size: int) -> str:
    """The words of another quotation, hidden, but for whether they end a sentence."""
    inner = text[max(one.inner_start, one.inner_end - 2) : one.inner_end].rstrip("”’\"' ")
    ended = inner[-1:] in {".", "!", "?", "…"} and size > 1
    return HIDDEN * (size - 1) + "." if ended else HIDDEN * size
