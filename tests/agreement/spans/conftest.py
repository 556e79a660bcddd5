"""Continua for tests: written down, or drawn by hypothesis."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

from tertium.agreement.spans.continuum import Continuum, continuum


def text(*spans, length=None, coders=None, name="spans") -> Continuum:
    """Return a continuum of (coder, start, end, value)."""
    keys = ("coder", "start", "end", "value")
    rows = [dict(zip(keys, each, strict=True)) for each in spans]
    return continuum(rows, length=length, coders=coders, name=name)


@st.composite
def texts(draw, coders=("a", "b"), length=30, values="XY", overlaps=False, most=4):
    """Draw a continuum of these coders; within a coder nothing overlaps unless asked for."""
    rows = []
    for coder in coders:
        if overlaps:
            pairs = draw(
                st.lists(st.tuples(st.integers(0, length - 6), st.integers(1, 6)), max_size=most)
            )
            pieces = [(start, start + size) for start, size in pairs]
        else:
            cuts = sorted(draw(st.sets(st.integers(0, length), max_size=2 * most)))
            pieces = list(pairwise(cuts))
            keep = draw(st.lists(st.booleans(), min_size=len(pieces), max_size=len(pieces)))
            pieces = [piece for piece, kept in zip(pieces, keep, strict=True) if kept]
        rows += [(coder, start, end, draw(st.sampled_from(values))) for start, end in pieces]
    return text(*rows, length=length, coders=coders)
