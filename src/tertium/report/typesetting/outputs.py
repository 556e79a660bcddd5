"""From an executed notebook to what it gives to the report.

A notebook comes in. Its prose, typed tables and figures and its parameters go out, in order, and
every fault of its cells with them.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tertium.errors import Fault

TABLE_TYPE = "application/vnd.tertium.table+json"
FIGURE_TYPE = "application/vnd.tertium.figure+json"
SVG_TYPE = "image/svg+xml"
VERSION = 1
LABEL = re.compile(r"(?:tbl|fig|sec)-[A-Za-z0-9][A-Za-z0-9_.-]*")


@dataclass(frozen=True)
class Parameter:
    """A value with which a notebook was run."""

    name: str
    value: str
    meaning: str
    changed: bool


@dataclass
class Item:
    """Something of a notebook on its way into the document."""

    kind: Literal["prose", "table", "figure", "output"]
    cell: int
    data: Any
    anchor: str = ""
    number: int = 0


@dataclass
class Executed:
    """A notebook on its way into the document."""

    name: str
    items: list[Item]
    parameters: tuple[Parameter, ...]

    def where(self, item: Item) -> str:
        """The place that a message about an item names."""
        return f"{self.name}, cell {item.cell}"


def notebook_name(notebook: Mapping[str, Any], number: int, names: Sequence[str]) -> str:
    """The notebook's file name: as given, as its metadata say, or by its place in the report."""
    if number < len(names):
        return names[number]
    metadata = notebook.get("metadata", {})
    name = metadata.get("tertium", {}).get("notebook", "")
    return str(name) or f"notebook {number + 1}"


def read_notebook(notebook: Mapping[str, Any], name: str, faults: list[Fault]) -> Executed:
    """What a notebook gives to the report; what is wrong with its cells is added to the faults."""
    items: list[Item] = []
    defaults: dict[str, tuple[str, str]] = {}
    injected: dict[str, tuple[str, str]] = {}
    number = 0
    for cell in notebook["cells"]:
        tags = set(cell.get("metadata", {}).get("tags", ()))
        # A cell is named by its place in the notebook's own file, which lacks the injected one.
        number += "injected-parameters" not in tags
        if "not-in-report" in tags:
            continue
        if cell["cell_type"] == "markdown":
            if cell["source"].strip():
                items.append(Item("prose", number, cell["source"]))
        elif cell["cell_type"] == "code":
            if "parameters" in tags:
                defaults = _assignments(cell["source"])
            elif "injected-parameters" in tags:
                injected = _assignments(cell["source"])
            for output in cell.get("outputs", ()):
                items.extend(_read_output(output, tags, name, number, faults))
    parameters = tuple(
        Parameter(
            key,
            injected.get(key, (value,))[0],
            meaning,
            key in injected and injected[key][0] != value,
        )
        for key, (value, meaning) in defaults.items()
    )
    return Executed(name, items, parameters)


def _read_output(
    output: Mapping[str, Any], tags: set[str], name: str, cell: int, faults: list[Fault]
) -> Iterator[Item]:
    def fault(found: str, remedy: str, part: str = "") -> None:
        faults.append(Fault(name, 0, f"cell {cell}{', ' + part if part else ''}", found, remedy))

    kind = output["output_type"]
    if kind == "error":
        said = f"{output.get('ename', 'error')}: {output.get('evalue', '')}".strip()
        fault(f"the cell failed with {said}", "mend the cell and run the notebook again")
        return
    if kind == "stream":
        if "report-output" in tags:
            yield Item("output", cell, _joined(output["text"]))
        return
    data = output.get("data", {})
    if TABLE_TYPE in data:
        table = data[TABLE_TYPE]
        found = list(_table_faults(table))
        for part, what, remedy in found:
            fault(what, remedy, part)
        if not found:
            yield Item("table", cell, table)
    elif FIGURE_TYPE in data:
        figure = {**data[FIGURE_TYPE], "svg": _joined(data.get(SVG_TYPE, ""))}
        found = list(_figure_faults(figure))
        for part, what, remedy in found:
            fault(what, remedy, part)
        if not found:
            yield Item("figure", cell, figure)
    elif "prose" in tags and "text/markdown" in data:
        yield Item("prose", cell, _joined(data["text/markdown"]))
    elif any(key.startswith("image/") for key in data):
        fault(
            "a picture without title and alt text",
            "show it as a figure of tertium, or tag the cell not-in-report",
        )
    elif "report-output" in tags and "text/plain" in data:
        yield Item("output", cell, _joined(data["text/plain"]))


