"""Which part of a text is body, heading, caption, endnote or page furniture.

Comes in: a source.
Goes out: zones with offsets; nothing is deleted, and no rule codes inside furniture.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tertium.columns import Zone
from tertium.sources.sections import (
    TABLE_LEVEL,
    Section,
    find_sections,
    find_tables,
    header_cells,
    table_at,
    trimmed,
)
from tertium.sources.source import Source
from tertium.spans import Span

MADE_BY = "zone rules 1"

_PROSE_LENGTH = {"wide": 80, "han": 30}
_GAP_LINES = 30
_TITLE_LINES = 6
_MENU_LINES = 8
_TELLTALES = 3
_WRAPPED_LENGTH = 45
_HEADING_LENGTH = 80
_TITLE_LENGTH = 160
_HEADING_WORDS = 12

_STOP_WORDS = re.compile(
    r"\b(?:the|of|and|to|in|is|was|are|for|with|on|that|by|as|at|have|has|from|an?|be|it|"
    r"и|в|на|с|по|не|что|для|из|за|о|к|от|как|это|был[аио]?|их|его)\b",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_BULLET = re.compile(r"^\s*(?:[•·▪◦‣►○●]|[-*+] )")
_TERMINAL = re.compile(r"[.!?…。！？;:,；：，、][\"'”’»)\]）」』]*$")
_LINKISH = re.compile(
    r"[>»›→]\s*$|^\W*(?:(?:read|learn|see) more\b.*|click .*|more\W*|下一页|"
    r"(?:查看|阅读|了解)?更多|(?:читать )?далее|ещё)\W*$",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:by|author|source|date|issue|posted|published|updated|editor|photo|tags?|type|"
    r"作者|来源|來源|日期|автор|источник|дата)\b|^[\W\d]*$|^\d{4}-\d\d|"
    r"^\d{1,2}\.?\s+[^\W\d]+,?\s+\d{4}\b.{0,12}$|^[^\W\d]+\s+\d{1,2},?\s+\d{4}$|"
    r"^\d{4}\s*年\s*\d{1,2}\s*月",
    re.IGNORECASE,
)
_LONE_FURNITURE = re.compile(
    r"^(?:skip to (?:main )?content|scroll to top|back to top|top|print(?: this page)?|"
    r"share(?: this)?|donate(?: now)?!?|sign up|subscribe|log ?in|sitemap|privacy policy|"
    r"cookie policy|all rights reserved\.?|copyright(?: ©| \(c\))? ?\d{4}.{0,60}|©.{0,60}|"
    r"返回顶部|回到顶部|打印|分享|наверх|поделиться|версия для печати)$",
    re.IGNORECASE,
)
# Lines by which a menu, a footer or a link list gives itself away.
_TELLTALE = re.compile(
    r"^\W*(?:home(?:page)?|(?:main |top )?menu|about(?: us)?|contacts?(?: us)?|who we are|"
    r"get involved|site ?map|search|help|faq|links|follow us.*|share on .*|newsletter|rss|"
    r"support us|register|sign in|terms of .*|privacy.*|cookies?|advertise.*|facebook|twitter|"
    r"youtube|related (?:posts|articles|news)|tel(?:ephone)?[.:].*|fax[.:].*|"
    r"首页|首頁|主页|主頁|导航|導航|关于我们|關於我們|联系我们|聯繫我們|联系方式|网站地图|網站地圖|"
    r"登录|登錄|注册|註冊|搜索|搜尋|友情链接|友情鏈接|版权所有.*|版權所有.*|上一篇.*|下一篇.*|"
    r"关注我们.*|扫一扫.*|.{0,4}ICP备.*|电话[:：].*|地址[:：].*|"
    r"главная|меню|о нас|контакты|новости|поиск|войти|вход|регистрация|карта сайта|подписаться.*|"
    r"подписка|все права защищены.*|©.*|реклама|политика конфиденциальности.*|тел\.?[:：].*)\W*$",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"^[*_\s]*(?:photo|picture|image|caption|figure \d+|fig\. ?\d+|图片?|照片|圖片?|фото|рис\.)"
    r"[^:：]{0,12}[:：]",
    re.IGNORECASE,
)
_CREDIT_AT_END = re.compile(
    r"\b(?:photo|photograph|фото)\s*[:：]\s*\S.{0,60}$|[（(](?:图|圖|摄影)[:：]", re.I
)
_BARE_CREDIT = re.compile(
    r"^\s*(?:photo|photograph|фото|图|圖|摄影)\s*[:：]\s*\S.{0,40}$", re.IGNORECASE
)
_CAPTION_LENGTH = 300
_CAPTION_ABOVE_CREDIT = 120
_ENDNOTES = re.compile(
    r"^(?:end ?notes?|foot ?notes?|notes|references|bibliography|注释|註釋|参考文献|примечания|"
    r"сноски|литература)\W*$",
    re.IGNORECASE,
)
_ENDNOTE_LINE = re.compile(r"^\[\^[^\]]+\]:")
# A line of `words` between back quotes opens nothing.
_FENCE = re.compile(r"^(`{3,}(?=[^`]*$)|~{3,})(.*)$")
# Extraction writes these two lines around the menus of a page.
_FURNITURE_MARK = re.compile(r"^:::( furniture)?$", re.MULTILINE)
_UNDERLINE = re.compile(r"^(?:={3,}|-{3,})\s*$")
_MARKDOWN_HEADING = re.compile(r"^(#{1,6})\s+\S")
_FRONT_MATTER = re.compile(
    r"\A---[ \t]*\n(?=\s*(?:[A-Za-z_][\w .-]*:(?:\s|$)|#|---|\.\.\.)).*?^(?:---|\.\.\.)[ \t]*$",
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, order=True)
class ZoneSpan:
    """A stretch of text of one zone; headings carry their level."""

    span: Span
    zone: Zone
    level: int | None = None


@dataclass
class _Line:
    span: Span
    text: str
    number: int
    blank_before: bool
    blank_after: bool
    zone: Zone = "body"
    level: int | None = None
    continues_caption: bool = False

    @property
    def is_prose(self) -> bool:
        if _BULLET.match(self.text):
            return False
        han = len(_HAN.findall(self.text))
        if han >= _PROSE_LENGTH["han"]:
            return True
        return len(self.text) >= _PROSE_LENGTH["wide"] and len(_STOP_WORDS.findall(self.text)) >= 4

    @property
    def is_menu_like(self) -> bool:
        """Short, and not the end of a sentence: the stuff of menus and link lists."""
        short = len(self.text) < _PROSE_LENGTH["wide"] and not _TERMINAL.search(self.text)
        return bool(_BULLET.match(self.text)) or short

    @property
    def is_telltale(self) -> bool:
        """What only menus and footers say."""
        return any(
            pattern.search(self.text.strip(" \t•·-*+"))
            for pattern in (_TELLTALE, _LONE_FURNITURE, _LINKISH)
        )


@lru_cache(maxsize=256)
def find_zones(source: Source) -> tuple[ZoneSpan, ...]:
    r"""The zones of a source, in order; they cover every line that is not blank.

    Page furniture is what lies outside the densest run of prose, above or below it, where
    enough short lines and a word that only menus use ("Home", "Sitemap") show that the text
    came with its menus. Inside that run only a line such as "Share" that stands alone is
    furniture, so a table of short cells or a list of demands stays content.

    Parameters
    ----------
    source : Source

    Returns
    -------
    tuple of ZoneSpan
        Sorted by position.

    Examples
    --------
    >>> [zone.zone for zone in find_zones(Source(id="a", text="# Strike\n\nThey struck.",
    ...                                          markup="markdown"))]
    ['heading', 'body']
    """
    text = source.text
    front = _FRONT_MATTER.match(text) if source.markup == "markdown" else None
    all_lines = _lines(text, after=front.end() if front else 0)
    marked = _marked_furniture(text) if source.markup == "markdown" else []
    for line in all_lines:
        block = bisect_right(marked, line.span.start, key=lambda span: span.start) - 1
        if block >= 0 and marked[block].holds(line.span):
            line.zone = "furniture"
    lines = [line for line in all_lines if line.zone != "furniture"]
    tables = find_tables(text)
    in_table = [table_at(tables, line.span) is not None for line in lines]
    first, last = _content_range(lines, in_table)
    for number, line in enumerate(lines):
        if not first <= number <= last or _is_lone_furniture(lines, number):
            line.zone = "furniture"
    content = [
        line
        for line, tabled in zip(lines, in_table, strict=True)
        if line.zone != "furniture" and not tabled
    ]
    _mark_captions(content)
    if source.markup == "markdown":
        _mark_markdown_headings(content)
    else:
        _mark_plain_headings(content)
    _mark_endnotes(content)
    zones = list(_merged(all_lines))
    if front:
        zones.append(ZoneSpan(Span(0, front.end()), "furniture"))
    shown = {line.span.start for line in lines if line.zone != "furniture"}
    for table in tables:
        if shown.intersection(row[0].start for row in table.rows):
            zones.extend(ZoneSpan(c, "heading", TABLE_LEVEL) for c in header_cells(text, table))
    return tuple(sorted(zones, key=lambda zone: (zone.span, zone.zone)))


@lru_cache(maxsize=256)
def source_sections(source: Source) -> tuple[Section, ...]:
    """The headings of a source with the text that each stands over."""
    headings = [
        (zone.span, zone.level)
        for zone in find_zones(source)
        if zone.zone == "heading" and zone.level is not None
    ]
    return tuple(find_sections(source.text, headings))


def _marked_furniture(text: str) -> list[Span]:
    """From each line ``::: furniture`` to the next ``:::``; one that never ends marks nothing."""
    found: list[Span] = []
    start: int | None = None
    for match in _FURNITURE_MARK.finditer(text):
        if match[1] is None and start is not None:
            found.append(Span(start, match.end()))
            start = None
        elif match[1] is not None and start is None:
            start = match.start()
    return found


def _lines(text: str, *, after: int) -> list[_Line]:
    lines: list[_Line] = []
    position = 0
    blank = True
    for number, raw in enumerate(re.split(r"[\n\f]", text)):
        span = trimmed(text, Span(position, position + len(raw))) if raw else None
        if span is None:
            blank = True
            if lines:
                lines[-1].blank_after = True
        elif span.start >= after:
            lines.append(_Line(span, span.of(text), number, blank, blank_after=False))
            blank = False
        position += len(raw) + 1
    if lines:
        lines[-1].blank_after = True
    return lines


def _content_range(lines: Sequence[_Line], in_table: Sequence[bool]) -> tuple[int, int]:
    """First and last line of the densest run of prose; everything where no menu shows."""
    everything = 0, len(lines) - 1
    wrapped = _wrapped_prose(lines)
    prose = [n for n, line in enumerate(lines) if line.is_prose or in_table[n] or n in wrapped]
    if not prose:
        return everything
    runs: list[list[int]] = [[prose[0]]]
    for number in prose[1:]:
        if number - runs[-1][-1] > _GAP_LINES:
            runs.append([])
        runs[-1].append(number)
    best = max(runs, key=lambda run: sum(len(lines[number].text) for number in run))
    first = _with_title(lines, best[0])
    last = _with_tail(lines, best[-1])
    above, below = lines[:first], lines[last + 1 :]
    has_many = sum(line.is_menu_like for line in (*above, *below)) >= _MENU_LINES
    return (
        first if _is_menu(above, has_many) else 0,
        last if _is_menu(below, has_many) else len(lines) - 1,
    )


def _is_menu(lines: Sequence[_Line], has_many: bool) -> bool:
    telltales = sum(line.is_telltale for line in lines)
    return telltales >= (1 if has_many else _TELLTALES)


def _wrapped_prose(lines: Sequence[_Line]) -> set[int]:
    """Lines of paragraphs that were broken for their width, each too short to be prose."""
    found: set[int] = set()
    for block in _blocks(lines):
        texts = [lines[number].text for number in block]
        is_wrapped = (
            len(block) > 1
            and min(map(len, texts[:-1])) >= _WRAPPED_LENGTH
            and any(text[0].islower() for text in texts[1:])
            and not any(_BULLET.match(text) for text in texts)
        )
        if is_wrapped and sum(len(_STOP_WORDS.findall(text)) for text in texts) >= 4:
            found.update(block)
    return found


def _blocks(lines: Sequence[_Line]) -> Iterator[list[int]]:
    """Numbers of lines with no blank line between."""
    block: list[int] = []
    for number, line in enumerate(lines):
        if line.blank_before and block:
            yield block
            block = []
        block.append(number)
    if block:
        yield block


def _is_lone_furniture(lines: Sequence[_Line], number: int) -> bool:
    """Whether the line is a button or a footer by itself, not the end of a broken line."""
    line = lines[number]
    if not _LONE_FURNITURE.match(line.text.strip()):
        return False
    above = lines[number - 1]
    return line.blank_before or above.is_telltale or _BULLET.match(above.text) is not None


def _with_title(lines: Sequence[_Line], first: int) -> int:
    """Up to six lines above the prose: title, date, issue, author; a link ends them."""
    start = first
    while start > 0 and first - start < _TITLE_LINES:
        above = lines[start - 1]
        if _BULLET.match(above.text) or above.is_telltale:
            break
        start -= 1
    return start


def _with_tail(lines: Sequence[_Line], last: int) -> int:
    """Lines after the prose that still end sentences, as the cells of a table do."""
    end = last
    for number in range(last + 1, min(last + 1 + _GAP_LINES, len(lines))):
        line = lines[number]
        if _BULLET.match(line.text) or _LINKISH.search(line.text):
            break
        if line.is_telltale:
            break
        if re.search(r"[.。]$", line.text):
            if number - end > 3:
                break
            end = number
    return end


def _mark_captions(lines: Sequence[_Line]) -> None:
    for number, line in enumerate(lines):
        if len(line.text) > _CAPTION_LENGTH:
            continue
        if _CAPTION.match(line.text) or _CREDIT_AT_END.search(line.text):
            line.zone = "caption"
            before = lines[number - 1] if number else None
            if (
                _BARE_CREDIT.match(line.text)
                and before is not None
                and before.zone == "body"
                and len(before.text) <= _CAPTION_ABOVE_CREDIT
            ):
                before.zone = "caption"
            if _BARE_CREDIT.match(line.text) and before is not None and before.zone == "caption":
                line.continues_caption = True


def _mark_markdown_headings(lines: Sequence[_Line]) -> None:
    """Lines with `#` before them, or underlined; what stands in a fence of code is text."""
    fence = ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line.text)
        if fence:
            if mark and mark[1].startswith(fence) and not mark[2].strip():
                fence = ""
            continue
        if mark:
            fence = mark[1]
            continue
        if line.zone == "furniture":
            continue
        match = _MARKDOWN_HEADING.match(line.text)
        below = lines[number + 1] if number + 1 < len(lines) else None
        if match:
            line.zone, line.level = "heading", len(match[1])
        elif below and line.blank_before and not line.blank_after and _is_underlined(line, below):
            line.zone, line.level = "heading", 1 if below.text[0] == "=" else 2
            below.zone = "furniture"  # a mark, no words


def _is_underlined(line: _Line, below: _Line) -> bool:
    is_title = len(line.text) <= _TITLE_LENGTH and not _BULLET.match(line.text)
    is_next = below.number == line.number + 1
    return (
        is_next and is_title and "|" not in line.text and _UNDERLINE.match(below.text) is not None
    )


def _mark_plain_headings(lines: Sequence[_Line]) -> None:
    """Short lines that stand alone; those that recur word for word rank lower.

    A line right below a recurring heading is what stands under it, however short: a heading
    of the lowest rank has no headings below it.
    """
    if not lines:
        return
    candidates = [line for line in lines if _may_be_heading(line)]
    recurring = {
        words
        for words, count in Counter(line.text.casefold() for line in candidates).items()
        if count > 1
    }
    may_be_heading = {line.span for line in candidates}
    previous: _Line | None = None
    only_bylines = True
    for line in lines:
        if line.span in may_be_heading:
            below_recurring = previous is not None and previous.level == 3
            if only_bylines:
                line.zone, line.level = "heading", 1
            elif line.text.casefold() in recurring:
                line.zone, line.level = "heading", 3
            elif not below_recurring:
                line.zone, line.level = "heading", 2
        only_bylines = only_bylines and _BYLINE.match(line.text) is not None
        previous = line
    if lines[-1].zone == "heading":
        lines[-1].zone, lines[-1].level = "body", None


def _may_be_heading(line: _Line) -> bool:
    if line.zone != "body" or not (line.blank_before and line.blank_after):
        return False
    if _BULLET.match(line.text) or _TERMINAL.search(line.text) or _BYLINE.match(line.text):
        return False
    if re.match(r"^[\"'“‘«\[(]", line.text) or line.text[0].islower():
        return False
    title = line.blank_before and line.span.start == 0
    limit = _TITLE_LENGTH if title or len(line.text.split()) > 8 else _HEADING_LENGTH
    if len(_HAN.findall(line.text)) > 30:
        return False
    return len(line.text) <= limit and (title or len(line.text.split()) <= 20)


def _mark_endnotes(lines: Sequence[_Line]) -> None:
    level: int | None = None
    for line in lines:
        if _ENDNOTE_LINE.match(line.text):
            line.zone = "endnote"
            continue
        if line.zone == "heading" and line.level is not None:
            words = line.text.lstrip("#").strip()
            if _ENDNOTES.match(words):
                level = line.level
            elif level is not None and line.level <= level:
                level = None
            continue
        if level is not None and line.zone == "body":
            line.zone = "endnote"


def _merged(lines: Sequence[_Line]) -> Iterator[ZoneSpan]:
    """Neighbouring lines of one zone as one stretch; headings and captions stay apart."""
    open_span: Span | None = None
    open_zone: Zone = "body"
    for line in lines:
        joins = open_span is not None and line.zone == open_zone
        if joins and (line.zone not in ("heading", "caption") or line.continues_caption):
            assert open_span is not None
            open_span = Span(open_span.start, line.span.end)
            continue
        if open_span is not None and open_zone != "heading":
            yield ZoneSpan(open_span, open_zone)
        if line.zone == "heading":
            yield ZoneSpan(line.span, "heading", line.level)
            open_span = None
        else:
            open_span, open_zone = line.span, line.zone
    if open_span is not None:
        yield ZoneSpan(open_span, open_zone)
