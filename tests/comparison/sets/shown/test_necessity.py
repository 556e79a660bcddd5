"""Conditions that cases with the outcome have, on nine made-up cases."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from tertium.comparison.sets.shown.necessity import NECESSARY, NOT_NECESSARY, TRIVIAL, necessity
from tertium.comparison.sets.shown.question import asked
from tertium.errors import UnknownNameError

from .demands import made_study


def by_expression(result):
    return result.frame.set_index("expression")


def test_a_condition_that_every_case_with_the_outcome_has_is_necessary(study):
    """All four cases that won had a strike."""
    found = by_expression(necessity(study, plan="demands", consistency=0.9, relevance=0.6))
    assert found.at["STRIKE", "necessary"] == NECESSARY
    assert found.at["STRIKE", "consistency"] == 1
    assert found.at["STRIKE", "coverage"] == pytest.approx(4 / 5)
    assert found.at["NGO", "necessary"] == NOT_NECESSARY


def test_what_nearly_every_case_has_is_called_common_and_not_necessary(study):
    """Seven of eight cases had no help from abroad, so that its absence says little."""
    found = by_expression(necessity(study, plan="demands", consistency=0.9, relevance=0.6))
    assert found.at["~ABROAD", "necessary"] == TRIVIAL
    assert found.at["~ABROAD", "relevance"] == pytest.approx(1 / 4)


def test_the_passages_of_cases_that_speak_against_come_first(study):
    """Firm c4 won without an NGO: its passages open the row."""
    result = necessity(study, plan="demands", consistency=0.9, relevance=0.6)
    row = result.frame.index[result.frame["expression"] == "NGO"][0]
    passages = result.evidence(row, "expression")
    assert result.frame.at[row, "against_ids"] == ("c4",)
    assert list(passages["source_id"][:2]) == ["s-c4", "s-c4"]
    assert set(passages["source_id"]) == {"s-c1", "s-c2", "s-c3", "s-c4"}


def test_shares_are_told_in_cases(study):
    """0.75 is shown as three of four cases."""
    result = necessity(study, plan="demands", consistency=0.9, relevance=0.6)
    row = list(result.frame["expression"]).index("NGO")
    assert result.cell_text(row, result.frame.columns.get_loc("consistency")) == "0.75 (3 of 4)"


def test_disjunctions_that_pass_are_those_of_a_search_by_hand():
    """Pairs joined by "or" are listed if they pass and neither part does."""
    cases = {
        f"k{number}": (*values, "full" if values[0] or values[1] else "none")
        for number, values in enumerate(product((0, 1), repeat=3))
    }
    tables = made_study(cases)
    result = necessity(tables, plan="demands", consistency=0.9, relevance=0.5)
    found = asked(tables, "demands", conditions=None, outcome=None)
    y = found.outcome_memberships
    literals = {
        f"{sign}{name}": found.memberships.literal(name, 0 if sign else 1)
        for name in found.conditions
        for sign in ("", "~")
    }

    def passes(x, relevance):
        is_relevant = (1 - x).sum() >= relevance * (1 - np.minimum(x, y)).sum()
        return np.minimum(x, y).sum() >= 0.9 * y.sum() and is_relevant

    expected = {
        f"{one} + {other}"
        for place, one in enumerate(literals)
        for other in list(literals)[place + 1 :]
        if one.strip("~") != other.strip("~")
        and passes(np.maximum(literals[one], literals[other]), 0.5)
        and not passes(literals[one], 0)
        and not passes(literals[other], 0)
    }
    listed = {each for each in result.frame["expression"] if "+" in each}
    assert listed == expected == {"STRIKE + NGO"}


def test_no_number_is_made_up_where_no_case_has_the_outcome():
    """Consistency is null, with the reason in the cell."""
    tables = made_study({"a": (1, 0, 0, "none"), "b": (0, 1, 0, "none")})
    result = necessity(tables, plan="demands", consistency=0.9, relevance=0.5)
    assert result.frame["consistency"].isna().all()
    assert set(result.frame["necessary"]) == {"not defined, because no case has the outcome"}
    text = result.cell_text(0, result.frame.columns.get_loc("consistency"))
    assert text.startswith("not defined, because no case has the outcome")


def test_cut_offs_that_are_no_shares_are_refused(study):
    """A consistency of 90 is no share."""
    with pytest.raises(UnknownNameError, match="from 0 to 1"):
        necessity(study, plan="demands", consistency=90, relevance=0.5)
    with pytest.raises(UnknownNameError, match="1 or more"):
        necessity(study, plan="demands", consistency=0.9, relevance=0.5, disjunctions=0)
    for wrong in (2.5, "2"):
        with pytest.raises(UnknownNameError, match="whole number"):
            necessity(study, plan="demands", consistency=0.9, relevance=0.5, disjunctions=wrong)
    for wrong in ("0.9", None, float("nan")):
        with pytest.raises(UnknownNameError, match="from 0 to 1"):
            necessity(study, plan="demands", consistency=wrong, relevance=0.5)


def test_a_disjunction_adds_nothing_to_a_part_that_passes(study):
    """STRIKE is necessary alone, so that STRIKE + NGO is not listed."""
    result = necessity(study, plan="demands", consistency=0.9, relevance=0.6)
    assert not [each for each in result.frame["expression"] if each.startswith("STRIKE +")]
