"""Files, folders, tables and manifests become sources; what can't is named."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
import json
import os
import shutil

import docx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tertium import columns
from tertium.errors import InputError, UnknownNameError
from tertium.offsets import text_checksum
from tertium.sources.manifest import COLUMNS
from tertium.sources.naming import ids_of
from tertium.sources.read import copy_originals, extract_texts, read_sources

# Folders


def test_the_27_files(shared):
    """Good and bad files of a folder: the good ones are in, each bad one is named with reason and remedy."""
    collection = read_sources(shared / "interop" / "inputs")
    assert {source.id: source.encoding.split(" ")[0] for source in collection.sources} == {
        "combining": "utf-8",
        "cp1252": "windows-1252",
        "emoji_crlf": "utf-8",
        "latin1": "windows-1252",
        "markup": "utf-8",
        "ok_docx": "extracted",
        "ok_html": "utf-8",
        "ok_pdf": "extracted",
        "ok_txt": "utf-8",
        "utf16le_bom": "utf-16-le",
        "utf8_bom": "utf-8-sig",
        "zh_big5": "big5",
        "zh_docx": "extracted",
        "zh_gb18030": "gb18030",
        "zh_html": "utf-8",
        "zh_pdf": "extracted",
        "zh_utf8": "utf-8",
    }
    words = {reject.file: reject.reason for reject in collection.rejects}
    assert list(words) == [
        "empty.txt",
        "enc.pdf",
        "invalid_utf8.txt",
        "nul_ctrl.txt, line 1",
        "scan.pdf",
        "spaces.txt",
        "text_named.docx",
        "text_named.pdf",
        "trunc.docx",
        "trunc_hdr.pdf",
    ]
    assert all(reject.reason and reject.remedy for reject in collection.rejects)
    texts = {source.id: source.text for source in collection.sources}
    assert (
        texts["zh_pdf"]
        == texts["zh_docx"]
        == texts["zh_html"]
        == texts["zh_utf8"].strip()
        == texts["zh_gb18030"].strip()
    )
    assert "“Nobody had read us the law before,” said one worker." in texts["ok_pdf"]
    assert {s.language for s in collection.sources if s.id.startswith("zh")} == {"zh"}
    doubtful = {
        source.id for source in collection.sources if "too short to be sure" in source.encoding
    }
    assert doubtful == {"cp1252", "latin1", "zh_big5"}


def test_the_originals_are_sources(originals):
    """The five originals are read with their stems as ids."""
    collection = read_sources(originals)
    assert [source.id[:4] for source in collection.sources] == [
        "000_",
        "001_",
        "002_",
        "003_",
        "004_",
    ]
    assert collection.rejects == ()


def test_a_folder_is_read_with_its_folders(tmp_path):
    """Files below are found, hidden ones and leftovers are not, others are named."""
    (tmp_path / "a" / ".git").mkdir(parents=True)
    for name in ("b.txt", "a/c.md", "a/.git/x.txt", ".DS_Store", "a/~$c.docx", "Thumbs.db"):
        (tmp_path / name).write_text("They struck.", encoding="utf-8")
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "t.csv").write_text("id,text\na,b\n", encoding="utf-8")
    (tmp_path / "a" / "d.md").write_text("---\nvoice: x\ndate: y\n---\n", encoding="utf-8")
    collection = read_sources(tmp_path)
    assert [source.id for source in collection.sources] == ["b", "c"]
    assert [(reject.file, reject.remedy[:22]) for reject in collection.rejects] == [
        ("a/d.md, line 2, voice", "write one of: union_of"),
        ("a/d.md, line 3, date", "write 2010, 2010-05, 2"),
        ("old.doc", "open it in Word and sa"),
        ("t.csv", "give it as the path by"),
    ]


def test_a_file_is_read(tmp_path):
    """One file is a collection of one source, its facts those of its head."""
    path = tmp_path / "北山 (1).md"
    path.write_text("---\ntitle: Lamps\nlanguage: en\n---\n工人罢工。\n", encoding="utf-8")
    (source,) = read_sources(path).sources
    assert (source.id, source.language, source.facts) == ("北山_1", "en", {"title": "Lamps"})


def test_files_that_cannot_be_opened_are_named(tmp_path):
    """A link into nothing and a pipe are rejects, and nothing waits for them."""
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere.txt")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "b.txt")
    assert {reject.reason for reject in read_sources(tmp_path).rejects} == {
        "it is no ordinary file"
    }


def test_no_such_path(tmp_path):
    """A path that is not there is an input error, and so are texts that are none."""
    with pytest.raises(InputError, match="there is no such file"):
        read_sources(tmp_path / "x")
    with pytest.raises(InputError, match="write one of: digests, originals, both"):
        read_sources(tmp_path, texts="all")


def test_ids_tell_files_apart():
    """Shared stems get their ending, then their folders, then a number; the others stay bare."""
    ids = {
        "ok.txt": "ok_txt",
        "ok.pdf": "ok_pdf",
        "OK_txt.md": "OK_txt_md",
        "a/n.md": "a_n_md",
        "b/n.md": "b_n_md",
        "b/n.txt": "n_txt",
        "x#y.txt": "x_y_txt_2",
        "x y.txt": "x_y_txt",
        "x_y.txt": "x_y_txt_3",
        "a/z.md": "z",
        "….md": "source",
    }
    assert ids_of(list(ids)) == ids


@given(
    st.lists(
        st.text("aA_. /#罢", min_size=1, max_size=6).map(lambda name: f"{name}.txt"), unique=True
    )
)
def test_ids_are_never_shared(names):
    """No two files get one id, also where capitals are not told apart, and order does not matter."""
    ids = ids_of(names)
    assert len({each.casefold() for each in ids.values()}) == len(names)
    assert ids_of(sorted(names, reverse=True)) == ids


def test_the_frame(tmp_path):
    """The table of sources has the agreed columns, sorted by id."""
    for name in ("b", "a"):
        (tmp_path / f"{name}.txt").write_text("They struck.", encoding="utf-8")
    frame = read_sources(tmp_path).frame
    assert list(frame.columns) == columns.names(columns.SOURCES)
    assert frame["source_id"].tolist() == ["a", "b"]
    assert frame["text_sha256"].tolist() == [text_checksum("They struck.")] * 2
    assert frame["title"].isna().all()


# Tables

ROWS = [
    {
        "id": "a",
        "text": 'The union met.\nThey "struck"; all, of them.',
        "voice": "ngo",
        "date": "2010-05",
    },
    {"id": "b", "text": "工人罢工。", "voice": "", "date": "May"},
]


def csv_bytes(rows, delimiter=",", encoding="utf-8", line_end="\n"):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter, lineterminator=line_end)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def parquet_bytes(rows):
    out = io.BytesIO()
    pd.DataFrame(rows).to_parquet(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("t.csv", csv_bytes(ROWS)),
        ("t.csv", csv_bytes(ROWS, ";", "utf-8-sig", "\r\n")),
        ("t.csv", csv_bytes(ROWS, "\t", "utf-16")),
        ("t.tsv", csv_bytes(ROWS, "\t")),
        ("t.csv", csv_bytes(ROWS, ",", "gb18030")),
        ("t.jsonl", "\n".join(json.dumps(row) for row in ROWS).encode()),
        ("t.parquet", parquet_bytes(ROWS)),
    ],
)
def test_tables_of_texts(tmp_path, name, data):
    """A table gives one source a row, whatever its format, delimiter, encoding and line ends."""
    (tmp_path / name).write_bytes(data)
    collection = read_sources(tmp_path / name)
    first, second = collection.sources
    assert (first.id, first.text, first.language, first.markup) == (
        "a",
        ROWS[0]["text"],
        "en",
        "plain",
    )
    assert (second.id, second.text, second.language) == ("b", ROWS[1]["text"], "zh")
    assert first.facts == {"voice": "ngo", "date": "2010-05"}
    assert second.facts == {}
    assert collection.rejects == ()
    (note,) = collection.notes
    assert "date left out in 1 rows" in note
    assert "'May' is no EDTF date" in note


def test_rows_that_hold_no_text(tmp_path):
    """Empty, repeated and unsafe rows are named by number and id; the others are in."""
    rows = [
        {"id": "a", "text": "one"},
        {"id": "a", "text": "again"},
        {"id": "b", "text": None},
        {"id": "c", "text": "  "},
        {"id": "../d", "text": "x"},
        {"id": None, "text": "x"},
        {"id": "e", "text": 7},
        {"id": "f", "text": "a\0b"},
        {"id": "g", "text": "\ud800"},
        {"id": 8, "text": "good"},
        {"id": "van Buren-1837", "text": "good"},
    ]
    lines = [json.dumps(row) for row in rows]
    (tmp_path / "t.jsonl").write_text("\n".join([*lines, "[1]", "{broken"]), encoding="utf-8")
    collection = read_sources(tmp_path / "t.jsonl")
    assert [source.id for source in collection.sources] == ["8", "a", "van Buren-1837"]
    assert [(reject.file, reject.reason.split(" (")[0]) for reject in collection.rejects] == [
        ("t.jsonl, line 12", "it is no JSON object"),
        ("t.jsonl, line 13", "it is no JSON"),
        ("t.jsonl, row 2 (id a)", "row 1 has that id already"),
        ("t.jsonl, row 3 (id b)", "its text is empty"),
        ("t.jsonl, row 4 (id c)", "there is nothing but white space"),
        ("t.jsonl, row 5 (id ../d)", "'../d' is no safe id"),
        ("t.jsonl, row 6", "it has no id"),
        ("t.jsonl, row 7 (id e)", "its text is no text but int"),
        (
            "t.jsonl, row 8 (id f)",
            "it holds the control character U+0000: no text, or a damaged one",
        ),
        (
            "t.jsonl, row 9 (id g)",
            "it holds the control character U+D800: no text, or a damaged one",
        ),
    ]


def test_rows_that_do_not_fit(tmp_path):
    """A CSV row with a cell too many is named by its line, also after a cell of several lines."""
    (tmp_path / "t.csv").write_text(
        'id,text\na,"one\ntwo"\nb,three,four\nc,five\n', encoding="utf-8"
    )
    collection = read_sources(tmp_path / "t.csv")
    assert [source.id for source in collection.sources] == ["a", "c"]
    assert [str(reject) for reject in collection.rejects] == [
        "t.csv, line 4: it has 3 cells under 2 columns; put quotes around cells that hold the delimiter"
    ]


@pytest.mark.parametrize("mark", ["sep=;", '"sep=;"', "SEP=; "])
def test_a_spreadsheet_tells_its_delimiter(tmp_path, mark):
    """The first line sep=; is no header, and lines keep their numbers."""
    (tmp_path / "t.csv").write_text(f"{mark}\nid;text\na;one, two, three\nb\n", encoding="utf-8")
    collection = read_sources(tmp_path / "t.csv")
    assert [source.text for source in collection.sources] == ["one, two, three"]
    assert [reject.file for reject in collection.rejects] == ["t.csv, line 4"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('id,text\na,one\n\nb,"open\nc,two\nd,three\n', 4),
        ('sep=,\nid,text\na,"x\ny"\nb,"open\nc,"two"\n', 5),
        ('id,text\na,"one"two\n', 2),
    ],
)
def test_an_open_record_is_named_by_its_line(tmp_path, text, line):
    """A table that can't be read says where the record begins that was never closed."""
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_sources(tmp_path / "t.csv")
    (fault,) = caught.value.faults
    assert (fault.file, fault.line) == ("t.csv", line)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("control", ["\0", "\x1b", "\x7f"])
