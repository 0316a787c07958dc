"""Scores by what coders say, and the agreement of coders, each worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from metoo_research.errors import TableError
from metoo_research.metrics.annotation_scores import agreement, score_annotations
from metoo_research.metrics.codebook import FIELDS
from metoo_research.metrics.reliability import wilson_interval

# Five expressions: four that the program takes for figures, and a rank.
METRICS = pd.DataFrame(
    {
        "article_id": ["one"] * 3 + ["two"] * 2,
        "start": [10, 30, 50, 10, 40],
        "end": [15, 33, 55, 15, 45],
        "number_text": ["2,000", "300", "first", "1,500", "2,000"],
        "value": [2000.0, 300.0, 1.0, 1500.0, 2000.0],
        "value_high": [math.nan] * 5,
        "bound": ["at_least", "exact", "exact", "about", "exact"],
        "kind": ["social_metric", "social_metric", "ordinal", "social_metric", "other_count"],
        "role": ["figure", "figure", "ordinal", "figure", "figure"],
        "measure": ["tweets", "likes", None, "tweets", "people"],
        "platform": ["Twitter", None, None, "Twitter", None],
        "subject": ["#CleanRivers", None, None, "#CleanRivers", None],
        "window_text": ["By Monday", None, None, None, None],
        "attributed_to": [None, None, None, "the council", None],
        "evidence": ["…"] * 5,
    }
)
ROW_IDS = ["one:10-15", "one:30-33", "one:50-55", "two:10-15", "two:40-45"]


def coded(
    coder: str,
    figures: str,
    corrections: dict[int, dict[str, str]] | None = None,
    added: list[tuple[str, str]] | None = None,
) -> pd.DataFrame:
    """A coder's sheet: y, n or - (not judged) for each row, then what was put right."""
    rows: list[dict[str, Any]] = []
    for at, judgement in enumerate(figures):
        said = {name: METRICS[name].iloc[at] for name in FIELDS}
        row = {"row_id": ROW_IDS[at], "article_id": METRICS["article_id"].iloc[at]}
        row |= {name: None if pd.isna(value) else str(value) for name, value in said.items()}
        row["number_text"] = METRICS["number_text"].iloc[at]
        row["is_a_figure"] = {"y": True, "n": False, "-": None}[judgement]
        for name, value in (corrections or {}).get(at, {}).items():
            row[f"correct_{name}"] = value
        rows.append(row)
    for article_id, number in added or []:
        rows.append({"article_id": article_id, "number_text": number, "is_a_figure": True})
    columns = ["row_id", "article_id", "number_text", "is_a_figure", *FIELDS]
    columns += [f"correct_{name}" for name in FIELDS]
    table = pd.DataFrame(rows, columns=columns).astype("str")
    table["is_a_figure"] = pd.array([row["is_a_figure"] for row in rows], dtype="boolean")
    return table.assign(
        sheet=f"{coder}.csv", line=range(2, 2 + len(rows)), coder=coder, note=None
    )


def score(table: pd.DataFrame, field: str, coder: str = "ada") -> dict[str, Any]:
    (row,) = table[(table["field"] == field) & (table["coder"] == coder)].to_dict("records")
    return {str(name): value for name, value in row.items()}


# --- scores ---------------------------------------------------------------------------------


def test_precision_and_recall_of_finding_figures() -> None:
    # Of the 4 that the program says, 3 are; the rank is one too, and one was missed.
    table = score_annotations(METRICS, coded("ada", "yyyyn", added=[("two", "a dozen")]))
    found = score(table, "is_a_figure")
    assert (found["n"], found["said"], found["true"], found["right"]) == (6, 4, 5, 3)
    assert found["precision"] == pytest.approx(3 / 4)
    assert found["recall"] == pytest.approx(3 / 5)
    assert found["f1"] == pytest.approx(2 / 3)
    assert math.isnan(found["accuracy"])
    assert (found["precision_low"], found["precision_high"]) == pytest.approx(
        (0.3006, 0.9544), abs=5e-5
    )


