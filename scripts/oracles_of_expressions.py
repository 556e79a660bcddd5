"""Reference cases on expressions of sets and on fit, for `check_oracles`.

A function takes the dataset of a case (`columns`: one list a set; `case_names`) and its
parameters, under the names that other programs give them, and returns what the case expects.
`CANONICAL` brings an expected and a found result into one form before they are compared:
expressions as the combinations that belong to them and a number of literals, terms sorted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
from scripts.oracles_of_units import NotCovered, known

from tertium.comparison.sets.expressions.algebra import (
    corners,
    holds_in,
    intersect,
    negate,
    simplify,
)
from tertium.comparison.sets.expressions.expression import (
    Expression,
    membership,
    parse,
    term_membership,
)
from tertium.comparison.sets.expressions.factors import factor
from tertium.comparison.sets.fit.parameters import necessity, sufficiency_of_terms
from tertium.comparison.sets.fit.search import Found, necessary, sufficient
from tertium.comparison.sets.memberships import Memberships
from tertium.comparison.sets.solutions.outcome import negated_outcome

Dataset = Mapping[str, Any]
Params = Mapping[str, Any]

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
# Programs that print fit to few digits take what is below this for 0.
SMALL = 1.1e-4
# What programs print for an expression that holds never, or always.
ALIKE = ("", "0", "1")
NOTHING_SAID = "never or always"
# A word of so many letters is one name even where no star joins names.
WORD = 3


def listed(value: Any) -> list[str]:
    """Return names given as a list, or as one text with commas."""
    if isinstance(value, str):
        value = value.split(",")
    return [name.strip() for name in value or () if name.strip()]


# Options that change what is printed and not what is found.
IGNORED = ("call", "dataset", "details", "show_cases", "use_labels", "use_letters")


def joined(given: Any) -> str:
    """Return an expression given as a text or as a list of its terms."""
    return given if isinstance(given, str) else " + ".join(given)


def with_stars(text: str, names: Sequence[str] = ()) -> str:
    """Return an expression with a star wherever names or brackets follow each other without one."""
    text = text.replace("{", "[").replace("}", "]")
    splits = "*" not in text and "[" not in text
    if splits and not names:
        found = NAME.findall(text)
        joined = re.search(r"[A-Za-z0-9_)]\s*[~(]", text)
        splits = bool(joined) or not all(len(name) == 1 or len(name) >= WORD for name in found)
        names = sorted({letter for name in found for letter in name}) if splits else ()
    if splits and names:
        longest = sorted(names, key=len, reverse=True)
        pattern = re.compile("|".join(map(re.escape, longest)))
        text = NAME.sub(
            lambda match: match[0] if match[0] in names else "*".join(pattern.findall(match[0])),
            text,
        )
    return re.sub(r"(?<=[A-Za-z0-9_\])])\s*(?=[~(])|(?<=[\])])\s*(?=[A-Za-z])", "*", text)


def levels_of(text: str, params: Params) -> dict[str, int]:
    """Return how many values the sets have that the parameters name."""
    counts = params.get("noflevels")
    if counts is None:
        return {}
    counts = [counts] if isinstance(counts, int) else list(counts)
    named = listed(params.get("snames")) or sorted(set(NAME.findall(with_stars(text))))
    if len(named) != len(counts):
        raise NotCovered("noflevels for other sets than those named")
    return dict(zip(named, map(int, counts), strict=True))


def read(given: Any, params: Params) -> Expression:
    """Return an expression with the sets and numbers of values that the parameters name."""
    text = joined(given)
    starred = with_stars(text, listed(params.get("snames")))
    return parse(starred, levels=levels_of(text, params))


def texts(forms: Sequence[Any]) -> dict[str, list[str]]:
    """Return the texts of several forms; what never holds, or always, has none."""
    return {"result": [text for text in (form.text() for form in forms) if text not in ALIKE]}


def negated(dataset: Dataset, params: Params) -> Any:
    """Return every shortest negation, or the plain one."""
    known(params, "expression", "snames", "noflevels", "simplify", *IGNORED)
    found = negate(read(params["expression"], params))
    return texts(simplify(found) if params.get("simplify", True) else [found])


def simplified(dataset: Dataset, params: Params) -> Any:
    """Return every shortest form."""
    known(params, "expression", "snames", "noflevels", *IGNORED)
    return texts(simplify(read(params["expression"], params)))


def intersected(dataset: Dataset, params: Params) -> Any:
    """Return what expressions have in common, multiplied out and no shorter."""
    known(params, "expressions", "snames", "noflevels", *IGNORED)
    return texts([intersect(*(read(text, params) for text in params["expressions"]))])


def factorized(dataset: Dataset, params: Params) -> Any:
    """Return every way to factor; where there is none, the expression."""
    known(params, "expression", "snames", "noflevels", "pos", *IGNORED)
    expression = read(params["expression"], params)
    multiplied = bool(params.get("pos"))
    ways = factor(expression, products_of_sums=multiplied, shortest=not multiplied)
    return texts(ways or [expression])


def memberships(dataset: Dataset) -> Memberships:
    """Return the table of a dataset."""
    if "columns" not in dataset:
        raise NotCovered("no columns")
    frame = pd.DataFrame(dataset["columns"], dtype=float)
    return Memberships.of(frame.set_axis([str(name) for name in dataset["case_names"]]))


def fit(relation: str) -> Callable[[Dataset, Params], Any]:
    """Return the function that gives the fit of an expression's terms and of the whole."""

    def compute(dataset: Dataset, params: Params) -> Any:
        known(
            params, "expression", "outcome", "relation", "incl_cut", "neg_out", "inf_test", *IGNORED
        )
        refuse_tests(params)
        asked = str(params.get("relation") or relation)
        if not relation.startswith(asked[:3]):
            raise NotCovered(f"relation={asked}")
        table = memberships(dataset)
        allowed = {"sets": table.sets, "levels": table.levels}
        text, of_outcome = sides(joined(params["expression"]), params.get("outcome"), relation)
        expression = parse(with_stars(text, table.sets), **allowed)
        outcome = parse(with_stars(outcome_of(of_outcome, params), table.sets), **allowed)
        table, _ = table.complete([*expression.names, *outcome.names])
        y = membership(outcome, table)
        # What never holds has no term: nobody is in it.
        terms = [term_membership(term, table) for term in expression.terms] or [0 * y]
        rows = of_necessity(terms, y) if relation == "necessity" else of_sufficiency(terms, y)
        names = [term.text(table.levels) for term in expression.terms] or [expression.text()]
        names.append("expression")
        return {"terms": [{"term": name, **row} for name, row in zip(names, rows, strict=False)]}

    return compute


