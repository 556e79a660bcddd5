"""A table of texts: one text a row, in CSV, JSON lines or Parquet.

Comes in: the bytes of a table, and which columns hold the text and the id.
Goes out: the rows that hold a text, and the rows that don't, with reasons.
"""

from __future__ import annotations

import codecs
import csv
import datetime
import io
import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.parquet

from tertium.errors import Fault, InputError
from tertium.sources.decode import Decoded, canonical_text, decode
from tertium.sources.source import Reject

TABLE_ENDINGS = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet")

SAFE_ID = re.compile(r"\w(?:[\w. -]{0,118}\w)?")
_USUAL_NAMES = {"text_column": ("text",), "id_column": ("id", "source_id")}
# The first line by which spreadsheets tell the delimiter; it is no row.
_DELIMITER_MARK = re.compile(r'"?sep=([^\w\s"]|\t)"?[ \t]*(?:\n|\Z)', re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ID_TYPES = (str, int, float, datetime.date)
_NO_CONTROLS = "get the text again, or remove the control characters"
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
    r"""The character that parts the cells of a CSV text.

    A first line such as ``sep=;`` tells it; else the header does: comma, semicolon or tab.

    Examples
    --------
    >>> delimiter_of('id;"text, in full"\n')
    ';'
    """
    if mark := _DELIMITER_MARK.match(text):
        return mark[1]
    header = text.split("\n", 1)[0]
    bare = re.sub(r'"[^"]*"', "", header)
    return max(",;\t", key=bare.count)


def read_table(text: str, *, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    r"""Rows of a CSV text with the line where each begins; blank lines and ``sep=;`` are skipped.

    Raises
    ------
    csv.Error
        With the line where the record begins that can't be read.

    Examples
    --------
    >>> list(read_table('a,b\n"x\ny",z\n\nc,d\n', delimiter=","))
    [(1, ['a', 'b']), (2, ['x\ny', 'z']), (5, ['c', 'd'])]
    """
    rows, fault, line = _records(text, delimiter)
    if fault:
        raise csv.Error(f"{fault}, in the record that begins in line {line}")
    return iter(rows)


def _records(text: str, delimiter: str) -> tuple[list[tuple[int, list[str]]], str, int]:
    """Rows of a CSV text up to the first that can't be read: what is wrong and where it begins."""
    mark = _DELIMITER_MARK.match(text)
    skipped = mark.end() if mark else 0
    first = 2 if mark else 1
    rows: list[tuple[int, list[str]]] = []
    line = first
    # A cell may hold a whole text. The limit is one for the process, so it is put back.
    former = csv.field_size_limit(len(text) + 1)
    try:
        lines = io.StringIO(text[skipped:], newline="")
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        for cells in reader:
            if cells:
                rows.append((line, cells))
            line = reader.line_num + first
    except csv.Error as error:
        return rows, str(error), line
    finally:
        csv.field_size_limit(former)
    return rows, "", line


def table_header(data: bytes, *, name: str) -> list[str]:
    """The names of a CSV table's columns; none where it can't be read."""
    try:
        text = _decoded_rows(data, name)[0].text
        first = next(read_table(text, delimiter=delimiter_of(text)))
    except (InputError, csv.Error, StopIteration):
        return []
    return first[1]


def table_records(
    data: bytes, *, name: str
) -> tuple[list[tuple[int, Mapping[str, Any]]], list[str], list[Reject]]:
    r"""The rows of a table as they are written, numbered from 1, its columns, and what is no row.

    Examples
    --------
    >>> table_records(b'{"id": "a", "labels": ["strike"]}', name="t.jsonl")
    ([(1, {'id': 'a', 'labels': ['strike']})], ['id', 'labels'], [])
    """
    table = _READERS[name[name.rfind(".") :].lower()](data, name)
    return table.rows, table.header, table.rejects


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
        id_, no_id = _id_word(row.get(id_name))
        place = f"{name}, row {number}" + (f" (id {id_[:80]})" if id_ else "")
        text = row.get(text_name)
        reason, remedy = no_id or _unfit(id_, text, first_rows)
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


def _id_word(value: Any) -> tuple[str, tuple[str, str] | None]:
    """An id as a word, or why it is none."""
    remedy = "write it as text or as a finite number"
    if isinstance(value, float) and not math.isfinite(value):
        return "", (f"its id is {value}, no finite number", remedy)
    if value is None or (isinstance(value, _ID_TYPES) and not isinstance(value, bool)):
        return _word(value), None
    kind = {"bool": "true or false", "dict": "an object"}.get(type(value).__name__)
    return "", (f"its id is {kind or 'a ' + type(value).__name__}, no text and no number", remedy)


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


def _decoded_rows(data: bytes, name: str) -> tuple[Decoded, str]:
    """A table's text, and what stands in it before the code of each control character.

    A control character spoils its row and no other, so it is written out; nothing stands for it
    where the first line holds one: that is no table.
    """
    try:
        return decode(data, name=name), ""
    except InputError:
        codec = next((codec for mark, codec in _WIDE_MARKS if data.startswith(mark)), "latin-1")
        written = _with_controls_written(data, codec)
        if written is None:
            raise
        cleaned, mark = written
        try:
            return decode(cleaned, name=name), mark
        except InputError:
            pass
        raise


def _with_controls_written(data: bytes, codec: str) -> tuple[bytes, str] | None:
    try:
        units = data.decode(codec)
    except UnicodeDecodeError:
        return None
    first = _CONTROLS.search(units)
    if first is None or not re.search(r"[\r\n]", units[: first.start()]):
        return None
    mark = "#U+"
    while mark in units:
        mark = f"#{mark}"
    written = _CONTROLS.sub(lambda control: f"{mark}{ord(control[0]):04X}#", units)
    return written.encode(codec), mark


def _control_in(text: str, mark: str) -> str:
    """Why a row with a control character is none; empty where it holds none."""
    place = text.find(mark) if mark else -1
    if place < 0:
        return ""
    code = text[place + len(mark) :][:4]
    return f"it holds the control character U+{code}: no text, or a damaged one"


def _csv_rows(data: bytes, name: str) -> _Rows:
    decoded, mark = _decoded_rows(data, name)
    has_tabs = name.lower().endswith(".tsv") and not _DELIMITER_MARK.match(decoded.text)
    delimiter = "\t" if has_tabs else delimiter_of(decoded.text)
    lines, broken, line = _records(decoded.text, delimiter)
    if broken:
        found = f"it is no CSV: the record that begins here can't be read ({broken})"
        remedy = "put quotes around cells that hold line ends or quotes, and double those quotes"
        raise InputError([Fault(name, line, "", found, remedy)])
    if not lines:
        raise InputError([Fault(name, 1, "", "it has no header", "name the columns")])
    header = lines[0][1]
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        found = f"columns stand there twice: {', '.join(map(repr, twice))}"
        raise InputError([Fault(name, lines[0][0], "", found, "give each a name of its own")])
    rows: list[tuple[int, Mapping[str, Any]]] = []
    rejects = []
    for number, (line, cells) in enumerate(lines[1:], start=1):
        if control := _control_in("\n".join(cells), mark):
            rejects.append(Reject(f"{name}, line {line}", control, _NO_CONTROLS))
            continue
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


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) < len(pairs):
        keys = [key for key, _ in pairs]
        raise KeyError(next(key for key in keys if keys.count(key) > 1))
    return row


def _json_rows(data: bytes, name: str) -> _Rows:
    decoded, mark = _decoded_rows(data, name)
    rows: list[tuple[int, Mapping[str, Any]]] = []
    rejects = []
    header: dict[str, None] = {}
    for number, line in enumerate(decoded.text.split("\n"), start=1):
        if not line.strip():
            continue
        if control := _control_in(line, mark):
            rejects.append(Reject(f"{name}, line {number}", control, _NO_CONTROLS))
            continue
        try:
            row = json.loads(line, object_pairs_hook=_without_repeats)
            fault = "" if isinstance(row, dict) else "it is no JSON object"
        except KeyError as error:
            reason = f"the key {str(error.args[0])[:80]!r} stands twice in one object"
            rejects.append(Reject(f"{name}, line {number}", reason, "write each key once"))
            continue
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
