"""How far a coefficient may lie from the one found, by variances that were published.

Comes in: a reliability table, and a coefficient with its options bound. Goes out: an `Interval`
with standard error and p value, or a standard error alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Literal

import numpy as np

from tertium.agreement.coefficient import NAN, Interval
from tertium.agreement.coefficients.cells import refuse
from tertium.agreement.coefficients.counts import Reliability, unit_table
from tertium.agreement.coefficients.kappa import cohen_kappa, cohen_rule
from tertium.agreement.coefficients.sums import Sums, rule_of
from tertium.agreement.coefficients.weights import agreement_weights
from tertium.agreement.intervals import AnyCoefficient, check_options, counted

# A standard error below this is rounding: nothing varies over units.
ROUNDING = 1e-12


def analytic(reliability: Reliability, coefficient: AnyCoefficient, *, level: float) -> Interval:
    """Return the interval from a published variance.

    Gwet's linearised variance over units for percent agreement, Fleiss, Scott, Conger, AC1, AC2,
    Brennan-Prediger and alpha (not ordinal), with t quantiles and the upper end cut at 1 [1]_
    [2]_; the large-sample variance of Fleiss, Cohen and Everitt for Cohen's kappa, with normal
    quantiles, and the p value from its variance under chance [3]_. For the rest there is none
    published that we know of: use `bootstrap`.

    Parameters
    ----------
    reliability : DataFrame, array or UnitTable, shape (n_coders, n_units)
    coefficient : callable
        A coefficient of this package, options bound with `functools.partial`.
    level : float
        0.95 for 95 %.

    Returns
    -------
    Interval
        With `standard_error` and the two-sided `p_value` against 0; ends are NaN where the
        coefficient is undefined or only one unit is left.

    References
    ----------
    .. [1] Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence
       of high agreement. British Journal of Mathematical and Statistical Psychology 61, 29-48.
    .. [2] Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th ed. Advanced Analytics.
       Ch. 5.
    .. [3] Fleiss, J. L., Cohen, J., & Everitt, B. S. (1969). Large sample standard errors of
       kappa and weighted kappa. Psychological Bulletin 72, 323-327.

    Examples
    --------
    >>> import pandas as pd
    >>> from tertium.agreement.coefficients.alpha import krippendorff_alpha
    >>> coded = pd.DataFrame([[1, 1, 0, 2, 0, 1, 2, 2] * 5, [1, 1, 0, 2, 0, 1, 2, 1] * 5])
    >>> print(analytic(coded, partial(krippendorff_alpha, level="nominal"), level=0.95).in_words)
    95 % interval 0.64 to 0.98 (Gwet's linearised variance)
    """
    check_options(1, level)
    rule = rule_of(coefficient)
    sums = None if rule is None else rule(counted(reliability, coefficient))
    if sums is None or sums.linearised is None:
        refuse("interval", "no analytic one is published for this coefficient", "use bootstrap")
    if isinstance(coefficient, partial) and coefficient.func is cohen_kappa:
        found = _of_cohen(reliability, sums, level, dict(coefficient.keywords))
    else:
        found = _of_gwet(sums, level)
    return found.beside(sums.coefficient().value)


def _of_gwet(sums: Sums, level: float) -> Interval:
    method = "Gwet's linearised variance"
    value, number = sums.coefficient().value, sums.table.n_units
    if np.isnan(value) or number < 2 or sums.linearised is None:
        return Interval(NAN, NAN, level, method)
    from scipy.stats import t

    by_pattern = sums.linearised()
    away = by_pattern - sums.table.units @ by_pattern / number
    error = float(np.sqrt(sums.table.units @ away**2 / (number * (number - 1))))
    reach = float(t.ppf((1 + level) / 2, number - 1)) * error
    p_value = float(2 * t.sf(abs(value) / error, number - 1)) if error > ROUNDING else NAN
    high = min(1.0, value + reach)
    return Interval(value - reach, high, level, method, standard_error=error, p_value=p_value)


def _of_cohen(
    reliability: Reliability, sums: Sums, level: float, options: dict[str, Any]
) -> Interval:
    method = "large-sample variance of Fleiss, Cohen and Everitt"
    value = sums.coefficient().value
    if np.isnan(value):
        return Interval(NAN, NAN, level, method)
    from scipy.stats import norm

    error = cohen_standard_error(reliability, null="estimate", **options)
    by_chance = cohen_standard_error(reliability, null="zero", **options)
    reach = float(norm.ppf((1 + level) / 2)) * error
    p_value = float(2 * norm.sf(abs(value) / by_chance)) if by_chance > 0 else NAN
    high = min(1.0, value + reach)
    return Interval(value - reach, high, level, method, standard_error=error, p_value=p_value)


def cohen_standard_error(
    reliability: Reliability,
    *,
    weights: str,
    null: Literal["estimate", "zero"],
    weight_basis: str | None = None,
    categories: Sequence[Any] | None = None,
) -> float:
    """Return the large-sample standard error of Cohen's kappa, weighted or not.

    Parameters
    ----------
    reliability, weights, weight_basis, categories
        As in `cohen_kappa`.
    null : {"estimate", "zero"}
        Around the kappa found, for an interval; or under chance, for a test.

    References
    ----------
    .. [1] Fleiss, J. L., Cohen, J., & Everitt, B. S. (1969). Large sample standard errors of
       kappa and weighted kappa. Psychological Bulletin 72, 323-327. Equations 8 and 9; for
       weights 14 and 15.

    Examples
    --------
    >>> import pandas as pd
    >>> coded = pd.DataFrame([list("aaabbc"), list("aabbbc")])
    >>> round(cohen_standard_error(coded, weights="identity", null="estimate"), 3)
    0.236
    """
    if null not in ("estimate", "zero"):
        refuse("null", f"{null!r} is none", "use estimate or zero")
    given = unit_table(reliability, categories=categories)
    sums = cohen_rule(given, weights=weights, weight_basis=weight_basis)
    table, found = sums.table, sums.coefficient()
    if not found.is_defined:
        return NAN
    credit = agreement_weights(table, weights, weight_basis)
    credit = np.eye(table.n_values) if credit is None else credit
    number = table.n_units
    joint = np.zeros((table.n_values, table.n_values))
    np.add.at(joint, tuple(table.rows.T), table.units / number)
    ours, theirs = joint.sum(axis=1), joint.sum(axis=0)
    usual = (credit @ theirs)[:, None] + (ours @ credit)[None, :]
    chance = found.expected
    if null == "zero":
        spread = (np.outer(ours, theirs) * (credit - usual) ** 2).sum() - chance**2
    else:
        left = 1 - found.value
        middle = found.value - chance * left
        spread = (joint * (credit - usual * left) ** 2).sum() - middle**2
    return float(np.sqrt(max(spread, 0.0) / number) / (1 - chance))
