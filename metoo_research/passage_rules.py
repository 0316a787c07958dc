"""The rules that say what a passage of an article is.

Rules are applied in the order of :data:`RULES`; the first that claims a line decides. Each
looks at form and at neighbours, never at what an article is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Line:
    """A passage in the making: its place, its text, and what the rules said of it."""

    start: int
    end: int
    text: str
    starts_block: bool
    kind: str = "body"
    rule: str | None = None

    @property
    def words(self) -> list[str]:
        """The words without the marks around them."""
        return [word for raw in self.text.split() if (word := raw.strip(_MARKS))]


@dataclass(slots=True)
class Page:
    """All lines of one article, for rules that look at neighbours."""

    lines: list[Line]
    _index: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        """Number the lines by where they start."""
        self._index = {line.start: number for number, line in enumerate(self.lines)}

    def before(self, line: Line, steps: int = 1) -> Line | None:
        """Give the line ``steps`` above, or None."""
        number = self._index[line.start] - steps
        return self.lines[number] if number >= 0 else None

    def after(self, line: Line, steps: int = 1) -> Line | None:
        """Give the line ``steps`` below, or None."""
        number = self._index[line.start] + steps
        return self.lines[number] if number < len(self.lines) else None

    def of_kind(self, kind: str) -> list[Line]:
        """Lines that a rule has given this kind."""
        return [line for line in self.lines if line.rule and line.kind == kind]

    @property
    def open(self) -> list[Line]:
        """Lines that no rule has claimed yet."""
        return [line for line in self.lines if line.rule is None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named way to find lines of one kind."""

    name: str
    kind: str
    find: Callable[[Page], Iterator[Line]]


_MARKS = " \t\"'“”‘’«»()[]{}<>*_.,:;!?…|—–-#"
_ENDS_SENTENCE = re.compile(r"[.!?…:;,][\"'”’)\]]*$")
_ENDS_LIKE_PROSE = re.compile(r"([.:;,]|…)[\"'”’)\]]*$")
_EXCERPT = re.compile(r"(\[\s*(\.{3}|…)\s*\]|…|\.{3})$")
# Words that headlines in title case leave small.
_SMALL_WORDS = frozenset(
    "a an and as at but by en for from how if in into is it its nor of off on or out over per"
    " so than that the to up v via vs was with yet".split()
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_CLOCK = r"\d{1,2}(?:[:.]\d{2}){0,2}\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4}|[A-Z][a-z]+ time)?"
_DATE = (
    rf"(?:{_WEEKDAY},?\s+)?"
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})"
)
_NETWORKS = (
    r"(?:twitter|x|facebook|instagram|youtube|tiktok|linkedin|pinterest|snapchat|whatsapp"
    r"|threads|bluesky|mastodon|telegram)"
)


def matching(*patterns: str, most_words: int | None = None) -> Callable[[Page], Iterator[Line]]:
    """Make a finder for lines that match one of the patterns (markdown's ``**`` ignored)."""
    expression = re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)

    def find(page: Page) -> Iterator[Line]:
        for line in page.lines:
            short = most_words is None or len(line.words) <= most_words
            if short and expression.search(line.text.strip("*_ ")):
                yield line

    return find


def _is_headline_like(line: Line) -> bool:
    """Short, begins like a title, and does not stop like a sentence of prose."""
    words = line.words
    return (
        2 <= len(words) <= 28
        and not line.text[0].islower()
        and not _ENDS_LIKE_PROSE.search(line.text)
        and not re.match(r"[•*·\-–—]\s", line.text)
    )


def _is_title_case(line: Line) -> bool:
    """Whether the words that title case would capitalise are capitalised."""
    candidates = [
        word for word in line.words if word[0].isalpha() and word.lower() not in _SMALL_WORDS
    ]
    capitals = sum(not word[0].islower() for word in candidates)
    return len(candidates) >= 2 and capitals >= 0.75 * len(candidates)


def _is_prose(line: Line | None) -> bool:
    """A line that can only be running text: long enough and ended like a sentence."""
    return bool(
        line and line.rule is None and len(line.words) >= 8 and _ENDS_SENTENCE.search(line.text)
    )


