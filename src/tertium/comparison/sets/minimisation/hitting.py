"""Sets that share an element with every one of some sets, and hold nothing superfluous.

Comes in: sets as bit masks.
Goes out: their minimal hitting sets. Prime implicants are such sets (of conditions, each of which
keeps some unwanted row out), and so are covers of a chart without a superfluous implicant.
"""

from __future__ import annotations

from collections.abc import Iterable

from tertium.comparison.sets.minimisation.budget import Budget


def bits(mask: int) -> list[int]:
    """The places of the ones in a mask, lowest first.

    Examples
    --------
    >>> bits(0b1101)
    [0, 2, 3]
    """
    found = []
    while mask:
        lowest = mask & -mask
        found.append(lowest.bit_length() - 1)
        mask ^= lowest
    return found


# So many masks are looked through in about the time of one step.
A_STEP = 8


def minimal_sets(masks: Iterable[int], *, budget: Budget | None = None) -> list[int]:
    """Those that contain no other one; smallest first. Every eighth comparison is a step.

    Examples
    --------
    >>> [bin(mask) for mask in minimal_sets([0b111, 0b11, 0b100])]
    ['0b100', '0b11']
    """
    kept: list[int] = []
    for mask in sorted(set(masks), key=lambda one: (one.bit_count(), one)):
        if budget is not None:
            budget.spend(1 + len(kept) // A_STEP)
        if not any(one & mask == one for one in kept):
            kept.append(mask)
    return kept


def minimal_hitting_sets(
    sets: Iterable[int], *, most: int | None = None, budget: Budget | None = None
) -> tuple[list[int], bool]:
    """All sets that hit every one of these, and from which nothing can be taken away.

    The search chooses an element for one set that is not hit yet and goes on only while each
    element that is chosen has a set which it alone hits, so that it never makes a set twice
    nor one that is not minimal.

    Parameters
    ----------
    sets : iterable of int
        Bit masks. Without any, the empty set is the only answer; if one of them is empty,
        there is no answer.
    most : int, optional
        Stop after so many.
    budget : Budget, optional
        One step a set, one an element tried, and some to leave out sets that hold another.

    Returns
    -------
    list of int
        In the order of the search, which is the same every time.
    bool
        Whether these are all.

    References
    ----------
    .. [1] Murakami, K., and T. Uno (2014). Efficient algorithms for dualizing large-scale
       hypergraphs. Discrete Applied Mathematics 170.

    Examples
    --------
    >>> found, complete = minimal_hitting_sets([0b011, 0b110])
    >>> sorted(found), complete
    ([2, 5], True)
    """
    budget = budget or Budget(None)
    edges = minimal_sets(sets, budget=budget)
    if not edges:
        return [0], True
    if edges[0] == 0:
        return [], True
    search = _Search(edges, most, budget)
    complete = search.extend(0, (1 << len(edges)) - 1, search.elements, [])
    return search.found, complete


class _Search:
    def __init__(self, edges: list[int], most: int | None, budget: Budget) -> None:
        self.edges = edges
        self.most = most
        self.budget = budget
        self.found: list[int] = []
        self.elements = 0
        for edge in edges:
            self.elements |= edge
        # By the bit of an element: which sets it hits, and from the other side, which it misses.
        self.hits = {
            1 << element: sum(1 << at for at, edge in enumerate(edges) if edge >> element & 1)
            for element in bits(self.elements)
        }

    def extend(self, chosen: int, unhit: int, usable: int, alone: list[int]) -> bool:
        """Complete a choice in every way; False if there was no room for all of them.

        `unhit` are the sets not hit yet, `usable` the elements that may still be chosen, and
        `alone` says for each element chosen which sets it alone hits.
        """
        open_to = self._narrowest(unhit, usable)
        self.budget.spend(1 + open_to.bit_count())
        usable &= ~open_to
        while open_to:
            element = open_to & -open_to
            open_to ^= element
            hits = self.hits[element]
            left = [sets & ~hits for sets in alone]
            if not all(left):
                continue
            rest = unhit & ~hits
            if not rest:
                if self.most is not None and len(self.found) >= self.most:
                    return False
                self.found.append(chosen | element)
            elif not self.extend(chosen | element, rest, usable, [*left, unhit & hits]):
                return False
            usable |= element
        return True

    def _narrowest(self, unhit: int, usable: int) -> int:
        """The usable elements of the set that has the fewest of them."""
        best, fewest = 0, 1 << 30
        while unhit:
            lowest = unhit & -unhit
            unhit ^= lowest
            elements = self.edges[lowest.bit_length() - 1] & usable
            number = elements.bit_count()
            if number < fewest:
                best, fewest = elements, number
                if fewest < 2:
                    break
        return best
