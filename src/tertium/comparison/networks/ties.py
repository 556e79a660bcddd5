"""Positions become ties: who is a node, what counts once, which time is meant.

Comes in: the positions of a coder's statements.
Goes out: entries of a network, each with the position behind it, and counts of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from tertium.comparison.networks.near import Near
from tertium.comparison.networks.normalise import AGAINST, FOR, Counts
from tertium.comparison.networks.spoken import Position
from tertium.comparison.passages import Passages
from tertium.comparison.timeline import DateRange, date_range
from tertium.errors import UnknownNameError
from tertium.schemes.actors import NAME as ACTOR
from tertium.schemes.actors import actor_type

Nodes = Literal["actor", "type", "voice"]
Duplicates = Literal["all", "source", "year", "study"]
Between = tuple[str, str]

# How the axis of such nodes is called, so that readers see its labels.
AXES = {"actor": "actor", "type": "actor_type", "voice": "voice"}
NODES_IN_WORDS = {
    "actor": "actors",
    "type": "types of actors",
    "voice": "voices (of the sources that tell of the claims)",
}
DUPLICATES_IN_WORDS = {
    "all": "every statement counts, also where one source repeats it",
    "source": "what one of them says of a claim counts once a source and side",
    "year": "what one of them says of a claim counts once a year and side (in undated sources and "
    "those of several years once a source)",
    "study": "what one of them says of a claim counts once and for all, for each side",
}
# What is counted once in more than a source counts once in each scope of its own.
_APART = {"case": ", in each case apart", "source": ", in each source apart"}
_UNKNOWN_TYPE = "not stated"


@dataclass(frozen=True)
class Entry:
    """One statement in a network: from which node, to which column, on which side."""

    node: str
    column: str
    position: Position

    @property
    def side(self) -> int:
        """0 against, 1 for."""
        return FOR if self.position.is_for else AGAINST


def entries(
    passages: Passages, positions: Iterable[Position], *, nodes: Nodes, addressees: bool
) -> list[Entry]:
    """What each position says of a network: its node, and its claim or its addressees.

    Parameters
    ----------
    passages : Passages
    positions : iterable of Position
    nodes : {"actor", "type", "voice"}
    addressees : bool
        Whether the columns are those of whom something is claimed; else what is claimed.

    Raises
    ------
    UnknownNameError
        Types are asked for, and the study's actors have none.
    """
    types = _types(passages) if nodes == "type" else {}
    found: list[Entry] = []
    for position in positions:
        if nodes == "voice":
            node = _voice(passages, position.source_id)
        else:
            node = types.get(position.actor, _UNKNOWN_TYPE) if types else position.actor
        columns = [position.code]
        if addressees:
            columns = sorted({types.get(each, _UNKNOWN_TYPE) if types else each
                              for each in position.addressees})  # fmt: skip
        found.extend(Entry(node, column, position) for column in columns)
    return found


def all_nodes(passages: Passages, nodes: Nodes) -> set[str]:
    """The types or voices that the study has, whether they say anything or not; actors: none."""
    if nodes == "type":
        return set(_types(passages).values())
    if nodes == "voice":
        return {_voice(passages, each) for each in passages.counted}
    return set()


def duplicates_in_words(duplicates: Duplicates, within: str | None = None) -> str:
    """What counts once, in words for a note."""
    words = DUPLICATES_IN_WORDS[duplicates]
    return words + _APART.get(within or "", "") if duplicates in ("year", "study") else words


def counted_once(
    passages: Passages,
    listed: Iterable[Entry],
    *,
    duplicates: Duplicates,
    ignore_side: bool,
    near: Near | None = None,
) -> list[Entry]:
    """The entries that count: of those that repeat an earlier one, none.

    A statement counts once in a cell even where every statement counts: two actors of one type
    who say a thing together are one statement of that type.
    """
    seen: set[tuple[Any, ...]] = set()
    kept = []
    for entry in listed:
        source_id = entry.position.source_id
        side = None if ignore_side and duplicates != "all" else entry.side
        where: tuple[str, ...] = (_where(passages, source_id, duplicates),)
        if duplicates == "all":
            where = (source_id, entry.position.statement_id)
        elif near is not None and duplicates != "source":
            where = (*where, *near.scope(source_id))
        key = (entry.node, entry.column, entry.position.code, side, where)
        if key not in seen:
            kept.append(entry)
        seen.add(key)
    return kept


def in_few_sources(listed: Iterable[tuple[str, Position]], min_sources: int) -> set[str]:
    """The nodes whose statements stand in fewer sources than are asked for."""
    sources: dict[str, set[str]] = {}
    for node, position in listed:
        sources.setdefault(node, set()).add(position.source_id)
    return {node for node, found in sources.items() if len(found) < min_sources}


def counts_of(listed: Iterable[Entry], rows: Sequence[str], columns: Sequence[str]) -> Counts:
    """How many entries there are, by row, column and side; shape (rows, columns, 2)."""
    row_at = {each: place for place, each in enumerate(rows)}
    column_at = {each: place for place, each in enumerate(columns)}
    found = np.zeros((len(rows), len(columns), 2))
    for entry in listed:
        found[row_at[entry.node], column_at[entry.column], entry.side] += 1
    return found


def counts_by_source(
    listed: Sequence[Entry], rows: Sequence[str], columns: Sequence[str]
) -> tuple[Counts, list[str]]:
    """The same by source as well, shape (rows, columns, 2, sources); and the sources."""
    sources = sorted({each.position.source_id for each in listed})
    found = np.zeros((len(rows), len(columns), 2, len(sources)))
    for place, source_id in enumerate(sources):
        own = [each for each in listed if each.position.source_id == source_id]
        found[:, :, :, place] = counts_of(own, rows, columns)
    return found, sources


def source_dates(passages: Passages, source_id: str) -> DateRange:
    """The days that a source's date can mean; undated where it says none, or nothing placeable."""
    date = passages.sources[source_id].get("date")
    try:
        return date_range("" if date is None or pd.isna(date) else str(date))
    except ValueError:
        return DateRange(None, None, "not placed")


