"""The alphas of 2016: reasoned values, invariants, and a second way to the same number."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium.agreement.spans.continuum import Continuum, continuum, joined
from tertium.agreement.spans.resampling import Resamples
from tertium.agreement.spans.unitizing import bar_u_alpha, cu_alpha, k_u_alpha, u_alpha
from tertium.errors import InputError, TertiumError

from .conftest import text, texts

ALL = (u_alpha, bar_u_alpha, cu_alpha)
THREE = ("a", "b", "c")


def same(one: float, other: float) -> bool:
    """Equal, or both undefined."""
    return (math.isnan(one) and math.isnan(other)) or math.isclose(one, other, abs_tol=1e-9)


def by_position(one: Continuum) -> float:
    """u-alpha from a list of all positions, as the paper's equations are read."""
    at = np.zeros((len(one.coders), int(one.length)), dtype=object)
    for coder, start, end, value in zip(one.coder, one.start, one.end, one.value, strict=True):
        at[one.coders.index(coder), int(start) : int(end)] = value
    m = len(one.coders)
    total = at.size
    agreed = sum((at[i] == at[j]).sum() for i, j in permutations(range(m), 2)) / (m - 1)
    gaps = (at == 0).sum()
    own = gaps + ((one.end - one.start) ** 2).sum()
    shares = [(at == value).sum() for value in [0, *one.values]]
    if sum(share > 0 for share in shares) < 2:
        return math.nan
    expected = total - total * (sum(share**2 for share in shares) - own) / (total**2 - own)
    return 1 - (total - agreed) / expected


@given(texts(coders=THREE))
def test_a_list_of_positions_gives_the_same(one):
    """The sweep over stretches equals the count of positions."""
    assert same(u_alpha(one).value, by_position(one))


@given(texts(coders=THREE), st.permutations(THREE))
def test_names_and_order_of_coders_do_not_matter(one, names):
    """Renaming coders changes nothing."""
    new = dict(zip(THREE, names, strict=True))
    rows = [
        {"coder": new[coder], "start": start, "end": end, "value": value}
        for coder, start, end, value in zip(one.coder, one.start, one.end, one.value, strict=True)
    ]
    other = continuum(rows, length=one.length, coders=THREE)
    for alpha in ALL:
        assert same(alpha(one).value, alpha(other).value)


@given(texts(), st.integers(0, 20))
def test_where_in_the_text_spans_stand_does_not_matter(one, shift):
    """Moved along within a longer text, all values stay."""
    longer = Continuum("s", 50, one.coders, one.coder, one.start, one.end, one.value)
    moved = Continuum("s", 50, one.coders, one.coder, one.start + shift, one.end + shift, one.value)
    for alpha in ALL:
        assert same(alpha(longer).value, alpha(moved).value)


@given(texts(), texts())
def test_several_texts_are_one_text_end_to_end(one, other):
    """A list of texts gives what the joined text gives."""
    for alpha in ALL:
        assert same(alpha([one, other]).value, alpha(joined([one, other])).value)


@given(texts(coders=("a",)))
def test_identical_spans_agree_fully_or_show_nothing(one):
    """1 where something varies, else NaN with `no_variation`: never a made-up 1."""
    rows = [
        {"coder": coder, "start": start, "end": end, "value": value}
        for coder in THREE
        for start, end, value in zip(one.start, one.end, one.value, strict=True)
    ]
    twice = continuum(rows, length=one.length, coders=THREE)
    found = u_alpha(twice)
    kinds = len(one.values) + bool((one.end - one.start).sum() < one.length)
    if kinds > 1:
        assert found.value == pytest.approx(1)
    else:
        assert (math.isnan(found.value), found.reason) == (True, "no_variation")


@given(texts(coders=THREE))
def test_there_is_a_reason_just_where_there_is_no_value(one):
    """Never a bare NaN, never above 1."""
    for found in [*(alpha(one) for alpha in ALL), k_u_alpha(one, value="X")]:
        assert math.isnan(found.value) == bool(found.reason)
        assert not found.value > 1 + 1e-12


