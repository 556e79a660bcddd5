"""Bytes become canonical text, and the encoding that was found is stated.

Comes in: the bytes of a text file.
Goes out: its text, the encoding, and a note where that is a guess.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from charset_normalizer import from_bytes

from tertium.errors import Fault, InputError
from tertium.offsets import canonical
from tertium.sources.plausibility import (
    cyrillic_score,
    many_scripts_score,
    unmarked_score,
    western_score,
)

SAVE_AS_UTF8 = "open it where it looks right and save it as UTF-8"

_MARKS = (  # the longer ones first: UTF-32's mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_MAGIC = (
    (b"%PDF-", "a PDF", ".pdf"),
    (b"PK\x03\x04", "a zip archive (as .docx and .epub are)", ".docx, if it is a Word document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", ".doc, and save it as .docx"),
    (b"{\\rtf", "rich text", ".rtf, and save it as .docx"),
    (b"\x89PNG", "a picture", ".png, and run OCR on it"),
    (b"\xff\xd8\xff", "a picture", ".jpg, and run OCR on it"),
    (b"GIF8", "a picture", ".gif, and run OCR on it"),
    (b"PAR1", "a Parquet table", ".parquet"),
)
# Halves of characters, and everything below U+0020 but tab, line ends and form feed (which parts
# the pages of a PDF).
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
_SAMPLE = 20_000
_PLAUSIBLE = 0.8
_CLEAR_MARGIN = 0.1
_ENOUGH = 40
# Encoding as stated, the codecs that read it, and how its text is judged. The first of equals wins.
_CANDIDATES: tuple[tuple[str, tuple[str, ...], Callable[[str], float]], ...] = (
    ("gb18030", ("gb18030",), many_scripts_score),
    ("big5", ("big5", "cp950", "big5hkscs"), many_scripts_score),
    ("windows-1251", ("cp1251",), cyrillic_score),
    ("koi8-r", ("koi8-r",), cyrillic_score),
    ("koi8-u", ("koi8-u",), cyrillic_score),
    ("windows-1252", ("cp1252",), western_score),
    ("utf-16-le", ("utf-16-le",), unmarked_score),
    ("utf-16-be", ("utf-16-be",), unmarked_score),
)


@dataclass(frozen=True)
class Decoded:
    """A canonical text and how its bytes were read.

    Parameters
    ----------
    text : str
        The canonical text (see `tertium.offsets.canonical`).
    encoding : str
        Name of the encoding, in lower case.
    note : str
        Empty where the encoding is certain or well supported; else why it is a guess.
    """

    text: str
    encoding: str
    note: str = ""

    @property
    def statement(self) -> str:
        """What stands in the column `encoding`: the name, with the note in brackets."""
        return f"{self.encoding} ({self.note})" if self.note else self.encoding


def decode(data: bytes, *, name: str = "text") -> Decoded:
    r"""The canonical text of `data`, with the encoding found.

    A byte order mark decides; then UTF-8, which foreign bytes practically never satisfy
    by chance; then UTF-16 without a mark, GB 18030, Big5, Windows-1251, KOI8-R/U and
    Windows-1252 (of which Latin-1 is a part), by which of them gives a text that could
    have been written: common characters, whole words of one script, capitals where they belong.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        The file as the user knows it, for messages.

    Raises
    ------
    InputError
        With one fault: empty, white space only, control characters, damaged UTF-8, or no
        encoding that gives a plausible text. Nothing is ever replaced or left out.

    Examples
    --------
    >>> decode("工人罢工。\r\n".encode("utf-16"))
    Decoded(text='工人罢工。\n', encoding='utf-16-le', note='')
    >>> decode("基層工會。".encode("big5")).statement
    'big5 (guessed; too short to be sure)'
    """
    if not data:
        _refuse(name, "the file is empty", "get the file again, or leave it out")
    for magic, kind, ending in _MAGIC:
        if data.startswith(magic):
            _refuse(name, f"this is no text but {kind}", f"give it the ending {ending}")
    decoded = (
        _by_mark(data, name) or _utf16_with_nulls(data) or _utf8(data, name) or _legacy(data, name)
    )
    text = canonical_text(decoded.text, name=name)
    return Decoded(text, decoded.encoding, decoded.note)


def canonical_text(text: str, *, name: str) -> str:
    r"""The canonical form of a text however it came; what is no text is refused as in `decode`.

    Examples
    --------
    >>> canonical_text("Cafe\u0301\r\nopen", name="a.txt")
    'Café\nopen'
    """
    text = canonical(text.lstrip("\ufeff"))
    unfit = _UNFIT.search(text)
    if unfit:
        _refuse(
            name,
            f"it holds the control character U+{ord(unfit[0]):04X}: no text, or a damaged one",
            "get the text again, or remove the control characters",
            text.count("\n", 0, unfit.start()) + 1,
        )
    if not text.strip():
        _refuse(name, "there is nothing but white space", "get the file again, or leave it out")
    return text


def _refuse(name: str, found: str, remedy: str, line: int = 0) -> NoReturn:
    raise InputError([Fault(name, line, "", found, remedy)])


def _by_mark(data: bytes, name: str) -> Decoded | None:
    for mark, encoding in _MARKS:
        if not data.startswith(mark):
            continue
        try:
            text = data[len(mark) :].decode(encoding)
        except UnicodeDecodeError as error:
            if encoding == "utf-32-le":
                continue  # then it is UTF-16 that begins with NUL
            if encoding == "gb18030":
                return None
            _refuse(
                name,
                f"its byte order mark says {encoding}, but byte {error.start + len(mark)} "
                f"does not fit ({error.reason})",
                "get the file again: it is damaged or cut short",
            )
        return Decoded(text, "utf-8-sig" if encoding == "utf-8" else encoding)
    return None


def _utf16_with_nulls(data: bytes) -> Decoded | None:
    """UTF-16 without a mark shows by NULs on one side of each pair; UTF-8 would let them pass."""
    if b"\0" not in data or len(data) % 2:
        return None
    found = [
        (score, encoding, text)
        for encoding in ("utf-16-le", "utf-16-be")
        if (text := _strictly(data, encoding)) is not None
        and "\0" not in text
        and (score := many_scripts_score(text[:_SAMPLE])) > _PLAUSIBLE
    ]
    if not found:
        return None
    _, encoding, text = max(found)
    note = "" if len(text) >= _ENOUGH else "guessed; too short to be sure"
    return Decoded(text, encoding, note)


def _utf8(data: bytes, name: str) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        fault = error
    escaped = data.decode("utf-8", "surrogateescape")
    bad = sum("\udc80" <= character <= "\udcff" for character in escaped)
    good = sum(byte >= 0x80 for byte in data) - bad
    if good >= 2 * bad:
        at_end = fault.start >= len(data) - 3
        _refuse(
            name,
            "it ends in the middle of a character"
            if at_end
            else f"nearly all of it is UTF-8, but byte {fault.start} is not",
            f"get the file again, or mend that place: {SAVE_AS_UTF8}",
            data.count(b"\n", 0, fault.start) + 1,
        )
    return None


def _legacy(data: bytes, name: str) -> Decoded:
    scored: list[tuple[float, str, str, int]] = []
    for encoding, codec_names, score_of in _CANDIDATES:
        for codec_name in codec_names:
            text = _strictly(data, codec_name)
            if text is None or _has_impossible(text):
                continue
            foreign = [character for character in text[:_SAMPLE] if character >= "\x80"]
            scored.append((score_of(text[:_SAMPLE]), encoding, text, len(foreign)))
            break
    scored.sort(key=lambda candidate: -candidate[0])  # stable: ties keep the order of the table
    if not scored or scored[0][0] < _PLAUSIBLE:
        _refuse(
            name,
            f"it is not UTF-8, and no plausible text in {_known_names()}{_hint(data)}",
            SAVE_AS_UTF8,
        )
    best, encoding, text, foreign_count = scored[0]
    rival = max(
        (score for score, other, _, _ in scored if other[:5] != encoding[:5]), default=0.0
    )  # KOI8-R and KOI8-U differ in a few signs only
    note = ""
    if foreign_count < _ENOUGH or best - rival < _CLEAR_MARGIN:
        short = len(text) < 10 * _ENOUGH
        note = f"guessed; too {'short' if short else 'few letters outside ASCII'} to be sure"
    return Decoded(text, encoding, note)


def _known_names() -> str:
    names = [encoding for encoding, _, _ in _CANDIDATES]
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _hint(data: bytes) -> str:
    """What a general detector makes of it; never trusted, only told."""
    if sum(byte >= 0x80 for byte in data[:_SAMPLE]) < _ENOUGH:
        return ""
    best = from_bytes(data[:_SAMPLE]).best()
    return f" (it may be {best.encoding.replace('_', '-')})" if best else ""


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _has_impossible(text: str) -> bool:
    """Control characters (also those that Windows encodings leave undefined), private use, none."""
    return any(
        unicodedata.category(character) in ("Cc", "Co", "Cn") and character not in "\t\n\r\f"
        for character in set(text)
    )
