"""Entries become a matrix of ties, with what a reader must know of it.

Comes in: the entries of a network.
Goes out: the matrix, where anything stands behind a tie, and sentences for the note.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tertium.comparison.networks.choices import Kind, Normalisation
from tertium.comparison.networks.near import REST, Near
from tertium.comparison.networks.normalise import Counts, Stances, one_mode, two_mode
from tertium.comparison.networks.ties import (
    Duplicates,
    Entry,
    Nodes,
    counted_once,
    counts_by_source,
    counts_of,
)
from tertium.comparison.networks.told import inside_nodes, met
from tertium.comparison.passages import Passages


@dataclass
class Made:
    """A matrix of ties, where anything stands behind one, what it was made of, what to tell."""

    ties: Counts
    has_tie: np.ndarray[Any, Any]
    listed: list[Entry]
    told: list[str] = field(default_factory=list)


def two_sided(
    passages: Passages,
    listed: list[Entry],
    rows: Sequence[str],
    columns: Sequence[str],
    duplicates: Duplicates,
    stances: Stances | None,
    normalisation: Normalisation,
) -> Made:
    """Who claims what, or of whom."""
    counted = counted_once(passages, listed, duplicates=duplicates, ignore_side=stances == "ignore")
    counts = counts_of(counted, rows, columns)
    ties = two_mode(counts, stances=stances, normalisation=normalisation)  # type: ignore[arg-type]
    # Also where for and against cancel each other out.
    some = counts[:, :, 1] if stances == "for" else counts.sum(axis=2)
    return Made(ties, np.asarray(some > 0), listed)


def one_sided(
    passages: Passages,
    listed: list[Entry],
    rows: Sequence[str],
    kind: Kind,
    nodes: Nodes,
    duplicates: Duplicates,
    normalisation: Normalisation,
    near: Near,
) -> Made:
    """Who stands with whom, or against whom."""
    listed = [each for each in listed if each.column != REST]
    counted = counted_once(passages, listed, duplicates=duplicates, ignore_side=False, near=near)
    counts, sources = counts_by_source(counted, rows, sorted({each.column for each in listed}))
    matrix = near.matrix(sources)
    ties = one_mode(counts, kind=kind, normalisation=normalisation, near=matrix)  # type: ignore[arg-type]
    pairs, together = (
        sum(
            one_mode(counts, kind=part, normalisation="none", near=where)
            for part in ("congruence", "conflict")
            if kind in (part, "subtract")
        )
        for where in (matrix, np.eye(len(sources)))
    )
    told = [
        met(float(np.sum(together)) / 2, float(np.sum(pairs)) / 2),
        inside_nodes(*near.inside((each.node, each.position) for each in listed), nodes),
    ]
    return Made(ties, np.asarray(pairs) > 0, listed, told)
