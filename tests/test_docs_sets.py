"""The page on sets runs as it is written."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

import tertium
from tertium.start.skeleton import write_skeleton
from tertium.study import open_study
from tertium.study_check import check_study

_TABLE = {"plan": "table", "consistency": 0.8, "pri": 0, "cases": 1, "exclude": "none"}


@pytest.fixture(scope="module")
def page() -> str:
    return (Path(__file__).resolve().parent.parent / "docs" / "sets.md").read_text(encoding="utf-8")


def _blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def run(page: str) -> dict[str, Any]:
    """What the names of the page mean once all its code has run in order."""
    values: dict[str, Any] = {}
    for block in _blocks(page, "python"):
        exec(compile(block, "docs/sets.md", "exec"), values)
    return values


@pytest.mark.slow
def test_every_block_of_code_runs(run: dict[str, Any]) -> None:
    """The blocks run one after another on the shipped study, and give what the page says."""
    assert list(run["solutions"].frame["solution"].unique()) == [
        "conservative",
        "intermediate",
        "parsimonious",
    ]
    assert run["shortest"].text(run["shortest"].models[0]) == "DEV"
    assert run["nearest"].index.tolist()[:2] == ["c", "b"]


@pytest.mark.slow
def test_every_call_within_a_sentence_runs(page: str, run: dict[str, Any]) -> None:
    """What stands in a sentence as a call can be copied as well."""
    calls = [each for each in re.findall(r"`([^`\n]+)`", page) if each.startswith("tertium.")]
    calls = [each for each in calls if isinstance(ast.parse(each).body[0], ast.Expr)]
    assert len(calls) >= 2
    for call in calls:
        if "(" in call:
            eval(call, dict(run))


def test_functions_of_the_page_are_public(page: str) -> None:
    """Each function of the table of questions can be called."""
    rows = re.findall(r"^\| [^|]+\? \| ([^|]+) \| [^|]+ \|$", page, re.MULTILINE)
    assert len(rows) >= 12
    names = {name for row in rows for name in re.findall(r"`([a-z_]+)(?:\(|`)", row)}
    assert {"truth_table", "solution", "set_agreement"} <= names
    assert [name for name in sorted(names) if not callable(getattr(tertium, name, None))] == []


def test_links_within_the_page_lead_to_headings(page: str) -> None:
    """A link to a place of the page has its heading."""
    headings = {
        re.sub(r"[^a-z0-9 -]", "", each.lower()).replace(" ", "-")
        for each in re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    }
    links = set(re.findall(r"\]\(#([^)]+)\)", page))
    assert links
    assert links <= headings


def test_a_calibrated_table_becomes_a_study(page: str, tmp_path: Path) -> None:
    """The plan and the lines that the page shows pass the check and give a solution."""
    folder = tmp_path / "my-study"
    write_skeleton(folder)
    data = folder / "data"
    cases = "AU,Austria,episode,AT,,,,\nBE,Belgium,episode,BE,,,,\n"
    head = (data / "cases" / "cases.csv").read_text(encoding="utf-8").splitlines()[0]
    (data / "cases" / "cases.csv").write_text(f"{head}\n{cases}", encoding="utf-8")
    told = "case_id,source_id,start,end\nAU,example-centre,,\nBE,example-federation,,\n"
    (data / "cases" / "sources.csv").write_text(told, encoding="utf-8")
    facts = (data / "cases" / "facts.csv").read_text(encoding="utf-8").splitlines()[0]
    (data / "cases" / "facts.csv").write_text(f"{facts}\n", encoding="utf-8")
    (data / "sets").mkdir()
    (data / "sets" / "table.yml").write_text(_blocks(page, "yaml")[0], encoding="utf-8")
    (data / "sets" / "table.csv").write_text(_blocks(page, "csv")[0], encoding="utf-8")
    study = data / "studies" / "my-study.yml"
    text = study.read_text(encoding="utf-8")
    study.write_text(f"{text}\nset_plans: [data/sets/table.yml]\n", encoding="utf-8")
    opened = open_study(study)
    assert check_study(opened) == []
    degrees = tertium.memberships(opened.tables, plan="table", show="memberships").frame
    assert degrees["DEV"].tolist() == [0.81, 0.99]
    found = tertium.minimise(opened.tables, **_TABLE).frame
    assert set(found["solution"]) == {"conservative", "intermediate", "parsimonious"}


def test_published_solutions_need_no_bar(page: str, shared: Path) -> None:
    """What the page says of Lipset's countries comes out of the reference data."""
    import json

    import pandas as pd

    from tertium.comparison.sets.memberships import Memberships
    from tertium.comparison.sets.solutions.assumptions import contradictory
    from tertium.comparison.sets.solutions.solve import solve
    from tertium.comparison.sets.solutions.truth import truth_rows

    cases = json.loads((shared / "oracles" / "qca_minimize.json").read_text(encoding="utf-8"))
    assert "`DEV*~IND + URB*STB`; our default gives `DEV*URB*STB + DEV*~IND*STB`" in page
    data = cases["datasets"]["LF"]
    sets = Memberships.of(pd.DataFrame(data["columns"], index=data["case_names"]))
    truth = truth_rows(sets, "SURV", ["DEV", "URB", "LIT", "IND", "STB"], consistency=0.8)
    free = solve(truth, sets, solution="parsimonious")
    assert [free.text(model) for model in free.models] == ["DEV*~IND + URB*STB"]
    # Our default, by the same steps: what both formulas assume is barred until there is none.
    absence = truth_rows(sets, "~SURV", ["DEV", "URB", "LIT", "IND", "STB"], consistency=0.8)
    rows: tuple[int, ...] = ()
    both = contradictory(free, solve(absence, sets, solution="parsimonious"))
    while both.count:
        rows = tuple(sorted({*rows, *both.rows}))
        one, other = (
            solve(each, sets, solution="parsimonious", exclude=rows) for each in (truth, absence)
        )
        both = contradictory(one, other)
    assert [one.text(model) for model in one.models] == ["DEV*URB*STB + DEV*~IND*STB"]
