"""Labelling the parts of an article: headline, byline, body, embedded post, promo, …

A text is cut into passages at its line ends; rules then say what each passage is. Nothing
is removed: analyses choose passages by kind. The rules themselves are in
:mod:`metoo_research.passage_rules`; each has a name, stands in the ``rule`` column of what it
decided, and can be switched off in ``study.toml``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Literal, get_args

import pandas as pd

from metoo_research.errors import StudyError
from metoo_research.passage_rules import RULES, Line, Page

if TYPE_CHECKING:
    from metoo_research.corpus import Corpus

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

_LINE = re.compile(r"[^\r\n\v\f\u2028\u2029]+")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*$")
# Lines broken by a program are cut near one width; no program wraps wider than this.
_WIDEST_WRAP = 100


def label_text(text: str, *, switched_off: Collection[str] = ()) -> list[Line]:
    """Cut one text into passages and say what each one is.

    Parameters
    ----------
    text
        The article as read.
    switched_off
        Names of rules not to apply.

    Returns
    -------
    One :class:`~metoo_research.passage_rules.Line` per passage, in order, with ``start``,
    ``end``, ``kind`` and ``rule``. Passages do not overlap and hold every character that
    is not white space.
    """
    page = Page(_segments(text))
    for rule in RULES:
        if rule.name not in switched_off:
            for line in rule.find(page):
                if line.rule is None:
                    line.kind, line.rule = rule.kind, rule.name
    for line in page.lines:
        if line.rule is None:
            line.kind, line.rule = "body", "no_other_rule"
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
    of :data:`PASSAGE_KINDS`) and ``rule`` (which rule decided).

    Raises
    ------
    StudyError
        If ``switched_off`` names a rule that does not exist.
    """
    switched_off = corpus.study.passages.switched_off
    check_rule_names(switched_off)
    rows = [
        (article_id, number, line.start, line.end, line.kind, line.rule)
        for article_id, text in zip(
            corpus.articles["article_id"], corpus.articles["text"], strict=True
        )
        for number, line in enumerate(label_text(text, switched_off=switched_off))
    ]
    columns = ["article_id", "passage_id", "start", "end", "kind", "rule"]
    return pd.DataFrame(rows, columns=columns).astype(
        {"article_id": "str", "passage_id": "int64", "start": "int64", "end": "int64"}
        | {"kind": "str", "rule": "str"}
    )


def check_rule_names(names: Collection[str]) -> None:
    """Raise :class:`StudyError` for a name that no rule has."""
    known = [rule.name for rule in RULES]
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"rules: {', '.join(known)}"
            raise StudyError(f"study.toml, [passages] switched_off: no rule {name!r}; {hint}")


def _segments(text: str) -> list[Line]:
    """The passages of a text: its lines, or its paragraphs where a program broke the lines."""
    lines: list[Line] = []
    last_end = 0
    for found in _LINE.finditer(text):
        content = found[0].strip()
        if content:
            start = found.start() + found[0].index(content)
            blank = bool(lines) and len(_line_ends(text[last_end:start])) > 1
            last_end = start + len(content)
            lines.append(Line(start, last_end, content, starts_block=not lines or blank))
    return _joined(lines, text) if _is_hard_wrapped(lines) else lines


def _line_ends(gap: str) -> list[str]:
    return re.findall(r"\r\n|[\r\n\v\f\u2028\u2029]", gap)


def _is_hard_wrapped(lines: list[Line]) -> bool:
    """Whether lines end where they are full rather than where a paragraph ends.

    Evidence: no line is wide, and most lines that are not the last of their block stop in
    the middle of a sentence.
    """
    inner = [
        line for line, following in zip(lines, lines[1:], strict=False)
        if not following.starts_block
    ]  # fmt: skip
    if len(inner) < 3 or max(len(line.text) for line in lines) > _WIDEST_WRAP:
        return False
    width = max(len(line.text) for line in lines)
    full = [line for line in inner if len(line.text) > 0.6 * width]
    broken = [line for line in full if not _SENTENCE_END.search(line.text)]
    return len(full) > 0.7 * len(inner) and len(broken) > 0.6 * len(inner)


def _joined(lines: list[Line], text: str) -> list[Line]:
    blocks: list[Line] = []
    for line in lines:
        if blocks and not line.starts_block:
            block = blocks[-1]
            blocks[-1] = Line(block.start, line.end, text[block.start : line.end], True)
        else:
            blocks.append(line)
    return blocks
