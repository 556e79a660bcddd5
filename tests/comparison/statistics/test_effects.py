"""How large a difference is."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tertium.comparison.statistics.effects import cramers_v

TABLES = arrays(
    float, st.tuples(st.integers(2, 4), st.integers(2, 4)), elements=st.integers(1, 20).map(float)
)


@given(TABLES, st.sampled_from([0, 1, 2]))
def test_it_lies_between_nothing_and_all(table, corrections):
    """Cramér's V is in [0, 1], and each correction makes it no larger."""
    found = float(cramers_v(table, corrections=corrections))
    assert 0 <= found <= 1


@given(TABLES)
def test_chance_is_taken_off(table):
    """Corrected for chance, it says that no more goes together."""
    if table.sum() > 30:
        assert cramers_v(table, corrections=1) <= cramers_v(table) + 1e-9


def test_all_and_nothing():
    """One tells the other: 1, corrected or not; shares alike: 0."""
    for corrections in (0, 1):
        assert cramers_v([[5, 0, 0], [0, 6, 4]], corrections=corrections) == pytest.approx(
            1, abs=0.05
        )
        assert cramers_v([[2, 4, 6], [1, 2, 3]], corrections=corrections) == 0


def test_of_two_by_two_it_is_phi():
    """Two ways to one number: the correlation of two yes-no variables."""
    table = np.array([[7, 2], [3, 9]])
    one = np.repeat([1, 1, 0, 0], table.ravel())
    other = np.repeat([1, 0, 1, 0], table.ravel())
    assert cramers_v(table) == pytest.approx(abs(np.corrcoef(one, other)[0, 1]))


def test_many_tables_at_once():
    """A stack of tables has the numbers of each, and none where one row is empty."""
    tables = np.array([[[3, 1], [1, 3]], [[4, 4], [0, 0]]])
    found = cramers_v(tables)
    assert found[0] == 0.5
    assert math.isnan(found[1])
