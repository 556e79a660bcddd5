"""What a study's policy says of a table stands below it, in HTML and PDF, as text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat.v4 import new_code_cell, new_notebook, new_output

from tertium.report.typesetting.document import Document, build_document
from tertium.report.typesetting.html import write_html
from tertium.report.typesetting.outputs import FIGURE_TYPE, TABLE_TYPE
from tertium.report.typesetting.pdf import typst_source, write_pdf

FLAG = "Agreement is below <b>alpha</b> #panic(): Strikes 0.41."
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="30pt" height="12pt"></svg>'


def document(**flags: Any) -> Document:
    """A table and a figure with the same flags, or none."""
    table = {
        "version": 1, "id": "tbl-x", "title": "X", "note": "", "columns": [{"label": "a"}],
        "rows": [[{"text": "1"}]], **flags,
    }  # fmt: skip
    figure = {"version": 1, "id": "fig-x", "title": "X", "alt": "A bar.", "note": "", **flags}
    outputs = [
        new_output("display_data", data={TABLE_TYPE: table}),
        new_output("display_data", data={FIGURE_TYPE: figure, "image/svg+xml": SVG}),
    ]
    cells = [new_code_cell("t", outputs=[each]) for each in outputs]
    return build_document([new_notebook(cells=cells)], title="T", question="Q?")


def test_flags_are_shown_below_table_and_figure_and_are_text(tmp_path: Path) -> None:
    """Nothing in them becomes markup; the PDF can be set; the check of characters sees them."""
    made = document(flags=[FLAG])
    write_html(made, tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.count("&lt;b&gt;alpha&lt;/b&gt;") == 2
    assert typst_source(made).count("flags: (") == 2
    write_pdf(made, tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").stat().st_size > 1000
    assert sum(FLAG in text for _, text in made.texts()) == 2


def test_without_flags_nothing_is_written_of_them() -> None:
    """The source of a report without a policy is what it was."""
    assert "flags" not in typst_source(document())


def test_the_pdf_has_a_flag_in_full_once_a_chapter() -> None:
    """The next table or figure with the same flag says where it stands; HTML repeats it."""
    source = typst_source(document(flags=[FLAG]))
    assert source.count("Agreement is below") == 1
    assert "Agreement on the codes: what stands below Table\u00a01." in source
