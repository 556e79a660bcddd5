"""Shares of units, with intervals and the machine's error taken off."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from tertium import columns as c
from tertium.bundle import Sampling
from tertium.comparison.crosstabs.crosstab import crosstab
from tertium.comparison.shares.shares import shares
from tertium.comparison.statistics.correction import corrected_share
from tertium.comparison.statistics.proportions import wilson
from tertium.errors import UnknownNameError
from tertium.study import open_study

WORDS = "not corrected: no random human sample"


def text(result, row, column):
    return result.cell_text(
        list(result.frame.index).index(row), list(result.frame.columns).index(column)
    )


def of_sentences(tables, **more):
    return shares(tables, scheme="approach", unit="sentence", interval="bootstrap", **more)


def test_what_is_counted(world):
    """20 sources of five sentences: the first of each, and the fifth of each fourth."""
    result = of_sentences(world())
    row = result.frame.loc["strike"]
    assert (row["with_code"], row["searched"], row["sources"]) == (25, 100, 20)
    assert row["share"] == 0.25
    assert row["low"] < 0.25 < row["high"]
    assert len(result.evidence("strike", "with_code")) == 25
    assert result.frame.loc["state_led", "share"] == 0


def test_documents_are_those_of_the_crosstab(small):
    """A document's share has the crosstab's numbers, of what was searched, with Wilson's bounds."""
    result = shares(small, scheme="approach", unit="document", interval="wilson")
    table = crosstab(small, rows="approach", columns="kind").frame["original"]
    for code in ("state_led", "ngo_paralegal", "strike"):
        assert result.frame.loc[code, "with_code"] == table[code]
    # union1 was not searched for strikes, and its undecided verdict on NGOs is no presence.
    assert list(result.frame["searched"]) == [3, 3, 2]
    bounds = tuple(result.frame.loc["strike", ["low", "high"]])
    assert bounds == pytest.approx(wilson(1, 2, level=0.95))
    assert "1 undecided verdict counts" in result.note


def test_nobody_looked_is_no_zero(make):
    """Without a reading there is no share, and the cell says so."""
    from ..conftest import source

    tables = make([source("a", "A text.")], [])
    result = shares(tables, scheme="approach", unit="document", interval="wilson")
    assert result.frame["share"].isna().all()
    assert text(result, "strike", "share") == "not searched"
    assert (result.frame["searched"] == 0).all()


def test_wilson_is_refused_inside_sources(world):
    """Sentences of one source are alike, and the message says what to write."""
    with pytest.raises(UnknownNameError, match="draws whole sources"):
        shares(world(), scheme="approach", unit="sentence", interval="wilson")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"unit": "word"}, "there are document"),
        ({"interval": "t"}, "there are wilson"),
        ({"by": "dimension"}, "dimension:content"),
        ({"by": "colour"}, "no axis"),
    ],
)
def test_what_there_is_not_is_refused(world, wrong, words):
    """A wrong argument is answered with what there is."""
    asked = {"scheme": "approach", "unit": "document", "interval": "wilson", **wrong}
    with pytest.raises(UnknownNameError, match=words):
        shares(world(), **asked)


def test_groups_add_up(world):
    """Units of all voices are the units of all sources; each row has its own passages."""
    tables = world()
    whole, parts = of_sentences(tables), of_sentences(tables, by="voice")
    rows = [row for row in parts.frame.index if row.startswith("strike × ")]
    assert len(rows) == 3
    assert parts.frame.loc[rows, "with_code"].sum() == whole.frame.loc["strike", "with_code"]
    for row in rows:
        assert len(parts.evidence(row, "share")) == parts.frame.loc[row, "with_code"]


def test_few_sources_have_no_interval(world):
    """Drawing four sources again tells nothing of how sources differ."""
    result = of_sentences(world(sources=4, double=[], plan=False))
    assert text(result, "strike", "share") == "25%"
    assert text(result, "strike", "low") == "not defined"
    assert "fewer than five" in result.note


def test_it_can_be_computed_again(world):
    """The result keeps its arguments, and the same arguments give the same text."""
    tables = world()
    result = of_sentences(tables)
    assert repr(result.again(tables)) == repr(result)
    assert result.again(tables, by="voice").params["by"] == "voice"


