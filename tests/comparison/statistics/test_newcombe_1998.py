"""Newcombe, R. G. (1998). Statistics in Medicine 17.

One share: "Two-sided confidence intervals for the single proportion", pp. 857-872, table I,
method 3 (Wilson's score interval without continuity correction). Two shares: "Interval estimation
for the difference between independent proportions", pp. 873-890, table II, method 10.
"""

from __future__ import annotations

import pytest

from tertium.comparison.statistics.effects import risk_difference
from tertium.comparison.statistics.proportions import wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_one_share(successes, n, low, high):
    """Table I, method 3: the four examples of the paper."""
    assert wilson(successes, n, level=0.95) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
    ],
)
def test_two_shares(one, other, low, high):
    """Table II, method 10."""
    found = risk_difference(one, other, level=0.95)
    assert found[0] == pytest.approx(one[0] / one[1] - other[0] / other[1])
    assert found[1:] == pytest.approx((low, high), abs=5e-5)
