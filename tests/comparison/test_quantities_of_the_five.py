"""The numbers of the five sources, read from their texts by hand: value, unit, object, who says so.

A false figure in this table is worse than a missing one, so it is compared whole.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from tertium.comparison.quantities import quantities
from tertium.offsets import canonical

from .conftest import make_tables, source

CLIA = "China Leather Industry Association (claimant)"
HOU = "Hou and Su (authors)"
CHEN, ZHAO, MA = "Chen Zhongquan", "Zhao Xiaohai", "Ma Jin"
# value, upper end, words in place of a number, unit, of what, qualifier, who says so
DIGESTS = {
    "amrc-solidarity": [
        (10, None, "", "years", "Hong Kong labour NGOs have vitally supported labour activism in China", "", "Chung (author)"),
        (2000, None, "", "exhibitors", "watch and jewellery exhibitors", "over", "Chung (author)"),
        (50, None, "", "countries", "", "over", "Chung (author)"),
        (2e8, None, "", "migrants", "rural migrants seeking city jobs to escape poverty", "", "Chung (author)"),
        (80, None, "", "workers", "silicosis workers", "over", "Chung (author)"),
        (1, 10, "", "years", "in factories with mostly Hong Kong capital", "", "Chung (author)"),
        (5, None, "", "victims", "", "", "Chung (author)"),
        (3, None, "", "tiers", "segregated tiers", "", "Chung (author)"),
    ],
    "clia-cada-union-drive": [
        (None, None, "hundreds of millions", "workers", "", "", "Xi Jinping"),
        (40, None, "", "clusters", "industrial clusters nationwide", "over", CLIA),
        (100, None, "", "workers", "number of workers", "over", CLIA),
        (51, 100, "", "workers", "number of workers", "", CLIA),
        (25, 50, "", "workers", "number of workers", "", CLIA),
    ],
    "clw-outreach": [
        (None, None, "thousands", "workers", "", "", "CLW (publisher)"),
        (None, None, "hundreds", "activists", "labour activists", "", "CLW (publisher)"),
        (4, None, "", "centres", "worker legal centres", "", "CLW (publisher)"),
    ],
    "ftuk-acftu-meeting": [
        (1700, None, "", "km", "border", "more than", "Jiang Guangping"),
        (3500, None, "", "yuan a month", "textile employees", "about, on average", CHEN),
        (7, None, "", "documents", "local documents", "", CHEN),
        (409, None, "", "workers", "textile and cotton workers", "", CHEN),
        (3300, None, "", "employees", "", "another", CHEN),
        (1e9, None, "", "yuan", "registered capital", "exceeds", ZHAO),
        (8, None, "", "sectors", "", "", ZHAO),
        (120000, None, "", "masks", "medical masks", "", MA),
        (40000, None, "", "masks", "N95 masks", "", MA),
        (3000, None, "", "thermoses", "", "", MA),
        (3000, None, "", "backpacks", "", "", MA),
    ],
    "karamay-new-forms": [
        (4, None, "", "events", "", "", HOU),
        (188, None, "", "workers", "workers in new forms of employment", "in all", HOU),
    ],
}  # fmt: skip
# Of the originals, what must be there.
ORIGINALS = {
    "000_b210fb5a1ac2a2fc": [
        (None, None, "hundreds of millions", "workers", "workers to contribute to a new era", "", "President Xi Jinping"),
        (40, None, "", "clusters", "industrial clusters across the nation", "more than", CLIA),
        (100, None, "", "workers", "number of employees", "over", CLIA),
        (51, 100, "", "workers", "number of employees", "", CLIA),
        (25, 50, "", "workers", "number of employees", "", CLIA),
    ],
    "001_588463feffcb1f70": [
        (2000, None, "", "exhibitors", "watch and jewellery exhibitors", "more than", "Chung (author)"),
        (2e8, None, "", "labourers", "migrant labourers", "", "Chung (author)"),
        (80, None, "", "workers", "silicosis workers", "more than", "Chung (author)"),
        (1, 10, "", "years", "in the gemstone processing factories in Guangdong Province", "", "Chung (author)"),
        (5, None, "", "victims", "", "", "Chung (author)"),
    ],
    "002_3edb3089177ceccf": [
        (None, None, "thousands", "workers", "", "", "CLW (publisher)"),
        (None, None, "hundreds", "activists", "labor activists", "", "CLW (publisher)"),
        (4, None, "", "centers", "worker legal centers", "", "CLW (publisher)"),
    ],
    "003_0849b91c722c7614": [
        (1700, None, "", "km", "border", "more than", "Jiang Guangping"),
        (3500, None, "", "yuan a month", "average monthly salary of employees of textile enterprises", "about", CHEN),
        (7, None, "", "documents", "documents at the local level", "", CHEN),
        (409, None, "", "workers", "workers in the textile and cotton industry", "", CHEN),
        (3300, None, "", "employees", "", "another", CHEN),
        (1e9, None, "", "yuan", "registered capital", "more than", ZHAO),
        (8, None, "", "sectors", "", "", ZHAO),
        (120000, None, "", "masks", "medical masks", "", MA),
        (40000, None, "", "masks", "", "", MA),
        (3000, None, "", "thermoses", "", "", MA),
        (3000, None, "", "backpacks", "", "", MA),
    ],
    "004_84b2ca060f389b5e": [
        (4, None, "", "activities", "", "", HOU),
        (188, None, "", "workers", "workers in new employment forms", "a total of", HOU),
    ],
}  # fmt: skip


def _found(repository: Path, source_id: str, text: str) -> list[tuple]:
    path = repository / "data" / "sources" / "manifest.csv"
    with path.open(encoding="utf-8", newline="") as file:
        (row,) = [each for each in csv.DictReader(file) if each["id"] == source_id]
    facts = {
        name: row[name]
        for name in ("author", "publisher", "claimant", "language", "kind")
        if row[name]
    }
    markup = "markdown" if row["kind"] == "digest" else "plain"
    frame = quantities(
        make_tables([source(source_id, canonical(text), **facts)], markup=markup)
    ).frame
    columns = ["value", "upper", "words", "unit", "what", "qualifier", "who"]
    return [
        tuple(None if pd.isna(value) else value for value in row)
        for row in frame[columns].itertuples(index=False)
    ]


@pytest.mark.parametrize("source_id", DIGESTS)
def test_numbers_of_a_digest(repository: Path, source_id: str) -> None:
    """Each number of the digest, and nothing else, stands with its unit, object and speaker."""
    path = repository / "data" / "sources" / "digests" / f"{source_id}.md"
    assert _found(repository, source_id, path.read_text(encoding="utf-8")) == DIGESTS[source_id]


@pytest.mark.parametrize("source_id", ORIGINALS)
def test_numbers_of_an_original(repository: Path, originals: Path, source_id: str) -> None:
    """The numbers of the original stand with those whom the article lets say them."""
    text = (originals / f"{source_id}.txt").read_text(encoding="utf-8")
    found = _found(repository, source_id, text)
    assert [each for each in ORIGINALS[source_id] if each not in found] == []
    assert not [each for each in found if each[0] and 1900 < each[0] < 2100 and each[3] == ""]
