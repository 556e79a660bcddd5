"""A table that rests on a code carries what the study's policy says of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tertium.agreement.policy import measured_policy
from tertium.bundle import Tables
from tertium.columns import STALE, VERDICTS, frame
from tertium.comparison.agreement.agreement import agreement
from tertium.comparison.evidence import evidence
from tertium.comparison.listing import source_list
from tertium.comparison.verdicts import verdict_table
from tertium.errors import AgreementError
from tertium.report.figures import figure
from tertium.report.tables import markdown_text, table

LOW = {"ana": {"strike": "a1 a2 a3 a4", "union": "c1"}, "ben": {"strike": "b1 a1", "union": "c1"}}


def with_policy(tables: Tables, *, strict: bool = False) -> Tables:
    """The tables under a policy of alpha 0.667 and tentative 0.8."""
    policy = measured_policy(
        tables.codings, tables.readings, tables.units, schemes=tables.schemes.values(),
        alpha=0.667, tentative=0.8, strict=strict, unit="sentence",
    )  # fmt: skip
    return replace(tables, policy=policy, deciding_coder="ana")


def test_a_table_names_the_codes_it_rests_on_that_lack_agreement(make) -> None:
    """In every form of it; a code that it does not rest on is not named."""
    tables = with_policy(make(LOW))
    found = evidence(tables, scheme="approach", code="strike")
    (flag,) = found.flags
    assert flag.startswith("Agreement of people is below the least that the study asks for")
    assert "Strikes 0.27" in flag
    shown = table(found, name="x")
    assert shown.content["flags"] == [flag]
    for text in (repr(found), found._repr_html_(), repr(shown), shown.to_html()):
        assert flag in text
    assert "**Agreement of people is below" in markdown_text(found)
    assert evidence(tables, scheme="approach", code="union").flags == ()


def test_a_grid_rests_on_the_codes_of_its_axes(make) -> None:
    """Also where a cell has no passage; a figure carries the flags as well."""
    tables = with_policy(make(LOW))
    verdicts = [
        {"source_id": each, "scheme": "approach", "scheme_version": "1.1.0", "code": code,
         "coder": "ana", "verdict": "absent", "primary": False, "n_evidence": 0, "coding_ids": ()}
        for each in "abc" for code in ("strike", "union")
    ]  # fmt: skip
    found = verdict_table(replace(tables, verdicts=frame(verdicts, VERDICTS)), scheme="approach")
    assert "Strikes" in found.flags[0]
    drawn = figure(found, name="x")
    assert drawn.content["flags"] == list(found.flags)
    assert found.flags[0] in repr(drawn)


def test_readings_by_a_model_and_gold_are_no_double_coding(make) -> None:
    """However well they agree with each other or with one person."""
    good = {"strike": "a1 a2 b1 c1"}
    codings = {"ana": good, "reading-1": good, "reading-2": good, "rule": good, "gold": good}
    tables = with_policy(make(codings))
    (flag,) = evidence(tables, scheme="approach", code="strike").flags
    assert flag == (
        "No two people have coded these texts, so that agreement on the codes is not known."
    )


def test_where_no_person_coded_it_is_said(make) -> None:
    """“No two people” would let a reader think that one did."""
    good = {"strike": "a1 a2 b1 c1"}
    tables = with_policy(make({"reading-1": good, "rule": good, "gold": good}))
    (flag,) = evidence(tables, scheme="approach", code="strike").flags
    assert flag == "No person has coded these texts, so that agreement on the codes is not known."


def test_two_people_who_read_different_texts_are_no_double_coding(make) -> None:
    """Double is the same unit."""
    tables = make({"ana": {"strike": "a1"}, "ben": {"strike": "b1"}}, read={"ana": "a", "ben": "b"})
    (flag,) = evidence(with_policy(tables), scheme="approach", code="strike").flags
    assert flag.startswith("No two people have coded these texts")


def test_a_strict_policy_refuses_the_table_and_no_other(make) -> None:
    """What is said of sources and of coders stays."""
    tables = with_policy(make(LOW), strict=True)
    with pytest.raises(AgreementError, match=r"evidence: .*approach/strike 0\.27"):
        evidence(tables, scheme="approach", code="strike")
    assert evidence(tables, scheme="approach", code="union").flags == ()
    assert source_list(tables).flags == ()
    about = agreement(
        tables, scheme="approach", unit="sentence", coders="ana,ben",
        coefficient="percent", replicates=0,
    )  # fmt: skip
    assert about.flags == ()


def test_without_a_policy_and_nothing_stale_a_result_is_what_it_was(make) -> None:
    """No flag, no further key, not a byte more."""
    tables = replace(make(LOW), deciding_coder="ana", stale=frame([], STALE))
    found = evidence(tables, scheme="approach", code="strike")
    assert found.flags == ()
    assert "flags" not in table(found, name="x").content
    assert repr(found).endswith(found.note)


def test_what_could_not_be_counted_is_told_where_it_would_have_been(make) -> None:
    """Of the coders and the scheme that the table rests on, and of no others."""
    tables = replace(
        make(LOW),
        policy=None,
        deciding_coder="ana",
        uncounted={
            ("approach", "ana"): ("1 coding by ana can't be counted.",),
            ("approach", "eva"): ("1 coding by eva can't be counted.",),
            ("tier", "ana"): ("1 coding of tier can't be counted.",),
        },
    )
    found = evidence(tables, scheme="approach", code="strike")
    assert found.flags == ("1 coding by ana can't be counted.",)


def test_stale_codings_behind_a_number_are_counted(make) -> None:
    """Only those that the table rests on."""
    rows = [
        {"coder": "ana", "scheme": "approach", "code": "strike", "coding_id": f"ana-strike-{each}"}
        for each in ("a1", "a2")
    ]
    rows.append({"coder": "ben", "scheme": "approach", "code": "strike", "coding_id": "elsewhere"})
    tables = replace(make(LOW), deciding_coder="ana", stale=frame(rows, STALE))
    (flag,) = evidence(tables, scheme="approach", code="strike").flags
    assert flag.startswith("2 stale: 2 codings were made under an older definition")
    assert evidence(tables, scheme="approach", code="union").flags == ()
