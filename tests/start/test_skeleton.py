"""`tertium new`: a skeleton that opens, and refuses what is already there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tertium.errors import InputError
from tertium.start.skeleton import write_skeleton
from tertium.study import check_study, open_study


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
