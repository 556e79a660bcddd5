"""The PDF: what a reader finds in it, and that texts in it stay texts."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from tertium.errors import InputError
from tertium.report.typesetting import glyphs
from tertium.report.typesetting.pdf import quoted, write_pdf
from tertium.report.typesetting.widths import column_widths, has_tall_row, is_short
from tertium.sources.files.read import write_whole


@pytest.fixture(scope="module")
def pdf(document, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    write_pdf(document, path)
    return path


@pytest.fixture(scope="module")
def reader(pdf) -> PdfReader:
    return PdfReader(str(pdf))


def squeezed(text: str) -> str:
    """The text without white space and hyphens, which line ends change."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def links(reader: PdfReader) -> list[dict]:
    found = []
    for page in reader.pages:
        for annotation in page.get("/Annots", ()):
            if annotation.get_object()["/Subtype"] == "/Link":
                found.append(annotation.get_object())
    return found


def test_every_hostile_string_is_shown_as_it_is(pdf, poppler, hostile) -> None:
    """Tables, passages and titles show their strings verbatim: no markup, no code, no formula."""
    command = [str(poppler / "pdftotext"), "-enc", "UTF-8", str(pdf), "-"]
    text = squeezed(subprocess.run(command, capture_output=True, check=True).stdout.decode())
    for string in hostile:
        assert text.count(squeezed(string)) >= 2, string
    assert squeezed("How organising is told #panic()") in text
    assert squeezed("工会 & <b>Bold</b> title #panic()") in text
    assert squeezed("```unclosed fence with <script>alert(‘md’)</script>") in text


def test_it_is_tagged_archival_and_accessible(reader) -> None:
    """The file says that it is PDF/UA-1 and PDF/A-2a, has a language and a title, and is tagged."""
    metadata = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "How organising is told #panic()"
    assert reader.metadata.author == "A working group & friends"


def test_it_has_an_outline_of_chapters_and_appendices(reader) -> None:
    """Bookmarks lead to each chapter, the references and the appendices."""
    titles = [entry["/Title"] for entry in reader.outline if isinstance(entry, dict)]
    assert titles == [
        "1 Which approaches?",
        "2 Part",
        "References",
        "A Sources",
        "B Parameters of each notebook",
        "C Codebook",
        "D Evidence",
    ]


def test_cells_lead_to_the_index_and_the_index_to_passages_and_back(reader, document) -> None:
    """There is a link for each cell with evidence, each number in the index, and each way back."""
    cells = sum(bool(c.evidence) for t in document.tables for row in t.rows for c in row)
    numbers = sum(len(c.evidence) for t in document.tables for row in t.rows for c in row)
    back = sum(len(document.tables_using(p.number)) for p in document.passages)
    inside = [link for link in links(reader) if "/URI" not in link.get("/A", {})]
    assert len(inside) >= cells + numbers + back
    assert all("/Dest" in link or "/D" in link.get("/A", {}) for link in inside)


def test_wide_tables_stand_on_landscape_pages(reader) -> None:
    """A landscape table turns its own pages and no others."""
    turned = [
        n for n, page in enumerate(reader.pages) if page.mediabox.width > page.mediabox.height
    ]
    assert 2 <= len(turned) < len(reader.pages) / 2
    assert all("Table 3" in reader.pages[turned[0]].extract_text() for _ in turned)


def test_pages_are_numbered_with_their_total(reader) -> None:
    """Each page after the title says which of how many it is."""
    count = len(reader.pages)
    assert f"2 of {count}" in reader.pages[1].extract_text()
    assert " of " not in reader.pages[0].extract_text().replace("of three", "")


