"""How strongly codes and groups go together, and when a test is refused."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tertium.bundle import Sampling
from tertium.comparison.crosstabs.crosstab import crosstab
from tertium.comparison.shares.association import association
from tertium.comparison.statistics.exact import freeman_halton
from tertium.comparison.tellings import together
from tertium.errors import UnknownNameError
from tertium.study import open_study

from ..conftest import coding, everything_read, make_tables, source, verdict

RANDOM = Sampling(design="random", why="Drawn by lot.")


def told(voices, present, *, cases=None, sampling=RANDOM, undecided=(), second="absent"):
    """A source a letter: its voice, and whether "strike" is present in it."""
    ids = [f"s{number:02d}" for number in range(len(voices))]
    names = {"n": "ngo", "c": "company", "p": "newspaper", " ": ""}
    verdicts = []
    for number, each in enumerate(ids):
        value = "present" if present[number] == "+" else "absent"
        if number in undecided:
            value = "undecided"
        verdicts.append(verdict(each, "approach", "strike", value))
        verdicts.append(verdict(each, "approach", "state_led", second))
    tables = make_tables(
        [source(each, "A text.", voice=names[voices[n]]) for n, each in enumerate(ids)],
        verdicts=verdicts,
        cases=[{"case_id": case, "name": case} for case in sorted(set(cases or ""))],
        case_sources=[
            {"case_id": case, "source_id": each} for each, case in zip(ids, cases or "", strict=bool(cases))
        ],
    )  # fmt: skip
    return replace(tables, sampling=sampling)


def row(tables, code="strike", **more):
    result = association(tables, rows="approach", columns="voice", resamples=200, **more)
    return result, result.frame.loc[code]


def test_the_table_and_what_stands_out():
    """Seven of ten NGOs and one of ten companies: NGOs have three more than expected."""
    result, found = row(told("n" * 10 + "c" * 10, "+" * 7 + "-" * 3 + "+" + "-" * 9))
    assert (found["sources"], found["present"]) == (20, 8)
    assert found["largest"] in ("ngo", "company")
    assert abs(found["found"] - found["expected"]) == 3
    assert abs(found["residual"]) == pytest.approx(3 / (4 * 0.6 * 0.5) ** 0.5)
    assert 0 <= found["low"] <= found["effect"] <= found["high"] <= 1
    assert "rule of five, Cochran 1954" in result.note


def test_small_tables_are_tested_exactly():
    """Sources drawn by lot, each its own case: the exact test of the table."""
    _, found = row(told("n" * 10 + "c" * 10, "+" * 7 + "-" * 3 + "+" + "-" * 9))
    assert found["p"] == pytest.approx(freeman_halton([[7, 1], [3, 9]]).p)
    assert found["p_holm"] == found["p"]
    assert found["test"].endswith("(exact)")


@pytest.mark.parametrize(
    ("sampling", "words"),
    [
        (None, "no test: sources not drawn by lot"),
        (Sampling(design="convenience", why="Found."), "no test: sources not drawn by lot"),
        (Sampling(design="census", why="All."), "no test: all sources were taken"),
    ],
)
def test_without_a_lot_there_is_no_test(sampling, words):
    """A test asks what a lot would do; the note says what it would need."""
    result, found = row(told("n" * 10 + "c" * 10, "+" * 7 + "-" * 13, sampling=sampling))
    assert found["test"] == words
    assert pd.isna(found["p"])
    assert "lot" in result.note
    assert found["effect"] > 0


@pytest.mark.parametrize(
    ("voices", "present", "words"),
    [
        ("nnnnnccccc", "+---------", "no test: 1 source on one side"),
        ("nnnnnccccc", "++++++++++", "no test: 0 sources on one side"),
        ("nnnnnnnnnc", "+++++-----", "no test: fewer than two groups of two sources"),
        ("nncc", "++--", "no test: p could not fall below 0.33"),
    ],
)
def test_too_few_sources_bear_no_test(voices, present, words):
    """Fewer than two on a side, or margins with which p could never be small."""
    _, found = row(told(voices, present))
    assert found["test"] == words
    assert pd.isna(found["p"])


def test_many_small_groups_have_no_interval():
    """Nine sources in three groups are fewer than five a group: an effect, and no interval."""
    result, found = row(told("nnncccppp", "+++------"))
    # All goes together; what chance adds to a table of nine is taken off.
    assert found["effect"] == pytest.approx((0.75 / 0.875) ** 0.5)
    assert pd.isna(found["low"])
    assert "fewer than 5 sources a group" in result.note
    _, none = row(told("nnncccppp", "+--------"))
    assert pd.isna(none["effect"])
    alone = association(told("nnnccc", "+++---"), rows="kind", columns="voice").frame.loc["kind"]
    assert alone["test"] == "no test: fewer than two groups"


def test_sources_of_one_case_count_as_one():
    """Twelve sources that tell six cases twice are six: p cannot fall below one in twenty."""
    voices, present = "nnnnnncccccc", "++++++------"
    _, alone = row(told(voices, present))
    _, cases = row(told(voices, present, cases="aabbccddeeff"))
    assert alone["p"] == pytest.approx(2 / 924)
    assert "by cases" in cases["test"] or "p could not fall below" in cases["test"]
    assert pd.isna(cases["p"]) or cases["p"] > 10 * alone["p"]
    _, strict = row(told(voices, present, cases="aabbccddeeff"), level=0.96)
    assert strict["test"] == "no test: p could not fall below 0.1"


def test_cases_are_joined_over_steps():
    """A source of two cases ties the tellers of both."""
    ties = {"a": ["x"], "b": ["x", "y"], "c": ["y"], "d": []}
    assert together(["c", "a", "d", "b"], ties) == ["a", "a", "d", "a"]


def test_parts_stand_in_place_of_what_they_are_compiled_to():
    """With parts a question about voices has theirs, tied together, and not the digest's."""
    tables = told("n" * 10 + "c" * 10, "+" * 7 + "-" * 13)
    whole = tables.sources.copy()
    whole.loc[whole["source_id"].isin(["s00", "s10"]), "part_of"] = "s19"
    tables = replace(tables, sources=whole)
    assert row(tables)[1]["sources"] == 18
    _, found = row(tables, parts=True)
    assert found["sources"] == 19
    assert "by cases" in found["test"]


