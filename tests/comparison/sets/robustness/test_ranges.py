"""How far a number can be moved before the solution changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.comparison.sets.robustness.ranges import Range, moved
from tertium.errors import UnknownNameError


@given(st.integers(-9, 0), st.integers(0, 9), st.integers(1, 12))
def test_bounds_are_the_last_values_that_give_the_same_solution(
    low: int, high: int, runs: int
) -> None:
    """Every value in the range keeps the solution, the next ones don't; none beyond the runs."""
    found = moved("cases", 0, lambda at: low <= at <= high, step=1, runs=runs)
    assert found.lower == (low if -low < runs else None)
    assert found.upper == (high if high < runs else None)
    assert found.reached_lower == (found.lower is not None)


def test_steps_do_not_add_up_rounding() -> None:
    """Three steps of 0.01 below 0.87 are 0.84, not 0.8400000000000001."""
    found = moved("consistency", 0.87, lambda cut: cut >= 0.84, step=0.01, runs=20)
    assert found.lower == 0.84


def test_the_range_ends_where_values_are_no_longer_possible() -> None:
    """A bound at the edge of what can be chosen is a bound, and is told apart from a change."""
    found = moved("cases", 2, lambda _: True, step=1, runs=3, possible=lambda n: n >= 1)
    assert found == Range("cases", 2, 1, None, "edge", "not_found")


@pytest.mark.parametrize(("step", "runs"), [(0, 3), (-1, 3), (float("nan"), 3), (1, 0)])
def test_no_step_and_no_run_is_refused(step: float, runs: int) -> None:
    """A step must be above 0, and there must be at least one."""
    with pytest.raises(UnknownNameError, match="write"):
        moved("cases", 1, lambda _: True, step=step, runs=runs)