_TWEET_CREDIT = re.compile(
    rf"[—–-]{{1,2}}\s*\S.{{0,80}}\(@\w{{1,30}}(?:\.\w+)*\),?\s*(?:{_DATE})?$", re.IGNORECASE
)
_LONGEST_TWEET = 560  # two times 280: links and names are written out when a post is copied


def _tweet_credits(page: Page) -> Iterator[Line]:
    yield from (line for line in page.lines if _TWEET_CREDIT.match(line.text))


def _tweets_above_credit(page: Page) -> Iterator[Line]:
    """The line above a credit, and further lines of a block that holds nothing else."""
    for credit in page.of_kind("tweet_credit"):
        block: list[Line] = []
        line = page.before(credit)
        while line and line.rule is None:
            block.append(line)
            if line.starts_block:
                break
            line = page.before(line)
        whole = bool(block) and block[-1].starts_block and len(block) < len(page.lines) - 1
        short = sum(len(part.text) for part in block) <= _LONGEST_TWEET
        separate = not credit.starts_block and block and whole and short
        yield from block if separate else block[:1]


def _posts_ending_in_a_link(page: Page) -> Iterator[Line]:
    ends_in_link = re.compile(r"(?:pic\.twitter\.com/\w+|https?://t\.co/\w+)$")
    yield from (line for line in page.open if ends_in_link.search(line.text))


_NAME_PART = (
    r"(?:[A-Z][\w.'’-]*|[A-ZÀ-Þ][\w'’.-]+|de|da|di|del|della|der|den|du|la|le|van|von|bin|al|el|y"
    r"|and|for|of|&|with)"
)
_BYLINE = re.compile(
    r"(?:(?i:by|words by|story by|written by|reported by|report by|text by)[:\s]\s*)"
    rf"(?:(?:{_NAME_PART})[,|\s/·•-]*){{1,10}}$"
)
_NOT_A_NAME = re.compile(
    rf"(?i:by)\s+(?:(?i:the|a|an|this|that|now|then|what|all)\b|(?i:{_WEEKDAY})(?:\s|$)"
    rf"|(?i:{_MONTH})\s+\d)"
)


def _bylines(page: Page) -> Iterator[Line]:
    for line in page.open:
        if _BYLINE.match(line.text) and not _NOT_A_NAME.match(line.text):
            yield line


_RELATED_HEADER = re.compile(
    r"(?:you (?:might|may) (?:also )?(?:like|enjoy|be interested)|related|more (?:on|from|like)"
    r"|read (?:more|next|also)|see also|recommended|most (?:read|popular)|trending|don['’]t miss"
    r"|also (?:read|on)).{0,60}:$",
    re.IGNORECASE,
)


def _related_headlines(page: Page) -> Iterator[Line]:
    """Headline-like lines below the header of a list of other stories."""
    for header in page.lines:
        if not _RELATED_HEADER.search(header.text.strip("*_ ")):
            continue
        yield header
        line = page.after(header)
        while line and line.rule is None and _is_headline_like(line):
            yield line
            line = page.after(line)


def _first_line_headline(page: Page) -> Iterator[Line]:
    """The first line, if it has the form of a headline and prose follows it.

    A body without a headline opens with a sentence, which ends like one. Where nothing
    separates the first line from the second, title case is asked for as well.
    """
    line = next(iter(page.open), None)
    if line is None or not _is_headline_like(line):
        return
    following = page.after(line)
    if following is None or following.text[0].islower():
        return
    if not any(_is_prose(other) for other in page.lines):
        return
    if following.starts_block or _is_title_case(line):
        yield line


def _headline_above_byline(page: Page) -> Iterator[Line]:
    """Where no headline was found: the headline-like line that a byline follows."""
    if page.of_kind("headline"):
        return
    for byline in page.of_kind("byline"):
        line = page.before(byline)
        if line and line.rule is None and _is_headline_like(line):
            yield line
            return


def _section_tag_above_headline(page: Page) -> Iterator[Line]:
    """Up to three capitalised words, alone on the line above the headline."""
    for headline in page.of_kind("headline"):
        line = page.before(headline)
        if (
            line
            and line.rule is None
            and 1 <= len(line.words) <= 3
            and not _ENDS_SENTENCE.search(line.text)
            and all(not word[0].islower() for word in line.words)
        ):
            yield line


