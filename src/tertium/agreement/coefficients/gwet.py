"""Chance that does not follow what prevails: Gwet's AC1 and AC2, and Brennan-Prediger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from tertium.agreement.coefficient import Coefficient
from tertium.agreement.coefficients.cells import Floats
from tertium.agreement.coefficients.counts import Reliability, UnitTable, unit_table
from tertium.agreement.coefficients.percent import agreement_by_unit, no_pairs
from tertium.agreement.coefficients.pi import (
    mean_agreement,
    mean_shares,
    value_shares,
    weight_words,
)
from tertium.agreement.coefficients.sums import (
    Parts,
    Sums,
    chance_corrected,
    follows,
    linearised,
)
from tertium.agreement.coefficients.weights import WeightBasis, Weights, agreement_weights


def _variation(table: UnitTable) -> tuple[str, ...]:
    """Return the concern that comes with a value although nothing varies."""
    return ("no_variation",) if table.n_observed_values == 1 else ()


def _mean_weight(credit: Floats | None, n_values: int) -> float:
    if n_values < 2:
        return 1.0
    return 1 / n_values if credit is None else float(credit.mean())


def gwet_rule(
    table: UnitTable,
    *,
    weights: str,
    weight_basis: str | None = None,
    categories: Sequence[Any] | None = None,
) -> Sums:
    """Return the rule of `gwet_ac`."""
    table = unit_table(table, categories=categories)
    credit = agreement_weights(table, weights, weight_basis)
    by_unit, shares = agreement_by_unit(table, credit), value_shares(table)
    n_values = table.n_values
    # With one category there is nothing to agree on by chance.
    scale = n_values * _mean_weight(credit, n_values) / (n_values - 1) if n_values > 1 else 0.0

    def parts(of: Floats) -> Parts:
        prevalence = mean_shares(shares, of)
        expected = scale * (prevalence * (1 - prevalence)).sum(axis=1)
        return chance_corrected(mean_agreement(table, by_unit, of), expected)

    def by_pattern() -> Floats:
        units = table.units[None, :].astype(float)
        whole, prevalence = parts(units), mean_shares(shares, units)[0]
        chance = scale * (shares @ (1 - prevalence))
        return linearised(table, by_unit, chance, whole.expected[0], whole.value[0])

    return Sums(
        name="Gwet's AC1" if weights == "identity" else "Gwet's AC2" + weight_words(weights),
        table=table,
        parts=parts,
        reason=no_pairs(table),
        if_undefined="no_agreement_to_find",
        details={"weights": weights, "n_categories": n_values},
        concerns=_variation(table),
        linearised=by_pattern,
    )


@follows(gwet_rule)
def gwet_ac(
    reliability: Reliability,
    *,
    weights: Weights,
    weight_basis: WeightBasis | None = None,
    categories: Sequence[Any] | None = None,
) -> Coefficient:
    """Agreement beyond chance where only hard units are taken to be coded by chance.

    AC1 with identity weights, AC2 with others. Its chance term shrinks where one category
    prevails, so that the value stays high where kappa falls; both say something, and they don't
    say the same.

    Parameters
    ----------
    reliability : DataFrame or array, shape (n_coders, n_units)
        Values, missing where a coder did not code a unit. Units with one coding count for how
        often values occur, not for agreement.
    weights : {"identity", "linear", "quadratic", "radical", "ratio", "ordinal", "circular", \
"bipolar"}
        Credit for unlike categories; identity gives none. Words need `categories` for the others.
    weight_basis : {"index", "value"}, optional
        Whether weights see the categories' ranks or their numbers; needed where that matters.
    categories : sequence, optional
        All categories of the scheme in their order; without it, those that occur. More
        categories make chance agreement smaller.

    Returns
    -------
    Coefficient
        Observed and expected agreement. Where every coding gave the same value it is 1 by its
        formula, with the concern `no_variation`. NaN with `no_pairable_values` where no unit was
        coded twice.

    References
    ----------
    .. [1] Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence
       of high agreement. British Journal of Mathematical and Statistical Psychology 61, 29-48.
    .. [2] Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th ed. Advanced Analytics.
       Ch. 4.

    Examples
    --------
    >>> import pandas as pd
    >>> coded = pd.DataFrame([list("aaaaaaaaab"), list("aaaaaaaaaa")])
    >>> round(gwet_ac(coded, weights="identity").value, 3)
    0.89
    >>> gwet_ac(coded.iloc[:, :9], weights="identity").concerns
    ('no_variation',)
    """
    return gwet_rule(
        unit_table(reliability, categories=categories), weights=weights, weight_basis=weight_basis
    ).coefficient()


def brennan_prediger_rule(
    table: UnitTable,
    *,
    weights: str,
    weight_basis: str | None = None,
    categories: Sequence[Any] | None = None,
) -> Sums:
    """Return the rule of `brennan_prediger`."""
    table = unit_table(table, categories=categories)
    credit = agreement_weights(table, weights, weight_basis)
    by_unit = agreement_by_unit(table, credit)
    chance = _mean_weight(credit, table.n_values)

    def parts(of: Floats) -> Parts:
        observed = mean_agreement(table, by_unit, of)
        return chance_corrected(observed, np.full_like(observed, chance))

    def by_pattern() -> Floats:
        whole = parts(table.units[None, :].astype(float))
        same = np.full(len(table.rows), chance)
        return linearised(table, by_unit, same, chance, whole.value[0])

    return Sums(
        name="Brennan-Prediger coefficient" + weight_words(weights),
        table=table,
        parts=parts,
        reason=no_pairs(table) or ("one_category" if table.n_values < 2 else ""),
        details={"weights": weights, "n_categories": table.n_values},
        concerns=_variation(table),
        linearised=by_pattern,
    )


@follows(brennan_prediger_rule)
def brennan_prediger(
    reliability: Reliability,
    *,
    weights: Weights,
    weight_basis: WeightBasis | None = None,
    categories: Sequence[Any] | None = None,
) -> Coefficient:
    """Agreement beyond chance, chance taken as drawing among all categories evenly.

    Known also as Bennett's S and Randolph's free-marginal kappa. The more categories a scheme
    lists, the smaller its chance term: pass those of the scheme, used or not.

    Parameters
    ----------
    reliability : DataFrame or array, shape (n_coders, n_units)
        Values, missing where a coder did not code a unit.
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
        Observed and expected agreement. Where every coding gave the same of several categories
        it is 1, with the concern `no_variation`; NaN with `one_category` where there is but one,
        with `no_pairable_values` where no unit was coded twice.

    References
    ----------
    .. [1] Brennan, R. L., & Prediger, D. J. (1981). Coefficient kappa: some uses, misuses, and
       alternatives. Educational and Psychological Measurement 41, 687-699.
    .. [2] Bennett, E. M., Alpert, R., & Goldstein, A. C. (1954). Communications through limited-
       response questioning. Public Opinion Quarterly 18, 303-308.

    Examples
    --------
    >>> import pandas as pd
    >>> coded = pd.DataFrame([list("aabb"), list("aabc")])
    >>> round(brennan_prediger(coded, weights="identity").value, 3)
    0.625
    >>> brennan_prediger(coded, weights="identity", categories=list("abcd")).expected
    0.25
    """
    return brennan_prediger_rule(
        unit_table(reliability, categories=categories), weights=weights, weight_basis=weight_basis
    ).coefficient()


# Other names of the same coefficient: identity weights make it S and the free-marginal kappa.
def bennett_rule(table: UnitTable, *, categories: Sequence[Any] | None = None) -> Sums:
    """Return the rule of `bennett_s`."""
    found = brennan_prediger_rule(table, weights="identity", categories=categories)
    return replace(found, name="Bennett's S")


@follows(bennett_rule)
def bennett_s(reliability: Reliability, *, categories: Sequence[Any] | None = None) -> Coefficient:
    """Return the Brennan-Prediger coefficient with identity weights, by its oldest name.

    Examples
    --------
    >>> import pandas as pd
    >>> round(bennett_s(pd.DataFrame([list("aabb"), list("aabc")])).value, 3)
    0.625
    """
    return bennett_rule(unit_table(reliability, categories=categories)).coefficient()


def randolph_rule(table: UnitTable, *, categories: Sequence[Any] | None = None) -> Sums:
    """Return the rule of `randolph_kappa`."""
    found = brennan_prediger_rule(table, weights="identity", categories=categories)
    return replace(found, name="Randolph's free-marginal kappa")


@follows(randolph_rule)
def randolph_kappa(
    reliability: Reliability, *, categories: Sequence[Any] | None = None
) -> Coefficient:
    """Return the Brennan-Prediger coefficient with identity weights, by its name for many coders.

    Examples
    --------
    >>> import pandas as pd
    >>> round(randolph_kappa(pd.DataFrame([list("aabb"), list("aabc"), list("aabb")])).value, 3)
    0.75
    """
    return randolph_rule(unit_table(reliability, categories=categories)).coefficient()
