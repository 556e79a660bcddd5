"""Krippendorff, K., & Craggs, R. (2016). The reliability of multi-valued coding, table 3."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.agreement.coefficients.sets import multi_valued_alpha

TABLE_3 = pd.DataFrame(
    [
        [{"b", "d"}, {"a", "b", "d"}, set(), {"a"}],
        [{"d"}, {"b"}, {"a"}, None],
        [None, {"b", "d"}, {"a"}, None],
    ]
)


def unlike(one, other):
    """Return the share of labels that only one of two sets has."""
    both = len(one) + len(other)
    return 1 - 2 * len(one & other) / both if both else 0.0


def parts_by_listing(units):
    """Return observed and expected disagreement by the definition, all sets listed."""
    units = [unit for unit in units if len(unit) > 1]
    codings = [one for unit in units for one in unit]
    observed = sum(
        unlike(one, other) / (len(unit) - 1)
        for unit in units
        for i, one in enumerate(unit)
        for j, other in enumerate(unit)
        if i != j
    ) / len(codings)
    labels = sorted({label for one in codings for label in one})
    count = {label: sum(label in one for one in codings) for label in labels}
    sizes = [len(one) for one in codings]
    expected = 0.0
    for size in set(sizes):
        for other_size in set(sizes):
            ways = disagreement = 0.0
            for one in map(frozenset, combinations(labels, size)):
                for other in map(frozenset, combinations(labels, other_size)):
                    number = 1
                    for label in one | other:
                        number *= count[label]
                    for label in one & other:
                        number *= count[label] - 1
                    ways += number
                    disagreement += number * unlike(one, other)
            if ways:
                share = sizes.count(size) * sizes.count(other_size) / len(sizes) ** 2
                expected += share * disagreement / ways
    return observed, expected


def test_alpha_and_its_two_parts_are_those_of_the_worked_example():
    """Three coders, four units, an empty set among them: alpha .2865907."""
    found = multi_valued_alpha(TABLE_3)
    assert found.observed == pytest.approx(3.7 / 8)
    assert found.expected == pytest.approx(0.648295454545)
    assert found.value == pytest.approx(0.2865907, abs=5e-8)
    assert found.set_aside == {"one_coding": 1}


CELLS = st.one_of(st.none(), st.frozensets(st.sampled_from("abcd")))


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6))
def test_polynomials_count_what_listing_all_sets_counts(units):
    """Both ways to observed and expected disagreement agree."""
    found = multi_valued_alpha(pd.DataFrame(units, dtype=object).T)
    if not found.is_defined:
        assert found.reason in (
            "no_variation",
            "no_variation_where_paired",
            "no_pairable_values",
        )
        return
    present = [[one for one in unit if one is not None] for unit in units]
    observed, expected = parts_by_listing(present)
    assert found.observed == pytest.approx(observed)
    assert found.expected == pytest.approx(expected)
