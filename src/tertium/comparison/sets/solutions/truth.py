"""The truth table: which combinations of conditions there are, and what came of them.

Comes in: memberships of cases, an outcome, conditions and cut-offs.
Goes out: `TruthRows`: a row for each combination that cases show, with its number and its fit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from tertium.comparison.sets.fit.parameters import reaches
from tertium.comparison.sets.memberships import Memberships
from tertium.comparison.sets.solutions.corners import corners_of, fits_of
from tertium.comparison.sets.solutions.outcome import outcome_membership, outcome_set
from tertium.errors import UnknownNameError

Out = Literal["1", "0", "C", "?"]
InBetween = Literal["refuse", "leave_out"]


@dataclass(frozen=True)
class TruthRow:
    """One combination of values of the conditions, and the cases that have it.

    Parameters
    ----------
    number : int
        Place in the full table of all combinations, from 1; the first condition varies slowest.
    values : tuple of int
        One value a condition.
    out : {"1", "0", "C", "?"}
        1: cases of this row show the outcome consistently. 0: they do not. C: neither nor (a
        contradictory row). ?: too few cases (a remainder).
    n : int
        Cases that are more in this combination than out of it.
    consistency, pri : float or None
        How far membership in the row is a subset of the outcome, over all cases; PRI leaves
        out what is as much a subset of the outcome's absence. None where it is 0/0.
    cases : tuple of str
        Their ids.
    """

    number: int
    values: tuple[int, ...]
    out: Out
    n: int
    consistency: float | None
    pri: float | None
    cases: tuple[str, ...]


@dataclass(frozen=True)
class TruthRows:
    """A truth table: rows that enough cases show, and what is said of all others.

    Parameters
    ----------
    conditions : tuple of str
    levels : tuple of int
        How many values each condition can take.
    outcome : str
        As it was asked for: "Y", "~Y", "Y[2]".
    rows : tuple of TruthRow
        Those with enough cases, in order of their numbers.
    below_n_cut : tuple of TruthRow
        Those with some cases, but too few: remainders like those without any.
    dropped : tuple of str
        Cases for which a condition or the outcome is not stated; they count nowhere.
    in_between : mapping of str to tuple of str
        Per condition the cases at exactly 0.5, which are in no row (if that was allowed).
    consistency, pri, cases, contradiction : cut-offs that the table was made with
    """

    conditions: tuple[str, ...]
    levels: tuple[int, ...]
    outcome: str
    rows: tuple[TruthRow, ...]
    below_n_cut: tuple[TruthRow, ...]
    dropped: tuple[str, ...]
    in_between: Mapping[str, tuple[str, ...]]
    consistency: float
    pri: float
    cases: int
    contradiction: float | None
    by_number: Mapping[int, TruthRow] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_number", {row.number: row for row in self.rows})

    @property
    def combinations(self) -> int:
        """How many combinations are possible."""
        return math.prod(self.levels)

    @property
    def remainders(self) -> int:
        """How many combinations no case, or too few, show."""
        return self.combinations - len(self.rows)

    def of(self, *outs: str) -> tuple[TruthRow, ...]:
        """The rows with one of these outs."""
        return tuple(row for row in self.rows if row.out in outs)

    @property
    def is_open(self) -> bool:
        """Whether some rows have the outcome and others have not: only then is there a solution."""
        return 0 < len(self.of("1")) < len(self.rows)

    def number(self, values: Sequence[int]) -> int:
        """The number of a combination."""
        return row_number(values, self.levels)

    def values(self, number: int) -> tuple[int, ...]:
        """The combination of a number."""
        return row_values(number, self.levels)


def row_number(values: Sequence[int], levels: Sequence[int]) -> int:
    """Place of a combination in the table of all, from 1; the first condition varies slowest.

    >>> row_number((0, 1, 1), (2, 2, 2)), row_number((1,) * 70, (2,) * 70) == 2**70
    (4, True)
    """
    number = 0
    for value, count in zip(values, levels, strict=True):
        number = number * count + int(value)
    return number + 1


def row_values(number: int, levels: Sequence[int]) -> tuple[int, ...]:
    """The combination at a place; the inverse of `row_number`.

    >>> row_values(4, (2, 2, 2))
    (0, 1, 1)
    """
    if not 1 <= number <= math.prod(levels):
        last = math.prod(levels)
        raise UnknownNameError(f"there is no row {number}; the rows are 1 to {last}")
    rest, values = number - 1, []
    for count in reversed(levels):
        rest, value = divmod(rest, count)
        values.append(value)
    return tuple(reversed(values))


def truth_rows(
    memberships: Memberships,
    outcome: str,
    conditions: Sequence[str],
    *,
    consistency: float,
    pri: float = 0,
    cases: int = 1,
    contradiction: float | None = None,
    in_between: InBetween = "refuse",
) -> TruthRows:
    """Sort cases into combinations of conditions, and say of each what came of it.

    A case belongs to the one combination in which its memberships are all above 0.5. A
    combination counts as leading to the outcome if its consistency reaches the cut-off, over the
    memberships of all cases in it. Only combinations that cases show are computed.

    Parameters
    ----------
    memberships : Memberships
    outcome : str
        A set; "~Y" is its absence, "Y[2]" one value of a multi-value set ("Y[1,2]" one of two).
    conditions : sequence of str
        Sets, the outcome not among them.
    consistency : float
        From which consistency on a row has the outcome. No default: it decides the solution.
    pri : float
        From which PRI on; a row that reaches the consistency and not this one does not have
        the outcome.
    cases : int
        How many cases a row must have at least; the others are remainders.
    contradiction : float, optional
        Rows from this consistency up to `consistency` are contradictory ("C"), not "0".
    in_between : {"refuse", "leave_out"}
        What to do with a case at exactly 0.5 in a condition: it belongs to no combination.
        leave_out: it is in no row, though its memberships still count in the consistencies.

    Returns
    -------
    TruthRows

    Raises
    ------
    UnknownNameError
        For an unknown set, an outcome among the conditions, a cut-off that is none, cases at
        exactly 0.5 (named), or when no case is left.

    References
    ----------
    .. [1] Ragin, C. C. (2008). Redesigning Social Inquiry. University of Chicago Press. Ch. 7.
    .. [2] Schneider, C. Q., & Wagemann, C. (2012). Set-Theoretic Methods for the Social
       Sciences. Cambridge University Press. Ch. 4, 7 and 9.

    Examples
    --------
    >>> import pandas as pd
    >>> values = {"A": [1, 1, 0, 0], "B": [1, 0, 0, 0], "Y": [1, 1, 0, 1]}
    >>> frame = pd.DataFrame(values, index=list("wxyz"))
    >>> table = truth_rows(Memberships.of(frame), "Y", ["A", "B"], consistency=0.8)
    >>> [(row.number, row.values, row.out, row.consistency) for row in table.rows]
    [(1, (0, 0), '0', 0.5), (3, (1, 0), '1', 1.0), (4, (1, 1), '1', 1.0)]
    >>> table.remainders
    1
    """
    name = outcome_set(outcome)
    _refuse_arguments(memberships, name, conditions, consistency, pri, cases, contradiction)
    whole, dropped = memberships.complete([*conditions, name])
    if not whole.cases:
        raise UnknownNameError("in no case are the outcome and all conditions stated")
    between = whole.in_between(conditions)
    if between and in_between == "refuse":
        told = "; ".join(f"{one}: {', '.join(found)}" for one, found in between.items())
        raise UnknownNameError(
            f"these cases are at exactly 0.5, neither in the set nor out of it: {told}; "
            'decide for each of them, or leave them out of the rows with in_between="leave_out"'
        )
    levels = tuple(memberships.levels[one] for one in conditions)
    corners, at = corners_of(whole, conditions)
    incl, pris = fits_of(whole, conditions, corners, outcome_membership(whole, outcome))
    ids = np.array(whole.cases, dtype=object)
    found: list[TruthRow] = []
    for place, corner in enumerate(corners):
        values = tuple(int(value) for value in corner)
        members = tuple(ids[at == place])
        out: Out = (
            "?"
            if len(members) < cases
            else _out(incl[place], pris[place], consistency, pri, contradiction)
        )
        number = row_number(values, levels)
        found.append(TruthRow(number, values, out, len(members), incl[place], pris[place], members))
    found.sort(key=lambda row: row.number)
    return TruthRows(
        conditions=tuple(conditions),
        levels=levels,
        outcome=outcome,
        rows=tuple(row for row in found if row.out != "?"),
        below_n_cut=tuple(row for row in found if row.out == "?"),
        dropped=dropped,
        in_between=between,
        consistency=consistency,
        pri=pri,
        cases=cases,
        contradiction=contradiction,
    )


def _refuse_arguments(
    memberships: Memberships,
    outcome: str,
    conditions: Sequence[str],
    consistency: float,
    pri: float,
    cases: int,
    contradiction: float | None,
) -> None:
    if isinstance(conditions, str) or not conditions:
        raise UnknownNameError("name at least one condition, in a list")
    for name in [*conditions, outcome]:
        memberships.known(name)
    if twice := sorted({name for name in conditions if list(conditions).count(name) > 1}):
        raise UnknownNameError(f"named twice among the conditions: {', '.join(twice)}")
    if outcome in conditions:
        raise UnknownNameError(f"{outcome} is the outcome and can be no condition of itself")
    for word, share in (("consistency", consistency), ("pri", pri)):
        if not 0 <= share <= 1:
            raise UnknownNameError(f"{word} is {share}; it is a share from 0 to 1")
    if contradiction is not None and not 0 <= contradiction <= consistency:
        raise UnknownNameError(
            f"contradiction is {contradiction}; it is a share from 0 to the cut-off of "
            f"consistency, {consistency}"
        )
    if cases < 1:
        raise UnknownNameError(f"cases is {cases}; a row needs at least 1 case to be observed")


def _out(
    consistency: float | None,
    pri: float | None,
    cut: float,
    pri_cut: float,
    contradiction: float | None,
) -> Out:
    if consistency is None:
        return "0"
    if reaches(consistency, cut):
        return "1" if reaches(pri, pri_cut) else "0"
    if contradiction is not None and reaches(consistency, contradiction):
        return "C"
    return "0"
