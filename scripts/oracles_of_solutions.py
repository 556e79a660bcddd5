"""Reference cases on truth tables and their solutions, for `check_oracles`.

A function takes the dataset of a case (`columns`: memberships by set, `case_names`) and its
parameters. `CANONICAL` brings results into one order and spelling, as models, their terms and
blocks have none of their own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
from scripts.oracles_of_expressions import (
    between,
    joined,
    listed,
    outcome_of,
    refuse_tests,
    with_stars,
)
from scripts.oracles_of_units import NotCovered, known

from tertium.comparison.sets.expressions.expression import parse
from tertium.comparison.sets.fit.parameters import Sufficiency
from tertium.comparison.sets.memberships import Memberships
from tertium.comparison.sets.minimisation.implicants import Implicant
from tertium.comparison.sets.solutions.assumptions import negated_table, rows_of
from tertium.comparison.sets.solutions.models import Minimised, Model
from tertium.comparison.sets.solutions.outcome import outcome_set
from tertium.comparison.sets.solutions.solution import Solution
from tertium.comparison.sets.solutions.solve import solve
from tertium.comparison.sets.solutions.truth import TruthRow, TruthRows, truth_rows
from tertium.errors import TertiumError, UnknownNameError

Dataset = Mapping[str, Any]
Params = Mapping[str, Any]
Statistic = Callable[[Dataset, Params], Any]

# The program that gave the numbers sets fits below 1e-4 to 0 (notes of the file).
NOTHING = 1.1e-4
OF_TABLES = (
    *("outcome", "conditions", "incl_cut", "n_cut", "pri_cut", "incl_cut_contradiction"),
    *("neg_out", "exclude", "inf_test"),
)
EXCLUDED = ("exclude_rows", "omit", "exclude")
# Options that change what is printed, or how long it takes, and not what is found.
IGNORED = (
    *("call", "dataset", "details", "show_cases", "dcc", "complete", "sort_by", "use_labels"),
    *("use_letters", "method", "max_comb", "keep_trying", "relation"),
)


def memberships_of(dataset: Dataset) -> Memberships:
    """Return the data of a case; every set between 0 and 1 with fractions is fuzzy."""
    columns = dataset.get("columns") or dataset.get("values")
    frame = pd.DataFrame(columns, dtype=float)
    names = dataset.get("case_names") or [str(number) for number in range(1, len(frame) + 1)]
    frame.index = [str(name) for name in names]
    return Memberships.of(frame)


def table_of(sets: Memberships, params: Params) -> TruthRows:
    """Return the truth table that the parameters ask for."""
    refuse_tests(params)
    if str(params.get("relation") or "sufficiency") != "sufficiency":
        raise NotCovered(f"relation={params['relation']}")
    outcome = outcome_of(params["outcome"], params)
    name = outcome_set(outcome)
    conditions = between(listed(params.get("conditions")), sets.sets)
    conditions = conditions or [one for one in sets.sets if one != name]
    cuts = params.get("incl_cut", 1)
    high, low = cuts if isinstance(cuts, list) and len(cuts) == 2 else (cuts, None)
    if isinstance(high, list):
        high = high[0]
    second = params.get("incl_cut_contradiction")
    low = low if second is None else second
    if low is not None and low > high:
        # There is nothing between the two.
        low = None
    return truth_rows(
        sets,
        outcome,
        conditions,
        consistency=high,
        pri=params.get("pri_cut") or 0,
        cases=params.get("n_cut") or 1,
        contradiction=low,
        in_between="leave_out",
    )


def excluded(truth: TruthRows, params: Params) -> list[int]:
    """Return the numbers of excluded rows; those beyond the table are none."""
    given = [params.get(name) for name in EXCLUDED]
    rows: list[int] = []
    for each in given:
        listed_rows = each if isinstance(each, list) else [each] if each else []
        if any(isinstance(one, str) and not one.strip().isdigit() for one in listed_rows):
            raise NotCovered("rows to exclude by an expression")
        rows += [int(one) for one in listed_rows]
    return sorted({row for row in rows if 1 <= row <= truth.combinations})


def row_of(row: TruthRow, out: str = "") -> dict[str, Any]:
    """Return a row as the cases write it, perhaps with another out."""
    return {
        "row": row.number,
        "values": list(row.values),
        "out": out or row.out,
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
        params, *OF_TABLES, *IGNORED, "solution", "include", "explain", "dir_exp",
        "exclude_rows", "omit", "all_sol", "row_dom",
    )  # fmt: skip
    try:
        sets = memberships_of(dataset)
        truth = table_of(sets, params)
    except TertiumError as error:
        return {"error": str(error)}
    table = table_told(truth, excluded(truth, params))
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


def table_told(truth: TruthRows, out: Sequence[int]) -> dict[str, Any]:
    """Return a truth table as the program prints it: excluded rows have no outcome there.

    Those that nobody has, it lists too, with no case; `same_solution` leaves them out.
    """
    shown = [*truth.rows, *(row for row in truth.below_n_cut if row.number in out)]
    shown.sort(key=lambda row: row.number)
    unseen = set(out) - {row.number for row in shown}
    return {
        "levels": list(truth.levels),
        "truth_table": [row_of(row, "0" if row.number in out else "") for row in shown],
        "n_remainders": truth.combinations - len(shown) - len(unseen),
    }


def solved(truth: TruthRows, sets: Memberships, params: Params) -> Solution:
    """Return the solution that the parameters ask for."""
    include = outs_of(params.get("include"))
    expected = params.get("dir_exp") or {}
    if not isinstance(expected, Mapping):
        expected = read_expectations(expected, truth)
    elif expected.get("raw") and not (expected.get("expectations") or expected.get("conjunctural")):
        expected = read_expectations(expected["raw"], truth)
    usual = "intermediate" if expected else "parsimonious" if "?" in include else "conservative"
    kind = params.get("solution") or usual
    options: dict[str, Any] = {}
    if kind == "intermediate":
        options["expectations"] = {
            name: values
            for name, values in (expected.get("expectations") or {}).items()
            if values not in (None, [])
        }
        options["conjunctural"] = [conjunction(one) for one in expected.get("conjunctural") or ()]
        options["last_only"] = True
    return solve(
        truth,
        sets,
        solution=kind,
        include=[one for one in include if one != "?" or kind == "conservative"],
        explain=outs_of(params.get("explain")) or ["1"],
        exclude=excluded(truth, params),
        every=bool(params.get("all_sol")),
        row_dominance=bool(params.get("row_dom")),
        most=100_000,
        most_blocks=100_000,
        **options,
    )


def outs_of(given: Any) -> list[str]:
    """Return outs of rows given in a list, or as one text with commas."""
    parts = [given] if isinstance(given, str | int) else given or []
    return [one.strip() for part in parts for one in str(part).split(",") if one.strip()]


def read_expectations(given: Any, truth: TruthRows) -> dict[str, Any]:
    """Return expectations from text: 1,-,0 by place, or names and conjunctions of them."""
    parts = [given] if isinstance(given, str) else list(given)
    words = [word.strip() for part in parts for word in re.split(r",(?![^\[]*\])", str(part))]
    if all(re.fullmatch(r"-|\d+", word) for word in words):
        if len(words) != len(truth.conditions):
            raise NotCovered("another number of expectations than conditions")
        pairs = zip(truth.conditions, words, strict=True)
        return {"expectations": {name: [int(word)] for name, word in pairs if word != "-"}}
    levels = dict(zip(truth.conditions, truth.levels, strict=True))
    alone: dict[str, list[int]] = {}
    several: list[str] = []
    for text in (part for word in words for part in word.split("+")):
        try:
            terms = parse(with_stars(text, truth.conditions), sets=truth.conditions, levels=levels)
        except TertiumError as error:
            raise NotCovered(f"dir_exp={text}") from error
        for term in terms.terms:
            if len(term) > 1:
                several.append(term.text(levels))
            else:
                for name, values in term.items():
                    alone[name] = sorted({*alone.get(name, []), *values})
    return {"expectations": alone, "conjunctural": several}


def conjunction(values: Any) -> str:
    """Return values by condition as a text; a list of literals or a text may be given too."""
    if isinstance(values, str):
        return values
    if isinstance(values, list):
        return "*".join(map(str, values))
    return "*".join(
        f"{name}[{','.join(map(str, held if isinstance(held, list) else [held]))}]"
        for name, held in values.items()
    )


def find_rows(dataset: Dataset, params: Params) -> dict[str, Any]:
    """Return rows that an analysis may want to exclude."""
    known(params, *OF_TABLES, *IGNORED, "expression", "type", "observed", "remainders")
    if params.get("exclude"):
        raise NotCovered("exclude")
    kinds = params.get("type", 1)
    kinds = [int(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])]
    expression = joined(params.get("expression") or "") or None
    observed = params.get("observed")
    if observed is None:
        observed = not params.get("remainders", True)
    try:
        sets = memberships_of(dataset)
        truth = table_of(sets, params)
        refuse_rows(truth, sets, kinds, expression)
        rows = rows_of(truth, sets, kinds=kinds, expression=expression, observed=bool(observed))
    except TertiumError as error:
        return {"error": str(error)}
    return {"result": list(rows)}


def refuse_rows(
    truth: TruthRows, sets: Memberships, kinds: Sequence[int], expression: str | None
) -> None:
    """Refuse what the program stops at and the library answers: it minimises both tables."""
    if 0 in kinds and not expression:
        raise UnknownNameError("type 0 needs an expression")
    if {0, 2} & set(kinds) and not (truth.of("1") and negated_table(truth, sets).of("1")):
        raise UnknownNameError("one of the tables has no row to explain")


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


def same_solution(value: Any, params: Params | None = None) -> Any:
    """Return a result of `minimize` in one order and spelling.

    Where rows are excluded, the remainders are counted from the rows that cases show: programs
    differ in whether an excluded combination without a case is one.
    """
    if not isinstance(value, Mapping) or "truth_table" not in value:
        return {"error": True} if isinstance(value, Mapping) else value
    # Excluded rows without a case are listed by one program and not by the other.
    table = [row for row in value["truth_table"] if row["n"] != 0]
    table.sort(key=lambda row: row["row"])
    whole = {
        "levels": value["levels"],
        "truth_table": [{**row, "cases": sorted(row["cases"])} for row in table],
        "n_remainders": value["n_remainders"],
    }
    if any((params or {}).get(name) for name in EXCLUDED):
        whole["n_remainders"] = math.prod(value["levels"]) - len(table)
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
CANONICAL_BY_PARAMS: dict[str, Callable[[Any, Params], Any]] = {"qca.minimize": same_solution}
TOLERANCES: dict[str, float] = {}
