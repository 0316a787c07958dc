"""MiniLM-L6-v2, a small language model that turns a sentence into 384 numbers, in NumPy.

One sentence is computed at a time, by one thread. The last digits of a matrix product may
depend on the shape of the matrices and on how threads share them: in batches, a sentence's
numbers would depend on the sentences beside it. More threads would not help: the matrices of
a sentence are so small that threads wait for one another longer than they compute.

References
----------
Devlin, J., Chang, M.-W., Lee, K., & Toutanova, K. (2019). BERT: Pre-training of deep
bidirectional transformers for language understanding. *NAACL-HLT 2019*, 4171-4186.

Reimers, N., & Gurevych, I. (2019). Sentence-BERT: Sentence embeddings using Siamese
BERT-networks. *EMNLP-IJCNLP 2019*, 3982-3992.

Wang, W., Wei, F., Dong, L., Bao, H., Yang, N., & Zhou, M. (2020). MiniLM: Deep
self-attention distillation for task-agnostic compression of pre-trained transformers.
*NeurIPS 2020*.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Self

import numpy as np
from numpy.typing import NDArray

from metoo_research.sentiment.model.weights import read_tokenizer, read_weights, require_model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tokenizers import Tokenizer

Floats = NDArray[np.float32]

DIMENSIONS: Final = 384
LAYERS: Final = 6
#: Word pieces read at a time, with the two marks of beginning and end (the model's setting).
PIECES: Final = 256

_HEADS: Final = 12
_EPSILON: Final = np.float32(1e-12)


@dataclass(frozen=True)
class _Dense:
    """A matrix and what is added to its product."""

    matrix: Floats
    bias: Floats

    def __call__(self, x: Floats) -> Floats:
        product = x @ self.matrix
        product += self.bias
        return product

    @classmethod
    def of(cls, weights: Mapping[str, Floats], *names: str) -> Self:
        """Several matrices of the file side by side, so that one product serves them all."""
        # The file holds them transposed, one row for each output.
        matrix = np.concatenate([weights[f"{name}.weight"] for name in names]).T
        bias = np.concatenate([weights[f"{name}.bias"] for name in names])
        return cls(np.ascontiguousarray(matrix), bias)


@dataclass(frozen=True)
class _Norm:
    """Layer normalisation: each row to mean 0 and variance 1, then scaled and moved."""

    scale: Floats
    shift: Floats

    def __call__(self, x: Floats) -> Floats:
        x = x - x.mean(axis=-1, keepdims=True)
        x /= np.sqrt(np.square(x).mean(axis=-1, keepdims=True) + _EPSILON)
        x *= self.scale
        x += self.shift
        return x

    @classmethod
    def of(cls, weights: Mapping[str, Floats], name: str) -> Self:
        return cls(weights[f"{name}.weight"], weights[f"{name}.bias"])


@dataclass(frozen=True)
class _Layer:
    """Self-attention, then two dense layers; each adds to what it was given."""

    query_key_value: _Dense
    attended: _Dense
    attended_norm: _Norm
    inner: _Dense
    outer: _Dense
    outer_norm: _Norm

    def __call__(self, x: Floats) -> Floats:
        x = self.attended_norm(x + self.attended(self._attention(x)))
        return self.outer_norm(x + self.outer(gelu(self.inner(x))))

    def _attention(self, x: Floats) -> Floats:
        n = len(x)
        of_heads = self.query_key_value(x).reshape(n, 3, _HEADS, -1)
        query, key, value = of_heads.transpose(1, 2, 0, 3)
        scores = query @ key.swapaxes(-1, -2)
        scores /= np.float32(np.sqrt(query.shape[-1]))
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        attended: Floats = np.matmul(scores, value).swapaxes(0, 1).reshape(n, -1)
        return attended

    @classmethod
    def of(cls, weights: Mapping[str, Floats], number: int) -> Self:
        at = f"encoder.layer.{number}"
        own = f"{at}.attention.self"
        return cls(
            query_key_value=_Dense.of(weights, f"{own}.query", f"{own}.key", f"{own}.value"),
            attended=_Dense.of(weights, f"{at}.attention.output.dense"),
            attended_norm=_Norm.of(weights, f"{at}.attention.output.LayerNorm"),
            inner=_Dense.of(weights, f"{at}.intermediate.dense"),
            outer=_Dense.of(weights, f"{at}.output.dense"),
            outer_norm=_Norm.of(weights, f"{at}.output.LayerNorm"),
        )


class Encoder:
    """The model with its tokenizer.

    Parameters
    ----------
    weights
        The model's matrices, by their names in its file.
    tokenizer
        Splits a text into word pieces, with the two marks of beginning and end.
    """

    def __init__(self, weights: Mapping[str, Floats], tokenizer: Tokenizer) -> None:
        from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

        self._tokenizer = tokenizer
        self._tokenizer.enable_truncation(PIECES)
        self._words = weights["embeddings.word_embeddings.weight"]
        # A single text is all of the first of the two types that the model knows.
        self._places = (
            weights["embeddings.position_embeddings.weight"]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        self._norm = _Norm.of(weights, "embeddings.LayerNorm")
        self._layers = [_Layer.of(weights, number) for number in range(LAYERS)]
        marks = ("[CLS]", "[SEP]", "[UNK]")
        self._wordless = {tokenizer.token_to_id(mark) for mark in marks}
        self._threads = ThreadpoolController()

    def knows_a_word_of(self, text: str) -> bool:
        """Tell whether any piece of a text is in the model's vocabulary."""
        return not self._wordless.issuperset(self._tokenizer.encode(text).ids)

    def hidden_means(self, text: str) -> Floats:
        """Mean over the word pieces of a text, after each layer.

        A text of more than 256 pieces is read in parts, and the mean is over all of them.

        Returns
        -------
        ``LAYERS + 1`` rows of 384 numbers; row 0 stands before the first layer.
        """
        first = self._tokenizer.encode(text)
        parts = [first.ids, *(part.ids for part in first.overflowing)]
        total = np.zeros((LAYERS + 1, DIMENSIONS), dtype=np.float32)
        with self._threads.limit(limits=1, user_api="blas"):
            for ids in parts:
                total += self._hidden_sums(ids)
        return total / np.float32(sum(map(len, parts)))

    def _hidden_sums(self, ids: list[int]) -> Floats:
        x = self._norm(self._words[ids] + self._places[: len(ids)])
        sums = [x.sum(axis=0)]
        for layer in self._layers:
            x = layer(x)
            sums.append(x.sum(axis=0))
        return np.stack(sums)

    def embedding(self, text: str) -> Floats:
        """Embed a text: the mean after the last layer, brought to length 1."""
        return normalised(self.hidden_means(text)[-1])


