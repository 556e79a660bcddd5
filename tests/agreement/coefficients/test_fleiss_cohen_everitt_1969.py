"""Fleiss, J. L., Cohen, J., & Everitt, B. S. (1969). Large sample standard errors of kappa."""

from __future__ import annotations

import numpy as np
import pytest

from tertium.agreement.coefficients.kappa import cohen_kappa
from tertium.agreement.variances import cohen_standard_error

# Table 1: 200 persons as psychotic, neurotic, organic.
TABLE = [[106, 10, 4], [22, 28, 10], [2, 12, 6]]


def test_kappa_and_its_two_parts_are_those_of_the_example(two_coders):
    """Observed .70, by chance .475, kappa .429."""
    found = cohen_kappa(two_coders(TABLE), weights="identity")
    assert found.observed == pytest.approx(0.70)
    assert found.expected == pytest.approx(0.475)
    assert found.value == pytest.approx(0.429, abs=0.0005)


@pytest.mark.parametrize("weights", ["identity", "linear", "quadratic"])
def test_the_standard_error_is_that_of_the_delta_method(two_coders, weights):
    """The published variance equals the one from numerical derivatives by the nine shares."""
    shares = np.array(TABLE).reshape(-1) / 200
    ranks = np.arange(3)
    apart = np.abs(ranks[:, None] - ranks[None, :]) / 2
    credit = {"identity": np.eye(3), "linear": 1 - apart, "quadratic": 1 - apart**2}[weights]

    def kappa(of):
        joint = of.reshape(3, 3) / of.sum()
        chance = (credit * np.outer(joint.sum(axis=1), joint.sum(axis=0))).sum()
        return ((credit * joint).sum() - chance) / (1 - chance)

    step = 1e-6
    slopes = np.array(
        [
            (kappa(shares + step * one) - kappa(shares - step * one)) / (2 * step)
            for one in np.eye(9)
        ]
    )
    variance = (shares @ slopes**2 - (shares @ slopes) ** 2) / 200
    found = cohen_standard_error(two_coders(TABLE), weights=weights, null="estimate")
    assert found == pytest.approx(np.sqrt(variance), rel=1e-6)
