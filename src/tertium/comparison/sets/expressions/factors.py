"""Factoring: what several terms of an expression have in common, written once.

Comes in: an `Expression`.
Goes out: every way to factor it, as `Factored`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tertium.comparison.sets.expressions.algebra import simplify
from tertium.comparison.sets.expressions.expression import Expression
from tertium.comparison.sets.expressions.terms import Term
from tertium.errors import UnknownNameError

MOST_WAYS = 1000
# Which terms stand together; the rest of the terms of a way stand alone.
Way = frozenset[frozenset[Term]]


@dataclass(frozen=True)
class Part:
    """A product: what terms share, times one or two sums; a term alone has no sum."""

    common: Term
    sums: tuple[Expression, ...] = ()

    @property
    def literals(self) -> int:
        """How many literals are written."""
        return len(self.common) + sum(one.literals for one in self.sums)

    def text(self, levels: Mapping[str, int]) -> str:
        """The product as written: A*(B + C)."""
        sums = [f"({one.text()})" if len(one.terms) > 1 else one.text() for one in self.sums]
        common = [self.common.text(levels)] if self.common or not sums else []
        return "*".join([*common, *sums])


@dataclass(frozen=True)
class Factored:
    """One way to factor an expression: a sum of products.

    Parameters
    ----------
    parts : tuple of Part
        What is factored first, then the terms that stand alone.
    levels : mapping of str to int
        How many values each set has.
    """

    parts: tuple[Part, ...]
    levels: Mapping[str, int] = field(hash=False)

    @property
    def literals(self) -> int:
        """How many literals are written."""
        return sum(part.literals for part in self.parts)

    def text(self) -> str:
        """The expression as written: A*(B + C) + D."""
        return " + ".join(part.text(self.levels) for part in self.parts)


def factor(
    expression: Expression, *, products_of_sums: bool = False, shortest: bool = True
) -> tuple[Factored, ...]:
    """Every way to write once what several terms have in common.

    A way takes some literals out of all terms that share them, then others out of the terms that
    are left, until no two of these share one.

    Parameters
    ----------
    expression : Expression
        As it is: it isn't simplified before.
    products_of_sums : bool
        Whether brackets that are equal are written once too: A*(C + D) + B*(C + D) becomes
        (A + B)*(C + D). Ways in which no brackets are equal are given all the same.
    shortest : bool
        Whether what is left in a bracket is written as short as it can be, or as it was.

    Returns
    -------
    tuple of Factored
        Fewest literals first; empty where no two terms share anything.

    Raises
    ------
    UnknownNameError
        There are more than 1,000 ways.

    References
    ----------
    .. [1] Ragin, C. C. (1987). The Comparative Method. University of California Press. Ch. 6.

    Examples
    --------
    >>> from tertium.comparison.sets.expressions.expression import parse
    >>> for way in factor(parse("A*B*C + A*B*D + A*E")):
    ...     print(way.text())
    A*(E + B*C + B*D)
    A*B*(C + D) + A*E
    >>> factor(parse("A*C + A*D + B*C + B*D"), products_of_sums=True)[0].text()
    '(A + B)*(C + D)'
    """
    place = {term: at for at, term in enumerate(expression.terms)}
    found: dict[frozenset[Part], Factored] = {}
    for way in _ways(frozenset(expression.terms), {}):
        if not way:
            continue
        groups = sorted(
            (sorted(group, key=place.__getitem__) for group in way),
            key=lambda group: place[group[0]],
        )
        grouped = frozenset().union(*way)
        parts = [_part(group, expression.levels, shortest=shortest) for group in groups]
        parts += [Part(term) for term in expression.terms if term not in grouped]
        if products_of_sums:
            parts = _multiplied(parts, expression.levels, shortest=shortest)
        found.setdefault(frozenset(parts), Factored(tuple(parts), expression.levels))
    return tuple(sorted(found.values(), key=lambda way: (way.literals, way.text())))


def shared(terms: Iterable[Term]) -> Term:
    """The literals that all of some terms ask for."""
    first, *others = terms
    return Term(
        {
            name: values
            for name, values in first.items()
            if all(other.get(name) == values for other in others)
        }
    )


def _ways(terms: frozenset[Term], seen: dict[frozenset[Term], set[Way]]) -> set[Way]:
    """Every set of groups of terms that can be factored one after the other."""
    if terms not in seen:
        found: set[Way] = set()
        for group in _groups(terms):
            found |= {way | {group} for way in _ways(terms - group, seen)}
            if len(found) > MOST_WAYS:
                raise UnknownNameError(
                    f"there are more than {MOST_WAYS:,} ways to factor the expression; "
                    "factor a part of it"
                )
        seen[terms] = found or {frozenset()}
    return seen[terms]


def _groups(terms: frozenset[Term]) -> set[frozenset[Term]]:
    """For each conjunction that several terms share, all terms that share it."""
    commons = {shared((one, other)) for one in terms for other in terms if one != other}
    commons.discard(Term({}))
    new = commons
    while new:
        new = {shared((one, other)) for one in new for other in commons} - commons - {Term({})}
        commons |= new
        if len(commons) > MOST_WAYS:
            raise UnknownNameError(
                f"the terms share more than {MOST_WAYS:,} conjunctions; factor fewer terms"
            )
    return {frozenset(term for term in terms if _asks(term, common)) for common in commons}


def _asks(term: Term, common: Term) -> bool:
    return all(term.get(name) == values for name, values in common.items())


def _without(term: Term, common: Term) -> Term:
    return Term({name: values for name, values in term.items() if name not in common})


def _part(group: list[Term], levels: Mapping[str, int], *, shortest: bool) -> Part:
    common = shared(group)
    inside = Expression.of([_without(term, common) for term in group], levels)
    simplest = simplify(inside)[0] if shortest or Term({}) in inside.terms else inside
    if simplest.terms == (Term({}),):
        return Part(common)
    if len(simplest.terms) == 1:
        return Part(Term({**common, **simplest.terms[0]}))
    return Part(common, (simplest,))


def _multiplied(parts: list[Part], levels: Mapping[str, int], *, shortest: bool) -> list[Part]:
    """Parts with equal brackets as one part with two."""
    by_sum: dict[frozenset[Term], list[Part]] = {}
    alone = []
    for part in parts:
        if part.sums:
            by_sum.setdefault(frozenset(part.sums[0].terms), []).append(part)
        else:
            alone.append(part)
    joined = []
    for equal in by_sum.values():
        if len(equal) == 1:
            joined += equal
            continue
        common = shared([part.common for part in equal])
        rest = Expression.of([_without(part.common, common) for part in equal], levels)
        rest = simplify(rest)[0] if shortest else rest
        both = sorted((rest, equal[0].sums[0]), key=lambda one: one.text())
        # A bracket that always holds is left out.
        kept = tuple(one for one in both if one.terms != (Term({}),))
        if len(kept) == 1 and not common:
            alone += [Part(term) for term in kept[0].terms]
        else:
            joined.append(Part(common, kept))
    return [*joined, *alone]
