"""Reference values of another program, on published data (../shared/oracles)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scripts.check_oracles import compared
from scripts.oracles_of_robustness import CANONICAL, STATISTICS, TOLERANCES
from scripts.oracles_of_units import NotCovered


def test_every_reference_case_is_met(shared: Path) -> None:
    """Ranges, fit, core, case ratios and group figures equal those that were computed elsewhere."""
    path = shared / "oracles" / "qca_robustness.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["cases"]
    for case in content["cases"]:
        kind = case["kind"]
        found = STATISTICS[kind](content["datasets"][case["dataset"]], case["params"])
        canonical = CANONICAL.get(kind, lambda value: value)
        held = compared(canonical(case["expected"]), canonical(found), TOLERANCES.get(kind))
        assert held.number, case["id"]
        assert not held.wrong, case["id"]
        assert not held.unread, case["id"]


TABLE = {
    "columns": {"A": [0.9, 0.8, 0.2, 0.1], "B": [0.7, 0.1, 0.6, 0.2], "Y": [0.9, 0.7, 0.4, 0.1]},
    "case_names": list("wxyz"),
}


def test_solutions_as_texts_are_those_as_lists() -> None:
    """A text is a solution, a list of texts is one test; what a solution was made with is told."""
    compute = STATISTICS["qca.rob.fit"]
    lists = compute(
        TABLE, {"outcome": "Y", "initial_terms": ["A", "B"], "test_terms": [["A*B", "~B"]]}
    )
    plain = {"outcome": "Y", "initial_terms": "A + B", "incl_cut": 0.8, "conditions": ["A", "B"]}
    assert compute(TABLE, {**plain, "test_terms": ["A*B", "~B"]}) == lists
    assert compute(TABLE, {**plain, "test_terms": ["A*B + ~B"]}) == lists


def test_a_calibrated_set_is_not_taken_for_its_own_numbers() -> None:
    """Without raw numbers a range of anchors is not covered; thresholds may have names."""
    params = {
        "outcome": "Y",
        "conditions": ["A", "B"],
        "incl_cut": 0.8,
        "include": "?",
        "test_cond_raw": "A",
        "test_cond_calib": "A",
        "step": 5,
        "max_runs": 3,
    }
    compute = STATISTICS["qca.rob.calibrange"]
    with pytest.raises(NotCovered, match="raw numbers"):
        compute(TABLE, {**params, "test_thresholds": [10, 50, 90]})
    raw = {**TABLE, "raw": {"A": [95, 80, 20, 5]}}
    found = compute(raw, {**params, "test_thresholds": {"e": 10, "c": 50, "i": 90}})
    assert found == compute(raw, {**params, "test_thresholds": [10, 50, 90]})
