"""Other choices that could be defended, as they were asked for or as the plan names them.

Comes in: the plan of an analysis, and tests: mappings of what they change, or names.
Goes out: for each test everything that it changes, and what it is called.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tertium.comparison.sets.shown.numbers import said
from tertium.comparison.sets.shown.question import Asked
from tertium.errors import UnknownNameError
from tertium.sources.listed.set_plans import AlternativePart

Test = Mapping[str, Any] | str
CUT_OFFS = ("consistency", "pri", "cases")
_KEYS = ("name", *CUT_OFFS, "anchors", "coder", "alternative")


def listed(asked: Asked, tests: Sequence[Test] | None) -> list[Mapping[str, Any]]:
    """Tests with all that each changes; without any, the alternatives of the plan.

    Raises
    ------
    UnknownNameError
        No test, or one that names what can't be chosen otherwise, or changes nothing.
    """
    alternatives = {each.name: each for each in asked.calibrated.plan.alternatives}
    if isinstance(tests, str | Mapping):
        raise UnknownNameError("tests is one test; write a list of tests")
    if tests is None:
        tests = list(alternatives)
    if not tests:
        raise UnknownNameError(
            f"there is nothing to test with: the plan {asked.plan} names no alternatives; "
            'write tests such as [{"consistency": 0.75}, {"cases": 2}]'
        )
    found: list[Mapping[str, Any]] = []
    for test in tests:
        given: dict[str, Any] = {"alternative": test} if isinstance(test, str) else dict(test)
        if strange := sorted(set(given) - set(_KEYS)):
            raise UnknownNameError(
                f"a test can't change {strange[0]!r}; it can change {', '.join(_KEYS[1:])}"
            )
        named = given.pop("alternative", None)
        if named is not None and named not in alternatives:
            there = "; ".join(alternatives) or "none"
            raise UnknownNameError(f"the plan names no alternative {named!r}; there are: {there}")
        if named is not None:
            given = _of_alternative(alternatives[named], given)
        if not any(given.get(name) not in (None, {}) for name in _KEYS[1:]):
            raise UnknownNameError(f"a test changes nothing; name one of {', '.join(_KEYS[1:])}")
        found.append(given)
    return found


def _of_alternative(part: AlternativePart, given: Mapping[str, Any]) -> dict[str, Any]:
    """What an alternative of the plan changes, and what else the test does."""
    own = {name: dict(each) for name, each in part.anchors.items()}
    more = {name: each for name, each in given.items() if name != "anchors"}
    found = {"coder": part.coder, **more, "anchors": both(own, given.get("anchors") or {})}
    return {"name": ", ".join(part for part in (part.name, name_of(given)) if part), **found}


def both(
    one: Mapping[str, Mapping[str, float]], other: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    """Anchors of two choices; where both name one, the second decides."""
    return {name: {**one.get(name, {}), **other.get(name, {})} for name in {**one, **other}}


def name_of(test: Mapping[str, Any]) -> str:
    """What a test changes, in words."""
    words = {"pri": "PRI", "cases": "cases a row"}
    told = [
        f"{words.get(name, name)} {said(test[name]) if name != 'cases' else test[name]}"
        for name in CUT_OFFS
        if name in test
    ]
    for name, anchors in (test.get("anchors") or {}).items():
        told += [f"{name} {anchor} {value:g}" for anchor, value in anchors.items()]
    if test.get("coder"):
        told.append(f"as {test['coder']} reads the cases")
    return ", ".join(told)
