"""Anchors: where a case is fully out of a set, where it crosses over, where it is fully in.

Comes in: numbers in a list, by name, or in one line of text.
Goes out: `Anchors`, `TwoSided` or cuts, in an order that makes sense; else a plain refusal.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tertium.errors import UnknownNameError

ONE_SIDED = ("e", "c", "i")
BOTH_SIDES = ("e1", "c1", "i1", "i2", "c2", "e2")
_WORDS = {"out": "e", "crossover": "c", "into": "i", "in": "i"}
_WORDS |= {
    f"{word}{side}": f"{letter}{number}"
    for word, letter in _WORDS.items()
    for number, sides in (("1", ("1", "_below")), ("2", ("2", "_above")))
    for side in sides
}

Given = str | float | Mapping[str, float] | Sequence[float]


@dataclass(frozen=True)
class Anchors:
    """Three anchors: the crossover lies between the other two.

    Parameters
    ----------
    out : float
        Here and beyond a case is fully out of the set.
    crossover : float
        Here it is neither more in than out nor more out than in.
    into : float
        Here and beyond it is fully in. Below `out` where less means more of the set.

    Raises
    ------
    UnknownNameError
        Two anchors are equal, or the crossover does not lie between the other two.

    Examples
    --------
    >>> Anchors(out=50, crossover=500, into=5000).rises
    True
    """

    out: float
    crossover: float
    into: float

    def __post_init__(self) -> None:
        finite(("out", self.out), ("crossover", self.crossover), ("into", self.into))
        if not (self.out < self.crossover < self.into or self.out > self.crossover > self.into):
            raise UnknownNameError(
                f"anchors out={self.out:g}, crossover={self.crossover:g}, into={self.into:g}: the "
                "crossover must lie between the other two, and no two may be equal"
            )

    @property
    def rises(self) -> bool:
        """Whether a larger number means more of the set."""
        return self.out < self.into


@dataclass(frozen=True)
class TwoSided:
    """Six anchors: a set of what is in the middle, or of what is at both ends.

    Parameters
    ----------
    left, right : Anchors
        In the set of the middle the left ones rise and the right ones fall; in the set of the
        ends it is the other way round. The two inner anchors may be equal.

    Raises
    ------
    UnknownNameError
        Both rise, both fall, or one side reaches into the other.
    """

    left: Anchors
    right: Anchors

    def __post_init__(self) -> None:
        inner = (self.left.into, self.right.into)
        if self.left.rises == self.right.rises:
            raise UnknownNameError("six anchors: one side must rise and the other one fall")
        if not self.is_middle:
            inner = (self.left.out, self.right.out)
        if inner[0] > inner[1]:
            raise UnknownNameError(
                f"six anchors: the left side ends at {inner[0]:g}, beyond the start of the right "
                f"side at {inner[1]:g}"
            )

    @property
    def is_middle(self) -> bool:
        """Whether the set holds what is in the middle."""
        return self.left.rises


def anchors(given: Given) -> Anchors | TwoSided:
    """Three or six anchors from a list, from names, or from text such as "e=400, c=550, i=900".

    Names are e, c, i (or out, crossover, into), and with six e1, c1, i1, i2, c2, e2 (or
    out_below, crossover_below, into_below, into_above, crossover_above, out_above). A list of
    three is out, crossover, into. A list of six is e1, c1, i1, i2, c2, e2; if it falls from the
    first to the last number it is i2, c2, e2, e1, c1, i1: the set of both ends.

    Raises
    ------
    UnknownNameError
        Other names, another number of anchors, or an order that makes no sense.

    Examples
    --------
    >>> anchors("e=900, c=550, i=400")
    Anchors(out=900.0, crossover=550.0, into=400.0)
    >>> anchors([1, 3, 4, 6, 7, 9]).is_middle
    True
    """
    named = given if isinstance(given, Mapping) else _parsed(given)
    if not isinstance(named, Mapping):
        if len(named) not in (3, 6):
            raise UnknownNameError(
                f"{len(named)} anchors: write three (out, crossover, into) or six "
                f"({', '.join(BOTH_SIDES)})"
            )
        named = dict(zip(_names(named), named, strict=True))
    found = {_WORDS.get(name, name): float(value) for name, value in named.items()}
    if set(found) == set(ONE_SIDED):
        return Anchors(found["e"], found["c"], found["i"])
    if set(found) == set(BOTH_SIDES):
        return TwoSided(
            Anchors(found["e1"], found["c1"], found["i1"]),
            Anchors(found["e2"], found["c2"], found["i2"]),
        )
    raise UnknownNameError(
        f"anchors named {', '.join(map(str, named)) or 'nothing'}; write {', '.join(ONE_SIDED)} "
        f"(out, crossover, into) or {', '.join(BOTH_SIDES)}"
    )


def _names(numbers: Sequence[float]) -> tuple[str, ...]:
    if len(numbers) == len(ONE_SIDED):
        return ONE_SIDED
    first, second, third, fourth, fifth, sixth = numbers
    falls = first > second > third >= fourth > fifth > sixth
    return ("i2", "c2", "e2", "e1", "c1", "i1") if falls else BOTH_SIDES


def cuts(given: Given) -> tuple[float, ...]:
    """One or more numbers that part the cases into groups, from the lowest on.

    Raises
    ------
    UnknownNameError
        None is given, one is no number, or two are equal.

    Examples
    --------
    >>> cuts("5000, 1000"), cuts(550)
    ((1000.0, 5000.0), (550.0,))
    """
    named = given if isinstance(given, Mapping) else _parsed(given)
    numbers = list(named.values()) if isinstance(named, Mapping) else list(named)
    found = tuple(sorted(float(number) for number in numbers))
    finite(*(("cut", number) for number in found))
    if not found:
        raise UnknownNameError("no cut is given; write one number or more")
    if len(set(found)) < len(found):
        shown = ", ".join(f"{number:g}" for number in found)
        raise UnknownNameError(f"cuts {shown}: no two may be equal")
    return found


def finite(*numbers: tuple[str, float]) -> None:
    """Refuse what is no number.

    Raises
    ------
    UnknownNameError
    """
    for name, number in numbers:
        if not math.isfinite(number):
            raise UnknownNameError(f"{name}={number}: write a number")


def _parsed(given: str | float | Sequence[float]) -> dict[str, float] | list[float]:
    if isinstance(given, int | float):
        return [float(given)]
    if not isinstance(given, str):
        return [float(number) for number in given]
    parts = [part.strip() for part in re.split(r"[,;]", given) if part.strip()]
    pairs = [tuple(each.strip() for each in part.split("=", 1)) for part in parts]
    try:
        if all(len(pair) == 1 for pair in pairs):
            return [float(pair[0]) for pair in pairs]
        if all(len(pair) == 2 for pair in pairs) and len({pair[0] for pair in pairs}) == len(pairs):
            return {pair[0]: float(pair[1]) for pair in pairs}
    except ValueError:
        pass
    raise UnknownNameError(f'{given!r}: write numbers, as in "400, 550" or "e=400, c=550, i=900"')
