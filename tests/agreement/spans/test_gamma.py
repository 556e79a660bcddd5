"""gamma: seeded, named after its sampler, taken together over texts as it says."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings

from tertium.agreement.spans.alignment import Dissimilarity, Spans, spans_by_coder
from tertium.agreement.spans.gamma import Chance, gamma
from tertium.agreement.spans.resampling import Resamples
from tertium.agreement.spans.samplers import SAMPLERS, sampler
from tertium.errors import UnknownNameError

from .conftest import text, texts

PAPER = Dissimilarity(alpha=1, beta=1)
SOME = text(
    ("a", 0, 4, "x"), ("a", 6, 10, "y"), ("a", 12, 17, "x"),
    ("b", 1, 4, "x"), ("b", 6, 9, "x"), ("b", 13, 18, "x"),
    ("c", 0, 5, "x"), ("c", 7, 10, "y"),
)  # fmt: skip


def of(one, kind="statistical", samples=20, **more):
    """Return gamma with the weights of the paper."""
    return gamma(one, dissimilarity=PAPER, chance=Chance(kind, samples=samples, **more))


@pytest.mark.parametrize("kind", SAMPLERS)
def test_the_same_seed_gives_the_same_number(kind):
    """And the result names sampler, samples and seed."""
    found = of(SOME, kind, seed=5)
    assert found == of(SOME, kind, seed=5)
    assert found.value != of(SOME, kind, seed=6).value
    assert (found.details["sampler"], found.details["samples"]) == (kind, 20)
    assert (found.details["seed"], found.details["year"]) == (5, 2015)
    assert kind.split("_")[0] in found.name


@pytest.mark.parametrize("kind", SAMPLERS)
def test_identical_spans_agree_fully(kind):
    """1, for any number of coders."""
    rows = [(coder, s, s + 5, v) for coder in "abc" for s, v in [(0, "x"), (9, "y"), (20, "x")]]
    assert of(text(*rows), kind).value == 1


@settings(max_examples=25)
@given(texts(coders=("a", "b", "c"), overlaps=True))
def test_there_is_a_reason_just_where_there_is_no_value(one):
    """Overlaps, coders without spans, texts without spans: never a traceback, never a bare NaN."""
    for kind in SAMPLERS:
        found = of(one, kind, samples=3)
        assert math.isnan(found.value) == bool(found.reason)
        assert not found.value > 1


@pytest.mark.parametrize("kind", SAMPLERS)
def test_delta_empty_only_sets_the_scale(kind):
    """Disorders are multiplied by it; gamma stays."""
    chance = Chance(kind, samples=10)
    one, other = (
        gamma(SOME, dissimilarity=Dissimilarity(2, 1, delta), chance=chance) for delta in (1, 2.5)
    )
    assert other.observed == pytest.approx(2.5 * one.observed)
    assert other.value == pytest.approx(one.value)


def test_undefined_has_a_reason():
    """One coder, no spans; chance that would put every span at the same place."""
    assert of(text(("a", 0, 4, "x"))).reason == "no_pairable_values"
    assert of(text(coders=["a", "b"])).reason == "no_pairable_values"
    # Without gaps and of one length: no variation, and not 1.
    whole = text(("a", 0, 4, "x"), ("a", 4, 8, "x"), ("b", 0, 4, "x"), ("b", 4, 8, "x"))
    assert of(whole).reason == "no_variation"


def test_how_the_material_is_cut_matters():
    """One span of 30 against three of 10: below zero, where u-alpha sees no difference."""
    cut = text(("a", 0, 30, "x"), ("b", 0, 10, "x"), ("b", 10, 20, "x"), ("b", 20, 30, "x"))
    assert of(cut, "shuffle_pivot", samples=100).value < 0


def test_several_texts_are_weighted_by_their_spans():
    """The disorders are means by number of spans; texts without spans are set aside."""
    other = text(("a", 0, 4, "x"), ("b", 2, 9, "y"), coders=["a", "b", "c"])
    empty = text(coders=["a", "b", "c"], length=20)
    both = of([SOME, other, empty], samples=40)
    parts = [of(SOME, samples=40), of(other, samples=40)]
    assert both.observed == pytest.approx((8 * parts[0].observed + 2 * parts[1].observed) / 10)
    assert both.value == pytest.approx(1 - both.observed / both.expected)
    assert both.set_aside == {"texts_without_spans": 1}


def test_a_precision_draws_more_samples():
    """As many as it takes to know the expected disorder to a share of itself."""
    rough, fine = of(SOME, samples=10), of(SOME, samples=10, precision=0.05)
    assert fine.details["samples"] > rough.details["samples"]
    assert fine.details["expected_error"] < rough.details["expected_error"]


def test_intervals_draw_whole_texts():
    """Seeded; none for one text."""
    drawn = [
        text(("a", 0, 4, "x"), ("a", 9, 12, "y"), ("b", at % 3, 4 + at, "x"), coders=["a", "b"])
        for at in range(6)
    ]
    found = gamma(
        drawn, dissimilarity=PAPER, chance=Chance("statistical"), resamples=Resamples(times=100)
    )
    assert found.interval.low < found.value < found.interval.high
    alone = gamma(
        drawn[0], dissimilarity=PAPER, chance=Chance("statistical"), resamples=Resamples(times=9)
    )
    assert math.isnan(alone.interval.low)


def test_samplers_and_samples_are_checked():
    """An unknown sampler and no sample are refused."""
    with pytest.raises(UnknownNameError, match="shuffle_pivot"):
        Chance("guess")
    with pytest.raises(ValueError, match="at least 1"):
        Chance("statistical", samples=0)


def test_shuffled_spans_keep_lengths_and_stay_in_reach():
    """Each chance coder holds a coder's spans, moved by a whole number, round the end."""
    coders = spans_by_coder(SOME)
    draw = sampler("shuffle_pivot", coders, 40.0)
    lengths = [sorted(each.end - each.start) for each in coders]
    chance = np.random.default_rng(2)
    for _ in range(50):
        for each in draw(chance):
            assert sorted(each.end - each.start) in lengths
            assert (each.start >= 0).all()
            assert (each.start <= 40).all()
            assert (each.start == each.start.astype(int)).all()


def test_shuffled_pivots_keep_their_distance():
    """While there is room, two coders are moved by numbers that differ by half a span or more."""
    coders = [Spans(np.array([0.0]), np.array([8.0]), np.array([at])) for at in range(2)]
    draw = sampler("shuffle_pivot", coders, 40.0)
    chance = np.random.default_rng(3)
    for _ in range(100):
        one, other = draw(chance)
        assert abs(one.start[0] - other.start[0]) >= 3


def test_statistical_spans_are_as_many_and_as_long():
    """Over many draws, numbers, lengths and values are about those of the coders."""
    draw = sampler("statistical", spans_by_coder(SOME), SOME.length)
    chance = np.random.default_rng(1)
    drawn = [each for _ in range(2000) for each in draw(chance)]
    lengths = np.concatenate([each.end - each.start for each in drawn])
    values = np.concatenate([each.value for each in drawn])
    assert lengths.mean() == pytest.approx(np.mean(SOME.end - SOME.start), abs=0.05)
    assert (values == 0).mean() == pytest.approx(6 / 8, abs=0.02)
    # Whole parts of a normal number with mean 8/3: about half less.
    assert 1.9 < np.mean([len(each) for each in drawn]) < 2.7
