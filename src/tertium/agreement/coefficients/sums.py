"""Every coefficient as a function of how often each pattern of codings occurs.

Comes in: a `UnitTable` and a rule. Goes out: the coefficient for the table as it is, and for as
many resamples of its units as wanted, by one matrix product each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import numpy as np

from tertium.agreement.coefficient import NAN, Coefficient
from tertium.agreement.coefficients.cells import Floats
from tertium.agreement.coefficients.counts import UnitTable

# Chance agreement this close to complete differs from it by rounding alone.
ROUNDING = 1e-13


@dataclass(frozen=True)
class Parts:
    """What the rule gives, one number a resample; the value is NaN where it is undefined."""

    observed: Floats
    expected: Floats
    value: Floats


@dataclass(frozen=True)
class Sums:
    """A coefficient, ready for any weights of its patterns.

    Parameters
    ----------
    name : str
    table : UnitTable
        Its patterns are what is weighted, and what a bootstrap draws.
    parts : callable
        From weights, shape (n_resamples, n_patterns), to `Parts`.
    reason : str
        Why the coefficient is undefined whatever the numbers; "" where it is not.
    if_undefined : str
        The reason to give where the rule comes to 0/0.
    if_undefined_details : mapping
        What goes into the coefficient only then.
    details : mapping
        Goes into the coefficient.
    concerns : tuple of str
    set_aside : mapping, optional
        Units left out, where it is not as in `table.set_aside`.
    symmetric : bool
        Whether it does not matter who gave which value.
    linearised : callable, optional
        One number a pattern, whose variance over units is Gwet's variance of the coefficient.
    """

    name: str
    table: UnitTable
    parts: Callable[[Floats], Parts]
    reason: str = ""
    if_undefined: str = "no_variation"
    if_undefined_details: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, float | int | str] = field(default_factory=dict)
    concerns: tuple[str, ...] = ()
    set_aside: Mapping[str, int] | None = None
    symmetric: bool = True
    linearised: Callable[[], Floats] | None = None

    def coefficient(self) -> Coefficient:
        """Return the coefficient for the table as it is."""
        observed = expected = value = NAN
        reason, details = self.reason, dict(self.details)
        if self.table.n_pairable:
            with np.errstate(invalid="ignore", divide="ignore"):
                parts = self.parts(self.table.units[None, :].astype(float))
            # What was observed is known even where there is no coefficient.
            observed, expected = float(parts.observed[0]), float(parts.expected[0])
            value = NAN if reason else float(parts.value[0])
        if np.isnan(value):
            reason = reason or self.if_undefined
            details |= self.if_undefined_details
            if self.table.n_pairable:
                details["percent_agreement"] = self.table.percent_agreement
        aside = self.table.set_aside if self.set_aside is None else self.set_aside
        return Coefficient(
            name=self.name,
            value=value,
            reason=reason,
            observed=observed,
            expected=expected,
            n_units=self.table.n_pairable,
            set_aside=dict(aside),
            n_coders=len(self.table.coders),
            concerns=() if reason else self.concerns,
            details=details,
        )


def chance_corrected(observed: Floats, expected: Floats) -> Parts:
    """Return agreement beyond chance, as a share of what chance leaves open.

    Examples
    --------
    >>> chance_corrected(np.array([0.8]), np.array([0.5])).value.round(3).tolist()
    [0.6]
    """
    left = 1 - expected
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(left > ROUNDING, (observed - expected) / left, NAN)
    return Parts(observed, expected, value)


def disagreement_ratio(observed: Floats, expected: Floats) -> Parts:
    """Return 1 less the ratio of observed to expected disagreement.

    Examples
    --------
    >>> disagreement_ratio(np.array([0.1]), np.array([0.5])).value.tolist()
    [0.8]
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(expected > 0, 1 - observed / expected, NAN)
    return Parts(observed, expected, value)


Rule = Callable[..., Sums]
Public = TypeVar("Public", bound=Callable[..., Coefficient])
_RULES: dict[Callable[..., Any], Rule] = {}


def follows(rule: Rule) -> Callable[[Public], Public]:
    """Return a decorator that says by which rule a public function computes."""

    def register(function: Public) -> Public:
        _RULES[function] = rule
        return function

    return register


def rule_of(coefficient: Callable[..., Any]) -> Rule | None:
    """Return the rule of a public coefficient with its options, or None where it has none.

    Parameters
    ----------
    coefficient : callable
        A function of `tertium.agreement.coefficients`, or a `functools.partial` of one.
    """
    if isinstance(coefficient, partial):
        inner = rule_of(coefficient.func)
        return None if inner is None else partial(inner, **coefficient.keywords)
    return _RULES.get(coefficient)


def linearised(
    table: UnitTable, by_unit: Floats, chance_by_unit: Floats, expected: float, value: float
) -> Floats:
    """Return what each pattern adds to a chance-corrected coefficient, to first order.

    Parameters
    ----------
    table : UnitTable
    by_unit, chance_by_unit : array, shape (n_patterns,)
        Observed agreement of each pattern, and its part in chance agreement.
    expected, value : float
        Chance agreement and coefficient of the whole table.

    References
    ----------
    .. [1] Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence
       of high agreement. British Journal of Mathematical and Statistical Psychology 61, 29-48.
    """
    left = 1 - expected
    lift = table.n_units / table.n_pairable
    beyond = lift * (by_unit - expected * table.pairable) / left
    return beyond - 2 * (1 - value) * (chance_by_unit - expected) / left


def quadratic(left: Floats, weights: Floats | None, right: Floats) -> Floats:
    """Return left W right row by row; W the identity where it is None.

    Examples
    --------
    >>> quadratic(np.array([[1.0, 2.0]]), None, np.array([[3.0, 4.0]])).tolist()
    [11.0]
    """
    return ((left if weights is None else left @ weights) * right).sum(axis=-1)
