"""Ragin, C. C. (2008). Redesigning Social Inquiry. University of Chicago Press. Ch. 5."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tertium.comparison.sets.calibration.direct import direct
from tertium.comparison.sets.calibration.indirect import fitted_shares, grades, indirect

INCOME = [40110, 34400, 25200, 24920, 20060, 17090, 15320, 13680, 11720, 11290, 10940, 9800,
          7470, 4670, 4100, 4070, 3740, 3690, 3590, 2980, 1000, 650, 450, 110]  # fmt: skip
# Table 5.2: degree of membership in the set of developed countries.
DEVELOPED = [1.00, 1.00, 0.98, 0.98, 0.95, 0.92, 0.89, 0.85, 0.79, 0.78, 0.77, 0.72,
             0.62, 0.40, 0.25, 0.25, 0.18, 0.17, 0.16, 0.08, 0.01, 0.01, 0.00, 0.00]  # fmt: skip


def test_direct_method():
    """Log odds of 3 at 20,000 and -3 at 2,500 dollars give the printed degrees of 24 countries."""
    idm = 1 / (1 + math.exp(-3))
    found = direct(INCOME, out=2500, crossover=5000, into=20000, idm=idm)
    assert found.round(2).tolist() == DEVELOPED


def test_indirect_method_is_the_most_likely_curve():
    """The fitted shares are those at which the likelihood has no slope, found another way."""
    given = grades(INCOME, "1000, 4000, 5000, 10000, 20000")
    x = np.array(INCOME, dtype=float)
    # The same terms, turned so that none says what another says; Newton's method on these.
    basis = np.linalg.qr(np.column_stack([x**0, np.log(x), np.sqrt(x), x, x**2])).Q
    weights = np.zeros(5)
    for _ in range(100):
        mean = 1 / (1 + np.exp(-basis @ weights))
        slope = basis.T @ (given - mean)
        weights += np.linalg.solve(basis.T @ (basis * (mean * (1 - mean))[:, None]), slope)
    assert np.abs(slope).max() < 1e-12
    assert indirect(INCOME, given) == pytest.approx(mean, abs=1e-9)


def test_grades_of_the_indirect_method():
    """Five cuts sort the countries into six equally spaced grades; one on a cut has the lower."""
    given = grades(INCOME, "1000, 4000, 5000, 10000, 20000")
    assert given[[0, 5, 11, 13, 16, 20]].round(1).tolist() == [1.0, 0.8, 0.6, 0.4, 0.2, 0.0]


def test_terms_that_say_nothing_new_are_left_out():
    """A column that repeats another changes no fitted share."""
    x = np.array([1.0, 2, 3, 4, 5, 6])
    shares = np.array([0.1, 0.3, 0.2, 0.6, 0.8, 0.9])
    one = np.column_stack([x**0, x])
    assert fitted_shares(np.column_stack([one, 2 * x]), shares) == pytest.approx(
        fitted_shares(one, shares), abs=1e-12
    )


def test_grades_that_can_be_told_apart_do_not_break_the_fit():
    """Where the best curve lies infinitely far off, memberships still stay near the grades."""
    income = [110, 450, 1000, 3590, 4100, 4670, 9800, 13680, 24920, 40110]
    given = grades(income, "1000, 4000, 5000, 10000, 20000")
    assert np.abs(indirect(income, given) - given).max() < 0.1
