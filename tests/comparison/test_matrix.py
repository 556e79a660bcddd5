"""The framework matrix rebuilds an author's own table and adds what stands elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.coding.coder import code
from tertium.comparison.crosstabs.crosstab import crosstab
from tertium.comparison.matrix import framework_matrix
from tertium.errors import UnknownNameError
from tertium.schemes.read import read_scheme
from tertium.sources.sections import find_sections, find_tables, header_cells
from tertium.sources.source import Source
from tertium.spans import Span, covered_length, intersection

from .conftest import coding, everything_read, make_tables, shuffled, source

HEADINGS = """# An article

Before the table, strikers told of wages.

## Strikes

### What they want

Strikers ask for wages.

They also ask for the state's help.

### Who

Migrant workers.

## Law suits

### What they want

A court's word.

### Who

NGOs.
"""
NESTED_THE_OTHER_WAY = """# An article

## What they want

### Strikes

Wages at once.

### Law suits

A court's word.

## Who

### Strikes

Migrant workers.

### Law suits

NGOs.
"""
PIPES = """# An article

| | What they want | Who |
| --- | --- | --- |
| Strikes | Wages at once. | Migrant workers. |
| Law suits | A court's word. | NGOs. |
"""
CODES = {"Strikes": ("approach", "strike"), "Law suits": ("approach", "ngo_paralegal"),
         "What they want": ("dimension", "content"), "Who": ("dimension", "agency")}  # fmt: skip


def coded_by_heading(text, *more, read=True):
    """Tables of one source whose headings code what stands under them."""
    headings = []
    for line_start in [i for i in range(len(text)) if i == 0 or text[i - 1] == "\n"]:
        line = text[line_start:].split("\n", 1)[0]
        if line.startswith("#"):
            headings.append(
                (Span(line_start, line_start + len(line)), len(line) - len(line.lstrip("#")))
            )
    for table in find_tables(text):
        headings.extend((cell, 7) for cell in header_cells(text, table))
    codings = []
    for section in find_sections(text, sorted(headings)):
        words = section.heading.of(text).lstrip("# ")
        if words in CODES:
            scheme, code = CODES[words]
            codings.extend(
                {
                    "source_id": "s",
                    "scheme": scheme,
                    "code": code,
                    "start": e.start,
                    "end": e.end,
                    "quote": e.of(text),
                }
                for e in section.extents
            )
    return make_tables(
        [source("s", text, voice="ngo")],
        [*codings, *more],
        readings=everything_read("s") if read else (),
    )


def cell(matrix, row, column):
    return list(matrix.evidence(row, column)["quote"])


@pytest.mark.parametrize("text", [NESTED_THE_OTHER_WAY, PIPES])
def test_layouts(text):
    """The same cells come out of headings in either order and of a table with pipes."""
    matrix = framework_matrix(coded_by_heading(text))
    assert cell(matrix, "strike", "content") == ["Wages at once."]
    assert cell(matrix, "strike", "agency") == ["Migrant workers."]
    assert cell(matrix, "ngo_paralegal", "content") == ["A court's word."]
    assert cell(matrix, "ngo_paralegal", "agency") == ["NGOs."]
    assert cell(matrix, "state_led", "content") == []


def test_a_passage_is_a_paragraph_without_its_heading():
    """A cell holds the paragraphs under the headings, each apart, without the headings."""
    matrix = framework_matrix(coded_by_heading(HEADINGS))
    assert cell(matrix, "strike", "content") == [
        "Strikers ask for wages.",
        "They also ask for the state's help.",
    ]
    assert matrix.frame.at["strike", "content"] == 2


def test_words_do_not_move_a_passage_out_of_its_authors_cell():
    """Where headings give approach and dimension, a passage's own words put it nowhere else."""
    sentence = "They also ask for the state's help."
    more = [
        coding("s", sentence, "approach", "state_led"),
        coding("s", sentence, "dimension", "agency"),
    ]
    matrix = framework_matrix(coded_by_heading(HEADINGS, *more))
    assert cell(matrix, "state_led", "content") == []
    assert cell(matrix, "state_led", "agency") == []
    assert cell(matrix, "strike", "agency") == ["Migrant workers."]
    assert sentence in cell(matrix, "strike", "content")


