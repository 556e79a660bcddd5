"""Fuzzy sets: Ragin (2009), QCA using fuzzy sets, in Configurational Comparative Methods.

Democracies between the wars, with memberships from 0 to 1; consistency from .8 on.
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tertium.comparison.sets.expressions.expression import implicant_text
from tertium.comparison.sets.memberships import Memberships
from tertium.comparison.sets.solutions.solution import Solution
from tertium.comparison.sets.solutions.solve import Kind, solve
from tertium.comparison.sets.solutions.truth import truth_rows

CONDITIONS = ("DEV", "URB", "LIT", "IND", "STB")


def solved(shared: Path, solution: Kind) -> Solution:
    path = shared / "oracles" / "qca_minimize.json"
    data = json.loads(path.read_text(encoding="utf-8"))["datasets"]["LF"]
    sets = Memberships.of(pd.DataFrame(data["columns"], index=data["case_names"]))
    truth = truth_rows(sets, "SURV", CONDITIONS, consistency=0.8)
    present = dict.fromkeys(CONDITIONS, 1) if solution == "intermediate" else None
    return solve(truth, sets, solution=solution, expectations=present)


@pytest.mark.parametrize(
    ("solution", "formula"),
    [
        ("conservative", {"DEV*URB*LIT*IND*STB", "DEV*~URB*LIT*~IND*STB"}),
        ("parsimonious", {"DEV*~IND", "URB*STB"}),
        ("intermediate", {"DEV*URB*LIT*STB", "DEV*LIT*~IND*STB"}),
    ],
)
def test_formulas_of_survival(shared: Path, solution: Kind, formula: set[str]) -> None:
    """Pages 111 to 115: the three solutions of one table, each with a single model."""
    found = solved(shared, solution)
    levels = dict.fromkeys(CONDITIONS, 2)
    written = [{implicant_text(term, CONDITIONS, levels) for term in one} for one in found.models]
    assert written == [formula]


def test_solutions_lie_inside_each_other(shared: Path) -> None:
    """What the conservative solution holds, the intermediate and the parsimonious ones hold."""
    members = [
        found.membership(found.models[0])
        for found in (solved(shared, one) for one in ("conservative", "intermediate"))
    ]
    least = solved(shared, "parsimonious")
    members.append(least.membership(least.models[0]))
    assert (members[0] <= members[1]).all()
    assert (members[1] <= members[2]).all()
