"""Intervals come from resampled units or pairs, repeatably, or from a published variance."""

from __future__ import annotations

import math
from functools import partial
from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from tertium.agreement.coefficients.alpha import krippendorff_alpha
from tertium.agreement.coefficients.counts import unit_table
from tertium.agreement.coefficients.gwet import (
    bennett_s,
    brennan_prediger,
    gwet_ac,
    randolph_kappa,
)
from tertium.agreement.coefficients.kappa import (
    cohen_kappa,
    conger_kappa,
    hubert_kappa,
    light_kappa,
)
from tertium.agreement.coefficients.percent import holsti, percent_agreement
from tertium.agreement.coefficients.pi import fleiss_kappa, scott_pi
from tertium.agreement.coefficients.sets import multi_valued_alpha, set_alpha, set_kappa, set_table
from tertium.agreement.coefficients.sums import rule_of
from tertium.agreement.intervals import (
    bootstrap,
    bootstrap_values,
    kalpha,
    kalpha_values,
)
from tertium.agreement.variances import analytic
from tertium.errors import InputError

IDENTITY = {"weights": "identity"}
ALL = [
    *(
        partial(krippendorff_alpha, level=one)
        for one in ("nominal", "ordinal", "interval", "ratio")
    ),
    partial(krippendorff_alpha, level="circular", circumference=7),
    *(partial(one, **IDENTITY) for one in (fleiss_kappa, conger_kappa, gwet_ac, brennan_prediger)),
    partial(gwet_ac, weights="linear"),
    partial(percent_agreement, average="unit"),
    scott_pi,
    light_kappa,
    holsti,
]
SETS = [
    partial(set_alpha, distance="jaccard"),
    partial(set_kappa, distance="masi"),
    multi_valued_alpha,
]


@pytest.fixture(scope="module")
def coded():
    """Three coders, forty units, five values, some missing."""
    rng = np.random.default_rng(3)
    truth = rng.integers(1, 6, 40)
    cells = np.where(rng.random((3, 40)) < 0.7, truth, rng.integers(1, 6, (3, 40))).astype(float)
    cells[rng.random((3, 40)) < 0.1] = np.nan
    return pd.DataFrame(cells)


@pytest.fixture(scope="module")
def sets():
    """Two coders, twelve units, sets of two labels."""
    rng = np.random.default_rng(4)
    return pd.DataFrame(
        [[frozenset(np.array(["a", "b"])[rng.random(2) < 0.5]) for _ in range(12)] for _ in "xy"]
    )


def options_of(coefficient):
    """The options that are bound to a coefficient."""
    return coefficient.keywords if isinstance(coefficient, partial) else {}


def weighted_once(rule, table, weights):
    """The value of a rule for the table with each pattern as often as its weight says."""
    sums = rule(table)
    with np.errstate(all="ignore"):
        return sums, float(sums.parts(weights(len(sums.table.units))[None, :]).value[0])


@pytest.mark.parametrize("coefficient", ALL)
def test_a_resample_is_the_coefficient_of_the_units_it_drew(coefficient, coded):
    """Weights on patterns give the same number as the units spelled out and counted again."""
    rng = np.random.default_rng(5)
    sums, value = weighted_once(
        rule_of(coefficient), unit_table(coded), lambda n: rng.integers(0, 3, n).astype(float)
    )
    drawn = np.random.default_rng(5).integers(0, 3, len(sums.table.units))
    rows = sums.table.rows.repeat(drawn, axis=0)
    spelled_out = np.where(rows >= 0, sums.table.values[rows], np.nan).T
    listed = {"categories": range(1, 6)} if "weights" in options_of(coefficient) else {}
    assert coefficient(spelled_out, **listed).value == pytest.approx(value)


@pytest.mark.parametrize("coefficient", ALL)
def test_the_order_of_units_leaves_no_trace(coefficient, coded):
    """Shuffled units give the same resamples, to the last digit."""
    shuffled = coded.sample(frac=1, axis=1, random_state=1)
    options = {"replicates": 50, "seed": 1}
    one, other = (bootstrap_values(each, coefficient, **options) for each in (coded, shuffled))
    assert one.tolist() == other.tolist()


