"""The command line as a user meets it: whole processes, exit codes, files, messages."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

VERBS = [
    "sources",
    "schemes",
    "check",
    "code",
    "classify",
    "originals",
    "run",
    "report",
    "new",
    "doctor",
]


def tertium(*words: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tertium.cli", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "COLUMNS": "100"},
        check=False,
    )


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with a good text in each language and two bad ones."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "en.txt").write_text(
        "About 700 oil workers went on strike on Monday and blocked the road.", encoding="utf-8"
    )
    (folder / "zh.txt").write_text("市总工会为新就业形态劳动者举行集中入会仪式。", encoding="utf-8")
    (folder / "ru.txt").write_text("Нефтяники объявили забастовку на заводе.", encoding="utf-8")
    (folder / "sv.txt").write_text(
        "Facket gick ut i strejk på måndagen och kräver högre lön för alla anställda.",
        encoding="utf-8",
    )
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.pdf").write_bytes(b"this is no pdf")
    return folder


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_has_help_with_an_example(verb: str) -> None:
    """`--help` of every verb ends in an example that begins with the program's name."""
    done = tertium(verb, "--help")
    assert done.returncode == 0
    assert f"tertium {verb}" in done.stdout.split("Example:")[1]


def test_wrong_use_ends_with_2_and_says_what_is_right() -> None:
    """A verb that is not there, or an option that is missing, is wrong use."""
    for words in (["clasify"], ["classify"], ["classify", "nowhere", "--output", "x.csv"]):
        done = tertium(*words)
        assert done.returncode == 2
        assert "Error" in done.stderr
        assert "Traceback" not in done.stderr


def test_classify_writes_what_it_can_and_names_the_rejects(texts: Path, tmp_path: Path) -> None:
    """Good files are classified, bad ones named with reason and remedy, exit code 1."""
    output, passages = tmp_path / "verdicts.csv", tmp_path / "evidence.csv"
    done = tertium(
        "classify", texts, "--scheme", "approach", "--output", output, "--evidence", passages
    )
    assert done.returncode == 1
    assert sorted(line.split(":")[1].strip() for line in done.stderr.splitlines()) == [
        "broken.pdf",
        "empty.txt",
    ]
    found = rows(output)
    assert list(found[0]) == ["source_id", "code", "verdict", "score", "primary", "n_evidence"]
    assert len(found) == 4 * 5
    present = {(row["source_id"], row["code"]) for row in found if row["verdict"] == "present"}
    assert present == {("en", "strike"), ("zh", "state_led"), ("ru", "strike")}
    assert {row["primary"] for row in found} == {"true", "false"}
    assert {row["verdict"] for row in found if row["source_id"] == "sv"} == {"not_searched"}
    quotes = {(row["source_id"], row["quote"]) for row in rows(passages)}
    assert ("ru", "Нефтяники объявили забастовку на заводе.") in quotes


def test_classify_takes_a_table_with_columns_of_other_names(tmp_path: Path) -> None:
    """A CSV with its own column names is classified row by row, ids kept."""
    table = tmp_path / "news.csv"
    table.write_text(
        'nr;body\r\nA-1;"Garment workers went on strike; the plant stopped."\r\nA-2;Nothing.\r\n',
        encoding="utf-8",
    )
    output = tmp_path / "verdicts.csv"
    done = tertium(
        "classify", table, "--text-column", "body", "--id-column", "nr", "--output", output
    )
    assert (done.returncode, done.stderr) == (0, "")
    present = [row for row in rows(output) if row["verdict"] == "present"]
    assert [(row["source_id"], row["code"]) for row in present] == [("A-1", "strike")]


def test_nothing_is_written_where_something_is_wrong(texts: Path, tmp_path: Path) -> None:
    """A wrong ending of the second file leaves the first unwritten as well."""
    output = tmp_path / "verdicts.csv"
    done = tertium("classify", texts, "--output", output, "--evidence", tmp_path / "passages.doc")
    assert done.returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["texts"]


def test_dry_run_writes_nothing(texts: Path, tmp_path: Path) -> None:
    """A dry run says how many rows there would be."""
    output = tmp_path / "codings.csv"
    done = tertium("code", texts, "--output", output, "--dry-run")
    assert "would write" in done.stdout
    assert not output.exists()


