"""Display tables carry labels and passages, and their text is never anything but text."""

from __future__ import annotations

import csv
import io
import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.comparison.result import Result, support_table
from tertium.errors import UnknownNameError
from tertium.report.tables import TABLE_MIME, csv_text, markdown_text, table

HOSTILE = [
    "<script>alert(1)</script>",
    '=cmd|"/c calc"!A1',
    "#eval(1)",
    "$x^2$",
    "`rm`",
    "@key",
    "a|b",
    "+1",
    "-1",
    "\tx",
    "a\nb",
]


def passage(row, column, number=0, **facts):
    return {
        "row": row, "column": column, "passage_id": f"{number:016x}", "source_id": "s", "source_title": "T <b>",
        "citation_key": "chung2010", "start": number, "end": number + 5, "quote": f"Quote {number}", "place": "para. 4",
        "scheme": "approach", "code": "strike", "coder": "rule", "stance": "asserted", "coding_ids": ("c1",),
        "cited_as": "Chung 2010", **facts,
    }  # fmt: skip


@pytest.fixture
def grid() -> Result:
    frame = pd.DataFrame(
        {"union_official": [2, 0], "ngo": [1, pd.NA]}, index=["strike", "none"], dtype="Int64"
    )
    frame.index.name, frame.columns.name = "approach", "voice"
    return Result(
        frame,
        title="Approaches by voice",
        note="A note.",
        support=support_table(
            [
                passage("strike", "ngo", 1),
                passage("strike", "union_official", 2),
                passage("strike", "union_official", 3),
            ]
        ),
        row_labels={"strike": "Strikes", "none": "None"},
        column_counts={"union_official": 2, "ngo": 1},
        missing="not searched",
    )


def texts(display):
    return [[cell["text"] for cell in row] for row in display.content["rows"]]


def test_content(grid):
    """Labels for people, numbers to the right, each cell with its passages, each passage once."""
    content = table(grid, name="approach-by-voice").content
    assert content["id"] == "tbl-approach-by-voice"
    assert content["version"] == 1
    assert [column["label"] for column in content["columns"]] == [
        "Approach",
        "Official union (n\u00a0=\u00a02)",
        "NGO (n\u00a0=\u00a01)",
    ]
    assert [column["align"] for column in content["columns"]] == ["left", "right", "right"]
    assert texts(table(grid, name="x")) == [["Strikes", "2", "1"], ["None", "0", "not searched"]]
    assert content["rows"][0][1]["evidence"] == [f"{2:016x}", f"{3:016x}"]
    assert set(content["passages"]) == {f"{n:016x}" for n in (1, 2, 3)}
    assert content["passages"][f"{1:016x}"]["start"] == 1


def test_mime_bundle(grid):
    """The bundle holds text, HTML and a JSON that survives the notebook file."""
    display = table(grid, name="x")
    bundle = display._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html", TABLE_MIME}
    assert json.loads(json.dumps(bundle[TABLE_MIME])) == dict(display.content)
    assert bundle["text/plain"] == repr(table(grid, name="x"))


def test_cells_as_quotes(grid):
    """A cell of quotations holds source and place; an empty one says why it is empty."""
    rows = texts(table(grid, name="x", cells="quotes"))
    assert rows[0][1] == "Quote 2 (Chung 2010, para. 4)\nQuote 3 (Chung 2010, para. 4)"
    assert rows[1] == ["None", "nothing found", "not searched"]


def test_long_quotes_are_shortened(grid):
    """At most three passages a cell, each cut at a word's border, then how many more there are."""
    support = [passage("strike", "ngo", n, quote="word " * 100, stance="planned") for n in range(5)]
    display = table(
        Result(**{**grid.__dict__, "support": support_table(support)}), name="x", cells="quotes"
    )
    lines = texts(display)[0][2].split("\n")
    assert len(lines) == 4
    assert lines[-1] == "… and 2 more"
    assert lines[0].endswith("word… (Chung 2010, para. 4; planned)")
    assert len(display.content["rows"][0][2]["evidence"]) == 5


