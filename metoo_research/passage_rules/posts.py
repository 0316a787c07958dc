"""Posts from social networks that an article shows, and the lines that name their authors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from metoo_research.passage_rules.page import DATE, Line, Page, Rule, wording

_LONGEST_POST = 560  # two times 280: links and names are written out when a post is copied
_HANDLE = r"\(@[\w.]{1,40}\)"

_CREDIT = wording(
    # — Name (@handle) October 15, 2017; without the dash the date is needed
    rf"[—–-]{{1,2}}\s*\S.{{0,80}}{_HANDLE},?\s*(?:{DATE})?$",
    rf"\S.{{0,80}}{_HANDLE},?\s+{DATE}$",
    rf"a (?:post|photo|video) (?:shared|posted) by .{{0,80}}{_HANDLE}(?: on .{{4,40}})?$",
    r"view this post on instagram$",
    rf"\d{{1,2}}:\d{{2}}\s?[ap]\.?m\.?\s*[-–—·]\s*{DATE}$",
    most_words=30,
)
_INTRODUCES_POST = re.compile(
    r"\b(?:tweet|retweet|post|wrote|writes|repl|shared|caption|twitter|facebook|instagram)"
    r".{0,80}:$",
    re.IGNORECASE,
)
_ENDS_IN_POST_LINK = re.compile(r"(?:pic\.twitter\.com/\w+|https?://t\.co/\w+)$")


def _above_credit(page: Page) -> Iterator[Line]:
    """The post that a credit belongs to: how far up it reaches.

    To the line that introduces it, to the beginning of a block that holds nothing else, or,
    without such evidence, over one line.
    """
    for credit in page.of_kind("tweet_credit"):
        above = list(_at_most(page, credit))
        if not above or above[0].text.endswith(":"):
            continue
        introduced = next((n for n, line in enumerate(above) if _introduces(line)), None)
        if introduced is not None:
            yield from above[:introduced]
        else:
            block = _block_above(page, credit, above)
            yield from block or above[:1]


def _at_most(page: Page, credit: Line) -> Iterator[Line]:
    """Unclaimed lines right above a credit, no more than one post can hold."""
    length = 0
    for line in takewhile(lambda line: line.rule is None, page.above(credit)):
        length += len(line.text)
        introduces = _introduces(line)
        if length <= _LONGEST_POST or introduces:
            yield line
        if length > _LONGEST_POST or introduces:
            return


def _introduces(line: Line) -> bool:
    return bool(_INTRODUCES_POST.search(line.text[-200:]))


def _block_above(page: Page, credit: Line, above: list[Line]) -> list[Line]:
    """The lines of the credit's own block, if blank lines set it apart on both sides."""
    following = page.after(credit)
    if credit.starts_block or (following and not following.starts_block):
        return []
    top = next((n for n, line in enumerate(above) if line.starts_block), None)
    if top is None or page.before(above[top]) is None:
        return []
    return above[: top + 1]


def _ending_in_link(page: Page) -> Iterator[Line]:
    for line in page.open:
        if len(line.text) <= _LONGEST_POST and _ENDS_IN_POST_LINK.search(line.text[-60:]):
            yield line


POST_RULES = (
    Rule("tweet_credit", "tweet_credit", _CREDIT.anywhere),
    Rule("tweet_above_credit", "embedded_tweet", _above_credit),
    Rule("post_ending_in_link", "embedded_tweet", _ending_in_link),
)
