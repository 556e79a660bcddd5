"""Frames between the stages have exactly the columns that are written down."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium import columns

TABLES = {
    "MANIFEST": columns.MANIFEST,
    "SOURCES": columns.SOURCES,
    "UNITS": columns.UNITS,
    "ZONES": columns.ZONE_COLUMNS,
    "CODINGS": columns.CODINGS,
    "READINGS": columns.READINGS,
    "VERDICTS": columns.VERDICTS,
    "EVALUATED": columns.EVALUATED,
    "CASES": columns.CASES,
    "MEMBERSHIPS": columns.MEMBERSHIPS,
}
VALUES = {
    "string": st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    "Int64": st.integers(-(2**62), 2**62),
    "Float64": st.floats(0, 1),
    "boolean": st.booleans(),
    "object": st.tuples(st.just("id")),
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_columns_are_named_once_and_explained(table):
    """Each column has one name, a type that pandas knows, and a meaning."""
    names = columns.names(table)
    assert len(names) == len(set(names))
    for column in table:
        assert column.meaning
        assert column.dtype in VALUES


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_an_empty_frame_has_all_columns(table):
    """No rows is still a table: same columns, same types."""
    empty = columns.frame([], table)
    assert list(empty.columns) == columns.names(table)
    assert len(empty) == 0
    one = columns.frame([{}], table)
    assert list(one.dtypes) == list(empty.dtypes)
    assert one.isna().all(axis=None)


@given(st.sampled_from(sorted(TABLES)), st.data())
def test_values_come_out_as_they_went_in(name, data):
    """A frame keeps every value, in the order of the columns, whatever the order of the keys."""
    table = TABLES[name]
    row = {column.name: data.draw(VALUES[column.dtype]) for column in table}
    shuffled = dict(data.draw(st.permutations(sorted(row.items()))))
    made = columns.frame([shuffled], table)
    assert list(made.columns) == columns.names(table)
    assert {key: made.iloc[0][key] for key in row} == row


def test_unknown_columns_are_refused():
    """A misspelt column is an error that names it and the columns there are."""
    with pytest.raises(ValueError, match=r"no such column: nme; columns are case_id, name"):
        columns.frame([{"nme": "x"}], columns.CASES)


def test_null_is_not_the_empty_word():
    """Missing and empty stay apart."""
    made = columns.frame([{"case_id": "a", "region": ""}, {"case_id": "b"}], columns.CASES)
    assert made["region"].tolist() == ["", pd.NA]


def test_closed_lists_hold_what_the_design_says():
    """Voices and zones are the closed lists that manifest and zones are checked against."""
    assert "union_official" in columns.VOICES
    assert len(columns.VOICES) == 12
    assert columns.ZONES == ("body", "heading", "furniture", "caption", "endnote")
    assert columns.TEXTS == ("digests", "originals", "both")
