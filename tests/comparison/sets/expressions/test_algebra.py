"""Calculating with expressions: De Morgan, shortest forms, what is common."""

from __future__ import annotations

import random
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.comparison.sets.expressions.algebra import (
    corners,
    holds_in,
    intersect,
    is_within,
    negate,
    simplify,
)
from tertium.comparison.sets.expressions.expression import Expression, parse
from tertium.errors import UnknownNameError

LEVELS = {"A": 2, "B": 2, "C": 2, "SIZE": 3}


def terms() -> st.SearchStrategy[dict[str, set[int]]]:
    literals = {
        name: st.sets(st.integers(0, count - 1), min_size=1, max_size=count - 1)
        for name, count in LEVELS.items()
    }
    return st.fixed_dictionaries({}, optional=literals)


def expressions() -> st.SearchStrategy[Expression]:
    return st.lists(terms(), max_size=5).map(lambda made: Expression.of(made, LEVELS))


def belonging(expression: Expression) -> set[tuple[int, ...]]:
    """The combinations of values that belong to an expression, by plain enumeration."""
    names = tuple(LEVELS)
    return {
        corner
        for corner in corners(names, LEVELS)
        if any(holds_in(term, dict(zip(names, corner, strict=True))) for term in expression.terms)
    }


EVERYTHING = set(product(*(range(count) for count in LEVELS.values())))


@given(expressions())
def test_a_negation_is_all_the_rest(made: Expression) -> None:
    """De Morgan's rules give what is left out, and twice negated is the expression again."""
    assert belonging(negate(made)) == EVERYTHING - belonging(made)
    assert belonging(negate(negate(made))) == belonging(made)
    assert parse(f"~({made.text()})", levels=LEVELS).terms == negate(made).terms


@given(expressions(), expressions())
def test_joined_expressions_hold_what_both_or_either_hold(
    one: Expression, other: Expression
) -> None:
    """Intersections and comparisons agree with plain enumeration."""
    first, second = belonging(one), belonging(other)
    assert belonging(intersect(one, other)) == first & second
    assert is_within(one, other) == (first <= second)


def test_what_takes_too_long_is_refused_in_words() -> None:
    """Many long terms over many sets don't hang: the expression is to be cut."""
    draw = random.Random(20)
    names = [f"S{at}" for at in range(14)]
    terms = [[draw.choice(["", "~"]) + one for one in draw.sample(names, 4)] for _ in range(20)]
    text = " + ".join("*".join(term) for term in terms)
    with pytest.raises(UnknownNameError, match=r"takes too long|more than 2,000 terms"):
        simplify(parse(text))
    with pytest.raises(UnknownNameError, match=r"take too long|more than 2,000 terms"):
        parse(f"~(~({text}))*~({text})")


@given(expressions())
def test_every_shortest_form_is_the_same_function(made: Expression) -> None:
    """No form holds a superfluous literal or term, none has more terms than was written."""
    forms = simplify(made)
    for form in forms:
        assert belonging(form) == belonging(made)
    for term in forms[0].terms:
        for name in term:
            wider = Expression.of([{n: v for n, v in term.items() if n != name}], LEVELS)
            assert not belonging(wider) <= belonging(made)


@settings(max_examples=30)
@given(st.sets(st.tuples(*[st.integers(0, 1)] * 3), min_size=1))
def test_all_forms_with_the_fewest_terms_are_found(rows: set[tuple[int, ...]]) -> None:
    """Plain enumeration of sets of prime implicants finds the same forms, and as many."""
    made = Expression.of(
        [dict(zip("ABC", ([v] for v in row), strict=True)) for row in rows], LEVELS
    )
    every = [
        {name: {value} for name, value in zip("ABC", one, strict=True) if value is not None}
        for one in product([0, 1, None], repeat=3)
    ]
    inside = [one for one in every if belonging(Expression.of([one], LEVELS)) <= belonging(made)]
    prime = [
        one
        for one in inside
        if not any(other != one and other.items() <= one.items() for other in inside)
    ]
    for size in range(1, len(prime) + 1):
        found = {
            frozenset(form.terms)
            for some in combinations(prime, size)
            if belonging(form := Expression.of(some, LEVELS)) == belonging(made)
        }
        if found:
            break
    assert {frozenset(form.terms) for form in simplify(made)} == found


def test_values_of_one_set_are_written_together() -> None:
    """Terms that differ only in the value of a set become one."""
    made = parse("SIZE[0]*A + SIZE[1]*A", levels={"SIZE": 3})
    assert [form.text() for form in simplify(made)] == ["SIZE[0,1]*A"]


def test_what_always_or_never_holds_has_a_form() -> None:
    """A tautology is 1, a contradiction 0."""
    assert [form.text() for form in simplify(parse("A + ~A*B + ~B"))] == ["1"]
    assert [form.text() for form in simplify(parse("A*~A"))] == ["0"]


def test_different_levels_are_refused() -> None:
    """Two expressions can't be joined if a set has other values in one of them."""
    with pytest.raises(UnknownNameError, match="X has 2 values in one expression and 3"):
        intersect(parse("X[1]"), parse("X[2]"))


def test_too_many_sets_are_refused() -> None:
    """A table of all combinations is never built beyond a size."""
    with pytest.raises(UnknownNameError, match="names 15 sets"):
        simplify(parse(" + ".join(f"S{n}" for n in range(15))))
