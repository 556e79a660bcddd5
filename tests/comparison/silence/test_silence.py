"""Silence is what was expected, searched and not found; what nobody read is never a silence."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.comparison.silence.silence import silence
from tertium.errors import UnknownNameError

from .conftest import EXPECTATIONS, TEXTS, study

IDS = [id_ for id_, _, _ in TEXTS]


def text(result, row, column):
    return result.shown.at[row, column]


def cells(result) -> dict[tuple[str, str], tuple[object, str]]:
    """Every cell's number and text."""
    return {
        (row, column): (
            None if pd.isna(v := result.frame.at[row, column]) else int(v),
            result.shown.at[row, column],
        )
        for row in result.frame.index
        for column in result.frame.columns
    }


def silent(tables) -> set[tuple[str, str]]:
    """Expectation and source of every silence."""
    frame = silence(tables, parts=False, show="sources").frame
    found = frame[frame["state"] == "searched, absent"]
    return set(zip(found["expectation_id"], found["source_id"], strict=True))


def test_silences_have_denominators(tables):
    """Of three newspapers on strikes two do not mention wages; the one on none is not asked."""
    table = silence(tables, parts=False)
    assert (table.frame.index.name, table.frame.columns.name) == ("expectation", "voice")
    assert list(table.frame.columns) == ["union_official", "newspaper", "mixed", "all"]
    assert text(table, "strike-wages", "newspaper") == "2 of 3"
    assert text(table, "strike-wages", "mixed") == "1 of 1"
    assert text(table, "strike-wages", "all") == "3 of 4"
    assert table.frame.at["strike-wages", "newspaper"] == 2


def test_one_of_several_codes_meets_an_expectation(tables):
    """A source that mentions one of the codes is not silent."""
    assert text(silence(tables, parts=False), "drive-claims", "union_official") == "1 of 2"


def test_not_expected_and_nobody_to_ask_are_told_apart(make):
    """A voice of which nothing is expected is no voice without a source of that kind."""
    tables = make(expectations=[*EXPECTATIONS, ("n-drive", "claim", "hours", "newspaper", "approach:drive")])  # fmt: skip
    table = silence(tables, parts=False)
    assert text(table, "strike-wages", "union_official") == "not expected"
    assert text(table, "n-drive", "newspaper") == "no such source"
    assert pd.isna(table.frame.at["strike-wages", "union_official"])
    assert pd.isna(table.frame.at["n-drive", "newspaper"])


def test_the_evidence_of_a_silence_is_the_source_that_was_read(tables):
    """A silent source stands as a whole, without words; after it the passages of the others."""
    found = silence(tables, parts=False).evidence("strike-wages", "newspaper")
    assert list(found["source_id"]) == ["n2", "n3", "n1"]
    assert list(found["stance"]) == ["searched, absent", "searched, absent", "asserted"]
    assert list(found["quote"]) == ["", "", "They asked for wages."]
    assert list(found["place"][:2]) == ["whole source"] * 2
    assert set(found["code"]) == {"wages"}


def test_a_source_that_nobody_read_is_no_silence(make):
    """Without a reading a source is not searched, and in no number."""
    table = silence(make(unread=["n2", "u1", "u2"]), parts=False)
    assert text(table, "strike-wages", "newspaper") == "1 of 2; 1 open"
    assert text(table, "any-wages", "newspaper") == "2 of 3; 1 not searched"
    assert text(table, "any-wages", "union_official") == "2 not searched"
    assert pd.isna(table.frame.at["any-wages", "union_official"])
    assert table.evidence("any-wages", "union_official").empty


def test_a_source_read_in_part_is_not_searched(make):
    """What was read stops before the end: nothing can be said of the rest."""
    tables = make(in_part={"n2": (0, 23)})
    assert ("any-wages", "n2") not in silent(tables)
    record = silence(tables, parts=False, expectation="any-wages", show="searches").frame
    assert list(record["why_not"]) == ["1 read in part"]
    whole = {id_: body for id_, _, body in TEXTS}["n2"]
    assert ("any-wages", "n2") in silent(make(in_part={"n2": (0, len(whole))}))


