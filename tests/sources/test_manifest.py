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
    other = GOOD | {"id": "anvils", "digest_of": "lamps_2010", "title": "", "text_sha256": ""}
    other["url"] = "HTTPS://example.org/a%20b?c=d#e"
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
        ("url", "javascript:alert(1)"),
        ("url", "www.example.org/a"),
        ("url", "ftp://example.org/a"),
        ("url", "https://"),
        ("url", "https://example.org/a b"),
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
    broken["text_sha256"] = "2" * 64
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


def related(id_: str, text: str = "", **references: str) -> dict[str, str]:
    """A row whose text has one letter as its checksum."""
    return GOOD | {"id": id_, "text_sha256": text * 64, **references}


def test_one_text_under_two_ids_is_a_fault_that_says_how_to_mend_it():
    """The same text twice would count twice; rows that repeat each other, on any way, do not."""
    with pytest.raises(InputError) as caught:
        check_manifest(table(related("a", "1"), related("b", "1")), file="manifest.csv")
    assert [str(fault) for fault in caught.value.faults] == [
        "manifest.csv, line 3, copy_of: 'b' has the same text as 'a' in line 2; "
        "write a as copy_of, or take one of the two rows out"
    ]
    copies = [related("a", "1"), related("b", "1", copy_of="a"), related("c", "1", copy_of="a")]
    assert len(check_manifest(table(*copies, related("d"), related("e")), file="m.csv")) == 5
    assert faults(table(*copies, related("d", "1"), related("e", "1", copy_of="d"))) == [
        (5, "copy_of")
    ]


@pytest.mark.parametrize(
    ("rows", "circle"),
    [
        ([related("a", copy_of="b"), related("b", copy_of="a")], "a → b → a"),
        ([related("a", digest_of="b"), related("b", translation_of="c"),
          related("c", copy_of="a")], "a → b → c → a"),
        ([related("x", copy_of="a"), related("a", copy_of="b"), related("b", copy_of="a")],
         "a → b → a"),
    ],
)  # fmt: skip
def test_references_in_a_circle_are_a_fault(rows, circle):
    """Where each source renders another, none of them would be counted."""
    with pytest.raises(InputError, match=f"round in a circle: {circle};") as caught:
        check_manifest(table(*rows), file="manifest.csv")
    assert len(caught.value.faults) == 1


def test_a_long_chain_of_references_is_no_circle():
    """A thousand copies of copies are followed without a limit to their depth."""
    rows = [related("n0"), *(related(f"n{n}", copy_of=f"n{n - 1}") for n in range(1, 3000))]
    assert len(check_manifest(table(*rows), file="manifest.csv")) == 3000
    fork = [related("a"), related("b", copy_of="a"), related("c", copy_of="b", digest_of="a")]
    assert len(check_manifest(table(*fork), file="manifest.csv")) == 3


@pytest.mark.parametrize(
    "rows",
    [
        [related("w"), related("p", copy_of="w", part_of="w")],
        [related("p", digest_of="o", part_of="w"), related("w", digest_of="o"), related("o")],
    ],
)
def test_a_part_of_what_is_the_same_work_is_a_fault(rows):
    """A text can't be one work with its whole: a count would take neither."""
    with pytest.raises(InputError, match="the same text as 'w'") as caught:
        check_manifest(table(*rows), file="manifest.csv")
    assert [fault.field for fault in caught.value.faults] == ["part_of"]