def test_a_field_is_judged_on_the_figures_found() -> None:
    # 3 figures found. The first's window is right, the second has one that was not seen; the
    # fourth has none, rightly.
    sheet = coded("ada", "yynyn", {1: {"window_text": "on Tuesday"}})
    window = score(score_annotations(METRICS, sheet), "window_text")
    assert (window["n"], window["said"], window["true"], window["right"]) == (3, 1, 2, 1)
    assert window["accuracy"] == pytest.approx(2 / 3)
    assert (window["precision"], window["recall"]) == (1, 0.5)
    assert window["f1"] == pytest.approx(2 / 3)


def test_what_the_text_does_not_say_is_wrong_where_the_program_says_it() -> None:
    sheet = coded("ada", "yynyn", {0: {"platform": "none"}, 3: {"platform": "Facebook"}})
    platform = score(score_annotations(METRICS, sheet), "platform")
    assert (platform["n"], platform["said"], platform["true"], platform["right"]) == (
        3,
        2,
        1,
        0,
    )
    assert platform["accuracy"] == pytest.approx(1 / 3)
    assert (platform["precision"], platform["recall"], platform["f1"]) == (0, 0, 0)


def test_a_correction_to_the_same_is_no_mistake() -> None:
    sheet = coded(
        "ada", "yynyn", {0: {"value": "2e3", "window_text": "by  Monday", "measure": "Tweets"}}
    )
    table = score_annotations(METRICS, sheet)
    for name in ("value", "window_text", "measure"):
        assert score(table, name)["accuracy"] == 1


def test_the_role_is_judged_on_all_expressions() -> None:
    # The second is no figure, the third is one, and the last is part of a window.
    sheet = coded("ada", "ynyyn", {4: {"role": "window"}})
    role = score(score_annotations(METRICS, sheet), "role")
    assert (role["n"], role["right"]) == (5, 2)
    assert role["accuracy"] == pytest.approx(2 / 5)


def test_what_is_not_judged_is_left_out_and_counted() -> None:
    table = score_annotations(METRICS, coded("ada", "yyn--"))
    assert score(table, "is_a_figure")["said"] == 2
    assert table.attrs["not_judged"] == {"ada": 2}


def test_shares_of_nothing_are_nan() -> None:
    found = score(score_annotations(METRICS, coded("ada", "-----")), "is_a_figure")
    assert found["n"] == 0
    assert all(math.isnan(found[name]) for name in ("precision", "recall", "f1"))


def test_each_coder_has_scores_and_sheets_of_one_are_joined() -> None:
    table = score_annotations(
        METRICS, coded("ada", "yyy--"), coded("ben", "yynyy"), coded("ada", "---yn")
    )
    assert table["coder"].unique().tolist() == ["ada", "ben"]
    assert score(table, "is_a_figure", "ada")["precision"] == pytest.approx(3 / 4)
    assert score(table, "is_a_figure", "ben")["precision"] == 1


def test_a_row_of_another_table_is_told() -> None:
    sheet = coded("ada", "yyyyn")
    with pytest.raises(
        TableError, match=r"ada\.csv, row 6: the metrics table has no 'two:40-45'"
    ):
        score_annotations(METRICS.iloc[:4], sheet)


def test_a_row_that_one_coder_judged_twice_is_told() -> None:
    with pytest.raises(TableError, match=r"ada\.csv, row 2: 'ada' has judged 'one:10-15'"):
        score_annotations(METRICS, coded("ada", "y----"), coded("ada", "n----"))


def test_without_a_sheet_there_is_no_score() -> None:
    with pytest.raises(TableError, match="give the sheet of a coder"):
        score_annotations(METRICS)


# --- agreement ------------------------------------------------------------------------------


def alpha(table: pd.DataFrame, field: str) -> float:
    return float(table.set_index("field")["alpha"][field])


def test_alpha_of_what_is_a_figure() -> None:
    table = agreement(coded("ada", "yyynn"), coded("ben", "yynnn"))
    row = table.set_index("field").loc["is_a_figure"]
    assert (row["units"], row["judgements"], row["coders"]) == (5, 10, 2)
    # 10 judgements, 5 yes and 5 no; one unit differs.
    assert row["alpha"] == pytest.approx(1 - (2 / 10) / (2 * 5 * 5 / (10 * 9)))


