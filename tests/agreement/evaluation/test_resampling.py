"""Intervals come from whole topic groups, repeatably, and only where there is something to draw."""

from __future__ import annotations

import numpy as np
import pytest

from tertium.agreement.evaluation.judged import judged
from tertium.agreement.evaluation.measures import counts, text_measures
from tertium.agreement.evaluation.resampling import Resampling, interval, resampled


def test_sums_of_resamples_are_those_of_a_plain_loop(five):
    """Drawing groups one by one and adding up their texts gives the same sums."""
    arrays = judged(five)
    per_text, groups = counts(arrays), arrays.texts["topic_group"].to_numpy(dtype=str)
    how = Resampling(times=50, seed=7)
    fast = resampled(per_text, groups, how)
    names = sorted(set(groups))
    drawn = np.random.default_rng(7).multinomial(4, np.full(4, 1 / 4), size=50)
    for number in range(50):
        chosen = [
            place
            for name, times in zip(names, drawn[number], strict=True)
            for place in np.flatnonzero(groups == name).tolist() * int(times)
        ]
        for name, array in per_text.items():
            assert fast[name][number].tolist() == pytest.approx(array[chosen].sum(axis=0).tolist())


def test_texts_of_one_group_are_drawn_together(five):
    """t1 and t2 tell one story: their counts are always drawn as often as each other."""
    arrays = judged(five)
    marks = {
        "t1": (arrays.texts["id"] == "t1").to_numpy(dtype=float),
        "t2": (arrays.texts["id"] == "t2").to_numpy(dtype=float),
    }
    drawn = resampled(marks, arrays.texts["topic_group"], Resampling(times=200))
    assert (drawn["t1"] == drawn["t2"]).all()
    assert set(drawn["t1"]) > {0.0, 1.0}


def test_each_resample_has_as_many_groups_as_there_are():
    """Group sizes apart, a resample is as large as the sample."""
    drawn = resampled({"one": np.ones(6)}, list("aabbcc"), Resampling(times=100))
    assert set(drawn["one"]) == {6.0}


def test_one_group_has_no_interval():
    """A single story says nothing on how stories differ."""
    assert resampled({"one": np.ones(3)}, ["a", "a", "a"], Resampling()) is None


def test_same_seed_same_interval(five):
    """The seed is the only chance there is."""
    arrays = judged(five)
    bounds = [
        interval(
            text_measures(resampled(counts(arrays), arrays.texts["topic_group"], Resampling(seed=s)))[
                "micro_f1"
            ],
            Resampling(),
        )
        for s in (1, 1, 2)
    ]  # fmt: skip
    assert bounds[0] == bounds[1]
    assert bounds[0][2] <= 1.0


def test_bounds_are_percentiles_of_what_is_defined():
    """Resamples without a value are left out and counted."""
    values = np.array([np.nan, *np.linspace(0, 1, 41)])
    low, high, share = interval(values, Resampling(level=0.9))
    assert (low, high) == pytest.approx((0.05, 0.95))
    assert share == pytest.approx(41 / 42)
    assert np.isnan(interval(np.array([np.nan]), Resampling())[0])


def test_resamplings_without_sense_are_refused():
    """No resample, or a level of 1, is an error that says what is right."""
    with pytest.raises(ValueError, match="at least 1"):
        Resampling(times=0)
    with pytest.raises(ValueError, match="between 0 and 1"):
        Resampling(level=1.0)


def test_two_thousand_resamples_are_quick():
    """Two thousand resamples of five hundred groups take well under two seconds."""
    import time

    rng = np.random.default_rng(0)
    per_text = {name: rng.random((5000, 5)) for name in ("tp", "fp", "fn")}
    begin = time.process_time()
    resampled(per_text, rng.integers(0, 500, 5000).astype(str), Resampling())
    assert time.process_time() - begin < 2
