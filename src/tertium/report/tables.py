"""A result as a display table: for a notebook, for the typesetter, as CSV and as Markdown.

Comes in: a result of a comparison.
Goes out: a table whose cells name their passages. Text stays data: nothing in a cell becomes
markup, formula or code, wherever the table goes.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

import pandas as pd

from tertium.comparison.result import (
    Result,
    flags_html,
    is_numeric,
    one_line,
    plain,
    shortened,
    text_width,
)
from tertium.errors import UnknownNameError
from tertium.report.style import (
    STANCE_LABELS,
    column_label,
    column_labels,
    label,
    number,
    row_labels,
)

TABLE_MIME = "application/vnd.tertium.table+json"
CSV_NOTE = (
    "CSV files are UTF-8 after RFC 4180. A text that a spreadsheet would take for a formula "
    "(it begins with =, +, -, @, a tab or a line end) is written with an apostrophe before it; "
    "numbers are untouched."
)

_NAME = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_FORMULA = re.compile(r"^[=+\-@\t\r\n＝＋－＠]")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|<>~$@^&])")
_QUOTE_WIDTH = 130
_QUOTES_IN_CELL = 3
_PASSAGE_FIELDS = (
    "source_id",
    "source_title",
    "citation_key",
    "start",
    "end",
    "quote",
    "place",
    "scheme",
    "code",
    "coder",
    "stance",
)


@dataclass(frozen=True, eq=False, repr=False)
class TableDisplay:
    """A captioned table; shown in a notebook, typeset in the report.

    Parameters
    ----------
    content : dict
        What `application/vnd.tertium.table+json` carries: version, id, title, note, landscape,
        columns, spanners, groups, rows of {text, evidence}, passages by key, CSV files by name;
        flags, where the result has any.
    result : Result
        What it shows.
    """

    content: Mapping[str, Any]
    result: Result

    def __repr__(self) -> str:
        columns = self.content["columns"]
        body = [[cell["text"] for cell in row] for row in self.content["rows"]]
        widths = [
            min(max(text_width(each) for each in (column["label"], *cells)), 40)
            for column, cells in zip(columns, _columns_of(body, len(columns)), strict=True)
        ]
        lines = [_aligned([c["label"] for c in columns], columns, widths)]
        lines.append("  ".join("-" * width for width in widths))
        starts = {group["row"]: group["label"] for group in self.content["groups"]}
        for position, row in enumerate(body):
            if position in starts:
                lines.append(starts[position])
            lines.append(_aligned(row, columns, widths))
        flags = "\n".join(self.content.get("flags", ()))
        parts = [self.content["title"], "\n".join(lines), self.content["note"], flags]
        return "\n\n".join(part for part in parts if part)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            "text/plain": repr(self),
            "text/html": self.to_html(),
            TABLE_MIME: json.loads(json.dumps(self.content, ensure_ascii=False)),
        }

    def to_html(self) -> str:
        """The table as HTML: escaped, self-contained, its quotations as tool tips of the cells."""
        columns, groups = self.content["columns"], self.content["groups"]
        starts = {group["row"]: group["label"] for group in groups}
        head = "".join(
            f'<th scope="col" style="text-align:{column["align"]};vertical-align:bottom">'
            f"{escape(column['label'])}</th>"
            for column in columns
        )
        spanned = _spanner_row(self.content["spanners"], len(columns))
        body = []
        for position, row in enumerate(self.content["rows"]):
            if position in starts:
                body.append(
                    f'<tr><th scope="colgroup" colspan="{len(columns)}" style="text-align:left">'
                    f"{escape(starts[position])}</th></tr>"
                )
            body.append(
                "<tr>"
                + "".join(
                    self._cell(cell, column, is_head=place == 0 and self.result.is_grid)
                    for place, (cell, column) in enumerate(zip(row, columns, strict=True))
                )
                + "</tr>"
            )
        # The class keeps JupyterLab from setting text between dollar signs as a formula.
        return (
            f'<div class="tertium-table tex2jax_ignore mathjax_ignore">'
            f'<table id="{escape(self.content["id"])}">'
            f'<caption style="text-align:left">{escape(self.content["title"])}</caption>'
            f"<thead>{spanned}<tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"
            f"<p>{escape(self.content['note'])}</p>"
            f"{flags_html(tuple(self.content.get('flags', ())))}</div>"
        )

    def _cell(self, cell: Mapping[str, Any], column: Mapping[str, Any], *, is_head: bool) -> str:
        lines = [escape(line) for line in cell["text"].split("\n")]
        text = lines[0]
        if len(lines) > 1:
            text = "".join(f'<div style="margin-bottom:0.5em">{line}</div>' for line in lines)
        style = f'style="text-align:{column["align"]};vertical-align:top"'
        if is_head:
            return f'<th scope="row" {style}>{text}</th>'
        passages = [self.content["passages"][key] for key in cell["evidence"]]
        tip = "\n".join(
            f"{shortened(one_line(each['quote']), 160)} [{each['source_title']}, {each['place']}]"
            for each in passages[:4]
        )
        if len(passages) > 4:
            tip += f"\n… and {len(passages) - 4} more"
        title = f' title="{escape(tip)}"' if tip else ""
        return f"<td {style}{title}>{text}</td>"


def table(
    result: Result,
    *,
    name: str,
    landscape: bool = False,
    cells: Literal["values", "quotes"] = "values",
    columns: Sequence[str] | None = None,
    labels: Mapping[Any, str] | None = None,
    title: str | None = None,
    rows: int | None = None,
    min_sources: int = 1,
    largest_first: bool = False,
    brief: bool = False,
) -> TableDisplay:
    """A result for readers: labelled, captioned, each cell with the keys of its passages.

    Parameters
    ----------
    result : Result
    name : str
        Lower-case words joined by hyphens; the table's id is ``tbl-`` and this, for cross
        references.
    landscape : bool
        On a page of its own, turned.
    cells : {"values", "quotes"}
        quotes: a grid's cells show the passages, shortened at a word's border, each with
        source and place; at most three, then how many more there are.
    columns : sequence of str, optional
        Which columns, and in which order.
    labels : mapping, optional
        Other labels, by id of row or column.
    title : str, optional
        Another caption.
    rows : int, optional
        Only so many rows; the note says how many there are.
    min_sources : int
        Of a grid, only the rows whose passages stand in so many sources at least; the note
        says how many are left out. The CSV file beside the report has them all.
    largest_first : bool
        The rows of a grid by their sum, not in the order of the result.
    brief : bool
        A short note, where the result has one: for a table after another of its kind.

    Examples
    --------
    >>> table(matrix, name="framework-matrix", cells="quotes", landscape=True)  # doctest: +SKIP
    """
    if not _NAME.match(name):
        raise UnknownNameError(
            f"name={name!r}: write lower-case words joined by hyphens, such as framework-matrix"
        )
    if cells not in ("values", "quotes"):
        raise UnknownNameError(f"cells={cells!r}; there are values, quotes")
    if cells == "quotes" and not result.is_grid:
        raise UnknownNameError('cells="quotes" needs a grid; a list shows its quotations as rows')
    chosen = _chosen(result, columns)
    shown, left_out = _shown_rows(result, rows, min_sources, largest_first=largest_first)
    rows_shown = _rows(result, shown, chosen, labels or {}, cells)
    keys = {key for row in rows_shown for cell in row for key in cell["evidence"]}
    content = {
        "version": 1,
        "id": f"tbl-{name}",
        "title": one_line(result.title if title is None else title),
        "note": _note(result, cells, left_out, name, chosen, brief=brief),
        "landscape": landscape,
        "columns": _column_heads(result, shown, chosen, labels or {}, cells),
        "spanners": [],
        "groups": _groups(result, shown),
        "rows": rows_shown,
        "passages": _passages(result.support, keys),
        "files": _files(result, name),
        # Only where there is one: a table without flags is what it was before there were any.
        **({"flags": list(result.flags)} if result.flags else {}),
    }
    return TableDisplay(content, result)


def _shown_rows(
    result: Result, rows: int | None, min_sources: int, *, largest_first: bool
) -> tuple[list[int], str]:
    """Places of the rows to be shown, in their order, and what is left out, in words."""
    shown = list(range(len(result.frame)))
    said = ""
    if min_sources > 1:
        behind = result.support.groupby("row")["source_id"].nunique()
        sources = [int(behind.get(row, 0)) for row in result.frame.index]
        shown = [place for place in shown if sources[place] >= min_sources]
        if few := len(sources) - len(shown):
            said = f"{few} more stand in fewer than {min_sources} sources; {{name}}.csv has all."
    if largest_first:
        sums = [float(each) for each in result.frame.fillna(0).sum(axis=1)]
        shown.sort(key=lambda place: -sums[place])
    if rows is not None and rows < len(shown):
        said = f"The first {rows} of {len(shown)} rows. {said}".rstrip()
        shown = shown[:rows]
    return shown, said


def _files(result: Result, name: str) -> dict[str, str]:
    """CSV files for programs that the report puts beside the table: ids, not labels."""
    files = {f"{name}.csv": csv_text(result)}
    if result.function == "framework_matrix":
        axes = (result.frame.index.name, result.frame.columns.name)
        long = "framework_matrix" if axes == ("approach", "dimension") else f"{name}-passages"
        files[f"{long}.csv"] = csv_text(result, form="passages")
    return files


def _chosen(result: Result, columns: Sequence[str] | None) -> list[int]:
    names = list(result.frame.columns)
    strange = [name for name in columns or () if name not in names]
    if strange:
        there = ", ".join(plain(each) for each in names)
        raise UnknownNameError(f"the result has no column {strange[0]!r}; it has {there}")
    wanted = names if columns is None else list(columns)
    left_out = {result.group_by, *result.hidden}
    places = [names.index(name) for name in wanted if columns or name not in left_out]
    return [place for place in places if not _is_blank(result, place)]


def _is_blank(result: Result, column: int) -> bool:
    """Whether readers are told nothing in any row of a column."""
    rows = range(len(result.frame))
    return bool(rows) and all(
        result.has_text(row, column) and not result.cell_text(row, column) for row in rows
    )


def _note(
    result: Result, cells: str, left_out: str, name: str, chosen: Sequence[int], *, brief: bool
) -> str:
    said = [result.column_notes.get(result.frame.columns[column], "") for column in chosen]
    parts = [result.note, *said]
    if brief and result.brief_note:
        parts = [result.brief_note]
    if cells == "quotes":
        parts = [
            result.quotes_note or result.note,
            f"A cell shows at most {_QUOTES_IN_CELL} of its passages, shortened.",
        ]
    parts.append(left_out.format(name=name))
    return " ".join(part for part in parts if part)


def _column_heads(
    result: Result,
    shown: Sequence[int],
    chosen: Sequence[int],
    labels: Mapping[Any, str],
    cells: str,
) -> list[dict[str, Any]]:
    heads: list[dict[str, Any]] = []
    if result.frame.index.name is not None:
        name = str(result.frame.index.name)
        known = row_labels(result)
        texts = [labels.get(result.frame.index[row], known[row]) for row in shown]
        heads.append(_head(name, column_label(name), "left", texts))
    known = column_labels(result)
    for column in chosen:
        name = result.frame.columns[column]
        values = result.frame.iloc[:, column]
        texts = [_text(result, row, column, cells) for row in shown]
        is_number = is_numeric(values) and not all(result.has_text(row, column) for row in shown)
        is_right = cells == "values" and is_number
        align = "right" if is_right else "left"
        heads.append(_head(str(name), labels.get(name, known[column]), align, texts))
    return heads


def _head(name: str, words: str, align: str, texts: Iterable[str]) -> dict[str, Any]:
    """`width` is a share: the typesetter divides the line by them."""
    longest = max([text_width(word) for word in words.split(" ")] + [text_width(t) for t in texts])
    return {
        "name": name,
        "label": one_line(words),
        "align": align,
        "width": round(min(max(longest, 4), 42) ** 0.75, 2),
    }


def _groups(result: Result, shown: Sequence[int]) -> list[dict[str, Any]]:
    if result.group_by is not None:
        column = list(result.frame[result.group_by])
        values = [plain(column[row]) for row in shown]
    elif result.row_groups:
        values = [str(result.row_groups.get(result.frame.index[row], "")) for row in shown]
    else:
        return []
    return [
        {"label": value, "row": row}
        for row, value in enumerate(values)
        if row == 0 or value != values[row - 1]
    ]


def _rows(
    result: Result,
    shown: Sequence[int],
    chosen: Sequence[int],
    labels: Mapping[Any, str],
    cells: str,
) -> list[list[dict[str, Any]]]:
    heads = row_labels(result) if result.frame.index.name is not None else None
    names = [result.frame.columns[column] for column in chosen]
    linked = chosen[names.index(result.opens) if result.opens in names else -1] if chosen else None
    own = set(result.support["column"].dropna())
    rows: list[list[dict[str, Any]]] = []
    for row in shown:
        name = result.frame.index[row]
        line: list[dict[str, Any]] = []
        if heads is not None:
            line.append({"text": labels.get(name, heads[row]), "evidence": []})
        for column in chosen:
            # In a list passages belong to the row, where one link is enough, or to single cells.
            has_links = result.is_grid or column == linked or result.frame.columns[column] in own
            found = result.evidence(name, result.frame.columns[column]) if has_links else None
            if found is not None and cells == "quotes":
                found = _numbered(found)
            keys = [] if found is None else list(dict.fromkeys(found["passage_id"]))
            line.append({"text": _text(result, row, column, cells), "evidence": keys})
        rows.append(line)
    return rows


def _text(result: Result, row: int, column: int, cells: str) -> str:
    if cells == "quotes":
        found = result.evidence(result.frame.index[row], result.frame.columns[column])
        if len(found):
            return _quotes(_numbered(found))
        if result.shown is None and number(result.frame.iat[row, column]) == "0":
            return "nothing found"
    if result.has_text(row, column):
        return result.cell_text(row, column)
    value = result.frame.iat[row, column]
    if isinstance(value, str):
        return label(str(result.frame.columns[column]), value)
    return number(value, missing=result.missing)


def _numbered(found: pd.DataFrame) -> pd.DataFrame:
    """The passages of a cell, those that it quotes first, each part as passages are numbered."""
    by = ["source_id", "start", "end"]
    quoted, rest = found.head(_QUOTES_IN_CELL), found.iloc[_QUOTES_IN_CELL:]
    order = [
        *quoted.sort_values(by, kind="stable").index,
        *rest.sort_values(by, kind="stable").index,
    ]
    return found.loc[order]


def _quotes(found: pd.DataFrame) -> str:
    lines = []
    for passage in found.head(_QUOTES_IN_CELL).to_dict("records"):
        quote = shortened(one_line(_without_marks(passage["quote"])), _QUOTE_WIDTH)
        stance = "" if passage["stance"] == "asserted" else f"; {_stances(passage['stance'])}"
        lines.append(f"{quote} ({passage['cited_as']}, {passage['place']}{stance})")
    if len(found) > _QUOTES_IN_CELL:
        lines.append(f"… and {len(found) - _QUOTES_IN_CELL} more")
    return "\n".join(lines)


def _stances(stance: str) -> str:
    return "; ".join(STANCE_LABELS.get(each, each) for each in stance.split("; "))


def _without_marks(quote: str) -> str:
    """A quotation without the list mark or the table's border that it begins with."""
    return re.sub(r"^(?:[-*+•]\s+|\|\s*)", "", quote)


