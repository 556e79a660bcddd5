"""The codes of two schemes where their codings share characters.

Comes in: codings of two schemes.
Goes out: cells with the codes of one in rows and of the other in columns.
"""

from __future__ import annotations

from tertium.comparison.crosstabs.cells import Cells, Count
from tertium.comparison.crosstabs.codes_by_groups import by_code
from tertium.comparison.passages import Passages, overlaps


def codes_by_codes(passages: Passages, rows: str, columns: str, count: Count) -> Cells:
    """Codes of two schemes where their codings overlap.

    Counted by sources, a share of a code is of the sources with a coding of it that were
    searched for the other code.
    """
    cells = Cells(passages, count)
    of_rows, of_columns = passages.codings(rows), passages.codings(columns)
    with_rows: dict[str, set[str]] = {}
    with_columns: dict[str, set[str]] = {}
    for source_id in passages.counted:
        row_codes, column_codes = by_code(of_rows[source_id]), by_code(of_columns[source_id])
        for found, codes in ((with_rows, row_codes), (with_columns, column_codes)):
            for code in codes:
                found.setdefault(code, set()).add(source_id)
        for row, first in row_codes.items():
            for column, second in column_codes.items():
                shared = overlaps(first, second)
                if not shared:
                    continue
                evidence = [
                    passages.evidence(
                        source_id,
                        span,
                        scheme=f"{rows} × {columns}",
                        code=f"{row} × {column}",
                        stance=passages.stance(source_id, span, (each.stance for each in both)),
                        coding_ids=[each.coding_id for each in both],
                    )
                    for span, both in shared.items()
                ]
                cells.add((row, column), source_id, shared, evidence)
    if count == "sources":
        cells.bases = {"rows": {}, "columns": {}}
    for row in passages.tables.scheme(rows).code_ids:
        for column in passages.tables.scheme(columns).code_ids:
            searched = {
                source_id
                for source_id in passages.counted
                if passages.is_searched(source_id, rows, row)
                and passages.is_searched(source_id, columns, column)
            }
            if not searched:
                cells.unsearched.add((row, column))
            if count == "sources":
                held = cells.held.get((row, column), {}).keys()
                of_row = searched & with_rows.get(row, set())
                of_column = searched & with_columns.get(column, set())
                cells.bases["rows"][row, column] = frozenset(of_row | held)
                cells.bases["columns"][row, column] = frozenset(of_column | held)
    return cells
