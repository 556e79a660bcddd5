"""Reference cases on robustness and on groups of cases, for `check_oracles`.

A function takes the dataset of a case (`columns`: one list a set) and its parameters, and gives
what the case expects. `TOLERANCES` are for numbers that were printed with three decimals;
`CANONICAL` takes the order out of what has none.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from scripts.oracles_of_expressions import joined
from scripts.oracles_of_units import NotCovered, known

from tertium.comparison.sets.calibration.anchors import TwoSided, anchors
from tertium.comparison.sets.calibration.cuts import crisp
from tertium.comparison.sets.calibration.direct import direct
from tertium.comparison.sets.expressions.expression import membership, parse
from tertium.comparison.sets.memberships import Memberships
from tertium.comparison.sets.robustness.cases import case_robustness, single_tests
from tertium.comparison.sets.robustness.cluster import clusters
from tertium.comparison.sets.robustness.fit import fit_robustness
from tertium.comparison.sets.robustness.joined import Joined, joined_solutions
from tertium.comparison.sets.robustness.ranges import Range, moved
from tertium.comparison.sets.robustness.sensitivity import (
    Anchor,
    Choices,
    Models,
    models_of,
    ranges,
)

Dataset = Mapping[str, Any]
Params = Mapping[str, Any]

# What the terms of a solution were made with, beside the terms.
MADE_WITH = ("conditions", "incl_cut", "n_cut", "pri_cut", "include", "dir_exp", "solution")
SOLUTIONS = (
    *("dataset", "call", "outcome", "initial_terms", "test_terms", "test_params"),
    *("initial_params", *MADE_WITH),
)
MINIMISED = ("dataset", "call", "outcome", "conditions", "incl_cut", "n_cut", "pri_cut", "include")
MOVED = ("step", "max_runs", "max.runs", "dir_exp", "solution")
CALIBRATED = ("test_cond_raw", "test_cond_calib", "test_thresholds", "type", "raw_values")
KINDS_IN_THEIR_ORDER = (
    "robust_typical",
    "robust_deviant",
    "shaky_typical",
    "shaky_deviant",
    "possible_typical",
    "possible_deviant",
    "uncovered",
    "irrelevant",
)


def sets_of(dataset: Dataset, names: Sequence[str]) -> Memberships:
    """The sets that a case names."""
    columns = dataset["columns"]
    if missing := [name for name in names if name not in columns]:
        raise NotCovered(f"no column {', '.join(missing)}")
    cases = dataset.get("case_names") or range(1, len(columns[names[0]]) + 1)
    frame = pd.DataFrame({name: columns[name] for name in names}, index=list(map(str, cases)))
    return Memberships.of(frame)


def tests_of(params: Params) -> list[str]:
    """The test solutions as texts; a list of terms, and no list of lists, is one test.

    A text that has "+" is a solution by itself.
    """
    given = params["test_terms"]
    given = [given] if isinstance(given, str) else given
    texts = [one for one in given if isinstance(one, str)]
    if len(texts) == len(given) and not any("+" in one for one in texts):
        return [joined(texts)]
    return [joined(terms) for terms in given]


def joined_of(dataset: Dataset, params: Params) -> Joined:
    """The initial solution of a case beside its test solutions."""
    known(params, *SOLUTIONS)
    initial, tests = joined(params["initial_terms"]), tests_of(params)
    texts = [params["outcome"], initial, *tests]
    names = dict.fromkeys(name for text in texts for name in parse(text).names)
    return joined_solutions(initial, tests, sets_of(dataset, list(names)), params["outcome"])


def ends(joined: Joined) -> Joined:
    """Only the first and the last test: the program that gave these numbers joins no others.

    It does so for what all and what any of the tests hold, and not for the robust core.
    """
    return joined.only(*sorted({0, len(joined.tests) - 1}))


def fit(dataset: Dataset, params: Params) -> dict[str, float | None]:
    """Fit-oriented robustness."""
    whole = joined_of(dataset, params)
    of_all, of_ends = fit_robustness(whole), fit_robustness(ends(whole))
    return {
        "RF_cov": of_all.coverage,
        "RF_cons": of_all.consistency,
        "RF_SC_minTS": of_ends.coincidence_all,
        "RF_SC_maxTS": of_ends.coincidence_any,
    }


def core_fit(dataset: Dataset, params: Params) -> list[float | None]:
    """Consistency, coverage and PRI of the robust core."""
    core = fit_robustness(joined_of(dataset, params)).core
    return [core.consistency, core.coverage, core.pri]


def case_ratio(dataset: Dataset, params: Params) -> dict[str, float | None]:
    """Shares of robust cases, and the rank."""
    found = case_robustness(ends(joined_of(dataset, params)))
    return {"RCR_typ": found.typical, "RCR_dev": found.deviant, "RCC_Rank": found.rank}


def cases(dataset: Dataset, params: Params) -> dict[str, Any]:
    """The cases of each kind beside the shares."""
    kinds = case_robustness(ends(joined_of(dataset, params))).kinds
    listed = {kind: list(kinds[kind]) for kind in KINDS_IN_THEIR_ORDER}
    return {**listed, **case_ratio(dataset, params)}


def single(dataset: Dataset, params: Params) -> dict[str, list[Any]]:
    """Each test alone, the one that changes most first."""
    found = single_tests(joined_of(dataset, params))
    ranks = [each.rank for each in found]
    return {
        "Model": [tests_of(params)[each.test].replace(" ", "") for each in found],
        "RCC_Rank": ranks,
        "RC_Rank": ranks,
        "SC": [each.coincidence for each in found],
    }


def choices_of(params: Params) -> Choices:
    """The choices that a case starts from."""
    include = params.get("include") or ""
    include = include if isinstance(include, str) else "".join(include)
    if set(include) - {"?"}:
        raise NotCovered(f"include={include}")
    expectations = expected(params.get("dir_exp"), params["conditions"])
    kind = "conservative" if not include else "intermediate" if expectations else "parsimonious"
    return Choices(
        params["outcome"],
        tuple(params["conditions"]),
        consistency=params["incl_cut"],
        pri=params.get("pri_cut") or 0,
        cases=int(params.get("n_cut", 1)),
        solution=kind,  # type: ignore[arg-type]
        expectations=expectations,
    )


def expected(given: Any, conditions: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Directional expectations of a case, by condition."""
    if not given:
        return {}
    if isinstance(given, Mapping):
        if given.get("conjunctural"):
            raise NotCovered("conjunctural expectations")
        return {name: tuple(each) for name, each in given.get("expectations", given).items()}
    words = given.split(",") if isinstance(given, str) else given
    pairs = zip(conditions, map(str, words), strict=True)
    return {name: (int(word),) for name, word in pairs if word.strip() not in ("-", "")}


