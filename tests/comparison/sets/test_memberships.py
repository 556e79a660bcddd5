"""Memberships: kinds of sets, literals, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tertium.comparison.sets.memberships import Memberships
from tertium.errors import UnknownNameError


def made(**columns: list[float]) -> Memberships:
    cases = [f"case{number}" for number in range(len(next(iter(columns.values()))))]
    return Memberships.of(pd.DataFrame(columns, index=cases))


def test_kinds_follow_from_the_numbers() -> None:
    """Fractions make a set fuzzy, numbers above 1 make it multi-value, else it is crisp."""
    sets = made(A=[0, 1, 1], B=[0.2, 1, np.nan], C=[0, 2, 1])
    assert sets.fuzzy == {"B"}
    assert dict(sets.levels) == {"A": 2, "B": 2, "C": 3}
    assert sets.is_multi_value("C")
    assert not sets.is_multi_value("B")


def test_a_literal_keeps_what_is_not_stated() -> None:
    """Where nothing is stated neither presence nor absence is held of a case."""
    sets = made(B=[0.2, 1, np.nan], C=[0, 2, np.nan])
    np.testing.assert_allclose(sets.literal("B", 0), [0.8, 0, np.nan])
    np.testing.assert_allclose(sets.literal("C", 2), [0, 1, np.nan])


def test_incomplete_cases_are_named() -> None:
    """Only the sets that are asked for decide which cases are complete."""
    sets = made(A=[0, np.nan, 1], B=[0.2, 1, np.nan])
    kept, dropped = sets.complete(["A"])
    assert kept.cases == ("case0", "case2")
    assert dropped == ("case1",)
    assert sets.complete(["A", "B"])[1] == ("case1", "case2")


def test_cases_at_the_crossover_are_named() -> None:
    """Exactly one half is neither in nor out, and only fuzzy sets can have it."""
    sets = made(A=[0, 1, 1], B=[0.5, 0.49, 0.5 + 1e-15])
    assert sets.in_between(["A", "B"]) == {"B": ("case0", "case2")}


@pytest.mark.parametrize(
    ("values", "said"),
    [([0.2, 1.2], "case1 has 1.2 in the set A"), ([0, -1], "case1 has -1 in the set A")],
)
def test_impossible_numbers_are_refused(values: list[float], said: str) -> None:
    """A membership beyond 0 and 1, or below 0, is named with its case and set."""
    with pytest.raises(UnknownNameError, match=said):
        made(A=values)


def test_unknown_sets_and_values_are_refused() -> None:
    """The message says what there is."""
    sets = made(A=[0, 1], C=[0, 2])
    with pytest.raises(UnknownNameError, match="there are A, C"):
        sets.literal("B", 1)
    with pytest.raises(UnknownNameError, match="its values are 0 to 2"):
        sets.literal("C", 3)
