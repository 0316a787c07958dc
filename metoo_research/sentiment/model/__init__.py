"""A score of sentences from a small language model: optional, and better than a lexicon.

It needs the extra ``model``. MiniLM-L6-v2 turns a sentence into 384 numbers that say what it
means; a linear head, learnt from news sentences that people have labelled, turns these and
three of VADER's into one score. ``docs/model_card.md`` says what it was learnt from, how well
it agrees with readers, and what it must not be used for.

Nothing is downloaded: the weights come with a package, and no code of that package runs.
"""

from metoo_research.sentiment.model.scores import model_scores
from metoo_research.sentiment.model.weights import ModelError, model_available, model_hint

__all__ = ["ModelError", "model_available", "model_hint", "model_scores"]