def test_two_parts_that_hold_every_word_are_a_whole(make):
    """A text that was read in two sittings has been read."""
    tables = make(in_part={"n2": (0, 23)})
    more = tables.readings[tables.readings["source_id"] == "n2"].assign(start=23, end=45)
    more = more.astype(tables.readings.dtypes)
    both = replace(tables, readings=pd.concat([tables.readings, more], ignore_index=True))
    verdicts = both.verdicts.assign(
        verdict=both.verdicts["verdict"].replace("not_searched", "absent")
    )
    assert ("any-wages", "n2") in silent(replace(both, verdicts=verdicts))


def test_a_passage_found_in_passing_counts_for_nobody(make):
    """Of sources that nobody read to the end not only those that speak are counted."""
    tables = make(in_part={"n1": (24, 45)})
    table = silence(tables, parts=False, expectation="any-wages")
    assert text(table, "any-wages", "newspaper") == "3 of 3; 1 not searched"
    record = silence(tables, parts=False, expectation="any-wages", show="searches").frame
    assert list(record["why_not"]) == ["1 found in passing, not read to the end"]


def test_what_is_undecided_is_not_silent(make):
    """A weak sign is neither a mention nor a silence; its source was searched all the same."""
    tables = make(weights={("n1", "wages"): 0.4, ("n2", "strike"): 0.4})
    table = silence(tables, parts=False)
    assert text(table, "strike-wages", "newspaper") == "1 of 2; 1 undecided; 1 open"
    assert ("strike-wages", "n1") not in silent(tables)
    found = table.evidence("strike-wages", "newspaper")
    assert list(found["stance"]) == ["searched, absent", "undecided"]


def test_a_verdict_without_a_reading_is_no_silence(make):
    """Marking a source unread is enough: an old verdict does not stand in for a reading."""
    tables = make(marked_unread=["n2", "n3"])
    assert text(silence(tables, parts=False), "any-wages", "newspaper") == "1 of 2; 2 not searched"


@settings(max_examples=30, deadline=None)
@given(st.sets(st.sampled_from(IDS)), st.booleans())
def test_silences_of_unread_sources_do_not_come_out(unread, keeps_verdicts):
    """With some sources marked unread their silences are gone and the others stay as they were."""
    before = silent(study())
    tables = study(marked_unread=unread) if keeps_verdicts else study(unread=unread)
    assert silent(tables) == {each for each in before if each[1] not in unread}
    table = silence(tables, parts=False)
    for row, denominator in (("any-wages", 7), ("drive-claims", 2), ("strike-wages", 4)):
        asked = {"any-wages": IDS, "drive-claims": ["u1", "u2"], "strike-wages": ["n1", "n2", "n3", "m1"]}  # fmt: skip
        left = denominator - len(unread & set(asked[row]))
        shown = text(table, row, "all").split(";")[0]
        silences = len([each for each in silent(tables) if each[0] == row])
        assert shown == f"{silences} of {left}" if left else " of " not in shown


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_and_names_change_nothing(random):
    """Shuffled texts with other ids have the same silences, cell for cell."""
    texts = list(TEXTS)
    random.shuffle(texts)
    other = study([(f"x{id_}", voice, body) for id_, voice, body in texts])
    assert cells(silence(other, parts=False)) == cells(silence(study(), parts=False))
    shuffled = study(expectations=random.sample(EXPECTATIONS, k=len(EXPECTATIONS)))
    assert cells(silence(shuffled, parts=False)) == cells(silence(study(), parts=False))


def test_without_an_expectation_the_claim_is_refused(tables):
    """Nobody is registered as expected to mention hours of a strike: the question is refused."""
    with pytest.raises(UnknownNameError, match=r"approach: strike.*Register it: write a row"):
        silence(tables, parts=False, scheme="approach", code="strike")
    with pytest.raises(UnknownNameError, match=r"registers no expectation.*Register it"):
        silence(replace(tables, expectations=None), parts=False)
    with pytest.raises(UnknownNameError, match=r"no expectation 'x'.*strike-wages"):
        silence(tables, parts=False, expectation="x")
    with pytest.raises(UnknownNameError, match="no code 'pay'"):
        silence(tables, parts=False, scheme="claim", code="pay")
    with pytest.raises(UnknownNameError, match="without a scheme"):
        silence(tables, parts=False, code="wages")
    assert list(silence(tables, parts=False, scheme="claim", code="hours").frame.index) == ["drive-claims"]  # fmt: skip


def test_who_decides_about_parts_is_asked(tables):
    """Whether a compiled source or its parts speak has no default."""
    with pytest.raises(TypeError, match="parts"):
        silence(tables)


