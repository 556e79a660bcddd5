"""Agreement as it is seen, with nothing taken off for chance."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any, Literal

import numpy as np

from tertium.agreement.coefficient import NAN, Coefficient
from tertium.agreement.coefficients.cells import MISSING, Floats, refuse
from tertium.agreement.coefficients.counts import Reliability, UnitTable, unit_table
from tertium.agreement.coefficients.sums import Parts, Sums, follows

Average = Literal["unit", "pairable_values", "all_coders_identical"]
AVERAGES: tuple[Average, ...] = ("unit", "pairable_values", "all_coders_identical")


def no_pairs(table: UnitTable) -> str:
    """Return the reason why nothing can be said where no unit was coded twice; else ""."""
    return "" if table.n_pairable else "no_pairable_values"


def agreeing_pairs(table: UnitTable, weights: Floats | None) -> Floats:
    """Return the summed agreement over all ordered pairs of codings, one number a pattern.

    Two ways to the same: squares of counts where values are few, else coders pair by pair.
    """
    n_coders = table.rows.shape[1]
    if n_coders * (n_coders - 1) // 2 > table.n_values and not table.is_wide:
        counts = table.counts
        near = counts if weights is None else counts @ weights
        own = table.codings if weights is None else counts @ np.diag(weights)
        return (counts * near).sum(axis=1) - own
    total = np.zeros(len(table.rows))
    for first, second in combinations(range(n_coders), 2):
        left, right = table.rows[:, first], table.rows[:, second]
        both = (left != MISSING) & (right != MISSING)
        total += both * ((left == right) if weights is None else weights[left, right])
    return 2 * total


def agreement_by_unit(table: UnitTable, weights: Floats | None) -> Floats:
    """Return the share of agreeing pairs of coders of each pattern; 0 where there is no pair."""
    pairs = table.codings * (table.codings - 1)
    share = np.zeros(len(pairs))
    return np.divide(agreeing_pairs(table, weights), pairs, out=share, where=pairs > 0)


def percent_rule(
    table: UnitTable, *, average: str, categories: Sequence[Any] | None = None
) -> Sums:
    """Return the rule of `percent_agreement`."""
    if average not in AVERAGES:
        refuse("average", f"{average!r} is none", f"use one of {', '.join(AVERAGES)}")
    table = unit_table(table, categories=categories)
    share, weight = agreement_by_unit(table, None), table.pairable.astype(float)
    if average == "pairable_values":
        weight = weight * table.codings
    elif average == "all_coders_identical":
        share = np.isclose(share, 1).astype(float)
    columns = np.column_stack([share * weight, weight])

    def parts(weights: Floats) -> Parts:
        agreed, of = (weights @ columns).T
        value = agreed / of
        return Parts(value, np.full_like(value, NAN), value)

    return Sums(
        name=f"Percent agreement ({average.replace('_', ' ')})",
        table=table,
        parts=parts,
        reason=no_pairs(table),
        if_undefined="no_pairable_values",
        details={"average": average},
        linearised=lambda: _ratio_linearised(table, share, weight),
    )


def _ratio_linearised(table: UnitTable, share: Floats, weight: Floats) -> Floats:
    mean = (table.units @ weight) / table.n_units
    value = (table.units @ (share * weight)) / (table.units @ weight)
    return value + weight / mean * (share - value)


@follows(percent_rule)
def percent_agreement(reliability: Reliability, *, average: Average) -> Coefficient:
    """How often coders gave the same value, chance not taken off.

    1 is agreement everywhere. The number is higher the fewer categories there are and the more
    one of them prevails, so that it never stands alone.

    Parameters
    ----------
    reliability : DataFrame or array, shape (n_coders, n_units)
        Values, missing where a coder did not code a unit.
    average : {"unit", "pairable_values", "all_coders_identical"}
        What is averaged where coders are more than two or codings are missing. `unit`: the share
        of agreeing pairs of coders in each unit, each unit counts once [1]_. `pairable_values`:
        the same, each unit counts as often as it was coded; this is 1 less the observed
        disagreement of nominal alpha [2]_. `all_coders_identical`: the share of units in which
        all who coded agree.

    Returns
    -------
    Coefficient
        NaN with `no_pairable_values` where no unit was coded twice.

    References
    ----------
    .. [1] Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th ed. Advanced Analytics.
       Ch. 2.
    .. [2] Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. Section C.

    Examples
    --------
    >>> import pandas as pd
    >>> coded = pd.DataFrame([["a", "b", "b"], ["a", "b", "a"], ["a", "b", None]])
    >>> [round(percent_agreement(coded, average=one).value, 3) for one in AVERAGES]
    [0.667, 0.75, 0.667]
    """
    return percent_rule(unit_table(reliability), average=average).coefficient()


def holsti_rule(table: UnitTable) -> Sums:
    """Return the rule of `holsti`."""
    coded = table.rows != MISSING
    pairs = []
    for first, second in combinations(table.coders.tolist(), 2):
        left, right = table.rows[:, first], table.rows[:, second]
        agreed = (left == right) & coded[:, first]
        if (coded[:, first] & coded[:, second]).any():
            pairs.append((2.0 * agreed, coded[:, first].astype(float) + coded[:, second]))

    def parts(weights: Floats) -> Parts:
        each = [(weights @ agreed) / (weights @ codings) for agreed, codings in pairs]
        value = np.mean(each, axis=0)
        return Parts(value, np.full_like(value, NAN), value)

    return Sums(
        name="Holsti's coefficient of reliability",
        table=table,
        parts=parts,
        reason=no_pairs(table),
        if_undefined="no_pairable_values",
        details={"n_pairs": len(pairs)},
        symmetric=False,
    )


@follows(holsti_rule)
def holsti(reliability: Reliability) -> Coefficient:
    """Twice the agreeing codings of two coders, as a share of all the codings that they made.

    A unit that one of them did not code counts against agreement; without missing codings this
    is percent agreement. For more coders the mean over all pairs who share a unit.

    Parameters
    ----------
    reliability : DataFrame or array, shape (n_coders, n_units)
        Values, missing where a coder did not code a unit.

    Returns
    -------
    Coefficient
        NaN with `no_pairable_values` where no unit was coded twice.

    References
    ----------
    .. [1] Holsti, O. R. (1969). Content Analysis for the Social Sciences and Humanities.
       Addison-Wesley. Ch. 6.

    Examples
    --------
    >>> import pandas as pd
    >>> round(holsti(pd.DataFrame([["a", "b", "b"], ["a", "a", None]])).value, 3)
    0.4
    """
    return holsti_rule(unit_table(reliability)).coefficient()
