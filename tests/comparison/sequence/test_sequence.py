"""Cases stand in time as far as their dates say, and what follows is counted with its passages."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.comparison.sequence.placed import DatedCase
from tertium.comparison.sequence.sequence import sequence
from tertium.comparison.sequence.transitions import following
from tertium.errors import UnknownNameError

from ..conftest import coding, make_tables, shuffled, source, verdict

APPROACHES = ("state_led", "ngo_paralegal", "strike")


def case(case_id, start=None, *, country="X", **facts):
    return {
        "case_id": case_id,
        "name": case_id.upper(),
        "country": country,
        "start": start,
        **facts,
    }


def told(*cases, holds, parts=()):
    """Each case told by a source of its own that holds the codes given."""
    sources = [source(each["case_id"], "It began so. Then it ended.") for each in cases]
    codings = [
        coding(case_id, "It began so.", "approach", code)
        for case_id, codes in holds.items()
        for code in codes
    ]
    verdicts = [
        verdict(case_id, "approach", code, "present" if code in codes else "absent")
        for case_id, codes in holds.items()
        for code in APPROACHES
    ]
    links = [{"case_id": each["case_id"], "source_id": each["case_id"]} for each in cases]
    return make_tables(
        sources, codings, verdicts=verdicts, cases=cases, case_sources=[*links, *parts]
    )


@pytest.fixture
def three():
    """A state-led case, then a strike, then an NGO; one more has no date."""
    return told(
        case("a", "2004"), case("b", "2010-03"), case("c", "2011"), case("d"),
        holds={"a": ["state_led"], "b": ["strike"], "c": ["ngo_paralegal"], "d": ["strike"]},
    )  # fmt: skip


def test_cases_in_order(three):
    """Cases stand by when they began; an undated one stands last, without a place."""
    result = sequence(three, scheme="approach", within="country", show="order")
    assert list(result.frame["case"]) == ["A", "B", "C", "D"]
    assert list(result.frame["place"]) == ["1", "2", "3", "undated"]
    assert list(result.frame["codes"]) == ["State-led", "Strike", "NGO and paralegal", "Strike"]
    assert "Undated and so in no order: 1 of 4 cases." in result.note
    assert list(result.evidence(2, "codes")["quote"]) == ["It began so."]


def test_what_follows(three):
    """Only the next case counts: state-led is followed by the strike, not by what follows that."""
    result = sequence(three, scheme="approach", within="country", show="transitions")
    assert result.frame.at["state_led", "strike"] == 1
    assert result.frame.at["strike", "ngo_paralegal"] == 1
    assert result.frame.at["state_led", "ngo_paralegal"] == 0
    assert int(result.frame.sum().sum()) == 2
    assert "Pairs of a case and its next: 2." in result.note
    assert "not thereby caused" in result.note


def test_the_passages_of_both_cases(three):
    """A cell leads to what is said of the earlier case, then of the later."""
    result = sequence(three, scheme="approach", within="country", show="transitions")
    found = result.evidence("strike", "ngo_paralegal")
    assert list(found["source_id"]) == ["b", "c"]
    assert list(found["code"]) == ["strike", "ngo_paralegal"]


def test_dates_that_overlap_have_no_order():
    """A year and a month in it can be either way round: no pair, and the places are left open."""
    tables = told(case("a", "2010"), case("b", "2010-07"), case("c", "2012"),
                  holds={"a": ["strike"], "b": ["strike"], "c": ["state_led"]})  # fmt: skip
    order = sequence(tables, scheme="approach", within="country", show="order")
    assert list(order.frame["place"]) == ["1–2", "1–2", "3"]
    grid = sequence(tables, scheme="approach", within="country", show="transitions")
    assert grid.frame.at["strike", "strike"] == 0
    assert grid.frame.at["strike", "state_led"] == 2
    assert "do not follow one another: 1." in grid.note


def test_an_end_alone_says_not_later():
    """A case that states its end alone began by then: it is before what began later, and no more."""
    tables = told(case("a", end="2008"), case("b", "2007"), case("c", "2009"),
                  holds={"a": ["strike"], "b": ["strike"], "c": ["strike"]})  # fmt: skip
    order = sequence(tables, scheme="approach", within="country", show="order")
    assert dict(zip(order.frame["case"], order.frame["place"], strict=True)) == {
        "A": "1–2", "B": "1–2", "C": "3",
    }  # fmt: skip


def test_groups_stay_apart():
    """Cases of two countries do not follow one another; with within="all" they do."""
    tables = told(case("a", "2004", country="X"), case("b", "2005", country="Y"),
                  holds={"a": ["strike"], "b": ["state_led"]})  # fmt: skip
    apart = sequence(tables, scheme="approach", within="country", show="transitions")
    assert apart.frame.isna().all(axis=None)
    assert apart.cell_text(0, 0) == "no pair of cases"
    assert apart.again(tables, within="all").frame.at["strike", "state_led"] == 1


def test_a_case_of_two_countries_stands_in_both():
    """A case of "X; Y" is in the order of both; two such cases that follow are one pair."""
    tables = told(case("a", "2004", country="X; Y"), case("b", "2005", country="X; Y"),
                  case("c", "2006", country="Y"),
                  holds={"a": ["strike"], "b": ["state_led"], "c": ["strike"]})  # fmt: skip
    order = sequence(tables, scheme="approach", within="country", show="order")
    assert list(order.frame["country"]) == ["X", "X", "Y", "Y", "Y"]
    assert "2 cases stand in several groups." in order.note
    grid = sequence(tables, scheme="approach", within="country", show="transitions")
    assert grid.frame.at["strike", "state_led"] == 1
    assert "Pairs of a case and its next: 2." in grid.note
    assert "of 3 dated cases" in grid.note


def test_undecided_is_not_absent(three):
    """A code that is left open is neither there nor absent: it is named, and no pair counts it."""
    verdicts = three.verdicts.copy()
    is_open = verdicts["source_id"].eq("b") & verdicts["code"].eq("ngo_paralegal")
    verdicts.loc[is_open, "verdict"] = "undecided"
    made = replace(three, verdicts=verdicts)
    order = sequence(made, scheme="approach", within="country", show="order")
    assert order.frame.at[2, "codes"] == "Strike; undecided: NGO and paralegal"
    grid = sequence(made, scheme="approach", within="country", show="transitions")
    # Only a to b, where it is open in b.
    two = replace(made, cases=made.cases[made.cases["case_id"].isin(["a", "b"])])
    pair = grid.again(two)
    assert pair.frame.isna().at["state_led", "ngo_paralegal"]
    assert pair.frame.at["state_led", "strike"] == 1


def test_an_uncertain_date_makes_no_order():
    """A date marked as uncertain or approximate may lie off by any amount."""
    tables = told(case("a", "2004?"), case("b", "2010~"), case("c", "2012"),
                  holds={"a": ["strike"], "b": ["strike"], "c": ["strike"]})  # fmt: skip
    order = sequence(tables, scheme="approach", within="country", show="order")
    assert list(order.frame["place"]) == ["1", "uncertain", "uncertain"]
    assert "in no order: 2 of 3 cases" in order.note
    grid = sequence(tables, scheme="approach", within="country", show="transitions")
    assert grid.frame.isna().all(axis=None)


def test_a_case_began_no_later_than_it_ended():
    """A case of 2010 that ended in March 2010 is before one of July 2010."""
    tables = told(case("a", "2010", end="2010-03"), case("b", "2010-07"),
                  holds={"a": ["strike"], "b": ["state_led"]})  # fmt: skip
    grid = sequence(tables, scheme="approach", within="country", show="transitions")
    assert grid.frame.at["strike", "state_led"] == 1


def test_cases_of_no_stated_group_are_in_no_order():
    """Cases whose sector nobody states are not put in order with one another."""
    tables = told(case("a", "2004"), case("b", "2005"), holds={"a": ["strike"], "b": ["strike"]})
    result = sequence(tables, scheme="approach", within="sector", show="order")
    assert list(result.frame["place"]) == ["", ""]
    grid = sequence(tables, scheme="approach", within="sector", show="transitions")
    assert grid.frame.isna().all(axis=None)


def test_only_the_part_that_tells_the_case():
    """A code that stands in another part of the source is not the case's."""
    text = "A strike began. The union spoke."
    tables = make_tables(
        [source("s", text)],
        [coding("s", "A strike began.", "approach", "strike"), coding("s", "The union spoke.", "approach", "state_led")],
        verdicts=[verdict("s", "approach", "strike", "present"), verdict("s", "approach", "state_led", "present"),
                  verdict("s", "approach", "ngo_paralegal", "absent")],
        cases=[case("a", "2004"), case("b", "2005"), case("c", "2006")],
        case_sources=[{"case_id": "a", "source_id": "s", "start": 0, "end": 15},
                      {"case_id": "b", "source_id": "s", "start": 16, "end": 32}],
    )  # fmt: skip
    result = sequence(tables, scheme="approach", within="country", show="order")
    assert list(result.frame["codes"]) == ["Strike", "State-led", "not searched"]