def test_parts_speak_in_their_own_voices(make):
    """With parts a compiled source gives way to its publications, each in its own voice."""
    texts = [*TEXTS, ("p1", "newspaper", "Workers went on strike. Nothing."), ("p2", "ngo", "Nothing else.")]  # fmt: skip
    tables = make(texts, facts={"p1": {"part_of": "m1"}, "p2": {"part_of": "m1"}})
    compiled = silence(tables, parts=False)
    assert (text(compiled, "strike-wages", "mixed"), text(compiled, "strike-wages", "newspaper")) == ("1 of 1", "2 of 3")  # fmt: skip
    parted = silence(tables, parts=True)
    assert list(parted.frame.columns) == ["union_official", "ngo", "newspaper", "all"]
    assert text(parted, "strike-wages", "newspaper") == "3 of 4"


def test_only_the_deciding_coder_decides(make):
    """Another coder's reading makes no silence; it is told beside it."""
    tables = make()
    other = make(texts=[("n2", "newspaper", TEXTS[1][2])], coder="ana")
    both = replace(
        tables,
        readings=pd.concat([tables.readings, other.readings], ignore_index=True),
        codings=pd.concat([tables.codings, other.codings], ignore_index=True),
        verdicts=pd.concat([tables.verdicts, other.verdicts], ignore_index=True),
    )
    assert cells(silence(both, parts=False)) == cells(silence(tables, parts=False))
    told = silence(both, parts=False, expectation="strike-wages", show="sources").frame
    assert dict(zip(told["source_id"], told["others"], strict=True))["n2"] == "ana: absent"
    record = silence(both, parts=False, expectation="strike-wages", show="searches").frame
    assert list(record["searched"]) == [4, 1]
    by_ana = silence(replace(both, deciding_coder="ana"), parts=False)
    assert text(by_ana, "strike-wages", "newspaper") == "1 of 1; 3 open"


def test_the_list_names_state_and_reading(tables):
    """Each source stands with what is held of it, by whom, under which scheme; silences first."""
    table = silence(tables, parts=False, expectation="strike-wages", show="sources")
    assert list(table.frame["source_id"]) == ["m1", "n2", "n3", "n1"]
    assert set(table.frame["reading"]) == {"rule 1.0.0, claim@1.0.0"}
    assert "others" not in table.frame
    assert list(table.evidence(4, "state")["quote"]) == ["They asked for wages."]


def test_a_language_without_patterns_is_no_silence(make):
    """A text in a language without patterns was not searched, and the record says why."""
    tables = make(unread=["n4"], facts={"n4": {"language": "kk"}})
    record = silence(tables, parts=False, expectation="any-wages", show="searches").frame
    assert list(record["why_not"]) == ["1 no patterns for one of the codes in the text's language"]
    told = silence(tables, parts=False, expectation="any-wages", show="sources").frame
    assert dict(zip(told["source_id"], told["state"], strict=True))["n4"] == "not searched"


def test_another_scheme_version_or_text_is_no_reading(tables):
    """A reading of another text, or under another version, searched nothing of this one."""
    for column, value in (("scheme_version", "0.9.0"), ("text_sha256", "0" * 64)):
        readings = tables.readings.assign(**{column: value})
        assert silent(replace(tables, readings=readings)) == set()


def test_shares_are_silences_over_searched(tables):
    """The shares show the same cells; a finding may rest on them."""
    table = silence(tables, parts=False, show="shares")
    assert table.frame.at["strike-wages", "newspaper"] == pytest.approx(2 / 3)
    assert text(table, "strike-wages", "newspaper") == "2 of 3"


def test_groups_other_than_voices(make):
    """A source in two countries stands under each and once under all."""
    tables = make(facts={"n2": {"country": "China; Kazakhstan"}, "n1": {"country": "China"}})
    table = silence(tables, parts=False, expectation="strike-wages", by="country")
    assert text(table, "strike-wages", "China") == "1 of 2"
    assert text(table, "strike-wages", "Kazakhstan") == "1 of 1"
    assert text(table, "strike-wages", "not stated") == "2 of 2"
    assert text(table, "strike-wages", "all") == "3 of 4"
    with pytest.raises(UnknownNameError, match="there are voice"):
        silence(tables, parts=False, by="weather")
    with pytest.raises(UnknownNameError, match="there are table"):
        silence(tables, parts=False, show="all")


