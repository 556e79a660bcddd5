"""A measure with its interval: over all texts of a group, and of one language less the others.

Comes in: the arrays of labels and verdicts.
Goes out: rows of estimates, each with what it rests on and what weakens it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from tertium.agreement.evaluation.calibration import calibration_error
from tertium.agreement.evaluation.judged import Judged, length_band
from tertium.agreement.evaluation.measures import (
    REASONS,
    UNITS,
    amounts,
    code_measures,
    counts,
    text_measures,
)
from tertium.agreement.evaluation.resampling import FEW_GROUPS, Resampling, interval, resampled

DECIMALS = 6
GAP = "micro_f1_gap"
_NOT_STATED = "not stated"


def estimates(arrays: Judged, how: Resampling) -> Iterator[dict[str, Any]]:
    """One row a measure of `text_measures`: value, interval, what it rests on.

    A measure without meaning is NaN with a reason. An interval is missing with
    `one_topic_group` as concern; `few_groups` says that it rests on fewer than ten of them,
    `some_resamples_undefined` that in more than one of twenty resamples it had no value.
    """
    per_text = counts(arrays)
    groups = arrays.texts["topic_group"]
    total = {name: array.sum(axis=0) for name, array in per_text.items()}
    drawn = resampled(per_text, groups, how) if len(arrays) else None
    draws = text_measures(drawn) if drawn is not None else {}
    rests_on = amounts(total)
    defined = (~np.isnan(code_measures(total)["f1"])).sum()
    for name, value in text_measures(total).items():
        yield {
            "measure": name,
            **estimate(float(value), draws.get(name), how, groups.nunique(), REASONS[name]),
            "n": rests_on[name],
            "unit": UNITS[name],
            "codes": int(defined),
        }


def estimate(
    value: float, draws: np.ndarray | None, how: Resampling, groups: int, reason: str
) -> dict[str, Any]:
    """A value with its interval, or the reason why it has none."""
    found: dict[str, Any] = {"value": rounded(value), "groups": int(groups)}
    if np.isnan(value):
        return {**found, "reason": reason}
    if draws is None:
        return {**found, "concern": "one_topic_group"}
    low, high, share = interval(draws, how)
    concerns = ["few_groups"] if groups < FEW_GROUPS else []
    concerns += ["some_resamples_undefined"] if share < 0.95 else []
    return {**found, "low": rounded(low), "high": rounded(high), "concern": "; ".join(concerns)}


def rounded(value: float) -> float:
    """A measure to six decimals: more would tell machines apart."""
    return round(float(value), DECIMALS)


def calibration_row(arrays: Judged) -> dict[str, Any]:
    """The expected calibration error over all codes; it has no interval."""
    value, number = calibration_error(arrays.gold, arrays.score)
    return {
        "measure": "ece",
        "value": rounded(value),
        "reason": REASONS["ece"] if np.isnan(value) else "",
        "concern": "" if np.isnan(value) else "no_interval",
        "n": number,
        "unit": "verdicts with a score",
        "groups": arrays.texts["topic_group"].nunique(),
        "codes": len(arrays.codes),
    }


def language_gap(arrays: Judged, how: Resampling) -> dict[str, Any]:
    """How much lower or higher the micro-F1 is in the languages with fewer texts, pooled."""
    spoken = searched_languages(arrays)
    row: dict[str, Any] = {"measure": GAP, "unit": "texts", "codes": len(arrays.codes)}
    if len(spoken) < 2:
        return {**row, "value": np.nan, "n": 0, "groups": 0, "reason": "one_language_searched"}
    own = main_language(arrays.texts["language"])
    sides = [(own == spoken[0]).to_numpy(), own.isin(spoken[1:]).to_numpy()]
    part = arrays.where(sides[0] | sides[1])
    masks = [side[sides[0] | sides[1]] for side in sides]
    per_text, groups = counts(part), part.texts["topic_group"]
    values, draws = [], []
    for mask in masks:
        one_side = {name: (array.T * mask).T for name, array in per_text.items()}
        total = {name: array.sum(axis=0) for name, array in one_side.items()}
        values.append(float(text_measures(total)["micro_f1"]))
        drawn = resampled(one_side, groups, how)
        draws.append(None if drawn is None else text_measures(drawn)["micro_f1"])
    # Both sides are drawn with the same seed, so that each resample is one and the same.
    difference = None if draws[0] is None or draws[1] is None else draws[1] - draws[0]
    found = estimate(values[1] - values[0], difference, how, groups.nunique(), REASONS["micro_f1"])
    return {**row, **found, "group": f"{'+'.join(sorted(spoken[1:]))} less {spoken[0]}",
            "n": len(part)}  # fmt: skip


def main_language(languages: pd.Series) -> pd.Series:
    """The language of each tag, without script or country."""
    return languages.fillna("und").str.split("-").str[0].str.casefold()


def searched_languages(arrays: Judged) -> list[str]:
    """The languages in which at least one text was searched, that with most texts first."""
    own = main_language(arrays.texts["language"])
    numbers = own[arrays.was_searched].value_counts()
    return sorted(numbers.index, key=lambda each: (-int(numbers[each]), each))


def groups_of(arrays: Judged, by: str) -> dict[str, np.ndarray]:
    """Which texts belong to each group, sorted by the group's name; lengths by length."""
    values = _grouping(arrays.texts, by)
    names = sorted(set(values), key=lambda each: (each == _NOT_STATED, each))
    if by == "length":
        shortest = arrays.texts.groupby(values.to_numpy())["length"].min()
        names = sorted(names, key=lambda each: int(shortest[each]))
    found = {name: (values == name).to_numpy() for name in names}
    if by == "language":
        others = searched_languages(arrays)[1:]
        if len(others) > 1:
            found["+".join(sorted(others))] = values.isin(others).to_numpy()
    return found


def _grouping(texts: pd.DataFrame, by: str) -> pd.Series:
    if by == "language":
        return main_language(texts["language"])
    if by == "length":
        return texts["length"].map(lambda length: length_band(int(length)))
    return texts[by].fillna(_NOT_STATED)
