"""Reference values of another program, on published data (../shared/oracles)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scripts.check_oracles import compared
from scripts.oracles_of_expressions import CANONICAL, STATISTICS


@pytest.mark.parametrize("name", ["qca_boolean", "qca_fit"])
def test_every_reference_case_is_met(shared: Path, name: str) -> None:
    """Negations, shortest and factored forms, fit, and searches equal those computed elsewhere."""
    path = shared / "oracles" / f"{name}.json"
    if not path.is_file():
        pytest.skip("needs ../shared/oracles")
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