def test_coders_who_say_the_same_agree_whatever_the_program_says() -> None:
    right = {0: {"bound": "about", "value": "2100"}, 1: {"window_text": "on Tuesday"}}
    table = agreement(coded("ada", "yyyyn", right), coded("ben", "yyyyn", right))
    for name in ("is_a_figure", "value", "bound", "window_text"):
        assert alpha(table, name) == 1


def test_a_correction_of_one_coder_is_compared_with_what_the_program_says() -> None:
    # 4 figures; ada says about, about, exact, about; ben at_least for the first.
    sheets = (
        coded("ada", "yyyyn", {0: {"bound": "about"}, 1: {"bound": "about"}}),
        coded("ben", "yyyyn", {1: {"bound": "about"}}),
    )
    row = agreement(*sheets).set_index("field").loc["bound"]
    # 8 judgements: 5 about, 2 exact, 1 at_least; one unit differs.
    expected = (5 * 3 + 2 * 6 + 1 * 7) / (8 * 7)
    assert row["units"] == 4
    assert row["alpha"] == pytest.approx(1 - (2 / 8) / expected)


def test_values_are_compared_as_counts_of_all_sizes() -> None:
    near = agreement(coded("ada", "yyyyn", {0: {"value": "1999"}}), coded("ben", "yyyyn"))
    far = agreement(coded("ada", "yyyyn", {0: {"value": "1"}}), coded("ben", "yyyyn"))
    assert near.set_index("field")["level"]["value"] == "ratio"
    assert 0.99 < alpha(near, "value") < 1
    assert alpha(far, "value") < 0.7


def test_a_figure_that_only_one_coder_added_is_a_disagreement() -> None:
    one = agreement(coded("ada", "yyyyn", added=[("two", "a Dozen")]), coded("ben", "yyyyn"))
    both = agreement(
        coded("ada", "yyyyn", added=[("two", "a Dozen")]),
        coded("ben", "yyyyn", added=[("two", "a dozen")]),
    )
    assert alpha(both, "is_a_figure") == 1
    # 6 units, 12 judgements, 9 yes and 3 no, one unit differs.
    assert alpha(one, "is_a_figure") == pytest.approx(1 - (2 / 12) / (2 * 9 * 3 / (12 * 11)))


def test_fields_of_an_added_figure_count_where_they_are_filled() -> None:
    sheets = [coded(name, "yyyyn", added=[("two", "a dozen")]) for name in ("ada", "ben")]
    units = agreement(*sheets).set_index("field")["units"]
    assert (units["is_a_figure"], units["bound"]) == (6, 4)
    bounds = pd.Series([None] * 5 + ["vague"], dtype="str")
    filled = [sheet.assign(correct_bound=bounds) for sheet in sheets]
    assert agreement(*filled).set_index("field")["units"]["bound"] == 5


def test_who_has_not_looked_at_an_article_does_not_disagree_on_it() -> None:
    table = agreement(coded("ada", "yyyyn", added=[("two", "a dozen")]), coded("ben", "yyn--"))
    assert table.set_index("field")["units"]["is_a_figure"] == 3


def test_where_nothing_varies_alpha_is_nan() -> None:
    table = agreement(coded("ada", "yy---"), coded("ben", "yy---"))
    assert math.isnan(alpha(table, "is_a_figure"))


def test_three_coders_and_the_seed_of_the_interval() -> None:
    sheets = [coded("ada", "yyynn"), coded("ben", "yynnn"), coded("cy", "yy-nn")]
    table = agreement(*sheets, seed=3)
    row = table.set_index("field").loc["is_a_figure"]
    assert (row["coders"], row["units"], row["judgements"]) == (3, 5, 14)
    assert row["alpha_low"] <= row["alpha"] <= row["alpha_high"]
    assert table.attrs == {"draws": 1000, "seed": 3}
    pd.testing.assert_frame_equal(agreement(*sheets, seed=3), table)


