"""What different voices tell of one event, on two texts and three that are read in a minute."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tertium.comparison.cases.triangulation import triangulation
from tertium.errors import UnknownNameError
from tertium.study import open_study

from ..conftest import coding, everything_read, make_scheme, make_tables, shuffled, source, verdict

NGO = "The centre sued. Workers struck."
PRESS = "Workers struck."
STATE = "There was no strike."
LINKS = [{"case_id": "walkout", "source_id": each} for each in ("ngo", "press", "state")]
CASES = [{"case_id": "walkout", "name": "The walkout", "kind": "episode", "country": "China"}]
SOURCES = [
    source("ngo", NGO, voice="ngo"),
    source("press", PRESS, voice="newspaper"),
    source("state", STATE, voice="state_media"),
]
CODINGS = [
    coding("ngo", "The centre sued.", "approach", "ngo_paralegal"),
    coding("ngo", "Workers struck.", "approach", "strike"),
    coding("press", "Workers struck.", "approach", "strike"),
    coding("state", "There was no strike.", "approach", "strike", stance="denied"),
]


def verdicts(**present):
    """Verdicts on the approaches of each source: what is not named is absent."""
    return [
        verdict(source_id, "approach", code, "present" if code in codes else "absent")
        for source_id, codes in present.items()
        for code in ("state_led", "ngo_paralegal", "strike")
    ]


ALL_VERDICTS = verdicts(ngo=["ngo_paralegal", "strike"], press=["strike"], state=[])


def tables(**changes):
    """An NGO tells of a suit and a strike, a newspaper of the strike, state media deny it."""
    given = {
        "verdicts": ALL_VERDICTS,
        "readings": everything_read("ngo", "press", "state"),
        "cases": CASES,
        "case_sources": LINKS,
        **changes,
    }
    return make_tables(given.pop("sources", SOURCES), given.pop("codings", CODINGS), **given)


def test_a_cell_counts_the_sources_of_a_voice():
    """Present counts, looked for and not found is 0, and each number leads to its passages."""
    table = triangulation(tables(), scheme="approach")
    row = "walkout · strike"
    assert table.frame.loc[row].to_dict() == {"ngo": 1, "newspaper": 1, "state_media": 0}
    assert list(table.evidence(row, "newspaper")["quote"]) == ["Workers struck."]
    assert table.frame.at["walkout · ngo_paralegal", "newspaper"] == 0
    assert table.evidence("walkout · ngo_paralegal", "newspaper").empty


def test_a_denial_is_dispute_and_has_its_passage():
    """One voice states the strike and another only denies it: that is told, and can be read."""
    table = triangulation(tables(), scheme="approach")
    assert table.row_labels["walkout · strike"].endswith(": disputed")
    assert list(table.evidence("walkout · strike", "state_media")["stance"]) == ["denied"]
    assert table.shown.at["walkout · strike", "state_media"] == "0 of 1; denied"


def by_actor(stance):
    """Codings of one statement in the state's text: an actor speaks, with this stance."""
    whole = {"statement_id": "s1", "quote": STATE}
    return [
        coding("state", **whole, scheme="approach", code="strike", stance=stance),
        coding("state", **whole, scheme="actor", code="firm", role="actor"),
    ]


@pytest.mark.parametrize(("stance", "words"), [("denied", "a denial"), ("criticised", "criticism")])
def test_a_denial_by_an_actor_is_told(stance, words):
    """A source that tells of an actor's denial tells of the matter, and disputes nothing."""
    present = {"state": ["strike"] if stance == "criticised" else []}
    made = tables(
        codings=[*CODINGS[:3], *by_actor(stance)],
        verdicts=verdicts(ngo=["strike"], press=["strike"], **present),
    )
    table = triangulation(made, scheme="approach")
    row = "walkout · strike"
    assert table.row_labels[row].endswith(": all searched")
    assert table.frame.at[row, "state_media"] == 1
    assert table.shown.at[row, "state_media"] == f"1 of 1; tells of {words}"
    assert "does not deny it itself" in table.note
    assert list(table.evidence(row, "state_media")["quote"]) == [STATE]


def test_a_denial_in_a_statement_without_an_actor_is_the_voices_own():
    """A speaker of a statement who is no actor of it is the voice: its denial disputes."""
    rows = by_actor("denied")
    rows[1]["role"] = "speaker"
    table = triangulation(tables(codings=[*CODINGS[:3], *rows]), scheme="approach")
    assert table.row_labels["walkout · strike"].endswith(": disputed")


def test_a_criticism_under_another_scheme_is_none_of_this_code():
    """What another scheme takes for a criticism on the same words makes no dispute."""
    other = coding("press", PRESS, "dimension", "content", stance="criticised")
    table = triangulation(tables(codings=[*CODINGS[:3], other], case_sources=LINKS[:2]),
                          scheme="approach")  # fmt: skip
    assert table.row_labels["walkout · strike"].endswith(": all searched")
    assert table.shown.at["walkout · strike", "newspaper"] == "1 of 1"


