"""Tokens of many texts: a compact table, and the data frame that the analyses read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from metoo_research._token_chunks import ChunkCutter, Int32, Int64, joined_parts
from metoo_research._token_rules import TOKENIZER_VERSION, TokenKind, normal_form
from metoo_research.errors import TableError

if TYPE_CHECKING:
    import pandas as pd

TokenColumn = Literal["article_id", "sentence_id", "start", "end", "token", "word", "kind"]
TOKEN_COLUMNS: tuple[TokenColumn, ...] = get_args(TokenColumn)

#: A data frame, or a dict of columns: a script that only counts can do without pandas.
Columns: TypeAlias = "pd.DataFrame | Mapping[str, Sequence[Any]]"

Whole: TypeAlias = NDArray[np.signedinteger[Any]]

_KINDS: tuple[TokenKind, ...] = get_args(TokenKind)
_WORDS: tuple[TokenKind, ...] = ("word", "hashtag", "mention")
# Memory on the way to a table is about ten times this.
_BATCH_BYTES = 1 << 25


@dataclass(frozen=True, eq=False)
class TokenTable:
    """Tokens with their places, at eight bytes each.

    Tokens stand in the order of the texts, within a text in reading order. Beside the eight
    bytes stand the vocabulary, which grows ever more slowly, and a few bytes per text.

    Attributes
    ----------
    start
        Where each token begins: code points into the article's text.
    code
        Which form each token has: a place in ``surfaces`` and ``kinds``. The end of a token
        is its start and the length of its form.
    surfaces, kinds
        The distinct forms as written, each with its kind. A form that stands in two kinds
        ("'s" as a possessive and between spaces) is listed twice.
    article_id, sentence_id
        One per text (the rows that were cut).
    ends
        One per text: how many tokens all texts up to and with this one have. A text without
        tokens, empty or missing, has its place here too.
    """

    start: Int32
    code: Int32
    surfaces: tuple[str, ...]
    kinds: tuple[TokenKind, ...]
    article_id: Sequence[Any]
    sentence_id: Whole
    ends: Int64

    def __len__(self) -> int:
        return len(self.start)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The form under which each of ``surfaces`` is counted."""
        return tuple(
            surface.lower() if surface.isascii() and surface.isalpha() else normal_form(surface)
            for surface in self.surfaces
        )

    def counts(
        self, *, kinds: Collection[TokenKind] = _WORDS, leave_out: Collection[str] = ()
    ) -> Counter[str]:
        """Count words: no table of tokens is made for it.

        Parameters
        ----------
        kinds
            Kinds of tokens that count; the counts of a word of several kinds are added up.
        leave_out
            Words in normal form that are not counted, such as a `StopList`.

        Returns
        -------
        Word (normal form) and count, in the order in which the words were first met.

        Raises
        ------
        TableError
            If no token is of such a kind.
        """
        for kind in kinds:
            if kind not in _KINDS:
                raise TableError(
                    f"no token kind is called {kind!r}; known: {', '.join(_KINDS)}"
                )
        found = np.bincount(self.code, minlength=len(self.surfaces)).tolist()
        counts: Counter[str] = Counter()
        for word, kind, count in zip(self.words, self.kinds, found, strict=True):
            if kind in kinds:
                counts[word] += count
        for word in leave_out:
            del counts[word]
        return counts

    def frame(self, columns: Collection[TokenColumn] = TOKEN_COLUMNS) -> pd.DataFrame:
        """Make a data frame of the tokens, as :func:`tokenize` describes it.

        Parameters
        ----------
        columns
            What to make, in this order. ``start``, ``end`` and ``sentence_id`` cost four
            bytes a token, ``kind`` one; ``token`` and ``word`` cost four (two where there
            are fewer than 32,768 forms), ``article_id`` two (one up to 127 articles, four
            from 32,768 on). All seven come to 18 to 25 bytes, the four columns that counts
            with places need (``article_id``, ``start``, ``word``, ``kind``) to at most 13.

        Raises
        ------
        TableError
            If a column is asked for that no token has.
        """
        import pandas as pd  # half a second, which a count need not spend

        unknown = [column for column in columns if column not in TOKEN_COLUMNS]
        if unknown:
            raise TableError(
                f"tokens have no column {unknown[0]!r}; columns: {', '.join(TOKEN_COLUMNS)}"
            )
        table = pd.DataFrame({column: self._column(column) for column in columns})
        table.attrs["tokenizer"] = TOKENIZER_VERSION
        return table

    def _column(self, column: TokenColumn) -> Any:
        if column == "start":
            return self.start
        if column == "end":
            lengths = np.fromiter(map(len, self.surfaces), np.int32, len(self.surfaces))
            return self.start + lengths[self.code]
        if column == "sentence_id":
            return np.repeat(self.sentence_id, self._sizes)
        if column == "article_id":
            import pandas as pd

            row_codes, names = pd.factorize(pd.Series(self.article_id))
            codes = np.repeat(_narrow(row_codes.astype(np.int64)), self._sizes)
            return pd.Categorical.from_codes(codes, categories=pd.Index(names))
        if column == "token":
            return _coded(self.surfaces, self.code)
        return _coded(self.words if column == "word" else self.kinds, self.code)

    @cached_property
    def _sizes(self) -> Int64:
        return np.diff(self.ends, prepend=0)


