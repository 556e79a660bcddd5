"""Reference cases of other programs: minimisation and rows to exclude."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scripts.check_oracles import compared
from scripts.oracles_of_solutions import CANONICAL, STATISTICS, TOLERANCES


@pytest.mark.parametrize("name", ["qca_minimize", "qca_boolean"])
def test_every_reference_case_is_met(shared: Path, name: str) -> None:
    """Tables, implicants, models, fits and assumptions are those of the programs of others."""
    content = json.loads((shared / "oracles" / f"{name}.json").read_text(encoding="utf-8"))
    held = 0
    for case in content["cases"]:
        kind = case["kind"]
        if kind not in STATISTICS:
            continue
        found = STATISTICS[kind](content["datasets"][case["dataset"]], case["params"])
        same = CANONICAL[kind]
        result = compared(same(case["expected"]), same(found), TOLERANCES.get(kind))
        assert (case["id"], result.wrong, result.unread) == (case["id"], [], [])
        held += result.number
    assert held


def test_a_reference_case_that_is_off_is_seen(shared: Path) -> None:
    """Another cut-off gives another result, and the comparison says so."""
    content = json.loads((shared / "oracles" / "qca_minimize.json").read_text(encoding="utf-8"))
    case = next(one for one in content["cases"] if one["id"] == "LF-cons-08")
    params = {**case["params"], "incl_cut": 0.6}
    found = STATISTICS[case["kind"]](content["datasets"][case["dataset"]], params)
    same = CANONICAL[case["kind"]]
    assert compared(same(case["expected"]), same(found), None).wrong