def test_one_coder_alone_agrees_with_nobody() -> None:
    with pytest.raises(TableError, match="two coders or more"):
        agreement(coded("ada", "yyy--"), coded("ada", "---yn"))


# --- blind sheets, samples, a part of the fields ---------------------------------------------


def blind(coder: str, figures: str, codes: dict[int, dict[str, str]]) -> pd.DataFrame:
    """A blind coder's sheet as it is read: all cells coded, or not judged."""
    table = coded(coder, figures).assign(blind=True, sample=None)
    for name in FIELDS:
        column = [codes.get(at, {}).get(name, "not judged") for at in range(len(table))]
        table[f"correct_{name}"] = pd.Series(column, dtype="str")
        table[name] = pd.Series([None] * len(table), dtype="str")
    return table


def test_a_blind_coder_is_compared_with_the_metrics_table() -> None:
    codes = {
        0: {"value": "2000", "bound": "at_least", "platform": "twitter", "window_text": "none"},
        1: {"value": "3000", "bound": "exact", "platform": "none", "window_text": "none"},
    }
    table = score_annotations(METRICS, blind("ada", "yynnn", codes))
    assert score(table, "value")["right"] == 1
    assert score(table, "bound")["right"] == 2
    assert score(table, "platform")["accuracy"] == 1
    window = score(table, "window_text")
    assert (window["said"], window["true"], window["right"]) == (1, 0, 0)


def test_a_field_that_was_not_judged_is_left_out() -> None:
    table = score_annotations(METRICS, blind("ada", "yynnn", {0: {"value": "2000"}}))
    assert [score(table, name)["n"] for name in ("value", "bound", "is_a_figure")] == [1, 0, 4]


def test_an_open_and_a_blind_coder_are_compared_by_what_they_say() -> None:
    codes = {at: {"bound": str(METRICS["bound"][at])} for at in (0, 1, 3)}
    blind_first = agreement(blind("ada", "yynyn", codes), coded("ben", "yynyn"))
    row = blind_first.set_index("field").loc["bound"]
    assert (row["units"], row["alpha"]) == (3, 1)
    assert blind_first.set_index("field")["units"]["value"] == 0


def test_the_order_of_joined_names_does_not_count() -> None:
    metrics = METRICS.assign(platform="Twitter+Facebook")
    sheet = coded("ada", "y----", {0: {"platform": "Facebook + Twitter"}})
    assert score(score_annotations(metrics, sheet), "platform")["right"] == 1


def test_a_fraction_is_right_to_the_hundredth() -> None:
    metrics = METRICS.assign(value=2 / 3)
    near = score_annotations(metrics, coded("ada", "y----", {0: {"value": "0.67"}}))
    far = score_annotations(metrics, coded("ada", "y----", {0: {"value": "0.7"}}))
    assert (score(near, "value")["right"], score(far, "value")["right"]) == (1, 0)


def test_what_was_not_asked_is_counted_apart_from_what_was_not_judged() -> None:
    table = score_annotations(METRICS, coded("ada", "yy-").iloc[:3])
    assert table.attrs == {"not_judged": {"ada": 1}, "not_asked": {"ada": 2}}


def test_f1_has_an_interval() -> None:
    found = score(score_annotations(METRICS, coded("ada", "yynyn")), "is_a_figure")
    # 3 of the 4 that the program says: q = 3/4, and F1 = 2q / (1 + q).
    low, high = (2 * share / (1 + share) for share in wilson_interval(3, 4))
    assert found["f1"] == pytest.approx(6 / 7)
    assert (found["f1_low"], found["f1_high"]) == pytest.approx((low, high))


def test_a_metrics_table_joined_to_itself_is_told() -> None:
    with pytest.raises(TableError, match="of article 'one' twice"):
        score_annotations(pd.concat([METRICS, METRICS]), coded("ada", "y----"))


def test_a_sheet_without_rows_has_no_scores() -> None:
    with pytest.raises(TableError, match="the sheet has no row"):
        score_annotations(METRICS.iloc[:0], coded("ada", ""))
