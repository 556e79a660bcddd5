"""The tables and figures of a report as files of their own.

Executed notebooks and their document come in. Names and contents of CSV, Markdown and SVG files go
out; the names come from the project's own labels, never from a text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

import pandas as pd

from tertium.comparison.result import Result
from tertium.errors import Fault, InputError
from tertium.report.tables import TableDisplay, csv_text, markdown_text
from tertium.report.typesetting.document import Document
from tertium.report.typesetting.outputs import Item, read_notebook

_FILE = re.compile(r"[a-z0-9_-]+\.csv")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def data_files(
    notebooks: Sequence[Mapping[str, Any]], document: Document, *, names: Sequence[str]
) -> dict[str, bytes]:
    """Every table as CSV and Markdown, every figure as SVG and the CSV of what it shows.

    Parameters
    ----------
    notebooks : sequence of NotebookNode
        As executed.
    document : Document
        Made from them; its anchors name the files.
    names : sequence of str
        The notebooks' names, for messages.

    Returns
    -------
    dict of str to bytes
        Paths such as ``tables/framework-matrix.csv``, sorted.

    Raises
    ------
    InputError
        A table brings a file whose name is no plain CSV name, or that another brings as well.
    """
    faults: list[Fault] = []
    items = [
        (name, item)
        for notebook, name in zip(notebooks, names, strict=True)
        for item in read_notebook(notebook, name, faults).items
    ]
    tables = [pair for pair in items if pair[1].kind == "table"]
    figures = [pair for pair in items if pair[1].kind == "figure"]
    found: dict[str, str] = {}
    for (_, item), table in zip(tables, document.tables, strict=True):
        stem = table.anchor.removeprefix("tbl-")
        found[f"tables/{stem}.csv"] = _table_csv(item.data)
        found[f"tables/{stem}.md"] = markdown_text(TableDisplay(item.data, cast(Result, None)))
    for (_, item), figure in zip(figures, document.figures, strict=True):
        stem = figure.anchor.removeprefix("fig-")
        found[f"figures/{stem}.svg"] = item.data["svg"]
        if data := item.data.get("data"):
            found[f"figures/{stem}.csv"] = csv_text(_frame(data["columns"], data["rows"]))
    found |= _brought_along(tables, faults)
    if faults:
        raise InputError(faults)
    return {path: found[path].encode("utf-8") for path in sorted(found)}


def _brought_along(tables: Sequence[tuple[str, Item]], faults: list[Fault]) -> dict[str, str]:
    """Files that tables carry beside what they show; each stands in for the table's own."""
    found: dict[str, str] = {}
    for notebook, item in tables:
        for file, text in item.data.get("files", {}).items():
            place, path = f"cell {item.cell}, {item.data['id']}", f"tables/{file}"
            if not _FILE.fullmatch(file):
                remedy = "write small letters, digits, _ and -, then .csv"
                faults.append(Fault(notebook, 0, place, f"the file {file!r}", remedy))
            elif found.setdefault(path, text) != text:
                found_here = f"the file {file!r} also comes from another table"
                faults.append(Fault(notebook, 0, place, found_here, "give it another name"))
    return found


def _table_csv(table: Mapping[str, Any]) -> str:
    """What a table shows, under its columns' labels and with its groups as a first column."""
    columns = [column["label"] or column["name"] for column in table["columns"]]
    numeric = [column.get("align") == "right" for column in table["columns"]]
    rows = [
        [
            _value(cell.get("text", ""), is_number)
            for cell, is_number in zip(row, numeric, strict=True)
        ]
        for row in table["rows"]
    ]
    groups = sorted(table.get("groups", ()), key=lambda group: group["row"])
    if groups:
        columns.insert(0, "")
        for number, row in enumerate(rows):
            above = [group["label"] for group in groups if group["row"] <= number]
            row.insert(0, above[-1] if above else "")
    return csv_text(_frame(columns, rows))


def _value(text: str, is_number: bool) -> Any:
    """A cell's text; a number where the column is one, so that a minus stays a minus."""
    if is_number and _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text


def _frame(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(
        {n: pd.Series([row[n] for row in rows], dtype=object) for n in range(len(columns))}
    )
    frame.columns = pd.Index([str(column) for column in columns], dtype=object)
    return frame
