"""Findings are put to the test by computing their results again, and the table says what came out."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.coding.classify import classify
from tertium.comparison.cooccurrence.cooccurrence import cooccurrence
from tertium.comparison.crosstabs.crosstab import crosstab
from tertium.comparison.evidence import evidence
from tertium.comparison.result import Result, comparison
from tertium.comparison.stability import measures
from tertium.comparison.stability.changes import schemes_behind
from tertium.comparison.stability.coded_again import read_again, with_thresholds, with_version
from tertium.comparison.stability.finding import finding
from tertium.comparison.stability.stability import holds_in_words, stability
from tertium.comparison.stability.variations import asked_for
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
    assert "without NGO (1 source): there is no column “NGO” then." in result.note
    assert holds_in_words(result, "Strikes lead") == (
        "holds in 1 of 1 runs, and is not defined in 1"
    )
    broken = finding("Strikes", crosstab(tables), _no_zero, within=0)
    assert stability(broken, over="sources").cell_text(0, 0) == "1 of 1; not defined in 1"


def _no_zero(result: Result) -> float:
    return 1 / int(result.frame.loc["strike"].sum())


@pytest.mark.parametrize(
    ("over", "because"),
    [
        ("voices", "only NGO here"), ("coders", "nobody but rule has read with approach"),
        ("cases", "the study has no cases"), ("scheme_versions", "no earlier version of approach"),
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


def test_runs_that_change_nothing_are_counted_apart():
    """Passages are counted whatever the verdict: under other thresholds nothing could break."""
    tables = study({"ana": "s", "ben": "u"})
    counted = crosstab(tables, count="passages")
    held = finding("Strikes", counted, measures.cell("strike", "ngo"), within=0)
    result = stability(held, over=["thresholds", "sources"])
    assert list(result.shown.loc["Strikes"]) == [
        "1 of 2", "8 changed nothing", "1 of 2; 8 changed nothing"
    ]  # fmt: skip
    assert result.frame.loc["Strikes"].tolist()[::2] == [0.5, 0.5]
    assert pd.isna(result.frame.at["Strikes", "thresholds"])
    assert "counts only runs that changed a cell" in result.note
    assert holds_in_words(result, "Strikes") == (
        "holds in 1 of 2 runs, while 8 more changed nothing"
    )
    assert holds_in_words(result, "Strikes", over="thresholds") == (
        "was put to no test, for none of 8 runs changed anything"
    )


def test_a_source_that_touches_no_cell_is_no_test():
    """Without a source that no cell counts the table is the same: left out of n, and told."""
    tables = study({"ana": "s", "ben": "u", "eva": ""})
    listed = finding("Always", evidence(tables, scheme="approach", code="strike"), lambda _: True)
    assert list(stability(listed, over="sources", show="runs").frame["holds"]) == [
        "yes", "yes, nothing changed", "yes, nothing changed"
    ]  # fmt: skip
    assert stability(listed, over="sources").cell_text(0, 0) == "1 of 1; 2 changed nothing"


def test_what_is_not_so_can_not_be_read_as_so():
    """A finding whose answer is no says so in its row, its cells, the note and the sentence."""
    tables = study({"ana": "s", "ben": "u", "eva": "u", "kim": "u"})
    result = stability(leads(tables), over=["sources", "units"])
    assert result.row_labels["Strikes lead"] == "Not so: Strikes lead"
    assert result.cell_text(0, 0) == "not so in 4 of 4"
    assert "Nothing that was tried breaks “Not so: Strikes lead”." in result.note
    assert holds_in_words(result, "Strikes lead", over="sources") == (
        "is not so; that holds in 4 of 4 runs"
    )
    assert holds_in_words(result, "Strikes lead", over="sources", says_no=True) == (
        "holds in 4 of 4 runs"
    )
    assert "“Strikes lead”" not in result.note


def test_kinds_of_runs_that_break_a_finding_are_named():
    """What never holds with another coder is not hidden among many other runs."""
    names = ["ana", "ben", "eva", "kim"]
    tables = study(dict.fromkeys(names, "s"))
    other = study(dict.fromkeys(names, "u"), coder="eva").verdicts.assign(coder="eva")
    tables = replace(tables, verdicts=pd.concat([tables.verdicts, other], ignore_index=True))
    result = stability(leads(tables), over=["sources", "coders"])
    assert holds_in_words(result, "Strikes lead") == (
        "holds in 4 of 5 runs, but not with other coders"
    )


def test_readers_see_labels_and_words():
    """Codes, voices and arguments are told in words, not by their ids."""
    facts = {"ben": {"voice": "union_official"}}
    tables = study({"ana": "s", "ben": "u"}, facts=facts)
    order = finding("Order", crosstab(tables), measures.order_of("ngo"))
    labels = crosstab(tables).row_labels
    assert order.said.startswith(f"Order: {labels['strike']} > ")
    runs = stability(order, over=["voices", {"count": ["passages"]}], show="runs")
    assert "without official union (1 source)" in set(runs.frame["changed"])
    assert "counting passages" in set(runs.frame["changed"])
    assert "Other count: counting passages." in runs.note
    assert "the argument" not in runs.note
    assert all("state_led" not in each for each in runs.frame["value"])


def test_the_grid_starts_from_the_thresholds_of_the_study():
    """What the study file says of a scheme's thresholds is what is varied."""
    tables = replace(study({"ana": "s"}), thresholds={"approach": (0.9, 0.5)})
    runs = stability(leads(tables), over="thresholds", show="runs").frame["changed"]
    assert list(runs) == [
        "with approach present from 0.7", "with approach present from 0.8",
        "with approach present from 1", "with approach undecided from 0.3",
        "with approach undecided from 0.4", "with approach undecided from 0.6",
        "with approach undecided from 0.7",
    ]  # fmt: skip


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


