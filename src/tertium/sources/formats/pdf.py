"""A PDF becomes text: lines joined to paragraphs, pages parted by form feeds.

Comes in: the bytes of a PDF.
Goes out: its text, ordinary characters where the file has look-alikes.
"""

from __future__ import annotations

import ctypes
import re
import statistics
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NoReturn

import pypdfium2
import pypdfium2.raw as pdfium

from tertium.errors import Fault, InputError

PAGE_BREAK = "\n\n\f\n\n"

_MOST_PAGES = 5000
_HYPHEN = "\x02"  # what PDFium gives for a hyphen at a line's end
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_BEGINS_ITEM = re.compile(
    r"(?:[•·▪◦‣►○●*–-]|\(?\d{1,3}[.)、]|\([a-z]\)|[一二三四五六七八九十]+、)\s*\S"
)
_ENDS_SENTENCE = re.compile(r"[.!?。！？:：][\"'”’»)\]）」』》]*$")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_SAME_SIZE = 0.1
_WIDE_GAP = 1.35
_OPEN_GAP = 2.0
_SPACE_WIDTH = 0.15

# Characters of the block CJK Radicals Supplement that stand in PDFs for whole words. Unicode
# decomposes only two of the block; these are the ones whose names say which ordinary character
# they show. Radicals that are no words of their own (⺅, ⺡, ⻌, …) stay as they are.
_RADICALS = dict(
    zip(
        "⺁⺎⺒⺓⺜⺝⺟⺠⺧⺩⺫⺬⺶⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻯⻰⻱⻲⻳",
        "厂兀巳幺日月母民牛王目示羊虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿竜龙龜亀龟",
        strict=True,
    )
)


def _look_alikes() -> dict[int, str]:
    table = {ord(radical): character for radical, character in _RADICALS.items()}
    for point in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)):
        ordinary = unicodedata.normalize("NFKC", chr(point))
        if len(ordinary) == 1 and ordinary != chr(point):
            table[point] = ordinary
    return table


LOOK_ALIKES = _look_alikes()


def ordinary_characters(text: str) -> str:
    """CJK radicals and compatibility ideographs as the ordinary characters, one for one.

    Mapped: all Kangxi radicals (U+2F00–2FD5), the compatibility ideographs (U+F900–FAFF) that
    Unicode decomposes, and the radicals of U+2E80–2EFF that are words. Not mapped: other
    radicals of U+2E80–2EFF, and the dozen of U+FA0E–FA29 that are ordinary characters.

    Examples
    --------
    >>> ordinary_characters("北⼭农⺠⼯")
    '北山农民工'
    """
    return text.translate(LOOK_ALIKES)


def pdf_text(data: bytes, *, name: str) -> tuple[str, str]:
    """The text of a PDF, and a note on pages that hold none.

    Lines are joined where the next line's first word would not have fitted; a hyphen at a
    line's end goes where the word is one. Running headers and footers stay.

    Raises
    ------
    InputError
        Cut short, damaged, locked by a password, no text on any page (a scan), or fonts
        that don't say which characters they show.
    """
    if not data.startswith(b"%PDF-") and b"%PDF-" not in data[:1024]:
        _refuse(
            name,
            "the name says PDF, the content does not",
            "give it the ending of what it is, or get the file again",
        )
    if b"%%EOF" not in data[-4096:]:
        _refuse(name, "it is cut short: its end is missing", "get the whole file again")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            _refuse(name, "it needs a password", "save a copy without one and use that")
        _refuse(name, "it is damaged or cut short", "get the whole file again")
    try:
        count = len(document)
        if count > _MOST_PAGES:
            _refuse(name, f"it has {count} pages", f"split it: {_MOST_PAGES} is the most")
        pages = [_page_lines(document, number) for number in range(count)]
    except pypdfium2.PdfiumError:
        _refuse(name, "one of its pages is damaged", "get the whole file again")
    finally:
        document.close()
    empty = [number for number, lines in enumerate(pages, start=1) if not lines]
    if len(empty) == len(pages):
        _refuse(
            name,
            f"its pages ({count}) hold no text: a scan",
            "run OCR, for example `ocrmypdf in.pdf out.pdf`, and use the result",
        )
    raw = "\n".join(line.text for lines in pages for line in lines)
    lost = sum(c == "\ufffd" or unicodedata.category(c) in ("Co", "Cn") for c in raw)
    if lost > 0.2 * len(raw):
        _refuse(
            name,
            "its fonts do not say which characters they show",
            "run OCR, for example `ocrmypdf --force-ocr in.pdf out.pdf`, and use the result",
        )
    words = set(re.findall(r"\w+(?:-\w+)*", raw.casefold()))
    text = PAGE_BREAK.join("\n\n".join(_paragraphs(lines, words)) for lines in pages)
    note = f"no text on page {', '.join(map(str, empty))}" if empty else ""
    return text, note


def _refuse(name: str, found: str, remedy: str) -> NoReturn:
    raise InputError([Fault(name, 0, "", found, remedy)])


