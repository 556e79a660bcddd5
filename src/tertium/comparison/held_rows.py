"""The rows of a bundle's tables by source, read once, and tables without some sources.

Comes in: a table with a column `source_id`.
Goes out: its rows as dictionaries, grouped; the same table without sources, whose rows need not
be read again.

A comparison that is computed again without each source in turn lives on this. Where somebody
changes a table in place, what was read of it is forgotten and read anew.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cache
from operator import is_
from typing import Any, TypeVar

import pandas as pd

Row = dict[str, Any]
Key = tuple[str | None, ...]
Made = TypeVar("Made")


@dataclass
class _Held:
    """What has been read of one table.

    `grouped` has rows by the values of some columns; `made` what was made of the rows of one
    source, which is the same in every table that has all of them, and is shared with these.
    `rows` gives all rows, read from `seen`, a shallow copy of the table: while that lives, pandas
    writes what changes the table in place into other arrays ("copy on write"), so that the table
    has the `arrays` and `columns` of then as long as nobody changed it. Who takes an extension
    array out of a table (``table["start"].array``) and writes into that goes unseen.
    """

    seen: pd.DataFrame
    arrays: list[Any]
    columns: pd.Index
    rows: Callable[[], list[Row]]
    grouped: dict[tuple[str, ...], dict[Key, list[Row]]] = field(default_factory=dict)
    made: dict[Hashable, Any] = field(default_factory=dict)


# By identity, for a table has no hash; an entry goes when its table does.
_HELD: dict[int, _Held] = {}


def _held(table: pd.DataFrame) -> _Held:
    found = _HELD.get(id(table))
    if found is not None and _is_as_it_was(table, found):
        return found
    if found is None:
        weakref.finalize(table, _HELD.pop, id(table), None)
    seen = table.copy(deep=False)
    found = _HELD[id(table)] = _Held(
        seen, _arrays(table), table.columns, cache(lambda: rows_of(seen))
    )
    return found


def _arrays(table: pd.DataFrame) -> list[Any]:
    """What a table's values stand in; pandas has no public name for it."""
    return [block.values for block in getattr(table, "_mgr").blocks]  # noqa: B009


def _is_as_it_was(table: pd.DataFrame, held: _Held) -> bool:
    arrays = _arrays(table)
    return (
        table.columns is held.columns
        and len(arrays) == len(held.arrays)
        and all(map(is_, arrays, held.arrays))
    )


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """The rows of a table as dictionaries, by name of column; what is missing is None.

    Examples
    --------
    >>> rows_of(pd.DataFrame({"start": pd.Series([4, None], dtype="Int64")}))
    [{'start': 4}, {'start': None}]
    """
    names = [str(name) for name in frame.columns]
    columns = [
        [None if value is pd.NA else value for value in frame[name].astype(object).tolist()]
        for name in frame.columns
    ]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def rows_by(table: pd.DataFrame, *columns: str) -> Mapping[Key, list[Row]]:
    """The rows of a table by the values of `columns`, each group in the table's order.

    Nobody may change them: they are read once and given to all who ask.

    Parameters
    ----------
    table : DataFrame
    *columns : str
        `source_id` first; a null value is None in the key.

    Examples
    --------
    >>> table = pd.DataFrame({"source_id": ["a", "b", "a"], "code": ["x", "y", "z"]})
    >>> {key: len(rows) for key, rows in rows_by(table, "source_id").items()}
    {('a',): 2, ('b',): 1}
    """
    held = _held(table)
    if columns not in held.grouped:
        found: dict[Key, list[Row]] = {}
        for row in held.rows():
            key = tuple(None if pd.isna(row[name]) else str(row[name]) for name in columns)
            found.setdefault(key, []).append(row)
        held.grouped[columns] = found
    return held.grouped[columns]


def made_once(table: pd.DataFrame, key: Hashable, make: Callable[[], Made]) -> Made:
    """What `make` gives, made once for `key`.

    Parameters
    ----------
    table : DataFrame
    key
        Names one source, and all else that the value depends on.
    make : function
        Looks at no row of the table but those of that source.
    """
    made = _held(table).made
    if key not in made:
        made[key] = make()
    found: Made = made[key]
    return found


def without_sources(table: pd.DataFrame, left_out: Collection[str]) -> pd.DataFrame:
    """The table without the rows of some sources, in its order, numbered anew.

    Examples
    --------
    >>> table = pd.DataFrame({"source_id": ["a", "b", "a"], "code": ["x", "y", "z"]})
    >>> without_sources(table, {"a"})
      source_id code
    0         b    y
    """
    kept = table[~table["source_id"].isin(list(left_out)).fillna(False).to_numpy(dtype=bool)]
    kept = kept.reset_index(drop=True)
    there = _HELD.get(id(table))
    if there is not None and _is_as_it_was(table, there):
        grouped = {
            columns: {key: rows for key, rows in groups.items() if key[0] not in left_out}
            for columns, groups in there.grouped.items()
        }
        held = _held(kept)
        held.grouped, held.made = grouped, there.made
        of_all = there.rows
        held.rows = cache(
            lambda: [row for row in of_all() if str(row["source_id"]) not in left_out]
        )
    return kept
