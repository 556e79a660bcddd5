"""A paragraph cut into sentences by rules.

Comes in: a text and the span of a paragraph.
Goes out: its sentences, in order, each with what closes after its mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tertium.sources.sections import trimmed
from tertium.sources.sentences.abbreviations import may_end
from tertium.sources.sentences.quotes import (
    CLOSING,
    OPENING,
    goes_on_after_han_quote,
    goes_on_after_quote,
    is_in_embedded_quote,
    is_in_title,
    opens_late,
)
from tertium.spans import Span

# How far before and after a mark the rules look; nothing that they ask for is longer.
_REACH = 48
_MARK = re.compile(
    r"(?P<mark>(?:\.[ \u00a0]){2,}\.|[.!?。！？｡…]+)"
    rf"(?P<closers>(?:[{re.escape(CLOSING)}]|“(?!\w))*)"
)
# What a note leaves behind the mark: [3], ¹², ③, *, （注1）; or a bare number: "spring.7 It".
_NOTE = re.compile(
    r"(?: ?\[\d{1,3}\])+|[⁰¹²³⁴-⁹]{1,3}|[①-⑳]|\*{1,3}(?=\s|\Z)|[（(]注\d{0,3}[）)]|"
    r"(?<=[a-zа-яё][a-zа-яё][a-zа-яё]\.)\d{1,3}(?=\s+[A-ZА-ЯЁ“«\"(])"
)
_NOTE_FIRST = re.compile(r"\s*(?:\[|[①-⑳])")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_NEXT = re.compile(rf"\s*(?:[—–-]\s)?[{re.escape(OPENING)}\s]*")
_SPACE = re.compile(r"\s*")
_GOES_ON = frozenset("，、；：,;:")
_LIST_LETTER = re.compile(r"\s*\(?(?:[a-zа-я]|[ivx]{1,4})\)\s")
# A name such as iPhone, whose first letter is small.
_SMALL_BEGUN = re.compile(r"[a-z]{1,2}[A-Z]")
_LAST_PARTICLES = frozenset("了吧吗嗎呢啊呀")


@dataclass(frozen=True)
class _Mark:
    """A run of sentence marks with what closes after it; `end` is where a sentence may end."""

    start: int
    marks: str
    closers: str
    end: int

    @property
    def is_full(self) -> bool:
        return any(mark in self.marks for mark in "。｡") or self.marks == "."


def sentences(text: str, paragraph: Span) -> list[Span]:
    """The sentences of a paragraph in English, Chinese or Russian, in order.

    Rules only: sentence marks with the quotes, brackets and marks of notes that come after
    them; not after abbreviations, initials, list numbers, inside numbers, addresses and
    titles, nor between a quote and who speaks it.

    Parameters
    ----------
    text : str
    paragraph : Span
        Part of `text`; no sentence goes beyond it.

    Examples
    --------
    >>> text = "В 2010 г. завод закрыли. Рабочие ушли."
    >>> [span.of(text) for span in sentences(text, Span(0, len(text)))]
    ['В 2010 г. завод закрыли.', 'Рабочие ушли.']
    """
    found: list[Span] = []
    start = _after_space(text, paragraph.start, paragraph.end)
    counted = paragraph.start
    quotes = 0
    has_half_stops = "。" not in text[paragraph.start : paragraph.end]
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        # A straight quote closes only what was opened: 。"最新 begins a sentence.
        quotes += text.count('"', counted, match.start())
        counted = match.start()
        closers = match["closers"]
        if quotes % 2 == 0 and '"' in closers:
            closers = closers[: closers.index('"')]
        mark = _with_note(text, start, match, closers, paragraph.end)
        if mark.end >= paragraph.end or not _ends(text, start, mark, paragraph.end, has_half_stops):
            continue
        quotes += text.count('"', counted, mark.end)
        counted = mark.end
        found.append(Span(start, mark.end))
        start = _after_space(text, mark.end, paragraph.end)
    rest = trimmed(text, Span(start, paragraph.end)) if start < paragraph.end else None
    return [*found, rest] if rest else found


def _after_space(text: str, start: int, end: int) -> int:
    match = _SPACE.match(text, start, end)
    return match.end() if match else start


def _with_note(text: str, start: int, match: re.Match[str], closers: str, end: int) -> _Mark:
    """The mark with the notes behind it; where the sentence began with one they number a list."""
    stop = match.end("mark") + len(closers)
    note = _NOTE.match(text, stop, end)
    if note and not _NOTE_FIRST.match(text, start, stop):
        stop = note.end()
    return _Mark(match.start(), match["mark"], closers, stop)


def _ends(text: str, start: int, mark: _Mark, end: int, has_half_stops: bool) -> bool:
    """Whether a sentence that begins at `start` ends with `mark`; looks only a little around."""
    following = text[mark.end : min(end, mark.end + _REACH)]
    if following[0] in _GOES_ON or is_in_title(text, start, mark.start):
        return False
    is_close = not following[0].isspace()
    if any(each in mark.marks for each in "。！？｡"):
        return _ends_in_han(text, start, mark, following)
    if is_close:
        before = text[mark.start - 1 : mark.start]
        is_between = _HAN.match(before) is not None and _HAN.match(following) is not None
        if mark.closers or "…" in mark.marks:
            return _may_touch(following) and _ends_in_han(text, start, mark, following)
        if mark.marks[0] in "!?":
            return (not before.isascii() or before.isdigit()) and _HAN.match(following) is not None
        return mark.marks == "." and has_half_stops and is_between
    return _ends_before_space(text, start, mark, end, following)


def _may_touch(following: str) -> bool:
    """Only Chinese puts its next sentence right behind the mark."""
    return _HAN.match(following.lstrip(OPENING)) is not None


def _ends_in_han(text: str, start: int, mark: _Mark, following: str) -> bool:
    closers = mark.closers
    if "》" in closers or "〉" in closers:
        return False
    if any(each in closers for each in "）)"):
        return not opens_late(text, start, mark.start)
    if closers:
        return not goes_on_after_han_quote(
            text, start, mark.start, following.lstrip(), full=mark.is_full
        )
    if mark.marks.strip("….") == "":
        # ……is a pause, but for a clause that a particle has ended.
        begins_quote = following.lstrip()[0] in OPENING
        return begins_quote or text[mark.start - 1 : mark.start] in _LAST_PARTICLES
    return True


def _ends_before_space(text: str, start: int, mark: _Mark, end: int, following: str) -> bool:
    opening = following[_next_start(following) :]
    if not opening:
        return True
    if opening[0].islower():
        in_list = _LIST_LETTER.match(text, start) is not None
        is_item = in_list and _LIST_LETTER.match(following) is not None
        return is_item or _SMALL_BEGUN.match(opening) is not None
    if is_in_embedded_quote(text, start, mark.start, end):
        return False
    if mark.marks != ".":
        is_aside = mark.closers == ")" and opens_late(text, start, mark.start)
        is_spoken = bool(mark.closers) and goes_on_after_quote(opening)
        return not (is_spoken or (is_aside and mark.marks[0] in "!?"))
    nearest = max(start, mark.start - _REACH)
    return may_end(text[nearest : mark.start], opening, from_start=nearest == start)


def _next_start(following: str) -> int:
    match = _NEXT.match(following)
    return match.end() if match else 0
