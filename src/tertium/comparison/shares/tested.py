"""Whether a test of chance means anything for these sources, and the test where it does.

Comes in: how the sources came to be in the study, the groups and codes of each.
Goes out: a p with the way it was found, or a plain refusal.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.crosstabs.standing import by_case
from tertium.comparison.passages import Passages
from tertium.comparison.statistics.exact import (
    MANY_TABLES,
    Floats,
    Tested,
    freeman_halton,
    permutation_test,
    table_count,
)

NO_TEST = "no test: "
_FEW = 2


@dataclass(frozen=True)
class How:
    """How intervals and tests are made."""

    level: float
    seed: int
    resamples: int
    permutations: int


def design_refusal(tables: Tables) -> tuple[str, str]:
    """Why the design bears no test, short for a cell and whole for a note; empty where it does.

    A test asks how often the lot that drew the sources would make groups differ so much. Without
    a lot there is nothing to ask.
    """
    sampling = tables.sampling
    if sampling is not None and sampling.design == "random":
        return "", ""
    if sampling is not None and sampling.design == "census":
        return (
            f"{NO_TEST}all sources were taken",
            "No test: these are all the sources that there are, so that a difference is what it "
            "is; a test asks what a lot would do, and none was drawn.",
        )
    how = "were found, not drawn by lot" if sampling is not None else "are not said to be drawn"
    return (
        f"{NO_TEST}sources not drawn by lot",
        f"No test: the sources {how}, and a test asks how often a lot would make groups differ so "
        "much. It would need sources drawn by lot from a named list, and "
        "“sampling: {design: random, why: …}” in the study file.",
    )


def ties_of(passages: Passages) -> dict[str, list[str]]:
    """What ties each source to others: the cases it tells, the compiled source it is part of."""
    found: dict[str, list[str]] = {}
    cases = by_case(passages)
    for source_id in passages.counted:
        found[source_id] = [f"case {group.value}" for group in cases.get(source_id, ())]
        whole = passages.sources[source_id].get("part_of")
        if whole is not None and not pd.isna(whole) and whole:
            found[source_id].append(f"part of {whole}")
    return found


def together(sources: Sequence[str], ties: Mapping[str, Sequence[str]]) -> list[str]:
    """For each source the first of those that something ties it to, over any number of steps.

    Examples
    --------
    >>> together(["a", "b", "c"], {"a": ["case x"], "b": [], "c": ["case x"]})
    ['a', 'b', 'a']
    """
    head = {source_id: source_id for source_id in sources}

    def first(source_id: str) -> str:
        while head[source_id] != source_id:
            source_id = head[source_id]
        return source_id

    teller: dict[str, str] = {}
    for source_id in sources:
        for tie in ties.get(source_id, ()):
            other = teller.setdefault(tie, source_id)
            one, two = sorted((first(source_id), first(other)))
            head[two] = one
    return [first(source_id) for source_id in sources]


def too_few(labels: Floats, groups: Floats) -> str:
    """Why a table has too few sources to say anything of it; empty where it has enough."""
    by_row = np.sort(labels.sum(axis=0))
    if len(by_row) < _FEW:
        return "fewer than two groups"
    if by_row[-2] < _FEW:
        return f"{_sources(int(by_row[-2]))} on one side"
    if (groups.sum(axis=0) >= _FEW).sum() < _FEW:
        return "fewer than two groups of two sources"
    return ""


def tested(
    labels: Floats, groups: Floats, blocks: Sequence[Hashable], how: How
) -> tuple[Tested | None, str]:
    """The test of one table, or why there is none.

    Exact where every source is independent and in one group and the tables can be listed; else
    by permutation, sources of one case moved together.

    Parameters
    ----------
    labels, groups : ndarray, shape (n_sources, n_rows) and (n_sources, n_columns)
        1 where a source belongs to a row, a column.
    blocks : sequence
        Sources with the same word tell one case.
    """
    if why := too_few(labels, groups):
        return None, NO_TEST + why
    is_single = len(set(blocks)) == len(blocks) and bool((groups.sum(axis=1) == 1).all())
    table = (labels.T @ groups).astype(int)
    if is_single and len(table) == 2 and table_count(table) <= MANY_TABLES:
        found = freeman_halton(table)
    else:
        found = permutation_test(
            labels,
            groups,
            permutations=how.permutations,
            seed=how.seed,
            together=blocks if len(set(blocks)) < len(blocks) else None,
        )
    if found.smallest > 1 - how.level:
        return None, f"{NO_TEST}p could not fall below {found.smallest:.2g}"
    return found, ""


def _sources(number: int) -> str:
    return f"{number} source" if number == 1 else f"{number} sources"


def p_text(p: float) -> str:
    """A p as readers write it.

    Examples
    --------
    >>> p_text(0.0314), p_text(0.00004), p_text(0.2)
    ('p = 0.031', 'p < 0.001', 'p = 0.20')
    """
    if p < 0.001:
        return "p < 0.001"
    return f"p = {p:.3f}" if p < 0.1 else f"p = {p:.2f}"


def methods_in_words(methods: Mapping[str, int], how: How) -> str:
    """How the tests were made, for a note."""
    parts = []
    if "exact" in methods:
        parts.append("exact: over all tables with the same margins (Freeman-Halton)")
    if "permutation by sources" in methods:
        parts.append(f"permutation: {how.permutations:,} draws of sources (seed {how.seed})")
    if "permutation by cases" in methods:
        parts.append(
            f"permutation by cases: {how.permutations:,} draws (seed {how.seed}) in which sources "
            "that tell one case, or are parts of one source, move together"
        )
    return "; ".join(parts)
