"""Code points, UTF-16 units and UTF-8 bytes of one text, converted both ways.

Comes in: a canonical text and positions in one of the three counts.
Goes out: the same positions in another count; every other module counts code points.
"""

from __future__ import annotations

import hashlib
import unicodedata

import numpy as np
from numpy.typing import NDArray


class OffsetMap:
    """Positions in a text, in code points, UTF-16 units (browsers) and UTF-8 bytes (engines).

    A position may stand anywhere from 0 to the text's length, both included. A unit or
    byte position inside a character is refused: it names no place between characters.

    Parameters
    ----------
    text : str
        The canonical text.

    Examples
    --------
    >>> offsets = OffsetMap("a👍罢")
    >>> offsets.to_utf16(2), offsets.to_utf8(2)
    (3, 5)
    >>> offsets.from_utf16(3), offsets.from_utf8(5)
    (2, 2)
    """

    def __init__(self, text: str) -> None:
        points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        self._utf16 = _starts(1 + (points > 0xFFFF))
        self._utf8 = _starts(
            1 + (points > 0x7F).astype(np.int64) + (points > 0x7FF) + (points > 0xFFFF)
        )

    def to_utf16(self, position: int) -> int:
        """UTF-16 units before code point `position`."""
        return int(self._utf16[_within(position, len(self._utf16))])

    def to_utf8(self, position: int) -> int:
        """UTF-8 bytes before code point `position`."""
        return int(self._utf8[_within(position, len(self._utf8))])

    def from_utf16(self, position: int) -> int:
        """Code points before UTF-16 unit `position`."""
        return _lookup(self._utf16, position, "UTF-16 unit")

    def from_utf8(self, position: int) -> int:
        """Code points before UTF-8 byte `position`."""
        return _lookup(self._utf8, position, "UTF-8 byte")


def _starts(widths: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(widths, dtype=np.int64)])


def _within(position: int, size: int) -> int:
    if not 0 <= position < size:
        raise ValueError(f"position {position} is outside the text (0 to {size - 1})")
    return position


def _lookup(starts: NDArray[np.int64], position: int, unit: str) -> int:
    index = int(np.searchsorted(starts, position))
    if position < 0 or index >= len(starts) or starts[index] != position:
        raise ValueError(f"{unit} {position} is not the beginning of a character")
    return index


def canonical(text: str) -> str:
    r"""The form of a decoded text that codings attach to: no BOM, NFC, line ends ``\n``.

    Examples
    --------
    >>> canonical("\ufeffCafe\u0301\r\nopen")
    'Café\nopen'
    """
    text = text.lstrip("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def text_checksum(text: str) -> str:
    """SHA-256 of the UTF-8 bytes of a canonical text, in hex: its `text_sha256`."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
