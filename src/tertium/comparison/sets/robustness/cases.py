"""Which cases carry a solution whatever was chosen, and which come and go.

Comes in: memberships in an initial solution, in test solutions and in the outcome.
Goes out: `CaseRobustness`: every case under one kind, two shares and a rank; and which single
test changes most.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from tertium.comparison.sets.memberships import CROSSOVER
from tertium.comparison.sets.robustness.fit import set_coincidence
from tertium.comparison.sets.robustness.joined import Joined

# What each kind of case means, as a reader is told.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "robust_typical": "in the solution and in all tests; the outcome is there",
        "robust_deviant": "in the solution and in all tests; the outcome is not there",
        "shaky_typical": "in the solution, but not in all tests; the outcome is there",
        "shaky_deviant": "in the solution, but not in all tests; the outcome is not there",
        "possible_typical": "not in the solution, but in a test; the outcome is there",
        "possible_deviant": "not in the solution, but in a test; the outcome is not there",
        "uncovered": "in no solution, yet the outcome is there",
        "irrelevant": "in no solution, and the outcome is not there",
    }
)
RANKS: Mapping[int, str] = MappingProxyType(
    {
        1: "no case changes sides",
        2: "no case leaves the solution, some could join it",
        3: "some cases leave the solution, none could join it",
        4: "some cases leave the solution, and others could join it",
    }
)


@dataclass(frozen=True)
class CaseRobustness:
    """Every case under one kind, and how many change sides when other choices are made.

    Parameters
    ----------
    kinds : mapping of str to tuple of str
        The cases of each kind (`KINDS` says what each means).
    in_between : tuple of str
        Cases at exactly 0.5 in the outcome, in the solution or in what decides on them: they
        are under no kind.
    typical : float or None
        From 0 to 1: robust typical cases as a share of robust, shaky and possible typical ones.
        None if there is none.
    deviant : float or None
        The same of deviant cases: 1 means that the same cases speak against all solutions.
    rank : int
        1 to 4, from no case that changes sides to cases that change both ways (`RANKS`).
    """

    kinds: Mapping[str, tuple[str, ...]]
    in_between: tuple[str, ...]
    typical: float | None
    deviant: float | None
    rank: int


@dataclass(frozen=True)
class SingleTest:
    """What one test solution alone changes.

    Parameters
    ----------
    test : int
        Its place among the test solutions, from 0.
    rank : int
        As in `CaseRobustness`.
    coincidence : float or None
        How far it is the same set as the initial solution.
    """

    test: int
    rank: int
    coincidence: float | None


def case_robustness(joined: Joined) -> CaseRobustness:
    """Sort the cases by whether the solutions agree on them.

    A case is in a set if its membership is above 0.5, and out of it if it is below. A *robust*
    case is in the initial solution and in all test solutions; a *shaky* one is in the initial
    solution and not in all tests; a *possible* one is not in it, but in at least one test.

    Parameters
    ----------
    joined : Joined
        From `joined` or `joined_solutions`.

    References
    ----------
    .. [1] Oana, I.-E. and Schneider, C. Q. (2024). A robustness test protocol for applied QCA:
       theory and R software application. Sociological Methods & Research 53(1): 57-88
       (case-oriented robustness).

    Examples
    --------
    >>> from tertium.comparison.sets.robustness.joined import joined
    >>> solution, test = np.array([0.9, 0.8, 0.2]), np.array([0.9, 0.3, 0.7])
    >>> found = case_robustness(joined(solution, [test], np.array([1.0, 1.0, 1.0]), cases="abc"))
    >>> found.kinds["robust_typical"], found.kinds["shaky_typical"], found.rank
    (('a',), ('b',), 4)
    """
    robust, shaky, possible, neither = _places(joined)
    present, absent = joined.outcome > CROSSOVER, joined.outcome < CROSSOVER
    picked = {
        "robust_typical": robust & present,
        "robust_deviant": robust & absent,
        "shaky_typical": shaky & present,
        "shaky_deviant": shaky & absent,
        "possible_typical": possible & present,
        "possible_deviant": possible & absent,
        "uncovered": neither & present,
        "irrelevant": neither & absent,
    }
    kinds = {kind: _named(joined.cases, picked[kind]) for kind in KINDS}
    placed = np.any(list(picked.values()), axis=0)
    return CaseRobustness(
        MappingProxyType(kinds),
        _named(joined.cases, ~placed),
        _share(kinds, "typical"),
        _share(kinds, "deviant"),
        case_rank(joined),
    )


def case_rank(joined: Joined) -> int:
    """How the cases in and out of the solution change, from 1 (not) to 4 (both ways)."""
    _, shaky, possible, _ = _places(joined)
    return 1 + int(possible.any()) + 2 * int(shaky.any())


def single_tests(joined: Joined) -> list[SingleTest]:
    """Which test solution alone changes most: the highest rank first, then the least coincidence.

    Examples
    --------
    >>> from tertium.comparison.sets.robustness.joined import joined
    >>> solution = np.array([0.9, 0.2])
    >>> tests = [solution, np.array([0.9, 0.7])]
    >>> [each.test for each in single_tests(joined(solution, tests, solution))]
    [1, 0]
    """
    found = []
    for test in range(len(joined.tests)):
        alone = joined.only(test)
        coincidence = set_coincidence(alone.initial, alone.in_any)
        found.append(SingleTest(test, case_rank(alone), coincidence))
    return sorted(found, key=lambda each: (-each.rank, each.coincidence or 0.0, each.test))


def _places(joined: Joined) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Which cases are robust, shaky, possible and in no solution."""
    inside, outside = joined.initial > CROSSOVER, joined.initial < CROSSOVER
    return (
        inside & (joined.in_all > CROSSOVER),
        inside & (joined.in_all < CROSSOVER),
        outside & (joined.in_any > CROSSOVER),
        outside & (joined.in_any < CROSSOVER),
    )


def _named(cases: tuple[str, ...], chosen: np.ndarray) -> tuple[str, ...]:
    return tuple(case for case, is_in in zip(cases, chosen, strict=True) if is_in)


def _share(kinds: Mapping[str, tuple[str, ...]], side: str) -> float | None:
    counts = [len(kinds[f"{kind}_{side}"]) for kind in ("robust", "shaky", "possible")]
    return counts[0] / sum(counts) if sum(counts) else None