def test_one_source_of_two_cases_is_told():
    """Where one source tells both cases of a pair as a whole, the note says so."""
    tables = told(case("a", "2004"), case("b", "2005"), holds={"a": ["strike"], "b": ["strike"]},
                  parts=[{"case_id": "b", "source_id": "a"}])  # fmt: skip
    result = sequence(tables, scheme="approach", within="country", show="transitions")
    assert "1 with both cases told by one source" in result.note


def test_not_searched_is_no_zero():
    """A code that was not looked for in either case of any pair is null, one that was is 0."""
    tables = told(case("a", "2004"), case("b", "2005"), holds={"a": ["strike"], "b": ["strike"]})
    verdicts = tables.verdicts[tables.verdicts["code"] != "ngo_paralegal"]
    result = sequence(
        replace(tables, verdicts=verdicts), scheme="approach", within="all", show="transitions"
    )
    assert result.frame.isna().at["ngo_paralegal", "strike"]
    assert result.frame.at["state_led", "strike"] == 0
    assert result.missing == "not searched"


def test_small_groups_are_left_out(three):
    """Groups with too few dated cases are left out, and counted."""
    result = sequence(three, scheme="approach", within="country", show="order", least=4)
    assert result.frame.empty
    assert "Left out: 1 group with fewer than 4 dated cases." in result.note


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"scheme": "claims"}, "approach"),
        ({"within": "year"}, "sector"),
        ({"show": "all"}, "order"),
    ],
)
def test_what_there_is_not_is_refused(three, change, message):
    """A wrong argument is answered with what there is."""
    arguments = {"scheme": "approach", "within": "all", "show": "order"} | change
    with pytest.raises(UnknownNameError, match=message):
        sequence(three, **arguments)


def test_rows_have_no_order(three):
    """The order of the tables' rows changes nothing."""
    mixed = shuffled(three, lambda n: random.Random(3).sample(range(n), n))
    for show in ("order", "transitions"):
        result = sequence(three, scheme="approach", within="country", show=show)
        assert repr(result.again(mixed)) == repr(result)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), max_size=8))
def test_what_follows_makes_up_all_that_is_before(spans):
    """Steps from a case to its next, taken one after another, lead to every later case and no other."""
    cases = [
        DatedCase(str(number), "", "", ("",), str(first), str(first + length), True)
        for number, (first, length) in enumerate(spans)
    ]
    # Days of one digit, so that texts sort as numbers do.
    cases = [each for each in cases if len(each.last) == 1]
    later = {(one.id, other.id) for one in cases for other in cases if one.is_before(other)}
    steps = {(one.id, other.id) for one, other in following(cases)}
    reached = set(steps)
    for _ in cases:
        reached |= {(a, d) for a, b in reached for c, d in steps if b == c}
    assert reached == later
    assert not any((a, c) in steps and (c, b) in steps for a, b in steps for c in dict(later))