def test_a_control_character_spoils_its_row_only(tmp_path, encoding, control):
    """The other rows of the table are read, in whatever encoding."""
    text = f'id,text\na,#U+ 工人罢工三天,工会支持。\nb,"x\n{control}y"\nc,工会支持他们的要求。\n'
    (tmp_path / "t.csv").write_bytes(text.replace("天,", "天。").encode(encoding))
    collection = read_sources(tmp_path / "t.csv")
    assert [source.id for source in collection.sources] == ["a", "c"]
    assert collection.sources[0].text == "#U+ 工人罢工三天。工会支持。"
    (reject,) = collection.rejects
    assert (reject.file, reject.reason) == (
        "t.csv, line 3",
        f"it holds the control character U+{ord(control):04X}: no text, or a damaged one",
    )


@pytest.mark.parametrize(
    "start", [b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4\n\0\n", b"i\0d,text\n"]
)
def test_what_begins_with_no_text_is_no_table(tmp_path, start):
    """A file of another kind, or a damaged header, is refused as a whole."""
    (tmp_path / "t.csv").write_bytes(start + b"id,text\na,one\n")
    with pytest.raises(InputError, match=r"this is no text but|control character"):
        read_sources(tmp_path / "t.csv")


def test_objects_that_are_no_rows(tmp_path):
    """A key that stands twice, an id that is no text and no finite number, a raw control."""
    lines = [
        '{"id": "a", "text": "one"}',
        '{"id": "b", "text": "one", "text": "two"}',
        '{"id": "c", "text": "one", "more": {"x": 1, "x": 1}}',
        '{"id": NaN, "text": "one"}',
        '{"id": 1e999, "text": "one"}',
        '{"id": true, "text": "one"}',
        '{"id": ["d"], "text": "one"}',
        '{"id": {}, "text": "one"}',
        '{"id": "e", "text": "o\0ne"}',
        '{"id": 7, "text": "one"}',
        f'{{"id": {"9" * 400}, "text": "one"}}',
    ]
    (tmp_path / "t.jsonl").write_text("\n".join(lines), encoding="utf-8")
    collection = read_sources(tmp_path / "t.jsonl")
    assert [source.id for source in collection.sources] == ["7", "a"]
    assert [(reject.file, reject.reason) for reject in collection.rejects] == [
        ("t.jsonl, line 2", "the key 'text' stands twice in one object"),
        ("t.jsonl, line 3", "the key 'x' stands twice in one object"),
        (
            "t.jsonl, line 9",
            "it holds the control character U+0000: no text, or a damaged one",
        ),
        ("t.jsonl, row 4", "its id is nan, no finite number"),
        ("t.jsonl, row 5", "its id is inf, no finite number"),
        ("t.jsonl, row 6", "its id is true or false, no text and no number"),
        ("t.jsonl, row 7", "its id is a list, no text and no number"),
        ("t.jsonl, row 8", "its id is an object, no text and no number"),
        (f"t.jsonl, row 11 (id {'9' * 80})", f"'{'9' * 80}' is no safe id"),
    ]


def test_columns_are_asked_for(tmp_path):
    """Without a column called text or id the error names the columns and the option."""
    (tmp_path / "t.csv").write_text("key,body\n1,They struck.\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"--text-column …\); the columns are: body, key"):
        read_sources(tmp_path / "t.csv")
    with pytest.raises(InputError, match="there is no column 'kye'"):
        read_sources(tmp_path / "t.csv", text_column="body", id_column="kye")
    (source,) = read_sources(tmp_path / "t.csv", text_column="body", id_column="key").sources
    assert source.id == "1"


def test_values_of_a_parquet_table(tmp_path):
    """Dates, numbers and nulls of a typed table become words, or nothing."""
    rows = pd.DataFrame(
        {
            "id": [1, 2],
            "text": ["one", "two"],
            "date": [datetime.datetime(2010, 5, 27), None],  # noqa: DTZ001
            "title": ["t", None],
        }
    )
    rows.to_parquet(tmp_path / "t.parquet")
    first, second = read_sources(tmp_path / "t.parquet").sources
    assert (first.id, first.facts) == ("1", {"date": "2010-05-27", "title": "t"})
    assert (second.id, second.facts) == ("2", {})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("t.csv", b""),
        ("t.csv", b'id,text\na,"open'),
        ("t.csv", b"id,text,text\na,b,c\n"),
        ("t.jsonl", b"not json\n"),
        ("t.jsonl", b"[" * 100_000),
        ("t.parquet", b"PAR1 nonsense PAR1"),
        ("t.parquet", b"id,text"),
    ],
)
def test_what_is_no_table(tmp_path, name, data):
    """A damaged table is one input error."""
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError):
        read_sources(tmp_path / name)


