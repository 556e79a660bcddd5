"""Whether a test of chance means anything for these sources, and the test where it does.

Comes in: how the sources came to be in the study, the groups and codes of each.
Goes out: a p with the way it was found, or a plain refusal.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from tertium.bundle import Tables
from tertium.comparison.intervals import how_chosen
from tertium.comparison.statistics.exact import (
    MANY_TABLES,
    Floats,
    Tested,
    freeman_halton,
    permutation_test,
    table_count,
)

NO_TEST = "no test: "
# 1 - 0.95 is a little more than 0.05 to the machine.
_SAME = 1e-9


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
    return (
        f"{NO_TEST}sources not drawn by lot",
        f"No test: {how_chosen(tables)}, and a test asks how often a lot would make groups differ "
        "so much. It would need sources drawn by lot from a named list, and "
        "“sampling: {design: random, why: …}” in the study file.",
    )


def tested(
    labels: Floats, groups: Floats, blocks: Sequence[Hashable], how: How
) -> tuple[Tested | None, str]:
    """The test of one table, or why there is none.

    Exact where every source is independent and in one group and the tables can be listed; else
    by permutation, sources of one case moved together.

    Parameters
    ----------
    labels, groups : ndarray, shape (n_units, n_rows) and (n_units, n_columns)
        1 where a source, or a part of one, belongs to a row, a column.
    blocks : sequence
        Those with the same word tell one case, or stand in one source.
    """
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
    if found.smallest >= 1 - how.level - _SAME:
        return None, f"{NO_TEST}p could not fall below {found.smallest:.2g}"
    return found, ""


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
    if "all arrangements by sources" in methods:
        parts.append("all arrangements: every way to deal the codes out to sources")
    if "all arrangements by cases" in methods:
        parts.append(
            "all arrangements by cases: every way in which sources that tell one case, or are "
            "parts of one source, move together"
        )
    if "permutation by sources" in methods:
        parts.append(f"permutation: {how.permutations:,} draws of sources (seed {how.seed})")
    if "permutation by cases" in methods:
        parts.append(
            f"permutation by cases: {how.permutations:,} draws (seed {how.seed}) in which sources "
            "that tell one case, or are parts of one source, move together"
        )
    return "; ".join(parts)
