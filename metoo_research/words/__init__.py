"""Words: counts, their spread over the articles, and their places in the text.

One module per family. Every function takes tables and gives a table; the settings of a
result are in its ``attrs``.
"""

from metoo_research.words.concordance import concordance
from metoo_research.words.coverage import words_by_use
from metoo_research.words.dispersion import gries_dp, gries_dp_norm, juilland_d
from metoo_research.words.document_terms import document_term_counts
from metoo_research.words.frequency import word_frequency
from metoo_research.words.positions import word_positions
from metoo_research.words.stop_words import StopList, stop_words
from metoo_research.words.tags import hashtags_and_mentions

__all__ = [
    "StopList",
    "concordance",
    "document_term_counts",
    "gries_dp",
    "gries_dp_norm",
    "hashtags_and_mentions",
    "juilland_d",
    "stop_words",
    "word_frequency",
    "word_positions",
    "words_by_use",
]
