"""Consistency in each group of cases, recomputed case by case."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.comparison.sets.robustness.cluster import Clusters, Relation, clusters
from tertium.errors import UnknownNameError

HUNDREDTHS = st.integers(0, 100).map(lambda whole: whole / 100)
CASES = st.lists(
    st.tuples(HUNDREDTHS, HUNDREDTHS, st.sampled_from("abc"), st.sampled_from(["90", "95"])),
    min_size=1,
    max_size=15,
)


def of(cases: list[tuple[float, float, str, str]], relation: Relation) -> Clusters:
    x, y, units, groups = zip(*cases, strict=True)
    return clusters(np.array(x), np.array(y), units=units, groups=groups, relation=relation)


@given(CASES)
def test_numbers_agree_with_a_loop_over_cases(
    cases: list[tuple[float, float, str, str]],
) -> None:
    """Pooled, between and within consistencies are those that are summed up case by case."""
    found = of(cases, "sufficiency")

    def consistency(chosen: list[tuple[float, float, str, str]]) -> float | None:
        whole = sum(x for x, *_ in chosen)
        shared = sum(min(x, y) for x, y, *_ in chosen)
        return pytest.approx(shared / whole) if whole else None

    assert found.consistency == consistency(cases)
    for name, value in found.between.items():
        assert value == consistency([each for each in cases if each[3] == name])
    for name, value in found.within.items():
        assert value == consistency([each for each in cases if each[2] == name])
    assert sum(found.group_sizes.values()) == sum(found.unit_sizes.values()) == len(cases)


@given(CASES)
def test_necessity_is_sufficiency_the_other_way_round(
    cases: list[tuple[float, float, str, str]],
) -> None:
    """Consistency of necessity is coverage of sufficiency, and the other way round."""
    sufficient, necessary = of(cases, "sufficiency"), of(cases, "necessity")
    assert necessary.consistency == sufficient.coverage
    assert necessary.coverage == sufficient.consistency
    assert necessary.between == sufficient.between_coverage
    assert necessary.within_coverage == sufficient.within


def test_equal_groups_are_at_no_distance() -> None:
    """The distance is 0 where all groups are equally consistent, and known where they are not."""
    equal = [(1.0, 0.5, "a", "90"), (1.0, 0.5, "a", "95")]
    assert of(equal, "sufficiency").between_distance == 0
    apart = [(1.0, 0.6, "a", "90"), (1.0, 0.2, "b", "95")]
    # Shares of the sum: 3/4 and 1/4, each 1/4 from one half.
    assert of(apart, "sufficiency").between_distance == pytest.approx(math.sqrt(2) / 4)


def test_a_group_without_members_has_no_consistency() -> None:
    """Where no case of a group is in the condition there is no number, unless 1 is asked for."""
    cases = [(1.0, 0.5, "a", "90"), (0.0, 0.5, "b", "95")]
    found = of(cases, "sufficiency")
    assert dict(found.between) == {"90": 0.5, "95": None}
    assert found.between_distance == 0
    x, y, units, groups = zip(*cases, strict=True)
    counted = clusters(
        np.array(x),
        np.array(y),
        units=units,
        groups=groups,
        relation="sufficiency",
        empty="count_as_one",
    )
    assert dict(counted.between) == {"90": 0.5, "95": 1.0}
    assert counted.between_distance == pytest.approx(math.sqrt(2) / 6)


def test_what_cannot_be_grouped_is_refused() -> None:
    """An unknown relation, lengths that differ and no stated case are plain errors."""
    with pytest.raises(UnknownNameError, match="relation='sufficient'"):
        clusters(np.ones(1), np.ones(1), units="a", groups="a", relation="sufficient")  # type: ignore[arg-type]
    with pytest.raises(UnknownNameError, match="same cases"):
        clusters(np.ones(2), np.ones(2), units="a", groups="ab", relation="necessity")
    with pytest.raises(UnknownNameError, match="no case"):
        clusters(np.array([np.nan]), np.ones(1), units="a", groups="a", relation="necessity")
