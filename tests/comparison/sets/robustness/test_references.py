"""Reference values of another program, on published data (../shared/oracles)."""

from __future__ import annotations

import json
from pathlib import Path

from scripts.check_oracles import compared
from scripts.oracles_of_robustness import CANONICAL, STATISTICS, TOLERANCES


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
