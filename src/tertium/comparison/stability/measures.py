"""What findings most often read off a result, so that a notebook needs no function of its own.

Comes in: ids of rows and columns.
Goes out: measures for `tertium.finding`. Any other function from a result to a value will do.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tertium.comparison.result import Result, plain
from tertium.errors import UnknownNameError

Cell = tuple[Hashable, Hashable]
TIE = " = "
Labels = Mapping[str, str]


class NotThereError(UnknownNameError):
    """A result has no such row or column."""

    def __init__(self, name: Hashable, names: pd.Index, what: str) -> None:
        there = ", ".join(plain(each) for each in names) or "none"
        super().__init__(f"the result has no {what} {name!r}; it has {there}")
        self.name, self.what = plain(name), what


@dataclass(frozen=True)
class cell:  # noqa: N801 (it is used as a function)
    """The number in one cell.

    Parameters
    ----------
    row, column
        Ids as they stand in the frame's index and columns.

    Examples
    --------
    >>> frame = pd.DataFrame({"ngo": [3, 1]}, index=["strike", "state_led"])
    >>> int(cell("strike", "ngo")(Result(frame, "")))
    3
    """

    row: Hashable
    column: Hashable

    def __call__(self, result: Result) -> Any:
        """The value of the cell."""
        return _value(result, (self.row, self.column))


@dataclass(frozen=True)
class difference:  # noqa: N801
    """The number in one cell less that in another; not defined where one of them is null.

    Parameters
    ----------
    cell, less : tuple of row and column

    Examples
    --------
    >>> frame = pd.DataFrame({"ngo": [3, 1]}, index=["strike", "state_led"])
    >>> int(difference(("strike", "ngo"), less=("state_led", "ngo"))(Result(frame, "")))
    2
    """

    cell: Cell
    less: Cell

    def __call__(self, result: Result) -> Any:
        """The difference."""
        first, second = _value(result, self.cell), _value(result, self.less)
        return None if pd.isna(first) or pd.isna(second) else first - second


@dataclass(frozen=True)
class more:  # noqa: N801
    """Whether one cell holds more than another; not defined where one of them is null.

    Parameters
    ----------
    cell, than : tuple of row and column

    Examples
    --------
    >>> frame = pd.DataFrame({"ngo": [3, 1]}, index=["strike", "state_led"])
    >>> more(("strike", "ngo"), than=("state_led", "ngo"))(Result(frame, ""))
    True
    """

    cell: Cell
    than: Cell

    def __call__(self, result: Result) -> bool | None:
        """Whether it is more."""
        first, second = _value(result, self.cell), _value(result, self.than)
        return None if pd.isna(first) or pd.isna(second) else bool(first > second)


@dataclass(frozen=True)
class largest:  # noqa: N801
    """Where the largest number of a row or a column stands; all that share it, where several do.

    Parameters
    ----------
    row, column
        One of the two.
    leave_out : tuple
        Ids that are not looked at, such as the row "none".

    Examples
    --------
    >>> frame = pd.DataFrame({"ngo": [3, 1]}, index=["strike", "state_led"])
    >>> largest(column="ngo")(Result(frame, ""))
    'strike'
    """

    row: Hashable = None
    column: Hashable = None
    leave_out: tuple[Hashable, ...] = ()

    def __call__(self, result: Result) -> str | None:
        """The id, or several parted by an equals sign; not defined where nothing is found."""
        ordered = _in_groups(_line(result, self.row, self.column, self.leave_out))
        return ordered[0][1] if ordered and ordered[0][0] > 0 else None

    def in_words(self, value: str, rows: Labels, columns: Labels) -> str:
        """The ids by their labels."""
        return _labelled(value, columns if self.row is not None else rows)


@dataclass(frozen=True)
class largest_cell:  # noqa: N801
    """Which row and column the largest number stands in; all such pairs, where several share it.

    Where rows and columns are the same and a number stands on both sides of the diagonal, the
    pair is named once.

    Parameters
    ----------
    leave_out : tuple
        Ids of rows and columns that are not looked at, such as the row "none".

    Examples
    --------
    >>> frame = pd.DataFrame({"ngo": [3, 1], "union": [0, 3]}, index=["strike", "state_led"])
    >>> largest_cell()(Result(frame, ""))
    (('strike', 'ngo'), ('state_led', 'union'))
    >>> largest_cell().in_words((("strike", "ngo"),), {"strike": "Strikes"}, {"ngo": "NGO"})
    'Strikes + NGO'
    """

    leave_out: tuple[Hashable, ...] = ()

    def __call__(self, result: Result) -> tuple[tuple[str, str], ...] | None:
        """The pairs in the table's order; not defined where nothing is found."""
        frame = result.frame
        found = [
            (float(value), (plain(row), plain(column)))
            for row, line in zip(frame.index, frame.to_numpy(dtype=object), strict=True)
            for column, value in zip(frame.columns, line, strict=True)
            if not {row, column} & set(self.leave_out) and not pd.isna(value)
        ]
        most = max((number for number, _ in found), default=0.0)
        pairs = dict.fromkeys(pair for number, pair in found if number == most)
        if most <= 0:
            return None
        if list(frame.index) == list(frame.columns):
            for row, column in list(pairs):
                if row != column and (row, column) in pairs:
                    pairs.pop((column, row), None)
        return tuple(pairs)

    def in_words(self, value: tuple[tuple[str, str], ...], rows: Labels, columns: Labels) -> str:
        """The pairs by their labels."""
        return TIE.join(
            f"{rows.get(row, row)} + {columns.get(column, column)}" for row, column in value
        )


