"""Chance as one distribution of values for all coders: Scott's pi and Fleiss' kappa."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tertium.agreement.coefficient import Coefficient
from tertium.agreement.coefficients.cells import Floats
from tertium.agreement.coefficients.counts import Reliability, UnitTable, unit_table
from tertium.agreement.coefficients.percent import agreement_by_unit, no_pairs
from tertium.agreement.coefficients.sums import (
    Parts,
    Sums,
    chance_corrected,
    follows,
    linearised,
    quadratic,
)
from tertium.agreement.coefficients.weights import WeightBasis, Weights, agreement_weights


def value_shares(table: UnitTable) -> Any:
    """Return, pattern by value, the share of a unit's codings that gave the value."""
    per_coding = 1 / table.codings[:, None]
    return (table.counts * per_coding).tocsr() if table.is_wide else table.counts * per_coding


def mean_agreement(table: UnitTable, by_unit: Floats, weights: Floats) -> Floats:
    """Return the mean over units with two codings or more, one number a resample."""
    return (weights @ (by_unit * table.pairable)) / (weights @ table.pairable.astype(float))


def mean_shares(shares: Any, weights: Floats) -> Floats:
    """Return how often each value is given, each unit counting once, whoever coded it."""
    return (weights @ shares) / weights.sum(axis=1, keepdims=True)


def weight_words(weights: str) -> str:
    """Return how a name says which weights were used.

    Examples
    --------
    >>> weight_words("identity"), weight_words("linear")
    ('', ' (linear weights)')
    """
    return "" if weights == "identity" else f" ({weights} weights)"


def fleiss_rule(
    table: UnitTable,
    *,
    weights: str,
    weight_basis: str | None = None,
    categories: Sequence[Any] | None = None,
    name: str = "Fleiss' kappa",
) -> Sums:
    """Return the rule of `fleiss_kappa` and `scott_pi`."""
    table = unit_table(table, categories=categories)
    credit = agreement_weights(table, weights, weight_basis)
    by_unit, shares = agreement_by_unit(table, credit), value_shares(table)

    def parts(of: Floats) -> Parts:
        prevalence = mean_shares(shares, of)
        expected = quadratic(prevalence, credit, prevalence)
        return chance_corrected(mean_agreement(table, by_unit, of), expected)

    def by_pattern() -> Floats:
        units = table.units[None, :].astype(float)
        whole, prevalence = parts(units), mean_shares(shares, units)[0]
        near = prevalence if credit is None else credit @ prevalence
        return linearised(table, by_unit, shares @ near, whole.expected[0], whole.value[0])

    return Sums(
        name=name + weight_words(weights),
        table=table,
        parts=parts,
        reason=no_pairs(table),
        details={"weights": weights, "n_categories": table.n_values},
        linearised=by_pattern,
    )


@follows(fleiss_rule)
def fleiss_kappa(
    reliability: Reliability,
    *,
    weights: Weights,
    weight_basis: WeightBasis | None = None,
    categories: Sequence[Any] | None = None,
) -> Coefficient:
    """Agreement of any number of coders beyond chance, chance drawn from their common habits.

    Chance agreement is what two codings would show that are drawn from all codings, whoever made
    them. 1 is agreement everywhere, 0 what chance gives.

    Parameters
    ----------
    reliability : DataFrame or array, shape (n_coders, n_units)
        Values, missing where a coder did not code a unit. Units with one coding count for how
        often values occur, not for agreement [2]_.
    weights : {"identity", "linear", "quadratic", "radical", "ratio", "ordinal", "circular", \
"bipolar"}
        Credit for unlike categories; identity gives none. Words need `categories` for the others.
    weight_basis : {"index", "value"}, optional
        Whether weights see the categories' ranks or their numbers; needed where that matters.
    categories : sequence, optional
        All categories of the scheme in their order; without it, those that occur.

    Returns
    -------
    Coefficient
        Observed and expected agreement. NaN with `no_variation` where every coding gave the
        same value, with `no_pairable_values` where no unit was coded twice.

    References
    ----------
    .. [1] Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters.
       Psychological Bulletin 76, 378-382.
    .. [2] Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th ed. Advanced Analytics.
       Ch. 2.

    Examples
    --------
    >>> import pandas as pd
    >>> coded = pd.DataFrame([list("aabb"), list("aabc"), list("abbb")])
    >>> round(fleiss_kappa(coded, weights="identity").value, 3)
    0.415
    """
    return fleiss_rule(
        unit_table(reliability, categories=categories), weights=weights, weight_basis=weight_basis
    ).coefficient()


def scott_rule(table: UnitTable, *, categories: Sequence[Any] | None = None) -> Sums:
    """Return the rule of `scott_pi`."""
    return fleiss_rule(table, weights="identity", categories=categories, name="Scott's pi")


@follows(scott_rule)
def scott_pi(reliability: Reliability, *, categories: Sequence[Any] | None = None) -> Coefficient:
    """Agreement of two coders beyond chance, chance drawn from their common habits.

    The same coefficient as Fleiss' kappa with identity weights, and computed by it, so that more
    than two coders do no harm.

    Parameters
    ----------
    reliability : DataFrame or array, shape (n_coders, n_units)
        Values, missing where a coder did not code a unit.
    categories : sequence, optional
        All categories of the scheme; they change nothing but the number told in `details`.

    Returns
    -------
    Coefficient
        Observed and expected agreement; NaN as in `fleiss_kappa`.

    References
    ----------
    .. [1] Scott, W. A. (1955). Reliability of content analysis: the case of nominal scale coding.
       Public Opinion Quarterly 19, 321-325.

    Examples
    --------
    >>> import pandas as pd
    >>> round(scott_pi(pd.DataFrame([list("aabb"), list("aabc")])).value, 3)
    0.579
    """
    return scott_rule(unit_table(reliability, categories=categories)).coefficient()
