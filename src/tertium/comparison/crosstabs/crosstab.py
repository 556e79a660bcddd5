"""Codes and groups of sources against each other, each cell with its passages.

Comes in: verdicts, codings and what is known about sources and cases.
Goes out: tables in which "searched, not found" and "not searched" never look the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.crosstabs.axes import FROM_CASES, Axis, axis_names, check_axis
from tertium.comparison.crosstabs.cells import Cells, Count, check_count, none_of
from tertium.comparison.crosstabs.codes_by_codes import codes_by_codes
from tertium.comparison.crosstabs.codes_by_groups import codes_by_groups
from tertium.comparison.crosstabs.groups_by_groups import groups_by_groups
from tertium.comparison.crosstabs.notes import notes, residual_notes, share_notes
from tertium.comparison.crosstabs.residuals import residuals
from tertium.comparison.crosstabs.shares import (
    IntervalKind,
    check_interval,
    check_of,
    shares,
)
from tertium.comparison.passages import Passages
from tertium.comparison.result import (
    NOT_SEARCHED,
    NOT_STATED,
    Result,
    comparison,
    support_table,
)
from tertium.errors import UnknownNameError
from tertium.schemes.actors import NAME as ACTORS

Empty = Literal["keep", "drop"]
Show = Literal["counts", "shares", "residuals"]
_SHOWN = {"counts": "{count}", "shares": "shares of {count}", "residuals": "residuals"}


@comparison
def crosstab(
    tables: Tables,
    *,
    rows: str = "approach",
    columns: str = "voice",
    count: Count = "sources",
    empty: Empty = "keep",
    show: Show = "counts",
    of: Literal["rows", "columns"] | None = None,
    interval: IntervalKind | None = None,
    level: float | None = None,
    seed: int | None = None,
    resamples: int | None = None,
    period: int | None = None,
    parts: bool = False,
) -> Result:
    """Two ways to group what sources say, against each other.

    Parameters
    ----------
    tables : Tables
    rows, columns : str
        Each the name of a scheme; one code as "approach:strike" (present, absent, undecided,
        not searched); an attribute of sources (source_id, voice, interest, distance, language,
        country, kind, year, period); "case"; or an attribute of the cases that a source tells
        (sector, case_kind, region).
    count : {"sources", "passages", "characters"}
        sources: a source counts once in a cell. A scheme against an attribute counts sources
        whose verdict is `present`; two schemes count sources in which a coding of each
        overlaps. passages: coded stretches of text, each once for a code, whatever the verdict;
        of two schemes the stretches that a coding of each covers. characters: coded characters
        outside page furniture, each once.
    empty : {"keep", "drop"}
        drop: rows in which nothing was found wherever anybody looked are left out, and the note
        says how many; for long lists such as actors.
    show : {"counts", "shares", "residuals"}
        residuals: adjusted residuals of sources, by how many standard errors a cell is from
        what its margins lead one to expect [1]_; not for two schemes, nor for two axes that
        are both from cases.
    of : {"rows", "columns"}
        For shares; no default. A group's share of a code counted by sources is of the sources of
        the group that were searched for the code; other shares are of what the row or column
        holds, each source or passage once.
    interval : {"wilson", "bootstrap", "none"}
        For shares; no default. wilson: from numbers of sources. bootstrap: percentiles of draws
        of whole sources, those of one case or compiled source together; it needs `seed` and
        `resamples`, and five sources at least. `shares` has the same.
    level : float
        Of the interval: 0.95 for 95 %.
    period : int
        Years in a period, which the axis "period" needs.
    parts : bool
        The publications that a compiled source puts together are taken in its place.

    Returns
    -------
    Result
        `frame`: a true zero is 0; null where no source of the cell was searched for the code,
        and where a share or residual is not defined (`shown` says which). A scheme counted by
        sources has a row (column) "none" for sources that were searched for every code and hold
        none; it is called "(none)" where a code has that id. Shares and residuals of a single
        code leave out the sources that were not searched for it. Only counted sources and the
        deciding coder.

    Raises
    ------
    UnknownNameError
        An axis, a count or a way to show that there is not; a choice that is not made. The axis
        "actor" of a study without a list of actors gives an empty table, and so says the note.

    References
    ----------
    .. [1] Haberman, S. J. (1973). The analysis of residuals in cross-classified tables.
       Biometrics 29, 205-220.

    Examples
    --------
    >>> from tertium.columns import CASES, CODINGS, READINGS, SOURCES, UNITS, VERDICTS
    >>> from tertium.columns import ZONE_COLUMNS, frame
    >>> where = {"a": "China", "b": "China", "c": "India"}
    >>> sources = [
    ...     {"source_id": each, "country": country, "voice": "ngo" if each == "a" else "newspaper"}
    ...     for each, country in where.items()]
    >>> others = (UNITS, ZONE_COLUMNS, CODINGS, READINGS, VERDICTS, CASES)
    >>> empty = [frame([], columns) for columns in others]
    >>> links = pd.DataFrame(columns=["case_id", "source_id", "start", "end"])
    >>> tables = Tables(frame(sources, SOURCES), *empty, case_sources=links)
    >>> table = crosstab(tables, rows="country", columns="voice", show="shares", of="rows",
    ...                  interval="wilson", level=0.95)
    >>> table.shown.at["China", "ngo"].replace("\u00a0", " "), float(table.frame.at["China", "ngo"])
    ('1 of 2, 50% (9–91)', 0.5)
    """
    if ACTORS in (rows, columns) and ACTORS not in tables.schemes:
        return _without_actors(tables, rows, columns, count, period)
    passages = Passages(tables, parts=parts)
    row_axis, column_axis = (Axis(passages, each, period=period) for each in (rows, columns))
    _check(row_axis, column_axis, count, empty, show)
    cells = _cells(passages, row_axis, column_axis, count)
    row_ids, column_ids = _ids(row_axis, column_axis, count), _ids(column_axis, row_axis, count)
    if show != "counts":
        row_ids = _searched(row_axis, row_ids, cells)
        column_ids = _searched(column_axis, column_ids, cells)
    frame = _counted(cells, row_ids, column_ids)
    told = notes(passages, row_axis, column_axis, count, is_residual=show == "residuals")
    if empty == "drop":
        frame = _without_empty(frame, row_axis, cells)
        row_ids = list(frame.index)
    shown = None
    if show == "shares":
        side = check_of(of)
        how = check_interval(interval, count=count, level=level, seed=seed, resamples=resamples)
        frame, shown, said = shares(cells, row_ids, column_ids, of=side, interval=how)
        told += share_notes(row_axis, column_axis, count, of=side) + said
    elif show == "residuals":
        frame, shown, said = residuals(cells, row_ids, column_ids)
        told += residual_notes(row_axis, column_axis) + said
    frame.index.name, frame.columns.name = rows, columns
    here = {(row, column) for row in row_ids for column in column_ids}
    support = [row for row in cells.support if (row["row"], row["column"]) in here]
    what = _SHOWN[show].format(count=count)
    return Result(
        frame,
        title=f"{row_axis.title} by {column_axis.title_inside}: {what}",
        note=" ".join([*told, *cells.remarks]),
        support=support_table(support),
        shown=shown,
        row_labels=_labels(row_axis),
        column_labels=_labels(column_axis),
        row_counts=row_axis.sizes,
        column_counts=column_axis.sizes,
        row_groups=_countries(passages) if rows == "source_id" else {},
        missing=NOT_SEARCHED,
    )


def _without_actors(
    tables: Tables, rows: str, columns: str, count: str, period: int | None
) -> Result:
    """An empty table: any study may be asked for its actors, and some list none."""
    check_count(count, get_args(Count))
    if rows == columns:
        raise UnknownNameError(f"rows and columns are both {rows!r}; name two")
    for axis in (rows, columns):
        if axis != ACTORS:
            check_axis(tables, axis, period=period)
    return Result(
        pd.DataFrame(
            index=pd.Index([], name=rows, dtype=object),
            columns=pd.Index([], name=columns, dtype=object),
        ),
        title=f"{rows.capitalize()} by {columns.replace('_', ' ')}: {count}",
        note="The study lists no cases and actors (data/actors.csv), so there is nothing to count.",
        missing=NOT_SEARCHED,
    )


def _check(rows: Axis, columns: Axis, count: str, empty: str, show: str) -> None:
    tables = rows.passages.tables
    if rows.name == columns.name:
        raise UnknownNameError(
            f"rows and columns are both {rows.name!r}; name two of {', '.join(axis_names(tables))}"
        )
    check_count(count, get_args(Count))
    if empty not in get_args(Empty):
        raise UnknownNameError(f"empty={empty!r}; there are {', '.join(get_args(Empty))}")
    if show not in get_args(Show):
        raise UnknownNameError(f"show={show!r}; there are {', '.join(get_args(Show))}")
    if count != "sources" and not (rows.is_scheme or columns.is_scheme):
        raise UnknownNameError(
            f"count={count!r} counts codings, so one axis must be a scheme: "
            f"{', '.join(sorted(tables.schemes)) or 'the study has none'}"
        )
    if show == "residuals":
        _check_residuals(rows, columns, count)


def _check_residuals(rows: Axis, columns: Axis, count: str) -> None:
    if count != "sources":
        raise UnknownNameError(
            f'show="residuals" is for count="sources": {count} of one source are alike, and a '
            "residual takes them for independent"
        )
    if rows.is_scheme and columns.is_scheme:
        raise UnknownNameError(
            'show="residuals": two schemes are counted where their codings overlap, not source by '
            f'source; name one code as an axis, such as "{columns.name}:{columns.values[0]}"'
        )
    if {rows.name, columns.name} <= set(FROM_CASES):
        raise UnknownNameError(
            f'show="residuals": {rows.name} and {columns.name} are both from cases, of which a '
            "source may tell several; take one of them with an attribute of sources"
        )


def _cells(passages: Passages, rows: Axis, columns: Axis, count: Count) -> Cells:
    if rows.is_scheme and columns.is_scheme:
        return codes_by_codes(passages, rows.name, columns.name, count)
    if rows.is_scheme:
        return codes_by_groups(passages, rows.name, columns, count)
    if columns.is_scheme:
        return codes_by_groups(passages, columns.name, rows, count).turned()
    return groups_by_groups(passages, rows, columns)


def _ids(axis: Axis, other: Axis, count: Count) -> list[str]:
    """Ids of an axis in their order; a scheme against groups of sources has "none" at its end."""
    if axis.is_scheme and not other.is_scheme and count == "sources":
        return [*axis.values, none_of(axis.passages, axis.name)]
    return list(axis.values)


def _searched(axis: Axis, ids: Sequence[str], cells: Cells) -> list[str]:
    """Ids without those sources that were not searched for the code that the axis is about."""
    left_out = axis.sizes.get(NOT_SEARCHED, 0)
    if axis.code is None:
        return list(ids)
    if left_out:
        cells.remarks.append(
            f"Left out: {left_out} {'source' if left_out == 1 else 'sources'} not searched for "
            f"{axis.title}."
        )
    return [each for each in ids if each != NOT_SEARCHED]


def _counted(cells: Cells, rows: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    index = pd.Index(list(rows), dtype=object)
    return pd.DataFrame(
        {
            column: pd.Series(
                [cells.number((row, column)) for row in rows], index=index, dtype="Int64"
            )
            for column in columns
        },
        index=index,
    )


def _without_empty(frame: pd.DataFrame, rows: Axis, cells: Cells) -> pd.DataFrame:
    """The rows in which something was found, or nobody looked anywhere."""
    is_zero = (frame.fillna(0) == 0).all(axis=1) & frame.notna().any(axis=1)
    if rows.is_scheme:
        is_zero &= frame.index != none_of(rows.passages, rows.name)
    if few := int(is_zero.sum()):
        said = "1 row without any is" if few == 1 else f"{few} rows without any are"
        cells.remarks.append(f"{said} left out.")
    return frame[~is_zero]


def _labels(axis: Axis) -> dict[str, str]:
    if axis.is_scheme:
        return {**axis.labels, none_of(axis.passages, axis.name): "None of these"}
    return axis.labels


def _countries(passages: Passages) -> dict[str, str]:
    return {each: passages.country(each) or NOT_STATED for each in passages.counted}
