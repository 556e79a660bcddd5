"""Theory evaluation: four areas, eight kinds of cases."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.comparison.sets.memberships import Memberships
from tertium.comparison.sets.theory import KINDS, evaluate_theory
from tertium.errors import UnknownNameError


def test_every_kind_of_case() -> None:
    """With every combination of two conditions and an outcome, each kind has one case."""
    rows = [(a, b, y) for a in (0, 1) for b in (0, 1) for y in (0, 1)]
    frame = pd.DataFrame(rows, columns=["A", "B", "Y"], index=[f"{a}{b}{y}" for a, b, y in rows])
    found = evaluate_theory("A", "B", "Y", Memberships.of(frame)).cases()
    assert found == {
        "covered most likely": ("111",),
        "inconsistent most likely": ("110",),
        "covered least likely": ("011",),
        "inconsistent least likely": ("010",),
        "uncovered most likely": ("101",),
        "consistent most likely": ("100",),
        "uncovered least likely": ("001",),
        "consistent least likely": ("000",),
    }


def test_areas_are_written_short() -> None:
    """Theory and solution are joined and simplified; an empty area is 0."""
    frame = pd.DataFrame({"A": [1, 0], "B": [1, 1], "Y": [1, 0]})
    found = evaluate_theory("A + B", "A*B", "Y", Memberships.of(frame))
    assert [area.expression.text() for area in found.areas] == [
        "A*B",
        "0",
        "~A*B + A*~B",
        "~A*~B",
    ]
    assert found.areas[1].fit.consistency is None


hundredths = st.integers(0, 100).map(lambda number: number / 100)


@given(st.lists(st.tuples(hundredths, hundredths, hundredths), min_size=1, max_size=9))
def test_each_case_is_in_one_area_at_most(rows: list[tuple[float, float, float]]) -> None:
    """A fuzzy case is told once, or named as being in between."""
    frame = pd.DataFrame(rows, columns=["A", "B", "Y"], index=[f"c{n}" for n in range(len(rows))])
    found = evaluate_theory("A", "~B", "Y", Memberships.of(frame, fuzzy=["A", "B", "Y"]))
    told = [case for cases in found.cases().values() for case in cases]
    assert sorted([*told, *found.in_between]) == sorted(frame.index)
    assert set(found.cases()) == {kind for kinds in KINDS.values() for kind in kinds}


def test_unstated_cases_and_a_named_outcome() -> None:
    """A case without a value is dropped by name; a theory can't name the outcome."""
    frame = pd.DataFrame({"A": [1, None], "B": [1, 0], "Y": [1, 0]}, index=["x", "y"])
    sets = Memberships.of(frame)
    assert evaluate_theory("A", "B", "Y", sets).dropped == ("y",)
    with pytest.raises(UnknownNameError, match="the theory names the outcome, Y"):
        evaluate_theory("A*Y", "B", "~Y", sets)
