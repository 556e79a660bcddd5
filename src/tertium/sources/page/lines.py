"""A text as lines, each with what its look tells: prose, item of a menu, byline, item of a list.

Comes in: a canonical text.
Goes out: its lines that are not blank, with their offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from tertium.columns import Zone
from tertium.sources.page import words
from tertium.sources.sections import trimmed
from tertium.spans import Span

PROSE_LENGTH = 80
_SENTENCE_LENGTH = 60
_SENTENCE_WORDS = 9
_HAN_PROSE = 30
_HAN_SENTENCE = 20
_WRAPPED_LENGTH = 45
_TELLTALE_LENGTH = 120
_COOKIE_LENGTH = 600

STOP_WORDS = re.compile(
    r"\b(?:the|of|and|to|in|is|was|are|for|with|on|that|by|as|at|have|has|from|an?|be|it|"
    r"и|в|на|с|по|не|что|для|из|за|о|к|от|как|это|был[аио]?|их|его)\b",
    re.IGNORECASE,
)
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
BULLET = re.compile(r"^\s*(?:[•·▪◦‣►○●]|[-*+] )")
_ITEM = re.compile(r"^\s*(?:[•·▪◦‣►○●]|[-*+] |\(?\d{1,2}(?:[.)]\s|[、）]))")
TERMINAL = re.compile(r"[.!?…。！？;:,；：，、][\"'”’»)\]）」』]*$")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]）」』]*$")


@dataclass
class Line:
    """One line that is not blank; its zone is filled in step by step."""

    span: Span
    text: str
    number: int
    blank_before: bool
    blank_after: bool
    zone: Zone = "body"
    level: int | None = None
    continues_caption: bool = False

    @cached_property
    def is_prose(self) -> bool:
        """Long enough, and with enough small words, to be a sentence of a text."""
        if BULLET.match(self.text):
            return False
        if len(HAN.findall(self.text)) >= (_HAN_SENTENCE if self.is_sentence else _HAN_PROSE):
            return True
        small_words = len(STOP_WORDS.findall(self.text))
        if self.is_sentence and len(self.text) >= _SENTENCE_LENGTH:
            return small_words >= 2 or len(self.text.split()) >= _SENTENCE_WORDS
        return len(self.text) >= PROSE_LENGTH and small_words >= 4

    @cached_property
    def is_menu_like(self) -> bool:
        """Short, and not the end of a sentence: the stuff of menus and link lists."""
        short = len(self.text) < PROSE_LENGTH and not TERMINAL.search(self.text)
        return self.is_item or short

    @cached_property
    def is_telltale(self) -> bool:
        """What only menus, footers and link lists say."""
        if len(self.text) > _TELLTALE_LENGTH:
            return False
        said = (
            words.TELLTALE,
            words.LONE,
            words.LINKISH,
            words.CRUMBS,
            words.RELATED,
            words.COMMENTS,
        )
        return any(pattern.search(self._words) for pattern in said)

    @cached_property
    def is_closing(self) -> bool:
        """What only the end of a page says: copyright, terms, telephone, readers' comments."""
        if len(self.text) > _TELLTALE_LENGTH:
            return False
        return self.heads_comments or words.CLOSING.search(self._words) is not None

    @cached_property
    def is_cookie_notice(self) -> bool:
        """Asks to store cookies."""
        return len(self.text) <= _COOKIE_LENGTH and words.is_cookie_notice(self.text)

    @cached_property
    def heads_links(self) -> bool:
        """Stands over links to other texts."""
        return len(self.text) <= _TELLTALE_LENGTH and bool(words.RELATED.match(self._words))

    @cached_property
    def heads_comments(self) -> bool:
        """Stands over what readers wrote."""
        return len(self.text) <= _TELLTALE_LENGTH and bool(words.COMMENTS.match(self._words))

    @cached_property
    def is_item(self) -> bool:
        """One item of a list, with its bullet."""
        return BULLET.match(self.text) is not None

    @cached_property
    def is_numbered_item(self) -> bool:
        """One item of a list, with its bullet or number."""
        return _ITEM.match(self.text) is not None

    @cached_property
    def is_byline(self) -> bool:
        """A date, an author, a source."""
        return words.BYLINE.match(self.text) is not None

    @cached_property
    def is_sentence(self) -> bool:
        """Ends as a sentence does and is more than a word or two."""
        is_long = len(self.text.split()) >= 3 or len(HAN.findall(self.text)) >= 4
        return is_long and _SENTENCE_END.search(self.text) is not None

    @property
    def _words(self) -> str:
        return self.text.strip(" \t•·-*+")


def lines_with_looks(text: str, *, after: int) -> list[Line]:
    """The lines of `text` that are not blank and begin at `after` or later."""
    lines: list[Line] = []
    position = 0
    blank = True
    for number, raw in enumerate(re.split(r"[\n\f]", text)):
        span = trimmed(text, Span(position, position + len(raw))) if raw else None
        if span is None:
            blank = True
            if lines:
                lines[-1].blank_after = True
        elif span.start >= after:
            lines.append(Line(span, span.of(text), number, blank, blank_after=False))
            blank = False
        position += len(raw) + 1
    if lines:
        lines[-1].blank_after = True
    return lines


def wrapped_prose(lines: Sequence[Line]) -> set[int]:
    """Lines of paragraphs that were broken for their width, each too short to be prose."""
    found: set[int] = set()
    for block in _blocks(lines):
        texts = [lines[number].text for number in block]
        is_wrapped = (
            len(block) > 1
            and min(map(len, texts[:-1])) >= _WRAPPED_LENGTH
            and any(text[0].islower() for text in texts[1:])
            and not any(BULLET.match(text) for text in texts)
        )
        if is_wrapped and sum(len(STOP_WORDS.findall(text)) for text in texts) >= 4:
            found.update(block)
    return found


def _blocks(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Numbers of lines with no blank line between."""
    block: list[int] = []
    for number, line in enumerate(lines):
        if line.blank_before and block:
            yield block
            block = []
        block.append(number)
    if block:
        yield block
