"""Reference cases of other programs on calibration, Mill's methods and pairs of cases."""

from __future__ import annotations

import json

import pytest
from scripts.check_oracles import compared
from scripts.oracles_of_calibration import CANONICAL, STATISTICS
from scripts.oracles_of_units import NotCovered


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


X = {"values": [1.0, 4, 6, 9]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"thresholds": [2, 5, 8], "ecdf": True}, {"thresholds": [2, 5, 8]}),
        ({"thresholds": ["e=2, c=5, i=8"]}, {"thresholds": [2, 5, 8]}),
        ({"thresholds": [2, 5, 8], "call": "x", "dataset": "y"}, {"thresholds": "2, 5, 8"}),
    ],
)
def test_thresholds_in_other_words(one, other):
    """Ranks need the logistic curve to be set off; a list with one text is read as the text."""
    compute = STATISTICS["qca.calibrate"]
    assert compute(X, one) == compute(X, other)
    assert compute(X, {**other, "logistic": False, "ecdf": True}) != compute(X, other)


def test_what_is_not_known_or_given():
    """NA has no membership; without thresholds a case is not covered."""
    found = STATISTICS["qca.calibrate"]({"values": [1, "NA"]}, {"type": "crisp", "thresholds": 1})
    assert found == {"values": [1, None]}
    with pytest.raises(NotCovered):
        STATISTICS["qca.calibrate"](X, {"type": "crisp"})


def test_short_forms_of_links_and_distances():
    """Both are read from their beginnings, as the other program does."""
    compute = STATISTICS["qca.findTh"]
    short = compute(X, {"n": 1, "hclustm": "com", "distm": "euc"})
    assert short == compute(X, {"n": 1, "hclustm": "complete", "distm": "euclidean"})
