"""Reference cases on truth tables and their solutions, for `check_oracles`.

A function takes the dataset of a case (`columns`: memberships by set, `case_names`) and its
parameters. `CANONICAL` brings results into one order and spelling, as models, their terms and
blocks have none of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
from scripts.oracles_of_units import known

from tertium.comparison.sets.expressions.expression import parse
from tertium.comparison.sets.fit.parameters import Sufficiency
from tertium.comparison.sets.memberships import Memberships
from tertium.comparison.sets.minimisation.implicants import Implicant
from tertium.comparison.sets.solutions.assumptions import rows_of
from tertium.comparison.sets.solutions.models import Minimised, Model
from tertium.comparison.sets.solutions.solution import Solution
from tertium.comparison.sets.solutions.solve import solve
from tertium.comparison.sets.solutions.truth import TruthRow, TruthRows, truth_rows
from tertium.errors import TertiumError

Dataset = Mapping[str, Any]
Params = Mapping[str, Any]
Statistic = Callable[[Dataset, Params], Any]

# The program that gave the numbers sets fits below 1e-4 to 0 (notes of the file).
NOTHING = 1.1e-4
OF_TABLES = ("outcome", "conditions", "incl_cut", "n_cut", "pri_cut", "incl_cut_contradiction")


def memberships_of(dataset: Dataset) -> Memberships:
    """Return the data of a case; every set between 0 and 1 with fractions is fuzzy."""
    columns = dataset.get("columns") or dataset.get("values")
    frame = pd.DataFrame(columns, dtype=float)
    names = dataset.get("case_names") or [str(number) for number in range(1, len(frame) + 1)]
    frame.index = [str(name) for name in names]
    return Memberships.of(frame)


def table_of(sets: Memberships, params: Params) -> TruthRows:
    """Return the truth table that the parameters ask for."""
    outcome = params["outcome"]
    name = outcome.strip("~ ").split("[")[0]
    conditions = params.get("conditions") or [one for one in sets.sets if one != name]
    cuts = params.get("incl_cut", 1)
    high, low = cuts if isinstance(cuts, list) and len(cuts) == 2 else (cuts, None)
    if isinstance(high, list):
        high = high[0]
    second = params.get("incl_cut_contradiction")
    return truth_rows(
        sets,
        outcome,
        conditions,
        consistency=high,
        pri=params.get("pri_cut") or 0,
        cases=params.get("n_cut") or 1,
        contradiction=low if second is None else second,
        in_between="leave_out",
    )


def row_of(row: TruthRow) -> dict[str, Any]:
    """Return a row as the cases write it."""
    return {
        "row": row.number,
        "values": list(row.values),
        "out": row.out,
        "n": row.n,
        "incl": row.consistency,
        "pri": row.pri,
        "cases": list(row.cases),
    }


def text_of(term: Implicant, truth: TruthRows) -> str:
    """Return a term as written; with a multi-value set in the table, all have brackets."""
    several = max(truth.levels) > 2
    literals = [
        f"{name}[{value}]" if several else name if value else f"~{name}"
        for name, value in zip(truth.conditions, term, strict=True)
        if value is not None
    ]
    return "*".join(literals)


def fit_of(solution: Solution, model: Model) -> dict[str, Any]:
    """Return the fit of a model as the cases write it."""
    fit = solution.fit(model)

    def numbers(part: Sufficiency) -> dict[str, Any]:
        return {"inclS": part.consistency, "PRI": part.pri, "covS": part.coverage}

    terms = [
        {"term": text_of(term, solution.truth), **numbers(part), "covU": part.unique_coverage}
        for term, part in zip(model, fit.terms, strict=True)
    ]
    return {"terms": terms, "solution": numbers(fit.whole)}


def texts(model: Model, truth: TruthRows) -> list[str]:
    """Return a model's terms as written."""
    return [text_of(term, truth) for term in model]


def models_of(solution: Solution, found: Minimised) -> dict[str, Any]:
    """Return models, what stands in all of them, and their fits."""
    truth = solution.truth
    return {
        "models": [texts(model, truth) for model in found.models],
        "essential": texts(found.essential, truth),
        "fit": [fit_of(solution, model) for model in found.models],
    }


def minimize(dataset: Dataset, params: Params) -> dict[str, Any]:
    """Return truth table and solution."""
    known(
        params, *OF_TABLES, "dataset", "call", "solution", "include", "explain", "dir_exp",
        "exclude_rows", "all_sol", "row_dom",
    )  # fmt: skip
    try:
        sets = memberships_of(dataset)
        truth = table_of(sets, params)
    except TertiumError as error:
        return {"error": str(error)}
    table = {
        "levels": list(truth.levels),
        "truth_table": [row_of(row) for row in truth.rows],
        "n_remainders": truth.remainders,
    }
    try:
        solution = solved(truth, sets, params)
    except TertiumError as error:
        return {**table, "minimize_error": str(error)}
    implicants = [
        {"expr": text_of(term, truth), "literals": list(term), "covers": list(rows)}
        for term, rows in zip(solution.found.prime_implicants, solution.found.chart, strict=True)
    ]
    found = {
        **table,
        "prime_implicants": implicants,
        **models_of(solution, solution.found),
        "simplifying_assumptions": [
            list(solution.assumptions(model).rows) for model in solution.found.models
        ],
    }
    if solution.kind == "intermediate":
        found["intermediate"] = [
            {
                "c_sol": texts(block.conservative, truth),
                "p_sol": texts(block.parsimonious, truth),
                "easy": list(block.easy.rows),
                "difficult": list(block.difficult.rows),
                "prime_implicants": texts(block.found.prime_implicants, truth),
                **models_of(solution, block.found),
            }
            for block in solution.blocks
        ]
    return found