def test_twice_the_same_bytes(document, pdf, tmp_path) -> None:
    """The same document gives the same file, wherever it is written."""
    write_pdf(document, tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == pdf.read_bytes()


def test_nothing_of_the_machine_is_in_the_file(pdf) -> None:
    """Neither paths nor users of the building machine reach the metadata."""
    data = pdf.read_bytes()
    for name in (str(Path.home()), "/tmp/", "tertium-"):
        assert name == "/" or name.encode() not in data


def test_a_character_without_a_glyph_stops_before_typesetting(
    make, parts, tmp_path, monkeypatch
) -> None:
    """The error names the passage's source and place, and nothing is written."""
    monkeypatch.setattr(glyphs, "EXTRA_PACKAGES", ())
    passages = {"k": parts.passage("s1", 0, "strike", "go on strike \U0001f600")}
    table = parts.table("tbl-a", [[{"text": "1", "evidence": ["k"]}]], passages=passages)
    document = make([parts.notebook(parts.code(table))])
    with pytest.raises(InputError, match=r"source s1, para\. 1.*U\+1F600, GRINNING FACE"):
        write_pdf(document, tmp_path / "report.pdf")
    assert list(tmp_path.iterdir()) == []


def test_characters_without_a_shape_do_not_stop_it(make, parts, tmp_path) -> None:
    """Private-use and control characters of an extracted PDF are written out, not refused."""
    table = parts.table("tbl-a", [["a\uf0b7\x01\ufeffb"]])
    path = tmp_path / "report.pdf"
    write_pdf(make([parts.notebook(parts.code(table))]), path)
    assert "⟨U+F0B7⟩" in "".join(page.extract_text() for page in PdfReader(str(path)).pages)


def test_a_study_font_is_used_for_what_the_others_lack(make, parts, tmp_path, monkeypatch) -> None:
    """A font that the study names is passed to the typesetter and shows its characters."""
    monkeypatch.setattr(glyphs, "EXTRA_PACKAGES", ())
    font = TTFont(io.BytesIO(glyphs.subset("罢")))
    for table in font["cmap"].tables:
        table.cmap = {0x1681: next(iter(table.cmap.values()))}
    for number in (1, 4, 6):
        font["name"].setName("Own", number, 3, 1, 0x409)
    (tmp_path / "own").mkdir()
    font.save(tmp_path / "own" / "Own.otf")
    document = make([parts.notebook(parts.markdown("# \N{OGHAM LETTER BEITH}"))])
    with pytest.raises(InputError, match=r"01-part.ipynb, cell 1: .*U\+1681"):
        write_pdf(document, tmp_path / "report.pdf")
    write_pdf(document, tmp_path / "report.pdf", fonts=[tmp_path / "own"])
    assert (
        "\N{OGHAM LETTER BEITH}" in PdfReader(str(tmp_path / "report.pdf")).pages[2].extract_text()
    )


def test_other_paper_and_languages(make, parts, tmp_path) -> None:
    """Letter paper and a Russian or Chinese report build with their own fixed words."""
    document = make(
        [parts.notebook(parts.markdown("# Ход"), parts.code(parts.table("tbl-a", [["a"]])))],
        language="ru",
    )
    write_pdf(document, tmp_path / "ru.pdf", paper="letter")
    reader = PdfReader(str(tmp_path / "ru.pdf"))
    assert reader.pages[0].mediabox.width == 612
    assert "Содержание" in reader.pages[1].extract_text()
    chinese = make([parts.notebook(parts.code(parts.table("tbl-a", [["a"]])))], language="zh")
    write_pdf(chinese, tmp_path / "zh.pdf")


def test_formulas_printed_text_and_markdown_tables_have_what_the_standard_asks(
    make, parts, tmp_path
) -> None:
    """Prose with every kind of Markdown passes the standards' checks."""
    cell = (
        '# A\n\n$$\\sum_i x_i \\text{"q"} \\\\ y$$\n\n| a | b |\n|--|--|\n| 1 | 2 |\n\n1. x\n2. y\n\n'
        "term\n: meaning\n\n~~gone~~ H~2~O x^2^\n\n***\n\n```python\nx = '#panic()'\n```\n\n"
        "## Small heading\n\n[out](https://example.org) [in](#sec-a) [file](other.ipynb)\n\n"
        "## B {#sec-a .unnumbered}\n"
    )
    write_pdf(make([parts.notebook(parts.markdown(cell))]), tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").stat().st_size > 10_000


def test_strings_reach_typst_quoted() -> None:
    """Quotes, backslashes and line ends are escaped; an overlong address may break."""
    assert quoted('a"b\\c\nd') == '"a\\"b\\\\c\\nd"'
    assert "\u200b" in quoted("https://example.org/one/two/three/four/five")
    assert "\u200b" not in quoted("an ordinary sentence of ordinary words")
    assert quoted("~A*BC*~D + E") == '"~A*\u200bBC*\u200b~D + E"'
    assert "\u200b" not in quoted("2*3 is *six* and **ten** f*x")


def test_a_small_table_keeps_its_width_and_a_large_one_fills_the_page(document) -> None:
    """Columns of short texts are as wide as they are; others share the line."""
    small, wide = document.tables[1], document.tables[2]
    assert column_widths(small)[0] == ["auto", "auto"]
    widths, size = column_widths(wide)
    assert all(width.endswith("%") for width in widths)
    assert 6.5 <= size <= 9


def test_a_short_table_is_kept_whole_and_tall_rows_may_break(document) -> None:
    """Twelve rows of a line each stay on a page; rows of running text run over pages."""
    small, wide = document.tables[1], document.tables[2]
    assert is_short(small, column_widths(small)[0])
    narrow = ["20%", *["5%"] * 8]
    assert has_tall_row(wide, narrow)
    assert not is_short(wide, narrow)


def test_a_file_is_there_whole_or_not_at_all(tmp_path, monkeypatch) -> None:
    """A failure while writing leaves the old file and no other."""
    path = tmp_path / "report.pdf"
    write_whole(path, b"old")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_whole(path, b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["report.pdf"]
    assert path.read_bytes() == b"old"


def test_the_list_names_the_page_on_which_a_floating_figure_stands(make, parts, tmp_path) -> None:
    """List and links lead to where a tall figure has come to stand, not to where it was called."""
    tall = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300pt" height="500pt" '
        'viewBox="0 0 300 500"><rect width="300" height="500" fill="#1c4f7c"/></svg>'
    )
    call = parts.markdown("# Floats\n\n" + "Many words of text. " * 90 + "See @fig-tall.")
    figure = parts.code(parts.figure("fig-tall", svg=tall, title="A tall one"))
    cells = [call, figure, parts.markdown("More words after it. " * 9)]
    write_pdf(make([parts.notebook(*cells)]), tmp_path / "float.pdf")
    reader = PdfReader(str(tmp_path / "float.pdf"))
    texts = [page.extract_text() for page in reader.pages]
    called = next(n for n, text in enumerate(texts, 1) if "Many words" in text)
    stands = next(n for n, text in enumerate(texts, 1) if "Figure 1. A tall one" in text)
    assert stands > called
    listed = next(text for text in texts if "Tables and figures" in text)
    found = re.search(r"A\s*tall\s*one\W*(\d+)", listed)
    assert found is not None, listed
    assert int(found[1]) == stands
    pages = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages, 1)}
    aims = [link["/Dest"] for link in links(reader) if not isinstance(link["/Dest"], str)]
    assert [pages[aim[0].idnum] for aim in aims] == [stands, stands]