def test_what_is_not_known_is_left_out():
    """Undecided verdicts and sources without a voice are in no table."""
    result, found = row(told("n" * 6 + "c" * 6 + " ", "+-" * 6 + "+", undecided=(0,)))
    assert found["sources"] == 11
    assert "at least 11 of 13 counted sources" in result.note


def test_holm_is_told():
    """Two tests in a table: p of each is made stricter, and the note says why."""
    voices, present = "n" * 10 + "c" * 10, "+" * 7 + "-" * 13
    tables = told(voices, present)
    verdicts = tables.verdicts.copy()
    second = verdicts["code"] == "state_led"
    verdicts.loc[second, "verdict"] = ["present" if at % 2 else "absent" for at in range(20)]
    result, found = row(replace(tables, verdicts=verdicts))
    assert found["p_holm"] == pytest.approx(2 * found["p"])
    assert "Among 2" in result.note


def test_nobody_looked(make):
    """A code that nobody looked for has no effect, no test, and is not called absent."""
    result, found = row(told("nncc", "+-+-"), code="ngo_paralegal")
    assert pd.isna(found["effect"])
    assert found["test"] == "not searched"
    at = list(result.frame.index).index("ngo_paralegal")
    assert result.cell_text(at, list(result.frame.columns).index("present")) == "not searched"


def test_two_groupings():
    """Voice against case: one row, tested by permutation where it has more than two rows."""
    tables = told("n" * 6 + "c" * 6 + "p" * 6, "+" * 18)
    rows = tables.sources.copy()
    rows["language"] = ["en"] * 6 + ["zh"] * 6 + ["ru"] * 6
    tables = replace(tables, sources=rows)
    result = association(tables, rows="voice", columns="language", resamples=200, permutations=999)
    assert list(result.frame.index) == ["voice"]
    assert result.frame.loc["voice", "effect"] == pytest.approx(1)
    assert pd.isna(result.frame.loc["voice", "present"])
    assert result.frame.loc["voice", "p"] == pytest.approx(1 / 1000)


@pytest.fixture(scope="module")
def shipped():
    return open_study("labour-organising").tables


@pytest.mark.parametrize("columns", ["voice", "country", "kind", "case", "sector", "region"])
def test_it_counts_what_a_crosstab_counts(shipped, columns):
    """Present, expected and residual are those of the crosstab, also for parts of sources."""
    how = {"rows": "approach", "columns": columns}
    listed = association(shipped, resamples=9, **how).frame
    counted = crosstab(shipped, **how).frame
    residuals = crosstab(shipped, show="residuals", **how).frame
    defined = listed[listed["residual"].notna()]
    assert len(defined) or columns in ("kind", "case")
    for code, found in defined.iterrows():
        assert found["found"] == counted.at[code, found["largest"]]
        assert found["residual"] == pytest.approx(residuals.at[code, found["largest"]])
        there = residuals.loc[code].drop(["not stated", "undated"], errors="ignore").dropna()
        assert abs(found["residual"]) == pytest.approx(there.abs().max())


