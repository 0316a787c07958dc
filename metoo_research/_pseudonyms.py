"""Who is named in the articles' posts, and their texts with pseudonyms in place of names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from metoo_research.errors import StudyError

if TYPE_CHECKING:
    from metoo_research.corpus import Corpus
    from metoo_research.study import Study

# A handle, of a federated network too; an address of mail is none.
_HANDLE = re.compile(r"(?<![\w@＠.])[@＠](?P<handle>\w[\w.]*(?<!\.)(?:@(?:[\w-]+\.)+\w+)?)")
# The line that names the author of a post, in the order in which its forms are tried.
_SIGNED: Final = r"(?P<name>[^\r\n()@＠]{1,80}?)\s*\(?[@＠](?P<handle>\w[\w.]*)\)?"
_CREDITS: Final = tuple(
    re.compile(before + _SIGNED, re.IGNORECASE)
    for before in (r"\b(?:shared|posted) by\s+", r"(?:^|(?<=\s))[—–-]{1,2}\s*", r"^\s*")
)
# In running text: as much as two capitalised words right before a handle in brackets.
_NAME_BEFORE_HANDLE = re.compile(
    r"(?P<name>\b[A-Z\u00c0-\u024f][\w'’.-]*(?: [A-Z\u00c0-\u024f][\w'’.-]*)?)"
    r" \([@＠](?P<handle>\w[\w.]*)\)"
)
# What leads to a post or a profile, without a word of the person in it.
_NETWORK_LINK = re.compile(
    r"(?P<host>(?:https?://)?(?:www\.|m\.|mobile\.)?"
    r"(?:twitter\.com|x\.com|pic\.twitter\.com|t\.co|facebook\.com|fb\.com|fb\.watch"
    r"|instagram\.com|instagr\.am|threads\.net|tiktok\.com|bsky\.app|reddit\.com"
    r"|linkedin\.com|youtube\.com|youtu\.be|vk\.com|weibo\.com)/)"
    r"(?P<path>[^\s<>\"“”«»()\[\]]*[^\s<>\"“”«»()\[\].,;:!?'’…])",
    re.IGNORECASE,
)
_LINK_LEFT: Final = "link"
_LINE = re.compile(r"[^\r\n]+")
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_BEGINS_SENTENCE = re.compile(r"[.!?…:\r\n][\s“‘\"'«(]*\Z")
_DOTTED = re.compile(r"\w+(?:\.\w+)*")
_LONGEST_TITLE: Final = 200
# The first part of a network's addresses that lead to no one's profile.
_NO_PROFILES: Final = frozenset({"hashtag", "search", "explore", "home"})
# What may stand between the words of one name.
_BETWEEN = re.compile(r"[\s.'’ʼ‐‑–_-]{1,3}")
_POST_COLUMNS: Final = ("article_id", "start", "end", "kind", "post_author", "post_handle")
#: Columns of articles, beside the text, in which people are named.
TEXT_COLUMNS: Final = ("headline", "author", "label", "notes")
_SHORTEST_BARE_HANDLE: Final = 5
_PLAIN_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
# Words of names that are not names by themselves.
_TITLES: Final = frozenset(
    "the of and for de la le el al van von der den di da dos del bin ibn mr mrs ms dr prof sir"
    " rep sen gov jr sr ii iii official real news".split()
)


def letters(number: int) -> str:
    """Write 1 as A, 26 as Z, 27 as AA: digits would be counted as figures of the article."""
    said = ""
    while number:
        number, rest = divmod(number - 1, 26)
        said = chr(ord("A") + rest) + said
    return said


@dataclass(slots=True, eq=False)
class _Person:
    """One person: what they are called, and the number in their pseudonym."""

    number: int = 0
    handle: str | None = None
    name: str | None = None

    @property
    def as_handle(self) -> str:
        return f"@person_{letters(self.number).lower()}"

    @property
    def as_name(self) -> str:
        return f"Person {letters(self.number)}"


def name_key(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(normalize("NFKC", name).casefold()))


def _handle_key(handle: str) -> str:
    return handle.lstrip("@＠").casefold()


class Kept:
    """What stays as it is: what is public, and what the study itself is about."""

    def __init__(self, study: Study, public: Collection[str] | None) -> None:
        if isinstance(public, str):
            raise StudyError(f"public is a list of names and handles: public=[{public!r}]")
        told = study.privacy.public if public is None else public
        self.handles = {_handle_key(one) for one in told if one.startswith(("@", "＠"))}
        names = [one for one in told if not one.startswith(("@", "＠"))]
        own = [*study.campaign.names, *(platform.name for platform in study.platforms)]
        self.names = {name_key(one) for one in (*names, *own)}
        #: Parts of these names.
        self.words = {word for name in self.names for word in name}

    def has_name(self, words: tuple[str, ...]) -> bool:
        return words in self.names


@dataclass(frozen=True, slots=True)
class _Post:
    """A passage that tells whose a post is."""

    start: int
    end: int
    kind: str
    author: str | None
    handle: str | None


@dataclass(frozen=True, slots=True)
class _Named:
    """A person named by words of a text, from the first to the last."""

    first: int
    last: int
    person: _Person


class _Word:
    """A word of a text, and the form under which it is looked up."""

    __slots__ = ("end", "is_capitalised", "key", "start")

    def __init__(self, start: int, end: int, written: str) -> None:
        self.start = start
        self.end = end
        self.is_capitalised = not written[0].islower()
        self.key = normalize("NFKC", written).casefold()


@dataclass(frozen=True, slots=True)
class Edited:
    """A text with replacements, and where each place of the old text is in it."""

    text: str
    #: Of each replacement, in order: where it began and ended in the old text.
    starts: list[int]
    ends: list[int]
    #: By how much what follows each replacement has moved.
    moved: list[int]

    def place(self, old: int) -> int:
        """Where an old offset is now; one within a replacement is at its end."""
        before = bisect_right(self.starts, old - 1)
        if not before:
            return old
        old = max(old, self.ends[before - 1])
        return old + self.moved[before - 1]


class People:
    """The people of a corpus who get a pseudonym, and how to put it in a text."""

    def __init__(self, corpus: Corpus, kept: Kept) -> None:
        self._kept = kept
        self._by_handle: dict[str, _Person] = {}
        self._by_name: dict[tuple[str, ...], _Person] = {}
        #: Everyone, in the order of first occurrence.
        self.listed: list[_Person] = []
        self._present: dict[str, list[_Person]] = {}
        self._collect(corpus)
        #: Whole names of several words, by their first, the longest first.
        self._starting: dict[str, list[tuple[tuple[str, ...], _Person]]] = {}
        for words, person in sorted(
            self._by_name.items(), key=lambda one: (-len(one[0]), one[0])
        ):
            if len(words) > 1:
                self._starting.setdefault(words[0], []).append((words, person))
        self._bare_handles = {
            handle: person
            for person in self.listed
            if (handle := person.handle)
            and len(handle) >= _SHORTEST_BARE_HANDLE
            and not _PLAIN_WORD.fullmatch(handle)
        }

    # Who there is

    def _collect(self, corpus: Corpus) -> None:
        passages = corpus.passages
        of_post = passages["post_author"].notna() | passages["post_handle"].notna()
        posts = passages[of_post | (passages["kind"] == "tweet_credit")]
        posts_of: dict[str, list[_Post]] = {}
        for article_id, start, end, kind, author, handle in zip(
            *(posts[name].tolist() for name in _POST_COLUMNS), strict=True
        ):
            post = _Post(start, end, kind, _text_or_none(author), _text_or_none(handle))
            posts_of.setdefault(article_id, []).append(post)
        articles = corpus.articles
        beside = articles[list(TEXT_COLUMNS)].fillna("").agg("\n".join, axis=1).tolist()
        for article_id, text, facts in zip(
            articles["article_id"].tolist(), articles["text"].tolist(), beside, strict=True
        ):
            named = self._named_in(text, posts_of.get(article_id, []))
            named += [(None, one["handle"]) for one in _HANDLE.finditer(facts)]
            people = (self._person(name, handle) for name, handle in named)
            self._present[article_id] = list(dict.fromkeys(filter(None, people)))

    def _named_in(self, text: str, posts: list[_Post]) -> list[tuple[str | None, str | None]]:
        """Names and handles of an article, in the order of its text."""
        found: list[tuple[int, str | None, str | None]] = [
            (one.start(), None, one["handle"]) for one in _HANDLE.finditer(text)
        ]
        for post in posts:
            if post.author or post.handle:
                found.append((post.start, post.author, post.handle))
            if post.kind == "tweet_credit":
                found += [
                    (credit.start(), credit["name"], credit["handle"])
                    for credit in _credits(text, post.start, post.end)
                ]
        found += [
            (one.start(), one["name"], one["handle"])
            for one in _NAME_BEFORE_HANDLE.finditer(text)
        ]
        found.sort(key=lambda one: (one[0], one[1] is None))
        return [(name, handle) for _, name, handle in found]

    def _person(self, name: str | None, handle: str | None) -> _Person | None:
        """The person of this name and handle, new if not known; None where both are public."""
        key = _handle_key(handle or "")
        words = name_key(name or "")
        hide_handle = bool(key) and key not in self._kept.handles
        hide_name = bool((name or "").strip()) and not self._kept.has_name(words)
        if not (hide_handle or hide_name):
            return None
        person = self._by_handle.get(key) if hide_handle else None
        if person is None and hide_name and (same := self._by_name.get(words)):
            person = same if same.handle is None or not hide_handle else None
        if person is None:
            person = _Person(len(self.listed) + 1)
            self.listed.append(person)
        if hide_handle and handle:
            self._by_handle.setdefault(key, person)
            person.handle = person.handle or handle.lstrip("@＠")
        if hide_name and name:
            if words:
                self._by_name.setdefault(words, person)
            person.name = person.name or name.strip()
        return person

    # What stands where

    def edited(
        self, article_id: str, text: str, signed: Sequence[tuple[int, int]] = ()
    ) -> Edited:
        """The text with pseudonyms; ``signed`` are its lines that name a post's author."""
        spans: list[tuple[int, int, str]] = []
        taken = bytearray(len(text))
        for start, end, said in self._replacements(article_id, text, signed):
            if not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                spans.append((start, end, said))
        spans.sort()
        pieces: list[str] = []
        at = 0
        for start, end, said in spans:
            pieces += [text[at:start], said]
            at = end
        grown = accumulate(len(said) - (end - start) for start, end, said in spans)
        return Edited(
            "".join([*pieces, text[at:]]),
            [start for start, _, _ in spans],
            [end for _, end, _ in spans],
            list(grown),
        )

    def _replacements(
        self, article_id: str, text: str, signed: Sequence[tuple[int, int]]
    ) -> Iterator[tuple[int, int, str]]:
        """What to replace, the surest first: a later one that overlaps does not count."""
        for link in _NETWORK_LINK.finditer(text):
            if not self._is_public_link(link["path"]):
                yield *link.span("path"), _LINK_LEFT
        for start, end in signed:
            for credit in _credits(text, start, end):
                person = self._person(credit["name"], credit["handle"])
                if person and person.name and not self._kept.has_name(name_key(credit["name"])):
                    yield *credit.span("name"), person.as_name
        for found in _HANDLE.finditer(text):
            if known := self._by_handle.get(_handle_key(found["handle"])):
                yield *found.span(), known.as_handle
        for found in _DOTTED.finditer(text):
            if known := self._bare_handles.get(found[0]):
                yield *found.span(), known.as_handle.removeprefix("@")
        words = [_Word(*one.span(), one[0]) for one in _WORD.finditer(text)]
        present = list(self._present.get(article_id, []))
        for named in self._whole_names(words, text):
            if named.person not in present:
                present.append(named.person)
            yield words[named.first].start, words[named.last].end, named.person.as_name
        for named in self._parts(words, text, present):
            yield words[named.first].start, words[named.last].end, named.person.as_name

    def _is_public_link(self, path: str) -> bool:
        first = _handle_key(re.split(r"[/?#]", path, maxsplit=1)[0])
        return first in self._kept.handles or first in _NO_PROFILES

    def _whole_names(self, words: Sequence[_Word], text: str) -> Iterator[_Named]:
        for place, word in enumerate(words):
            if word.is_capitalised:
                for name, person in self._starting.get(word.key, ()):
                    if _stands(name, words, place, text):
                        yield _Named(place, place + len(name) - 1, person)
                        break

    def _parts(
        self, words: Sequence[_Word], text: str, present: Sequence[_Person]
    ) -> Iterator[_Named]:
        """Parts of names that stand alone, of people that the article is about."""
        parts: dict[str, list[tuple[tuple[str, ...], bool, _Person]]] = {}
        for person in present:
            pieces = [name_key(piece) for piece in (person.name or "").split()]
            alone = [piece for piece in pieces if self._may_stand_alone(piece)]
            for piece in alone:
                parts.setdefault(piece[0], []).append((piece, piece is alone[-1], person))
        for place, word in enumerate(words):
            if not word.is_capitalised:
                continue
            for piece, is_last, person in parts.get(word.key, ()):
                end = place + len(piece) - 1
                if _stands(piece, words, place, text) and not _is_of_another(
                    words, place, end, text, is_last=is_last
                ):
                    yield _Named(place, end, person)
                    break

    def _may_stand_alone(self, piece: tuple[str, ...]) -> bool:
        return len("".join(piece)) > 2 and not any(
            word in _TITLES or word in self._kept.words for word in piece
        )

    def name(self, author: object, handle: object) -> str | None:
        """What stands for the author of a post."""
        if not isinstance(author, str) or self._kept.has_name(name_key(author)):
            return _text_or_none(author)
        person = self._person(author, _text_or_none(handle))
        return person.as_name if person else author

    def handle(self, handle: object) -> str | None:
        """What stands for a handle, with or without its sign as it came."""
        if not isinstance(handle, str):
            return None
        person = self._by_handle.get(_handle_key(handle))
        if person is None:
            return handle
        return person.as_handle if handle.startswith(("@", "＠")) else person.as_handle[1:]

    def are_spelled_in(self, url: str) -> bool:
        """Whether an address spells the handle or the whole name of one of them."""
        words = [_Word(*one.span(), one[0].capitalize()) for one in _WORD.finditer(url)]
        named = next(self._whole_names(words, url), None)
        handles = {_handle_key(part) for part in re.split(r"[/?#=&]", url)}
        return named is not None or any(one in self._by_handle for one in handles)


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _credits(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The names with handles in a passage that names the author of a post."""
    for line in _LINE.finditer(text, start, end):
        for form in _CREDITS:
            if credit := form.search(text, *line.span()):
                yield credit
                break


def _stands(name: tuple[str, ...], words: Sequence[_Word], place: int, text: str) -> bool:
    """Whether a name's words follow one another from a place on."""
    part = words[place : place + len(name)]
    return tuple(word.key for word in part) == name and all(
        _BETWEEN.fullmatch(text, one.end, other.start) for one, other in pairwise(part)
    )


def _is_of_another(
    words: Sequence[_Word], first: int, last: int, text: str, *, is_last: bool
) -> bool:
    """Whether a part of a name stands in the name of somebody else.

    "Ida" of "Ida Brandt" in "Ida Norling", "Brandt" in "as Per Brandt said". Where a sentence
    begins, "Per" may be any word; in a headline all words are capitalised.
    """
    following = words[last + 1] if last + 1 < len(words) else None
    before = words[first - 1] if first else None
    if (
        following is not None
        and following.is_capitalised
        and text[words[last].end : following.start] == " "
    ):
        return not (is_last and _is_in_title(text, words[first].start))
    if (
        before is None
        or not before.is_capitalised
        or text[before.end : words[first].start] != " "
    ):
        return False
    if not is_last:
        return True
    begins = not text[: before.start].rstrip(" “‘\"'«(") or bool(
        _BEGINS_SENTENCE.search(text, max(0, before.start - 8), before.start)
    )
    return not (begins or before.key in _TITLES or _is_in_title(text, before.start))


def _is_in_title(text: str, place: int) -> bool:
    """Whether most words of a line are capitalised."""
    start = max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1
    line = text[start : start + _LONGEST_TITLE].splitlines()[0]
    long_words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in long_words)
    return len(line) < _LONGEST_TITLE and capitals >= 0.7 * len(long_words)
