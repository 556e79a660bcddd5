"""Two ways to one number: each coefficient by its definition, pair by pair, and by sums."""

from __future__ import annotations

from functools import partial
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.agreement.coefficients.alpha import krippendorff_alpha
from tertium.agreement.coefficients.counts import unit_table
from tertium.agreement.coefficients.gwet import brennan_prediger, gwet_ac
from tertium.agreement.coefficients.kappa import cohen_kappa, conger_kappa, light_kappa
from tertium.agreement.coefficients.percent import agreeing_pairs, percent_agreement
from tertium.agreement.coefficients.pi import fleiss_kappa
from tertium.agreement.coefficients.weights import WEIGHTS, agreement_weights
from tertium.agreement.distance import circular, ratio

GAP = np.nan
LONE_VARY = "no_variation_where_paired"
NUMBERS = st.sampled_from([GAP, 1.0, 2.0, 3.0, 5.0, 8.0])
FEW_CODERS = st.integers(2, 4)


@st.composite
def tables(draw, *, coders=FEW_CODERS, cells=NUMBERS):
    """A table of some coders by some units."""
    n_coders, n_units = draw(coders), draw(st.integers(1, 8))
    unit = st.lists(cells, min_size=n_coders, max_size=n_coders)
    return np.array(draw(st.lists(unit, min_size=n_units, max_size=n_units)), dtype=float).T


def codings_of(coded, *, least):
    """The codings of each unit that has at least so many."""
    units = [[one for one in unit if not np.isnan(one)] for unit in coded.T]
    return [unit for unit in units if len(unit) >= least]


def rank_difference(values):
    """Krippendorff's ordinal difference, summed over the margins between two values."""

    def distance(one, other):
        low, high = min(one, other), max(one, other)
        between = sum(low <= value <= high for value in values)
        return (between - (values.count(low) + values.count(high)) / 2) ** 2 if low < high else 0.0

    return distance


def distances(level, values):
    """The distance of a level as a function of two numbers."""
    return {
        "nominal": lambda one, other: float(one != other),
        "ordinal": rank_difference(values),
        "interval": lambda one, other: (one - other) ** 2,
        "ratio": lambda one, other: float(ratio(np.array(one), np.array(other))),
        "circular": lambda one, other: float(circular(one, other, circumference=9)),
    }[level]


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio", "circular"])
@settings(max_examples=25)
@given(coded=tables())
def test_alpha_is_mean_distance_in_units_over_mean_distance_of_all(level, coded):
    """Sums of squares, sines or counts give what all pairs of codings give."""
    options = {"circumference": 9} if level == "circular" else {}
    found = krippendorff_alpha(coded, level=level, **options)
    units = codings_of(coded, least=2)
    values = [one for unit in units for one in unit]
    if len(set(values)) < 2:
        everywhere = "no_variation" if len(set(coded[~np.isnan(coded)])) < 2 else LONE_VARY
        assert found.reason == (everywhere if values else "no_pairable_values")
        return
    distance = distances(level, values)
    inside = sum(
        2 * sum(distance(*pair) for pair in combinations(unit, 2)) / (len(unit) - 1)
        for unit in units
    )
    anywhere = 2 * sum(distance(*pair) for pair in combinations(values, 2))
    assert found.observed == pytest.approx(inside / len(values), abs=1e-12)
    assert found.expected == pytest.approx(anywhere / len(values) / (len(values) - 1))


