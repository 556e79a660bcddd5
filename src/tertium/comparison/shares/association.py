"""How strongly a code, or a grouping of sources, goes together with another grouping.

Comes in: the tables of a study and two axes.
Goes out: a `Result`: size of effect with interval, the cell that stands out, a test or its refusal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.crosstabs.axes import FROM_CASES, Axis
from tertium.comparison.crosstabs.residuals import NOT_DEFINED, TOO_FEW, UNSAFE
from tertium.comparison.intervals import percent
from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_SEARCHED, Result, comparison, support_table
from tertium.comparison.shares.crossed import (
    MEASURES,
    NO_GROUP,
    SOURCES_A_GROUP,
    Crossed,
    codes_against,
    measure,
    two_groupings,
)
from tertium.comparison.shares.tested import (
    NO_TEST,
    How,
    design_refusal,
    methods_in_words,
    p_text,
    tested,
)
from tertium.comparison.statistics.bootstrap import NARROW, check_resampling
from tertium.comparison.statistics.exact import holm
from tertium.comparison.statistics.proportions import check_level
from tertium.comparison.tellings import ties_of, together
from tertium.errors import UnknownNameError

_COUNTS = ("sources", "present")
_TEXTS = ("largest", "test")
# The share of a normal curve between -2 and 2.
_WITHIN_2 = 0.9545


@comparison
def association(
    tables: Tables,
    *,
    rows: str,
    columns: str,
    level: float = 0.95,
    seed: int = 1,
    resamples: int = 2000,
    permutations: int = 9999,
    period: int | None = None,
    parts: bool = False,
) -> Result:
    """How strongly codes, or a grouping of sources, go together with a grouping of sources.

    Parameters
    ----------
    tables : Tables
    rows : str
        A scheme: one row a code, present or absent in the sources searched for it. Or an axis of
        `crosstab` that is no scheme: one row.
    columns : str
        An axis of `crosstab` that is no scheme; one code as "claim:wages".
    level, seed, resamples
        Of the interval, made by drawing again whole sources, those of one case or compiled source
        together.
    permutations : int
        Draws of a test, where the tables are too many to be listed.
    period : int, optional
        Years in a period, where an axis is "period".
    parts : bool
        Whether the publications that a compiled source puts together stand in its place: for
        questions about voices. Parts of one compiled source are not independent either.

    Returns
    -------
    Result
        `frame`: sources (in the table), present, effect (Cramér's V less what chance adds, 0 to
        1), low, high; largest (the group that stands out most), found and expected there,
        residual (in standard errors; both as in the residuals of `crosstab`); p, p_holm (as among
        all tests of the table) and test (how it was made, or why there is none). A test stands
        only where the study file says that sources were drawn by lot, where two sources at least
        are on each side, and where p could fall below ``1 - level`` at all. Sources that tell one
        case are not independent: they are moved together. Undecided and unsearched sources, and
        those of which a group is not stated, are left out. With fewer than two sources on a side,
        or two groups of two, there is no effect to speak of; with fewer than five sources a group
        on average, or ten in all (those drawn together as one), no interval. Where a part of a
        source tells a case, a code is there only if it is in that part.

    Raises
    ------
    UnknownNameError
        No such axis, twice the same, two from cases, or a scheme in the columns.

    Examples
    --------
    >>> from tertium.study import open_study
    >>> result = association(open_study("labour-organising").tables, rows="approach",
    ...                      columns="voice")
    >>> result.cell_text(0, list(result.frame.columns).index("test"))
    'no test: sources not drawn by lot'
    """
    check_resampling(resamples, seed)
    check_level(level)
    if permutations < 1:
        raise UnknownNameError(f"permutations={permutations}; take at least 1, 9,999 for a test")
    if rows == columns:
        raise UnknownNameError(f"rows and columns are both {rows!r}; name two")
    if columns in tables.schemes:
        raise UnknownNameError(
            f"columns={columns!r} is a scheme, and a source may hold several of its codes; name "
            f"one as {columns}:{tables.schemes[columns].code_ids[0]}"
        )
    if {rows, columns} <= set(FROM_CASES):
        raise UnknownNameError(
            f"{rows} and {columns} are both from cases, of which a source may tell several; take "
            "one of them with an attribute of sources"
        )
    passages = Passages(tables, parts=parts)
    across = Axis(passages, columns, period=period)
    down = Axis(passages, rows, period=period)
    how = How(level, seed, resamples, permutations)
    refusal, whole_refusal = design_refusal(tables)
    ties = ties_of(passages)
    found = (
        codes_against(passages, down, across)
        if down.is_scheme
        else [two_groupings(passages, down, across)]
    )
    for row in found:
        blocks = together(row.sources, ties)
        measure(row, blocks, how)
        if not row.sources:
            row.texts["test"] = NO_TEST + NO_GROUP if row.was_searched else NOT_SEARCHED
        elif refusal:
            row.texts["test"] = refusal
        elif row.too_few:
            row.texts["test"] = NO_TEST + row.too_few
        else:
            row.test, row.texts["test"] = tested(*row.units(blocks), how)
    _adjust(found)
    is_tied = any(len(set(together(row.sources, ties))) < len(row.sources) for row in found)
    return Result(
        _frame(found, rows if down.is_scheme else "grouping"),
        title=f"{down.title} and {across.title.lower()}: how strongly they go together",
        note=_note(passages, found, down, across, how, whole_refusal, is_tied),
        support=support_table(
            [
                {"row": row.id, "column": column, **each}
                for row in found
                for column in ("present", "effect")
                for each in row.evidence
            ]
        ),
        row_labels=down.labels if down.is_scheme else {rows: down.title},
        column_labels={
            "sources": "Sources",
            "present": "With the code",
            "effect": f"Effect ({level:.0%} interval)",
            "largest": "Stands out most",
            "test": "Test",
        },
        shown=_shown(found, down.is_scheme, across.labels),
        hidden=("low", "high", "found", "expected", "residual", "p", "p_holm"),
        missing="not defined",
    )


def _adjust(rows: list[Crossed]) -> None:
    done = [row for row in rows if row.test is not None]
    for row, adjusted in zip(done, holm([row.test.p for row in done if row.test]), strict=True):
        if row.test is None:
            continue
        row.values |= {"p": row.test.p, "p_holm": adjusted}
        among = f"; {p_text(adjusted)} among {len(done)}" if len(done) > 1 else ""
        row.texts["test"] = f"{p_text(row.test.p)}{among} ({row.test.method})"


def _frame(rows: list[Crossed], axis: str) -> pd.DataFrame:
    index = pd.Index([row.id for row in rows], name=axis, dtype=object)
    columns: dict[str, pd.Series] = {}
    for name in MEASURES:
        if name in _TEXTS:
            texts = [row.texts[name] or None for row in rows]
            columns[name] = pd.Series(texts, index=index, dtype=object)
            continue
        values = [None if np.isnan(row.values[name]) else row.values[name] for row in rows]
        dtype = "Int64" if name in _COUNTS else "Float64"
        columns[name] = pd.Series(values, index=index, dtype=dtype)
    frame = pd.DataFrame(columns, index=index)
    frame.columns.name = "measure"
    return frame


def _shown(rows: list[Crossed], of_codes: bool, labels: Mapping[Any, str]) -> pd.DataFrame:
    index = pd.Index([row.id for row in rows], dtype=object)
    shown = pd.DataFrame(index=index, columns=list(MEASURES), dtype=object)
    shown["present"] = [
        None if row.sources else NO_GROUP if row.was_searched else NOT_SEARCHED for row in rows
    ]
    shown["effect"] = [row.texts["effect"] or None for row in rows]
    shown["largest"] = [_largest(row, labels) for row in rows]
    if not of_codes:
        shown["present"] = ""
    return shown


def _largest(row: Crossed, labels: Mapping[Any, str]) -> str | None:
    if np.isnan(row.values["residual"]):
        return row.texts["largest"] or None
    name = row.texts["largest"]
    words = labels.get(name, name.replace("_", " "))
    return (
        f"{words}: {row.values['found']:.0f}, expected {row.values['expected']:.1f} "
        f"({row.texts['residual']})"
    )


def _of_chance(rows: list[Crossed]) -> list[str]:
    """How often the farthest of so many is far by chance alone."""
    most = max((row.compared for row in rows), default=0)
    if not most:
        return []
    # Of two groups one is as far above as the other is below.
    often = 1 - _WITHIN_2 ** (most if most > 2 else 1)
    return [
        f"Beyond 2 is far for one group; the farthest of {most} is beyond 2 by chance alone in "
        f"about {100 * often:.0f} of 100 rows."
        if most > 2
        else "Beyond 2 is far."
    ]


def _note(
    passages: Passages,
    rows: list[Crossed],
    down: Axis,
    across: Axis,
    how: How,
    refusal: str,
    is_tied: bool,
) -> str:
    total = len(passages.counted)
    is_code = any(row.is_code for row in rows)
    parts = [
        "Effect: Cramér's V less what chance alone adds. 0: the groups are alike; 1: who knows "
        f"the group knows {'whether the code is there' if is_code else 'the other group'}. "
        f"Interval ({percent(how.level)} %): where it lies when whole sources"
        f"{', those of one case or compiled source together,' if is_tied else ''} are drawn again, "
        f"with replacement, {how.resamples:,} times (seed {how.seed}).",
        "Stands out most: the group farthest from what it would hold if all groups were alike; in "
        "brackets how far, in standard errors, as the residuals of a crosstab have it: each source "
        "once, undecided ones among those without the code.",
        *_of_chance(rows),
    ]
    if any(row.texts["residual"].endswith("*") for row in rows):
        parts.append(UNSAFE)
    if any(row.texts["largest"] == TOO_FEW for row in rows):
        parts.append(NOT_DEFINED)
    left_out = total - min((len(row.sources) for row in rows if row.sources), default=total)
    if left_out:
        parts.append(
            f"A row has at least {total - left_out} of {total} counted sources; left out are those "
            "undecided, not searched, or without a stated group."
        )
    if any(row.values["effect"] >= 0 and np.isnan(row.values["low"]) for row in rows):
        parts.append(
            f"No interval with fewer than {SOURCES_A_GROUP} sources a group on average or "
            f"{NARROW} in all, those drawn together as one, or where every draw gives the same."
        )
    if any(row.has_overlap for row in rows):
        parts.append(
            f"A source of several {across.title_inside} groups stands in each, so that the effect "
            "counts it more than once."
        )
    if len(rows) < len(down.values) and down.is_scheme:
        parts.append(f"{across.title} is left out: it is what the columns are about.")
    if refusal:
        parts.append(refusal)
    methods = Counter(row.test.method for row in rows if row.test is not None)
    if methods:
        parts.append(
            "Test: how often chance alone would make groups differ at least so much "
            f"({methods_in_words(methods, how)})."
        )
    if sum(methods.values()) > 1:
        parts.append(
            f"“Among {sum(methods.values())}” is p made stricter, by Holm's rule, because with so "
            "many tests one will look large by chance."
        )
    return " ".join(parts)
