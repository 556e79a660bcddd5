"""How much credit two different categories get: 1 for full agreement, 0 for none.

Comes in: a table and the name of a scheme of weights. Goes out: a matrix over its categories.
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from tertium.agreement.coefficients.cells import Floats, refuse
from tertium.agreement.coefficients.counts import UnitTable

Weights = Literal[
    "identity", "linear", "quadratic", "radical", "ratio", "ordinal", "circular", "bipolar"
]
WeightBasis = Literal["index", "value"]
WEIGHTS: tuple[Weights, ...] = (
    "identity",
    "linear",
    "quadratic",
    "radical",
    "ratio",
    "ordinal",
    "circular",
    "bipolar",
)
# Weights that see ranks only, whatever the basis.
RANKS_ONLY = ("identity", "ordinal")
# A matrix of categories by categories; more of them are measurements, not categories.
MOST_CATEGORIES = 5_000


def agreement_weights(table: UnitTable, weights: str, basis: str | None) -> Floats | None:
    """Return the weights between all categories of a table; None for identity.

    Parameters
    ----------
    table : UnitTable
    weights : {"identity", "linear", "quadratic", "radical", "ratio", "ordinal", "circular", \
"bipolar"}
        Identity gives credit for equal categories only. Ordinal counts the ranks between two
        categories; the others use distances between scores. Words are refused by all but
        identity, unless their order was given.
    basis : {"index", "value"} or None
        The scores: the categories' ranks 1, 2, 3, …, or the categories themselves, which must
        be numbers. None will do where both give the same.

    References
    ----------
    .. [1] Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th ed. Advanced Analytics.
       Ch. 3.

    Examples
    --------
    >>> from tertium.agreement.coefficients.counts import unit_table
    >>> agreement_weights(unit_table(np.array([[1, 2, 3]])), "linear", None).tolist()
    [[1.0, 0.5, 0.0], [0.5, 1.0, 0.5], [0.0, 0.5, 1.0]]
    """
    if weights not in WEIGHTS:
        refuse("weights", f"{weights!r} is none", f"use one of {', '.join(WEIGHTS)}")
    if basis not in (None, "index", "value"):
        refuse("weight_basis", f"{basis!r} is none", "use index or value")
    if weights == "identity":
        return None
    if not (table.given or table.has_numbers):
        refuse(
            "values",
            f"words with {weights} weights",
            "words have no order of their own: pass categories in the scheme's order",
        )
    if table.n_values > MOST_CATEGORIES:
        refuse(
            "weights",
            f"{table.n_values:,} categories",
            "these are measurements: use Krippendorff's alpha with level interval or ratio",
        )
    scores = _scores(table, weights, basis)
    low, high = (scores.min(), scores.max()) if len(scores) else (0.0, 0.0)
    if high == low:
        return np.ones((len(scores), len(scores)))
    distance = _distance(scores[:, None], scores[None, :], weights, low, high)
    return 1 - distance / distance.max()


def _scores(table: UnitTable, weights: str, basis: str | None) -> Floats:
    ranks = np.arange(1, table.n_values + 1, dtype=float)
    if weights in RANKS_ONLY or basis == "index":
        return ranks
    if basis == "value":
        return _refuse_negative(table.numbers, weights)
    if not table.has_numbers:
        refuse("weight_basis", "categories are no numbers", "say weight_basis='index'")
    numbers = _refuse_negative(table.numbers, weights)
    steps = np.diff(numbers)
    same = (steps == 1).all() if weights == "circular" else np.allclose(steps, steps[:1].sum())
    if not (np.array_equal(numbers, ranks) if weights == "ratio" else same):
        refuse(
            "weight_basis",
            "ranks and values of the categories give other weights",
            "say which: index or value",
        )
    return numbers


def _refuse_negative(numbers: Floats, weights: str) -> Floats:
    if weights == "ratio" and (numbers < 0).any():
        refuse("weights", "ratio weights with negative values", "use linear or quadratic weights")
    return numbers


def _distance(left: Floats, right: Floats, weights: str, low: float, high: float) -> Floats:
    apart = np.abs(left - right)
    if weights == "linear":
        return apart
    if weights == "quadratic":
        return apart**2
    if weights == "radical":
        return np.sqrt(apart)
    if weights == "ordinal":
        # Pairs of ranks among those from one category to the other, both counted.
        return apart * (apart + 1) / 2
    if weights == "circular":
        return np.sin(np.pi * apart / (high - low + 1)) ** 2
    if weights == "ratio":
        total = left + right
    else:
        return _bipolar(left, right, low, high)
    return np.divide(apart, total, out=np.zeros_like(apart), where=total != 0) ** 2


def _bipolar(left: Floats, right: Floats, low: float, high: float) -> Floats:
    ends = (left + right - 2 * low) * (2 * high - left - right)
    return np.divide((left - right) ** 2, ends, out=np.zeros_like(ends), where=left != right)
