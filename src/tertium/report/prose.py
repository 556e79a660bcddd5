"""Sentences of a report whose numbers come from results.

Comes in: a sentence with named places, and the numbers for them.
Goes out: Markdown that the report takes as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import Formatter

from tertium.errors import UnknownNameError

_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|$@~^'\"&])")


@dataclass(frozen=True)
class Prose:
    """A finished sentence; shown as Markdown in a notebook, and set as text in a report."""

    markdown: str

    def _repr_markdown_(self) -> str:
        return self.markdown

    def __repr__(self) -> str:
        return self.markdown


def prose(sentence: str, /, **values: int | float | str) -> Prose:
    r"""A sentence with its numbers filled in; a value never becomes markup.

    Parameters
    ----------
    sentence : str
        Markdown of the notebook's author, with ``{name}`` where a value stands.
    **values
        Whole numbers get a comma for thousands; other numbers two decimals; words are
        escaped.

    Raises
    ------
    UnknownNameError
        A place without a value, or a value without a place.

    Examples
    --------
    >>> prose("{n} sources, *one* by {who}.", n=1200, who="A_B")
    1,200 sources, *one* by A\_B.
    """
    places = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
    if places != set(values):
        raise UnknownNameError(
            f"places and values differ: {', '.join(sorted(places ^ set(values)))}; "
            "give each place one value"
        )
    return Prose(sentence.format(**{name: _shown(value) for name, value in values.items()}))


def _shown(value: float | str) -> str:
    if isinstance(value, str):
        return _MARKUP.sub(r"\\\1", value)
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.2f}"
