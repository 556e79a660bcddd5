"""Krippendorff's alpha: observed disagreement against that of all pairs of codings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tertium.agreement.coefficient import Coefficient
from tertium.agreement.coefficients.cells import Floats, refuse
from tertium.agreement.coefficients.counts import Reliability, UnitTable, unit_table
from tertium.agreement.coefficients.disagreement import (
    Disagreement,
    circular_disagreement,
    interval_disagreement,
    nominal_disagreement,
    ordinal_disagreement,
    ratio_disagreement,
)
from tertium.agreement.coefficients.sums import Sums, follows
from tertium.agreement.distance import LEVELS, Level


def alpha_rule(
    table: UnitTable,
    *,
    level: str,
    circumference: float | None = None,
    categories: Sequence[Any] | None = None,
) -> Sums:
    """Return the rule of `krippendorff_alpha`."""
    if level not in LEVELS:
        refuse("level", f"{level!r} is none", f"use one of {', '.join(LEVELS)}")
    if (level == "circular") != (circumference is not None):
        refuse(
            "circumference",
            f"{circumference} with level {level}",
            "give the length of the circle for level circular, and for no other",
        )
    whole = unit_table(table, categories=categories)
    pairable = pairable_units(whole)
    found = disagreement_of(pairable, level, circumference)
    details: dict[str, float | int | str] = {"level": level, "parts": "disagreement"}
    if circumference is not None:
        details["circumference"] = circumference
    return alpha_sums(f"Krippendorff's alpha ({level})", whole, pairable, found, details)


def disagreement_of(
    table: UnitTable, level: str, circumference: float | None = None
) -> Disagreement:
    """Return the disagreement of a level of measurement."""
    if circumference is not None:
        return circular_disagreement(table, circumference)
    return {
        "nominal": nominal_disagreement,
        "ordinal": ordinal_disagreement,
        "interval": interval_disagreement,
        "ratio": ratio_disagreement,
    }[level](table)


def pairable_units(table: UnitTable) -> UnitTable:
    """Return the table of those units that two coders coded; the others say nothing to alpha."""
    return table.only(table.pairable)


def no_variation(whole: UnitTable) -> str:
    """Return the reason where units coded twice show one value only; others may show more."""
    return "no_variation" if whole.n_observed_values < 2 else "no_variation_where_paired"


def alpha_sums(
    name: str,
    whole: UnitTable,
    pairable: UnitTable,
    found: Disagreement,
    details: dict[str, float | int | str],
) -> Sums:
    """Return an alpha with what all alphas share: when it is undefined, and its variance."""
    reason = "" if pairable.n_units else "no_pairable_values"
    if not reason and pairable.n_pairable_values == 1:
        reason = no_variation(whole)
    n_codings = int(pairable.units @ pairable.codings)
    return Sums(
        name=name,
        table=pairable,
        parts=found.parts,
        reason=reason,
        details=details | {"n_codings": n_codings, "n_categories": pairable.n_pairable_values},
        set_aside=whole.set_aside,
        linearised=None if found.from_all is None else lambda: _by_pattern(pairable, found),
    )


def _by_pattern(table: UnitTable, found: Disagreement) -> Floats:
    """Return Gwet's linearisation of alpha, written in disagreements.

    Each pattern's disagreement, and its codings' disagreement with all codings, both relative to
    the mean number of codings a unit; see Gwet (2014), ch. 5.
    """
    assert found.unlike is not None
    assert found.from_all is not None
    units = table.units[None, :].astype(float)
    whole = found.parts(units)
    observed, expected = float(whole.observed[0]), float(whole.expected[0])
    n_codings = float(table.units @ table.codings)
    mean_codings = n_codings / table.n_units
    share = table.codings / mean_codings
    far = (table.counts @ found.from_all((units @ table.counts)[0] / n_codings)) / mean_codings
    # The published variance is that of alpha before its correction for few codings.
    correction = 1 - 1 / n_codings
    by_chance = expected * correction
    inside = 1 - (found.unlike / mean_codings - correction * observed * (share - 1)) / by_chance
    return inside - 2 * observed / by_chance * (share - far / by_chance)


@follows(alpha_rule)
def krippendorff_alpha(
    reliability: Reliability,
    *,
    level: Level,
    circumference: float | None = None,
    categories: Sequence[Any] | None = None,
) -> Coefficient:
    """Agreement among coders beyond what chance would give.

    1 is perfect agreement, 0 is what chance would give, below 0 is systematic disagreement. Any
    number of coders; units with fewer than two codings carry no information on agreement and are
    left out.

    Parameters
    ----------
    reliability : DataFrame or array, shape (n_coders, n_units)
        Values, missing where a coder did not code a unit.
    level : {"nominal", "ordinal", "interval", "ratio", "circular"}
        How far apart two values are: unlike; ranks between them (counted by how often each is
        used, which is not what ordinal weights mean); squared difference; squared difference
        relative to the sum; squared sine of half the angle. No default: it is a claim about the
        scheme.
    circumference : float
        The length of the circle for level circular: 24 for hours. For no other level.
    categories : sequence, optional
        All values of the scheme in their order. Needed for level ordinal where values are words.

    Returns
    -------
    Coefficient
        Observed and expected disagreement. NaN with `no_pairable_values` where no unit was coded
        twice, with `no_variation` where only one value was used: chance disagreement is zero then;
        with `no_variation_where_paired` where others stand in units coded once only.

    References
    ----------
    .. [1] Krippendorff, K. (2004). Content Analysis, 2nd ed. Sage. Ch. 11.
    .. [2] Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of
       Pennsylvania.

    Examples
    --------
    >>> import pandas as pd
    >>> coded = pd.DataFrame(
    ...     [[1, 1, 0, 2, None], [1, 1, 0, 2, 2], [1, 0, 0, 2, 2]],
    ...     index=["ana", "ben", "eva"])
    >>> round(krippendorff_alpha(coded, level="nominal").value, 3)
    0.8
    >>> krippendorff_alpha(coded.iloc[:1], level="nominal").reason
    'no_pairable_values'
    """
    return alpha_rule(
        unit_table(reliability, categories=categories), level=level, circumference=circumference
    ).coefficient()