def test_long_texts_in_cells(tmp_path):
    """A cell may hold a text longer than the CSV reader's usual limit, which stays what it was."""
    former = csv.field_size_limit()
    (tmp_path / "t.csv").write_bytes(csv_bytes([{"id": "a", "text": "They struck. " * 20_000}]))
    assert len(read_sources(tmp_path / "t.csv").sources[0].text) == 260_000
    assert csv.field_size_limit() == former


# Manifests


class Study:
    """A folder with a manifest whose rows can be changed."""

    def __init__(self, folder):
        self.folder = folder
        self.path = folder / "manifest.csv"
        self.rows = {}

    def add(self, id_, name, data, kind="digest", text=None, **facts):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.rows[id_] = {
            "id": id_,
            "file": name,
            "kind": kind,
            "voice": "ngo",
            "licence": "CC BY 4.0",
            "confidential": "false",
            "sha256": hashlib.sha256(data).hexdigest(),
            "text_sha256": text_checksum(data.decode() if text is None else text),
            **facts,
        }
        self.write()

    def write(self):
        with self.path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, restval="")
            writer.writeheader()
            writer.writerows(self.rows.values())

    def faults(self, **options):
        with pytest.raises(InputError) as caught:
            read_sources(self.path, **options)
        return [str(fault) for fault in caught.value.faults]


