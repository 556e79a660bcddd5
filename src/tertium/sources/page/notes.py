"""Which lines of a text are captions of pictures, and which are endnotes.

Comes in: the lines that are no furniture.
Goes out: the same lines; captions and notes have their zones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tertium.sources.page.lines import Line

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


def mark_captions(lines: Sequence[Line]) -> None:
    """Lines that name a picture or end with whose it is; a bare credit takes the line above."""
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


def mark_endnotes(lines: Sequence[Line]) -> None:
    """What stands under a heading for notes, and the notes that Markdown marks."""
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
