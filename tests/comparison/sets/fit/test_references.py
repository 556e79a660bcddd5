"""Reference values of another program, on published data (../shared/oracles)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scripts.check_oracles import compared
from scripts.oracles_of_expressions import (
    CANONICAL,
    CANONICAL_BY_PARAMS,
    NOTHING_SAID,
    STATISTICS,
)


@pytest.mark.parametrize("name", ["qca_boolean", "qca_fit"])
def test_every_reference_case_is_met(shared: Path, name: str) -> None:
    """Negations, shortest and factored forms, fit, and searches equal those computed elsewhere."""
    path = shared / "oracles" / f"{name}.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    cases = [case for case in content["cases"] if case["kind"] in STATISTICS]
    assert cases
    for case in cases:
        canonical = CANONICAL[case["kind"]]
        dataset = content["datasets"].get(case.get("dataset"), {})
        found = STATISTICS[case["kind"]](dataset, case["params"])
        held = compared(canonical(case["expected"]), canonical(found), case.get("tolerance"))
        assert held.number, case["id"]
        assert not held.wrong, case["id"]
        assert not held.unread, case["id"]


def found(kind: str, **params: object) -> object:
    return CANONICAL_BY_PARAMS[kind](STATISTICS[kind]({}, params), params)


@pytest.mark.parametrize(
    ("kind", "params", "expected"),
    [
        ("qca.intersect", {"expressions": ["A + B", "~A + C"]}, ["~A*B + A*C + B*C"]),
        ("qca.factorize", {"expression": "A*B + C"}, [["A*B + C"]]),
        (
            "qca.factorize",
            {"expression": "~A*B*C + ~A*~C + A", "pos": True},
            [["A + ~A*(B*C + ~C)"]],
        ),
        ("qca.negate", {"expression": "A[0]*B[1]", "noflevels": [3, 2]}, ["A[1,2] + B[0]"]),
        ("qca.negate", {"expression": "A[0]*B", "noflevels": [3, 2]}, ["A[1] + A[2] + ~B"]),
        ("qca.negate", {"expression": ["A*B", "C"]}, ["~A*~C + ~B*~C"]),
        ("qca.simplify", {"expression": "B[0]*C[0] + B[0]", "noflevels": [2, 2]}, ["B[0]"]),
    ],
)
def test_forms_of_other_programs_are_met(kind: str, params: dict, expected: list) -> None:
    """Nothing is simplified where the other program does not, and spelling does not matter."""
    assert found(kind, **params) == CANONICAL_BY_PARAMS[kind]({"result": expected}, params)


def test_two_of_three_values_are_not_all() -> None:
    """With the levels of the case an expression of two of three values does not read as always."""
    params = {"expression": "A[0] + A[1]", "noflevels": 3}
    other = CANONICAL_BY_PARAMS["qca.simplify"]({"result": ["A[2]"]}, params)
    assert found("qca.simplify", **params) != other
    assert found("qca.simplify", **params)["result"] != [NOTHING_SAID]


@pytest.mark.parametrize("nothing", [None, {}, {"error": "x"}, {"result": []}, {"result": [""]}])
def test_what_holds_never_or_always_is_spelled_in_several_ways(nothing: object) -> None:
    """An empty text, an empty list and an error say the same."""
    for expression in ("A + ~A", "A*~A"):
        params = {"expression": expression}
        wanted = CANONICAL_BY_PARAMS["qca.simplify"](nothing, params)
        assert found("qca.simplify", **params) == wanted


@pytest.mark.parametrize("nothing", [None, {"terms": []}, {"error": "x"}])
def test_a_search_without_a_find_is_spelled_in_several_ways(nothing: object) -> None:
    """No terms, nothing, and an error say the same."""
    params = {"outcome": "Y", "incl_cut": 1, "cov_cut": 0.9}
    ours = STATISTICS["qca.superSubset"](TABLE, params)
    assert CANONICAL["qca.superSubset"](ours) == CANONICAL["qca.superSubset"](nothing)


TABLE = {"columns": {"A": [1, 0, 1, 0], "Y": [0, 1, 1, 0]}, "case_names": list("abcd")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"expression": "A => Y"}, {"expression": "A", "outcome": "Y"}),
        ({"expression": "A", "outcome": "Y{0}"}, {"expression": "A", "outcome": "~Y"}),
        ({"expression": "A", "outcome": "1 - Y"}, {"expression": "A", "outcome": "~Y"}),
        (
            {"expression": "A", "outcome": "Y", "neg_out": True},
            {"expression": "A", "outcome": "~Y", "show_cases": True},
        ),
    ],
)
def test_outcomes_in_other_words(one: dict, other: dict) -> None:
    """An arrow, curly brackets and a negated outcome ask for the same as plain words."""
    compute = STATISTICS["qca.sufficiency"]
    assert compute(TABLE, one) == compute(TABLE, other)


def test_fit_of_an_expression_that_never_holds() -> None:
    """Nobody is in it: its consistency is not defined, and nothing breaks."""
    told = STATISTICS["qca.sufficiency"](TABLE, {"expression": "A*~A", "outcome": "Y"})
    assert told["terms"][0]["inclS"] is None
    assert told["terms"][0]["covS"] == 0
