import json
import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metoo_research.errors import EmptyGroupError, TableError
from metoo_research.words import shift_between, word_shift
from metoo_research.words.word_shift import ShiftKind

KINDS: tuple[ShiftKind, ...] = ("proportion", "entropy", "jensen_shannon", "weighted")


def by_word(table: pd.DataFrame, column: str) -> dict[str, Any]:
    return dict(zip(table["word"], table[column], strict=True))


def test_published_divergence() -> None:
    # shift-jsd (shifterator): only A and H differ, and share the divergence equally
    one, two = dict.fromkeys("ABCDEFG", 10), dict.fromkeys("BCDEFGH", 10)
    table = shift_between(one, two, kind="jensen_shannon")
    assert table.attrs["total"] == pytest.approx(0.14285714285714285, abs=1e-9)
    shares = by_word(table, "contribution_share")
    assert shares.pop("A") == pytest.approx(0.5, abs=1e-9)
    assert shares.pop("H") == pytest.approx(0.5, abs=1e-9)
    assert set(shares.values()) == {0}
    assert by_word(table, "direction") == {"A": 1, "H": -1} | dict.fromkeys("BCDEFG", 0)


def test_groups_without_a_word_in_common_are_one_bit_apart() -> None:
    table = shift_between({"a": 3, "b": 1}, {"c": 9}, kind="jensen_shannon")
    assert table.attrs["total"] == pytest.approx(1)


def test_proportions_are_differences_of_shares() -> None:
    table = shift_between({"march": 3, "vote": 1}, {"march": 1, "court": 1})
    assert by_word(table, "contribution") == {"court": -0.5, "march": 0.25, "vote": 0.25}
    assert by_word(table, "contribution_share") == {"court": -0.5, "march": 0.25, "vote": 0.25}
    assert table["word"].tolist() == ["court", "march", "vote"]  # ties by code point
    assert table.attrs["total"] == 0


def test_entropies_of_a_coin_and_of_a_certain_thing() -> None:
    table = shift_between({"heads": 5, "tails": 5}, {"heads": 7}, kind="entropy")
    assert (table.attrs["value_target"], table.attrs["value_reference"]) == (1, 0)
    assert by_word(table, "contribution") == {"heads": 0.5, "tails": 0.5}
    to_base_4 = shift_between({"heads": 5, "tails": 5}, {"heads": 7}, kind="entropy", base=4)
    assert to_base_4.attrs["total"] == pytest.approx(0.5)


def test_a_weighted_shift_says_how_each_word_moves_the_mean() -> None:
    scores = {"good": 2.0, "bad": -2.0, "fine": 1.0, "sad": -1.0}
    target = {"good": 4, "sad": 3, "fine": 1, "bad": 2, "the": 10}
    reference = {"good": 2, "sad": 1, "fine": 3, "bad": 4, "the": 90}
    table = shift_between(target, reference, kind="weighted", weights=scores)
    # Means over the ten scored words: (8 - 3 + 1 - 4) / 10 and (4 - 1 + 3 - 8) / 10
    assert table.attrs["value_target"] == pytest.approx(0.2)
    assert table.attrs["value_reference"] == pytest.approx(-0.2)
    # (score + 0.2) * difference of shares
    assert by_word(table, "contribution") == pytest.approx(
        {"good": 0.44, "bad": 0.36, "fine": -0.24, "sad": -0.16}
    )
    assert by_word(table, "component") == {
        "good": "higher_more", "bad": "lower_less", "fine": "higher_less", "sad": "lower_more",
    }  # fmt: skip
    left_out = table.attrs["left_out"]
    assert left_out == {"words_without_score": 1, "tokens_target": 10, "tokens_reference": 90}


def test_weights_come_as_mapping_series_or_table() -> None:
    scores = {"a": 1.0, "b": 3.0}
    tables = [
        shift_between({"a": 1}, {"b": 1}, kind="weighted", weights=weights)
        for weights in (
            scores,
            pd.Series(scores),
            pd.DataFrame({"word": list(scores), "score": list(scores.values())}),
        )
    ]
    for table in tables:
        assert table.attrs["total"] == -2
        assert table.equals(tables[0])


def test_a_group_without_a_scored_word_has_no_mean() -> None:
    table = shift_between({"a": 1}, {"b": 1}, kind="weighted", weights={"a": 1.0})
    assert table["contribution"].isna().all()
    assert math.isnan(table.attrs["total"])
    assert "no word with a score" in table.attrs["not_computed"]


