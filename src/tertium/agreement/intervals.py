"""Where a coefficient would lie with other units, or other codings, of the same kind.

Comes in: a reliability table, and a coefficient with its options, as in
``partial(krippendorff_alpha, level="ordinal")``. Goes out: an `Interval`, its method named.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from tertium.agreement.coefficient import NAN, Coefficient, Interval
from tertium.agreement.coefficients.alpha import krippendorff_alpha, pairable_units
from tertium.agreement.coefficients.cells import MISSING, Floats, refuse
from tertium.agreement.coefficients.counts import Reliability, UnitTable, unit_table
from tertium.agreement.coefficients.sets import (
    multi_valued_alpha,
    set_alpha,
    set_kappa,
    set_table,
)
from tertium.agreement.coefficients.sums import Sums, rule_of
from tertium.agreement.distance import circular, interval, mid_ranks, nominal, ratio

AnyCoefficient = Callable[..., Coefficient]
# Numbers that a block of resamples may hold.
BLOCK = 8_000_000


def bootstrap(
    reliability: Reliability,
    coefficient: AnyCoefficient,
    *,
    replicates: int,
    seed: int,
    level: float,
) -> Interval:
    """Return the interval from drawing units again, with replacement.

    Tells how much the coefficient would change with other units from where these came. Units
    are counted once; a resample is a number for each pattern of codings, drawn from a multinomial
    distribution, and one matrix product.

    Parameters
    ----------
    reliability : DataFrame, array or UnitTable, shape (n_coders, n_units)
    coefficient : callable
        A coefficient of this package, options bound with `functools.partial`. Another function
        from such a table to a `Coefficient` will do, one resample at a time.
    replicates : int
        How many resamples.
    seed : int
    level : float
        Share of the resamples inside the interval, 0.95 for 95 %; percentiles at both ends.

    Returns
    -------
    Interval
        With the share of resamples in which the coefficient is defined; the others are left out.

    References
    ----------
    .. [1] Efron, B., & Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman and
       Hall. Ch. 13.

    Examples
    --------
    >>> coded = pd.DataFrame([[1, 1, 0, 2, 0, 1, 2, 2] * 5, [1, 1, 0, 2, 0, 1, 2, 1] * 5])
    >>> alpha = partial(krippendorff_alpha, level="nominal")
    >>> found = bootstrap(coded, alpha, replicates=1000, seed=1, level=0.95)
    >>> round(found.low, 1), round(found.high, 1), found.method
    (0.6, 1.0, 'bootstrap over units')
    """
    check_options(replicates, level, seed)
    drawn = bootstrap_values(reliability, coefficient, replicates=replicates, seed=seed)
    found = _percentiles(drawn, level, "bootstrap over units", seed)
    return found.beside(value_of(reliability, coefficient)) if found.low == found.high else found


def bootstrap_values(
    reliability: Reliability, coefficient: AnyCoefficient, *, replicates: int, seed: int
) -> Floats:
    """Return the coefficient of each resample of units; NaN where it is undefined.

    Examples
    --------
    >>> coded = pd.DataFrame([[1, 1, 0, 2], [1, 1, 0, 1]])
    >>> alpha = partial(krippendorff_alpha, level="nominal")
    >>> bootstrap_values(coded, alpha, replicates=100, seed=1).shape
    (100,)
    """
    check_options(replicates, 0.5, seed)
    rule = rule_of(coefficient)
    if rule is None:
        return _one_by_one(reliability, coefficient, replicates, seed)
    sums = rule(counted(reliability, coefficient))
    table = sums.table.without_names() if sums.symmetric else sums.table.in_coder_order()
    sums = rule(table.in_order())
    if sums.reason:
        return np.full(replicates, NAN)
    return _resampled(sums, replicates, np.random.default_rng(seed))


def counted(reliability: Reliability, coefficient: AnyCoefficient) -> UnitTable:
    """Return the table, with sets or categories where the coefficient is about them."""
    innermost, options = coefficient, dict[str, Any]()
    while isinstance(innermost, partial):
        options = {**innermost.keywords, **options}
        innermost = innermost.func
    if innermost in (set_alpha, set_kappa, multi_valued_alpha):
        return set_table(reliability)
    if isinstance(reliability, UnitTable):
        return reliability
    return unit_table(reliability, categories=options.get("categories"))


def value_of(reliability: Reliability, coefficient: AnyCoefficient) -> float:
    """Return the coefficient itself, whether it has a rule or not."""
    rule = rule_of(coefficient)
    if rule is None:
        return coefficient(reliability).value
    return rule(counted(reliability, coefficient)).coefficient().value


def _resampled(sums: Sums, replicates: int, rng: np.random.Generator) -> Floats:
    units = sums.table.units
    number = int(units.sum())
    values = np.empty(replicates)
    step = max(1, BLOCK // max(len(units), sums.table.n_values, 1))
    for start in range(0, replicates, step):
        size = min(step, replicates - start)
        weights = _draw(units, number, size, rng)
        with np.errstate(invalid="ignore", divide="ignore"):
            values[start : start + size] = sums.parts(weights).value
    return values


def _draw(units: Any, number: int, size: int, rng: np.random.Generator) -> Floats:
    """Return how often each pattern is drawn, shape (size, n_patterns)."""
    if len(units) <= number / 4:
        return rng.multinomial(number, units / number, size=size).astype(float)
    ends = np.cumsum(units)
    drawn = np.empty((size, len(units)))
    for resample in range(size):
        picked = rng.integers(number, size=number)
        place = picked if len(units) == number else np.searchsorted(ends, picked, side="right")
        drawn[resample] = np.bincount(place, minlength=len(units))
    return drawn


def _one_by_one(
    reliability: Reliability, coefficient: AnyCoefficient, replicates: int, seed: int
) -> Floats:
    if isinstance(reliability, UnitTable):
        refuse("coefficient", "one without a rule, on a counted table", "pass the table itself")
    frame = pd.DataFrame(reliability)
    rng = np.random.default_rng(seed)
    number = frame.shape[1]
    picks = (rng.integers(number, size=number) for _ in range(replicates))
    return np.array([coefficient(frame.iloc[:, pick]).value for pick in picks], dtype=float)


def kalpha(
    reliability: Reliability,
    coefficient: AnyCoefficient,
    *,
    replicates: int,
    seed: int,
    level: float,
) -> Interval:
    """Return the interval of Krippendorff's alpha from drawing pairs of codings again.

    The way of the KALPHA macro: as many disagreements of pairs are drawn as there are pairs in
    the units, from how often they were observed, while chance disagreement is held as it is. It
    takes pairs of one unit for independent, so that it is narrower than `bootstrap`; use it to
    compare with published intervals.

    Parameters
    ----------
    reliability : DataFrame, array or UnitTable, shape (n_coders, n_units)
    coefficient : callable
        `krippendorff_alpha` with its options bound; others are refused.
    replicates, seed, level
        As in `bootstrap`.

    References
    ----------
    .. [1] Hayes, A. F., & Krippendorff, K. (2007). Answering the call for a standard reliability
       measure for coding data. Communication Methods and Measures 1, 77-89. P. 82.
    .. [2] Krippendorff, K. (2004). Content Analysis, 2nd ed. Sage. Section 11.4.2.

    Examples
    --------
    >>> coded = pd.DataFrame([[1, 1, 0, 2, 0, 1, 2, 2] * 5, [1, 1, 0, 2, 0, 1, 2, 1] * 5])
    >>> alpha = partial(krippendorff_alpha, level="nominal")
    >>> kalpha(coded, alpha, replicates=1000, seed=1, level=0.95).method
    'bootstrap of pair deviations (KALPHA)'
    """
    check_options(replicates, level, seed)
    drawn = kalpha_values(reliability, coefficient, replicates=replicates, seed=seed)
    found = _percentiles(drawn, level, "bootstrap of pair deviations (KALPHA)", seed)
    return found.beside(value_of(reliability, coefficient)) if found.low == found.high else found


def kalpha_values(
    reliability: Reliability, coefficient: AnyCoefficient, *, replicates: int, seed: int
) -> Floats:
    """Return alpha of each resample of pair deviations, never below -1.

    Examples
    --------
    >>> alpha = partial(krippendorff_alpha, level="interval")
    >>> coded = pd.DataFrame([[1, 1, 0, 2], [1, 1, 0, 1]])
    >>> kalpha_values(coded, alpha, replicates=100, seed=1).shape
    (100,)
    """
    check_options(replicates, 0.5, seed)
    if not isinstance(coefficient, partial) or coefficient.func is not krippendorff_alpha:
        refuse(
            "coefficient", "KALPHA for another one", "it is for krippendorff_alpha: use bootstrap"
        )
    table = pairable_units(counted(reliability, coefficient)).without_names().in_order()
    found = coefficient(table)
    if not found.is_defined:
        return np.full(replicates, NAN)
    deviations, chances = _pair_deviations(table, **coefficient.keywords)
    rng = np.random.default_rng(seed)
    n_codings = float(table.units @ table.codings)
    lost = np.zeros(replicates)
    for codings in np.unique(table.codings).tolist():
        n_units = int(table.units[table.codings == codings].sum())
        pairs = n_units * codings * (codings - 1) // 2
        lost += _drawn_sums(deviations, chances, pairs, replicates, rng) / (codings - 1)
    return np.maximum(1 - 2 * lost / (n_codings * found.expected), -1.0)


def _pair_deviations(
    table: UnitTable, level: str, circumference: float | None = None, categories: Any = None
) -> tuple[Floats, Floats]:
    """Return the distinct disagreements of pairs, and how likely each is."""
    places: Floats
    if level == "ordinal":
        places = mid_ranks(np.asarray((table.units[None, :].astype(float) @ table.counts)[0]))
    else:
        places = np.arange(float(table.n_values)) if level == "nominal" else table.numbers
    distance: Callable[..., Floats] = {"nominal": nominal, "ratio": ratio}.get(level, interval)
    if circumference is not None:
        distance = partial(circular, circumference=circumference)
    apart, weight = [], []
    for first, second in combinations(range(table.rows.shape[1]), 2):
        left, right = table.rows[:, first], table.rows[:, second]
        both = (left != MISSING) & (right != MISSING)
        apart.append(distance(places[left[both]], places[right[both]]))
        weight.append(table.units[both] / (table.codings[both] - 1))
    deviations, index = np.unique(np.concatenate(apart), return_inverse=True)
    chances = np.bincount(index, weights=np.concatenate(weight))
    return deviations, chances / chances.sum()


def _drawn_sums(
    deviations: Floats, chances: Floats, pairs: int, replicates: int, rng: np.random.Generator
) -> Floats:
    sums = np.empty(replicates)
    step = max(1, BLOCK // max(len(deviations), 1))
    for start in range(0, replicates, step):
        size = min(step, replicates - start)
        if len(deviations) <= pairs:
            sums[start : start + size] = rng.multinomial(pairs, chances, size=size) @ deviations
            continue
        for resample in range(start, start + size):
            sums[resample] = rng.choice(deviations, size=pairs, p=chances).sum()
    return sums


def check_options(replicates: int, level: float, seed: int = 0) -> None:
    """Refuse no resamples, a level that is no share, and a seed that is none."""
    if replicates < 1:
        refuse("replicates", f"{replicates}", "take at least 1; 1,000 or more for an interval")
    if not 0 < level < 1:
        refuse("level", f"{level}", "give a share between 0 and 1, such as 0.95")
    if seed < 0:
        refuse("seed", f"{seed}", "give a whole number from 0 up")


def _percentiles(drawn: Floats, level: float, method: str, seed: int) -> Interval:
    defined = drawn[~np.isnan(drawn)]
    low = high = error = NAN
    if len(defined):
        low, high = (float(one) for one in np.quantile(defined, [(1 - level) / 2, (1 + level) / 2]))
        error = float(defined.std(ddof=1)) if len(defined) > 1 else NAN
    return Interval(
        low, high, level, method, len(drawn), seed, len(defined) / len(drawn), standard_error=error
    )
