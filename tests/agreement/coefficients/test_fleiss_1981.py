"""Fleiss, J. L. (1981). Statistical Methods for Rates and Proportions, 2nd ed., section 13.1."""

from __future__ import annotations

from functools import partial

import pytest

from tertium.agreement.coefficients.kappa import cohen_kappa
from tertium.agreement.variances import analytic, cohen_standard_error

TABLE = [[75, 1, 4], [5, 4, 1], [0, 0, 10]]


def test_kappa_and_its_standard_errors_are_those_of_the_example(two_coders):
    """100 persons: .89 observed, .66 by chance, kappa .68; .076 under chance, .087 else."""
    coded = two_coders(TABLE)
    found = cohen_kappa(coded, weights="identity")
    assert found.observed == pytest.approx(0.89)
    assert found.expected == pytest.approx(0.66)
    assert found.value == pytest.approx(0.68, abs=0.005)
    by_chance = cohen_standard_error(coded, weights="identity", null="zero")
    assert by_chance == pytest.approx(0.076, abs=0.0005)
    error = cohen_standard_error(coded, weights="identity", null="estimate")
    assert error == pytest.approx(0.087, abs=0.001)


def test_the_analytic_interval_is_made_of_them(two_coders):
    """Kappa plus and minus 1.96 standard errors, never above 1."""
    coded = two_coders(TABLE)
    found = analytic(coded, partial(cohen_kappa, weights="identity"), level=0.95)
    assert found.low == pytest.approx(0.6765 - 1.96 * 0.0877, abs=0.0005)
    assert found.high == pytest.approx(0.6765 + 1.96 * 0.0877, abs=0.0005)
    assert found.p_value < 1e-9
    perfect = two_coders([[5, 0], [0, 5]])
    assert analytic(perfect, partial(cohen_kappa, weights="identity"), level=0.95).high == 1
