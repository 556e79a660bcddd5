"""Rows are read once, in the table's order, and anew where a table was changed in place."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

from tertium.comparison.held_rows import made_once, rows_by, without_sources


def table() -> pd.DataFrame:
    """Three rows of two sources, with the kinds of column that a bundle has."""
    return pd.DataFrame(
        {
            "source_id": pd.Series(["a", "b", "a"], dtype="string"),
            "code": pd.Series(["y", "z", "x"], dtype="string"),
            "start": pd.array([1, None, 2], dtype="Int64"),
            "number": [1, 2, 3],
            "stance": pd.Series(["p", None, "q"], dtype=object),
        }
    )


def _set_cell(one: pd.DataFrame) -> None:
    one.loc[0, "number"] = 9


def _set_rows(one: pd.DataFrame) -> None:
    one.loc[(one["source_id"] == "a").fillna(False), "start"] = 7


def _set_at(one: pd.DataFrame) -> None:
    one.at[0, "stance"] = "w"


def _set_column(one: pd.DataFrame) -> None:
    one["code"] = "n"


def _drop(one: pd.DataFrame) -> None:
    del one["number"]


def _rename(one: pd.DataFrame) -> None:
    one.columns = ["source_id", "code", "start", "count", "stance"]


def _replace(one: pd.DataFrame) -> None:
    one.replace({"number": {1: 8}}, inplace=True)


def _add(one: pd.DataFrame) -> None:
    one.loc[3] = ["c", "n", 1, 1, "p"]


@pytest.mark.parametrize(
    "change",
    [_set_cell, _set_rows, _set_at, _set_column, _drop, _rename, _replace, _add],
    ids=lambda change: change.__name__,
)
def test_a_table_changed_in_place_is_read_anew(change: Callable[[pd.DataFrame], None]) -> None:
    """What was read, and what was made of it, is forgotten with the first change."""
    changed = table()
    before = repr(rows_by(changed, "source_id"))
    made_once(changed, "a", lambda: "old")
    change(changed)
    found = rows_by(changed, "source_id")
    assert repr(found) == repr(rows_by(changed.copy(), "source_id")) != before
    assert made_once(changed, "a", lambda: "new") == "new"
    assert rows_by(changed, "source_id") is found


def test_a_changed_table_gives_nothing_to_one_without_some_sources() -> None:
    """Rows that are no longer true are not handed on."""
    changed = table()
    rows_by(changed, "source_id")
    changed.loc[0, "number"] = 9
    rest = without_sources(changed, {"b"})
    assert [row["number"] for row in rows_by(rest, "source_id")["a",]] == [9, 3]


def test_groups_keep_the_tables_order() -> None:
    """Also where the rows were grouped otherwise before, and in a table without some sources."""
    whole = table()
    rows_by(whole, "source_id", "code")
    rest = without_sources(whole, {"b"})
    for one in (whole, rest):
        rows_by(one, "source_id", "code")
        assert [row["code"] for row in rows_by(one, "source_id")["a",]] == ["y", "x"]
    by_code = table().assign(source_id=["a", "b", "a"]).sort_values("code", ascending=False)
    rows_by(by_code, "source_id", "number")
    assert [row["code"] for row in rows_by(by_code, "source_id")["a",]] == ["y", "x"]
    assert [row["source_id"] for row in rows_by(whole, "number")["1",]] == ["a"]
    mixed = table().iloc[[0, 1, 2]].assign(zone=["m", "m", "m"])
    rows_by(mixed, "source_id")
    assert [row["number"] for row in rows_by(mixed, "zone")["m",]] == [1, 2, 3]


def test_what_is_not_changed_is_read_once() -> None:
    """The same groups are given each time; a copy has its own."""
    whole = table()
    assert rows_by(whole, "source_id") is rows_by(whole, "source_id")
    assert rows_by(whole.copy(), "source_id") is not rows_by(whole, "source_id")