def test_undecided_is_not_absent():
    """A voice whose one source is undecided neither tells it nor does without it."""
    given = [row | {"verdict": "undecided"}
             if (row["source_id"], row["code"]) == ("press", "ngo_paralegal") else row
             for row in ALL_VERDICTS]  # fmt: skip
    made = tables(verdicts=given, case_sources=LINKS[:2])
    table = triangulation(made, scheme="approach")
    row = "walkout · ngo_paralegal"
    assert pd.isna(table.frame.at[row, "newspaper"])
    assert table.shown.at[row, "newspaper"] == "undecided"
    assert table.row_labels[row].endswith("NGO; no other searched")
    by_code = triangulation(made, scheme="approach", show="codes")
    assert pd.isna(by_code.frame.at["ngo_paralegal", "one"])


def test_the_same_sources_of_two_cases_count_once():
    """Two cases with the same tellers are named, and are one agreement."""
    cases = [*CASES, {"case_id": "second", "name": "Second", "kind": "episode"}]
    links = [*LINKS[:2], *({**each, "case_id": "second"} for each in LINKS[:2])]
    made = tables(cases=cases, case_sources=links)
    table = triangulation(made, scheme="approach", show="codes")
    assert table.frame.at["strike", "all"] == 1
    assert "The walkout and Second" in table.note or "Second and The walkout" in table.note
    assert "3 cases and codes not counted again" in table.note
    assert triangulation(made, scheme="approach").frame["ngo"].eq(1).sum() == 4


def test_the_code_for_the_rest_is_no_agreement():
    """Two voices that tell of something else may tell of two things."""
    made = tables(
        codings=[coding(each, "Workers struck.", "claim", "other") for each in ("ngo", "press")],
        verdicts=[verdict(each, "claim", "other", "present") for each in ("ngo", "press")],
        case_sources=LINKS[:2],
    )
    made = replace(made, schemes={**made.schemes, "claim": make_scheme("claim", "wages", "other")})
    table = triangulation(made, scheme="claim")
    assert table.row_labels["walkout · other"].endswith(": may be different things")
    assert triangulation(made, scheme="claim", show="cases").frame["n_by_all"].sum() == 0
    by_code = triangulation(made, scheme="claim", show="codes")
    assert list(by_code.frame.index) == ["wages"]
    assert "other is left out" in by_code.note


def test_a_source_of_two_cases_is_one_digest():
    """The note counts sources, not the times that they tell a case."""
    digests = [{**each, "kind": "digest"} for each in SOURCES[:2]]
    cases = [*CASES, {"case_id": "second", "name": "Second", "kind": "episode"}]
    links = [*LINKS[:2], *({**each, "case_id": "second"} for each in LINKS[:2])]
    made = tables(sources=digests, codings=CODINGS[:3], verdicts=ALL_VERDICTS[:6],
                  readings=everything_read("ngo", "press"), cases=cases, case_sources=links)  # fmt: skip
    assert "2 of 2 sources are digests" in triangulation(made, scheme="approach").note


def test_only_one_voice_tells():
    """What the others were searched for and do not tell is told by one voice only."""
    table = triangulation(tables(), scheme="approach")
    assert table.row_labels["walkout · ngo_paralegal"].endswith(": NGO only")


def test_what_no_voice_tells_is_left_out_and_counted():
    """Silence of all is no agreement: such a code has no row, and the note says how many."""
    table = triangulation(tables(), scheme="approach")
    assert "walkout · state_led" not in table.frame.index
    assert "left out (1 row)" in table.note


def test_no_source_is_not_a_source_that_was_not_searched():
    """A voice without a source on the case and one that nobody searched look different."""
    second = [*CASES, {"case_id": "other", "name": "Other", "kind": "episode"}]
    made = tables(
        sources=[*SOURCES, source("zh", "罢工。", voice="company", language="zh")],
        cases=second,
        case_sources=[*LINKS, {"case_id": "other", "source_id": "ngo"},
                      {"case_id": "other", "source_id": "zh"}],
    )  # fmt: skip
    table = triangulation(made, scheme="approach")
    assert pd.isna(table.frame.at["walkout · strike", "company"])
    assert pd.isna(table.frame.at["other · strike", "company"])
    assert table.shown.at["walkout · strike", "company"] == "–"
    assert table.shown.at["other · strike", "company"] == "not searched"
    assert table.row_labels["other · strike"].endswith("NGO; no other searched")


def test_the_part_of_a_source_is_what_tells_the_case():
    """A code found elsewhere in the source is not told of the case."""
    links = [{"case_id": "walkout", "source_id": "ngo", "start": 0, "end": 16}, *LINKS[1:]]
    table = triangulation(tables(case_sources=links), scheme="approach")
    assert table.frame.at["walkout · ngo_paralegal", "ngo"] == 1
    assert table.frame.at["walkout · strike", "ngo"] == 0


