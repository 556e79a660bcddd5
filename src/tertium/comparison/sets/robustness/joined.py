"""A solution beside others: what they share, and what one of them holds.

Comes in: memberships of the same cases in an initial solution, in test solutions, in the outcome.
Goes out: `Joined`, the same cases with the memberships in the robust core and the test set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tertium.comparison.sets.expressions.expression import Expression, membership, parse
from tertium.comparison.sets.memberships import Memberships
from tertium.errors import UnknownNameError


@dataclass(frozen=True, eq=False)
class Joined:
    """Memberships of the same cases in several solutions, none of them null.

    Parameters
    ----------
    cases : tuple of str
        Ids of the cases for which everything is stated.
    dropped : tuple of str
        Ids of the others.
    initial, outcome : ndarray of float, one number a case
        Memberships in the solution whose firmness is in question, and in the outcome.
    tests : ndarray of float, one row a test solution, one column a case
        Memberships in solutions that other choices gave.

    Examples
    --------
    >>> both = joined(np.array([0.9, 0.2]), [np.array([0.7, 0.6])], np.array([1.0, 0.0]))
    >>> both.core.tolist(), both.in_any.tolist()
    ([0.7, 0.2], [0.7, 0.6])
    """

    cases: tuple[str, ...]
    dropped: tuple[str, ...]
    initial: np.ndarray
    tests: np.ndarray
    outcome: np.ndarray

    @property
    def in_all(self) -> np.ndarray:
        """Membership in what all test solutions share: the lowest of them."""
        return np.asarray(self.tests.min(axis=0))

    @property
    def in_any(self) -> np.ndarray:
        """Membership in what at least one test solution holds: the highest of them."""
        return np.asarray(self.tests.max(axis=0))

    @property
    def core(self) -> np.ndarray:
        """Membership in the robust core: what the initial solution shares with all tests."""
        return np.asarray(np.minimum(self.initial, self.in_all))

    def only(self, *tests: int) -> Joined:
        """The same with only some of the test solutions, by position."""
        return Joined(self.cases, self.dropped, self.initial, self.tests[list(tests)], self.outcome)


def joined(
    initial: np.ndarray,
    tests: Sequence[np.ndarray],
    outcome: np.ndarray,
    *,
    cases: Sequence[str] | None = None,
) -> Joined:
    """Put the memberships side by side, without the cases for which one of them is null.

    Raises
    ------
    UnknownNameError
        No test solution, lengths that differ, a number outside 0 to 1, or no case left.
    """
    if not len(tests):
        raise UnknownNameError("no test solution; name at least one other choice to compare with")
    ids = [str(case) for case in (cases if cases is not None else range(1, len(initial) + 1))]
    columns = [np.asarray(each, float) for each in (initial, outcome, *tests)]
    if {len(each) for each in columns} != {len(ids)}:
        raise UnknownNameError("the memberships are not of the same cases: their numbers differ")
    table = np.vstack(columns)
    stated = ~np.isnan(table).any(axis=0)
    if not stated.any():
        raise UnknownNameError("there is no case for which all solutions and the outcome are known")
    table = table[:, stated]
    if table.min() < 0 or table.max() > 1:
        raise UnknownNameError("a membership in a solution or outcome is a number from 0 to 1")
    return Joined(
        tuple(each for each, known in zip(ids, stated, strict=True) if known),
        tuple(each for each, known in zip(ids, stated, strict=True) if not known),
        table[0],
        table[2:],
        table[1],
    )


def joined_solutions(
    initial: Expression | str,
    tests: Sequence[Expression | str],
    memberships: Memberships,
    outcome: Expression | str,
) -> Joined:
    """The memberships of cases in solutions that are given as expressions.

    Parameters
    ----------
    initial : Expression or str
        The solution whose firmness is in question, such as "GG*AH + HE*~GG".
    tests : sequence of Expression or str
        Solutions that other choices gave.
    memberships : Memberships
        The cases. Where test solutions rest on other calibrations, use `joined`.
    outcome : Expression or str
        The outcome, such as "HL" or "~HL".

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"A": [0.9, 0.2], "B": [0.7, 0.4], "Y": [1.0, 0.0]}, index=["a", "b"])
    >>> joined_solutions("A", ["A*B"], Memberships.of(frame), "Y").core.tolist()
    [0.7, 0.2]
    """
    return joined(
        _held(initial, memberships),
        [_held(each, memberships) for each in tests],
        _held(outcome, memberships),
        cases=memberships.cases,
    )


def _held(expression: Expression | str, memberships: Memberships) -> np.ndarray:
    if isinstance(expression, str):
        expression = parse(expression, sets=memberships.sets, levels=memberships.levels)
    return membership(expression, memberships)
