"""Which rows terms cover, counted and listed without going through all combinations.

Comes in: terms (one entry a condition, None where any value will do) and the numbers of values.
Goes out: how many rows they cover, and the first of them by number.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from tertium.comparison.sets.minimisation.budget import Budget
from tertium.comparison.sets.minimisation.complement import complement
from tertium.comparison.sets.minimisation.implicants import Implicant


def size(term: Implicant, levels: Sequence[int]) -> int:
    """How many rows one term covers.

    >>> size((1, None, None), (2, 2, 3))
    6
    """
    return math.prod(count for value, count in zip(term, levels, strict=True) if value is None)


def rows_covered(
    terms: Sequence[Implicant], levels: Sequence[int], *, budget: Budget | None = None
) -> int:
    """How many rows at least one of the terms covers; exact, also where terms share rows.

    >>> rows_covered([(1, None), (None, 1)], (2, 2))
    3
    """
    left_out = complement(terms, levels, budget=budget)
    return math.prod(levels) - sum(size(term, levels) for term in left_out)


def first_rows(
    terms: Sequence[Implicant],
    levels: Sequence[int],
    *,
    without: Sequence[Implicant] = (),
    skip: Collection[int] = (),
    most: int,
) -> tuple[int, ...]:
    """The numbers of the rows that the terms cover, smallest first, `most` of them.

    Parameters
    ----------
    terms : sequence of tuple of int or None
    levels : sequence of int
    without : sequence of tuple of int or None
        Rows of these terms are left out.
    skip : collection of int
        Rows with these numbers are left out.
    most : int
        Where to stop.

    Examples
    --------
    >>> first_rows([(1, None), (None, 1)], (2, 2), skip={3}, most=10)
    (2, 4)
    """
    walk = _walk(list(terms), list(without), levels, 0, 0)
    return tuple(islice((number for number in walk if number not in skip), most))


def _walk(
    terms: list[Implicant],
    without: list[Implicant],
    levels: Sequence[int],
    condition: int,
    before: int,
) -> Iterator[int]:
    """Yield the rows below one choice of values for the first conditions, in order."""
    if not terms or any(_open(term, condition) for term in without):
        return
    if condition == len(levels):
        yield before + 1
        return
    for value in range(levels[condition]):
        number = before * levels[condition] + value
        yield from _walk(
            [term for term in terms if term[condition] in (None, value)],
            [term for term in without if term[condition] in (None, value)],
            levels,
            condition + 1,
            number,
        )


def _open(term: Implicant, start: int) -> bool:
    """Whether a term asks nothing of the conditions from a place on."""
    return all(value is None for value in term[start:])
