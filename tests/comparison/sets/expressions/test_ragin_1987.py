"""The worked negation of Ragin (1987), The Comparative Method, p. 99."""

from __future__ import annotations

from tertium.comparison.sets.expressions.algebra import negate, simplify
from tertium.comparison.sets.expressions.expression import parse


def test_de_morgan_p_99() -> None:
    """Not (AC or B and not C) has three terms, of which one is superfluous in the shortest form."""
    negated = negate(parse("A*C + B*~C"))
    assert {frozenset(term.items()) for term in negated.terms} == {
        frozenset(term.items()) for term in parse("~A*~B + ~A*C + ~B*~C").terms
    }
    assert [form.text() for form in simplify(negated)] == ["~A*C + ~C*~B"]
