"""Multi-value sets: Cronqvist and Berg-Schlosser (2009), in Configurational Comparative Methods.

Democracies between the wars, with development at three values (data of page 80); the formulas
are those of the reference cases that name this chapter.
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from tertium.comparison.sets.expressions.expression import implicant_text
from tertium.comparison.sets.memberships import Memberships
from tertium.comparison.sets.solutions.solve import Kind, solve
from tertium.comparison.sets.solutions.truth import truth_rows

CONDITIONS = ("DEV", "URB", "LIT", "IND", "STB")


def formulas(shared: Path, solution: Kind) -> list[set[str]]:
    path = shared / "oracles" / "qca_minimize.json"
    data = json.loads(path.read_text(encoding="utf-8"))["datasets"]["LM"]
    sets = Memberships.of(pd.DataFrame(data["columns"], index=data["case_names"]))
    truth = truth_rows(sets, "SURV", CONDITIONS, consistency=1)
    found = solve(truth, sets, solution=solution)
    return [
        {implicant_text(term, CONDITIONS, sets.levels) for term in model} for model in found.models
    ]


def test_conservative_formula_of_survival(shared: Path) -> None:
    """Without remainders three ways are left, which differ in development."""
    assert formulas(shared, "conservative") == [
        {
            "DEV[2]*LIT*IND*STB",
            "DEV[1]*~URB*LIT*~IND*STB",
            "DEV[1]*URB*LIT*IND*STB",
        }
    ]


def test_parsimonious_formulas_of_survival(shared: Path) -> None:
    """Three models explain the same rows with two terms each: the data do not choose."""
    found = formulas(shared, "parsimonious")
    assert len(found) == 3
    for model in (
        {"DEV[2]", "DEV[1]*STB"},
        {"DEV[1]*~IND", "IND*STB"},
        {"DEV[1]*STB", "IND*STB"},
    ):
        assert model in found
