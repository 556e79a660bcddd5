"""Cells of tables that quote: cleaned for display, each quotation with its passage's number.

The text of a cell and its passages come in. The text as shown and the number for each of its
lines go out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from tertium.report.typesetting.marks import shown_line
from tertium.report.typesetting.passages import Passage

# So many letters and digits at its start tell a quotation from another.
_START = 24
# A text up to this length is a number, a verdict or a place, not a quotation.
LONG_TEXT = 24


def shown_text(text: str, passages: Sequence[Passage], markdown: Collection[str]) -> str:
    """A cell's text without the marks of Markdown, where it quotes what is written so.

    The stars of a formula mark nothing: text that no passage has stays as it is.
    """
    if len(text) <= LONG_TEXT or not passages:
        return text
    if not all(passage.source_id in markdown for passage in passages):
        return text
    if not _quotes(text, passages):
        return text
    # Only the passage itself still knows where its lines and headings end.
    for passage in passages:
        if _letters(passage.quote) == _letters(text):
            return shown_line(passage.quote)
    return "\n".join(shown_line(line) if line.strip() else line for line in text.split("\n"))


def _quotes(text: str, passages: Sequence[Passage]) -> bool:
    """Whether a line of a text begins as a passage does, or its longest piece stands in one."""
    lines = [line for line in text.split("\n") if line.strip()]
    pieces = [_letters(max(line.split("…"), key=len)) for line in lines]
    return any(
        _begins(line, each.quote) or bool(piece and piece in _letters(each.quote))
        for each in passages
        for line, piece in zip(lines, pieces, strict=True)
    )


def line_numbers(text: str, passages: Sequence[Passage]) -> tuple[int, ...]:
    """The number of the passage that each line quotes, in order; empty unless all lines do.

    A last line that counts what is left out quotes none.
    """
    lines = text.split("\n")
    if len(lines) > 1 and lines[-1].startswith("…"):
        lines = lines[:-1]
    if len(text) <= LONG_TEXT or len(lines) > len(passages):
        return ()
    pairs = list(zip(lines, passages, strict=False))
    if not all(_begins(line, passage.quote) for line, passage in pairs):
        return ()
    return tuple(passage.number for _, passage in pairs)


def _begins(line: str, quote: str) -> bool:
    """Whether a line is a quotation, whole or cut, with more behind it or not."""
    cut = _letters(line.partition("…")[0]) if "…" in line else ""
    start = _letters(quote)[:_START]
    return _letters(line).startswith(start) or bool(cut and start.startswith(cut))


@lru_cache(maxsize=4096)
def _letters(text: str) -> str:
    """Only letters and digits: marks, spaces and line ends may differ."""
    return "".join(character for character in text.casefold() if character.isalnum())
