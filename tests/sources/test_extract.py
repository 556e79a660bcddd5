"""HTML, PDF, Word and Markdown files become the text that a reader sees."""

from __future__ import annotations

import io
import unicodedata
import zipfile

import docx
import pypdf
import pytest
import typst
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.coding.coder import code
from tertium.errors import InputError
from tertium.offsets import canonical
from tertium.schemes.read import read_scheme
from tertium.sources.decode import decode
from tertium.sources.extract import ENDINGS, extract, source_of
from tertium.sources.formats.pdf import LOOK_ALIKES, ordinary_characters
from tertium.sources.zones import find_zones


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(InputError) as caught:
        extract(data, name=name)
    (fault,) = caught.value.faults
    assert fault.file == name
    assert fault.remedy
    return f"{fault.found}; {fault.remedy}"


# Web pages


def html(body: str, head: str = "<meta charset=utf-8>") -> str:
    return extract(
        f"<html><head>{head}</head><body>{body}</body></html>".encode(), name="a.html"
    ).text


def test_blocks_of_a_page():
    """Headings keep their level, paragraphs and line breaks stay apart, entities are characters."""
    assert (
        html(
            "<h1>Big <em>title</em></h1><div>loose <b>text</b><p>a &amp; b<br>c&nbsp;d</p>tail</div><h6>Low</h6>"
        )
        == "# Big title\n\nloose text\n\na & b\nc\u00a0d\n\ntail\n\n###### Low"
    )


def test_lists_and_captions():
    """List items and captions are marked as such, also when lists are nested."""
    assert (
        html(
            "<ul><li>one</li><li>two<ul><li>three</li></ul></li></ul>"
            "<figure><img><figcaption>Workers march.</figcaption></figure>"
        )
        == "- one\n- two\n  - three\n\nCaption: Workers march."
    )


def test_what_is_unseen_goes_and_furniture_stays():
    """Scripts, styles, templates and hidden parts go; menus and footers are text."""
    text = html(
        "<script>alert(1)</script><style>p{}</style><template>t</template><p hidden>h</p>"
        '<div style="display: none"><p>h</p></div><noscript>n</noscript><!-- c -->'
        "<nav>Home | About</nav><header>Top</header><p>Body</p><aside>Side</aside><footer>End</footer>"
    )
    home, top, side, end = (
        f"::: furniture\n\n{words}\n\n:::" for words in ("Home | About", "Top", "Side", "End")
    )
    assert text == f"{home}\n\n{top}\n\nBody\n\n{side}\n\n{end}"


NAV = "<nav><h2>Strike news</h2><table><tr><th>Strikes<th>b<tr><td>They struck.<td>d</table></nav>"
AROUND = "<header>Workers on strike: latest</header>{}<footer>Strike fund</footer>"
LIBRARY = "<p>The library of the town opened its doors on Monday and lent books to readers.</p>"


@pytest.mark.parametrize(
    "page",
    [
        AROUND.format(f"{NAV}<main>{LIBRARY}</main>"),
        AROUND.format(f"<main>{NAV}{LIBRARY}</main>"),
        AROUND.format(f"<article><div role=navigation>Strike news</div>{LIBRARY}</article>"),
        f"<div class='top main-nav'>Workers on strike</div><div>{LIBRARY}</div>",
        f"<div role=banner>Workers on strike</div>{LIBRARY}<ul id=footer-menu><li>Strikes</ul>",
    ],
)
def test_the_menus_of_a_page_are_not_coded(page):
    """What stands around a text stays, is furniture with true offsets, and means nothing."""
    source = source_of("page", extract(f"<html><body>{page}</body></html>".encode(), name="a.html"))
    zones = find_zones(source)
    content = [zone.span.of(source.text) for zone in zones if zone.zone != "furniture"]
    assert content == [LIBRARY.removeprefix("<p>").removesuffix("</p>")]
    furniture = [zone.span.of(source.text) for zone in zones if zone.zone == "furniture"]
    assert all(one.startswith("::: furniture\n\n") for one in furniture)
    assert all(one.endswith("\n\n:::") for one in furniture)
    assert "trike" in "".join(furniture)
    assert code([source], [read_scheme("approach")]).codings.empty


