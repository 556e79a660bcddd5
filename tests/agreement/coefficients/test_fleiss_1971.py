"""Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters, table 1."""

from __future__ import annotations

import numpy as np
import pytest

from tertium.agreement.coefficients.counts import unit_table
from tertium.agreement.coefficients.pi import fleiss_kappa, scott_pi

# Thirty patients by five diagnoses: how many of six psychiatrists gave each.
COUNTS = """
00060 03003 01401 00006 03030 20400 00402 20310 20040 00006
10050 11040 03300 10050 02031 00501 30012 51000 02040 10203
00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
""".split()
CODED = np.array([np.repeat(np.arange(5), [int(digit) for digit in row]) for row in COUNTS]).T


def test_kappa_and_its_two_parts_are_those_of_the_worked_example():
    """Observed agreement .556, by chance .220, kappa .430."""
    found = fleiss_kappa(CODED, weights="identity")
    assert found.observed == pytest.approx(0.556, abs=0.0005)
    assert found.expected == pytest.approx(0.220, abs=0.0005)
    assert found.value == pytest.approx(0.430, abs=0.0005)
    assert (found.n_units, found.n_coders) == (30, 6)


def test_the_diagnoses_are_as_frequent_as_printed():
    """Shares of all assignments: .144, .144, .167, .306, .239."""
    table = unit_table(CODED)
    shares = table.units @ table.counts / CODED.size
    assert shares.round(3).tolist() == [0.144, 0.144, 0.167, 0.306, 0.239]


def test_scotts_pi_is_the_same_coefficient():
    """Scott's pi and Fleiss' kappa differ in name only."""
    assert scott_pi(CODED).value == fleiss_kappa(CODED, weights="identity").value