def test_text_outside_the_table_enters_cells():
    """Elsewhere a passage stands where its own codings meet, after what the author put there."""
    sentence = "Before the table, strikers told of wages."
    more = [
        coding("s", sentence, "approach", "strike"),
        coding("s", sentence, "dimension", "content"),
    ]
    matrix = framework_matrix(coded_by_heading(HEADINGS, *more))
    assert cell(matrix, "strike", "content")[-1] == sentence
    assert matrix.frame.at["strike", "content"] == 3


def test_one_heading_may_meet_a_sentence():
    """A heading for the approach alone meets the dimension that a sentence under it has."""
    text = (
        "# T\n\nIntro.\n\n## Strikes\n\nWages were asked for. The day was cold.\n\n## End\n\nBye.\n"
    )
    tables = coded_by_heading(text, coding("s", "Wages were asked for.", "dimension", "content"))
    assert cell(framework_matrix(tables), "strike", "content") == ["Wages were asked for."]


def test_each_sentence_is_a_passage():
    """Outside an author's own headings neighbouring sentences of a cell are passages of their own."""
    text = "One goes. Two goes. Three stays.\n\nFour goes."
    codings = [coding("s", q, *code) for q in ("One goes.", "Two goes.", "Four goes.")
               for code in (("approach", "strike"), ("dimension", "content"))]  # fmt: skip
    matrix_tables = make_tables([source("s", text)], codings, readings=everything_read("s"))
    matrix = framework_matrix(matrix_tables)
    assert cell(matrix, "strike", "content") == ["One goes.", "Two goes.", "Four goes."]
    assert (
        crosstab(matrix_tables, rows="approach", columns="dimension", count="passages").frame.at[
            "strike", "content"
        ]
        == 3
    )


def test_empty_and_not_searched():
    """A cell that was looked for in vain is 0 and "empty"; one nobody looked for is null."""
    searched = framework_matrix(coded_by_heading(PIPES))
    assert searched.frame.at["state_led", "content"] == 0
    unread = framework_matrix(make_tables([source("s", "Text.")]))
    assert unread.frame.isna().all(axis=None)
    assert set(unread.passages["state"]) == {"not_searched"}
    long = searched.passages
    assert list(long.columns) == [
        "approach",
        "dimension",
        "state",
        "source_id",
        "start",
        "end",
        "quote",
        "coder",
    ]
    assert set(long.loc[long["approach"] == "state_led", "state"]) == {"empty"}
    assert len(long) == 4 + 2


def test_quotes_are_the_text_at_their_offsets():
    """Every passage is exactly the characters it names."""
    long = framework_matrix(coded_by_heading(HEADINGS)).passages.dropna(subset=["start"])
    assert len(long)
    assert all(HEADINGS[row.start : row.end] == row.quote for row in long.itertuples())


def test_place_of_a_table_cell():
    """A table's cell is named by the heads of its row and column."""
    found = framework_matrix(coded_by_heading(PIPES)).evidence("strike", "agency")
    assert list(found["place"]) == ["table 1, “Strikes” / “Who”"]


def test_denied_codings_stay_out():
    """What denies an approach is no passage of it."""
    more = [
        coding("s", "Text.", "approach", "strike", stance="denied"),
        coding("s", "Text.", "dimension", "content"),
    ]
    tables = make_tables([source("s", "Text.")], more, readings=everything_read("s"))
    assert framework_matrix(tables).frame.at["strike", "content"] == 0


