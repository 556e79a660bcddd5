"""The HTML companion: one file, no request, each cell a link to its passages."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html as lxml_html

from tertium.report.typesetting.html import html_page, shown, write_html


@pytest.fixture(scope="module")
def source(document) -> str:
    return html_page(document)


@pytest.fixture(scope="module")
def page(source):
    return lxml_html.document_fromstring(source)


def test_the_only_script_is_ours(page, source) -> None:
    """No script, event handler or javascript: address comes from data; the policy allows one hash."""
    (script,) = page.xpath("//script")
    assert "alert" not in script.text
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    assert not page.xpath("//@href[starts-with(., 'javascript:')]")
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]
    assert source.count("<script") == 1


def test_hostile_strings_are_shown_as_they_are(page, hostile) -> None:
    """Cells and passages show their strings verbatim."""
    cells = [cell.text_content() for cell in page.xpath("//figure[@id='tbl-hostile']//td")]
    quotes = [quote.text_content() for quote in page.xpath("//article/blockquote")]
    for string in hostile:
        assert any(cell.startswith(string) for cell in cells)
        assert any(quote.endswith(string) for quote in quotes)
    assert page.xpath("string(//title)") == "How organising is told #panic()"


def test_nothing_is_loaded_from_elsewhere(page) -> None:
    """Pictures are inside the file; addresses elsewhere are links that a reader may follow."""
    assert all(src.startswith("data:") for src in page.xpath("//@src"))
    assert not page.xpath("//link | //iframe | //object | //embed | //base")
    outside = page.xpath("//@href[not(starts-with(., '#'))]")
    assert set(outside) == {"https://example.org/alu75", "https://example.org/x?a=1&b=2"}


def test_every_link_inside_leads_somewhere_and_ids_are_unique(page) -> None:
    """All internal addresses resolve, and no id stands twice."""
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.xpath("//@href[starts-with(., '#')]")} <= set(ids)


def test_a_cell_leads_to_its_entry_the_entry_to_passages_and_back(page, document) -> None:
    """From a number in a table one reaches each passage it rests on, and the table again."""
    (cell,) = page.xpath("//figure[@id='tbl-small']//tr[1]/td/a[@class='cell']")
    (entry,) = page.xpath(f"//*[@id='{cell.get('href')[1:]}']")
    numbers = entry.xpath("./a[@class='passage-number']/@href")
    assert numbers == ["#p-1", "#p-2", "#p-3", "#p-13"]
    assert entry.xpath("./a[@class='back']/@href") == [f"#{cell.get('id')}"]
    (passage,) = page.xpath("//*[@id='p-1']")
    assert "#tbl-small" in passage.xpath(".//@href")
    assert entry.get("data-name") == "Table 2 · strike × column 2"


def test_languages_are_marked(page) -> None:
    """The page has its language, and runs of Chinese and Russian have theirs."""
    assert page.get("lang") == "en"
    assert page.xpath("//span[@lang='zh']")
    assert page.xpath("//span[@lang='ru']")


def test_chinese_characters_come_along_only_where_they_occur(source, make, parts) -> None:
    """The page carries the glyphs of its Chinese characters, and none where there are none."""
    assert "data:font/otf;base64," in source
    plain = html_page(make([parts.notebook(parts.markdown("# A"))]))
    assert "data:font/otf" not in plain
    assert len(source) < 120_000


def test_headings_are_numbered_and_listed(page) -> None:
    """The contents list chapters, sections and appendices with the numbers of the PDF."""
    entries = [a.text_content() for a in page.xpath("//nav//a")]
    assert entries[:3] == ["1Which approaches?", "1.1A second section", "2Part"]
    assert "DEvidence" in entries


def test_tables_tell_their_heads_apart(page) -> None:
    """Column, row, spanner and group headings carry their scope for readers aloud."""
    (table,) = page.xpath("//figure[@id='tbl-hostile']//table")
    assert table.xpath("./thead//th/@scope") == ["colgroup", "col", "col", "col"]
    assert set(table.xpath("./tbody//th/@scope")) == {"row", "rowgroup"}
    assert len(table.xpath("./tbody")) == 2


def test_twice_the_same_bytes(document, source, tmp_path: Path) -> None:
    """The same document gives the same page."""
    write_html(document, tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == source


def test_attributes_and_text_are_escaped() -> None:
    """Quotes and angle brackets can't leave an attribute or open an element."""
    assert shown("\"'<&>") == "&quot;&#x27;&lt;&amp;&gt;"


def test_a_click_shows_the_passages_and_asks_no_network(document, chromium, tmp_path) -> None:
    """A cell opens the panel and gives its address; Escape returns; nothing is requested."""
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    write_html(document, tmp_path / "report.html")
    address = (tmp_path / "report.html").as_uri()
    with playwright.sync_playwright() as session:
        browser = session.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        view = browser.new_page()
        faults: list[str] = []
        asked: list[str] = []
        view.on("pageerror", lambda error: faults.append(str(error)))
        view.on("console", lambda message: faults.append(message.text))
        view.on("request", lambda request: asked.append(request.url))
        view.goto(address)
        view.click("#tbl-small a.cell")
        assert "In early spring" in view.inner_text("#panel-body")
        assert view.inner_text("#panel-heading") == "Table 2 · strike × column 2"
        assert view.url == f"{address}#from-c-2-1-2"
        again = browser.new_page()
        again.goto(view.url)
        assert again.inner_text("#panel-heading") == "Table 2 · strike × column 2"
        view.keyboard.press("Escape")
        assert not view.is_visible("#panel")
        assert view.evaluate("document.activeElement.id") == "from-c-2-1-2"
        view.click("#tbl-hostile a.cell")
        assert "<script>alert('x')</script>" in view.inner_text("#panel-body")
        browser.close()
    assert faults == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
