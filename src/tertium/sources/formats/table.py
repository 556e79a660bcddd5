"""A table of texts: one text a row, in CSV, JSON lines or Parquet.

Comes in: the bytes of a table, and which columns hold the text and the id.
Goes out: the rows that hold a text, and the rows that don't, with reasons.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.parquet

from tertium.errors import Fault, InputError
from tertium.sources.decode import canonical_text, decode
from tertium.sources.source import Reject

TABLE_ENDINGS = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")

SAFE_ID = re.compile(r"\w(?:[\w. -]{0,118}\w)?")
_USUAL_NAMES = {"text_column": ("text",), "id_column": ("id", "source_id")}
_MOST_PARQUET_BYTES = 2_000_000_000


@dataclass(frozen=True)
class TableRow:
    """A row of a table that holds a text."""

    number: int
    id: str
    text: str
    cells: dict[str, str] = field(default_factory=dict, hash=False)


@dataclass
class _Rows:
    header: list[str]
    encoding: str
    rows: list[tuple[int, Mapping[str, Any]]]
    rejects: list[Reject]


def delimiter_of(text: str) -> str:
    r"""The character that parts the cells of a CSV text, by its header: comma, semicolon or tab.

    Examples
    --------
    >>> delimiter_of('id;"text, in full"\n')
    ';'
    """
    header = text.split("\n", 1)[0]
    bare = re.sub(r'"[^"]*"', "", header)
    return max(",;\t", key=bare.count)


def read_table(text: str, *, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    r"""Rows of a CSV text with the line where each begins; blank lines are skipped.

    Examples
    --------
    >>> list(read_table('a,b\n"x\ny",z\n\nc,d\n', delimiter=","))
    [(1, ['a', 'b']), (2, ['x\ny', 'z']), (5, ['c', 'd'])]
    """
    # A cell may hold a whole text. The limit is one for the process, so it is put back.
    former = csv.field_size_limit(len(text) + 1)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = []
        line = 1
        for cells in reader:
            if cells:
                rows.append((line, cells))
            line = reader.line_num + 1
    finally:
        csv.field_size_limit(former)
    return iter(rows)


def table_header(data: bytes, *, name: str) -> list[str]:
    """The names of a CSV table's columns; none where it can't be read."""
    try:
        text = decode(data, name=name).text
        first = next(read_table(text, delimiter=delimiter_of(text)))
    except (InputError, csv.Error, StopIteration):
        return []
    return first[1]


def table_texts(
    data: bytes, *, name: str, text_column: str | None, id_column: str | None
) -> tuple[list[TableRow], list[Reject], str]:
    r"""The rows of a table that hold a text, those that don't, and the encoding.

    Parameters
    ----------
    data : bytes
    name : str
        The file; its ending says which kind of table it is.
    text_column, id_column : str or None
        None: the column called text, and the one called id or source_id, if there is exactly one.

    Raises
    ------
    InputError
        The table as a whole can't be read, or it is not clear which column is meant.

    Examples
    --------
    >>> rows, rejects, _ = table_texts(
    ...     b"id,text,voice\na,They struck.,ngo\nb,,ngo\n",
    ...     name="t.csv", text_column=None, id_column=None)
    >>> rows[0].text, rows[0].cells, rejects[0].reason
    ('They struck.', {'voice': 'ngo'}, 'its text is empty')
    """
    table = _READERS[name[name.rfind(".") :].lower()](data, name)
    text_name = _column(table.header, "text_column", text_column, name)
    id_name = _column(table.header, "id_column", id_column, name)
    found: list[TableRow] = []
    rejects = list(table.rejects)
    first_rows: dict[str, int] = {}
    for number, row in table.rows:
        id_ = _word(row.get(id_name))
        place = f"{name}, row {number}" + (f" (id {id_[:80]})" if id_ else "")
        text = row.get(text_name)
        reason, remedy = _unfit(id_, text, first_rows)
        if not reason:
            first_rows[id_] = number
            try:
                text = canonical_text(str(text), name=place)
            except InputError as error:
                reason, remedy = error.faults[0].found, error.faults[0].remedy
        if reason:
            rejects.append(Reject(place, reason, remedy))
            continue
        cells = {
            str(key): value
            for key, cell in row.items()
            if key not in (text_name, id_name) and (value := _word(cell))
        }
        found.append(TableRow(number, id_, str(text), cells))
    return found, rejects, table.encoding


def _unfit(id_: str, text: Any, first_rows: Mapping[str, int]) -> tuple[str, str]:
    if not id_:
        return "it has no id", "give it one"
    if not SAFE_ID.fullmatch(id_):
        remedy = (
            "use letters, digits, spaces, _ . - (120 at most), or name another column as id_column"
        )
        return f"{id_[:80]!r} is no safe id", remedy
    if id_ in first_rows:
        return f"row {first_rows[id_]} has that id already", "give each row an id of its own"
    if text is None or (isinstance(text, float) and text != text) or text == "":
        return "its text is empty", "fill it or leave the row out"
    if not isinstance(text, str):
        return f"its text is no text but {type(text).__name__}", "write a string"
    return "", ""


def _column(header: Sequence[str], option: str, wanted: str | None, name: str) -> str:
    usual = _USUAL_NAMES[option]
    if wanted is not None:
        if wanted in header:
            return wanted
        found = f"there is no column {wanted!r}"
    else:
        candidates = [column for column in header if column.strip().lower() in usual]
        exact = [column for column in candidates if column == usual[0]]
        if len(candidates) == 1 or len(exact) == 1:
            return exact[0] if exact else candidates[0]
        found = f"{len(candidates) or 'no'} columns are called {' or '.join(usual)}"
    columns = ", ".join(sorted(header)) or "none"
    shell = option.replace("_", "-")
    remedy = f"name one with {option}=… (--{shell} …); the columns are: {columns}"
    raise InputError([Fault(name, 1, option, found, remedy)])


def _word(value: Any) -> str:
    """A cell as a word: empty for null, NaN, and what is no single value."""
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, (str, int, float, datetime.date)):
        return str(value).strip()
    return ""


def _csv_rows(data: bytes, name: str) -> _Rows:
    decoded = decode(data, name=name)
    delimiter = "\t" if name.lower().endswith(".tsv") else delimiter_of(decoded.text)
    try:
        lines = list(read_table(decoded.text, delimiter=delimiter))
    except csv.Error as error:
        remedy = "put quotes around cells that hold line ends or quotes, and double those quotes"
        raise InputError([Fault(name, 0, "", f"it is no CSV ({error})", remedy)]) from None
    header = lines[0][1]
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        found = f"columns stand there twice: {', '.join(map(repr, twice))}"
        raise InputError([Fault(name, 1, "", found, "give each a name of its own")])
    rows: list[tuple[int, Mapping[str, Any]]] = []
    rejects = []
    for number, (line, cells) in enumerate(lines[1:], start=1):
        if len(cells) != len(header):
            rejects.append(
                Reject(
                    f"{name}, line {line}",
                    f"it has {len(cells)} cells under {len(header)} columns",
                    "put quotes around cells that hold the delimiter",
                )
            )
            continue
        rows.append((number, dict(zip(header, cells, strict=True))))
    return _Rows(header, decoded.statement, rows, rejects)


def _json_rows(data: bytes, name: str) -> _Rows:
    decoded = decode(data, name=name)
    rows: list[tuple[int, Mapping[str, Any]]] = []
    rejects = []
    header: dict[str, None] = {}
    for number, line in enumerate(decoded.text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            fault = "" if isinstance(row, dict) else "it is no JSON object"
        except (ValueError, RecursionError) as error:
            fault = f"it is no JSON ({getattr(error, 'msg', 'nested too deep')})"
        if fault:
            remedy = 'write one object a line, such as {"id": …, "text": …}'
            rejects.append(Reject(f"{name}, line {number}", fault, remedy))
            continue
        header |= dict.fromkeys(row)
        rows.append((number, row))
    if not rows and rejects:
        raise InputError([Fault(name, 1, "", rejects[0].reason, rejects[0].remedy)])
    return _Rows(list(header), decoded.statement, rows, rejects)


def _parquet_rows(data: bytes, name: str) -> _Rows:
    try:
        file = pa.parquet.ParquetFile(io.BytesIO(data))
        size = sum(
            file.metadata.row_group(n).total_byte_size for n in range(file.metadata.num_row_groups)
        )
        if size > _MOST_PARQUET_BYTES:
            raise InputError(
                [Fault(name, 0, "", f"unpacked it has {size} bytes", "split it into several")]
            )
        table = file.read()
        rows = table.to_pylist()
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError):
        raise InputError(
            [Fault(name, 0, "", "it is damaged, or no Parquet table", "write it again")]
        ) from None
    return _Rows(list(table.column_names), "parquet", list(enumerate(rows, start=1)), [])


_READERS = {
    ".csv": _csv_rows,
    ".tsv": _csv_rows,
    ".jsonl": _json_rows,
    ".ndjson": _json_rows,
    ".parquet": _parquet_rows,
}
