"""Chance as each coder's own distribution of values: Cohen, Conger, Light."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np

from tertium.agreement.coefficient import Coefficient
from tertium.agreement.coefficients.alpha import no_variation
from tertium.agreement.coefficients.cells import MISSING, Floats, refuse
from tertium.agreement.coefficients.counts import Reliability, UnitTable, unit_table
from tertium.agreement.coefficients.percent import agreement_by_unit, no_pairs
from tertium.agreement.coefficients.pi import mean_agreement, weight_words
from tertium.agreement.coefficients.sums import (
    Parts,
    Sums,
    chance_corrected,
    follows,
    linearised,
    quadratic,
)
from tertium.agreement.coefficients.weights import WeightBasis, Weights, agreement_weights


def conger_rule(
    table: UnitTable,
    *,
    weights: str,
    weight_basis: str | None = None,
    categories: Sequence[Any] | None = None,
) -> Sums:
    """Return the rule of `conger_kappa`."""
    table = unit_table(table, categories=categories)
    credit = agreement_weights(table, weights, weight_basis)
    return Sums(
        name="Conger's kappa" + weight_words(weights),
        reason=no_pairs(table),
        details={"weights": weights, "n_categories": table.n_values},
        **_by_coder(table, credit),
    )


def _by_coder(table: UnitTable, credit: Floats | None) -> dict[str, Any]:
    """Return table, parts and linearisation where each coder has her own margins."""
    by_unit, indicator = agreement_by_unit(table, credit), table.by_coder()
    n_coders = len(table.coders)

    def margins(of: Floats) -> Floats:
        given = (of @ indicator).reshape(len(of), n_coders, table.n_values)
        return given / given.sum(axis=2, keepdims=True)

    def parts(of: Floats) -> Parts:
        each = margins(of)
        together = each.sum(axis=1)
        own = quadratic(each, credit, each).sum(axis=1)
        pairs = max(n_coders * (n_coders - 1), 1)
        expected = (quadratic(together, credit, together) - own) / pairs
        return chance_corrected(mean_agreement(table, by_unit, of), expected)

    def by_pattern() -> Floats:
        units = table.units[None, :].astype(float)
        whole, each = parts(units), margins(units)[0]
        chance = _chance_by_pattern(table, credit, each)
        return linearised(table, by_unit, chance, whole.expected[0], whole.value[0])

    return {"table": table, "parts": parts, "linearised": by_pattern, "symmetric": False}


def _chance_by_pattern(table: UnitTable, credit: Floats | None, margins: Floats) -> Floats:
    """Return each pattern's part in Conger's chance agreement, as Gwet (2014, ch. 5) splits it.

    Where a coder gave a value, its agreement with the other coders' margins; where she gave none,
    her mean. Both are scaled up to all units.
    """
    rows = table.rows[:, table.coders]
    n_coders = rows.shape[1]
    others = margins.sum(axis=0) - margins
    near = others if credit is None else others @ credit
    total = np.zeros(len(rows))
    for coder in range(n_coders):
        coded = rows[:, coder] != MISSING
        share = (table.units @ coded) / table.n_units
        mean = float(near[coder] @ margins[coder])
        gave = np.where(coded, near[coder][rows[:, coder]], 0.0)
        total += (gave - (coded - share) * mean) / share
    return total / max(n_coders * (n_coders - 1), 1)


@follows(conger_rule)
def conger_kappa(
    reliability: Reliability,
    *,
    weights: Weights,
    weight_basis: WeightBasis | None = None,
    categories: Sequence[Any] | None = None,
) -> Coefficient:
    """Agreement of any number of coders beyond chance, chance drawn from each coder's own habits.

    Chance agreement is the mean over pairs of coders of what their margins would give. For two
    coders without missing codings it is Cohen's kappa; it is also known as Hubert's kappa and as
    Fleiss' exact kappa.

    Parameters
    ----------
    reliability : DataFrame or array, shape (n_coders, n_units)
        Values, missing where a coder did not code a unit. Units with one coding count for that
        coder's habits, not for agreement [2]_.
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
    .. [1] Conger, A. J. (1980). Integration and generalization of kappas for multiple raters.
       Psychological Bulletin 88, 322-328.
    .. [2] Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th ed. Advanced Analytics.
       Ch. 2.

    Examples
    --------
    >>> import pandas as pd
    >>> coded = pd.DataFrame([list("aabb"), list("aabc"), list("abbb")])
    >>> round(conger_kappa(coded, weights="identity").value, 3)
    0.448
    """
    return conger_rule(
        unit_table(reliability, categories=categories), weights=weights, weight_basis=weight_basis
    ).coefficient()


def hubert_rule(table: UnitTable, *, categories: Sequence[Any] | None = None) -> Sums:
    """Return the rule of `hubert_kappa`."""
    found = conger_rule(table, weights="identity", categories=categories)
    return replace(found, name="Hubert's kappa")


# Another name of Conger's kappa with identity weights.
@follows(hubert_rule)
def hubert_kappa(
    reliability: Reliability, *, categories: Sequence[Any] | None = None
) -> Coefficient:
    """Return Conger's kappa with identity weights, by another name.

    Examples
    --------
    >>> import pandas as pd
    >>> coded = pd.DataFrame([list("aabb"), list("aabc"), list("abbb")])
    >>> round(hubert_kappa(coded).value, 3)
    0.448
    """
    return hubert_rule(unit_table(reliability, categories=categories)).coefficient()


def cohen_rule(
    table: UnitTable,
    *,
    weights: str,
    weight_basis: str | None = None,
    categories: Sequence[Any] | None = None,
) -> Sums:
    """Return the rule of `cohen_kappa`: Conger's for the units that both coders coded."""
    whole = unit_table(table, categories=categories)
    if whole.rows.shape[1] > 2:
        refuse(
            "coders",
            f"{whole.rows.shape[1]} coders",
            "Cohen's kappa is for two: take conger_kappa, light_kappa, or two of the coders",
        )
    both = whole.only(whole.codings == 2)
    both = both if both.given else both.as_ranks()
    credit = agreement_weights(both, weights, weight_basis)
    return Sums(
        name="Cohen's kappa" + weight_words(weights),
        reason=no_pairs(both),
        if_undefined=no_variation(whole),
        details={"weights": weights, "n_categories": both.n_values},
        set_aside=whole.set_aside,
        **_by_coder(both, credit),
    )


