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
    "evaluate",
    "originals",
    "run",
    "report",
    "new",
    "doctor",
]

# Its two examples contradict its indicator.
SCHEME = (
    "name: mine\nversion: 1.0.0\ntitle: Mine\ndescription: One code.\n"
    "verdict: {text: One is enough., present: 0.5, undecided: 0.2}\n"
    "codes:\n- id: bread\n  label: Bread\n  definition: Bread is named.\n"
    "  when_to_use: It is named.\n  when_not_to_use: It is not.\n"
    "  examples:\n  - {text: We bake bread., coded: false}\n"
    "  - {text: We bake rolls., coded: true}\n"
    "  indicators:\n    en: [bread]\n"
)


def tertium(*words: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tertium", *map(str, words)],
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
    said = done.stderr.splitlines()
    assert [line.split(":")[1].strip() for line in said[:2]] == ["broken.pdf", "empty.txt"]
    assert said[2].startswith("warning: the language of sv is not recognised")
    assert "--language en, or a column language" in said[2]
    assert said[3].startswith("4 sources, 1 not searched (sv: language not recognised); wrote ")
    assert said[3].endswith(f"{output}, {passages}")
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
    assert (done.returncode, done.stderr) == (
        0,
        f"warning: the language of A-2 is not recognised, so no indicators were looked for; "
        "give --language en, or a column language in a table\n"
        f"2 sources, 1 not searched (A-2: language not recognised); wrote {output}\n",
    )
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
    source.write_text(
        "=cmd|' /C calc'!A0 and the workers of the plant went on strike for the pay that is due.",
        encoding="utf-8",
    )
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
    assert "approach@1.1.0" in listed.stdout
    assert listed.stdout.splitlines()[0].endswith("(rules for en, ru, zh)")
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
        SCHEME,
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


def test_check_notes_what_is_open_and_counts_it(repository: Path) -> None:
    """Gaps are told beside the faults and change no exit code."""
    done = tertium("check", repository / "data" / "studies" / "labour-organising.yml")
    assert done.returncode == 0
    assert "note: sources: 16 of the 57 are undated (" in done.stderr
    assert "note: cases: 16 of the 57 state no outcome (" in done.stderr


def test_sources_proposes_copies_and_writes_nothing(tmp_path: Path) -> None:
    """A mirror is proposed, in words or as JSON; the files stay as they are."""
    text = "On Monday two hundred couriers of the harbour joined the city federation. " * 3
    (tmp_path / "first.txt").write_text(text, encoding="utf-8")
    (tmp_path / "second.txt").write_text(text.upper(), encoding="utf-8")
    done = tertium("sources", tmp_path, "--duplicates")
    assert (done.returncode, done.stdout) == (
        0,
        "second: copy_of first? They share 1.00.\n",
    )
    assert "nothing is written" in done.stderr
    listed = tertium("sources", tmp_path, "--duplicates", "--at-least", "0.9", "--json")
    assert json.loads(listed.stdout) == [
        {"copy_of": "first", "similarity": 1.0, "source_id": "second"}
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first.txt", "second.txt"]
    assert tertium("sources", tmp_path, "--duplicates", "--extract").returncode == 2


def test_a_source_and_its_renderings_are_no_copies(repository: Path) -> None:
    """Digests, originals and translations of one work are never proposed."""
    done = tertium("sources", repository / "data/sources/manifest.csv", "--duplicates")
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


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("cases/cases.csv", b"id,name", b"key,name"),
        ("cases/cases.csv", b"start,end", b"start,end,more"),
        ("actors.csv", b"id,type", b"id,kind"),
        ("cases/sources.csv", b"centre,,", b"centre,900,5"),
        ("cases/sources.csv", b"centre,,", b"centre\xff,,"),
        ("references.bib", b"@", b"\xff@"),
        ("studies/mine.yml", b"title:", b"title\xff:"),
    ],
)
def test_check_names_what_is_wrong_with_any_file(
    tmp_path: Path, file: str, old: bytes, new: bytes
) -> None:
    """A broken file of a study is a finding, never a traceback."""
    from tertium.start.skeleton import write_skeleton

    write_skeleton(tmp_path / "mine")
    path = tmp_path / "mine" / "data" / file
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    done = tertium("check", tmp_path / "mine" / "data" / "studies" / "mine.yml")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert Path(file).name in done.stdout


