"""A finding: a name, a result, and what is read off the result.

Comes in: a result, and a measure: any function from a result to a value.
Goes out: a frozen `Finding` that knows its value and can be computed again on other tables.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.cases.accord import voice_in_words
from tertium.comparison.result import Result, plain
from tertium.errors import UnknownNameError

Measure = Callable[[Result], Hashable]
# Floating-point sums in another order differ in their last digits.
ROUNDING = 1e-9
_NOT_SO = "Not so: "


@dataclass(frozen=True)
class Finding:
    """What a result is said to show, and how to see whether it still shows it.

    Parameters
    ----------
    name : str
        The finding in words.
    result : Result
    measure : function
        From a result to yes or no, a word, several words (a tuple) or a number. One that has a
        method `in_words`, from a value and the labels of rows and of columns to words, says
        itself how its value is shown.
    within : float, optional
        How far from its value a number may be and the finding still holds.
    value
        What the measure says of the result; None: not defined.
    """

    name: str
    result: Result
    measure: Measure
    within: float | None
    value: Hashable

    def again(self, tables: Tables, **changes: Any) -> Finding:
        """The same finding on other tables, or with other arguments of its result."""
        result = self.result.again(tables, **changes)
        return finding(self.name, result, self.measure, within=self.within)

    def holds(self, value: Hashable) -> bool:
        """Whether a value that is defined is still the finding's own."""
        if self.within is not None and is_number(self.value) and is_number(value):
            return bool(abs(value - self.value) <= self.within + ROUNDING)  # type: ignore[operator]
        return value == self.value and isinstance(value, bool) == isinstance(self.value, bool)

    @property
    def is_not_so(self) -> bool:
        """Whether the answer is no: what the name says is not so."""
        return self.value is False

    @property
    def quoted(self) -> str:
        """The name as a note quotes it, which never passes off as true what is not so."""
        return f"“{_NOT_SO}{self.name}”" if self.is_not_so else f"“{self.name}”"

    def in_words(self, value: Hashable, result: Result | None = None) -> str:
        """A value as a reader sees it, with the labels of the finding's result and of another."""
        results = [self.result] if result is None else [self.result, result]
        rows, columns = (
            {key: text for each in results for key, text in labels(each, axis).items()}
            for axis in ("row", "column")
        )
        own = getattr(self.measure, "in_words", None)
        if own is not None and value is not None:
            return str(own(value, rows, columns))
        return value_in_words(value, {**columns, **rows})

    @property
    def said(self) -> str:
        """The finding as a row is called: its name, with its value where that is no plain yes.

        One that is not so says that first.

        Examples
        --------
        >>> frame = pd.DataFrame({"ngo": [2]}, index=pd.Index(["strike"], name="approach"))
        >>> finding("Strikes told by NGOs", Result(frame, ""), lambda r: 2, within=0).said
        'Strikes told by NGOs: 2'
        """
        if self.is_not_so:
            return f"{_NOT_SO}{self.name}"
        return self.name if self.value is True else f"{self.name}: {self.in_words(self.value)}"


def finding(name: str, result: Result, measure: Measure, *, within: float | None = None) -> Finding:
    """Something that a result shows, named, so that it can be put to the test.

    Parameters
    ----------
    name : str
        The finding in words, as a reader shall see it.
    result : Result
        Of any comparison.
    measure : function
        From a result to its value: yes or no, a word, several (a tuple) or a number. One of
        `tertium.measures`, or any function: it is called with the same comparison computed
        again, and never looks at anything else.
    within : float
        For a number, and only then: how far it may move, in its own unit, and the finding
        still holds. No default: how much is much is a claim about the matter.

    Returns
    -------
    Finding
        With its value on the result as it stands; a null or NaN is "not defined".

    Raises
    ------
    UnknownNameError
        The name is empty, a number comes without `within`, or something else with it. What the
        measure raises on the result as it stands, such as a row that is not there, is passed on.

    Examples
    --------
    >>> frame = pd.DataFrame({"ngo": [3], "union": [1]}, index=pd.Index(["strike"]))
    >>> held = finding("NGOs tell more of strikes than unions", Result(frame, "Strikes"),
    ...                lambda result: result.frame.at["strike", "ngo"]
    ...                > result.frame.at["strike", "union"])
    >>> held.value
    True
    """
    if not name.strip():
        raise UnknownNameError("a finding has no name; say in words what the result shows")
    value = defined(measure(result))
    if is_number(value) and within is None:
        raise UnknownNameError(
            f"finding {name!r} is the number {plain(value)}; say with within=… how far it may "
            "move, in its own unit, and still be the same finding"
        )
    if within is not None and (within < 0 or not (value is None or is_number(value))):
        found = f"within={within}" if within < 0 else f"the value {plain(value)}"
        raise UnknownNameError(
            f"finding {name!r} has {found}; within is a distance of 0 or more, for numbers only"
        )
    return Finding(name.strip(), result, measure, within, value)


def defined(value: Any) -> Hashable:
    """A value as a plain Python one; None where it is null or NaN: not defined.

    Examples
    --------
    >>> defined(float("nan")) is None, defined(["a", "b"])
    (True, ('a', 'b'))
    """
    if isinstance(value, (list, tuple)):
        return tuple(defined(each) for each in value)
    if value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(value))):
        return None
    plain_value = value.item() if hasattr(value, "item") and not hasattr(value, "frame") else value
    if not isinstance(plain_value, Hashable):
        raise UnknownNameError(
            f"a measure gives a {type(plain_value).__name__}; give yes or no, a word, a number, or "
            "a tuple of such"
        )
    return plain_value


def is_number(value: Any) -> bool:
    """Whether a value is a number that may move a little; yes and no are none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def labels(result: Result, axis: str) -> dict[str, str]:
    """What a reader sees instead of the ids of a result's rows or columns.

    Examples
    --------
    >>> frame = pd.DataFrame({"union_official": [2]}, index=pd.Index(["strike"]))
    >>> frame.columns.name = "voice"
    >>> labels(Result(frame, ""), "column")
    {'union_official': 'official union'}
    """
    index: Any = result.frame.index if axis == "row" else result.frame.columns
    stated = result.row_labels if axis == "row" else result.column_labels
    voices = index if index.name == "voice" else ()
    return {
        **{plain(each): voice_in_words(plain(each)) for each in voices},
        **{plain(each): plain(text) for each, text in stated.items()},
    }


def value_in_words(value: Hashable, known: Mapping[str, str] | None = None) -> str:
    """A value as a reader sees it; of several words none comes first.

    Examples
    --------
    >>> value_in_words(("strike", "wages"), {"strike": "Strikes"}), value_in_words(None)
    ('Strikes + wages', 'not defined')
    """
    if isinstance(value, tuple):
        return " + ".join(value_in_words(each, known) for each in value)
    if isinstance(value, str):
        return (known or {}).get(value, plain(value))
    # More digits than these of a share or a difference tell a reader nothing.
    return plain(
        float(f"{value:.4g}") if isinstance(value, float) else value, missing="not defined"
    )