def published(
    passages: Passages, positions: Iterable[Position], between: Between | None
) -> tuple[list[Position], str]:
    """The positions of sources that were published in a stretch of time, and what was left out.

    A source whose date reaches beyond the stretch is left out, as is one without a date.
    """
    listed = list(positions)
    if between is None:
        return listed, ""
    first, last = _bounds(between)
    kept, undated, crossing = [], set(), set()
    for position in listed:
        dates = source_dates(passages, position.source_id)
        if dates.first is None or dates.last is None:
            undated.add(position.source_id)
        elif first <= dates.first and dates.last <= last:
            kept.append(position)
        elif dates.first <= last and first <= dates.last:
            crossing.add(position.source_id)
    sources = len({each.source_id for each in kept})
    parts = [
        f"Sources published from {between[0]} to {between[1]}: {amount(len(kept), 'position')} in "
        f"{amount(sources, 'source')} remain."
    ]
    if crossing:
        named = "; ".join(sorted(passages.cited_as(each) for each in crossing))
        parts.append(f"Left out, for their dates reach beyond: {named}.")
    if undated:
        left = amount(len(undated), "source")
        parts.append(f"Left out, for want of a date or for an open one: {left}.")
    return kept, " ".join(parts)


def amount(number: int, what: str) -> str:
    """A number with its noun.

    Examples
    --------
    >>> amount(1, "source"), amount(2, "source")
    ('1 source', '2 sources')
    """
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _bounds(between: Between) -> tuple[str, str]:
    try:
        start, end = between
        first, last = date_range(str(start)).first, date_range(str(end)).last
    except ValueError:
        first = last = None
    if first is None or last is None or first > last:
        raise UnknownNameError(
            f"between={between!r}; write two dates, the earlier first, such as ('2010', '2014')"
        )
    return first, last


def _types(passages: Passages) -> dict[str, str]:
    scheme = passages.tables.schemes.get(ACTOR)
    found = {code.id: actor_type(code) for code in scheme.codes} if scheme else {}
    if not any(found.values()):
        raise UnknownNameError(
            "nodes='type': the study's actors have no types; list them in data/actors.csv, or "
            "take actor or voice"
        )
    return {each: what or _UNKNOWN_TYPE for each, what in found.items()}


def _voice(passages: Passages, source_id: str) -> str:
    voice = passages.sources[source_id].get("voice")
    return _UNKNOWN_TYPE if voice is None or pd.isna(voice) or not voice else str(voice)


def _where(passages: Passages, source_id: str, duplicates: Duplicates) -> str:
    """Within what an entry counts once."""
    if duplicates == "study":
        return ""
    dates = source_dates(passages, source_id)
    if duplicates == "year" and dates.first and dates.last and dates.first[:4] == dates.last[:4]:
        return dates.first[:4]
    return source_id
