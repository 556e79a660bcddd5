"""From a plan to memberships: every value has its reason, every gap its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium import columns as c
from tertium.comparison.sets.calibrated.calibrate import calibrated
from tertium.comparison.sets.solutions.outcome import outcome_membership
from tertium.comparison.stability.left_out import without, without_case
from tertium.errors import UnknownNameError
from tertium.sources.listed.set_plans import set_plan

from ...conftest import coding, everything_read, make_tables, shuffled, source, verdict
from .study import PLAN, ROWS, made, stated


def column(tables, name, **changes):
    """The memberships of a set, as a condition of its own."""
    return calibrated(tables, "demands", conditions=[name], **changes).memberships.frame[name]


def test_stated_words_become_memberships():
    """Full is 1, a promise 0, and what is not stated has no value; who is out has no row."""
    found = calibrated(made(), "demands")
    assert found.memberships.cases == ("a", "b", "c")
    assert found.memberships.frame["WON"].tolist()[:2] == [1, 0]
    assert found.not_stated == {"STRIKE": (), "SIZE": ("b", "c"), "WON": ("c",)}
    assert found.raw.loc["b", "WON"] == "promise"
    assert found.reasons["c", "WON"] == "Why not_stated."


def test_who_is_out_of_scope_is_told_with_the_reason():
    """By the statement on its scope, or by its kind."""
    found = calibrated(made(), "demands").out_of_scope
    assert found == {"d": "Why no_demand.", "p": "its kind is programme, not episode"}


def test_a_case_whose_scope_nobody_stated_is_out():
    """Nothing said is no membership in the scope."""
    rows = [row for row in ROWS if (row["case_id"], row["set"]) != ("a", "scope")]
    left_out = calibrated(made(rows=rows), "demands").out_of_scope
    assert left_out["a"].startswith("whether it is in scope is not stated")


def test_the_passages_stand_behind_a_value():
    """A stated value leads to its quote, a coded one to the coding, a citation to none."""
    found = calibrated(made(), "demands")
    (won,) = found.evidence("a", "WON")
    assert (won["quote"], won["coder"], won["code"]) == ("They got it all.", "ana", "WON")
    (strike,) = found.evidence("a", "STRIKE")
    assert (strike["quote"], strike["coder"]) == ("Workers struck.", "rule")
    assert found.evidence("b", "STRIKE") == []
    assert found.made_by("WON") == "ana (human)"
    assert found.made_by("STRIKE") == "rule (rule)"
    with pytest.raises(UnknownNameError):
        found.evidence("zz", "WON")


def test_codings_say_absent_only_where_somebody_looked():
    """Searched and not found is 0; not searched, and undecided, are no value, told apart."""
    tables = made()
    of_b = (tables.verdicts["source_id"] == "s-b") & (tables.verdicts["code"] == "strike")
    for state, missing in (("absent", ""), ("undecided", "undecided"), ("not_searched", "not searched")):  # fmt: skip
        verdicts = tables.verdicts.copy()
        verdicts.loc[of_b, "verdict"] = state
        found = calibrated(replace(tables, verdicts=verdicts), "demands")
        assert found.held["b", "STRIKE"].missing == missing
        value = found.memberships.frame.loc["b", "STRIKE"]
        assert value == 0 if not missing else np.isnan(value)


def test_a_case_not_searched_for_one_of_two_codes_is_not_absent():
    """Of c only one of the two codes was looked for; b was searched for both and has neither."""
    found = calibrated(made(), "demands", conditions=["HELP"])
    assert found.raw["HELP"].tolist()[:2] == [1.0, 0.0]
    assert found.held["c", "HELP"].missing == "not searched"
    assert found.memberships.frame["HELP"].tolist()[:2] == [1, 0]


def test_a_case_that_a_part_of_a_source_tells_takes_only_codings_there():
    """A strike elsewhere in the source is none of this case's."""
    first = len("Workers struck.")
    links = [
        {"case_id": "a", "source_id": "s-a", "start": first + 1, "end": 38},
        {"case_id": "b", "source_id": "s-a", "start": 0, "end": first},
    ]
    found = calibrated(made(case_sources=links), "demands", conditions=["STRIKE"])
    assert found.memberships.frame["STRIKE"].tolist()[:2] == [0, 1]
    assert found.held["c", "STRIKE"].missing == "not stated"