def test_a_slip_in_a_measure_is_no_finding_without_a_value():
    """A measure that can't be right stops the run; it is not told as not defined."""
    tables = study({"ana": "s", "ben": "u"})
    measured = []

    def slips(result: Result) -> bool:
        measured.append(result)
        return True if len(measured) == 1 else result.frame.no_such_thing

    with pytest.raises(AttributeError):
        stability(finding("Slip", crosstab(tables), slips), over="sources")


def test_a_comparison_of_ones_own_is_computed_here():
    """A comparison that another process has not is computed in this one, whatever is asked."""

    @comparison
    def own_count(tables) -> Result:
        return Result(pd.DataFrame({"n": [len(tables.sources)]}, index=pd.RangeIndex(1, 2)), "N")

    held = finding("N", own_count(study({"ana": "s", "ben": "u"})), lambda _: True)
    assert stability(held, over="sources", workers=2).cell_text(0, 0) == "2 of 2"


def test_units_and_definitions_go_together():
    """Each meaning of together is tried, "in one unit" with each unit and the others with none."""
    tables = study({"ana": "su"})
    pairs = cooccurrence(
        tables, rows="approach", columns="approach", definition="overlap", measure="count"
    )
    held = finding("Pairs", pairs, lambda _: True)
    runs = stability(held, over="units", show="runs").frame
    assert len(runs) == 4
    assert "not defined" not in set(runs["holds"])


def test_one_value_of_an_argument_needs_no_list():
    """A plain value is a list of one, and a list is the same as a tuple."""
    assert asked_for({"parts": True}) == [("parts", [True])]


def test_schemes_that_only_a_condition_names_are_varied():
    """What a result was computed from counts as behind it, though no passage is of that scheme."""
    tables = study({"ana": "s"})
    result = Result(pd.DataFrame({"n": [1]}), "By hand")
    assert schemes_behind(result, tables) == []
    assert schemes_behind(replace(result, rests_on=("approach",)), tables) == ["approach"]


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
    assert result.again(fewer).cell_text(0, 0) == "not so in 1 of 2"


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
    with pytest.raises(UnknownNameError, match="the argument 'colums', which no result has"):
        stability(leads(tables), over={"colums": ["country"]})
    for over in (None, 3):
        with pytest.raises(UnknownNameError, match="over has"):
            stability(leads(tables), over=over)
    with pytest.raises(UnknownNameError, match="whole number"):
        stability(leads(tables), over="sources", workers="2")
    with pytest.raises(UnknownNameError, match="over is empty"):
        stability(leads(tables), over=[])
    by_hand = finding("F", Result(pd.DataFrame({"a": [1]}), ""), lambda r: True)
    with pytest.raises(UnknownNameError, match="made by hand"):
        stability(by_hand, over="sources")
