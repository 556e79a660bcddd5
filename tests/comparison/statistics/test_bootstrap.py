"""Intervals from drawing whole sources again."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tertium.comparison.statistics.bootstrap import bootstrap, ratio, resampled
from tertium.errors import UnknownNameError

SUMS = np.array([[2, 4], [0, 3], [1, 5], [3, 4], [0, 2], [2, 2], [1, 6], [0, 3]])


def test_the_same_seed_draws_the_same():
    """An interval is a function of its arguments."""
    first = bootstrap(SUMS, ratio, level=0.9, seed=4, resamples=500)
    assert first == bootstrap(SUMS, ratio, level=0.9, seed=4, resamples=500)
    assert first != bootstrap(SUMS, ratio, level=0.9, seed=5, resamples=500)


def test_sources_are_drawn_whole():
    """Every draw is a sum of whole sources: with one code a source, always as many as units."""
    whole = np.column_stack([SUMS[:, 1], SUMS[:, 1]])
    assert (ratio(resampled(whole, resamples=200, seed=1)) == 1).all()


def test_alike_units_make_a_wider_interval():
    """Ten units that are alike in each of 20 sources tell as little as 20 units."""
    codes = np.tile([0, 1, 0, 0, 1], 4)
    alike = np.column_stack([codes * 10, np.full(20, 10)])
    single = np.column_stack([np.repeat(codes, 10), np.ones(200)])
    one = bootstrap(alike, ratio, level=0.95, seed=1, resamples=2000)
    other = bootstrap(single, ratio, level=0.95, seed=1, resamples=2000)
    assert (one[1] - one[0]) / (other[1] - other[0]) == pytest.approx(math.sqrt(10), rel=0.2)


def test_sources_of_one_group_are_drawn_together():
    """Two halves of one case are never drawn apart."""
    groups = ["a", "a", "b", "b", "c", "c", "d", "d"]
    drawn = resampled(np.eye(8), resamples=100, seed=1, groups=groups)
    assert (drawn[:, ::2] == drawn[:, 1::2]).all()
    assert (drawn.sum(axis=1) == 8).all()


def test_draws_that_never_move_say_nothing():
    """None of all: every draw has none, which is no interval of no width."""
    none = np.column_stack([np.zeros(8), SUMS[:, 1]])
    assert all(math.isnan(one) for one in bootstrap(none, ratio, level=0.9, seed=1, resamples=100))


def test_what_is_no_resampling_is_refused():
    """No draw, a negative seed."""
    for resamples, seed in ((0, 1), (10, -1)):
        with pytest.raises(UnknownNameError, match=r"take|give"):
            resampled(SUMS, resamples=resamples, seed=seed)
