"""What a table of shares says below itself.

Comes in: how the shares were made, and what was wanting.
Goes out: sentences for readers who are no statisticians.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_SEARCHED

NOT_CORRECTED = "not corrected: no random human sample"
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
        Whether a row has fewer than ten sources, or no interval.
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


def interval_text(share: float, low: float, high: float) -> str:
    r"""A share with its bounds, short enough for a cell.

    Examples
    --------
    >>> interval_text(0.4286, 0.158, 0.7495).replace("\N{NO-BREAK SPACE}", " ")
    '0.43 (0.16 to 0.75)'
    >>> interval_text(0.0, float("nan"), float("nan"))
    '0.00 (no interval)'
    """
    if math.isnan(low) or math.isnan(high):
        return f"{share:.2f} (no interval)"
    # No-break spaces keep the bracket on one line.
    return f"{share:.2f} ({low:.2f} to {high:.2f})".replace(" to ", "\u00a0to\u00a0")


def sampling_in_words(passages: Passages) -> str:
    """What an interval can't say of sources that were not drawn by lot; empty where they were."""
    sampling = passages.tables.sampling
    if sampling is not None and sampling.design == "random":
        return ""
    if sampling is not None and sampling.design == "census":
        return (
            "All sources that there are were taken, so the shares are what they are; an interval "
            "tells only how much rests on single sources."
        )
    how = (
        "were found, not drawn by lot"
        if sampling is not None
        else "are not said to be drawn by lot"
    )
    return (
        f"The sources {how}: the interval tells how little so few sources can say, not what holds "
        "of others."
    )


def note_of(told: Told) -> str:
    """The note of a table of shares."""
    coder = told.passages.tables.decides(told.scheme)
    parts = [
        f"Share: {_WHAT[told.unit]} (coder: {coder}), of all that were searched for the code. "
        f"{len(told.passages.counted)} counted sources; {NOT_SEARCHED}: nobody looked.",
        _interval_in_words(told),
        sampling_in_words(told.passages),
    ]
    if told.undecided:
        several = "verdicts count" if told.undecided > 1 else "verdict counts"
        parts.append(f"{told.undecided} undecided {several} as searched and not present.")
    if told.no_interval and told.interval == "bootstrap":
        parts.append(
            "No interval: fewer than five sources, or every draw gives the same share, which says "
            "nothing."
        )
    parts.extend(_correction_in_words(told))
    return " ".join(part for part in parts if part)


def _interval_in_words(told: Told) -> str:
    if told.interval == "wilson":
        return (
            f"Interval ({told.level:.0%}, Wilson): the shares among all sources of this kind that "
            "would go together with what was found. It takes sources for independent of each other."
        )
    few = " With fewer than ten sources it is too narrow." if told.is_few else ""
    alike = (
        ""
        if told.unit == "document"
        else f"{told.unit.capitalize()}s of one source are alike, so each draw takes a source with "
        "all of them or not at all. "
    )
    return (
        f"{alike}Interval ({told.level:.0%}): where the share lies when whole sources are drawn "
        f"again, with replacement, {told.resamples:,} times (seed {told.seed}).{few}"
    )


def _correction_in_words(told: Told) -> list[str]:
    if not told.by_machine:
        return ["People coded, so there is no machine's error to take off."]
    parts = []
    if told.corrected_by:
        parts.append(
            "Corrected: the machine's share less its error, as two people found it in sources "
            f"drawn by lot ({', '.join(told.corrected_by)}). Its interval tells how far another "
            "lot would move it, for these sources and no others."
        )
    for why, which in told.why_not.items():
        of = f" for {', '.join(which)}" if which else ""
        parts.append(f"Not corrected{of}, because {why}.")
    return parts
