"""What can be changed about a result, one thing at a time.

Comes in: a result, the tables that it was computed on, and the name of a variation.
Goes out: changes, each with its words, the tables that it makes and the arguments that it sets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, get_args

from tertium.bundle import Tables
from tertium.comparison.result import Result
from tertium.comparison.stability.arguments import argument_in_words, value_of_argument
from tertium.comparison.stability.changes import (
    Change,
    changed_arguments,
    other_coders,
    other_thresholds,
    other_units,
    other_versions,
    without_each_case,
    without_each_country,
    without_each_source,
    without_each_voice,
)
from tertium.comparison.stability.coded_again import NotVariedError
from tertium.errors import UnknownNameError

Over = Literal[
    "sources", "voices", "countries", "cases", "coders", "thresholds", "units", "scheme_versions"
]
NAMES: tuple[str, ...] = get_args(Over)
_ARGUMENT = "argument "

WORDS: Mapping[str, str] = {
    "sources": "Without each source",
    "voices": "Without each voice",
    "countries": "Without each country",
    "cases": "Without each case",
    "coders": "Other coders",
    "thresholds": "Other thresholds",
    "units": "Other units",
    "scheme_versions": "Earlier schemes",
}
HOW: Mapping[str, str] = {
    "sources": "each counted source left out in turn, with its copies, translations and parts",
    "voices": "all sources of one voice left out in turn",
    "countries": "all sources that tell of a country left out in turn",
    "cases": "each case left out in turn, with the sources that tell of no other",
    "coders": "another coder decides in turn; of coders who are compared, each is left out in turn",
    "thresholds": "a code is held present, or undecided, from a score that is lower or higher by "
    "0.1 and by 0.2 than the study, or else the scheme, says",
    "units": "something else is counted, or the same by another definition",
    "scheme_versions": "the rules of an earlier version of the scheme code the sources again",
}
# One run of each kind, within a sentence: "in none of 3 with another coder".
ONE: Mapping[str, str] = {
    "sources": "without one of the sources",
    "voices": "without one of the voices",
    "countries": "without one of the countries",
    "cases": "without one of the cases",
    "coders": "with other coders",
    "thresholds": "with another threshold",
    "units": "with something else counted",
    "scheme_versions": "with an earlier version of the scheme",
}


@dataclass(frozen=True)
class Variation:
    """All changes of one kind, or why there is none.

    Parameters
    ----------
    key, words : str
        Its column, and how that is headed.
    how : str
        What is changed, in words.
    changes : tuple of Change
    not_varied : str
        Why there is no change; empty where there is.
    """

    key: str
    words: str
    how: str
    changes: tuple[Change, ...] = ()
    not_varied: str = ""


def asked_for(over: Any) -> list[tuple[str, Any]]:
    """The variations that are asked for, each once and in a fixed order.

    Parameters
    ----------
    over : str, mapping, or sequence of these
        Names of variations, and mappings from an argument of the comparison to its values.

    Examples
    --------
    >>> asked_for(["voices", {"count": ["passages"]}, "sources"])
    [('sources', None), ('voices', None), ('count', ['passages'])]
    """
    given = list(over) if isinstance(over, (list, tuple, set, frozenset)) else [over]
    wanted: set[str] = set()
    arguments: dict[str, list[Any]] = {}
    for each in given:
        if isinstance(each, Mapping):
            for name, values in each.items():
                listed = list(values) if isinstance(values, (list, tuple)) else [values]
                known = arguments.setdefault(str(name), [])
                known.extend(value for value in listed if value not in known)
        elif isinstance(each, str) and each in NAMES:
            wanted.add(each)
        else:
            raise UnknownNameError(
                f"over has {each!r}; there are {', '.join(NAMES)}, and mappings from an argument "
                "of the comparison to its values"
            )
    if not wanted and not arguments:
        raise UnknownNameError(f"over is empty; there are {', '.join(NAMES)}")
    names: list[tuple[str, Any]] = [(name, None) for name in NAMES if name in wanted]
    return names + sorted(arguments.items())


def column_of(name: str, values: Any) -> str:
    """The column of a variation; an argument called like a variation is told apart."""
    return f"{_ARGUMENT}{name}" if values is not None and name in NAMES else name


def one_of(column: str, words: str) -> str:
    """A run of a column, within a sentence; `words` is how the column is headed."""
    return ONE.get(column) or f"with {words[:1].lower()}{words[1:]}"


def variation(name: str, values: Any, result: Result, tables: Tables) -> Variation:
    """What is changed of a result under a name that `asked_for` gives."""
    key = column_of(name, values)
    find: Callable[[Result, Tables], Iterable[Change]]
    if values is not None:
        how = "; ".join(value_of_argument(result.function, name, value) for value in values)
        words = f"Other {argument_in_words(result.function, name)}"
        find = partial(changed_arguments, {name: values})
    else:
        words, how, find = WORDS[name], HOW[name], _FOUND_BY[name]
    try:
        changes = tuple(find(result, tables))
    except NotVariedError as reason:
        return Variation(key, words, how, not_varied=str(reason))
    return Variation(key, words, how, changes)


_FOUND_BY: Mapping[str, Callable[[Result, Tables], Iterable[Change]]] = {
    "sources": without_each_source,
    "voices": without_each_voice,
    "countries": without_each_country,
    "cases": without_each_case,
    "coders": other_coders,
    "thresholds": other_thresholds,
    "units": other_units,
    "scheme_versions": other_versions,
}
