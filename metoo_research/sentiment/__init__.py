"""Sentiment of sentences by VADER, and what may be said of articles from it.

VADER adds up the valences of the words it knows and squeezes the sum into −1 to 1
(x / √(x² + 15)). The squeeze is made for short texts: over a whole article the sum grows
with the length, so that nearly every long article comes out close to −1 or 1 whatever its
tone. An article's score here is therefore the mean of its sentences, never the compound of
its text.

Words of the topic itself ("assault", "abuse") carry negative valence wherever they stand.
Each score has a twin in which they count as neutral; how far the two lie apart tells how
much of the score is topic. Neither of the two is the tone of an article.

References
----------
Hutto, C. J., & Gilbert, E. E. (2014). VADER: A parsimonious rule-based model for sentiment
analysis of social media text. *Eighth International AAAI Conference on Weblogs and Social
Media*, 216-225.

Efron, B., & Tibshirani, R. J. (1993). *An Introduction to the Bootstrap*. Chapman & Hall.
"""

from metoo_research.sentiment.arc import sentiment_arc
from metoo_research.sentiment.articles import compare_articles, score_articles
from metoo_research.sentiment.groups import score_groups
from metoo_research.sentiment.lexicons import lexicon_valences, sensitivity_scores
from metoo_research.sentiment.made_up import made_up_codings
from metoo_research.sentiment.marked import MarkedSentences, marked_sentences
from metoo_research.sentiment.model import model_available, model_hint, model_scores
from metoo_research.sentiment.sampling import read_codings, sentiment_sample
from metoo_research.sentiment.sentences import (
    most_extreme_sentences,
    score_sentences,
    with_primary_score,
)
from metoo_research.sentiment.targets import summarise_targets, target_sentiment
from metoo_research.sentiment.validation import methods_sentence, validate_sentiment
from metoo_research.sentiment.voice_scores import compare_speakers, compare_voices
from metoo_research.sentiment.voices import split_voices
from metoo_research.sentiment.word_valences import contributions

__all__ = [
    "MarkedSentences",
    "compare_articles",
    "compare_speakers",
    "compare_voices",
    "contributions",
    "lexicon_valences",
    "made_up_codings",
    "marked_sentences",
    "methods_sentence",
    "model_available",
    "model_hint",
    "model_scores",
    "most_extreme_sentences",
    "read_codings",
    "score_articles",
    "score_groups",
    "score_sentences",
    "sensitivity_scores",
    "sentiment_arc",
    "sentiment_sample",
    "split_voices",
    "summarise_targets",
    "target_sentiment",
    "validate_sentiment",
    "with_primary_score",
]
