"""What the fact sheet of a case says, beside what the coder found in its sources.

Comes in: facts whose values are codes of a scheme, and the verdicts on the sources of each case.
Goes out: a grid of codes by who holds them, or a list of the cases on which the two differ.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.cases.described import FACT, FACTS, Described, described
from tertium.comparison.result import NOT_SEARCHED, Result, comparison, support_table
from tertium.errors import UnknownNameError

Show = Literal["codes", "cases"]
Held = Literal["both", "facts_only", "verdicts_only", "neither"]
_LABELS: dict[Held, str] = {
    "both": "Both",
    "facts_only": "Fact sheet only",
    "verdicts_only": "Coder only",
    "neither": "Neither",
}


@comparison
def fact_check(tables: Tables, *, scheme: str, show: Show = "codes") -> Result:
    """Whether the coder finds in the sources of a case what the study's fact sheet says of it.

    A fact sheet is written by whoever made the study, from the same publications: where the two
    agree neither is proved, where they differ one of them deserves a second look.

    Parameters
    ----------
    tables : Tables
    scheme : str
        A scheme whose codes the fact sheet has as values, such as approach.
    show : {"codes", "cases"}
        codes: how many cases, code by code. cases: those on which the two differ.

    Returns
    -------
    Result
        codes: a grid; null where no case was searched for the code. cases: a list, one row a
        case and code. Cases of which the fact sheet says nothing under this name, and cases not
        searched for a code, are left out.

    Raises
    ------
    UnknownNameError
        The fact sheet has no codes of the scheme, or there is no such show.

    Examples
    --------
    >>> fact_check(study.tables, scheme="approach")     # doctest: +SKIP
    """
    if show not in get_args(Show):
        raise UnknownNameError(f"show={show!r}; there are {', '.join(get_args(Show))}")
    codes = tables.scheme(scheme).code_ids
    fact = f"{FACT}{scheme}"
    facts = described(tables, [fact]) if scheme in FACTS and tables.facts is not None else None
    stated = {
        case_id: case.values[fact] for case_id, case in facts.cases.items() if fact in case.values
    } if facts else {}  # fmt: skip
    if not any(values & set(codes) for values in stated.values()):
        raise UnknownNameError(
            f"the fact sheet has no codes of {scheme!r}; data/cases/facts.csv needs rows whose "
            f"attribute is {scheme} and whose value is one of {', '.join(codes)}"
        )
    cases = described(tables, [scheme])
    held: dict[tuple[str, str], Held] = {}
    for case_id in sorted(stated):
        for code in codes:
            found = cases.cases[case_id].codes.get((scheme, code))
            if found is not None:
                held[case_id, code] = _held(code in stated[case_id], found)
    if show == "codes":
        return _by_code(tables, cases, held, scheme, len(stated))
    return _differing(tables, cases, held, scheme, len(stated))


def _held(by_facts: bool, by_verdicts: bool) -> Held:
    if by_facts:
        return "both" if by_verdicts else "facts_only"
    return "verdicts_only" if by_verdicts else "neither"


def _by_code(
    tables: Tables,
    cases: Described,
    held: dict[tuple[str, str], Held],
    scheme: str,
    n_stated: int,
) -> Result:
    codes = tables.scheme(scheme)
    searched = {code for _, code in held}
    index = pd.Index(codes.code_ids, dtype=object, name=scheme)
    frame = pd.DataFrame(
        {
            column: pd.Series(
                [
                    sum(who == column and code == each for (_, each), who in held.items())
                    if code in searched
                    else None
                    for code in codes.code_ids
                ],
                index=index,
                dtype="Int64",
            )
            for column in _LABELS
        }
    )
    frame.columns.name = "held by"
    support = [
        {"row": code, "column": who, **passage}
        for (case_id, code), who in held.items()
        for passage in cases.behind(case_id, scheme, code)
    ]
    return Result(
        frame,
        title=f"{codes.title}: the fact sheet beside the coder, cases",
        note=_note(cases, held, n_stated, scheme),
        support=support_table(support),
        row_labels={code.id: code.label for code in codes.codes},
        column_labels=dict(_LABELS),
        missing=NOT_SEARCHED,
    )


def _differing(
    tables: Tables,
    cases: Described,
    held: dict[tuple[str, str], Held],
    scheme: str,
    n_stated: int,
) -> Result:
    codes = tables.scheme(scheme)
    differing = [(*key, who) for key, who in held.items() if who in ("facts_only", "verdicts_only")]
    rows: list[dict[str, Any]] = [
        {
            "case": cases.cases[case_id].name,
            scheme: codes.code(code).label,
            "held_by": _LABELS[who],
            "case_id": case_id,
            "code": code,
        }
        for case_id, code, who in differing
    ]
    names = ("case", scheme, "held_by", "case_id", "code")
    frame = pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=object) for name in names}
    )
    frame.index = pd.RangeIndex(1, len(rows) + 1)
    support = [
        {"row": number, "column": None, **passage}
        for number, (case_id, code, _) in enumerate(differing, start=1)
        for passage in cases.behind(case_id, scheme, code)
    ]
    return Result(
        frame,
        title=f"{codes.title}: where the fact sheet and the coder differ",
        note=_note(cases, held, n_stated, scheme),
        support=support_table(support),
        hidden=("case_id", "code"),
        group_by="case",
    )


def _note(cases: Described, held: dict[tuple[str, str], Held], n_stated: int, scheme: str) -> str:
    agreed = sum(who in ("both", "neither") for who in held.values())
    return (
        f"{n_stated} of {len(cases.cases)} cases have an entry in the fact sheet. Of {len(held)} "
        f"cases and codes the two agree on {agreed} (coder: "
        f"{cases.passages.tables.decides(scheme)}). The fact sheet was written from the same "
        "publications: agreement proves neither, and a difference may be the fault of either."
    )
