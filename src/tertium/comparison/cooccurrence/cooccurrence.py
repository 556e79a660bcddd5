"""Codes that stand together, with the meaning of "together" in the caption.

Comes in: the codings of two schemes, or of one with itself.
Goes out: a grid of codes by codes, or of pairs by meanings of "together"; each cell has its
passages.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.cooccurrence.pairs import by_definition
from tertium.comparison.cooccurrence.tallies import Tally, Together
from tertium.comparison.cooccurrence.ways import (
    IN_CAPTIONS,
    NOT_DEFINED,
    WITHOUT_LIFT,
    Definition,
    Measure,
    Unit,
    Way,
    measure_in_words,
    the_way,
)
from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_SEARCHED, Result, comparison, support_table
from tertium.errors import UnknownNameError

Show = Literal["table", "definitions"]
ITSELF = "–"


@comparison
def cooccurrence(
    tables: Tables,
    *,
    rows: str,
    columns: str,
    definition: Definition,
    measure: Measure,
    unit: Unit | None = None,
    show: Show = "table",
    most: int | None = None,
) -> Result:
    """How often two codes stand together; the caption says what "together" means.

    Parameters
    ----------
    tables : Tables
    rows, columns : str
        Names of schemes; the same one twice for the codes of one scheme among themselves.
    definition : {"same_span", "overlap", "unit", "source"}
        same_span: on exactly the same characters. overlap: a stretch that a coding of each
        covers. unit: in the same sentence or paragraph, which `unit` says. source: both verdicts
        are present. No default: it decides what is found.
    measure : {"count", "jaccard", "lift"}
        count: how often. jaccard: what holds both, as a share of what holds either, from 0 to 1.
        lift: as a multiple of what chance alone gives, from 0 up. No default.
    unit : {"sentence", "paragraph"}, optional
        With definition="unit", and only with it.
    show : {"table", "definitions"}
        definitions: the pairs in rows, all five meanings of "together" in columns, and how far
        the order of pairs moves from that by `definition`.
    most : int, optional
        At most so many rows and columns (or pairs), those that stand together most often.

    Returns
    -------
    Result
        `frame`: a grid; 0: both looked for, never together; null: no source was searched for
        both, or (told in the cell) the measure has no meaning. Of one scheme with itself the
        diagonal is null, and tells in brackets how often the code is found at all.
        Only counted sources and the deciding coder; a coding that denies the code is left out.

    Raises
    ------
    UnknownNameError
        An argument that there is not; lift of passages, which have no number to be drawn from.

    Examples
    --------
    >>> from tertium.comparison.passages import Coded
    >>> cooccurrence(study.tables, rows="approach", columns="claim", definition="unit",
    ...              unit="sentence", measure="count")      # doctest: +SKIP

    References
    ----------
    .. [1] Jaccard, P. (1912). The distribution of the flora in the alpine zone. New Phytologist
       11 (2), pp. 37-50 (the coefficient of community).
    """
    way = the_way(definition, unit)
    _check(measure, show, most, way)
    for scheme in (rows, columns):
        tables.scheme(scheme)
    together = Together(Passages(tables), rows, columns)
    if show == "definitions":
        return by_definition(together, way, measure, most)
    return _grid(together, way, measure, most)


def _check(measure: str, show: str, most: int | None, way: Way) -> None:
    if measure not in get_args(Measure):
        raise UnknownNameError(f"measure={measure!r}; there are {', '.join(get_args(Measure))}")
    if show not in get_args(Show):
        raise UnknownNameError(f"show={show!r}; there are {', '.join(get_args(Show))}")
    if most is not None and most < 1:
        raise UnknownNameError(f"most={most!r}; write a number from 1, or None for all")
    if measure == "lift" and way.id == WITHOUT_LIFT:
        raise UnknownNameError(
            "measure='lift' asks what chance would give, but nobody can say how many passages "
            "there could have been; take another definition, or jaccard"
        )


def _grid(together: Together, way: Way, measure: str, most: int | None) -> Result:
    tables, rows, columns = together.passages.tables, together.rows, together.columns
    found = together.in_way(way)
    row_ids, column_ids = list(tables.scheme(rows).code_ids), list(tables.scheme(columns).code_ids)
    counts = {pair: tally.count for pair, tally in found.items() if not _is_itself(together, pair)}
    kept_rows = _most(row_ids, counts, 0, most)
    kept_columns = _most(column_ids, counts, 1, most)
    values: dict[str, list[float | int | None]] = {}
    texts: dict[str, list[str | None]] = {}
    support: list[dict[str, Any]] = []
    for column in kept_columns:
        values[column], texts[column] = [], []
        for row in kept_rows:
            tally = found.get((row, column))
            is_itself = _is_itself(together, (row, column))
            value = None if tally is None or is_itself else tally.value(measure)
            values[column].append(value)
            texts[column].append(_cell(tally, value, is_itself=is_itself))
            if tally is not None:
                behind = together.evidence(tally, row, column)
                support.extend({"row": row, "column": column, **each} for each in behind)
    dtype = "Int64" if measure == "count" else "Float64"
    index = pd.Index(kept_rows, dtype=object)
    frame = pd.DataFrame(
        {name: pd.Series(each, index=index, dtype=dtype) for name, each in values.items()},
        index=index,
    )
    is_one = rows == columns
    frame.index.name, frame.columns.name = rows, f"with_{columns}" if is_one else columns
    return Result(
        frame,
        title=f"{_pair_of_titles(tables, rows, columns)} {way.where}: {IN_CAPTIONS[measure]}",
        note=" ".join(
            [
                *notes(together, way, measure),
                *_left_out(row_ids, kept_rows, column_ids, kept_columns),
            ]
        ),
        support=support_table(support),
        row_labels={code.id: code.label for code in tables.scheme(rows).codes},
        column_labels={code.id: code.label for code in tables.scheme(columns).codes},
        shown=pd.DataFrame(texts, index=frame.index, columns=frame.columns, dtype=object),
        missing=NOT_SEARCHED,
    )


def notes(together: Together, way: Way, measure: str) -> list[str]:
    """What a reader must know of the way and the measure."""
    tables = together.passages.tables
    said = [
        way.meaning,
        measure_in_words(measure, way),
        f"{len(together.passages.counted)} counted sources, coder: "
        f"{tables.deciders([together.rows, together.columns])}.",
    ]
    if measure != "count":
        said.append(f"In brackets: how many {way.things} hold both.")
    if way.id == "source" and together.undecided:
        said.append("An undecided verdict is not present.")
    if together.rows == together.columns:
        said.append(
            f"On the diagonal, in brackets: how many {way.things} hold the code at all. Each pair "
            "stands twice."
        )
    said.append(f"0: both looked for, never together; {NOT_SEARCHED}: nobody looked for both.")
    return said


def _pair_of_titles(tables: Tables, rows: str, columns: str) -> str:
    one, other = tables.scheme(rows).title, tables.scheme(columns).title
    if rows == columns:
        return f"{one}, two at a time,"
    return f"{one} and {other[:1].lower()}{other[1:]}"


def _is_itself(together: Together, pair: tuple[str, str]) -> bool:
    return together.rows == together.columns and pair[0] == pair[1]


def _cell(tally: Tally | None, value: float | int | None, *, is_itself: bool) -> str | None:
    """What a reader sees where it is not the plain number."""
    if tally is None:
        return None
    if is_itself:
        return f"({tally.count:,})" if tally.count else ITSELF
    if value is None:
        return NOT_DEFINED
    # A share or a lift that rests on one passage must not look like one that rests on fifty.
    return f"{value:.2f} ({tally.count:,})" if isinstance(value, float) else None


def _most(
    codes: list[str], counts: dict[tuple[str, str], int], side: int, most: int | None
) -> list[str]:
    """The codes that stand together with others most often, in the scheme's order."""
    if most is None or most >= len(codes):
        return codes
    sums = dict.fromkeys(codes, 0)
    for pair, count in counts.items():
        sums[pair[side]] += count
    first = sorted(codes, key=lambda code: (-sums[code], codes.index(code)))[:most]
    return [code for code in codes if code in first]


def _left_out(
    rows: list[str], kept_rows: list[str], columns: list[str], kept_columns: list[str]
) -> list[str]:
    if len(rows) == len(kept_rows) and len(columns) == len(kept_columns):
        return []
    return [
        f"Shown: {len(kept_rows)} of {len(rows)} codes in rows and {len(kept_columns)} of "
        f"{len(columns)} in columns, those that stand together with others most often."
    ]