def test_a_digest_is_said_to_be_one(make):
    """The note counts the digests, for their silence is not the publication's."""
    note = silence(make(facts={"n2": {"kind": "digest"}}), parts=False).note
    assert "1 of 7 counted texts are digests" in note
    assert "digest" not in silence(make(), parts=False).note


def test_it_can_be_computed_again(tables):
    """Other tables or arguments give what a call would give."""
    first = silence(tables, parts=False)
    again = first.again(study(unread=["n2"]), expectation="any-wages", show="table")
    assert text(again, "any-wages", "newspaper") == "2 of 3; 1 not searched"


def test_the_register_says_why(tables):
    """What is expected, of whom, where, why and on what basis stands in a list."""
    frame = silence(tables, parts=False, show="register").frame
    assert list(frame["of"]) == ["newspaper, mixed", "official union", "every voice"]
    assert list(frame["where"]) == ["Strike", "Drive", "every source"]
    assert list(frame["why"]) == ["Because."] * 3


def test_an_expectation_of_an_unknown_code_is_refused(make):
    """A register that was made by hand is held to the schemes as well."""
    with pytest.raises(UnknownNameError, match="expectation x: scheme claim has no code 'pay'"):
        silence(make(expectations=[("x", "claim", "pay", "", "")]), parts=False)


def test_a_group_called_all_is_not_the_sum(make):
    """A country of that name has a column of its own beside all sources."""
    tables = make(facts={"n2": {"country": "all"}, "n1": {"country": "China"}})
    table = silence(tables, parts=False, expectation="strike-wages", by="country")
    assert list(table.frame.columns) == ["China", "all (country)", "not stated", "all"]
    assert text(table, "strike-wages", "all (country)") == "1 of 1"
    assert text(table, "strike-wages", "all") == "3 of 4"


@pytest.mark.parametrize("parts", ["no", None, 1])
def test_parts_is_true_or_false(tables, parts):
    """A word that Python holds for true would take the parts unasked."""
    with pytest.raises(UnknownNameError, match="write True or False"):
        silence(tables, parts=parts)


def test_a_register_made_by_hand_is_checked(make, tables):
    """Missing columns, an id twice, a voice that is none and an empty code are refused."""
    with pytest.raises(UnknownNameError, match="has no column when; its columns are"):
        silence(replace(tables, expectations=tables.expectations.drop(columns="when")), parts=False)
    for row, said in (
        (("any-wages", "claim", "hours", "", ""), "'any-wages' twice"),
        (("x", "claim", "hours", "press", ""), "'press' is no voice; there are"),
        (("x", "claim", "", "", ""), "x names no code"),
    ):
        with pytest.raises(UnknownNameError, match=said):
            silence(make(expectations=[*EXPECTATIONS, row]), parts=False)


def test_every_code_of_a_scheme_is_any(tables):
    """Where each code is enough the row says so; in the register all stand by name."""
    table = silence(tables, parts=False)
    assert table.row_labels["drive-claims"] == "Claim (any), where Drive"
    frame = silence(tables, parts=False, show="register").frame
    assert frame["expected"].iloc[1] == "Wages or Hours"


def test_a_column_of_zeros_is_left_out(make):
    """The search record says how many were not searched only where some were not."""
    assert "not_searched" not in silence(make(), parts=False, show="searches").frame
    record = silence(make(unread=["n4"]), parts=False, show="searches").frame
    assert list(record["not_searched"]) == [0, 0, 1]


def test_a_code_without_patterns_is_not_searched_by_rules(make):
    """What a rule does not look for might be there: the source is no silence of any code."""
    tables = make()
    claim = tables.schemes["claim"]
    codes = (claim.codes[0], claim.codes[1].model_copy(update={"indicators": {}}))
    unread = (tables.readings["code"] == "hours").fillna(False)
    changed = replace(
        tables,
        schemes={**tables.schemes, "claim": claim.model_copy(update={"codes": codes})},
        readings=tables.readings[~unread],
    )
    record = silence(changed, parts=False, expectation="drive-claims", show="searches").frame
    assert list(record["looked_with"]) == ["patterns: en; none for Hours"]
    assert list(record["why_not"]) == ["2 no patterns for one of the codes in the text's language"]


def test_the_register_hides_ids_and_tells_of_mixed(tables):
    """A reader meets labels; that a voice is only that of compiled sources is said."""
    register = silence(tables, parts=False, show="register")
    assert register.hidden == ("expectation_id", "scheme")
    assert "Mixed: sources that put several publications together" in register.note