def _passages(support: pd.DataFrame, keys: set[str]) -> dict[str, dict[str, Any]]:
    """The passages of a table by key; what several cells say of one passage is joined."""
    found: dict[str, dict[str, Any]] = {}
    for row in support[support["passage_id"].isin(keys)].to_dict("records"):
        passage = {name: _json_value(row[name]) for name in _PASSAGE_FIELDS}
        known = found.setdefault(row["passage_id"], passage)
        for name in ("scheme", "code", "coder", "stance"):
            parts = [part for part in str(known[name]).split("; ") if part]
            parts += [part for part in str(passage[name]).split("; ") if part]
            known[name] = "; ".join(sorted(set(parts)))
    return dict(sorted(found.items()))


def _json_value(value: Any) -> Any:
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return None
    return int(value) if pd.api.types.is_integer(value) else str(value)


def _spanner_row(spanners: Sequence[Mapping[str, Any]], size: int) -> str:
    if not spanners:
        return ""
    cells, position = [], 0
    for spanner in sorted(spanners, key=lambda each: each["first"]):
        cells.append("<td></td>" * (spanner["first"] - position))
        width = spanner["last"] - spanner["first"] + 1
        cells.append(f'<th scope="colgroup" colspan="{width}">{escape(spanner["label"])}</th>')
        position = spanner["last"] + 1
    cells.append("<td></td>" * (size - position))
    return f"<tr>{''.join(cells)}</tr>"