@dataclass(frozen=True)
class _Line:
    """A line of a page: its text, where it stands, and how wide its first word is."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    first_word: float


class _Characters:
    """The characters of a page with their boxes, as PDFium gives them."""

    def __init__(self, page: Any) -> None:
        self._raw = page.raw
        self._numbers = [ctypes.c_double() for _ in range(4)]

    def box(self, index: int) -> tuple[float, float]:
        left, right, bottom, top = self._numbers
        pdfium.FPDFText_GetCharBox(self._raw, index, left, right, bottom, top)
        return left.value, right.value

    def baseline(self, index: int) -> float:
        x, y, *_ = self._numbers
        pdfium.FPDFText_GetCharOrigin(self._raw, index, x, y)
        return y.value

    def size(self, index: int) -> float:
        """The font's height on the page, whatever the file calls its size."""
        box = pdfium.FS_RECTF()
        pdfium.FPDFText_GetLooseCharBox(self._raw, index, box)
        return abs(box.top - box.bottom)

    def read(self) -> list[tuple[int, str]]:
        count = max(pdfium.FPDFText_CountChars(self._raw), 0)
        found: list[tuple[int, str]] = []
        high = 0
        for index in range(count):
            unit = pdfium.FPDFText_GetUnicode(self._raw, index)
            if 0xD800 <= unit < 0xDC00:
                high = unit
            elif 0xDC00 <= unit < 0xE000:
                if high:
                    found.append((index, chr(0x10000 + ((high - 0xD800) << 10) + unit - 0xDC00)))
                high = 0
            elif 0 < unit < 0x110000:
                is_hyphen = pdfium.FPDFText_IsHyphen(self._raw, index) == 1
                found.append((index, _HYPHEN if is_hyphen else chr(unit)))
        return found


def _page_lines(document: Any, number: int) -> list[_Line]:
    page = document[number]
    text_page = page.get_textpage()
    try:
        characters = _Characters(text_page)
        rows: list[list[tuple[int, str]]] = [[]]
        for index, character in characters.read():
            if character in "\r\n":
                rows.append([])
                continue
            rows[-1].append((index, character))
            if character == _HYPHEN:
                rows.append([])
        return [line for row in rows if (line := _line(characters, row)) is not None]
    finally:
        text_page.close()
        page.close()


def _line(characters: _Characters, row: list[tuple[int, str]]) -> _Line | None:
    words: list[str] = []
    for (before, previous), (index, character) in zip([(0, " "), *row], row, strict=False):
        # PDFium swallows the space after an apostrophe that ends a word.
        if previous in "’”'\"" and character.isalnum():
            gap = characters.box(index)[0] - characters.box(before)[1]
            if gap > _SPACE_WIDTH * characters.size(index):
                words.append(" ")
        words.append(character)
    text = ordinary_characters("".join(words))
    text = _UNPRINTABLE.sub(lambda match: match[0] if match[0] == _HYPHEN else "", text)
    text = text.replace("\t", " ").replace("\f", " ").strip()
    if not text.strip(_HYPHEN + " \u00a0"):
        return None
    printed = [index for index, character in row if not character.isspace()]
    first_end = printed[0]
    if not _HAN.match(text):
        for index, character in row:
            if index < printed[0]:
                continue
            if character.isspace():
                break
            first_end = index
    left = characters.box(printed[0])[0]
    return _Line(
        text=text,
        left=left,
        right=characters.box(printed[-1])[1],
        baseline=characters.baseline(printed[0]),
        size=statistics.median_low([characters.size(index) for index in printed[:40]]),
        first_word=characters.box(first_end)[1] - left,
    )


def _paragraphs(lines: list[_Line], words: set[str]) -> list[str]:
    gaps = [a.baseline - b.baseline for a, b in pairwise(lines) if a.baseline > b.baseline]
    near = [gap for gap in gaps if gap < 3 * statistics.median_low([line.size for line in lines])]
    usual_gap = statistics.median_low(near) if near else 0.0
    paragraphs: list[str] = []
    for number, line in enumerate(lines):
        if number and not _begins_paragraph(lines, number, usual_gap):
            paragraphs[-1] = _joined(paragraphs[-1], line.text, words)
        else:
            paragraphs.append(line.text)
    return [paragraph.replace(_HYPHEN, "-") for paragraph in paragraphs]


def _begins_paragraph(lines: list[_Line], number: int, usual_gap: float) -> bool:
    above, line = lines[number - 1], lines[number]
    if above.text.endswith(_HYPHEN):
        return False
    if abs(above.size - line.size) > _SAME_SIZE * max(above.size, line.size):
        return True
    gap = above.baseline - line.baseline
    if gap <= 0:  # a new column; a sentence may run on
        return not line.text[0].islower()
    if gap > _WIDE_GAP * usual_gap or _BEGINS_ITEM.match(line.text):
        return True
    if gap > _OPEN_GAP * line.size and _ENDS_SENTENCE.search(above.text):
        return True  # a page of one-line paragraphs has but one gap, and that is wide
    column = [other for other in lines if other.left < above.right and other.right > above.left]
    margin = max(other.right for other in column)
    space = 0.0 if _HAN.match(line.text) else 0.25 * line.size
    if above.right + space + line.first_word < margin - 0.5 * line.size:
        return True  # the line's first word would have fitted above: the break was meant
    edge = min(other.left for other in column)
    is_indented = line.left > above.left + line.size
    return is_indented and above.left < edge + 0.5 * line.size


def _joined(above: str, line: str, words: set[str]) -> str:
    if above.endswith("\u00ad"):
        return above[:-1] + line
    if above.endswith(_HYPHEN):
        return _rejoined(above[:-1], line, words)
    both_han = _HAN.match(above[-1]) and _HAN.match(line[0])
    return above + line if both_han else f"{above} {line}"


def _rejoined(above: str, line: str, words: set[str]) -> str:
    """A word broken at a hyphen: whole, unless the text writes it with the hyphen elsewhere."""
    first = re.search(r"[\w-]*$", above)
    second = re.match(r"[\w-]*", line)
    left, right = (first[0] if first else ""), (second[0] if second else "")
    if f"{left}{right}".casefold() in words:
        return above + line
    keeps = (
        f"{left}-{right}".casefold() in words
        or not right[:1].islower()
        or left.isupper()
        or "-" in left
    )
    return f"{above}-{line}" if keeps else above + line
