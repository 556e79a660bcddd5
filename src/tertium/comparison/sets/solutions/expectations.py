"""Directional expectations: what theory says of a condition that nobody has observed.

Comes in: expectations of conditions, alone or in conjunction, and terms of two solutions.
Goes out: terms between the two, which only make assumptions that theory expects.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tertium.comparison.sets.expressions.expression import parse
from tertium.comparison.sets.minimisation.implicants import Implicant, holds_in
from tertium.comparison.sets.solutions.truth import TruthRows
from tertium.errors import UnknownNameError

Values = frozenset[int]


@dataclass(frozen=True)
class Expectations:
    """Which values of which conditions are expected to help the outcome along.

    Parameters
    ----------
    alone : mapping of int to frozenset of int
        By place of the condition: the values that are expected. A condition that is not here
        has no expectation.
    together : tuple of mapping of int to frozenset of int
        Each a conjunction: these values are expected to help when they come together.
    last_only : bool
        Whether of several conjunctions only the last one counts, and beside it nothing of
        `alone`.
    """

    alone: Mapping[int, Values]
    together: tuple[Mapping[int, Values], ...] = ()
    last_only: bool = False

    @classmethod
    def of(
        cls,
        truth: TruthRows,
        alone: Mapping[str, int | Iterable[int]] | None,
        together: Sequence[str] = (),
        *,
        last_only: bool = False,
    ) -> Expectations:
        """Expectations by name, checked against the conditions of a truth table.

        A text in `together` that names one set only is an expectation of that set alone.

        Raises
        ------
        UnknownNameError
            For a condition or a value that is not there, or an expectation of nothing.
        """
        place = {name: at for at, name in enumerate(truth.conditions)}
        levels = dict(zip(truth.conditions, truth.levels, strict=True))
        single: dict[int, Values] = {}
        if not isinstance(alone or {}, Mapping) or isinstance(together, str):
            given = together if isinstance(together, str) else alone
            raise UnknownNameError(
                f"{given!r} states no expectations; write values by condition, such as "
                "{'A': 1}, and conjunctions in a list, such as ['A*~B']"
            )
        for name, values in (alone or {}).items():
            if name not in place:
                known = ", ".join(truth.conditions)
                raise UnknownNameError(f"there is no condition {name!r}; there are {known}")
            if not _are_whole(values):
                raise UnknownNameError(
                    f"{name} expects {values!r}; write a value or a list of values, such as 1"
                )
            wanted = frozenset([values] if isinstance(values, int) else values)
            wrong = sorted(value for value in wanted if not 0 <= value < levels[name])
            if wrong or not wanted:
                told = f"{wrong[0]} is no value of {name}" if wrong else f"{name} expects nothing"
                raise UnknownNameError(f"{told}; its values are 0 to {levels[name] - 1}")
            single[place[name]] = wanted
        several: list[Mapping[int, Values]] = []
        for text in together:
            for term in parse(text, sets=truth.conditions, levels=levels).terms:
                held = {place[name]: frozenset(values) for name, values in term.items()}
                if len(held) > 1:
                    several.append(held)
                for at, values in held.items() if len(held) == 1 else ():
                    single[at] = single.get(at, frozenset()) | values
        return cls(single, tuple(several), last_only)

    def easy_terms(
        self, conservative: Sequence[Implicant], parsimonious: Sequence[Implicant]
    ) -> tuple[Implicant, ...]:
        """Terms between two models, in which only expected values have been assumed.

        A term of the conservative model that lies inside a term of the parsimonious one has
        literals which the other lacks. Each of these is dropped if its condition has an
        expectation and the literal goes against it: with the expected value instead, the
        outcome should come all the more. Literals without an expectation, or in line with
        it, stay.

        What an expectation of several conditions together is to do, no publication fixes. Here
        each is weighed on its own, beside those of single conditions: the literals of its
        conditions are dropped unless each of them is in line with it, and what any expectation
        gives is kept. The R package QCA gives the same where there is one conjunction and
        nothing else; of several it seems to keep the last alone, and no single condition
        beside it (`last_only`).

        Returns
        -------
        tuple of tuple of int or None
            Without terms that lie inside another one; sorted.

        References
        ----------
        .. [1] Ragin, C. C. (2008). Redesigning Social Inquiry. University of Chicago Press.
           Ch. 8 and 9 (easy and difficult counterfactuals).
        .. [2] Schneider, C. Q., & Wagemann, C. (2012). Set-Theoretic Methods for the Social
           Sciences. Cambridge University Press. Ch. 6 and 8.

        Examples
        --------
        >>> present = Expectations({0: frozenset([1]), 1: frozenset([1])})
        >>> present.easy_terms([(1, 0, 1)], [(None, None, 1)])
        ((1, None, 1),)
        """
        found: set[Implicant] = set()
        for long in conservative:
            for short in parsimonious:
                if holds_in(short, long):
                    found.update(self._between(long, short))
        return largest(found)

    def _between(self, long: Implicant, short: Implicant) -> list[Implicant]:
        """Return what one pair of terms gives: all simple expectations, then each conjunction."""
        extra = {at for at, value in enumerate(long) if value is not None and short[at] is None}
        against = {at for at in extra & set(self.alone) if long[at] not in self.alone[at]}
        dropped = [against]
        for conjunction in self.together:
            named = extra & set(conjunction)
            met = all(long[at] in conjunction[at] for at in named)
            dropped.append(set() if met else named)
        if self.last_only and self.together:
            dropped = dropped[-1:]
        return [
            tuple(None if at in places else value for at, value in enumerate(long))
            for places in dropped
        ]


def _are_whole(values: Any) -> bool:
    listed = values if isinstance(values, Iterable) and not isinstance(values, str) else [values]
    return all(isinstance(value, int) for value in listed)


def largest(terms: Iterable[Implicant]) -> tuple[Implicant, ...]:
    """Those terms that lie inside no other one, sorted.

    >>> largest([(1, None), (1, 0), (0, 0)])
    ((0, 0), (1, None))
    """
    listed = sorted(set(terms), key=lambda term: [-1 if one is None else one for one in term])
    return tuple(
        sorted(
            (
                term
                for term in listed
                if not any(holds_in(other, term) for other in listed if other != term)
            ),
            key=lambda term: [len(term) if one is None else one for one in term],
        )
    )