@pytest.fixture
def study(tmp_path):
    made = Study(tmp_path / "sources")
    made.add(
        "lamps",
        "digests/lamps.md",
        b"---\nauthor: A\ntitle: x\n---\n# Lamps\n",
        title="Lamps",
        digest_of="lamps_full",
    )
    made.add("lamps_full", "originals/lamps.txt", "工人罢工。".encode(), kind="original")
    made.add("anvils", "originals/anvils.txt", b"They struck.", kind="original", language="en-GB")
    return made


def test_a_manifest_is_read(study):
    """The rows asked for are sources, with the manifest's facts before those of the file."""
    (digest,) = read_sources(study.path).sources
    assert (digest.id, digest.markup, digest.facts["title"], digest.facts["author"]) == (
        "lamps",
        "markdown",
        "Lamps",
        "A",
    )
    originals = read_sources(study.path, texts="originals").sources
    assert [(source.id, source.language) for source in originals] == [
        ("anvils", "en-GB"),
        ("lamps_full", "zh"),
    ]
    both = read_sources(study.path, texts="both")
    assert [source.id for source in both.sources] == ["anvils", "lamps", "lamps_full"]
    assert both.frame.set_index("source_id").loc["lamps", "digest_of"] == "lamps_full"
    assert both.rejects == both.missing == ()


