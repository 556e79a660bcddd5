"""What each voice tells of a case, code by code.

Comes in: the cases that several voices tell.
Goes out: a grid of case and code by voice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from tertium.comparison.cases.told import TOLD, Found
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
    left_out, is_of_actors = 0, False
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
                is_of_actors = is_of_actors or _TELLS in text
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
                f"told (coder: {passages.tables.decides(scheme)}), of those searched. 0: looked "
                f"for, not found, which is no denial; {NO_SOURCE}: no source of this voice tells "
                f"the case; {NOT_SEARCHED}: nobody looked; undecided: neither found nor not.",
                _WORDS,
                *([_OF_ACTORS] if is_of_actors else []),
                f"Codes that no voice tells are left out ({left_out} {rows}).",
            ]
        ),
        support=support_table(support),
        row_labels=labels,
        row_groups=groups,
        shown=pd.DataFrame(texts, index=index, dtype=object),
        missing=NOT_SEARCHED,
    )


_TELLS = "tells of"
_WORDS = (
    "Beside each code: “all searched”, every voice in whose sources it was looked for tells it; "
    "a voice “only”, the others were searched and do not; “disputed”, one voice tells it and "
    "another itself speaks of it only to criticise or deny it; “may be different things”, the code "
    "is for what has no code of its own, so that nobody can say whether voices tell of the same."
)
_OF_ACTORS = (
    "“Tells of a denial” (or of criticism): the source tells that an actor, such as an employer, "
    "denies or refuses what is claimed. It tells of it so, and does not deny it itself."
)


def _cell(found: Sequence[Found] | None) -> tuple[int | None, str]:
    """How many sources of a voice tell it, and what a reader sees."""
    if not found:
        return None, NO_SOURCE
    denials = "; denied" if any(each.denials for each in found) else ""
    searched = [each for each in found if each.is_told or each.state != "not_searched"]
    if not searched:
        return None, f"{NOT_SEARCHED}{denials}"
    present = sum(each.is_told for each in searched)
    undecided = sum(each.state == "undecided" and not each.is_told for each in searched)
    text = f"{present} of {len(searched)}"
    if len(searched) < len(found):
        text += f"; {len(found) - len(searched)} {NOT_SEARCHED}"
    if undecided:
        text = f"{text}; {undecided} undecided" if undecided < len(searched) else "undecided"
    own = {stance for each in searched for stance in each.stances} - {NO_EVIDENCE, TOLD}
    acted = {stance for each in searched for stance in each.of_actors}
    if "asserted" not in own | acted:
        text += "".join(f"; {stance}" for stance in sorted(own | acted & {"planned"}))
    for stance, word in (("denied", "a denial"), ("criticised", "criticism")):
        text += f"; {_TELLS} {word}" if stance in acted else ""
    # An undecided source leaves open whether the voice tells it.
    return present if present or not undecided else None, f"{text}{denials}"
