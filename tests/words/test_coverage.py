"""Words that the analyses take, and words they set aside."""

import pandas as pd

from metoo_research.tokens import tokenize
from metoo_research.words import words_by_use

ARTICLES = pd.DataFrame({"article_id": ["a", "b"], "label": ["Herald", "Post"]})
SENTENCES = pd.DataFrame(
    {
        "article_id": ["a", "a", "a"],
        "sentence_id": [0, 1, 2],
        "kind": ["headline", "body", "promo"],
        "start": [0, 20, 60],
        "text": ["Thousands march", "They sang, 400 of them.", "Read more: sign up!"],
    }
)


def test_words_of_promotion_are_set_aside() -> None:
    use = words_by_use(tokenize(SENTENCES), SENTENCES, ARTICLES)
    # 2 + 4 words ("400" is a number, no word); "Read more sign up" are 4
    assert use[["words_analysed", "words_set_aside"]].to_numpy().tolist()[0] == [6, 4]


def test_an_article_without_words_keeps_its_row_with_zeros() -> None:
    use = words_by_use(tokenize(SENTENCES), SENTENCES, ARTICLES)
    assert use[["article_id", "words_analysed", "words_set_aside"]].to_numpy().tolist()[1] == [
        "b",
        0,
        0,
    ]


def test_the_kinds_that_are_analysed_can_be_chosen() -> None:
    use = words_by_use(tokenize(SENTENCES), SENTENCES, ARTICLES, kinds=["promo"])
    assert use[["words_analysed", "words_set_aside"]].to_numpy().tolist()[0] == [4, 6]
