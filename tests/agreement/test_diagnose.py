"""Facts that weaken a coefficient are named, and only where they hold."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tertium.agreement.coefficient import Coefficient, Interval
from tertium.agreement.diagnose import Coders, bias, concerns, prevalence

SOUND = Coefficient("alpha", 0.8, interval=Interval(0.7, 0.9, 0.95, "bootstrap over units"))


def table(
    *rows: list[float | None], names: tuple[str, ...] = ("ana", "ben", "eva")
) -> pd.DataFrame:
    """A reliability table of one code."""
    return pd.DataFrame(list(rows), index=list(names[: len(rows)]), dtype=float)


def named(
    coded: pd.DataFrame, found: Coefficient = SOUND, coders: Coders | None = None, sources: int = 6
) -> dict[str, str]:
    """Concerns by name, over units spread evenly over so many sources."""
    of = [f"s{at % sources}" for at in range(coded.shape[1])]
    told = concerns(coded, found, coders=coders or Coders(), sources=of, code="strike")
    return {each.name: each.short for each in told}


def spread(ones: int, units: int = 60) -> list[float]:
    """So many yes among so many units."""
    return [1.0] * ones + [0.0] * (units - ones)


def test_nothing_is_said_of_a_sound_table() -> None:
    """Sixty units of six sources, a third with the code, a narrow interval."""
    assert named(table(spread(20), spread(22))) == {}


def test_a_coder_who_never_used_the_code_is_named() -> None:
    """A column of noes may mean that nobody looked."""
    assert named(table(spread(20), spread(0)))["never_used"] == "never used by ben"
    assert "never_used" not in named(table(spread(0), spread(0)))


def test_the_paradox_is_named_with_prevalence_and_bias() -> None:
    """Very rare or very common codes, from 5 per cent on."""
    assert named(table(spread(2), spread(1)))["prevalence"] == "prevalence 2.5 %, bias 1.7 %"
    assert "prevalence" in named(table(spread(59), spread(58)))
    assert "prevalence" not in named(table(spread(3), spread(3)))


def test_few_units_few_sources_and_few_coded_twice() -> None:
    """Only units that two coders read count."""
    few = table(spread(5, 20), spread(6, 20))
    assert named(few)["units"] == "20 units"
    assert named(table(spread(20), spread(22)), sources=2)["sources"] == "2 sources"
    once = table(spread(200, 600), [*spread(10, 40), *[np.nan] * 560])
    assert named(once)["twice"] == "6.7 % coded twice"
    assert named(once)["shared"] == "read by all: 40 of 600"


def test_coders_are_named_who_are_not_blind_or_not_people() -> None:
    """Readings by one model, machines, gold made from the readings themselves."""
    coded = table(spread(20), spread(22))
    model = Coders(kinds={"ana": "model", "ben": "model"})
    assert named(coded, coders=model)["one_model"] == "readings by one model"
    rule = Coders(kinds={"ana": "human", "ben": "rule"}, not_blind=("ana",))
    assert named(coded, coders=rule)["machine"] == "a machine among the coders"
    assert named(coded, coders=rule)["not_blind"] == "not blind: ana"
    gold = table(spread(20), spread(22), names=("ana", "gold"))
    assert "adjudicated" not in named(gold)
    made = Coders(made_from={"gold": frozenset({"ana", "ben"})})
    assert "gold" in named(gold, coders=made)["adjudicated"]


def test_models_beside_people_and_several_models_are_no_readings_by_one() -> None:
    """Each has a sentence of its own."""
    coded = table(spread(20), spread(22))
    mixed = named(coded, coders=Coders(kinds={"ana": "human", "ben": "model"}))
    assert mixed["machine"] == "a model beside people"
    models = Coders(kinds={"ana": "model", "ben": "model"}, models={"ana": "a", "ben": "b"})
    assert named(coded, coders=models)["machine"] == "readings by several models"


def test_a_table_without_units_raises_nothing() -> None:
    """It has no dtype to count in."""
    empty = table([], []).iloc[:, :0]
    assert concerns(empty, SOUND, coders=Coders(), sources=[], code=None) == []


def test_versions_stale_codings_and_codings_without_a_reading() -> None:
    """What the log tells of its own age and gaps."""
    coders = Coders(
        unread={"ben": 3},
        versions={"ana": ("1.0.0",), "ben": ("1.1.0",)},
        stale={"strike": 4, "union": 9},
    )
    found = named(table(spread(20), spread(22)), coders=coders)
    assert found["versions"] == "versions differ: ana 1.0.0; ben 1.1.0"
    assert found["unread"] == "coded without a reading: ben 3"
    assert found["stale"] == "4 stale"
    whole = concerns(
        table(spread(20), spread(22)),
        SOUND,
        coders=Coders(stale={"": 5, "strike": 4, "union": 9}),
        sources=["a"] * 60,
        code=None,
    )
    assert "5 stale" in [each.short for each in whole]


def test_wide_and_partly_undefined_intervals() -> None:
    """An interval wider than .4 leaves the question open."""
    wide = SOUND.with_interval(Interval(0.3, 0.8, 0.95, "b", 100, 1, defined_share=0.9))
    found = named(table(spread(20), spread(22)), wide)
    assert found["wide"] == "wide interval"
    assert found["undefined_resamples"] == "not computable in 10 % of draws"


def test_sets_are_asked_nothing_that_holds_of_one_code() -> None:
    """A set is neither rare nor common."""
    sets = pd.DataFrame([[frozenset()] * 40, [frozenset()] * 40], index=["ana", "ben"])
    told = concerns(sets, SOUND, coders=Coders(), sources=[str(at) for at in range(40)], code=None)
    assert told == []


def test_prevalence_and_bias_look_at_units_coded_twice() -> None:
    """The third unit, which one coder read, tells neither."""
    coded = table([1, 0, 1], [1, 1, None])
    assert prevalence(coded) == pytest.approx(0.75)
    assert bias(coded) == pytest.approx(0.5)
