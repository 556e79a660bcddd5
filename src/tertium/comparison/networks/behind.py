"""The statements behind each cell of a network.

Comes in: the entries of a network.
Goes out: evidence rows, each with the cell it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tertium.comparison.networks.near import Near
from tertium.comparison.networks.spoken import Position
from tertium.comparison.networks.statements import evidence_of
from tertium.comparison.networks.ties import Entry
from tertium.comparison.passages import Passages

Cell = tuple[str, str]


def of_two_sides(listed: Iterable[Entry], stances: str | None) -> dict[Cell, list[Entry]]:
    """The entries of each cell of who claims what, or of whom."""
    behind: dict[Cell, list[Entry]] = {}
    for entry in listed:
        if stances != "for" or entry.position.is_for:
            behind.setdefault((entry.node, entry.column), []).append(entry)
    return behind


def of_pairs(
    listed: Iterable[Entry], order: Sequence[str], *, kind: str, near: Near
) -> dict[Cell, list[Entry]]:
    """The entries of each cell below the diagonal: a tie says the same both ways."""
    place = {node: number for number, node in enumerate(order)}
    by_column: dict[str, list[Entry]] = {}
    for entry in listed:
        if entry.node in place:
            by_column.setdefault(entry.column, []).append(entry)
    behind: dict[Cell, list[Entry]] = {}
    for _, same in sorted(by_column.items()):
        for one in same:
            for other in same:
                agrees = one.side == other.side
                wanted = kind == "subtract" or agrees == (kind == "congruence")
                if (
                    wanted
                    and place[one.node] > place[other.node]
                    and near.may_tie(one.position.source_id, other.position.source_id)
                ):
                    behind.setdefault((one.node, other.node), []).extend((one, other))
    return behind


def behind_cells(
    passages: Passages, behind: Mapping[Cell, Sequence[Entry]], *, scheme: str, coder: str
) -> list[dict[str, Any]]:
    """The passages of every cell, as rows of a support table."""
    known: dict[int, list[dict[str, Any]]] = {}
    rows: list[dict[str, Any]] = []
    for (row, column), found in sorted(behind.items()):
        positions = {id(each.position): each.position for each in found}
        for key, position in positions.items():
            if key not in known:
                known[key] = evidence_of(passages, position, scheme=scheme, coder=coder)
        for each in each_once(known[key] for key in positions):
            rows.append({"row": row, "column": column, **each})
    return rows


def passages_of(
    passages: Passages, positions: Iterable[Position], *, scheme: str, coder: str
) -> list[dict[str, Any]]:
    """The passages of positions, as evidence rows."""
    listed = (evidence_of(passages, each, scheme=scheme, coder=coder) for each in positions)
    return list(each_once(listed))


def each_once(listed: Iterable[Sequence[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """A passage can hold several statements; it is one passage for each code and stance."""
    seen: set[tuple[str, str, str]] = set()
    for rows in listed:
        for row in rows:
            key = (row["passage_id"], row["code"], row["stance"])
            if key not in seen:
                yield row
            seen.add(key)