def test_one_passage_under_two_codes_is_joined(grid):
    """A passage that stands in two cells is listed once, with both codes."""
    support = [
        passage("strike", "ngo", 1),
        passage("none", "ngo", 1, code="agency", stance="criticised"),
    ]
    content = table(
        Result(**{**grid.__dict__, "support": support_table(support)}), name="x"
    ).content
    (only,) = content["passages"].values()
    assert only["code"] == "agency; strike"
    assert only["stance"] == "asserted; criticised"


def test_list_with_groups():
    """A list is grouped by its column, which is then left out; a row links at its last cell."""
    frame = pd.DataFrame({"source": ["A", "A", "B"], "value": [1, 2, 3]}, index=pd.RangeIndex(1, 4))
    result = Result(
        frame, title="L", group_by="source", support=support_table([passage(2, None, 7)])
    )
    content = table(result, name="x").content
    assert content["groups"] == [{"label": "A", "row": 0}, {"label": "B", "row": 2}]
    assert [column["name"] for column in content["columns"]] == ["value"]
    assert content["rows"][1][0]["evidence"] == [f"{7:016x}"]


def test_passages_of_single_cells_of_a_list_stand_there():
    """What belongs to a cell opens from it, what belongs to the whole row once, at its end."""
    frame = pd.DataFrame({"why": ["x"], "outcome": ["y"], "number": [1]}, index=[1])
    support = support_table([passage(1, "why", 7), passage(1, None, 8)])
    (row,) = table(Result(frame, title="T", support=support), name="t").content["rows"]
    keys = [[int(key, 16) for key in cell["evidence"]] for cell in row]
    assert keys == [[7, 8], [], [8]]


def test_texts_stand_in_for_values_of_a_list():
    """A cell with a text of its own shows it, the others their value; hidden columns stay in the CSV."""
    frame = pd.DataFrame(
        {"value": [51.0, 2000.0], "upper": [100.0, None]},
        index=pd.RangeIndex(1, 3),
        dtype="Float64",
    )
    shown = pd.DataFrame(
        {"value": ["51–100", None], "upper": [None, None]}, index=frame.index, dtype=object
    )
    result = Result(frame, title="L", shown=shown, hidden=("upper",))
    display = table(result, name="x")
    assert texts(display) == [["51–100"], ["2,000"]]
    assert [column["align"] for column in display.content["columns"]] == ["right"]
    assert csv_text(result) == "value,upper\r\n51,100\r\n2000,\r\n"


def test_quotes_stand_as_passages_are_numbered(grid):
    """The first three passages are quoted, by source and place, and their keys come first, in that order."""
    order = [7, 9, 5, 1, 3]
    support = [passage("strike", "ngo", n, rank=rank) for rank, n in enumerate(order)]
    display = table(
        Result(**{**grid.__dict__, "support": support_table(support), "quotes_note": "Q."}),
        name="x",
        cells="quotes",
    )
    cell = display.content["rows"][0][2]
    assert [line[:7] for line in cell["text"].split("\n")] == [
        "Quote 5",
        "Quote 7",
        "Quote 9",
        "… and 2",
    ]
    assert cell["evidence"] == [f"{n:016x}" for n in (5, 7, 9, 1, 3)]
    assert display.content["note"] == "Q. A cell shows at most 3 of its passages, shortened."


def test_dates_are_said_in_words():
    """An open date is "since"; the CSV keeps it as it is."""
    result = Result(pd.DataFrame({"date": ["2004/..", "2010-03", "undated"]}), title="D")
    assert texts(table(result, name="x")) == [["since 2004"], ["2010-03"], ["undated"]]
    assert "2004/.." in csv_text(result)


def test_fewer_columns_and_rows(grid):
    """Columns can be chosen and rows cut, and the note says so."""
    display = table(grid, name="x", columns=["ngo"], rows=1, title="Other")
    assert texts(display) == [["Strikes", "1"]]
    assert display.content["note"] == "A note. The first 1 of 2 rows."
    assert display.content["title"] == "Other"
    assert set(display.content["passages"]) == {f"{1:016x}"}


