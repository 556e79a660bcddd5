"""The framework matrix: what sources say about each approach, dimension by dimension.

Comes in: the codings of two schemes.
Goes out: a grid of passages, rebuilt from an author's own table where a source has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.passages import BY_HAND, Coded, Paragraph, Passages, overlaps
from tertium.comparison.result import NOT_SEARCHED, Result, comparison, support_table
from tertium.errors import UnknownNameError
from tertium.sources.sections import trimmed
from tertium.spans import Span, intersection, merge, subtract

_Cell = tuple[str, str]


@comparison
def framework_matrix(
    tables: Tables, *, rows: str = "approach", columns: str = "dimension"
) -> Result:
    """Passages by approach and dimension.

    A passage stands in a cell where a coding of the row's code and one of the column's
    overlap: a sentence, or a paragraph (a table's cell is one) where headings speak for it,
    without headings and page furniture. Where both codings come from headings of the source,
    the place is the author's own: what stands there belongs to that cell, and to no other by
    its own words.

    Parameters
    ----------
    tables : Tables
    rows, columns : str
        Names of two schemes of the study.

    Returns
    -------
    Result
        `frame`: number of passages, one row a code of `rows`, one column a code of `columns`;
        0 where both were searched and nothing was found, null where there is no reading.
        `passages`: the long form. Only counted sources and the deciding coder's codings;
        codings that deny, and codings of a whole source, locate nothing and are left out.

    Examples
    --------
    >>> matrix = framework_matrix(study.tables)             # doctest: +SKIP
    >>> matrix.evidence("strike", "agency")["quote"]        # doctest: +SKIP
    """
    if rows == columns:
        raise UnknownNameError(
            f"rows and columns are both {rows!r}; name two of {', '.join(sorted(tables.schemes))}"
        )
    row_scheme, column_scheme = tables.scheme(rows), tables.scheme(columns)
    passages = Passages(tables)
    of_rows, of_columns = passages.codings(rows), passages.codings(columns)
    support: list[dict[str, Any]] = []
    framing = []
    for source_id in passages.counted:
        cells, framed = _cells(passages, source_id, of_rows[source_id], of_columns[source_id])
        framing += [source_id] if framed else []
        for (row, column), spans in sorted(cells.items()):
            both = [each for each in of_rows[source_id] if each.code == row]
            both += [each for each in of_columns[source_id] if each.code == column]
            for span in spans:
                behind = [each for each in both if each.span.has_overlap(span)]
                evidence = passages.evidence(
                    source_id,
                    span,
                    scheme=f"{rows} × {columns}",
                    code=f"{row} × {column}",
                    stance=passages.stance(
                        source_id, span, (each.stance for each in behind if each.span.holds(span))
                    ),
                    coding_ids=[each.coding_id for each in behind],
                )
                # What an author put into the cell comes before what only meets in it.
                rank = 0 if any(each.has_overlap(span) for each in framed) else 1
                support.append({"row": row, "column": column, "rank": rank, **evidence})
    counts, searched = _counted(passages, rows, columns, support)
    frame = pd.DataFrame(
        {
            column: pd.Series(
                [counts[row, column] for row in row_scheme.code_ids],
                index=list(row_scheme.code_ids),
                dtype="Int64",
            )
            for column in column_scheme.code_ids
        }
    )
    frame.index.name, frame.columns.name = rows, columns
    return Result(
        frame,
        title=f"{row_scheme.title} by {column_scheme.title.lower()}: passages",
        note=_note(passages, rows, columns, searched, framing, support, quotes=False),
        quotes_note=_note(passages, rows, columns, searched, framing, support, quotes=True),
        support=support_table(support),
        row_labels={code.id: code.label for code in row_scheme.codes},
        column_labels={code.id: code.label for code in column_scheme.codes},
        missing=NOT_SEARCHED,
    )


def _cells(
    passages: Passages, source_id: str, of_rows: Sequence[Coded], of_columns: Sequence[Coded]
) -> tuple[dict[_Cell, list[Span]], list[Span]]:
    """The passages of one source by cell, and where it has a table of its own."""
    if not of_rows or not of_columns:
        return {}, []
    text = passages.text(source_id)
    paragraphs = passages.paragraphs(source_id)
    starts = passages.heading_starts(source_id)
    frames = _overlaps(
        _innermost([each for each in of_rows if each.span.start in starts]),
        _innermost([each for each in of_columns if each.span.start in starts]),
    )
    framed = merge(span for spans in frames.values() for span in spans)
    cells: dict[_Cell, list[Span]] = {}
    for (row, row_codings), (column, column_codings) in product(
        _by_code(of_rows).items(), _by_code(of_columns).items()
    ):
        found = _cut(text, frames.get((row, column), []), paragraphs)
        for span in overlaps(row_codings, column_codings):
            found += _cut(text, subtract([span], framed), paragraphs)
        if found:
            cells[row, column] = sorted(set(found))
    return cells, framed


def _by_code(codings: Iterable[Coded]) -> dict[str, list[Coded]]:
    found: dict[str, list[Coded]] = {}
    for coding in codings:
        found.setdefault(coding.code, []).append(coding)
    return found


def _innermost(codings: Sequence[Coded]) -> dict[str, list[Span]]:
    """What each heading speaks for, without what a heading below it speaks for."""
    found: dict[str, list[Span]] = {}
    for coding in codings:
        below = [
            other.span
            for other in codings
            if other.span != coding.span and coding.span.holds(other.span)
        ]
        found.setdefault(coding.code, []).extend(subtract([coding.span], below))
    return found


def _overlaps(
    of_rows: Mapping[str, list[Span]], of_columns: Mapping[str, list[Span]]
) -> dict[_Cell, list[Span]]:
    found: dict[_Cell, list[Span]] = {}
    for row, row_spans in of_rows.items():
        for column, column_spans in of_columns.items():
            shared = intersection(row_spans, column_spans)
            if shared:
                found[row, column] = shared
    return found


def _cut(text: str, spans: Sequence[Span], paragraphs: Sequence[Paragraph]) -> list[Span]:
    """Spans cut at paragraphs and trimmed; of one paragraph, what stands together is one."""
    found: list[Span] = []
    for paragraph in paragraphs:
        inside: list[Span] = []
        for span in spans:
            part = span.overlap(paragraph.span)
            part = trimmed(text, part) if part else None
            if part is None:
                continue
            if inside and not text[inside[-1].end : part.start].strip():
                part = Span(inside.pop().start, part.end)
            inside.append(part)
        found.extend(inside)
    return found


def _counted(
    passages: Passages, rows: str, columns: str, support: Iterable[Mapping[str, Any]]
) -> tuple[dict[_Cell, int | None], int]:
    """Passages a cell (null where nobody looked), and how many sources were searched in full."""
    tables = passages.tables
    cells = [
        (row, column)
        for row in tables.scheme(rows).code_ids
        for column in tables.scheme(columns).code_ids
    ]
    found: dict[_Cell, int] = {}
    for each in support:
        key = (each["row"], each["column"])
        found[key] = found.get(key, 0) + 1
    in_full = 0
    looked: set[_Cell] = set()
    for source_id in passages.counted:
        here = {
            (row, column)
            for row, column in cells
            if passages.is_searched(source_id, rows, row)
            and passages.is_searched(source_id, columns, column)
        }
        looked |= here
        in_full += len(here) == len(cells)
    return {
        cell: found.get(cell, 0) if cell in looked or cell in found else None for cell in cells
    }, in_full


def _note(
    passages: Passages,
    rows: str,
    columns: str,
    in_full: int,
    framing: Sequence[str],
    support: Sequence[Mapping[str, Any]],
    *,
    quotes: bool,
) -> str:
    tables = passages.tables
    total = len(passages.counted)
    both = ", and under both where it has two" if _is_under_several(support) else ""
    what = "a sentence, or a paragraph under the author's own headings"
    what = BY_HAND if passages.is_by_hand(rows, columns) else f"A passage is {what}."
    parts = [
        f"{what} It stands in the cell of the {rows} and the {columns} that it is coded with{both} "
        f"(coder: {tables.deciders([rows, columns])})."
    ]
    if framing:
        named = "; ".join(passages.cited_as(source_id) for source_id in framing)
        first = ", before others" if quotes else ""
        parts.append(
            f"Passages under headings that name both stand where the author put them{first}: "
            f"{named}."
        )
    if not quotes:
        parts.append(f"0: both were looked for, nothing was found; {NOT_SEARCHED}: nobody looked.")
    if in_full < total:
        parts.append(
            f"Searched for every code of both schemes: {in_full} of {total} counted sources."
        )
    return " ".join(parts)


def _is_under_several(support: Iterable[Mapping[str, Any]]) -> bool:
    cells: dict[str, set[_Cell]] = {}
    for each in support:
        cells.setdefault(str(each["passage_id"]), set()).add((each["row"], each["column"]))
    return any(len(found) > 1 for found in cells.values())
