"""What stands under a heading, in running text and in tables."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.offsets import canonical
from tertium.sources.sections import (
    TABLE_LEVEL,
    cell_text,
    find_sections,
    find_tables,
    header_cells,
    lines_of,
    table_at,
    trimmed,
)
from tertium.sources.source import Source
from tertium.sources.zones import source_sections
from tertium.spans import Span

PROSE = (
    "The workers of the plant went on strike on Monday, and the union of the town was with them."
)


def under(text: str, markup: str = "markdown") -> dict[str, list[str]]:
    """Each heading's words with the text that it stands over."""
    source = Source("a", canonical(text), markup=markup)
    return {
        section.heading.of(source.text): [extent.of(source.text) for extent in section.extents]
        for section in source_sections(source)
    }


def titles(text: str, markup: str = "markdown") -> list[str]:
    """Headings that are the title of the whole text."""
    source = Source("a", canonical(text), markup=markup)
    return [one.heading.of(source.text) for one in source_sections(source) if one.is_title]


def cells(text: str) -> list[list[str | None]]:
    """The words of the cells of the first table."""
    (table, *_) = find_tables(text)
    return [
        [words.of(text) if (words := cell_text(text, cell)) else None for cell in row]
        for row in table.rows
    ]


# Running text.


def test_a_section_ends_at_the_next_heading_of_its_level_or_above():
    """Deeper headings are part of it."""
    sections = under("# T\n\n## A\n\na\n\n### B\n\nb\n\n## C\n\nc\n\n# D\n\nd\n")
    assert sections["## A"] == ["## A\n\na\n\n### B\n\nb\n\n"]
    assert sections["### B"] == ["### B\n\nb\n\n"]
    assert sections["# D"] == ["# D\n\nd\n"]


def test_a_section_may_skip_levels():
    """A heading of level 4 right below one of level 1 ends with the next of level 3."""
    sections = under("# T\n\n#### A\n\na\n\n### B\n\nb\n")
    assert sections["#### A"] == ["#### A\n\na\n\n"]


def test_the_title_is_the_first_heading_of_the_first_level_that_stands_over_everything():
    """It says what the text is about, not where."""
    assert titles("# Strikes\n\n## A\n\na\n") == ["# Strikes"]
    assert titles("# One\n\na\n\n# Two\n\nb\n") == []
    assert titles("## Strikes\n\na\n") == []
    assert titles(f"Strikes\n\n{PROSE}\n\nPay\n\n{PROSE}", "plain") == ["Strikes"]


def test_headings_of_plain_text_make_sections_too():
    """Headings that recur rank below those that stand once."""
    text = (
        f"Title\n\n{PROSE}\n\nStrikes\n\nWho\n\nWorkers did.\n\nWhat\n\nPay it was.\n\n"
        "Lobbying\n\nWho\n\nNGOs did.\n\nWhat\n\nLaws they were."
    )
    source = Source("a", text)
    found = [
        (section.heading.of(text), section.level, section.extents[0].of(text).split()[-2])
        for section in source_sections(source)
    ]
    assert found == [
        ("Title", 1, "they"),
        ("Strikes", 2, "it"),
        ("Who", 3, "Workers"),
        ("What", 3, "it"),
        ("Lobbying", 2, "they"),
        ("Who", 3, "NGOs"),
        ("What", 3, "they"),
    ]


@given(st.lists(st.integers(1, 6), max_size=30))
def test_sections_nest_as_a_plain_definition_says(levels: list[int]):
    """The end found in one pass is the first heading of the level or above, else the text's end."""
    headings = [(Span(3 * number, 3 * number + 2), level) for number, level in enumerate(levels)]
    size = 3 * len(levels) + 5
    for number, section in enumerate(find_sections("x" * size, headings)):
        heading, level = headings[number]
        later = [span.start for span, depth in headings[number + 1 :] if depth <= level]
        assert section.extents == (Span(heading.start, min([*later, size])),)
        assert section.is_title == (number == 0 and level == 1 and not later)


# Tables.

GRID = "| | content | agency |\n| --- | --- | --- |\n| Strikes | pay | workers |\n| Laws | bills | NGOs |"


def test_a_row_and_a_column_are_sections_of_their_heading_cells():
    """A column's extents are its cells, each from its border, the heading cell apart."""
    sections = under(GRID)
    assert sections == {
        "content": ["| pay ", "| bills "],
        "agency": ["| workers ", "| NGOs "],
        "Strikes": ["| Strikes | pay | workers "],
        "Laws": ["| Laws | bills | NGOs "],
    }


def test_the_corner_of_a_table_heads_no_column():
    """The first column holds the rows' headings; what stands over them says what they are."""
    sections = under("| approach | content |\n| --- | --- |\n| Strikes | pay |")
    assert sorted(sections) == ["Strikes", "content"]


def test_a_cells_extent_is_never_its_sentence():
    """A coding by the column's heading and one by the cell's own words keep apart."""
    for section in source_sections(Source("a", GRID, markup="markdown")):
        for extent in section.extents:
            assert extent != trimmed(GRID, extent, characters="| ")