def test_originals_may_be_missing(study):
    """Digests work without originals, `both` leaves the missing out, `originals` says how to bring them."""
    shutil.rmtree(study.folder / "originals")
    assert [source.id for source in read_sources(study.path).sources] == ["lamps"]
    both = read_sources(study.path, texts="both")
    assert ([source.id for source in both.sources], both.missing) == (
        ["lamps"],
        ("anvils", "lamps_full"),
    )
    assert study.faults(texts="originals") == [
        "manifest.csv, line 3, file: originals/lamps.txt is not there; bring the originals in: tertium originals --from DIR",
        "manifest.csv, line 4, file: originals/anvils.txt is not there; bring the originals in: tertium originals --from DIR",
    ]
    (study.folder / "digests" / "lamps.md").unlink()
    assert study.faults() == [
        "manifest.csv, line 2, file: digests/lamps.md is not there; put the digest there, or take its row out"
    ]


def test_changed_files_are_refused(study):
    """Another file or another text under the old checksum is named with both checksums, all at once."""
    (study.folder / "originals" / "anvils.txt").write_bytes(b"They struck.\xef\xbb\xbf")
    study.rows["lamps_full"]["text_sha256"] = "0" * 64
    study.write()
    first, second = study.faults(texts="both")
    assert "manifest.csv, line 3, text_sha256" in first
    assert text_checksum("工人罢工。") in first
    assert "not " + "0" * 64 in first
    assert "it changed since the manifest was written" in first
    assert "manifest.csv, line 4, sha256" in second
    assert study.rows["anvils"]["sha256"] in second


def test_changed_line_ends_are_told(study):
    """Where only the bytes changed and not the text, the fault says so."""
    (study.folder / "digests" / "lamps.md").write_bytes(
        b"---\r\nauthor: A\r\ntitle: x\r\n---\r\n# Lamps\r\n"
    )
    (fault,) = study.faults()
    assert "the text is the same: only its line ends" in fault


def test_empty_checksums_are_told(study):
    """A new row gets its checksums told, so that they can be written down."""
    study.rows["lamps"] |= {"sha256": ""}
    study.write()
    digest = (study.folder / "digests" / "lamps.md").read_bytes()
    assert study.faults() == [
        f"manifest.csv, line 2, sha256: it is empty; write {hashlib.sha256(digest).hexdigest()}"
    ]


def test_links_out_of_the_folder_are_refused(study, tmp_path):
    """A link that leads out of the manifest's folder is not followed."""
    secret = tmp_path / "secret.txt"
    secret.write_bytes(b"They struck.")
    place = study.folder / "originals" / "anvils.txt"
    place.unlink()
    place.symlink_to(secret)
    (fault,) = study.faults(texts="originals")
    assert "leads out of the folder" in fault


