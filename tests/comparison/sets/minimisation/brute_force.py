"""Other, slow ways to prime implicants and covers, which the tests hold ours against."""

from __future__ import annotations

from itertools import combinations, product

from tertium.comparison.sets.minimisation.implicants import Implicant, Row


def holds(term: Implicant, row: Row) -> bool:
    return all(one in (None, value) for one, value in zip(term, row, strict=True))


def all_rows(levels: list[int]) -> list[Row]:
    return list(product(*(range(level) for level in levels)))


def merged_implicants(positive: list[Row], allowed: set[Row], levels: list[int]) -> set[Implicant]:
    """Prime implicants by merging, as Quine and McCluskey do: all rows are listed."""
    now: set[Implicant] = set(allowed)
    prime: set[Implicant] = set()
    while now:
        merged: set[Implicant] = set()
        used: set[Implicant] = set()
        for term in now:
            for at, level in enumerate(levels):
                if term[at] is None:
                    continue
                family = {(*term[:at], value, *term[at + 1 :]) for value in range(level)}
                if family <= now:
                    used |= family
                    merged.add((*term[:at], None, *term[at + 1 :]))
        prime |= now - used
        now = merged
    return {term for term in prime if any(holds(term, row) for row in positive)}


def all_irredundant(chart: list[int], columns: int) -> list[tuple[int, ...]]:
    """Every cover from which nothing can be taken away: all subsets are looked at."""
    full = (1 << columns) - 1

    def union(members: tuple[int, ...]) -> int:
        together = 0
        for at in members:
            together |= chart[at]
        return together & full

    return [
        members
        for size in range(len(chart) + 1)
        for members in combinations(range(len(chart)), size)
        if union(members) == full
        and all(union((*members[:at], *members[at + 1 :])) != full for at in range(size))
    ]
