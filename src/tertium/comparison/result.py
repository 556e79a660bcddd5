"""One comparison's outcome: its numbers, the passages behind each, and how to compute it again.

Comes in: a frame, its evidence, and the call that made them.
Goes out: a frozen `Result` that notebooks show, reports typeset and findings are drawn from.
"""

from __future__ import annotations

import inspect
import unicodedata
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps
from html import escape
from typing import Any

import pandas as pd

from tertium.bundle import Tables
from tertium.coding.logs.stale import stale_note
from tertium.errors import UnknownNameError

EVIDENCE_COLUMNS = (
    "passage_id",
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
    "coding_ids",
    "cited_as",
)
SUPPORT_COLUMNS = ("row", "column", *EVIDENCE_COLUMNS)
NOT_SEARCHED = "not searched"
NOT_STATED = "not stated"

_PLAIN_WIDTH = 44
_COMPARISONS: dict[str, Callable[..., Result]] = {}


def no_support() -> pd.DataFrame:
    """A support table without rows."""
    return pd.DataFrame({name: pd.Series(dtype=object) for name in SUPPORT_COLUMNS})


def support_table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Evidence rows, each with the `row` and `column` of the cell it belongs to, sorted.

    Rows with a lower `rank` (0 where it is not given) come first.
    """
    if not rows:
        return no_support()
    frame = pd.DataFrame({name: [row[name] for row in rows] for name in SUPPORT_COLUMNS})
    order = sorted(
        range(len(rows)),
        key=lambda i: (
            rows[i].get("rank", 0),
            str(rows[i]["source_id"]),
            -1 if rows[i]["start"] is None else rows[i]["start"],
            -1 if rows[i]["end"] is None else rows[i]["end"],
            str(rows[i]["scheme"]),
            str(rows[i]["code"]),
            str(rows[i]["row"]),
            str(rows[i]["column"]),
        ),
    )
    frame = frame.iloc[order].reset_index(drop=True)
    for name in ("start", "end"):
        frame[name] = frame[name].astype("Int64")
    return frame


@dataclass(frozen=True, eq=False, repr=False)
class Result:
    """A table of a comparison whose every cell leads to its passages.

    Shown bare it carries the ids that `evidence` wants; `tertium.table` shows it to readers,
    with labels, caption and number.

    Parameters
    ----------
    frame : DataFrame
        The numbers. Where both axes are named (``frame.index.name``, ``frame.columns.name``)
        it is a grid of cells, else a list with one row a finding.
    title, note : str
        What the table shows, and what a reader must know to read it.
    support : DataFrame
        One row a passage and cell: `row`, `column` (null: the whole row) and the columns of
        `evidence`.
    row_labels, column_labels : mapping
        What a reader sees instead of an id, where the scheme or the source says it.
    column_counts, row_counts : mapping
        How many sources stand behind a column or a row, where that means something.
    shown : DataFrame, optional
        The cells' text for readers where it says more than the value; null where it does not.
    hidden : tuple of str
        Columns of a list that a reader's table leaves out, for `shown` says it in another.
    quotes_note : str
        What stands in place of `note` where the cells show quotations, not numbers.
    column_notes : mapping
        What must be known to read a column; a reader's table says it of the columns it has.
    brief_note : str
        The note of a table that follows another of its kind, which has the whole one.
    missing : str
        What a null of the frame means.
    group_by : str, optional
        Column of a list whose values head groups of rows.
    row_groups : mapping
        The same for the rows of a grid: what heads the group of each.
    opens : str, optional
        Column of a list whose cells open the passages of their rows; the last one shown unless
        given.
    basis : str
        A digest of what it was computed from, where the frame does not show all of it: two
        results with another basis are not the same.
    flags : tuple of str
        What the study's policy on agreement says of the codes that it rests on, and how many of
        the codings behind it are stale; shown below the note wherever the result is shown.
    rests_on : tuple of str
        Schemes, or codes ("approach:strike"), that it was computed from, whether or not one of its
        passages, axes or arguments names them. The policy on agreement holds for these codes too.
    function : str
        Name of the comparison; `params` its keyword arguments.
    tables : Tables, optional
        What it was computed on: `tertium.stability` computes it again on less.

    Examples
    --------
    >>> frame = pd.DataFrame({"ngo": [2]}, index=pd.Index(["strike"], name="approach"))
    >>> frame.columns.name = "voice"
    >>> Result(frame, title="Strikes by voice")
    Strikes by voice
    <BLANKLINE>
    approach  ngo
    --------  ---
    strike      2
    """

    frame: pd.DataFrame
    title: str
    note: str = ""
    support: pd.DataFrame = field(default_factory=no_support)
    row_labels: Mapping[Any, str] = field(default_factory=dict)
    column_labels: Mapping[Any, str] = field(default_factory=dict)
    row_counts: Mapping[Any, int] = field(default_factory=dict)
    column_counts: Mapping[Any, int] = field(default_factory=dict)
    shown: pd.DataFrame | None = None
    hidden: tuple[str, ...] = ()
    quotes_note: str = ""
    column_notes: Mapping[Any, str] = field(default_factory=dict)
    brief_note: str = ""
    missing: str = ""
    group_by: str | None = None
    row_groups: Mapping[Any, str] = field(default_factory=dict)
    opens: str | None = None
    basis: str = ""
    flags: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    function: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    tables: Tables | None = None

    def __getstate__(self) -> dict[str, Any]:
        """What goes to another process: all but the tables, which results share."""
        return {**self.__dict__, "tables": None}

    @property
    def is_grid(self) -> bool:
        """Whether rows and columns both stand for something that can be looked up."""
        return self.frame.columns.name is not None

    def evidence(self, row: Hashable, column: Hashable) -> pd.DataFrame:
        """The passages behind a cell.

        Parameters
        ----------
        row, column
            Ids as they stand in the frame's index and columns.

        Returns
        -------
        DataFrame
            One row a passage: passage_id (hash of source, text and place), source, offsets,
            quote, a place that a reader without our files can find, scheme, code, coder,
            stance, ids of the codings. Without rows where the cell rests on no passage.

        Raises
        ------
        UnknownNameError
            No such row or column; the message lists what there is.
        """
        _known(row, self.frame.index, "row")
        _known(column, self.frame.columns, "column")
        here = sorted([*self._places.get((row, column), ()), *self._places.get((row, None), ())])
        return self.support.iloc[here][list(EVIDENCE_COLUMNS)].reset_index(drop=True)

    @cached_property
    def _places(self) -> dict[tuple[Any, Any], list[int]]:
        """Where the evidence of a cell, or of a whole row, stands in `support`."""
        found: dict[tuple[Any, Any], list[int]] = {}
        pairs = zip(self.support["row"], self.support["column"], strict=True)
        for position, (row, column) in enumerate(pairs):
            found.setdefault((row, None if _is_null(column) else column), []).append(position)
        return found

    @property
    def passages(self) -> pd.DataFrame:
        """A grid as a list: one row a passage of a cell, and one row an empty cell.

        `state` is filled, empty (searched, nothing found) or not_searched (no reading). A
        list gives its evidence.
        """
        if not self.is_grid:
            return self.support.loc[:, ["row", *EVIDENCE_COLUMNS]].reset_index(drop=True)
        rows_name, columns_name = str(self.frame.index.name), str(self.frame.columns.name)
        rows: list[dict[str, Any]] = []
        for row in self.frame.index:
            for column in self.frame.columns:
                found = self.evidence(row, column)
                names = {rows_name: row, columns_name: column}
                if found.empty:
                    is_null = _is_null(self.frame.at[row, column])
                    rows.append({**names, "state": "not_searched" if is_null else "empty"})
                rows.extend(
                    {**names, "state": "filled", **{name: passage[name] for name in _LONG}}
                    for passage in found.to_dict("records")
                )
        wanted = [rows_name, columns_name, "state", *_LONG]
        frame = pd.DataFrame({name: [row.get(name) for row in rows] for name in wanted})
        return frame.astype({"start": "Int64", "end": "Int64"})

    def again(self, tables: Tables, **changes: Any) -> Result:
        """The same comparison on other tables or with other arguments.

        Raises
        ------
        UnknownNameError
            A change names no argument of the comparison; the message lists them.
        """
        compute = comparison_named(self.function)
        strange = sorted(set(changes) - set(self.params))
        if strange:
            raise UnknownNameError(
                f"{self.function} has no argument {', '.join(strange)}; "
                f"it has {', '.join(self.params) or 'none'}"
            )
        return compute(tables, **{**self.params, **changes})

    def has_text(self, row: int, column: int) -> bool:
        """Whether a cell, by position, has a text of its own for readers."""
        return self.shown is not None and not _is_null(self.shown.iat[row, column])

    def cell_text(self, row: int, column: int) -> str:
        """The text of a cell, by position: `shown` where it is given, else the value."""
        if self.has_text(row, column) and self.shown is not None:
            return one_line(str(self.shown.iat[row, column]))
        return plain(self.frame.iat[row, column], missing=self.missing)

    def __repr__(self) -> str:
        header, body, is_number = self._cells()
        widths = [
            max(text_width(line[number]) for line in (header, *body))
            for number in range(len(header))
        ]
        lines = [header, ["-" * width for width in widths], *body]
        table = "\n".join(
            "  ".join(
                _pad(cell, width, right=right)
                for cell, width, right in zip(line, widths, is_number, strict=True)
            ).rstrip()
            for line in lines
        )
        parts = (one_line(self.title), table, self.note, "\n".join(self.flags))
        return "\n\n".join(part for part in parts if part)

    def _repr_html_(self) -> str:
        header, body, is_number = self._cells(width=None)
        styles = ["right" if right else "left" for right in is_number]
        head = "".join(
            f'<th scope="col" style="text-align:{style}">{escape(cell)}</th>'
            for cell, style in zip(header, styles, strict=True)
        )
        rows = "".join(
            "<tr>"
            + "".join(
                f'<td style="text-align:{style}">{escape(cell)}</td>'
                for cell, style in zip(line, styles, strict=True)
            )
            + "</tr>"
            for line in body
        )
        # The class keeps JupyterLab from setting text between dollar signs as a formula.
        return (
            '<div class="tex2jax_ignore mathjax_ignore"><table>'
            f"<caption>{escape(one_line(self.title))}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
            f"<p>{escape(self.note)}</p>{flags_html(self.flags)}</div>"
        )

    def _cells(
        self, width: int | None = _PLAIN_WIDTH
    ) -> tuple[list[str], list[list[str]], list[bool]]:
        """Header, rows and which columns are set to the right; a list's numbering is left out."""
        columns = [plain(name) for name in self.frame.columns]
        body = [
            [self.cell_text(row, column) for column in range(len(columns))]
            for row in range(len(self.frame))
        ]
        is_number = [is_numeric(self.frame.iloc[:, number]) for number in range(len(columns))]
        if self.frame.index.name is not None:
            columns.insert(0, str(self.frame.index.name))
            is_number.insert(0, False)
            for line, row in zip(body, self.frame.index, strict=True):
                line.insert(0, plain(row))
        if width is not None:
            body = [[shortened(cell, width) for cell in line] for line in body]
        return columns, body, is_number


