"""A sample for coders, their agreement, and that of the scores with them."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest

from metoo_research._sheets import read_sheet
from metoo_research.errors import ExportError, TableError
from metoo_research.sentiment import (
    methods_sentence,
    read_codings,
    sentiment_sample,
    validate_sentiment,
)

GAP = math.nan


def scores_of(values: Any, *, per_article: int = 10) -> pd.DataFrame:
    n = len(values)
    return pd.DataFrame(
        {
            "article_id": pd.Series([f"a{at // per_article}" for at in range(n)], dtype="str"),
            "sentence_id": range(n),
            "text": pd.Series([f"Sentence {at}." for at in range(n)], dtype="str"),
            "compound": np.asarray(values, dtype=float),
        }
    )


def articles_of(scores: pd.DataFrame) -> pd.DataFrame:
    ids = scores["article_id"].drop_duplicates().reset_index(drop=True)
    outlets = ["xy"[at % 2] for at in range(len(ids))]
    return pd.DataFrame({"article_id": ids, "outlet": outlets})


def coded(scores: pd.DataFrame, **coders: Any) -> pd.DataFrame:
    ids = scores["article_id"] + "#" + scores["sentence_id"].astype("str")
    return pd.DataFrame({"row_id": ids, **coders})


SCORES = scores_of(np.linspace(-1, 1, 60))
ARTICLES = articles_of(SCORES)


# --- the sample ------------------------------------------------------------------------------


def test_each_stratum_gets_its_share() -> None:
    sample = sentiment_sample(SCORES, ARTICLES, n=30, by=["tercile"])
    assert sample["stratum"].value_counts().to_dict() == {"low": 10, "middle": 10, "high": 10}
    assert sample["stratum_size"].unique().tolist() == [20]


def test_strata_may_be_columns_of_scores_and_articles() -> None:
    sample = sentiment_sample(SCORES, ARTICLES, n=12, by=["outlet", "article_id"])
    assert sample["stratum"].value_counts().to_dict() == {
        f"{outlet} / a{at}": 2 for at, outlet in enumerate("xyxyxy")
    }


def test_every_sentence_is_as_likely_to_be_drawn() -> None:
    scores = scores_of(np.linspace(-1, 1, 7), per_article=3)
    articles = articles_of(scores)
    drawn = pd.concat(
        sentiment_sample(scores, articles, n=3, by=["article_id"], seed=seed)["sentence_id"]
        for seed in range(400)
    )
    # 3 of 7; the standard error of a share of .43 in 400 draws is .025.
    assert (drawn.value_counts() / 400).between(3 / 7 - 0.1, 3 / 7 + 0.1).all()


def test_the_seed_decides_and_the_order_of_rows_does_not() -> None:
    first = sentiment_sample(SCORES, ARTICLES, n=20)
    again = sentiment_sample(SCORES.iloc[::-1], ARTICLES, n=20)
    other = sentiment_sample(SCORES, ARTICLES, n=20, seed=1)
    assert first["row_id"].tolist() == again["row_id"].tolist()
    assert first["row_id"].tolist() != other["row_id"].tolist()
    assert first["sentence_id"].tolist() != sorted(first["sentence_id"])


def test_sentences_without_text_are_left_out_and_told() -> None:
    scores = SCORES.assign(text=SCORES["text"].where(SCORES["sentence_id"] > 4, " "))
    sample = sentiment_sample(scores, ARTICLES, n=500)
    assert len(sample) == 55
    assert sample.attrs["left_out"] == {"sentences without text or score": 5}
    assert (sample.attrs["asked"], sample.attrs["n_drawn"]) == (500, 55)


def test_equal_scores_stay_together() -> None:
    sample = sentiment_sample(scores_of([0.0] * 30), articles_of(scores_of([0.0] * 30)), n=9)
    assert sample["stratum"].str.startswith("low").all()


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_sheet_shows_neither_scores_nor_articles(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"sheet.{ending}"
    sample = sentiment_sample(SCORES, ARTICLES, n=10, path=path)
    header, *rows = read_sheet(path)
    assert header == ["row_id", "text", "coder_1", "coder_2", "note"]
    assert [row[0] for row in rows] == sample["row_id"].tolist()


def test_the_workbook_holds_the_rules_and_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        sentiment_sample(SCORES, ARTICLES, n=10, path=tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == ["sentences", "rules"]


def test_a_sentence_like_a_formula_is_not_run(tmp_path: Path) -> None:
    scores = SCORES.assign(text='=HYPERLINK("x")')
    sentiment_sample(scores, ARTICLES, n=3, path=tmp_path / "sheet.csv")
    lines = (tmp_path / "sheet.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert all(",\"'=HYPERLINK" in line for line in lines)


def test_a_sheet_that_is_filled_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    sample = sentiment_sample(SCORES, ARTICLES, n=3, path=path)
    sentiment_sample(SCORES, ARTICLES, n=4, path=path)
    path.write_text(f"row_id,text,coder_1\n{sample['row_id'].iloc[0]},x,-1\n", encoding="utf-8")
    with pytest.raises(ExportError, match="a coder has filled it"):
        sentiment_sample(SCORES, ARTICLES, n=3, path=path)
    path.write_text("something,else\n", encoding="utf-8")
    with pytest.raises(ExportError, match="no such sheet"):
        sentiment_sample(SCORES, ARTICLES, n=3, path=path)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n": 0}, "n is a whole number"),
        ({"by": "tercile"}, "by is a list"),
        ({"by": ["colour"]}, "'colour' is neither"),
    ],
)
def test_an_option_without_meaning_is_told(options: dict[str, object], message: str) -> None:
    with pytest.raises(TableError, match=message):
        sentiment_sample(SCORES, ARTICLES, **options)  # type: ignore[arg-type]


# --- what coders wrote -----------------------------------------------------------------------


def test_codes_as_spreadsheets_write_them() -> None:
    cells = ["-2", "−1", "0", "+1", "2.0", " 1 ", "x", "", None, 1, -1.0, GAP]
    codes = read_codings(coded(SCORES.iloc[:12], coder_1=cells))
    assert codes["coder_1"].reindex([f"a{n // 10}#{n}" for n in range(12)]).tolist() == (
        pytest.approx([-2, -1, 0, 1, 2, 1, GAP, GAP, GAP, 1, -1, GAP], nan_ok=True)
    )


@pytest.mark.parametrize("cell", ["good", "3", "-3", "1.5", "1 or 2"])
def test_another_value_is_told_with_its_row(cell: str) -> None:
    with pytest.raises(TableError, match=r"row 'a0#1'.*coder_1"):
        read_codings(coded(SCORES.iloc[:2], coder_1=["1", cell]))


def test_two_sheets_of_two_coders_come_together(tmp_path: Path) -> None:
    (tmp_path / "1.csv").write_text("row_id,coder_1,coder_2\na0#0,1,\na0#1,-1,\n", "utf-8")
    (tmp_path / "2.csv").write_text("row_id;coder_1;coder_2\na0#1;;0\na0#0;;2\n", "utf-8")
    codes = read_codings([tmp_path / "1.csv", tmp_path / "2.csv"])
    assert codes[codes.index == "a0#0"].to_numpy().tolist() == [[1, 2]]
    with pytest.raises(TableError, match="filled in another sheet"):
        read_codings([tmp_path / "1.csv", tmp_path / "1.csv"])


def test_a_sheet_that_nobody_filled_or_with_a_row_twice_is_told() -> None:
    with pytest.raises(TableError, match="no coder has judged"):
        read_codings(coded(SCORES.iloc[:2], coder_1=["", "x"], coder_2=[None, None]))
    with pytest.raises(TableError, match="twice"):
        read_codings(coded(SCORES.iloc[[0, 0]], coder_1=["1", "1"]))
    with pytest.raises(TableError, match="'row_id'"):
        read_codings(pd.DataFrame({"coder_1": [1]}))


def test_a_changed_row_id_is_told() -> None:
    with pytest.raises(TableError, match="'a0#999'"):
        validate_sentiment(pd.DataFrame({"row_id": ["a0#999"], "coder_1": ["1"]}), SCORES)


# --- how well scores agree -------------------------------------------------------------------


def test_correlations_against_numpy_and_ranks() -> None:
    random = np.random.default_rng(3)
    truth = random.integers(-2, 3, size=60)
    scores = scores_of(np.tanh(truth + random.normal(0, 1, 60)))
    row = validate_sentiment(coded(scores, coder_1=truth), scores, draws=200).iloc[0]
    assert row["r"] == pytest.approx(np.corrcoef(scores["compound"], truth)[0, 1])
    ranked = pd.DataFrame({"a": scores["compound"], "b": truth}).rank()
    assert row["spearman"] == pytest.approx(ranked["a"].corr(ranked["b"]))
    assert row["r_low"] < row["r"] < row["r_high"]
    # Fisher's z: tanh(artanh r ± 1.96 / √57).
    half = 1.96 / math.sqrt(57)
    assert row["r_low"] == pytest.approx(math.tanh(math.atanh(row["r"]) - half), abs=0.1)
    assert row["r_high"] == pytest.approx(math.tanh(math.atanh(row["r"]) + half), abs=0.05)


def test_macro_f1_by_hand() -> None:
    # Coders: −, −, 0, +; score: −, 0, 0, +. F1: 2/3, 2/3, 1; mean 7/9.
    scores = scores_of([-0.5, 0.0, 0.01, 0.9])
    row = validate_sentiment(coded(scores, coder_1=[-1, -2, 0, 2]), scores, draws=20).iloc[0]
    assert [row[f"f1_{name}"] for name in ("negative", "neutral", "positive")] == pytest.approx(
        [2 / 3, 2 / 3, 1]
    )
    assert row["f1"] == pytest.approx(7 / 9)


def test_thresholds_decide_the_classes_ends_included() -> None:
    scores = scores_of([0.05, -0.05, 0.04])
    codes = coded(scores, coder_1=[1, -1, 0], coder_2=[0, 0, 0])
    assert validate_sentiment(codes, scores, draws=20).iloc[0]["f1"] == 1
    other = validate_sentiment(codes, scores, threshold={"compound": 0.2}, draws=20).iloc[0]
    assert other["f1_neutral"] == pytest.approx(0.5)


def test_perfect_coders_have_alpha_one_and_each_other_as_reference() -> None:
    scores = scores_of([-0.9, -0.2, 0.3, 0.8])
    codes = [-2, -1, 1, 2]
    table = validate_sentiment(coded(scores, coder_1=codes, coder_2=codes), scores, draws=50)
    assert table["against"].tolist() == ["coders", "other coders", "other coders"]
    assert table["r"].tolist()[1:] == pytest.approx([1, 1])
    assert (table.attrs["alpha_ordinal"], table.attrs["coders"]) == (1, 2)


def test_the_methods_sentence_says_what_a_reviewer_asks() -> None:
    scores = scores_of(np.linspace(-1, 1, 30))
    codes = np.tile([-2, -1, 0, 1, 2], 6)
    table = validate_sentiment(
        coded(scores, coder_1=codes, coder_2=np.roll(codes, 1)), scores, draws=50
    )
    text = methods_sentence(table)
    assert text.startswith("Two coders judged 30 sentences on a scale from −2 to 2")
    assert "Krippendorff's alpha, ordinal: " in text
    assert "compound: r = " in text
    assert "n = 30" in text
    with pytest.raises(TableError, match="validate_sentiment"):
        methods_sentence(pd.DataFrame())


def test_with_one_coder_there_is_no_alpha_and_it_is_said() -> None:
    table = validate_sentiment(coded(SCORES, coder_1=[1, -1] * 30), SCORES, draws=20)
    assert math.isnan(table.attrs["alpha_ordinal"])
    assert "reliability cannot be computed" in methods_sentence(table)


def test_what_cannot_be_computed_is_missing() -> None:
    scores = scores_of([0.1, 0.2, 0.3])
    same = validate_sentiment(coded(scores, coder_1=[1, 1, 1]), scores, draws=20).iloc[0]
    assert math.isnan(same["r"])
    assert math.isnan(same["r_low"])
    few = validate_sentiment(coded(scores, coder_1=[1, 0, ""]), scores, draws=20).iloc[0]
    assert few["n"] == 2
    assert math.isnan(few["r"])
    assert math.isnan(few["f1"])


def test_every_score_of_the_table_has_a_row_and_missing_values_are_left_out() -> None:
    random = np.random.default_rng(5)
    scores = SCORES.assign(
        model_score=random.normal(size=60),
        sensitivity=np.where(np.arange(60) < 20, GAP, random.normal(size=60)),
        compound_without_topic=GAP,
    )
    table = validate_sentiment(
        coded(scores, coder_1=random.integers(-2, 3, 60)), scores, draws=20
    )
    assert dict(zip(table["score"], table["n"], strict=True)) == {
        "compound": 60,
        "sensitivity": 40,
        "model_score": 60,
    }
    with pytest.raises(TableError, match="'colour'"):
        validate_sentiment(coded(SCORES, coder_1=[1] * 60), SCORES, columns=["colour"])
