"""Crisp sets: Rihoux and De Meur (2009), Crisp-Set QCA, in Configurational Comparative Methods.

Democracies between the wars, after Lipset: which survived?
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


def formulas(shared: Path, outcome: str, solution: Kind) -> list[set[str]]:
    path = shared / "oracles" / "qca_minimize.json"
    data = json.loads(path.read_text(encoding="utf-8"))["datasets"]["LC"]
    sets = Memberships.of(pd.DataFrame(data["columns"], index=data["case_names"]))
    truth = truth_rows(sets, outcome, CONDITIONS, consistency=1)
    found = solve(truth, sets, solution=solution)
    return [
        {implicant_text(term, CONDITIONS, sets.levels) for term in model} for model in found.models
    ]


def test_conservative_formula_of_survival(shared: Path) -> None:
    """Page 57: two ways to survive, developed, literate and stable both, rural or industrial."""
    expected = [{"DEV*~URB*LIT*STB", "DEV*LIT*IND*STB"}]
    assert formulas(shared, "SURV", "conservative") == expected


def test_parsimonious_formula_of_survival(shared: Path) -> None:
    """With remainders, to be developed and stable is enough."""
    assert formulas(shared, "SURV", "parsimonious") == [{"DEV*STB"}]


def test_parsimonious_formula_of_breakdown(shared: Path) -> None:
    """The absence is the mirror image here: not developed, or not stable."""
    assert formulas(shared, "~SURV", "parsimonious") == [{"~DEV", "~STB"}]
