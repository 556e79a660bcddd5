"""The three solutions: what combinations of conditions lead to the outcome.

Comes in: a truth table, memberships, and what may be assumed of rows that nobody observed.
Goes out: a `Solution`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, product
from typing import get_args

from tertium.comparison.sets.memberships import Memberships
from tertium.comparison.sets.minimisation.budget import Budget, BudgetSpentError
from tertium.comparison.sets.minimisation.complement import complement
from tertium.comparison.sets.minimisation.implicants import (
    Implicant,
    prime_implicants,
    prime_implicants_within,
)
from tertium.comparison.sets.solutions.expectations import Expectations
from tertium.comparison.sets.solutions.models import Listing, Minimised, minimised
from tertium.comparison.sets.solutions.outcome import outcome_set
from tertium.comparison.sets.solutions.solution import Block, Kind, Solution
from tertium.comparison.sets.solutions.truth import TruthRow, TruthRows, row_values
from tertium.errors import UnknownNameError

OUTS = ("1", "0", "C")
REMAINDER = "?"
# So many pairs of a conservative and a parsimonious model are worked out.
MOST_BLOCKS = 200


def solve(
    truth: TruthRows,
    memberships: Memberships,
    *,
    solution: Kind,
    include: Iterable[str] = (),
    expectations: Mapping[str, int | Iterable[int]] | None = None,
    conjunctural: Sequence[str] = (),
    last_only: bool = False,
    explain: Iterable[str] = ("1",),
    exclude: Iterable[int | Implicant] = (),
    every: bool = False,
    row_dominance: bool = False,
    most: int = 1000,
    most_blocks: int = MOST_BLOCKS,
    budget: Budget | None = None,
) -> Solution:
    """The shortest expressions for the rows with the outcome.

    conservative: they hold in these rows only. parsimonious: they may hold in any remainder, if
    that makes them shorter. intermediate: in remainders that the parsimonious solution uses and
    that theory expects to have the outcome. All models are given that explain the rows equally
    well: which one is right the data leave open.

    Parameters
    ----------
    truth : TruthRows
    memberships : Memberships
        Those that the table was made from.
    solution : {"conservative", "parsimonious", "intermediate"}
    include : iterable of {"?", "C", "0", "1"}
        Outs of rows that may be covered besides those explained. "?" (remainders) goes without
        saying where the solution is not conservative.
    expectations : mapping of str to int or ints, optional
        For "intermediate": per condition the value or values that should help the outcome.
    conjunctural : sequence of str
        For "intermediate": conjunctions that should help the outcome together, "A*~B". No
        publication fixes what they do; `Expectations.easy_terms` says what is done here.
    last_only : bool
        Whether of several conjunctions only the last one counts, and no expectation of a
        condition alone beside it, as in a program whose results are compared.
    explain : iterable of {"1", "C", "0"}
        Outs of the rows to explain.
    exclude : iterable of int or tuple
        Numbers of rows that no model may cover, whatever their out (an enhanced standard
        analysis). A tuple is a term: it excludes all remainders that it covers.
    every : bool
        All models without a superfluous term, and not only those with the fewest terms.
    row_dominance : bool
        Leave out prime implicants that cover less than another one does.
    most : int
        How many models are listed at most: at each end, and in all blocks of an intermediate
        solution together.
    most_blocks : int
        How many pairs of models are worked out for "intermediate".
    budget : Budget, optional
        Its steps are those of each search alone: of the conservative end, of the parsimonious
        end, of each block. Once the blocks together have used as many, no other block is begun.

    Returns
    -------
    Solution

    Raises
    ------
    UnknownNameError
        For an option that is not there, expectations where none are used, when no row is left
        to explain, or none that stands against the outcome.
    BudgetSpentError
        If not even the prime implicants of an end were found within the budget. A block for
        which that is so is left out; the solution says that it is `spent`.

    References
    ----------
    .. [1] Ragin, C. C. (2008). Redesigning Social Inquiry. University of Chicago Press. Ch. 8-9.
    .. [2] Schneider, C. Q., & Wagemann, C. (2012). Set-Theoretic Methods for the Social
       Sciences. Cambridge University Press. Ch. 6 and 8.
    .. [3] Baumgartner, M., & Thiem, A. (2017). Model ambiguities in configurational comparative
       research. Sociological Methods & Research 46(4).

    Examples
    --------
    >>> import pandas as pd
    >>> from tertium.comparison.sets.solutions.truth import truth_rows
    >>> frame = pd.DataFrame({"A": [1, 1, 0], "B": [1, 0, 0], "Y": [1, 0, 0]}, list("xyz"))
    >>> sets = Memberships.of(frame)
    >>> table = truth_rows(sets, "Y", ["A", "B"], consistency=1)
    >>> found = solve(table, sets, solution="parsimonious")
    >>> found.models, found.assumptions(found.models[0]).rows
    ((((None, 1),),), (2,))
    """
    asked = _asked(truth, solution, include, explain, exclude)
    if solution != "intermediate" and (expectations is not None or conjunctural):
        raise UnknownNameError(
            f"a {solution} solution uses no expectations; ask for an intermediate one"
        )
    listing = Listing(every, row_dominance, most, budget)
    ends: dict[str, Minimised] = {}
    if solution != "parsimonious":
        ends["conservative"] = asked.within(
            [row.values for row in asked.open_rows], listing.again()
        )
    if solution != "conservative":
        ends["parsimonious"] = asked.beyond(listing.again())
    blocks: tuple[Block, ...] = ()
    stopped, pairs = False, 0
    if solution == "intermediate":
        if expectations is None and not conjunctural:
            raise UnknownNameError(
                "an intermediate solution needs expectations: per condition the value that "
                "should help the outcome"
            )
        expected = Expectations.of(truth, expectations, conjunctural, last_only=last_only)
        pairs = len(ends["conservative"].models) * len(ends["parsimonious"].models)
        blocks, stopped = _Blocks(truth, asked, expected, listing).of(ends, most_blocks)
    whole, _ = memberships.complete([*truth.conditions, outcome_set(truth.outcome)])
    return Solution(
        kind=solution,
        truth=truth,
        explained=asked.explained,
        found=ends["conservative" if solution == "conservative" else "parsimonious"],
        conservative=ends["conservative"] if solution == "intermediate" else None,
        blocks=blocks,
        pairs=pairs,
        stopped=stopped,
        memberships=whole,
    )


@dataclass(frozen=True)
class _Asked:
    """Rows to explain, rows that may be covered, and what must stay out."""

    levels: tuple[int, ...]
    explained: tuple[TruthRow, ...]
    open_rows: tuple[TruthRow, ...]
    against: tuple[Implicant, ...]

    def within(self, admitted: Sequence[Implicant], listing: Listing) -> Minimised:
        """Return models that hold, besides the explained rows, in those of some terms only."""
        rows = [row.values for row in self.explained]
        found = prime_implicants_within(rows, admitted, self.levels, budget=listing.budget)
        return minimised(self.explained, found, listing)

    def beyond(self, listing: Listing) -> Minimised:
        """Return models that may hold in any remainder that is not excluded."""
        rows = [row.values for row in self.explained]
        found = prime_implicants(rows, self.against, self.levels, budget=listing.budget)
        return minimised(self.explained, found, listing)


def _asked(
    truth: TruthRows,
    solution: str,
    include: Iterable[str],
    explain: Iterable[str],
    exclude: Iterable[int | Implicant],
) -> _Asked:
    if solution not in get_args(Kind):
        known = ", ".join(get_args(Kind))
        raise UnknownNameError(f"there is no solution {solution!r}; there are {known}")
    wanted, free = set(explain), set(include)
    offered: dict[str, tuple[set[str], tuple[str, ...]]] = {
        "explain": (wanted, OUTS),
        "include": (free, (REMAINDER, *OUTS)),
    }
    for word, (given, outs) in offered.items():
        if strange := sorted(given - set(outs)):
            raise UnknownNameError(f"{word} names {strange[0]!r}; there are {', '.join(outs)}")
    if {"1", "0"} <= wanted:
        raise UnknownNameError(
            'rows with the outcome and rows without it can\'t be explained together; name "1" or '
            '"0" in explain'
        )
    if REMAINDER in free and solution == "conservative":
        raise UnknownNameError("a conservative solution includes no remainders")
    numbers, terms = _excluded(truth, exclude)
    observed = [row for row in truth.rows if row.number not in numbers]
    explained = tuple(row for row in observed if row.out in wanted)
    if not explained:
        told = " or ".join(sorted(wanted))
        raise UnknownNameError(
            f"no row of the truth table is left to explain (out {told}); look at the cut-offs"
        )
    open_rows = tuple(row for row in observed if row.out in free - wanted)
    kept = {row.number for row in (*explained, *open_rows)}
    against: list[Implicant] = [row.values for row in truth.rows if row.number not in kept]
    against += [truth.values(number) for number in sorted(numbers - set(truth.by_number))]
    if terms:
        # All that the terms cover, but for the rows that are explained or let in.
        spared: list[Implicant] = [row.values for row in (*explained, *open_rows)]
        against += complement([*complement(terms, truth.levels), *spared], truth.levels)
    return _Asked(truth.levels, explained, open_rows, tuple(against))


def _excluded(
    truth: TruthRows, exclude: Iterable[int | Implicant]
) -> tuple[set[int], list[Implicant]]:
    numbers: set[int] = set()
    terms: list[Implicant] = []
    for one in exclude:
        if isinstance(one, tuple):
            terms.append(one)
        else:
            row_values(int(one), truth.levels)
            numbers.add(int(one))
    return numbers, terms


@dataclass
class _Blocks:
    """The pairs of models, worked out one after the other while there are steps and room."""

    truth: TruthRows
    asked: _Asked
    expected: Expectations
    listing: Listing
    used: int = 0
    known: dict[tuple[Implicant, ...], Minimised] = field(default_factory=dict)

    def of(self, ends: Mapping[str, Minimised], most: int) -> tuple[tuple[Block, ...], bool]:
        """Return so many blocks at most, and whether the steps ended before them."""
        found: list[Block] = []
        for one, other in islice(
            product(ends["conservative"].models, ends["parsimonious"].models), most
        ):
            easy = self.expected.easy_terms(one, other)
            if easy not in self.known:
                listed = {model for minimised in self.known.values() for model in minimised.models}
                if len(listed) >= self.listing.most:
                    return tuple(found), False
                if not self._minimised(easy, self.listing.most - len(listed)):
                    return tuple(found), True
            between = self.known[easy]
            found.append(Block(one, other, easy, between, self.truth, self.asked.explained))
        return tuple(found), False

    def _minimised(self, easy: tuple[Implicant, ...], most: int) -> bool:
        """Minimise the explained rows with these; equal sets of easy ones are done once."""
        listing = replace(self.listing.again(), most=most)
        if listing.budget and listing.budget.steps and self.used >= listing.budget.steps:
            return False
        try:
            self.known[easy] = self.asked.within(easy, listing)
        except BudgetSpentError:
            return False
        self.used += listing.budget.spent if listing.budget else 0
        return True
