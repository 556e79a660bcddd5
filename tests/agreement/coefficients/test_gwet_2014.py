"""Gwet, K. L. (2014). Handbook of Inter-Rater Reliability, 4th ed.: four raters, twelve units.

The values and standard errors are those printed in the vignette of the author's own program.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from tertium.agreement.coefficients.alpha import krippendorff_alpha
from tertium.agreement.coefficients.gwet import brennan_prediger, gwet_ac
from tertium.agreement.coefficients.kappa import conger_kappa
from tertium.agreement.coefficients.pi import fleiss_kappa
from tertium.agreement.variances import analytic

GAP = np.nan
CODED = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, GAP],
        [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
    ]
)


@pytest.mark.parametrize(
    ("coefficient", "value", "expected", "error"),
    [
        (partial(gwet_ac, weights="identity"), 0.77544, 0.19032, 0.14295),
        (partial(fleiss_kappa, weights="identity"), 0.76117, 0.23872, 0.15302),
        (partial(conger_kappa, weights="identity"), 0.76282, 0.23343, 0.14917),
        (partial(brennan_prediger, weights="identity"), 0.77273, 0.20000, 0.14472),
    ],
)
def test_values_parts_and_standard_errors(coefficient, value, expected, error):
    """Observed agreement .81818 for all; a unit with one rating counts for chance only."""
    found = coefficient(CODED)
    assert found.observed == pytest.approx(0.81818, abs=5e-6)
    assert found.expected == pytest.approx(expected, abs=5e-6)
    assert found.value == pytest.approx(value, abs=5e-6)
    assert analytic(CODED, coefficient, level=0.95).standard_error == pytest.approx(error, abs=5e-6)


def test_the_standard_error_of_alpha():
    """Krippendorff's alpha .74342 with .14557, from the eleven units that two coded."""
    coefficient = partial(krippendorff_alpha, level="nominal")
    assert coefficient(CODED).value == pytest.approx(0.74342, abs=5e-6)
    found = analytic(CODED, coefficient, level=0.95)
    assert found.standard_error == pytest.approx(0.14557, abs=5e-6)
    assert found.high == 1
