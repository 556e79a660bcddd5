"""What a table of shares says below itself.

Comes in: how the shares were made, and what was wanting.
Goes out: sentences for readers who are no statisticians.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tertium.comparison.intervals import (
    bootstrap_in_words,
    sampling_in_words,
    wilson_in_words,
)
from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_SEARCHED
from tertium.comparison.tellings import has_ties

NOT_CORRECTED = "not corrected: no random human sample"
# Where the machine erred in fewer of the sources read, how far it errs is hardly known.
FEW_ERRORS = 5
NOTHING_TO_CORRECT = "not corrected: people coded"
_WHAT = {
    "document": "counted sources whose verdict is present",
    "paragraph": "paragraphs in which a coding stands",
    "sentence": "sentences in which a coding stands",
}


@dataclass(frozen=True, eq=False)
class Told:
    """All that a note depends on.

    Parameters
    ----------
    passages : Passages
    scheme, unit, interval : str
    level, seed, resamples
        Of the interval.
    by_machine : bool
        Whether the deciding coder is a machine.
    why_not : mapping of str to list of str
        Why rows are not corrected; which ones, where not all for one reason.
    undecided : int
    corrected_by : sequence of str
        The plans with which shares were corrected.
    is_few, no_interval : bool
        Whether a row has fewer than ten independent sources, or no interval.
    sparse : sequence of str
        Rows that are corrected by few errors.
    """

    passages: Passages
    scheme: str
    unit: str
    interval: str
    level: float
    seed: int
    resamples: int
    by_machine: bool
    why_not: Mapping[str, Sequence[str]]
    undecided: int
    corrected_by: Sequence[str]
    is_few: bool
    no_interval: bool
    sparse: Sequence[str]


def note_of(told: Told) -> str:
    """The note of a table of shares."""
    coder = told.passages.tables.decides(told.scheme)
    parts = [
        f"Share: {_WHAT[told.unit]} (coder: {coder}), of all that were searched for the code. "
        f"{len(told.passages.counted)} counted sources; {NOT_SEARCHED}: nobody looked.",
        _interval_in_words(told),
        sampling_in_words(told.passages.tables),
    ]
    if told.undecided:
        several = "verdicts count" if told.undecided > 1 else "verdict counts"
        parts.append(f"{told.undecided} undecided {several} as searched and not present.")
    parts.extend(_correction_in_words(told))
    return " ".join(part for part in parts if part)


def _interval_in_words(told: Told) -> str:
    ties = has_ties(told.passages)
    if told.interval == "wilson":
        return wilson_in_words(told.level, has_ties=ties)
    alike = (
        ""
        if told.unit == "document"
        else f"{told.unit.capitalize()}s of one source are alike, so each draw takes a source with "
        "all of them or not at all. "
    )
    said = bootstrap_in_words(
        told.level,
        resamples=told.resamples,
        seed=told.seed,
        has_ties=ties,
        is_few=told.is_few,
        is_missing=told.no_interval,
    )
    return f"{alike}{said}"


def _correction_in_words(told: Told) -> list[str]:
    if not told.by_machine:
        return ["People coded, so there is no machine's error to take off."]
    parts = []
    if told.corrected_by:
        parts.append(
            "Corrected: the machine's share less its error, as two people found it in sources "
            f"drawn by lot ({', '.join(told.corrected_by)}). Its interval tells how far another "
            "lot would move it, for these sources and no others; of a group only its own sources "
            "count."
        )
    if told.sparse:
        parts.append(
            f"In fewer than {FEW_ERRORS} of the sources read did the machine err for "
            f"{', '.join(told.sparse)}: how far it errs is hardly known, and the corrected range "
            "is too narrow, or not defined."
        )
    for why, which in told.why_not.items():
        of = f" for {', '.join(which)}" if which else ""
        parts.append(f"Not corrected{of}, because {why}.")
    return parts
