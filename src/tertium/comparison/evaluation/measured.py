"""How good the verdicts are: over all codes, by code, by group of texts, by score.

Comes in: texts with verdicts beside labels.
Goes out: results whose numbers have intervals, or say why they have no value.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from tertium.agreement.evaluation.calibration import bin_rows
from tertium.agreement.evaluation.estimates import (
    calibration_row,
    estimates,
    groups_of,
    language_gap,
)
from tertium.agreement.evaluation.evaluate import code_rows
from tertium.agreement.evaluation.judged import ALL
from tertium.comparison.evaluation.part import ONLY_PRESENT, Part
from tertium.comparison.result import Result

MEASURE_LABELS = {
    "macro_f1": "Macro-F1 (mean of the codes' F1)",
    "macro_precision": "Macro precision",
    "macro_recall": "Macro recall",
    "micro_f1": "Micro-F1 (all codes together)",
    "subset_accuracy": "Whole set of codes right",
    "primary_accuracy": "Primary code right",
    "none_kept": "Texts without a code that get none",
    "coverage": "Coverage (verdicts decided)",
    "accuracy_decided": "Right among those decided",
    "brier": "Brier score (0 is best)",
    "ece": "Expected calibration error (0 is best)",
    "micro_f1_gap": "Micro-F1 gap",
}
REASON_WORDS = {
    "never_given": "never given",
    "never_labelled": "never labelled",
    "neither_labelled_nor_given": "neither labelled nor given",
    "no_text": "there is no text",
    "no_primary_label": "no text has a primary label",
    "no_text_without_label": "every text has a label",
    "nothing_decided": "nothing was decided",
    "no_score": "there is no score",
    "one_language_searched": "only one language was searched",
}
CONCERN_WORDS = {
    "one_topic_group": "one topic group, so no interval",
    "few_groups": "fewer than ten topic groups",
    "some_resamples_undefined": "no value in some resamples",
    "no_interval": "",
}
# Above the columns of a table with many of them.
_SHORT = {
    "texts": "Texts",
    "groups": "Groups",
    "labelled": "Labelled",
    "given": "Given",
    "precision": "Precision",
    "recall": "Recall",
    "f1": "F1",
    "brier": "Brier score",
    "macro_f1": "Macro-F1",
    "micro_f1": "Micro-F1",
    "primary_accuracy": "Primary right",
    "none_kept": "Kept empty",
    "coverage": "Coverage",
    "accuracy_decided": "Right of decided",
}
_LANGUAGES = {"en": "English", "ru": "Russian", "zh": "Chinese"}
_GROUP_MEASURES = (
    "macro_f1", "micro_f1", "primary_accuracy", "none_kept", "coverage", "accuracy_decided",
)  # fmt: skip


def overall_result(of: Part) -> Result:
    """Every measure over all codes, with its interval and what it is a share of."""
    rows = [*estimates(of.arrays, of.how), calibration_row(of.arrays)]
    gap = language_gap(of.arrays, of.how)
    index = pd.Index([row["measure"] for row in [*rows, gap]], name="measure", dtype=object)
    frame = pd.DataFrame(
        {
            name: pd.Series([row.get(name, np.nan) for row in [*rows, gap]], dtype="Float64")
            for name in ("value", "low", "high")
        }
    )
    frame["interval"] = [_spread(row) for row in [*rows, gap]]
    frame["of"] = [f"{row['n']:,} {row['unit']}" for row in [*rows, gap]]
    frame.index = index
    shown = pd.DataFrame(index=index, columns=frame.columns, dtype=object)
    shown["value"] = [_value(row) for row in [*rows, gap]]
    labels = dict(MEASURE_LABELS)
    if gap.get("group"):
        labels["micro_f1_gap"] += f": {_languages(gap['group'])}"
    return Result(
        frame,
        title="Verdicts against labels, over all codes",
        note=f"{of.about} {ONLY_PRESENT} {of.how.in_words}",
        row_labels=labels,
        shown=shown,
        hidden=("low", "high"),
    )


def _languages(group: str) -> str:
    """Languages joined by + or "less", in words."""
    words = group.replace("+", " and ").split(" ")
    return " ".join(_LANGUAGES.get(word, word) for word in words)


def _value(row: Mapping[str, Any]) -> str:
    if row.get("reason"):
        return f"not defined: {REASON_WORDS[row['reason']]}"
    return f"{row['value']:.2f}"


def _spread(row: Mapping[str, Any]) -> str:
    concerns = [CONCERN_WORDS[each] for each in (row.get("concern") or "").split("; ") if each]
    low = row.get("low", np.nan)
    told = "" if low != low else f"{low:.2f} to {row['high']:.2f}"
    return "; ".join(part for part in (told, *concerns) if part)


def _with_interval(value: float, low: float, high: float, reason: str) -> str:
    if reason:
        return f"not defined: {REASON_WORDS[reason]}"
    # No-break spaces keep the bracket on one line.
    return f"{value:.2f}" + ("" if low != low else f" ({low:.2f}\u00a0to\u00a0{high:.2f})")


def codes_result(of: Part) -> Result:
    """Precision, recall and F1 of each code, with their intervals."""
    rows = list(code_rows(of.arrays, of.how))
    frame = pd.DataFrame(rows, index=pd.Index(of.arrays.codes, name="code", dtype=object))
    frame = frame[["labelled", "given", "precision", "recall", "f1", "brier"]]
    frame.columns.name = "measure"
    shown = pd.DataFrame(index=frame.index, columns=frame.columns, dtype=object)
    for name in ("precision", "recall", "f1"):
        ends = (name, f"{name}_low", f"{name}_high", f"{name}_reason")
        shown[name] = [_with_interval(*(row[each] for each in ends)) for row in rows]
    shown["brier"] = [
        None if row["brier"] != row["brier"] else f"{row['brier']:.2f}" for row in rows
    ]
    return Result(
        frame,
        title="Verdicts against labels, code by code",
        note="Labelled, given: number of texts. Brier: mean squared distance of the score from "
        f"the label, 0 is best. {of.about} {ONLY_PRESENT} {of.how.in_words}",
        row_labels=of.labels,
        column_labels=_SHORT,
        shown=shown,
        missing="no score",
    )


def groups_result(of: Part) -> Result:
    """The measures for each group of texts."""
    found = groups_of(of.arrays, of.by)
    values: dict[str, list[Any]] = {name: [] for name in ("texts", "groups", *_GROUP_MEASURES)}
    texts: dict[str, list[Any]] = {name: [] for name in values}
    reasons: set[str] = set()
    for mask in found.values():
        rows = {row["measure"]: row for row in estimates(of.arrays.where(mask), of.how)}
        values["texts"].append(int(mask.sum()))
        values["groups"].append(rows["micro_f1"]["groups"])
        for name in ("texts", "groups"):
            texts[name].append(None)
        for name in _GROUP_MEASURES:
            row = rows[name]
            values[name].append(row["value"])
            if row.get("reason"):
                reasons.add(REASON_WORDS[row["reason"]])
                texts[name].append("not defined")
                continue
            ends = (row["value"], row.get("low", np.nan), row.get("high", np.nan))
            texts[name].append(_with_interval(*ends, ""))
    index = pd.Index(list(found), name=of.by, dtype=object)
    frame = pd.DataFrame(values, index=index)
    frame.columns.name = "measure"
    pooled = {name: f"{_languages(name)}, pooled" for name in found if "+" in name}
    why = f"Not defined, because: {'; '.join(sorted(reasons))}. " if reasons else ""
    return Result(
        frame,
        title=f"Verdicts against labels, by {_GROUPED_BY[of.by]}",
        note="Groups: topic groups. With fewer than ten an interval says little, with one there is "
        "none. "
        "Kept empty: of the texts without a label, the share that is given no code. Macro-F1: "
        f"mean over the codes that are labelled or given in the group. {why}{of.about} "
        f"{ONLY_PRESENT} {of.how.in_words}",
        row_labels=pooled,
        column_labels=_SHORT,
        shown=pd.DataFrame(texts, index=index, dtype=object),
    )


_GROUPED_BY = {
    "language": "language",
    "voice": "voice",
    "length": "length in characters",
    "confidence": "the annotator's confidence",
    "topic_group": "topic group",
}


def calibration_result(of: Part) -> Result:
    """The score against the share labelled, bin by bin."""
    rows = bin_rows(of.arrays, of.how, code=of.code)
    names = ("from", "to", "n", "labelled", "mean_score", "share_labelled", "low", "high")
    frame = pd.DataFrame({name: [row[name] for row in rows] for name in names})
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    own = of.table if of.code == ALL else of.table[of.table["code"] == of.code]
    what = (
        "The score is calibrated and may be read as a probability."
        if len(own) and own["calibrated"].all()
        else "The score is not calibrated: it is a rank, no probability."
    )
    whose = "all codes" if of.code == ALL else of.labels[of.code]
    return Result(
        frame,
        title=f"Scores and the share labelled: {whose}",
        note=f"{what} n: number of verdicts in the bin, in a figure beside its dot. Verdicts "
        f"without a score (not searched) are left out. {of.about} {of.how.in_words}",
    )