def bounds(found: Range) -> list[float | None]:
    """Lower and upper bound."""
    return [found.lower, found.upper]


def runs_of(params: Params) -> int:
    """How many steps are tried: one less than is allowed.

    In SetMethods 4.1 the last allowed run already counts as NA, by an earlier reading of its
    source that was not repeated. The manual reads as if the last run were tried too, and no local
    reference case tells the two apart.
    """
    return max(1, int(params.get("max_runs", params.get("max.runs", 20))) - 1)


def cut_range(name: str, usual: float) -> Callable[[Dataset, Params], Any]:
    """The range of a cut-off; consistencies of 0 and 1 are not tried by that program."""

    def possible(value: float) -> bool:
        return value >= 1 if name == "cases" else 0 < value < 1

    def compute(dataset: Dataset, params: Params) -> list[float | None]:
        known(params, *MINIMISED, *MOVED)
        choices = choices_of(params)
        made = sets_of(dataset, names_of(choices))
        first = first_model(choices, made)

        def stays(value: float) -> bool:
            moved_to = int(value) if name == "cases" else value
            return first_model(replace(choices, **{name: moved_to}), made) == first

        step = params.get("step", usual)
        at = getattr(choices, name)
        return bounds(moved(name, at, stays, step=step, runs=runs_of(params), possible=possible))

    return compute


def first_model(choices: Choices, memberships: Memberships) -> Models:
    """The first model alone: the program that gave these numbers compares no others."""
    return models_of(choices.solved(memberships), first_only=True)


def names_of(choices: Choices) -> list[str]:
    """Conditions and the set of the outcome."""
    return list(dict.fromkeys([*choices.conditions, *parse(choices.outcome).names]))


def calibration_range(dataset: Dataset, params: Params) -> dict[str, list[float | None]]:
    """The range of each anchor of one condition: exclusion, crossover, inclusion."""
    known(params, *MINIMISED, *MOVED, *CALIBRATED)
    choices = choices_of(params)
    target = params["test_cond_calib"]
    raw, step = raw_of(dataset, params), float(params.get("step", 1))
    at = thresholds_of(params["test_thresholds"])
    names = ("crossover",) if len(at) == 1 else ("out", "crossover", "into")
    others = [name for name in names_of(choices) if name != target]

    def memberships(changes: Mapping[str, Mapping[str, float]]) -> Memberships:
        now = {**dict(zip(names, at, strict=True)), **changes.get(target, {})}
        held = crisp(raw, [now["crossover"]]) if len(at) == 1 else direct(raw, **now)
        frame = sets_of(dataset, others).frame if others else pd.DataFrame()
        return Memberships.of(frame.assign(**{target: held}))

    moved_anchors = [
        Anchor(target, name, each, step, *between(name, each, at, raw))
        for name, each in zip(names, at, strict=True)
    ]
    found = ranges(
        memberships,
        choices,
        steps={},
        runs=runs_of(params),
        anchors=moved_anchors,
        models=first_model,
    )
    letters = {"out": "E", "crossover": "C", "into": "I"}
    return {letters[name]: bounds(each) for name, each in zip(names, found, strict=True)}


