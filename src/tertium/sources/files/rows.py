"""Rows of a table whose columns are known: a manifest, cases, facts, actors.

Comes in: a CSV file and the names of its columns.
Goes out: its rows with their lines, and every fault of its form.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tertium.errors import Fault, InputError
from tertium.offsets import canonical
from tertium.sources.files.read import bytes_of
from tertium.sources.formats.table import delimiter_of, read_table


@dataclass(frozen=True)
class Row:
    """One row of a table: the line where it begins, and its cells by column, stripped."""

    line: int
    cells: dict[str, str] = field(default_factory=dict, hash=False)

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def read_rows(
    path: Path, columns: Sequence[str], *, file: str, optional: Collection[str] = ()
) -> tuple[list[Row], list[Fault]]:
    """The rows of a CSV file in UTF-8, and what is wrong with its form.

    Parameters
    ----------
    path : Path
    columns : sequence of str
        The header holds each of them once and nothing else, in any order.
    file : str
        How faults name the file.
    optional : collection of str
        Those of the columns that may be missing; their cells are empty then.

    Returns
    -------
    tuple of list of Row, list of Fault
        Rows that fit the header; without a header that fits there are none.
    """
    try:
        data = bytes_of(path, file)
    except InputError as error:
        return [], list(error.faults)
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        found = "this is no text: a spreadsheet, perhaps, whose name ends in .csv"
        return [], [Fault(file, 0, "", found, "save the table as CSV in UTF-8")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts from behind the byte order mark.
        before = data.removeprefix(b"\xef\xbb\xbf")[: error.start]
        found = f"the byte {error.object[error.start]:#04x} is not UTF-8"
        line = before.count(b"\n") + 1
        return [], [Fault(file, line, "", found, "save the table as CSV in UTF-8")]
    return table_rows(canonical(text), columns, file=file, optional=optional)


def table_rows(
    text: str, columns: Sequence[str], *, file: str, optional: Collection[str] = ()
) -> tuple[list[Row], list[Fault]]:
    r"""The rows of a table's text, and what is wrong with its form; see `read_rows`.

    Columns that are `optional` may be missing; their cells are empty then.

    Examples
    --------
    >>> rows, faults = table_rows("id;name\na;Drive\nb\n", ["id", "name"], file="cases.csv")
    >>> rows[0]["name"], str(faults[0])
    ('Drive', 'cases.csv, line 3: 1 cells under 2 columns; give each column a cell of its own')
    """
    try:
        (_, header), *rows = read_table(text, delimiter=delimiter_of(text))
    except csv.Error as error:
        return [], [Fault(file, 0, "", f"it is no CSV ({error})", "save it as CSV with commas")]
    except ValueError:
        return [], [Fault(file, 1, "", "it has no header", "name the columns")]
    header = [name.strip() for name in header]
    if faults := list(_header_faults(header, columns, file, optional)):
        return [], faults
    kept: list[Row] = []
    for line, cells in rows:
        if len(cells) != len(header):
            found = f"{len(cells)} cells under {len(header)} columns"
            remedy = "give each column a cell of its own"
            if len(cells) > len(header):
                remedy = "put quotes around a cell that holds a comma"
            faults.append(Fault(file, line, "", found, remedy))
        elif any(cell.strip() for cell in cells):
            words = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
            words |= {name: "" for name in optional if name not in words}
            kept.append(Row(line, words))
    return kept, faults


def _header_faults(
    header: Sequence[str], columns: Sequence[str], file: str, optional: Collection[str]
) -> Iterator[Fault]:
    for name in sorted(set(header)):
        if header.count(name) > 1:
            yield Fault(file, 1, name, "the column stands here twice", "keep one")
        if name not in columns:
            found = "there is no such column" if name else "a column has no name"
            yield Fault(file, 1, name, found, f"the columns are {', '.join(columns)}")
    for name in columns:
        if name not in header and name not in optional:
            yield Fault(file, 1, name, "the column is missing", "add it; its cells may be empty")