def _columns_of(body: Sequence[Sequence[str]], size: int) -> list[list[str]]:
    return [[one_line(row[column]) for row in body] for column in range(size)]


def _aligned(
    cells: Sequence[str], columns: Sequence[Mapping[str, Any]], widths: Sequence[int]
) -> str:
    line = []
    for cell, column, width in zip(cells, columns, widths, strict=True):
        text = shortened(one_line(cell), width)
        space = " " * (width - text_width(text))
        line.append(space + text if column["align"] == "right" else text + space)
    return "  ".join(line).rstrip()


# --- files -----------------------------------------------------------------------------------


def csv_text(result: Result | pd.DataFrame, *, form: Literal["table", "passages"] = "table") -> str:
    r"""A result as CSV (RFC 4180), safe to open in a spreadsheet.

    A text that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line end is written with an
    apostrophe before it, for a spreadsheet would run it; numbers are written as they are
    (see `CSV_NOTE`). Ids are written, not labels: the file is for programs.

    Parameters
    ----------
    result : Result or DataFrame
    form : {"table", "passages"}
        passages: the long form, one row a passage of a cell and one row an empty cell.

    Examples
    --------
    >>> csv_text(pd.DataFrame({"quote": ["=1+1"], "value": [-2]}))
    "quote,value\r\n'=1+1,-2\r\n"
    """
    if isinstance(result, Result):
        frame = result.passages if form == "passages" else _with_index(result)
        # The long form says in its state why a cell is empty.
        missing = result.missing if form == "table" else ""
    else:
        frame, missing = result, ""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_harmless(str(name)) for name in frame.columns])
    for row in frame.itertuples(index=False):
        writer.writerow([_csv_cell(value, missing) for value in row])
    return buffer.getvalue()


