"""Mill's methods on plain rows."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.comparison.sets.designs.corners import corners
from tertium.comparison.sets.designs.mill import agreement, concomitant, difference
from tertium.comparison.sets.memberships import Memberships
from tertium.errors import UnknownNameError

NAMES = ["A", "B", "C", "Y"]


def made(rows, **options):
    frame = pd.DataFrame(rows, columns=NAMES, index=[f"c{n}" for n in range(len(rows))])
    return Memberships.of(frame, **options)


tables = st.lists(st.tuples(*[st.integers(0, 1)] * 4), min_size=1, max_size=8)


@given(tables)
def test_pairs_differ_in_one_condition_and_the_outcome(rows):
    """A walk over all pairs finds the same, and the outcome's absence has the same pairs."""
    found = difference(corners(made(rows), "Y", NAMES[:3]))
    wanted = [
        (one, two, differ[0])
        for one, two in itertools.combinations(range(len(rows)), 2)
        if rows[one][3] != rows[two][3]
        and len(differ := [n for n in range(3) if rows[one][n] != rows[two][n]]) == 1
    ]
    assert found == wanted
    assert found == difference(corners(made(rows), "~Y", NAMES[:3]))


@given(tables)
def test_what_all_share_is_what_none_lacks(rows):
    """Agreement on the outcome of a condition is that its absence is in no case with it."""
    found = {each.literal: each for each in agreement(corners(made(rows), "Y", NAMES[:3]))}
    any_positive = any(row[3] for row in rows)
    for place in range(3):
        shared = any_positive and all(row[place] for row in rows if row[3])
        assert found[place, 1].in_all_positive == shared
        alone = any(row[place] for row in rows) and all(row[3] for row in rows if row[place])
        assert found[place, 1].only_in_positive == alone
        assert found[place, 1].joint == (shared and alone)


def test_every_value_of_a_multi_value_set_is_asked():
    """Values are counted one by one, and a fuzzy set by its sides of 0.5."""
    rows = corners(made([(2, 0.9, 0, 1), (2, 0.6, 1, 1), (0, 0.2, 0, 0)]), "Y", NAMES[:3])
    found = {each.literal for each in agreement(rows) if each.joint}
    assert found == {(0, 2), (1, 1)}
    assert (0, 1) in {each.literal for each in agreement(rows)}


def test_cases_that_cannot_be_placed():
    """A case without a value is left out, one at exactly 0.5 is refused by name."""
    rows = corners(made([(1, np.nan, 0, 1), (1, 1, 0, 1)]), "Y", NAMES[:3])
    assert (rows.cases, rows.dropped) == (("c1",), ("c0",))
    with pytest.raises(UnknownNameError, match="c0"):
        corners(made([(1, 0.5, 0, 1), (1, 1, 0, 1)]), "Y", NAMES[:3])


@pytest.mark.parametrize("conditions", [[], ["A", "Y"], ["A", "A"]])
def test_conditions_must_make_sense(conditions):
    """None, the outcome itself, or one named twice are refused."""
    with pytest.raises(UnknownNameError, match="name one or more"):
        corners(made([(1, 1, 1, 1)]), "~Y", conditions)


def test_rising_together_counts_pairs():
    """Each pair of cases says together, against or nothing; a missing degree says nothing."""
    x = np.array([0.1, 0.5, 0.9, np.nan])
    found = concomitant(x, np.array([0.2, 0.1, 0.9, 0.4]))
    assert (found.together, found.against, found.tied) == (2, 1, 0)
    assert found.always == "mixed"
    assert concomitant(x, 1 - x).always == "one rises as the other falls"
    assert concomitant(x, x).always == "rise together"
    assert concomitant(x, np.ones(4)).always == "no pair to tell by"
