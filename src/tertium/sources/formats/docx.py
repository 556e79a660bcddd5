"""A Word document becomes text, with its headings, lists, tables and notes.

Comes in: the bytes of a .docx file.
Goes out: its text in Markdown, in the order of the document, notes at the end.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, NoReturn

import docx
import docx.oxml
from docx.oxml.ns import qn
from lxml import etree

from tertium.errors import Fault, InputError
from tertium.sources.formats import markdown

_MOST_BYTES = 200_000_000
_MOST_PARTS = 10_000
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HEADING = re.compile(r"heading ([1-9])$", re.IGNORECASE)
_NOTE_PARTS = {"footnotes": "footnote", "endnotes": "endnote"}
_TEXT, _TAB, _HYPHEN = qn("w:t"), qn("w:tab"), qn("w:noBreakHyphen")
_BREAKS = (qn("w:br"), qn("w:cr"))
_NOTE_MARKS = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}
# Never part of the running text: deleted words, drawn text given twice, field instructions.
_SKIPPED = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:instrText"),
    qn("w:pPr"),
    qn("w:rPr"),
    qn("w:sdtPr"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}


def docx_text(data: bytes, *, name: str) -> str:
    """The text of a Word document, with notes numbered as ``[^1]`` and told at the end.

    Headings and captions are known by their styles (also by styles built on them), lists by
    style or numbering. Inserted words are in, deleted ones are out. Page headers and footers
    are left out: they are not in the run of the text.

    Raises
    ------
    InputError
        Not a Word document, cut short, locked by a password, an old .doc, or absurdly large.
    """
    _check(data, name)
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        if body is None:
            raise ValueError("no body")
        blocks = list(_Reader(document).blocks(body))
    except InputError:
        raise
    except RecursionError:
        _refuse(name, "its tables are nested too deep", "save the text alone")
    except Exception:
        # Any part of a damaged package can fail in its own way inside the parser.
        _refuse(name, "it is damaged, or no Word document", "open it in Word and save it again")
    return "\n\n".join(blocks)


def _refuse(name: str, found: str, remedy: str) -> NoReturn:
    raise InputError([Fault(name, 0, "", found, remedy)])


def _check(data: bytes, name: str) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            _refuse(name, "it needs a password", "save a copy without one and use that")
        _refuse(name, "it is an old Word document", "open it in Word and save it as .docx")
    if not data.startswith(b"PK"):
        _refuse(
            name,
            "the name says Word document, the content does not",
            "give it the ending of what it is, or get the file again",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        _refuse(name, "it is cut short or damaged", "get the whole file again")
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES:
        _refuse(name, "unpacked it would be larger than any document", "leave it out")
    if "[Content_Types].xml" not in names:
        _refuse(
            name,
            "it is a zip archive but no Word document",
            "give it the ending of what it is, or unpack it",
        )


class _Reader:
    """Turns the body of one document into blocks."""

    def __init__(self, document: Any) -> None:
        self._styles = {style.style_id: style for style in document.styles}
        self._notes = {kind: dict(_notes(document, part)) for part, kind in _NOTE_PARTS.items()}
        self._numbered: dict[tuple[str, str], int] = {}

    def blocks(self, body: Any) -> Iterator[str]:
        in_list = False
        pending: list[str] = []
        for element in _blocks_of(body):
            if element.tag == qn("w:tbl"):
                blocks, is_item = self._table(element), False
            else:
                blocks, is_item = self._paragraph(element)
            for block in blocks:
                if pending and not (in_list and is_item):
                    yield "\n".join(pending)
                    pending = []
                pending.append(block)
                in_list = is_item
        if pending:
            yield "\n".join(pending)
        for (kind, number), mark in self._numbered.items():
            words = markdown.one_line(self._notes[kind].get(number, ""))
            if words:
                yield f"[^{mark}]: {words}"

    def _paragraph(self, element: Any) -> tuple[list[str], bool]:
        words = self._words(element).strip()
        if not words:
            return [], False
        names = self._style_names(element)
        if level := self._heading_level(element, names):
            return [markdown.heading(words, level)], False
        if any(name.lower() == "caption" for name in names):
            return [markdown.CAPTION + markdown.one_line(words)], False
        depth = self._list_depth(element, names)
        if depth is not None:
            return ["  " * depth + markdown.LIST_ITEM + markdown.one_line(words)], True
        return [markdown.paragraph(words)], False

    def _style_names(self, element: Any) -> list[str]:
        """The paragraph's style and those that it builds on, nearest first."""
        chosen = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        style = self._styles.get(chosen.get(qn("w:val"))) if chosen is not None else None
        found: list[str] = []
        while style is not None and style.name and style.name not in found:
            found.append(style.name)
            style = getattr(style, "base_style", None)
        return found

    def _heading_level(self, element: Any, names: list[str]) -> int | None:
        for name in names:
            if match := _HEADING.match(name):
                return int(match[1])
            if name.lower() == "title":
                return 1
        outline = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        value = outline.get(qn("w:val"), "") if outline is not None else ""
        return int(value) + 1 if value.isdecimal() and int(value) < 9 else None

    def _list_depth(self, element: Any, names: list[str]) -> int | None:
        numbering = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if numbering is not None:
            number = numbering.find(qn("w:numId"))
            if number is not None and number.get(qn("w:val")) == "0":
                return None  # taken out of its list
            level = numbering.find(qn("w:ilvl"))
            value = level.get(qn("w:val"), "0") if level is not None else "0"
            return min(int(value), 8) if value.isdecimal() else 0
        for name in names:
            if match := re.match(r"list (?:bullet|number)(?: ([2-9]))?$", name, re.IGNORECASE):
                return int(match[1]) - 1 if match[1] else 0
        return None

    def _table(self, table: Any) -> list[str]:
        rows: list[list[str]] = []
        paragraphs: list[Any] = []
        for row in table.iter(qn("w:tr")):
            if next(row.iterancestors(qn("w:tbl"))) is not table:
                continue  # a row of a table inside a cell: told with that cell
            cells: list[str] = []
            for cell in row.iter(qn("w:tc")):
                if next(cell.iterancestors(qn("w:tr"))) is not row:
                    continue
                inner = list(cell.iter(qn("w:p")))
                paragraphs += inner
                continues = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
                is_covered = continues is not None and continues.get(qn("w:val")) != "restart"
                words = " ".join(self._words(paragraph).strip() for paragraph in inner)
                cells.append("" if is_covered else words.strip())
                span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
                width = span.get(qn("w:val"), "1") if span is not None else "1"
                extra = int(width) - 1 if width.isdecimal() and len(width) < 4 else 0
                cells.extend([""] * min(extra, 100))
            if any(cells):
                rows.append(cells)
        if not rows:
            return []
        if max(len(row) for row in rows) > 1:
            return [markdown.pipe_table(rows)]
        # A frame around text, not a table of data.
        return [block for paragraph in paragraphs for block in self._paragraph(paragraph)[0]]

    def _words(self, element: Any) -> str:
        return "".join(self._pieces(element))

    def _pieces(self, element: Any) -> Iterator[str]:
        walk = etree.iterwalk(element, events=("start",))
        for _, node in walk:
            tag = node.tag
            if tag in _SKIPPED or (tag == qn("w:p") and node is not element):
                walk.skip_subtree()
            elif tag == _TEXT:
                yield node.text or ""
            elif tag == _TAB:
                yield "\t"
            elif tag in _BREAKS:
                yield "\n"
            elif tag == _HYPHEN:
                yield "-"
            elif tag in _NOTE_MARKS:
                yield self._note_mark(_NOTE_MARKS[tag], node.get(qn("w:id"), ""))

    def _note_mark(self, kind: str, number: str) -> str:
        if number not in self._notes[kind]:
            return ""
        mark = self._numbered.setdefault((kind, number), len(self._numbered) + 1)
        return f"[^{mark}]"


def _blocks_of(body: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also those inside content controls and text boxes."""
    walk = etree.iterwalk(body, events=("start",))
    for _, node in walk:
        if node.tag == qn("w:tbl"):
            yield node
            walk.skip_subtree()
        elif node.tag == qn("w:p"):
            yield node
        elif node.tag in _SKIPPED:
            walk.skip_subtree()


def _notes(document: Any, part_name: str) -> Iterator[tuple[str, str]]:
    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(f"/{part_name}"):
            continue
        root = docx.oxml.parse_xml(relation.target_part.blob)
        for note in root:
            if note.get(qn("w:type")) in ("separator", "continuationSeparator"):
                continue
            words = " ".join(
                "".join(text.text or "" for text in paragraph.iter(_TEXT))
                for paragraph in note.iter(qn("w:p"))
            )
            yield note.get(qn("w:id"), ""), words.strip()
