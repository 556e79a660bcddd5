"""Reference cases on calibration, Mill's methods and pairs of cases, for `check_oracles`.

A function takes the dataset of a case (`values`: one number a case, or `columns`: one list a set
and `case_names`) and its parameters, and gives what the case expects.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scripts.oracles_of_units import NotCovered, known

from tertium.comparison.sets.calibration.anchors import TwoSided, anchors, cuts
from tertium.comparison.sets.calibration.cuts import crisp, gaps
from tertium.comparison.sets.calibration.direct import by_rank, direct, linear, two_sided
from tertium.comparison.sets.calibration.indirect import grades, indirect
from tertium.comparison.sets.calibration.ranked import ranked
from tertium.comparison.sets.designs.corners import Corners, corners
from tertium.comparison.sets.designs.mill import agreement, difference
from tertium.comparison.sets.designs.similar import Design, distances, level_0
from tertium.comparison.sets.memberships import Memberships

Dataset = Mapping[str, Any]
Params = Mapping[str, Any]


# How cases write what is not known, and options that change nothing that is found.
MISSING = (None, "NA", "NaN", "")
IGNORED = ("dataset", "call")
LINKAGES = ("complete", "average", "single", "ward.D", "ward.D2", "mcquitty", "median", "centroid")
DISTANCES = ("euclidean", "maximum", "manhattan", "minkowski", "canberra")


def whole_word(given: Any, words: Sequence[str], usual: str) -> str:
    """Return the one of several words that a short form stands for."""
    text = str(given or usual)
    text = {"ward": "ward.D"}.get(text, text)
    found = [word for word in words if word == text] or [
        word for word in words if word.startswith(text)
    ]
    if len(found) != 1:
        raise NotCovered(text)
    return found[0]


def thresholds_of(params: Params) -> Any:
    """Return thresholds; a list with one text is that text."""
    given = params.get("thresholds")
    if isinstance(given, list) and any(isinstance(each, str) for each in given):
        given = ", ".join(map(str, given))
    if given is None or given in ("", []):
        raise NotCovered("no thresholds")
    return given


def numbers_of(dataset: Dataset) -> np.ndarray:
    """Return the raw numbers; what is missing is NaN."""
    values = dataset.get("values", dataset.get("x"))
    if not isinstance(values, list):
        raise NotCovered("no list of numbers")
    return np.array([np.nan if value in MISSING else value for value in values], dtype=float)


def listed(found: np.ndarray) -> dict[str, list[float | None]]:
    """Return memberships as cases expect them."""
    return {"values": [None if np.isnan(each) else float(each) for each in found]}


def calibrate(dataset: Dataset, params: Params) -> dict[str, list[float | None]]:
    """Return set memberships by the method of the parameters."""
    params = dict(params or {})
    for old, new in (("p", "below"), ("q", "above")):
        if old in params:
            params.setdefault(new, params.pop(old))
    known(params, "type", "method", "thresholds", "logistic", "idm", "ecdf", "below", "above",
          "include", *IGNORED)  # fmt: skip
    x = numbers_of(dataset)
    kind, method = params.get("type") or "fuzzy", params.get("method") or "direct"
    if kind == "crisp":
        thresholds = thresholds_of(params)
        return listed(crisp(x, thresholds, include=params.get("include", True)))
    if kind != "fuzzy":
        raise NotCovered(f"type={kind}")
    if method == "TFR":
        return listed(ranked(x))
    if method == "indirect":
        # The program of these cases rounds grades to three decimals, memberships to six.
        thresholds = thresholds_of(params)
        levels = np.linspace(0, 1, len(cuts(thresholds)) + 1).round(3).tolist()
        given = grades(x, thresholds, levels)
        return listed(indirect(x, given, full_steps=True).round(6))
    if method != "direct":
        raise NotCovered(f"method={method}")
    return listed(by_anchors(x, params))


def by_anchors(x: np.ndarray, params: Params) -> np.ndarray:
    """Return memberships by the direct method."""
    chosen = anchors(thresholds_of(params))
    bends = {"below": params.get("below", 1.0), "above": params.get("above", 1.0)}
    if isinstance(chosen, TwoSided):
        return two_sided(x, chosen, **bends)
    at = {"out": chosen.out, "crossover": chosen.crossover, "into": chosen.into}
    # The logistic curve goes before ranks: ecdf has a meaning only where logistic is set off.
    if params.get("logistic", True):
        return direct(x, **at, idm=params.get("idm", 0.95))
    if params.get("ecdf"):
        return by_rank(x, **at)
    return linear(x, **at, **bends)


def thresholds_found(dataset: Dataset, params: Params) -> dict[str, list[float]]:
    """Return cuts in the widest gaps."""
    params = dict(params or {})
    known(params, "n", "groups", "hclustm", "distm", *IGNORED)
    number = int(params["groups"]) - 1 if "groups" in params else int(params.get("n", 1))
    found = gaps(
        numbers_of(dataset),
        number,
        linkage=whole_word(params.get("hclustm"), LINKAGES, "complete"),  # type: ignore[arg-type]
        distance=whole_word(params.get("distm"), DISTANCES, "euclidean"),  # type: ignore[arg-type]
    )
    return {"values": list(found)}


def rows_of(dataset: Dataset, params: Params) -> Corners:
    """Return the cases of a dataset as rows of values."""
    known(params, "outcome", "conditions", *IGNORED)
    frame = pd.DataFrame(dataset["columns"], dtype=float)
    frame.index = pd.Index([str(each) for each in dataset["case_names"]], dtype=object)
    outcome = str(params["outcome"])
    bare = outcome.lstrip("~").split("[")[0]
    conditions = params.get("conditions") or [name for name in frame.columns if name != bare]
    return corners(Memberships.of(frame), outcome, [str(each) for each in conditions])


def mill(dataset: Dataset, params: Params) -> dict[str, Any]:
    """Return what Mill's methods find."""
    rows = rows_of(dataset, params)
    found = agreement(rows)

    def told(place: int, value: int) -> str:
        name = rows.conditions[place]
        if rows.levels[place] > 2:
            return f"{name}[{value}]"
        return name if value else f"~{name}"

    return {
        "agreement_common_to_all_positive": [told(*x.literal) for x in found if x.in_all_positive],
        "sufficient_alone": [told(*x.literal) for x in found if x.only_in_positive],
        "joint_method": [told(*x.literal) for x in found if x.joint],
        "direct_difference_pairs": [
            {
                "case_a": rows.cases[one],
                "case_b": rows.cases[two],
                "condition": rows.conditions[place],
            }
            for one, two, place in difference(rows)
        ],
    }


