"""Several codes a unit: each cell is a set of labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tertium.agreement.coefficient import NAN, Coefficient
from tertium.agreement.coefficients.alpha import alpha_sums, pairable_units
from tertium.agreement.coefficients.cells import MISSING, Floats, refuse
from tertium.agreement.coefficients.counts import Reliability, UnitTable, names_of, unit_table
from tertium.agreement.coefficients.disagreement import Disagreement, any_disagreement
from tertium.agreement.coefficients.kappa import pair_without_variation, why_no_pair
from tertium.agreement.coefficients.percent import no_pairs
from tertium.agreement.coefficients.sums import Parts, Sums, disagreement_ratio, follows, quadratic
from tertium.agreement.distance import SET_DISTANCES, SetDistance, set_distances


def set_table(reliability: Reliability) -> UnitTable:
    """Count how units were coded where each cell is a set of labels.

    Parameters
    ----------
    reliability : DataFrame or array, shape (n_coders, n_units)
        Sets, frozensets, lists or tuples of labels; empty where a coder found none, missing
        (None, NaN) where she did not code.

    Returns
    -------
    UnitTable
        Its values are the sets that occur, smaller ones first, then by their labels.

    Examples
    --------
    >>> table = set_table(pd.DataFrame([[{"b", "a"}, set()], [{"a"}, None]]))
    >>> [sorted(one) for one in table.values], table.rows.tolist()
    ([[], ['a'], ['a', 'b']], [[0, -1], [2, 1]])
    """
    if isinstance(reliability, UnitTable):
        return reliability
    if isinstance(reliability, pd.DataFrame):
        cells = reliability.to_numpy(dtype=object)
    else:
        cells = np.asarray(reliability, dtype=object)
    if cells.ndim != 2:
        refuse("shape", f"{cells.ndim} dimensions", "give one row a coder, one column a unit")
    sets = [_as_set(cell) for cell in cells.reshape(-1)]
    values = sorted({one for one in sets if one is not None}, key=_set_order)
    place = {one: index for index, one in enumerate(values)}
    codes = np.array([np.nan if one is None else place[one] for one in sets], dtype=float)
    table = unit_table(codes.reshape(cells.shape))
    kept = np.empty(len(values), dtype=object)
    kept[:] = values
    names = names_of(reliability)
    return UnitTable(table.rows, table.units, kept, table.n_coded_by_nobody, names=names)


def _as_set(cell: Any) -> frozenset[Any] | None:
    if cell is None or cell is pd.NA or (isinstance(cell, float) and np.isnan(cell)):
        return None
    if not isinstance(cell, frozenset | set | list | tuple):
        refuse("cell", repr(cell), "give a set of labels, or None where nobody coded")
    return frozenset(cell)


def _set_order(labels: frozenset[Any]) -> tuple[int, list[tuple[str, str]]]:
    return len(labels), sorted((type(one).__name__, str(one)) for one in labels)


def set_alpha_rule(table: UnitTable, *, distance: str) -> Sums:
    """Return the rule of `set_alpha`."""
    whole = set_table(table)
    between = _distances(whole, distance)
    indices = np.arange(max(whole.n_values, 1))

    def look_up(left: NDArray[Any], right: NDArray[Any]) -> Floats:
        return between[left, right]

    pairable = pairable_units(whole)
    return alpha_sums(
        f"Krippendorff's alpha for sets ({distance})",
        whole,
        pairable,
        any_disagreement(pairable, indices, look_up),
        {"distance": distance, "parts": "disagreement"},
    )


def _distances(table: UnitTable, distance: str) -> Floats:
    if distance not in SET_DISTANCES:
        refuse("distance", f"{distance!r} is none", f"use one of {', '.join(SET_DISTANCES)}")
    if not table.n_values:
        return np.zeros((1, 1))
    return set_distances(list(table.values), distance)


@follows(set_alpha_rule)
def set_alpha(reliability: Reliability, *, distance: SetDistance) -> Coefficient:
    """Krippendorff's alpha where each coder may give a unit several codes, or none.

    Chance disagreement is drawn from the sets that occur.

    Parameters
    ----------
    reliability : DataFrame or array, shape (n_coders, n_units)
        Each cell a set of labels; an empty set is a coding ("none of them"), missing is none.
    distance : {"nominal", "jaccard", "masi"}
        Sets equal or not; share of labels that only one has; the same, forgiving a set for
        holding the other [1]_ (with thirds, as in 2006).

    Returns
    -------
    Coefficient
        Observed and expected disagreement. NaN with `no_pairable_values` or `no_variation`.

    References
    ----------
    .. [1] Passonneau, R. (2006). Measuring agreement on set-valued items (MASI) for semantic and
       pragmatic annotation. LREC 2006.

    Examples
    --------
    >>> coded = pd.DataFrame([[{"a", "b"}, {"c"}, set()], [{"a"}, {"c"}, None]])
    >>> round(set_alpha(coded, distance="jaccard").value, 3)
    0.667
    """
    return set_alpha_rule(set_table(reliability), distance=distance).coefficient()


def set_kappa_rule(table: UnitTable, *, distance: str) -> Sums:
    """Return the rule of `set_kappa`."""
    table = set_table(table)
    between = _distances(table, distance)
    pairs, alike = [], ""
    for first, second in combinations(table.coders.tolist(), 2):
        both = (table.rows[:, [first, second]] != MISSING).all(axis=1)
        if both.any():
            part = table.of_coders(first, second)
            pairs.append((both, _weighted_kappa(part, between)))
            alike = alike or pair_without_variation(table, first, second)

    def parts(of: Floats) -> Parts:
        each = [pair(of[:, both]) for both, pair in pairs]
        return Parts(
            np.mean([one.observed for one in each], axis=0),
            np.mean([one.expected for one in each], axis=0),
            np.mean([one.value for one in each], axis=0),
        )

    return Sums(
        name=f"Weighted kappa for sets ({distance})",
        table=table,
        parts=parts,
        reason=no_pairs(table),
        **why_no_pair(table, alike),
        details={"distance": distance, "parts": "disagreement", "n_pairs": len(pairs)},
        symmetric=False,
    )


def _weighted_kappa(table: UnitTable, between: Floats) -> Callable[[Floats], Parts]:
    left, right = table.rows.T
    unlike = between[left, right]
    ours, theirs = np.eye(table.n_values)[left], np.eye(table.n_values)[right]

    def parts(of: Floats) -> Parts:
        number = of.sum(axis=1)
        expected = quadratic(of @ ours, between, of @ theirs) / number**2
        return disagreement_ratio((of @ unlike) / number, expected)

    return parts


@follows(set_kappa_rule)
def set_kappa(reliability: Reliability, *, distance: SetDistance) -> Coefficient:
    """Cohen's weighted kappa where each coder may give a unit several codes, or none.

    Chance disagreement is drawn from each coder's own sets. For more than two coders the mean
    over pairs, each on the units that both coded.

    Parameters
    ----------
    reliability : DataFrame or array, shape (n_coders, n_units)
        Each cell a set of labels; an empty set is a coding ("none of them"), missing is none.
    distance : {"nominal", "jaccard", "masi"}
        As in `set_alpha`.

    Returns
    -------
    Coefficient
        Observed and expected disagreement. NaN with `no_pairable_values` or `no_variation`.

    References
    ----------
    .. [1] Cohen, J. (1968). Weighted kappa: nominal scale agreement with provision for scaled
       disagreement or partial credit. Psychological Bulletin 70, 213-220.
    .. [2] Artstein, R., & Poesio, M. (2008). Inter-coder agreement for computational linguistics.
       Computational Linguistics 34, 555-596. Section 2.6.2.

    Examples
    --------
    >>> coded = pd.DataFrame([[{"a", "b"}, {"c"}, set()], [{"a"}, {"c"}, {"c"}]])
    >>> round(set_kappa(coded, distance="jaccard").value, 3)
    0.308
    """
    return set_kappa_rule(set_table(reliability), distance=distance).coefficient()


def multi_valued_rule(table: UnitTable) -> Sums:
    """Return the rule of `multi_valued_alpha`."""
    whole = set_table(table)
    pairable = pairable_units(whole)
    sets: Sequence[frozenset[Any]] = list(whole.values)
    sizes = np.array([len(one) for one in sets], dtype=int)
    labels = sorted(
        {label for one in sets for label in one}, key=lambda one: _set_order(frozenset({one}))
    )
    holds = np.array([[label in one for label in labels] for one in sets], dtype=float)
    shared = holds.reshape(len(sets), len(labels)) @ holds.reshape(len(sets), len(labels)).T
    total = np.maximum(sizes[:, None] + sizes[None, :], 1)
    between = np.where(sizes[:, None] + sizes[None, :] > 0, 1 - 2 * shared / total, 0.0)
    as_observed = any_disagreement(
        pairable, np.arange(max(len(sets), 1)), lambda left, right: between[left, right]
    )

    def parts(of: Floats) -> Parts:
        margins = of @ pairable.counts
        expected = np.array([_expected(one, sizes, one @ holds) for one in margins])
        return disagreement_ratio(as_observed.parts(of).observed, expected)

    return alpha_sums(
        "Multi-valued alpha",
        whole,
        pairable,
        Disagreement(parts),
        {"parts": "disagreement", "metric": "nominal", "n_labels": len(labels)},
    )


def _expected(margins: Floats, sizes: NDArray[Any], label_counts: Floats) -> float:
    """Return the disagreement of sets that are put together from labels at random.

    Sets keep the sizes that occur; within a pair of sizes, two sets weigh as many ways as there
    are to draw their labels, a label in both counting n(n - 1). What matters of a pair is how
    many labels it shares, so that ways are summed by polynomials and no sets are listed.
    """
    number = margins.sum()
    if not number:
        return NAN
    present = [int(size) for size in np.unique(sizes[margins > 0])]
    ways = _ways(label_counts, max(present, default=0))
    total = 0.0
    for one in present:
        for other in present:
            common = np.arange(min(one, other) + 1)
            weight = ways[one, other, common]
            if one + other == 0 or not weight.sum():
                continue
            unlike = 1 - 2 * common / (one + other)
            share = margins[sizes == one].sum() * margins[sizes == other].sum() / number**2
            total += share * (weight @ unlike) / weight.sum()
    return total


def _ways(label_counts: Floats, largest: int) -> Floats:
    """Return the ways to draw two sets, by their sizes and by how many labels they share."""
    ways = np.zeros((largest + 1,) * 3)
    ways[0, 0, 0] = 1
    used = label_counts[label_counts > 0]
    # Scaled, so that large counts don't overflow: the ratio of ways of equal sizes stays.
    scale = used.max(initial=1.0)
    for count in used:
        grown = ways.copy()
        once = count / scale
        grown[1:] += once * ways[:-1]
        grown[:, 1:] += once * ways[:, :-1]
        grown[1:, 1:, 1:] += once * (count - 1) / scale * ways[:-1, :-1, :-1]
        ways = grown
    return ways


@follows(multi_valued_rule)
def multi_valued_alpha(reliability: Reliability) -> Coefficient:
    """Krippendorff's alpha for sets whose chance is drawn from labels, not from whole sets.

    Disagreement of two sets is the share of labels that only one has, among the labels of both;
    an empty and another set disagree wholly. Chance disagreement is that of all sets that could
    be put together from the labels as often as they occur, of the sizes that occur.

    Parameters
    ----------
    reliability : DataFrame or array, shape (n_coders, n_units)
        Each cell a set of labels; an empty set is a coding ("none of them"), missing is none.

    Returns
    -------
    Coefficient
        Observed and expected disagreement. NaN with `no_pairable_values` or `no_variation`.

    References
    ----------
    .. [1] Krippendorff, K., & Craggs, R. (2016). The reliability of multi-valued coding of data.
       Communication Methods and Measures 10, 181-198.

    Examples
    --------
    >>> coded = pd.DataFrame([[{"a", "b"}, {"c"}, set()], [{"a"}, {"c"}, None]])
    >>> round(multi_valued_alpha(coded).value, 3)
    0.77
    """
    return multi_valued_rule(set_table(reliability)).coefficient()