def _section_tag_before_first_headline(page: Page) -> Iterator[Line]:
    """A first line of one to three words, when the second line is the real headline."""
    first = next(iter(page.open), None)
    second = page.after(first) if first else None
    if (
        first
        and second
        and second.rule is None
        and 1 <= len(first.words) <= 3
        and not _ENDS_SENTENCE.search(first.text)
        and all(not word[0].islower() for word in first.words)
        and len(second.words) >= 5
        and _is_headline_like(second)
        and not _is_prose(second)
    ):
        yield first


def _subheads_below_headline(page: Page) -> Iterator[Line]:
    """The line below the headline: a phrase, or an excerpt that the site cut off."""
    for headline in page.of_kind("headline"):
        line = page.after(headline)
        if line is None or line.rule is not None or line.text[0].islower():
            continue
        following = page.after(line)
        cut_off = _EXCERPT.search(line.text) and (
            following is None
            or following.text.startswith(_EXCERPT.sub("", line.text).strip()[:40])
            or line.text.endswith("]")
        )
        phrase = not _ENDS_SENTENCE.search(line.text) and len(line.words) <= 40
        above_more = following is not None and following.starts_block == line.starts_block
        if cut_off or (phrase and above_more and not _repeats(line, headline)):
            yield line


def _repeats(line: Line, other: Line) -> bool:
    """Whether most words of a line stand in the other one too."""
    words = {word.lower() for word in line.words} - _SMALL_WORDS
    return bool(words) and len(words & {word.lower() for word in other.words}) >= len(words) / 2


def _keyword_captions(page: Page) -> Iterator[Line]:
    """The text that stands for a picture: the headline's words again, before the body."""
    for headline in page.of_kind("headline"):
        for steps in (1, 2, 3):
            line = page.after(headline, steps)
            if line is None or _is_prose(line):
                break
            if (
                line.rule is None
                and len(line.words) >= 3
                and not _ENDS_SENTENCE.search(line.text)
                and _is_title_case(line)
                and _repeats(line, headline)
            ):
                yield line


def _crossheads(page: Page) -> Iterator[Line]:
    """A short phrase alone between two paragraphs of prose."""
    for line in page.open:
        before, after = page.before(line), page.after(line)
        if (
            before
            and after
            and 1 <= len(line.words) <= 10
            and line.text[0].isupper()
            and not re.search(r"[.!:;,…\"”'’)\]*]$", line.text)
            and _is_prose(before)
            and _is_prose(after)
        ):
            yield line


