"""An order of coders that follows from what they coded, not from how a table lists them.

Comes in: the patterns of a table and how often each occurs. Goes out: the columns in order.
"""

from __future__ import annotations

from itertools import groupby, permutations, product
from math import factorial, prod
from typing import Any

import numpy as np

from tertium.agreement.coefficients.cells import Ints

# Orders of coders alike in all else that are tried, by the patterns that each has to sort.
MOST_TRIED = 1_000_000


def canonical_order(rows: Ints, units: Ints) -> Ints:
    """Return the columns sorted by what each coder coded beside what the others coded.

    Coders who are alike in that are tried in every order, as long as these are few; the order
    whose table sorts first is taken.

    Examples
    --------
    >>> rows, units = np.array([[0, 1, 1], [1, 0, 1]]), np.array([2, 5])
    >>> canonical_order(rows, units).tolist()
    [0, 1, 2]
    >>> canonical_order(rows[:, [2, 1, 0]], units).tolist()
    [2, 1, 0]
    """
    number = rows.shape[1]
    views = [_view(rows, units, coder) for coder in range(number)]
    order = sorted(range(number), key=views.__getitem__)
    alike = [list(group) for _, group in groupby(order, key=views.__getitem__)]
    tried = prod(factorial(len(group)) for group in alike)
    if tried == 1 or tried * len(rows) > MOST_TRIED:
        return np.array(order, dtype=np.int64)
    orders = (
        [coder for group in groups for coder in group]
        for groups in product(*(permutations(group) for group in alike))
    )
    best = min(orders, key=lambda one: _sorted_bytes(rows[:, one], units))
    return np.array(best, dtype=np.int64)


def _view(rows: Ints, units: Ints, coder: int) -> bytes:
    """Return a coder's patterns: her value, those of the others sorted, how many units."""
    others = np.sort(np.delete(rows, coder, axis=1), axis=1)
    return _sorted_bytes(np.column_stack([rows[:, coder], others]), units)


def _sorted_bytes(rows: Any, units: Ints) -> bytes:
    table = np.column_stack([rows, units]).astype(">i8")
    return table[np.lexsort(table.T[::-1])].tobytes()