def test_one_coder_has_no_pairs():
    """One coder: `no_pairable_values`, whatever was marked."""
    for alpha in ALL:
        assert alpha(text(("a", 0, 4, "x"), length=9)).reason == "no_pairable_values"


def test_a_text_without_length_has_no_pairs():
    """Nothing to agree on."""
    assert u_alpha(text(coders=["a", "b"], length=0)).reason == "no_pairable_values"


def test_a_text_nobody_marked_shows_nothing():
    """All is gap for everybody: no variation."""
    one = text(coders=["a", "b"], length=9)
    assert u_alpha(one).reason == bar_u_alpha(one).reason == "no_variation"
    assert cu_alpha(one).reason == "no_pairable_values"
    assert k_u_alpha(one, value="x").reason == "no_pairable_values"


def test_a_coder_without_spans_counts():
    """Marked against unmarked is disagreement: below zero, as half of all pairs are mixed."""
    found = u_alpha(text(("a", 0, 4, "x"), length=9, coders=["a", "b"]))
    assert found.n_coders == 2
    assert found.value < 0


def test_the_cut_of_the_material_is_not_seen():
    """One span of 30 and three of 10 agree fully: 0/0 if there is nothing else (CONVENTIONS 1.2)."""
    spans = [("a", 0, 30, "x"), ("b", 0, 10, "x"), ("b", 10, 20, "x"), ("b", 20, 30, "x")]
    assert u_alpha(text(*spans, length=30)).reason == "no_variation"
    assert u_alpha(text(*spans, length=40)).value == 1


def test_overlapping_spans_of_a_coder_are_refused():
    """With what to do instead."""
    with pytest.raises(InputError, match="or gamma"):
        u_alpha(text(("a", 0, 4, "x"), ("a", 2, 6, "y"), ("b", 0, 4, "x"), length=9))


def test_more_than_two_coders_make_cu_and_ku_provisional():
    """The programs differ there; with two coders they do not."""
    spans = [("a", 0, 4, "x"), ("b", 0, 4, "y"), ("b", 5, 6, "x"), ("a", 5, 7, "x")]
    for alpha in (cu_alpha, lambda one: k_u_alpha(one, value="x")):
        assert not alpha(text(*spans, length=9)).concerns
        assert "provisional" in alpha(text(*spans, ("c", 0, 3, "x"), length=9)).concerns[0]


def test_results_name_year_and_family():
    """Three generations share one name: each result says which it is."""
    found = u_alpha(text(("a", 0, 4, "x"), ("b", 0, 5, "x"), length=9))
    assert (found.name, found.details["year"], found.details["family"]) == (
        "Krippendorff's u-alpha (2016)",
        2016,
        "u-alpha",
    )
    assert "u-alpha (2016) is 0." in found.in_words


def test_intervals_draw_whole_texts():
    """Seeded, the same twice; of one text there is none, and the method says why."""
    drawn = [
        text(("a", 0, 4, "x"), ("b", 0, 5 + at % 3, "x"), length=9 + at, coders=["a", "b"])
        for at in range(8)
    ]
    resamples = Resamples(times=200, seed=3)
    found, again = (u_alpha(drawn, resamples=resamples).interval for _ in range(2))
    assert found == again
    assert found.low <= u_alpha(drawn).value <= found.high
    assert found.low < found.high
    alone = u_alpha(drawn[0], resamples=resamples).interval
    assert math.isnan(alone.low)
    assert "one source only" in alone.method


def test_resamples_are_checked():
    """At least one, at a level between 0 and 1, from a seed that is one."""
    for wrong in ({"times": 0}, {"level": 1.5}, {"seed": -1}):
        with pytest.raises(TertiumError, match="at least 1"):
            Resamples(**wrong)