RULES: tuple[Rule, ...] = (
    Rule("tweet_credit", "tweet_credit", _tweet_credits),
    Rule("tweet_above_credit", "embedded_tweet", _tweets_above_credit),
    Rule("post_ending_in_link", "embedded_tweet", _posts_ending_in_a_link),
    Rule(
        "comment_form",
        "comment_ui",
        matching(
            r"^\d*\s*comments?(?:\s*\(?\d*\)?)?$",
            r"^leave a (?:reply|comment)\b",
            r"^(?:post|add|write|submit) (?:a |your )?(?:comment|reply)$",
            r"^your e-?mail address will not be published",
            r"^required fields are marked",
            r"^(?:log|sign) ?in (?:or \w+ )?to (?:post|leave|add|reply|comment|join)",
            r"^(?:be the first to comment|no comments(?: yet)?$|comments are closed"
            r"|join the (?:conversation|discussion)$|(?:view|show|read) (?:all )?comments)",
            r"^(?:name|e-?mail|website|comment) ?\*?$",
            r"^save my name, e-?mail",
            r"^notify me of (?:new|follow)",
            most_words=25,
        ),
    ),
    Rule(
        "read_more_elsewhere",
        "boilerplate",
        matching(
            r"^(?:read|see|view) the (?:full|original|complete|entire|rest of the|whole) "
            r"(?:article|story|post|report|piece|text)\b",
            r"^(?:continue reading|click here to read)\b",
            r"^the post .{3,200} appeared first on\b",
            most_words=30,
        ),
    ),
    Rule(
        "credit_of_first_publication",
        "boilerplate",
        matching(
            r"^(?:this|the) (?:article|story|post|piece|report|essay|column)\b.{0,60}"
            r"\b(?:originally|first) (?:appeared|published|ran|posted)\b",
            r"^(?:originally|first) (?:published|appeared) (?:on|in|at|by)\b",
            r"^(?:republished|reprinted) (?:with|by|from)\b",
            most_words=40,
        ),
    ),
    Rule(
        "legal_notice",
        "boilerplate",
        matching(
            r"^(?:©|\(c\)|copyright\b)",
            r"\ball rights reserved\.?$",
            r"\bmay not be (?:published|reproduced|republished|redistributed)\b",
            r"\b(?:we|site|website|publisher|company)\b.{0,80}\b(?:commission|compensation)\b"
            r".{0,120}\b(?:links?|purchases?|products?|buy)\b",
            r"\b(?:links?|purchases?|products?|buy)\b.{0,120}\bwe\b.{0,40}"
            r"\b(?:commission|compensation)\b",
            r"^(?:this (?:site|website)|we) uses? cookies\b",
            r"\b(?:privacy policy|terms of (?:use|service))\b.{0,80}$",
            most_words=60,
        ),
    ),
    Rule("related_stories", "promo", _related_headlines),
    Rule(
        "promo_label",
        "promo",
        matching(
            r"^(?:up next|watch(?: now| more| this)?|read(?: more| next| also| this)?|related"
            r"(?: stories| articles| content| links| coverage)?|more (?:on this|from \S+)"
            r"|see also|also read|don['’]t miss|recommended|listen(?: now)?|trending"
            r"|must read|in case you missed it|icymi)\s*[:|»>]",
            r"^(?:like this\?|enjoyed? this\b.{0,30}\?)",
            r"^(?:advertisement|sponsored(?: content)?|story continues below"
            r"(?: advertisement)?)$",
            most_words=40,
        ),
    ),
    Rule(
        "call_to_follow",
        "promo",
        matching(
            rf"^(?:follow|find|like|join) .{{1,60}} on {_NETWORKS}\b",
            r"^(?:sign up|subscribe|register)\b.{0,80}\b(?:newsletter|e-?mails?|alerts?|updates"
            r"|inbox|podcast|here|now|today|free)\b",
            r"^(?:download|get) (?:our|the) .{0,30}\bapp\b",
            r"^(?:share|tweet|pin|e-?mail|print)(?: this)?(?: (?:article|story|post|on .{3,20}))?$",
            most_words=40,
        ),
    ),
    Rule(
        "call_to_act",
        "promo",
        matching(
            r"\b(?:take action|sign (?:the|our|this) petition|donate|join us|get involved"
            r"|find out more|learn more|support us|get tickets|click)\b.{0,40}"
            r"\b(?:here|now|today|below)[.!]?$",
            most_words=60,
        ),
    ),
    Rule(
        "publication_date",
        "date",
        matching(
            rf"^(?:(?:first |last |originally )?(?:published|posted|updated|modified|created)"
            rf"(?: on| at)?:?\s*)(?:{_DATE}|{_CLOCK}|[\s,|·•@-]|at|on)*$",
            rf"^{_DATE}(?:[\s,|·•@-]*(?:at\s+)?{_CLOCK})?$",
            most_words=14,
        ),
    ),
    Rule("byline", "byline", _bylines),
    Rule(
        "picture_credit",
        "caption",
        matching(
            r"^(?:photo|image|picture|video|illustration|photograph)s?(?: credit| courtesy)?"
            r"(?:\s*:|\s+by\s|\s+courtesy)",
            r"\((?:photo|image|picture|file photo|ap photo)\b[^)]*\)$",
            r"(?:/|\||\bvia )\s*(?:getty(?: images)?|reuters|afp|ap|shutterstock|epa|pa)"
            r"(?: images| photo)?\)?$",
            most_words=60,
        ),
    ),
    Rule("section_tag_first", "section_tag", _section_tag_before_first_headline),
    Rule("first_line_headline", "headline", _first_line_headline),
    Rule("headline_above_byline", "headline", _headline_above_byline),
    Rule("section_tag_above_headline", "section_tag", _section_tag_above_headline),
    Rule("subhead_below_headline", "subhead", _subheads_below_headline),
    Rule("keywords_of_picture", "caption", _keyword_captions),
    Rule("crosshead", "subhead", _crossheads),
)
