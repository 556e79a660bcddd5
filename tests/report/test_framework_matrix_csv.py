"""`tables/framework_matrix.csv`: the file that other programs read."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tertium.comparison.matrix import framework_matrix
from tertium.report.tables import table
from tertium.study import open_study

COLUMNS = ["approach", "dimension", "state", "source_id", "start", "end", "quote", "coder"]


def test_one_row_a_passage_and_one_row_an_empty_cell(repository: Path) -> None:
    """Columns as the design names them; every quote is the text at its offsets."""
    study = open_study(repository / "data" / "studies" / "labour-organising.yml")
    matrix = framework_matrix(study.tables)
    text = table(matrix, name="framework-matrix").content["files"]["framework_matrix.csv"]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == COLUMNS
    cells = {(row["approach"], row["dimension"]) for row in rows}
    assert len(cells) == matrix.frame.size
    texts = {source.id: source.text for source in study.collection.sources}
    for row in rows:
        if row["state"] == "filled":
            quote = texts[row["source_id"]][int(row["start"]) : int(row["end"])]
            assert row["quote"].lstrip("'") == quote.lstrip("'")
            assert row["coder"] == "rule"
        else:
            assert row["state"] in ("empty", "not_searched")
            assert row["source_id"] == row["quote"] == ""


def test_matrices_of_other_schemes_have_files_of_their_own(repository: Path) -> None:
    """Only approach by dimension is `framework_matrix.csv`; others are called by their table."""
    study = open_study(repository / "data" / "studies" / "labour-organising.yml")
    other = framework_matrix(study.tables, rows="dimension", columns="approach")
    files = table(other, name="turned").content["files"]
    assert sorted(files) == ["turned-passages.csv", "turned.csv"]
