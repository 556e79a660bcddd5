"""The tables of an evaluation: what they rest on, where they have no value, and no text in them."""

from __future__ import annotations

import pandas as pd
import pytest

from tertium.agreement.evaluation.evaluate import (
    CODE_COLUMNS,
    ESTIMATE_COLUMNS,
    TABLES,
    by_code,
    by_group,
    evaluation_tables,
    summary,
)
from tertium.agreement.evaluation.judged import length_band
from tertium.agreement.evaluation.resampling import Resampling

HOW = Resampling(times=200)


def measure(frame: pd.DataFrame, name: str, **where: str) -> pd.Series:
    """The one row of a measure."""
    rows = frame[frame["measure"] == name]
    for column, value in where.items():
        rows = rows[rows[column] == value]
    assert len(rows) == 1
    return rows.iloc[0]


def test_interval_holds_the_value(five):
    """Each measure with an interval lies in it, and says on how many groups it rests."""
    found = summary(five, HOW)
    assert list(found.columns) == list(ESTIMATE_COLUMNS)
    spread = found.dropna(subset=["low"])
    assert len(spread) > 10
    assert ((spread["low"] <= spread["value"]) & (spread["value"] <= spread["high"])).all()
    assert set(spread["groups"]) <= {3, 4}
    assert spread["concern"].str.contains("few_groups").all()


def test_searched_leaves_out_texts_that_nobody_searched(five):
    """Without the Swedish text recall rises and coverage is that of the others."""
    found = summary(five, HOW)
    assert measure(found, "macro_f1", languages="all")["n"] == 5
    assert measure(found, "macro_f1", languages="searched")["n"] == 4
    assert measure(found, "coverage", languages="searched")["value"] == 7 / 8


def test_corpora_stand_apart_and_together(text, table):
    """Two corpora give three parts; one alone gives no part called all."""
    both = table(text("t1", "a", "+-"), text("t2", "", "--", corpus="other"))
    assert list(dict.fromkeys(summary(both, HOW)["corpus"])) == ["all", "mine", "other"]
    assert set(summary(table(text("t1", "a", "+-")), HOW)["corpus"]) == {"mine"}


def test_what_has_no_value_has_a_reason(text, table):
    """NaN and a reason, never 1.0; with one topic group a value but no interval."""
    found = summary(table(text("t1", "", "--")), HOW)
    row = measure(found, "micro_f1", languages="all")
    assert pd.isna(row["value"])
    assert row["reason"] == "neither_labelled_nor_given"
    kept = measure(found, "none_kept", languages="all")
    assert (kept["value"], kept["reason"], kept["concern"]) == (1.0, "", "one_topic_group")
    assert pd.isna(kept["low"])
    undefined = found[found["value"].isna()]
    assert (undefined["reason"] != "").all()
    assert (found.loc[found["value"].notna(), "reason"] == "").all()


def test_gap_between_languages(text, table):
    """English is right on one of two texts, Russian and Chinese together on all."""
    found = summary(
        table(
            text("t1", "a", "+-"),
            text("t2", "a", "--"),
            text("t3", "a", "+-"),
            text("t4", "a", "+-", language="ru"),
            text("t5", "b", "-+", language="zh-Hant"),
            text("t6", "b", "xx", language="sv"),
        ),
        HOW,
    )
    row = measure(found, "micro_f1_gap", languages="all")
    assert row["group"] == "ru+zh less en"
    assert row["value"] == pytest.approx(1 - 4 / 5)
    assert row["n"] == 5


def test_one_language_has_no_gap(text, table):
    """Where one language was searched there is nothing to compare."""
    row = measure(summary(table(text("t1", "a", "+-")), HOW), "micro_f1_gap", languages="all")
    assert row["reason"] == "one_language_searched"


def test_groups_part_the_texts(five):
    """By each grouping every text is counted once; pooled languages come on top."""
    found = by_group(five, HOW)
    texts = found[found["measure"] == "micro_f1"]
    for by in ("voice", "length", "confidence", "topic_group"):
        assert texts.loc[texts["by"] == by, "n"].sum() == 5
    languages = texts[texts["by"] == "language"].set_index("group")["n"]
    assert languages.to_dict() == {"en": 2, "ru": 1, "sv": 1, "zh": 1, "ru+zh": 2}
    assert set(texts.loc[texts["by"] == "voice", "group"]) == {"not stated"}


@pytest.mark.parametrize(
    ("length", "band"), [(0, "0 to 199"), (199, "0 to 199"), (200, "200 to 399"), (1000, "1,000 and more")]
)  # fmt: skip
def test_bands_of_length(length, band):
    """A band begins with its first number."""
    assert length_band(length) == band


def test_codes_have_counts_and_intervals(five):
    """The four counts of a code add up to the texts."""
    found = by_code(five, HOW)
    assert list(found.columns) == list(CODE_COLUMNS)
    assert (found[["tp", "fp", "fn", "tn"]].sum(axis=1) == found["texts"]).all()
    first = found[(found["languages"] == "all") & (found["code"] == "a")].iloc[0]
    assert (first["labelled"], first["given"], first["f1"]) == (3, 2, 0.4)


def test_tables_say_whose_labels_they_rest_on(five):
    """All tables but the verdicts begin with scheme, coder and annotator; none holds a text."""
    found = evaluation_tables(five, HOW)
    assert tuple(found) == TABLES
    for name, frame in found.items():
        assert "text" not in frame.columns
        if name != "verdicts":
            assert list(frame.columns[:3]) == ["scheme", "coder", "annotator"]
            assert set(frame["annotator"]) == {"human"}


def test_same_input_same_tables(five):
    """Twice the same table gives the same numbers."""
    one, other = (evaluation_tables(five, HOW) for _ in range(2))
    for name in TABLES:
        pd.testing.assert_frame_equal(one[name], other[name])
