"""Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability, sections A and C."""

from __future__ import annotations

import numpy as np
import pytest

from tertium.agreement.coefficients.alpha import krippendorff_alpha
from tertium.agreement.coefficients.percent import percent_agreement

GAP = np.nan
TWO_BY_TEN = np.array([[1, 1, 0, 0, 0, 0, 0, 0, 0, 0], [0, 1, 1, 0, 0, 1, 0, 1, 0, 0]])
FOUR_BY_TWELVE = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
        [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
    ]
)


def test_binary_data_of_two_observers():
    """Section A: 4 of 10 units unlike, 14 zeros and 6 ones, alpha .095."""
    found = krippendorff_alpha(TWO_BY_TEN, level="nominal")
    assert found.observed == pytest.approx(0.4)
    assert found.expected == pytest.approx(2 * 14 * 6 / (20 * 19))
    assert found.value == pytest.approx(0.095, abs=0.0005)


@pytest.mark.parametrize(
    ("level", "published"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_missing_data_at_four_levels(level, published):
    """Section C: four observers, twelve units, the last of which nobody else coded."""
    found = krippendorff_alpha(FOUR_BY_TWELVE, level=level)
    assert found.value == pytest.approx(published, abs=0.0005)
    assert found.set_aside == {"one_coding": 1}
    assert (found.n_units, found.details["n_codings"]) == (11, 40)


def test_the_parts_of_the_nominal_example():
    """40 pairable values: 9, 13, 10, 5 and 3 of each; 8 of 40 coincidences unlike."""
    found = krippendorff_alpha(FOUR_BY_TWELVE, level="nominal")
    assert found.observed == pytest.approx(0.2)
    like = sum(count * (count - 1) for count in (9, 13, 10, 5, 3))
    assert found.expected == pytest.approx(1 - like / (40 * 39))


def test_percent_agreement_has_two_meanings_with_missing_data():
    """.818 as a mean over units, .800 over pairable values."""
    assert percent_agreement(FOUR_BY_TWELVE, average="unit").value == pytest.approx(9 / 11)
    assert percent_agreement(FOUR_BY_TWELVE, average="pairable_values").value == pytest.approx(0.8)
    assert percent_agreement(FOUR_BY_TWELVE, average="all_coders_identical").value == pytest.approx(
        8 / 11
    )
