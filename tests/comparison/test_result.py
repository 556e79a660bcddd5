"""A result shows the same text everywhere, leads to its passages and can be computed again."""

from __future__ import annotations

import pandas as pd
import pytest

from tertium.comparison.crosstabs.crosstab import crosstab
from tertium.comparison.result import EVIDENCE_COLUMNS, Result, plain, shortened, text_width
from tertium.errors import UnknownNameError


def test_evidence_has_the_same_columns_with_and_without_passages(small):
    """A cell that rests on nothing gives an empty frame, not another kind of answer."""
    table = crosstab(small)
    assert list(table.evidence("strike", "ngo").columns) == list(EVIDENCE_COLUMNS)
    assert list(table.evidence("strike", "mixed").columns) == list(EVIDENCE_COLUMNS)
    assert table.evidence("strike", "mixed").empty


@pytest.mark.parametrize(
    ("row", "column", "there"), [("strikes", "ngo", "strike"), ("strike", "NGO", "ngo")]
)
def test_unknown_cell_is_refused(small, row, column, there):
    """A wrong row or column is refused with the list of those that are there."""
    with pytest.raises(UnknownNameError, match=there):
        crosstab(small).evidence(row, column)


def test_again_repeats_the_call(small):
    """Without changes the same numbers and evidence come out; with one, that of another call."""
    table = crosstab(small, rows="approach", columns="voice")
    assert repr(table.again(small)) == repr(table)
    pd.testing.assert_frame_equal(table.again(small).support, table.support)
    other = crosstab(small, rows="approach", columns="country")
    assert repr(table.again(small, columns="country")) == repr(other)


def test_again_refuses_unknown_arguments(small):
    """A change that names no argument is refused with the arguments there are."""
    with pytest.raises(UnknownNameError, match="rows, columns, count"):
        crosstab(small).again(small, colums="country")


def test_text_form():
    """Plain text is aligned by columns of the screen, so Chinese counts twice."""
    frame = pd.DataFrame(
        {"what": ["工人", "masks"], "value": [188, 40000]}, index=pd.RangeIndex(1, 3)
    )
    text = repr(Result(frame, title="Quantities", note="A note."))
    assert text == "Quantities\n\nwhat   value\n-----  -----\n工人     188\nmasks  40000\n\nA note."


def test_html_form_escapes():
    """No string of a result becomes markup or a formula."""
    frame = pd.DataFrame({"<b>": ["<script>alert(1)</script> $x$"]})
    html = Result(frame, title="<i>", note="&")._repr_html_()
    assert "<script" not in html
    assert "<i>" not in html
    assert "&lt;b&gt;" in html
    assert "tex2jax_ignore" in html


def test_shortened_at_word_border():
    """A text is cut between words, and never wider than asked."""
    assert shortened("one two three", 9) == "one two…"
    assert shortened("工人举行罢工要求", 7) == "工人举…"
    assert text_width(shortened("a" * 50, 10)) == 10


def test_plain_values():
    """Nulls say what they mean, numbers have no noise, control characters vanish."""
    assert plain(pd.NA, missing="not searched") == "not searched"
    assert plain(100000000.0) == "100000000"
    assert plain("a\x00b\n c") == "a b c"
