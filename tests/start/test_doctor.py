"""`tertium doctor`: it says what works, and what is missing with its remedy."""

from __future__ import annotations

from pathlib import Path

from tertium.start.doctor import examine
from tertium.start.skeleton import write_skeleton


def test_everything_a_study_needs_is_found_here(repository: Path) -> None:
    """In a set-up checkout nothing that a study needs is missing."""
    assert [str(one) for one in examine(repository) if one.needed and not one.works] == []


def test_a_study_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A broken study is a finding with the first fault, not a traceback."""
    write_skeleton(tmp_path / "pilot")
    study = tmp_path / "pilot" / "data" / "studies" / "pilot.yml"
    study.write_text("version: 7\n", encoding="utf-8")
    broken = [one for one in examine(tmp_path / "pilot") if one.name == "study pilot"]
    assert not broken[0].works
    assert "pilot.yml" in broken[0].found


def test_a_program_that_is_missing_is_no_failure(monkeypatch, tmp_path: Path) -> None:
    """What only the tests use may be missing."""
    monkeypatch.setenv("PATH", str(tmp_path))
    programs = [one for one in examine(tmp_path) if one.name == "chromium"]
    assert (programs[0].works, programs[0].needed) == (False, False)


def test_what_coding_by_hand_needs_is_looked_for(tmp_path: Path) -> None:
    """The widget's library is named, and nothing else fails without it."""
    (found,) = (one for one in examine(tmp_path) if one.name == "anywidget")
    assert "coding by hand" in found.found
    assert not found.needed
