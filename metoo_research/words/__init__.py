"""Words: counts, their spread over the articles, and their places in the text.

One module per family. Every function takes tables and gives a table; the settings of a
result are in its ``attrs``.
"""

from metoo_research.words.association import (
    pair_chi_squared,
    pair_information,
    pair_log_dice,
    pair_log_likelihood,
    pair_poisson_stirling,
    pair_t_score,
)
from metoo_research.words.collocations import collocations
from metoo_research.words.concordance import concordance
from metoo_research.words.contingency import (
    chi_squared,
    direction,
    log_likelihood,
    p_of_chi_squared,
)
from metoo_research.words.coverage import words_by_use
from metoo_research.words.dispersion import (
    gries_dp,
    gries_dp_norm,
    juilland_d,
    word_dispersion,
)
from metoo_research.words.document_terms import document_term_counts
from metoo_research.words.effect_sizes import (
    bayes_factor_bic,
    log_odds_ratio,
    log_ratio,
    percent_difference,
    pointwise_mutual_information,
)
from metoo_research.words.exact_test import FisherExact, fisher_exact
from metoo_research.words.forms import base_forms
from metoo_research.words.frequency import word_frequency
from metoo_research.words.keyness import keyness, target_articles
from metoo_research.words.lexical_diversity import lexical_diversity
from metoo_research.words.log_odds import LogOdds, dirichlet_log_odds
from metoo_research.words.multiple_tests import benjamini_hochberg
from metoo_research.words.ngrams import ngram_frequency
from metoo_research.words.permutation import permutation_p
from metoo_research.words.positions import word_positions
from metoo_research.words.readability import readability
from metoo_research.words.shared_passages import shared_passages
from metoo_research.words.similarity import shared_words, similarity
from metoo_research.words.stop_words import StopList, stop_words, study_stop_words
from metoo_research.words.syllables import count_syllables
from metoo_research.words.tags import hashtags_and_mentions
from metoo_research.words.trend import word_trend
from metoo_research.words.word_shift import shift_between, word_shift

__all__ = [
    "FisherExact",
    "LogOdds",
    "StopList",
    "base_forms",
    "bayes_factor_bic",
    "benjamini_hochberg",
    "chi_squared",
    "collocations",
    "concordance",
    "count_syllables",
    "direction",
    "dirichlet_log_odds",
    "document_term_counts",
    "fisher_exact",
    "gries_dp",
    "gries_dp_norm",
    "hashtags_and_mentions",
    "juilland_d",
    "keyness",
    "lexical_diversity",
    "log_likelihood",
    "log_odds_ratio",
    "log_ratio",
    "ngram_frequency",
    "p_of_chi_squared",
    "pair_chi_squared",
    "pair_information",
    "pair_log_dice",
    "pair_log_likelihood",
    "pair_poisson_stirling",
    "pair_t_score",
    "percent_difference",
    "permutation_p",
    "pointwise_mutual_information",
    "readability",
    "shared_passages",
    "shared_words",
    "shift_between",
    "similarity",
    "stop_words",
    "study_stop_words",
    "target_articles",
    "word_dispersion",
    "word_frequency",
    "word_positions",
    "word_shift",
    "word_trend",
    "words_by_use",
]
