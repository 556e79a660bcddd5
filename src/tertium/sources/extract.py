"""One file's bytes become its canonical text, whatever its format.

Comes in: the bytes of a .txt, .md, .html, .pdf or .docx file, and its name.
Goes out: the text, how headings are written in it, the encoding, and facts stated inside.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Literal, NoReturn

from tertium.errors import Fault, InputError
from tertium.sources.decode import canonical_text, decode
from tertium.sources.formats.docx import docx_text
from tertium.sources.formats.front_matter import front_matter_facts
from tertium.sources.formats.html import html_text
from tertium.sources.formats.pdf import pdf_text
from tertium.sources.language import script_language
from tertium.sources.source import Source

Markup = Literal["plain", "markdown"]

# Of these the text is decoded; of the others it is extracted, once, by an explicit command.
TEXT_ENDINGS = (".txt", ".text", ".md", ".markdown")
EXTRACTED_ENDINGS = (".html", ".htm", ".xhtml", ".pdf", ".docx")
ENDINGS = (*TEXT_ENDINGS, *EXTRACTED_ENDINGS)

_CONVERT = "open it and save it as .docx or .txt"
_REMEDIES = {
    ".doc": "open it in Word and save it as .docx",
    ".rtf": _CONVERT,
    ".odt": _CONVERT,
    ".pages": _CONVERT,
    ".epub": "unpack it and use the .html files inside",
    ".xls": "save the sheet as .csv and read that by itself",
    ".xlsx": "save the sheet as .csv and read that by itself",
    ".json": "write one object a line and call it .jsonl",
    ".png": "run OCR on it and save the text as .txt",
    ".jpg": "run OCR on it and save the text as .txt",
    ".jpeg": "run OCR on it and save the text as .txt",
    ".tif": "run OCR on it and save the text as .txt",
    ".tiff": "run OCR on it and save the text as .txt",
}


@dataclass(frozen=True)
class Extracted:
    """A canonical text taken from a file.

    Parameters
    ----------
    text : str
        The canonical text.
    markup : {"plain", "markdown"}
        How headings and tables are written in it.
    encoding : str
        How the bytes were decoded; "extracted" for PDF and DOCX.
    facts : dict of str to str
        What the file says about itself, by the manifest's columns.
    """

    text: str
    markup: Markup
    encoding: str
    facts: dict[str, str] = field(default_factory=dict, hash=False)


def markup_of(name: str) -> Markup:
    """How headings are written in the text of a file with this name.

    Examples
    --------
    >>> markup_of("a.html"), markup_of("a.pdf")
    ('markdown', 'plain')
    """
    ending = PurePath(name).suffix.lower()
    return "plain" if ending in (".txt", ".text", ".pdf") else "markdown"


def extract(data: bytes, *, name: str) -> Extracted:
    r"""The canonical text of one file.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        Its name as the user knows it; the ending says the format.

    Raises
    ------
    InputError
        With reason and remedy, when the file holds no text that can be used.

    Examples
    --------
    >>> extract(b"<h1>Strike</h1><p>They struck.</p>", name="a.html").text
    '# Strike\n\nThey struck.'
    >>> extract(b"They struck.", name="a.txt").encoding
    'utf-8'
    """
    ending = PurePath(name).suffix.lower()
    if ending not in ENDINGS:
        remedy = _REMEDIES.get(ending, f"the endings that are read: {', '.join(ENDINGS)}")
        _refuse(name, f"files ending in {ending} are not read" if ending else "no ending", remedy)
    if not data:
        _refuse(name, "the file is empty", "get the file again, or leave it out")
    if ending in TEXT_ENDINGS:
        decoded = decode(data, name=name)
        markup = markup_of(name)
        facts = front_matter_facts(decoded.text, name=name) if markup == "markdown" else {}
        return Extracted(decoded.text, markup, decoded.statement, facts)
    if ending == ".pdf":
        text, note = pdf_text(data, name=name)
        encoding = f"extracted ({note})" if note else "extracted"
        facts = {}
    elif ending == ".docx":
        text, encoding, facts = docx_text(data, name=name), "extracted", {}
    else:
        text, encoding, facts = html_text(data, name=name)
    if not text.strip():
        _refuse(name, "it holds no text that a reader would see", "save its text as .txt")
    text = canonical_text(_printable(text), name=name)
    if facts.get("language", "en").split("-")[0].lower() in ("en", "zh", "ru"):
        # Templates declare these whatever the page is in; its letters say it better.
        facts.pop("language", None)
    elif script_language(text) != "und":
        facts.pop("language", None)
    return Extracted(text, markup_of(name), encoding, facts)


def source_of(id_: str, extracted: Extracted) -> Source:
    """A source from an extracted text; its language as stated, else as its letters tell."""
    facts = dict(extracted.facts)
    language = facts.pop("language", "") or script_language(extracted.text)
    return Source(
        id=id_,
        text=extracted.text,
        language=language,
        encoding=extracted.encoding,
        markup=extracted.markup,
        facts=facts,
    )


def _printable(text: str) -> str:
    """Extracted text without the stray control characters that parsers let through."""
    return "".join(c for c in text if c >= " " or c in "\t\n\f").replace("\x7f", "")


def _refuse(name: str, found: str, remedy: str) -> NoReturn:
    raise InputError([Fault(name, 0, "", found, remedy)])
