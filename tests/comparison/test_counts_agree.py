"""One definition of a passage: every table of the shipped study counts what it lists."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tertium.bundle import Tables
from tertium.comparison.crosstabs.crosstab import crosstab
from tertium.comparison.evidence import evidence
from tertium.comparison.matrix import framework_matrix
from tertium.comparison.verdicts import verdict_table
from tertium.study import open_study


@pytest.fixture(scope="module")
def tables(repository: Path) -> Tables:
    """The shipped study, on its digests."""
    return open_study(
        repository / "data" / "studies" / "labour-organising.yml", texts="digests"
    ).tables


def _lists_what_it_counts(result) -> bool:
    return all(
        len(result.evidence(row, column)) == number
        for row in result.frame.index
        for column in result.frame.columns
        if not pd.isna(number := result.frame.at[row, column])
    )


@pytest.mark.parametrize("scheme", ["approach", "dimension", "tier", "claim", "actor"])
@pytest.mark.parametrize("axis", ["source_id", "voice", "country", "case", "year"])
def test_cells_of_one_scheme(tables: Tables, scheme: str, axis: str) -> None:
    """The passages listed for a cell are as many as its number says."""
    assert _lists_what_it_counts(crosstab(tables, rows=scheme, columns=axis, count="passages"))


@pytest.mark.parametrize("rows", ["tier", "claim", "actor", "dimension", "strategy"])
def test_cells_of_two_schemes(tables: Tables, rows: str) -> None:
    """So are those of a cell in which two schemes meet, and of the framework matrix."""
    assert _lists_what_it_counts(crosstab(tables, rows=rows, columns="approach", count="passages"))
    assert _lists_what_it_counts(framework_matrix(tables, rows="approach", columns=rows))


def test_verdicts_counts_and_quotations_agree(tables: Tables) -> None:
    """The verdict's passages, the crosstab's count and the list of quotations are the same."""
    verdicts = verdict_table(tables, scheme="approach")
    counted = crosstab(tables, rows="approach", columns="source_id", count="passages")
    for code in verdicts.frame.columns:
        quoted = evidence(tables, scheme="approach", code=code)
        assert len(quoted.frame) == counted.frame.loc[code].sum()
        for source_id in verdicts.frame.index:
            number = int(counted.frame.at[code, source_id])
            behind = verdicts.evidence(source_id, code)
            assert len(behind) == number
            assert set(behind["passage_id"]) == set(counted.evidence(code, source_id)["passage_id"])
            text = verdicts.shown.at[source_id, code]
            assert (f"({number};" in text) == (number > 0)


def test_criticism_of_one_scheme_reaches_the_others(tables: Tables) -> None:
    """A passage that the dimension coding calls criticised is shown so under its approach."""
    criticised = tables.codings[
        (tables.codings["stance"] == "criticised") & (tables.codings["scheme"] == "dimension")
    ]
    places = set(zip(criticised["source_id"], criticised["start"], criticised["end"], strict=True))
    shown = evidence(tables, scheme="approach", code="ngo_paralegal").support
    here = [
        row.stance for row in shown.itertuples() if (row.source_id, row.start, row.end) in places
    ]
    assert here
    assert all("criticised" in stance for stance in here)
