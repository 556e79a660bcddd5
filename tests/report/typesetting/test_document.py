"""Executed notebooks as one document: what is taken, how it is numbered, what is refused."""

from __future__ import annotations

import re

import pytest

from tertium.errors import InputError
from tertium.report.typesetting import pandoc
from tertium.report.typesetting.document import Output, Prose, Table
from tertium.report.typesetting.html import html_page


def prose_text(document) -> str:
    blocks = [b.blocks for c in document.chapters for b in c.blocks if isinstance(b, Prose)]
    return pandoc.text_of([list(block) for block in blocks])


def refused(make, *notebooks, **more) -> str:
    with pytest.raises(InputError) as caught:
        make(list(notebooks), **more)
    return str(caught.value)


def test_tables_and_figures_are_numbered_through_the_report(document) -> None:
    """Numbers run on over the notebooks, in reading order."""
    assert [(t.anchor, t.number) for t in document.tables] == [
        ("tbl-hostile", 1),
        ("tbl-small", 2),
        ("tbl-wide", 3),
    ]
    assert [(f.anchor, f.number) for f in document.figures] == [("fig-bars", 1)]


def test_references_become_words_and_numbers(document) -> None:
    """@tbl-x, @fig-x, @sec-x and the appendices read as what they point to, with its number."""
    text = prose_text(document).replace("\u00a0", " ")
    assert "See Table 1, Table 3, Figure 1 and Section 1.1, Appendix D" in text


def test_a_reference_to_nothing_names_notebook_cell_and_label(make, parts) -> None:
    """A label that nothing has is one clear fault, with the labels that there are."""
    said = refused(
        make,
        parts.notebook(
            parts.markdown("# A\n\nSee @tbl-lost."), parts.code(parts.table("tbl-there", [["a"]]))
        ),
    )
    assert "01-part.ipynb, cell 1" in said
    assert "'tbl-lost'" in said
    assert "tbl-there" in said


def test_an_unknown_citation_is_named(make, parts) -> None:
    """A key that the bibliography lacks is a fault of its cell, not a question mark in print."""
    said = refused(make, parts.notebook(parts.markdown("# A\n\nSo [@nobody1900, p. 3].")))
    assert "cell 1" in said
    assert "@nobody1900 is not in references.bib" in said


def test_a_source_must_stand_in_the_bibliography(make, parts) -> None:
    """A citation key in the source list that the bibliography lacks is named with its source."""
    rows = [{"id": "s1", "title": "T", "citation_key": "gone2001"}]
    said = refused(make, parts.notebook(parts.markdown("# A")), sources=rows)
    assert "'gone2001', which source 's1' names" in said


def test_each_publication_of_a_source_must_stand_in_the_bibliography(make, parts) -> None:
    """Of several keys in one cell each is looked up, and each is cited."""
    rows = [{"id": "s1", "title": "T", "citation_key": "here2001|gone2001"}]
    notebook = parts.notebook(parts.markdown("# A"))
    here = "@misc{here2001, title = {T}, year = {2001}}\n"
    said = refused(make, notebook, sources=rows, references=here)
    assert "'gone2001', which source 's1' names" in said
    assert "here2001" not in said
    both = here + "@misc{gone2001, title = {U}, author = {Wu, A}, year = {2001}}\n"
    document = make([notebook], sources=rows, references=both)
    assert document.cited == ("gone2001", "here2001")
    page = re.sub(r"<[^>]+>", "", html_page(document))
    assert "(T 2001; Wu 2001)" in page


def test_every_fault_is_reported_at_once(make, parts) -> None:
    """Failed cells, empty alt texts, titles as alt texts and bad ids come in one error."""
    said = refused(
        make,
        parts.notebook(
            parts.code(parts.error()),
            parts.code(parts.figure("fig-a", alt=" ")),
            parts.code(parts.figure("fig-b", alt="The bars.", title="the bars")),
            parts.code(parts.figure("fig-c", svg="")),
            parts.code(parts.figure("bars")),
            parts.code(parts.table("tbl-a", [["a"], ["b", "c"]])),
            parts.code(parts.table("tbl-b", [[{"text": "1", "evidence": ["k"]}]])),
            parts.markdown("# A\n\n![alt](picture.png)"),
        ),
    )
    assert "failed with ValueError: no such thing" in said
    assert "the alt text is empty" in said
    assert "the alt text repeats the title" in said
    assert "no image/svg+xml beside it" in said
    assert "id 'bars'; write fig-" in said
    assert "row 2: 2 cells; give it 1" in said
    assert "evidence 'k' is not among the passages" in said
    assert "a picture in Markdown" in said