@pytest.mark.parametrize(
    "page",
    [
        "<main><header><h1>A strike</h1></header><p>They struck.</p></main>",
        "<article><header><h1>A strike</h1></header><p>They struck.</p></article>",
        "<div class=menu><main><h1>A strike</h1><p>They struck.</p></main></div>",
        "<header><h1>A strike</h1><p>They struck.</p></header>",
        "<div role=main><aside><h1>A strike</h1></aside><p>They struck.</p></div><nav> </nav>",
    ],
)
def test_what_belongs_to_the_text_is_no_furniture(page):
    """A header inside the text, a frame around it, and all that a page holds are content."""
    assert html(page) == "# A strike\n\nThey struck."


@pytest.mark.parametrize("mark", ["::: furniture", ":::", "::::", "&#1;::: furniture", ":&#1;::"])
def test_words_of_a_page_are_no_fence(mark):
    """A line that looks like the mark of furniture is escaped, wherever it stands."""
    text = html(f"<nav>Home<p>{mark}</p></nav><p>a<br>{mark}</p><pre>b\n {mark}\nc</pre>")
    lines = text.split("\n")
    assert [line for line in lines if line in ("::: furniture", ":::")] == ["::: furniture", ":::"]
    assert sum(line.startswith("\\") for line in lines) == 3


def test_tables_of_data_become_pipe_tables():
    """Cells stand on one line, spans repeat their words, a pipe in a cell is escaped."""
    assert html(
        "<table><caption>Tab 1</caption><tr><th>a|b<th colspan=2>c<tr><td rowspan=2>1<td>2<td>3"
        "<tr><td>4<br>x<td><p>5</p><p>6</p></table>"
    ).split("\n") == [
        "Caption: Tab 1",
        "",
        r"| a\|b | c | c |",
        "| --- | --- | --- |",
        "| 1 | 2 | 3 |",
        "| 1 | 4 x | 5 6 |",
    ]


def test_a_spanning_cell_stands_in_every_row_that_it_spans():
    """What a row says is said under the heading that spans it: no passage loses its subject."""
    assert html(
        "<table><tr><th>Form<th>Example<tr><td rowspan=2>Strikes<td>docks<tr><td>mines"
        "<tr><td rowspan=0>Petitions<td>schools<tr><td>banks</table>"
    ).split("\n")[2:] == [
        "| Strikes | docks |",
        "| Strikes | mines |",
        "| Petitions | schools |",
        "| Petitions | banks |",
    ]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        # Wider than any row: the columns that hold nothing of their own are none.
        ("<tr><td colspan=90>all<tr><td>a<td>b", ["| all | all |", "| a | b |"]),
        # Both ways at once.
        ("<tr><td rowspan=2 colspan=2>x<td>1<tr><td>2<tr><td>a<td>b<td>c",
         ["| x | x | 1 |", "| x | x | 2 |", "| a | b | c |"]),
        # No cell reaches out of its part of the table.
        ("<thead><tr><th rowspan=3>h<th>i</thead><tbody><tr><td>a<td>b</tbody>",
         ["| h | i |", "| a | b |"]),
    ],
)  # fmt: skip
def test_spans_end_where_the_table_does(table, rows):
    """A span that says more than there is makes neither columns nor words."""
    first, _, *others = html(f"<table>{table}</table>").split("\n")
    assert [first, *others] == rows


def test_a_long_spanning_cell_is_not_multiplied():
    """A cell as long as a page stands once, whatever it spans."""
    text = html(
        f"<table><tr><td rowspan=900>{'long ' * 1000}<td>a" + "<tr><td>b" * 899 + "</table>"
    )
    assert text.count("long") == 1000


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>one</td></tr><tr><td>two</td></tr></table>",
        "<table role=presentation><tr><td>one<td>two</table>",
        "<table><tr><td><p>one</p></td><td><p>two</p></td></tr></table>",
        "<table><tr><td><table><tr><td>one</table></td><td>two</td></tr></table>",
    ],
)
def test_tables_for_layout_become_blocks(table):
    """A table that only arranges the page leaves no pipes."""
    assert html(table) == "one\n\ntwo"


