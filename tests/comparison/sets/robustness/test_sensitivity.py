"""Cut-offs and anchors that are moved, against solutions that are looked up one by one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.comparison.sets.calibration.direct import direct
from tertium.comparison.sets.memberships import Memberships
from tertium.comparison.sets.robustness.sensitivity import Anchor, Choices, models_of, ranges
from tertium.comparison.sets.solutions.solve import solve
from tertium.comparison.sets.solutions.truth import truth_rows
from tertium.errors import UnknownNameError

# No membership is 0.5: every case has its row.
OFF_CENTRE = st.integers(0, 99).map(lambda whole: (whole + 0.5) / 100)


@st.composite
def made(draw: st.DrawFn) -> Memberships:
    """Three to ten cases in two fuzzy conditions and an outcome."""
    rows = draw(st.lists(st.tuples(OFF_CENTRE, OFF_CENTRE, OFF_CENTRE), min_size=3, max_size=10))
    return Memberships.of(pd.DataFrame(rows, columns=["A", "B", "Y"], index=names(len(rows))))


def names(number: int) -> list[str]:
    return [f"case{place}" for place in range(number)]


def chosen(**changes: object) -> Choices:
    given = {
        "outcome": "Y",
        "conditions": ("A", "B"),
        "consistency": 0.75,
        "pri": 0.0,
        "cases": 1,
        "solution": "conservative",
    }
    return Choices(**(given | changes))  # type: ignore[arg-type]


@settings(max_examples=40, deadline=None)
@given(made(), st.sampled_from(["Y", "~Y"]))
def test_a_range_is_what_single_solutions_say(sets: Memberships, outcome: str) -> None:
    """Each bound of the consistency cut is found again by solving at every step."""
    choices = chosen(outcome=outcome)

    def at(cut: float) -> object:
        table = truth_rows(sets, outcome, ["A", "B"], consistency=cut)
        if len(table.of("1")) in (0, 4):
            return None
        return {frozenset(model) for model in solve(table, sets, solution="conservative").models}

    first = at(0.75)
    if first is None:
        with pytest.raises(UnknownNameError, match="nothing to explain"):
            ranges(sets, choices, steps={"consistency": 0.05}, runs=20)
        return
    found = ranges(sets, choices, steps={"consistency": 0.05}, runs=20)[0]
    cuts = [round(0.05 * step, 2) for step in range(1, 21)]
    below = [cut for cut in cuts if cut < 0.75 and at(cut) != first]
    above = [cut for cut in cuts if cut > 0.75 and at(cut) != first]
    assert found.lower == round((max(below) if below else 0) + 0.05, 2)
    assert found.upper == round((min(above) if above else 1.05) - 0.05, 2)


def test_the_cut_of_cases_ends_where_a_row_is_lost() -> None:
    """With two cases in the row that has the outcome, a cut of three leaves nothing."""
    frame = pd.DataFrame({"A": [1, 1, 0], "Y": [1, 1, 0]}, index=names(3))
    choices = chosen(conditions=("A",), cases=2)
    found = ranges(Memberships.of(frame), choices, steps={"cases": 1}, runs=5)[0]
    assert (found.lower, found.upper, found.below, found.above) == (1, 2, "edge", "changes")


def test_the_cut_of_pri_can_be_moved() -> None:
    """A row with a PRI of 0.5 is lost when the cut goes beyond it."""
    frame = pd.DataFrame({"A": [1, 1, 0, 0], "Y": [0.75, 0.25, 0.1, 0.0]}, index=names(4))
    choices = chosen(conditions=("A",), consistency=0.5)
    found = ranges(Memberships.of(frame), choices, steps={"pri": 0.1}, runs=20)[0]
    # min(x, y) sums to 1, min(x, y, 1 - y) to 0.5: (1 - 0.5) / (2 - 0.5) = 1/3.
    assert (found.lower, found.upper) == (0, 0.3)


def test_anchors_are_moved_between_their_neighbours() -> None:
    """Each anchor is moved alone, up to where the solution changes or its neighbour stands."""
    raw, y = np.array([10.0, 20.0, 30.0, 40.0]), [0.0, 0.0, 1.0, 1.0]
    at = {"out": 5.0, "crossover": 25.0, "into": 45.0}

    def memberships(changes: Mapping[str, Mapping[str, float]]) -> Memberships:
        held = direct(raw, **{**at, **changes.get("A", {})})
        return Memberships.of(pd.DataFrame({"A": held, "Y": y}, index=names(4)))

    choices = chosen(conditions=("A",), consistency=0.7)
    anchors = [
        Anchor("A", "crossover", 25, step=2, above=5, below=45),
        Anchor("A", "into", 45, step=10, above=25),
    ]
    crossover, into = ranges(memberships, choices, steps={}, runs=12, anchors=anchors)
    assert crossover.parameter == "A crossover"
    assert (into.lower, into.below, into.upper) == (35, "edge", None)
    first = models_of(choices.solved(memberships({})))
    same = [
        value
        for value in range(7, 45, 2)
        if models_of(choices.solved(memberships({"A": {"crossover": value}}))) == first
    ]
    # The range is what holds without a gap around the chosen value.
    assert crossover.lower is not None
    assert crossover.upper is not None
    assert set(range(int(crossover.lower), int(crossover.upper) + 1, 2)) <= set(same)
    assert crossover.lower - 2 not in same
    assert crossover.upper + 2 not in same
    assert crossover.above == "changes"


def test_models_are_compared_as_sets() -> None:
    """The order of models and terms does not make another solution; another term does."""
    frame = pd.DataFrame({"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 1, 1, 0]}, index=names(4))
    sets = Memberships.of(frame)
    turned = Memberships.of(frame.iloc[::-1])
    one, other = chosen().solved(sets), chosen().solved(turned)
    assert models_of(one) == models_of(other)
    assert models_of(one) != models_of(chosen(outcome="~Y").solved(sets))


@pytest.mark.parametrize(
    ("steps", "anchors", "says"),
    [
        ({"incl": 0.1}, [], "'incl' is no cut-off"),
        ({"cases": 0.5}, [], "whole number"),
        ({}, [Anchor("A", "crossover", 1, 1)], "give a function"),
    ],
)
def test_what_cannot_be_moved_is_refused(
    steps: dict[str, float], anchors: list[Anchor], says: str
) -> None:
    """An unknown cut-off, half a case, and an anchor of fixed memberships are plain errors."""
    frame = pd.DataFrame({"A": [1, 0], "B": [1, 0], "Y": [1, 0]}, index=names(2))
    with pytest.raises(UnknownNameError, match=says):
        ranges(Memberships.of(frame), chosen(), steps=steps, runs=2, anchors=anchors)
