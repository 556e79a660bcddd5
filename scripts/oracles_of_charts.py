"""Reference cases on charts of prime implicants, for `check_oracles`.

A chart has one row a prime implicant and one column a row of the truth table to cover; covers hold
positions counted from 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from scripts.oracles_of_units import Dataset, Params, known

from tertium.comparison.sets.minimisation.chart import covers, dominated
from tertium.errors import UnknownNameError

# More than any chart has that is checked by hand.
MOST = 100_000
UNSOLVABLE = "no cover: a column is covered by no prime implicant"


def pi_chart(dataset: Dataset, params: Params) -> Mapping[str, Any]:
    """Return size and lists of covers, and the rows that are inside no other one."""
    known(params, "rows", "columns")
    rows = dataset["values"]
    columns = len(rows[0]) if rows else 0
    chart = [sum(bool(cell) << at for at, cell in enumerate(row)) for row in rows]
    least = covers(chart, columns, most=MOST)
    every = covers(chart, columns, every=True, most=MOST)
    if not (least.complete and every.complete):
        raise UnknownNameError(f"the chart has more than {MOST:,} covers")
    error = {"error": UNSOLVABLE}
    out = set(dominated(chart))
    return {
        "min_size": 0 if least.unsolvable else least.size,
        "minimal_covers": error if least.unsolvable else from_one(least.covers),
        "irredundant_covers": error if every.unsolvable else from_one(every.covers),
        "row_dominance_keep": [at + 1 for at in range(len(chart)) if at not in out],
    }


def from_one(found: tuple[tuple[int, ...], ...]) -> list[list[int]]:
    """Return covers with positions counted from 1."""
    return [[at + 1 for at in cover] for cover in found]


def canonical(value: Any) -> Any:
    """Return a result with its lists sorted, and any error as one."""
    if isinstance(value, Mapping):
        if "error" in value:
            return "error"
        return {key: canonical(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return sorted((canonical(one) for one in value), key=lambda one: (str(type(one)), one))
    return value


STATISTICS: dict[str, Callable[[Dataset, Params], Any]] = {"qca.pi_chart": pi_chart}
CANONICAL: dict[str, Callable[[Any], Any]] = {"qca.pi_chart": canonical}
TOLERANCES: dict[str, float] = {}
