"""Artstein, R., & Poesio, M. (2008). Inter-coder agreement for computational linguistics."""

from __future__ import annotations

import pytest

from tertium.agreement.coefficients.alpha import krippendorff_alpha
from tertium.agreement.coefficients.kappa import cohen_kappa

# Table 2: 100 utterances as statement, information request, check.
TABLE = [[46, 0, 0], [6, 32, 6], [0, 0, 10]]


def test_alpha_and_kappa_are_those_of_the_example(two_coders):
    """.88 observed for both; alpha .800, kappa .801."""
    coded = two_coders(TABLE, ["STAT", "IReq", "Chck"])
    alpha = krippendorff_alpha(coded, level="nominal")
    kappa = cohen_kappa(coded, weights="identity")
    assert 1 - alpha.observed == pytest.approx(0.88)
    assert kappa.observed == pytest.approx(0.88)
    assert kappa.expected == pytest.approx(0.396)
    # All pairs of 200 codings, less those of a coding with itself.
    shares = [0.49, 0.38, 0.13]
    expected = (200**2 - sum((200 * share) ** 2 for share in shares)) / (200 * 199)
    assert alpha.expected == pytest.approx(expected)
    assert alpha.value == pytest.approx(0.800, abs=0.001)
    assert kappa.value == pytest.approx(0.801, abs=0.0005)
