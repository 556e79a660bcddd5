"""An expression of sets: terms joined by "or", each a conjunction of values that sets may take.

Comes in: text such as "STRIKE*~NGO + SIZE[1,2]", or terms.
Goes out: `Expression`, its text, and how far each case is a member of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from tertium.comparison.sets.expressions.syntax import read
from tertium.comparison.sets.expressions.terms import Term
from tertium.comparison.sets.memberships import Memberships
from tertium.errors import UnknownNameError

NEVER = "0"
# Terms that an expression may grow to when its brackets are multiplied out.
MOST_TERMS = 2_000


@dataclass(frozen=True)
class Expression:
    """A disjunction of terms: a case belongs to it if it belongs to one of them.

    Parameters
    ----------
    terms : tuple of Term
        In the order in which they were written. No term asks a set for none of its values, none
        names a set without asking for something, and none is there twice. Without a term nothing
        belongs to the expression ("0"); a term that names no set holds for all ("1").
    levels : mapping of str to int
        How many values each set has that was named when the expression was made.

    Examples
    --------
    >>> expression = parse("A*(~B + C[2])", levels={"C": 3})
    >>> expression.text()
    'A*~B + A*C[2]'
    >>> expression.names, expression.literals
    (('A', 'B', 'C'), 4)
    """

    terms: tuple[Term, ...]
    levels: Mapping[str, int] = field(hash=False)

    @classmethod
    def of(
        cls, terms: Iterable[Mapping[str, Iterable[int]]], levels: Mapping[str, int]
    ) -> Expression:
        """An expression from mappings of sets to values; what can never hold is left out.

        Raises
        ------
        UnknownNameError
            A set without a number of values, or a value that it does not have.
        """
        kept: dict[Term, None] = {}
        for held in terms:
            asked = {}
            for name, values in held.items():
                allowed = _checked(name, values, levels)
                if len(allowed) < levels[name]:
                    asked[name] = allowed
            if all(asked.values()):
                kept.setdefault(Term(asked))
        return cls(tuple(kept), MappingProxyType(dict(levels)))

    @property
    def names(self) -> tuple[str, ...]:
        """The sets that its terms name, in the order in which `levels` lists them."""
        used = {name for term in self.terms for name in term}
        return tuple(name for name in self.levels if name in used)

    @property
    def literals(self) -> int:
        """How many literals are written: one a set in each term."""
        return sum(len(term) for term in self.terms)

    def text(self, levels: Mapping[str, int] | None = None) -> str:
        """The expression as written: "*" is and, "+" is or, "~X" is X absent, "X[2]" value 2 of X.

        `levels` are those of the expression unless others are given. A set with two values is
        written without brackets.
        """
        counts = {**self.levels, **(levels or {})}
        return " + ".join(term.text(counts) for term in self.terms) or NEVER


def _checked(name: str, values: Iterable[int], levels: Mapping[str, int]) -> frozenset[int]:
    if name not in levels:
        raise UnknownNameError(f"there is no set {name!r}; there are {', '.join(levels)}")
    asked = frozenset(values)
    for value in sorted(asked):
        if not 0 <= value < levels[name]:
            last = levels[name] - 1
            raise UnknownNameError(f"{name} has no value {value}; its values are 0 to {last}")
    return asked


def implicant_text(
    values: Sequence[int | None], names: Sequence[str], levels: Mapping[str, int]
) -> str:
    """An implicant as written: one entry a condition, None where it has been eliminated.

    Examples
    --------
    >>> implicant_text((1, 0, None), ("DEV", "URB", "LIT"), {"DEV": 2, "URB": 2, "LIT": 2})
    'DEV*~URB'
    >>> implicant_text((2, 0), ("A", "B"), {"A": 3, "B": 3})
    'A[2]*B[0]'
    """
    return implicant_term(values, names).text(levels)


def implicant_term(values: Sequence[int | None], names: Sequence[str]) -> Term:
    """The term of an implicant: one entry a condition, None where it has been eliminated."""
    paired = zip(names, values, strict=True)
    return Term({name: (value,) for name, value in paired if value is not None})


def membership(expression: Expression | str, memberships: Memberships) -> np.ndarray:
    """How far each case is a member of an expression: the least literal of its best term.

    Parameters
    ----------
    expression : Expression or str
        A text is read with the sets and the numbers of values of the memberships.
    memberships : Memberships
        Cases by sets.

    Returns
    -------
    ndarray of float, one number a case
        The smallest membership among a term's literals, and the largest among the terms. Null
        where one of the sets that the expression names is not stated for the case.

    Raises
    ------
    UnknownNameError
        A set that is not there, or that has another number of values than the expression was
        read with: what is "not X" would be something else then.

    References
    ----------
    .. [1] Ragin, C. C. (2000). Fuzzy-Set Social Science. University of Chicago Press.

    Examples
    --------
    >>> import pandas as pd
    >>> sets = Memberships.of(pd.DataFrame({"A": [0.8, 0.3], "B": [0.4, 0.9]}, index=["x", "y"]))
    >>> membership("A*~B + ~A", sets).round(1).tolist()
    [0.6, 0.7]
    """
    if isinstance(expression, str):
        expression = parse(expression, sets=memberships.sets, levels=memberships.levels)
    for name in expression.names:
        held, read = memberships.levels[memberships.known(name)], expression.levels[name]
        if held != read:
            raise UnknownNameError(
                f"{name} has {held} values, and the expression was read as if it had {read}; "
                "read it with the levels of the memberships"
            )
    number = len(memberships.frame)
    best = np.zeros(number)
    for term in expression.terms:
        best = np.fmax(best, term_membership(term, memberships))
    unstated = memberships.frame[list(expression.names)].isna().any(axis=1).to_numpy()
    return np.where(unstated, np.nan, best)


def term_membership(term: Mapping[str, Iterable[int]], memberships: Memberships) -> np.ndarray:
    """How far each case is a member of one term; null where a set it names is not stated."""
    least = np.ones(len(memberships.frame))
    for name, values in term.items():
        literals = [memberships.literal(name, value) for value in sorted(values)]
        least = np.minimum(least, np.max(literals, axis=0))
    return least


def parse(
    text: str, *, sets: Iterable[str] | None = None, levels: Mapping[str, int] | None = None
) -> Expression:
    """Read an expression: "*" and, "+" or, "~" not, brackets, "X[1,2]" for values 1 or 2 of X.

    Parameters
    ----------
    text : str
        Names are a letter, then letters, digits or "_"; capitals and small letters differ, and
        small letters do not mean absence. "1" holds for all, "0" for none.
    sets : iterable of str, optional
        The sets that may be named; without it, those of the text.
    levels : mapping of str to int, optional
        How many values each set has. A set without a number has one more than the highest value
        written, and two at least.

    Returns
    -------
    Expression
        Brackets multiplied out, in the order written. A term that can never hold (A*~A) is left
        out, and so is a literal that always holds (A + ~A in brackets, or all values of a set).

    Raises
    ------
    UnknownNameError
        A text that is no expression, a set that is not there, a value that a set does not have,
        or a set with more than two values and no value written; it says where.

    Examples
    --------
    >>> parse("~(A + B*~C)").text()
    '~A*~B + ~A*C'
    >>> parse("A*(B + C")
    Traceback (most recent call last):
        ...
    tertium.errors.UnknownNameError: in "A*(B + C", at 3: this bracket is not closed; write ")"
    """
    terms, counts = read(text, sets=sets, levels=levels, most=MOST_TERMS)
    return Expression.of(terms, counts)
