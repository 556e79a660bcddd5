"""Reference cases of other programs: minimisation and rows to exclude."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from scripts.check_oracles import compared
from scripts.oracles_of_solutions import CANONICAL, STATISTICS, TOLERANCES
from scripts.oracles_of_units import NotCovered


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


TABLE = {
    "columns": {
        "A": [1, 1, 0, 0, 1],
        "B": [1, 0, 1, 0, 1],
        "C": [1, 0, 0, 0, 0],
        "Y": [1, 0, 0, 0, 1],
    },
    "case_names": list("abcde"),
}
ASKED = {"outcome": "Y", "conditions": ["A", "B", "C"], "incl_cut": 1}


def found(kind: str, **params: object) -> dict[str, object]:
    return STATISTICS[kind](TABLE, {**ASKED, **params})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"conditions": "A:C"}, {}),
        ({"conditions": "A, B, C", "show_cases": True, "details": True}, {}),
        ({"incl_cut_contradiction": 2}, {}),
        ({"exclude_rows": [1, 99]}, {"omit": [1]}),
        ({"neg_out": True}, {"outcome": "~Y"}),
        ({"outcome": "1-Y"}, {"outcome": "~Y"}),
        ({"explain": "1,C", "include": "?, C"}, {"explain": ["1", "C"], "include": ["?", "C"]}),
        (
            {"include": "?", "dir_exp": "1,-,0"},
            {"include": ["?"], "dir_exp": {"expectations": {"A": [1], "C": [0]}}},
        ),
        (
            {"include": "?", "dir_exp": ["A", "B*~C"]},
            {"include": "?", "dir_exp": {"expectations": {"A": 1}, "conjunctural": [["B", "~C"]]}},
        ),
        (
            {"include": "?", "dir_exp": {"raw": ["A[0]", "B[0]"], "expectations": {}}},
            {"include": "?", "dir_exp": {"expectations": {"A": 0, "B": 0}}},
        ),
    ],
)
def test_options_in_other_words_ask_for_the_same(one: dict, other: dict) -> None:
    """Texts with commas, names and lists are read alike; what only changes the print is ignored."""
    same = CANONICAL["qca.minimize"]
    assert same(found("qca.minimize", **one)) == same(found("qca.minimize", **other))


def test_an_excluded_row_that_cases_show_is_printed_without_the_outcome() -> None:
    """An excluded row has out 0 in the table, and an unseen one is no remainder."""
    told = found("qca.minimize", exclude_rows=[8, 2])
    assert {row["row"]: row["out"] for row in told["truth_table"]}[8] == "0"
    assert told["n_remainders"] == 2


def test_rows_that_need_two_tables_are_refused_where_one_has_none_to_explain() -> None:
    """The program stops there; so do its reference cases, while the library goes on."""
    both = {"columns": {"A": [1, 0], "B": [1, 0], "Y": [0, 0]}, "case_names": ["a", "b"]}
    params = {"outcome": "Y", "incl_cut": 1, "type": 2}
    assert "error" in STATISTICS["qca.findRows"](both, params)
    assert "error" in found("qca.findRows", type=0)
    listed = found("qca.findRows", expression=["A*~B", "C"], type=1)
    assert listed == found("qca.findRows", expression="A*~B + C", type=1)


def test_expectations_in_an_unknown_form_are_not_covered() -> None:
    """A text that names no condition is no expectation that could be left out in silence."""
    with pytest.raises(NotCovered):
        found("qca.minimize", include="?", dir_exp={"raw": ["QQ+7"], "expectations": {}})
