"""Who the coders are, how units are ordered and what codes are called changes no agreement."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.agreement.coefficients.alpha import krippendorff_alpha
from tertium.agreement.coefficients.gwet import brennan_prediger, gwet_ac
from tertium.agreement.coefficients.kappa import conger_kappa, light_kappa
from tertium.agreement.coefficients.percent import holsti, percent_agreement
from tertium.agreement.coefficients.pi import fleiss_kappa, scott_pi
from tertium.agreement.coefficients.sets import multi_valued_alpha, set_alpha, set_kappa

NOMINAL = [
    partial(krippendorff_alpha, level="nominal"),
    partial(fleiss_kappa, weights="identity"),
    partial(conger_kappa, weights="identity"),
    partial(gwet_ac, weights="identity"),
    partial(brennan_prediger, weights="identity"),
    partial(percent_agreement, average="unit"),
    partial(percent_agreement, average="pairable_values"),
    scott_pi,
    light_kappa,
    holsti,
]
SETS = [
    partial(set_alpha, distance="masi"),
    partial(set_alpha, distance="jaccard"),
    partial(set_kappa, distance="masi"),
    multi_valued_alpha,
]
LABEL = st.sampled_from([None, "strike", "petition", "campaign"])
LABELS = st.one_of(st.none(), st.frozensets(st.sampled_from(["strike", "petition", "campaign"])))
RENAMED = {"strike": "zz", "petition": "aa", "campaign": "mm"}


def frames(cell):
    """Tables of three coders."""
    return st.lists(st.tuples(cell, cell, cell), min_size=1, max_size=8).map(
        lambda units: pd.DataFrame(units, columns=["ana", "ben", "eva"], dtype=object).T
    )


def same(one, other):
    """Return whether two coefficients say the same."""
    return one.reason == other.reason and one.value == pytest.approx(other.value, nan_ok=True)


@pytest.mark.parametrize("coefficient", NOMINAL)
@settings(max_examples=25)
@given(coded=frames(LABEL), order=st.randoms(use_true_random=False))
def test_coders_units_and_names_of_codes_don_t_matter(coefficient, coded, order):
    """Coders swapped, units shuffled, codes renamed: the same value, or the same reason."""
    coders, units = list(coded.index), list(coded.columns)
    order.shuffle(coders)
    order.shuffle(units)
    found = coefficient(coded)
    assert same(found, coefficient(coded.loc[coders, units]))
    assert same(found, coefficient(coded.map(lambda one: RENAMED.get(one))))


@pytest.mark.parametrize("coefficient", SETS)
@settings(max_examples=25)
@given(coded=frames(LABELS), order=st.randoms(use_true_random=False))
def test_nor_do_they_for_sets(coefficient, coded, order):
    """Coders swapped, units shuffled, labels renamed."""
    coders, units = list(coded.index), list(coded.columns)
    order.shuffle(coders)
    order.shuffle(units)
    found = coefficient(coded)
    assert same(found, coefficient(coded.loc[coders, units]))
    renamed = coded.map(lambda one: None if one is None else {RENAMED[label] for label in one})
    assert same(found, coefficient(renamed))


@pytest.mark.parametrize("level", ["ordinal", "interval", "ratio"])
@settings(max_examples=25)
@given(coded=frames(st.sampled_from([None, 1.0, 2.0, 4.0, 9.0])))
def test_levels_keep_what_they_allow(level, coded):
    """Ordinal keeps any rising change, interval shift and scale, ratio scale."""
    change = {
        "ordinal": lambda one: one**3 + 7,
        "interval": lambda one: 3 * one - 11,
        "ratio": lambda one: 2.5 * one,
    }[level]
    changed = coded.map(lambda one: None if one is None else change(one))
    coefficient = partial(krippendorff_alpha, level=level)
    assert same(coefficient(coded), coefficient(changed))


@pytest.mark.parametrize("coefficient", NOMINAL)
def test_all_kinds_of_table_give_the_same(coefficient):
    """Integers with gaps, floats, words, nullable integers, categories, arrays."""
    numbers = pd.DataFrame([[1, 2, 3, 1, None], [1, 2, 1, 1, 2]], dtype=float)
    words = numbers.map(lambda one: None if np.isnan(one) else f"code {one:g}")
    tables = [
        numbers.to_numpy(),
        numbers * 1e9 + 0.5,
        words,
        words.to_numpy(),
        numbers.astype("Int64"),
        words.astype("category"),
        words.astype("string"),
    ]
    found = coefficient(numbers)
    assert all(same(found, coefficient(table)) for table in tables)


@pytest.mark.parametrize("coefficient", [*NOMINAL, *SETS])
@settings(max_examples=25)
@given(coded=frames(LABELS))
def test_perfect_agreement_is_one_where_values_vary(coefficient, coded):
    """Every coder copied from the first: 1, or a reason why it can't be told."""
    first = coded.iloc[0]
    names = (
        first
        if coefficient in SETS
        else first.map(lambda one: None if one is None else ",".join(sorted(one)))
    )
    copied = pd.DataFrame([names] * 3, index=list("abc"), dtype=object)
    found = coefficient(copied)
    assert found.value == pytest.approx(1) or found.reason in (
        "no_variation",
        "no_variation_in_a_pair",
        "no_pairable_values",
        "one_category",
    )
