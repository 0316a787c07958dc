"""The model score: sober examples of our own, and what must hold of any table."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from metoo_research.errors import TableError
from metoo_research.sentiment.model import ModelError, model_hint, model_scores, scores

installed = pytest.mark.skipif(bool(model_hint()), reason=model_hint())

PRAISE = "The mayor thanked the volunteers for their patience."
BLAME = "The bishop lied to the families for years."
PLAIN = "The bakery opens at nine."


def table(*texts: str | None) -> pd.DataFrame:
    return pd.DataFrame({"text": pd.Series(texts, dtype="str")})


@installed
def test_praise_is_above_blame_and_a_plain_fact_between_them() -> None:
    praise, plain, blame = model_scores(table(PRAISE, PLAIN, BLAME))["model_score"]
    assert praise > plain > blame
    assert blame < 0


@installed
def test_a_difference_that_no_word_of_the_lexicon_carries_is_seen() -> None:
    # VADER gives both sentences 0.
    broken, kept = model_scores(
        table("She went back on her word to the town.", "She kept her word to the town.")
    )["model_score"]
    assert kept > broken


@installed
@pytest.mark.parametrize("text", [None, "", "  ", "“…”", "\u200b", "🙂🙂"])
def test_a_sentence_without_a_word_has_no_score(text: str | None) -> None:
    first, second = model_scores(table(PLAIN, text))["model_score"]
    assert not math.isnan(first)
    assert math.isnan(second)


@installed
def test_curly_and_straight_quotes_score_the_same() -> None:
    curly, straight = model_scores(table("“It’s late,” he said.", '"It\'s late," he said.'))[
        "model_score"
    ]
    assert curly == straight


@installed
def test_a_score_depends_on_its_sentence_alone() -> None:
    together = model_scores(table(PRAISE, BLAME, PLAIN, PRAISE))["model_score"]
    alone = [
        model_scores(table(text))["model_score"].item()
        for text in (PRAISE, BLAME, PLAIN, PRAISE)
    ]
    assert together.tolist() == alone


@installed
def test_scores_stay_between_minus_1_and_1() -> None:
    best = model_scores(table("Brave, generous, honest, loved and praised by everyone."))
    assert best["model_score"].item() == 1


@installed
def test_an_empty_table_has_the_column_too() -> None:
    assert model_scores(table())["model_score"].dtype == "float64"


@installed
def test_the_rows_and_settings_that_were_there_stay() -> None:
    given = table(PLAIN).assign(article_id="gazette").set_index(pd.Index([7]))
    given.attrs = {"table": "sentiment", "formulas": {"compound": "VADER"}}
    scored = model_scores(given)
    assert scored.index.tolist() == [7]
    assert scored["article_id"].tolist() == ["gazette"]
    assert scored.attrs["table"] == "sentiment"
    assert set(scored.attrs["formulas"]) == {"compound", "model_score"}
    assert scored.attrs["model"]["head"] == "news_sentences 1"
    assert list(given.columns) == ["text", "article_id"]


def test_a_table_without_text_is_an_error() -> None:
    with pytest.raises(TableError, match="has no column 'text'"):
        model_scores(pd.DataFrame({"sentence": []}))


def test_without_the_extra_the_error_is_the_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ModelError("no model_score: safetensors not installed")

    monkeypatch.setattr(scores, "require_model", missing)
    with pytest.raises(ModelError, match="safetensors not installed"):
        model_scores(table(PLAIN))
