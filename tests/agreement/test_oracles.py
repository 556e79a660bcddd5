"""Reference cases of other programs pass, and a folder of any cases is told apart, not tripped on."""

from __future__ import annotations

import json
import sys

import pytest
from scripts.check_oracles import STATISTICS, as_text, check_file, check_folder, differences, main

OURS = ("coefficients", "edge_cases", "sets", "bootstrap")
OF_SETS = (
    "mill_msdo",
    "qca_boolean",
    "qca_calibrate",
    "qca_charts",
    "qca_fit",
    "qca_minimize",
    "qca_robustness",
)


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


@pytest.mark.parametrize("name", OF_SETS)
def test_every_case_on_sets_passes(shared, name):
    """Truth tables, models, fits, charts, calibrations and ranges; all covered, no key unread."""
    path = shared / "oracles" / f"{name}.json"
    if not path.is_file():
        pytest.skip("needs ../shared/oracles")
    _, tally = check_file(path)
    assert tally.failed == []
    assert tally.not_covered.total() == 0
    assert tally.unread.total() == 0
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


@pytest.mark.parametrize(
    "expected",
    [
        {},
        {"estimate": 123.0},
        {"alpha": 123},
        {"value": "unresolved", "n": 3},
        {"gamma_cat_runs": [1.0], "note": "many"},
    ],
)
def test_a_case_of_which_nothing_was_compared_is_not_covered(tmp_path, expected):
    """Keys that nothing here computes are named beside the counts."""
    tally = written(tmp_path, case() | {"expected": expected})
    assert (tally.passed, tally.failed, tally.not_covered.total()) == (0, [], 1)
    unread = set(expected) - {"value", "note"}
    assert set(tally.unread) == unread
    for key in unread:
        assert f"not read, some: {key} (1)" in as_text({"some": tally}, most=5)


def test_parts_and_shares_and_inference_of_alpha_are_compared(tmp_path):
    """Do, De, pa, pe and p_below fail where they are wrong, and pass where they are right."""
    three = {"data": {"values": [[1, 1], [2, 1], [2, 2]]}, "params": {"level": "nominal"}}
    value = 4 / 9
    right = {"value": value, "Do": 1 / 3, "De": 0.6}
    assert written(tmp_path, case() | three | {"expected": right}).passed == 1
    assert written(tmp_path, case() | three | {"expected": right | {"De": 88}}).failed
    method = {"method": "linearised variance"}
    own = case(expected=value) | three
    assert written(tmp_path, own | {"inference": method | {"pa": 13 / 18, "pe": 0.5}}).passed == 2
    assert written(tmp_path, own | {"inference": method | {"pa": 99, "pe": 0.5}}).failed
    tally = written(tmp_path, own | {"inference": method})
    assert (tally.passed, tally.not_covered.total()) == (1, 1)
    ordinal = {"params": {"level": "ordinal"}, "inference": method | {"se": 1}}
    tally = written(tmp_path, case() | three | ordinal | {"expected": "unresolved"})
    assert not tally.failed
    drawn = case("krippendorff_alpha.bootstrap") | three
    drawn["params"] = {"level": "nominal", "method": "kalpha", "replicates": 500}
    assert written(tmp_path, drawn | {"expected": {"p_below_0.67": 55}}).failed
    assert written(
        tmp_path, drawn | {"expected": {"p_below_0.67": 19 / 27}, "tolerance": 0.1}
    ).passed


def test_the_best_alignment_is_compared_where_it_is_the_only_one(tmp_path):
    """In any order of groups and coders; where alignments tie it is named as not read."""
    spans = [
        {"coder": coder, "start": start, "end": start + 4, "value": "a"}
        for coder, start in (("ana", 0), ("ben", 1), ("ana", 10))
    ]
    right = [[["ana", 10, 14, "a"], None], [["ben", 1, 5, "a"], ["ana", 0, 4, "a"]]]
    wrong = [[["ana", 10, 14, "a"], ["ben", 1, 5, "a"]], [["ana", 0, 4, "a"], None]]

    def tried(alignment, unique):
        expected = {"alignment": alignment, "alignment_is_unique": unique}
        own = case("gamma.best_alignment_disorder", {}) | {"expected": expected}
        return written(tmp_path, own | {"data": {"spans": spans, "length": 20}})

    assert tried(right, True).passed == 1
    assert tried(wrong, True).failed
    tied = tried(wrong, None)
    assert (tied.passed, tied.failed, tied.not_covered.total()) == (0, [], 1)
    assert list(tied.unread) == ["alignment (not unique)"]


def test_words_are_ranked_as_sorted_where_a_case_gives_no_order(tmp_path):
    """As by programs that don't ask; categories of the case go before that."""
    words = {"data": {"values": [["low", "low"], ["mid", "high"], ["high", "high"]]}}
    params = {"weights": "linear"}
    sorted_ = {"high": 1, "low": 2, "mid": 3}
    numbers = {"values": [[sorted_[one] for one in unit] for unit in words["data"]["values"]]}
    for statistic in ("cohen_kappa", "gwet_ac", "fleiss_kappa"):
        as_numbers = STATISTICS[statistic](numbers, params).value
        tally = written(tmp_path, case(statistic, params, as_numbers) | words)
        assert (tally.passed, tally.failed) == (1, [])


@pytest.mark.parametrize(
    "strange",
    [
        {"statistic": "scott_pi", "expected": {"value": 1}, "data": {"values": [["a", "b"]]}},
        "no object",
        None,
        3,
        case(params=["level"]),
        case(tolerance="small"),
        case() | {"statistic": ["scott_pi"]},
        case() | {"data": {"no values": 1}},
        case() | {"data": {"values": None}},
        {"id": "one", "statistic": "scott_pi", "expected": {"value": 1}, "dataset": ["d"]},
    ],
)
def test_a_case_that_is_none_stops_nothing(tmp_path, strange):
    """It is not covered, with its number where it has no id; the others go on."""
    tally = written(tmp_path, strange, case())
    assert (tally.passed, tally.failed, tally.not_covered.total()) == (1, [], 1)
    if not isinstance(strange, dict):
        assert list(tally.not_covered) == ["case 1: no object"]


@pytest.mark.parametrize("content", ["", "[]", "{}", "[1", '{"cases": 3}', '{"cases": {"a": 1}}'])
def test_a_file_without_cases_stops_nothing(tmp_path, content):
    """No JSON, no object, no list."""
    (tmp_path / "some.json").write_text(content, encoding="utf-8")
    assert list(check_folder(tmp_path)["some"].not_covered) == ["no file of cases"]
    (tmp_path / "folder.json").mkdir()
    assert "folder" in check_folder(tmp_path)
