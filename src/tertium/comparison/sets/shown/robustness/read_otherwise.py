"""Which cases another choice takes otherwise: their outcome, their conditions, or not at all.

Comes in: the memberships as chosen, and those of a test.
Goes out: `Otherwise`, and sentences that name the cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tertium.comparison.sets.memberships import CROSSOVER
from tertium.comparison.sets.shown.question import Asked
from tertium.comparison.sets.shown.words import Words, counted

# So many cases are named one by one; more are counted.
_NAMED = 20


@dataclass(frozen=True)
class Otherwise:
    """The cases that a test takes otherwise than was chosen.

    A set with degrees takes a case otherwise if the case changes sides.

    Parameters
    ----------
    sets : mapping of str to tuple of str
        By set (the outcome first) the cases with another value in the test; sets without such a
        case are left out.
    outcome : str
        The set of the outcome.
    left_out : tuple of str
        Cases of the solution that the test can't use: out of scope there, or not stated.
    added : tuple of str
        Cases that only the test can use.
    """

    sets: Mapping[str, tuple[str, ...]]
    outcome: str
    left_out: tuple[str, ...]
    added: tuple[str, ...]

    def of_case(self, case: str) -> tuple[str, ...]:
        """The sets in which a case stands otherwise."""
        return tuple(name for name, cases in self.sets.items() if case in cases)

    def in_words(self, words: Words) -> str:
        """The cases by name; "" where nothing is otherwise."""
        parts = []
        for name, cases in self.sets.items():
            what = f"the outcome ({name})" if name == self.outcome else name
            told = words.several(cases, most=_NAMED)
            parts.append(f"{what} in {counted(len(cases), 'case')} ({told})")
        said = [f"it reads otherwise {', '.join(parts)}"] if parts else []
        for cases, what in (
            (self.left_out, "it leaves out {}, out of scope or not stated there: not compared"),
            (self.added, "it adds {}, behind its own formula only: not compared"),
        ):
            if cases:
                told = words.several(cases, most=_NAMED)
                said.append(what.format(f"{counted(len(cases), 'case')} ({told})"))
        return "; ".join(said)


def otherwise(chosen: Asked, other: Asked) -> Otherwise:
    """Compare the cases of two sets of memberships, set by set.

    Parameters
    ----------
    chosen, other : Asked
        The same outcome and conditions.
    """
    both = [case for case in chosen.cases if case in set(other.cases)]
    found = {}
    for name in (chosen.outcome_set, *chosen.conditions):
        by_degrees = name in chosen.memberships.fuzzy | other.memberships.fuzzy
        one, two = (_sides(each, name, both, by_degrees) for each in (chosen, other))
        if cases := tuple(case for case, a, b in zip(both, one, two, strict=True) if a != b):
            found[name] = cases
    return Otherwise(
        found,
        chosen.outcome_set,
        tuple(case for case in chosen.cases if case not in set(both)),
        tuple(case for case in other.cases if case not in set(both)),
    )


def _sides(asked: Asked, name: str, cases: list[str], by_degrees: bool) -> np.ndarray:
    """The value of each case; in a set with degrees the side of 0.5 on which it stands."""
    held = asked.memberships.frame[name].reindex(cases).to_numpy(float)
    return np.asarray(np.sign(held - CROSSOVER) if by_degrees else held)
