"""Codings and readings to verdicts: the score, the thresholds, the primary code."""

from __future__ import annotations

import math
import random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.coding.classify import classify
from tertium.coding.coder import Coded, code
from tertium.columns import CODINGS, READINGS, VERDICTS, frame, names
from tertium.errors import ChecksumError, UnknownNameError, VersionError
from tertium.schemes.read import read_scheme
from tertium.schemes.scheme import Code, Scheme, VerdictRule
from tertium.sources.source import Source
from tertium.sources.units import find_units

CODES = ("strike", "law", "aid")
SCHEME = Scheme(
    name="mini",
    version="1.0.0",
    title="Mini",
    description="For tests.",
    verdict=VerdictRule(text="One strong passage.", present=0.6, undecided=0.3),
    codes=tuple(
        Code(id=each, label=each, definition="D.", when_to_use="W.", when_not_to_use="N.")
        for each in CODES
    ),
)
SOURCE = Source("s", "One two three. Four five six. Seven eight nine. Ten.", language="en")


def coding(start: int | None, end: int | None, code_id: str = "strike", **more) -> dict:
    """A row of the codings table."""
    return {
        "coding_id": f"{code_id}-{start}-{end}-{more.get('coder', 'rule')}",
        "source_id": "s",
        "text_sha256": SOURCE.text_sha256,
        "start": start,
        "end": end,
        "scheme": "mini",
        "scheme_version": "1.0.0",
        "code": code_id,
        "coder": "rule",
        "coder_kind": "rule",
        "stance": "asserted",
        "confidence": 0.4,
        **more,
    }


def reading(code_id: str | None = None, **more) -> dict:
    """A row of the readings table; without a code it is for all of them."""
    return {
        "coder": "rule",
        "coder_kind": "rule",
        "source_id": "s",
        "text_sha256": SOURCE.text_sha256,
        "scheme": "mini",
        "scheme_version": "1.0.0",
        "code": code_id,
        **more,
    }


def verdicts(codings: list[dict], readings: list[dict] | None = None, **options) -> pd.DataFrame:
    """What `classify` says of `SOURCE`; everything was read unless told."""
    made = [reading()] if readings is None else readings
    table = frame(codings, CODINGS)
    return classify(table, [SOURCE], SCHEME, readings=frame(made, READINGS), **options)


def held(table: pd.DataFrame, code_id: str = "strike") -> tuple[str, float | None]:
    """Verdict and score of one code."""
    (row,) = table[table["code"] == code_id].to_dict("records")
    return row["verdict"], None if pd.isna(row["score"]) else row["score"]


# The score.


@pytest.mark.parametrize(
    ("weights", "score", "verdict"),
    [
        ([], 0.0, "absent"),
        ([0.2], 0.2, "absent"),
        ([0.3], 0.3, "undecided"),
        ([0.4], 0.4, "undecided"),
        ([0.5999], 0.5999, "undecided"),
        ([0.6], 0.6, "present"),
        ([0.4, 0.4], 0.64, "present"),
        ([0.2, 0.2], 0.36, "undecided"),
        ([0.1, 0.1, 0.1, 0.1], 0.3439, "undecided"),
        ([0.7, 0.5], 0.85, "present"),
        ([1.0], 1.0, "present"),
        ([None], 1.0, "present"),
        ([None, 0.1], 1.0, "present"),
    ],
)
def test_the_score_is_what_the_passages_leave_open(
    weights: list[float | None], score: float, verdict: str
):
    """One minus the product of what each passage leaves open; by hand. No weight counts as 1."""
    codings = [coding(n, n + 1, confidence=weight) for n, weight in enumerate(weights)]
    assert held(verdicts(codings)) == (verdict, score)


def test_a_passage_counts_once_with_its_highest_weight():
    """Two codings of the same span are one passage; overlapping spans are two."""
    same = [coding(0, 5, confidence=0.4), coding(0, 5, confidence=0.3, coding_id="x")]
    assert held(verdicts(same)) == ("undecided", 0.4)
    whole = [coding(None, None, confidence=0.4), coding(None, None, confidence=0.3, coding_id="x")]
    assert held(verdicts(whole)) == ("undecided", 0.4)
    assert held(verdicts([coding(0, 5), coding(0, 6)])) == ("present", 0.64)


