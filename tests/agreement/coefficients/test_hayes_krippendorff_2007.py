"""Hayes, A. F., & Krippendorff, K. (2007). Answering the call for a standard measure, p. 84."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from tertium.agreement.coefficients.alpha import krippendorff_alpha
from tertium.agreement.intervals import bootstrap, kalpha

# Forty news stories, five observers, - where one did not code.
UNITS = """
112-2 1101- 2333- -00-0 000-0 000-0 102-1 1-20- 222-2 2111-
-100- 0000- 1222- 33223 111-1 111-1 212-2 1233- 1101- 000-0
0011- 00-00 2333- 0000- 12-22 0111- 00010 1212- 1122- 112-2
110-0 2121- 22-22 3222- 222-2 223-2 222-2 22-12 2222- 111-1
""".split()
CODED = np.array([[np.nan if one == "-" else float(one) for one in unit] for unit in UNITS]).T
ALPHA = partial(krippendorff_alpha, level="ordinal")


def test_ordinal_alpha_is_that_of_the_example():
    """Forty units, five observers, alpha .7598, from squared differences of mid-ranks."""
    found = ALPHA(CODED)
    assert found.value == pytest.approx(0.7598, abs=0.00005)
    assert (found.n_units, found.n_coders) == (40, 5)
    present = CODED[~np.isnan(CODED)]
    counts = np.array([(present == value).sum() for value in range(4)])
    ranks = (np.cumsum(counts) - counts / 2)[present.astype(int)]
    pairs = (ranks[:, None] - ranks[None, :]) ** 2
    assert found.expected == pytest.approx(pairs.sum() / (len(ranks) * (len(ranks) - 1)))
    assert found.observed == pytest.approx((1 - 0.7598) * found.expected, rel=0.0005)


def test_drawing_pairs_gives_a_narrower_interval_than_drawing_units():
    """About .715 to .813 by the macro's way, .63 to .84 by units; each says its method."""
    options = {"replicates": 5000, "seed": 1, "level": 0.95}
    pairs, units = kalpha(CODED, ALPHA, **options), bootstrap(CODED, ALPHA, **options)
    assert (pairs.low, pairs.high) == pytest.approx((0.715, 0.813), abs=0.015)
    assert (units.low, units.high) == pytest.approx((0.63, 0.84), abs=0.03)
    assert "KALPHA" in pairs.method
    assert "units" in units.method
