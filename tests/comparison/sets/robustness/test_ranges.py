"""How far a number can be moved before the solution changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.comparison.sets.robustness.ranges import Range, exact, moved
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


def test_a_step_up_can_differ_from_a_step_down() -> None:
    """Between unequal neighbours each way has its own step."""
    found = moved("SIZE crossover", 10, lambda at: 4 < at < 90, step=2, runs=20, step_up=20)
    assert (found.lower, found.upper) == (6, 70)


shares = st.integers(0, 12).map(lambda number: number / 12)


@given(st.lists(shares, min_size=1, max_size=6), st.integers(1, 120), st.data())
def test_exact_ranges_hold_wherever_they_are_looked_at(
    rows: list[float], at: int, data: st.DataObject
) -> None:
    """Cut-offs in the range let the same rows pass; one just outside does not."""
    cut = at / 120

    def passing(value: float) -> set[int]:
        return {place for place, each in enumerate(rows) if each >= value - 1e-9}

    found = exact("consistency", cut, lambda v: passing(v) == passing(cut), shares=rows)
    assert found.lower is not None
    assert found.upper is not None
    assert found.is_open
    inside = data.draw(st.floats(found.lower, found.upper, exclude_min=True))
    if inside > found.lower + 1e-6:
        assert passing(inside) == passing(cut)
    if found.below == "changes":
        assert passing(found.lower) != passing(cut)
    if found.above == "changes":
        assert passing(found.upper + 1e-6) != passing(cut)


def test_a_cut_off_of_zero_asks_for_nothing() -> None:
    """For PRI 0 is a value of its own: rows without a share pass only there."""
    at_zero = exact("pri", 0, lambda cut: cut == 0, shares=[0.4, None], asks_nothing_at_zero=True)
    assert (at_zero.lower, at_zero.upper, at_zero.is_open) == (0.0, 0.0, False)
    above = exact(
        "pri", 0.3, lambda cut: 0 < cut <= 0.4, shares=[0.4, None], asks_nothing_at_zero=True
    )
    assert (above.lower, above.upper, above.is_open, above.below) == (0.0, 0.4, True, "changes")


def test_a_cut_off_goes_no_lower_than_it_may() -> None:
    """The cut-off of consistency can't go below that of contradictory rows."""
    found = exact("consistency", 0.8, lambda cut: True, shares=[0.3, 0.7], least=0.5)
    assert (found.lower, found.is_open, found.below) == (0.5, False, "edge")
