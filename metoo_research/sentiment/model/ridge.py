"""The head of the model score: one coefficient for each number that describes a sentence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from metoo_research.sentiment.model.weights import ModelError

Floats = NDArray[np.float64]

HEAD_FILE: Final = "news_sentences.json"
#: Digits kept of a coefficient: the embeddings of two machines differ in the seventh.
_DIGITS: Final = 6


@dataclass(frozen=True)
class Ridge:
    """A linear score: the intercept and a coefficient for each feature."""

    intercept: float
    coefficients: Floats

    def __call__(self, features: Floats) -> float:
        """Score one sentence from its features."""
        return float(features @ self.coefficients) + self.intercept

    def scores(self, features: Floats) -> Floats:
        """Score sentences, one row of features each."""
        scores: Floats = features @ self.coefficients + self.intercept
        return scores

    def rounded(self) -> Ridge:
        """Round as the file keeps it."""
        return Ridge(round(self.intercept, _DIGITS), self.coefficients.round(_DIGITS))


def fit_ridge(features: Floats, labels: Floats, *, penalty: float) -> Ridge:
    """Fit a ridge regression.

    The features are standardised for the fit, so that the penalty weighs on all of them
    alike; the coefficients are those of the features as they are. The intercept is free of
    the penalty.

    Parameters
    ----------
    features
        One row per sentence.
    labels
        What to predict.
    penalty
        Added to each diagonal element of the product matrix of the standardised features
        (Hoerl & Kennard 1970, eq. 2.1).

    References
    ----------
    Hoerl, A. E., & Kennard, R. W. (1970). Ridge regression: Biased estimation for
    nonorthogonal problems. *Technometrics*, 12(1), 55-67.
    """
    middle, spread = features.mean(axis=0), features.std(axis=0)
    # A feature that never varies says nothing; it must not divide by 0.
    spread = np.where(spread > 0, spread, 1.0)
    standard = (features - middle) / spread
    product = standard.T @ standard
    product[np.diag_indices_from(product)] += penalty
    coefficients = np.linalg.solve(product, standard.T @ (labels - labels.mean())) / spread
    return Ridge(float(labels.mean() - middle @ coefficients), coefficients)


@cache
def read_head() -> tuple[Ridge, dict[str, Any]]:
    """Read the head that comes with this package.

    Returns
    -------
    The head, and what its file tells of it (the model card), with ``sha256`` of the file.

    Raises
    ------
    ModelError
        If the file is missing or damaged.
    """
    file = resources.files("metoo_research") / "sentiment" / "model_data" / HEAD_FILE
    try:
        content = file.read_bytes()
        card: dict[str, Any] = json.loads(content)
        coefficients = list(card.pop("coefficients").values())
        head = Ridge(float(card.pop("intercept")), np.array(coefficients, dtype=np.float64))
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise ModelError(
            f"{HEAD_FILE} of metoo_research is missing or damaged ({error}); "
            "install the package again"
        ) from None
    return head, {**card, "sha256": sha256(content).hexdigest()}
