"""The worked example of Krippendorff (2004), Content Analysis, 2nd ed., p. 254."""

from __future__ import annotations

import pytest

from tertium.agreement.spans.alpha_1995 import alpha_u_1995

from .conftest import text

# Two coders on a continuum from 150 to 450, here from 0.
EXAMPLE = text(
    ("i", 75, 145, "c"),
    ("i", 220, 250, "c"),
    ("j", 70, 150, "c"),
    ("j", 205, 225, "c"),
    ("j", 250, 270, "c"),
    ("i", 30, 90, "k"),
    ("i", 150, 200, "k"),
    ("j", 30, 90, "k"),
    ("j", 150, 200, "k"),
    length=300,
)


@pytest.mark.parametrize(
    ("value", "alpha", "observed", "expected"),
    [("c", 0.7286, 0.0144, 0.0532), ("k", 1.0, 0.0, 0.0490)],
)
def test_alpha_u_of_each_category(value, alpha, observed, expected):
    """Value, observed and expected disagreement are those of the book."""
    found = alpha_u_1995(EXAMPLE, value=value)
    assert found.value == pytest.approx(alpha, abs=5e-5)
    assert found.observed == pytest.approx(observed, abs=5e-5)
    assert found.expected == pytest.approx(expected, abs=5e-5)


def test_alpha_u_of_both_categories():
    """The book divides its rounded figures, .0144 / .1022, and prints .8591; unrounded: .8587."""
    found = alpha_u_1995(EXAMPLE)
    assert found.value == pytest.approx(0.85867, abs=5e-6)
    assert found.value == pytest.approx(0.8591, abs=5e-4)
