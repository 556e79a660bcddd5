"""How far each case is a member of each set.

Comes in: calibrated values, one row a case and one column a set.
Goes out: `Memberships`, checked: crisp, multi-value and fuzzy sets side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from tertium.errors import UnknownNameError

CROSSOVER = 0.5
# What a membership may be off the crossover by the rounding of decimal fractions.
ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class Memberships:
    """Cases by sets; null where nothing is stated.

    Parameters
    ----------
    frame : DataFrame
        One row a case (the index holds its id), one column a set, floats: 0 or 1 in a crisp
        set, 0 to 1 in a fuzzy set, a whole number from 0 in a multi-value set.
    levels : mapping of str to int
        How many values each set can take: 2 for a crisp or fuzzy one, more for others.
    fuzzy : frozenset of str
        The sets that are fuzzy.

    Examples
    --------
    >>> frame = pd.DataFrame({"STRIKE": [1, 0], "SIZE": [0.2, 0.9]}, index=["a", "b"])
    >>> sets = Memberships.of(frame)
    >>> sorted(sets.fuzzy), sets.levels["STRIKE"]
    (['SIZE'], 2)
    >>> sets.literal("SIZE", 0).round(1).tolist()
    [0.8, 0.1]
    """

    frame: pd.DataFrame
    levels: Mapping[str, int]
    fuzzy: frozenset[str]

    @classmethod
    def of(
        cls,
        frame: pd.DataFrame,
        *,
        levels: Mapping[str, int] | None = None,
        fuzzy: Iterable[str] = (),
    ) -> Memberships:
        """Memberships from numbers, and what kind of set each column is.

        A column is fuzzy if it is named in `fuzzy` or holds a number between two whole ones;
        it is multi-value if it holds a number above 1 or has more than two `levels`.

        Raises
        ------
        UnknownNameError
            A number that can be no membership; the message names case, set and number.
        """
        frame = frame.astype(float)
        found = {str(name) for name in frame.columns if _has_fractions(frame[name])} | set(fuzzy)
        counts = {}
        for name in map(str, frame.columns):
            given = (levels or {}).get(name, 2)
            highest = frame[name].max()
            seen = 2 if name in found or np.isnan(highest) else int(highest) + 1
            counts[name] = max(given, seen, 2)
            _refuse_impossible(frame[name], fuzzy=name in found)
        return cls(frame, MappingProxyType(counts), frozenset(found))

    @property
    def cases(self) -> tuple[str, ...]:
        """Ids of the cases, in their order."""
        return tuple(str(case) for case in self.frame.index)

    @property
    def sets(self) -> tuple[str, ...]:
        """Names of the sets, in their order."""
        return tuple(str(name) for name in self.frame.columns)

    def is_multi_value(self, name: str) -> bool:
        """Whether a set has more than two values."""
        return self.levels[self.known(name)] > 2

    def known(self, name: str) -> str:
        """The name, if there is such a set; else an error that lists what there is."""
        if name not in self.frame.columns:
            raise UnknownNameError(f"there is no set {name!r}; there are {', '.join(self.sets)}")
        return name

    def literal(self, name: str, value: int) -> np.ndarray:
        """How far each case has a value of a set: 1 is present and 0 absent where it has two.

        Returns
        -------
        ndarray of float, one number a case
            In a multi-value set 1 where the case has exactly this value, else 0; null where
            nothing is stated.
        """
        held = self.frame[self.known(name)].to_numpy(float)
        if not 0 <= value < self.levels[name]:
            last = self.levels[name] - 1
            raise UnknownNameError(f"{name} has no value {value}; its values are 0 to {last}")
        if name in self.fuzzy or self.levels[name] == 2:
            return held if value == 1 else 1 - held
        return np.where(np.isnan(held), np.nan, (held == value).astype(float))

    def corners(self, names: Sequence[str]) -> np.ndarray:
        """The combination of values that each case is in: above 0.5 is in a fuzzy set.

        Returns
        -------
        ndarray of int, one row a case and one column a set
            -1 in a set where the case is at exactly 0.5 or nothing is stated.
        """
        columns = []
        for name in names:
            held = self.frame[self.known(name)].to_numpy(float)
            nowhere = np.isnan(held)
            if name in self.fuzzy:
                nowhere |= is_between(held)
                held = (held > CROSSOVER).astype(float)
            columns.append(np.where(nowhere, -1, held).astype(np.int64))
        return np.column_stack(columns)

    def complete(self, names: Iterable[str]) -> tuple[Memberships, tuple[str, ...]]:
        """Only the cases for which every one of these sets is stated, and the ids of the others."""
        stated = self.frame[[self.known(name) for name in names]].notna().all(axis=1)
        dropped = tuple(str(case) for case in self.frame.index[~stated])
        return Memberships(self.frame[stated], self.levels, self.fuzzy), dropped

    def in_between(self, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Per fuzzy set the cases that are exactly at 0.5: neither more in than out nor less."""
        found = {}
        for name in names:
            if self.known(name) in self.fuzzy:
                at = self.frame.index[is_between(self.frame[name].to_numpy(float))]
                if len(at):
                    found[name] = tuple(str(case) for case in at)
        return found


def is_between(held: np.ndarray) -> np.ndarray:
    """Which memberships in a fuzzy set are at exactly 0.5: neither in nor out.

    Examples
    --------
    >>> is_between(np.array([0.5, 0.51, np.nan, 0.1 + 0.4])).tolist()
    [True, False, False, True]
    """
    return np.isclose(held, CROSSOVER, rtol=0, atol=ROUNDING)


def _has_fractions(column: pd.Series) -> bool:
    held = column.dropna().to_numpy(float)
    return bool((held != np.floor(held)).any())


def _refuse_impossible(column: pd.Series, *, fuzzy: bool) -> None:
    held = column.dropna()
    wrong = held[(held < 0) | ~np.isfinite(held) | ((held > 1) if fuzzy else False)]
    for case, value in wrong.items():
        right = "a number from 0 to 1" if fuzzy else "a whole number, 0 or more"
        message = f"case {case} has {value:g} in the set {column.name}; a membership is {right}"
        raise UnknownNameError(message)