def test_words_of_a_page_are_no_markup():
    """A paragraph that begins like a heading, a table or front matter keeps its words, escaped."""
    assert (
        html("<p># 1 union</p><p>| x |</p><p>---</p><p>#MeToo</p>")
        == "\\# 1 union\n\n\\| x |\n\n\\---\n\n#MeToo"
    )


@pytest.mark.parametrize(
    ("encoding", "declared", "words"),
    [
        ("gb18030", "gb2312", "工人罢工三天"),
        ("big5", "big5", "工人罷工三天"),
        ("cp1251", "windows-1251", "Рабочие объявили забастовку"),
        ("koi8-r", "koi8-r", "Рабочие объявили забастовку"),
        ("koi8-r", "utf-8", "Рабочие объявили забастовку"),
        ("cp1251", None, "Рабочие объявили забастовку"),
        ("utf-8", "iso-8859-1", "Café “Norte”"),
        ("cp1252", "iso-8859-1", "Café “Norte”"),
        ("gb18030", "iso-8859-1", "县总工会在三十个糖厂建立了基层工会。工作人员为新会员讲解"),
        ("utf-16", "utf-8", "工人罢工三天"),
        ("cp1251", "no-such-charset", "Рабочие объявили забастовку"),
    ],
)
def test_charset_of_a_page(encoding, declared, words):
    """The declared charset is believed where it can be true; otherwise the bytes decide."""
    head = (
        f'<meta http-equiv=content-type content="text/html; charset={declared}">'
        if declared
        else ""
    )
    data = f"<html><head>{head}</head><body><p>{words}</p></body></html>".encode(encoding)
    assert extract(data, name="a.htm").text == words


def test_facts_of_a_page():
    """The title is a fact; the declared language counts only where letters can't tell."""
    page = "<html lang={}><title> A \n title</title><p>{}</p></html>"
    french = extract(page.format("fr", "Les ouvriers ont fait grève").encode(), name="a.html")
    assert french.facts == {"title": "A title", "language": "fr"}
    template = extract(page.format("en", "工人罢工三天").encode(), name="a.html")
    assert template.facts == {"title": "A title"}
    assert source_of("a", template).language == "zh"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"<html><script>x</script></html>", "holds no text"),
        (b"<!-- nothing -->", "no page"),
        (b"<div>" * 5000 + b"deep", "nested too deep"),
    ],
)
def test_pages_without_text(data, found):
    """A page that shows nothing, or that is built to break readers, is refused."""
    assert found in refusal(data, "a.html")


def test_entities_of_a_page_read_no_files():
    """An external entity stays a word."""
    data = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>a&x;b</p></html>'
    assert "root:" not in extract(data, name="a.html").text


# PDF


def pdf(source: str) -> bytes:
    return typst.compile(source.encode(), ignore_system_fonts=True)


PAGE = '#set page(width: 9cm, height: 8cm, margin: 1cm)\n#set text(size: 10pt, lang: "en")\n'


def test_lines_of_a_pdf_are_joined():
    """A paragraph of several lines is one line of text, hyphenated words are whole, pages part."""
    sentence = (
        "The representatives of the lampworkers’ organisation telephoned every administration. "
    )
    data = pdf(
        PAGE
        + f"#set par(justify: true)\n= Yearly notice\n\n{sentence * 3}\n\n{sentence}\n#pagebreak()\n{sentence}"
    )
    extracted = extract(data, name="a.pdf")
    heading, long, short, rest = extracted.text.replace("\n\n\f", "").split("\n\n")
    assert heading == "Yearly notice"
    assert long == (sentence * 3).strip()
    assert short == rest == sentence.strip()
    assert (extracted.markup, extracted.encoding) == ("plain", "extracted")
    assert extracted.text.count("\n\n\f\n\n") == 1


