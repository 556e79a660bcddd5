"""What a report depends on is looked at, so that nothing stale is called up to date."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from tertium.errors import InputError
from tertium.report.running.inputs import LIBRARIES, study_inputs
from tertium.start.skeleton import write_skeleton
from tertium.study import Study, open_study

# What only starts, orders or shows the work.
WITHOUT_A_SAY = {"click", "doit", "tqdm"}


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """A study skeleton."""
    write_skeleton(tmp_path / "mine")
    return open_study(tmp_path / "mine" / "data" / "studies" / "mine.yml")


def test_every_library_that_the_package_needs_is_looked_at(repository: Path) -> None:
    """A dependency of the package or of its reports is in the list, or has no say."""
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = project["dependencies"] + project["optional-dependencies"]["report"]
    names = {line.split(">")[0].split("=")[0].strip() for line in needed}
    assert names - set(LIBRARIES) == WITHOUT_A_SAY


def test_a_shells_date_is_an_input_and_its_other_settings_are_none(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another SOURCE_DATE_EPOCH makes another report; another time zone can't."""
    for name in ("SOURCE_DATE_EPOCH", "TZ", "PYTHONHASHSEED", "MPLBACKEND", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    before = study_inputs(study)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    monkeypatch.setenv("TZ", "Asia/Almaty")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    assert study_inputs(study) == before
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    changed = study_inputs(study)
    assert {name for name in changed if changed[name] != before[name]} == {"environment"}
    assert json.loads(changed["environment"])["TZ"] == "UTC"


def test_a_date_that_is_none_is_named(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word in SOURCE_DATE_EPOCH is a fault before anything runs."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "today")
    with pytest.raises(InputError, match="SOURCE_DATE_EPOCH: 'today' is no number of seconds"):
        study_inputs(study)


def test_what_a_study_names_beside_its_sources_is_an_input(study: Study) -> None:
    """The register of expectations, and a plan of sets with the table of its stated values."""
    folder = study.root / "data" / "sets"
    folder.mkdir()
    (study.root / "data" / "expectations.csv").write_text("x\n", encoding="utf-8")
    (folder / "plan.yml").write_text(
        "version: 1\nplan: a\ntitle: A\nscope: {kinds: [episode], why: W}\n"
        "stated: data/sets/own.csv\noutcome: Y\nconditions: [X]\n"
        "sets: {Y: {label: y, from: {stated: y}, why: w}}\n",
        encoding="utf-8",
    )
    (folder / "own.csv").write_text("x\n", encoding="utf-8")
    with study.path.open("a", encoding="utf-8") as file:
        file.write("expectations: data/expectations.csv\nset_plans: [data/sets/plan.yml]\n")
    named = {name.rsplit("/", 1)[-1] for name in study_inputs(open_study(study.path))}
    assert {"expectations.csv", "plan.yml", "own.csv"} <= named


def test_the_texts_of_a_manifest_are_inputs_whatever_parts_its_cells(study: Study) -> None:
    """A manifest with semicolons lists the same texts as one with commas."""
    manifest = study.root / "data" / "sources" / "manifest.csv"
    before = {name for name in study_inputs(study) if name.endswith(".md")}
    lines = manifest.read_text(encoding="utf-8").replace(";", "").replace(",", ";")
    manifest.write_text(lines, encoding="utf-8")
    assert {name for name in study_inputs(study) if name.endswith(".md")} == before
    assert len(before) == 3
