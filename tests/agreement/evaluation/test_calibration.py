"""Scores are held against the share labelled, bin by bin."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tertium.agreement.evaluation.calibration import BINS, bin_of, calibration, calibration_error
from tertium.agreement.evaluation.resampling import Resampling


def test_scores_on_a_border_go_up():
    """0.3 begins the fourth bin although 0.3 * 10 is not 3 in every arithmetic; 1 is in the last."""
    scores = np.array([0.0, 0.099999, 0.1, 0.3, 0.6, 0.7, 0.999999, 1.0])
    assert bin_of(scores).tolist() == [0, 0, 1, 3, 6, 7, 9, 9]


def test_scores_that_are_true_have_no_error():
    """Eight of ten labelled at a score of 0.8 is what 0.8 means."""
    gold, score = np.array([True] * 8 + [False] * 2), np.full(10, 0.8)
    assert calibration_error(gold, score)[0] == pytest.approx(0.0)


def test_error_is_the_mean_distance_by_size():
    """Three quarters of the scores are off by 0.2, the others by 0.5."""
    gold = np.array([True, True, True, False])
    score = np.array([0.8, 0.8, 0.8, 0.5])
    assert calibration_error(gold, score)[0] == pytest.approx(0.75 * 0.2 + 0.25 * 0.5)


def test_no_score_no_error():
    """Without a score there is nothing to be off."""
    value, number = calibration_error(np.array([True]), np.array([np.nan]))
    assert math.isnan(value)
    assert number == 0


def test_every_score_is_in_one_bin(five):
    """The bins of all codes hold each score once; what was not searched is in none."""
    found = calibration(five, Resampling(times=20))
    of_all = found[found["code"] == "all"]
    assert of_all["n"].sum() == 8
    assert of_all["labelled"].sum() == 3
    assert (of_all["bin"] <= BINS).all()
    for code in ("a", "b"):
        assert found.loc[found["code"] == code, "n"].sum() == 4
    assert not found["calibrated"].any()


def test_only_a_coder_that_claims_it_is_calibrated(five):
    """A code whose scores are claimed as probabilities does not lend this to the others."""
    claimed = five.assign(calibrated=(five["code"] == "a").astype("boolean"))
    found = calibration(claimed, Resampling(times=20)).groupby("code")["calibrated"].all()
    assert found.to_dict() == {"a": True, "all": False, "b": False}