def test_hyphens_that_belong_to_words_stay():
    """A word written with its hyphen elsewhere in the text keeps it at a line's end."""
    data = pdf(
        "#set page(width: 7cm, height: 8cm, margin: 1cm)\n#set text(size: 10pt, hyphenate: false)\n"
        "A well-known union.\n\n" + "They all met xx the well-known lawyer. " * 6
    )
    text = extract(data, name="a.pdf").text
    assert text.count("well-known") == 7
    assert "wellknown" not in text


def test_list_items_of_a_pdf_stay_apart():
    """Numbered and bulleted lines begin paragraphs of their own."""
    text = extract(pdf(PAGE + "Aims:\n+ more pay\n+ fewer hours\n- rest"), name="a.pdf").text
    assert text.split("\n\n") == ["Aims:", "1. more pay", "2. fewer hours", "• rest"]


def test_pages_without_text_are_noted():
    """A page that holds no text is counted as a page and told."""
    extracted = extract(pdf(PAGE + "One.\n#pagebreak()\n#pagebreak()\nThree."), name="a.pdf")
    assert extracted.text == "One.\n\n\f\n\n\n\n\f\n\nThree."
    assert extracted.encoding == "extracted (no text on page 2)"


def written(**changes: object) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(PAGE + "They struck.")))
    if changes:
        writer.encrypt(algorithm="RC4-128", **changes)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_locked_pdf():
    """A PDF that needs a password is refused; one that only forbids printing is read."""
    assert "needs a password; save a copy without one" in refusal(
        written(user_password="x"), "a.pdf"
    )
    assert (
        extract(written(user_password="", owner_password="x"), name="a.pdf").text == "They struck."
    )


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (pdf(PAGE + "#rect()"), "hold no text: a scan; run OCR"),
        (pdf(PAGE + "They struck.")[:2000], "cut short"),
        (b"%PDF-1.7\n1 0 obj <<", "cut short"),
        (b"%PDF-1.7\nnonsense\n%%EOF\n", "damaged or cut short"),
        (b"this is not a pdf", "the name says PDF, the content does not"),
        (b"", "empty"),
    ],
)
def test_pdfs_without_text(data, found):
    """A scan, a damaged, cut, misnamed or empty PDF is refused with its reason."""
    assert found in refusal(data, "a.pdf")


def test_look_alikes_become_ordinary():
    """Radicals and compatibility ideographs become ordinary characters, one for one, as NFKC has it."""
    assert (
        ordinary_characters("北⼭糖⼚⼯会，⻘波，农⺠⼯，⻋间，⾦\uf90a")
        == "北山糖厂工会，青波，农民工，车间，金金"
    )
    for point, ordinary in LOOK_ALIKES.items():
        assert unicodedata.name(ordinary).startswith("CJK UNIFIED IDEOGRAPH")
        nfkc = unicodedata.normalize("NFKC", chr(point))
        assert nfkc in (ordinary, chr(point))
    assert set(range(0x2F00, 0x2FD6)) <= set(LOOK_ALIKES)


def test_chinese_pdf(shared):
    """A PDF whose fonts give radicals yields the words that the page shows."""
    folder = shared / "interop" / "inputs"
    words = (folder / "zh_utf8.txt").read_text(encoding="utf-8")
    assert extract((folder / "zh.pdf").read_bytes(), name="zh.pdf").text == words.strip()


# Word


def document() -> docx.document.Document:
    return docx.Document()


def saved(made: docx.document.Document) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_word_document_in_order():
    """Headings, paragraphs, lists, captions and tables come in the order of the document."""
    made = document()
    made.add_heading("Notice", 0)
    made.add_paragraph("Before.\n# second line")
    made.add_heading("Aims", 2)
    made.add_paragraph("pay", style="List Bullet")
    made.add_paragraph("hours", style="List Bullet 2")
    made.add_paragraph("Table 1", style="Caption")
    table = made.add_table(2, 3)
    for cell, words in zip(table._cells, ["a|b", "c", "", "1", "2\n3", "4"], strict=True):
        cell.text = words
    table.cell(0, 1).merge(table.cell(0, 2))
    frame = made.add_table(1, 1)
    frame.cell(0, 0).text = "framed"
    made.add_paragraph("After.")
    extracted = extract(saved(made), name="a.docx")
    assert extracted.text.split("\n\n") == [
        "# Notice",
        "Before.\n\\# second line",
        "## Aims",
        "- pay\n  - hours",
        "Caption: Table 1",
        "| a\\|b | c |  |\n| --- | --- | --- |\n| 1 | 2 3 | 4 |",
        "framed",
        "After.",
    ]
    assert (extracted.markup, extracted.encoding) == ("markdown", "extracted")


