"""alpha_U of 1995: a second way to each part, and what is undefined."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given

from tertium.agreement.spans.alpha_1995 import alpha_u_1995
from tertium.agreement.spans.continuum import Continuum, joined
from tertium.agreement.spans.resampling import Resamples
from tertium.errors import InputError

from .conftest import text, texts

THREE = ("a", "b", "c")


def pieces(one: Continuum, coder: str) -> list[tuple[float, float, bool]]:
    """A coder's units and gaps as (start, end, is it a unit), in order."""
    found, here = [], 0.0
    for place in one.of_coder(coder):
        if one.start[place] > here:
            found.append((here, one.start[place], False))
        here = one.end[place]
        found.append((one.start[place], here, True))
    return [*found, (here, one.length, False)] if here < one.length else found


def pair_by_pair(one: Continuum) -> tuple[float, float]:
    """Both disagreements, from every pair of units and gaps."""
    parts = {coder: pieces(one, coder) for coder in one.coders}
    differing = 0.0
    for first, second in combinations(one.coders, 2):
        for s1, e1, unit1 in parts[first]:
            for s2, e2, unit2 in parts[second]:
                if unit1 and unit2 and s1 < e2 and s2 < e1:
                    differing += (s1 - s2) ** 2 + (e1 - e2) ** 2
                elif unit1 and not unit2 and s2 <= s1 and e1 <= e2:
                    differing += (e1 - s1) ** 2
                elif unit2 and not unit1 and s1 <= s2 and e2 <= e1:
                    differing += (e2 - s2) ** 2
    m, length = len(one.coders), one.length
    every = [part for own in parts.values() for part in own]
    units = [end - start for start, end, is_unit in every if is_unit]
    gaps = [end - start for start, end, is_unit in every if not is_unit]
    expected = sum(
        (len(units) - 1) / 3 * (2 * b**3 - 3 * b**2 + b)
        + b**2 * sum(gap - b + 1 for gap in gaps if gap >= b)
        for b in units
    )
    free = m * length * (m * length - 1) - sum(b * (b - 1) for b in units)
    return 2 * differing / (m * (m - 1) * length**2), 2 / length * expected / free


@given(texts(coders=THREE, values="X"))
def test_every_pair_of_units_and_gaps_gives_the_same(one):
    """The search among neighbours equals the loop over all pairs."""
    if one.n_spans:
        found = alpha_u_1995(one)
        assert (found.observed, found.expected) == pytest.approx(pair_by_pair(one))


@given(texts(values="XY"), texts(values="XY"))
def test_several_texts_are_one_text_end_to_end(one, other):
    """A list of texts gives what the joined text gives."""
    found, whole = alpha_u_1995([one, other]), alpha_u_1995(joined([one, other]))
    assert found.value == pytest.approx(whole.value, nan_ok=True)


def test_identical_units_agree_fully():
    """1, with nothing observed and something expected."""
    found = alpha_u_1995(text(("a", 0, 4, "x"), ("b", 0, 4, "x"), length=9))
    assert (found.value, found.observed) == (1, 0)


def test_undefined_has_a_reason():
    """One coder, no spans, a value nobody used, a text of one position."""
    one = text(("a", 0, 4, "x"), length=9)
    assert alpha_u_1995(one).reason == "no_pairable_values"
    assert alpha_u_1995(text(coders=["a", "b"], length=9)).reason == "no_pairable_values"
    both = text(("a", 0, 1, "x"), ("b", 0, 1, "x"), length=1)
    assert alpha_u_1995(both, value="y").reason == "no_pairable_values"
    assert alpha_u_1995(both).reason == "no_variation"
    assert math.isnan(alpha_u_1995(both).value)


def test_values_may_overlap_and_units_of_a_value_may_not():
    """Each value is a continuum of its own."""
    alpha_u_1995(text(("a", 0, 4, "x"), ("a", 2, 5, "y"), ("b", 0, 4, "x"), length=9))
    with pytest.raises(InputError, match="merge"):
        alpha_u_1995(text(("a", 0, 4, "x"), ("a", 2, 5, "x"), ("b", 0, 4, "x"), length=9))


def test_intervals_draw_whole_texts():
    """The same seed gives the same interval."""
    drawn = [text(("a", 0, 4, "x"), ("b", 0, 4 + at, "x"), length=20) for at in range(5)]
    found, again = (
        alpha_u_1995(drawn, resamples=Resamples(times=50, seed=2)).interval for _ in range(2)
    )
    assert found == again
    assert np.isfinite([found.low, found.high]).all()
