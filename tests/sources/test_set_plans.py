"""The plan of a set analysis: what it may say, and every fault in it with its line."""

from __future__ import annotations

import pytest

from tertium.errors import InputError, UnknownNameError
from tertium.sources.listed.set_plan_faults import anchor_trouble, recalibrated, set_plan_faults
from tertium.sources.listed.set_plans import literal_parts, set_plan

PLAN = """\
version: 1
plan: demands
title: When are demands met?
scope:
  kinds: [episode]
  attribute: scope
  in: [demand]
  why: Episodes in which workers put a demand.
stated: data/sets/demands.csv
outcome: WON
conditions: [STRIKE, SIZE]
overlaps:
  - {sets: [SIZE, CROWD], why: the same}
expectations: {STRIKE: present, SIZE: {value: [1], why: numbers press}}
sets:
  WON:
    label: the demand was met
    from: {stated: outcome}
    values: {full: 1, none: 0}
    why: {full: all, none: nothing}
  STRIKE:
    label: workers stopped work
    from: {codings: ["approach:strike"]}
    why: one passage is enough
  SIZE:
    label: many took part
    from: {fact: number, what: workers}
    method: direct
    anchors: {out: 50, crossover: 500, into: 5000}
    why: {out: few, crossover: some, into: many}
  CROWD:
    label: a crowd
    from: {fact: number}
    method: multi_value
    anchors: {some: 10, many: 100}
    why: by the hundred
"""


def faults(*changes: tuple[str, str]) -> list[str]:
    """The faults of the plan with some of its words changed."""
    text = PLAN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    try:
        read = set_plan(text, shown="plan.yml")
    except InputError as error:
        return [str(each) for each in error.faults]
    return [str(each) for each in set_plan_faults(read)]


def test_a_sound_plan_has_no_fault():
    """The plan that the other tests spoil is sound."""
    assert faults() == []


def test_what_kind_of_set_it_is_follows_from_its_calibration():
    """Words to 0 and 1 are crisp, a curve is fuzzy, two cuts make three values."""
    sets = set_plan(PLAN, shown="plan.yml").plan.sets
    assert [(name, part.is_fuzzy, part.levels) for name, part in sets.items()] == [
        ("WON", False, 2),
        ("STRIKE", False, 2),
        ("SIZE", True, 2),
        ("CROWD", False, 3),
    ]