def test_a_skipped_heading_level_is_refused(make, parts) -> None:
    """A chapter's headings go down one level at a time."""
    said = refused(make, parts.notebook(parts.markdown("# A\n\n### B")))
    assert "cell 1: a heading of level 3 under one of level 1; write level 2" in said


def test_a_label_twice_in_a_notebook_is_refused(make, parts) -> None:
    """One label names one thing within a notebook."""
    table = parts.table("tbl-a", [["a"]])
    said = refused(make, parts.notebook(parts.code(table), parts.code(table)))
    assert "'tbl-a' stands twice" in said


def test_one_notebook_run_twice_keeps_its_references_apart(make, parts) -> None:
    """In a notebook that stands twice with other parameters, a label means the notebook's own."""

    def run(scheme: str):
        return parts.notebook(
            parts.markdown("# One\n\nSee @tbl-a."),
            parts.code(source='scheme = "approach"', tags=("parameters",)),
            parts.code(source=f'scheme = "{scheme}"', tags=("injected-parameters",)),
            parts.code(parts.table("tbl-a", [[scheme]])),
        )

    document = make([run("approach"), run("claim")], names=["one.ipynb", "one.ipynb"])
    text = prose_text(document).replace("\u00a0", " ")
    assert "See Table 1." in text
    assert "See Table 2." in text
    assert [t.anchor for t in document.tables] == ["tbl-a", "tbl-a-2"]
    assert document.chapters[1].notebook == "one.ipynb (scheme = 'claim')"


def test_what_is_not_for_the_report_stays_out(document) -> None:
    """Code, plain output, other MIME types and cells tagged not-in-report do not come along."""
    everything = "\n".join(text for _, text in document.texts())
    assert "Left out entirely" not in everything
    assert "not shown anywhere" not in everything
    assert "alert('html')" not in everything
    assert "show()" not in everything


def test_printed_text_comes_along_where_its_cell_asks_for_it(document) -> None:
    """A cell tagged report-output shows what it printed, as it is."""
    printed = [b for c in document.chapters for b in c.blocks if isinstance(b, Output)]
    assert [block.text for block in printed] == ["printed <script>\n#panic()"]


def test_prose_of_results_is_markdown(document) -> None:
    """A Markdown output of a cell tagged prose is set as text."""
    assert "There are 12 passages." in prose_text(document)


def test_a_cell_does_not_reach_into_the_next(make, parts) -> None:
    """Open fences end with their cell, and the same footnote name in two cells means two notes."""
    document = make(
        [
            parts.notebook(
                parts.markdown("# A\n\none[^1]\n\n[^1]: first"),
                parts.markdown("```\nopen"),
                parts.markdown("two[^1]\n\n[^1]: second"),
            )
        ]
    )
    blocks = [list(b.blocks) for b in document.chapters[0].blocks if isinstance(b, Prose)]
    notes = [pandoc.text_of(node["c"]) for node in pandoc.elements(blocks) if node["t"] == "Note"]
    assert notes == ["first", "second"]


def test_raw_html_and_typst_in_markdown_stay_text(make, parts) -> None:
    """Markup of another language in a Markdown cell is shown, never passed through."""
    cell = "# A\n\n<script>x</script> `#eval(1)`{=typst} \\def\n\n```{=html}\n<b>\n```"
    document = make([parts.notebook(parts.markdown(cell))])
    blocks = [list(b.blocks) for b in document.chapters[0].blocks if isinstance(b, Prose)]
    assert not [n for n in pandoc.elements(blocks) if n["t"].startswith("Raw")]
    assert "<script>x</script>" in pandoc.text_of(blocks)


