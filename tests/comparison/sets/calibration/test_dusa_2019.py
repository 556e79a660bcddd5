"""Duşa, A. (2019). QCA with R. Springer; and the examples of the help pages of his program."""

from __future__ import annotations

import pytest

from tertium.comparison.sets.calibration.cuts import gaps

GDP = [460, 500, 900, 2000, 2100, 2400, 15000, 16000, 20000]


@pytest.mark.parametrize(
    ("number", "options", "expected"),
    [
        (1, {}, (8700,)),
        (2, {}, (8700, 18000)),
        (2, {"linkage": "ward.D2", "distance": "canberra"}, (1450, 8700)),
    ],
)
def test_cuts_of_the_help_page(number, options, expected):
    """Hypothetical incomes of nine countries fall into groups at the printed cuts."""
    assert gaps(GDP, number, **options) == expected