# ---------------------------------------------------------------------------------------------
# Correction


def test_the_machines_error_is_taken_off(world):
    """Ten of 20 sources by lot, 50 sentences: what people found there against the machine.

    People give 2.25 sentences a source on average (the third counts half, in every second
    source), the machine 1.3 in these ten and 1.25 in all: 1.25 + 0.95 of 5.
    """
    row = of_sentences(world()).frame.loc["strike"]
    assert row["read_twice"] == 50
    assert row["corrected"] == pytest.approx((1.25 + (2.25 - 1.3)) / 5)
    machine = [2.0 if number % 4 == 0 else 1.0 for number in range(20)]
    people = [2.0 + (number % 2) / 2 if number < 10 else np.nan for number in range(20)]
    found = corrected_share(machine, people, [5] * 20, ["a"] * 20, level=0.95)
    assert tuple(row[["corrected", "corrected_low", "corrected_high"]]) == pytest.approx(
        (found.share, found.low, found.high)
    )


def test_both_figures_are_shown(world):
    """The raw share stands beside the corrected one, and the note names the plan."""
    result = of_sentences(world())
    assert text(result, "strike", "share").startswith("25%\u00a0(")
    assert text(result, "strike", "corrected").startswith("44%\u00a0(")
    assert "data/assignments/first.csv" in result.note


def test_reading_everything_is_what_people_found(world):
    """With the full sample the corrected share is theirs exactly."""
    row = of_sentences(world(double=range(20))).frame.loc["strike"]
    assert list(row[["corrected", "corrected_low", "corrected_high"]]) == pytest.approx([0.45] * 3)


def test_what_people_settled_comes_first(world):
    """Gold that was made from the two is taken in place of their mean."""
    tables = world(double=range(20), gold=lambda number, at: at < 2)
    assert of_sentences(tables).frame.loc["strike", "corrected"] == pytest.approx(0.4)
    others = replace(tables, made_from={("approach", "gold"): frozenset({"eva"})})
    assert of_sentences(others).frame.loc["strike", "corrected"] == pytest.approx(0.45)


def test_strata_are_found_again(world):
    """A plan drawn by voice weighs each voice by its size, also where shares are by voice."""
    tables = world(by="voice", double=[0, 3, 6, 9, 12, 1, 4, 7, 10, 2, 5, 8])
    row = of_sentences(tables).frame.loc["strike"]
    machine = [2.0 if number % 4 == 0 else 1.0 for number in range(20)]
    there = {0, 3, 6, 9, 12, 1, 4, 7, 10, 2, 5, 8}
    people = [2.0 + (number % 2) / 2 if number in there else np.nan for number in range(20)]
    strata = [str(number % 3) for number in range(20)]
    found = corrected_share(machine, people, [5] * 20, strata, level=0.95)
    assert row["corrected"] == pytest.approx(found.share)
    assert row["corrected_low"] == pytest.approx(found.low)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"plan": False}, "no plan drew sources"),
        ({"kind": "model"}, "ana and ben of data/assignments/first.csv are no people"),
        ({"double": range(9)}, "two people have read 45 units"),
        ({"unread": [3]}, "1 of the 10 sources"),
        ({"coders": ["ana"]}, "10 of the 10 sources"),
        (
            {"by": "voice", "double": [0, 3, 6, 9, 12, 1, 4, 7, 10, 13, 16]},
            "no source was drawn from: newspaper",
        ),
        (
            {"by": "voice", "double": [0, 3, 6, 9, 12, 1, 4, 7, 10, 13, 16, 2]},
            "one source alone was drawn from: newspaper",
        ),
    ],
)
def test_without_a_random_human_sample_it_says_so(world, changes, why):
    """Whatever is wanting, the cell has the words, and the note the reason."""
    result = of_sentences(world(**changes))
    assert text(result, "strike", "corrected") == WORDS
    assert pd.isna(result.frame.loc["strike", "corrected"])
    assert why in result.note


