"""Worked examples of Agresti's textbooks.

[C] Categorical Data Analysis, 2nd ed. (2002), Wiley. [I] An Introduction to Categorical Data
Analysis, 2nd ed. (2007), Wiley.
"""

from __future__ import annotations

import numpy as np
import pytest

from tertium.comparison.statistics.effects import chi_square
from tertium.comparison.statistics.exact import freeman_halton
from tertium.comparison.statistics.residuals import adjusted_residuals, expected_counts


def test_gender_gap():
    """[I], table 2.5 and 2.6, section 2.4: chi-square 30.1; women are Democrats by 4.50 errors."""
    table = [[762, 327, 468], [484, 239, 477]]
    assert chi_square(table) == pytest.approx(30.1, abs=0.05)
    np.testing.assert_allclose(expected_counts(table)[0], [703.7, 319.6, 533.7], atol=0.05)
    expected = [[4.50, 0.70, -5.32], [-4.50, -0.70, 5.32]]
    np.testing.assert_allclose(adjusted_residuals(table), expected, atol=0.005)


def test_schooling_and_belief():
    """[C], tables 3.2 and 3.3: chi-square 69.2, residuals from -6.8 to 6.3."""
    table = [[178, 138, 108], [570, 648, 442], [138, 252, 252]]
    assert chi_square(table) == pytest.approx(69.2, abs=0.05)
    expected = [[4.5, -2.6, -1.9], [2.6, 1.3, -4.0], [-6.8, 0.7, 6.3]]
    np.testing.assert_allclose(adjusted_residuals(table), expected, atol=0.05)


def test_the_lady_tasting_tea():
    """[I], section 2.6.2, and Fisher (1935), ch. 2: both sides 0.486; at best 1 in 35."""
    found = freeman_halton([[3, 1], [1, 3]])
    assert found.p == pytest.approx(34 / 70)
    assert found.smallest == pytest.approx(2 / 70)
