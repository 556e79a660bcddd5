"""The statements behind each cell of a network.

Comes in: the entries of a network.
Goes out: evidence rows, each with the cell it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tertium.comparison.networks.statements import evidence_of
from tertium.comparison.networks.ties import Entry
from tertium.comparison.passages import Passages

TWO_SIDED = ("two_mode", "addressee")


def behind_cells(
    passages: Passages,
    listed: Sequence[Entry],
    *,
    kind: str,
    stances: str | None,
    scheme: str,
    coder: str,
) -> list[dict[str, Any]]:
    """The passages of every cell, as rows of a support table."""
    behind: dict[tuple[str, str], list[Entry]] = {}
    if kind in TWO_SIDED:
        for entry in listed:
            if stances != "for" or entry.position.is_for:
                behind.setdefault((entry.node, entry.column), []).append(entry)
    else:
        for one, other in _pairs(listed, kind):
            behind.setdefault((one.node, other.node), []).extend((one, other))
    known: dict[int, list[dict[str, Any]]] = {}
    rows: list[dict[str, Any]] = []
    for (row, column), found in sorted(behind.items()):
        positions = {id(each.position): each.position for each in found}
        seen: set[tuple[str, str]] = set()
        for key, position in positions.items():
            if key not in known:
                known[key] = evidence_of(passages, position, scheme=scheme, coder=coder)
            for each in known[key]:
                # One passage can hold several statements of a cell; it is one passage.
                if (each["passage_id"], each["code"]) not in seen:
                    rows.append({"row": row, "column": column, **each})
                seen.add((each["passage_id"], each["code"]))
    return rows


def _pairs(listed: Sequence[Entry], kind: str) -> Iterable[tuple[Entry, Entry]]:
    by_column: dict[str, list[Entry]] = {}
    for entry in listed:
        by_column.setdefault(entry.column, []).append(entry)
    for _, same in sorted(by_column.items()):
        for one in same:
            for other in same:
                agrees = one.side == other.side
                wanted = kind == "subtract" or agrees == (kind == "congruence")
                if one.node != other.node and wanted:
                    yield one, other
