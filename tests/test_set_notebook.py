"""Notebook 09 says what its results say, also with other values of its parameters."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = "09-set-analysis.ipynb"
# Stability computes everything some sixty times; its sentences are of the same results.
_LEFT_OUT = ("tertium.stability(", "tertium.holds_in_words(")


def _run(notebook: Path, **values: Any) -> tuple[dict[str, Any], list[str]]:
    """The names of the notebook after a run with these values, and its sentences."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    names: dict[str, Any] = {}
    sentences = []
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] != "code" or any(each in source for each in _LEFT_OUT):
            continue
        tree = ast.parse(source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, NOTEBOOK, "exec"), names)
        if "parameters" in cell["metadata"].get("tags", ()):
            names.update(values)
        if last is not None:
            shown = eval(compile(ast.Expression(last.value), NOTEBOOK, "eval"), names)
            if shown is not None and "prose" in cell["metadata"].get("tags", ()):
                sentences.append(str(shown))
    return names, sentences


@pytest.fixture(scope="module")
def notebook(repository: Path) -> Path:
    return repository / "notebooks" / NOTEBOOK


@pytest.mark.slow
def test_findings_of_the_shipped_study(
    notebook: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The three yes or no findings hold as they stand, and remarks on single cases are there."""
    monkeypatch.chdir(repository / "notebooks")
    names, sentences = _run(notebook)
    assert names["shipped"]
    assert [each.value for each in names["findings"]][:3] == [True, True, True]
    assert any("signed an agreement" in each for each in sentences)


@pytest.mark.slow
def test_other_values_change_findings_and_silence_remarks(
    notebook: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a low share something is necessary; of another outcome no case is remarked upon."""
    monkeypatch.chdir(repository / "notebooks")
    names, sentences = _run(
        notebook,
        outcome="UNION",
        otherwise="~UNION",
        conditions=["STRIKE", "NGO", "FORUM"],
        drawn="STRIKE*NGO",
        expectation="STRIKE",
        necessary=0.3,
        readers=[],
    )
    assert not names["shipped"]
    assert names["findings"][1].value is False
    words = ("concession", "fair or", "jewellery")
    assert [each for each in sentences if any(word in each for word in words)] == []
    assert names["findings"][0].name == "Every case in STRIKE*NGO has the outcome"


def test_every_wide_table_lies_on_turned_pages(notebook: Path) -> None:
    """All tables of the notebook are landscape, so that they can share pages."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    calls = [
        call
        for cell in cells
        if cell["cell_type"] == "code"
        for call in ast.walk(ast.parse("".join(cell["source"])))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "tertium.table"
    ]
    assert len(calls) >= 15
    for call in calls:
        assert "landscape" in {each.arg for each in call.keywords}
