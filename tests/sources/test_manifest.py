"""A manifest is right, or every fault in it is named with its line."""

from __future__ import annotations

import csv
import io

import pytest

from tertium.errors import InputError
from tertium.sources.manifest import COLUMNS, FACTS, check_manifest, is_edtf, is_manifest

GOOD = {
    "id": "lamps_2010",
    "title": "Lamps, a notice",
    "voice": "ngo",
    "date": "2010-05",
    "language": "en",
    "kind": "digest",
    "file": "digests/lamps_2010.md",
    "sha256": "0" * 64,
    "text_sha256": "1" * 64,
    "licence": "CC BY 4.0",
    "confidential": "false",
}


def table(*rows: dict[str, str], header: tuple[str, ...] = COLUMNS, delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, header, delimiter=delimiter, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(InputError) as caught:
        check_manifest(text, file="manifest.csv")
    assert {fault.file for fault in caught.value.faults} == {"manifest.csv"}
    assert all(fault.found and fault.remedy for fault in caught.value.faults)
    return [(fault.line, fault.field) for fault in caught.value.faults]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_good_manifest(delimiter):
    """Rows come sorted by id, with the facts that are not empty, whatever parts the cells."""
    other = GOOD | {"id": "anvils", "digest_of": "lamps_2010", "title": ""}
    rows = check_manifest(table(GOOD, other, delimiter=delimiter), file="manifest.csv")
    assert [(row.id, row.line) for row in rows] == [("anvils", 3), ("lamps_2010", 2)]
    assert rows[1].facts["title"] == "Lamps, a notice"
    assert "title" not in rows[0].facts
    assert set(rows[0].facts) <= set(FACTS)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "Lamps"),
        ("id", "../lamps"),
        ("id", ""),
        ("voice", "unoin"),
        ("voice", ""),
        ("kind", "copy"),
        ("kind", ""),
        ("date", "May 2010"),
        ("date", "2010-02-30"),
        ("date", "2012/2010"),
        ("retrieved", "2010-13"),
        ("language", "English"),
        ("digest_of", "anvils"),
        ("translation_of", "lamps_2010"),
        ("copy_of", "nothing"),
        ("file", "../lamps.md"),
        ("file", "/etc/passwd"),
        ("file", "digests\\lamps.md"),
        ("file", "C:/lamps.md"),
        ("file", "~/lamps.md"),
        ("file", ""),
        ("sha256", "abc"),
        ("text_sha256", "A" * 64),
        ("licence", ""),
        ("confidential", "no"),
        ("confidential", ""),
    ],
)
def test_each_fault_is_named(field, value):
    """One wrong cell is one fault, with its line and column."""
    assert faults(table(GOOD | {field: value})) == [(2, field)]


def test_all_faults_at_once():
    """Faults of all rows come in one error, sorted by line."""
    broken = GOOD | {"id": "b", "voice": "x", "title": "two\nlines", "licence": ""}
    assert faults(table(GOOD, broken, GOOD | {"date": "soon"})) == [
        (3, "licence"),
        (3, "voice"),
        (5, "date"),
        (5, "id"),
    ]


def test_columns_must_be_those_of_the_design():
    """Unknown, missing and repeated columns are named before any row is read."""
    header = tuple(name for name in COLUMNS if name != "voice")
    text = table({"id": "a"}, header=(*header, "colour"))
    assert faults(text) == [(1, "colour"), (1, "voice")]
    assert faults(",".join((*COLUMNS, "id")) + "\n") == [(1, "id")]


def test_rows_must_fit_the_header():
    """A row with a cell too many is named by its line."""
    assert faults(table(GOOD) + "a,b\n") == [(3, "")]


@pytest.mark.parametrize("text", ["", 'id,"file\n'])
def test_what_is_no_table(text):
    """No header and unclosed quotes are faults, not tracebacks."""
    assert len(faults(text)) == 1


def test_manifests_are_known_by_their_columns():
    """A table with a column text is a collection, whatever else it has."""
    assert is_manifest(COLUMNS)
    assert not is_manifest([*COLUMNS, "text"])
    assert not is_manifest(["id", "text"])


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("2010", True),
        ("2010-05", True),
        ("2010-05-27", True),
        ("2010-02-29", False),
        ("2012-02-29", True),
        ("2010?", True),
        ("201X", True),
        ("2010-21", True),
        ("2010/2012", True),
        ("2010-05/..", True),
        ("2010-05-27/2010-05-26", False),
        ("20100527", False),
        ("27.05.2010", False),
        ("", False),
        ("2010-5", False),
        ("9" * 100, False),
    ],
)
def test_dates(value, right):
    """EDTF and nothing else is a date."""
    assert is_edtf(value) is right
