"""Factoring: every way to write once what terms share."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.comparison.sets.expressions.algebra import is_within
from tertium.comparison.sets.expressions.expression import Expression, parse
from tertium.comparison.sets.expressions.factors import factor

LEVELS = dict.fromkeys("ABCD", 2) | {"SIZE": 3}


def texts(text: str, *, products_of_sums: bool = False) -> list[str]:
    return [way.text() for way in factor(parse(text), products_of_sums=products_of_sums)]


def test_every_way_is_given() -> None:
    """Taking out A leaves B in two terms of the bracket; taking out A*B leaves A in the rest."""
    assert texts("A*B*C + A*B*D + A*E") == ["A*(E + B*C + B*D)", "A*B*(C + D) + A*E"]


def test_brackets_are_simplified_and_the_rest_is_factored_too() -> None:
    """Of four terms that share one literal, every chain of common literals is taken out once."""
    assert set(texts("A*~B*~C*D + A*~B*C*~D + A*~B*C*D + A*B*C*~D")) == {
        "A*(~B*D + C*~D)",
        "A*~B*(C + D) + A*B*C*~D",
        "A*C*(~B + ~D) + A*~B*~C*D",
        "A*~B*D + A*C*~D",
        "A*(~B*~C*D + B*C*~D) + A*~B*C",
    }


def test_equal_brackets_are_written_once() -> None:
    """A product of sums is given where there is one, and nothing else then."""
    text = "A*C + A*D + B*C + B*D + E"
    assert texts(text) == ["A*(C + D) + B*(C + D) + E", "C*(A + B) + D*(A + B) + E"]
    assert texts(text, products_of_sums=True) == ["(A + B)*(C + D) + E"]
    assert texts("A*B + A*C", products_of_sums=True) == ["A*(B + C)"]


def test_ways_without_equal_brackets_stay_beside_products_of_sums() -> None:
    """Asking for products of sums adds them and drops no other way; brackets can stay as written."""
    found = texts("A*C + A*D + B*C + B*D", products_of_sums=True)
    assert found[0] == "(A + B)*(C + D)"
    assert texts("A*C + B*C + A*~C + B*~C", products_of_sums=True) == ["A + B"]
    expression = parse("~A*B*C + ~A*~C + A")
    (short,) = factor(expression, products_of_sums=True)
    (plain,) = factor(expression, products_of_sums=True, shortest=False)
    assert (short.text(), plain.text()) == ("~A*(B + ~C) + A", "~A*(B*C + ~C) + A")


def test_what_shares_nothing_has_no_way() -> None:
    """Terms without a common literal can't be factored."""
    assert texts("A*B + C*D") == []
    assert texts("A*B") == []


def terms() -> st.SearchStrategy[dict[str, set[int]]]:
    literals = {
        name: st.sets(st.integers(0, count - 1), min_size=1, max_size=count - 1)
        for name, count in LEVELS.items()
    }
    return st.fixed_dictionaries({}, optional=literals)


@settings(max_examples=60)
@given(st.lists(terms(), max_size=5), st.booleans())
def test_a_factored_expression_is_the_same_function(
    made: list[dict[str, set[int]]], products_of_sums: bool
) -> None:
    """Reading any way again gives what was factored."""
    expression = Expression.of(made, LEVELS)
    for way in factor(expression, products_of_sums=products_of_sums):
        again = parse(way.text(), levels=LEVELS)
        assert is_within(again, expression)
        assert is_within(expression, again)