@follows(cohen_rule)
def cohen_kappa(
    reliability: Reliability,
    *,
    weights: Weights,
    weight_basis: WeightBasis | None = None,
    categories: Sequence[Any] | None = None,
) -> Coefficient:
    """Agreement of two coders beyond chance, chance drawn from each coder's own habits.

    1 is agreement everywhere, 0 what two coders with these margins would reach who don't look at
    the units.

    Parameters
    ----------
    reliability : DataFrame or array, shape (2, n_units)
        Values; units that one of the two did not code are set aside. More coders are refused.
    weights : {"identity", "linear", "quadratic", "radical", "ratio", "ordinal", "circular", \
"bipolar"}
        Credit for unlike categories; identity is the kappa of 1960 [1]_, linear and quadratic
        the weighted kappa of 1968 [2]_. Words need `categories` for all but identity.
    weight_basis : {"index", "value"}, optional
        Whether weights see the categories' ranks or their numbers; needed where that matters.
    categories : sequence, optional
        All categories of the scheme in their order; without it, those that occur. Ranks count
        from them.

    Returns
    -------
    Coefficient
        Observed and expected agreement. NaN with `no_variation` where both used one and the same
        value throughout, with `no_pairable_values` where they share no unit.

    References
    ----------
    .. [1] Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and
       Psychological Measurement 20, 37-46.
    .. [2] Cohen, J. (1968). Weighted kappa. Psychological Bulletin 70, 213-220.

    Examples
    --------
    >>> import pandas as pd
    >>> coded = pd.DataFrame([list("aaabbc"), list("aabbbc")])
    >>> round(cohen_kappa(coded, weights="identity").value, 3)
    0.739
    """
    return cohen_rule(
        unit_table(reliability, categories=categories), weights=weights, weight_basis=weight_basis
    ).coefficient()


def pair_without_variation(table: UnitTable, first: int, second: int) -> str:
    """Return two coders in words where they used one value on all units of both; else ""."""
    values = np.unique(table.of_coders(first, second).rows)
    return table.pair_in_words(first, second) if len(values) == 1 else ""


def why_no_pair(table: UnitTable, pair: str) -> dict[str, Any]:
    """Return what a mean over pairs says where it is undefined, because one of them has none."""
    if not pair or table.n_pairable_values < 2:
        return {"if_undefined": no_variation(table)}
    return {"if_undefined": "no_variation_in_a_pair", "if_undefined_details": {"pair": pair}}


def light_rule(table: UnitTable, *, categories: Sequence[Any] | None = None) -> Sums:
    """Return the rule of `light_kappa`."""
    table = unit_table(table, categories=categories)
    pairs, alike = [], ""
    for first, second in combinations(table.coders.tolist(), 2):
        both = (table.rows[:, [first, second]] != MISSING).all(axis=1)
        if both.any():
            pairs.append((both, _by_coder(table.of_coders(first, second), None)["parts"]))
            alike = alike or pair_without_variation(table, first, second)

    def parts(of: Floats) -> Parts:
        each = [pair(of[:, both]) for both, pair in pairs]
        return Parts(
            *(
                np.mean([getattr(one, part) for one in each], axis=0)
                for part in ("observed", "expected", "value")
            )
        )

    return Sums(
        name="Light's kappa",
        table=table,
        parts=parts,
        reason=no_pairs(table),
        **why_no_pair(table, alike),
        details={"n_pairs": len(pairs), "n_categories": table.n_values},
        symmetric=False,
    )


@follows(light_rule)
def light_kappa(
    reliability: Reliability, *, categories: Sequence[Any] | None = None
) -> Coefficient:
    """The mean of Cohen's kappa over all pairs of coders.

    Parameters
    ----------
    reliability : DataFrame or array, shape (n_coders, n_units)
        Values, missing where a coder did not code a unit. Each pair is compared on the units
        that both coded; pairs that share none are left out.
    categories : sequence, optional
        All categories of the scheme; they change nothing but the number told in `details`.

    Returns
    -------
    Coefficient
        Mean observed and mean expected agreement of the pairs, and the mean of their kappas.
        NaN with `no_variation` where every coding gave the same value, with
        `no_variation_in_a_pair` where two coders did so on the units that both coded
        (`details["pair"]` names them), with `no_pairable_values` where no unit was coded twice.

    References
    ----------
    .. [1] Light, R. J. (1971). Measures of response agreement for qualitative data. Psychological
       Bulletin 76, 365-377.

    Examples
    --------
    >>> import pandas as pd
    >>> coded = pd.DataFrame([list("aabb"), list("aabb"), list("abbb")])
    >>> round(light_kappa(coded).value, 3)
    0.667
    """
    return light_rule(unit_table(reliability, categories=categories)).coefficient()
