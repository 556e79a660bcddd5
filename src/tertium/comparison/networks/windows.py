"""How a debate changes: the same network, window by window.

Comes in: the statements of a coder, and the dates of their sources.
Goes out: a list of windows: how much is said, how closely, how much of it in conflict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.networks.behind import passages_of
from tertium.comparison.networks.choices import Kind, check_number, check_within
from tertium.comparison.networks.made import one_sided
from tertium.comparison.networks.near import REST, WITHIN_IN_WORDS, Near, Within
from tertium.comparison.networks.spoken import Position, spoken
from tertium.comparison.networks.statements import what_is_counted
from tertium.comparison.networks.ties import (
    NODES_IN_WORDS,
    Duplicates,
    Nodes,
    duplicates_in_words,
    entries,
    source_dates,
)
from tertium.comparison.passages import Passages
from tertium.comparison.result import Result, comparison, support_table
from tertium.errors import UnknownNameError

Unit = Literal["year", "statement"]
UNDATED = "undated"
CROSSING = "longer than a window"

_COLUMNS = (
    "window", "sources", "statements", "actors", "ties", "density", "conflict_share",
)  # fmt: skip
_NO_PAIR = "not defined, because there are fewer than two of them"
_NO_SHARED = "not defined, because no two of them speak of the same claim"


_PARTS: tuple[Kind, Kind] = ("congruence", "conflict")


@dataclass(frozen=True)
class _Window:
    name: str
    positions: tuple[Position, ...]


@comparison
def windows(
    tables: Tables,
    *,
    scheme: str,
    nodes: Nodes,
    duplicates: Duplicates,
    unit: Unit,
    size: int,
    step: int,
    within: Within,
    coder: str | None = None,
) -> Result:
    """The network of each stretch of time: how much is said, and how much of it in conflict.

    A window of `size` units moves on by `step`; where the step is smaller than the size, windows
    overlap and a statement stands in several.

    Parameters
    ----------
    tables : Tables
    scheme : str
        What is claimed.
    nodes : {"actor", "type", "voice"}
    duplicates : {"all", "source", "year", "study"}
        See `network`.
    unit : {"year", "statement"}
        year: windows of so many years. statement: of so many statements in order of time;
        those of one day go together, so a window can be larger, and moves on by whole days. A
        date that is a year or a month alone stands at its first day.
    size, step : int
        At least 1. With a step as large as the size no statement stands in two windows.
    within : {"study", "case", "source"}
        Where two statements must stand to tie. See `network`.
    coder : str, optional
        Whose statements; None: of who decides on the scheme.

    Returns
    -------
    Result
        `frame`: one row a window: sources, statements, actors (nodes), ties (pairs of nodes that
        share a claim, on the same side or on opposite ones), density (ties over all pairs of
        nodes in the window), conflict_share (conflict over congruence and conflict). What is
        undated, or spans more time than any window (of statements: more than a year), stands
        apart, last. The dates are those of the sources. The code `other` ties nobody.

    Raises
    ------
    UnknownNameError
        An argument that there is not; no statement by that coder.

    References
    ----------
    .. [1] Leifeld, P. (2017). Discourse network analysis: policy debates as dynamic networks. In
       The Oxford Handbook of Political Networks, ed. Victor, Montgomery and Lubell. Oxford.

    Examples
    --------
    >>> windows(study.tables, scheme="claim", nodes="actor", duplicates="source",
    ...         unit="year", size=5, step=5, within="case", coder="ana").frame   # doctest: +SKIP
    """
    _check(nodes, duplicates, unit, size, step)
    check_within(within)
    passages = Passages(tables)
    told = spoken(passages, scheme=scheme, coder=coder)
    found = _windows(passages, told.positions, unit=unit, size=size, step=step)
    near = Near(passages, within)
    rows = [_row(passages, window, nodes, duplicates, near) for window in found]
    frame = pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=_dtype(name)) for name in _COLUMNS}
    )
    frame.index = pd.RangeIndex(1, len(rows) + 1)
    support = [
        {"row": number, "column": None, **row}
        for number, window in enumerate(found, start=1)
        for row in passages_of(passages, window.positions, scheme=scheme, coder=told.coder)
    ]
    unit_in_words = "year" if unit == "year" else "statement"
    return Result(
        frame,
        title=f"Claims over time: windows of {size} {unit_in_words}{'s' if size > 1 else ''}",
        note=f"{what_is_counted(told, len(passages.counted))} Counted as actors: "
        f"{NODES_IN_WORDS[nodes]}; {duplicates_in_words(duplicates, within)}. A window moves on "
        f"by {step}. Ties: pairs who share a claim{_but_rest(tables, scheme)}, on the same side "
        f"or on opposite ones. {WITHIN_IN_WORDS[within]} Density: "
        "ties in all possible pairs. Share of conflict: how much of what ties them is "
        "contradiction. The dates are those of the sources, not of what they tell.",
        support=support_table(support),
        shown=_shown(frame),
    )


def _check(nodes: str, duplicates: str, unit: str, size: int, step: int) -> None:
    given = {
        "nodes": (nodes, get_args(Nodes)),
        "duplicates": (duplicates, get_args(Duplicates)),
        "unit": (unit, get_args(Unit)),
    }
    for name, (value, known) in given.items():
        if value not in known:
            raise UnknownNameError(f"{name}={value!r}; there are {', '.join(known)}")
    check_number("size", size)
    check_number("step", step)


def _but_rest(tables: Tables, scheme: str) -> str:
    labels = {code.id: code.label for code in tables.scheme(scheme).codes}
    return f" (not “{labels[REST]}”)" if REST in labels else ""


def _windows(
    passages: Passages, positions: Sequence[Position], *, unit: Unit, size: int, step: int
) -> list[_Window]:
    """The windows in order of time, then what has no place in one."""
    dated: list[tuple[str, str, Position]] = []
    undated: list[Position] = []
    for position in positions:
        dates = source_dates(passages, position.source_id)
        if dates.first is None or dates.last is None:
            undated.append(position)
        else:
            dated.append((dates.first, dates.last, position))
    dated.sort(key=lambda each: (each[0], each[1], each[2].source_id))
    if unit == "year":
        found, crossing = _by_year(dated, size, step)
    else:
        crossing = [each for first, last, each in dated if first[:4] != last[:4]]
        placed = [each for each in dated if each[0][:4] == each[1][:4]]
        found = _by_statement(placed, size, step)
    for name, rest in ((CROSSING, crossing), (UNDATED, undated)):
        if rest:
            found.append(_Window(name, tuple(rest)))
    return found


def _by_year(
    dated: Sequence[tuple[str, str, Position]], size: int, step: int
) -> tuple[list[_Window], list[Position]]:
    if not dated:
        return [], []
    first = min(int(begin[:4]) for begin, _, _ in dated)
    last = max(int(end[:4]) for _, end, _ in dated)
    found: list[_Window] = []
    placed: set[int] = set()
    for year in range(first, last + 1, step):
        inside = [
            place
            for place, (begin, end, _) in enumerate(dated)
            if year <= int(begin[:4]) and int(end[:4]) < year + size
        ]
        name = str(year) if size == 1 else f"{year}–{year + size - 1}"
        found.append(_Window(name, tuple(dated[place][2] for place in inside)))
        placed.update(inside)
        if year + size > last:
            break
    # With a step larger than the size there are years of no window as well.
    return found, [each[2] for place, each in enumerate(dated) if place not in placed]


def _by_statement(
    dated: Sequence[tuple[str, str, Position]], size: int, step: int
) -> list[_Window]:
    """Windows begin and end where a day does; each moves on by at least `step` statements."""
    days: dict[str, list[tuple[str, Position]]] = {}
    for begin, end, position in dated:
        days.setdefault(begin, []).append((end, position))
    order = sorted(days)
    numbers = [len({_statement(each) for _, each in days[day]}) for day in order]
    found: list[_Window] = []
    start = 0
    while start < len(order):
        stop = _after(numbers, start, size)
        inside = [each for day in order[start:stop] for each in days[day]]
        first, last = order[start], max(end for end, _ in inside)
        name = first if first == last else f"{first} to {last}"
        found.append(_Window(name, tuple(position for _, position in inside)))
        if stop == len(order):
            break
        start = _after(numbers, start, step)
    return found


def _after(numbers: Sequence[int], start: int, wanted: int) -> int:
    """The day after those that, from a start, hold so many statements."""
    held, place = 0, start
    while place < len(numbers) and held < wanted:
        held += numbers[place]
        place += 1
    return place


def _statement(position: Position) -> tuple[str, str]:
    return position.source_id, position.statement_id


def _row(
    passages: Passages, window: _Window, nodes: Nodes, duplicates: Duplicates, near: Near
) -> dict[str, Any]:
    listed = entries(passages, window.positions, nodes=nodes, addressees=False)
    who = sorted({each.node for each in listed})
    congruence, conflict = (
        one_sided(passages, listed, who, kind, nodes, duplicates, "none", near).ties
        for kind in _PARTS
    )
    shared = float(congruence.sum() + conflict.sum())
    ties = int(((congruence + conflict) > 0).sum()) // 2
    pairs = len(who) * (len(who) - 1) // 2
    statements = {_statement(each) for each in window.positions}
    return {
        "window": window.name,
        "sources": len({each.source_id for each in window.positions}),
        "statements": len(statements),
        "actors": len(who),
        "ties": ties,
        "density": ties / pairs if pairs else None,
        "conflict_share": float(conflict.sum()) / shared if shared else None,
    }


def _shown(frame: pd.DataFrame) -> pd.DataFrame:
    """Why a number is not defined, where it is not."""
    shown = pd.DataFrame(index=frame.index, columns=frame.columns, dtype=object)
    for column, reason in (("density", _NO_PAIR), ("conflict_share", _NO_SHARED)):
        missing = frame[column].isna()
        shown.loc[missing, column] = reason
        shown.loc[~missing, column] = [f"{value:.2f}" for value in frame.loc[~missing, column]]
    return shown


def _dtype(name: str) -> Any:
    if name == "window":
        return object
    return "Float64" if name in ("density", "conflict_share") else "Int64"
