import json

import pandas as pd
import pytest

from metoo_research.errors import TableError
from metoo_research.sentiment import score_sentences, sensitivity_scores
from metoo_research.sentiment.lexicons import pattern_polarities

pytest.importorskip("textblob")


def scores(*texts: str | None) -> pd.DataFrame:
    return score_sentences(
        pd.DataFrame(
            {
                "article_id": "gazette",
                "sentence_id": range(len(texts)),
                "text": pd.Series(texts, dtype="str"),
            }
        ),
        primary="sensitivity",
    )


def test_it_is_the_mean_of_the_standardised_scores() -> None:
    # Two sentences lie one standard deviation below and above their mean, whatever the scale.
    table = sensitivity_scores(scores("a happy day", "a terrible day", "the bus came"))
    assert table["sensitivity"].tolist()[:2] == pytest.approx([1, -1])
    assert table["sensitivity_lexicons"].tolist() == [2, 2, 0]


def test_where_no_lexicon_knows_a_word_there_is_no_score() -> None:
    table = sensitivity_scores(scores("a happy day", "a terrible day", "the bus came", None))
    assert table["sensitivity"].isna().tolist() == [False, False, True, True]
    assert table["score"].isna().tolist() == [False, False, True, True]


def test_polarity_is_the_mean_of_the_known_words() -> None:
    happy, terrible = pattern_polarities()["happy"], pattern_polarities()["terrible"]
    table = sensitivity_scores(scores("a happy, terrible day", "not a “happy” day", "sad"))
    assert table["pattern_polarity"].tolist()[:2] == pytest.approx(
        [(happy + terrible) / 2, -0.5 * happy]
    )


def test_lexicons_and_their_agreement_are_told() -> None:
    attrs = sensitivity_scores(
        scores("a happy day", "a terrible day", "a good end", "a bad end")
    ).attrs
    assert attrs["lexicons"]["pattern"]["licence"] == "PDDL"
    assert attrs["lexicons"]["vader"]["sentences"] == 4
    assert attrs["agreement"]["vader and pattern"]["sentences"] == 4
    assert 0.8 < attrs["agreement"]["vader and pattern"]["r"] <= 1
    assert json.loads(json.dumps(attrs)) == attrs


def test_one_sentence_cannot_be_standardised() -> None:
    table = sensitivity_scores(scores("a happy day"))
    assert table["sensitivity"].isna().all()
    assert table.attrs["agreement"]["vader and pattern"]["r"] is None


def test_a_single_lexicon_is_refused() -> None:
    with pytest.raises(TableError, match="at least two"):
        sensitivity_scores(scores("a happy day"), lexicons=["vader"])


def test_without_the_package_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    pattern_polarities.cache_clear()
    with pytest.raises(TableError, match="pip install textblob"):
        sensitivity_scores(scores("a happy day"))
