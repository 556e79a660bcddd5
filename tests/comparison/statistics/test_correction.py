"""A machine's share less its error."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tertium.comparison.statistics.correction import corrected_share, unfit


def study(seed=1, n=160):
    """Sources of two strata; the machine misses a third and, in one stratum, finds too much."""
    rng = np.random.default_rng(seed)
    strata = np.repeat(["ngo", "press"], [n // 4, n - n // 4])
    units = rng.integers(3, 12, size=n)
    people = rng.binomial(units, np.clip(rng.normal(0.3, 0.15, size=n), 0.02, 0.9))
    machine = rng.binomial(people, 0.67) + np.where(
        strata == "ngo", rng.binomial(units - people, 0.3), 0
    )
    return strata, units, people, machine


def drawn(strata, people, rng, ngo=12, press=28):
    """What people are asked: some sources of each stratum, by lot."""
    read = np.full(len(people), np.nan)
    for stratum, size in (("ngo", ngo), ("press", press)):
        own = rng.choice(np.flatnonzero(strata == stratum), size=size, replace=False)
        read[own] = people[own]
    return read


def test_the_bias_is_gone_and_the_interval_covers():
    """Over 1,000 lots the mean is what people would find, and 95 of 100 intervals hold it."""
    strata, units, people, machine = study()
    truth, raw = people.sum() / units.sum(), machine.sum() / units.sum()
    rng = np.random.default_rng(7)
    found = [
        corrected_share(machine, drawn(strata, people, rng), units, list(strata), level=0.95)
        for _ in range(1000)
    ]
    shares = np.array([each.share for each in found])
    assert abs(raw - truth) > 0.02
    assert abs(shares.mean() - truth) < 3 * shares.std() / math.sqrt(1000)
    covered = np.mean([each.low <= truth <= each.high for each in found])
    assert 0.925 <= covered <= 0.975
    # The standard error that each lot states is that with which lots differ.
    errors = np.mean([each.standard_error**2 for each in found])
    assert errors == pytest.approx(shares.var(), rel=0.1)


def test_reading_everything_is_what_people_found():
    """With the full sample the share is theirs, and there is no interval left."""
    strata, units, people, machine = study()
    found = corrected_share(machine, people, units, list(strata), level=0.95)
    truth = people.sum() / units.sum()
    assert found.share == pytest.approx(truth)
    assert (found.low, found.high) == pytest.approx((truth, truth))


def test_it_is_prediction_powered_inference_with_an_end():
    """One unit a source, one stratum: the mean of Angelopoulos et al. (2023), and a list that ends.

    Their estimate is the mean of what is predicted plus the mean error of what was labelled, with
    the error's variance over n; a list of 400 takes 50 / 400 off that.
    """
    rng = np.random.default_rng(2)
    people = rng.binomial(1, 0.4, size=400)
    machine = np.where(rng.random(400) < 0.8, people, 1 - people)
    own = rng.choice(400, size=50, replace=False)
    read = np.full(400, np.nan)
    read[own] = people[own]
    found = corrected_share(machine, read, np.ones(400), ["all"] * 400, level=0.95)
    apart = (people - machine)[own]
    assert found.share == pytest.approx(machine.mean() + apart.mean())
    assert found.standard_error**2 == pytest.approx(apart.var(ddof=1) / 50 * (1 - 50 / 400))


def test_a_group_needs_its_own_strata_only():
    """Sources that don't matter have no units, and their strata need no reader."""
    found = corrected_share([2, 1, 0], [3, 1, math.nan], [4, 4, 0], ["a", "a", "b"], level=0.95)
    assert found.share == pytest.approx(0.5)
    with pytest.raises(ValueError, match="no source was drawn from: b"):
        corrected_share([2, 1, 0], [3, 1, math.nan], [4, 4, 1], ["a", "a", "b"], level=0.95)


def test_a_group_that_is_no_stratum_has_its_own_sources_only():
    """Two ways to one number: the group within strata, and the group as if there were no others."""
    strata, units, people, machine = study(n=80)
    read = drawn(strata, people, np.random.default_rng(4), ngo=12, press=30)
    own = np.arange(80) % 3 > 0
    inside = corrected_share(machine, read, np.where(own, units, 0), list(strata), level=0.95)
    alone = corrected_share(machine[own], read[own], units[own], list(strata[own]), level=0.95)
    assert (inside.share, inside.low, inside.high) == (alone.share, alone.low, alone.high)


def test_a_group_of_a_few_is_met_whatever_the_lot_drew_of_it():
    """Eight of sixty sources, over 1,500 worlds: two, three or four drawn, no bias, and cover."""
    rng = np.random.default_rng(1)
    units = np.where(np.arange(60) < 8, 40.0, 0.0)
    apart: dict[int, list[float]] = {}
    covered: dict[int, list[bool]] = {}
    for _ in range(1500):
        people = rng.binomial(40, rng.beta(3, 7, size=60))
        machine = rng.binomial(people, 0.6)
        truth = people[:8].sum() / units.sum()
        read = np.full(60, np.nan)
        own = rng.choice(60, size=20, replace=False)
        read[own] = people[own]
        if (met := int((own < 8).sum())) in (2, 3, 4):
            found = corrected_share(machine, read, units, ["a"] * 60, level=0.95)
            apart.setdefault(met, []).append(found.share - truth)
            if not math.isnan(found.low):
                covered.setdefault(met, []).append(found.low <= truth <= found.high)
    for met, errors in apart.items():
        assert abs(np.mean(errors)) < 3.5 * np.std(errors) / math.sqrt(len(errors)), met
        assert np.mean(covered[met]) > 0.9, met


def test_one_source_of_a_stratum_says_nothing_of_how_they_differ():
    """A stratum with one reader's source of several is refused, with one of one it is whole."""
    assert "one source alone" in unfit(["a", "a", "b"], [True, False, True], [True] * 3)
    assert unfit(["a", "a", "b"], [True, True, True], [True] * 3) == ""


def test_no_error_seen_is_no_certainty():
    """People and machine never differ in part of the sources: a share, and no interval."""
    found = corrected_share([1, 0, 1], [1, 0, math.nan], [2, 2, 2], ["a"] * 3, level=0.95)
    assert found.share == pytest.approx(1 / 3)
    assert math.isnan(found.low)
    assert math.isnan(found.high)


def test_order_and_names_change_nothing():
    """Sources in another order, strata under other names: the same figures."""
    strata, units, people, machine = study(n=40)
    read = drawn(strata, people, np.random.default_rng(1), ngo=4, press=9)
    one = corrected_share(machine, read, units, list(strata), level=0.9)
    order = np.random.default_rng(2).permutation(40)
    renamed = ["z" if each == "ngo" else "y" for each in strata[order]]
    other = corrected_share(machine[order], read[order], units[order], renamed, level=0.9)
    assert (one.share, one.low, one.high) == pytest.approx((other.share, other.low, other.high))
