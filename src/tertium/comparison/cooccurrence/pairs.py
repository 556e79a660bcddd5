"""Pairs of codes under every meaning of "together": what of their order stays.

Comes in: the tallies of all pairs in all ways.
Goes out: a grid of pairs by ways, with the rank of each, and in words how far the order moves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tertium.comparison.cooccurrence.tallies import Together
from tertium.comparison.cooccurrence.ways import (
    IN_CAPTIONS,
    NOT_DEFINED,
    WAYS,
    WITHOUT_LIFT,
    Way,
)
from tertium.comparison.result import NOT_SEARCHED, Result, support_table

_FIRST = 5
Pair = tuple[str, str]
Values = Mapping[Pair, float | int | None]


def by_definition(together: Together, main: Way, measure: str, most: int | None) -> Result:
    """Every pair that is found together in any way, by its place under the main one."""
    ways = [way for way in WAYS.values() if measure != "lift" or way.id != WITHOUT_LIFT]
    tables, rows, columns = together.passages.tables, together.rows, together.columns
    pairs = _pairs(together)
    values: dict[str, dict[Pair, float | int | None]] = {}
    ever: set[Pair] = set()
    for way in ways:
        found = together.in_way(way)
        values[way.id] = {
            pair: found[pair].value(measure) if pair in found else None for pair in pairs
        }
        ever |= {pair for pair in pairs if pair in found and found[pair].count}
    ranks = {way: _ranks(each) for way, each in values.items()}
    ordered = sorted(
        (pair for pair in pairs if pair in ever),
        key=lambda pair: (ranks[main.id].get(pair, len(pairs) + 1), pairs.index(pair)),
    )
    kept = ordered if most is None else ordered[:most]
    labels = {code.id: code.label for code in tables.scheme(columns).codes}
    first_labels = {code.id: code.label for code in tables.scheme(rows).codes}
    index = pd.Index([_name(pair) for pair in kept], name="pair", dtype=object)
    frame = pd.DataFrame(
        {
            way.id: pd.Series(
                [values[way.id][pair] for pair in kept],
                index=index,
                dtype="Int64" if measure == "count" else "Float64",
            )
            for way in ways
        },
        index=index,
    )
    frame.columns.name = "definition"
    support: list[dict[str, Any]] = []
    for way in ways:
        found = together.in_way(way)
        for pair in kept:
            behind = together.evidence(found[pair], *pair) if pair in found else []
            support.extend({"row": _name(pair), "column": way.id, **each} for each in behind)
    titles = tables.scheme(rows).title
    if rows != columns:
        other = tables.scheme(columns).title
        titles = f"{titles} and {other[:1].lower()}{other[1:]}"
    return Result(
        frame,
        title=f"{titles} together, by what “together” means: {IN_CAPTIONS[measure]}",
        note=" ".join(
            [
                *_notes(together, main, measure),
                *_moves(values, main, ways),
                *_left_out(pairs, ordered, kept),
            ]
        ),
        support=support_table(support),
        row_labels={_name(pair): f"{first_labels[pair[0]]} + {labels[pair[1]]}" for pair in kept},
        column_labels={way.id: f"{way.where[:1].upper()}{way.where[1:]}" for way in ways},
        shown=_shown(
            frame,
            {way.id: [ranks[way.id].get(pair) for pair in kept] for way in ways},
            {way.id: [pair in together.in_way(way) for pair in kept] for way in ways},
        ),
        missing=NOT_SEARCHED,
    )


def _name(pair: Pair) -> str:
    return f"{pair[0]} + {pair[1]}"


def _pairs(together: Together) -> list[Pair]:
    """Pairs in the order of the schemes; of one scheme with itself each once."""
    rows = together.passages.tables.scheme(together.rows).code_ids
    columns = together.passages.tables.scheme(together.columns).code_ids
    if together.rows != together.columns:
        return [(row, column) for row in rows for column in columns]
    return [(row, column) for place, row in enumerate(rows) for column in columns[place + 1 :]]


def _ranks(values: Values) -> dict[Pair, int]:
    """1 for the largest; pairs of one value share the better place; 0 has no place.

    Examples
    --------
    >>> _ranks({("a", "b"): 3, ("a", "c"): 3, ("b", "c"): 1, ("b", "d"): 0})
    {('a', 'b'): 1, ('a', 'c'): 1, ('b', 'c'): 3}
    """
    held = {pair: value for pair, value in values.items() if value}
    return {pair: 1 + sum(other > value for other in held.values()) for pair, value in held.items()}


def order_moved(main: Values, other: Values) -> tuple[int, int, int, int]:
    """How far another way of counting moves the order of pairs.

    Returns
    -------
    tuple of int
        Of the first five by `main`, how many are among the first five by `other`; how many first
        there are (fewer where fewer are found, more where several share the fifth place); of any
        two pairs that neither way puts level, how many change places; how many such twos.

    Examples
    --------
    >>> order_moved({("a", "b"): 3, ("a", "c"): 2}, {("a", "b"): 1, ("a", "c"): 4})
    (2, 2, 1, 1)
    """
    first, second = _ranks(main), _ranks(other)
    top = [pair for pair, rank in first.items() if rank <= _FIRST]
    stay = sum(second.get(pair, _FIRST + 1) <= _FIRST for pair in top)
    turned = compared = 0
    known = [(main[p], other[p]) for p in main if main[p] is not None and other[p] is not None]
    for place, (one_main, one_other) in enumerate(known):
        for two_main, two_other in known[place + 1 :]:
            way = (one_main - two_main) * (one_other - two_other)  # type: ignore[operator]
            compared += way != 0
            turned += way < 0
    return stay, len(top), turned, compared


def _moves(values: Mapping[str, Values], main: Way, ways: list[Way]) -> list[str]:
    said = []
    for way in ways:
        if way.id == main.id:
            continue
        stay, top, turned, compared = order_moved(values[main.id], values[way.id])
        if not top or not compared:
            said.append(f"{way.where}: no two pairs to compare")
            continue
        share = f"{100 * turned / compared:.0f}%"
        said.append(f"{way.where} {stay} of {top} stay, {share} turn round")
    if not said:
        return []
    return [
        f"How far the order moves from that {main.where}: of the {_FIRST} largest pairs (more "
        f"where several share the place) how many stay among the {_FIRST} largest, and of all "
        f"twos of pairs that neither way puts level how many turn round: {'; '.join(said)}."
    ]


def _shown(
    frame: pd.DataFrame,
    ranks: Mapping[str, list[int | None]],
    searched: Mapping[str, list[bool]],
) -> pd.DataFrame:
    """Numbers with their place; where both were looked for and there is none, that it has none."""
    shown = pd.DataFrame(index=frame.index, columns=frame.columns, dtype=object)
    for way, places in ranks.items():
        texts: list[str | None] = []
        for value, rank, is_searched in zip(frame[way], places, searched[way], strict=True):
            if pd.isna(value):
                texts.append(NOT_DEFINED if is_searched else None)
            else:
                number = f"{value:.2f}" if isinstance(value, float) else f"{value:,}"
                texts.append(f"{number} ({rank})" if rank else number)
        shown[way] = texts
    return shown


def _notes(together: Together, main: Way, measure: str) -> list[str]:
    tables = together.passages.tables
    said = [
        f"Pairs of codes, in their order {main.where}; in brackets the place of the pair in each "
        "column.",
        *(way.meaning.replace("Together:", f"{way.where[:1].upper()}{way.where[1:]}:")
          for way in WAYS.values() if measure != "lift" or way.id != WITHOUT_LIFT),
    ]  # fmt: skip
    if measure == "count":
        said.append("Counts of different things: compare places, not numbers, across columns.")
    elif measure == "jaccard":
        said.append(
            "Jaccard: of what holds either code, the share that holds both, from 0 to 1; of "
            "overlapping passages it is a share of characters."
        )
    else:
        said.append(
            "Lift: how many times as much holds both codes as would if they had nothing to do "
            "with one another; where few hold a code, one more moves it far. “On the same "
            "passage” has none: nobody can say how many passages there could have been."
        )
    if measure != "count":
        what = "neither code" if measure == "jaccard" else "one of the two codes not"
        said.append(f"{NOT_DEFINED.capitalize()}: {what} found in this way.")
    said.append(
        f"{len(together.passages.counted)} counted sources, coder: "
        f"{tables.deciders([together.rows, together.columns])}. "
        f"0: looked for, never together; {NOT_SEARCHED}: nobody looked for both."
    )
    return said


def _left_out(pairs: list[Pair], ordered: list[Pair], kept: list[Pair]) -> list[str]:
    said = []
    if never := len(pairs) - len(ordered):
        said.append(f"{never} of {len(pairs)} pairs are never found together and left out.")
    if len(kept) < len(ordered):
        said.append(f"The first {len(kept)} of {len(ordered)} pairs.")
    return said