def test_report_refuses_a_broken_case_file_before_any_notebook_runs(tmp_path: Path) -> None:
    """The faults are those of `check`, one a line, and nothing is written."""
    from tertium.start.skeleton import write_skeleton

    write_skeleton(tmp_path / "mine")
    cases = tmp_path / "mine" / "data" / "cases"
    for name, old, new in (
        ("sources.csv", "centre,,", "centre,900,5"),
        ("facts.csv", "number,42", "number,few"),
    ):
        text = (cases / name).read_text(encoding="utf-8")
        (cases / name).write_text(text.replace(old, new), encoding="utf-8")
    study = tmp_path / "mine" / "data" / "studies" / "mine.yml"
    refused, checked = tertium("report", study), tertium("check", study)
    assert refused.returncode == 2
    assert len(checked.stdout.splitlines()) == 3
    assert refused.stderr == checked.stdout
    folder = tmp_path / "mine" / "reports" / "mine"
    assert not folder.exists()
    (folder / ".cache").mkdir(parents=True)
    (folder / "report.pdf").write_bytes(b"of last week")
    again = tertium("report", study).stderr
    assert again.startswith(refused.stderr)
    assert again.splitlines()[-1].endswith("report.pdf is of an earlier run")


def test_an_output_never_replaces_what_is_read(texts: Path, tmp_path: Path) -> None:
    """The input, a file in its folder, a folder, and one file twice are refused; all stays."""
    table = tmp_path / "news.csv"
    table.write_text("id,text\na,The workers of the plant went on strike.\n", encoding="utf-8")
    (tmp_path / "folder.csv").mkdir()
    for words, said in (
        ([table, "--output", table], "what is read"),
        ([table, "--output", tmp_path / "folder.csv"], "it is a folder"),
        ([table, "--output", tmp_path / "v.csv", "--evidence", tmp_path / "v.csv"], "one file"),
    ):
        done = tertium("classify", *words)
        assert (done.returncode, said in done.stderr) == (2, True)
    assert "strike" in table.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.csv", "news.csv", "texts"]


def test_a_scheme_named_twice_counts_once(texts: Path, tmp_path: Path) -> None:
    """The name with and without its version is one scheme; another one of its name is refused."""
    once, twice = tmp_path / "once.csv", tmp_path / "twice.csv"
    tertium("code", texts / "en.txt", "--output", once)
    both = ["--scheme", "approach", "--scheme", "approach@1.1.0"]
    assert tertium("code", texts / "en.txt", *both, "--output", twice).returncode == 0
    assert twice.read_bytes() == once.read_bytes()
    two = ["--scheme", "approach", "--scheme", "claim"]
    refused = tertium("classify", texts / "en.txt", *two, "--output", tmp_path / "x.csv")
    assert (refused.returncode, "takes one --scheme" in refused.stderr) == (2, True)
    own = tmp_path / "mine.yml"
    own.write_text(SCHEME.replace("name: mine", "name: approach"), encoding="utf-8")
    other = ["--scheme", "approach", "--scheme", own]
    done = tertium("code", texts / "en.txt", *other, "--output", tmp_path / "x.csv")
    assert (done.returncode, "another scheme" in done.stderr) == (2, True)


def test_columns_are_named_for_tables_only(texts: Path, repository: Path) -> None:
    """A column of a folder, a text or a manifest is wrong use."""
    manifest = repository / "data" / "sources" / "manifest.csv"
    for path in (texts, texts / "en.txt", manifest):
        done = tertium("sources", path, "--id-column", "id")
        assert (done.returncode, "leave them out" in done.stderr) == (2, True)


def test_nothing_to_read_is_a_finding(tmp_path: Path) -> None:
    """An empty folder ends with 1, says so, and leaves no empty table."""
    (tmp_path / "none").mkdir()
    output = tmp_path / "v.csv"
    for words in (["sources"], ["classify", "--output", output], ["code", "--output", output]):
        done = tertium(*words, tmp_path / "none")
        assert (done.returncode, "nothing to read in" in done.stderr) == (1, True)
    assert not output.exists()


def test_a_language_is_given_to_texts_without_one(texts: Path, tmp_path: Path) -> None:
    """`--language` counts where none is stated or recognised, and nowhere else."""
    done = tertium("sources", texts, "--language", "sv", "--json")
    languages = {row["source_id"]: row["language"] for row in json.loads(done.stdout)["sources"]}
    assert languages == {"en": "en", "ru": "ru", "sv": "sv", "zh": "zh"}
    named = tertium("code", texts, "--language", "sv", "--output", tmp_path / "c.csv").stderr
    assert "1 not searched (sv: no indicators in sv)" in named
    assert "warning" not in named
    assert tertium("sources", texts, "--language", "Swedish!").returncode == 2


def test_check_keeps_the_faults_of_every_argument(tmp_path: Path) -> None:
    """An unknown name, a table, bad bytes and a sound scheme: three faults, none lost."""
    (tmp_path / "x.csv").write_text("a,b\n", encoding="utf-8")
    (tmp_path / "bad.yml").write_bytes(b"\xff\xfe\x00")
    done = tertium("check", "aproach", "x.csv", "bad.yml", "approach", cwd=tmp_path)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "3 faults")
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == [
        "aproach",
        "bad.yml",
        "x.csv",
    ]
    assert "it is no .yml file" in done.stdout
    assert tertium("check", "x.csv", cwd=tmp_path).stderr == "1 fault\n"