def solved(truth: TruthRows, sets: Memberships, params: Params) -> Solution:
    """Return the solution that the parameters ask for."""
    include = params.get("include") or []
    include = [one for one in ([include] if isinstance(include, str) else include) if one]
    explain = params.get("explain") or ["1"]
    expected = params.get("dir_exp") or {}
    usual = "intermediate" if expected else "parsimonious" if "?" in include else "conservative"
    kind = params.get("solution") or usual
    options: dict[str, Any] = {}
    if kind == "intermediate":
        options["expectations"] = {
            name: values
            for name, values in (expected.get("expectations") or {}).items()
            if values not in (None, [])
        }
        options["conjunctural"] = [
            one if isinstance(one, str) else conjunction(one)
            for one in expected.get("conjunctural") or ()
        ]
    return solve(
        truth,
        sets,
        solution=kind,
        include=[one for one in include if one != "?" or kind == "conservative"],
        explain=[str(one) for one in ([explain] if isinstance(explain, str) else explain)],
        exclude=[int(one) for one in params.get("exclude_rows") or []],
        every=bool(params.get("all_sol")),
        row_dominance=bool(params.get("row_dom")),
        most=100_000,
        most_blocks=100_000,
        **options,
    )


def conjunction(values: Mapping[str, Any]) -> str:
    """Return values by condition as a text."""
    return "*".join(
        f"{name}[{','.join(map(str, held if isinstance(held, list) else [held]))}]"
        for name, held in values.items()
    )


def find_rows(dataset: Dataset, params: Params) -> dict[str, Any]:
    """Return rows that an analysis may want to exclude."""
    known(params, *OF_TABLES, "dataset", "call", "expression", "type", "observed")
    kinds = params.get("type", 1)
    try:
        sets = memberships_of(dataset)
        rows = rows_of(
            table_of(sets, params),
            sets,
            kinds=kinds if isinstance(kinds, list) else [kinds],
            expression=params.get("expression") or None,
            observed=bool(params.get("observed", False)),
        )
    except TertiumError as error:
        return {"error": str(error)}
    return {"result": list(rows)}


def same_text(text: str) -> str:
    """Return a term with its literals in one order and one spelling."""
    literals = []
    for name, values in parse(text).terms[0].items():
        literals.append(f"{name}[{','.join(map(str, sorted(values)))}]")
    return "*".join(sorted(literals))


def same_model(model: list[str]) -> list[str]:
    """Return a model with its terms in one order."""
    return sorted(same_text(term) for term in model)


def same_number(value: Any) -> Any:
    """Return 0 for what one program sets to 0."""
    return 0 if isinstance(value, int | float) and abs(value) < NOTHING else value


def same_fit(fit: Mapping[str, Any]) -> dict[str, Any]:
    """Return a fit with its terms in one order."""
    terms = [
        {
            key: same_text(value) if key == "term" else same_number(value)
            for key, value in one.items()
        }
        for one in fit["terms"]
    ]
    whole = {key: same_number(value) for key, value in fit["solution"].items()}
    return {"terms": sorted(terms, key=lambda one: one["term"]), "solution": whole}


def same_models(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return models by their text, each with its fit and its assumptions."""
    found: dict[str, Any] = {}
    for at, model in enumerate(value["models"]):
        held: dict[str, Any] = {"fit": same_fit(value["fit"][at])}
        if "simplifying_assumptions" in value:
            held["assumptions"] = sorted(value["simplifying_assumptions"][at])
        found[" + ".join(same_model(model))] = held
    return found


def same_solution(value: Any) -> Any:
    """Return a result of `minimize` in one order and spelling."""
    if not isinstance(value, Mapping) or "truth_table" not in value:
        return {"error": True} if isinstance(value, Mapping) else value
    table = sorted(value["truth_table"], key=lambda row: row["row"])
    whole = {
        "levels": value["levels"],
        "truth_table": [{**row, "cases": sorted(row["cases"])} for row in table],
        "n_remainders": value["n_remainders"],
    }
    if "models" not in value:
        return {**whole, "minimize_error": True}
    implicants = {
        same_text(one["expr"]): {"literals": one["literals"], "covers": sorted(one["covers"])}
        for one in value["prime_implicants"]
    }
    whole |= {
        "prime_implicants": implicants,
        "n_prime_implicants": len(implicants),
        "models": same_models(value),
        "n_models": len(value["models"]),
        "essential": same_model(value["essential"]),
    }
    if "intermediate" in value:
        blocks = {
            f"{same_model(one['c_sol'])} {same_model(one['p_sol'])}": {
                "easy": sorted(one["easy"]),
                "difficult": sorted(one["difficult"]),
                "prime_implicants": same_model(one["prime_implicants"]),
                "models": same_models(one),
                "n_models": len(one["models"]),
                "essential": same_model(one["essential"]),
            }
            for one in value["intermediate"]
        }
        whole |= {"intermediate": blocks, "n_blocks": len(blocks)}
    return whole


def same_rows(value: Any) -> Any:
    """Return numbers of rows sorted, and what was refused without its reason."""
    if not isinstance(value, Mapping) or "error" in value:
        return {"error": True} if isinstance(value, Mapping) else value
    rows = value.get("result") or []
    return {"result": sorted(rows if isinstance(rows, list) else [rows])}


STATISTICS: dict[str, Statistic] = {"qca.minimize": minimize, "qca.findRows": find_rows}
CANONICAL: dict[str, Callable[[Any], Any]] = {
    "qca.minimize": same_solution,
    "qca.findRows": same_rows,
}
TOLERANCES: dict[str, float] = {}
