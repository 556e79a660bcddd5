"""How alike two cases are: what both have, by what at least one has, on what is known of both."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.comparison.cases.described import Description
from tertium.comparison.cases.similarity import mean_similarity, similarities, similarity

KEYS = [("claim", f"code{number}") for number in range(6)]
CODES = st.dictionaries(st.sampled_from(KEYS), st.booleans())
VALUES = st.dictionaries(
    st.sampled_from(["country", "sector"]),
    st.frozensets(st.sampled_from("abcd"), min_size=1, max_size=3),
)


@st.composite
def descriptions(draw, case_id="case"):
    return Description(case_id, case_id, draw(CODES), draw(VALUES))


def case(case_id="a", values=None, **codes):
    return Description(case_id, case_id, {("claim", k): v for k, v in codes.items()}, values or {})


def test_by_hand():
    """One code of two in common, the same country, half of the sectors: 2.5 of 4."""
    one = case(
        wages=True, hours=True, values={"country": frozenset("c"), "sector": frozenset("xy")}
    )
    two = case(
        wages=True, hours=False, values={"country": frozenset("c"), "sector": frozenset("x")}
    )
    found = similarity(one, two)
    assert (found.shared, found.compared, found.value) == (2.5, 4, 0.625)


def test_what_neither_has_makes_no_likeness():
    """A code that is absent from both changes nothing."""
    one, two = case(wages=True), case(wages=True, hours=True)
    assert similarity(one, two).compared == 1
    one, two = case(wages=True, hours=False), case(wages=True, hours=False)
    assert similarity(one, two).compared == 1


def test_what_was_not_searched_in_one_is_not_compared():
    """Not searched is not absent: the pair is judged on the rest."""
    assert similarity(case(wages=True), case(wages=True, hours=True)).value == 1
    assert similarity(case(wages=True, hours=False), case(wages=True, hours=True)).value == 0.5


def test_nothing_to_compare_is_not_defined():
    """Two cases without anything known of both have no similarity, and a reason."""
    found = similarity(case(wages=False), case(wages=False))
    assert math.isnan(found.value)
    assert found.reason.startswith("not defined, because")


@given(descriptions(), descriptions())
def test_symmetry(one, other):
    """A case is as similar to another as the other to it."""
    assert similarity(one, other) == similarity(other, one)


@given(descriptions())
def test_a_case_is_as_similar_as_can_be_to_its_like(one):
    """Two identical cases have similarity 1, wherever it is defined."""
    found = similarity(one, one)
    assert math.isnan(found.value) if found.compared == 0 else found.value == 1


@given(descriptions(), descriptions(), st.permutations(KEYS))
def test_names_and_order_of_codes_change_nothing(one, other, names):
    """Codes may be called otherwise and come in another order."""
    called = dict(zip(KEYS, names, strict=True))

    def renamed(case):
        codes = {called[key]: has for key, has in reversed(list(case.codes.items()))}
        return Description(case.case_id, case.name, codes, case.values)

    assert similarity(renamed(one), renamed(other)) == similarity(one, other)


@given(descriptions(), descriptions())
def test_on_codes_alone_it_is_the_coefficient_of_jaccard(one, other):
    """Computed another way, by scipy, on the codes that are known of both."""
    from scipy.spatial.distance import jaccard

    both = sorted(set(one.codes) & set(other.codes))
    codes = [[each.codes[key] for key in both] for each in (one, other)]
    found = similarity(Description("a", "a", one.codes, {}), Description("b", "b", other.codes, {}))
    if found.compared:
        assert found.value == pytest.approx(1 - jaccard(*codes))


def test_mean_similarity_leaves_out_what_says_too_little():
    """Pairs of which one has too little have no weight; none left is not defined."""
    cases = {
        "a": case("a", wages=True, hours=True, contracts=False),
        "b": case("b", wages=True, hours=False, contracts=True),
        "c": case("c", wages=True),
    }
    pairs = similarities(cases)
    assert mean_similarity("a", list(cases), pairs, least=1) == ((1 / 3 + 1) / 2, 2)
    assert mean_similarity("a", list(cases), pairs, least=2) == (1 / 3, 1)
    assert math.isnan(mean_similarity("a", list(cases), pairs, least=3)[0])


def test_how_much_two_cases_have_does_not_hang_on_how_much_they_share():
    """Two alike with three codes each, and two unlike with three each, are told equally much."""
    codes = dict.fromkeys("uvwxyz", False)
    one = case("a", **codes | dict.fromkeys("uvw", True))
    alike = case("b", **codes | dict.fromkeys("uvw", True))
    unlike = case("c", **codes | dict.fromkeys("xyz", True))
    assert similarity(one, alike).had == similarity(one, unlike).had == 3
    assert similarity(one, alike).compared == 3
    assert similarity(one, unlike).compared == 6
