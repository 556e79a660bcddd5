"""Whole values from cuts, and cuts from gaps."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.comparison.sets.calibration.clusters import Linkage, clusters, distances
from tertium.comparison.sets.calibration.cuts import crisp, gaps
from tertium.errors import UnknownNameError

OF_SCIPY = {
    "complete": "complete",
    "average": "average",
    "single": "single",
    "mcquitty": "weighted",
}


def test_a_number_on_a_cut_is_in_the_upper_group():
    """Unless it is asked for otherwise; what is missing stays missing."""
    assert crisp([1, 2, 3], 2).tolist() == [0, 1, 1]
    assert crisp([1, 2, 3], 2, include=False).tolist() == [0, 0, 1]
    assert np.isnan(crisp([np.nan], 2)[0])


def test_the_order_of_cuts_does_not_matter():
    """Several cuts make a multi-value set."""
    assert crisp([0, 4, 9], [7, 3]).tolist() == [0, 1, 2]


@pytest.mark.parametrize("linkage", sorted(OF_SCIPY))
@given(numbers=st.lists(st.integers(0, 10**9), min_size=4, max_size=12, unique=True))
def test_groups_are_those_of_another_program(linkage, numbers):
    """Where no two distances are equal, scipy's clusters are the same."""
    from scipy.cluster.hierarchy import fcluster
    from scipy.cluster.hierarchy import linkage as joined
    from scipy.spatial.distance import squareform

    x = np.sort(np.array(numbers, dtype=float))
    apart = distances(x, "euclidean")
    tree = joined(squareform(apart), OF_SCIPY[linkage])
    heights = tree[:, 2]
    if len(np.unique(squareform(apart))) < len(squareform(apart)) or (np.diff(heights) <= 0).any():
        return
    for number in (2, 3):
        theirs = fcluster(tree, number, criterion="maxclust")
        ours = clusters(apart, number, linkage)
        assert (np.diff(theirs) != 0).tolist() == (np.diff(ours) != 0).tolist()


@pytest.mark.parametrize("linkage", get_args(Linkage))
def test_clear_groups_are_found_by_every_linkage(linkage):
    """Three bunches far apart are parted half-way."""
    assert gaps([1, 2, 3, 51, 52, 53, 201, 202], 2, linkage=linkage) == (27, 127)


def test_ward_squares_or_does_not():
    """ward.D2 on distances is ward.D on squared distances."""
    apart = distances(np.array([1.0, 4, 6, 11, 19, 22]), "euclidean")
    assert clusters(apart, 3, "ward.D2").tolist() == clusters(apart**2, 3, "ward.D").tolist()


def test_the_order_of_cases_does_not_matter():
    """Nor does a case of which the number is not known."""
    assert gaps([9, 1, np.nan, 2], 1) == gaps([1, 2, 9], 1) == (5.5,)


@pytest.mark.parametrize(
    ("x", "n", "options", "said"),
    [
        ([1, 1, 2], 2, {}, "different numbers"),
        ([1, 2], 0, {}, "at least 1"),
        ([1, 2], 1, {"linkage": "best"}, "complete"),
        ([1, 2], 1, {"distance": "binary"}, "canberra"),
        ([-1, 2], 1, {"distance": "canberra"}, "0 and more"),
    ],
)
def test_what_cannot_be_cut_is_refused(x, n, options, said):
    """The message says what there is."""
    with pytest.raises(UnknownNameError, match=said):
        gaps(x, n, **options)