def raw_of(dataset: Dataset, params: Params) -> np.ndarray:
    """The numbers that a condition was made from; the condition itself is none."""
    if given := params.get("raw_values"):
        return np.asarray(given, float)
    name = params["test_cond_raw"]
    held = dataset.get("raw")
    if isinstance(held, Mapping):
        held = held.get(name)
    if held is None and name != params["test_cond_calib"]:
        held = dataset["columns"].get(name)
    if not isinstance(held, list):
        raise NotCovered(f"no raw numbers of {name}")
    return np.asarray(held, float)


def thresholds_of(given: Any) -> list[float]:
    """One threshold or three, out of a number, a list, names, or a text."""
    if isinstance(given, int | float) or (isinstance(given, list) and len(given) == 1):
        return [float(given[0] if isinstance(given, list) else given)]
    found = anchors(given)
    if isinstance(found, TwoSided):
        raise NotCovered("six thresholds")
    return [found.out, found.crossover, found.into]


def between(
    name: str, at: float, thresholds: Sequence[float], raw: np.ndarray
) -> tuple[float, float]:
    """Between what an anchor is moved: its neighbours, the crossover also within the numbers."""
    within = name == "crossover"
    low = [each for each in thresholds if each < at] + [float(raw.min())] * within
    high = [each for each in thresholds if each > at] + [float(raw.max())] * within
    return max(low, default=-math.inf), min(high, default=math.inf)


def cluster(dataset: Dataset, params: Params) -> dict[str, Any]:
    """Consistency and coverage in groups; a group without members counts as 1, as there."""
    known(
        params,
        "dataset",
        "expression",
        "terms",
        "outcome",
        "unit",
        "cluster",
        "necessity",
        "wicons",
        *("call", "results", "unit_id", "cluster_id", "sol"),
    )
    text = joined(params.get("expression") or params.get("results") or params["terms"])
    texts = (text, params["outcome"])
    names = list(dict.fromkeys(name for each in texts for name in parse(each).names))
    sets = sets_of(dataset, names)
    found = clusters(
        membership(text, sets),
        membership(params["outcome"], sets),
        units=list(map(str, dataset["columns"][params.get("unit") or params["unit_id"]])),
        groups=list(map(str, dataset["columns"][params.get("cluster") or params["cluster_id"]])),
        relation="necessity" if params.get("necessity") else "sufficiency",
        empty="count_as_one",
    )
    return {
        "POCOS": [found.consistency],
        "BECOS": list(found.between.values()),
        "dBP": [found.between_distance],
        "WICONS": list(found.within.values()),
        "dWP": [found.within_distance],
        "Coverages": {
            "pooled": [found.coverage],
            "between": list(found.between_coverage.values()),
            "within": list(found.within_coverage.values()),
        },
        "wiconsprint": [bool(params.get("wicons", False))],
        "cluster_ids": [f"{name} ({size}) " for name, size in found.group_sizes.items()],
        "unit_ids": [f"{name} ({size}) " for name, size in found.unit_sizes.items()],
    }


def by_name(value: Any) -> Any:
    """Groups and units with their numbers, in the order of their names."""
    if not isinstance(value, Mapping) or "error" in value:
        return value
    sorted_value = dict(value)
    for ids, numbers, coverage in (
        ("cluster_ids", "BECOS", "between"),
        ("unit_ids", "WICONS", "within"),
    ):
        order = sorted(range(len(value[ids])), key=lambda place, ids=ids: value[ids][place])  # type: ignore[misc]
        sorted_value[ids] = [value[ids][place] for place in order]
        sorted_value[numbers] = [value[numbers][place] for place in order]
        held = dict(sorted_value["Coverages"])
        held[coverage] = [held[coverage][place] for place in order]
        sorted_value["Coverages"] = held
    return sorted_value


STATISTICS: dict[str, Callable[[Dataset, Params], Any]] = {
    "qca.rob.fit": fit,
    "qca.rob.corefit": core_fit,
    "qca.rob.caseratio": case_ratio,
    "qca.rob.cases": cases,
    "qca.rob.singletest": single,
    "qca.rob.inclrange": cut_range("consistency", 0.1),
    "qca.rob.prirange": cut_range("pri", 0.1),
    "qca.rob.ncutrange": cut_range("cases", 1),
    "qca.rob.calibrange": calibration_range,
    "qca.cluster": cluster,
}
CANONICAL: dict[str, Callable[[Any], Any]] = {"qca.cluster": by_name}
TOLERANCES: dict[str, float] = {
    "qca.rob.fit": 0.002,
    "qca.rob.corefit": 0.0006,
    "qca.rob.caseratio": 0.0006,
    "qca.rob.cases": 0.0006,
    "qca.rob.singletest": 0.0006,
    "qca.cluster": 1e-8,
}
