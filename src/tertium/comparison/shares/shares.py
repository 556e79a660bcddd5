"""How large a share of the units holds each code, how sure that is, and what people would find.

Comes in: the tables of a study.
Goes out: a `Result`: one row a code, or a code and group of sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.crosstabs.axes import Axis
from tertium.comparison.crosstabs.standing import Group
from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_SEARCHED, Result, comparison, support_table
from tertium.comparison.shares.drawn import Correction
from tertium.comparison.shares.looked import WHOLE, Units
from tertium.comparison.shares.rows import COUNTS, MEASURES, How, Interval, Row, row_of
from tertium.comparison.shares.told import Told, note_of
from tertium.comparison.statistics.bootstrap import NARROW, check_resampling
from tertium.comparison.statistics.proportions import check_level
from tertium.comparison.tellings import ties_of
from tertium.errors import UnknownNameError
from tertium.sources.units import UnitKind

_UNITS = ("document", "paragraph", "sentence")
_UNIT_WORDS = {"document": "Sources", "paragraph": "Paragraphs", "sentence": "Sentences"}


@comparison
def shares(
    tables: Tables,
    *,
    scheme: str,
    unit: UnitKind,
    interval: Interval,
    by: str | None = None,
    level: float = 0.95,
    seed: int = 1,
    resamples: int = 2000,
    period: int | None = None,
    parts: bool = False,
) -> Result:
    """How large a share of what was searched holds each code, raw and less the machine's error.

    Parameters
    ----------
    tables : Tables
    scheme : str
    unit : {"document", "paragraph", "sentence"}
        What a share is of. A document holds a code where its verdict is present; a paragraph or
        sentence where a coding holds a letter of it. Headings and page furniture are no units.
    interval : {"wilson", "bootstrap"}
        wilson: of documents only, for it takes units for independent, and sentences of one
        source are alike. bootstrap: draws whole sources again, with replacement, those that tell
        one case or are parts of one source together; of five at least. It is that of `crosstab`.
    by : str, optional
        What makes a row beside the code: voice, country, … as the axes of `crosstab`.
    level, seed, resamples
        Of the intervals.
    period : int, optional
        Years in a period, where `by` is "period".
    parts : bool
        Whether the publications that a compiled source puts together stand in its place: for
        questions about voices. A plan draws compiled sources, so that nothing is corrected then.

    Returns
    -------
    Result
        `frame`: with_code, searched, sources (searched), share, low, high; corrected,
        corrected_low, corrected_high and read_twice (units that two people have read). Null:
        nobody looked, or the figure is not defined. The share of a machine coder is corrected
        where a plan of the study (key `assignments`) drew sources by lot for two people, from as
        many as are counted now, both have read them whole and without sight of other codings, and
        at least 50 units of the row; elsewhere the cell says
        "not corrected: no random human sample" and the note says what is wanting. What people
        settled (gold) is taken before what each of them found. See
        `tertium.comparison.statistics.correction` for the estimator.

    Raises
    ------
    UnknownNameError
        No such scheme, unit, group or interval; or Wilson's interval for parts of sources.

    Examples
    --------
    >>> from tertium.study import open_study
    >>> tables = open_study("labour-organising").tables
    >>> result = shares(tables, scheme="approach", unit="document", interval="wilson")
    >>> int(result.frame.loc["strike", "searched"])
    57
    >>> result.cell_text(4, list(result.frame.columns).index("corrected"))
    'not corrected: no random human sample'
    """
    _check(unit, interval, by, tables)
    check_resampling(resamples, seed)
    check_level(level)
    passages = Passages(tables, parts=parts)
    correction = Correction(tables, scheme)
    people = correction.people if correction.plans and correction.is_by_machine else []
    units = Units(passages, scheme, unit, [tables.decides(scheme), *people])
    axis = None if by is None else Axis(passages, by, period=period)
    how = How(interval, level, seed, resamples, ties_of(passages))
    rows = [
        row_of(units, correction, code, value, groups, how)
        for code in tables.scheme(scheme).code_ids
        for value, groups in _groups(passages, axis)
    ]
    ids = [row.code if axis is None else f"{row.code} × {row.group}" for row in rows]
    labels = {code.id: code.label for code in tables.scheme(scheme).codes}
    groups = {} if axis is None else axis.labels
    told = Told(
        passages, scheme, unit, interval, level, seed, resamples,
        by_machine=correction.is_by_machine,
        why_not=_reasons(rows, labels, groups),
        sparse=[_name(row, labels, groups) for row in rows if row.is_sparse],
        undecided=sum(row.looked.undecided for row in rows) if axis is None else 0,
        corrected_by=sorted({row.texts["plan"] for row in rows if row.texts.get("plan")}),
        is_few=any(
            row.independent < NARROW and not np.isnan(row.values["low"]) for row in rows
        ),
        no_interval=any(row.values["searched"] > 0 and np.isnan(row.values["low"]) for row in rows),
    )  # fmt: skip
    return Result(
        _frame(rows, ids, scheme),
        title=f"{_UNIT_WORDS[unit]} with each code: {tables.scheme(scheme).title.lower()}"
        + ("" if axis is None else f", by {axis.title.lower()}"),
        note=note_of(told),
        support=support_table(
            [
                {"row": row_id, "column": column, **each}
                for row_id, row in zip(ids, rows, strict=True)
                for column in ("with_code", "share")
                for each in row.looked.evidence
            ]
        ),
        row_labels=labels
        if axis is None
        else {
            row_id: groups.get(row.group, row.group) for row_id, row in zip(ids, rows, strict=True)
        },
        row_groups={}
        if axis is None
        else {row_id: labels[row.code] for row_id, row in zip(ids, rows, strict=True)},
        column_labels={
            "with_code": "With the code",
            "searched": f"{_UNIT_WORDS[unit]} searched",
            "sources": "Sources",
            "share": f"Share ({level:.0%} interval)",
            "corrected": f"Corrected ({level:.0%} interval)",
        },
        shown=_shown(rows, ids, unit),
        hidden=("low", "high", "corrected_low", "corrected_high", "read_twice"),
        missing=NOT_SEARCHED,
    )


def _check(unit: str, interval: str, by: str | None, tables: Tables) -> None:
    if unit not in _UNITS:
        raise UnknownNameError(f"unit={unit!r}; there are {', '.join(_UNITS)}")
    if interval not in ("wilson", "bootstrap"):
        raise UnknownNameError(f"interval={interval!r}; there are wilson, bootstrap")
    if interval == "wilson" and unit != "document":
        raise UnknownNameError(
            f"interval='wilson' takes units for independent, and {unit}s of one source are alike; "
            "write interval='bootstrap', which draws whole sources"
        )
    if by is not None and by in tables.schemes:
        raise UnknownNameError(
            f"by={by!r} is a scheme, and a source may hold several of its codes; name one code "
            f"as {by}:{tables.schemes[by].code_ids[0]}"
        )


def _groups(passages: Passages, axis: Axis | None) -> Iterator[tuple[str, dict[str, Group]]]:
    """Each group with its sources, and the part of each that is meant."""
    if axis is None:
        yield "", dict.fromkeys(passages.counted, WHOLE)
        return
    for value in axis.values:
        inside = {
            source_id: group
            for source_id, groups in axis.groups.items()
            for group in groups
            if group.value == value
        }
        if inside:
            yield value, inside


def _reasons(
    rows: list[Row], labels: Mapping[str, str], groups: Mapping[Any, str]
) -> dict[str, list[str]]:
    """Why rows are not corrected, and which these are."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.why_not:
            found.setdefault(row.why_not, []).append(_name(row, labels, groups))
    # One reason for all needs no list of them.
    return {why: [] for why in found} if len(found) == 1 else found