def test_numbers_of_facts_are_read_to_the_letter():
    """One number is calibrated; two, or a word, are no value, and the reason says which."""
    found = calibrated(made(), "demands")
    assert found.memberships.frame["SIZE"].tolist()[0] == pytest.approx(0.95)
    assert found.reasons["b", "SIZE"] == "the fact sheet has several numbers: 40, 400"
    assert found.reasons["c", "SIZE"] == "the fact sheet says hundreds, which is no number"
    assert "citation: x, p. 1" in found.reasons["a", "SIZE"]


def test_the_largest_of_several_numbers_may_be_taken():
    """Where the plan says so; 400 is the second of three values, 5000 the third."""
    assert column(made(), "CROWD").tolist()[:2] == [2, 1]
    assert calibrated(made(), "demands", conditions=["CROWD"]).memberships.levels["CROWD"] == 3


def test_a_column_of_the_cases_is_mapped():
    """An empty cell is not stated; a word that the plan does not map is refused."""
    found = column(made(), "TOWN")
    assert found.tolist()[:2] == [1, 0]
    assert np.isnan(found["c"])
    with pytest.raises(UnknownNameError, match="'village' is"):
        column(made(plan=PLAN.replace("village: 0", "hamlet: 0")), "TOWN")


def test_facts_that_rest_on_codings_lead_to_them():
    """A basis of ids of codings opens their passages; one of a citation opens none."""
    tables = made()
    identity = "0123456789abcdef"
    codings = tables.codings.copy()
    codings.loc[codings["code"] == "state_led", "coding_id"] = identity
    facts = tables.facts.copy()
    facts.loc[0, "basis"] = identity
    found = calibrated(replace(tables, codings=codings, facts=facts), "demands")
    assert [row["quote"] for row in found.evidence("a", "SIZE")] == ["The union joined them."]
    assert calibrated(tables, "demands").evidence("a", "SIZE") == []


def test_a_value_goes_with_the_last_source_that_shows_it():
    """Without its source a value is not stated; a citation stays, and so does another passage."""
    second = stated("a", "outcome", "full", "They got it all.", source_id="s-a")
    cited = stated("a", "outcome", "full", citation="li2010, p. 3")
    link = {"case_id": "a", "source_id": "s-b"}
    links = [{"case_id": case, "source_id": f"s-{case}"} for case in "abcd"] + [link]
    scope = [stated("a", "scope", "demand", citation="li2010, p. 3"), *ROWS[1:4]]
    gone = without(made(rows=[*scope, second], case_sources=links), {"s-a"})
    found = calibrated(gone, "demands")
    assert found.held["a", "WON"].missing == "not stated"
    assert "sources that are not read here" in found.reasons["a", "WON"]
    kept = without(made(rows=[*scope, second, cited], case_sources=links), {"s-a"})
    assert calibrated(kept, "demands").memberships.frame.loc["a", "WON"] == 1


def test_a_case_that_is_left_out_is_gone():
    """Neither in scope nor out of it."""
    found = calibrated(without_case(made(), "a"), "demands")
    assert found.memberships.cases == ("b", "c")
    assert "a" not in found.out_of_scope


def test_two_values_of_a_case_are_refused():
    """Tables that contradict themselves make no membership."""
    with pytest.raises(UnknownNameError, match="case a has two values of outcome: full, none"):
        calibrated(
            made(rows=[*ROWS, stated("a", "outcome", "none", "They got it all.")]), "demands"
        )


def test_the_absence_of_the_outcome_may_be_asked_for():
    """The memberships hold the set; the outcome as asked for is turned round."""
    found = calibrated(made(), "demands", outcome="~WON")
    assert (found.outcome, found.outcome_set) == ("~WON", "WON")
    assert found.memberships.frame["WON"].tolist()[:2] == [1, 0]
    assert outcome_membership(found.memberships, found.outcome).tolist()[:2] == [0, 1]


