"""Cohen, J. (1960). A coefficient of agreement for nominal scales, p. 45."""

from __future__ import annotations

import pytest

from tertium.agreement.coefficients.kappa import cohen_kappa, conger_kappa, light_kappa

TABLE = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]


def test_kappa_and_its_two_parts_are_those_of_the_worked_example(two_coders):
    """Two clinicians and 200 patients: .70 observed, .41 by chance, kappa .492."""
    found = cohen_kappa(two_coders(TABLE), weights="identity")
    assert found.observed == pytest.approx(0.70)
    assert found.expected == pytest.approx(0.41)
    assert found.value == pytest.approx(0.492, abs=0.0005)
    assert (found.n_units, found.n_coders) == (200, 2)


def test_for_two_coders_conger_and_light_are_cohen(two_coders):
    """Both generalise Cohen's kappa, so that nothing changes for two coders."""
    coded = two_coders(TABLE)
    expected = cohen_kappa(coded, weights="identity").value
    assert conger_kappa(coded, weights="identity").value == pytest.approx(expected)
    assert light_kappa(coded).value == pytest.approx(expected)
