"""Brennan, R. L., & Prediger, D. J. (1981). Coefficient kappa, example 1."""

from __future__ import annotations

import pytest

from tertium.agreement.coefficients.gwet import bennett_s, brennan_prediger
from tertium.agreement.coefficients.kappa import cohen_kappa

TABLE = [[50, 0, 0], [10, 10, 10], [20, 0, 0]]


def test_free_margins_give_another_number_than_fixed_ones(two_coders):
    """.60 observed; chance 1/3 gives .40, Cohen's chance .45 gives .27."""
    coded = two_coders(TABLE)
    free, fixed = (
        brennan_prediger(coded, weights="identity"),
        cohen_kappa(coded, weights="identity"),
    )
    assert free.observed == pytest.approx(0.60)
    assert fixed.observed == pytest.approx(0.60)
    assert free.expected == pytest.approx(1 / 3)
    assert fixed.expected == pytest.approx(0.45)
    assert free.value == pytest.approx(0.40)
    assert fixed.value == pytest.approx(0.27, abs=0.005)
    assert bennett_s(coded).value == free.value


def test_categories_of_the_scheme_count_even_where_nobody_used_them(two_coders):
    """A fourth category makes chance 1/4."""
    coded = two_coders(TABLE)
    found = brennan_prediger(coded, weights="identity", categories=[1, 2, 3, 4])
    assert found.expected == 0.25
    assert found.value == pytest.approx((0.60 - 0.25) / 0.75)