def test_a_table_within_a_section_belongs_to_it():
    """Table headings rank below every heading and end no section."""
    text = f"# T\n\n## Approaches\n\nBefore.\n\n{GRID}\n\nAfter.\n\n## End\n\nText.\n"
    sections = under(text)
    assert sections["## Approaches"][0].endswith("After.\n\n")
    assert sections["agency"] == ["| workers ", "| NGOs "]
    assert {s.level for s in source_sections(Source("a", GRID, markup="markdown"))} == {TABLE_LEVEL}


def test_only_heading_cells_that_are_headings_make_sections():
    """A table in a menu has no heading zones, so nothing is coded by it."""
    assert find_sections(GRID, []) == []


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("| a | b |\n| --- | --- |\n| c | d |", [["a", "b"], ["c", "d"]]),
        ("a | b\n--- | ---\nc | d", [["a", "b"], ["c", "d"]]),
        ("a|b\n-|-\nc|d", [["a", "b"], ["c", "d"]]),
        ("|a|b|\n|:-:|--:|\n|c|d|", [["a", "b"], ["c", "d"]]),
        ("  | a | b |\n  |---|---|\n  | c | d |", [["a", "b"], ["c", "d"]]),
        ("| a | b |\n| --- | --- |", [["a", "b"]]),
        ("| a |\n| --- |\n| c |", [["a"], ["c"]]),
        ("| a | b |\n| --- | --- |\n| | d |\n| c | |", [["a", "b"], [None, "d"], ["c", None]]),
        ("| a | b |\n| --- | --- |\n| c |\n| d | e | f |", [["a", "b"], ["c"], ["d", "e", "f"]]),
        ("| a | b |\n| --- | --- |\n| x \\| y | `p\\|q` |", [["a", "b"], ["x \\| y", "`p\\|q`"]]),
        ("| a | b |\n| --- | --- |\n| c | d |\nno row", [["a", "b"], ["c", "d"]]),
        ("| a | b |\n| --- | --- |\n| c | d |\n\n| e | f |", [["a", "b"], ["c", "d"]]),
        (
            "| 工会 | 罢工 |\n| --- | --- |\n| 👍🏽 | q\u0327 |",
            [["工会", "罢工"], ["👍🏽", "q\u0327"]],
        ),
        ("| a | b |\n| --- | --- |\n|\n| c | d |", [["a", "b"], ["c", "d"]]),
    ],
)
def test_a_table_written_with_pipes_is_read_cell_by_cell(text: str, rows: list[list[str | None]]):
    """With and without outer borders, escaped pipes, empty cells, ragged rows, header only."""
    assert cells(canonical(text)) == rows


@pytest.mark.parametrize(
    "text",
    [
        "a | b",
        "a | b\nc | d",
        "Title\n-----\ntext",
        "a | b\n\n--- | ---\nc | d",
        "| --- |",
        "|\n| --- |",
        "|\n|---|\n|",
        "a | b\n| -- x |\nc",
        "a\n--- | ---",
        "a | b\n| | |\nc | d",
    ],
)
def test_what_has_no_header_over_a_line_of_dashes_is_no_table(text: str):
    """A pipe in a sentence, a heading underlined with dashes, borders without cells."""
    assert find_tables(text) == []


def test_ragged_rows_have_the_columns_that_they_have():
    """A short row lacks its last column, a long one has cells under no heading."""
    sections = under("| | a | b |\n| --- | --- | --- |\n| r | x |\n| s | y | z | w |")
    assert sections["a"] == ["| x ", "| y "]
    assert sections["b"] == ["| z "]
    assert sections["s"] == ["| s | y | z | w "]


def test_a_header_without_rows_heads_nothing():
    """There is nothing for its cells to stand over."""
    text = "| a | b |\n| --- | --- |\n"
    assert under(text) == {}
    assert [cell.of(text) for cell in header_cells(text, find_tables(text)[0])] == ["a", "b"]


def test_the_table_at_a_place_is_the_one_that_it_stands_in():
    """Between tables there is none."""
    text = f"{GRID}\n\nBetween.\n\n{GRID}\n"
    tables = find_tables(text)
    first, second = (text.index("pay"), text.rindex("pay"))
    assert table_at(tables, Span(first, first + 1)) == tables[0]
    assert table_at(tables, Span(second, second + 1)) == tables[1]
    between = text.index("Between")
    assert table_at(tables, Span(between, between + 1)) is None
    assert table_at([], Span(0, 1)) is None


@given(st.lists(st.sampled_from(["|", " ", "a", "-", "---", "\\", "\n", "罢", ":"])).map("".join))
def test_cells_never_overlap_and_hold_no_border(text: str):
    """Whatever pipes and dashes come, cells are in order and inside one line."""
    for table in find_tables(text):
        flat = [cell for row in table.rows for cell in row]
        for one, other in itertools.pairwise(flat):
            assert one.end <= other.start
        for cell in flat:
            assert "\n" not in cell.of(text)
            words = cell_text(text, cell)
            assert words is None or words.of(text).replace("\\|", "").count("|") == 0


# Lines and trimming.


def test_lines_keep_their_place():
    """Empty lines are left out, white space is not."""
    text = "a\n\n b \n\n\nc"
    assert [span.of(text) for span in lines_of(text)] == ["a", " b ", "c"]


def test_trimming_what_is_blank_leaves_nothing():
    """A span can't be empty, so nothing is None."""
    assert trimmed(" \u00a0\n", Span(0, 3)) is None
    assert trimmed(" a ", Span(0, 3)) == Span(1, 2)
