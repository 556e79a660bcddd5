"""Newcombe, R. G. (1998). Statistics in Medicine 17.

"Two-sided confidence intervals for the single proportion", pp. 857-872, table I, method 3
(Wilson's score interval without continuity correction).
"""

from __future__ import annotations

import pytest

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
