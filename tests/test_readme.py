"""What the README and the docs promise is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import tertium
from tertium.coding.check import check_scheme
from tertium.schemes.read import read_scheme


def test_picture_is_the_one_in_the_notebook(repository: Path) -> None:
    """The README's figure is current."""
    script = repository / "scripts" / "refresh_readme_figure.py"
    assert subprocess.run([sys.executable, script, "--check"], check=False).returncode == 0


def test_functions_and_notebooks_of_the_table_exist(repository: Path) -> None:
    """Each row of question, notebook, function names things that are there."""
    readme = (repository / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| [^|]+\? \| `([^`]+)` \| (.+) \|$", readme, re.MULTILINE)
    assert len(rows) == 11
    for notebook, functions in rows:
        assert (repository / "notebooks" / f"{notebook}.ipynb").is_file()
        for function in re.findall(r"`([^`]+)`", functions):
            assert callable(getattr(tertium, function))


def test_links_lead_to_files(repository: Path) -> None:
    """Every relative link and picture of the README is there."""
    readme = (repository / "README.md").read_text(encoding="utf-8")
    targets = [link for link in re.findall(r"\]\(([^)]+)\)", readme) if "://" not in link]
    assert targets
    assert [link for link in targets if not (repository / link).exists()] == []


def test_verbs_of_the_readme_are_verbs(repository: Path) -> None:
    """Every `tertium VERB` in README and docs is a command."""
    from tertium.cli import cli

    pages = [repository / "README.md", repository / "REPRODUCING.md"]
    pages += sorted((repository / "docs").rglob("*.md"))
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    code = re.findall(r"^```\w*\n(.*?)^```|`([^`\n]+)`", text, re.DOTALL | re.MULTILINE)
    words = "\n".join(fenced or inline for fenced, inline in code)
    verbs = set(re.findall(r"(?:^|\\)tertium ([a-z]+)", words, re.MULTILINE))
    assert {"classify", "new", "report", "run"} <= verbs
    assert verbs <= set(cli.commands)


def test_scheme_of_the_docs_reads_and_passes_its_own_examples(
    repository: Path, tmp_path: Path
) -> None:
    """The page on schemes shows one that works."""
    page = (repository / "docs" / "schemes.md").read_text(encoding="utf-8")
    path = tmp_path / "bread.yml"
    path.write_text(re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)[0], encoding="utf-8")
    assert check_scheme(read_scheme(path)) == []


def test_make_targets_of_the_readme_exist(repository: Path) -> None:
    """Every `make TARGET` in README and REPRODUCING is a target."""
    makefile = (repository / "Makefile").read_text(encoding="utf-8")
    there = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for page in ("README.md", "REPRODUCING.md"):
        text = (repository / page).read_text(encoding="utf-8")
        assert set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)) <= there