@pytest.mark.parametrize(
    "coefficient", [partial(one, weights="identity") for one in (cohen_kappa, conger_kappa)]
)
def test_who_gave_which_value_is_kept_where_it_matters(coefficient):
    """Two coders with opposite habits agree as chance has it: kappa is 0 in the resamples too."""
    habits = [[1] * 8 + [2] * 2, [1] * 2 + [2] * 8]
    coded = np.array([(one, other) for one in habits[0] for other in habits[1]]).T
    drawn = bootstrap_values(coded, coefficient, replicates=500, seed=1)
    assert drawn.mean() == pytest.approx(0, abs=0.02)


@pytest.mark.parametrize("coefficient", ALL)
def test_same_seed_same_interval_and_it_holds_the_value(coefficient, coded):
    """Repeatable, around the coefficient, and told with replicates and seed."""
    options = {"replicates": 400, "seed": 11, "level": 0.9}
    found = bootstrap(coded, coefficient, **options)
    assert found == bootstrap(coded, coefficient, **options)
    assert found.low < coefficient(coded).value < found.high
    assert (found.replicates, found.seed, found.level, found.defined_share) == (400, 11, 0.9, 1)


@pytest.mark.parametrize("coefficient", SETS)
def test_sets_can_be_drawn_again_too(coefficient, sets):
    """Tables of sets, counted or not, give the same interval."""
    options = {"replicates": 300, "seed": 2, "level": 0.9}
    found = bootstrap(sets, coefficient, **options)
    assert found.low < coefficient(sets).value < found.high
    assert found == bootstrap(set_table(sets), coefficient, **options)


def test_a_function_without_a_rule_is_asked_one_resample_at_a_time(coded):
    """Drawing columns and calling the function spreads as the fast way does."""
    fast = bootstrap_values(coded, ALL[0], replicates=1500, seed=1)
    slow = bootstrap_values(coded, lambda table: ALL[0](table), replicates=1500, seed=1)
    assert np.mean(slow) == pytest.approx(np.mean(fast), abs=0.02)
    assert np.std(slow) == pytest.approx(np.std(fast), rel=0.1)


def test_all_distinct_units_are_drawn_one_by_one_to_the_same_spread():
    """Where no two units are alike, indices are drawn; the analytic error is near."""
    rng = np.random.default_rng(8)
    numbers = rng.normal(size=300) + rng.normal(scale=0.5, size=(2, 300))
    alpha = partial(krippendorff_alpha, level="interval")
    found = bootstrap(numbers, alpha, replicates=1000, seed=1, level=0.95)
    error = analytic(numbers, alpha, level=0.95).standard_error
    assert found.standard_error == pytest.approx(error, rel=0.1)


def test_the_linear_variance_is_near_the_bootstrap(coded):
    """For every coefficient that has one, both standard errors are alike."""
    many = pd.concat([coded] * 5, axis=1, ignore_index=True)
    for coefficient in ALL:
        try:
            error = analytic(many, coefficient, level=0.95).standard_error
        except InputError:
            continue
        drawn = bootstrap(many, coefficient, replicates=1500, seed=1, level=0.95)
        assert drawn.standard_error == pytest.approx(error, rel=0.12), coefficient


def test_what_is_undefined_has_no_interval():
    """NaN ends, no resample defined, no warning."""
    same = np.ones((2, 4))
    for coefficient in (ALL[0], partial(cohen_kappa, **IDENTITY)):
        for found in (
            bootstrap(same, coefficient, replicates=10, seed=1, level=0.95),
            analytic(same, coefficient, level=0.95),
        ):
            assert math.isnan(found.low)
            assert math.isnan(found.high)
    found = kalpha(same, ALL[0], replicates=10, seed=1, level=0.95)
    assert found.defined_share == 0


def test_resamples_without_a_value_are_told():
    """Two units of three alike: some resamples hold no variation."""
    coded = np.array([[1, 1, 2], [1, 1, 2]])
    found = bootstrap(coded, ALL[0], replicates=500, seed=1, level=0.95)
    assert found.defined_share == pytest.approx(1 - (2 / 3) ** 3 - (1 / 3) ** 3, abs=0.06)
    assert (found.low, found.high) == (1, 1)


def test_drawing_pairs_keeps_the_mean(coded):
    """KALPHA resamples spread around alpha itself."""
    for level in ("nominal", "ordinal", "interval", "ratio"):
        alpha = partial(krippendorff_alpha, level=level)
        drawn = kalpha_values(coded, alpha, replicates=4000, seed=1)
        assert drawn.mean() == pytest.approx(alpha(coded).value, abs=0.01)
        assert drawn.min() >= -1