def test_facts_are_checked_before_files(study):
    """A manifest with a wrong fact is refused whatever its files."""
    study.rows["lamps"]["voice"] = "unoin"
    study.write()
    (fault,) = study.faults()
    assert fault.startswith(
        "manifest.csv, line 2, voice: 'unoin' is not one of the list; write one of: union_official"
    )


@pytest.fixture
def pages(tmp_path):
    made = Study(tmp_path / "sources")
    made.add(
        "page",
        "digests/page.html",
        b"<h1>Strike</h1><p>They struck.</p>",
        text="# Strike\n\nThey struck.",
    )
    word = docx.Document()
    word.add_paragraph("工人罢工。")
    out = io.BytesIO()
    word.save(out)
    made.add("word", "digests/word.docx", out.getvalue(), text="工人罢工。")
    made.add("plain", "digests/plain.txt", b"They struck.")
    return made


def test_texts_are_extracted_once(pages):
    """Pages and Word files of a manifest need the explicit step; then the extracted file is the text."""
    assert len(pages.faults()) == 2
    assert "run tertium sources manifest.csv --extract" in pages.faults()[0]
    assert extract_texts(pages.path, dry_run=True) == ["text/page.txt", "text/word.txt"]
    assert not (pages.folder / "text").exists()
    assert extract_texts(pages.path, ["word"]) == ["text/word.txt"]
    assert extract_texts(pages.path) == ["text/page.txt"]
    assert extract_texts(pages.path) == []
    assert sorted(path.name for path in (pages.folder / "text").iterdir()) == [
        "page.txt",
        "word.txt",
    ]
    page, _, word = read_sources(pages.path).sources
    assert (page.text, page.markup, page.encoding) == (
        "# Strike\n\nThey struck.",
        "markdown",
        "extracted",
    )
    assert (word.text, word.language) == ("工人罢工。", "zh")


def test_extracted_texts_are_not_replaced_by_chance(pages):
    """A text that differs from what would be extracted stays until `again` is asked for."""
    extract_texts(pages.path)
    path = pages.folder / "text" / "page.txt"
    path.write_bytes(b"By hand.")
    with pytest.raises(InputError, match="differs from the text there"):
        extract_texts(pages.path)
    assert path.read_bytes() == b"By hand."
    assert "text_sha256" in pages.faults()[0]
    assert extract_texts(pages.path, again=True) == ["text/page.txt"]
    assert len(read_sources(pages.path).sources) == 3


def test_extraction_is_all_or_nothing(pages):
    """One bad file stops the step before anything is written."""
    (pages.folder / "digests" / "word.docx").write_bytes(b"changed")
    with pytest.raises(InputError, match=r"word\.docx"):
        extract_texts(pages.path)
    assert not (pages.folder / "text").exists()
    with pytest.raises(UnknownNameError, match="no source x; there are page, plain, word"):
        extract_texts(pages.path, ["x"])


def test_originals_are_copied_after_all_checks(study, tmp_path):
    """Originals found by name are copied when all are right; those not found are told."""
    elsewhere = tmp_path / "shared"
    shutil.move(study.folder / "originals", elsewhere / "deep")
    (elsewhere / "deep" / "anvils.txt").rename(tmp_path / "anvils.txt")
    assert copy_originals(study.path, elsewhere, dry_run=True) == [
        "originals/anvils.txt: not found",
        "originals/lamps.txt: would be copied",
    ]
    assert not (study.folder / "originals").exists()
    assert copy_originals(study.path, elsewhere) == [
        "originals/anvils.txt: not found",
        "originals/lamps.txt: copied",
    ]
    assert copy_originals(study.path, elsewhere)[1] == "originals/lamps.txt: is there already"
    assert [path.name for path in (study.folder / "originals").iterdir()] == ["lamps.txt"]


def test_wrong_originals_are_not_copied(study, tmp_path):
    """One file with another checksum stops everything, and nothing is half-written."""
    elsewhere = tmp_path / "shared"
    shutil.move(study.folder / "originals", elsewhere)
    (elsewhere / "anvils.txt").write_bytes(b"They left.")
    with pytest.raises(InputError, match=r"line 4, sha256: anvils.txt has \w{64}, not"):
        copy_originals(study.path, elsewhere)
    assert not (study.folder / "originals").exists()
    with pytest.raises(InputError, match="no such folder"):
        copy_originals(study.path, tmp_path / "nowhere")
