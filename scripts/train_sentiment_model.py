"""Train the head of the model score, and measure how well it agrees with people.

Run: ``python scripts/train_sentiment_model.py LABELS [--ratings RATINGS] [--out FILE]``

LABELS are news sentences labelled for their sentiment towards a person or group named in
them, as JSON lines: ``id`` (its first three parts, separated by ``_``, are the article),
``text``, ``label`` (-1, 0 or 1). Made for NewsMTSC (Hamborg & Donnay 2021; MIT licence),
which is not in this repository. RATINGS are other sentences: ``id`` (what stands before the
last two ``_`` is the article), ``text``, ``rating``. Nothing is learnt from them; they only
tell what the score is worth on sentences of another kind.

A sentence with several labels is taken once, with their mean. The penalty is chosen by
cross-validation in ten folds of whole articles: the largest whose correlation lies within
one standard error of the best (Breiman et al. 1984, 3.4.3), since a plainer head carries
over better to other texts. The same labels give the same file, byte for byte, on one
machine; on another, coefficients may differ in the last digit.

References
----------
Breiman, L., Friedman, J. H., Olshen, R. A., & Stone, C. J. (1984). *Classification and
Regression Trees*. Wadsworth.

Hamborg, F., & Donnay, K. (2021). NewsMTSC: A dataset for (multi-)target-dependent sentiment
classification in political news articles. *EACL 2021*, 1663-1675.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from metoo_research.errors import MetooResearchError, TableError
from metoo_research.progress import tracked
from metoo_research.sentiment.model.features import FEATURES, sentence_features
from metoo_research.sentiment.model.ridge import HEAD_FILE, Ridge, fit_ridge
from metoo_research.sentiment.model.weights import PACKAGE, SHA256
from metoo_research.sentiment.vader import straightened
from metoo_research.write import replace_file

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HEAD = Path(__file__).parents[1] / "metoo_research" / "sentiment" / "model_data" / HEAD_FILE
PENALTIES = (500.0, 1000.0, 2000.0, 5000.0, 10_000.0, 20_000.0, 50_000.0)
FOLDS = 10
SEED = 2017
DRAWS = 2000
#: Name of the head; to be counted up with every change of labels, features or procedure.
NAME = "news_sentences 1"


@dataclass(frozen=True)
class Sentences:
    """Distinct sentences with what people said of them."""

    texts: list[str]
    labels: Floats
    articles: list[str]


def article_of_label(sentence_id: str) -> str:
    """``allsides_12_34_5_…`` and ``polusa_v1_123_…``: source and article come first."""
    return "_".join(sentence_id.split("_")[:3])


def article_of_rating(sentence_id: str) -> str:
    """``NAME_START_END``: the last two parts are the place in the article."""
    return sentence_id.rsplit("_", 2)[0]


def read_sentences(path: Path, *, label: str, article_of: Callable[[str], str]) -> Sentences:
    """Read JSON lines; a sentence that stands there several times gets its mean label."""
    found: dict[str, tuple[str, list[float]]] = {}
    try:
        # By line feeds alone: a text may hold other separators of lines.
        lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    except OSError as error:
        raise TableError(f"{path} cannot be read ({error.strerror})") from None
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            text = straightened(row["text"])
            found.setdefault(text, (article_of(row["id"]), []))[1].append(float(row[label]))
        except (ValueError, KeyError, TypeError) as error:
            raise TableError(
                f"{path}, line {number}: no sentence with 'id', 'text' and {label!r} ({error})"
            ) from None
    return Sentences(
        texts=list(found),
        labels=np.array([np.mean(labels) for _, labels in found.values()]),
        articles=[article for article, _ in found.values()],
    )


def described(sentences: Sentences, what: str) -> Floats:
    """The features of all sentences, one row each."""
    bar: Iterable[str] = tracked(
        sentences.texts, what=what, unit="sentence", total=len(sentences.texts), shown=True
    )
    return np.array(list(sentence_features(bar)))


def folds_of(articles: Sequence[str]) -> Ints:
    """A fold for each sentence, by a hash of its article: no article is in two folds."""
    hashes = (sha256(article.encode()).digest() for article in articles)
    return np.array([int.from_bytes(digest[:8], "big") % FOLDS for digest in hashes])


def held_out_scores(features: Floats, labels: Floats, folds: Ints, penalty: float) -> Floats:
    """Score each sentence by a head that has seen no sentence of its article."""
    scores = np.empty(len(labels))
    for fold in range(FOLDS):
        own = folds == fold
        head = fit_ridge(features[~own], labels[~own], penalty=penalty)
        scores[own] = head.scores(features[own])
    return scores


def correlation(a: Floats, b: Floats) -> float:
    """Pearson's r."""
    return float(np.corrcoef(a, b)[0, 1])


