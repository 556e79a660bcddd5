"""Reference cases on unit tables, for `check_oracles`: coefficients, sets, intervals.

A function takes the dataset of a case (`values`: units in rows, coders in columns) and its
parameters, and gives the coefficient, the value, or a mapping with keys that the case expects.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from tertium.agreement.coefficient import Coefficient
from tertium.agreement.coefficients.alpha import krippendorff_alpha
from tertium.agreement.coefficients.counts import UnitTable, unit_table
from tertium.agreement.coefficients.gwet import brennan_prediger, gwet_ac
from tertium.agreement.coefficients.kappa import cohen_kappa, conger_kappa, light_kappa
from tertium.agreement.coefficients.percent import AVERAGES, holsti, percent_agreement
from tertium.agreement.coefficients.pi import fleiss_kappa, scott_pi
from tertium.agreement.coefficients.sets import (
    multi_valued_alpha,
    set_alpha,
    set_kappa,
    set_table,
)
from tertium.agreement.coefficients.weights import WEIGHTS
from tertium.agreement.distance import LEVELS, SET_DISTANCES
from tertium.agreement.distance import interval as interval_distance
from tertium.agreement.distance import ratio as ratio_distance
from tertium.agreement.intervals import bootstrap_values, kalpha_values
from tertium.agreement.variances import analytic, cohen_standard_error

Dataset = Mapping[str, Any]
Params = Mapping[str, Any]
Statistic = Callable[[Dataset, Params], Any]


class NotCovered(Exception):  # noqa: N818  # it is no error
    """The case asks for something that is not offered."""


def choose(params: Params, key: str, allowed: tuple[str, ...], default: str) -> str:
    """Return an option if it is one that is offered."""
    value = params.get(key, default)
    value = {"unweighted": "identity", "none": "identity", None: "identity"}.get(value, value)
    if value not in allowed:
        raise NotCovered(f"{key}={value}")
    return value


def known(params: Params, *keys: str) -> None:
    """Refuse options that no one here reads: they may change the result."""
    if strange := set(params) - set(keys):
        raise NotCovered(", ".join(sorted(strange)))


def coders_by_units(dataset: Dataset) -> Any:
    """Return the table with one row a coder."""
    values = dataset["values"]
    n_coders = dataset.get("n_coders") or max((len(unit) for unit in values), default=0)
    cells = np.empty((n_coders, len(values)), dtype=object)
    for unit, row in enumerate(values):
        for coder, value in enumerate(row):
            cells[coder, unit] = value
    return cells


def table_of(dataset: Dataset, params: Params) -> UnitTable:
    """Return the counted table; categories from the case or the dataset."""
    categories = params.get("categories", dataset.get("categories"))
    return unit_table(coders_by_units(dataset), categories=categories)


def of_both(table: UnitTable) -> UnitTable:
    """Return what Cohen's kappa sees, so that words are ranked among those of both coders."""
    if table.given or table.has_numbers:
        return table
    return table.only(table.codings == 2).as_ranks()


def weighted(
    function: Callable[..., Coefficient], basis: str = ""
) -> Callable[[UnitTable, Params], Any]:
    """Return a coefficient with the weights that the parameters name."""

    def prepared(table: UnitTable, params: Params) -> Any:
        known(params, "weights", "weight_basis", "categories")
        weights = choose(params, "weights", WEIGHTS, "identity")
        usual = basis or default_basis(table)
        chosen = choose(params, "weight_basis", ("index", "value"), usual)
        # Words without an order of their own are ranked as these programs do: sorted.
        listed = None if table.has_numbers else table.values.tolist()
        return partial(function, weights=weights, weight_basis=chosen, categories=listed)

    return prepared


def default_basis(table: UnitTable) -> str:
    """Return what the notes say of programs that don't ask: numbers count, words are ranked."""
    return "value" if table.has_numbers else "index"


def plain(function: Callable[..., Coefficient]) -> Callable[[UnitTable, Params], Any]:
    """Return a coefficient that has no options; unweighted is no option."""

    def prepared(table: UnitTable, params: Params) -> Any:
        known(params, "weights", "categories")
        choose(params, "weights", ("identity",), "identity")
        return function

    return prepared


def identity(function: Callable[..., Coefficient]) -> Callable[[UnitTable, Params], Any]:
    """Return a weighted coefficient under a name that means identity weights."""

    def prepared(table: UnitTable, params: Params) -> Any:
        known(params, "weights", "categories")
        choose(params, "weights", ("identity",), "identity")
        return partial(function, weights="identity")

    return prepared


def alpha(table: UnitTable, params: Params) -> Any:
    """Return Krippendorff's alpha of the level asked for."""
    known(params, "level", "circumference", "categories", "method", "replicates", "seed")
    level = choose(params, "level", LEVELS, "nominal")
    if level == "circular":
        if "circumference" not in params:
            raise NotCovered("circular without its circumference")
        return partial(krippendorff_alpha, level=level, circumference=params["circumference"])
    return partial(krippendorff_alpha, level=level)


def percent(table: UnitTable, params: Params) -> Any:
    """Return percent agreement of the meaning asked for."""
    known(params, "average", "categories")
    return partial(percent_agreement, average=choose(params, "average", AVERAGES, "unit"))


COEFFICIENTS: dict[str, Callable[[UnitTable, Params], Any]] = {
    "percent_agreement": percent,
    "holsti": plain(holsti),
    "scott_pi": plain(scott_pi),
    "fleiss_kappa": weighted(fleiss_kappa),
    "cohen_kappa": weighted(cohen_kappa, "index"),
    "conger_kappa": weighted(conger_kappa),
    "hubert_kappa": identity(conger_kappa),
    "light_kappa": plain(light_kappa),
    "brennan_prediger": weighted(brennan_prediger),
    "bennett_s": identity(brennan_prediger),
    "randolph_kappa": identity(brennan_prediger),
    "gwet_ac": weighted(gwet_ac),
    "gwet_ac1": identity(gwet_ac),
    "gwet_ac2": weighted(gwet_ac),
    "krippendorff_alpha": alpha,
}