def test_evidence_is_safe_to_open_in_a_spreadsheet(tmp_path: Path) -> None:
    """A text that begins like a formula is written so that no spreadsheet runs it."""
    source = tmp_path / "evil.txt"
    source.write_text("=cmd|' /C calc'!A0 and the workers of the plant went on strike for the pay that is due.", encoding="utf-8")
    passages = tmp_path / "evidence.csv"
    tertium("classify", source, "--output", tmp_path / "v.csv", "--evidence", passages)
    assert rows(passages)[0]["quote"].startswith("'=cmd|")


def test_code_writes_codings_and_readings(texts: Path, tmp_path: Path) -> None:
    """The codings table and who looked where, as CSV and Parquet."""
    import pandas as pd

    output, readings = tmp_path / "codings.parquet", tmp_path / "readings.csv"
    done = tertium("code", texts / "en.txt", "--output", output, "--readings", readings)
    assert done.returncode == 0
    assert set(pd.read_parquet(output)["code"]) == {"strike"}
    assert len(rows(readings)) == 5


def test_sources_as_json_holds_sources_and_rejects(texts: Path) -> None:
    """A program can read what was taken and what was not."""
    done = tertium("sources", texts, "--json")
    content = json.loads(done.stdout)
    assert [row["source_id"] for row in content["sources"]] == ["en", "ru", "sv", "zh"]
    assert [row["file"] for row in content["rejects"]] == ["broken.pdf", "empty.txt"]
    assert done.returncode == 1


def test_schemes_lists_and_shows(tmp_path: Path) -> None:
    """The list names each shipped scheme with its version; one can be shown whole."""
    listed = tertium("schemes")
    assert "approach@1.0.0" in listed.stdout
    shown = json.loads(tertium("schemes", "approach", "--json").stdout)
    assert [code["id"] for code in shown["codes"]][:2] == ["state_led", "ngo_paralegal"]
    unknown = tertium("schemes", "aproach")
    assert unknown.returncode == 2
    assert "approach" in unknown.stderr


def test_check_runs_the_examples_of_the_shipped_schemes() -> None:
    """Without a path every shipped scheme is checked, and nothing is wrong."""
    done = tertium("check")
    assert (done.returncode, done.stdout) == (0, "")


def test_check_names_an_example_that_fails(tmp_path: Path) -> None:
    """A scheme whose example contradicts its indicators has a finding."""
    scheme = tmp_path / "mine.yml"
    scheme.write_text(
        "name: mine\nversion: 1.0.0\ntitle: Mine\ndescription: One code.\n"
        "verdict: {text: One is enough., present: 0.5, undecided: 0.2}\n"
        "codes:\n- id: bread\n  label: Bread\n  definition: Bread is named.\n"
        "  when_to_use: It is named.\n  when_not_to_use: It is not.\n"
        "  examples:\n  - {text: We bake bread., coded: false}\n"
        "  - {text: We bake rolls., coded: true}\n"
        "  indicators:\n    en: [bread]\n",
        encoding="utf-8",
    )
    done = tertium("check", scheme)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
    assert 'mine.yml, code "bread", example 1' in done.stdout


def test_check_of_a_study_checks_its_sources_and_schemes(repository: Path) -> None:
    """The shipped study has no faults."""
    done = tertium("check", repository / "data" / "studies" / "labour-organising.yml")
    assert (done.returncode, done.stdout) == (0, "")


def test_originals_are_checked_before_any_is_copied(
    repository: Path, shared: Path, tmp_path: Path
) -> None:
    """One wrong original, and none is copied."""
    import shutil

    shutil.copytree(repository / "data", tmp_path / "data", ignore=shutil.ignore_patterns("*.txt"))
    given = tmp_path / "given"
    shutil.copytree(shared / "sources", given)
    for path in given.iterdir():
        path.chmod(0o644)
    first = sorted(given.iterdir())[0]
    whole = first.read_bytes()
    first.write_bytes(whole + b" ")
    wrong = tertium("originals", "--from", given, cwd=tmp_path)
    assert wrong.returncode == 2
    assert first.name in wrong.stderr
    assert not list((tmp_path / "data" / "sources" / "originals").glob("*.txt"))
    first.write_bytes(whole)
    assert tertium("originals", "--from", given, cwd=tmp_path).returncode == 0
    assert len(list((tmp_path / "data" / "sources" / "originals").glob("*.txt"))) == 5


def test_help_answers_without_loading_the_notebook_machinery() -> None:
    """Papermill and the typesetter are loaded by the verbs that need them only."""
    check = (
        "import sys, tertium.cli; "
        "print(sorted({'papermill', 'typst', 'pypandoc', 'nbclient'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "[]"
