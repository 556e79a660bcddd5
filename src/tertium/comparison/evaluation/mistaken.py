"""Where the verdicts are wrong: by verdict, by primary code, text by text.

Comes in: texts with verdicts beside labels.
Goes out: results that count mistakes and list them.
"""

from __future__ import annotations

import pandas as pd

from tertium.agreement.evaluation.gold import NONE
from tertium.agreement.evaluation.judged import ALL
from tertium.agreement.evaluation.misses import misses, primary_counts, verdict_counts
from tertium.comparison.evaluation.part import Part
from tertium.comparison.result import Result, shortened

_LABELLED = {"yes": "Yes", "no": "No"}
_VERDICTS = ("present", "undecided", "absent", "not_searched")
# Patterns of an indicator can be many; misses.csv holds all of them.
_PATTERNS_WIDTH = 150


def verdicts_result(of: Part) -> Result:
    """How often each verdict was given where a code was labelled, and where not."""
    found = verdict_counts(of.table)
    values = [
        value
        for value in _VERDICTS
        if any(found[ALL, code, each, value] for code in of.arrays.codes for each in _LABELLED)
    ]
    columns = {
        f"{labelled}_{value}": f"{words}: {value.replace('_', ' ')}"
        for labelled, words in _LABELLED.items()
        for value in values
    }
    frame = pd.DataFrame(
        {
            name: pd.Series(
                [found[ALL, code, *_pair(name)] for code in of.arrays.codes], dtype="Int64"
            )
            for name in columns
        }
    )
    frame.index = pd.Index(of.arrays.codes, name="code", dtype=object)
    frame.columns.name = "label and verdict"
    return Result(
        frame,
        title="What was labelled, and the verdict on it",
        note="Number of texts. Yes: the code was labelled; no: it was not. What never occurs has "
        f"no column. {of.about}",
        row_labels=of.labels,
        column_labels=columns,
    )


def _pair(name: str) -> tuple[str, str]:
    labelled, _, verdict = name.partition("_")
    return labelled, verdict


def primaries_result(of: Part) -> Result:
    """The primary code labelled against that given."""
    found = primary_counts(of.arrays)
    places = [*of.arrays.codes, NONE]
    frame = pd.DataFrame(
        {
            given: pd.Series([found[labelled, given] for labelled in places], dtype="Int64")
            for given in places
        }
    )
    frame.index = pd.Index(places, name="primary labelled", dtype=object)
    frame.columns.name = "primary given"
    return Result(
        frame,
        title="Primary code: labelled (rows) and given (columns)",
        note=f"Number of texts; what is right stands on the diagonal. {of.about}",
        row_labels=of.labels,
        column_labels=of.labels,
    )


def misses_result(of: Part) -> Result:
    """The texts judged wrong, the worst first."""
    found = misses(of.table)
    frame = pd.DataFrame(
        {
            "text": found["id"],
            "address": found["address"].fillna(""),
            "language": found["language"],
            "labelled": [of.words(each) for each in found["labelled"]],
            "given": [of.words(each) for each in found["given"]],
            "left_undecided": [of.words(each) for each in found["undecided"]],
            "patterns_that_fired": [shortened(each, _PATTERNS_WIDTH) for each in found["patterns"]],
        },
        dtype=object,
    )
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    primary = sum(found["wrong"] == 0)
    return Result(
        frame,
        title="Texts judged wrong, the worst first",
        note=f"{len(frame)} of {len(of.arrays):,} texts, {primary} of them for the primary code "
        "alone; first those with most codes missed or added, then those whose scores lie farthest "
        f"from the labels. {of.about}",
    )
