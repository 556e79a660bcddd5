"""Labelled texts are read from every form they come in, and all that is wrong is said at once."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from tertium.agreement.evaluation.judged import judge
from tertium.agreement.evaluation.read import file_columns, read_gold, read_verdicts
from tertium.errors import InputError, UnknownNameError
from tertium.report.tables import csv_text
from tertium.schemes.read import read_scheme
from tertium.schemes.scheme import Scheme

ROW = {"id": "a", "text": "The miners went on strike.", "labels": ["strike"], "language": "en"}


@pytest.fixture(scope="module")
def approach() -> Scheme:
    return read_scheme("approach")


def write(path: Path, *rows: dict[str, object]) -> Path:
    """JSON lines."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")
    return path


def faults(path: Path | list[Path], scheme: Scheme, **more: str) -> list[str]:
    """What is said of files that can't be used."""
    with pytest.raises(InputError) as caught:
        read_gold(path if isinstance(path, list) else [path], scheme, **more)
    return [str(fault) for fault in caught.value.faults]


def test_fields_of_a_row(tmp_path, approach):
    """publisher_type is the voice, url the address; what is not stated is empty."""
    full = {
        **ROW, "publisher_type": "ngo", "url": "https://example.org/a", "topic_group": "mines",
        "label_confidence": "high", "primary_label": "strike", "labels": ["strike", "state_led"],
    }  # fmt: skip
    one, bare = read_gold([write(tmp_path / "t.jsonl", full, {**ROW, "id": "b"})], approach)
    assert (one.corpus, one.source.id, one.source.language) == ("t", "a", "en")
    assert one.labels == ("state_led", "strike")
    assert (one.primary, one.voice, one.topic_group) == ("strike", "ngo", "mines")
    assert (one.address, one.confidence) == ("https://example.org/a", "high")
    assert (bare.primary, bare.topic_group, bare.voice) == ("strike", "b", "")
    assert bare.annotator == "not_stated"


def test_a_csv_says_the_same_as_json_lines(tmp_path, approach):
    """Labels joined by | or ; are a list, an empty cell is none of the codes."""
    path = tmp_path / "t.csv"
    path.write_text(
        "id,text,labels,primary_label,language\n"
        'a,The miners went on strike.,strike|state_led,strike,en\n'
        'b,They met.,"strike;state_led",,en\n'
        "c,Nothing.,,none,en\n",
        encoding="utf-8",
    )  # fmt: skip
    found = read_gold([path], approach)
    assert [one.labels for one in found] == [("state_led", "strike"), ("state_led", "strike"), ()]
    assert [one.primary for one in found] == ["strike", None, "none"]


