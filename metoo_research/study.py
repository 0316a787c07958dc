"""``study.toml``: what the researcher knows that the articles' files do not say.

The file is optional. Every key is checked; a mistake is told with file, line and key.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from unicodedata import normalize
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, Strict, ValidationError, field_validator

from metoo_research.errors import StudyError

STUDY_FILE = "study.toml"

# Strict, or a bare number would be read as seconds since 1970.
_Moment = Annotated[datetime, Strict()] | Annotated[date, Strict()]


#: The columns of a table of articles that are read.
ColumnName = Literal[
    "text", "headline", "author", "published", "outlet", "url", "language", "article_id"
]


class _Section(BaseModel):
    """A table of ``study.toml``: unknown keys are mistakes, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class About(_Section):
    """``[study]``: the corpus as a whole."""

    title: str | None = None
    language: str | None = None
    time_zone: str = "UTC"

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(
                f"no time zone is called {name!r}; use a name such as Europe/London"
            ) from error
        return name


class Campaign(_Section):
    """``[campaign]``: what the campaign is called, in words and as hashtags."""

    names: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()

    @field_validator("hashtags")
    @classmethod
    def _with_sign(cls, hashtags: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(tag if tag.startswith("#") else f"#{tag}" for tag in hashtags)


class Event(_Section):
    """``[event]``: the event that times are told from, and what its date rests on."""

    name: str | None = None
    start: _Moment | None = None
    basis: str | None = None


class Topic(_Section):
    """``[topic]``: words of the subject itself; a final ``*`` stands for any ending."""

    words: tuple[str, ...] = ()


class Platform(_Section):
    """``[[platforms]]``: a platform, its owner, and the words that belong to it alone.

    ``words`` are nouns and verbs that name no platform but mean this one ("tweet",
    "retweet"); a final ``*`` stands for any ending.
    """

    name: str
    owner: str | None = None
    aliases: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Passages(_Section):
    """``[passages]``: labelling rules that this corpus does not want."""

    switched_off: tuple[str, ...] = ()


class Words(_Section):
    """``[words]``: changes to the stop words of the language."""

    #: Put on the list.
    stop_words: tuple[str, ...] = ()
    #: Taken off it.
    keep: tuple[str, ...] = ()


class Sentiment(_Section):
    """``[sentiment]``: the one score that conclusions rest on, declared before looking."""

    primary: Literal["compound", "compound_without_topic", "sensitivity", "model_score"] = (
        "compound"
    )


class Privacy(_Section):
    """``[privacy]``: names and handles that stay as they are where others get a pseudonym."""

    public: tuple[str, ...] = ()


class ArticleFacts(_Section):
    """``[articles."file.txt"]``: what is known of one article; what is not stays empty."""

    label: str | None = None
    outlet: str | None = None
    headline: str | None = None
    author: str | None = None
    published: _Moment | None = None
    url: str | None = None
    language: str | None = None
    basis: str | None = None


#: Platforms that news names, for studies that list none of their own. Twitter is called X
#: since July 2023; a lone "X" in running text is too often something else to be an alias.
DEFAULT_PLATFORMS = (
    Platform(
        name="Twitter",
        owner="Twitter",
        aliases=("twitter.com", "X (formerly Twitter)"),
        words=("tweet*", "retweet*"),
    ),
    Platform(name="Facebook", owner="Facebook", aliases=("facebook.com",)),
    Platform(name="Instagram", owner="Facebook", aliases=("instagram.com",)),
    Platform(name="WhatsApp", owner="Facebook"),
    Platform(name="Threads", owner="Meta", aliases=("threads.net",)),
    Platform(name="YouTube", owner="Google", aliases=("youtube.com",)),
    Platform(name="Vimeo", owner="Vimeo"),
    Platform(name="TikTok", owner="ByteDance"),
    Platform(name="Snapchat", owner="Snap"),
    Platform(name="Reddit", owner="Reddit", words=("subreddit*", "upvote*")),
    Platform(name="Tumblr", owner="Tumblr", words=("reblog*",)),
    Platform(name="LinkedIn", owner="Microsoft"),
    Platform(name="Pinterest", owner="Pinterest"),
    Platform(name="Telegram", owner="Telegram"),
    Platform(name="Mastodon", words=("toot", "toots")),
    Platform(name="Bluesky", owner="Bluesky"),
    Platform(name="Weibo", owner="Sina", aliases=("Sina Weibo",)),
    Platform(name="WeChat", owner="Tencent"),
    Platform(name="Change.org", owner="Change.org"),
    Platform(name="GoFundMe", owner="GoFundMe"),
    Platform(name="JustGiving", owner="JustGiving"),
    Platform(name="Kickstarter", owner="Kickstarter"),
    Platform(name="Avaaz", owner="Avaaz"),
)


class Study(_Section):
    """Everything ``study.toml`` says; an absent file is an empty study."""

    study: About = About()
    campaign: Campaign = Campaign()
    event: Event = Event()
    topic: Topic = Topic()
    platforms: tuple[Platform, ...] = DEFAULT_PLATFORMS
    passages: Passages = Passages()
    #: ``[columns]``: what tables call our columns: ``text = "Full Text"``.
    columns: Mapping[ColumnName, str] = Field(default_factory=dict)
    words: Words = Words()
    sentiment: Sentiment = Sentiment()
    privacy: Privacy = Privacy()
    articles: dict[str, ArticleFacts] = Field(default_factory=dict)

    @field_validator("articles")
    @classmethod
    def _names_as_in_the_corpus(
        cls, articles: dict[str, ArticleFacts]
    ) -> dict[str, ArticleFacts]:
        return {_as_in_the_corpus(name): facts for name, facts in articles.items()}

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which bare dates and clock times are read."""
        return ZoneInfo(self.study.time_zone)

    @property
    def main_subject(self) -> str | None:
        """The campaign's first hashtag, else its first name."""
        return next(iter((*self.campaign.hashtags, *self.campaign.names)), None)

    @property
    def sha256(self) -> str:
        """Fingerprint of the settings, whatever the file's spelling or comments."""
        return sha256(self.model_dump_json().encode()).hexdigest()

    def moment(self, when: datetime | date | None) -> tuple[datetime | None, str | None]:
        """Give a date or time its zone, and say how precise it is ("day" or "minute")."""
        if when is None:
            return None, None
        if isinstance(when, datetime):
            return when if when.tzinfo else when.replace(tzinfo=self.zone), "minute"
        return datetime(when.year, when.month, when.day, tzinfo=self.zone), "day"


def _as_in_the_corpus(name: str) -> str:
    """A file's name as the corpus spells it: composed accents, forward slashes."""
    return normalize("NFC", name).replace("\\", "/").removeprefix("./")


def read_study(path: Path) -> Study:
    """Read ``study.toml``.

    Parameters
    ----------
    path
        The file; a file that does not exist is an empty study.

    Returns
    -------
    The study, with the default platforms where the file lists none.

    Raises
    ------
    StudyError
        On a mistake in the file, one line with file, line, key and the way out.
    """
    try:
        content = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Study()
    except UnicodeDecodeError as error:
        raise StudyError(f"{path}: not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise StudyError(f"{path}: cannot be opened ({error.strerror})") from error
    try:
        values = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = int(place[1]) if place else content.count("\n") + 1
        key = _key_on_line(content, line)
        reason = re.sub(r"\s*\(at .*\)$", "", str(error))
        said = _NOT_A_DATE if key in _DATES else f"not valid TOML: {reason}"
        raise StudyError(f"{path}, line {line}{f', {key}' if key else ''}: {said}") from error
    except RecursionError as error:
        raise StudyError(f"{path}: brackets within brackets without end") from error
    try:
        return Study.model_validate(values)
    except ValidationError as error:
        raise StudyError(_first_mistake(path, content, error)) from error


def mistake_in(path: Path, place: Sequence[str], said: str) -> StudyError:
    """Make the error for a mistake that only shows beside the rest of the study.

    Parameters
    ----------
    path
        The study file.
    place
        The names of the table and the key.
    said
        What is wrong and the way out.
    """
    content = path.read_text(encoding="utf-8-sig")
    return StudyError(_told(path, _line_of(content, list(place)), list(place), said))


def line_of_article(path: Path, name: str) -> int:
    """Give the number of the line on which the study file names an article's file."""
    content = path.read_text(encoding="utf-8-sig")
    return _line_of(content, ["articles", name])


def _told(path: Path, line: int, place: Sequence[Any], said: str) -> str:
    """A mistake in one line, whatever is in the names."""
    parts = [part if re.fullmatch(r"[\w-]+", part) else f'"{part}"'
             for part in place if isinstance(part, str)]  # fmt: skip
    return re.sub(r"[\r\n]+", " ", f"{path}, line {line}, {'.'.join(parts)}: {said}")


_DATES = frozenset({"start", "published"})
_NOT_A_DATE = "not a date; write 2017-10-15 or 2017-10-15T16:21:00-04:00, without quotes"
# What pydantic calls a wrong type, in the words of the file.
_WRONG_TYPE = {
    "string_type": "should be text in quotation marks",
    "tuple_type": 'should be a list, such as ["one", "two"]',
    "model_type": "should be a table of keys and values",
    "model_attributes_type": "should be a table of keys and values",
    "dict_type": "should be a table of keys and values",
    "missing": "is missing; every entry needs it",
}


def _first_mistake(path: Path, content: str, error: ValidationError) -> str:
    """One line about the first mistake, and how many more there are."""
    first, *others = error.errors(include_url=False)
    place = _place(first["loc"])
    said = _WRONG_TYPE.get(first["type"], first["msg"].removeprefix("Value error, "))
    if first["type"] == "extra_forbidden":
        known = _known_keys(place[:-1])
        near = difflib.get_close_matches(str(place[-1]), known, n=1)
        said = (
            f"unknown key; did you mean {near[0]!r}?"
            if near
            else f"unknown key; known here: {', '.join(known)}"
        )
    elif place == ["platforms"]:
        said = "should be [[platforms]], with two brackets, once for each platform"
    elif place[-1] in _DATES:
        said = _NOT_A_DATE
    more = len({tuple(_place(other["loc"])) for other in others} - {tuple(place)})
    return _told(
        path, _line_of(content, place), place, said + (f" (and {more} more)" if more else "")
    )


def _place(loc: Sequence[Any]) -> list[Any]:
    # Pydantic adds the branch it tried ("datetime", "date") to the place of a union's mistake.
    return [part for part in loc if part not in {"datetime", "date"}]


def _known_keys(place: list[Any]) -> list[str]:
    """The keys that may stand in the table at ``place``."""
    model: type[BaseModel] = Study
    tables: dict[str, type[BaseModel]] = {
        "study": About,
        "campaign": Campaign,
        "event": Event,
        "topic": Topic,
        "platforms": Platform,
        "passages": Passages,
        "words": Words,
        "sentiment": Sentiment,
        "privacy": Privacy,
        "articles": ArticleFacts,
    }
    if place and place[0] == "columns":
        return sorted(get_args(ColumnName))
    if place:
        model = tables.get(str(place[0]), Study)
    return sorted(model.model_fields)


_HEADER = re.compile(r"\s*\[(?P<double>\[)?\s*(?P<name>(?:\"[^\"]*\"|'[^']*'|[^\]\"'])+?)\s*\]")
_NAME = r"(?:\"[^\"]*\"|'[^']*'|[\w-]+)"
_KEY = re.compile(rf"\s*(?P<key>{_NAME}(?:\s*\.\s*{_NAME})*)\s*=")
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)")


def _parts(name: str) -> list[str]:
    """The parts of a dotted name, without their quotation marks."""
    return ["".join(part) for part in _PART.findall(name)]


def _key_on_line(content: str, number: int) -> str | None:
    lines = content.splitlines()
    found = _KEY.match(lines[number - 1]) if number <= len(lines) else None
    return found["key"] if found else None


def _line_of(content: str, place: Sequence[Any]) -> int:
    """Number of the line that holds the key; else of its table's header; else 1."""
    best, depth = 1, 0
    table: list[Any] = []
    seen: Counter[str] = Counter()
    for number, line in enumerate(content.splitlines(), start=1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            table = [*_parts(header["name"])]
            if header["double"]:
                name = header["name"]
                table.append(seen[name])
                seen[name] += 1
            here = table
        elif key:
            here = [*table, *_parts(key["key"])]
        else:
            continue
        if len(here) > depth and here == list(place[: len(here)]):
            best, depth = number, len(here)
    return best
