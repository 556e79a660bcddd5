"""Everything that some terms leave out, as terms.

Comes in: rows or terms, and how many values each condition has.
Goes out: terms for all other rows; no two of them share a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tertium.comparison.sets.minimisation.budget import Budget
from tertium.comparison.sets.minimisation.hitting import A_STEP

Implicant = tuple[int | None, ...]


def complement(
    terms: Iterable[Implicant], levels: Sequence[int], *, budget: Budget | None = None
) -> list[Implicant]:
    """Terms that hold in every row in which none of these holds, and in no other row.

    It splits on the condition that most terms fix, value by value, until nothing is left or
    everything is held; rows are not listed.

    Parameters
    ----------
    terms : iterable of tuple of int or None
        One entry a condition, None where any value will do.
    levels : sequence of int
        How many values each condition has.
    budget : Budget, optional
        One step a term and split, and more where there are many conditions.

    Returns
    -------
    list of tuple of int or None
        Sorted by the order of the splits; no two share a row.

    Examples
    --------
    >>> complement([(1, 1)], [2, 2])
    [(0, None), (1, 0)]
    """
    budget = budget or Budget(None)
    found: list[Implicant] = []
    start: list[int | None] = [None] * len(levels)
    _split(list(dict.fromkeys(terms)), start, levels, budget, found)
    return found


def _split(
    terms: list[Implicant],
    at: list[int | None],
    levels: Sequence[int],
    budget: Budget,
    found: list[Implicant],
) -> None:
    """Add what the terms leave out of the part of the space where `at` holds.

    `terms` hold None for the conditions that `at` fixes: there they agree with it.
    """
    budget.spend(1 + len(terms) * (1 + len(levels) // A_STEP))
    if not terms:
        found.append(tuple(at))
        return
    fixed = [sum(value is not None for value in values) for values in zip(*terms, strict=True)]
    if not all(any(value is not None for value in term) for term in terms):
        return
    condition = fixed.index(max(fixed))
    for value in range(levels[condition]):
        inside = dict.fromkeys(
            (*term[:condition], None, *term[condition + 1 :])
            for term in terms
            if term[condition] in (None, value)
        )
        here = [*at[:condition], value, *at[condition + 1 :]]
        _split(list(inside), here, levels, budget, found)
