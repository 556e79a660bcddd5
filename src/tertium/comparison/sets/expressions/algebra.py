"""Calculating with expressions: negated, joined, compared, and written as short as they can be.

Comes in: `Expression`s.
Goes out: `Expression`s.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product as every_choice

import numpy as np

from tertium.comparison.sets.expressions.expression import MOST_TERMS, Expression
from tertium.comparison.sets.expressions.terms import Term, complement, product
from tertium.comparison.sets.minimisation.budget import Budget, BudgetSpentError
from tertium.comparison.sets.minimisation.chart import covers
from tertium.errors import UnknownNameError

# Combinations of values that an expression is looked at in, at most: 14 sets with two values each.
MOST_CORNERS = 2**14
# Steps to multiply brackets out; a few seconds.
STEPS = 1_000_000


def negate(expression: Expression) -> Expression:
    """What the expression leaves out, by De Morgan's rules.

    Terms within other terms are left out; what remains need not be the shortest form, which
    `simplify` finds. A term that can never hold (A*~A) is left out, so that a fuzzy membership in
    the result can be lower than 1 minus that in the expression; take the latter where it matters.

    Raises
    ------
    UnknownNameError
        It has too many terms, or takes too long to multiply out.

    References
    ----------
    .. [1] Ragin, C. C. (1987). The Comparative Method. University of California Press. P. 99.

    Examples
    --------
    >>> from tertium.comparison.sets.expressions.expression import parse
    >>> negate(parse("A*C + B*~C")).text()
    '~A*~B + ~A*C + ~C*~B'
    >>> negate(parse("SIZE[1]", levels={"SIZE": 3})).text()
    'SIZE[0,2]'
    """
    sides = [complement(term, expression.levels) for term in expression.terms]
    return Expression.of(_multiplied([Term({})], sides), expression.levels)


def intersect(first: Expression, *others: Expression) -> Expression:
    """What all expressions have in common, brackets multiplied out.

    Raises
    ------
    UnknownNameError
        A set that has different numbers of values in two of them.

    Examples
    --------
    >>> from tertium.comparison.sets.expressions.expression import parse
    >>> intersect(parse("A*B + C"), parse("~A + D")).text()
    'A*B*D + C*~A + C*D'
    """
    levels = joint_levels((first, *others))
    return Expression.of(_multiplied(first.terms, [one.terms for one in others]), levels)


def _multiplied(first: Sequence[Term], others: Iterable[Sequence[Term]]) -> list[Term]:
    """Multiply out, in so many steps at the most."""
    found, budget = list(first), Budget(STEPS)
    try:
        for other in others:
            found = product(found, other, most=MOST_TERMS, budget=budget)
    except BudgetSpentError:
        raise UnknownNameError(
            "the expression takes too long to multiply its brackets out; take a part of it, "
            "with fewer terms or sets"
        ) from None
    return found


def joint_levels(expressions: Iterable[Expression]) -> dict[str, int]:
    """How many values each set has in several expressions; refused where they differ."""
    joined: dict[str, int] = {}
    for expression in expressions:
        for name, count in expression.levels.items():
            if joined.setdefault(name, count) != count:
                raise UnknownNameError(
                    f"{name} has {joined[name]} values in one expression and {count} in another; "
                    "read both with the same levels"
                )
    return joined


def is_within(one: Expression, other: Expression) -> bool:
    """Whether every combination that belongs to one belongs to the other too.

    Examples
    --------
    >>> from tertium.comparison.sets.expressions.expression import parse
    >>> is_within(parse("A*B"), parse("A")), is_within(parse("A"), parse("A*B"))
    (True, False)
    """
    return not intersect(one, negate(other)).terms


def corners(names: Iterable[str], levels: Mapping[str, int]) -> Iterator[tuple[int, ...]]:
    """Every combination of values of these sets, the first set slowest."""
    return every_choice(*(range(levels[name]) for name in names))


def holds_in(term: Mapping[str, frozenset[int]], corner: Mapping[str, int]) -> bool:
    """Whether a combination of values belongs to a term."""
    return all(corner[name] in values for name, values in term.items())


def simplify(expression: Expression, *, most: int = 1000) -> tuple[Expression, ...]:
    """Every way to write an expression with the fewest terms, none of which could be shorter.

    Parameters
    ----------
    expression : Expression
        It may name up to 14 sets with two values each, or as many combinations of others.
    most : int
        How many ways to list.

    Returns
    -------
    tuple of Expression
        At least one; several where different terms serve as well, fewest literals first. A set
        with more than two values may have several in a literal: A[0]*B + A[1]*B is A[0,1]*B.

    Raises
    ------
    UnknownNameError
        It names too many sets, or takes too long.

    References
    ----------
    .. [1] Ragin, C. C. (1987). The Comparative Method. University of California Press. Ch. 6.

    Examples
    --------
    >>> from tertium.comparison.sets.expressions.expression import parse
    >>> [form.text() for form in simplify(parse("A*B + A*~B + ~A*C"))]
    ['A + C']
    >>> [form.text() for form in simplify(parse("A*~B + ~A*B + B*~C + ~B*C"))]
    ['~A*B + A*~C + ~B*C', 'A*~B + ~A*C + B*~C']
    """
    names, levels = expression.names, expression.levels
    if math.prod(levels[name] for name in names) > MOST_CORNERS:
        raise UnknownNameError(
            f"the expression names {len(names)} sets, which have more than {MOST_CORNERS:,} "
            "combinations of values; simplify one with fewer"
        )
    if not names:
        return (expression,)
    primes = prime_terms(expression)
    literals = _literals(names, levels)
    held = np.array([_held(term, literals) for term in primes])
    # Corners that the same prime terms hold are covered together: one column of the chart.
    patterns = np.unique(np.packbits(held[:, held.any(axis=0)], axis=0), axis=1)
    columns = np.unpackbits(patterns, axis=0, count=len(primes)).astype(bool)
    chart = [_mask(row) for row in columns]
    found = covers(chart, columns.shape[1], most=most)
    forms = [Expression.of([primes[at] for at in cover], levels) for cover in found.covers]
    return tuple(sorted(forms, key=lambda form: form.literals))


def prime_terms(expression: Expression) -> list[Term]:
    """Every term within an expression that no wider term within it holds, shortest first.

    The negation is negated again: what is left when brackets are multiplied out, and terms within
    other terms are left out, are all the prime implicants [1]_. In a set with more than two values
    a literal allows as many of them as it can.

    References
    ----------
    .. [1] Nelson, R. J. (1955). Simplest Normal Truth Functions. Journal of Symbolic Logic 20(2).

    Examples
    --------
    >>> from tertium.comparison.sets.expressions.expression import parse
    >>> [term.text({"A": 2, "B": 2, "C": 2}) for term in prime_terms(parse("A*B + ~A*C"))]
    ['A*B', '~A*C', 'B*C']
    """
    names = list(expression.names)
    found = negate(negate(expression)).terms

    def order(term: Term) -> tuple[int, list[int], list[list[int]]]:
        held = sorted(term, key=names.index)
        return len(term), [names.index(one) for one in held], [sorted(term[one]) for one in held]

    return [
        Term({name: term[name] for name in names if name in term})
        for term in sorted(found, key=order)
    ]


def _literals(
    names: tuple[str, ...], levels: Mapping[str, int]
) -> dict[tuple[str, int], np.ndarray]:
    """For each value of each set, which of all corners have it."""
    table = np.array(list(corners(names, levels)), int).reshape(-1, len(names))
    return {
        (name, value): table[:, at] == value
        for at, name in enumerate(names)
        for value in range(levels[name])
    }


def _held(term: Term, literals: Mapping[tuple[str, int], np.ndarray]) -> np.ndarray:
    """Which corners belong to a term."""
    held = np.ones(len(next(iter(literals.values()))), bool)
    for name, values in term.items():
        held &= np.any([literals[name, value] for value in sorted(values)], axis=0)
    return held


def _mask(held: np.ndarray) -> int:
    return int.from_bytes(np.packbits(held, bitorder="little").tobytes(), "little")
