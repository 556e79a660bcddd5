"""What stays of a solution when other choices are made: in numbers, and case by case.

Comes in: `Compared`, a solution beside the solutions of other choices.
Goes out: two lists whose rows lead to the passages of the cases that change sides.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tertium.comparison.result import Result, support_table
from tertium.comparison.sets.memberships import CROSSOVER
from tertium.comparison.sets.robustness.cases import (
    KINDS,
    RANKS,
    CaseRobustness,
    case_robustness,
    single_tests,
)
from tertium.comparison.sets.robustness.fit import fit_robustness
from tertium.comparison.sets.robustness.joined import Joined
from tertium.comparison.sets.shown.numbers import as_list, said
from tertium.comparison.sets.shown.robustness.fit_notes import (
    brief,
    cases_otherwise,
    core_note,
    note,
)
from tertium.comparison.sets.shown.robustness.variants import Compared
from tertium.comparison.sets.shown.words import counted

ALL_TESTS = "all tests together"
_FIT: dict[str, Any] = {
    "test": object,
    "formula": object,
    "coverage_kept": "Float64",
    "consistency_ratio": "Float64",
    "same_as_all": "Float64",
    "same_as_any": "Float64",
    "what_changes": object,
    "rank": "Int64",
}
_UNDEFINED = {
    "coverage_kept": "not defined, because the solution covers nothing of the outcome",
    "same_as_all": "not defined, because no case is in either",
    "same_as_any": "not defined, because no case is in either",
}
_NO_CORE = "not defined, because no case is left in the robust core"
_CORE_WITHOUT = "not defined, because no case of the robust core has the outcome"
_CASES: dict[str, Any] = {
    "case": object,
    "stands": object,
    "solution": "Float64",
    "tests": object,
    "outcome": "Float64",
    "read_otherwise": object,
    "kind": object,
    "case_id": object,
}
IN_BETWEEN = "in_between"
# Those that change sides come first, and among them those that speak against the solution.
_ORDER = (
    "shaky_deviant",
    "shaky_typical",
    "possible_deviant",
    "possible_typical",
    "robust_deviant",
    "robust_typical",
    "uncovered",
    "irrelevant",
    IN_BETWEEN,
)
_CHANGING = _ORDER[:4]


def fit_list(found: Compared) -> Result:
    """All tests together, then each alone, the one that changes most first."""
    whole = found.joined
    parts = [(ALL_TESTS, "", whole)]
    for each in single_tests(whole):
        variant = found.variants[each.test]
        parts.append((variant.name, variant.formula, whole.only(each.test)))
    rows, shown, support = [], [], []
    for number, (name, formula, part) in enumerate(parts, start=1):
        row, told = _fit_row(part)
        rows.append({"test": name, "formula": formula, **row})
        shown.append(told)
        kinds = case_robustness(part).kinds
        support += _evidence(found, number, [c for kind in _CHANGING for c in kinds[kind]])
    frame, texts = as_list(rows, _FIT, shown)
    said_of_it = f"{core_note(found)} {_fit_note(whole)} {cases_otherwise(found)}"
    return Result(
        frame,
        title=f"What stays of the {found.model.kind} solution of {found.made.asked.outcome}",
        note=note(found, said_of_it),
        brief_note=brief(found, said_of_it),
        support=support_table(support),
        basis=found.basis,
        shown=texts,
    )


def _fit_row(part: Joined) -> tuple[dict[str, Any], dict[str, str]]:
    fit, cases = fit_robustness(part), case_robustness(part)
    row: dict[str, Any] = {
        "coverage_kept": fit.coverage,
        "consistency_ratio": fit.consistency,
        "same_as_all": fit.coincidence_all,
        "same_as_any": fit.coincidence_any,
        "what_changes": RANKS[cases.rank],
        "rank": cases.rank,
    }
    whys = {
        **_UNDEFINED,
        "consistency_ratio": _NO_CORE if fit.core.consistency is None else _CORE_WITHOUT,
    }
    return row, {
        name: why if row[name] is None else _ratio(row[name]) for name, why in whys.items()
    }


def _ratio(value: float) -> str:
    """A ratio with three decimals at most; what is not quite 1 is not shown as 1."""
    return said(value) if value <= 1 else f"{value:.3f}".rstrip("0").rstrip(".")


def case_list(found: Compared) -> Result:
    """Every case by whether the solutions agree on it; those that change sides come first."""
    whole = found.joined
    robust = case_robustness(whole)
    kind_of = {case: kind for kind in KINDS for case in robust.kinds[kind]}
    rows = []
    for place, case in enumerate(whole.cases):
        kind = kind_of.get(case, IN_BETWEEN)
        inside = [
            variant.name
            for variant, held in zip(found.variants, whole.tests, strict=True)
            if held[place] > CROSSOVER
        ]
        rows.append(
            {
                "case": found.made.asked.words.case(case),
                "stands": kind.replace("_", " "),
                "solution": whole.initial[place],
                "tests": "; ".join(inside) or "none",
                "outcome": whole.outcome[place],
                "read_otherwise": _read_otherwise(found, case),
                "kind": kind,
                "case_id": case,
            }
        )
    rows.sort(key=lambda row: _ORDER.index(row["kind"]))
    support = [
        each
        for number, row in enumerate(rows, start=1)
        for each in _evidence(found, number, [row["case_id"]])
    ]
    shown = [
        {"solution": _inside(row["solution"]), "outcome": _inside(row["outcome"])} for row in rows
    ]
    frame, texts = as_list(rows, _CASES, shown)
    return Result(
        frame,
        title=f"Which cases carry the {found.model.kind} solution of {found.made.asked.outcome}",
        note=note(found, f"{_case_note(robust)} {cases_otherwise(found)}"),
        brief_note=brief(found, f"{_case_note(robust)} {cases_otherwise(found)}"),
        support=support_table(support),
        basis=found.basis,
        shown=texts,
        hidden=("kind", "case_id"),
    )


def _inside(held: float) -> str:
    return {0.0: "not in it", 1.0: "in it"}.get(float(held), said(held))


def _read_otherwise(found: Compared, case: str) -> str:
    """By test the sets in which it takes a case otherwise."""
    told = ((each.name, each.otherwise.of_case(case)) for each in found.tests)
    return "; ".join(f"{name}: {', '.join(sets)}" for name, sets in told if sets)


def _evidence(found: Compared, number: int, cases: Iterable[str]) -> list[dict[str, Any]]:
    """Passages of cases as chosen, then those of another reading where it differs."""
    asked, cases = found.made.asked, list(cases)
    rows = asked.evidence(number, cases, (asked.outcome_set, *asked.conditions))
    for test in found.tests:
        if test.is_other_reading:
            for case in cases:
                sets = test.otherwise.of_case(case)
                rows += test.asked.evidence(number, [case], sets, rank=1)
    return rows


def _fit_note(whole: Joined) -> str:
    return (
        "The robust core is what the solution shares with all tests. Coverage kept: of what the "
        "solution tells of the outcome, the share that the core tells too; 1: nothing is lost. "
        "Consistency ratio: consistency of the solution over that of the core; below 1: the part "
        "that is lost held more cases that speak against it; above 1: it held fewer, so that what "
        "is left is less consistent than the solution. Same as all, same as any: how far the "
        "solution is the same set as what all tests share, and as all tests put together; 1: the "
        "same. Behind a row "
        f"stand the passages of those of the {counted(len(whole.cases), 'case')} that change sides."
    )


def _case_note(robust: CaseRobustness) -> str:
    shares = [
        _share(robust, "typical", robust.typical),
        _share(robust, "deviant", robust.deviant),
    ]
    meanings = "; ".join(f"{kind.replace('_', ' ')}: {means}" for kind, means in KINDS.items())
    between = (
        " In between: at exactly 0.5 in the outcome or a solution, so under no other heading."
        if robust.in_between
        else ""
    )
    rank = f"{RANKS[robust.rank][0].upper()}{RANKS[robust.rank][1:]}"
    return f"{rank} (rank {robust.rank} of 4). {' '.join(shares)} {meanings}.{between}"


def _share(robust: CaseRobustness, side: str, value: float | None) -> str:
    counts = [len(robust.kinds[f"{kind}_{side}"]) for kind in ("robust", "shaky", "possible")]
    if value is None:
        return f"Share of robust {side} cases: not defined, because there is no {side} case."
    return (
        f"Of {sum(counts)} {side} cases that are in the solution or a test, {counts[0]} "
        f"{'is' if counts[0] == 1 else 'are'} in all of them ({said(value)})."
    )