def test_passages_have_one_number_each_in_order_of_source_and_place(document) -> None:
    """Numbers follow source, start, end, scheme, code; a passage of two tables has one number."""
    assert [p.number for p in document.passages] == list(range(1, 14))
    assert [(p.source_id, *p.codings[0]) for p in document.passages][:3] == [
        ("a-source", "approach", "ngo_paralegal"),
        ("a-source", "claim", "wages"),
        ("b-source", "approach", "strike"),
    ]
    assert [t.number for t in document.tables_using(3)] == [1, 2]
    assert document.tables[1].rows[0][1].evidence == (1, 2, 3, 13)


def test_passages_of_one_key_must_agree(make, parts) -> None:
    """Two tables that tell different things under one passage key come from different runs."""
    cell = [[{"text": "1", "evidence": ["k"]}]]
    said = refused(
        make,
        parts.notebook(
            parts.code(
                parts.table("tbl-a", cell, passages={"k": parts.passage("s", 0, "c", "one")})
            ),
            parts.code(
                parts.table("tbl-b", cell, passages={"k": parts.passage("s", 0, "c", "two")})
            ),
        ),
    )
    assert "passage 'k' differs" in said


def test_a_passage_has_the_codings_of_all_tables_that_show_it(make, parts) -> None:
    """Tables that count one passage under different codes give it all of them, each once."""

    def table(label: str, scheme: str, code: str):
        told = parts.passage("s", 0, code, "one", scheme=scheme)
        cell = {"text": "1", "evidence": ["k"]}
        return parts.code(parts.table(label, [[cell]], passages={"k": told}))

    schemes = [
        {"name": "approach", "codes": [{"id": "strike"}]},
        {"name": "tier", "codes": [{"id": "ngo"}]},
    ]
    document = make(
        [
            parts.notebook(
                table("tbl-a", "approach", "strike"),
                table("tbl-b", "approach × tier", "strike × ngo"),
                table("tbl-c", "actor × approach; approach", "clw × strike; strike"),
            )
        ],
        codebook=schemes,
    )
    (passage,) = document.passages
    assert passage.codings == (("approach", "strike"), ("tier", "ngo"), ("actor", "clw"))


def test_parameters_show_what_was_run_and_what_was_changed(document) -> None:
    """The appendix shows each parameter's value and comment, and marks an injected one."""
    first = document.chapters[0].parameters
    assert [(p.name, p.value, p.meaning, p.changed) for p in first] == [
        ("scheme", "'claim'", "which coding scheme", True),
        ("threshold", "0.5", "", False),
        ("label", "'工会'", "", False),
    ]


def test_a_chapter_without_a_heading_gets_the_notebooks_name(document) -> None:
    """A notebook that begins without a heading starts a chapter all the same."""
    heading = next(node for node in document.chapters[1].blocks[0].blocks if node["t"] == "Header")
    assert pandoc.text_of(heading["c"][2]) == "Part"


def test_every_text_says_where_it_stands(document) -> None:
    """Texts come with the source or the notebook's cell that a message would name."""
    places = {where for where, _ in document.texts()}
    assert {"source a-source, para. 1", "01-part.ipynb, cell 3, tbl-hostile"} <= places


def test_rows_and_cells_have_names_for_the_index(document) -> None:
    """A row is named by its group and first text, a cell by its column's heading."""
    table = document.tables[0]
    assert isinstance(table, Table)
    assert table.row_name(0) == "Group #one <i> · <script>alert('x')</script>"
    assert table.cell_name(0, 1) == "Linked"


def test_a_fault_names_the_cell_as_the_file_has_it(make, parts) -> None:
    """The cell that was injected stands in no file, so that it is not counted."""
    said = refused(
        make,
        parts.notebook(
            parts.markdown("# One"),
            parts.code(source="n = 1", tags=("parameters",)),
            parts.code(source="n = 2", tags=("injected-parameters",)),
            parts.markdown("As [@nobody1999] says."),
        ),
    )
    assert "cell 3: the citation @nobody1999 is not in references.bib" in said
