"""How far a coder's verdicts agree with labels: over all, by code, by group of texts.

Comes in: the table of verdicts beside labels.
Goes out: tables of measures, each with its interval, what it rests on and what weakens it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from tertium.agreement.evaluation.calibration import calibration, calibration_error
from tertium.agreement.evaluation.estimates import (
    calibration_row,
    estimate,
    estimates,
    groups_of,
    language_gap,
    rounded,
)
from tertium.agreement.evaluation.judged import ALL, SEARCHED, Judged, chosen, judged
from tertium.agreement.evaluation.measures import REASONS, UNITS, code_measures, counts
from tertium.agreement.evaluation.misses import confusion, misses
from tertium.agreement.evaluation.resampling import Resampling, resampled

TABLES = ("verdicts", "summary", "codes", "groups", "calibration", "confusion", "misses")
ESTIMATE_COLUMNS = (
    "corpus", "languages", "by", "group", "measure", "value", "low", "high", "n", "unit",
    "groups", "codes", "reason", "concern",
)  # fmt: skip
CODE_COLUMNS = (
    "corpus", "languages", "code", "labelled", "given", "tp", "fp", "fn", "tn",
    "precision", "precision_low", "precision_high", "precision_reason",
    "recall", "recall_low", "recall_high", "recall_reason",
    "f1", "f1_low", "f1_high", "f1_reason", "brier", "ece", "coverage", "texts", "groups",
)  # fmt: skip
GROUPINGS = ("language", "voice", "length", "confidence", "topic_group")
# One story is one topic group: it has no interval, and macro means of it mean little.
_OF_ONE_STORY = ("micro_f1", "subset_accuracy", "primary_accuracy", "none_kept")


def evaluation_tables(table: pd.DataFrame, how: Resampling) -> dict[str, pd.DataFrame]:
    """Every table of an evaluation by name, verdicts first; no table holds words of a text.

    All but `verdicts` say in their first columns whose verdicts they judge, by which scheme and
    against whose labels.

    Parameters
    ----------
    table : DataFrame
        Columns `EVALUATED`.
    how : Resampling
    """
    found = {
        "summary": summary(table, how),
        "codes": by_code(table, how),
        "groups": by_group(table, how),
        "calibration": calibration(table, how),
        "confusion": confusion(table),
        "misses": misses(table),
    }
    about = table.iloc[0]
    stated = {
        "scheme": f"{about['scheme']}@{about['scheme_version']}",
        "coder": about["coder"],
        "annotator": about["annotator"],
    }
    for name, frame in found.items():
        for place, (column, value) in enumerate(stated.items()):
            frame.insert(place, column, value)
        found[name] = frame
    return {"verdicts": table, **found}


def scopes(arrays: Judged) -> list[tuple[str, str]]:
    """Each corpus and all together, with all languages and with those searched."""
    there = sorted(set(arrays.texts["corpus"]))
    corpora = [ALL, *there] if len(there) > 1 else there
    return [(corpus, languages) for corpus in corpora for languages in (ALL, SEARCHED)]


def summary(table: pd.DataFrame, how: Resampling) -> pd.DataFrame:
    """The measures over all codes, for each corpus: columns `ESTIMATE_COLUMNS`.

    Beside the measures of `text_measures` stand `ece` (see `calibration_error`) and
    `micro_f1_gap`: the micro-F1 of the other languages searched, pooled, less that of the
    language with most texts.

    Parameters
    ----------
    table : DataFrame
        Columns `EVALUATED`.
    how : Resampling
    """
    arrays = judged(table)
    rows: list[dict[str, Any]] = []
    for corpus, languages in scopes(arrays):
        part = chosen(arrays, corpus=corpus, languages=languages)
        own = [*estimates(part, how), calibration_row(part), language_gap(part, how)]
        rows += [{"corpus": corpus, "languages": languages, **row} for row in own]
    return estimate_frame(rows)


def by_group(
    table: pd.DataFrame, how: Resampling, *, groupings: Iterable[str] = GROUPINGS
) -> pd.DataFrame:
    """The same by language, voice, length, the annotator's confidence and topic group.

    Texts in several languages stand under each one and, where at least two besides the most
    frequent were searched, pooled as well (`ru+zh`).
    """
    arrays = judged(table)
    rows: list[dict[str, Any]] = []
    for corpus, languages in scopes(arrays):
        if languages == SEARCHED:
            continue
        part = chosen(arrays, corpus=corpus)
        for by in groupings:
            wanted = _OF_ONE_STORY if by == "topic_group" else tuple(UNITS)
            for group, mask in groups_of(part, by).items():
                rows += [
                    {"corpus": corpus, "languages": languages, "by": by, "group": group, **row}
                    for row in estimates(part.where(mask), how)
                    if row["measure"] in wanted
                ]
    return estimate_frame(rows)


def by_code(table: pd.DataFrame, how: Resampling) -> pd.DataFrame:
    """Counts, precision, recall and F1 of each code: columns `CODE_COLUMNS`."""
    arrays = judged(table)
    rows: list[dict[str, Any]] = []
    for corpus, languages in scopes(arrays):
        part = chosen(arrays, corpus=corpus, languages=languages)
        own = code_rows(part, how)
        rows += [{"corpus": corpus, "languages": languages, **row} for row in own]
    return pd.DataFrame(rows, columns=list(CODE_COLUMNS))


def code_rows(arrays: Judged, how: Resampling) -> Iterator[dict[str, Any]]:
    """One row a code: counts, and precision, recall and F1 with their intervals."""
    per_text = counts(arrays)
    groups = arrays.texts["topic_group"]
    total = {name: array.sum(axis=0) for name, array in per_text.items()}
    drawn = resampled(per_text, groups, how) if len(arrays) else None
    draws = code_measures(drawn) if drawn is not None else {}
    measures = code_measures(total)
    for place, code in enumerate(arrays.codes):
        own = {name: int(total[name][place]) for name in ("tp", "fp", "fn", "tn")}
        row: dict[str, Any] = {
            "code": code,
            "labelled": own["tp"] + own["fn"],
            "given": own["tp"] + own["fp"],
            **own,
        }
        for name, values in measures.items():
            drawn_here = draws[name][:, place] if draws else None
            found = estimate(float(values[place]), drawn_here, how, groups.nunique(), REASONS[name])
            row |= {
                name: found["value"],
                f"{name}_low": found.get("low", np.nan),
                f"{name}_high": found.get("high", np.nan),
                f"{name}_reason": found.get("reason", "") or "",
            }
        yield {**row, **_scores_of(arrays, place), "groups": groups.nunique()}


def _scores_of(arrays: Judged, place: int) -> Mapping[str, Any]:
    gold, score = arrays.gold[:, place], arrays.score[:, place]
    has_score = ~np.isnan(score)
    squared = (score[has_score] - gold[has_score]) ** 2
    return {
        "brier": rounded(squared.mean()) if has_score.any() else np.nan,
        "ece": rounded(calibration_error(gold, score)[0]),
        "coverage": rounded(arrays.decided[:, place].mean()) if len(arrays) else np.nan,
        "texts": len(arrays),
    }


def estimate_frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows of estimates with the columns `ESTIMATE_COLUMNS`; words that are not there are empty."""
    frame = pd.DataFrame(list(rows), columns=list(ESTIMATE_COLUMNS))
    for name in ("by", "group", "reason", "concern"):
        frame[name] = frame[name].astype(object).where(frame[name].notna(), "")
    return frame
