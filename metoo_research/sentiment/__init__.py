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

from metoo_research.sentiment.articles import compare_articles, score_articles
from metoo_research.sentiment.sentences import most_extreme_sentences, score_sentences

__all__ = [
    "compare_articles",
    "most_extreme_sentences",
    "score_articles",
    "score_sentences",
]
