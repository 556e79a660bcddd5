"""Passonneau, R. (2006). Measuring agreement on set-valued items (MASI), section 3."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pandas as pd
import pytest

from tertium.agreement.coefficients.sets import set_alpha
from tertium.agreement.distance import masi

CASES = [
    ("abc", "abc", Fraction(0)),
    ("ab", "abc", 1 - Fraction(2, 3) * Fraction(2, 3)),
    ("ab", "bc", 1 - Fraction(1, 3) * Fraction(1, 3)),
    ("a", "b", Fraction(1)),
    ("", "a", Fraction(1)),
    ("", "", Fraction(0)),
]


@pytest.mark.parametrize(("one", "other", "expected"), CASES)
def test_distance_is_jaccard_times_a_factor_of_thirds(one, other, expected):
    """Equal, holding, overlapping, disjoint: 1, 2/3, 1/3, 0 times the Jaccard similarity."""
    assert masi(frozenset(one), frozenset(other)) == pytest.approx(float(expected))
    assert masi(frozenset(other), frozenset(one)) == pytest.approx(float(expected))


def test_alpha_with_masi_is_the_ratio_of_mean_distances():
    """Observed over pairs in units, expected over all pairs of the codings."""
    coded = pd.DataFrame([[{"a", "b"}, {"c"}, set()], [{"a"}, {"c"}, {"c", "a"}]])
    found = set_alpha(coded, distance="masi")
    sets = [frozenset(one) for one in coded.to_numpy().reshape(-1)]
    pairs = [(one, other) for one, other in product(range(6), repeat=2) if one != other]
    expected = sum(masi(sets[one], sets[other]) for one, other in pairs) / len(pairs)
    observed = (masi(frozenset("ab"), frozenset("a")) + 0 + 1) / 3
    assert found.observed == pytest.approx(observed)
    assert found.expected == pytest.approx(expected)
    assert found.value == pytest.approx(1 - observed / expected)