@dataclass(frozen=True)
class order_of:  # noqa: N801
    """The rows of a column, or the columns of a row, from the largest number to the smallest.

    What has the same number stands together, and what is null is left out.

    Parameters
    ----------
    column, row
        One of the two.
    leave_out : tuple
        Ids that are not looked at, such as the row "none".

    Examples
    --------
    >>> frame = pd.DataFrame({"ngo": [1, 3, 1]}, index=["a", "b", "c"])
    >>> order_of("ngo")(Result(frame, ""))
    ('b', 'a = c')
    """

    column: Hashable = None
    row: Hashable = None
    leave_out: tuple[Hashable, ...] = ()

    def __call__(self, result: Result) -> tuple[str, ...] | None:
        """The ids in order."""
        ordered = _in_groups(_line(result, self.row, self.column, self.leave_out))
        return tuple(name for _, name in ordered) or None

    def in_words(self, value: tuple[str, ...], rows: Labels, columns: Labels) -> str:
        """The ids by their labels, from the most to the least."""
        own = columns if self.row is not None else rows
        return " > ".join(_labelled(each, own) for each in value)


@dataclass(frozen=True)
class entries:  # noqa: N801
    """What stands in a column of a list, in the rows that hold certain values.

    Parameters
    ----------
    column : str
    where : mapping of str to value
        By column, what a row must hold.

    Examples
    --------
    >>> frame = pd.DataFrame({"part": ["term", "model"], "formula": ["A", "A + B"]})
    >>> entries("formula", where={"part": "model"})(Result(frame, ""))
    ('A + B',)
    """

    column: str
    where: Mapping[str, Hashable]

    def __call__(self, result: Result) -> tuple[Any, ...] | None:
        """The values, each once, in the order of the list; not defined where no row is such."""
        return tuple(dict.fromkeys(_entries(result, self.column, self.where))) or None

    def in_words(self, value: tuple[Any, ...], rows: Labels, columns: Labels) -> str:
        """The values parted by semicolons, for a formula has a plus of its own."""
        return "; ".join(plain(each) for each in value)


@dataclass(frozen=True)
class entry:  # noqa: N801
    """What stands in a column of a list, in the one row that holds certain values.

    Parameters
    ----------
    column : str
    where : mapping of str to value
        By column, what the row must hold.

    Examples
    --------
    >>> frame = pd.DataFrame({"part": ["term", "model"], "coverage": [0.5, 0.75]})
    >>> entry("coverage", where={"part": "model"})(Result(frame, ""))
    0.75
    """

    column: str
    where: Mapping[str, Hashable]

    def __call__(self, result: Result) -> Any:
        """The value; not defined where no row is such, or several are."""
        found = _entries(result, self.column, self.where)
        return found[0] if len(found) == 1 else None


def _entries(result: Result, column: str, where: Mapping[str, Hashable]) -> list[Any]:
    """The values of a column in the rows that hold certain values."""
    frame: Any = result.frame
    for name in (column, *where):
        _there(name, frame.columns, "column")
    fits = pd.Series(True, index=frame.index)
    for name, value in where.items():
        fits &= (frame[name] == value).fillna(False).astype(bool)
    return list(frame.loc[fits, column])


def _labelled(value: str, own: Labels) -> str:
    """An id, or several that tie, by their labels."""
    return own.get(value) or TIE.join(own.get(each, each) for each in value.split(TIE))


def _value(result: Result, place: Cell) -> Any:
    """The value of a cell; a row or column that is not there is refused."""
    frame: Any = result.frame
    _there(place[0], frame.index, "row")
    _there(place[1], frame.columns, "column")
    return frame.at[place]


def _line(
    result: Result, row: Hashable, column: Hashable, leave_out: tuple[Hashable, ...]
) -> pd.Series:
    frame: Any = result.frame
    if (row is None) == (column is None):
        raise UnknownNameError("name a row or a column, and not both")
    if row is not None:
        _there(row, frame.index, "row")
        line: pd.Series = frame.loc[row]
    else:
        _there(column, frame.columns, "column")
        line = frame[column]
    return line.drop(list(leave_out), errors="ignore")


def _there(name: Hashable, names: pd.Index, what: str) -> None:
    if name not in names:
        raise NotThereError(name, names, what)


def _in_groups(line: pd.Series) -> list[tuple[float, str]]:
    """Numbers from the largest down, each with the ids that have it, in the table's order."""
    groups: dict[float, list[str]] = {}
    for name, value in line.items():
        if not pd.isna(value):
            groups.setdefault(float(value), []).append(plain(name))
    return [(number, TIE.join(groups[number])) for number in sorted(groups, reverse=True)]
