"""What stays of a solution: the numbers, and the cases, recomputed case by case."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.comparison.sets.robustness.cases import KINDS, case_robustness, single_tests
from tertium.comparison.sets.robustness.fit import fit_robustness, set_coincidence
from tertium.comparison.sets.robustness.joined import Joined, joined
from tertium.errors import UnknownNameError

HUNDREDTHS = st.integers(0, 100).map(lambda whole: whole / 100)


@st.composite
def solutions(draw: Any, *, least_tests: int = 1) -> Joined:
    """Some cases with memberships in a solution, one to four tests and an outcome."""
    number = draw(st.integers(1, 12))
    column = st.lists(HUNDREDTHS, min_size=number, max_size=number).map(np.array)
    tests = draw(st.lists(column, min_size=least_tests, max_size=4))
    return joined(draw(column), tests, draw(column))


def robust(initial: list[float], *tests: list[float], outcome: list[float]) -> Joined:
    return joined(np.array(initial), [np.array(each) for each in tests], np.array(outcome))


@given(solutions())
def test_a_solution_that_is_its_own_test_is_perfectly_robust(made: Joined) -> None:
    """With the initial solution as its only test every number is 1 and no case moves."""
    same = joined(made.initial, [made.initial], made.outcome)
    fit, cases = fit_robustness(same), case_robustness(same)
    for number in (fit.consistency, fit.coverage, fit.coincidence_all, fit.coincidence_any):
        assert number is None or number == pytest.approx(1)
    assert cases.rank == 1
    assert cases.typical in (None, 1.0)
    assert cases.deviant in (None, 1.0)
    assert fit.initial == fit.core


@given(solutions())
def test_shares_stay_within_their_bounds(made: Joined) -> None:
    """Coverage, coincidences and case shares are from 0 to 1, and the rank from 1 to 4."""
    fit, cases = fit_robustness(made), case_robustness(made)
    for share in (
        fit.coverage,
        fit.coincidence_all,
        fit.coincidence_any,
        cases.typical,
        cases.deviant,
    ):
        assert share is None or 0 <= share <= 1 + 1e-12
    assert 1 <= cases.rank <= 4


@given(solutions())
def test_every_case_is_under_one_kind(made: Joined) -> None:
    """The eight kinds and the cases in between share out all cases, none twice."""
    found = case_robustness(made)
    listed = [case for kind in KINDS for case in found.kinds[kind]] + list(found.in_between)
    assert sorted(listed) == sorted(made.cases)


@given(solutions())
def test_numbers_agree_with_a_loop_over_cases(made: Joined) -> None:
    """Every number equals the one that is summed up case by case from the definition."""
    in_core = [
        min(made.initial[i], *(test[i] for test in made.tests)) for i in range(len(made.cases))
    ]
    shared = [min(core, y) for core, y in zip(in_core, made.outcome, strict=True)]
    of_initial = [min(x, y) for x, y in zip(made.initial, made.outcome, strict=True)]
    fit, found = fit_robustness(made), case_robustness(made)
    if sum(made.outcome) and sum(of_initial):
        assert fit.coverage == pytest.approx(sum(shared) / sum(of_initial))
    if sum(in_core) and sum(shared):
        expected = (sum(of_initial) / sum(made.initial)) / (sum(shared) / sum(in_core))
        assert fit.consistency == pytest.approx(expected)

    counts = {"robust": 0, "shaky": 0, "possible": 0}
    moves = set()
    for i, y in enumerate(made.outcome):
        tests = [test[i] for test in made.tests]
        if made.initial[i] > 0.5 and min(tests) > 0.5:
            kind = "robust"
        elif made.initial[i] > 0.5 and min(tests) < 0.5:
            kind = "shaky"
        elif made.initial[i] < 0.5 and max(tests) > 0.5:
            kind = "possible"
        else:
            continue
        moves.add(kind)
        counts[kind] += y > 0.5
    total = sum(counts.values())
    assert found.typical == (pytest.approx(counts["robust"] / total) if total else None)
    ranks = {(): 1, ("possible",): 2, ("shaky",): 3, ("possible", "shaky"): 4}
    assert found.rank == ranks[tuple(sorted(moves - {"robust"}))]


@given(solutions(least_tests=3))
def test_every_test_counts(made: Joined) -> None:
    """The order of the tests changes nothing: those in the middle count like the others."""
    back = made.only(*reversed(range(len(made.tests))))
    assert fit_robustness(back) == fit_robustness(made)
    assert case_robustness(back) == case_robustness(made)
    middle = robust([0.9], [0.9], [0.1], [0.9], outcome=[1.0])
    assert case_robustness(middle).kinds["shaky_typical"] == ("1",)


def test_what_is_not_defined_is_none() -> None:
    """Without a case in the core, in any set, or of a side, there is no number and no NaN."""
    nothing = robust([1.0, 1.0], [0.0, 0.0], outcome=[1.0, 1.0])
    assert fit_robustness(nothing).consistency is None
    assert fit_robustness(nothing).coverage == 0
    assert set_coincidence(np.zeros(2), np.zeros(2)) is None
    assert case_robustness(robust([0.1], [0.1], outcome=[0.9])).typical is None


def test_cases_in_the_middle_are_told() -> None:
    """A case at exactly 0.5 is under no kind, and is listed as in between."""
    found = case_robustness(robust([0.9, 0.5, 0.9], [0.9, 0.9, 0.5], outcome=[0.5, 0.9, 0.9]))
    assert found.in_between == ("1", "2", "3")
    assert found.rank == 1


def test_single_tests_begin_with_the_one_that_changes_most() -> None:
    """First the test that takes cases away, then one that adds, then one that is the same."""
    same, adds, takes = [0.9, 0.2, 0.8], [0.9, 0.7, 0.8], [0.9, 0.2, 0.1]
    found = single_tests(robust(same, same, adds, takes, outcome=[1.0, 1.0, 0.0]))
    assert [(each.test, each.rank) for each in found] == [(2, 3), (1, 2), (0, 1)]


def test_cases_with_a_null_are_dropped_and_named() -> None:
    """A case for which one of the solutions is not stated counts nowhere."""
    made = joined(
        np.array([0.9, np.nan, 0.2]), [np.array([0.9, 0.9, 0.2])], np.ones(3), cases=["a", "b", "c"]
    )
    assert made.cases == ("a", "c")
    assert made.dropped == ("b",)


@pytest.mark.parametrize(
    ("initial", "tests", "says"),
    [
        ([0.9], [], "no test solution"),
        ([0.9], [[0.9, 0.1]], "not of the same cases"),
        ([float("nan")], [[0.9]], "no case"),
        ([1.4], [[0.9]], "from 0 to 1"),
    ],
)
def test_what_is_no_solution_is_refused(
    initial: list[float], tests: list[list[float]], says: str
) -> None:
    """Nothing to compare with, other cases, no case and impossible numbers are plain errors."""
    with pytest.raises(UnknownNameError, match=says):
        joined(np.array(initial), [np.array(each) for each in tests], np.ones(len(initial)))
