"""Quotations as they are shown: without marks of Markdown, each with its passage's number."""

from __future__ import annotations

import pytest

from tertium.report.typesetting.appendix import passage_lines
from tertium.report.typesetting.marks import Line, shown_line, shown_lines

HEADED = "## Legal aid\n\n### Content\n\n*Photo:* claims of **workers**.\n- one | two"


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("*Photo:* a rally", "Photo: a rally"),
        ("a ***very*** _big_ __march__", "a very big march"),
        ("2 * 3 * 4, snake_case_name, *alone", "2 * 3 * 4, snake_case_name, *alone"),
        ("| Strikes | *many* |", "Strikes · many"),
        ("so [@chung2010] says", "so [@chung2010] says"),
        ("not \\*marked\\*", "not *marked*"),
        ("#1 of 3, C# and #hashtag", "#1 of 3, C# and #hashtag"),
        ("> quoted\n> twice", "quoted twice"),
        ("**工会** и *стачка*", "工会 и стачка"),
    ],
)
def test_marks_are_taken_off_and_nothing_else(quote, shown):
    """Emphasis, borders and escapes go; stars, hashes and underscores that mark nothing stay."""
    assert shown_line(quote) == shown


def test_headings_stay_apart_from_the_text_below_them():
    """A heading is a line of its own, and in one line it ends with a colon."""
    assert shown_lines(HEADED)[:2] == [Line("Legal aid", True), Line("Content", True)]
    assert shown_line(HEADED) == "Legal aid: Content: Photo: claims of workers. • one · two"


def test_borders_between_head_and_body_are_no_line():
    """The row of dashes in a table shows nothing."""
    assert shown_lines("| a | b |\n|:--|--:|\n| 1 | 2 |") == [Line("a · b"), Line("1 · 2")]


def document_of(make, parts, quote, text, markup="markdown", **more):
    """A document of one table with one passage."""
    passages = {"k": parts.passage("s", 0, "strike", quote)}
    table = parts.table("tbl-a", [["row", {"text": text, "evidence": ["k"]}]], passages=passages)
    sources = [{"id": "s", "title": "S", "markup": markup}]
    return make([parts.notebook(parts.code(table))], sources=sources, **more)


def test_only_sources_in_markdown_are_cleaned(make, parts):
    """In a plain text a star is a star; in Markdown it is taken off in tables and passages."""
    quote = "*Photo:* a rally of many workers"
    for markup, shown in (("markdown", quote.replace("*", "")), ("plain", quote)):
        document = document_of(make, parts, quote, quote, markup)
        assert document.tables[0].rows[0][1].text == shown
        assert passage_lines(document, document.passages[0]) == [Line(shown)]
        assert document.passages[0].quote == quote


def test_a_whole_quotation_in_a_table_keeps_its_headings_apart(make, parts):
    """Where a table made one line of it, the passage still says where headings end."""
    document = document_of(make, parts, HEADED, " ".join(HEADED.split()))
    assert document.tables[0].rows[0][1].text.startswith("Legal aid: Content: Photo")


def test_each_quotation_has_the_number_of_its_passage(make, parts):
    """Numbers follow the quotations, not the order of the passages; what is left out is counted."""
    passages = {
        "late": parts.passage("s", 90, "strike", "The last of all passages comes first."),
        "early": parts.passage("s", 0, "strike", "The first of all passages comes last."),
        "more": parts.passage("s", 50, "strike", "And one that is not quoted."),
    }
    text = "The last of all… (S, para. 9)\nThe first of all… (S, para. 1)\n… and 1 more"
    cell = {"text": text, "evidence": ["late", "early", "more"]}
    other = {"text": "Words that no passage has, in this cell.", "evidence": ["late", "early"]}
    table = parts.table("tbl-a", [["row", cell, other]], passages=passages)
    (row,) = make([parts.notebook(parts.code(table))]).tables[0].rows
    assert (row[1].lines, row[1].evidence) == ((3, 1), (3, 1, 2))
    assert (row[2].lines, row[2].evidence) == ((), (3, 1))


def test_a_formula_keeps_its_stars(make, parts):
    """Stars mark emphasis in a quotation only, whole, cut or with its place behind it."""
    quote = "Workers *stopped* work at the factory gate in May."
    for text, shown in [
        ("~STRIKE*NGO*FORUM*~STATE + UNION", "~STRIKE*NGO*FORUM*~STATE + UNION"),
        (f"{quote} (S, para. 9)", "Workers stopped work at the factory gate in May. (S, para. 9)"),
        ("Workers *stopped* work at the…", "Workers stopped work at the…"),
        ("… *stopped* work at the factory gate", "… stopped work at the factory gate"),
    ]:
        assert document_of(make, parts, quote, text).tables[0].rows[0][1].text == shown
