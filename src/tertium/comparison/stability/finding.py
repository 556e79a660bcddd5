"""A finding: a name, a result, and what is read off the result.

Comes in: a result, and a measure: any function from a result to a value.
Goes out: a frozen `Finding` that knows its value and can be computed again on other tables.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.result import Result, plain
from tertium.errors import UnknownNameError

Measure = Callable[[Result], Hashable]
# Floating-point sums in another order differ in their last digits.
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Finding:
    """What a result is said to show, and how to see whether it still shows it.

    Parameters
    ----------
    name : str
        The finding in words.
    result : Result
    measure : function
        From a result to yes or no, a word, an order (tuple) or a number.
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
            return bool(abs(value - self.value) <= self.within + _ROUNDING)  # type: ignore[operator]
        return value == self.value and isinstance(value, bool) == isinstance(self.value, bool)

    @property
    def said(self) -> str:
        """The finding as a row is called: its name, with its value where that is no plain yes.

        Examples
        --------
        >>> frame = pd.DataFrame({"ngo": [2]}, index=pd.Index(["strike"], name="approach"))
        >>> finding("Strikes told by NGOs", Result(frame, ""), lambda r: 2, within=0).said
        'Strikes told by NGOs: 2'
        """
        return self.name if self.value is True else f"{self.name}: {value_in_words(self.value)}"


def finding(name: str, result: Result, measure: Measure, *, within: float | None = None) -> Finding:
    """Something that a result shows, named, so that it can be put to the test.

    Parameters
    ----------
    name : str
        The finding in words, as a reader shall see it.
    result : Result
        Of any comparison.
    measure : function
        From a result to its value: yes or no, a word, an order (a tuple) or a number. One of
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


def value_in_words(value: Hashable) -> str:
    """A value as a reader sees it; an order has its parts in a row.

    Examples
    --------
    >>> value_in_words(("strike", "state_led = ngo")), value_in_words(None)
    ('strike > state_led = ngo', 'not defined')
    """
    if isinstance(value, tuple):
        return " > ".join(plain(each, missing="not defined") for each in value)
    # More digits than these of a share or a difference tell a reader nothing.
    return plain(
        float(f"{value:.4g}") if isinstance(value, float) else value, missing="not defined"
    )