@given(st.lists(st.sampled_from([0.05, 0.1, 0.15, 0.3, 0.45, 0.6, 0.9]), max_size=12), st.randoms())
def test_the_order_of_passages_never_moves_a_score(weights: list[float], dice: random.Random):
    """Products in another order may differ in their last digits; scores do not."""
    codings = [coding(n, n + 1, confidence=weight) for n, weight in enumerate(weights)]
    shuffled = dice.sample(codings, len(codings))
    pd.testing.assert_frame_equal(verdicts(codings), verdicts(shuffled))
    verdict, score = held(verdicts(codings))
    assert score == pytest.approx(1 - math.prod(1 - weight for weight in weights), abs=1e-6)
    assert verdict == ("present" if score >= 0.6 else "undecided" if score >= 0.3 else "absent")


def test_thresholds_may_be_given():
    """They stand in place of the scheme's own."""
    codings = [coding(0, 5, confidence=0.5)]
    assert held(verdicts(codings, present=0.5))[0] == "present"
    assert held(verdicts(codings, undecided=0.51))[0] == "absent"
    assert held(verdicts([], present=0.0, undecided=0.0))[0] == "absent"


@pytest.mark.parametrize("threshold", [-0.1, 1.1, float("nan")])
def test_a_threshold_that_is_no_share_is_refused(threshold: float):
    """Scores are in [0, 1], and so are thresholds."""
    with pytest.raises(ValueError, match=r"\[0, 1\]"):
        verdicts([], present=threshold)


def test_a_denied_passage_does_not_count():
    """It is no evidence for the code and is not cited; a criticised or planned one is."""
    denied = coding(0, 5, confidence=0.9, stance="denied")
    table = verdicts([denied])
    assert held(table) == ("absent", 0.0)
    assert table.loc[0, "coding_ids"] == ()
    for stance in ("criticised", "planned"):
        assert held(verdicts([coding(0, 5, confidence=0.9, stance=stance)])) == ("present", 0.9)


# Readings.


def test_without_a_reading_there_is_no_absence():
    """A code that nobody looked for is not searched, and has no score."""
    table = verdicts([], [reading("strike")])
    assert held(table, "strike") == ("absent", 0.0)
    assert held(table, "law") == ("not_searched", None)
    assert set(verdicts([], [])["verdict"]) == {"not_searched"}


def test_a_reading_for_all_codes_is_one_for_each():
    """A null code means the whole scheme."""
    assert set(verdicts([], [reading()])["verdict"]) == {"absent"}


def test_what_was_found_needs_no_reading():
    """A coding shows presence by itself; one too weak for that shows no absence either."""
    assert held(verdicts([coding(0, 5, confidence=0.9)], [])) == ("present", 0.9)
    assert held(verdicts([coding(0, 5, confidence=0.4)], [])) == ("undecided", 0.4)
    table = verdicts([coding(0, 5, confidence=0.1)], [])
    assert held(table) == ("not_searched", None)
    assert table.loc[0, "coding_ids"] == ("strike-0-5-rule",)