def _name(row: Row, labels: Mapping[str, str], groups: Mapping[Any, str]) -> str:
    name = labels[row.code]
    group = groups.get(row.group, row.group.replace("_", " "))
    return f"{name} ({group})" if row.group else name


def _frame(rows: list[Row], ids: list[str], scheme: str) -> pd.DataFrame:
    index = pd.Index(ids, name=scheme, dtype=object)
    frame = pd.DataFrame(
        {
            name: pd.Series(
                [None if np.isnan(row.values[name]) else row.values[name] for row in rows],
                index=index,
                dtype="Int64" if name in COUNTS else "Float64",
            )
            for name in MEASURES
        },
        index=index,
    )
    frame.columns.name = "measure"
    return frame


def _shown(rows: list[Row], ids: list[str], unit: str) -> pd.DataFrame:
    shown = pd.DataFrame(index=pd.Index(ids, dtype=object), columns=list(MEASURES), dtype=object)
    for name in ("share", "corrected"):
        shown[name] = [row.texts[name] or None for row in rows]
    for name in ("low", "high", "corrected_low", "corrected_high"):
        # A bound that is not defined is no source that nobody searched.
        shown[name] = [
            "not defined" if row.values["searched"] and np.isnan(row.values[name]) else None
            for row in rows
        ]
    if unit == "document":
        # Units and sources are the same then.
        shown["sources"] = ""
    return shown
