"""Tokens by way of chunks: what stands between white space needs the rules only once.

News repeats itself: of all the pieces between white space in a large corpus, a few in a hundred
are new. No token holds white space, and no rule of `metoo_research._token_rules` looks over
it: each behaves at white space as at the end of a text. So each distinct piece, here called a
chunk, is cut once. The rest is counting and copying, which NumPy and Arrow do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, TypeAlias, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from metoo_research._token_rules import TokenKind, token_spans

Int32: TypeAlias = NDArray[np.int32]
Int64: TypeAlias = NDArray[np.int64]

_KINDS: tuple[TokenKind, ...] = get_args(TokenKind)
_MARKS = frozenset('.,;:!?)"')


class ChunkCutter:
    """Cuts batch after batch and remembers the chunks it has seen."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self._known = _binary(np.zeros(1, np.int32), b"")
        # Per known chunk: its length in code points with its white space, how many tokens
        # it has, and where they stand in the two arrays below them.
        self._length = np.empty(0, np.int32)
        self._n_tokens = np.empty(0, np.int32)
        self._first = np.empty(0, np.int32)
        # Per token of a known chunk: where in the chunk, and which.
        self._place = np.empty(0, np.int32)
        self._code = np.empty(0, np.int32)

    def cut(self, texts: list[bytes], begins: Int64) -> tuple[Int32, Int32, Int64]:
        """Start and code of each token, and how many tokens each text has."""
        text_ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
        # The end of a text is white space as well, so that every chunk ends in one.
        borders, chunk = self._chunks(b"\n".join([*texts, b""]))
        chunks_before = np.searchsorted(borders, text_ends - 1, side="right")

        length, n_tokens = self._length[chunk], self._n_tokens[chunk]
        chunk_end = np.cumsum(length, dtype=np.int32)
        tokens_before = np.cumsum(n_tokens, dtype=np.int32)
        # Code points, so far counted over the batch, are to be counted in each article.
        text_end = chunk_end[chunks_before - 1]
        shift = (begins - (text_end - np.diff(text_end, prepend=0))).astype(np.int32)
        chunk_start = chunk_end - length
        chunk_start += np.repeat(shift, np.diff(chunks_before, prepend=0))

        at = np.repeat(self._first[chunk] - (tokens_before - n_tokens), n_tokens)
        at += np.arange(len(at), dtype=np.int32)
        start = np.repeat(chunk_start, n_tokens)
        start += self._place[at]
        sizes = np.diff(tokens_before[chunks_before - 1], prepend=0)
        return start, self._code[at], sizes.astype(np.int64)

    def _chunks(self, joined: bytes) -> tuple[Int64, Int32]:
        """Where white space stands (bytes), and which chunk ends in each of them.

        A chunk is what stands between two such places and the second of them; it may be
        white space alone. Only white space of ASCII divides: other kinds are left for the
        rules, as are the control characters that `str.split` takes for white space.
        """
        letters = np.frombuffer(joined, np.uint8)
        borders = np.flatnonzero((letters == ord(" ")) | (letters - np.uint8(ord("\t")) < 5))
        places = np.zeros(len(borders) + 1, np.int32)
        np.add(borders, 1, out=places[1:], casting="unsafe")
        chunks = _binary(places, joined).dictionary_encode()
        known = pc.index_in(chunks.dictionary, value_set=self._known)
        number = _int32(known)
        if known.null_count:
            missing = pc.is_null(known)
            new = chunks.dictionary.filter(missing)
            bits = np.frombuffer(missing.buffers()[1], np.uint8)
            is_new = np.unpackbits(bits, count=len(known), bitorder="little").view(np.bool_)
            numbers_of_new = len(self._known) - 1 + np.cumsum(is_new, dtype=np.int32)
            number = np.where(is_new, numbers_of_new, number)
            self._known = pa.concat_arrays([self._known, new])
            self._learn(_texts(new))
        return borders, number[_int32(chunks.indices)]

    def _learn(self, chunks: list[str]) -> None:
        """Cut chunks that were not met before."""
        code_of = self.vocabulary.code_of
        # All that needs the rules in one piece: a call of the engine costs more than a chunk.
        spans = _spans([chunk for chunk in chunks if not _plain_letters(chunk)])
        n_tokens: list[int] = []
        places: list[int] = []
        codes: list[int] = []
        for chunk in chunks:
            before = len(codes)
            if letters := _plain_letters(chunk):
                places.append(0)
                codes.append(code_of(chunk[:letters], "word"))
                if letters < len(chunk) - 1:
                    places.append(letters)
                    codes.append(code_of(chunk[letters], "punctuation"))
            else:
                for start, end, kind in next(spans):
                    places.append(start)
                    codes.append(code_of(chunk[start:end], kind))
            n_tokens.append(len(codes) - before)
        first = len(self._place) + np.cumsum([0, *n_tokens[:-1]])
        self._length = joined_parts([self._length, np.asarray([*map(len, chunks)])], np.int32)
        self._n_tokens = joined_parts([self._n_tokens, np.asarray(n_tokens)], np.int32)
        self._first = joined_parts([self._first, first], np.int32)
        self._place = joined_parts([self._place, np.asarray(places)], np.int32)
        self._code = joined_parts([self._code, np.asarray(codes)], np.int32)


