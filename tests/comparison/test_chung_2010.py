"""The table of approaches at the end of Chung (2010), Asian Labour Update 75, rebuilt from its text.

The article sets four approaches against four dimensions; each cell is given here by words
that stand in it and nowhere else in the table.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tertium.bundle import Tables
from tertium.coding.coder import code
from tertium.columns import CASES, SOURCES, VERDICTS, frame
from tertium.comparison.matrix import framework_matrix
from tertium.offsets import canonical
from tertium.schemes.read import read_scheme
from tertium.sources.source import Source
from tertium.study import open_study, units_table, zones_table

ORIGINAL = "001_588463feffcb1f70"
DIGEST = "amrc-solidarity"
CELLS = {
    ("ngo_paralegal", "content"): ("Back wages, overtime", "dismissal, work injury"),
    ("ngo_paralegal", "agency"): ("semi-government", "semi-governmental"),
    ("ngo_paralegal", "strategizing_on"): ("judicial system", "arbitration and courts"),
    ("ngo_paralegal", "inadequacy"): ("Protectionism", "protectionism"),
    ("legislative_advocacy", "content"): ("Work Injury Insurance", "Work Injury Insurance"),
    ("legislative_advocacy", "agency"): ("province", "Guangdong's independent"),
    ("legislative_advocacy", "strategizing_on"): ("Favourable central", "favourable"),
    ("legislative_advocacy", "inadequacy"): ("articulation capacity", "articulate"),
    ("international_campaign", "content"): ("Olympics campaign", "Olympics campaign"),
    ("international_campaign", "agency"): ("Labour groups and unions", "labour groups and unions"),
    ("international_campaign", "strategizing_on"): ("market pressure", "market pressure"),
    ("international_campaign", "inadequacy"): ("limited worker base", "worker base"),
    ("strike", "content"): ("retrenchment", "retrenchment"),
    ("strike", "agency"): ("Migrant production workers", "Migrant workers in production"),
    ("strike", "strategizing_on"): ("rectify specific violations", "rectify given violations"),
    ("strike", "inadequacy"): ("abstention", "abstain"),
}


@pytest.fixture(scope="module")
def from_original(shared: Path):
    """The matrix of the original alone."""
    text = canonical((shared / "sources" / f"{ORIGINAL}.txt").read_text(encoding="utf-8"))
    return _matrix(Source(id=ORIGINAL, text=text, language="en"))


@pytest.fixture(scope="module")
def from_digest(repository: Path):
    """The matrix of the digest alone."""
    path = repository / "data" / "sources" / "digests" / f"{DIGEST}.md"
    text = canonical(path.read_text(encoding="utf-8"))
    return _matrix(Source(id=DIGEST, text=text, language="en", markup="markdown"))


def _matrix(source: Source):
    schemes = [read_scheme("approach"), read_scheme("dimension")]
    codings, readings = code([source], schemes)
    row = {
        "source_id": source.id,
        "text_sha256": source.text_sha256,
        "language": "en",
        "text": source.text,
    }
    tables = Tables(
        sources=frame([row], SOURCES),
        units=units_table([source]),
        zones=zones_table([source]),
        codings=codings,
        readings=readings,
        verdicts=frame([], VERDICTS),
        cases=frame([], CASES),
        case_sources=frame([], CASES)[["case_id"]],
        schemes={scheme.name: scheme for scheme in schemes},
    )
    return framework_matrix(tables).passages


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: "-".join(cell))
def test_original_fills_each_cell_with_its_own_passage(from_original, cell) -> None:
    """Each cell of the printed table holds the passage that stands in it, and no other does."""
    _stands_only_in(from_original, cell, CELLS[cell][0])


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: "-".join(cell))
def test_digest_fills_each_cell_with_its_own_passage(from_digest, cell) -> None:
    """The digest rebuilds the same sixteen cells."""
    _stands_only_in(from_digest, cell, CELLS[cell][1])


def _stands_only_in(passages, cell, words) -> None:
    table = passages[passages["start"] >= _first_cell(passages)]
    inside = table[table["quote"].str.contains(words, regex=False)]
    assert set(zip(inside["approach"], inside["dimension"], strict=True)) == {cell}


def _first_cell(passages) -> int:
    """Where the first cell of the article's own table begins, in either text."""
    opening = passages["quote"].str.startswith(("Compensation for labour rights", "Claiming comp"))
    return int(passages.loc[opening.fillna(False), "start"].iloc[0])


def test_words_of_a_cell_do_not_carry_it_to_another(from_original) -> None:
    """Every passage of the printed table stands in exactly one cell."""
    start = _first_cell(from_original)
    table = from_original[from_original["start"] >= start]
    assert table.groupby(["start", "end"]).size().max() == 1


def test_text_outside_the_table_can_enter_a_cell(from_original) -> None:
    """Prose before the table reaches the matrix by its own words."""
    start = _first_cell(from_original)
    assert (from_original["start"] < start).sum() >= 5


def test_matrix_adds_what_the_other_sources_say(repository: Path) -> None:
    """The study's matrix holds passages of other sources beside the article's."""
    study = open_study(repository / "data" / "studies" / "labour-organising.yml")
    sources = set(framework_matrix(study.tables).passages["source_id"].dropna())
    assert {DIGEST, "ftuk-acftu-meeting", "clw-outreach"} <= sources