def test_a_value_of_a_multi_value_outcome():
    """Who has exactly this value is in; without a value in brackets it is refused."""
    found = calibrated(made(), "demands", conditions=["STRIKE"], outcome="CROWD[2]")
    assert outcome_membership(found.memberships, found.outcome).tolist()[:2] == [1, 0]
    negated = calibrated(made(), "demands", conditions=["STRIKE"], outcome="~CROWD[2]")
    assert outcome_membership(negated.memberships, negated.outcome).tolist()[:2] == [0, 1]
    with pytest.raises(UnknownNameError, match=r"say which is the outcome: CROWD\[1\]"):
        calibrated(made(), "demands", conditions=["STRIKE"], outcome="CROWD")


def test_another_calibration_takes_the_place_of_the_plans():
    """By word or by anchor; the plan of the study stays as it was."""
    tables = made()
    found = calibrated(tables, "demands", anchors={"WON": {"promise": 1}})
    assert found.memberships.frame["WON"].tolist()[:2] == [1, 1]
    assert found.plan.sets["WON"].values["promise"] == 1
    assert tables.set_plans["demands"].sets["WON"].values["promise"] == 0
    lower = calibrated(tables, "demands", anchors={"SIZE": {"into": 50000}})
    assert lower.memberships.frame["SIZE"]["a"] < 0.95


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"conditions": []}, "no condition is named"),
        ({"conditions": "STRIKE"}, r"write a list: \['STRIKE'\]"),
        ({"conditions": ["STRIK"]}, "has no set 'STRIK'; it has WON, STRIKE"),
        ({"conditions": ["STRIKE", "STRIKE"]}, "stands twice"),
        ({"conditions": ["STRIKE", "WON"]}, "is the outcome and stands among the conditions"),
        ({"conditions": ["SIZE", "CROWD"]}, "SIZE and CROWD overlap by definition"),
        ({"outcome": "LOST"}, "has no set 'LOST'"),
        ({"outcome": "~STRIKE"}, "is the outcome and stands among the conditions"),
        ({"outcome": "WON[2]"}, "has no value 2"),
        ({"anchors": {"SIZE": {"crossover": 9}}}, "neither rise nor fall"),
        ({"anchors": {"SIZE": {"middle": 9}}}, "no anchor or word 'middle'"),
        ({"anchors": {"BIG": {"into": 9}}}, "has no set 'BIG'"),
    ],
)
def test_what_can_not_be_asked_is_refused(changes, message):
    """In a sentence that names what there is."""
    with pytest.raises(UnknownNameError, match=message):
        calibrated(made(), "demands", **changes)


def test_an_unknown_plan_is_refused():
    """The message names the plans, or how to have one."""
    with pytest.raises(UnknownNameError, match="it has demands"):
        calibrated(made(), "wishes")
    with pytest.raises(UnknownNameError, match="name one under set_plans"):
        calibrated(replace(made(), set_plans={}), "demands")


def test_another_coder_may_decide_on_a_set():
    """By a coder who has not read with the scheme nothing was searched."""
    plan = PLAN.replace('["approach:strike"]}', '["approach:strike"], coder: rule}')
    assert column(made(plan=plan), "STRIKE").tolist() == [1, 0, 1]
    tables = made(plan=plan.replace("coder: rule", "coder: eva"))
    held = calibrated(tables, "demands", conditions=["STRIKE"]).held["a", "STRIKE"]
    assert (held.value, held.missing) == (None, "not searched")
    assert held.reason == "eva has not read with the scheme approach"


def second(rows: list[dict]) -> list[dict]:
    """The same rows by another coder, who states that b won."""
    other = {"coder": "ben", "reason": "Ben says so."}
    mine = [{**row, **other} for row in rows if (row["case_id"], row["set"]) != ("c", "outcome")]
    return [
        {**row, "value": "part"} if (row["case_id"], row["set"]) == ("b", "outcome") else row
        for row in mine
    ]


def test_each_coder_states_values_of_its_own():
    """The plan or the call says whose are taken; what a coder did not state is not stated."""
    plan = PLAN.replace("outcome: WON", "coder: ana\noutcome: WON", 1)
    tables = made(plan=plan, rows=[*ROWS, *second(ROWS)])
    ana, ben = (calibrated(tables, "demands", coder=coder) for coder in (None, "ben"))
    assert ana.raw["WON"].tolist()[:2] == ["full", "promise"]
    assert ben.raw["WON"].tolist()[:2] == ["full", "part"]
    assert ben.made_by("WON") == "ben (human)"
    assert {row["coder"] for row in ben.evidence("a", "WON")} == {"ben"}
    assert ben.not_stated["WON"] == ("c",)
    assert ben.reasons["c", "WON"] == "the table of stated values has no row on its outcome"
    with pytest.raises(UnknownNameError, match="'eva' stated nothing for the plan demands"):
        calibrated(tables, "demands", coder="eva")
    with pytest.raises(UnknownNameError, match="ana and ben stated values"):
        calibrated(made(rows=[*ROWS, *second(ROWS)]), "demands")


