"""A packed PDF is the same document in fewer bytes."""

from __future__ import annotations

import io

import typst
from pypdf import PdfReader

from tertium.report.typesetting.packed import packed

SOURCE = b"""
#set document(title: "Packed", date: none)
#outline()
#for n in range(260) [= Heading #n
  #link("https://example.org/" + str(n))[A link] and a table #table(columns: 2, [a], [b])]
"""


def test_nothing_is_lost_and_much_is_saved(tmp_path) -> None:
    """Pages, texts, tags, links and bookmarks are those of the file that came in."""
    (tmp_path / "a.typ").write_bytes(SOURCE)
    plain = typst.compile(str(tmp_path / "a.typ"), format="pdf", pdf_standards=["ua-1"])
    small = packed(plain)
    assert len(small) < len(plain) / 2
    one, other = (PdfReader(io.BytesIO(each), strict=True) for each in (plain, small))
    assert [p.extract_text() for p in one.pages] == [p.extract_text() for p in other.pages]
    links = [sum(len(p.get("/Annots", ())) for p in each.pages) for each in (one, other)]
    assert links[0] == links[1] > 260
    assert len(other.outline) == len(one.outline)
    assert other.metadata == one.metadata
    assert other.trailer["/ID"] == one.trailer["/ID"]
    tags = [each.trailer["/Root"]["/StructTreeRoot"].get_object() for each in (one, other)]
    assert len(tags[0]["/ParentTree"]["/Nums"]) == len(tags[1]["/ParentTree"]["/Nums"])
    assert packed(plain) == small


def test_a_file_that_is_built_otherwise_is_left_as_it_is(tmp_path) -> None:
    """What is packed already has no table of places; nothing is guessed at."""
    (tmp_path / "a.typ").write_bytes(SOURCE)
    small = packed(typst.compile(str(tmp_path / "a.typ"), format="pdf"))
    assert packed(small) == small
    assert packed(b"%PDF-1.7 nothing") == b"%PDF-1.7 nothing"