def test_texts_in_files_beside_the_table(tmp_path, approach):
    """A folder with one table whose rows name files; the id is the row's, not the file's."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "one.md").write_text("# Strike\n\nThey struck.\n", encoding="utf-8")
    (tmp_path / "labels.csv").write_text(
        "id,file,labels,language\na,texts/one.md,strike,en\n", encoding="utf-8"
    )
    (found,) = read_gold([tmp_path], approach)
    assert (found.source.id, found.source.markup) == ("a", "markdown")
    assert found.corpus == tmp_path.name


def test_every_fault_is_named_at_once(tmp_path, approach):
    """Unknown label, unknown primary, no id, no text, an id twice, a voice that is none."""
    path = write(
        tmp_path / "t.jsonl",
        {**ROW, "labels": ["strikes"]},
        {**ROW, "id": "b", "primary_label": "state_led"},
        {**ROW, "id": ""},
        {"id": "d", "labels": []},
        {**ROW, "voice": "unoin"},
        {**ROW, "id": "e", "labels": 3, "annotator": "me"},
    )
    said = faults(path, approach)
    for part in (
        "row 1 (id a), labels: there is no code 'strikes'; scheme approach@",
        "row 2 (id b), primary_label: 'state_led' is none of the labels; write strike",
        "row 3, id: it is empty",
        "row 4 (id d), text: it is empty; write the text",
        "row 5 (id a), id: t.jsonl, row 1 has it; give each text an id of its own",
        "row 5 (id a), voice: 'unoin' is not one of the list",
        "row 6 (id e), annotator: 'me' is none; write one of: human, model, not_stated",
        "row 6 (id e), labels: 3 are no labels",
    ):
        assert any(part in line for line in said), part
    assert len(said) == 8


def test_missing_columns_and_files_are_faults(tmp_path, approach):
    """A table without labels, one that is no table and a row whose file is gone."""
    (tmp_path / "a.csv").write_text("id,text\n1,x\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("id,file,labels\n1,gone.txt,\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text("x", encoding="utf-8")
    said = faults([tmp_path / name for name in ("a.csv", "b.csv", "c.txt", "d.csv")], approach)
    assert any("a.csv, labels: the column is missing; add it" in line for line in said)
    assert any("file gone.txt: there is no such file" in line for line in said)
    assert any("c.txt: it is no table of labelled texts" in line for line in said)
    assert any("d.csv: there is no such file" in line for line in said)


def test_a_folder_with_two_tables_is_not_guessed(tmp_path, approach):
    """Which table is meant has to be said."""
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("id,text,labels\n1,x,\n", encoding="utf-8")
    assert "holds a.csv, b.csv; name one table" in faults(tmp_path, approach)[0]


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path, approach):
    """pages.jsonl of two folders are two corpora; an id may not stand in both."""
    paths = []
    for folder, id_ in (("one", "a"), ("two", "b")):
        (tmp_path / folder).mkdir()
        paths.append(write(tmp_path / folder / "pages.jsonl", {**ROW, "id": id_}))
    assert [each.corpus for each in read_gold(paths, approach)] == ["one", "two"]
    write(paths[1], ROW)
    assert "two/pages.jsonl, row 1 (id a), id: one/pages.jsonl, row 1" in faults(paths, approach)[0]


def test_labels_by_people_and_by_a_model_stay_apart(tmp_path, approach):
    """Gold and reference are never mixed into one number."""
    path = write(
        tmp_path / "t.jsonl", {**ROW, "annotator": "human"}, {**ROW, "id": "b", "annotator": "model"}
    )  # fmt: skip
    assert "(human, model); evaluate them apart" in faults(path, approach)[0]


def test_verdicts_come_back_as_they_were_written(tmp_path, approach):
    """The table survives CSV: types, nulls and patterns that a spreadsheet would run."""
    texts = read_gold(
        [write(tmp_path / "t.jsonl", ROW, {**ROW, "id": "b", "language": "sv"})], approach
    )
    judged, _ = judge(texts, approach)
    judged.loc[0, "patterns"] = "@ngo near train*"
    written = write_csv(tmp_path / "verdicts.csv", judged)
    pd.testing.assert_frame_equal(read_verdicts(written), judged)
    pd.testing.assert_frame_equal(read_verdicts(tmp_path), judged)
    missing = judged[judged["id"] == "b"]
    assert set(missing["verdict"]) == {"not_searched"}
    assert missing["score"].isna().all()


def write_csv(path: Path, table: pd.DataFrame) -> Path:
    """A table as the command writes it."""
    plain = file_columns(table).copy()
    for column in plain.columns[plain.dtypes == "boolean"]:
        plain[column] = plain[column].map({True: "true", False: "false"}).astype("string")
    path.write_bytes(csv_text(plain).encode("utf-8"))
    return path


def test_a_model_s_labels_are_never_called_gold(tmp_path, approach):
    """Its labels stand under reference in the file, and are read back from there."""
    texts = read_gold([write(tmp_path / "t.jsonl", ROW)], approach, annotator="model")
    judged, _ = judge(texts, approach)
    written = write_csv(tmp_path / "verdicts.csv", judged)
    header = next(csv.reader(written.read_text(encoding="utf-8").splitlines()))
    assert "reference" in header
    assert "gold" not in header
    pd.testing.assert_frame_equal(read_verdicts(written), judged)


def test_faults_of_a_table_of_verdicts(tmp_path, approach):
    """A verdict, a number and a truth that are none are named with their lines."""
    judged, _ = judge(read_gold([write(tmp_path / "t.jsonl", ROW)], approach), approach)
    path = write_csv(tmp_path / "verdicts.csv", judged)
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    lines[1] = lines[1].replace("absent", "gone").replace(",26,", ",twenty,")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_verdicts(path)
    said = [str(fault) for fault in caught.value.faults]
    assert said[0].startswith("verdicts.csv, line 2, length: 'twenty' is none")
    assert said[1].startswith(
        "verdicts.csv, line 2, verdict: 'gone' is none; write one of: present"
    )


def test_a_table_that_is_nowhere(tmp_path):
    """The message says how to make it."""
    with pytest.raises(UnknownNameError, match="tertium evaluate --gold"):
        read_verdicts(tmp_path / "none")


def test_a_notebook_s_folder_finds_what_lies_above(tmp_path, approach, monkeypatch):
    """A relative path is looked for in the folders above as well."""
    judged, _ = judge(read_gold([write(tmp_path / "t.jsonl", ROW)], approach), approach)
    (tmp_path / "data" / "evaluation").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    write_csv(tmp_path / "data" / "evaluation" / "verdicts.csv", judged)
    monkeypatch.chdir(tmp_path / "notebooks")
    assert len(read_verdicts("data/evaluation")) == len(approach.code_ids)