@pytest.mark.parametrize("weights", WEIGHTS)
@settings(max_examples=25)
@given(coded=tables())
def test_chance_corrected_agreement_is_that_of_its_definition(weights, coded):
    """Fleiss, Conger, AC and Brennan-Prediger from loops over units, pairs and categories."""
    table = unit_table(coded)
    units, rated = codings_of(coded, least=2), codings_of(coded, least=1)
    if not units:
        assert gwet_ac(coded, weights=weights, weight_basis="value").reason == "no_pairable_values"
        return
    names, credit = table.values.tolist(), agreement_weights(table, weights, "value")
    credit = np.eye(len(names)) if credit is None else credit
    place = {name: index for index, name in enumerate(names)}
    observed = np.mean(
        [
            np.mean([credit[place[one], place[other]] for one, other in combinations(unit, 2)])
            for unit in units
        ]
    )
    shares = np.mean([[unit.count(name) / len(unit) for name in names] for unit in rated], axis=0)
    own = [
        [(row == name).sum() / (~np.isnan(row)).sum() for name in names]
        for row in coded
        if not np.isnan(row).all()
    ]
    expected = {
        fleiss_kappa: shares @ credit @ shares,
        conger_kappa: np.mean(
            [np.array(one) @ credit @ np.array(other) for one, other in combinations(own, 2)]
        ),
        brennan_prediger: credit.mean(),
    }
    if len(names) > 1:
        spread = (shares * (1 - shares)).sum()
        expected[gwet_ac] = credit.sum() * spread / (len(names) * (len(names) - 1))
    for function, by_chance in expected.items():
        found = function(coded, weights=weights, weight_basis="value")
        if found.reason == "one_category":
            continue
        assert found.observed == pytest.approx(observed)
        assert found.expected == pytest.approx(by_chance)
        if found.is_defined and by_chance < 1:
            assert found.value == pytest.approx((observed - by_chance) / (1 - by_chance))


@settings(max_examples=25)
@given(coded=tables())
def test_lights_kappa_is_the_mean_of_cohens(coded):
    """Over the pairs of coders who share a unit; undefined where one of the pairs is."""
    pairs = [
        cohen_kappa(coded[list(pair)], weights="identity")
        for pair in combinations(range(len(coded)), 2)
    ]
    pairs = [pair for pair in pairs if pair.reason != "no_pairable_values"]
    found = light_kappa(coded)
    if not pairs:
        assert found.reason == "no_pairable_values"
    else:
        expected = np.mean([pair.value for pair in pairs])
        assert found.value == pytest.approx(expected, nan_ok=True)


@settings(max_examples=25)
@given(coded=tables())
def test_percent_over_pairable_values_is_what_alpha_observes(coded):
    """1 less the observed disagreement of nominal alpha."""
    found = percent_agreement(coded, average="pairable_values")
    alpha = krippendorff_alpha(coded, level="nominal")
    if alpha.is_defined:
        assert found.value == pytest.approx(1 - alpha.observed)


@settings(max_examples=25)
@given(coded=tables(coders=st.integers(4, 6)))
def test_agreeing_pairs_are_counted_alike_by_squares_and_pair_by_pair(coded):
    """More categories than pairs of coders make the table count the other way."""
    few = unit_table(coded)
    many = unit_table(coded, categories=[1, 2, 3, 5, 8, *range(20, 60)])
    counted = [
        sorted(zip(agreeing_pairs(one, None), one.units, strict=True)) for one in (few, many)
    ]
    assert counted[0] == counted[1]


@settings(max_examples=25)
@given(coded=tables(cells=st.one_of(st.just(GAP), st.floats(0, 100))))
def test_many_distinct_ordinal_values_are_summed_unit_by_unit_to_the_same(coded):
    """Past forty values ordinal alpha takes another way; with idle categories it must not differ."""
    values = sorted({float(one) for one in coded[~np.isnan(coded)]})
    idle = list(np.arange(200.0, 260.0))
    few = krippendorff_alpha(coded, level="ordinal")
    many = krippendorff_alpha(coded, level="ordinal", categories=[*values, *idle])
    assert few.reason == many.reason
    assert many.value == pytest.approx(few.value, nan_ok=True)


def test_interval_alpha_needs_no_values_by_values():
    """100,000 distinct numbers, whose matrix of differences would take 80 GB."""
    rng = np.random.default_rng(1)
    truth = rng.normal(size=50_000)
    coded = truth + rng.normal(scale=0.5, size=(2, 50_000))
    found = krippendorff_alpha(coded, level="interval")
    assert found.value == pytest.approx(0.8, abs=0.01)
    assert partial(krippendorff_alpha, level="nominal")(coded).value == pytest.approx(0, abs=1e-3)
