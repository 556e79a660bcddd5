"""The interval of a share."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.comparison.statistics.proportions import wilson
from tertium.errors import UnknownNameError

COUNTS = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(COUNTS, st.sampled_from([0.8, 0.95, 0.99]))
def test_bounds_hold_the_share(counts, level):
    """The share lies between the bounds, and these within 0 and 1."""
    low, high = wilson(*counts, level=level)
    assert 0 <= low <= counts[0] / counts[1] <= high <= 1
    assert low < high


@given(COUNTS)
def test_with_and_without_mirror_each_other(counts):
    """What is said of having a code is said of not having it."""
    successes, n = counts
    low, high = wilson(successes, n, level=0.95)
    assert wilson(n - successes, n, level=0.95) == pytest.approx((1 - high, 1 - low))


@given(COUNTS)
def test_bounds_are_where_the_score_test_rejects(counts):
    """At a bound inside 0 and 1 the share is 1.96 standard errors of that bound away."""
    successes, n = counts
    for bound in wilson(successes, n, level=0.95):
        if 0 < bound < 1:
            z = abs(successes / n - bound) / math.sqrt(bound * (1 - bound) / n)
            assert z == pytest.approx(1.959964, abs=1e-4)


def test_of_nothing_there_is_no_share():
    """No unit, no interval."""
    assert all(math.isnan(bound) for bound in wilson(0, 0, level=0.95))


@pytest.mark.parametrize(
    ("successes", "n", "level"), [(3, 2, 0.9), (-1, 2, 0.9), (1, 2, 1.0), (1, 2, 95)]
)
def test_what_is_no_share_is_refused(successes, n, level):
    """More than all, fewer than none, and a level in per cent."""
    with pytest.raises((ValueError, UnknownNameError), match=r"found|level="):
        wilson(successes, n, level=level)
