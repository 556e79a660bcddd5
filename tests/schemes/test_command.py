"""`tertium schemes` as a user meets it: what changed, what is stale, why it holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tertium.coding.logs.lines import coding_line
from tertium.coding.logs.log import append
from tertium.schemes.read import read_scheme
from tertium.sources.source import Source
from tertium.start.skeleton import write_skeleton
from tertium.study import open_study


def tertium(*words: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tertium", *map(str, words)],
        capture_output=True, encoding="utf-8", env={**os.environ, "COLUMNS": "100"}, check=False,
        cwd=cwd,
    )  # fmt: skip


SCHEME = """\
name: bread
version: {version}
title: Bread
description: One code.
verdict: {{text: One passage is enough., present: 0.6, undecided: 0.3}}
codes:
  - id: riot
    label: Riot
    definition: {definition}
    when_to_use: The act is told.
    when_not_to_use: A price is told.
{history}"""
HISTORY = "history:\n  - {version: 1.1.0, code: riot, change: definition}\n"


def write(path: Path, version: str, definition: str, history: str = "") -> Path:
    """A version of the scheme in a file."""
    text = SCHEME.format(version=version, definition=definition, history=history)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A study with a scheme of its own at 1.1.0, and a coding that ana made under 1.0.0."""
    root = tmp_path / "mine"
    write_skeleton(root)
    file = root / "data" / "studies" / "mine.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("schemes: [", "schemes: [bread.yml, "), encoding="utf-8")
    assert "[bread.yml, " in file.read_text(encoding="utf-8")
    old = write(root / "bread.yml", "1.0.0", "A crowd takes food.")
    source = open_study(file).collection.sources[0]
    append(
        root / "data" / "codings",
        [coding_line(source, None, read_scheme(old), "riot", coder="ana")],
    )
    write(root / "bread.yml", "1.1.0", "A crowd takes or stops food.", HISTORY)
    return file


def test_diff_says_what_changed_and_leaves_with_1(tmp_path: Path) -> None:
    """0 where nothing changed, 2 where the newer comes first, JSON for a program."""
    old = write(tmp_path / "old.yml", "1.0.0", "A crowd takes food.")
    new = write(tmp_path / "new.yml", "1.1.0", "A crowd takes or stops food.", HISTORY)
    done = tertium("schemes", "diff", old, new)
    assert (done.returncode, done.stdout) == (
        1,
        "riot: definition: 'A crowd takes food.' → 'A crowd takes or stops food.'\n",
    )
    assert done.stderr == "bread@1.0.0 → bread@1.1.0: 1 change (definition 1)\n"
    (change,) = json.loads(tertium("schemes", "diff", old, new, "--json").stdout)["changes"]
    assert (change["kind"], change["code"]) == ("definition", "riot")
    assert tertium("schemes", "diff", old, old).returncode == 0
    assert tertium("schemes", "diff", new, old).returncode == 2


def test_diff_notes_what_the_history_leaves_out(tmp_path: Path) -> None:
    """Else codings would look fresh that are not."""
    old = write(tmp_path / "old.yml", "1.0.0", "A crowd takes food.")
    new = write(tmp_path / "new.yml", "1.0.1", "Other.")
    said = tertium("schemes", "diff", old, new).stderr
    assert "add {version: 1.0.1, code: riot, change: definition}" in said
    assert "move the minor part: 1.1.0" in said
    same = write(tmp_path / "same.yml", "1.0.0", "Other.")
    assert "raise the version" in tertium("schemes", "diff", old, same).stderr


def test_check_of_a_scheme_holds_it_against_its_past(tmp_path: Path) -> None:
    """A file in past/ beside it is enough."""
    (tmp_path / "past").mkdir()
    write(tmp_path / "past" / "bread-1.0.0.yml", "1.0.0", "A crowd takes food.")
    scheme = write(tmp_path / "bread.yml", "1.1.0", "Other.")
    done = tertium("check", scheme)
    assert done.returncode == 1
    assert 'bread.yml, history, code "riot": definition changed from 1.0.0 to 1.1.0' in done.stdout
    write(tmp_path / "bread.yml", "1.1.0", "Other.", HISTORY)
    assert tertium("check", scheme).returncode == 0


def test_stale_codings_fail_the_check_until_they_are_waived(study: Path) -> None:
    """Listed by coder and source, waived with a reason in the log, and then all is well."""
    failed = tertium("check", study)
    assert failed.returncode == 1
    (line,) = failed.stdout.splitlines()
    assert "data/codings/ana/" in line
    assert "1 coding (riot 1) made under bread@1.0.0, now 1.1.0: definition in 1.1.0" in line
    waive = ("schemes", "waive", study, "--coder", "ana", "--code", "riot", "--reason", "It fits.")
    log = study.parents[1] / "codings" / "ana"
    before = {path.name: path.read_bytes() for path in log.iterdir()}
    dry = tertium(*waive, "--dry-run")
    assert (dry.returncode, dry.stdout[:15]) == (0, "would waive ana")
    assert before == {path.name: path.read_bytes() for path in log.iterdir()}
    assert tertium(*waive).returncode == 0
    (path,) = log.iterdir()
    said = json.loads(path.read_text(encoding="utf-8").splitlines()[-1])
    assert (said["kind"], said["memo"], said["scheme_version"]) == ("waiver", "It fits.", "1.1.0")
    assert (tertium("check", study).returncode, tertium(*waive).stdout) == (0, "")


def test_an_unknown_word_of_a_waiver_is_refused(study: Path) -> None:
    """Coder, code or source: the message lists what there is."""
    waive = ("schemes", "waive", study, "--reason", "It fits.", "--coder")
    for words, there in (
        (("bob",), "there are ana"),
        (("ana", "--code", "roit"), "riot"),
        (("ana", "--source", "nowhere"), "example-centre"),
    ):
        done = tertium(*waive, *words)
        assert done.returncode == 2
        assert "is unknown" in done.stderr
        assert there in done.stderr


def test_what_was_split_or_removed_can_not_be_waived(study: Path) -> None:
    """No waiver says which of the parts is meant; the check keeps telling."""
    split = "history:\n  - {version: 2.0.0, code: riot, change: split, to: [riot, march]}\n"
    march = SCHEME[SCHEME.index("  - id") : SCHEME.index("{history}")]
    march = march.replace("riot", "march").replace("Riot", "March").format(definition="Walking.")
    write(study.parents[2] / "bread.yml", "2.0.0", "A crowd takes food.", march + split)
    done = tertium("schemes", "waive", study, "--coder", "ana", "--reason", "It fits.")
    assert (done.returncode, done.stdout) == (1, "")
    assert "can't be waived, split into riot and march in 2.0.0; code again, or" in done.stderr
    assert "code again, or retract" in tertium("check", study).stdout


def test_a_coding_of_a_text_that_is_not_at_hand_is_waived_by_its_present_name(study: Path) -> None:
    """The log's own line says which text it was."""
    riot = read_scheme(study.parents[2] / "bread.yml").model_copy(update={"version": "1.0.0"})
    away = Source("far-away", "A crowd took food.")
    append(
        study.parents[1] / "codings",
        [coding_line(away, None, riot, "riot", coder="ana", value="present")],
    )
    history = HISTORY + "  - {version: 1.2.0, code: uproar, change: renamed, from: riot}\n"
    text = SCHEME.replace("id: riot", "id: uproar")
    text = text.format(version="1.2.0", definition="A crowd takes or stops food.", history=history)
    (study.parents[2] / "bread.yml").write_text(text, encoding="utf-8")
    done = tertium(
        "schemes", "waive", study, "--coder", "ana", "--code", "uproar", "--source", "far-away",
        "--reason", "It fits.",
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "waived ana, far-away: 1 coding\n")
    log = study.parents[1] / "codings" / "ana" / "far-away.jsonl"
    said = json.loads(log.read_text(encoding="utf-8").splitlines()[-1])
    assert (said["kind"], said["text_sha256"]) == ("waiver", away.text_sha256)


def test_diff_with_a_study_lists_its_stale_codings(study: Path, tmp_path: Path) -> None:
    """By coder and source, also before the study takes the newer version."""
    old = write(tmp_path / "old.yml", "1.0.0", "A crowd takes food.")
    new = study.parents[2] / "bread.yml"
    done = tertium("schemes", "diff", old, new, "--study", study)
    assert done.returncode == 1
    assert "1 stale coding:\nana, example-centre: riot 1, made under 1.0.0" in done.stdout
    told = json.loads(tertium("schemes", "diff", old, new, "--study", study, "--json").stdout)
    assert [row["coder"] for row in told["stale"]] == ["ana"]


def test_the_first_word_may_be_a_scheme(tmp_path: Path) -> None:
    """Showing needs no command; an earlier version is shown by its number."""
    shown = tertium("schemes", "approach@1.0.0").stdout
    assert shown.startswith("approach@1.0.0")
    assert tertium("schemes", "show", "approach@1.0.0").stdout == shown
    told = json.loads(tertium("schemes", "--json", "approach").stdout)
    assert told["history"][0]["from"] == []


def test_check_as_json_holds_faults_and_notes(tmp_path: Path) -> None:
    """Two lists, so that a program can tell them apart."""
    told = json.loads(tertium("check", "approach", "--json").stdout)
    assert told["faults"] == []
    assert "not run" in told["notes"][0]
