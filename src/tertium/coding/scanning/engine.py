"""Whether the scanner serves a text, and a scheme's patterns made ready for it.

Comes in: a scheme, a language, and how much there is to read.
Goes out: tables, kept for the next text; the hits are the same either way.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from tertium.schemes.scheme import Scheme

if TYPE_CHECKING:
    from tertium.coding.scanning.tables import Patterns

Engine = Literal["auto", "re", "scan"]

# Loading the scanner takes a second, and ten where it was never compiled; the plain route reads
# about this many characters in two. A text costs it as much as so many characters more.
PAYS_FROM = 2_000_000
_COST_OF_A_TEXT = 3_000
_KEPT = 64

_read_so_far = 0
_ready: OrderedDict[tuple[int, str], tuple[Scheme, Patterns]] = OrderedDict()


def serves(engine: Engine, characters: int) -> bool:
    """Whether the scanner reads the next text, of so many characters.

    With "auto" it does once the process has read enough for it to pay, if numba is there.

    Examples
    --------
    >>> serves("scan", 10), serves("re", 10)
    (True, False)
    """
    global _read_so_far
    if engine != "auto":
        return engine == "scan"
    if _read_so_far < PAYS_FROM:
        _read_so_far += characters + _COST_OF_A_TEXT
    return _read_so_far >= PAYS_FROM and _has_numba()


@cache
def _has_numba() -> bool:
    try:
        import_module("numba")
    except ImportError:
        return False
    return True


def ready(scheme: Scheme, language: str) -> Patterns:
    """All patterns of `scheme` in one language, lists written out, as tables.

    Examples
    --------
    >>> from tertium.schemes.read import read_scheme
    >>> scheme = read_scheme("approach")
    >>> ready(scheme, "en") is ready(scheme, "en")
    True
    """
    # This imports numba, which takes a second.
    from tertium.coding.scanning.tables import build

    # A scheme is never changed, and as long as it is kept here no other has its id.
    key = (id(scheme), language)
    if key not in _ready:
        _ready[key] = (scheme, build(_patterns(scheme, language)))
        while len(_ready) > _KEPT:
            _ready.popitem(last=False)
    _ready.move_to_end(key)
    return _ready[key][1]


def _patterns(scheme: Scheme, language: str) -> list[str]:
    lists = {f"@{name}": patterns.get(language, ()) for name, patterns in scheme.lists.items()}
    return list(
        dict.fromkeys(
            pattern
            for code in scheme.codes
            for indicator in code.indicators.get(language, ())
            for reference in indicator.references
            for pattern in lists.get(reference, (reference,))
            if not pattern.startswith("@")
        )
    )
