"""Where coders differ: what is an item, what is none, and that none is lost or doubled."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.agreement.adjudication.items import Places, find_places
from tertium.coding.logs.log import as_lines
from tertium.coding.logs.replay import replay
from tertium.errors import UnknownNameError, VersionError

from .conftest import APPROACH, SOURCES, coded, read


def places(
    *lines: dict[str, Any], coders: tuple[str, ...] = ("ana", "ben"), overlap: float = 0.5
) -> Places:
    """The places of a few lines."""
    tables = replay(as_lines(lines), sources=SOURCES)
    return find_places(tables, sources=SOURCES, scheme=APPROACH, coders=coders, overlap=overlap)


def kinds(found: Places) -> list[tuple[str, str]]:
    """Code and difference of each item."""
    return [(item.code, item.difference) for item in found.items]


BOTH_READ = (read("ana"), read("ben"))


def test_who_read_and_did_not_code_differs_from_who_coded() -> None:
    """A passage that one coded and the other read and left is a difference."""
    found = places(coded("ana", 0, 14), *BOTH_READ)
    assert kinds(found) == [("strike", "not coded")]
    assert found.items[0].silent == ("ben",)


def test_who_did_not_read_does_not_differ() -> None:
    """Without a reading there is no absence, so nothing to settle."""
    assert kinds(places(coded("ana", 0, 14), read("ana"), read("ben", 30, 40))) == []
    assert kinds(places(coded("ana", 0, 14), read("ana"), read("ben", 10, 40))) == [
        ("strike", "not coded")
    ]
    assert kinds(places(coded("ana", 0, 14), read("ana"), read("ben", code="ngo_paralegal"))) == []


@pytest.mark.parametrize(("overlap", "difference"), [(0.5, ""), (0.51, "boundary")])
def test_the_stated_share_decides_what_a_boundary_difference_is(
    overlap: float, difference: str
) -> None:
    """Passages that overlap by exactly the share agree."""
    lines = (coded("ana", 0, 10), coded("ben", 0, 5), *BOTH_READ)
    assert kinds(places(*lines, overlap=overlap)) == [("strike", difference)]


def test_one_long_passage_and_two_short_ones_are_one_place() -> None:
    """What a coder marked at a place counts together, however it is cut."""
    lines = (coded("ana", 0, 20), coded("ben", 0, 9), coded("ben", 10, 20), *BOTH_READ)
    (item,) = places(*lines).items
    assert (item.difference, item.overlap) == ("", 19 / 20)


def test_another_stance_is_a_difference() -> None:
    """The same passage as a plan and as a fact is not the same."""
    lines = (coded("ana", 0, 10), coded("ben", 0, 10, stance="planned"), *BOTH_READ)
    assert kinds(places(*lines)) == [("strike", "stance")]


def test_passages_that_only_touch_are_two_places() -> None:
    """Overlap means a character in common."""
    lines = (coded("ana", 0, 10), coded("ben", 10, 20), *BOTH_READ)
    assert kinds(places(*lines)) == [("strike", "not coded")] * 2


def test_a_verdict_on_the_whole_source_is_a_place_of_its_own() -> None:
    """Who holds the whole undecidable differs from who says nothing of it, beside passages."""
    undecided = coded("ana", None, value="undecided")
    lines = (undecided, coded("ben", 0, 14), *BOTH_READ)
    found = places(*lines)
    assert kinds(found) == [("strike", "verdict"), ("strike", "not coded")]
    assert found.items[0].span is None
    same = places(undecided, coded("ben", None, value="undecided"), *BOTH_READ)
    assert kinds(same) == [("strike", "")]


def test_a_third_coder_counts_where_she_read() -> None:
    """Of three coders those have a say who coded or read the place."""
    lines = (coded("ana", 0, 14), coded("ben", 0, 14), *BOTH_READ, read("cem", 50, 60))
    (item,) = places(*lines, coders=("ana", "ben", "cem")).items
    assert (item.coders, item.difference) == (("ana", "ben"), "")
    (item,) = places(*lines, read("cem", 0, 20), coders=("ana", "ben", "cem")).items
    assert (item.silent, item.difference) == (("cem",), "not coded")


def test_what_two_read_is_known_piece_by_piece() -> None:
    """A part read by one alone is not part of it; the whole is the whole."""
    found = places(read("ana"), read("ben", 5, 10), read("ben", 10, 12), read("ben", 20, 30))
    spans = found.read["first", "strike"]
    assert spans is not None
    assert [(one.start, one.end) for one in spans] == [(5, 12), (20, 30)]
    assert places(*BOTH_READ).read["first", "strike"] is None


@pytest.mark.parametrize(
    ("coders", "said"),
    [
        (("ana",), "name two coders"),
        (("ana", "ana"), "named twice"),
        (("ana", "eva"), "no coder 'eva'.*there are ana, ben"),
        (("ana", "both"), "'both' is what a decision is called"),
    ],
)
def test_names_that_can_not_be_are_refused(coders: tuple[str, ...], said: str) -> None:
    """The message says who there is."""
    with pytest.raises(UnknownNameError, match=said):
        places(*BOTH_READ, coders=coders)


@pytest.mark.parametrize("overlap", [0.0, 1.1, float("nan")])
def test_a_share_that_is_none_is_refused(overlap: float) -> None:
    """Zero would make any touch an agreement."""
    with pytest.raises(UnknownNameError, match="overlap"):
        places(*BOTH_READ, overlap=overlap)


def test_another_version_of_the_scheme_is_refused() -> None:
    """A definition that has changed since is not what the adjudicator reads."""
    old = {**read("ana"), "scheme_version": "1.0.0"}
    with pytest.raises(VersionError, match=r"ana with approach@1\.0\.0"):
        places(old, read("ben"))


# ---------------------------------------------------------------------------------------------
# Any logs

CODERS = ("ana", "ben", "cem")
CODES = ("strike", "ngo_paralegal")
SPANS = st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda one: (one[0], sum(one)))
CODED = st.builds(
    lambda coder, place, code, stance: coded(coder, *place, code=code, stance=stance),
    st.sampled_from(CODERS),
    st.one_of(SPANS, st.just((None, None))),
    st.sampled_from(CODES),
    st.sampled_from(["asserted", "denied"]),
)
READ = st.builds(
    lambda coder, place, code: read(coder, *place, code=code),
    st.sampled_from(CODERS),
    st.one_of(SPANS, st.just((None, None))),
    st.sampled_from([None, *CODES]),
)
LOGS = st.tuples(st.lists(CODED, max_size=8), st.lists(READ, max_size=5)).map(
    # Everybody has read something, else the name would be unknown.
    lambda both: [*both[0], *both[1], *(read(coder, 60, 61) for coder in CODERS)]
)


@given(lines=LOGS)
def test_every_disagreement_is_in_the_queue_exactly_once(lines: list[dict[str, Any]]) -> None:
    """Counted character by character, by another way: who coded against who read and did not."""
    found = places(*lines, coders=CODERS, overlap=1.0)
    in_items = [said.coding_id for item in found.items for said in item.said]
    assert len(in_items) == len(set(in_items))
    length = len(SOURCES[0].text)

    def covers(line: dict[str, Any], at: int) -> bool:
        return line["start"] is None or line["start"] <= at < line["end"]

    for code in CODES:
        passages = [
            x
            for x in lines
            if x["kind"] == "coding" and x["code"] == code and x["start"] is not None
        ]
        looked = [x for x in lines if x["kind"] == "reading" and x["code"] in (None, code)]
        for at in range(length):
            coders = {x["coder"] for x in passages if covers(x, at)}
            silent = {x["coder"] for x in looked if covers(x, at)} - coders
            there = [
                item
                for item in found.items
                if item.code == code and item.span and item.span.start <= at < item.span.end
            ]
            assert len(there) <= 1
            if coders and silent:
                assert [bool(item.difference) for item in there] == [True]


@given(lines=LOGS, seed=st.integers(0, 9))
def test_shuffled_and_doubled_logs_give_the_same_queue(
    lines: list[dict[str, Any]], seed: int
) -> None:
    """So a merge of two branches changes nothing; nor does the order of the names."""

    def told(found: Places) -> list[tuple[Any, ...]]:
        return [(x.id, x.code, x.span, x.difference, x.overlap, set(x.coders)) for x in found.items]

    shuffled = [*lines, *lines[:3]]
    random.Random(seed).shuffle(shuffled)
    first = told(places(*lines, coders=CODERS))
    assert told(places(*shuffled, coders=CODERS)) == first
    assert told(places(*shuffled, coders=CODERS[::-1])) == first
