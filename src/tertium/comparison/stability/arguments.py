"""What readers are told of an argument that is varied: its column, and each value in words.

Comes in: a comparison, an argument of it and a value.
Goes out: words; an argument that is not known here is told by its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tertium.comparison.result import plain

_COMPILED = {
    True: "with the parts of compiled texts in their place",
    False: "with compiled texts in place of their parts",
}
_REPEATS = {
    "all": "with every statement counted",
    "source": "with what somebody says again counted once a source",
    "year": "with what somebody says again counted once a year",
    "study": "with what somebody says again counted once for all",
}
_DIVIDED = {
    "none": "with numbers that are not divided",
    "activity": "with numbers divided by how much each says",
    "prominence": "with numbers divided by how often each claim is made",
    "average": "with numbers divided by the mean of what the two say",
    "jaccard": "with numbers divided by all that the two say (Jaccard)",
    "cosine": "with numbers divided by the product of what the two say (cosine)",
}
_MEETING = {
    "study": "with statements that meet anywhere in the study",
    "case": "with statements that meet in one case",
    "source": "with statements that meet in one source",
}
_COUNTING = {
    "sources": "counting sources",
    "passages": "counting passages",
    "characters": "counting characters",
}
_TOGETHER = {
    "same_span": "with codes of the same words taken together",
    "overlap": "with codes of overlapping passages taken together",
    "unit": "with codes of one unit taken together",
    "source": "with codes of one source taken together",
}
# By argument: the comparisons that are meant (none: all), its name for readers, and its values.
_KNOWN: Mapping[str, tuple[tuple[str, ...], str, Mapping[Any, str]]] = {
    "parts": ((), "texts", _COMPILED),
    "duplicates": (("network", "network_windows"), "rule for repeats", _REPEATS),
    "normalisation": (("network", "network_windows"), "divisor", _DIVIDED),
    "within": (("network", "network_windows"), "place to meet", _MEETING),
    "count": ((), "count", _COUNTING),
    "definition": (("cooccurrence",), "meaning of together", _TOGETHER),
}


def argument_in_words(function: str, argument: str) -> str:
    """What an argument is called.

    Examples
    --------
    >>> argument_in_words("network", "duplicates"), argument_in_words("crosstab", "columns")
    ('rule for repeats', 'columns')
    """
    meant, words, _ = _KNOWN.get(argument, ((), "", {}))
    return words if words and (not meant or function in meant) else argument.replace("_", " ")


def value_of_argument(function: str, argument: str, value: Any) -> str:
    """A value of an argument, as what is otherwise in a run.

    Examples
    --------
    >>> value_of_argument("silence", "parts", False)
    'with compiled texts in place of their parts'
    >>> value_of_argument("crosstab", "columns", "case_kind")
    'with case kind as columns'
    """
    meant, _, values = _KNOWN.get(argument, ((), "", {}))
    is_plain = isinstance(value, (str, bool))
    if (not meant or function in meant) and is_plain and value in values:
        return values[value]
    words = plain(value, missing="nothing").replace("_", " ")
    return f"with {words} as {argument.replace('_', ' ')}"
