"""Consistency, coverage, PRI and relevance: formulas, limits and what has no meaning."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.comparison.sets.fit.parameters import (
    Necessity,
    Sufficiency,
    necessity,
    reaches,
    sufficiency,
    sufficiency_of_terms,
)

hundredths = st.integers(0, 100).map(lambda number: number / 100)
pairs = st.lists(st.tuples(hundredths, hundredths), min_size=1, max_size=12)


def share(part: float, whole: float) -> float | None:
    return part / whole if whole > 1e-9 else None


def near(found: float | None, expected: float | None) -> None:
    assert found == (None if expected is None else pytest.approx(expected, abs=1e-9))


@given(pairs)
def test_formulas_are_those_of_a_plain_loop(cases: list[tuple[float, float]]) -> None:
    """Each number equals the sum over cases written out."""
    x, y = map(np.array, zip(*cases, strict=True))
    inside = sum(min(a, b) for a, b in cases)
    both = sum(min(a, b, 1 - b) for a, b in cases)
    size, total = sum(a for a, _ in cases), sum(b for _, b in cases)
    found = sufficiency(x, y)
    near(found.consistency, share(inside, size))
    near(found.pri, share(inside - both, size - both))
    near(found.coverage, share(inside, total))
    other = necessity(x, y)
    near(other.consistency, share(inside, total))
    near(other.coverage, share(inside, size))
    outside = sum(1 - min(a, b) for a, b in cases)
    near(other.relevance, share(sum(1 - a for a, _ in cases), outside))


@given(pairs)
def test_necessity_is_sufficiency_turned_round(cases: list[tuple[float, float]]) -> None:
    """Consistency of one is coverage of the other; PRI never exceeds consistency."""
    x, y = map(np.array, zip(*cases, strict=True))
    enough, needed = sufficiency(x, y), necessity(x, y)
    assert (needed.consistency, needed.coverage) == (enough.coverage, enough.consistency)
    if enough.pri is not None:
        assert enough.pri <= enough.consistency + 1e-12


@given(st.lists(st.tuples(hundredths, hundredths, hundredths, hundredths), min_size=1, max_size=9))
def test_unique_coverage_is_what_the_solution_loses(cases: list[tuple[float, ...]]) -> None:
    """A term's unique coverage is the solution's minus that of the solution without it."""
    *terms, y = map(np.array, zip(*cases, strict=True))
    parts, whole = sufficiency_of_terms(terms, y)
    for number, part in enumerate(parts):
        if whole.coverage is None:
            assert part.unique_coverage is None
            continue
        rest = np.max([term for at, term in enumerate(terms) if at != number], axis=0)
        lost = whole.coverage - sufficiency(rest, y).coverage
        assert part.unique_coverage == pytest.approx(lost, abs=1e-9)
        assert part.unique_coverage <= part.coverage + 1e-12


def test_what_would_be_nothing_by_nothing_is_none() -> None:
    """No case in the set, no case with the outcome, every case in both: no number."""
    none, every = np.zeros(3), np.ones(3)
    assert sufficiency(none, every) == Sufficiency(None, None, 0)
    assert sufficiency(every, none) == Sufficiency(0, 0, None)
    assert necessity(every, every) == Necessity(1, None, 1)
    assert sufficiency(np.array([0.1]), np.array([0.9])).pri is None


def test_unstated_cases_are_left_out() -> None:
    """A null on either side takes the case out of all sums, and of all terms at once."""
    x, y = np.array([1, np.nan, 0.5]), np.array([1, 1, np.nan])
    assert sufficiency(x, y) == sufficiency(np.array([1.0]), np.array([1.0]))
    parts, _ = sufficiency_of_terms([x, np.ones(3)], y)
    assert parts[1].coverage == 1


def test_tiny_values_are_kept() -> None:
    """A fit below what is printed isn't set to zero."""
    x, y = np.array([1e-6, 1]), np.array([1, 0])
    assert 0 < sufficiency(x, y).consistency < 1e-5


def test_a_single_term_has_no_unique_coverage() -> None:
    """It would be the coverage again."""
    parts, whole = sufficiency_of_terms([np.array([1.0, 0])], np.array([1.0, 1]))
    assert parts == [whole]
    assert whole.unique_coverage is None


def test_a_cut_off_is_reached_in_spite_of_rounding() -> None:
    """What is short of the cut-off by less than half the digits reaches it."""
    assert reaches(0.8 - 1e-9, 0.8)
    assert not reaches(0.8 - 1e-7, 0.8)
