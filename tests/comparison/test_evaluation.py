"""An evaluation for readers: every view is a result, whatever has no value says why."""

from __future__ import annotations

from typing import get_args

import pandas as pd
import pytest

from tertium.columns import EVALUATED, frame
from tertium.comparison.evaluation.evaluate import Show, evaluate
from tertium.comparison.evaluation.measured import CONCERN_WORDS, MEASURE_LABELS, REASON_WORDS
from tertium.comparison.result import Result
from tertium.errors import UnknownNameError
from tertium.report.figures import figure
from tertium.report.tables import table

CODES = ("state_led", "strike")


@pytest.fixture
def verdicts() -> pd.DataFrame:
    """Four texts, two codes: one code always right, the other missed once and added once."""
    rows = []
    for id_, language, gold, given in (
        ("t1", "en", "state_led strike", "state_led strike"),
        ("t2", "en", "strike", ""),
        ("t3", "ru", "", "strike"),
        ("t4", "sv", "", None),
    ):
        for code in CODES:
            verdict = "not_searched" if given is None else "absent"
            verdict = "present" if code in (given or "").split() else verdict
            rows.append(
                {
                    "corpus": "mine", "id": id_, "language": language, "length": 150,
                    "topic_group": id_, "annotator": "human", "scheme": "approach",
                    "scheme_version": "1.0.0", "code": code, "coder": "rule", "coder_kind": "rule",
                    "calibrated": False, "gold": code in gold.split(),
                    "gold_primary": gold.split()[:1] == [code], "verdict": verdict,
                    "score": {"present": 0.7, "absent": 0.0}.get(verdict),
                    "primary": (given or "").split()[:1] == [code],
                    "patterns": "strike*" if verdict == "present" else None,
                }
            )  # fmt: skip
    return frame(rows, EVALUATED)


@pytest.mark.parametrize("show", get_args(Show))
def test_every_view_is_a_result_that_can_be_shown(verdicts, show):
    """Each view has a title, says whose labels it rests on, and becomes a table."""
    result = evaluate(verdicts, show=show, resamples=50)
    assert isinstance(result, Result)
    assert result.title
    assert "The labels are gold: people gave them." in result.note
    assert "4 texts in 4 topic groups; scheme approach@1.0.0, coder rule." in result.note
    assert table(result, name="x").content["rows"]
    assert result.function == "evaluate"
    assert len(result.again(verdicts, languages="searched").frame) > 0


def test_labels_by_a_model_are_not_called_gold(verdicts):
    """The note says reference, and that this is no gold."""
    note = evaluate(verdicts.assign(annotator="model"), resamples=50).note
    assert "a reference that a model gave; they are not gold" in note
    assert "Who gave the labels is not stated" in evaluate(
        verdicts.assign(annotator="not_stated"), resamples=50
    ).note  # fmt: skip


def test_overall_has_value_interval_and_what_it_is_of(verdicts):
    """F1 of 1 and 0.5 make 0.75; the gap's label names the languages."""
    result = evaluate(verdicts, resamples=50)
    assert result.frame.loc["macro_f1", "value"] == 0.75
    assert result.frame.loc["macro_f1", "of"] == "4 texts"
    assert result.row_labels["micro_f1_gap"] == "Micro-F1 gap: Russian less English"
    assert set(result.frame.index) <= set(MEASURE_LABELS)


def test_what_has_no_value_says_why(verdicts):
    """A null in the frame is words in the cell, never a bare NaN."""
    result = evaluate(verdicts, show="groups", languages="searched", resamples=50)
    row = list(result.frame.index).index("ru")
    column = list(result.frame.columns).index("primary_accuracy")
    assert pd.isna(result.frame.iat[row, column])
    assert result.cell_text(row, column) == "not defined"
    assert "Not defined, because: " in result.note
    assert "no text has a primary label" in result.note
    overall = evaluate(verdicts[verdicts["id"] == "t3"], resamples=50)
    place = list(overall.frame.index).index("primary_accuracy")
    assert overall.cell_text(place, 0) == "not defined: no text has a primary label"


def test_confusions_are_grids(verdicts):
    """Labels in rows, what was given in columns, and readers see the codes' labels."""
    primaries = evaluate(verdicts, show="primaries", resamples=50)
    assert primaries.frame.loc["strike", "none"] == 1
    assert primaries.frame.loc["none", "strike"] == 1
    assert primaries.row_labels["state_led"] == "State-led organising"
    counted = evaluate(verdicts, show="verdicts", resamples=50).frame
    assert counted.loc["strike", ["yes_present", "yes_absent", "no_present"]].tolist() == [1, 1, 1]
    assert counted.sum(axis=1).tolist() == [4, 4]


def test_misses_name_the_patterns(verdicts):
    """Two of four texts are wrong; what fired stands beside them."""
    result = evaluate(verdicts, show="misses", resamples=50)
    assert result.frame["text"].tolist() == ["t2", "t3"]
    assert result.frame["patterns_that_fired"].tolist() == ["", "strike: strike*"]
    assert result.note.startswith("2 of 4 texts, 0 of them for the primary code alone")


def test_a_score_is_called_a_probability_only_when_it_is(verdicts):
    """The note of the curve says what a score may be taken for."""
    assert "it is a rank, no probability" in evaluate(verdicts, show="calibration").note
    claimed = evaluate(verdicts.assign(calibrated=True), show="calibration")
    assert "may be read as a probability" in claimed.note


def test_names_that_are_not_there_are_refused(verdicts):
    """Each argument lists what there is."""
    for wrong in ({"show": "all"}, {"by": "year"}, {"code": "x"}, {"corpus": "yours"}):
        with pytest.raises(UnknownNameError, match="there are"):
            evaluate(verdicts, **wrong)


def test_every_reason_and_concern_has_words():
    """What the tables give as a word of their own, readers get as a phrase."""
    from tertium.agreement.evaluation.measures import REASONS

    assert set(REASONS.values()) | {"one_language_searched"} == set(REASON_WORDS)
    assert set(CONCERN_WORDS) == {
        "one_topic_group", "few_groups", "some_resamples_undefined", "no_interval",
    }  # fmt: skip


def test_calibration_is_drawn_and_told(verdicts):
    """A dot a bin at its score and share, the number beside it, and all of it in words."""
    drawn = figure(evaluate(verdicts, show="calibration", resamples=50), name="x")
    (axes,) = drawn.figure.axes
    dots = [
        (float(line.get_xdata()[0]), float(line.get_ydata()[0]))
        for line in axes.lines
        if line.get_marker() == "o"
    ]
    assert dots == [(0.0, pytest.approx(1 / 3)), (pytest.approx(0.7), pytest.approx(2 / 3))]
    assert [text.get_text() for text in axes.texts] == ["3", "3"]
    assert "mean score 0.7, labelled 0.667 of 3" in drawn.content["alt"]


def test_primaries_can_be_drawn_and_other_views_not(verdicts):
    """A grid is a matrix; a list that is no curve is refused with what can be drawn."""
    assert figure(evaluate(verdicts, show="primaries", resamples=50), name="x").svg
    with pytest.raises(UnknownNameError, match="calibration that of evaluate"):
        figure(evaluate(verdicts, show="misses", resamples=50), name="x")