@cache
def encoder() -> Encoder:
    """Read the encoder from the installed package, once.

    Raises
    ------
    ModelError
        If a part is not installed, or a file is not the one this score was made with.
    """
    require_model()
    return Encoder(read_weights(), read_tokenizer())


def normalised(x: Floats) -> Floats:
    """Bring vectors (the last axis) to length 1."""
    lengths: Floats = np.linalg.norm(x, axis=-1, keepdims=True)
    return x / lengths


def gelu(x: Floats) -> Floats:
    """Gaussian error linear unit, x Φ(x), with Φ the normal distribution function.

    NumPy has no error function. This one is Abramowitz & Stegun (1964), *Handbook of
    Mathematical Functions*, 7.1.26, within 1.5e-7; in float32, Φ is within 3e-7.
    """
    # In place from here on: the arrays are large, and fresh memory for each step costs more
    # than the arithmetic.
    size = np.abs(x)
    size *= np.float32(np.sqrt(0.5))
    t = size * np.float32(0.3275911)
    t += np.float32(1)
    np.reciprocal(t, out=t)
    tail = t * np.float32(1.061405429 / 2)
    for coefficient in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail += np.float32(coefficient / 2)
        tail *= t
    np.square(size, out=size)
    np.negative(size, out=size)
    tail *= np.exp(size, out=size)
    # x Φ(x) is x less |x| times the tail beyond |x| for x > 0, and -|x| times it below
    tail *= np.abs(x, out=t)
    result: Floats = np.maximum(x, np.float32(0), out=t)
    result -= tail
    return result