def sides(text: str, outcome: Any, relation: str) -> tuple[str, str]:
    """Return expression and outcome, also where one text has both: A*B => Y, A + B <= Y."""
    found = re.fullmatch(r"(.*?)\s*(<?[=-]>|<[=-]>?)\s*(.*)", text)
    if not found:
        if not outcome:
            raise NotCovered("no outcome")
        return text, str(outcome)
    arrow = "sufficiency" if found[2] in ("=>", "->") else "necessity"
    if arrow != relation or found[2] in ("<=>", "<->"):
        raise NotCovered(f"relation={found[2]}")
    return found[1], found[3]


def outcome_of(outcome: str, params: Params) -> str:
    """Return the outcome, or its absence where that is asked for or written as 1 - Y."""
    text = outcome.strip().replace("{", "[").replace("}", "]")
    less = re.fullmatch(r"1\s*-\s*(.+)", text)
    text = negated_outcome(less[1]) if less else text
    return negated_outcome(text) if params.get("neg_out") else text


def refuse_tests(params: Params) -> None:
    """Refuse tests of significance."""
    if params.get("inf_test"):
        raise NotCovered(f"inf_test={params['inf_test']}")


def of_necessity(terms: Sequence[Any], y: Any) -> list[dict[str, float | None]]:
    """Return the fit of each term, and of several together."""
    whole = [pd.DataFrame(terms).max().to_numpy()] if len(terms) > 1 else []
    fits = [necessity(x, y) for x in [*terms, *whole]]
    return [{"inclN": one.consistency, "RoN": one.relevance, "covN": one.coverage} for one in fits]


def of_sufficiency(terms: Sequence[Any], y: Any) -> list[dict[str, float | None]]:
    """Return the fit of each term, and of several together."""
    parts, whole = sufficiency_of_terms(terms, y)
    fits = [*parts, whole] if len(parts) > 1 else parts
    return [
        {
            "inclS": one.consistency,
            "PRI": one.pri,
            "covS": one.coverage,
            "covU": one.unique_coverage,
        }
        for one in fits
    ]


def searched(dataset: Dataset, params: Params) -> Any:
    """Return every combination that is necessary, or sufficient, by the cut-offs."""
    known(
        params,
        *("outcome", "conditions", "relation", "incl_cut", "ron_cut", "cov_cut", "pri_cut"),
        *("depth", "neg_out", "sort_by", "categorical", *IGNORED),
    )
    table = memberships(dataset)
    outcome = with_stars(outcome_of(params["outcome"], params), table.sets)
    relation = str(params.get("relation") or "necessity")
    conditions = between(listed(params.get("conditions")), table.sets) or [
        name for name in table.sets if name not in NAME.findall(outcome)
    ]
    cuts = {
        "consistency": float(params.get("incl_cut", 1)),
        "coverage": float(params.get("cov_cut") or 0),
        "depth": params.get("depth"),
    }
    if relation in ("necsuf", "sufnec"):
        cuts["coverage"] = cuts["consistency"]
    if relation.startswith("nec"):
        relevance = float(params.get("ron_cut") or 0)
        found = necessary(table, outcome, conditions, relevance=relevance, **cuts)
    else:
        pri = float(params.get("pri_cut") or 0)
        found = sufficient(table, outcome, conditions, pri=pri, **cuts)
    if not found:
        return {"error": "nothing reaches the cut-offs"}
    return {"terms": [row(one) for one in found]}


