"""Terms: conjunctions of values that sets may take, and calculating with them.

Comes in: mappings of sets to values.
Goes out: `Term`s, their text, both of two at once, several without what another says as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tertium.comparison.sets.minimisation.budget import Budget
from tertium.comparison.sets.minimisation.hitting import A_STEP
from tertium.errors import UnknownNameError

ALWAYS = "1"


class Term(Mapping[str, frozenset[int]]):
    """A conjunction: which values each set it names may take; equal in any order of the sets.

    Examples
    --------
    >>> term = Term({"B": {0}, "A": {1}})
    >>> term == Term({"A": {1}, "B": {0}}), term.text({"A": 2, "B": 2})
    (True, '~B*A')
    """

    __slots__ = ("_held",)

    def __init__(self, held: Mapping[str, Iterable[int]]) -> None:
        self._held = {name: frozenset(values) for name, values in held.items()}

    def __getitem__(self, name: str) -> frozenset[int]:
        return self._held[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __hash__(self) -> int:
        return hash(frozenset(self._held.items()))

    def __repr__(self) -> str:
        return f"Term({ {name: sorted(values) for name, values in self.items()} })"

    def text(self, levels: Mapping[str, int]) -> str:
        """The term as written: its literals joined by "*"; "1" where it asks for nothing."""
        literals = (literal_text(name, values, levels[name]) for name, values in self.items())
        return "*".join(literals) or ALWAYS

    def within(self, other: Term) -> bool:
        """Whether every corner of this term is one of the other: the other asks for no more."""
        return all(name in self and self[name] <= values for name, values in other.items())


def literal_text(name: str, values: Iterable[int], count: int) -> str:
    """One literal as written: "X" and "~X" where a set has two values, else "X[1,2]".

    Examples
    --------
    >>> literal_text("A", {0}, 2), literal_text("A", {2, 0}, 3)
    ('~A', 'A[0,2]')
    """
    asked = sorted(values)
    if count == 2 and len(asked) == 1:
        return name if asked == [1] else f"~{name}"
    return f"{name}[{','.join(map(str, asked))}]"


def both(one: Term, other: Term) -> Term | None:
    """The term that asks for what two terms ask for; None where they exclude each other.

    Examples
    --------
    >>> both(Term({"A": {1}}), Term({"A": {1, 2}, "B": {0}}))
    Term({'A': [1], 'B': [0]})
    >>> both(Term({"A": {1}}), Term({"A": {0}})) is None
    True
    """
    held = dict(one)
    for name, values in other.items():
        held[name] = held[name] & values if name in held else values
        if not held[name]:
            return None
    return Term(held)


def product(
    left: Iterable[Term], right: Iterable[Term], *, most: int, budget: Budget | None = None
) -> list[Term]:
    """Every term of one side with every one of the other; those that can't hold are left out.

    Raises
    ------
    UnknownNameError
        More than `most` terms, even without those that another makes superfluous.
    BudgetSpentError
        It takes more steps than the budget has: one a pair, and some to compare the terms.
    """
    budget = budget or Budget(None)
    found: dict[Term, None] = {}
    others = list(right)
    for one in left:
        budget.spend(len(others))
        for other in others:
            if (joined := both(one, other)) is not None:
                found.setdefault(joined)
        if len(found) > most:
            found = dict.fromkeys(absorbed(found, budget=budget))
            if len(found) > most:
                raise UnknownNameError(
                    f"the expression has more than {most:,} terms when its brackets are "
                    "multiplied out; take a part of it"
                )
    return absorbed(found, budget=budget)


def absorbed(terms: Iterable[Term], *, budget: Budget | None = None) -> list[Term]:
    """The terms without those that lie within another one: A + A*B is A; in the order given."""
    budget = budget or Budget(None)
    listed = list(dict.fromkeys(terms))
    literals = {literal: 1 << at for at, literal in enumerate({*_literals(listed)})}
    several = any(len(values) > 1 for _, values in literals)
    asked, implied = {}, {}
    for term in listed:
        asked[term] = sum(literals[literal] for literal in term.items())
        implied[term] = sum(
            bit for (name, values), bit in literals.items() if name in term and term[name] <= values
        )
    kept: list[Term] = []
    for term in sorted(listed, key=len):
        budget.spend(1 + len(kept) // A_STEP)
        missing = ~implied[term]
        if not any(not asked[other] & missing for other in kept):
            if several:
                # One of the same length can be the narrower one: A[0] and then A[0,1].
                own = asked[term]
                kept = [one for one in kept if len(one) < len(term) or own & ~implied[one]]
            kept.append(term)
    there = set(kept)
    return [term for term in listed if term in there]


def _literals(terms: Iterable[Term]) -> Iterator[tuple[str, frozenset[int]]]:
    for term in terms:
        yield from term.items()


def complement(term: Term, levels: Mapping[str, int]) -> list[Term]:
    """What a term leaves out, by De Morgan's rule: one term a literal.

    Examples
    --------
    >>> complement(Term({"A": {1}, "B": {0, 2}}), {"A": 2, "B": 3})
    [Term({'A': [0]}), Term({'B': [1]})]
    """
    left = {name: frozenset(range(levels[name])) - values for name, values in term.items()}
    return [Term({name: values}) for name, values in left.items() if values]
