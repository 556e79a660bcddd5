"""How few prime implicants cover a chart, and one cover that shows it.

Comes in: the masks of a chart.
Goes out: the least number with a cover of that size, or, where the budget was too small to prove
it, the two numbers that it lies between.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from tertium.comparison.sets.minimisation.budget import Budget, BudgetSpentError
from tertium.comparison.sets.minimisation.hitting import A_STEP, bits
from tertium.comparison.sets.minimisation.program import least_by_program

# Can be divided by every size that a mask is likely to have, so that weights are whole numbers.
_WHOLE = math.lcm(*range(1, 65))
# After so many steps of its own the search asks an integer program, which may branch so often;
# a node of it takes about so many steps.
_OWN_STEPS = 500_000
_MOST_NODES = 200
# Searches go one level deeper a mask; above so many they are left to the program.
DEEPEST = 250
_A_NODE = 10_000


def largest_masks(masks: Iterable[int]) -> list[int]:
    """Those that lie inside no other one; largest first.

    Examples
    --------
    >>> largest_masks([0b001, 0b011, 0b110])
    [3, 6]
    """
    kept: list[int] = []
    holding: dict[int, list[int]] = {}
    for mask in sorted(set(masks), key=lambda one: (-one.bit_count(), one)):
        places = bits(mask)
        if not places:
            continue
        rarest = min((holding.get(at, []) for at in places), key=len)
        if any(one & mask == mask for one in rarest):
            continue
        kept.append(mask)
        for at in places:
            holding.setdefault(at, []).append(mask)
    return kept


def fewest_possible(masks: Sequence[int], wanted: int) -> int:
    """A number of masks, largest first, that every cover of the wanted columns has at the least.

    Each column weighs one part in the size of the largest mask that holds it. No mask weighs
    more than 1 then, so that a cover needs as many as the columns weigh together.

    Examples
    --------
    >>> fewest_possible([0b011, 0b110, 0b101], 0b111)
    2
    """
    weight, left = 0, wanted
    for mask in masks:
        new = left & mask
        if new:
            weight += new.bit_count() * (_WHOLE // mask.bit_count())
            left ^= new
            if not left:
                break
    return -(-weight // _WHOLE)


class LeastCover:
    """The search for a cover of least size; it remembers what it proved on the way.

    Parameters
    ----------
    masks : iterable of int
        Bit masks over the columns. Equal ones and those inside others are left out: they
        can't make a cover smaller.
    wanted : int
        The columns to cover; the masks together must hold them.
    """

    def __init__(self, masks: Iterable[int], wanted: int, budget: Budget) -> None:
        self.wanted = wanted
        self.budget = budget
        self.masks = largest_masks(mask & wanted for mask in masks)
        # By open columns: sizes that are too small, and sizes that will do.
        self.proven: dict[int, int] = {}
        self.reached: dict[int, int] = {}
        self.widest = self.masks[0].bit_count() if self.masks else 0
        columns = [1 << at for at in bits(wanted)]
        holding = {column: [one for one in self.masks if one & column] for column in columns}
        # The column that the fewest masks hold first.
        self.holding = dict(sorted(holding.items(), key=lambda item: (len(item[1]), item[0])))

    def solve(self) -> tuple[int, int, list[int]]:
        """Two bounds of the size, equal where it is proven, and a cover of the upper one's size.

        The masks of the cover are those given, or parts of them.
        """
        best = self._greedy()
        low = fewest_possible(self.masks, self.wanted)
        whole, own = self.budget, Budget(_OWN_STEPS)
        if whole.left is not None:
            own = Budget(min(_OWN_STEPS, whole.left))
        self.budget = own
        try:
            while low < len(best) and low <= DEEPEST:
                found = self.within(self.wanted, low, self.masks)
                if found is not None:
                    best = found
                else:
                    low += 1
        except BudgetSpentError:
            low = self.proven.get(self.wanted, low)
        self.budget = whole
        whole.spent += own.spent
        nodes = _MOST_NODES if whole.left is None else min(_MOST_NODES, whole.left // _A_NODE)
        if low < len(best) and nodes:
            asked = least_by_program(self.masks, self.wanted, nodes=nodes)
            whole.spent += asked.nodes * _A_NODE
            low = max(low, asked.low)
            if asked.cover is not None and len(asked.cover) < len(best):
                best = self._without_superfluous(asked.cover)
        self.reached[self.wanted] = len(best)
        return low, len(best), best

    def column(self, wanted: int) -> int:
        """The open column that the fewest masks hold, as a mask."""
        return next(column for column in self.holding if wanted & column)

    def coverable(self, wanted: int, size: int) -> bool:
        """Whether so many masks can cover these columns."""
        if self.reached.get(wanted, size + 1) <= size:
            return True
        return self.within(wanted, size, self.masks) is not None

    def within(self, wanted: int, size: int, masks: Sequence[int]) -> list[int] | None:
        """A cover of these columns by so many masks at the most, or None if there is none.

        The masks of the cover are those of `masks`, cut to the columns that were open.
        """
        if not wanted:
            return []
        if self.proven.get(wanted, 0) > size:
            return None
        found = self._pair(wanted) if size == 2 else self._more(wanted, size, masks)
        if found is None:
            self.proven[wanted] = size + 1
        else:
            self.reached[wanted] = min(size, self.reached.get(wanted, size))
        return found

    def _more(self, wanted: int, size: int, masks: Sequence[int]) -> list[int] | None:
        if size < 2:
            return [wanted] if size and self._one_holds(wanted) else None
        self.budget.spend(1 + len(masks) // A_STEP)
        inside = sorted({mask & wanted for mask in masks}, key=int.bit_count, reverse=True)
        if fewest_possible(inside, wanted) > size:
            return None
        column = self.column(wanted)
        for mask in largest_masks(one for one in inside if one & column):
            rest = self.within(wanted & ~mask, size - 1, inside)
            if rest is not None:
                return [mask, *rest]
        return None

    def _pair(self, wanted: int) -> list[int] | None:
        """One mask or two that hold all of this: most of the time goes here."""
        for mask in {one & wanted for one in self.holding[self.column(wanted)]}:
            left = wanted & ~mask
            if not left:
                return [mask]
            if left.bit_count() <= self.widest and self._one_holds(left):
                return [mask, left]
        return None

    def _one_holds(self, wanted: int) -> bool:
        holding = self.holding[self.column(wanted)]
        self.budget.spend(1 + len(holding) // A_STEP)
        return any(wanted & ~mask == 0 for mask in holding)

    def _greedy(self) -> list[int]:
        """A cover that takes the mask with the most open columns, again and again."""
        left, chosen = self.wanted, []
        while left:
            mask = max(self.masks, key=lambda one: ((one & left).bit_count(), -one))
            chosen.append(mask)
            left &= ~mask
        return self._without_superfluous(chosen)

    def _without_superfluous(self, cover: list[int]) -> list[int]:
        kept = list(cover)
        for mask in cover:
            others = 0
            for one in kept:
                others |= one if one != mask else 0
            if self.wanted & ~others == 0:
                kept.remove(mask)
        return kept
