"""Which combination of conditions each case is in, and how far each is a subset of the outcome.

Comes in: memberships of cases in conditions and outcome.
Goes out: the combinations that cases show, with their consistency and PRI over all cases.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tertium.comparison.sets.fit.parameters import share
from tertium.comparison.sets.memberships import Memberships

# So many numbers at once are held while memberships in combinations are summed.
AT_ONCE = 4_000_000


def corners_of(
    memberships: Memberships, conditions: Sequence[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the combinations that cases show, and per case the place of its own; -1: in none."""
    table = memberships.corners(conditions)
    nowhere = (table < 0).any(axis=1)
    corners, inside = np.unique(table[~nowhere], axis=0, return_inverse=True)
    at = np.full(len(table), -1)
    at[~nowhere] = inside.ravel()
    return corners, at


def fits_of(
    memberships: Memberships, conditions: Sequence[str], corners: np.ndarray, y: np.ndarray
) -> tuple[list[float | None], list[float | None]]:
    """Return consistency and PRI of every combination, over all cases."""
    literals = [
        np.vstack([memberships.literal(name, value) for value in range(memberships.levels[name])])
        for name in conditions
    ]
    consistency: list[float | None] = []
    pri: list[float | None] = []
    step = max(1, AT_ONCE // max(1, len(y)))
    for start in range(0, len(corners), step):
        part = corners[start : start + step]
        inside = literals[0][part[:, 0]]
        for place in range(1, len(conditions)):
            inside = np.minimum(inside, literals[place][part[:, place]])
        both = np.minimum(inside, y)
        size, shared = inside.sum(axis=1), both.sum(axis=1)
        unclear = np.minimum(both, 1 - y).sum(axis=1)
        consistency += [share(*pair) for pair in zip(shared, size, strict=True)]
        pri += [share(*pair) for pair in zip(shared - unclear, size - unclear, strict=True)]
    return consistency, pri
