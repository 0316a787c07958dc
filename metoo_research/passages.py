"""Labelling the parts of an article: headline, byline, body, embedded post, promo, …

A text is cut into passages at its line ends; rules then say what each passage is. Nothing
is removed: analyses choose passages by kind. The rules themselves are in
:mod:`metoo_research.passage_rules`; each has a name, stands in the ``rule`` column of what it
decided, and can be switched off in ``study.toml``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, get_args

import pandas as pd

from metoo_research.errors import StudyError
from metoo_research.passage_rules import RULES, Line, Page
from metoo_research.study import mistake_in

if TYPE_CHECKING:
    from pathlib import Path

    from metoo_research.corpus import Corpus
    from metoo_research.readers import RawPassage

PassageKind = Literal[
    "headline",
    "subhead",
    "byline",
    "date",
    "body",
    "embedded_tweet",
    "tweet_credit",
    "caption",
    "promo",
    "boilerplate",
    "comment_ui",
    "section_tag",
]

PASSAGE_KINDS: tuple[PassageKind, ...] = get_args(PassageKind)

#: What analyses count unless asked otherwise: what the outlet itself wrote as its article.
DEFAULT_KINDS: tuple[PassageKind, ...] = ("headline", "subhead", "body")

_COLUMNS: Final = {
    "article_id": "str",
    "passage_id": "int64",
    "start": "int64",
    "end": "int64",
    "kind": "str",
    "rule": "str",
    "post_author": "str",
    "post_handle": "str",
    "posted": "str",
}
_NOBODY: Final = (None, None, None)
#: What a paragraph of a page may still be, by its words.
_REFINES_A_BODY: Final = frozenset(
    {"byline", "date", "promo", "boilerplate", "comment_ui", "section_tag"}
)

_LINE = re.compile(r"[^\r\n\v\f\u2028\u2029]+")
_LINE_END = re.compile(r"\r\n|[\r\n\v\f\u2028\u2029]")
# Programs break lines between these widths; narrower lines are verse or a list.
_WRAP_WIDTHS = range(45, 101)
_FEWEST_FULL_LINES = 3


def label_text(
    text: str, given: Sequence[RawPassage] = (), *, switched_off: Collection[str] = ()
) -> list[Line]:
    """Cut one text into passages and say what each one is.

    Parameters
    ----------
    text
        The article as read.
    given
        Passages that the file's structure tells. Their bounds stand. One of kind "body" may
        still become a byline, a date or a notice by a rule for text; the kind of others stands.
    switched_off
        Names of rules not to apply.

    Returns
    -------
    One :class:`~metoo_research.passage_rules.Line` per passage, in order, with ``start``,
    ``end``, ``kind`` and ``rule``. Passages do not overlap and hold every character that
    is not white space.
    """
    page = Page(_with_given(text, given) if given else _segments(text))
    for rule in RULES:
        if rule.name not in switched_off:
            for line in rule.find(page):
                refines = line.given is None or rule.kind in _REFINES_A_BODY
                if line.rule is None and refines:
                    line.kind, line.rule = rule.kind, rule.name
    for line in page.lines:
        if line.rule is None:
            line.kind, line.rule = "body", line.given or "no_other_rule"
    return page.lines


def label_passages(corpus: Corpus) -> pd.DataFrame:
    """Label the passages of every article.

    Parameters
    ----------
    corpus
        As :func:`~metoo_research.corpus.read_corpus` gives it. Rules named in the study's
        ``[passages] switched_off`` are not applied.

    Returns
    -------
    One row per passage: ``article_id``, ``passage_id`` (counted from 0 in each article),
    ``start``, ``end`` (code points into the article's text, end-exclusive), ``kind`` (one
    of :data:`PASSAGE_KINDS`), ``rule`` (which rule decided), and of an embedded post
    ``post_author``, ``post_handle`` and ``posted`` (when, as written), where the page says so.
    """
    return corpus.passages.copy()


def passages_table(article_ids: Iterable[str], lines_of: Iterable[list[Line]]) -> pd.DataFrame:
    """Put the passages of many articles into one table; columns as `label_passages` says."""
    rows = [
        (
            article_id,
            number,
            line.start,
            line.end,
            line.kind,
            line.rule,
            *(line.post or _NOBODY),
        )
        for article_id, lines in zip(article_ids, lines_of, strict=True)
        for number, line in enumerate(lines)
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)


def check_rule_names(names: Collection[str], *, study_file: Path | None = None) -> None:
    """Raise :class:`StudyError` for a name that no rule has, with the place in the file."""
    known = [rule.name for rule in RULES]
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"rules: {', '.join(known)}"
            said = f"no rule is called {name!r}; {hint}"
            if study_file is None:
                raise StudyError(f"passages.switched_off: {said}")
            raise mistake_in(study_file, ["passages", "switched_off"], said)


def _with_given(text: str, given: Sequence[RawPassage]) -> list[Line]:
    """The passages of the file's own structure, and the lines between them."""
    lines: list[Line] = []
    at = 0
    for passage in given:
        lines += _shifted(_segments(text[at : passage.start]), at)
        content = text[passage.start : passage.end]
        start = passage.start + len(content) - len(content.lstrip())
        if content.strip():
            said = _single_spaced(content)
            line = Line(start, start + len(content.strip()), said, starts_block=True)
            line.given = passage.rule
            if passage.post:
                line.post = passage.post.author, passage.post.handle, passage.post.posted
            if passage.kind != "body":
                line.kind, line.rule = passage.kind, passage.rule
            lines.append(line)
        at = passage.end
    return lines + _shifted(_segments(text[at:]), at)


