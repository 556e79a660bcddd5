"""Mill's methods as readers see them."""

from __future__ import annotations

import pytest

from tertium.comparison.sets.designs.methods import mill
from tertium.errors import UnknownNameError

from ..shown.demands import PLAN, made_study


@pytest.fixture
def study():
    return made_study()


def test_agreement(study):
    """All four cases with the outcome went on strike; so did one without it."""
    found = mill(study, plan="demands", method="agreement").frame.set_index("expression")
    assert found.loc["STRIKE", ["with_outcome", "without_outcome"]].tolist() == [4, 1]
    assert found.loc["STRIKE", "finding"] == "all share it"
    assert found.loc["NGO", "against_ids"] == ("c4",)


def test_joint_method(study):
    """A strike is shared by all and not only by them, so that the joint method does not take it."""
    found = mill(study, plan="demands", method="joint").frame.set_index("expression")
    assert found.loc["STRIKE", "finding"] == "all with the outcome have it, and some without"
    assert found.loc["STRIKE", "against_ids"] == ("c5",)


def test_what_breaks_the_rule_comes_first(study):
    """The passages of cases against a condition stand before those for it."""
    result = mill(study, plan="demands", method="agreement")
    row = result.frame.index[result.frame["expression"] == "NGO"][0]
    sources = result.evidence(row, "against")["source_id"].tolist()
    assert sources[0] == "s-c4"
    assert set(sources) == {"s-c1", "s-c2", "s-c3", "s-c4"}


def test_difference(study):
    """Each pair names both cases, with the outcome first, and shows the passages of both."""
    result = mill(study, plan="demands", method="difference")
    pairs = list(
        result.frame[["with_id", "without_id", "condition"]].itertuples(index=False, name=None)
    )
    assert pairs == [
        ("c1", "c5", "NGO"), ("c2", "c5", "NGO"), ("c3", "c5", "NGO"),
        ("c4", "c6", "STRIKE"), ("c4", "c8", "STRIKE"),
    ]  # fmt: skip
    passages = result.evidence(1, "case_with")
    assert set(passages["source_id"]) == {"s-c1", "s-c5"}
    assert passages["quote"].iloc[0].startswith("Of NGO")


def test_absence_of_the_outcome_turns_pairs_round(study):
    """For the outcome's absence the same pairs are found, the other case first."""
    result = mill(study, plan="demands", method="difference", outcome="~WON")
    assert ("c5", "c1") in set(
        zip(result.frame["with_id"], result.frame["without_id"], strict=True)
    )
    assert len(result.frame) == 5


def test_concomitant_needs_degrees(study):
    """Yes and no do not rise; the message says what to use."""
    with pytest.raises(UnknownNameError, match="degrees"):
        mill(study, plan="demands", method="concomitant")


def test_concomitant_counts_pairs_of_cases():
    """With degrees of outcome and of one condition pairs are counted, the crisp ones left out."""
    plan = PLAN.replace(
        "values: {full: 1, part: 1, none: 0}", "values: {full: 1, part: 0.6, none: 0}"
    )
    plan = plan.replace(
        'from: {stated: NGO}\n    values: {"yes": 1, "no": 0}',
        'from: {stated: NGO}\n    values: {"yes": 0.9, "no": 0.3}',
    )
    result = mill(made_study(plan=plan), plan="demands", method="concomitant")
    row = result.frame.loc[1]
    assert (row["condition"], row["together"], row["against"], row["tied"]) == ("NGO", 14, 0, 14)
    assert "left out: STRIKE, ABROAD" in result.note


def test_one_condition_at_a_time_is_said(study):
    """The note says what Mill's methods can't see, who was left out, and whom it describes."""
    note = mill(study, plan="demands", method="agreement").note
    assert "can't see that two conditions work only together" in note
    assert "Firm c9" in note
    assert "no others" in note


def test_it_can_be_computed_again(study):
    """Its arguments are plain values."""
    result = mill(study, plan="demands", method="difference")
    assert repr(result.again(study)) == repr(result)
    again = result.again(study, conditions=["STRIKE", "NGO"]).frame
    assert set(again["condition"]) == {"STRIKE", "NGO"}


def test_unknown_method(study):
    """The message lists the methods."""
    with pytest.raises(UnknownNameError, match="concomitant"):
        mill(study, plan="demands", method="residues")


def test_each_condition_is_counted_both_ways(study):
    """The note says in how many pairs a condition is there with the outcome, and in how many not.

    Firms c4 and c5 had the same conditions and ended differently: they are named.
    """
    note = mill(study, plan="demands", method="difference").note
    assert "NGO: present in the case with the outcome in 3 pairs, absent in 0" in note
    assert "No condition tells 1 pair apart" in note
    assert "(Firm c4 / Firm c5)" in note
    assert "does not decide by itself" not in note
    both = mill(study, plan="demands", method="difference", conditions=["ABROAD", "NGO"]).note
    assert "No condition tells" in both


def test_a_condition_that_goes_both_ways_is_told():
    """Where a condition is there with the outcome in one pair and absent in another, it is said."""
    study = made_study({"c1": (1, 0, 0, "full"), "c2": (0, 0, 0, "none"),
                        "c3": (0, 1, 0, "full"), "c4": (1, 1, 0, "none")})  # fmt: skip
    note = mill(study, plan="demands", method="difference").note
    assert "STRIKE: present in the case with the outcome in 1 pair, absent in 1" in note
    assert "does not decide by itself" in note


def test_agreement_says_whether_it_decides():
    """One shared condition is found; several, or none, decide nothing."""
    study = made_study()
    note = mill(study, plan="demands", method="agreement", conditions=["STRIKE", "NGO"]).note
    assert "One does: STRIKE." in note
    note = mill(study, plan="demands", method="agreement").note
    assert "2 do (STRIKE, ~ABROAD): the method can't say which of them matters" in note
    note = mill(study, plan="demands", method="joint").note
    assert "None does" in note
