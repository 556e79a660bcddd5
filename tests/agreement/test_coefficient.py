"""A coefficient says in one plain sentence what it is worth."""

from __future__ import annotations

import math

from tertium.agreement.coefficient import Coefficient, Interval


def test_the_sentence_has_value_interval_units_coders_and_what_was_set_aside():
    """All that a reader needs stands in one sentence."""
    interval = Interval(0.5, 0.9, 0.95, "bootstrap over units", replicates=2000, seed=1)
    found = Coefficient("Scott's pi", 0.716, n_units=1200, n_coders=2, set_aside={"no_coding": 3})
    assert found.with_interval(interval).in_words == (
        "Scott's pi is 0.72 (95 % interval 0.50 to 0.90 (bootstrap over units, 2,000 resamples), "
        "1,200 units, 2 coders, 3 set aside)."
    )


def test_an_undefined_one_says_why():
    """No number is shown, but the reason."""
    found = Coefficient("Scott's pi", math.nan, reason="no_pairable_values")
    assert found.in_words == "Scott's pi is not defined, because no unit was coded by two coders."
    assert not found.is_defined


def test_an_interval_tells_in_how_many_resamples_there_was_a_value():
    """Resamples without a value are not passed over in silence."""
    interval = Interval(0.5, 0.9, 0.9, "bootstrap over units", 1000, 1, defined_share=0.975)
    assert "defined in 97.5% of them" in interval.in_words
    assert "no interval" in Interval(math.nan, math.nan, 0.95, "any").in_words


def test_concerns_stand_once_and_in_order():
    """Adding a concern twice adds it once."""
    found = Coefficient("Scott's pi", 0.7, concerns=("no_variation",))
    assert found.with_concerns("rare", "no_variation").concerns == ("no_variation", "rare")


def test_no_minus_stands_before_a_zero():
    """Neither in the value nor in the ends."""
    interval = Interval(-0.004, -0.001, 0.95, "any")
    assert "-0.00" not in Coefficient("Scott's pi", -0.002).with_interval(interval).in_words


def test_an_interval_of_no_width_says_that_no_disagreement_was_seen():
    """Only where agreement is complete; a published variance has no resamples to speak of."""
    drawn = Interval(1.0, 1.0, 0.95, "bootstrap over sources", 1000, 1)
    found = Coefficient("Scott's pi", 1.0).with_interval(drawn)
    assert found.interval.concern == "no_disagreement_seen"
    assert "no disagreement was seen, so that no resample can show one" in found.in_words
    published = Coefficient("Scott's pi", 1.0).with_interval(Interval(1.0, 1.0, 0.95, "any"))
    assert published.in_words.endswith("(any; no disagreement was seen), 0 units, 0 coders).")
    assert Coefficient("Scott's pi", 0.9).with_interval(drawn).interval.concern == ""
