"""The register of expectations: every fault with its line, and all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tertium.sources.listed.expectations import (
    REGISTER_COLUMNS,
    alternatives,
    read_expectations,
    register_key_faults,
)

SCHEMES = {"approach": ("strike", "state_led"), "claim": ("wages", "hours")}
HEADER = "expectation_id,scheme,code,voice,when,why,basis\n"
GOOD = 'a,claim,wages|hours,newspaper | ngo,approach:strike,"Because, plainly.",own reasoning\n'


def faults(folder: Path, row: str, *, schemes=SCHEMES) -> list[str]:
    """The faults of a register of a good row and another."""
    path = folder / "expectations.csv"
    path.write_text(HEADER + GOOD + row + "\n", encoding="utf-8")
    _, found = read_expectations(path, shown="expectations.csv", schemes=schemes)
    return [str(fault) for fault in sorted(found)]


def test_a_good_register(tmp_path):
    """Voices and conditions may be empty, alternatives are parted by strokes."""
    assert faults(tmp_path, "b,approach,strike,,,Because.,chung2010 p. 3") == []
    rows, _ = read_expectations(tmp_path / "expectations.csv", shown="x", schemes=SCHEMES)
    assert alternatives(rows[0]["voice"]) == ("newspaper", "ngo")
    assert set(rows[0].cells) == set(REGISTER_COLUMNS)


@pytest.mark.parametrize(
    ("row", "field", "said"),
    [
        (",claim,wages,,,W,B", "expectation_id", "it is empty"),
        ("B b,claim,wages,,,W,B", "expectation_id", "'B b' is no id"),
        ("a,claim,wages,,,W,B", "expectation_id", "'a' is also the id in line 2"),
        ("b,outcome,wages,,,W,B", "scheme", "the study has no scheme 'outcome'"),
        ("b,,wages,,,W,B", "scheme", "it is empty"),
        ("b,claim,wage,,,W,B", "code", "scheme claim has no code 'wage'; write one of: wages"),
        ("b,claim,,,,W,B", "code", "it is empty"),
        ("b,claim,wages|wages,,,W,B", "code", "'wages' stands twice"),
        ("b,claim,wages,unoin,,W,B", "voice", "'unoin' is no voice"),
        ("b,claim,wages,ngo|ngo,,W,B", "voice", "'ngo' stands twice"),
        ("b,claim,wages,ngo|,,W,B", "voice", "'' is no voice"),
        ("b,claim,wages,,strike,W,B", "when", "'strike' names no code"),
        ("b,claim,wages,,tier:ngo,W,B", "when", "the study has no scheme 'tier'"),
        ("b,claim,wages,,approach:drive,W,B", "when", "scheme approach has no code 'drive'"),
        ("b,claim,wages,,claim:wages,W,B", "when", "claim:wages is what is expected"),
        ("b,claim,wages,,,,B", "why", "it is empty"),
        ("b,claim,wages,,,W,", "basis", "it is empty"),
    ],
)
def test_each_fault_is_named(tmp_path, row, field, said):
    """Ids, codes, voices, conditions and reasons are checked one by one."""
    (found,) = faults(tmp_path, row)
    assert found.startswith(f"expectations.csv, line 3, {field}: {said}")


def test_all_faults_at_once(tmp_path):
    """A row with several faults has them all named."""
    assert len(faults(tmp_path, "a,outcome,x,y,z,,")) == 6


def test_without_schemes_no_code_is_called_unknown(tmp_path):
    """Where a scheme can't be read, only what can be checked is."""
    assert faults(tmp_path, "b,outcome,x,,y:z,W,B", schemes=None) == []
    assert len(faults(tmp_path, "b,outcome,x,y,z,W,", schemes=None)) == 3


def test_a_missing_file_is_a_fault(tmp_path):
    """A register that is not there is said to be missing, with its name."""
    rows, found = read_expectations(tmp_path / "no.csv", shown="no.csv", schemes=SCHEMES)
    assert rows == []
    assert str(found[0]).startswith("no.csv: ")


def test_words_parted_by_commas_are_told_apart(tmp_path):
    """Who parts voices, codes or conditions by commas is told of the stroke."""
    for row in (
        '"b",claim,wages,"newspaper, ngo",,W,B',
        'b,claim,"wages,hours",,,W,B',
        'b,claim,wages,,"approach:strike, approach:state_led",W,B',
    ):
        (found,) = faults(tmp_path, row)
        assert found.endswith("; part several by |")


def test_each_key_of_a_basis_is_looked_up(tmp_path):
    """Not only the first, and also beside our own reasoning; with the row's line."""
    path = tmp_path / "expectations.csv"
    path.write_text(
        HEADER + GOOD + 'b,claim,wages,,,W,"own reasoning; li2010|xu2011, p. 2; wu2012"\n'
    )
    rows, _ = read_expectations(path, shown="expectations.csv", schemes=SCHEMES)
    found = [str(each) for each in register_key_faults(rows, {"li2010"}, file="expectations.csv")]
    assert [each.split(";")[0] for each in found] == [
        "expectations.csv, line 3, basis: expectation b: 'xu2011' is no key of references.bib",
        "expectations.csv, line 3, basis: expectation b: 'wu2012' is no key of references.bib",
    ]


def test_a_byte_of_nothing_is_a_fault(tmp_path):
    """A register with a NUL has a fault and does not crash."""
    path = tmp_path / "expectations.csv"
    path.write_bytes((HEADER + GOOD).encode() + b"b,claim,wages,ngo\x00,,W,B\n")
    _, found = read_expectations(path, shown="expectations.csv", schemes=SCHEMES)
    assert found
