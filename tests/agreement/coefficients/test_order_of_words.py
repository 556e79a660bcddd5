"""Words have the order that they are given, or none; what they come as changes nothing else."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
import pytest

from tertium.agreement.coefficients.alpha import krippendorff_alpha
from tertium.agreement.coefficients.counts import unit_table
from tertium.agreement.coefficients.gwet import brennan_prediger, gwet_ac
from tertium.agreement.coefficients.kappa import cohen_kappa, conger_kappa, light_kappa
from tertium.agreement.coefficients.pi import fleiss_kappa
from tertium.agreement.coefficients.weights import WEIGHTS
from tertium.agreement.variances import analytic, cohen_standard_error
from tertium.errors import InputError

ORDER = ["low", "medium", "high"]
WORDS = pd.DataFrame([["low", "medium", "high", "high"], ["low", "high", "high", "medium"]])
RANKS = WORDS.map({"low": 1, "medium": 2, "high": 3}.get)
WEIGHTED = [gwet_ac, brennan_prediger, fleiss_kappa, conger_kappa, cohen_kappa]


@pytest.mark.parametrize("weights", [one for one in WEIGHTS if one != "identity"])
@pytest.mark.parametrize("coefficient", WEIGHTED)
def test_words_under_weights_are_refused_without_an_order(coefficient, weights):
    """They are never sorted by the alphabet; with categories they count as their ranks."""
    options = {"weights": weights, "weight_basis": "index"}
    with pytest.raises(InputError, match="pass categories"):
        coefficient(WORDS, **options)
    with pytest.raises(InputError, match="pass categories"):
        analytic(WORDS, partial(coefficient, **options), level=0.95)
    found = coefficient(WORDS, categories=ORDER, **options)
    assert found.value == coefficient(RANKS, categories=[1, 2, 3], **options).value


def test_the_value_is_that_of_the_scheme_s_order():
    """Low, medium, high under ordinal weights: .593, and not -.220 of the alphabet."""
    found = gwet_ac(WORDS, weights="ordinal", categories=ORDER)
    assert found.value == pytest.approx(0.593, abs=0.0005)
    with pytest.raises(InputError, match="order"):
        cohen_standard_error(WORDS, weights="ordinal", null="zero")
    assert gwet_ac(WORDS, weights="identity").is_defined


def test_an_ordered_categorical_brings_its_order():
    """Weights and level ordinal follow it; categories that are passed go before it."""
    ordered = WORDS.astype(pd.CategoricalDtype(ORDER, ordered=True))
    found = gwet_ac(ordered, weights="ordinal")
    assert found.value == gwet_ac(WORDS, weights="ordinal", categories=ORDER).value
    alpha = krippendorff_alpha(ordered, level="ordinal")
    assert alpha.value == krippendorff_alpha(RANKS, level="ordinal").value
    other = ["medium", "low", "high"]
    found = gwet_ac(ordered, weights="ordinal", categories=other)
    assert found.value == gwet_ac(WORDS, weights="ordinal", categories=other).value
    with pytest.raises(InputError, match="pass categories"):
        gwet_ac(WORDS.astype("category"), weights="ordinal")


def test_a_counted_table_takes_its_values_as_categories():
    """Passing the values that it has says that this is their order."""
    table = unit_table(WORDS)
    with pytest.raises(InputError, match="pass categories"):
        gwet_ac(table, weights="ordinal")
    assert gwet_ac(table, weights="ordinal", categories=table.values.tolist()).is_defined


@pytest.mark.parametrize("kind", ["int8", "uint8", "int16", "uint64", "float16", "float32"])
def test_small_kinds_of_numbers_do_not_overflow(kind):
    """Differences and squares are those of the same numbers in eight bytes."""
    numbers = np.array([[0, 100, 100, 7], [0, 100, 7, 7]])
    for level in ("nominal", "interval", "ordinal"):
        small = krippendorff_alpha(numbers.astype(kind), level=level)
        assert small.value == krippendorff_alpha(numbers, level=level).value


def test_int8_from_end_to_end():
    """-100 and 100 are 200 apart, more than the kind holds."""
    coded = np.array([[-100, 100], [-100, 100]], dtype=np.int8)
    assert krippendorff_alpha(coded, level="interval").value == 1
    assert krippendorff_alpha(pd.DataFrame(coded), level="nominal").value == 1
    far = np.array([[-(2**63), 2**63 - 1]] * 2)
    assert krippendorff_alpha(far, level="nominal").value == 1
    assert krippendorff_alpha(far.astype(object) + 2**63, level="nominal").value == 1
    assert krippendorff_alpha(np.array([[0, 2**64 - 1]] * 2, np.uint64), level="nominal").value == 1


@pytest.mark.parametrize(
    ("coded", "named"),
    [
        (pd.DataFrame([[["a"], ["b"]], [["a"], ["a"]]]), "use set_alpha"),
        (pd.DataFrame([[{"a"}, {"b"}], [{"a"}, None]]), "use set_alpha"),
        (np.array([[1.0, np.inf], [1.0, 2.0]]), "infinite"),
        (np.array([[1, -np.inf], [1, None]], dtype=object), "infinite"),
    ],
)
def test_cells_that_hold_no_one_value_are_refused_plainly(coded, named):
    """Lists belong to set_alpha; infinite numbers are not called words."""
    for coefficient in (light_kappa, partial(krippendorff_alpha, level="ordinal")):
        with pytest.raises(InputError, match=named):
            coefficient(coded)


def test_messages_show_plain_numbers():
    """No np.float64 of the array that they came from."""
    with pytest.raises(InputError) as caught:
        unit_table(np.array([[1.0, 4.0]]), categories=list(np.array([1.0, 2.0])))
    assert "np." not in str(caught.value)
    assert "1.0, 2.0" in str(caught.value)
