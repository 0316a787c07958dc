"""The ridge, the head that comes with the package, and how it is trained."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from metoo_research.errors import TableError
from metoo_research.sentiment.model.features import FEATURES
from metoo_research.sentiment.model.ridge import fit_ridge, read_head
from scripts.train_sentiment_model import (
    FOLDS,
    Sentences,
    agreement,
    article_of_label,
    article_of_rating,
    chosen_penalty,
    folds_of,
    head_file,
    held_out_scores,
    interval,
    main,
    read_sentences,
    train,
)

Floats = NDArray[np.float64]


def made_up(number: int = 300) -> tuple[Floats, Sentences]:
    """Features of which the last three, the lexicon's, carry the label; two to an article."""
    random = np.random.default_rng(1)
    features = random.normal(size=(number, len(FEATURES)))
    labels = features[:, -3:].sum(axis=1) + random.normal(size=number)
    texts = [f"Sentence {at}." for at in range(number)]
    return features, Sentences(texts, labels, [f"article_{at // 2}" for at in range(number)])


def test_without_a_penalty_it_is_least_squares() -> None:
    # y = 2 x1 - x2 + 3, without noise
    features = np.array([[0, 0], [1, 0], [0, 1], [2, 3]], dtype=np.float64)
    head = fit_ridge(features, np.array([3, 5, 2, 4], dtype=np.float64), penalty=0)
    assert head.coefficients == pytest.approx([2, -1])
    assert head.intercept == pytest.approx(3)


def test_a_penalty_of_n_halves_the_coefficient_of_one_feature() -> None:
    # Standardised, a single feature has the product n: n / (n + n) is a half.
    x = np.array([[-1], [1], [-1], [1]], dtype=np.float64)
    head = fit_ridge(x, np.array([-1, 1, -1, 1], dtype=np.float64), penalty=4)
    assert head.coefficients == pytest.approx([0.5])


def test_a_feature_that_never_varies_gets_no_coefficient() -> None:
    x = np.array([[1, -1], [1, 1]], dtype=np.float64)
    assert fit_ridge(x, np.array([-1.0, 1.0]), penalty=1).coefficients[0] == 0


def test_the_head_of_the_package_has_a_coefficient_for_each_feature() -> None:
    head, card = read_head()
    assert head.coefficients.shape == (len(FEATURES),) == (387,)
    assert np.isfinite(head.coefficients).all()
    assert card["labels"]["licence"] == "MIT"


def test_the_head_agrees_with_people_better_than_the_lexicon() -> None:
    figures = read_head()[1]["training"]["cross_validated"]
    assert figures["model_score"]["ci_low"] > 0.6
    assert figures["compound"]["ci_high"] < 0.5


def test_an_article_is_never_in_two_folds() -> None:
    articles = [f"article_{at % 40}" for at in range(400)]
    folds = folds_of(articles)
    assert len({(a, f) for a, f in zip(articles, folds.tolist(), strict=True)}) == 40
    assert set(folds.tolist()) == set(range(FOLDS))


def test_a_head_that_is_tested_has_not_seen_the_article() -> None:
    # Noise alone: whoever has seen the sentence predicts it, whoever has not cannot.
    features, sentences = made_up()
    noise = np.random.default_rng(2).normal(size=len(sentences.labels))
    held_out = held_out_scores(features, noise, folds_of(sentences.articles), 1.0)
    seen = fit_ridge(features, noise, penalty=1.0).scores(features)
    assert np.corrcoef(seen, noise)[0, 1] > 0.9
    assert abs(np.corrcoef(held_out, noise)[0, 1]) < 0.2


def test_the_largest_penalty_within_one_standard_error_is_chosen() -> None:
    random = np.random.default_rng(3)
    labels = random.normal(size=1000)
    folds = np.arange(1000) % FOLDS
    good = labels + random.normal(size=1000)
    nearly = good + random.normal(scale=0.05, size=1000)
    bad = labels + random.normal(scale=3, size=1000)
    assert chosen_penalty({1.0: good, 10.0: nearly, 100.0: bad}, labels, folds) == 10


def test_the_interval_of_r_is_that_of_fisher_where_each_sentence_is_an_article() -> None:
    # r = .5, n = 400: tanh(atanh(.5) ± 1.96 / √397) is .423 to .570.
    random = np.random.default_rng(4)
    a, b = np.linalg.qr(random.normal(size=(400, 3)))[0][:, :2].T
    a, b = a - a.mean(), b - b.mean()
    b -= (a @ b) / (a @ a) * a
    labels = 0.5 * a / np.linalg.norm(a) + np.sqrt(0.75) * b / np.linalg.norm(b)
    low, high = interval(a, labels, [str(at) for at in range(400)])
    assert (low, high) == pytest.approx((0.423, 0.570), abs=0.02)


def test_training_twice_gives_the_same_bytes() -> None:
    features, sentences = made_up()
    once, again = (head_file(*train(features, sentences), "0") for _ in range(2))
    assert once == again
    assert json.loads(once)["training"]["articles"] == 150


def test_the_head_finds_what_carries_the_label() -> None:
    features, sentences = made_up(2000)
    head, _ = train(features, sentences)
    assert set(np.argsort(-head.coefficients)[:3]) == {384, 385, 386}


def test_agreement_of_equal_numbers_is_1() -> None:
    _, sentences = made_up()
    assert agreement(sentences.labels, sentences) == {"r": 1.0, "ci_low": 1.0, "ci_high": 1.0}


def test_several_labels_of_a_sentence_are_averaged(tmp_path: Path) -> None:
    file = tmp_path / "labels.jsonl"
    rows = [
        {"id": "gazette_1_2_3_Mayor_0_4", "text": "‘Rain,’ the mayor told Lee.", "label": 1},
        {"id": "gazette_1_2_3_Lee_20_22", "text": "‘Rain,’ the mayor told Lee.", "label": 0},
        {"id": "gazette_1_9_1_Lee_0_2", "text": "Lee left.", "label": -1},
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    read = read_sentences(file, label="label", article_of=article_of_label)
    assert read.texts == ["'Rain,' the mayor told Lee.", "Lee left."]
    assert read.labels.tolist() == [0.5, -1]
    assert read.articles == ["gazette_1_2", "gazette_1_9"]


def test_the_article_of_a_rated_sentence_stands_before_its_place() -> None:
    assert article_of_rating("20011231-gazette_12_40") == "20011231-gazette"


def test_a_line_that_is_no_sentence_is_told_with_its_number(tmp_path: Path) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_text('{"id": "a_b_c", "text": "Rain.", "label": 0}\n{"id": 3}\n', "utf-8")
    with pytest.raises(TableError, match=r"labels\.jsonl, line 2: no sentence with 'id'"):
        read_sentences(file, label="label", article_of=article_of_label)


def test_a_file_that_is_not_there_is_one_line_for_the_user(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "none.jsonl")]) == 1
    assert capsys.readouterr().err.count("\n") == 1
