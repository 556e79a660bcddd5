"""Choose the cheapest groups that hold every span exactly once.

Comes in: groups of spans with their costs.
Goes out: the places of the chosen groups; their cost is the least there is.

Every span is given a price such that no group costs less than its spans together; what it costs
more is its waste. A choice of groups then wastes as much as it costs above the sum of all
prices, so that a search which always goes on from the least waste ends at a best choice, and
soon, where the prices are good. Quick prices come first; where the search takes long with them,
a linear program finds the best prices, and at last an integer program decides.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import Any

import numpy as np

from tertium.errors import TertiumError

# After so many steps the search gives up: with quick prices, with the best.
PATIENCE = (1_500, 20_000)
_ROUNDS = 3


def cheapest_cover(
    groups: Sequence[tuple[int, ...]],
    costs: np.ndarray,
    *,
    patience: tuple[int, int] = PATIENCE,
) -> list[int]:
    """Choose groups that hold every number that occurs exactly once, at the least cost.

    Parameters
    ----------
    groups : sequence of tuple of int
        Each sorted. Some choice must be possible: it is where each number stands alone in a group.
    costs : ndarray of float, shape (n_groups,)
        0 or more.
    patience : tuple of int
        Steps of the search before better prices, and before the integer program, take over.

    Examples
    --------
    >>> cheapest_cover([(0,), (1,), (2,), (0, 1), (1, 2)], np.array([1, 1, 1, 0.5, 0.4]))
    [0, 4]
    """
    chosen: list[int] = []
    for part in _parts(groups):
        own, own_costs = [groups[at] for at in part], costs[part]
        found = _searched(own, _quick_waste(own, own_costs), patience[0])
        if found is None:
            found = _searched(own, _least_waste(own, own_costs), patience[1])
        if found is None:
            found = _programmed(own, own_costs)
        chosen.extend(part[at] for at in found)
    return sorted(chosen)


def _parts(groups: Sequence[tuple[int, ...]]) -> list[list[int]]:
    """The places of the groups, in parts that have no number in common."""
    leader: dict[int, int] = {}

    def find(one: int) -> int:
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for group in groups:
        for each in group:
            leader.setdefault(each, each)
        first = find(group[0])
        for each in group[1:]:
            leader[find(each)] = first
    found: dict[int, list[int]] = {}
    for at, group in enumerate(groups):
        found.setdefault(find(group[0]), []).append(at)
    return list(found.values())


def _searched(groups: list[tuple[int, ...]], waste: list[float], patience: int) -> list[int] | None:
    numbers = sorted({each for group in groups for each in group})
    bit = {each: at for at, each in enumerate(numbers)}
    masks = [sum(1 << bit[each] for each in group) for group in groups]
    by_first: list[list[tuple[float, int, int]]] = [[] for _ in numbers]
    for at, group in enumerate(groups):
        by_first[bit[group[0]]].append((waste[at], masks[at], at))
    everything = (1 << len(numbers)) - 1
    # Least waste first; of equals the one that has come furthest.
    heap: list[tuple[float, int, int]] = [(0.0, 0, 0)]
    came: dict[int, tuple[float, int, int]] = {0: (0.0, -1, -1)}
    settled: set[int] = set()
    while heap and len(settled) < patience:
        wasted, _, held = heapq.heappop(heap)
        if held == everything:
            return _way_back(came, held)
        if held in settled:
            continue
        settled.add(held)
        first = (~held & (held + 1)).bit_length() - 1
        for more, mask, at in by_first[first]:
            if mask & held:
                continue
            now, total = held | mask, wasted + more
            if now not in came or total < came[now][0]:
                came[now] = (total, held, at)
                heapq.heappush(heap, (total, -now.bit_count(), now))
    return None


def _way_back(came: dict[int, tuple[float, int, int]], held: int) -> list[int]:
    chosen = []
    while held:
        _, held, at = came[held]
        chosen.append(at)
    return chosen


def _quick_waste(groups: list[tuple[int, ...]], costs: np.ndarray) -> list[float]:
    """What each group costs more than its members' prices, which are raised as far as they go."""
    within: dict[int, list[int]] = {}
    for at, group in enumerate(groups):
        for each in group:
            within.setdefault(each, []).append(at)
    share = [cost / len(group) for cost, group in zip(costs.tolist(), groups, strict=True)]
    price = {each: min(share[at] for at in own) for each, own in within.items()}
    waste = [
        max(cost - sum(price[each] for each in group), 0.0)
        for cost, group in zip(costs.tolist(), groups, strict=True)
    ]
    for turn in range(_ROUNDS):
        for each in sorted(within, reverse=bool(turn % 2)):
            more = min(waste[at] for at in within[each])
            if more > 0:
                for at in within[each]:
                    waste[at] -= more
    return waste


def _least_waste(groups: list[tuple[int, ...]], costs: np.ndarray) -> list[float]:
    """What each group costs more than its members' prices, whose sum is the greatest there is."""
    from scipy.optimize import linprog

    holds = _incidence(groups)
    solved = linprog(costs, A_eq=holds, b_eq=np.ones(holds.shape[0]), method="highs")
    if solved.status != 0:
        return _quick_waste(groups, costs)
    waste = costs - holds.T @ solved.eqlin.marginals
    return np.maximum(waste, 0.0).tolist()


def _programmed(groups: list[tuple[int, ...]], costs: np.ndarray) -> list[int]:
    from scipy.optimize import Bounds, LinearConstraint, milp

    solved = milp(
        costs,
        constraints=LinearConstraint(_incidence(groups), 1, 1),
        integrality=np.ones(len(groups)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    if solved.x is None:
        raise TertiumError(f"no best alignment found: {solved.message}")
    found: list[int] = np.nonzero(solved.x > 0.5)[0].tolist()
    return found


def _incidence(groups: list[tuple[int, ...]]) -> Any:
    """A sparse table with a row a number and a column a group; 1 where the group holds it."""
    from scipy.sparse import coo_array

    numbers = sorted({each for group in groups for each in group})
    row = {each: at for at, each in enumerate(numbers)}
    rows = [row[each] for group in groups for each in group]
    columns = [at for at, group in enumerate(groups) for _ in group]
    shape = (len(numbers), len(groups))
    return coo_array((np.ones(len(rows)), (rows, columns)), shape=shape).tocsr()
