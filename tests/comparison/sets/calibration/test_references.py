"""Reference cases of other programs on calibration, Mill's methods and pairs of cases."""

from __future__ import annotations

import json

import pytest
from scripts.check_oracles import compared
from scripts.oracles_of_calibration import CANONICAL, STATISTICS


@pytest.mark.parametrize("name", ["qca_calibrate", "mill_msdo"])
def test_reference_cases(shared, name):
    """Every case of the file gives the expected numbers, and each has some."""
    content = json.loads((shared / "oracles" / f"{name}.json").read_text(encoding="utf-8"))
    for case in content["cases"]:
        kind, params = case["kind"], case["params"] or {}
        data = {"values": case["data"]} if "data" in case else content["datasets"][case["dataset"]]
        plain = CANONICAL.get(kind, lambda value: value)
        result = compared(
            plain(case["expected"]), plain(STATISTICS[kind](data, params)), case.get("tolerance")
        )
        assert (case["id"], result.wrong, result.unread) == (case["id"], [], [])
        assert result.number
