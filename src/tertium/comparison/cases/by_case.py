"""What all voices on a case tell, what one of them tells alone, and what is disputed.

Comes in: the cases that several voices tell.
Goes out: a list with one row a case.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from tertium.comparison.cases.accord import REST_CODES, Accord, voice_in_words, voices_in_words
from tertium.comparison.cases.voices import ToldCase, which_cases
from tertium.comparison.passages import Passages
from tertium.comparison.result import Result, support_table


def by_case(passages: Passages, cases: Sequence[ToldCase], scheme: str, at_least: int) -> Result:
    """One row a case: what all, some or one of its voices tell, and what is disputed."""
    codes = passages.tables.scheme(scheme)
    standings = {
        "all": "by_all",
        "some": "by_some",
        "one": "by_one",
        "disputed": "disputed",
        "unmatched": "unmatched",
    }
    rows: list[dict[str, Any]] = []
    support: list[dict[str, Any]] = []
    for number, case in enumerate(cases, start=1):
        said: dict[str, list[str]] = {name: [] for name in standings.values()}
        for code, accord in case.accords.items():
            if accord.standing in standings:
                label = codes.code(code).label
                said[standings[accord.standing]].append(f"{label}{_who(accord)}")
            if accord.is_rest:
                continue
            support += [
                {"row": number, "column": None, **passage}
                for found in accord.by_voice.values()
                for each in found
                for passage in each.spoken
            ]
        sources = {
            voice: sum(each.voice == voice for each in case.tellings) for voice in case.voices
        }
        rows.append(
            {
                "country": case.country,
                "case": case.name,
                "voices": "; ".join(
                    f"{voice_in_words(voice)} ({count})" for voice, count in sources.items()
                ),
                **{name: "; ".join(each) or "none" for name, each in said.items()},
                "case_id": case.case_id,
                "n_voices": len(sources),
                "n_sources": sum(sources.values()),
                **{f"n_{name}": len(each) for name, each in said.items()},
            }
        )
    texts = ["country", "case", "voices", *standings.values(), "case_id"]
    counts = ["n_voices", "n_sources", *(f"n_{name}" for name in standings.values())]
    frame = pd.DataFrame(
        {
            name: pd.Series(
                [row[name] for row in rows], dtype="Int64" if name in counts else object
            )
            for name in (*texts, *counts)
        }
    )
    frame.index = pd.RangeIndex(1, len(rows) + 1)
    # A column in which nothing stands for any case tells a reader nothing.
    empty = [name for name in ("by_some", "disputed", "unmatched") if not frame[f"n_{name}"].any()]
    labels = [code.label for code in codes.codes if code.id in REST_CODES]
    rest = (
        f" {', '.join(labels)} stands in no column: two voices that tell of it may mean two things."
        if labels
        else ""
    )
    without = f" No code is {_any_of([_MEANS[name] for name in empty])}." if rows and empty else ""
    return Result(
        frame,
        title=f"{codes.title}: what all voices on a case tell, and what only some do",
        note=" ".join(
            [
                *which_cases(passages, cases, at_least),
                "In brackets after a voice its sources on the case, after a code the voices that "
                f"tell it (coder: {passages.tables.decides(scheme)}). By all: every voice in whose "
                "sources it was looked for. By one: the others were searched and do not tell it, "
                f"which is no denial.{without}{rest}",
            ]
        ),
        support=support_table(support),
        hidden=("case_id", *counts, *empty),
        group_by="country",
    )


_MEANS = {
    "by_some": "told by some voices of three or more",
    "disputed": "disputed (told by one voice, by another itself only criticised or denied)",
    "unmatched": "told by one voice where no other was searched",
}


def _who(accord: Accord) -> str:
    """The voices that tell it, in brackets; nothing where all do."""
    if accord.standing == "all":
        return ""
    against = f"; against: {voices_in_words(accord.against)}"
    telling = [voice for voice in accord.telling if voice not in accord.against]
    return f" ({voices_in_words(telling)}{against if accord.standing == 'disputed' else ''})"


def _any_of(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