@pytest.mark.parametrize(
    "arguments",
    [{"name": "A b"}, {"name": "x", "cells": "words"}, {"name": "x", "columns": ["state"]}],
)
def test_wrong_arguments_are_refused(grid, arguments):
    """A name that can't be an id, and columns that are not there, are refused."""
    with pytest.raises(UnknownNameError):
        table(grid, **arguments)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text_in_html(text):
    """Whatever a source holds, the HTML shows it as characters."""
    frame = pd.DataFrame({text: [text]}, index=pd.Index([text], name=text, dtype=object))
    result = Result(
        frame, title=text, note=text, support=support_table([passage(text, None, quote=text)])
    )
    html = table(result, name="x").to_html()
    assert "<script" not in html
    assert "mathjax_ignore" in html


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text_in_csv(text):
    """A cell that a spreadsheet would run gets an apostrophe; every text can be read back."""
    frame = pd.DataFrame({"a": [text], "b": [-1]})
    (_, row) = csv.reader(io.StringIO(csv_text(frame), newline=""))
    assert row[0].removeprefix("'") == text
    assert row[0][0] not in "=+-@\t\r"
    assert row[1] == "-1"


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=20))
def test_any_text_survives_csv(text):
    """Reading a CSV gives back what was written, but for the apostrophe."""
    (_, row) = csv.reader(io.StringIO(csv_text(pd.DataFrame({"a": [text], "b": [1]})), newline=""))
    assert row[0] in (text, f"'{text}")


def test_csv_of_a_grid(grid):
    """The table has ids and states; the long form has one row a passage and one an empty cell."""
    assert csv_text(grid) == "approach,union_official,ngo\r\nstrike,2,1\r\nnone,0,not searched\r\n"
    lines = csv_text(grid, form="passages").split("\r\n")
    assert lines[0] == "approach,voice,state,source_id,start,end,quote,coder"
    assert lines[1] == "strike,union_official,filled,s,2,7,Quote 2,rule"
    assert "none,union_official,empty,,,,," in lines
    assert "none,ngo,not_searched,,,,," in lines


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text_in_markdown(text):
    """Every mark of Markdown is escaped, and a row has as many cells as the head."""
    frame = pd.DataFrame({"a": [text], "b": ["x"]}, index=pd.RangeIndex(1, 2))
    lines = markdown_text(Result(frame, title="T")).split("\n")
    row = next(line for line in lines if line.endswith("| x |"))
    unescaped = row.replace("\\\\", "")
    assert len([i for i, c in enumerate(unescaped) if c == "|" and unescaped[i - 1] != "\\"]) == 3
    assert "<" not in row.replace("\\<", "")
    assert "$" not in row.replace("\\$", "")


def test_plain_text_is_aligned(grid):
    """The text form is stable and shows labels."""
    assert repr(table(grid, name="x")).split("\n")[2].startswith("Approach")
    assert repr(table(grid, name="x")) == repr(table(grid, name="x"))


@pytest.fixture
def actors() -> Result:
    """Three actors: one of two sources, one of one source often, one of two sources and more."""
    frame = pd.DataFrame(
        {"strike": [2, 5, 3]}, index=["unions", "riders", "=drivers"], dtype="Int64"
    )
    frame.index.name, frame.columns.name = "actor", "approach"
    support = [
        passage("unions", "strike", 1),
        passage("unions", "strike", 2, source_id="t"),
        passage("riders", "strike", 3),
        passage("=drivers", "strike", 4),
        passage("=drivers", "strike", 5, source_id="t"),
    ]
    return Result(frame, title="Actors", note="A note.", support=support_table(support))


def test_rows_of_few_sources_are_left_out_of_print_alone(actors):
    """Fewer rows are shown, largest first; the note counts the others and the CSV has them."""
    shown = table(actors, name="named", min_sources=2, largest_first=True)
    assert [row[0]["text"] for row in shown.content["rows"]] == ["=drivers", "unions"]
    assert shown.content["note"] == (
        "A note. 1 more stand in fewer than 2 sources; named.csv has all."
    )
    assert "riders" in shown.content["files"]["named.csv"]
    assert len(shown.content["passages"]) == 4


def test_rows_of_a_grid_stand_in_groups(actors):
    """A group is headed once where its rows follow each other."""
    grouped = Result(
        actors.frame,
        title="A",
        row_groups={"unions": "Bodies", "riders": "People", "=drivers": "People"},
    )
    assert table(grouped, name="a").content["groups"] == [
        {"label": "Bodies", "row": 0},
        {"label": "People", "row": 1},
    ]