def test_check_looks_at_the_values_for_notebooks(tmp_path: Path) -> None:
    """A parameter that a notebook lacks, or of another type, is found before any notebook runs."""
    from tertium.start.skeleton import write_skeleton

    write_skeleton(tmp_path / "mine")
    study = tmp_path / "mine" / "data" / "studies" / "mine.yml"
    first = "  - notebook: notebooks/02-coding.ipynb\n"
    text = study.read_text(encoding="utf-8")
    given = f"{first}    parameters: {{shceme: tier, scheme: 5}}\n"
    study.write_text(text.replace(first, given), encoding="utf-8")
    done = tertium("check", study)
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2
    assert "mine.yml, notebooks, number 2, parameters: 'shceme' is no parameter" in done.stdout


def test_a_pipe_that_is_closed_early_is_no_failure(texts: Path) -> None:
    """Nobody reads on, and the program ends quietly with 0."""
    for words in (["sources", texts], ["schemes", "approach"], ["--help"]):
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run(
            [sys.executable, "-m", "tertium", *map(str, words)],
            stdout=writing,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
        os.close(writing)
        assert (done.returncode, done.stderr) == (0, "")


def test_an_interrupt_while_loading_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C before the command line is loaded ends with 130 as it does later."""
    import builtins

    from tertium.__main__ import main

    real = builtins.__import__

    def interrupted(name: str, *given: object, **more: object) -> object:
        if name == "tertium.cli":
            raise KeyboardInterrupt
        return real(name, *given, **more)

    monkeypatch.setattr(builtins, "__import__", interrupted)
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 130


def test_originals_that_are_nowhere_are_asked_for(tmp_path: Path, repository: Path) -> None:
    """A folder that is not there: it has to be one's own, since the texts can't be passed on."""
    done = tertium("originals", "--from", tmp_path / "nowhere", cwd=repository)
    assert done.returncode == 2
    assert "can't be passed on" in done.stderr
    assert "FROM=DIR" in done.stderr


def test_an_original_that_is_not_at_hand_is_named(tmp_path: Path) -> None:
    """With both texts wanted, title and publisher of what is missing are told on stderr."""
    manifest = _own_manifest(tmp_path)
    text = manifest.read_text(encoding="utf-8").splitlines()
    head = text[0].split(",")
    cells = {"id": "far", "title": "Far away", "publisher": "A press", "voice": "ngo"}
    cells |= {"kind": "original", "file": "originals/far.txt", "licence": "none"}
    cells |= {"confidential": "false", "language": "en"}
    text.append(",".join(cells.get(name, "") for name in head))
    manifest.write_text("\n".join(text) + "\n", encoding="utf-8")
    done = tertium("sources", manifest, "--texts", "both")
    assert (done.returncode, "far: the original is not at hand (Far away, A press)" in done.stderr) \
        == (0, True)  # fmt: skip


def _own_manifest(folder: Path) -> Path:
    from tertium.start.skeleton import write_skeleton

    write_skeleton(folder / "mine")
    return folder / "mine" / "data" / "sources" / "manifest.csv"


def test_checksums_fill_what_is_empty(tmp_path: Path) -> None:
    """A manifest without checksums gets those that it had; one that is wrong stays refused."""
    manifest = _own_manifest(tmp_path)
    whole = manifest.read_bytes()
    kept = rows(manifest)
    text = whole.decode()
    for name in ("sha256", "text_sha256"):
        text = text.replace(kept[0][name], "")
    manifest.write_text(text, encoding="utf-8")
    before = manifest.read_bytes()
    assert tertium("sources", manifest, "--checksums", "--dry-run").returncode == 0
    assert manifest.read_bytes() == before
    done = tertium("sources", manifest, "--checksums")
    assert (done.returncode, done.stdout) == (0, f"filled {kept[0]['id']}\n")
    assert manifest.read_bytes() == whole


def test_checksums_of_changed_texts_are_renewed_on_demand(tmp_path: Path) -> None:
    """What is filled stays, and `--again` counts it anew."""
    manifest = _own_manifest(tmp_path)
    whole = manifest.read_bytes()
    digest = manifest.parent / "digests" / "example-centre.md"
    digest.write_text(digest.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    assert tertium("sources", manifest, "--checksums").returncode == 0
    assert manifest.read_bytes() == whole
    assert tertium("sources", manifest).returncode == 2
    done = tertium("sources", manifest, "--checksums", "--again")
    assert done.stdout == "filled example-centre\n"
    assert tertium("sources", manifest).returncode == 0


def test_checksums_name_the_files_that_are_not_there(tmp_path: Path) -> None:
    """A file that is missing leaves its cells empty and is a finding."""
    manifest = _own_manifest(tmp_path)
    kept = rows(manifest)[0]
    text = manifest.read_text(encoding="utf-8").replace(kept["sha256"], "")
    manifest.write_text(text, encoding="utf-8")
    (manifest.parent / kept["file"]).unlink()
    done = tertium("sources", manifest, "--checksums")
    assert (done.returncode, f"{kept['file']} is not there" in done.stderr) == (1, True)