def in_parts(**more):
    """Six sources that tell two cases each, in a half of their text; strikes in the first."""
    text = "They struck. They sang."
    ids = [f"s{number:02d}" for number in range(6)]
    return replace(
        make_tables(
            [source(each, text, voice="ngo" if each < "s03" else "company") for each in ids],
            [coding(each, "They struck.", "approach", "strike") for each in ids],
            verdicts=[verdict(each, "approach", "strike", "present") for each in ids],
            cases=[{"case_id": each, "name": each} for each in "xy"],
            case_sources=[
                {"case_id": case, "source_id": each, "start": start, "end": end}
                for each in ids for case, start, end in (("x", 0, 12), ("y", 13, 23))
            ],
            readings=everything_read(*ids),
        ),
        sampling=RANDOM, **more,
    )  # fmt: skip


def test_a_code_is_in_the_part_that_tells_the_case():
    """All strikes stand in the part of case x, none in that of y: not the same in both."""
    result = association(in_parts(), rows="approach", columns="case", resamples=50, permutations=99)
    found = result.frame.loc["strike"]
    assert (found["sources"], found["present"]) == (6, 6)
    assert found["effect"] > 0.9
    assert "counts it more than once" in result.note
    counted = crosstab(in_parts(), rows="approach", columns="case").frame.loc["strike"]
    assert list(counted) == [6, 0]
    # All of one case are one: nothing can be dealt out otherwise.
    assert found["test"] == "no test: p could not fall below 1"


def test_two_axes_from_cases_are_refused():
    """A source tells several cases: its sector and its region need not be of one case."""
    with pytest.raises(UnknownNameError, match="both from cases"):
        association(in_parts(), rows="sector", columns="region")


def test_an_interval_counts_what_is_drawn_apart_and_holds_its_figure():
    """Twenty sources of ten cases bear an interval, of nine cases none."""
    voices, present = "n" * 10 + "c" * 10, "++--+++---" + "+---------"
    ten = row(told(voices, present, cases="aabbccddeeffgghhiijj"))[1]
    assert ten["low"] <= ten["effect"] <= ten["high"]
    nine = row(told(voices, present, cases="aabbccddeeffgghhiiii"))[1]
    assert pd.isna(nine["low"])


def test_nobody_stands_in_a_group():
    """Sources that were searched but have no voice are not called unsearched."""
    result, found = row(told("    ", "+-+-"))
    assert found["test"] == "no test: no source stands in a group"
    place = list(result.frame.index).index("strike")
    present = list(result.frame.columns).index("present")
    assert result.cell_text(place, present) == "no source stands in a group"


def test_a_code_is_not_set_against_itself():
    """Whether strikes are there tells whether strikes are there; the row is left out."""
    result = association(told("nncc", "+-+-"), rows="approach", columns="approach:strike")
    assert "strike" not in result.frame.index
    assert "Strike is left out" in result.note


def test_the_farthest_of_many_is_far_by_chance():
    """The note says how often one of so many groups is beyond 2; of two it is one chance."""
    many = row(told("nnnnccccpppp", "+++--+--+-+-"))[0]
    assert "the farthest of 3 is beyond 2 by chance alone in about 13 of 100" in many.note
    assert "by chance alone" not in row(told("nnnncccc", "+++--+--"))[0].note


@pytest.mark.parametrize("wrong", [{"level": 2}, {"seed": -1}, {"resamples": 0}])
def test_numbers_that_make_no_interval_are_refused(wrong):
    """With the error that every wrong argument has."""
    with pytest.raises(UnknownNameError, match=next(iter(wrong))):
        association(told("nncc", "+-+-"), rows="approach", columns="voice", **wrong)


def test_the_same_again():
    """The result can be computed again, to the letter, and with other arguments."""
    tables = told("n" * 10 + "c" * 10, "+" * 7 + "-" * 13)
    result, _ = row(tables)
    assert repr(result.again(tables)) == repr(result)
    assert result.again(tables, columns="kind").params["columns"] == "kind"


def test_copies_change_nothing():
    """A copy of a source is the same work, and no second source."""
    tables = told("n" * 10 + "c" * 10, "+" * 7 + "-" * 13)
    result, _ = row(tables)
    copy = tables.sources.iloc[[0]].assign(source_id="copy", copy_of="s00")
    more = replace(tables, sources=pd.concat([tables.sources, copy], ignore_index=True))
    assert repr(result.again(more)) == repr(result)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"rows": "voice", "columns": "approach"}, "approach:state_led"),
        ({"rows": "voice", "columns": "voice"}, "name two"),
        ({"rows": "voice", "columns": "colour"}, "no axis"),
        ({"rows": "approach", "columns": "voice", "permutations": 0}, "at least 1"),
    ],
)
def test_what_there_is_not_is_refused(arguments, words):
    """A wrong axis or number is answered with what would be right."""
    with pytest.raises(UnknownNameError, match=words):
        association(told("nncc", "+-+-"), **arguments)
