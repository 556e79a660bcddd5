"""Leifeld, Gruber and Bossner (2018), Discourse Network Analyzer Manual, chapter 2."""

from __future__ import annotations

import numpy as np
import pytest

from tertium.comparison.networks.normalise import one_mode

# The affiliation network of the section "Graphical Intuition", as drawn there.
AFFILIATIONS = ["11", "21", "22", "23", "33", "35", "43", "53", "54"]
ACTOR_TIES = {(1, 2), (2, 3), (2, 5), (3, 4), (3, 5), (2, 4), (4, 5)}


def test_the_actor_network_of_the_first_figure() -> None:
    """Five actors and five concepts induce the seven ties that are drawn on the left."""
    counts = np.zeros((5, 5, 2))
    for actor, concept in AFFILIATIONS:
        counts[int(actor) - 1, int(concept) - 1, 1] = 1
    ties = one_mode(counts, kind="congruence", normalisation="none")
    found = {(i + 1, k + 1) for i, k in zip(*np.nonzero(np.triu(ties)), strict=True)}
    assert found == ACTOR_TIES


@pytest.mark.parametrize(
    ("one", "other", "congruence", "conflict"), [(1, 1, 1, 0), (0, 0, 1, 0), (1, 0, 0, 1)]
)
def test_binary_congruence_and_conflict(
    one: int, other: int, congruence: int, conflict: int
) -> None:
    """Co-support and co-rejection are congruence, different sides conflict (second figure)."""
    counts = np.zeros((2, 1, 2))
    counts[0, 0, one] += 1
    counts[1, 0, other] += 1
    assert one_mode(counts, kind="congruence", normalisation="none")[0, 1] == congruence
    assert one_mode(counts, kind="conflict", normalisation="none")[0, 1] == conflict


def test_statements_are_multiplied() -> None:
    """Two statements of one and three of the other on the same side make six (equation 2.2)."""
    counts = np.array([[[0.0, 2.0]], [[0.0, 3.0]]])
    assert one_mode(counts, kind="congruence", normalisation="none")[0, 1] == 6


def test_normalisations_by_hand() -> None:
    """Average 6 over (4 + 3) / 2; Jaccard over 1 + 0 + (6 + 1 * 0); cosine over 4 * 3."""
    # One: twice for the first claim, once against it, once for the second; other: three times
    # for the first.
    counts = np.array([[[1.0, 2.0], [0.0, 1.0]], [[0.0, 3.0], [0.0, 0.0]]])
    found = {
        name: one_mode(counts, kind="congruence", normalisation=name)[0, 1]  # type: ignore[arg-type]
        for name in ("none", "average", "jaccard", "cosine")
    }
    assert found == pytest.approx(
        {"none": 6.0, "average": 6 / 3.5, "jaccard": 6 / (2 + 0 + 6), "cosine": 6 / 12}
    )
