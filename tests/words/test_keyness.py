"""Keyness; the reference cases are quanteda.textstats', formulas in `test_contingency`."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from example_tables import Tables, make_tables

from metoo_research.errors import EmptyGroupError, TableError
from metoo_research.words import document_term_counts, gries_dp
from metoo_research.words.contingency import Correction
from metoo_research.words.keyness import KeynessMeasure, keyness, target_articles
from metoo_research.words.log_odds import dirichlet_log_odds


def counts_of(texts: dict[str, list[str]], **options: Any) -> pd.DataFrame:
    made = make_tables(texts)
    return document_term_counts(made.tokens, made.articles, **options)


def side(**marked: bool) -> pd.Series:
    return pd.Series(marked)


def column(table: pd.DataFrame, name: str) -> dict[str, Any]:
    return dict(zip(table["word"], table[name].tolist(), strict=True))


@pytest.fixture
def two_texts() -> pd.DataFrame:
    return counts_of({"t": ["b b b b b b b a a a"], "r": ["a a a a a a a b b"]})


@pytest.fixture
def five_articles() -> pd.DataFrame:
    return counts_of(
        {
            "t1": ["Strike strike now, nurses."],
            "t2": ["Strike for pay now."],
            "r1": ["Pay talks now."],
            "r2": ["Nurses and pay, pay, pay."],
            "r3": ["Now talks."],
        }
    )


FIVE = side(t1=True, t2=True, r1=False, r2=False, r3=False)


@pytest.mark.parametrize(
    ("measure", "correction", "expected"),
    [
        ("chi_squared", "yates_if_small", {"b": 2.632438271604939, "a": -2.632438271604939}),
        ("chi_squared", None, {"b": 4.337160493827161, "a": -4.337160493827161}),
        ("chi_squared", "williams", {"b": 4.017626, "a": -4.017626}),
        ("log_likelihood", None, {"b": 4.534939332256226, "a": -4.534939332256226}),
    ],
    ids=[
        "keyness-chi2-yates",
        "keyness-chi2-none",
        "keyness-chi2-williams",
        "keyness-g2-none",
    ],
)
def test_signed_keyness_of_reference(
    two_texts: pd.DataFrame,
    measure: KeynessMeasure,
    correction: Correction | None,
    expected: dict[str, float],
) -> None:
    table = keyness(
        two_texts, target=side(t=True, r=False), measure=measure, correction=correction
    )
    assert column(table, "keyness") == pytest.approx(expected, abs=1e-6)
    unsigned = {word: abs(value) for word, value in expected.items()}
    assert column(table, measure) == pytest.approx(unsigned, abs=1e-6)


def test_fisher_of_reference(two_texts: pd.DataFrame) -> None:
    # keyness-fisher: R's fisher.test
    table = keyness(two_texts, target=side(t=True, r=False), measure="fisher")
    assert table.loc[0, "word"] == "b"
    assert table.loc[0, "odds_ratio"] == pytest.approx(7.166306303557892, abs=1e-5)
    assert table.loc[0, "keyness"] == pytest.approx(math.log(7.166306303557892), abs=1e-5)
    assert table["p"].tolist() == pytest.approx([0.06977851869492735] * 2, abs=1e-5)


@pytest.mark.parametrize(
    ("measure", "correction", "expected"),
    [
        ("chi_squared", "yates_if_small", "gcbhaefd"),  # keyness-order-chi2
        ("log_likelihood", None, "cgbhaefd"),  # keyness-order-lr
    ],
)
def test_order_of_reference_breaks_ties_alphabetically(
    measure: KeynessMeasure, correction: Correction | None, expected: str
) -> None:
    words = counts_of(
        {"t": ["a a a b b c c c c c c d e f g h h"], "r": ["a a b c c d d d d e f h"]}
    )
    table = keyness(
        words,
        target=side(t=True, r=False),
        measure=measure,
        correction=correction,
        min_count=1,
    )
    assert "".join(table["word"]) == expected


def test_counts_rates_and_articles_of_both_sides(five_articles: pd.DataFrame) -> None:
    table = keyness(five_articles, target=FIVE, min_count=3)
    assert column(table, "count_target") == {"strike": 3, "now": 2, "pay": 1}
    assert column(table, "count_reference") == {"strike": 0, "now": 2, "pay": 4}
    assert column(table, "articles_target") == {"strike": 2, "now": 2, "pay": 1}
    assert column(table, "articles_reference") == {"strike": 0, "now": 2, "pay": 2}
    assert column(table, "per_million_target")["strike"] == pytest.approx(3 / 8 * 1e6)
    assert column(table, "direction") == {"strike": 1, "now": 1, "pay": -1}
    assert column(table, "log_ratio")["strike"] == pytest.approx(
        math.log2((3 / 8) / (0.5 / 10))
    )
    assert column(table, "percent_diff")["now"] == pytest.approx(25)


def test_words_left_out_are_counted_and_stay_in_the_totals(five_articles: pd.DataFrame) -> None:
    table = keyness(five_articles, target=FIVE, min_count=3)
    assert table.attrs["left_out"]["min_count"] == {"rows": 4, "tokens": 6}
    assert table.attrs["tokens"] == {"target": 8, "reference": 10}


def test_two_against_three_articles_say_that_no_p_is_under_a_tenth(
    five_articles: pd.DataFrame,
) -> None:
    table = keyness(five_articles, target=FIVE, min_count=1)
    assert table.attrs["smallest_p"] == pytest.approx(0.1)
    assert table["p_permutation"].min() == pytest.approx(0.1)
    assert column(table, "p_permutation")["strike"] == pytest.approx(0.1)
    assert table.attrs["note"] == (
        "With 2 against 3 articles that hold words, no p over articles can be under 0.1."
    )


def test_an_article_without_words_does_not_make_the_groups_larger(
    five_articles: pd.DataFrame,
) -> None:
    more = pd.concat([FIVE, side(blank=True)])
    table = keyness(five_articles, target=more)
    assert table.attrs["smallest_p"] == pytest.approx(0.1)
    assert table.attrs["articles"] == {"target": 3, "reference": 3}


def test_dispersion_is_that_of_each_side(five_articles: pd.DataFrame) -> None:
    table = keyness(five_articles, target=FIVE, min_count=1)
    assert column(table, "dispersion_dp_reference")["pay"] == pytest.approx(
        gries_dp([1, 3, 0], [3, 5, 2])
    )
    assert math.isnan(column(table, "dispersion_dp_reference")["strike"])


def test_log_odds_take_the_pooled_counts_as_prior(five_articles: pd.DataFrame) -> None:
    table = keyness(five_articles, target=FIVE, min_count=1).sort_values("word")
    one, other = table["count_target"].to_numpy(), table["count_reference"].to_numpy()
    expected = dirichlet_log_odds(one, other, prior=one + other)
    assert table["log_odds_z"].to_numpy() == pytest.approx(expected.z)
    rare = keyness(five_articles, target=FIVE, min_count=3)
    # words that are left out stay in the prior
    assert column(rare, "log_odds_z")["pay"] == column(table, "log_odds_z")["pay"]


def test_prior_can_be_a_number_a_table_and_of_another_size(five_articles: pd.DataFrame) -> None:
    words = ["and", "for", "now", "nurses", "pay", "strike", "talks"]

    def z_of(**options: Any) -> Any:
        table = keyness(five_articles, target=FIVE, min_count=1, **options)
        return table.set_index("word").loc[words, "log_odds_z"].to_numpy()

    one, other = np.array([0, 1, 2, 1, 1, 3, 0]), np.array([1, 0, 2, 1, 4, 0, 2])
    assert z_of(prior=0.01) == pytest.approx(dirichlet_log_odds(one, other, prior=0.01).z)
    background = pd.DataFrame({"word": words[::-1], "count": [7, 6, 5, 4, 3, 2, 1]})
    expected = dirichlet_log_odds(one, other, prior=np.arange(1, 8)).z
    assert z_of(prior=background) == pytest.approx(expected)
    expected = dirichlet_log_odds(one, other, prior=np.arange(1, 8) * 5).z
    assert z_of(prior=background, prior_size=140) == pytest.approx(expected)


def test_another_corpus_as_reference(five_articles: pd.DataFrame) -> None:
    other = counts_of({"t1": ["Pay pay strike."], "x": ["Pay now."]})
    table = keyness(five_articles, reference=other, min_count=4)
    assert column(table, "count_target") == {"now": 4, "pay": 5, "strike": 3}
    assert column(table, "count_reference") == {"now": 1, "pay": 3, "strike": 1}
    # the article t1 of the other corpus is another article
    assert table.attrs["permutation"]["labelings"] == math.comb(7, 5)
    part = keyness(five_articles, target=FIVE, reference=other, min_count=1)
    assert column(part, "count_target")["pay"] == 1
    assert part.attrs["left_out"]["articles_not_compared"] == {"rows": 8}


def test_a_list_of_words_as_reference(five_articles: pd.DataFrame) -> None:
    listed = pd.DataFrame({"word": ["Pay", "pay", "now"], "count": [30, 10, 60], "total": 1000})
    table = keyness(five_articles, reference=listed, min_count=3)
    assert column(table, "count_reference") == {"strike": 0, "now": 60, "pay": 40}
    assert column(table, "per_million_reference")["pay"] == pytest.approx(40_000)
    assert table["articles_reference"].isna().all()
    assert table["p_permutation"].isna().all()
    assert "list of words without articles" in table.attrs["note"]


def test_a_hashtag_of_a_list_without_kinds_meets_the_hashtag() -> None:
    words = counts_of({"1": ["#FairPay now"], "2": ["#FairPay later"]})
    listed = pd.DataFrame({"word": ["#fairpay", "now"], "count": [3, 2]})
    table = keyness(words, reference=listed, min_count=5)
    assert table[["word", "kind", "count_target", "count_reference"]].to_numpy().tolist() == [
        ["#fairpay", "hashtag", 2, 3]
    ]


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ({"word": ["pay"], "count": [-3]}, "the count -3 for 'pay'"),
        ({"word": ["pay", "now"], "count": [3, None]}, "a missing count for 'now'"),
        ({"word": ["pay"], "count": ["many"]}, "the count many for 'pay'"),
        ({"word": [None], "count": [3]}, "a row without a word"),
        ({"word": ["pay"], "count": [3], "total": [2]}, "total is 2, but its counts sum to 3"),
        ({"word": ["a", "b"], "count": [3, 1], "total": [9, 8]}, "the same in every row"),
        ({"word": ["pay"]}, "no column 'count'"),
    ],
)
def test_a_list_with_wrong_counts_is_one_clear_error(
    five_articles: pd.DataFrame, listed: dict[str, list[Any]], told: str
) -> None:
    with pytest.raises(TableError, match=told):
        keyness(five_articles, reference=pd.DataFrame(listed))


def test_groups_without_an_article_are_refused(five_articles: pd.DataFrame) -> None:
    with pytest.raises(EmptyGroupError, match="the target holds no article"):
        keyness(five_articles, target=FIVE & False)
    with pytest.raises(EmptyGroupError, match="the reference holds no article"):
        keyness(five_articles, target=FIVE | True)
    with pytest.raises(EmptyGroupError, match="reference hold no word"):
        keyness(five_articles, target=pd.concat([FIVE | True, side(blank=False)]))
    empty = pd.DataFrame({"word": pd.Series(dtype="str"), "count": pd.Series(dtype="int64")})
    with pytest.raises(EmptyGroupError, match="reference hold no word"):
        keyness(five_articles, reference=empty)


def test_a_target_that_does_not_fit_is_refused(five_articles: pd.DataFrame) -> None:
    with pytest.raises(TableError, match="which side article 't1' is"):
        keyness(five_articles, target=FIVE.drop("t1"))
    with pytest.raises(TableError, match="True or False"):
        keyness(five_articles, target=FIVE.astype(object).where(FIVE, None))
    with pytest.raises(TableError, match="say which articles"):
        keyness(five_articles)
    with pytest.raises(TableError, match="'r3' twice"):
        keyness(five_articles, target=pd.concat([FIVE, side(r3=True)]))


def test_all_stop_words_leave_nothing_to_compare() -> None:
    words = counts_of({"t": ["The of."], "r": ["Of the."]}, stop_words=["the", "of"])
    with pytest.raises(EmptyGroupError, match="check kinds, stop words"):
        keyness(words, target=side(t=True, r=False))


def test_only_one_word_in_all_is_nan_without_a_warning() -> None:
    words = counts_of({"t": ["pay pay pay"], "r": ["pay pay"]})
    table = keyness(words, target=side(t=True, r=False))
    assert table[["log_likelihood", "p", "q", "bic", "p_permutation"]].isna().all(axis=None)
    assert table.loc[0, "log_ratio"] == pytest.approx(0)


def test_no_word_frequent_enough_gives_an_empty_table(five_articles: pd.DataFrame) -> None:
    table = keyness(five_articles, target=FIVE, min_count=100)
    assert len(table) == 0
    assert "q" in table.columns


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"measure": "chi"}, "measure is 'log_likelihood'"),
        ({"measure": "fisher", "correction": "yates"}, "takes no correction"),
        ({"correction": "bonferroni"}, "correction is None"),
        ({"min_count": 0}, "min_count"),
        ({"prior": "flat"}, "prior is 'pooled'"),
        ({"prior": 0.0}, "over 0"),
        ({"prior_size": -1}, "prior_size"),
        ({"permutations": -5}, "permutations"),
    ],
)
def test_options_without_a_meaning_are_refused(
    five_articles: pd.DataFrame, options: dict[str, Any], told: str
) -> None:
    with pytest.raises(TableError, match=told):
        keyness(five_articles, target=FIVE, **options)


def test_target_articles_by_a_column() -> None:
    made: Tables = make_tables({"a": [], "b": [], "c": []}, outlet=["Gazette", None, "Herald"])
    marked = target_articles(made.articles, "outlet", "Gazette")
    assert marked.to_dict() == {"a": True, "b": False, "c": False}
    with pytest.raises(EmptyGroupError, match="there are: 'Gazette', 'Herald'"):
        target_articles(made.articles, "outlet", "Courier")
    with pytest.raises(TableError, match="no column 'city'"):
        target_articles(made.articles, "city", "Leeds")


def test_the_order_of_the_rows_changes_nothing(five_articles: pd.DataFrame) -> None:
    shuffled = five_articles.sample(frac=1, random_state=5)
    one = keyness(five_articles, target=FIVE, min_count=1)
    other = keyness(shuffled, target=FIVE[::-1], min_count=1)
    pd.testing.assert_frame_equal(pd.DataFrame(one), pd.DataFrame(other))


def test_a_missing_count_in_the_words_is_named() -> None:
    words = pd.DataFrame({"article_id": ["t", "r"], "word": ["pay", "pay"], "count": [1, None]})
    with pytest.raises(TableError, match="the words table has a missing count for 'pay'"):
        keyness(words, target=side(t=True, r=False))


def test_random_labelings_repeat_with_their_seed(five_articles: pd.DataFrame) -> None:
    def p_of(seed: int) -> list[float]:
        table = keyness(five_articles, target=FIVE, min_count=1, permutations=9, seed=seed)
        assert table.attrs["smallest_p"] == pytest.approx(0.1)
        assert table.attrs["permutation"]["exact"] is False
        return [float(p) for p in table["p_permutation"]]

    assert p_of(1) == p_of(1)
    assert p_of(1) != p_of(2)