def test_notes_speak_of_what_the_cells_show():
    """The note for quotations says nothing of counts; both say when a passage stands in two cells."""
    codings = [coding("s", "Text.", "approach", code) for code in ("strike", "ngo_paralegal")]
    codings.append(coding("s", "Text.", "dimension", "content"))
    matrix = framework_matrix(
        make_tables([source("s", "Text.")], codings, readings=everything_read("s"))
    )
    assert "0:" in matrix.note
    assert "0:" not in matrix.quotes_note
    assert "under both where it has two" in matrix.quotes_note
    assert "A passage is a sentence" in matrix.quotes_note
    assert "under both" not in framework_matrix(coded_by_heading(PIPES)).quotes_note


def test_unknown_scheme_is_refused(small):
    """A scheme that is not there is refused with those that are."""
    with pytest.raises(UnknownNameError, match="approach, dimension"):
        framework_matrix(small, columns="tier")
    with pytest.raises(UnknownNameError, match="both"):
        framework_matrix(small, columns="approach")


@settings(deadline=None, max_examples=30)
@given(st.randoms(use_true_random=False))
def test_order_of_rows_changes_nothing(random):
    """Tables with their rows in another order give the same matrix."""
    tables = coded_by_heading(PIPES)
    one, two = (
        framework_matrix(tables),
        framework_matrix(shuffled(tables, lambda n: random.sample(range(n), n))),
    )
    assert repr(one) == repr(two)
    pd.testing.assert_frame_equal(one.support, two.support)


spans = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 6)).map(lambda p: Span(p[0], p[0] + p[1])),
    max_size=6,
)


@settings(deadline=None, max_examples=30)
@given(spans, spans)
def test_intersection_is_symmetric_and_complete(one, other):
    """A character is in the intersection exactly where it is in both."""
    assert intersection(one, other) == intersection(other, one)
    both = {i for s in one for i in range(s.start, s.end)} & {
        i for s in other for i in range(s.start, s.end)
    }
    assert covered_length(intersection(one, other)) == len(both)


def test_a_deeper_heading_of_another_approach_takes_its_text():
    """Under "Legal aid" and in it "Strikes", a sentence belongs to strikes alone."""
    text = "# T\n\nIntro.\n\n## Legal aid\n\n### Strikes\n\nThe workers' union led the protest march.\n"
    made = Source(id="s", text=text, language="en", markup="markdown")
    schemes = [read_scheme("approach"), read_scheme("dimension")]
    codings, readings = code([made], schemes)
    tables = replace(
        make_tables([source("s", text)]),
        codings=codings,
        readings=readings,
        schemes={scheme.name: scheme for scheme in schemes},
    )
    matrix = framework_matrix(tables)
    assert cell(matrix, "strike", "agency") == ["The workers' union led the protest march."]
    assert cell(matrix, "ngo_paralegal", "agency") == []


def test_parts_of_a_section_are_codings_by_heading():
    """What a deeper heading leaves of a section still stands where the author put it."""
    text = "# T\n\nIntro.\n\n## Strikes\n\n### Who\n\nMigrants.\n\n### Law suits\n\nA suit.\n\n### What they want\n\nWages.\n"
    tables = coded_by_heading(text)
    first, last = text.index("### Law"), text.index("### What")
    strikes = tables.codings[tables.codings["code"] == "strike"].iloc[0]
    parts = pd.DataFrame([{**strikes, "coding_id": "p1", "end": first, "quote": text[strikes["start"] : first]},
                          {**strikes, "coding_id": "p2", "start": last, "quote": text[last : strikes["end"]]}])  # fmt: skip
    rest = tables.codings[tables.codings["code"] != "strike"]
    tables = replace(
        tables, codings=pd.concat([rest, parts.astype(rest.dtypes)], ignore_index=True)
    )
    matrix = framework_matrix(tables)
    assert cell(matrix, "strike", "content") == ["Wages."]
    assert cell(matrix, "strike", "agency") == ["Migrants."]