def test_nothing_of_a_tall_figure_stands_below_the_foot_of_a_page(
    make, parts, poppler, tmp_path
) -> None:
    """A drawing higher than a page is made smaller, so that title, note and flag fit on it."""
    tall = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="450pt" height="1500pt" '
        'viewBox="0 0 450 1500"><rect width="450" height="1500" fill="#1c4f7c"/></svg>'
    )
    figure = parts.figure("fig-tall", svg=tall, title="A very tall one " * 9, note="Lastnote " * 90)
    figure["data"]["application/vnd.tertium.figure+json"]["flags"] = ["Lastflag."]
    cells = [parts.markdown("# Tall\n\nSee @fig-tall."), parts.code(figure)]
    write_pdf(make([parts.notebook(*cells)]), tmp_path / "tall.pdf")
    command = [str(poppler / "pdftotext"), "-bbox", str(tmp_path / "tall.pdf"), "-"]
    told = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    found = 0
    for page in told.split("<page ")[1:]:
        height = float(re.search(r'height="([\d.]+)"', page)[1])
        foot = height - 2.6 / 2.54 * 72
        for bottom, word in re.findall(r'yMax="([\d.]+)">(.*?)</word>', page):
            found += word == "Lastnote"
            # The box of a word goes a little below the line on which it stands.
            assert float(bottom) <= foot + 4 or word in "of 1 2 3 4 5 6".split(), word
    assert found == 90