_LONG = ("source_id", "start", "end", "quote", "coder")


def comparison(function: Callable[..., Result]) -> Callable[..., Result]:
    """Keep a comparison's name and arguments in its result, so that it can be computed again.

    The function takes the tables, then keyword arguments only.
    """
    signature = inspect.signature(function)

    @wraps(function)
    def computed(tables: Tables, **arguments: Any) -> Result:
        bound = signature.bind(tables, **arguments)
        bound.apply_defaults()
        params = {name: bound.arguments[name] for name in list(bound.arguments)[1:]}
        result = function(tables, **params)
        flags = flags_of(tables, result, params, name=function.__name__)
        made = replace(result, function=function.__name__, params=params, flags=flags)
        return replace(made, tables=tables if isinstance(tables, Tables) else None)

    _COMPARISONS[function.__name__] = computed
    return computed


def comparison_named(name: str) -> Callable[..., Result]:
    """The comparison of a name, or an error that lists what there is."""
    if name not in _COMPARISONS:
        raise UnknownNameError(
            f"no comparison {name!r}; there are {', '.join(sorted(_COMPARISONS))}"
        )
    return _COMPARISONS[name]


# What is said of coders is no finding that rests on them.
_NOT_HELD_TO_POLICY = frozenset({"agreement"})