def coefficient_of(statistic: str) -> Statistic:
    """Return the function from a dataset to one of the coefficients above."""

    def compute(dataset: Dataset, params: Params) -> Any:
        table = table_of(dataset, params)
        table = of_both(table) if statistic == "cohen_kappa" else table
        return COEFFICIENTS[statistic](table, params)(table)

    return compute


def cohen_error(dataset: Dataset, params: Params) -> float:
    """Return the standard error of Cohen's kappa."""
    known(params, "weights", "weight_basis", "null", "categories")
    table = of_both(table_of(dataset, params))
    return cohen_standard_error(
        table,
        categories=None if table.has_numbers else table.values.tolist(),
        weights=choose(params, "weights", WEIGHTS, "identity"),
        weight_basis=choose(params, "weight_basis", ("index", "value"), "index"),
        null=choose(params, "null", ("estimate", "zero"), "estimate"),
    )


# Below which values of alpha cases count resamples, as their keys spell them.
CUTS = ("0.667", *(f"{cut / 100:{form}}" for cut in range(1, 100) for form in ("g", ".2f")))


def alpha_resampled(dataset: Dataset, params: Params) -> dict[str, float]:
    """Return quantiles of the bootstrap of alpha, by either method."""
    table = table_of(dataset, params)
    level = alpha(table, params)
    method = choose(params, "method", ("kalpha", "unit_resample"), "unit_resample")
    options = {"replicates": min(int(params.get("replicates", 5000)), 20_000), "seed": 1}
    if method == "kalpha":
        drawn = kalpha_values(table, level, **options)
    else:
        drawn = bootstrap_values(table, level, **options)
    drawn = drawn[~np.isnan(drawn)]
    shares = {"q025": 0.025, "q05": 0.05, "q50": 0.5, "q95": 0.95, "q975": 0.975}
    return {
        "alpha": level(table).value,
        **{f"p_below_{cut}": float((drawn < float(cut)).mean()) for cut in CUTS},
        "mean": float(drawn.mean()),
        "sd": float(drawn.std(ddof=1)),
        **{name: float(np.quantile(drawn, share)) for name, share in shares.items()},
    }


def of_sets(function: Callable[..., Coefficient]) -> Statistic:
    """Return a coefficient on sets with the distance asked for."""

    def compute(dataset: Dataset, params: Params) -> Any:
        known(params, "distance")
        table = set_table(coders_by_units(dataset))
        return function(table, distance=choose(params, "distance", SET_DISTANCES, ""))

    return compute


def multi_valued(dataset: Dataset, params: Params) -> dict[str, float]:
    """Return multi-valued alpha with its two parts."""
    known(params, "metric")
    choose(params, "metric", ("nominal",), "nominal")
    found = multi_valued_alpha(set_table(coders_by_units(dataset)))
    return {"value": found.value, "Do": found.observed, "De": found.expected}


STATISTICS: dict[str, Statistic] = {
    **{name: coefficient_of(name) for name in COEFFICIENTS},
    "cohen_kappa_se": cohen_error,
    "krippendorff_alpha.bootstrap": alpha_resampled,
    "krippendorff_alpha_sets": of_sets(set_alpha),
    "weighted_kappa_sets": of_sets(set_kappa),
    "mv_alpha": multi_valued,
}


LINEARISED = "linearised variance"
ROUNDING = 1e-12


def inference(dataset: Dataset, case: Mapping[str, Any]) -> dict[str, Any]:
    """Return standard error, interval and p value by Gwet's method, where that is the one named."""
    statistic, params = case["statistic"], case.get("params") or {}
    if statistic not in COEFFICIENTS or LINEARISED not in str(case["inference"].get("method")):
        raise NotCovered("no linearised variance")
    table = table_of(dataset, params)
    prepared = COEFFICIENTS[statistic](table, params)
    found = prepared(table)
    interval = analytic(table, prepared, level=0.95)
    shown: dict[str, Any] = {
        "se": interval.standard_error,
        "ci95": [interval.low, interval.high],
        "p_value": interval.p_value,
    }
    if statistic == "brennan_prediger":
        # The program that gave these numbers gives one-sided p values here, and only here.
        shown["p_value"] /= 2
    if not interval.standard_error > ROUNDING:
        shown["p_value"] = "unspecified"  # 0/0: what a program gives is rounding
    if statistic != "krippendorff_alpha":
        return shown | {"pa": found.observed, "pe": found.expected}
    return shown | alpha_as_agreement(table, found)


def alpha_as_agreement(table: UnitTable, found: Coefficient) -> dict[str, float]:
    """Return observed and expected agreement of alpha as the program of these cases counts them.

    It takes disagreement as a share of the largest that two values can have, and corrects both
    for the number N of codings: 1 - (1 - 1/N) D.
    """
    level, number = found.details["level"], float(found.details["n_codings"])
    largest = 1.0
    if level in ("interval", "ratio"):
        numbers = table.numbers
        low, high = float(numbers.min()), float(numbers.max())
        apart = interval_distance if level == "interval" else ratio_distance
        largest = float(apart(np.array([low]), np.array([high]))[0]) or 1.0
    elif level != "nominal":
        return {}
    left = (1 - 1 / number) / largest
    return {"pa": 1 - left * found.observed, "pe": 1 - left * found.expected}
