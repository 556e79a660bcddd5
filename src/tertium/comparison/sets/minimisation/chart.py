"""Which prime implicants it takes to cover all rows: the models.

Comes in: a chart, for each prime implicant a bit mask of the rows in which it holds.
Goes out: the covers, all of the least size or all without a superfluous member, in one order.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from tertium.comparison.sets.minimisation.budget import Budget, BudgetSpentError
from tertium.comparison.sets.minimisation.hitting import bits, minimal_hitting_sets, minimal_sets
from tertium.comparison.sets.minimisation.least import DEEPEST, LeastCover, largest_masks
from tertium.comparison.sets.minimisation.listing import Chosen, Listed, least_covers

Cover = tuple[int, ...]
# Some seconds of search.
STEPS = 5_000_000
_NARROWING = 300_000


@dataclass(frozen=True)
class Covers:
    """Covers of a chart, and what is known of those that are not listed.

    Parameters
    ----------
    size : int or None
        The least number of prime implicants in a cover; None where it could not be proven within
        the budget, or there is no cover.
    covers : tuple of tuple of int
        Positions in the chart, from 0, each cover sorted. Sorted by size, then by position. Where
        the size is not proven, one cover of the size `bounds[1]`.
    complete : bool
        Whether these are all that were asked for.
    at_least : int
        A number that there are at the least: that of `covers`, or more where some were counted and
        not listed.
    counted : bool
        Whether `at_least` is how many there are.
    spent : bool
        Whether the budget ended the search.
    unsolvable : bool
        Whether some column is covered by no prime implicant.
    bounds : tuple of int, or None
        Two numbers that the size lies between; equal where it is proven.
    """

    size: int | None
    covers: tuple[Cover, ...]
    complete: bool
    at_least: int
    spent: bool
    unsolvable: bool
    counted: bool
    bounds: tuple[int, int] | None


def essential(chart: Sequence[int], columns: int) -> tuple[int, ...]:
    """Positions of the prime implicants that alone cover some column.

    Every cover holds them.

    Examples
    --------
    >>> essential([0b01, 0b11, 0b10, 0b100], 3)
    (3,)
    """
    once, more = 0, 0
    for mask in chart:
        more |= once & mask
        once |= mask
    alone = once & ~more & ((1 << columns) - 1)
    return tuple(at for at, mask in enumerate(chart) if mask & alone)


def dominated(chart: Sequence[int]) -> tuple[int, ...]:
    """Positions of the prime implicants that cover less than another one does.

    Less means: some of the columns of the other and no others. Equal ones stay. To leave these
    out keeps the least size, but not all covers of that size.

    Examples
    --------
    >>> dominated([0b011, 0b001, 0b110, 0b110])
    (1,)
    """
    largest = set(largest_masks(chart)) or {0}
    return tuple(at for at, mask in enumerate(chart) if mask not in largest)


def narrow_columns(chart: Sequence[int], columns: int) -> int:
    """The columns that have to be looked at, as a mask; the others are covered with them.

    Whoever covers a column also covers each other one that all the same prime implicants cover.
    To leave those out changes no cover.

    Examples
    --------
    >>> bin(narrow_columns([0b101, 0b111], 0b111))
    '0b10'
    """
    holders = dict.fromkeys(bits(columns), 0)
    for which, mask in enumerate(chart):
        for at in bits(mask & columns):
            holders[at] |= 1 << which
    first = {holding: at for at, holding in reversed(holders.items())}
    try:
        narrow = minimal_sets(first, budget=Budget(_NARROWING))
    except BudgetSpentError:
        # To look at too many columns is slower, and changes nothing.
        narrow = list(first)
    return sum(1 << first[holding] for holding in narrow)


def covers(
    chart: Sequence[int],
    columns: int,
    *,
    every: bool = False,
    most: int = 1000,
    budget: Budget | None = None,
) -> Covers:
    """The smallest covers of a chart, or all in which nothing is superfluous.

    Nothing breaks ties among covers of the least size: to leave some out would hide that the data
    leave open which one is right [1]_.

    Parameters
    ----------
    chart : sequence of int
        A bit mask a prime implicant; bit 0 is the first column.
    columns : int
        How many columns there are to cover.
    every : bool
        Whether to list all covers from which no prime implicant can be taken away, and not only
        those of the least size.
    most : int
        How many covers to list. Where there are more, those that the search comes to first are
        listed: it takes the column that the fewest prime implicants cover and tries these in the
        order of the number of columns they cover. With `every`, those of the least size are
        listed before others.
    budget : Budget, optional
        Steps for the whole search, `STEPS` if none is given. Where they do not suffice to prove the
        least size, one cover is given, and `bounds`; where they do not suffice to list all
        covers, those that were found.

    Returns
    -------
    Covers

    References
    ----------
    .. [1] Baumgartner, M., and A. Thiem (2017). Model ambiguities in configurational comparative
       research. Sociological Methods & Research 46.

    Examples
    --------
    >>> covers([0b011, 0b110, 0b101], 3).covers
    ((0, 1), (0, 2), (1, 2))
    >>> covers([0b01, 0b01], 2).unsolvable
    True
    """
    budget = budget or Budget(STEPS)
    needed = essential(chart, columns)
    left = (1 << columns) - 1
    union = 0
    for mask in chart:
        union |= mask
    if left & ~union:
        return Covers(None, (), True, 0, False, True, True, None)
    for at in needed:
        left &= ~chart[at]
    left = narrow_columns(chart, left)
    classes: dict[int, list[int]] = {}
    for at, mask in enumerate(chart):
        classes.setdefault(mask & left, []).append(at)
    classes.pop(0, None)
    return _Chart(needed, left, classes, most, budget).solve(every=every)


@dataclass
class _Chart:
    """What is left of a chart once the essential prime implicants are taken.

    Those that cover the same of the columns left are one class: a cover holds at most one of them,
    and any will do.
    """

    needed: tuple[int, ...]
    left: int
    classes: dict[int, list[int]]
    most: int
    budget: Budget

    def solve(self, *, every: bool) -> Covers:
        search = LeastCover(self.classes, self.left, self.budget)
        low, high, masks = search.solve()
        bounds = (low + len(self.needed), high + len(self.needed))
        if low < high:
            one = self._whole(self.classes[self._holder(mask)][0] for mask in masks)
            return Covers(None, (one,), False, 1, True, False, False, bounds)
        numbers = {mask: len(members) for mask, members in self.classes.items()}
        least = least_covers(search, numbers, low, most=self.most)
        if not least.covers:
            # The steps were spent before the listing came to the one that is known.
            known = tuple((self._holder(mask),) for mask in masks)
            least = replace(least, covers=[known], number=1)
        found = least
        if every:
            try:
                found = self._irredundant(least)
            except BudgetSpentError:
                found = replace(least, counted=False, spent=True)
        listed = tuple(islice(self._expanded(found.covers), self.most))
        return Covers(
            size=bounds[0],
            covers=tuple(sorted(listed, key=lambda cover: (len(cover), cover))),
            complete=found.counted and found.number == len(listed),
            at_least=max(found.number, len(listed)),
            spent=found.spent,
            unsolvable=False,
            counted=found.counted,
            bounds=bounds,
        )

    def _irredundant(self, least: Listed) -> Listed:
        """Covers without a superfluous class; those of the least size first if not all fit."""
        if self.left.bit_count() > 3 * DEEPEST:
            raise BudgetSpentError("so many columns are too deep a search")
        masks = sorted(self.classes, key=lambda mask: (-mask.bit_count(), mask))
        holders = [
            sum(1 << at for at, mask in enumerate(masks) if mask >> column & 1)
            for column in bits(self.left)
        ]
        hitting, complete = minimal_hitting_sets(holders, most=self.most, budget=self.budget)
        found: list[Chosen] = [tuple((masks[at],) for at in bits(one)) for one in hitting]
        number = sum(math.prod(len(self.classes[mask]) for (mask,) in cover) for cover in found)
        if not complete:
            found = least.covers + found
        return Listed(found, max(number, least.number), complete, False)

    def _expanded(self, found: list[Chosen]) -> Iterator[Cover]:
        """Each cover once, with every prime implicant that will do in a place."""
        seen = set()
        for cover in found:
            for members in product(*(self._members(place) for place in cover)):
                whole = self._whole(members)
                if whole not in seen:
                    seen.add(whole)
                    yield whole

    def _members(self, place: Iterable[int]) -> list[int]:
        return [at for mask in place for at in self.classes[mask]]

    def _whole(self, members: Iterable[int]) -> Cover:
        return tuple(sorted((*self.needed, *members)))

    def _holder(self, part: int) -> int:
        """The first class that covers all of this."""
        return next(mask for mask in self.classes if mask & part == part)