def flags_of(
    tables: Any, result: Result, params: Mapping[str, Any], *, name: str
) -> tuple[str, ...]:
    """What a reader must know of the agreement on the codes that a result rests on.

    The codes are those of its passages, and those that its rows, columns and arguments name.

    Raises
    ------
    AgreementError
        The study's policy is strict, and a code does not meet it.
    """
    if not isinstance(tables, Tables):
        return ()
    left_out = _left_out(tables, result, params) if tables.uncounted else ()
    has_stale = tables.stale is not None and len(tables.stale) > 0
    if name in _NOT_HELD_TO_POLICY or (tables.policy is None and not has_stale):
        return left_out
    flags: tuple[str, ...] = ()
    if tables.policy is not None:
        codes = _codes_behind(tables, result, params)
        tables.policy.refuse(codes, what=f"{name}: {result.title}")
        flags = tables.policy.flags(codes)
    if tables.stale is not None:
        ids = {each for told in result.support["coding_ids"] for each in told or ()}
        stale = stale_note(tables.stale, coding_ids=ids)
        flags = (*flags, stale) if stale else flags
    return (*flags, *left_out)


def _left_out(tables: Tables, result: Result, params: Mapping[str, Any]) -> tuple[str, ...]:
    """What could not be counted of the coders and schemes that a result rests on."""
    schemes = {scheme for scheme, _ in _codes_behind(tables, result, params)}
    # A result without any code behind it names its scheme, or none.
    schemes |= {str(each) for each in params.values() if isinstance(each, str)}
    coders = {
        tables.deciding_coder,
        *tables.deciding_coders.values(),
        *result.support["coder"].dropna(),
    }
    for name in ("coder", "coders"):
        given = params.get(name) or ()
        coders |= {given} if isinstance(given, str) else set(given)
    return tuple(
        note
        for (scheme, coder), notes in sorted(tables.uncounted.items())
        if scheme in schemes and coder in coders
        for note in notes
    )


