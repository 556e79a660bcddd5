"""Searches for necessary and sufficient combinations against plain enumeration."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest

from tertium.comparison.sets.expressions.expression import membership
from tertium.comparison.sets.fit.parameters import necessity, reaches, sufficiency
from tertium.comparison.sets.fit.search import Found, necessary, sufficient
from tertium.comparison.sets.memberships import Memberships
from tertium.errors import UnknownNameError

NAMES = ["A", "B", "C", "M"]


def table(seed: int, *, fuzzy: bool) -> Memberships:
    random = np.random.default_rng(seed)
    held = random.integers(0, 101, (15, 4)) / 100 if fuzzy else random.integers(0, 2, (15, 4))
    frame = pd.DataFrame(held, columns=["A", "B", "C", "Y"], dtype=float)
    frame["M"] = random.integers(0, 3, 15)
    frame.loc[3, "B"] = np.nan
    return Memberships.of(frame)


def combined(sets: Memberships, depth: int) -> list[frozenset[str]]:
    """All sets of literals, at most one a condition, as text."""
    literals = {"M": ["M[0]", "M[1]", "M[2]"]} | {name: [name, f"~{name}"] for name in "ABC"}
    return [
        frozenset(choice)
        for length in range(1, depth + 1)
        for names in combinations(NAMES, length)
        for choice in product(*(literals[name] for name in names))
    ]


def expected(
    sets: Memberships,
    outcome: str,
    relation: str,
    sign: str,
    cut: float,
    coverage: float,
    depth: int,
) -> set[frozenset[str]]:
    """Which combinations reach the cut-offs, by plain enumeration."""
    stated, _ = sets.complete([*NAMES, "Y"])
    y = membership(outcome, stated)
    measure = necessity if relation == "necessary" else sufficiency
    reached: set[frozenset[str]] = set()
    for literals in combined(sets, depth):
        fit = measure(membership(sign.join(sorted(literals)), stated), y)
        if fit.consistency is None or not reaches(fit.consistency, cut):
            continue
        if reaches(fit.coverage, coverage):
            reached.add(literals)
    if (relation, sign) == ("necessary", "*"):
        return reached
    return {one for one in reached if not any(other < one for other in reached)}


def literals(found: Found) -> frozenset[str]:
    return frozenset(found.expression.text().replace(" + ", "*").split("*"))


@pytest.mark.parametrize("fuzzy", [False, True])
@pytest.mark.parametrize("outcome", ["Y", "~Y"])
@pytest.mark.parametrize(("cut", "coverage", "depth"), [(1, 0, 4), (0.8, 0.4, 4), (0.7, 0.5, 2)])
def test_searches_find_what_enumeration_finds(
    fuzzy: bool, outcome: str, cut: float, coverage: float, depth: int
) -> None:
    """Nothing that reaches the cut-offs is missing and nothing else is there."""
    for seed in range(3):
        sets = table(seed, fuzzy=fuzzy)
        asked = {"consistency": cut, "coverage": coverage, "depth": depth}
        found = necessary(sets, outcome, NAMES, **asked)
        conjunctions = {literals(one) for one in found if one.kind == "conjunction"}
        disjunctions = {literals(one) for one in found if one.kind == "disjunction"}
        given = (cut, coverage, depth)
        assert conjunctions == expected(sets, outcome, "necessary", "*", *given)
        wanted = expected(sets, outcome, "necessary", "+", *given)
        assert disjunctions == {one for one in wanted if len(one) > 1}
        assert len(found) == len(conjunctions) + len(disjunctions)
        enough = sufficient(sets, outcome, NAMES, **asked)
        assert {literals(one) for one in enough} == expected(
            sets, outcome, "sufficient", "*", *given
        )


def test_a_consistent_literal_with_little_coverage_bars_nothing() -> None:
    """What fails the cut-off for coverage by itself can be part of a disjunction that reaches it."""
    cases = [(1, 0, 1)] * 7 + [(0, 1, 1)] * 3 + [(1, 0, 0)] * 7 + [(0, 0, 0)] * 9
    sets = Memberships.of(pd.DataFrame(cases, columns=["A", "B", "Y"]))
    found = necessary(sets, "Y", ["A", "B"], consistency=0.7, coverage=0.55)
    assert [one.expression.text() for one in found] == ["A + B"]
    assert found[0].fit.coverage == pytest.approx(10 / 17)


def test_relevance_and_pri_filter_what_was_found() -> None:
    """The further cut-offs take away, they don't bring longer combinations in."""
    sets = table(1, fuzzy=True)
    every = necessary(sets, "Y", NAMES, consistency=0.7)
    some = necessary(sets, "Y", NAMES, consistency=0.7, relevance=0.6)
    assert some == tuple(one for one in every if reaches(one.fit.relevance, 0.6))
    assert 0 < len(some) < len(every)
    every = sufficient(sets, "Y", NAMES, consistency=0.7)
    some = sufficient(sets, "Y", NAMES, consistency=0.7, pri=0.6)
    assert some == tuple(one for one in every if reaches(one.fit.pri, 0.6))


def test_without_the_outcome_nothing_is_found() -> None:
    """Where no case has the outcome nothing is necessary or sufficient for it."""
    sets = Memberships.of(pd.DataFrame({"A": [1, 0], "Y": [0, 0]}))
    assert necessary(sets, "Y", ["A"], consistency=0.8) == ()
    assert sufficient(sets, "Y", ["A"], consistency=0.8) == ()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"conditions": ["A", "Y"]}, "Y is the outcome and a condition"),
        ({"conditions": ["X"]}, "there is no set 'X'"),
        ({"conditions": []}, "there is no condition"),
        ({"consistency": 80}, "consistency is 80; a cut-off is a number from 0 to 1"),
        ({"depth": 0}, "depth is 0"),
    ],
)
def test_wrong_questions_are_refused(options: dict, message: str) -> None:
    """A wrong argument is told in a sentence."""
    asked = {"conditions": ["A"], "consistency": 0.8} | options
    conditions = asked.pop("conditions")
    with pytest.raises(UnknownNameError, match=message):
        necessary(table(0, fuzzy=False), "Y", conditions, **asked)


def test_too_many_combinations_are_refused() -> None:
    """Where memory wouldn't do, a depth is asked for."""
    frame = pd.DataFrame(np.random.default_rng(0).random((50, 25)))
    sets = Memberships.of(frame.set_axis([f"S{n}" for n in range(25)], axis=1))
    with pytest.raises(UnknownNameError, match="give a depth"):
        necessary(sets, "S0", sets.sets[1:], consistency=1)