@pytest.mark.parametrize(
    "asked",
    [
        lambda coded: analytic(coded, partial(krippendorff_alpha, level="ordinal"), level=0.95),
        lambda coded: analytic(coded, light_kappa, level=0.95),
        lambda coded: kalpha(coded, scott_pi, replicates=10, seed=1, level=0.95),
        lambda coded: bootstrap(coded, scott_pi, replicates=0, seed=1, level=0.95),
        lambda coded: bootstrap(coded, scott_pi, replicates=10, seed=1, level=95),
    ],
)
def test_what_is_not_offered_is_refused(asked, coded):
    """No published variance, no KALPHA for pi, no resamples, no level of 95."""
    with pytest.raises(InputError):
        asked(coded)


@pytest.mark.parametrize(
    ("alias", "meant"),
    [
        (bennett_s, brennan_prediger),
        (randolph_kappa, brennan_prediger),
        (hubert_kappa, conger_kappa),
    ],
)
def test_other_names_have_the_same_intervals(alias, meant, coded):
    """A name of its own, the value, the resamples and the variance of the one meant."""
    same = partial(meant, weights="identity")
    assert alias(coded).value == same(coded).value
    assert alias(coded).name != same(coded).name
    options = {"replicates": 50, "seed": 1, "level": 0.9}
    assert bootstrap(coded, alias, **options) == bootstrap(coded, same, **options)
    shuffled = coded.sample(frac=1, axis=1, random_state=1)
    assert bootstrap(shuffled, alias, **options) == bootstrap(coded, alias, **options)
    assert analytic(coded, alias, level=0.9) == analytic(coded, same, level=0.9)


@pytest.mark.parametrize("coefficient", ALL)
def test_the_order_of_coders_leaves_no_trace(coefficient, coded):
    """Coders swapped give the same resamples, to the last digit."""
    options = {"replicates": 20, "seed": 1}
    found = bootstrap_values(coded, coefficient, **options).tolist()
    for order in permutations(range(3)):
        assert bootstrap_values(coded.iloc[list(order)], coefficient, **options).tolist() == found


def test_nor_does_it_for_two_coders_or_for_coders_who_are_alike_in_turn(sets):
    """Cohen's kappa, sets, and three coders of whom each follows the next."""
    options = {"replicates": 30, "seed": 1}
    rng = np.random.default_rng(2)
    two = pd.DataFrame(rng.integers(0, 3, (2, 45)))
    cohen = partial(cohen_kappa, weights="identity")
    turns = pd.DataFrame([[0, 1, 2, 0], [1, 2, 0, 0], [2, 0, 1, 0]])
    for table, coefficient in (
        (two, cohen),
        (sets, partial(set_kappa, distance="masi")),
        (turns, light_kappa),
        (turns, holsti),
    ):
        found = [
            bootstrap_values(table.iloc[list(order)], coefficient, **options).tolist()
            for order in permutations(range(len(table)))
        ]
        assert all(str(one) == str(found[0]) for one in found)


def test_complete_agreement_is_told_beside_an_interval_of_no_width():
    """By each method; disagreement that few resamples drew is not taken for none."""
    coded = np.array([[0, 1, 0, 1, 0]] * 2)
    options = {"replicates": 100, "seed": 1, "level": 0.95}
    for found in (
        bootstrap(coded, ALL[0], **options),
        bootstrap(coded, lambda table: ALL[0](table), **options),
        kalpha(coded, ALL[0], **options),
        analytic(coded, ALL[0], level=0.95),
    ):
        assert (found.low, found.high, found.concern) == (1, 1, "no_disagreement_seen")
    seen = np.array([[0, 1] * 200, [0, 1] * 199 + [0, 0]])
    found = bootstrap(seen, ALL[0], replicates=3, seed=7, level=0.01)
    assert found.concern == ""


@pytest.mark.parametrize("wrong", [{"seed": -1}, {"level": 1.5}, {"replicates": 0}])
def test_options_are_refused_in_words(wrong, coded):
    """Never a bare ValueError of a library below."""
    options = {"replicates": 10, "seed": 1, "level": 0.95} | wrong
    for method in (bootstrap, kalpha):
        with pytest.raises(InputError, match=next(iter(wrong))):
            method(coded, ALL[0], **options)
    if "level" not in wrong:
        del options["level"]
        with pytest.raises(InputError, match=next(iter(wrong))):
            bootstrap_values(coded, ALL[0], **options)