def test_a_condition_that_overlaps_the_outcome_is_refused():
    """The same outcome by another name explains it perfectly, and nothing."""
    plan = PLAN.replace("sets: [SIZE, CROWD]", "sets: [STRIKE, WON]")
    with pytest.raises(UnknownNameError, match="STRIKE and WON overlap by definition"):
        calibrated(made(plan=plan), "demands")


def test_a_citation_outlives_the_source_of_its_quote():
    """A row with a quote and a citation still stands on the citation where the text is gone."""
    rows = [
        {**row, "citation": "li2010, p. 3"} if row["value"] in ("full", "demand") else row
        for row in ROWS
    ]
    tables = made(rows=rows)
    gone = replace(tables, sources=tables.sources[tables.sources["source_id"] != "s-a"])
    held = calibrated(gone, "demands", conditions=["SIZE"]).held["a", "WON"]
    assert (held.value, held.reason) == ("full", "Why full. citation: li2010, p. 3.")
    assert held.evidence() == ()


def test_a_value_cited_from_what_is_left_out_is_gone():
    """Like a fact with that basis; a citation of anything else stays."""
    rows = [dict(row) for row in ROWS]
    rows[0] |= {"quote": None, "source_id": None, "citation": "li2010, p. 1"}
    rows[4] |= {"quote": None, "source_id": None, "citation": "s-a, p. 3"}
    links = [{"case_id": "a", "source_id": each} for each in ("s-a", "s-b")]
    links += [{"case_id": each, "source_id": f"s-{each}"} for each in "bc"]
    tables = made(rows=rows, case_sources=links)
    assert calibrated(tables, "demands").held["a", "WON"].value == "full"
    left = calibrated(without(tables, ["s-a"]), "demands")
    assert left.held["a", "WON"].value is None
    assert "a" in left.memberships.cases


@pytest.mark.parametrize(
    ("measure", "verdicts", "cuts", "value", "missing", "told"),
    [
        ("sources", ["present", "undecided", None], "{two: 2}", None, "undecided",
         "left undecided in Publisher of s-1 n.d., not searched in Publisher of s-2 n.d., so that"),
        ("sources", ["present", None], "{one: 1}", 1, "", "which can't change"),
        ("sources", ["present", "absent"], "{two: 2}", 1, "", "found in Publisher of s-0"),
        ("passages", ["present", None], "{two: 2}", None, "not searched", "in Publisher of s-1"),
        ("share_of_sources", ["present", None], "{half: 0.5}", 0.5, "", "which can't change"),
        ("share_of_sources", ["absent", None], "{half: 0.4}", None, "not searched", "not searched"),
        ("sources", ["absent", "absent", None], "{five: 5}", 0, "", "which can't change"),
    ],
)  # fmt: skip
def test_a_count_is_known_where_all_is_decided(measure, verdicts, cuts, value, missing, told):
    """An undecided or unsearched source is no source without the code, unless no cut is near."""
    names = [f"s-{number}" for number in range(len(verdicts))]
    method = f"    measure: {measure}\n    method: crisp\n    anchors: {cuts}\n"
    plan = PLAN.replace(
        'from: {codings: ["approach:strike"]}\n', 'from: {codings: ["approach:strike"]}\n' + method
    ).replace("attribute: scope, in: [demand], ", "")
    tables = make_tables(
        [source(each, f"Workers struck in {each}.", voice="ngo") for each in names],
        [coding(each, f"Workers struck in {each}.", "approach", "strike")
         for each, said in zip(names, verdicts, strict=True) if said in ("present", "undecided")],
        verdicts=[verdict(each, "approach", "strike", said)
                  for each, said in zip(names, verdicts, strict=True) if said],
        readings=everything_read(*names),
        cases=[{"case_id": "a", "name": "A", "kind": "episode"}],
        case_sources=[{"case_id": "a", "source_id": each} for each in names],
    )  # fmt: skip
    tables = replace(tables, set_plans={"demands": set_plan(plan, shown="p").plan})
    held = calibrated(tables, "demands", conditions=["STRIKE"]).held["a", "STRIKE"]
    assert (held.value, held.missing) == (value, missing)
    assert told in held.reason


