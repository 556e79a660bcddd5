"""Memberships from anchors."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.comparison.sets.calibration.anchors import anchors
from tertium.comparison.sets.calibration.direct import by_rank, direct, linear, two_sided
from tertium.errors import UnknownNameError

whole = st.integers(-50, 50)
three = st.lists(whole, min_size=3, max_size=3, unique=True).map(sorted)
METHODS = (direct, linear, by_rank)


@given(st.lists(whole, min_size=1, max_size=20), three)
def test_a_set_and_its_opposite_add_up_to_one(x, at):
    """Who turns out and into round gets the complement, in every method."""
    low, middle, high = at
    for method in METHODS:
        rising = method(x, out=low, crossover=middle, into=high)
        falling = method(x, out=high, crossover=middle, into=low)
        assert rising + falling == pytest.approx(np.ones(len(x)))


@given(st.lists(whole, min_size=1, max_size=20), three)
def test_more_is_never_less_of_a_rising_set(x, at):
    """Memberships lie between 0 and 1 and keep the order of the numbers."""
    low, middle, high = at
    for method in METHODS:
        found = method(sorted(x), out=low, crossover=middle, into=high)
        assert (np.diff(found) >= -1e-12).all()
        assert found.min() >= 0
        assert found.max() <= 1


@pytest.mark.parametrize("method", METHODS)
def test_what_is_not_known_stays_unknown(method):
    """A missing number has no membership, and changes no other."""
    found = method([1, np.nan, 3], out=0, crossover=2, into=4)
    assert np.isnan(found[1])
    assert found[[0, 2]].tolist() == method([1, 3], out=0, crossover=2, into=4).tolist()


def test_each_side_has_its_own_slope():
    """The log odds grow from the crossover to each anchor in proportion to the distance."""
    found = direct([475, 725], out=400, crossover=550, into=900, idm=0.9)
    half = math.log(0.9 / 0.1) / 2
    assert found == pytest.approx([1 / (1 + math.exp(half)), 1 / (1 + math.exp(-half))])


def test_far_numbers_do_not_overflow():
    """A number far beyond an anchor is in or out, without a warning."""
    assert direct([-1e9, 1e9], out=0, crossover=1, into=2).tolist() == [0.0, 1.0]


@pytest.mark.parametrize("idm", [0.5, 1, 0.2, math.nan])
def test_a_degree_that_is_none_is_refused(idm):
    """Membership at the inner anchor lies between 0.5 and 1."""
    with pytest.raises(UnknownNameError, match="idm"):
        direct([1], out=0, crossover=1, into=2, idm=idm)


def test_powers_bend_each_side():
    """Below 0.5 one power counts, above it the other; the anchors stay where they are."""
    at = {"out": 0, "crossover": 2, "into": 4}
    assert linear([0, 1, 2, 3, 4], **at, below=3, above=1).tolist() == [0, 0.0625, 0.5, 0.75, 1]
    assert linear([0, 1, 2, 3, 4], **at, below=1, above=3).tolist() == [0, 0.25, 0.5, 0.9375, 1]
    assert linear([0, 2, 4], **at, below=0, above=0).tolist() == [0, 0.5, 1]
    falling = linear([0, 1, 3, 4], out=4, crossover=2, into=0, below=3, above=1)
    assert falling.tolist() == [1, 0.75, 0.0625, 0]
    with pytest.raises(UnknownNameError, match="below"):
        linear([1], **at, below=-1)


def test_a_middle_and_its_opposite_add_up_to_one():
    """The set of both ends is the complement of the set of the middle; powers change place."""
    x = np.linspace(0, 10, 41)
    middle = two_sided(x, anchors([1, 3, 4, 6, 7, 9]), below=2, above=3)
    ends = two_sided(x, anchors([4, 3, 1, 9, 7, 6]), below=3, above=2)
    assert middle + ends == pytest.approx(np.ones(41))
    assert middle.max() == 1
    assert middle.min() == 0


def test_ranks_count_only_cases_between_the_anchors():
    """Cases beyond the outer anchors do not change who lies where between them."""
    inside = [2, 3, 3, 5, 8]
    at = {"out": 1, "crossover": 4, "into": 9}
    alone = by_rank(inside, **at)
    assert alone.tolist() == pytest.approx([1 / 6, 0.5, 0.5, 0.75, 1.0])
    assert by_rank([*inside, -5, -6, 40], **at)[:5].tolist() == alone.tolist()
    assert by_rank([0, 20], **at).tolist() == [0, 1]
