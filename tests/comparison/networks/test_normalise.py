"""The arithmetic of networks: two ways to one number, and what never changes."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tertium.comparison.networks.normalise import ONE_MODE, one_mode, two_mode

COUNTS = arrays.arrays(
    np.float64,
    st.tuples(st.integers(1, 5), st.integers(1, 4), st.just(2)),
    elements=st.integers(0, 4).map(float),
)


def by_loops(counts, kind, normalisation):
    """Each cell by the sums that define it, written out."""
    nodes, columns, _ = counts.shape
    found = np.zeros((nodes, nodes))
    for i in range(nodes):
        for h in range(nodes):
            if i == h:
                continue
            agree = sum(counts[i, j, k] * counts[h, j, k] for j in range(columns) for k in (0, 1))
            differ = sum(
                counts[i, j, k] * counts[h, j, 1 - k] for j in range(columns) for k in (0, 1)
            )
            tie = {"congruence": agree, "conflict": differ, "subtract": agree - differ}[kind]
            one, other = counts[i].sum(), counts[h].sum()
            alone = sum(
                counts[a, j, k]
                for a, b in ((i, h), (h, i))
                for j in range(columns)
                for k in (0, 1)
                if counts[b, j, k] == 0
            )
            norm = {
                "none": 1, "average": (one + other) / 2, "jaccard": alone + agree,
                "cosine": one * other,
            }[normalisation]  # fmt: skip
            found[i, h] = tie / norm if norm else 0.0
    return found


@given(COUNTS)
def test_matrices_equal_the_sums_written_out(counts):
    """Congruence, conflict and subtract, under every normalisation."""
    for kind in ("congruence", "conflict", "subtract"):
        for normalisation in ONE_MODE:
            found = one_mode(counts, kind=kind, normalisation=normalisation)
            assert found == pytest.approx(by_loops(counts, kind, normalisation))
            assert np.array_equal(found, found.T)


@given(COUNTS)
def test_congruence_of_supporters_is_the_projection_of_the_graph(counts):
    """Where all are for it and nothing is said twice, networkx projects the same ties."""
    once = np.minimum(counts, 1) * np.array([0.0, 1.0])
    two = two_mode(once, stances="for", normalisation="none")
    made = nx.Graph()
    actors = [("a", i) for i in range(two.shape[0])]
    made.add_nodes_from([*actors, *(("c", j) for j in range(two.shape[1]))])
    made.add_edges_from((("a", i), ("c", j)) for i, j in zip(*np.nonzero(two), strict=True))
    projected = nx.bipartite.weighted_projected_graph(made, actors)
    expected = nx.to_numpy_array(projected, nodelist=actors)
    assert np.array_equal(one_mode(once, kind="congruence", normalisation="none"), expected)


@given(COUNTS)
def test_shares_add_up(counts):
    """Divided by activity rows add up to 1, by prominence columns do, or nothing is there."""
    rows = two_mode(counts, stances="ignore", normalisation="activity").sum(axis=1)
    columns = two_mode(counts, stances="ignore", normalisation="prominence").sum(axis=0)
    for sums in (rows, columns):
        assert all(np.isnan(each) or each == pytest.approx(1.0) for each in sums)


def test_what_for_and_against_make_together():
    """Two for and one against: 2, 3, 1, or the sign that says both."""
    counts = np.array([[[1.0, 2.0]]])
    found = {
        stances: two_mode(counts, stances=stances, normalisation="none")[0, 0]
        for stances in ("for", "ignore", "subtract", "combine")
    }
    assert found == {"for": 2, "ignore": 3, "subtract": 1, "combine": 3}