def test_a_reading_of_a_part_shows_no_absence_from_the_whole():
    """Parts that make up the whole text, blanks and furniture apart, do."""
    half = reading(start=0, end=len(SOURCE.text) // 2)
    assert held(verdicts([], [half])) == ("not_searched", None)
    parts = [
        reading(start=unit.span.start, end=unit.span.end) for unit in find_units(SOURCE, "sentence")
    ]
    assert held(verdicts([], parts)) == ("absent", 0.0)
    assert held(verdicts([], parts[1:])) == ("not_searched", None)


def test_reading_every_unit_of_a_page_is_reading_it():
    """Borders of tables, white space and front matter hold nothing to read."""
    text = "---\ntitle: a\n---\n\n# T\n\n| a | b |\n| --- | --- |\n| c | d. |\n\nEnd.\n"
    page = Source("s", text, language="en", markup="markdown")
    readings = [
        reading(start=unit.span.start, end=unit.span.end, text_sha256=page.text_sha256)
        for unit in find_units(page, "sentence")
        if unit.zone != "furniture"
    ]
    table = classify(frame([], CODINGS), [page], SCHEME, readings=frame(readings, READINGS))
    assert set(table["verdict"]) == {"absent"}


def test_another_coders_reading_shows_nothing():
    """Each coder has verdicts of their own."""
    table = verdicts([coding(0, 5, coder="ana", confidence=None)], [reading("law")])
    assert [(row["coder"], row["code"], row["verdict"]) for row in table.to_dict("records")] == [
        ("ana", "strike", "present"),
        ("ana", "law", "not_searched"),
        ("ana", "aid", "not_searched"),
        ("rule", "strike", "not_searched"),
        ("rule", "law", "absent"),
        ("rule", "aid", "not_searched"),
    ]


# What may be passed.


def test_the_pair_that_code_returns_is_enough():
    """Its readings are used; a table of codings alone shows presence and no absence."""
    approach = read_scheme("approach")
    source = Source("a", "The miners went on strike.", language="en")
    coded = code([source], [approach])
    both = classify(coded, [source], approach)
    apart = classify(coded.codings, [source], approach, readings=coded.readings)
    pd.testing.assert_frame_equal(both, apart)
    assert sorted(set(both["verdict"])) == ["absent", "present"]
    alone = classify(coded.codings, [source], approach)
    assert sorted(set(alone["verdict"])) == ["not_searched", "present"]


def test_readings_that_are_given_take_the_place_of_those_in_the_pair():
    """So a study can add what people read."""
    pair = Coded(frame([], CODINGS), frame([reading()], READINGS))
    table = classify(pair, [SOURCE], SCHEME, readings=frame([reading("law")], READINGS))
    assert list(table["verdict"]) == ["not_searched", "absent", "not_searched"]


@pytest.mark.parametrize("kind", ["codings", "readings"])
def test_another_text_is_refused(kind: str):
    """A coding never attaches to a text with another checksum."""
    codings = [coding(0, 5, text_sha256="0" * 64)] if kind == "codings" else []
    readings = [reading(text_sha256="0" * 64)] if kind == "readings" else []
    with pytest.raises(ChecksumError, match="source 's'"):
        verdicts(codings, readings)


def test_a_code_that_the_scheme_does_not_have_is_refused():
    """Evidence must not vanish because its code was renamed or misspelt."""
    with pytest.raises(UnknownNameError, match="no code 'strikes'; it has strike, law, aid"):
        verdicts([coding(0, 5, "strikes")])


def test_other_schemes_and_other_sources_are_left_alone():
    """Their rows may stand in the same tables."""
    rows = [
        coding(0, 5, "other", scheme="claim"),
        coding(0, 5, source_id="t", text_sha256="0" * 64, confidence=None),
    ]
    assert set(verdicts(rows)["verdict"]) == {"absent"}


# The table.


def test_every_source_has_a_verdict_for_every_code():
    """Columns as declared, sources sorted, codes in the scheme's order."""
    other = Source("b", "Else.", language="en")
    table = classify(frame([], CODINGS), [SOURCE, other], SCHEME)
    assert list(table.columns) == names(VERDICTS)
    assert list(zip(table["source_id"], table["code"], strict=True)) == [
        (source, each) for source in ("b", "s") for each in CODES
    ]
    assert table["coder"].isna().all()
    assert classify(frame([], CODINGS), [], SCHEME).empty


def test_a_verdict_cites_its_codings_in_order_of_the_text():
    """So that a reader finds every passage, whatever the order of the rows."""
    rows = [coding(15, 20), coding(0, 5), coding(None, None), coding(0, 9)]
    table = verdicts(rows)
    assert table.loc[0, "coding_ids"] == (
        "strike-None-None-rule",
        "strike-0-5-rule",
        "strike-0-9-rule",
        "strike-15-20-rule",
    )
    assert table.loc[0, "n_evidence"] == 4


# Primary.


def primary(table: pd.DataFrame) -> list[str]:
    """The codes that are primary."""
    return list(table.loc[table["primary"], "code"])


def sure(start: int | None, end: int | None, code_id: str, **more) -> dict:
    """A coding that makes its code present."""
    return coding(start, end, code_id, confidence=None, **more)


def test_the_present_code_with_most_coded_characters_is_primary():
    """Length decides, not the number of codings; what overlaps counts once."""
    rows = [sure(0, 3, "strike"), sure(4, 7, "strike"), sure(8, 20, "law")]
    assert primary(verdicts(rows)) == ["law"]
    overlapping = [sure(0, 8, "strike"), sure(1, 8, "strike"), sure(0, 9, "law")]
    assert primary(verdicts(overlapping)) == ["law"]


def test_a_code_that_is_not_present_is_never_primary():
    """However much of the text is coded with it."""
    rows = [coding(0, 40, "strike"), sure(41, 43, "law")]
    assert primary(verdicts(rows)) == ["law"]
    assert primary(verdicts([coding(0, 40, "strike")])) == []


def test_ties_go_to_the_code_that_the_scheme_names_first():
    """Also where the rows come the other way round."""
    rows = [sure(0, 5, "aid"), sure(6, 11, "law")]
    assert primary(verdicts(rows)) == primary(verdicts(rows[::-1])) == ["law"]


def test_a_coding_of_the_whole_source_covers_it():
    """A person's verdict without a span outweighs a passage."""
    assert primary(verdicts([sure(None, None, "aid"), sure(0, 50, "law")])) == ["aid"]


def test_furniture_and_denied_passages_make_nothing_primary():
    """A person may have coded in a menu; that is not what the text is about."""
    text = (
        "---\ntitle: A very long title about the law and nothing else at all\n---\n\nThey struck."
    )
    page = Source("s", text, language="en", markup="markdown")
    body = text.index("They")
    rows = [
        sure(0, body - 2, "law", text_sha256=page.text_sha256),
        sure(body, body + 5, "strike", text_sha256=page.text_sha256),
        sure(body, len(text), "aid", stance="denied", text_sha256=page.text_sha256),
    ]
    table = classify(frame(rows, CODINGS), [page], SCHEME)
    assert primary(table) == ["strike"]
    assert primary(classify(frame(rows[:1], CODINGS), [page], SCHEME)) == ["law"]


CODED = st.lists(
    st.builds(
        lambda start, size, code_id, weight, coder, stance: coding(
            start, start + size, code_id, confidence=weight, coder=coder, stance=stance,
            coding_id=f"{start}{size}{code_id}{weight}{coder}{stance}",
        ),
        st.integers(0, 40), st.integers(1, 10), st.sampled_from(CODES),
        st.sampled_from([None, 0.1, 0.3, 0.6]), st.sampled_from(["ana", "ben"]),
        st.sampled_from(["asserted", "criticised", "denied"]),
    ),
    max_size=10,
)  # fmt: skip
READ = st.lists(
    st.builds(
        lambda code_id, coder: reading(code_id, coder=coder),
        st.sampled_from([None, *CODES]), st.sampled_from(["ana", "ben"]),
    ),
    max_size=4,
)  # fmt: skip


@given(CODED, READ)
def test_exactly_one_code_is_primary_where_anything_is_present(codings, readings):
    """For each coder; and none where nothing is."""
    table = verdicts(codings, readings)
    for _, own in table.groupby("coder", dropna=False):
        present = own["verdict"] == "present"
        assert own["primary"].sum() == int(present.any())
        assert not (own["primary"] & ~present).any()


@given(CODED, READ, st.randoms())
def test_the_order_of_rows_changes_nothing(codings, readings, dice: random.Random):
    """Logs are merged in any order."""
    shuffled = dice.sample(codings, len(codings)), dice.sample(readings, len(readings))
    pd.testing.assert_frame_equal(verdicts(codings, readings), verdicts(*shuffled))


@given(CODED, READ)
def test_renaming_coders_changes_only_their_names(codings, readings):
    """No coder is treated otherwise because of a name or a place in the order."""
    swapped = {"ana": "zoe", "ben": "abe"}

    def renamed(rows: list[dict]) -> list[dict]:
        return [{**row, "coder": swapped[row["coder"]]} for row in rows]

    before = verdicts(codings, readings)
    after = verdicts(renamed(codings), renamed(readings))
    before["coder"] = before["coder"].map(swapped).astype("string")
    order = ["coder", "source_id"]
    pd.testing.assert_frame_equal(
        before.sort_values(order, kind="stable", ignore_index=True),
        after.sort_values(order, kind="stable", ignore_index=True),
    )


@given(CODED, READ)
def test_nothing_is_absent_that_was_not_read(codings, readings):
    """An absent verdict rests on a reading by that coder for that code."""
    for row in verdicts(codings, readings).to_dict("records"):
        if row["verdict"] == "absent":
            assert any(
                each["coder"] == row["coder"] and each["code"] in (None, row["code"])
                for each in readings
            )
        assert pd.isna(row["score"]) == (row["verdict"] == "not_searched")
        assert row["n_evidence"] == len(row["coding_ids"])


@pytest.mark.parametrize("given", ["codings", "readings"])
def test_another_version_of_the_scheme_is_refused(given):
    """The message names the version found and the one in force."""
    old = {"scheme_version": "0.9.0"}
    rows = frame([coding(0, 3, **(old if given == "codings" else {}))], CODINGS)
    looked = frame([reading(**(old if given == "readings" else {}))], READINGS)
    with pytest.raises(VersionError, match=r"mini 0\.9\.0, but 1\.0\.0 is in force"):
        classify(rows, [SOURCE], SCHEME, readings=looked)
