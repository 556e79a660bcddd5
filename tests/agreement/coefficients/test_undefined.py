"""What has no meaning is NaN with a reason; what can't be asked is refused."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import pandas as pd
import pytest

from tertium.agreement.coefficients.alpha import krippendorff_alpha
from tertium.agreement.coefficients.counts import unit_table
from tertium.agreement.coefficients.gwet import brennan_prediger, gwet_ac
from tertium.agreement.coefficients.kappa import cohen_kappa, conger_kappa, light_kappa
from tertium.agreement.coefficients.percent import AVERAGES, holsti, percent_agreement
from tertium.agreement.coefficients.pi import fleiss_kappa, scott_pi
from tertium.agreement.coefficients.sets import multi_valued_alpha, set_alpha, set_kappa
from tertium.agreement.coefficients.weights import WEIGHTS
from tertium.errors import InputError

GAP = np.nan
ALPHAS = [
    *(
        partial(krippendorff_alpha, level=one)
        for one in ("nominal", "ordinal", "interval", "ratio")
    ),
    partial(krippendorff_alpha, level="circular", circumference=12),
]
KAPPAS = [
    *(
        partial(function, weights=weights, weight_basis="value")
        for function in (fleiss_kappa, cohen_kappa, conger_kappa)
        for weights in WEIGHTS
    ),
    scott_pi,
    light_kappa,
]
OTHERS = [
    *(
        partial(function, weights=weights, weight_basis="value")
        for function in (gwet_ac, brennan_prediger)
        for weights in WEIGHTS
    ),
    *(partial(percent_agreement, average=average) for average in AVERAGES),
    holsti,
]
SETS = [
    partial(set_alpha, distance="masi"),
    partial(set_kappa, distance="masi"),
    multi_valued_alpha,
]


@pytest.mark.parametrize("coefficient", [*ALPHAS, *KAPPAS])
@pytest.mark.parametrize("value", [0.0, 3.0])
def test_without_variation_there_is_no_value(coefficient, value):
    """Everybody always codes the same: 0/0, told as no_variation."""
    found = coefficient(np.full((2, 5), value))
    assert math.isnan(found.value)
    assert found.reason == "no_variation"
    assert "not defined, because" in found.in_words


@pytest.mark.parametrize("weights", WEIGHTS)
def test_ac_and_brennan_prediger_without_variation_come_with_a_concern(weights):
    """AC is 1 by its formula, Brennan-Prediger where the scheme has two categories or more."""
    coded = np.full((2, 5), 1.0)
    options = {"weights": weights, "weight_basis": "value"}
    found = gwet_ac(coded, **options)
    assert (found.value, found.concerns) == (1, ("no_variation",))
    listed = brennan_prediger(coded, categories=[1, 2, 3], **options)
    assert (listed.value, listed.concerns) == (1, ("no_variation",))
    assert brennan_prediger(coded, **options).reason == "one_category"


@pytest.mark.parametrize("coefficient", [*ALPHAS, *KAPPAS, *OTHERS])
@pytest.mark.parametrize(
    "coded",
    [
        np.array([[1.0, 2.0, 1.0]]),
        np.array([[1.0, GAP, GAP], [GAP, 2.0, GAP]]),
        np.full((2, 3), GAP),
        np.zeros((2, 0)),
        np.zeros((0, 3)),
        np.array([[1.0, 2.0], [GAP, GAP]]),
    ],
    ids=["one coder", "no unit shared", "nothing coded", "no units", "no coders", "one silent"],
)
def test_without_pairs_there_is_no_value(coefficient, coded):
    """One coder, or no unit that two coded: no_pairable_values, for percent agreement too."""
    found = coefficient(coded)
    assert math.isnan(found.value)
    assert found.reason == "no_pairable_values"


@pytest.mark.parametrize("coefficient", SETS)
def test_sets_know_the_same_reasons(coefficient):
    """Empty sets throughout are no variation; None is no coding."""
    assert coefficient(pd.DataFrame([[set(), set()]] * 2)).reason == "no_variation"
    assert coefficient(pd.DataFrame([[{"a"}, None]])).reason == "no_pairable_values"


def test_one_unit_with_disagreement_keeps_the_small_sample_correction():
    """Alpha 0, pi -1, kappa 0."""
    coded = np.array([[1], [2]])
    assert krippendorff_alpha(coded, level="nominal").value == 0
    assert scott_pi(coded).value == -1
    assert cohen_kappa(coded, weights="identity").value == 0


def test_units_set_aside_are_counted_by_reason():
    """One unit coded once, one by nobody."""
    coded = pd.DataFrame([["a", "b", "a", None], ["a", "a", None, None]])
    found = krippendorff_alpha(coded, level="nominal")
    assert found.set_aside == {"one_coding": 1, "no_coding": 1}
    assert (found.n_units, found.n_coders) == (2, 2)


def test_ranks_and_values_must_be_told_apart_where_codes_have_gaps():
    """Codes 1, 2, 5, 10: linear weights refuse to guess; 1, 2, 3 leave no choice."""
    gaps = np.array([[1, 2, 5, 10], [1, 5, 5, 2]])
    with pytest.raises(InputError, match="weight_basis"):
        cohen_kappa(gaps, weights="linear")
    by_rank = cohen_kappa(gaps, weights="linear", weight_basis="index")
    assert by_rank.value != cohen_kappa(gaps, weights="linear", weight_basis="value").value
    steps = np.array([[1, 2, 3, 3], [1, 3, 3, 2]])
    assert cohen_kappa(steps, weights="linear").is_defined


def test_words_have_the_order_that_the_scheme_gives_them():
    """Ordinal alpha of words needs categories, and is that of their ranks."""
    words = pd.DataFrame([["low", "mid", "high", "low"], ["low", "high", "high", "mid"]])
    with pytest.raises(InputError, match="order"):
        krippendorff_alpha(words, level="ordinal")
    found = krippendorff_alpha(words, level="ordinal", categories=["low", "mid", "high"])
    ranks = words.map({"low": 1, "mid": 2, "high": 3}.get)
    assert found.value == krippendorff_alpha(ranks, level="ordinal").value


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (lambda: krippendorff_alpha(np.ones((2, 2)), level="nominaal"), "level"),
        (lambda: krippendorff_alpha(np.array([[1, -1], [1, 1]]), level="ratio"), "ratio"),
        (lambda: krippendorff_alpha(np.array([["a", "b"]] * 2), level="interval"), "numbers"),
        (lambda: krippendorff_alpha(np.ones((2, 2)), level="circular"), "circumference"),
        (lambda: krippendorff_alpha(np.ones(3), level="nominal"), "shape"),
        (lambda: cohen_kappa(np.ones((3, 2)), weights="identity"), "conger_kappa"),
        (lambda: fleiss_kappa(np.ones((3, 2)), weights="none"), "weights"),
        (lambda: percent_agreement(np.ones((3, 2)), average="mean"), "average"),
        (lambda: set_alpha(pd.DataFrame([["a"]]), distance="masi"), "set of labels"),
        (lambda: set_alpha(pd.DataFrame([[{"a"}]]), distance="dice"), "distance"),
        (lambda: unit_table(np.array([[1, 4]]), categories=[1, 2]), "categories"),
        (lambda: unit_table(np.array([[1]]), categories=[1, 1]), "twice"),
    ],
)
def test_what_can_t_be_asked_is_refused_with_a_remedy(asked, named):
    """The error names what was wrong and what would be right."""
    with pytest.raises(InputError, match=named):
        asked()


@pytest.mark.parametrize(
    "coefficient", [*ALPHAS, *KAPPAS, partial(brennan_prediger, weights="identity")]
)
def test_what_was_observed_stands_beside_what_is_undefined(coefficient):
    """No disagreement, or full agreement; and percent agreement."""
    found = coefficient(np.full((2, 5), 3.0))
    assert not found.is_defined
    assert found.observed == (0 if found.details.get("parts") == "disagreement" else 1)
    assert found.details["percent_agreement"] == 1
    alone = coefficient(np.array([[1.0, 2.0]]))
    assert math.isnan(alone.observed)
    assert "percent_agreement" not in alone.details


@pytest.mark.parametrize("coefficient", SETS)
def test_nor_do_sets_keep_it_back(coefficient):
    """Empty sets throughout: no disagreement."""
    found = coefficient(pd.DataFrame([[set(), set()]] * 2))
    assert (found.observed, found.details["percent_agreement"]) == (0, 1)


def test_light_names_the_pair_that_has_no_kappa():
    """Only the first two coders never vary; percent agreement is that of all."""
    coded = pd.DataFrame([[1, 1, 1, GAP], [1, 1, 1, 1], [1, 2, 1, 2]], index=["ana", "ben", "eva"])
    found = light_kappa(coded)
    assert found.reason == "no_variation_in_a_pair"
    assert found.in_words.endswith("there is no kappa of this pair (ana and ben).")
    assert found.details["percent_agreement"] == pytest.approx((1 + 1 / 3 + 1 + 0) / 4)
    assert "(coders 1 and 2)" in light_kappa(coded.to_numpy()).in_words
    sets = coded.map(lambda one: None if np.isnan(one) else {one})
    assert set_kappa(sets, distance="masi").details["pair"] == "ana and ben"


@pytest.mark.parametrize("coefficient", [ALPHAS[0], partial(cohen_kappa, weights="identity")])
def test_units_coded_once_may_vary_where_the_others_do_not(coefficient):
    """The reason does not say that every coding was the same."""
    found = coefficient(np.array([[1, 1, 2], [1, 1, GAP]]))
    assert found.reason == "no_variation_where_paired"
    assert "every coding of units coded twice used the same value" in found.in_words