def test_the_parts_of_a_compiled_source_speak_with_their_own_voices():
    """A digest of several publications gives way to them; what stays mixed is left out."""
    mixed = source("both", "Workers struck. The centre sued.", voice="mixed")
    parts = [{**each, "part_of": "both"} for each in SOURCES[:2]]
    links = [{"case_id": "walkout", "source_id": each} for each in ("both", "ngo", "press")]
    made = tables(
        sources=[mixed, *parts],
        codings=CODINGS[:3],
        verdicts=verdicts(ngo=["ngo_paralegal", "strike"], press=["strike"], both=["strike"]),
        readings=everything_read("ngo", "press", "both"),
        case_sources=links,
    )
    table = triangulation(made, scheme="approach")
    assert set(table.frame.columns) == {"ngo", "newspaper"}
    assert "gives way" in table.note
    alone = tables(sources=[mixed, SOURCES[0]], codings=CODINGS[:2], case_sources=links[:2],
                   verdicts=ALL_VERDICTS[:3], readings=everything_read("ngo"))  # fmt: skip
    table = triangulation(alone, scheme="approach")
    assert table.frame.empty
    assert "Left out: 1 source" in table.note


def test_one_row_a_case():
    """A case says what one voice tells alone and what is disputed, in words and as numbers."""
    table = triangulation(tables(), scheme="approach", show="cases")
    (row,) = table.frame.to_dict("records")
    assert row["by_one"] == "NGO and paralegal (NGO)"
    assert row["disputed"] == "Strike (NGO, newspaper; against: state media)"
    assert (row["n_by_one"], row["n_disputed"], row["n_by_all"]) == (1, 1, 0)
    assert (row["n_voices"], row["n_sources"]) == (3, 3)
    assert len(table.evidence(1, "case")) == 4


def test_one_row_a_code():
    """Over cases a code counts once under how the voices stand; not searched is not counted."""
    table = triangulation(tables(), scheme="approach", show="codes")
    columns = ["all", "some", "one", "disputed", "untold"]
    assert list(table.frame.columns) == columns
    assert table.frame.loc["strike"].tolist() == [0, 0, 0, 1, 0]
    assert table.frame.loc["ngo_paralegal"].tolist() == [0, 0, 1, 0, 0]
    assert table.frame.loc["state_led"].tolist() == [0, 0, 0, 0, 1]
    assert list(table.evidence("ngo_paralegal", "one")["quote"]) == ["The centre sued."]
    unread = triangulation(tables(verdicts=[]), scheme="approach", show="codes")
    assert unread.frame.loc["state_led"].isna().all()


def test_all_voices():
    """A code that every searched voice tells is told by all."""
    made = tables(case_sources=LINKS[:2])
    (row,) = triangulation(made, scheme="approach", show="cases").frame.to_dict("records")
    assert row["by_all"] == "Strike"


def test_only_cases_of_enough_voices():
    """A case of two voices has no place where three are asked for; fewer than two are refused."""
    made = tables(case_sources=LINKS[:2])
    assert triangulation(made, scheme="approach", at_least=3).frame.empty
    with pytest.raises(UnknownNameError, match="two on"):
        triangulation(made, scheme="approach", at_least=1)
    with pytest.raises(UnknownNameError, match="table, cases, codes"):
        triangulation(made, scheme="approach", show="list")


@pytest.mark.parametrize("show", ["table", "cases", "codes"])
def test_order_of_rows_changes_nothing(show):
    """The tables in another order give the same result."""
    made = tables()
    turned = shuffled(made, lambda size: list(range(size))[::-1])
    one, other = (triangulation(each, scheme="approach", show=show) for each in (made, turned))
    pd.testing.assert_frame_equal(one.frame, other.frame)
    assert repr(one) == repr(other)


def test_the_shipped_study_has_cases_that_several_voices_tell():
    """Two layouts of one comparison tell the same number of codes that all voices tell."""
    shipped = open_study("labour-organising").tables
    grid = triangulation(shipped, scheme="approach")
    listed = triangulation(shipped, scheme="approach", show="cases")
    by_all = sum(label.endswith(": all searched") for label in grid.row_labels.values())
    by_one = sum(label.endswith(" only") for label in grid.row_labels.values())
    assert by_all == listed.frame["n_by_all"].sum() > 0
    assert by_one == listed.frame["n_by_one"].sum()
    by_code = triangulation(shipped, scheme="approach", show="codes")
    sums = by_code.frame.sum()
    # Two of the cases have the same tellers, and count once where these stand in the same way.
    assert "Told by the very same sources" in by_code.note
    assert sums["all"] < by_all
    assert sums["one"] < by_one
    assert grid.again(shipped, scheme="claim").params["scheme"] == "claim"