def test_forty_nine_units_are_too_few(world):
    """One sentence that the machine did not search, and 50 become 49."""
    tables = world()
    readings = tables.readings.copy()
    own = (readings["coder"] == "rule") & (readings["source_id"] == "s00")
    last = tables.units[(tables.units["source_id"] == "s00") & (tables.units["unit"] == "sentence")]
    readings.loc[own, ["start", "end"]] = [0, int(last["end"].nlargest(2).iloc[1])]
    codings = tables.codings
    found = (codings["coder"] == "rule") & (codings["source_id"] == "s00") & (codings["start"] > 50)
    tables = replace(tables, readings=readings, codings=codings[~found])
    result = of_sentences(tables)
    assert text(result, "strike", "corrected") == WORDS
    assert "read 49 units" in result.note


def test_a_plan_that_does_not_say_its_draw_corrects_nothing(world):
    """Plans of before are read; what they were drawn from can't be known."""
    tables = world()
    plans = tables.plans.assign(stratum_size=pd.NA, drawn_by=pd.NA)
    result = of_sentences(replace(tables, plans=plans.astype(tables.plans.dtypes)))
    assert text(result, "strike", "corrected") == WORDS
    assert "first.csv does not say what it was drawn from" in result.note


def test_sources_added_after_the_draw_are_not_corrected(world):
    """The lot could not have drawn them, so that nobody read for them."""
    tables = world()
    was = tables.plans.assign(stratum_size=18).astype(tables.plans.dtypes)
    result = of_sentences(replace(tables, plans=was))
    assert text(result, "strike", "corrected") == WORDS
    assert "drew from 18 sources of all sources, and 20 are counted now" in result.note


def test_a_plan_that_was_added_to_has_unequal_chances(world):
    """Some were drawn when there were 18, some when there were 20."""
    tables = world()
    first = tables.plans["source_id"] < "s05"
    sizes = tables.plans["stratum_size"].where(~first, 18)
    result = of_sentences(replace(tables, plans=tables.plans.assign(stratum_size=sizes)))
    assert text(result, "strike", "corrected") == WORDS
    assert "unequal chances" in result.note


def test_a_plan_may_be_drawn_by_many_columns(world):
    """Which columns they are stands in the plan, and is not guessed."""
    tables = world()
    by = "kind|language|voice|country"
    strata = tables.sources.set_index("source_id")
    words = [
        " × ".join(
            "not stated" if pd.isna(value) or not value else str(value)
            for value in strata.loc[each, by.split("|")]
        )
        for each in tables.plans["source_id"]
    ]
    sizes = {"ngo": 7, "company": 7, "newspaper": 6}
    plans = tables.plans.assign(
        drawn_by=by, stratum=words, stratum_size=[sizes[each.split(" × ")[2]] for each in words]
    )
    result = of_sentences(replace(tables, plans=plans.astype(tables.plans.dtypes)))
    assert text(result, "strike", "corrected") != WORDS


def test_of_a_group_only_its_own_sources_count(world):
    """A group that is no stratum and was wholly read has the share that people found."""
    tables = world()
    languages = ["zh" if each < "s10" else "en" for each in tables.sources["source_id"]]
    tables = replace(tables, sources=tables.sources.assign(language=languages))
    result = of_sentences(tables, by="language")
    row = result.frame.loc["strike × zh"]
    assert list(row[["corrected", "corrected_low", "corrected_high"]]) == pytest.approx([0.45] * 3)
    # Nobody was sent to the other ten, and what was found elsewhere tells nothing of them.
    assert text(result, "strike × en", "corrected") == WORDS
    assert "it takes 50" in result.note


def test_people_who_saw_other_codings_correct_nothing(world):
    """Whoever saw the machine's codings may have taken over its errors."""
    tables = world()
    seen = tables.readings.assign(
        blind=[False if coder == "ben" else pd.NA for coder in tables.readings["coder"]]
    ).astype(tables.readings.dtypes)
    result = of_sentences(replace(tables, readings=seen))
    assert text(result, "strike", "corrected") == WORDS
    assert "ben of data/assignments/first.csv had sight of others' codings" in result.note