def chosen_penalty(scores: Mapping[float, Floats], labels: Floats, folds: Ints) -> float:
    """The largest penalty whose mean r over the folds is within one standard error of the best.

    Parameters
    ----------
    scores
        For each penalty what `held_out_scores` gives.
    """
    by_fold = {
        penalty: np.array(
            [correlation(held_out[folds == k], labels[folds == k]) for k in range(FOLDS)]
        )
        for penalty, held_out in scores.items()
    }
    best = max(by_fold.values(), key=lambda values: float(values.mean()))
    least = best.mean() - best.std(ddof=1) / np.sqrt(FOLDS)
    return max(penalty for penalty, values in by_fold.items() if values.mean() >= least)


def interval(scores: Floats, labels: Floats, articles: Sequence[str]) -> tuple[float, float]:
    """Percentile interval (95 %) of r, by a bootstrap over whole articles."""
    _, article = np.unique(np.array(articles), return_inverse=True)
    number = int(article.max()) + 1
    columns = (np.ones_like(scores), scores, labels, scores**2, labels**2, scores * labels)
    sums = np.array([np.bincount(article, weights=c, minlength=number) for c in columns])
    random = np.random.default_rng(SEED)
    values = np.empty(DRAWS)
    for draw in range(DRAWS):
        times = np.bincount(random.integers(0, number, number), minlength=number)
        n, x, y, xx, yy, xy = sums @ times
        values[draw] = (n * xy - x * y) / np.sqrt((n * xx - x * x) * (n * yy - y * y))
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def agreement(scores: Floats, sentences: Sentences) -> dict[str, float]:
    """Pearson's r with its interval, three decimals."""
    low, high = interval(scores, sentences.labels, sentences.articles)
    r = correlation(scores, sentences.labels)
    return {"r": round(r, 3), "ci_low": round(low, 3), "ci_high": round(high, 3)}


def train(features: Floats, sentences: Sentences) -> tuple[Ridge, dict[str, Any]]:
    """Choose the penalty, fit the head to all sentences, and say what it is worth."""
    folds = folds_of(sentences.articles)
    held_out = {
        penalty: held_out_scores(features, sentences.labels, folds, penalty)
        for penalty in PENALTIES
    }
    penalty = chosen_penalty(held_out, sentences.labels, folds)
    head = fit_ridge(features, sentences.labels, penalty=penalty).rounded()
    compound = features[:, FEATURES.index("compound")]
    return head, {
        "penalty": penalty,
        "sentences": len(sentences.texts),
        "articles": len(set(sentences.articles)),
        "mean_label": round(float(sentences.labels.mean()), 3),
        "cross_validated": {
            "folds": FOLDS,
            "model_score": agreement(held_out[penalty], sentences),
            "compound": agreement(compound, sentences),
            "r_by_penalty": {
                f"{one:g}": round(correlation(scores, sentences.labels), 4)
                for one, scores in held_out.items()
            },
        },
    }


def head_file(head: Ridge, training: Mapping[str, Any], labels_sha256: str) -> bytes:
    """The head with its model card, as JSON."""
    content = {
        "name": NAME,
        "language": "en",
        "unit": "estimated mean label, -1 negative, 0 neutral, 1 positive",
        "encoder": {"package": PACKAGE, "sha256": dict(SHA256), "licence": "Apache-2.0"},
        "labels": {
            "name": "NewsMTSC (Hamborg & Donnay 2021)",
            "licence": "MIT",
            "sha256": labels_sha256,
        },
        "training": training,
        "intercept": head.intercept,
        "coefficients": dict(zip(FEATURES, head.coefficients.tolist(), strict=True)),
    }
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, write the file, and say what came out."""
    parser = argparse.ArgumentParser(description="Train the head of the model score.")
    parser.add_argument("labels", type=Path, help="labelled sentences, JSON lines")
    parser.add_argument("--ratings", type=Path, help="rated sentences, only to be tested on")
    parser.add_argument("--out", type=Path, default=HEAD, help="where the head is written")
    given = parser.parse_args(arguments)
    try:
        sentences = read_sentences(given.labels, label="label", article_of=article_of_label)
        head, training = train(described(sentences, "Labels"), sentences)
        digest = sha256(given.labels.read_bytes()).hexdigest()
        replace_file(given.out, head_file(head, training, digest))
        told: dict[str, Any] = {"labels": training}
        if given.ratings:
            rated = read_sentences(given.ratings, label="rating", article_of=article_of_rating)
            features = described(rated, "Ratings")
            told["ratings"] = {
                "sentences": len(rated.texts),
                "articles": len(set(rated.articles)),
                "model_score": agreement(head.scores(features).clip(-1, 1), rated),
                "compound": agreement(features[:, FEATURES.index("compound")], rated),
            }
    except MetooResearchError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
