"""A source cut into documents, paragraphs and sentences, each with its offsets.

Comes in: a source and its zones.
Goes out: units that never overlap within their kind and never cross a zone.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tertium.columns import Zone
from tertium.sources.sections import Table, cell_text, find_tables, lines_of, trimmed
from tertium.sources.source import Source
from tertium.sources.zones import ZoneSpan, find_zones
from tertium.spans import Span, subtract

UnitKind = Literal["document", "paragraph", "sentence"]

_LIST_ITEM = re.compile(r"^\s*(?:[•·▪◦‣►○●]|[-*+] |\(?\d{1,2}(?:[.)]\s|[、）]))")
_WRAP_LENGTH = 100
_CLOSING = "\"'”’»)]）」』》"
_OPENING = "\"'“‘«([（「『《"
_SENTENCE_END = re.compile(rf"(?:[。！？]+|……|[!?]+|\.{{3}}|…|\.)[{re.escape(_CLOSING)}]*")
_HAN_END = re.compile(r"[。！？]|……")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
# How far before and after a mark the rules look; nothing that they ask for is longer.
_REACH = 48
_WORD_BEFORE = re.compile(r"[^\W_]+(?:\.[^\W_]+)*\Z")
_NEXT = re.compile(rf"\s*(?:[—–-]\s)?[{re.escape(_OPENING)}\s]*")
_NEXT_WORD = re.compile(r"[^\W_]+")
_ROMAN = re.compile(r"[IVXLC]{2,}\Z")
# Before a name, whatever its case: never the end of a sentence.
_TITLES = frozenset(
    "mr mrs ms dr prof sr st gen gov sen rep col capt lt hon rev ул д проф акад доц тов гр зам "
    "им е к н".split()
)
# Before a number these are never the end of a sentence; before a word they may be.
_NUMBERED = frozenset(
    "no nos vol vols art arts sec fig figs ch p pp ст стр рис табл с см п пп ч кв № т".split()
)
# A capital letter after these begins a sentence.
_ABBREVIATIONS = frozenset(
    "jr ed eds vs etc al cf corp inc co ltd bros dept est approx jan feb mar apr jun jul aug sep "
    "sept oct nov dec вв в э пр просп обл р тыс млн млрд трлн руб коп др ср напр чел".split()
)
_YEARS = frozenset("г гг".split())
_FEW_WORDS = 4
_DOTTED_INSIDE = frozenset("e.g i.e т.е т.н т.к".split())
_DOTTED_END = frozenset("a.m p.m т.д т.п н.э".split())
# After "U.S." or "U.K." only these show a new sentence; a name goes on with it.
_STARTERS = frozenset(
    "the a an this that these those it its he she they we you i in on at for but and so as by "
    "from with when while after before if since however there then what who how why both some "
    "many most all last meanwhile instead".split()
)


@dataclass(frozen=True, order=True)
class Unit:
    """A stretch of text that can be coded or counted.

    Parameters
    ----------
    span : Span
    kind : {"document", "paragraph", "sentence"}
    number : int
        From 1, over the units of this kind in the source.
    zone : str
        Zone that the unit stands in; a document is "body".
    page : int or None
        Page of the file, where it has pages (a form feed ends each).
    """

    span: Span
    kind: UnitKind
    number: int
    zone: Zone
    page: int | None = None


@lru_cache(maxsize=256)
def find_units(source: Source, kind: UnitKind) -> tuple[Unit, ...]:
    r"""The units of one kind, in order.

    Parameters
    ----------
    source : Source
    kind : {"document", "paragraph", "sentence"}
        A paragraph is what blank lines, list items or the cells of a table set apart.

    Examples
    --------
    >>> source = Source(id="a", text="They met Mr. Li. He left.\n\n工人罢工。厂方拒绝。")
    >>> [unit.span.of(source.text) for unit in find_units(source, "sentence")]
    ['They met Mr. Li.', 'He left.', '工人罢工。', '厂方拒绝。']
    """
    text = source.text
    if kind == "document":
        whole = trimmed(text, Span(0, len(text))) if text else None
        return (Unit(whole, kind, 1, "body"),) if whole else ()
    paragraphs = [
        (span, zone.zone) for zone in find_zones(source) for span in _paragraphs(text, zone)
    ]
    paragraphs = _with_table_cells(text, paragraphs)
    if kind == "sentence":
        spans = [
            (span, zone) for paragraph, zone in paragraphs for span in sentences(text, paragraph)
        ]
    else:
        spans = paragraphs
    breaks = [match.start() for match in re.finditer("\f", text)]
    return tuple(
        Unit(span, kind, number, zone, bisect_left(breaks, span.start) + 1 if breaks else None)
        for number, (span, zone) in enumerate(sorted(spans), start=1)
    )


def _paragraphs(text: str, zone: ZoneSpan) -> Iterator[Span]:
    if zone.zone == "heading":
        yield zone.span
        return
    block: list[Span] = []
    for line in lines_of(zone.span.of(text).replace("\f", "\n")):
        span = trimmed(text, Span(zone.span.start + line.start, zone.span.start + line.end))
        if span is None:
            continue
        if block and _begins_paragraph(text, block, span):
            yield Span(block[0].start, block[-1].end)
            block = []
        block.append(span)
    if block:
        yield Span(block[0].start, block[-1].end)


def _begins_paragraph(text: str, block: Sequence[Span], line: Span) -> bool:
    """A blank line, a list item, or a line after one that was not broken for its width."""
    between = text[block[-1].end : line.start]
    if between.count("\n") > 1 or "\f" in between or _LIST_ITEM.match(line.of(text)):
        return True
    last, first_letter = block[-1].of(text), line.of(text)[0]
    if len(last) > _WRAP_LENGTH:
        return not first_letter.islower()
    ends_sentence = re.search(r"[.!?。！？:：][\"'”’»)\]）」』]*$", last[-_REACH:]) is not None
    return ends_sentence and first_letter.isupper() and len(last) < 60


def _with_table_cells(text: str, paragraphs: list[tuple[Span, Zone]]) -> list[tuple[Span, Zone]]:
    """Each cell of a table is a paragraph; the lines that hold the table are none."""
    tables = find_tables(text)
    if not tables:
        return paragraphs
    areas = [_area(text, table) for table in tables]
    zones: list[Zone] = ["body"] * len(tables)
    outside: list[tuple[Span, Zone]] = []
    for span, zone in paragraphs:
        first = bisect_right(areas, span.start, key=lambda area: area.end)
        last = bisect_left(areas, span.end, key=lambda area: area.start)
        if zone == "furniture":
            zones[first:last] = ["furniture"] * (last - first)
        outside.extend((part, zone) for part in _outside(text, span, areas[first:last]))
    cells: list[tuple[Span, Zone]] = []
    for table, zone in zip(tables, zones, strict=True):
        for number, row in enumerate(table.rows):
            for column, cell in enumerate(row):
                words = cell_text(text, cell)
                if words is not None:
                    is_header = zone == "body" and 0 in (number, column)
                    cells.append((words, "heading" if is_header else zone))
    return [*outside, *cells]


def _area(text: str, table: Table) -> Span:
    """The lines of a table; the last border is no part of the last cell."""
    end = text.find("\n", table.span.end)
    return Span(table.span.start, len(text) if end < 0 else end)


def _outside(text: str, span: Span, areas: Sequence[Span]) -> Iterator[Span]:
    for part in subtract([span], areas):
        inner = trimmed(text, part)
        if inner:
            yield inner


def sentences(text: str, paragraph: Span) -> list[Span]:
    """The sentences of a paragraph in English, Chinese or Russian, in order.

    Rules only: sentence marks with the quotes and brackets that close after them; not after
    abbreviations, initials, list numbers, or inside numbers and addresses.

    Examples
    --------
    >>> text = "В 2010 г. завод закрыли. Рабочие ушли."
    >>> [span.of(text) for span in sentences(text, Span(0, len(text)))]
    ['В 2010 г. завод закрыли.', 'Рабочие ушли.']
    """
    found: list[Span] = []
    start = paragraph.start
    quotes = 0
    counted = paragraph.start
    for match in _SENTENCE_END.finditer(text, paragraph.start, paragraph.end):
        if match.end() >= paragraph.end or not _is_boundary(text, start, match, paragraph.end):
            continue
        # A straight quote closes only what was opened: 。"最新 begins a sentence.
        quotes += text.count('"', counted, match.start())
        counted = match.start()
        end = match.end()
        if quotes % 2 == 0 and '"' in match[0]:
            end = match.start() + match[0].index('"')
        quotes += text.count('"', counted, end)
        counted = end
        span = trimmed(text, Span(start, end))
        if span:
            found.append(span)
        start = end
    if start < paragraph.end:
        span = trimmed(text, Span(start, paragraph.end))
        if span:
            found.append(span)
    return found


def _is_boundary(text: str, start: int, mark: re.Match[str], end: int) -> bool:
    """Whether a sentence that begins at `start` ends with `mark`; looks only a little around."""
    if _HAN_END.match(mark[0]):
        return True
    following = text[mark.end() : min(end, mark.end() + _REACH)]
    if not following[:1].isspace():
        # Half-width marks in Chinese stand without a space.
        return mark[0][0] in "!?" and _HAN.match(following) is not None
    opening = following[_next_start(following) :]
    if not opening:
        return True
    if opening[0].islower():
        return False
    return mark[0] != "." or _ends_with_full_stop(text, start, mark.start(), opening)


def _next_start(following: str) -> int:
    match = _NEXT.match(following)
    return match.end() if match else 0


def _ends_with_full_stop(text: str, start: int, stop: int, opening: str) -> bool:
    before = text[max(start, stop - _REACH) : stop]
    word_match = _WORD_BEFORE.search(before)
    word = word_match[0] if word_match else ""
    folded = word.casefold()
    in_front = before[: len(before) - len(word)]
    is_first = stop - start <= _REACH and not in_front.strip()
    if is_first and re.fullmatch(r"\d{1,2}", word):
        return False  # a list number at the sentence's beginning
    if len(word) == 1 and word.isupper():
        return False  # an initial
    if "." in word:
        return _ends_after_dotted(folded, opening)
    if folded in _TITLES or (folded in _NUMBERED and _is_number(opening)):
        return False
    if folded in _YEARS:
        # "закрыли в 2010 г. Рабочие", but "В 2010 г. Федерация": too early for an end.
        is_year = re.search(r"\d\s*\Z", in_front) is not None
        return opening[0].isupper() and is_year and len(text[start:stop].split()) > _FEW_WORDS
    if folded in _ABBREVIATIONS:
        next_word = _NEXT_WORD.match(opening)
        is_chain = next_word is not None and next_word[0].casefold() in _ABBREVIATIONS
        return opening[0].isupper() and not is_chain
    return True


def _ends_after_dotted(word: str, opening: str) -> bool:
    if not re.fullmatch(r"(?:\w\.)+\w", word):
        return True
    if word in _DOTTED_INSIDE or opening[0].isdigit():
        return False
    next_word = _NEXT_WORD.match(opening)
    return word in _DOTTED_END or (next_word is not None and next_word[0].casefold() in _STARTERS)


def _is_number(opening: str) -> bool:
    next_word = _NEXT_WORD.match(opening)
    return next_word is not None and (
        next_word[0][0].isdigit() or _ROMAN.match(next_word[0]) is not None
    )
