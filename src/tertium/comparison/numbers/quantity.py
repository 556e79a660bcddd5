"""What a number in a text is, and what its rules in every language share.

Comes in: units and words of a language.
Goes out: parts of patterns, and the record of one quantity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tertium.spans import Span


@dataclass(frozen=True)
class Quantity:
    """One number in a text.

    Parameters
    ----------
    span : Span
        The number with its qualifier and unit.
    value : float or None
        In full: 120 thousand is 120000; of a range the lower end. None where the source gives
        no number but words such as "thousands".
    upper : float or None
        The upper end of a range.
    unit : str
        Measure, currency or counted noun, as a reader would write it; empty where none stands.
    what : str
        What is counted or measured, in the source's words; empty where it is the unit alone or
        no rule finds it.
    qualifier : str
        "more than", "about", "up to", as it stands in the source; empty: stated as exact.
    words : str
        What stands in place of a number: "thousands", "hundreds of millions".
    """

    span: Span
    value: float | None
    upper: float | None
    unit: str
    what: str
    qualifier: str
    words: str = ""


CURRENCIES = {
    "US$": "US dollars", "HK$": "Hong Kong dollars", "$": "dollars", "€": "euros", "£": "pounds",
    "¥": "yuan", "￥": "yuan", "RMB": "yuan", "CNY": "yuan", "₸": "tenge", "₽": "roubles",
}  # fmt: skip

YEAR = r"(?:1[5-9]|20)\d\d"

RANGE = r"\s*(?:-|–|—|~|～|至|到)\s*"

# A point or comma between digits ends no clause.
CLAUSE_END = r"(?<!\d)[.,]|[.,](?!\d)|[;:()\[\]!?…—|\n«»“”\"]"


def any_of(words: Iterable[str]) -> str:
    """A pattern for one of `words`, the longest first."""
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"


def unit_pattern(units: dict[str, str]) -> str:
    """A pattern for one of `units`, for a regular expression that ignores spaces."""
    return "|".join(f"(?:{spaced(pattern)})" for pattern in units.values())


def spaced(pattern: str) -> str:
    """A pattern that may be broken over lines, for a regular expression that ignores spaces."""
    return pattern.replace(" ?", r"\s?").replace(" ", r"\s+")


def canonical(found: str | None, units: dict[str, str]) -> str:
    """The name of the unit that was found; empty where there is none."""
    if not found:
        return ""
    return next(
        (
            name
            for name, pattern in units.items()
            if re.fullmatch(pattern, found, flags=re.IGNORECASE)
        ),
        "",
    )


def trimmed_span(text: str, start: int, end: int) -> Span:
    """The span from `start` to `end` without white space at its ends."""
    inner = text[start:end]
    return Span(start + len(inner) - len(inner.lstrip()), end - (len(inner) - len(inner.rstrip())))
