"""The numbers that describe a sentence to the head of the model score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from metoo_research.sentiment.model.encoder import DIMENSIONS, encoder, normalised
from metoo_research.sentiment.vader import Vader, straightened

Floats = NDArray[np.float64]

#: The layers of the encoder whose means are averaged. The last one alone is made for
#: comparing what texts are about; the one before still holds more of how they say it.
_LAYERS: Final = (5, 6)
_LEXICON: Final = ("compound", "positive", "negative")

#: The names of the features, in their order.
FEATURES: Final = (*(f"embedding_{number:03}" for number in range(DIMENSIONS)), *_LEXICON)


def sentence_features(texts: Iterable[str]) -> Iterator[Floats]:
    """Describe sentences, each by the same numbers whatever stands beside it.

    Parameters
    ----------
    texts
        The sentences. Curly quotes and apostrophes are made straight.

    Yields
    ------
    For each sentence an array, a number for each of `FEATURES`: the means of layers 5 and 6
    of the encoder, each brought to length 1, and their mean again; then VADER's compound and
    its shares of positive and negative words, as in `score_sentences`. NaN throughout for a
    sentence without a letter or digit, or none of whose words the encoder knows.

    Raises
    ------
    ModelError
        If a part is not installed, or a file is not the one this score was made with.
    """
    read, vader = encoder(), Vader()
    for text in texts:
        straight = straightened(text).strip()
        features = np.full(len(FEATURES), np.nan)
        if any(map(str.isalnum, straight)) and read.knows_a_word_of(straight):
            of_layers = normalised(read.hidden_means(straight)[list(_LAYERS)])
            features[:DIMENSIONS] = normalised(of_layers.mean(axis=0))
            scores = vader.polarity_scores(straight)
            features[DIMENSIONS:] = [scores["compound"], scores["pos"], scores["neg"]]
        yield features