def test_expectations_are_values():
    """Present is 1; a long form with its reason says the same."""
    assert set_plan(PLAN, shown="plan.yml").plan.expected == {"STRIKE": (1,), "SIZE": (1,)}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("outcome: WON", "outcome: LOST", "line 10, outcome: there is no set 'LOST'"),
        ("outcome: WON", "outcome: W-N", "line 10, outcome: 'W-N' names no set"),
        ("outcome: WON", "outcome: WON[2]", "line 10, outcome: WON has no value 2"),
        ("[STRIKE, SIZE]", "[STRIKE, STRIK]", "line 11, conditions.2: there is no set 'STRIK'"),
        ("[STRIKE, SIZE]", "[STRIKE, WON]", "line 11, conditions.2: 'WON' is the outcome"),
        ("[STRIKE, SIZE]", "[SIZE, SIZE]", "line 11, conditions.2: 'SIZE' stands twice"),
        ("[STRIKE, SIZE]", "[CROWD, SIZE]", "line 11, conditions: SIZE and CROWD overlap"),
        ("sets: [SIZE, CROWD]", "sets: [SIZE, MASS]", "overlaps.1.sets: there is no set 'MASS'"),
        ("{STRIKE: present,", "{STRIK: present,", "line 14, expectations.STRIK: there is no set"),
        ("{STRIKE: present,", "{STRIKE: 2,", "expectations.STRIKE: STRIKE has no value 2"),
        ("{STRIKE: present,", "{STRIKE: [0, 1],", "every value is expected"),
        ("{STRIKE: present,", "{WON: present,", "'WON' is the outcome"),
        ("out: 50,", "out: 700,", "line 29, sets.SIZE.anchors: the anchors out 700, crossover 500"),
        ("{out: 50, crossover", "{low: 50, crossover", "the anchors are low, crossover, into"),
        ("{some: 10, many: 100}", "{some: 100, many: 100}", "do not rise"),
        ("{full: all, none: nothing}", "{full: all}", "line 20, sets.WON.why: no reason is given"),
        ("{full: all,", "{fulll: x, full: all,", "a reason is given for 'fulll'"),
        ("{stated: outcome}", "{stated: outcome, fact: x}", "it names stated and fact"),
        ("{stated: outcome}", "{take: one}", "it names nothing"),
        ("    values: {full: 1, none: 0}\n", "", "it has neither values nor a method"),
        ("full: 1,", "full: 1.5,", "values of a fuzzy set above 1"),
        ("stated: data/sets/demands.csv\n", "", "names no table of stated values"),
        ("  in: [demand]\n", "", "line 4, scope: attribute and in belong together"),
        ('["approach:strike"]}', '["approach:strike"]}\n    values: {present: 1}',
         "there is nothing to calibrate"),
        ("full: 1,", "full: yes,", "full: yes or true is not accepted; it should be a number"),
        ("version: 1", "version: 1.0", "line 1, version"),
        ("plan: demands", "plan: When?", "line 2, plan"),
        ("    label: a crowd\n", "", "sets.CROWD.label: is missing"),
        ("into: 5000}", "into: .nan}", "sets.SIZE.anchors.into"),
        ("  WON:\n", "  W ON:\n", "'W ON' is not accepted; write Latin letters"),
        ("plan: demands", "plan: СТРАЙК", "write small Latin letters, digits and hyphens"),
        ("sets: [SIZE, CROWD]", "sets: [STRIKE, WON]", "STRIKE and WON overlap by definition"),
        ("sets: [SIZE, CROWD]", "sets: [SIZE, SIZE]", "'SIZE' stands twice"),
        ("out: 50,", "out: 050,", "line 29, sets.SIZE.anchors.out: 050 is read as 40; write 50"),
        ("out: 50,", "out: 1:40,", "1:40 is read as 100; write it in plain digits"),
        ("out: 50,", "out: 0x10,", "0x10 is read as 16"),
        ("out: 50,", "out: 1_0,", "1_0 is read as 10; write 10"),
        ('{codings: ["approach:strike"]}', "{codings: []}\n    measure: passages\n    "
         "method: crisp\n    anchors: {a: 1}", "it names no code"),
        ("full: 1,", "full: 2010,", "it should be less than or equal to 20"),
        ("full: 1,", "full: 3,", "the values 0, 3 leave 1 and 2 without a word"),
        ("outcome: WON", "outcome: CROWD", "say which is the outcome: CROWD[1]"),
        ("none: 0}", "none: 0, not_stated: 0}", "not_stated is no word of a set"),
        ("in: [demand]", "in: [demand, not_stated]", "not_stated is no word of a scope"),
        ("in: [demand]", "in: [demand]\n  out: [demand]", "'demand' is in scope and out of it"),
        ("method: multi_value", "method: multi_value\n    idm: 0.9", "idm is of direct"),
        ("{full: all, none: nothing}", "{full: 2010-05-01, none: x}", "2010-05-01 is not accepted"),
        ("title:", "titel: x\ntitle:", "titel: is no key here"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place(old, new, fault):
    """Each mistake is named with the line and key where it stands."""
    assert any(fault in each for each in faults((old, new))), faults((old, new))


def test_all_faults_are_told_at_once():
    """Two mistakes of meaning give two faults."""
    assert len(faults(("outcome: WON", "outcome: LOST"), ("out: 50,", "out: 700,"))) == 2


def test_alternatives_must_fit_their_sets():
    """An alternative names a set and one of its anchors or words, and keeps the order."""
    for anchors, fault in (
        ("{WON: {none: 1}}", None),
        ("{WON: {half: 1}}", "no anchor or word 'half'"),
        ("{LOST: {none: 1}}", "there is no set 'LOST'"),
        ("{SIZE: {crossover: 9000}}", "neither rise nor fall"),
        ("{STRIKE: {any: 1}}", "no anchor or word 'any'"),
        ("{WON: {full: 2, none: 1}}", "leave 0 without a word"),
        ("{WON: {full: 2}}", "leave 1 without a word"),
        ("{}", "it changes nothing"),
    ):
        told = faults(("sets:\n  WON", f"alternatives: [{{name: a, anchors: {anchors}, why: w}}]\nsets:\n  WON"))  # fmt: skip
        assert told == [] if fault is None else fault in told[0]


def test_falling_anchors_are_in_order_too():
    """Where less means more of the set the anchors fall; six rise, and only along lines."""
    assert anchor_trouble("direct", {"out": 9, "crossover": 5, "into": 1}) is None
    six = dict(zip(("out_below", "crossover_below", "into_below", "into_above",
                    "crossover_above", "out_above"), range(6), strict=True))  # fmt: skip
    assert anchor_trouble("linear", six) is None
    assert anchor_trouble("direct", six) is not None
    assert anchor_trouble("linear", {**six, "out_above": -1}) is not None
    assert anchor_trouble("ranked", {}) is None
    assert anchor_trouble("crisp", {"into": 3, "more": 4}) is not None
    assert anchor_trouble("crisp", {}) is not None


def test_a_set_is_calibrated_otherwise():
    """Other anchors or values take the place of the plan's; what is impossible is refused."""
    sets = set_plan(PLAN, shown="plan.yml").plan.sets
    assert recalibrated(sets["SIZE"], {"crossover": 400}, name="SIZE").anchors["crossover"] == 400
    assert recalibrated(sets["WON"], {"none": 0.4}, name="WON").is_fuzzy
    assert sets["WON"].values["none"] == 0
    for name, changes in (("WON", {"none": -1}), ("WON", {"none": 1.5}), ("SIZE", {"into": 1})):
        with pytest.raises(UnknownNameError):
            recalibrated(sets[name], changes, name=name)


def test_the_plan_in_the_manual_is_sound(repository):
    """Who copies the example from docs/sources.md has a plan without a fault."""
    page = (repository / "docs" / "sources.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    assert list(set_plan_faults(set_plan(example, shown="plan.yml"))) == []


@pytest.mark.parametrize("text", ["", "~", "A B", "A[", "~~A", "1A", "A*B", "A[-1]"])
def test_what_names_no_set_is_refused(text):
    """A literal is a name, its absence, or a value of it."""
    with pytest.raises(UnknownNameError, match="names no set"):
        literal_parts(text)


def test_a_fault_of_a_union_is_told_once():
    """Reasons are a sentence or a mapping: a date in the mapping is one fault, in its place."""
    told = faults(("{full: all, none: nothing}", "{full: 2010-05-01, none: x}"))
    assert told == [
        "plan.yml, line 20, sets.WON.why.full: 2010-05-01 is not accepted; "
        "it should be a valid string"
    ]


def test_an_alternative_may_be_another_reading():
    """Its coder stands beside anchors or in their place, and is not the plan's."""
    other = ("sets:\n  WON", "alternatives: [{name: a, coder: ben, why: w}]\nsets:\n  WON")
    assert faults(other) == []
    same = ("outcome: WON", "coder: ben\noutcome: WON")
    assert any("'ben' is the plan's coder" in each for each in faults(other, same))


def test_another_reading_needs_a_table_of_stated_values():
    """A coder states values in the plan's table: without one an alternative has nobody to take."""
    other = ("sets:\n  WON", "alternatives: [{name: a, coder: ben, why: w}]\nsets:\n  WON")
    told = faults(other, ("stated: data/sets/demands.csv\n", ""))
    assert any(
        "alternatives.1.coder: the plan names no table of stated values; take coder out" in each
        for each in told
    ), told


def test_whole_numbers_as_keys_are_words():
    """values: {0: 0, 1: 1} reads as it looks; yes and no are still refused."""
    numbers = ("{full: 1, none: 0}", "{0: 0, 1: 1}"), ("{full: all, none: nothing}", "because")
    assert faults(*numbers) == []
    text = PLAN.replace(*numbers[0]).replace(*numbers[1])
    assert set_plan(text, shown="p").plan.sets["WON"].values == {"0": 0, "1": 1}
    truths = ("{full: 1, none: 0}", "{no: 0, yes: 1}"), ("{full: all, none: nothing}", "because")
    assert any("is no text" in each for each in faults(*truths))


def test_values_are_called_by_their_words():
    """A cut's name is the value that it begins; words that share a value stand together."""
    sets = set_plan(PLAN, shown="plan.yml").plan.sets
    assert sets["CROWD"].words == {0: "below some", 1: "some", 2: "many"}
    assert sets["WON"].words == {}
