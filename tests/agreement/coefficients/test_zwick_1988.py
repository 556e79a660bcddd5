"""Zwick, R. (1988). Another look at interrater agreement, table 3."""

from __future__ import annotations

import pytest

from tertium.agreement.coefficients.kappa import cohen_kappa
from tertium.agreement.coefficients.pi import scott_pi

TABLE = [[20, 5, 5, 10], [0, 10, 5, 5], [0, 5, 10, 5], [0, 0, 0, 20]]


def test_pi_and_kappa_part_where_margins_differ(two_coders):
    """.60 observed for both; chance .26 for pi (.46), .24 for kappa (.474)."""
    coded = two_coders(TABLE, list("ABCD"))
    pi, kappa = scott_pi(coded), cohen_kappa(coded, weights="identity")
    assert pi.observed == pytest.approx(0.60)
    assert kappa.observed == pytest.approx(0.60)
    assert pi.expected == pytest.approx(0.26)
    assert kappa.expected == pytest.approx(0.24)
    assert pi.value == pytest.approx(0.46, abs=0.005)
    assert kappa.value == pytest.approx(0.474, abs=0.0005)
