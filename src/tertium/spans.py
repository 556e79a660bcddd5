"""Half-open intervals of text, counted in Unicode code points.

Comes in: starts and ends.
Goes out: spans that can be compared, merged and measured.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Span:
    """Characters `start` up to, not including, `end` of a canonical text.

    Parameters
    ----------
    start, end : int
        Code points from the beginning of the text; ``0 <= start < end``.

    Examples
    --------
    >>> text = "罢工 began"
    >>> Span(0, 2).of(text)
    '罢工'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, found {self.start}, {self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]

    def has_overlap(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether every character of `other` is also in this span."""
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: Span) -> Span | None:
        """The characters that both share; None where they share none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None


def merge(spans: Iterable[Span]) -> list[Span]:
    """The same characters as `spans`, as the fewest spans, sorted.

    Examples
    --------
    >>> merge([Span(4, 6), Span(0, 3), Span(2, 4)])
    [Span(start=0, end=6)]
    """
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            if span.end > merged[-1].end:
                merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return merged


def subtract(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    """The characters of `spans` that are in none of `holes`, merged and sorted.

    Examples
    --------
    >>> subtract([Span(0, 10)], [Span(2, 4)])
    [Span(start=0, end=2), Span(start=4, end=10)]
    """
    left: list[Span] = []
    gaps = merge(holes)
    for span in merge(spans):
        start = span.start
        for gap in gaps:
            if gap.end <= start:
                continue
            if gap.start >= span.end:
                break
            if gap.start > start:
                left.append(Span(start, gap.start))
            start = gap.end
        if start < span.end:
            left.append(Span(start, span.end))
    return left


def intersection(one: Iterable[Span], other: Iterable[Span]) -> list[Span]:
    """The characters that both sets of spans cover, as spans; each overlap apart, then merged.

    Examples
    --------
    >>> intersection([Span(0, 4), Span(6, 9)], [Span(2, 7)])
    [Span(start=2, end=4), Span(start=6, end=7)]
    """
    left, right = merge(one), merge(other)
    found: list[Span] = []
    first = second = 0
    while first < len(left) and second < len(right):
        shared = left[first].overlap(right[second])
        if shared is not None:
            found.append(shared)
        if left[first].end <= right[second].end:
            first += 1
        else:
            second += 1
    return found


def covered_length(spans: Iterable[Span]) -> int:
    """How many characters are in at least one of `spans`."""
    return sum(len(span) for span in merge(spans))


def jaccard(one: Iterable[Span], other: Iterable[Span]) -> float:
    """Shared characters as a share of all characters covered; 1.0 where neither covers any.

    Examples
    --------
    >>> round(jaccard([Span(0, 4)], [Span(2, 6)]), 3)
    0.333
    """
    first, second = list(one), list(other)
    union = covered_length([*first, *second])
    if union == 0:
        return 1.0
    return (covered_length(first) + covered_length(second) - union) / union
