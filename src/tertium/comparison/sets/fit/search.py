"""Searches: every combination of conditions that is necessary, or sufficient, by given cut-offs.

Comes in: memberships, the outcome, the conditions and the cut-offs.
Goes out: `Found`, one a combination, with its fit.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tertium.comparison.sets.expressions.expression import Expression, membership, parse
from tertium.comparison.sets.fit.parameters import (
    NOTHING,
    SLACK,
    Necessity,
    Sufficiency,
    necessity,
    reaches,
    sufficiency,
)
from tertium.comparison.sets.memberships import Memberships
from tertium.errors import UnknownNameError

# Memberships held at once: combinations of one length times cases.
MOST_CELLS = 20_000_000
# How many combinations are looked at for whether they hold a shorter one, at once.
AT_ONCE = 4096


@dataclass(frozen=True)
class Found:
    """A combination that reaches the cut-offs.

    Parameters
    ----------
    kind : {"conjunction", "disjunction"}
        Joined by "and" or by "or"; a single literal is a conjunction.
    expression : Expression
        The combination.
    fit : Necessity or Sufficiency
        How well it fits.
    """

    kind: Literal["conjunction", "disjunction"]
    expression: Expression
    fit: Necessity | Sufficiency


def necessary(
    memberships: Memberships,
    outcome: str,
    conditions: Sequence[str],
    *,
    consistency: float,
    relevance: float = 0,
    coverage: float = 0,
    depth: int | None = None,
) -> tuple[Found, ...]:
    """Every conjunction that is necessary for the outcome, and every shortest disjunction.

    A conjunction is necessary only if each of its literals is, so that all are given. A
    disjunction with a necessary literal is necessary whatever else it holds: only those are given
    in which no literal and no shorter disjunction reaches the cut-offs by itself.

    Parameters
    ----------
    memberships : Memberships
        Cases with a null in the outcome or in one of the conditions are left out.
    outcome : str
        "Y", "~Y" or "Y[2]".
    conditions : sequence of str
        Names of sets.
    consistency, coverage : float
        Cut-offs, 0 to 1. A disjunction that is consistent but does not reach the coverage is no
        bar to longer ones.
    relevance : float
        Cut-off for the relevance of necessity; it is applied to what was found with the others.
    depth : int, optional
        How many literals a combination has at most; as many as there are conditions without it.

    Returns
    -------
    tuple of Found
        Conjunctions, then disjunctions, each by length and then in the order of the conditions.
        Empty where nothing reaches the cut-offs.

    Raises
    ------
    UnknownNameError
        A set that is not there, an outcome among the conditions, a cut-off that is none, or too
        many combinations.

    References
    ----------
    .. [1] Dușa, A. (2019). QCA with R. Springer. Ch. 5.
    .. [2] Schneider, C. Q. and Wagemann, C. (2012). Set-Theoretic Methods for the Social Sciences.
       Cambridge University Press. Ch. 3 and 9.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"A": [1, 1, 0, 1], "B": [1, 0, 1, 1], "Y": [1, 1, 0, 0]})
    >>> for found in necessary(Memberships.of(frame), "Y", ["A", "B"], consistency=1):
    ...     print(found.expression.text(), found.fit.coverage)
    A 0.6666666666666666
    """
    _refuse_no_cuts(consistency=consistency, relevance=relevance, coverage=coverage)
    search = _Search.of(memberships, outcome, conditions, depth)
    found = []
    for kind in ("conjunction", "disjunction"):
        for literals, x in search.necessary(kind, consistency, coverage):
            fit = necessity(x, search.outcome)
            if reaches(fit.relevance, relevance) and (kind == "conjunction" or len(literals) > 1):
                found.append(Found(kind, search.expression(literals, kind), fit))
    return tuple(found)


def sufficient(
    memberships: Memberships,
    outcome: str,
    conditions: Sequence[str],
    *,
    consistency: float,
    pri: float = 0,
    coverage: float = 0,
    depth: int | None = None,
) -> tuple[Found, ...]:
    """Every shortest conjunction that is sufficient for the outcome.

    Only those are given in which no shorter conjunction reaches the cut-offs for consistency and
    coverage by itself.

    Parameters
    ----------
    memberships, outcome, conditions, depth
        As for `necessary`.
    consistency, coverage : float
        Cut-offs, 0 to 1.
    pri : float
        Cut-off for the proportional reduction in inconsistency; it is applied to what was found
        with the others.

    Returns
    -------
    tuple of Found
        By length, and then in the order of the conditions. Empty where nothing reaches the
        cut-offs.

    Raises
    ------
    UnknownNameError
        As for `necessary`.

    References
    ----------
    .. [1] Dușa, A. (2019). QCA with R. Springer. Ch. 6.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"A": [1, 1, 0, 1], "B": [1, 0, 1, 1], "Y": [1, 0, 0, 1]})
    >>> for found in sufficient(Memberships.of(frame), "Y", ["A", "B"], consistency=1):
    ...     print(found.expression.text(), found.fit.coverage)
    A*B 1.0
    """
    _refuse_no_cuts(consistency=consistency, pri=pri, coverage=coverage)
    search = _Search.of(memberships, outcome, conditions, depth)
    found = []
    for literals, x in search.sufficient(consistency, coverage):
        fit = sufficiency(x, search.outcome)
        if reaches(fit.pri, pri):
            found.append(Found("conjunction", search.expression(literals, "conjunction"), fit))
    return tuple(found)


Kind = Literal["conjunction", "disjunction"]
Member = tuple[tuple[int, ...], np.ndarray]


@dataclass(frozen=True)
class _Search:
    """The literals of some conditions, each with its memberships, and the outcome's."""

    names: tuple[str, ...]
    values: tuple[tuple[int, int], ...]
    literals: np.ndarray
    outcome: np.ndarray
    levels: dict[str, int]
    depth: int

    @classmethod
    def of(
        cls, memberships: Memberships, outcome: str, conditions: Sequence[str], depth: int | None
    ) -> _Search:
        names = tuple(dict.fromkeys(memberships.known(name) for name in conditions))
        target = parse(outcome, sets=memberships.sets, levels=memberships.levels)
        if both := set(names) & set(target.names):
            raise UnknownNameError(
                f"{', '.join(sorted(both))} is the outcome and a condition; leave it out of the "
                "conditions"
            )
        if not names:
            raise UnknownNameError("there is no condition; name one or more")
        if depth is not None and depth < 1:
            raise UnknownNameError(f"depth is {depth}; a combination has at least 1 literal")
        stated, _ = memberships.complete([*names, *target.names])
        levels = {name: memberships.levels[name] for name in names}
        # In a set with two values presence comes first, as one would write it.
        values = tuple(
            (at, value)
            for at, name in enumerate(names)
            for value in ((1, 0) if levels[name] == 2 else range(levels[name]))
        )
        literals = np.array([stated.literal(names[at], value) for at, value in values])
        most = len(names) if depth is None else min(depth, len(names))
        return cls(names, values, literals, membership(target, stated), levels, most)

    def expression(self, literals: tuple[int, ...], kind: Kind) -> Expression:
        named = [(self.names[at], value) for at, value in (self.values[one] for one in literals)]
        whole = [{name: (value,) for name, value in named}]
        terms = whole if kind == "conjunction" else [{name: (value,)} for name, value in named]
        return Expression.of(terms, {name: self.levels[name] for name, _ in named})

    def necessary(self, kind: Kind, consistency: float, coverage: float) -> Iterator[Member]:
        total = float(self.outcome.sum())
        if total <= NOTHING:
            return
        live, x = self.single()
        blocking: list[tuple[int, ...]] = []
        for length in range(1, self.depth + 1):
            inside = np.minimum(x, self.outcome).sum(axis=1)
            consistent = inside >= (consistency - SLACK) * total
            hits = consistent & _covering(inside, x.sum(axis=1), coverage)
            yield from zip(map(tuple, live[hits].tolist()), x[hits], strict=True)
            if kind == "conjunction":
                kept = consistent
            else:
                blocking += map(tuple, live[hits].tolist())
                kept = ~hits
            if length == self.depth or not kept.any():
                return
            live, x = self.longer(live[kept], x[kept], kind)
            if kind == "disjunction":
                free = ~self.holding(live, blocking)
                live, x = live[free], x[free]

    def sufficient(self, consistency: float, coverage: float) -> Iterator[Member]:
        total = float(self.outcome.sum())
        live, x = self.single()
        blocking: list[tuple[int, ...]] = []
        for length in range(1, self.depth + 1):
            inside, size = np.minimum(x, self.outcome).sum(axis=1), x.sum(axis=1)
            # A longer conjunction never covers more, and one without any case never fits.
            kept = (inside >= (coverage - SLACK) * total) & (size > NOTHING)
            hits = kept & (inside >= (consistency - SLACK) * size)
            yield from zip(map(tuple, live[hits].tolist()), x[hits], strict=True)
            blocking += map(tuple, live[hits].tolist())
            kept &= ~hits
            if length == self.depth or not kept.any():
                return
            live, x = self.longer(live[kept], x[kept], "conjunction")
            free = ~self.holding(live, blocking)
            live, x = live[free], x[free]

    def single(self) -> tuple[np.ndarray, np.ndarray]:
        return np.arange(len(self.values))[:, None], self.literals

    def longer(self, live: np.ndarray, x: np.ndarray, kind: Kind) -> tuple[np.ndarray, np.ndarray]:
        """Each combination with one more literal of a later condition."""
        condition = np.array([at for at, _ in self.values])
        pairs = np.argwhere(condition[None, :] > condition[live[:, -1]][:, None])
        if len(pairs) * max(1, self.literals.shape[1]) > MOST_CELLS:
            raise UnknownNameError(
                f"there are {len(pairs):,} combinations of {live.shape[1] + 1} literals to look "
                f"at; give a depth of {live.shape[1]} or fewer, or fewer conditions"
            )
        join = np.minimum if kind == "conjunction" else np.maximum
        joined = join(x[pairs[:, 0]], self.literals[pairs[:, 1]])
        return np.column_stack([live[pairs[:, 0]], pairs[:, 1]]), joined

    def holding(self, live: np.ndarray, shorter: list[tuple[int, ...]]) -> np.ndarray:
        """Which combinations hold one of the shorter ones."""
        found = np.zeros(len(live), bool)
        if not shorter or not len(live):
            return found
        asked = np.zeros((len(shorter), len(self.values)), np.float32)
        for at, one in enumerate(shorter):
            asked[at, list(one)] = 1
        length = asked.sum(axis=1)
        for start in range(0, len(live), AT_ONCE):
            part = live[start : start + AT_ONCE]
            there = np.zeros((len(part), len(self.values)), np.float32)
            np.put_along_axis(there, part, 1, axis=1)
            found[start : start + AT_ONCE] = (there @ asked.T >= length).any(axis=1)
        return found


def _covering(inside: np.ndarray, size: np.ndarray, coverage: float) -> np.ndarray:
    if coverage <= 0:
        return np.ones(len(inside), bool)
    return (size > NOTHING) & (inside >= (coverage - SLACK) * size)


def _refuse_no_cuts(**cuts: float) -> None:
    for name, cut in cuts.items():
        if math.isnan(cut) or not 0 <= cut <= 1:
            raise UnknownNameError(f"{name} is {cut}; a cut-off is a number from 0 to 1")