def _shifted(lines: list[Line], by: int) -> list[Line]:
    for line in lines:
        line.start, line.end = line.start + by, line.end + by
    return lines


def _segments(text: str) -> list[Line]:
    """The passages of a text: its lines, or its paragraphs where a program broke the lines."""
    lines: list[Line] = []
    for found in _LINE.finditer(text):
        content = found[0].strip()
        if content:
            start = found.start() + found[0].index(content)
            blank = not lines or len(_LINE_END.findall(text, lines[-1].end, start)) > 1
            lines.append(Line(start, start + len(content), _single_spaced(content), blank))
    return _paragraphs(lines)


def _single_spaced(content: str) -> str:
    return " ".join(content.split())


def _paragraphs(lines: list[Line]) -> list[Line]:
    """Join the lines of each paragraph, if a program broke them where they were full.

    A program breaks a line where the next word does not fit. So if no line is wide, many
    lines would have become too wide with the first word of the next, and most of these stop
    within a sentence, then a program broke them.
    """
    # An address that would not fit may stand out; nothing can be broken in it.
    width = max((len(line.text) for line in lines if " " in line.text), default=0)
    inner = [(one, two) for one, two in pairwise(lines) if not two.starts_block]
    full = [(one, two) for one, two in inner if _is_full(one, two, width)]
    broken = sum(not one.ends_sentence for one, _ in full)
    if (
        width not in _WRAP_WIDTHS
        or len(full) < _FEWEST_FULL_LINES
        or len(full) < 0.4 * len(inner)
        or broken < 0.6 * len(full)
    ):
        return lines
    joined: list[list[Line]] = []
    for line in lines:
        if joined and not line.starts_block and _is_full(joined[-1][-1], line, width):
            joined[-1].append(line)
        else:
            joined.append([line])
    return [
        Line(part[0].start, part[-1].end, " ".join(line.text for line in part),
             part[0].starts_block)
        for part in joined
    ]  # fmt: skip


def _is_full(line: Line, following: Line, width: int) -> bool:
    return len(line.text) + 1 + len(following.text.split(" ", 1)[0]) > width