def test_styles_built_on_headings_count():
    """A university's own style that builds on Heading 1 is a heading."""
    made = document()
    made.styles.add_style("Kapitel", 1).base_style = made.styles["Heading 1"]
    made.add_paragraph("Lamps", style="Kapitel")
    assert extract(saved(made), name="a.docx").text == "# Lamps"


def test_tracked_changes():
    """Inserted words are in the text, deleted ones are not."""
    made = document()
    paragraph = made.add_paragraph("They ")
    for tag, text_tag, words in (("w:ins", "w:t", "struck."), ("w:del", "w:delText", "left.")):
        change, run, text = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        text.text = words
        run.append(text)
        change.append(run)
        paragraph._p.append(change)
    assert extract(saved(made), name="a.docx").text == "They struck."


def test_notes_stand_at_the_end():
    """A footnote is marked where it stands and told after the text."""
    made = document()
    paragraph = made.add_paragraph("They struck")
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "2")
    paragraph.add_run()._r.append(reference)
    paragraph.add_run(" again.")
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = (
        f'<w:footnotes {space}><w:footnote w:type="separator" w:id="0"/>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>For three days.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    part = docx.opc.part.Part(
        docx.opc.packuri.PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        notes.encode(),
        made.part.package,
    )
    made.part.relate_to(part, docx.opc.constants.RELATIONSHIP_TYPE.FOOTNOTES)
    assert (
        extract(saved(made), name="a.docx").text
        == "They struck[^1] again.\n\n[^1]: For three days."
    )


def archive(**parts: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (saved(docx.Document())[:9000], "cut short or damaged"),
        (b"this is not a docx", "the name says Word document, the content does not"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word document"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "needs a password"),
        (archive(a="b"), "no Word document"),
        (archive(**{"[Content_Types].xml": "<x/>"}), "damaged, or no Word document"),
        (
            archive(**{"[Content_Types].xml": "<x/>", "a": bytes(210_000_000)}),
            "larger than any document",
        ),
        (saved(docx.Document()), "holds no text"),
    ],
)
def test_word_files_without_text(data, found):
    """A damaged, locked, old, empty or inflated Word file is refused with its reason."""
    assert found in refusal(data, "a.docx")


def test_entities_of_a_word_file_are_harmless():
    """Entities that multiply or read files do neither."""
    clean = zipfile.ZipFile(io.BytesIO(saved(docx.Document())))
    out = io.BytesIO()
    doctype = '<!DOCTYPE w [<!ENTITY a "{}"><!ENTITY f SYSTEM "file:///etc/passwd">'.format(
        "ha" * 1000
    )
    doctype += "".join(f'<!ENTITY b{n} "{"&a;" * 1000}">' for n in range(3)) + "]>"
    with zipfile.ZipFile(out, "w") as package:
        for part in clean.infolist():
            content = clean.read(part).decode("latin-1")
            if part.filename == "word/document.xml":
                content = content.replace("?>", "?>" + doctype, 1).replace(
                    "<w:body>", "<w:body><w:p><w:r><w:t>x&b1;&f;y</w:t></w:r></w:p>"
                )
            package.writestr(part.filename, content.encode("latin-1"))
    try:
        text = extract(out.getvalue(), name="a.docx").text
    except InputError:
        return
    assert "root:" not in text
    assert len(text) < 10_000


# Markdown


