"""What agreement of people a table needs: measured over people alone, told, or refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tertium.agreement.coefficient import NAN, Coefficient
from tertium.agreement.policy import Policy
from tertium.errors import AgreementError

NAME = "Krippendorff's alpha (nominal)"
LOW = Coefficient(NAME, 0.5, n_units=90)
MIDDLE = Coefficient(NAME, 0.7, n_units=90)
HIGH = Coefficient(NAME, 0.9, n_units=90)
SAME = Coefficient(NAME, NAN, reason="no_variation", n_units=90)
NEVER = Coefficient(NAME, NAN, reason="no_pairable_values")
CODES = {("s", "low"): LOW, ("s", "middle"): MIDDLE, ("s", "high"): HIGH, ("s", "same"): SAME,
         ("s", "never"): NEVER}  # fmt: skip
POLICY = Policy(0.667, 0.8, False, "sentence", CODES, {("s", "low"): "Low one"})


def test_each_code_is_told_by_what_it_lacks() -> None:
    """Below the least, below tentative, undefined, never coded twice; what is firm is not named."""
    flags = POLICY.flags(CODES)
    assert flags == (
        "Agreement of people is below the least that the study asks for (alpha 0.667, over "
        "sentences): Low one 0.50 (90 sentences).",
        "Only tentative conclusions hold (agreement of people below alpha 0.8, over sentences): "
        "middle 0.70 (90 sentences).",
        "Agreement of people is not defined: same (every coding used the same value, so nothing "
        "shows that coders can tell values apart; 90 sentences).",
        "Not coded twice by people, so that agreement is not known: never.",
    )
    assert POLICY.flags([("s", "high"), ("other", "low")]) == ()


def test_the_thresholds_themselves_are_enough() -> None:
    """At alpha a code is tentative, at tentative it is firm."""
    edge = replace(POLICY, measured={("s", "a"): Coefficient(NAME, 0.667)}, labels={})
    assert "tentative" in edge.flags([("s", "a")])[0]
    firm = replace(POLICY, measured={("s", "a"): Coefficient(NAME, 0.8, n_units=30)})
    assert firm.flags([("s", "a")]) == ()


def test_what_rests_on_few_units_says_so_however_high_it_is() -> None:
    """Below 30 units; one unit is written as one."""
    few = {("s", "a"): replace(HIGH, n_units=29), ("s", "b"): replace(LOW, n_units=1)}
    assert replace(POLICY, measured=few).flags(few) == (
        "Agreement of people is below the least that the study asks for (alpha 0.667, over "
        "sentences): b 0.50 (rests on 1 sentence).",
        "Agreement of people was measured on fewer than 30 sentences: a 0.90 (rests on 29 "
        "sentences).",
    )


def test_people_who_saw_others_codings_are_named() -> None:
    """With the codes of that scheme alone, and only where two people coded them."""
    seeing = replace(POLICY, not_blind={"s": ("ben",)})
    (flag,) = seeing.flags([("s", "high")])
    assert flag.startswith("Coded with suggestions or others' codings in sight")
    assert flag.endswith(": ben.")
    assert len(seeing.flags([("s", "never")])) == 1
    assert replace(POLICY, not_blind={"other": ("ben",)}).flags([("s", "high")]) == ()


def test_many_codes_are_counted() -> None:
    """A list of a hundred actors would say nothing."""
    many = {("s", f"c{number}"): NEVER for number in range(9)}
    (flag,) = replace(POLICY, measured={**many, ("s", "high"): HIGH}).flags(many)
    assert flag.endswith("c0; c1; c2; c3; c4; and 4 more codes.")


def test_where_no_two_people_coded_one_sentence_says_so() -> None:
    """A list of all codes would be noise; nothing is said of a table that rests on none."""
    policy = replace(POLICY, measured={("s", f"c{number}"): NEVER for number in range(9)})
    assert policy.flags(policy.measured) == (
        "No person has coded these texts, so that agreement on the codes is not known.",
    )
    assert replace(policy, people=("ana",)).flags(policy.measured) == (
        "No two people have coded these texts, so that agreement on the codes is not known.",
    )
    assert policy.flags([]) == ()


def test_actors_are_not_listed() -> None:
    """Nobody codes by the list of actors twice."""
    actors = {("actor", f"a{number}"): NEVER for number in range(9)}
    flags = replace(POLICY, measured={**CODES, **actors}).flags({**CODES, **actors})
    assert flags == POLICY.flags(CODES)


def test_a_strict_policy_refuses_with_names_and_values() -> None:
    """Unknown agreement is no agreement; tentative is enough."""
    strict = replace(POLICY, strict=True)
    with pytest.raises(AgreementError) as caught:
        strict.refuse(CODES, what="crosstab")
    said = str(caught.value)
    assert "below alpha 0.667: s/low 0.50" in said
    assert "not coded twice by people: s/never" in said
    assert "s/middle" not in said
    strict.refuse([("s", "middle"), ("s", "high")], what="crosstab")
    POLICY.refuse(CODES, what="crosstab")
