"""Reference cases of other programs pass, and a folder of any cases is told apart, not tripped on."""

from __future__ import annotations

import json
import sys

import pytest
from scripts.check_oracles import as_text, check_file, check_folder, differences, main

OURS = ("coefficients", "edge_cases", "sets", "bootstrap")


@pytest.mark.parametrize("name", OURS)
def test_every_case_on_unit_tables_passes(shared, name):
    """Values, parts, standard errors, intervals and quantiles within the tolerance; all covered."""
    path = shared / "oracles" / f"agreement_{name}.json"
    if not path.is_file():
        pytest.skip("needs ../shared/oracles")
    family, tally = check_file(path)
    assert family == f"agreement.{name}"
    assert tally.failed == []
    assert tally.not_covered.total() == 0
    assert tally.passed > 0


def written(folder, *cases, datasets=None, name="cases.json"):
    """Write a file of cases, and check its folder."""
    content = {"family": "some", "notes": [], "datasets": datasets or {}, "cases": list(cases)}
    (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return check_folder(folder)["some"]


def case(statistic="krippendorff_alpha", params=None, expected=0.0, **more):
    """One case with two units, one of them disputed."""
    return {
        "id": "one",
        "statistic": statistic,
        "params": params if params is not None else {"level": "nominal"},
        "expected": {"value": expected},
        "data": {"values": [["a", "b"], ["a", "a"]]},
        **more,
    }


def test_a_wrong_value_fails_with_its_id_and_both_numbers(tmp_path):
    """Alpha of the two units is 0."""
    assert written(tmp_path, case()).passed == 1
    tally = written(tmp_path, case(expected=0.5))
    assert tally.failed == ["one: value: 0.0 instead of 0.5"]
    assert "FAILED, some: one" in as_text({"some": tally}, most=5)


@pytest.mark.parametrize(
    "strange",
    [
        case("no_such_statistic"),
        case(params={"level": "no such level"}),
        case(params={"level": "nominal", "no such option": 1}),
        case(params={"level": "interval"}),
        case(expected="unresolved"),
        case(expected="unspecified"),
        case() | {"data": {"values": [["a", "b", "c"]]}, "statistic": "cohen_kappa", "params": {}},
        {"id": "no input", "statistic": "scott_pi", "params": {}, "expected": {"value": 1}},
        {"id": "neither", "expected": None},
    ],
)
def test_what_is_unknown_or_refused_is_not_covered(tmp_path, strange):
    """Never a failure, never a crash."""
    tally = written(tmp_path, strange)
    assert (tally.passed, tally.failed, tally.not_covered.total()) == (0, [], 1)


def test_undefined_is_expected_as_nan_or_null_with_its_reason(tmp_path):
    """The reason counts where one of ours is named."""
    same = {"data": {"values": [["a", "a"], ["a", "a"]]}}
    assert written(tmp_path, case(expected="NaN") | same).passed == 1
    assert written(tmp_path, case() | same | {"expected": None}).passed == 1
    named = {"value": "NaN", "reason": "no_pairable_values"}
    assert written(tmp_path, case() | same | {"expected": named}).failed
    other = {"value": "NaN", "reason": "peers differ"}
    assert written(tmp_path, case() | same | {"expected": other}).passed == 1
    one_coder = {"data": {"values": [["a"], ["b"]]}}
    assert written(tmp_path, case(expected="NaN") | one_coder).passed == 1


def test_quantiles_have_their_own_tolerance():
    """Deviations are compared relatively, quantiles absolutely."""
    tolerance = {"quantiles": 0.05, "sd_relative": 0.1}
    expected = {"q025": 0.5, "sd": 0.2}
    assert differences(expected, {"q025": 0.54, "sd": 0.215}, tolerance) == []
    assert len(differences(expected, {"q025": 0.6, "sd": 0.23}, tolerance)) == 2


def test_the_command_ends_with_1_on_a_failure_and_2_without_a_folder(tmp_path, monkeypatch, capsys):
    """As `make oracles` sees it; other files in the folder do no harm."""

    def run(folder):
        monkeypatch.setattr(sys, "argv", ["check_oracles", str(folder)])
        return main()

    (tmp_path / "other.json").write_text("[1, 2", encoding="utf-8")
    written(tmp_path, case())
    assert run(tmp_path) == 0
    written(tmp_path, case(expected=0.5))
    assert run(tmp_path) == 1
    assert "one: value: 0.0 instead of 0.5" in capsys.readouterr().out
    assert run(tmp_path / "nowhere") == 2
