"""A table of approaches by dimensions is rebuilt from layouts of other hands than Chung's.

Invented content, the shipped schemes, the whole path from a file to the matrix.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tertium.bundle import Tables
from tertium.coding.coder import code
from tertium.columns import CASES, VERDICTS, frame
from tertium.comparison.matrix import framework_matrix
from tertium.schemes.read import read_scheme
from tertium.sources.read import read_sources
from tertium.study import units_table, zones_table

APPROACHES = ("strike", "ngo_paralegal", "international_campaign", "legislative_advocacy")
DIMENSIONS = ("content", "agency", "strategizing_on", "inadequacy")
CELLS = {
    ("strike", "content"): "Arrears of three months, at once.",
    ("strike", "agency"): "Sewing-line operators.",
    ("strike", "strategizing_on"): "The town hall steps in.",
    ("strike", "inadequacy"): "It ends with the day, and nobody bargains after.",
    ("ngo_paralegal", "content"): "Claims after injuries.",
    ("ngo_paralegal", "agency"): "Two drop-in offices and a clinic.",
    ("ngo_paralegal", "strategizing_on"): "Statutes and panels.",
    ("ngo_paralegal", "inadequacy"): "One claimant, one file.",
    ("international_campaign", "content"): "A fund for the sick.",
    ("international_campaign", "agency"): "Groups in two ports.",
    ("international_campaign", "strategizing_on"): "The name of the label.",
    ("international_campaign", "inadequacy"): "Few shops, far away.",
    ("legislative_advocacy", "content"): "A clause on migrants.",
    ("legislative_advocacy", "agency"): "Five small offices.",
    ("legislative_advocacy", "strategizing_on"): "A friendly ministry.",
    ("legislative_advocacy", "inadequacy"): "No root on the shop floor.",
}
# Each layout has its own words for the approaches and the dimensions.
NAMES = {
    "strike": ("Strikes", "Wildcat strikes and protests", "Collective action"),
    "ngo_paralegal": ("Legal aid", "Litigation and legal help", "Paralegal work"),
    "international_campaign": (
        "International campaigns",
        "Campaigns abroad",
        "Cross-border campaigns",
    ),
    "legislative_advocacy": ("Legislative advocacy", "Lobbying for laws", "Law reform"),
    "content": ("Content", "Demands", "What it is about"),
    "agency": ("Agency", "Actors", "Who acts"),
    "strategizing_on": ("Strategizing on", "Leverage", "What it builds on"),
    "inadequacy": ("Inadequacy", "Limits", "Where it falls short"),
}
PROSE = (
    "In that spring the workers of a sewing plant went on strike to demand the wages that they "
    "were owed, but the strike failed to win a lasting agreement."
)


def markdown_table() -> str:
    """Approaches in rows, dimensions in columns, as Markdown."""
    head = ["", *(NAMES[dimension][0] for dimension in DIMENSIONS)]
    rows = [head, ["---"] * len(head)]
    for approach in APPROACHES:
        rows.append([NAMES[approach][0], *(CELLS[approach, d] for d in DIMENSIONS)])
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"# Notes from the sewing district\n\n{PROSE}\n\n{table}\n"


def html_table() -> str:
    """The other way round: dimensions in rows, approaches in columns, as a web page."""
    head = "".join(f"<th>{NAMES[approach][1]}</th>" for approach in APPROACHES)
    rows = "".join(
        f"<tr><th>{NAMES[d][1]}</th>{''.join(f'<td>{CELLS[a, d]}</td>' for a in APPROACHES)}</tr>"
        for d in DIMENSIONS
    )
    return (
        "<html><head><title>Notes</title></head><body><h1>Notes from the sewing district</h1>"
        f"<p>{PROSE}</p><table><tr><th></th>{head}</tr>{rows}</table></body></html>"
    )


def headings_in_other_words_and_order() -> str:
    """Headings and sub-headings with other names, the dimensions turned round."""
    parts = ["# Notes from the sewing district", PROSE]
    for approach in reversed(APPROACHES):
        parts.append(f"## {NAMES[approach][2]}")
        for dimension in reversed(DIMENSIONS):
            parts += [f"### {NAMES[dimension][2]}", CELLS[approach, dimension]]
    return "\n\n".join(parts) + "\n"


def plain_lines() -> str:
    """No markup at all: short lines that stand alone, the sub-headings recurring."""
    parts = ["Notes from the sewing district", PROSE]
    for approach in APPROACHES:
        parts.append(NAMES[approach][0])
        for dimension in DIMENSIONS:
            parts += [NAMES[dimension][0], CELLS[approach, dimension]]
    return "\n\n".join(parts) + "\n"


LAYOUTS = {
    "table.md": markdown_table(),
    "table.html": html_table(),
    "headings.md": headings_in_other_words_and_order(),
    "plain.txt": plain_lines(),
}


@pytest.fixture(params=sorted(LAYOUTS))
def passages(request: pytest.FixtureRequest, tmp_path: Path) -> pd.DataFrame:
    """The matrix of one layout in long form, from a file on the disk."""
    path = tmp_path / request.param
    path.write_text(LAYOUTS[request.param], encoding="utf-8")
    collection = read_sources(path)
    assert [source.language for source in collection.sources] == ["en"]
    schemes = [read_scheme("approach"), read_scheme("dimension")]
    codings, readings = code(collection.sources, schemes)
    tables = Tables(
        sources=collection.frame,
        units=units_table(collection.sources),
        zones=zones_table(collection.sources),
        codings=codings,
        readings=readings,
        verdicts=frame([], VERDICTS),
        cases=frame([], CASES),
        case_sources=frame([], CASES)[["case_id"]],
        schemes={scheme.name: scheme for scheme in schemes},
    )
    return framework_matrix(tables).passages.dropna(subset="quote")


def test_every_cell_holds_its_own_passage_and_no_other(passages: pd.DataFrame) -> None:
    """Sixteen of sixteen, each passage in the cell that its author put it in, and only there."""
    found: dict[str, set[tuple[str, str]]] = {}
    for row in passages.itertuples():
        found.setdefault(row.quote, set()).add((row.approach, row.dimension))
    assert {words: found.get(words) for words in CELLS.values()} == {
        words: {cell} for cell, words in CELLS.items()
    }


def test_text_outside_the_table_enters_a_cell(passages: pd.DataFrame) -> None:
    """The sentence before the table stands under strike by its own words."""
    outside = passages[passages["quote"] == PROSE]
    assert set(outside["approach"]) == {"strike"}
    assert "inadequacy" in set(outside["dimension"])
