"""Continua by chance, from which gamma takes its expected disorder.

Comes in: the spans of each coder on one text.
Goes out: spans of as many coders who do not know the text.

The two ways differ on small continua by up to .3 in gamma, so that the choice is a part of
the coefficient's name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from tertium.agreement.spans.alignment import Spans

Sampler = Literal["statistical", "shuffle_pivot"]
SAMPLERS: tuple[Sampler, ...] = ("statistical", "shuffle_pivot")
Draw = Callable[[np.random.Generator], list[Spans]]


def sampler(kind: Sampler, coders: list[Spans], length: float) -> Draw:
    """Return what draws the spans of chance coders.

    Parameters
    ----------
    kind : {"statistical", "shuffle_pivot"}
        "statistical": each chance coder has about as many spans, of about such lengths and gaps,
        with values as frequent, as the coders had: normal distributions with their means and
        standard deviations, one span after the other from the start of the text. What
        the program pygamma-agreement does unless told otherwise; the length of the text plays
        no part. "shuffle_pivot": each chance coder takes over the spans of a coder drawn at
        random, moved along by a random whole number, what starts behind the end of the text
        going round to its start; two of these numbers are at least half a mean span apart, while
        there is room (2015, section 5.2).
    coders : list of Spans
        At least one span in all.
    length : float
        Of the text.
    """
    return _statistical(coders) if kind == "statistical" else _shuffle_pivot(coders, length)


def _statistical(coders: list[Spans]) -> Draw:
    lengths = np.concatenate([each.end - each.start for each in coders])
    # The program counts a gap of 0 along, so that one span alone has a gap as well.
    gaps = np.concatenate([[0.0], *(_gaps(each) for each in coders)])
    gap, gap_spread = float(gaps.mean()), float(gaps.std())
    size, size_spread = float(lengths.mean()), float(lengths.std())
    numbers = np.array([len(each) for each in coders])
    values, shares = np.unique(np.concatenate([each.value for each in coders]), return_counts=True)
    up_to = np.cumsum(shares / shares.sum())

    def draw(chance: np.random.Generator) -> list[Spans]:
        drawn: list[Spans] = []
        for _ in coders:
            many = abs(int(chance.normal(numbers.mean(), numbers.std())))
            # Somebody marks something.
            many = many if any(len(each) for each in drawn) else max(1, many)
            before = chance.normal(gap, gap_spread, many)
            long = np.abs(chance.normal(size, size_spread, many))
            end = np.cumsum(before + long)
            at = np.searchsorted(up_to, chance.random(many), side="right")
            drawn.append(Spans(end - long, end, values[np.minimum(at, len(values) - 1)]))
        return drawn

    return draw


def _gaps(spans: Spans) -> np.ndarray:
    """What stands between a coder's spans, less than 0 where they overlap, and before the first."""
    between = spans.start[1:] - spans.end[:-1]
    first = spans.start[:1]
    return np.concatenate([first[first > 0], between])


def _shuffle_pivot(coders: list[Spans], length: float) -> Draw:
    reach = float(np.concatenate([each.end - each.start for each in coders]).mean()) / 2

    def draw(chance: np.random.Generator) -> list[Spans]:
        free = [(0.0, length)]
        drawn = []
        for _ in coders:
            pivot = _pivot(free, chance) if free else chance.uniform(0.0, length)
            free = _without(free, pivot - reach, pivot + reach)
            taken = coders[int(chance.integers(len(coders)))]
            start, end = taken.start + pivot, taken.end + pivot
            behind = np.where(start > length, length, 0.0)
            drawn.append(Spans(start - behind, end - behind, taken.value))
        # Where some coders marked nothing, nobody may: then it is drawn anew.
        return drawn if any(len(each) for each in drawn) else draw(chance)

    return draw


def _pivot(free: list[tuple[float, float]], chance: np.random.Generator) -> int:
    sizes = np.array([end - begin for begin, end in free])
    up_to = np.cumsum(sizes)
    at = chance.random() * up_to[-1]
    which = min(int(np.searchsorted(up_to, at, side="right")), len(free) - 1)
    begin, _ = free[which]
    return int(begin + at - (up_to[which] - sizes[which]))


def _without(
    free: list[tuple[float, float]], begin: float, end: float
) -> list[tuple[float, float]]:
    left = [(start, min(stop, begin)) for start, stop in free]
    right = [(max(start, end), stop) for start, stop in free]
    return [(start, stop) for start, stop in (*left, *right) if start < stop]