def between(names: Sequence[str], sets: Sequence[str]) -> list[str]:
    """Return names, those from A to C in the order of the sets where "A:C" is one of them."""
    found: list[str] = []
    for name in names:
        first, _, last = (part.strip() for part in name.partition(":"))
        if not last:
            found.append(name)
        elif first in sets and last in sets:
            found += sets[sets.index(first) : sets.index(last) + 1]
        else:
            raise NotCovered(f"conditions={name}")
    return found


def row(found: Found) -> dict[str, Any]:
    """Return one combination with its fit."""
    fit = vars(found.fit)
    names = {"consistency": "inclN", "relevance": "RoN", "coverage": "covN"}
    if "pri" in fit:
        names = {"consistency": "inclS", "pri": "PRI", "coverage": "covS"}
    return {
        "term": found.expression.text().replace(" ", ""),
        **{name: fit[key] for key, name in names.items()},
    }


def canonical_terms(value: Any) -> Any:
    """Return terms in an order of their own, spelled one way, numbers near 0 as 0."""
    if value is None or (isinstance(value, Mapping) and not value.get("terms")):
        # Nothing found is spelled in several ways.
        return {"error": "yes"}
    if not isinstance(value, Mapping):
        return value
    rows = [
        {key: rounded(held) for key, held in one.items() if key != "term"}
        | {"term": spelled(one["term"])}
        for one in value["terms"]
    ]
    return {**value, "terms": sorted(rows, key=lambda one: str(one["term"]))}


def rounded(value: Any) -> Any:
    """Return 0 for a number that some programs print as 0."""
    small = isinstance(value, float) and not math.isnan(value) and abs(value) < SMALL
    return 0.0 if small else value


def spelled(term: str) -> str:
    """Return a combination with its literals sorted, X[1] as X and X[0] as ~X."""
    text = term.replace(" ", "").replace("{", "[").replace("}", "]")
    text = re.sub(r"([A-Za-z]\w*)\[0\]", r"~\1", text).replace("[1]", "")
    return "+".join(sorted("*".join(sorted(one.split("*"))) for one in text.split("+")))


def canonical_expressions(value: Any, params: Params | None = None) -> Any:
    """Return expressions as the combinations that belong to them, with a number of literals.

    Where sets may have several values, each function is named once, and literals are not counted:
    one program writes A[0,1], another A[0] and A[1].
    """
    if value is None or (isinstance(value, Mapping) and ("error" in value or not value)):
        return {"result": [NOTHING_SAID]}
    if not isinstance(value, Mapping) or "result" not in value:
        return value
    listed_texts = flat(value["result"])
    asked = params or {}
    given = asked.get("expressions") or asked.get("expression") or ""
    text = joined(given)
    levels = levels_of(text, asked)
    several = max(levels.values(), default=2) > 2 or any(
        sign in one for one in (text, *listed_texts) for sign in "[{"
    )
    if several:
        levels = {**parse(with_stars(text)).levels, **levels} if text else levels
    names = listed(asked.get("snames"))
    found = [signature(one, names, levels, counted=not several) for one in listed_texts]
    return {**value, "result": sorted(set(found) if several else found) or [NOTHING_SAID]}


def flat(value: Any) -> list[str]:
    """Return all texts of a list of lists."""
    if isinstance(value, str):
        return [value]
    return [text for one in value or () for text in flat(one)]


def signature(
    text: str, sets: Sequence[str] = (), levels: Mapping[str, int] | None = None, *, counted: bool
) -> str:
    """Return what belongs to an expression, over the sets that matter, and how long it is."""
    if text.strip() in ALIKE:
        return NOTHING_SAID
    starred = with_stars(text, sets)
    expression = parse(starred, levels=levels)
    shortest = simplify(expression)[0]
    names = sorted(shortest.names)
    if not names:
        return NOTHING_SAID
    held = [
        "".join(map(str, corner))
        for corner in corners(names, shortest.levels)
        if any(holds_in(term, dict(zip(names, corner, strict=True))) for term in shortest.terms)
    ]
    literals = f" {len(NAME.findall(starred))}" if counted else ""
    return f"{','.join(names)}: {' '.join(held)};{literals}"


STATISTICS: dict[str, Callable[[Dataset, Params], Any]] = {
    "qca.negate": negated,
    "qca.simplify": simplified,
    "qca.intersect": intersected,
    "qca.factorize": factorized,
    "qca.necessity": fit("necessity"),
    "qca.sufficiency": fit("sufficiency"),
    "qca.superSubset": searched,
}
CANONICAL: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(
        ("qca.negate", "qca.simplify", "qca.intersect", "qca.factorize"), canonical_expressions
    ),
    **dict.fromkeys(("qca.necessity", "qca.sufficiency", "qca.superSubset"), canonical_terms),
}
# Those that look at the parameters of the case too.
CANONICAL_BY_PARAMS: dict[str, Callable[[Any, Params], Any]] = dict.fromkeys(
    ("qca.negate", "qca.simplify", "qca.intersect", "qca.factorize"), canonical_expressions
)
TOLERANCES: dict[str, float] = {}
