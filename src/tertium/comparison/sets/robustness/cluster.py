"""Whether a relation of sets holds in each group of cases, or only in all cases together.

Comes in: memberships in a condition (or a solution) and in an outcome; for each case the group
it is in (years, countries, sources) and the unit that it repeats.
Goes out: `Clusters`: consistency and coverage of all cases, in each group, and of each unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

import numpy as np

from tertium.errors import UnknownNameError

Relation = Literal["sufficiency", "necessity"]
Empty = Literal["leave_out", "count_as_one"]


@dataclass(frozen=True)
class Clusters:
    """Consistency and coverage of all cases, in each group of cases, and of each unit.

    Parameters
    ----------
    consistency, coverage : float or None
        Of all cases together ("pooled").
    between, between_coverage : mapping of str to float or None
        In each group ("between" groups), sorted by its name.
    within, within_coverage : mapping of str to float or None
        Of each unit over all groups ("within" units), sorted by its name.
    between_distance, within_distance : float or None
        How far the consistencies of the groups (or units) are from being all the same: 0 if
        they are; the larger, the more the figure for all cases hides. None if no consistency is
        defined or all are 0.
    group_sizes, unit_sizes : mapping of str to int
        How many cases there are in each group and of each unit.
    """

    consistency: float | None
    coverage: float | None
    between: Mapping[str, float | None]
    between_coverage: Mapping[str, float | None]
    within: Mapping[str, float | None]
    within_coverage: Mapping[str, float | None]
    between_distance: float | None
    within_distance: float | None
    group_sizes: Mapping[str, int]
    unit_sizes: Mapping[str, int]


def clusters(
    condition: np.ndarray,
    outcome: np.ndarray,
    *,
    units: Sequence[str],
    groups: Sequence[str],
    relation: Relation,
    empty: Empty = "leave_out",
) -> Clusters:
    """Consistency and coverage by groups of cases and by the units that recur in them.

    Parameters
    ----------
    condition, outcome : ndarray of float, one number a case
        Memberships; cases with a null in either are left out.
    units : sequence of str, one a case
        What recurs, say a country that is observed in several years.
    groups : sequence of str, one a case
        What the cases are grouped by, say the year.
    relation : {"sufficiency", "necessity"}
        Whether consistency is that of a sufficient or of a necessary condition; coverage is the
        other of the two.
    empty : {"leave_out", "count_as_one"}
        What a distance takes for a group without membership, whose consistency is not defined:
        nothing, or 1 (nothing there speaks against the relation). In the second form the
        consistencies themselves are given as 1, too.

    Raises
    ------
    UnknownNameError
        An unknown relation, lengths that differ, or no case left.

    References
    ----------
    .. [1] Garcia-Castro, R. and Arino, M. A. (2016). A general approach to panel data
       set-theoretic research. Journal of Advances in Management Sciences & Information Systems
       2: 63-76.

    Examples
    --------
    >>> x, y = np.array([1.0, 0.5, 0.5, 1.0]), np.array([1.0, 0.5, 0.25, 0.5])
    >>> found = clusters(x, y, units=list("abab"), groups=["1990"] * 2 + ["1995"] * 2,
    ...                  relation="sufficiency")
    >>> found.consistency, dict(found.between)
    (0.75, {'1990': 1.0, '1995': 0.5})
    """
    for name, given, there in (
        ("relation", relation, get_args(Relation)),
        ("empty", empty, get_args(Empty)),
    ):
        if given not in there:
            raise UnknownNameError(f"{name}={given!r}; there are {', '.join(there)}")
    condition, outcome = np.asarray(condition, float), np.asarray(outcome, float)
    if len({len(each) for each in (condition, outcome, units, groups)}) > 1:
        raise UnknownNameError("condition, outcome, units and groups are not of the same cases")
    stated = ~(np.isnan(condition) | np.isnan(outcome))
    if not stated.any():
        raise UnknownNameError("there is no case for which condition and outcome are known")
    # A necessary condition is one that the outcome is a subset of.
    subset, whole = (condition, outcome) if relation == "sufficiency" else (outcome, condition)
    instead = 1.0 if empty == "count_as_one" else None
    pooled, pooled_coverage = _shares(subset[stated], whole[stated], instead)
    by_group = _by(_names(groups, stated), subset[stated], whole[stated], instead)
    by_unit = _by(_names(units, stated), subset[stated], whole[stated], instead)
    return Clusters(
        pooled,
        pooled_coverage,
        _part(by_group, 0),
        _part(by_group, 1),
        _part(by_unit, 0),
        _part(by_unit, 1),
        _distance(_part(by_group, 0)),
        _distance(_part(by_unit, 0)),
        _sizes(_names(groups, stated)),
        _sizes(_names(units, stated)),
    )


def _names(names: Sequence[str], stated: np.ndarray) -> np.ndarray:
    return np.array([str(each) for each in names])[stated]


def _shares(
    subset: np.ndarray, whole: np.ndarray, instead: float | None
) -> tuple[float | None, float | None]:
    """What both share over the subset, and over the whole."""
    shared = float(np.minimum(subset, whole).sum())
    over = [float(subset.sum()), float(whole.sum())]
    consistency, coverage = (shared / each if each else instead for each in over)
    return consistency, coverage


def _by(
    names: np.ndarray, subset: np.ndarray, whole: np.ndarray, instead: float | None
) -> dict[str, tuple[float | None, float | None]]:
    return {
        name: _shares(subset[names == name], whole[names == name], instead)
        for name in sorted(set(names.tolist()))
    }


def _part(
    shares: Mapping[str, tuple[float | None, float | None]], which: int
) -> Mapping[str, float | None]:
    return MappingProxyType({name: each[which] for name, each in shares.items()})


def _sizes(names: np.ndarray) -> Mapping[str, int]:
    there = names.tolist()
    return MappingProxyType({name: there.count(name) for name in sorted(set(there))})


def _distance(consistencies: Mapping[str, float | None]) -> float | None:
    """Euclidean distance of the consistencies, as shares of their sum, from equal shares."""
    defined = np.array([each for each in consistencies.values() if each is not None])
    if not defined.size or not defined.sum():
        return None
    return float(np.sqrt((((defined / defined.sum()) - 1 / defined.size) ** 2).sum()))
