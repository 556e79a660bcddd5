"""The best alignment is the best: every alignment of small texts is tried."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.agreement.spans.alignment import (
    Dissimilarity,
    best_alignment,
    members,
    spans_by_coder,
)
from tertium.agreement.spans.continuum import Continuum

from .conftest import text, texts

weights = st.sampled_from([0.0, 0.5, 1.0, 3.0])
dissimilarities = st.builds(
    Dissimilarity, alpha=weights, beta=weights, delta_empty=st.sampled_from([0.5, 1.0, 2.0])
)


def cost(group, d: Dissimilarity) -> float:
    """The mean over all pairs of coders, straight from the definition."""
    total = 0.0
    for one, other in combinations(group, 2):
        if one is None or other is None:
            total += d.delta_empty
            continue
        _, s1, e1, v1 = one
        _, s2, e2, v2 = other
        place = ((abs(s1 - s2) + abs(e1 - e2)) / (e1 - s1 + e2 - s2)) ** 2
        total += (d.alpha * place + d.beta * (v1 != v2)) * d.delta_empty
    return total / math.comb(len(group), 2)


def least(coders, d: Dissimilarity) -> float:
    """The least cost of all alignments: each first span with every choice of partners."""
    first = next((at for at, spans in enumerate(coders) if spans), None)
    if first is None:
        return 0.0
    span, found = coders[first][0], math.inf

    def with_partners(at, group, rest):
        nonlocal found
        if at == len(coders):
            found = min(found, cost(group, d) + least(rest, d))
            return
        if at == first:
            with_partners(at + 1, [*group, span], [*rest, coders[at][1:]])
            return
        with_partners(at + 1, [*group, None], [*rest, coders[at]])
        for place, each in enumerate(coders[at]):
            others = coders[at][:place] + coders[at][place + 1 :]
            with_partners(at + 1, [*group, each], [*rest, others])

    with_partners(0, [], [])
    return found


def listed(one: Continuum):
    """The spans of each coder as tuples."""
    columns = (one.coder, one.start.tolist(), one.end.tolist(), one.value)
    rows = list(zip(*columns, strict=True))
    return [[row for row in rows if row[0] == coder] for coder in one.coders]


@settings(max_examples=150)
@given(
    st.one_of(
        texts(overlaps=True, most=4, length=20),
        texts(coders=("a", "b", "c"), overlaps=True, most=2, length=20),
        texts(coders=("a", "b", "c", "d"), overlaps=True, most=1, length=12),
    ),
    dissimilarities,
)
def test_no_alignment_costs_less(one, d):
    """The solver's disorder is that of the best of all alignments, for two, three, four coders."""
    found = best_alignment(spans_by_coder(one), d)
    assert found.costs.sum() == pytest.approx(least(listed(one), d))


@given(texts(coders=("a", "b", "c"), overlaps=True, most=5), dissimilarities)
def test_an_alignment_holds_every_span_once(one, d):
    """And its costs are those of its groups."""
    found = best_alignment(spans_by_coder(one), d)
    groups = list(members(one, found))
    held = sorted(str(each) for group in groups for each in group if each is not None)
    assert held == sorted(str(each) for own in listed(one) for each in own)
    assert found.costs.sum() == pytest.approx(sum(cost(group, d) for group in groups))


@given(texts(coders=("a", "b", "c"), overlaps=True), st.integers(1, 1000))
def test_where_in_the_text_spans_stand_does_not_matter(one, shift):
    """Moved along, the disorder stays."""
    d = Dissimilarity(alpha=1, beta=1)
    moved = Continuum(
        "s", 2000, one.coders, one.coder, one.start + shift, one.end + shift, one.value
    )
    before, after = (best_alignment(spans_by_coder(each), d).disorder for each in (one, moved))
    assert before == pytest.approx(after, nan_ok=True)


@given(texts(coders=("a", "b", "c"), overlaps=True), st.permutations([0, 1, 2]))
def test_the_order_of_coders_does_not_matter(one, order):
    """Any order of coders gives the same disorder."""
    d = Dissimilarity(alpha=1, beta=2)
    coders = spans_by_coder(one)
    shuffled = [coders[at] for at in order]
    assert best_alignment(coders, d).disorder == pytest.approx(
        best_alignment(shuffled, d).disorder, nan_ok=True
    )


def test_two_coders_and_three_go_by_other_ways_to_the_same():
    """A third coder without spans adds an empty partner to each group, and nothing else."""
    rng = np.random.default_rng(4)
    rows = [
        (coder, int(start), int(start) + int(size), "xy"[int(kind)])
        for coder in "ab"
        for start, size, kind in zip(
            rng.integers(0, 200, 20), rng.integers(3, 20, 20), rng.integers(0, 2, 20), strict=True
        )
    ]
    d = Dissimilarity(alpha=1, beta=0)
    two = best_alignment(spans_by_coder(text(*rows)), d)
    # With three coders a pair costs (d + 2) / 3 and two singles 2: together pays up to d = 4.
    three = best_alignment(spans_by_coder(text(*rows, coders=["a", "b", "c"])), d)
    together = (three.groups[:, :2] >= 0).all(axis=1)
    assert three.groups[:, 2].max() == -1
    assert together.sum() >= (two.groups >= 0).all(axis=1).sum()


def test_where_spans_are_far_apart_nothing_is_aligned():
    """Each span alone costs `delta_empty`, so that the disorder is that times the coders."""
    one = text(("a", 0, 4, "x"), ("b", 500, 504, "x"))
    found = best_alignment(spans_by_coder(one), Dissimilarity(alpha=1, beta=1))
    assert sorted(found.groups.tolist()) == [[-1, 0], [0, -1]]
    assert found.disorder == 2


def test_nobody_marked_anything():
    """There is no disorder of nothing."""
    for coders in (["a", "b"], ["a", "b", "c"]):
        found = best_alignment(spans_by_coder(text(coders=coders)), Dissimilarity(alpha=1, beta=1))
        assert len(found.groups) == 0
        assert math.isnan(found.disorder)


def test_what_makes_no_sense_is_refused():
    """Negative weights, an empty span that costs nothing, one coder alone."""
    for bad in ({"alpha": -1, "beta": 1}, {"alpha": 1, "beta": 1, "delta_empty": 0}):
        with pytest.raises(ValueError, match="or more"):
            Dissimilarity(**bad)
    with pytest.raises(ValueError, match="two or more"):
        best_alignment(spans_by_coder(text(("a", 0, 1, "x"))), Dissimilarity(alpha=1, beta=1))