def _with_index(result: Result) -> pd.DataFrame:
    frame = result.frame.copy()
    frame.columns = pd.Index([str(name) for name in frame.columns], dtype=object)
    if result.frame.index.name is not None:
        name = str(result.frame.index.name)
        frame.insert(0, name, list(result.frame.index), allow_duplicates=True)
    return frame


def _csv_cell(value: Any, missing: str) -> str:
    if isinstance(value, str):
        return _harmless(value)
    if isinstance(value, (tuple, list)):
        return _harmless(plain(value))
    return plain(value, missing=missing)


def _harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def markdown_text(
    shown: Result | TableDisplay, *, cells: Literal["values", "quotes"] = "values"
) -> str:
    r"""A result as a pipe table, with every mark of Markdown escaped.

    Examples
    --------
    >>> frame = pd.DataFrame({"unit": ["a|b `c`"]}, index=pd.RangeIndex(1, 2))
    >>> print(markdown_text(Result(frame, title="Marks")))
    Marks
    <BLANKLINE>
    | Unit |
    | --- |
    | a\|b \`c\` |
    <BLANKLINE>
    """
    display = table(shown, name="table", cells=cells) if isinstance(shown, Result) else shown
    content = display.content
    columns = content["columns"]
    lines = [
        _markdown(content["title"]),
        "",
        _pipe_row(column["label"] for column in columns),
        "| " + " | ".join("---:" if c["align"] == "right" else "---" for c in columns) + " |",
    ]
    starts = {group["row"]: group["label"] for group in content["groups"]}
    for position, row in enumerate(content["rows"]):
        if position in starts:
            heading = f"**{_markdown(starts[position])}**"
            lines.append("| " + " | ".join([heading, *[""] * (len(columns) - 1)]) + " |")
        lines.append(_pipe_row(cell["text"] for cell in row))
    if content["note"]:
        lines += ["", _markdown(content["note"])]
    for flag in content.get("flags", ()):
        lines += ["", f"**{_markdown(flag)}**"]
    return "\n".join(lines) + "\n"


def _pipe_row(cells: Iterable[str]) -> str:
    # A line break inside a cell has no Markdown of its own; a slash keeps the parts apart.
    return "| " + " | ".join(_markdown(" / ".join(cell.split("\n"))) for cell in cells) + " |"


def _markdown(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", one_line(text))
