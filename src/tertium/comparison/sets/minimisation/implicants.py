"""Prime implicants: the shortest conjunctions that hold in some rows and in none of others.

Comes in: rows of a truth table, and rows or terms that must stay out.
Goes out: every prime implicant, in one order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tertium.comparison.sets.minimisation.budget import Budget
from tertium.comparison.sets.minimisation.complement import complement
from tertium.comparison.sets.minimisation.hitting import minimal_hitting_sets
from tertium.errors import UnknownNameError

Row = tuple[int, ...]
Implicant = tuple[int | None, ...]


def prime_implicants(
    positive: Iterable[Row],
    negative: Iterable[Implicant],
    levels: Sequence[int],
    *,
    budget: Budget | None = None,
) -> list[Implicant]:
    """Every shortest conjunction that holds in a positive row and in no negative one.

    Rows that are neither may fall on either side: this is the parsimonious way to treat
    remainders. For each negative row take the conditions in which it differs from a positive
    row. A conjunction of values of the positive row keeps all negative rows out if it hits each
    of these sets of conditions; the minimal ones are the prime implicants. No remainder is ever
    listed, so that the work depends on the rows and not on the number of combinations.

    Parameters
    ----------
    positive : iterable of tuple of int
        Rows to explain, one value a condition.
    negative : iterable of tuple of int or None
        Rows that must stay out; a term (None where any value will do) keeps out all its rows.
    levels : sequence of int
        How many values each condition has.
    budget : Budget, optional
        Steps for the whole search; each comparison of a positive with a negative row is one.

    Returns
    -------
    list of tuple of int or None
        One entry a condition, None where it is eliminated. Fewest conditions first, then those
        with earlier conditions, then by value.

    Raises
    ------
    UnknownNameError
        A row with another number of values, with a value that its condition does not have, or
        one that is positive and negative.
    BudgetSpentError
        It took more steps than the budget has.

    References
    ----------
    .. [1] Dușa, A., and A. Thiem (2015). Enhancing the minimization of Boolean and multivalue
       output functions with eQMC. Journal of Mathematical Sociology 39 (the same implicants,
       without listing remainders).

    Examples
    --------
    >>> prime_implicants([(1, 1)], [(0, 0)], [2, 2])
    [(1, None), (None, 1)]
    """
    wanted = _checked(positive, levels, rows=True)
    unwanted = _checked(negative, levels)
    fields = _Fields(levels)
    out = [fields.code(term) for term in unwanted]
    found: set[tuple[int, int, int]] = set()
    for row in wanted:
        if budget is not None:
            budget.spend(len(out))
        code, _ = fields.code(row)
        differing = {fields.differing(code, *one) for one in out}
        if 0 in differing:
            raise UnknownNameError(f"the row {row} is to be explained and to stay out")
        hitting, _ = minimal_hitting_sets(differing, budget=budget)
        found.update((one.bit_count(), -one, code & one * fields.full) for one in hitting)
    return [fields.implicant(-conditions, code) for _, conditions, code in sorted(found)]


def prime_implicants_within(
    positive: Iterable[Row],
    admitted: Iterable[Implicant],
    levels: Sequence[int],
    *,
    budget: Budget | None = None,
) -> list[Implicant]:
    """Every shortest conjunction that holds in a positive row and in nothing that is not admitted.

    With nothing admitted besides the positive rows this is the conservative way; with the
    remainders that are easy counterfactuals, the intermediate one.

    Parameters
    ----------
    positive, levels, budget
        As for `prime_implicants`.
    admitted : iterable of tuple of int or None
        Rows, or terms that stand for all their rows, that may be covered too. The positive rows
        always may.

    Returns
    -------
    list of tuple of int or None
        As `prime_implicants`; each holds in at least one positive row.

    Examples
    --------
    >>> prime_implicants_within([(1, 1), (1, 0)], [], [2, 2])
    [(1, None)]
    >>> prime_implicants_within([(1, 1)], [(None, 0)], [2, 2])
    [(1, None)]
    """
    rows = list(positive)
    allowed: list[Implicant] = [*rows, *admitted]
    _checked(allowed, levels)
    return prime_implicants(rows, complement(allowed, levels, budget=budget), levels, budget=budget)


def holds_in(implicant: Implicant, row: Implicant) -> bool:
    """Whether a conjunction holds in a row, or in all rows of a term.

    Examples
    --------
    >>> holds_in((1, None), (1, 0)), holds_in((1, None), (0, 0))
    (True, False)
    """
    return all(one is None or one == value for one, value in zip(implicant, row, strict=True))


def chart_of(implicants: Sequence[Implicant], rows: Sequence[Row]) -> list[int]:
    """The prime implicant chart: for each implicant a mask of the rows in which it holds.

    Bit 0 stands for the first row.

    Examples
    --------
    >>> chart_of([(1, None), (None, 1)], [(1, 0), (1, 1)])
    [3, 2]
    """
    all_rows = (1 << len(rows)) - 1
    having: dict[tuple[int, int], int] = {}
    for at, row in enumerate(rows):
        for key in enumerate(row):
            having[key] = having.get(key, 0) | 1 << at
    chart = []
    for implicant in implicants:
        mask = all_rows
        for condition, value in enumerate(implicant):
            if value is not None:
                mask &= having.get((condition, value), 0)
        chart.append(mask)
    return chart


class _Fields:
    """Rows as numbers: a field of some bits a condition, the first condition highest.

    A set of conditions is the number with the lowest bit of each of their fields.
    """

    def __init__(self, levels: Sequence[int]) -> None:
        self.width = max([1, *((level - 1).bit_length() for level in levels)])
        self.full = (1 << self.width) - 1
        self.places = [at * self.width for at in range(len(levels) - 1, -1, -1)]
        self.all_conditions = sum(1 << place for place in self.places)

    def code(self, term: Implicant) -> tuple[int, int]:
        """A term's values, and all bits of the fields of its conditions."""
        code, fixed = 0, 0
        for place, value in zip(self.places, term, strict=True):
            if value is not None:
                code |= value << place
                fixed |= self.full << place
        return code, fixed

    def differing(self, code: int, other: int, fixed: int) -> int:
        """The conditions in which a term has another value than a row."""
        found = differing = (code ^ other) & fixed
        for shift in range(1, self.width):
            found |= differing >> shift
        return found & self.all_conditions

    def implicant(self, conditions: int, code: int) -> Implicant:
        return tuple(
            code >> place & self.full if conditions >> place & 1 else None for place in self.places
        )


def _checked(
    terms: Iterable[Implicant], levels: Sequence[int], *, rows: bool = False
) -> list[Implicant]:
    """Each once, in order, after a look at every value."""
    kept = sorted(set(terms), key=lambda term: [-1 if value is None else value for value in term])
    for term in kept:
        if len(term) != len(levels):
            message = f"{term} has {len(term)} values; there are {len(levels)} conditions"
            raise UnknownNameError(message)
        for value, level in zip(term, levels, strict=True):
            if value is None:
                if rows:
                    raise UnknownNameError(f"{term} is no row: it leaves a condition open")
            elif not 0 <= value < level:
                raise UnknownNameError(f"{term} holds {value}; a condition has 0 to {level - 1}")
    return kept
