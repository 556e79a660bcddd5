"""What each voice tells of a case, code by code.

Comes in: the cases that several voices tell.
Goes out: a grid of case and code by voice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from tertium.comparison.cases.told import Found
from tertium.comparison.cases.voices import ToldCase, voices_of, which_cases
from tertium.comparison.passages import NO_EVIDENCE, Passages
from tertium.comparison.result import NOT_SEARCHED, Result, support_table

NO_SOURCE = "–"
BETWEEN = " · "


def by_voice(passages: Passages, cases: Sequence[ToldCase], scheme: str, at_least: int) -> Result:
    """Case and code by voice: in how many of its sources each voice tells it."""
    columns = voices_of([each for case in cases for each in case.tellings])
    codes = passages.tables.scheme(scheme)
    numbers: dict[str, list[int | None]] = {voice: [] for voice in columns}
    texts: dict[str, list[str]] = {voice: [] for voice in columns}
    labels: dict[Any, str] = {}
    groups: dict[Any, str] = {}
    support: list[dict[str, Any]] = []
    left_out = 0
    for case in cases:
        for code, accord in case.accords.items():
            if not accord.is_named:
                left_out += 1
                continue
            row = f"{case.case_id}{BETWEEN}{code}"
            labels[row] = f"{codes.code(code).label}: {accord.in_words()}"
            groups[row] = f"{case.name} ({case.country})"
            for voice in columns:
                found = accord.by_voice.get(voice)
                value, text = _cell(found)
                numbers[voice].append(value)
                texts[voice].append(text)
                support += [
                    {"row": row, "column": voice, **passage}
                    for each in found or ()
                    for passage in each.spoken
                ]
    index = pd.Index(list(labels), dtype=object, name="case and code")
    frame = pd.DataFrame(
        {voice: pd.Series(numbers[voice], index=index, dtype="Int64") for voice in columns},
        index=index,
    )
    frame.columns.name = "voice"
    rows = "row" if left_out == 1 else "rows"
    return Result(
        frame,
        title=f"{codes.title} of one case as different voices tell it",
        note=" ".join(
            [
                *which_cases(passages, cases, at_least),
                "A cell says in how many of the sources of a voice that tell the case the code is "
                f"present (coder: {passages.tables.decides(scheme)}). 0: looked for, not found, "
                f"which is no denial; {NO_SOURCE}: no source of this voice tells the case; "
                f"{NOT_SEARCHED}: nobody looked.",
                _WORDS,
                f"Codes that no voice tells are left out ({left_out} {rows}).",
            ]
        ),
        support=support_table(support),
        row_labels=labels,
        row_groups=groups,
        shown=pd.DataFrame(texts, index=index, dtype=object),
        missing=NOT_SEARCHED,
    )


_WORDS = (
    "Beside each code: “all searched”, every voice in whose sources it was looked for tells it; "
    "a voice “only”, the others were searched and do not; “disputed”, one voice states it and "
    "another speaks of it only to criticise or deny it."
)


def _cell(found: Sequence[Found] | None) -> tuple[int | None, str]:
    """How many sources of a voice tell it, and what a reader sees."""
    if not found:
        return None, NO_SOURCE
    denials = "; denied" if any(each.denials for each in found) else ""
    searched = [each for each in found if each.state != "not_searched"]
    if not searched:
        return None, f"{NOT_SEARCHED}{denials}"
    present = sum(each.state == "present" for each in searched)
    text = f"{present} of {len(searched)}"
    if len(searched) < len(found):
        text += f"; {len(found) - len(searched)} {NOT_SEARCHED}"
    if undecided := sum(each.state == "undecided" for each in searched):
        text += f"; {undecided} undecided"
    stances = {stance for each in searched for stance in each.stances} - {NO_EVIDENCE}
    if "asserted" not in stances:
        text += "".join(f"; {stance}" for stance in sorted(stances))
    return present, f"{text}{denials}"