def most_alike(dataset: Dataset, params: Params) -> dict[str, Any]:
    """Return distances of cases, and the pairs at the extreme distance of each design."""
    rows = rows_of(dataset, params)

    def extreme(design: Design) -> dict[str, Any]:
        distance, pairs = level_0(rows, design)
        names = [[rows.cases[one], rows.cases[two]] for one, two in pairs]
        return {"distance": distance, "pairs": names}

    return {
        "distance_matrix": distances(rows.values).tolist(),
        "mdso_positive": extreme("different_positive"),
        "mdso_negative": extreme("different_negative"),
        "msdo": extreme("similar_different"),
    }


def sorted_lists(value: Any) -> Any:
    """Return a mapping whose lists of names and pairs are sorted, and whose matrix is not."""
    if not isinstance(value, Mapping):
        return value
    return {
        key: sorted(each, key=repr) if isinstance(each, list) and key != "distance_matrix"
        else sorted_lists(each)
        for key, each in value.items()
    }  # fmt: skip


def pairs_sorted(value: Any) -> Any:
    """Return the same for pairs of cases: their order, and that within a pair, is free."""
    if not isinstance(value, Mapping):
        return value
    found = dict(value)
    if isinstance(found.get("pairs"), list):
        found["pairs"] = [sorted(map(str, pair)) for pair in found["pairs"]]
    return sorted_lists({key: pairs_sorted(each) for key, each in found.items()})


STATISTICS: dict[str, Callable[[Dataset, Params], Any]] = {
    "qca.calibrate": calibrate,
    "qca.findTh": thresholds_found,
    "mill": mill,
    "msdo_mdso_level0": most_alike,
}
CANONICAL: dict[str, Callable[[Any], Any]] = {
    "mill": sorted_lists,
    "msdo_mdso_level0": pairs_sorted,
}
# That of the indirect method; tests hold the other methods to the usual one.
TOLERANCES: dict[str, float] = {"qca.calibrate": 1e-6}