def test_the_sources_that_were_searched_are_counted():
    """Of three sources one was searched: the sentence says one."""
    names = ["s-0", "s-1"]
    tables = make_tables(
        [source(each, f"Nobody struck in {each}.", voice="ngo") for each in names],
        verdicts=[verdict("s-0", "approach", "strike", "absent")],
        readings=everything_read(*names),
        cases=[{"case_id": "a", "name": "A", "kind": "episode"}],
        case_sources=[{"case_id": "a", "source_id": each} for each in names],
    )
    plan = PLAN.replace("attribute: scope, in: [demand], ", "")
    tables = replace(tables, set_plans={"demands": set_plan(plan, shown="p").plan})
    held = calibrated(tables, "demands", conditions=["STRIKE"]).held["a", "STRIKE"]
    assert held.reason == "approach:strike: looked for in 1 source, not found"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"anchors": {"CROWD": {"many": "many"}}}, "'many' is no number"),
        ({"anchors": {"CROWD": {"many": "50"}}}, "'50' is no number"),
        ({"anchors": {"CROWD": 50}}, "50 names no anchor"),
        ({"anchors": {"WON": {"full": None}}}, "None is no number"),
        ({"anchors": {"WON": {"full": float("nan")}}}, "nan is no number"),
        ({"anchors": {"WON": {"full": 1e300}}}, "is above 20"),
        ({"anchors": {"WON": {"full": 2}}}, r"say which is the outcome: WON\[1\]"),
        ({"anchors": 5}, "anchors=5"),
        ({"outcome": 1}, "outcome=1 names no set"),
        ({"conditions": [1]}, "condition 1 names no set"),
    ],
)
def test_what_is_no_anchor_is_refused_in_words(changes, message):
    """No traceback of Python's, and no text taken for a number."""
    with pytest.raises(UnknownNameError, match=message):
        calibrated(made(), "demands", **changes)


def test_a_basis_of_coding_and_citation_keeps_the_citation():
    """The id of a coding is a passage; the key beside it is cited."""
    facts = [{"case_id": "a", "attribute": "number", "value": "9", "what": "workers",
              "basis": "0123456789abcdef|li2010, p. 3"}]  # fmt: skip
    tables = replace(made(), facts=c.frame(facts, c.FACTS))
    held = calibrated(tables, "demands").held["a", "SIZE"]
    assert held.reason == "the fact sheet says 9 (citation: li2010, p. 3)"


@settings(max_examples=15)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(random):
    """Memberships, reasons and passages are those of the cases, not of the rows."""
    mixed = shuffled(made(), lambda number: random.sample(range(number), number))
    found, plain = (calibrated(each, "demands") for each in (mixed, made()))
    order = list(plain.memberships.cases)
    pd.testing.assert_frame_equal(
        found.memberships.frame.loc[order], plain.memberships.frame, check_exact=True
    )
    assert found.reasons == plain.reasons
    assert found.evidence("a", "WON") == plain.evidence("a", "WON")


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("method: linear\n    anchors: {out: 0, crossover: 2500, into: 5000}", 1.0),
        ("method: direct\n    anchors: {out: 5000, crossover: 500, into: 50}", 0.05),
        ("method: crisp\n    anchors: {from: 5000}", 1.0),
        ("method: crisp\n    anchors: {from: 5001}", 0.0),
        ("method: linear\n    anchors: {out_below: 1, crossover_below: 2, into_below: 3, "
         "into_above: 4000, crossover_above: 5000, out_above: 6000}", 0.5),
    ],
)  # fmt: skip
def test_each_method_of_a_plan_is_used(method, expected):
    """The number 5000 by several methods."""
    old = "method: direct\n    anchors: {out: 50, crossover: 500, into: 5000}"
    plan = PLAN.replace(old, method).replace("{out: few, crossover: some, into: many}", "reasons")
    assert column(made(plan=plan), "SIZE")["a"] == pytest.approx(expected)