@pytest.fixture
def words() -> pd.DataFrame:
    return pd.DataFrame(
        [("1", "march", 2), ("1", "vote", 1), ("2", "march", 1), ("3", "march", 1)],
        columns=["article_id", "word", "count"],
    )


def test_articles_are_summed_into_two_groups(words: pd.DataFrame) -> None:
    target = pd.Series({"1": True, "2": True, "3": False, "empty": False})
    table = word_shift(words, target=target, kind="jensen_shannon")
    assert by_word(table, "count_target") == {"march": 3, "vote": 1}
    assert by_word(table, "count_reference") == {"march": 1, "vote": 0}
    assert by_word(table, "articles_target") == {"march": 2, "vote": 1}
    assert by_word(table, "articles_reference") == {"march": 1, "vote": 0}
    assert table.attrs["n_articles_reference"] == 2


def test_a_word_of_two_kinds_is_one_word(words: pd.DataFrame) -> None:
    kinds = words.assign(word="metoo", kind=["word", "hashtag", "word", "word"])
    target = pd.Series({"1": True, "2": False, "3": False})
    table = word_shift(kinds, target=target)
    assert table["count_target"].tolist() == [3]
    assert table["articles_target"].tolist() == [1]


def test_a_list_of_words_can_be_the_reference(words: pd.DataFrame) -> None:
    listed = pd.DataFrame({"word": ["march", "court"], "count": [1, 1]})
    table = word_shift(words, reference=listed)
    assert by_word(table, "share_reference") == {"march": 0.5, "court": 0.5, "vote": 0}
    assert table["articles_reference"].isna().all()


@pytest.mark.parametrize(
    ("marked", "message"), [([False] * 3, "target holds no article"), ([True] * 3, "reference")]
)
def test_a_group_without_articles_is_one_error(
    words: pd.DataFrame, marked: list[bool], message: str
) -> None:
    with pytest.raises(EmptyGroupError, match=message):
        word_shift(words, target=pd.Series(marked, index=["1", "2", "3"]))


def test_a_list_without_words_is_one_error() -> None:
    with pytest.raises(EmptyGroupError, match="the reference holds no word"):
        shift_between({"a": 1}, {})
    with pytest.raises(EmptyGroupError, match="the target holds no word"):
        shift_between({"a": 0}, {"a": 1})


@pytest.mark.parametrize(
    ("counts", "options", "message"),
    [
        ({"a": -1}, {}, "'a'"),
        ({"a": math.nan}, {}, "'a'"),
        ({"a": 1}, {"kind": "tsallis"}, "kind is"),
        ({"a": 1}, {"base": 1}, "base"),
        ({"a": 1}, {"weights": {"a": 1}}, "weights are given"),
        ({"a": 1}, {"kind": "weighted"}, "weights are given"),
        ({"a": 1}, {"kind": "weighted", "weights": {"a": "high"}}, "no number"),
    ],
)
def test_bad_input_is_one_error(
    counts: dict[str, float], options: dict[str, object], message: str
) -> None:
    with pytest.raises(TableError, match=message):
        shift_between(counts, {"b": 1}, **options)  # type: ignore[arg-type]


def test_settings_can_be_written_as_json(words: pd.DataFrame) -> None:
    target = pd.Series({"1": True, "2": False, "3": False})
    attrs = word_shift(words, target=target).attrs
    assert json.loads(json.dumps(attrs)) == attrs


COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 1000), min_size=1)


@given(COUNTS, COUNTS, st.sampled_from(KINDS))
def test_contributions_sum_to_the_difference(
    target: dict[str, int], reference: dict[str, int], kind: ShiftKind
) -> None:
    scores = {word: float(at - 3) for at, word in enumerate("abcdefgh")}
    weights = scores if kind == "weighted" else None
    table = shift_between(target, reference, kind=kind, weights=weights)
    total = table.attrs["total"]
    assert table["contribution"].sum() == pytest.approx(total, abs=1e-9)
    if kind in ("entropy", "weighted"):
        values = table.attrs["value_target"] - table.attrs["value_reference"]
        assert total == pytest.approx(values, abs=1e-9)
    if kind == "jensen_shannon":
        assert (table["contribution"] >= -1e-15).all()
        assert -1e-12 <= total <= 1 + 1e-12
