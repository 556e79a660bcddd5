"""Pairs that are most alike or most unlike."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.comparison.sets.designs.corners import corners
from tertium.comparison.sets.designs.similar import distances, level_0, pairs_of, ranked_pairs
from tertium.comparison.sets.memberships import Memberships
from tertium.errors import UnknownNameError

NAMES = ["A", "B", "C", "D"]
DESIGNS = ("similar_different", "different_positive", "different_negative")


def made(rows):
    index = [f"c{n}" for n in range(len(rows))]
    frame = pd.DataFrame(rows, columns=[*NAMES, "Y"], index=index)
    return corners(Memberships.of(frame, levels={"A": 3}), "Y", NAMES)


tables = st.lists(st.tuples(st.integers(0, 2), *[st.integers(0, 1)] * 4), min_size=1, max_size=7)


@given(tables)
def test_every_pair_is_in_one_design(rows):
    """Pairs with different outcomes and with either same outcome are all pairs, each once."""
    found = [pair for design in DESIGNS for pair in pairs_of(made(rows), design)]
    assert sorted(found) == list(itertools.combinations(range(len(rows)), 2))


@given(tables)
def test_distance_is_a_distance(rows):
    """It is 0 to oneself, the same both ways, and no detour is shorter."""
    apart = distances(made(rows).values)
    assert (apart == apart.T).all()
    assert (apart.diagonal() == 0).all()
    assert (apart[:, :, None] <= apart[:, None, :] + apart.T[None, :, :]).all()


@given(tables)
def test_one_category_ranks_by_distance(rows):
    """With all conditions in one category the pairs at level 0 come first."""
    made_rows = made(rows)
    for design in DESIGNS:
        extreme, pairs = level_0(made_rows, design)
        ranked = ranked_pairs(made_rows, design)
        assert [each.pair for each in ranked[: len(pairs)]] == pairs
        assert all(each.steps == (abs(each.distance - extreme),) for each in ranked)


def test_many_conditions_of_one_category_do_not_decide_alone():
    """A pair that is extreme in two categories comes before one that differs in more."""
    rows = made([(0, 0, 0, 0, 1), (2, 1, 1, 0, 1), (0, 0, 1, 1, 1)])
    plain = ranked_pairs(rows, "different_positive")
    assert plain[0].pair == (0, 1)
    grouped = ranked_pairs(
        rows, "different_positive", {"much": ["A", "B"], "third": ["C"], "fourth": ["D"]}
    )
    assert [each.pair for each in grouped] == [(0, 1), (1, 2), (0, 2)]
    by_steps = {each.pair: each.steps for each in grouped}
    assert by_steps == {(0, 1): (0, 0, 1), (1, 2): (0, 1, 0), (0, 2): (2, 0, 0)}
    assert [each.distance for each in grouped] == [3, 3, 2]


def test_no_pair_no_distance():
    """Where a design has no pair there is nothing to rank."""
    rows = made([(0, 0, 0, 0, 1), (1, 0, 0, 0, 0)])
    assert level_0(rows, "different_positive") == (None, [])
    assert ranked_pairs(rows, "different_negative") == []


@pytest.mark.parametrize(
    ("categories", "said"),
    [
        ({"one": ["A", "B"], "two": ["B", "C", "D"]}, "B: each"),
        ({"one": ["A", "B", "C"]}, "D: each"),
        ({"one": ["A", "B", "C", "D", "X"]}, "'X'"),
        ({"one": "A"}, "write a list"),
        ({"one": NAMES, "two": []}, "write a list"),
    ],
)
def test_categories_part_the_conditions(categories, said):
    """Each condition stands in exactly one category."""
    with pytest.raises(UnknownNameError, match=said):
        ranked_pairs(made([(0, 0, 0, 0, 1)]), "similar_different", categories)