def _codes_behind(
    tables: Tables, result: Result, params: Mapping[str, Any]
) -> set[tuple[str, str]]:
    """Scheme and code of all that a result rests on."""
    known = {(scheme.name, code) for scheme in tables.schemes.values() for code in scheme.code_ids}
    found = {
        (str(scheme), code)
        for scheme, codes in zip(result.support["scheme"], result.support["code"], strict=True)
        for code in str(codes).split("; ")
    }
    for axis in (result.frame.index, result.frame.columns):
        found |= {(str(axis.name), str(each)) for each in axis}
        scheme, _, code = str(axis.name).partition(":")
        found.add((scheme, code))
    found.add((str(params.get("scheme")), str(params.get("code"))))
    for name in ("group", "against"):
        found.add((str(params.get("by")), str(params.get(name))))
    for each in result.rests_on:
        scheme, _, code = each.partition(":")
        found.add((scheme, code))
    return found & known


def flags_html(flags: tuple[str, ...]) -> str:
    """Flags as paragraphs of HTML.

    Examples
    --------
    >>> flags_html(("3 stale.",))
    '<p><strong>3 stale.</strong></p>'
    """
    return "".join(f"<p><strong>{escape(flag)}</strong></p>" for flag in flags)


def _known(name: Hashable, names: pd.Index, what: str) -> None:
    if name not in names:
        there = ", ".join(plain(each) for each in names) or "none"
        raise UnknownNameError(f"the result has no {what} {name!r}; it has {there}")


def is_numeric(values: pd.Series) -> bool:
    """Whether a column holds numbers (or nothing) only."""
    kinds = {type(value) for value in values if not _is_null(value)}
    return bool(kinds) and all(
        pd.api.types.is_number(value) and not isinstance(value, bool)
        for value in values
        if not _is_null(value)
    )


def _is_null(value: Any) -> bool:
    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value)))


def plain(value: Any, *, missing: str = "") -> str:
    """A value as text on one line, the same on every machine.

    Examples
    --------
    >>> plain(3), plain(2.5), plain(None, missing="not searched"), plain(True)
    ('3', '2.5', 'not searched', 'yes')
    """
    if _is_null(value):
        return missing
    if isinstance(value, bool):
        return "yes" if value else "no"
    if pd.api.types.is_float(value):
        return str(int(value)) if float(value).is_integer() else f"{value:.10g}"
    if isinstance(value, (tuple, list)):
        return "; ".join(plain(each) for each in value)
    return one_line(str(value))


def one_line(text: str) -> str:
    """`text` with each run of white space and control characters as one space."""
    printable = "".join(
        " " if unicodedata.category(character) in ("Cc", "Zl", "Zp") else character
        for character in text
    )
    # A no-break space stays: it keeps what it joins on one line.
    return " ".join(part for part in printable.split(" ") if part)


def shortened(text: str, width: int) -> str:
    """`text` cut at a word's border to at most `width` columns, with an ellipsis.

    Examples
    --------
    >>> shortened("workers in new forms of employment", 20)
    'workers in new…'
    """
    if text_width(text) <= width:
        return text
    kept, used = "", 0
    for character in text:
        used += _character_width(character)
        if used > width - 1:
            break
        kept += character
    following = text[len(kept)]
    border = kept.rfind(" ")
    cuts_word = not following.isspace() and _character_width(following) == 1
    if cuts_word and border > len(kept) // 2:
        kept = kept[:border]
    return kept.rstrip(" ,;:，、；：") + "…"


def text_width(text: str) -> int:
    """Columns of a fixed-width display that `text` takes: two for a wide character.

    Examples
    --------
    >>> text_width("罢工 2010")
    9
    """
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _pad(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - text_width(text))
    return space + text if right else text + space
