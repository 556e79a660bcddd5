"""What each character is to a pattern: folded form, letter, Han, space or joint.

Comes in: nothing; the rules of `coding.match` are asked, so there is one meaning.
Goes out: a table over all code points, in pages of 256, most of them shared.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tertium.coding import match
from tertium.coding.scanning.kernel import HAN, JOINT, LETTER, SPACE

PAGE = 256

_CLASSES = {
    LETTER: match.LETTER,
    HAN: match.HAN,
    SPACE: r"\s",
    JOINT: match.JOINT,
}


class Characters(NamedTuple):
    """The classes of all code points, and the way back from a folded one.

    `pages[point >> 8]` is the number of a row of `rows`, which is indexed by `point & 255`.
    `by_folded` lists the code points in the order of their folded forms, `folded` these forms.
    """

    pages: NDArray[np.uint16]
    rows: NDArray[np.uint32]
    by_folded: NDArray[np.uint32]
    folded: NDArray[np.uint32]

    def like(self, folded: int) -> NDArray[np.uint32]:
        """Every code point that folds to `folded`.

        Examples
        --------
        >>> [f"{point:x}" for point in characters().like(ord("k"))]  # K, k and the sign of kelvin
        ['4b', '6b', '212a']
        """
        low, high = np.searchsorted(self.folded, np.array([folded, folded + 1], dtype=np.uint32))
        return self.by_folded[low:high]


@cache
def characters() -> Characters:
    """The table, made once in a process."""
    folded_text = match.fold("".join(map(chr, range(sys.maxunicode + 1))))
    classes = np.zeros(len(folded_text), dtype=np.uint32)
    for bit, expression in _CLASSES.items():
        for run in re.finditer(f"{expression}+", folded_text):
            classes[run.start() : run.end()] |= np.uint32(bit)
    folded = np.frombuffer(folded_text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    order = np.argsort(folded, kind="stable").astype(np.uint32)
    numbers: dict[bytes, int] = {}
    grid = classes.reshape(-1, PAGE)
    pages = [numbers.setdefault(row.tobytes(), len(numbers)) for row in grid]
    rows = np.frombuffer(b"".join(numbers), dtype=np.uint32).reshape(-1, PAGE)
    return Characters(np.array(pages, dtype=np.uint16), rows, order, folded[order])
