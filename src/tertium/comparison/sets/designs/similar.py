"""Most similar with different outcomes, most different with the same one: MSDO and MDSO.

Comes in: cases as rows of values, and categories of conditions.
Goes out: pairs of cases, and how near each comes to the extreme in each category.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from tertium.comparison.sets.designs.corners import Corners
from tertium.errors import UnknownNameError

Design = Literal["similar_different", "different_positive", "different_negative"]
ALL = "all conditions"
Pair = tuple[int, int]


@dataclass(frozen=True)
class Apart:
    """A pair of cases, and in how many conditions of each category they differ.

    Parameters
    ----------
    pair : (int, int)
        Places of the two cases, the earlier first.
    distance : int
        In how many conditions they differ.
    by_category : tuple of int
        The same, category by category.
    steps : tuple of int
        By category how many conditions they are away from the extreme pair of the design: 0 is as
        near as any pair comes (most alike, or most different), 1 is one condition off.
    """

    pair: Pair
    distance: int
    by_category: tuple[int, ...]
    steps: tuple[int, ...]

    def categories_within(self, level: int) -> int:
        """In how many categories the pair is at most so many conditions away from the extreme."""
        return sum(step <= level for step in self.steps)


def distances(values: np.ndarray) -> np.ndarray:
    """In how many conditions any two cases differ.

    Parameters
    ----------
    values : ndarray of int, shape (cases, conditions)

    Returns
    -------
    ndarray of int, shape (cases, cases)

    Examples
    --------
    >>> distances(np.array([[1, 0], [1, 1], [0, 1]])).tolist()
    [[0, 1, 2], [1, 0, 1], [2, 1, 0]]
    """
    return np.asarray((values[:, None, :] != values[None, :, :]).sum(axis=2))


def pairs_of(rows: Corners, design: Design) -> list[Pair]:
    """The pairs that a design compares, in the order of the cases."""
    if design not in get_args(Design):
        raise UnknownNameError(f"design={design!r}; there are {', '.join(get_args(Design))}")
    has = rows.positive
    wanted = {
        "similar_different": has[:, None] != has[None, :],
        "different_positive": has[:, None] & has[None, :],
        "different_negative": ~has[:, None] & ~has[None, :],
    }[design]
    first, second = np.nonzero(np.triu(wanted, 1))
    return [(int(one), int(two)) for one, two in zip(first, second, strict=True)]


def level_0(rows: Corners, design: Design) -> tuple[int | None, list[Pair]]:
    """The extreme distance of a design over all conditions, and the pairs that have it.

    Returns
    -------
    (int or None, list of pairs)
        The least distance of a pair with different outcomes, or the greatest of a pair with the
        same; None where the design has no pair.
    """
    pairs = pairs_of(rows, design)
    if not pairs:
        return None, []
    apart = distances(rows.values)
    extreme = min if design == "similar_different" else max
    found = int(extreme(apart[pair] for pair in pairs))
    return found, [pair for pair in pairs if apart[pair] == found]


def ranked_pairs(
    rows: Corners, design: Design, categories: Mapping[str, Sequence[str]] | None = None
) -> list[Apart]:
    """The pairs of a design, those that come nearest to the extreme in most categories first.

    A single category with many conditions would decide alone if all conditions were counted
    together; so conditions that belong together are put in a category, and it is asked in how many
    categories a pair is extreme (level 0), at most one condition away from it (level 1), and so on.

    Parameters
    ----------
    rows : Corners
    design : {"similar_different", "different_positive", "different_negative"}
        Most similar with different outcomes; most different with the outcome, or without it.
    categories : mapping of str to sequence of str, optional
        Conditions by category, each condition in one; without it all are one category.

    Returns
    -------
    list of Apart
        By the number of categories at level 0, then at level 1 or below, and so on, then by
        distance over all conditions, then in the order of the cases.

    Raises
    ------
    UnknownNameError
        A category without conditions, a condition that is none, or is in no category or in two.

    Notes
    -----
    The extreme of a category is the one that a pair of this design reaches, as in De Meur and
    Berg-Schlosser (1994); where no pair does, it is not the number of conditions in the category.

    References
    ----------
    .. [1] De Meur, G. and Berg-Schlosser, D. (1994). Comparing political systems: establishing
       similarities and dissimilarities. European Journal of Political Research 26(2): 193-219.
    .. [2] Berg-Schlosser, D. and De Meur, G. (2009). Comparative research design: case and
       variable selection. In: Rihoux, B. and Ragin, C. C. (eds), Configurational Comparative
       Methods. Sage. Ch. 2.
    """
    places = category_places(rows.conditions, categories)
    pairs = pairs_of(rows, design)
    if not pairs:
        return []
    apart = [distances(rows.values[:, list(each)]) for each in places.values()]
    extreme = min if design == "similar_different" else max
    ends = [extreme(int(category[pair]) for pair in pairs) for category in apart]
    found = []
    for pair in pairs:
        held = tuple(int(category[pair]) for category in apart)
        steps = tuple(abs(here - end) for here, end in zip(held, ends, strict=True))
        found.append(Apart(pair, sum(held), held, steps))
    deepest = max(max(each.steps) for each in found)
    sign = 1 if design == "similar_different" else -1

    def order(each: Apart) -> tuple[object, ...]:
        counts = tuple(-each.categories_within(level) for level in range(deepest + 1))
        return counts, sign * each.distance, each.pair

    return sorted(found, key=order)


def category_places(
    conditions: Sequence[str], categories: Mapping[str, Sequence[str]] | None
) -> dict[str, tuple[int, ...]]:
    """By category the places of its conditions.

    Raises
    ------
    UnknownNameError
        See `ranked_pairs`.
    """
    if categories is None:
        return {ALL: tuple(range(len(conditions)))}
    for name, each in categories.items():
        if isinstance(each, str) or not each:
            raise UnknownNameError(f"category {name!r}: write a list of conditions")
    told = [condition for each in categories.values() for condition in each]
    strange = [name for name in told if name not in conditions]
    if strange:
        raise UnknownNameError(
            f"categories name {strange[0]!r}, which is no condition here; there are "
            f"{', '.join(conditions)}"
        )
    wrong = [name for name in conditions if told.count(name) != 1]
    if wrong:
        raise UnknownNameError(f"{', '.join(wrong)}: each condition stands in exactly one category")
    return {
        str(name): tuple(conditions.index(each) for each in names)
        for name, names in categories.items()
    }