def test_front_matter_is_text_and_facts():
    """The head stays in the text, so that offsets hold, and its keys are facts as written."""
    text = "---\ntitle: 'Lamps: a notice'\nauthor: [A. Lamp, B. Oil]\ncountry: NO\ndate: 2010-05\nvoice: ngo\ntags: [x]\n---\n\n# Lamps\n"
    extracted = extract(text.encode(), name="a.md")
    assert extracted.text == text
    assert extracted.facts == {
        "title": "Lamps: a notice",
        "author": "A. Lamp; B. Oil",
        "country": "NO",
        "date": "2010-05",
        "voice": "ngo",
    }
    assert extracted.markup == "markdown"


@pytest.mark.parametrize(
    "text", ["They struck.", "---\nA rule above\n---\n", "Text\n---\ntitle: x\n---\n"]
)
def test_no_front_matter(text):
    """Rules that enclose no keys are just rules."""
    extracted = extract(text.encode(), name="a.md")
    assert (extracted.text, extracted.facts) == (text, {})


@pytest.mark.parametrize(
    ("head", "line", "field"),
    [
        ("title: x\nvoice: unoin\n---\n", 3, "voice"),
        ("date: May 2010\n---\n", 2, "date"),
        ("title: x\ntitle: y\n---\n", 3, "title"),
        ("title: {a: b}\n---\n", 2, "title"),
        ("language: English\n---\n", 2, "language"),
        ("title: x\nauthor: [a\n---\n", 4, "front matter"),
        ("title: x\nThe text begins without an end of the head.\n", 1, "front matter"),
    ],
)
def test_faults_of_front_matter(head, line, field):
    """What is wrong at the head is named with its line."""
    with pytest.raises(InputError) as caught:
        extract(f"---\n{head}text\n".encode(), name="a.md")
    (fault,) = caught.value.faults
    assert (fault.line, fault.field) == (line, field)


def test_plain_text_has_no_front_matter():
    """In a .txt file nothing is markup."""
    extracted = extract(b"---\ntitle: x\n---\n# a", name="a.txt")
    assert (extracted.facts, extracted.markup) == ({}, "plain")


# Everything


@pytest.mark.parametrize(
    ("name", "remedy"), [("a.doc", ".docx"), ("a.xyz", ".txt"), ("a", ".txt"), ("a.PNG", "OCR")]
)
def test_unknown_endings(name, remedy):
    """A file of another kind is refused with what would help."""
    assert remedy in refusal(b"x", name)


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(ENDINGS),
    st.sampled_from(
        [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"---\n", b"<html><table><tr><td>", b"\xd0\xcf\x11\xe0"]
    ),
    st.one_of(
        st.binary(max_size=200),
        st.text("<>/=&;ahlptdr:- \n\"'#|[]{}*!", max_size=80).map(str.encode),
    ),
    st.sampled_from([b"", b"\n%%EOF\n"]),
)
def test_no_file_breaks_it(ending, start, middle, end):
    """Whatever a file holds, there is a canonical text that reads back the same, or an InputError."""
    try:
        extracted = extract(start + middle + end, name=f"a{ending}")
    except InputError:
        return
    assert extracted.text == canonical(extracted.text)
    assert decode(extracted.text.encode()).text == extracted.text
    source_of("a", extracted)


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(["pdf", "docx"]),
    st.integers(0, 10**6),
    st.binary(min_size=1, max_size=8),
    st.booleans(),
)
def test_no_damage_breaks_it(kind, place, noise, cut):
    """A good file with a few bytes overwritten, or cut, gives a text or an InputError."""
    data = bytearray(GOOD[kind])
    place %= len(data)
    data[place : place + len(noise)] = noise
    try:
        extracted = extract(bytes(data[:place] if cut else data), name=f"a.{kind}")
    except InputError:
        return
    assert decode(extracted.text.encode()).text == extracted.text


def _good_document() -> bytes:
    made = document()
    made.add_heading("Notice", 1)
    made.add_table(2, 2).cell(0, 0).text = "cell"
    return saved(made)


GOOD = {"pdf": pdf(PAGE + "= Notice\nThey struck."), "docx": _good_document()}
