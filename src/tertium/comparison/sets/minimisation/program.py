"""The least size of a cover by an integer program, for charts that the search is slow with.

Comes in: masks and the columns to cover.
Goes out: a cover, and a size below which there is none.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tertium.comparison.sets.minimisation.hitting import bits

# What a bound may lack by rounding before it counts as the next whole number.
_SLACK = 1e-6


@dataclass(frozen=True)
class Programmed:
    """What a program came to: a bound, a cover if it has one, and the nodes that it took."""

    low: int
    cover: list[int] | None
    nodes: int


def least_by_program(masks: Sequence[int], wanted: int, *, nodes: int) -> Programmed:
    """Ask for the smallest cover, by branching on no more than so many nodes.

    The number of nodes and not the time ends it, so that the answer is the same every time. Its
    bound is computed with rounding, which the search itself is not.

    Parameters
    ----------
    masks : sequence of int
        Together they hold all wanted columns.
    wanted : int
        The columns to cover.
    nodes : int
        More than 0.

    Examples
    --------
    >>> least_by_program([0b011, 0b110, 0b101], 0b111, nodes=10).low
    2
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    places = {column: at for at, column in enumerate(bits(wanted))}
    cells = [(places[at], which) for which, mask in enumerate(masks) for at in bits(mask & wanted)]
    rows, columns = zip(*cells, strict=True)
    held = csr_array((np.ones(len(cells)), (rows, columns)), shape=(len(places), len(masks)))
    found = milp(
        np.ones(len(masks)),
        constraints=LinearConstraint(held, lb=1),
        integrality=np.ones(len(masks)),
        bounds=Bounds(0, 1),
        options={"node_limit": nodes},
    )
    bound = found.mip_dual_bound
    low = math.ceil(bound - _SLACK) if bound is not None and np.isfinite(bound) else 1
    chosen = (
        None if found.x is None else [masks[at] for at in np.flatnonzero(found.x > 0.5).tolist()]
    )
    if chosen is not None and wanted & ~_together(chosen):
        chosen = None
    return Programmed(max(low, 1), chosen, int(found.mip_node_count or 1))


def _together(masks: Sequence[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union
