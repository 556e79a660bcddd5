"""Numbers in running text, in English, Chinese and Russian.

Comes in: a paragraph and its language.
Goes out: quantities with value, unit, what is counted and how exactly it is stated.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tertium.comparison.numbers import chinese, english, russian
from tertium.comparison.numbers.quantity import YEAR, Quantity

LANGUAGES = ("en", "ru", "zh")

# What looks like a number and counts nothing: dates, references, addresses, list marks.
_ANY_NOISE = [
    r"https?://\S+|www\.\S+|\S+@\S+",
    r"\[@[^\]]*\]|\[\^[^\]]*\]",
    r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b",
    r"\b\d{1,2}:\d\d\b",
    rf"\b{YEAR}\s*[-–—/]\s*(?:{YEAR}|\d\d)\b(?!\s*(?:workers|people|yuan))",
    r"\+?\(?\d{2,4}\)[\d \-]{5,}\d",
    r"\b(?:tel|fax|phone|тел|факс|电话|传真)[^\d\n]{0,8}[\d \-+()]{5,}",
    r"(?:№|#|§)\s*\d+(?:\.\d+)*",
    r"(?m:^\s*\(?\d{1,3}[.)、](?=\s))",
    r"\((?:\d{1,2}|[a-z])\)",
]
_OWN_NOISE = {"en": english.NOISE, "ru": russian.NOISE, "zh": chinese.NOISE}
_RULES = {"en": english.find, "ru": russian.find, "zh": chinese.find}


def find_quantities(text: str, language: str) -> list[Quantity]:
    """The quantities in a paragraph, in order.

    Parameters
    ----------
    text : str
        One paragraph.
    language : {"en", "zh", "ru"}
        A comma parts thousands in English and decimals in Russian, so it must be known.

    Examples
    --------
    >>> [(q.value, q.unit, q.what, q.qualifier) for q in find_quantities(
    ...     "In 2021 more than 3 thousand medical masks went to 12 ports.", "en")]
    [(3000.0, 'masks', 'medical masks', 'more than'), (12.0, 'ports', '', '')]
    """
    masked = _masked(text, language)
    found = _RULES[language](text, masked)
    return [
        replace(each, what="") if each.what.casefold() == each.unit.casefold() else each
        for each in sorted(found, key=lambda quantity: quantity.span)
    ]


def _masked(text: str, language: str) -> str:
    """The text with what counts nothing blotted out, at the same offsets."""
    masked = text
    for pattern in [*_ANY_NOISE, *_OWN_NOISE[language]]:
        masked = re.sub(
            pattern, lambda match: "\ue000" * len(match[0]), masked, flags=re.IGNORECASE
        )
    return masked