def test_few_errors_are_told(world):
    """The machine errs in two of the ten sources read: how far it errs is hardly known."""

    def settled(number, at):
        return at == 0 or (at == 4 and number % 4 == 0) or (at == 1 and number < 2)

    result = of_sentences(world(gold=settled))
    assert result.frame.loc["strike", "corrected"] == pytest.approx((1.25 + 0.2) / 5)
    assert "State-led, NGO and paralegal, Strike: how far it errs is hardly known" in result.note
    assert "State-led, NGO and paralegal: how far it errs" in of_sentences(world()).note


def test_one_share_has_one_interval(world):
    """A crosstab and a table of shares say the same of one voice, also where sources are tied."""
    tables = world(sources=40)
    verdicts = ["absent" if number % 2 else "present" for number in range(40)]
    tables = replace(tables, verdicts=tables.verdicts.assign(verdict=verdicts))
    tied = replace(
        tables,
        cases=c.frame([{"case_id": "x", "name": "X"}], c.CASES),
        case_sources=pd.DataFrame(
            {"case_id": ["x"] * 4, "source_id": ["s00", "s03", "s06", "s09"],
             "start": pd.NA, "end": pd.NA}
        ),
    )  # fmt: skip
    how = {"interval": "bootstrap", "level": 0.9, "seed": 3, "resamples": 300}
    cells = []
    for each in (tables, tied):
        listed = shares(each, scheme="approach", unit="document", by="voice", **how)
        crossed = crosstab(
            each, rows="approach", columns="voice", show="shares", of="columns", **how
        )
        for voice in crossed.frame.columns:
            own = crossed.shown.at["strike", voice].partition(", ")[2]
            assert text(listed, f"strike × {voice}", "share") == own
        assert ("are drawn together and count as one" in crossed.note) == (each is tied)
        assert listed.note.count("In brackets") == 1
        cells.append(crossed.shown.at["strike", "ngo"])
    assert cells[0] != cells[1]


@pytest.mark.parametrize("wrong", [{"level": 2}, {"seed": -1}, {"resamples": 0}])
def test_numbers_that_make_no_interval_are_refused(world, wrong):
    """With the error that every wrong argument has."""
    with pytest.raises(UnknownNameError, match=next(iter(wrong))):
        of_sentences(world(plan=False), **wrong)


def test_people_are_not_corrected(world):
    """Where people decide there is no machine's error."""
    tables = world(double=range(20), deciding="ana")
    result = of_sentences(tables)
    assert text(result, "strike", "corrected") == "not corrected: people coded"


def test_a_plan_of_sources_that_are_gone_is_not_used(world):
    """A source that no count takes now was drawn from another list."""
    tables = world()
    copy = tables.sources.copy()
    copy.loc[copy["source_id"] == "s03", "copy_of"] = "s15"
    result = of_sentences(replace(tables, sources=copy))
    assert text(result, "strike", "corrected") == WORDS
    assert "no count takes now: “Title of s03”" in result.note


def test_parts_were_not_drawn(world):
    """A plan draws compiled sources; their parts have shares, and nothing is corrected."""
    tables = world()
    sources = tables.sources.copy()
    sources.loc[sources["source_id"].isin(["s15", "s16"]), "part_of"] = "s19"
    tables = replace(tables, sources=sources)
    assert of_sentences(tables).frame.loc["strike", "searched"] == 90
    result = of_sentences(tables, parts=True)
    assert result.frame.loc["strike", "searched"] == 95
    assert text(result, "strike", "corrected") == WORDS


def test_the_note_says_how_sources_came(world, random_sample):
    """Only sources drawn by lot let an interval speak of others."""
    tables = world()
    assert "does not say how its sources were chosen" in of_sentences(tables).note
    drawn = replace(tables, sampling=random_sample)
    assert "no margin of error" not in of_sentences(drawn).note
    every = replace(tables, sampling=Sampling(design="census", why="All."))
    assert "all that there are" in of_sentences(every).note


def test_the_shipped_study_says_not_corrected():
    """No person has coded the shipped study, so that no share of it is corrected."""
    result = shares(
        open_study("labour-organising").tables,
        scheme="approach",
        unit="document",
        interval="wilson",
    )
    places = range(len(result.frame))
    column = list(result.frame.columns).index("corrected")
    assert {result.cell_text(row, column) for row in places} == {WORDS}