class Vocabulary:
    """The distinct tokens, with kind, in the order in which they were first met."""

    def __init__(self) -> None:
        self.surfaces: list[str] = []
        self.kinds: list[TokenKind] = []
        self._codes: dict[TokenKind, dict[str, int]] = {kind: {} for kind in _KINDS}

    def code_of(self, surface: str, kind: TokenKind) -> int:
        code = self._codes[kind].setdefault(surface, len(self.surfaces))
        if code == len(self.surfaces):
            self.surfaces.append(surface)
            self.kinds.append(kind)
        return code


def _plain_letters(chunk: str) -> int:
    """Length of the word of a chunk that is plain, else 0.

    Plain is one word of ASCII letters, then at most one mark, then white space. The rules cut
    such a chunk in the same way, but take many times as long; most chunks are plain.
    """
    letters = len(chunk) - (2 if chunk[-2:-1] in _MARKS else 1)
    return letters if chunk.isascii() and chunk[:letters].isalpha() else 0


def _spans(chunks: list[str]) -> Iterator[list[tuple[int, int, TokenKind]]]:
    """Tokens of each chunk, with places in the chunk."""
    tokens = token_spans("".join(chunks))
    token = next(tokens, None)
    begin = 0
    for chunk in chunks:
        end = begin + len(chunk)
        found = []
        while token is not None and token[0] < end:
            found.append((token[0] - begin, token[1] - begin, token[2]))
            token = next(tokens, None)
        yield found
        begin = end


# Arrow's own ways from and to Python values start pandas, so its buffers are read here.
def _int32(array: Any) -> Int32:
    return np.frombuffer(array.buffers()[1], np.int32, count=len(array))


def _binary(places: Int32, joined: bytes) -> Any:
    buffers = [None, pa.py_buffer(places), pa.py_buffer(joined)]
    return pa.Array.from_buffers(pa.binary(), len(places) - 1, buffers)


def _texts(array: Any) -> list[str]:
    places, joined = array.buffers()[1:]
    ends = np.frombuffer(places, np.int32)[: len(array) + 1].tolist()
    raw = joined.to_pybytes()
    return [raw[start:end].decode() for start, end in pairwise(ends)]


def joined_parts(parts: Sequence[NDArray[Any]], dtype: type[np.generic]) -> NDArray[Any]:
    """One array of the parts, of which there may be none."""
    if len(parts) == 1:
        return parts[0].astype(dtype, copy=False)
    return np.concatenate([np.empty(0, dtype), *parts], dtype=dtype, casting="unsafe")
