"""Shares and their intervals in words, the same under every table.

Comes in: shares with bounds, and how the sources of a study came to be in it.
Goes out: short texts for cells, and sentences for readers who are no statisticians.
"""

from __future__ import annotations

import math

from tertium.bundle import Tables
from tertium.comparison.statistics.bootstrap import FEWEST, NARROW

_NBSP = "\u00a0"


def percent(share: float) -> str:
    """A share in per cent without the sign; near the ends with a decimal.

    Examples
    --------
    >>> percent(3 / 7), percent(1 / 300), percent(0.9991), percent(1.0)
    ('43', '0.3', '99.9', '100')
    """
    is_near_an_end = 0 < share < 0.01 or 0.99 < share < 1
    return f"{100 * share:.1f}" if is_near_an_end else f"{100 * share:.0f}"


def share_text(share: float, low: float, high: float) -> str:
    r"""A share with its bounds in per cent, short enough for a cell.

    Examples
    --------
    >>> share_text(0.4286, 0.158, 0.7495).replace("\N{NO-BREAK SPACE}", " ")
    '43% (16–75)'
    >>> share_text(0.0, float("nan"), float("nan"))
    '0%'
    """
    if math.isnan(low) or math.isnan(high):
        return f"{percent(share)}%"
    return f"{percent(share)}%{_NBSP}({percent(low)}–{percent(high)})"


def wilson_in_words(level: float, *, has_ties: bool) -> str:
    """What Wilson's interval is, and what it does not know."""
    alike = (
        " It takes sources for independent; some tell one case, or are parts of one source, so "
        "that it is too narrow."
        if has_ties
        else " It takes sources for independent of each other."
    )
    return (
        f"In brackets the range, in per cent, that so few sources leave open ({percent(level)} % "
        f"interval of Wilson); the fewer sources, the wider.{alike}"
    )


def bootstrap_in_words(
    level: float, *, resamples: int, seed: int, has_ties: bool, is_few: bool, is_missing: bool
) -> str:
    """What an interval from draws of whole sources is, and where there is none."""
    tied = (
        " Sources that tell one case, or are parts of one source, are drawn together and count as "
        "one."
        if has_ties
        else ""
    )
    few = f" With fewer than {NARROW} sources the range is too narrow." if is_few else ""
    missing = (
        f" Where no range stands it is not defined: fewer than {_in_letters(FEWEST)} sources, or "
        "every draw gives the same share, which says nothing."
        if is_missing
        else ""
    )
    return (
        f"In brackets the range, in per cent, that holds the share in {percent(level)} % of "
        f"{resamples:,} draws of as many whole sources as were searched, with replacement (seed "
        f"{seed}).{tied}{few}{missing}"
    )


def _in_letters(number: int) -> str:
    return {5: "five"}.get(number, str(number))


def how_chosen(tables: Tables) -> str:
    """How the sources of a study came to be in it, where no lot drew them; else nothing."""
    design = None if tables.sampling is None else tables.sampling.design
    return {
        None: "the study does not say how its sources were chosen",
        "convenience": "the sources were found, not drawn by lot",
        "census": "the sources are all that there are, and no sample",
        "random": "",
    }[design]


def sampling_in_words(tables: Tables) -> str:
    """What an interval can't say of sources that were not drawn by lot; empty where they were."""
    how = how_chosen(tables)
    if not how:
        return ""
    return (
        f"{how[:1].upper()}{how[1:]}, so the range is no margin of error for sources beyond "
        "these: it shows how little so few can bear."
    )
