"""A work counts once, however many texts of it there are."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tertium.comparison.crosstabs.crosstab import crosstab

from ..conftest import coding, everything_read, make_tables, source, verdict

SHARES = {"show": "shares", "of": "columns", "interval": "bootstrap", "level": 0.9, "seed": 3, "resamples": 50}  # fmt: skip
QUESTIONS = [
    {},
    {"count": "passages"},
    {"columns": "dimension"},
    {"columns": "sector", **SHARES},
    {"rows": "voice", "columns": "approach:strike"},
    {"rows": "case", "columns": "period", "period": 5},
    {"count": "characters", **SHARES},
    {"show": "residuals"},
]
TEXT = "They sued. They struck."


def study():
    ids = ("a", "b", "c")
    return make_tables(
        [source(each, TEXT, voice=voice, date=date) for each, voice, date in
         zip(ids, ("ngo", "company", "ngo"), ("2010", "2016", ""), strict=True)],
        [coding(each, quote, scheme, code) for each in ids for quote, scheme, code in (
            ("They sued.", "approach", "ngo_paralegal"), ("They struck.", "approach", "strike"),
            ("They struck.", "dimension", "content"))],
        verdicts=[verdict(each, "approach", code, state) for each, state in
                  zip(ids, ("present", "absent", "undecided"), strict=True)
                  for code in ("state_led", "ngo_paralegal", "strike")],
        readings=everything_read(*ids),
        cases=[{"case_id": "one", "sector": "toys"}, {"case_id": "two", "sector": "ports"}],
        case_sources=[{"case_id": "one", "source_id": "a", "start": 0, "end": 10},
                      {"case_id": "two", "source_id": "b"}],
    )  # fmt: skip


def with_texts(tables, added):
    """The study with another text of a work a row, read, coded and linked like the work itself."""
    for number, (of, column) in enumerate(added):
        new = f"{of}-{number}"
        changes = {"source_id": new, column: of}
        if column == "digest_of":
            changes["kind"] = "digest"
        grown = {}
        for name in (
            "sources",
            "units",
            "zones",
            "codings",
            "readings",
            "verdicts",
            "case_sources",
        ):
            frame = getattr(tables, name)
            own = frame[frame["source_id"] == of]
            more = own.assign(**(changes if name == "sources" else {"source_id": new}))
            grown[name] = pd.concat([frame, more], ignore_index=True)
        tables = replace(tables, **grown)
    return tables


@pytest.mark.parametrize("question", QUESTIONS)
@settings(deadline=None, max_examples=8)
@given(
    added=st.lists(
        st.tuples(
            st.sampled_from("abc"), st.sampled_from(["digest_of", "translation_of", "copy_of"])
        ),
        min_size=1,
        max_size=3,
    )
)
def test_other_texts_of_a_work_move_nothing(question, added):
    """Digests, translations and copies change no cell, no range, no note and no evidence."""
    tables = study()
    one, other = crosstab(tables, **question), crosstab(with_texts(tables, added), **question)
    assert repr(one) == repr(other)
    pd.testing.assert_frame_equal(one.frame, other.frame)
    pd.testing.assert_frame_equal(one.support, other.support)