def compact_tokens(texts: Columns) -> TokenTable:
    """Cut texts into tokens, in the form that takes least memory and time.

    Parameters
    ----------
    texts
        One row per text, whatever that is: a sentence, a passage or a whole article.
        ``article_id`` and ``text`` are needed. ``start``, where the text begins in its
        article, is 0 if not given. ``sentence_id`` counts the rows of each article from 0
        if not given: a row then stands for a sentence, over whose end no phrase reaches.

        A missing text is one without tokens; its row keeps its place.

    Returns
    -------
    The tokens, as :func:`tokenize` has them: same tokens, same order.

    Raises
    ------
    TableError
        If a column is missing or holds something else than texts or whole numbers, or a text
        is too long for offsets of 32 bits.
    """
    for column in ("article_id", "text"):
        if column not in texts:
            raise TableError(f"the table of texts has no column {column!r}")
    encoded = [_utf8(text, row) for row, text in enumerate(texts["text"])]
    article_id = list(texts["article_id"])
    offsets = (
        _whole_numbers(texts, "start") if "start" in texts else np.zeros(len(encoded), np.int64)
    )
    sentence_id = (
        _whole_numbers(texts, "sentence_id")
        if "sentence_id" in texts
        else _numbered(article_id)
    )
    _check_lengths(encoded, offsets)
    cutter = ChunkCutter()
    starts, codes, sizes = [], [], []
    for first, last in _batches(encoded):
        start, code, size = cutter.cut(encoded[first:last], offsets[first:last])
        starts.append(start)
        codes.append(code)
        sizes.append(size)
    return TokenTable(
        start=joined_parts(starts, np.int32),
        code=joined_parts(codes, np.int32),
        surfaces=tuple(cutter.vocabulary.surfaces),
        kinds=tuple(cutter.vocabulary.kinds),
        article_id=article_id,
        sentence_id=_narrow(sentence_id, least=np.int32),
        ends=np.cumsum(joined_parts(sizes, np.int64)),
    )


def tokenize(sentences: Columns) -> pd.DataFrame:
    """Cut sentences, or other texts, into tokens.

    Parameters
    ----------
    sentences
        As :func:`~metoo_research.tokens.split_sentences` gives them: ``article_id``,
        ``sentence_id``, ``start`` and ``text`` are used. Any texts will do; see
        :func:`compact_tokens`.

    Returns
    -------
    One row per token: ``article_id``, ``sentence_id``, ``start``, ``end`` (code points into
    the article's text), ``token`` (as written), ``word`` (the form for counting) and
    ``kind`` (word, number, hashtag, mention, url, emoji, punctuation; signs such as £, ±
    and % are punctuation too, there is no kind of their own). Text columns are
    categorical: a token costs a code, not a string. The categories of ``article_id`` are
    all articles of ``sentences``, also those without a token. ``attrs["tokenizer"]`` is
    the version of the rules.

    A row takes 18 to 25 bytes; :func:`compact_tokens` keeps the same tokens at eight, and
    its ``frame(columns)`` makes the columns that are needed.

    Raises
    ------
    TableError
        As :func:`compact_tokens`.
    """
    return compact_tokens(sentences).frame()


def _utf8(text: Any, row: int) -> bytes:
    if isinstance(text, str):
        try:
            return text.encode()
        except UnicodeEncodeError as error:
            raise TableError(
                f"text of row {row}: half a character (a lone surrogate) at {error.start}; "
                "read the file with errors='replace'"
            ) from None
    import pandas as pd

    if pd.isna(text) is True:
        return b""
    raise TableError(f"text of row {row}: {text!r:.40} is no text")


def _check_lengths(texts: list[bytes], offsets: Int64) -> None:
    ends = offsets + np.fromiter(map(len, texts), np.int64, len(texts))
    too_long = np.flatnonzero(ends >= np.iinfo(np.int32).max)
    if len(too_long):
        row = too_long[0]
        raise TableError(
            f"text of row {row} reaches to character {ends[row]:,}: too long for a table of "
            "tokens; split the file"
        )


def _batches(texts: list[bytes]) -> Iterator[tuple[int, int]]:
    """Runs of texts of about `_BATCH_BYTES` together, at least one text each."""
    first, size = 0, 0
    for row, text in enumerate(texts):
        if size and size + len(text) >= _BATCH_BYTES:
            yield first, row
            first, size = row, 0
        size += len(text) + 1
    if first < len(texts):
        yield first, len(texts)


def _whole_numbers(texts: Columns, name: str) -> Int64:
    values = np.asarray(texts[name])
    whole = values.dtype.kind in "iu" or all(
        isinstance(value, (int, float, np.number)) and float(value).is_integer()
        for value in values.tolist()
    )
    if not whole:
        raise TableError(
            f"column {name!r} of the texts holds something else than whole numbers"
        )
    return values.astype(np.int64)


def _numbered(article_id: list[Any]) -> Int64:
    """Number the rows of each article."""
    seen: Counter[Any] = Counter()
    numbers = np.empty(len(article_id), np.int64)
    for row, name in enumerate(article_id):
        numbers[row] = seen[name]
        seen[name] += 1
    return numbers


def _narrow(numbers: Int64, *, least: type[np.signedinteger[Any]] = np.int8) -> Whole:
    """The numbers in the smallest type that holds them."""
    largest = int(np.abs(numbers).max(initial=0))
    return numbers.astype(np.promote_types(np.min_scalar_type(-largest - 1), least))


def _coded(values: Sequence[str], code: Int32) -> pd.Categorical:
    """A categorical of the values of a vocabulary, without ever making the long list."""
    import pandas as pd

    names = dict.fromkeys(values)
    for number, name in enumerate(names):
        names[name] = number
    of_value = _narrow(np.fromiter((names[value] for value in values), np.int64, len(values)))
    categories = pd.Index(list(names), dtype="str")
    return pd.Categorical.from_codes(of_value[code], categories=categories)
