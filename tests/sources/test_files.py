"""Tables with known columns are read with every fault of their form; files are written whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tertium.sources.files.read import write_all
from tertium.sources.files.rows import read_rows

COLUMNS = ("id", "name")


def read(path: Path, data: bytes) -> tuple[list[tuple[int, str, str]], list[str]]:
    """The rows and faults of a table with an id and a name."""
    path.write_bytes(data)
    rows, faults = read_rows(path, COLUMNS, file="data/t.csv")
    return [(row.line, row["id"], row["name"]) for row in rows], [str(each) for each in faults]


@pytest.mark.parametrize(
    "data",
    [
        b"id,name\na,Drive\nb,\n",
        b"\xef\xbb\xbfname;id\r\n Drive ;a\r\n\r\n;b",
        b"id\tname\na\tDrive\nb\t\n\t\n",
    ],
)
def test_a_good_table_whatever_program_wrote_it(tmp_path, data):
    """Byte order mark, delimiter, line ends, blank lines and order of columns do not matter."""
    rows, faults = read(tmp_path / "t.csv", data)
    assert ([row[1:] for row in rows], faults) == ([("a", "Drive"), ("b", "")], [])


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", ["data/t.csv, line 1: it has no header"]),
        (
            b"key,name\na,b\n",
            ["line 1, id: the column is missing", "line 1, key: there is no such"],
        ),
        (b"id,name,colour\na,b,c\n", ["line 1, colour: there is no such column"]),
        (b"id,name,id\na,b,c\n", ["line 1, id: the column stands here twice"]),
        (b'id,name\na,"b\n', ["data/t.csv: it is no CSV"]),
        (b"id,name\na,b\nb,caf\xe9\n", ["data/t.csv, line 3: the byte 0xe9 is not UTF-8"]),
        (b"\xef\xbb\xbfid,name\n\xff,b\n", ["data/t.csv, line 2: the byte 0xff is not UTF-8"]),
    ],
)
def test_what_does_not_fit_the_columns_is_named_with_its_line(tmp_path, data, found):
    """A table of another form gives no rows, and a fault for each thing that is wrong."""
    rows, faults = read(tmp_path / "t.csv", data)
    assert rows == []
    assert len(faults) == len(found)
    assert all(part in fault for part, fault in zip(found, sorted(faults), strict=True))


def test_rows_of_another_width_are_named_and_the_others_kept(tmp_path):
    """One ragged row does not hide the faults of the rest; lines count those inside cells."""
    rows, faults = read(tmp_path / "t.csv", b'id,name\na,"two\nlines"\nb\nc,d,e\nf,g\n')
    assert [row[:2] for row in rows] == [(2, "a"), (6, "f")]
    assert [fault.split(";")[0] for fault in faults] == [
        "data/t.csv, line 4: 1 cells under 2 columns",
        "data/t.csv, line 5: 3 cells under 2 columns",
    ]


def test_a_missing_table_is_a_fault(tmp_path):
    """What is not there is named like anything else that is wrong."""
    _, faults = read_rows(tmp_path / "t.csv", COLUMNS, file="data/t.csv")
    assert [fault.file for fault in faults] == ["data/t.csv"]


def test_several_files_are_written_all_or_none(tmp_path, monkeypatch):
    """A failure at the second file leaves the first as it was, and nothing beside them."""
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    write_all({first: b"old"})
    real = Path.open

    def fail(self: Path, mode: str = "r", **more: object) -> object:
        if mode == "xb" and len(list(tmp_path.iterdir())) == 2:
            raise OSError("disk full")
        return real(self, mode, **more)

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(OSError, match="disk full"):
        write_all({first: b"new", second: b"new"})
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.csv", b"old")]
