"""All covers of the least size.

Comes in: a search that knows the least size, and how many prime implicants each mask stands for.
Goes out: the covers, as masks, and how many models they stand for.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, islice

from tertium.comparison.sets.minimisation.budget import BudgetSpentError
from tertium.comparison.sets.minimisation.least import DEEPEST, LeastCover

# One tuple of masks a place of a cover.
Chosen = tuple[tuple[int, ...], ...]
# Once enough covers are listed, others are counted for as many steps again, and for these.
COUNTING = 20_000


@dataclass(frozen=True)
class Listed:
    """Covers, the number of covers that is known of, and whether there are no others.

    Each cover has one tuple of masks a place: any of them will do there. `spent` says that the
    budget, and not the number asked for, ended the listing.
    """

    covers: list[Chosen]
    number: int
    counted: bool
    spent: bool


def least_covers(search: LeastCover, numbers: Mapping[int, int], size: int, *, most: int) -> Listed:
    """Every cover by so many masks, each once, until enough are found.

    Masks that are inside others count too: such a mask can stand in a cover of the least size.
    """
    if size > DEEPEST:
        return Listed([], 0, counted=False, spent=True)
    listing = _Listing(search, numbers, most)
    try:
        listing.extend((), search.wanted, size, {mask: (mask,) for mask in sorted(numbers)})
    except _EnoughError:
        return Listed(listing.covers, listing.number, counted=False, spent=False)
    except BudgetSpentError:
        return Listed(listing.covers, listing.number, counted=False, spent=True)
    return Listed(listing.covers, listing.number, counted=True, spent=False)


class _EnoughError(Exception):
    """There is no need to look on."""


class _Listing:
    def __init__(self, search: LeastCover, numbers: Mapping[int, int], most: int) -> None:
        self.search = search
        self.numbers = numbers
        self.most = most
        self.covers: list[Chosen] = []
        self.number = 0
        self.start = self.last = search.budget.spent
        self.full_at: int | None = None

    def extend(
        self, chosen: Chosen, wanted: int, size: int, masks: Mapping[int, tuple[int, ...]]
    ) -> None:
        """Complete a choice with masks that may still be taken.

        `masks` are cut to the open columns, each with those that it was cut from: they lead to the
        same covers. A mask that was tried for a column is not taken below the ones tried after
        it, so that each cover comes up once.
        """
        if not wanted:
            self._keep(chosen)
            return
        self.search.budget.spend(1 + len(masks) // 8)
        self._look_on()
        if size == 1:
            if wanted in masks:
                self._keep((*chosen, masks[wanted]))
            return
        if not self.search.coverable(wanted, size):
            return
        column = self.search.column(wanted)
        holding = sorted(
            (mask for mask in masks if mask & column), key=lambda mask: (-mask.bit_count(), mask)
        )
        others = [mask for mask in masks if not mask & column]
        for at, mask in enumerate(holding):
            left = wanted & ~mask
            cut: dict[int, tuple[int, ...]] = {}
            for one in chain(others, islice(holding, at + 1, None)):
                if part := one & left:
                    cut[part] = cut.get(part, ()) + masks[one]
            self.extend((*chosen, masks[mask]), left, size - 1, cut)

    def _keep(self, cover: Chosen) -> None:
        if self.full_at is None:
            self.covers.append(cover)
        self.number += math.prod(sum(self.numbers[mask] for mask in place) for place in cover)
        if self.full_at is None and self.number >= self.most:
            self.full_at = self.search.budget.spent
            self.last = 2 * self.full_at - self.start + COUNTING

    def _look_on(self) -> None:
        if self.full_at is not None and self.search.budget.spent > self.last:
            raise _EnoughError
