"""`tertium new`: a skeleton that opens, and refuses what is already there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tertium.errors import InputError
from tertium.schemes.read import builtin_names
from tertium.start.skeleton import write_skeleton
from tertium.study import open_study
from tertium.study_check import check_study

# What an own study may have otherwise: file, what stands there, what stands there then.
_CHANGES = {
    "as made": [],
    "other voices": [("data/sources/manifest.csv", ",ngo,", ",newspaper,")],
    "one kind of case": [("data/cases/cases.csv", ",programme,", ",episode,")],
    "no cases": [("data/studies/pilot.yml", "cases: data/cases\n", "")],
}


def test_skeleton_opens_and_nothing_is_wrong_with_it(tmp_path: Path) -> None:
    """The study that `new` writes passes its own check."""
    write_skeleton(tmp_path / "pilot")
    study = open_study(tmp_path / "pilot" / "data" / "studies" / "pilot.yml")
    assert check_study(study) == []
    present = study.tables.verdicts.query("scheme == 'approach' and verdict == 'present'")
    assert set(zip(present["source_id"], present["code"], strict=True)) >= {
        ("example-centre", "ngo_paralegal"),
        ("example-centre", "strike"),
        ("example-federation", "state_led"),
    }


def test_notebooks_ask_for_the_new_study(tmp_path: Path) -> None:
    """Each copied notebook names the new study, and has no outputs of another."""
    written = write_skeleton(tmp_path / "pilot")
    notebooks = [path for path in written if path.endswith(".ipynb")]
    assert len(notebooks) >= 4
    for path in notebooks:
        text = (tmp_path / "pilot" / path).read_text(encoding="utf-8")
        assert 'study: str = \\"pilot\\"' in text
        assert "labour-organising" not in text
        assert '"output_type"' not in text


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    """A dry run names the files and leaves the folder unmade."""
    assert "data/sources/manifest.csv" in write_skeleton(tmp_path / "pilot", dry_run=True)
    assert not (tmp_path / "pilot").exists()


@pytest.mark.parametrize("name", ["My Study", "..", "a/b c", "étude"])
def test_names_that_are_no_study_names_are_refused(tmp_path: Path, name: str) -> None:
    """A folder whose name can't name a study is refused with what would be right."""
    with pytest.raises(InputError, match="lower-case"):
        write_skeleton(tmp_path / name)


def test_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    """Nothing is written over."""
    (tmp_path / "pilot").mkdir()
    (tmp_path / "pilot" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="holds something"):
        write_skeleton(tmp_path / "pilot")
    assert [path.name for path in (tmp_path / "pilot").iterdir()] == ["mine.txt"]


def test_a_failure_on_the_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All files or none: not a half study, nor the folders that were made for it."""
    real, count = Path.write_text, 0

    def fail(self: Path, *given: str, **more: str) -> int:
        nonlocal count
        count += 1
        if count == 5:
            raise OSError("disk full")
        return real(self, *given, **more)

    monkeypatch.setattr(Path, "write_text", fail)
    with pytest.raises(OSError, match="disk full"):
        write_skeleton(tmp_path / "new" / "pilot")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    """An empty folder is as good as none, and no scratch is left beside it."""
    (tmp_path / "pilot").mkdir()
    write_skeleton(tmp_path / "pilot")
    assert (tmp_path / "pilot" / "README.md").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["pilot"]


def test_the_study_lists_every_scheme_that_its_notebooks_use(tmp_path: Path) -> None:
    """No notebook of the skeleton asks for an axis that the study lacks."""
    write_skeleton(tmp_path / "pilot")
    text = "".join(
        path.read_text(encoding="utf-8")
        for path in sorted((tmp_path / "pilot" / "notebooks").glob("*.ipynb"))
    )
    used = {name for name in builtin_names() if f'=\\"{name}\\"' in text}
    study = open_study(tmp_path / "pilot" / "data" / "studies" / "pilot.yml")
    assert len(used) >= 4
    assert used <= {scheme.name for scheme in study.schemes}


def test_what_a_new_study_lacks_material_for_is_not_copied(tmp_path: Path) -> None:
    """Notebooks of cases, silence, statements and labels stay out, and the README names them."""
    written = write_skeleton(tmp_path / "pilot")
    names = {Path(path).stem for path in written if path.endswith(".ipynb")}
    readme = (tmp_path / "pilot" / "README.md").read_text(encoding="utf-8")
    for name in ("07-cases", "08-silence", "09-set-analysis", "10-networks", "11-evaluation"):
        assert name not in names
        assert f"`{name}`" in readme
    assert "@NAME@" not in readme


@pytest.mark.parametrize("material", ["as made", "other voices", "one kind of case", "no cases"])
def test_the_comparison_runs_on_any_study(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, material: str
) -> None:
    """No cell of notebook 03 asks for a voice, a kind of case or an actor that a study lacks."""
    folder = tmp_path / "pilot"
    write_skeleton(folder)
    for path, old, new in _CHANGES[material]:
        text = (folder / path).read_text(encoding="utf-8")
        assert old in text
        (folder / path).write_text(text.replace(old, new), encoding="utf-8")
    monkeypatch.chdir(folder)
    notebook = json.loads(Path("notebooks/03-comparison.ipynb").read_text(encoding="utf-8"))
    values: dict[str, Any] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        exec("".join(cell["source"]), values)
        if "parameters" in cell["metadata"].get("tags", ()):
            values["resamples"] = 20
    if material == "other voices":
        assert values["words"].note.startswith("Nothing to compare: no source is in “ngo” alone")
    if material == "no cases":
        assert "lists no cases and actors" in values["by_actor"].note


@pytest.mark.slow
def test_a_new_study_gives_a_report(tmp_path: Path) -> None:
    """`tertium new`, then `tertium report`, on a machine that has nothing else of ours."""
    for words, folder in (
        (["new", "pilot"], tmp_path),
        (["report", "data/studies/pilot.yml"], tmp_path / "pilot"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "tertium", *words],
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (done.returncode, done.stderr if done.returncode else "") == (0, "")
    made = {path.name for path in (tmp_path / "pilot" / "reports" / "pilot").iterdir()}
    assert {"report.pdf", "report.html"} <= made