def _joined(text: str | Sequence[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _table_faults(table: Any) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a table's typed output: part, what was found, what would be right."""
    if not isinstance(table, Mapping) or table.get("version") != VERSION:
        version = table.get("version") if isinstance(table, Mapping) else table
        yield "table", f"version {version!r}", f"write version {VERSION}"
        return
    yield from _label_faults(table, "tbl", "table")
    columns, rows = table.get("columns") or [], table.get("rows", [])
    if not columns:
        yield "table", "no columns", "give it at least one"
        return
    width = len(columns)
    passages = table.setdefault("passages", {}) if isinstance(table, dict) else table["passages"]
    for number, column in enumerate(columns, start=1):
        if column.get("align", "left") not in {"left", "right", "center"}:
            yield f"column {number}", f"align {column['align']!r}", "write left, right or center"
    for spanner in table.get("spanners", ()):
        if not 0 <= spanner["first"] <= spanner["last"] < width:
            yield "spanners", f"{spanner['label']!r} spans columns that are not there", "mend it"
    for group in table.get("groups", ()):
        if not 0 <= group["row"] <= len(rows):
            yield "groups", f"{group['label']!r} stands before row {group['row']}", "mend it"
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            yield f"row {number}", f"{len(row)} cells", f"give it {width}, one a column"
        for cell in row:
            for key in cell.get("evidence", ()):
                if key not in passages:
                    yield f"row {number}", f"evidence {key!r} is not among the passages", "add it"


def _figure_faults(figure: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if figure.get("version") != VERSION:
        yield "figure", f"version {figure.get('version')!r}", f"write version {VERSION}"
        return
    yield from _label_faults(figure, "fig", "figure")
    alt, title = str(figure.get("alt", "")).strip(), str(figure.get("title", "")).strip()
    if not alt:
        yield "figure", "the alt text is empty", "say what the figure shows to one who can't see it"
    elif alt.rstrip(".").casefold() == title.rstrip(".").casefold():
        yield "figure", "the alt text repeats the title", "say what the figure shows instead"
    if "<svg" not in figure["svg"]:
        yield "figure", f"no {SVG_TYPE} beside it", "show the figure as SVG"


def _label_faults(
    data: Mapping[str, Any], prefix: str, kind: str
) -> Iterator[tuple[str, str, str]]:
    label = str(data.get("id", ""))
    if not LABEL.fullmatch(label) or not label.startswith(prefix):
        yield kind, f"id {label!r}", f"write {prefix}- and letters, digits, -, _ or ."
    if not str(data.get("title", "")).strip():
        yield kind, "the title is empty", "say what it shows"


def _assignments(source: str) -> dict[str, tuple[str, str]]:
    """Name, value as written and comment of each assignment in a cell."""
    try:
        tree = ast.parse(source)
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (SyntaxError, tokenize.TokenError):
        return {}
    comments = {t.start[0]: t.string.lstrip("# ") for t in tokens if t.type == tokenize.COMMENT}
    found = {}
    for statement in tree.body:
        if isinstance(statement, ast.Assign):
            target: ast.expr = statement.targets[0]
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            target = statement.target
        else:
            continue
        if isinstance(target, ast.Name) and statement.value is not None:
            comment = comments.get(statement.end_lineno or 0, "")
            found[target.id] = (_value(statement.value), comment)
    return found


def _value(node: ast.expr) -> str:
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return ast.unparse(node)
    # ast.unparse would write Chinese and Russian as escapes in some nestings; repr never does.
    return repr(value)


def tell_apart(raws: list[Executed]) -> None:
    """Give a notebook that stands twice in the report its changed values as part of its name."""
    counts = Counter(raw.name for raw in raws)
    for raw in raws:
        changed = [f"{p.name} = {p.value}" for p in raw.parameters if p.changed]
        if counts[raw.name] > 1 and changed:
            raw.name = f"{raw.name} ({', '.join(changed)})"
