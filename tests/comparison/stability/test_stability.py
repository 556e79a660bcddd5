"""Findings are put to the test by computing their results again, and the table says what came out."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.coding.classify import classify
from tertium.comparison.crosstabs.crosstab import crosstab
from tertium.comparison.result import Result, comparison
from tertium.comparison.stability import measures
from tertium.comparison.stability.coded_again import read_again, with_thresholds, with_version
from tertium.comparison.stability.finding import finding
from tertium.comparison.stability.stability import holds_in_words, stability
from tertium.errors import UnknownNameError
from tertium.study import open_study

from ..conftest import coding, make_tables, source

STRIKE = "Workers went on strike."
UNION = "The union enrolled them."


def study(texts, *, facts=None, coder="rule"):
    """Sources that hold a strike (s), the union (u), both or nothing, with verdicts to fit."""
    facts = facts or {}
    sources, codings = [], []
    for name, holds in texts.items():
        text = " ".join(
            [f"A story of {name}.", *[STRIKE] * ("s" in holds), *[UNION] * ("u" in holds)]
        )
        row = {"voice": "ngo", "country": "China", "author": name.title(), "date": "2010"}
        sources.append(source(name, text, **{**row, **facts.get(name, {})}))
        codings += [coding(name, STRIKE, "approach", "strike")] * ("s" in holds)
        codings += [coding(name, UNION, "approach", "state_led")] * ("u" in holds)
    tables = make_tables(
        sources, codings, readings=[(name, "approach", None) for name in texts], coder=coder
    )
    verdicts = classify(
        tables.codings, read_again(tables), tables.scheme("approach"), readings=tables.readings
    )
    return replace(tables, verdicts=verdicts)


def leads(tables, column="ngo"):
    """The finding that strikes are told of more than the union."""
    than = ("state_led", column)
    return finding("Strikes lead", crosstab(tables), measures.more(("strike", column), than=than))


def test_runs_that_break_a_finding_are_counted_and_named():
    """Two strikes against one union: only without either strike the lead is gone."""
    tables = study({"ana": "s", "ben": "s", "eva": "u", "kim": ""})
    result = stability(leads(tables), over="sources")
    assert result.frame.loc["Strikes lead"].tolist() == [0.5, 0.5]
    assert result.cell_text(0, 0) == "2 of 4"
    assert "“Strikes lead” breaks without Ana 2010; without Ben 2010." in result.note
    assert set(result.evidence("Strikes lead", "sources")["source_id"]) == {"ana", "ben"}
    assert set(result.evidence("Strikes lead", "sources")["quote"]) == {STRIKE}
    assert holds_in_words(result, "Strikes lead") == "holds in 2 of 4 runs"


def test_every_run_is_told():
    """The list has one row a run, with what was changed, the value and whether it holds."""
    tables = study({"ana": "s", "ben": "s", "eva": "u"})
    frame = stability(leads(tables), over="sources", show="runs").frame
    assert list(frame["changed"]) == ["without Ana 2010", "without Ben 2010", "without Eva 2010"]
    assert list(frame["value"]) == ["no", "no", "yes"]
    assert list(frame["holds"]) == ["no", "no", "yes"]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["", "s", "u", "su"]), min_size=1, max_size=5))
def test_a_finding_that_can_not_change_holds_everywhere(holds):
    """Whatever the sources: what is always true holds in n of n, and n is the number of sources."""
    tables = study({f"s{number}": each for number, each in enumerate(holds)})
    always = finding("Always", crosstab(tables), lambda result: True)
    result = stability(always, over="sources")
    assert result.cell_text(0, 0) == f"{len(holds)} of {len(holds)}"
    assert result.support.empty


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from(["", "s", "u", "su"]), min_size=2, max_size=5))
def test_counts_agree_with_studies_made_without_the_source(holds):
    """Each run gives what a study that was made without the source gives."""
    texts = {f"s{number}": each for number, each in enumerate(holds)}
    held = finding("Strikes", crosstab(study(texts)), _strikes, within=0)
    values = stability(held, over="sources", show="runs").frame["value"]
    wanted = [
        str(_strikes(crosstab(study({n: each for n, each in texts.items() if n != name}))))
        for name in texts
    ]
    assert list(values) == wanted


def _strikes(result: Result) -> int:
    return int(result.frame.loc["strike"].sum())


def test_order_of_what_is_varied_changes_nothing():
    """The same variations in another order, or given twice, give the same table."""
    tables = study({"ana": "s", "ben": "su", "eva": "u"}, facts={"eva": {"voice": "government"}})
    over = ["sources", "voices", {"count": ["passages", "characters"]}]
    shown = {repr(stability(leads(tables), over=each)) for each in permutations(over)}
    shown.add(repr(stability(leads(tables), over=[*over, "sources"])))
    assert len(shown) == 1


def test_a_run_without_a_value_is_not_defined_and_told():
    """Without the only NGO there is no column to look at: counted apart, with the reason."""
    tables = study({"ana": "s", "ben": "u"}, facts={"ben": {"voice": "government"}})
    result = stability(leads(tables), over="voices")
    assert result.cell_text(0, 0) == "1 of 1; not defined in 1"
    assert "without ngo (1 source): the result has no column 'ngo'" in result.note
    assert holds_in_words(result, "Strikes lead") == (
        "holds in 1 of 1 runs and is not defined in 1"
    )
    broken = finding("Strikes", crosstab(tables), _no_zero, within=0)
    assert stability(broken, over="sources").cell_text(0, 0) == "1 of 1; not defined in 1"


def _no_zero(result: Result) -> float:
    return 1 / int(result.frame.loc["strike"].sum())


@pytest.mark.parametrize(
    ("over", "because"),
    [
        ("voices", "only ngo here"), ("coders", "nobody but rule has read with approach"),
        ("cases", "the study has no cases"), ("scheme_versions", "no earlier version of approach"),
        ({"colour": ["red"]}, "crosstab has no argument colour"),
        ({"count": ["sources"]}, "no value is given but the one"),
    ],
)  # fmt: skip
def test_what_can_not_be_varied_is_told(over, because):
    """A variation that does not apply is null and says why; it is never 0 of 0."""
    result = stability(leads(study({"ana": "s"})), over=over)
    assert result.frame.isna().all(axis=None)
    assert result.cell_text(0, 0) == "not varied"
    assert "Not varied: " in result.note
    assert because in result.note
    assert holds_in_words(result, "Strikes lead") == "was not put to this test"


def test_another_coder_decides():
    """Who has read with the scheme decides in turn; who has not does not."""
    tables = study({"ana": "s", "ben": "s"})
    other = study({"ana": "u", "ben": "u"}, coder="eva").verdicts.assign(coder="eva")
    tables = replace(tables, verdicts=pd.concat([tables.verdicts, other], ignore_index=True))
    result = stability(leads(tables), over="coders", show="runs")
    assert list(result.frame["changed"]) == ["with eva deciding"]
    assert list(result.frame["holds"]) == ["no"]
    decided = replace(tables, deciding_coders={"approach": "eva"})
    other = stability(leads(decided), over=["coders", "thresholds"], show="runs").frame
    assert other["changed"].iloc[0] == "with rule deciding"
    assert other["holds"].iloc[0] == "no"


def test_thresholds_move_verdicts():
    """A weak passage is present from 0.5 and not from 0.6: the finding breaks there and is told."""
    tables = study({"ana": "s", "ben": "u"})
    weak = tables.codings.assign(confidence=[0.55, 0.9])
    anew = with_thresholds(replace(tables, codings=weak), "approach", 0.6, 0.3)
    assert list(crosstab(anew).frame["ngo"]) == [1, 0, 0, 0]
    held = finding("Strikes", crosstab(anew), measures.cell("strike", "ngo"), within=0)
    result = stability(held, over="thresholds", show="runs")
    changed = dict(zip(result.frame["changed"], result.frame["value"], strict=True))
    assert changed == {
        "with approach present from 0.4": "1", "with approach present from 0.5": "1",
        "with approach present from 0.7": "0", "with approach present from 0.8": "0",
        "with approach undecided from 0.1": "0", "with approach undecided from 0.2": "0",
        "with approach undecided from 0.4": "0", "with approach undecided from 0.5": "0",
    }  # fmt: skip


def test_what_changes_no_number_is_told():
    """Passages are counted whatever the verdict: other thresholds hold trivially, and it is said."""
    tables = study({"ana": "s", "ben": "u"})
    counted = crosstab(tables, count="passages")
    held = finding("Strikes", counted, measures.cell("strike", "ngo"), within=0)
    result = stability(held, over=["thresholds", "sources"])
    assert result.cell_text(0, 0) == "1 of 2"
    assert "Other thresholds change no number behind “Strikes”" in result.note
    assert "Without each source change no number" not in result.note


def test_what_others_coded_is_not_coded_again():
    """An earlier version of a scheme is tried where the rules decide, and nowhere else."""
    tables = study({"ana": "s"}, coder="eva")
    result = stability(leads(tables), over="scheme_versions")
    assert result.cell_text(0, 0) == "not varied"
    assert "what eva coded with approach can't be coded again" in result.note


def test_the_schemes_own_thresholds_and_version_change_nothing():
    """On the shipped study: verdicts made anew under the same rule are the verdicts it has."""
    tables = open_study("labour-organising").tables
    rule = tables.scheme("approach").verdict
    anew = with_thresholds(tables, "approach", rule.present, rule.undecided)
    for each in (crosstab(tables), crosstab(tables, rows="dimension")):
        assert repr(each.again(anew)) == repr(each)
        pd.testing.assert_frame_equal(each.again(anew).support, each.support)
    earlier = with_version(tables, "approach", "1.0.0")
    assert set(earlier.codings.query("scheme == 'approach'")["scheme_version"]) == {"1.0.0"}
    assert set(earlier.codings.query("scheme == 'approach'")["coder"]) == {"rule"}


def test_processes_give_the_same():
    """Runs that are dealt out give the same table, with a function that no process could take."""
    tables = study({"ana": "s", "ben": "su", "eva": "u"})
    held = [leads(tables), finding("All", crosstab(tables, count="passages"), lambda r: r.title)]
    alone = stability(held, over=["sources", "units"], workers=1)
    dealt = stability(held, over=["sources", "units"], workers=2)
    assert repr(dealt) == repr(alone)
    pd.testing.assert_frame_equal(dealt.support, alone.support)


def test_results_share_their_runs():
    """Findings of one call are computed once a run; measures alone are called for each."""
    tables = study({"ana": "s", "ben": "u", "eva": ""})
    calls = []

    @comparison
    def counted_calls(tables, *, size: int = 1) -> Result:
        calls.append(size)
        frame = pd.DataFrame({"sources": [len(tables.sources)]}, index=pd.RangeIndex(1, 2))
        return Result(frame, "Calls")

    one, two = counted_calls(tables), counted_calls(tables)
    held = [
        finding("One", one, lambda r: True),
        finding("Two", two, lambda r: int(r.frame.iat[0, 0]), within=0),
    ]
    calls.clear()
    result = stability(held, over="sources")
    assert len(calls) == 3
    assert list(result.shown["sources"]) == ["3 of 3", "0 of 3"]


def test_stability_can_be_computed_again():
    """The table is a result like others: on other tables its findings are made anew."""
    tables = study({"ana": "s", "ben": "s", "eva": "u"})
    result = stability(leads(tables), over="sources")
    assert repr(result.again(tables)) == repr(result)
    fewer = study({"ana": "s", "ben": "u"})
    assert result.again(fewer).cell_text(0, 0) == "1 of 2"


def test_what_can_not_be_asked_is_refused():
    """No finding, one name twice, results of two studies, an unknown variation: each says so."""
    tables, other = study({"ana": "s"}), study({"ana": "s"})
    with pytest.raises(UnknownNameError, match="no finding"):
        stability([], over="sources")
    with pytest.raises(UnknownNameError, match="two findings"):
        stability([leads(tables), leads(tables)], over="sources")
    with pytest.raises(UnknownNameError, match="different tables"):
        stability([leads(tables), replace(leads(other), name="B")], over="sources")
    with pytest.raises(UnknownNameError, match="sources, voices"):
        stability(leads(tables), over="sorces")
    with pytest.raises(UnknownNameError, match="over is empty"):
        stability(leads(tables), over=[])
    by_hand = finding("F", Result(pd.DataFrame({"a": [1]}), ""), lambda r: True)
    with pytest.raises(UnknownNameError, match="made by hand"):
        stability(by_hand, over="sources")
