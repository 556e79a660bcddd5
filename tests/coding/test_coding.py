"""Rows of codings and readings: ids, quotes, and the refusal of another text."""

from __future__ import annotations

import hashlib

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.coding.coding import coding_row, derived_coding_id, reading_row, verify_row
from tertium.columns import CODINGS, READINGS, frame
from tertium.errors import ChecksumError
from tertium.offsets import canonical
from tertium.schemes.read import read_scheme
from tertium.sources.source import Source
from tertium.spans import Span

TEXT = "罢工👍🏽 Strike e\u0327! " * 8
SOURCE = Source("s", canonical(TEXT), language="en")
FIRST = Span(0, 2)
SIGNED = {"coder": "rule", "coder_version": "1", "coder_kind": "rule"}


def row(span: Span = FIRST, source: Source = SOURCE, **changes) -> dict:
    """A row of the codings table."""
    return {**coding_row(source, span, read_scheme("approach"), "strike", **SIGNED), **changes}


def test_an_id_is_the_first_16_digits_of_the_stated_hash():
    """Text, span, scheme, code and coder, in that order, with a separator no name can hold."""
    content = "\x1f".join(["f" * 64, "3", "9", "approach", "strike", "rule"]).encode()
    expected = hashlib.sha256(content).hexdigest()[:16]
    assert derived_coding_id("f" * 64, Span(3, 9), "approach", "strike", "rule") == expected


def test_ids_stay_what_they_were():
    """Written down, so that a release can't change the ids of codings that people cite."""
    assert (
        derived_coding_id("0" * 64, Span(0, 4), "approach", "strike", "rule") == "6ac70659507fbcb9"
    )
    assert derived_coding_id("0" * 64, None, "approach", "strike", "rule") == "7e79149dbf031abe"


@pytest.mark.parametrize(
    "other",
    [
        ("1" * 64, Span(3, 9), "approach", "strike", "rule"),
        ("0" * 64, Span(4, 9), "approach", "strike", "rule"),
        ("0" * 64, Span(3, 8), "approach", "strike", "rule"),
        ("0" * 64, Span(3, 9), "claim", "strike", "rule"),
        ("0" * 64, Span(3, 9), "approach", "ngo", "rule"),
        ("0" * 64, Span(3, 9), "approach", "strike", "ana"),
        ("0" * 64, None, "approach", "strike", "rule"),
    ],
)
def test_every_part_tells_ids_apart(other: tuple):
    """Two codings that differ in anything that identifies them have two ids."""
    assert derived_coding_id(*other) != derived_coding_id(
        "0" * 64, Span(3, 9), "approach", "strike", "rule"
    )


@given(st.data())
def test_a_row_quotes_the_text_at_its_offsets(data: st.DataObject):
    """Quote, prefix and suffix are what the text reads, whatever the script."""
    source = Source("s", canonical(data.draw(st.text(min_size=1)) + "罢"))
    start = data.draw(st.integers(0, len(source.text) - 1))
    end = data.draw(st.integers(start + 1, len(source.text)))
    made = row(Span(start, end), source)
    assert made["quote"] == source.text[start:end]
    assert source.text[:start].endswith(made["prefix"])
    assert source.text[end:].startswith(made["suffix"])
    assert max(len(made["prefix"]), len(made["suffix"])) <= 32
    verify_row(made, source)


def test_prefix_and_suffix_are_32_characters_where_the_text_has_them():
    """Enough to find a quote again after the text has moved."""
    made = row(Span(40, 42))
    assert (made["prefix"], made["suffix"]) == (SOURCE.text[8:40], SOURCE.text[42:74])


def test_rows_are_rows_of_their_tables():
    """Every key is a column."""
    assert len(frame([row()], CODINGS)) == 1
    reading = reading_row(SOURCE, read_scheme("approach"), "strike", **SIGNED)
    table = frame([reading], READINGS)
    assert table["start"].isna().all()
    assert table["created"].isna().all()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text_sha256": "0" * 64}, "another text"),
        ({"quote": "strike"}, "does not read 'strike' at 0 to 2"),
        ({"start": 1}, "does not read"),
        ({"end": 3}, "does not read"),
        ({"start": -2, "end": 2}, "does not read"),
        ({"end": 10_000, "quote": SOURCE.text}, "does not read"),
        ({"start": 2, "end": 2, "quote": ""}, "does not read"),
        ({"start": pd.NA}, "does not read"),
        ({"start": pd.NA, "quote": None}, "does not read"),
        ({"end": None, "quote": None}, "does not read"),
        ({"start": pd.NA, "end": pd.NA, "quote": "罢工"}, "does not read"),
    ],
)
def test_a_row_that_does_not_fit_the_text_is_refused(changes: dict, message: str):
    """Another checksum, another quote, moved or impossible offsets."""
    with pytest.raises(ChecksumError, match=message):
        verify_row(row(**changes), SOURCE)


@pytest.mark.parametrize("missing", [None, pd.NA, float("nan")])
@pytest.mark.parametrize("quote", [None, SOURCE.text])
def test_a_coding_of_the_whole_source_has_no_offsets(missing: object, quote: str | None):
    """It quotes the whole text or nothing; so does a text-free export quote nothing."""
    verify_row(row(start=missing, end=missing, quote=quote), SOURCE)
    verify_row(row(quote=None), SOURCE)
