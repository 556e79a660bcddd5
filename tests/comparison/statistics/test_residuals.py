"""How far cells are from what their margins lead one to expect."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tertium.comparison.statistics.effects import chi_square
from tertium.comparison.statistics.residuals import adjusted_residuals, expected_counts

TABLES = arrays(
    float, st.tuples(st.integers(2, 4), st.integers(2, 4)), elements=st.integers(0, 20).map(float)
)


@given(TABLES)
def test_expected_counts_keep_the_margins(table):
    """Rows and columns of what is expected add up to those of what was found."""
    if table.sum():
        expected = expected_counts(table)
        np.testing.assert_allclose(expected.sum(axis=0), table.sum(axis=0))
        np.testing.assert_allclose(expected.sum(axis=1), table.sum(axis=1))


@given(TABLES)
def test_turning_the_table_turns_the_residuals(table):
    """Which axis stands in rows changes nothing."""
    np.testing.assert_allclose(adjusted_residuals(table).T, adjusted_residuals(table.T))


@given(arrays(float, (2, 2), elements=st.integers(1, 30).map(float)))
def test_two_by_two_has_one_distance(table):
    """Of two by two all residuals are as far, and their square is chi-square."""
    np.testing.assert_allclose(adjusted_residuals(table) ** 2, float(chi_square(table)), atol=1e-9)


def test_an_empty_column_has_no_residual():
    """Where nothing could differ there is no distance, and no warning."""
    found = adjusted_residuals([[2, 0, 1], [1, 0, 4]])
    assert np.isnan(found[:, 1]).all()
    assert np.isfinite(found[:, [0, 2]]).all()
    assert np.isnan(adjusted_residuals([[0, 0], [0, 0]])).all()


def test_what_is_no_table_is_refused():
    """A list, a negative count."""
    for wrong in ([1, 2], [[1, -2]], [[1, float("nan")]]):
        with pytest.raises(ValueError, match="found"):
            adjusted_residuals(wrong)
