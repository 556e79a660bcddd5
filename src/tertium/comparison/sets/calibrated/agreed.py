"""How far two readings of the cases state the same.

Comes in: the tables of a study, the name of a plan, and two coders who stated values for it.
Goes out: a list of sets whose rows lead to the passages of both, where they differ first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from tertium.agreement.coefficient import two_decimals, words
from tertium.agreement.coefficients.alpha import krippendorff_alpha
from tertium.bundle import Tables
from tertium.comparison.passages import Passages, rows_of
from tertium.comparison.result import Result, comparison, support_table
from tertium.comparison.sets.calibrated.calibrate import Calibrated, calibrated, stated_coder
from tertium.comparison.sets.calibrated.held import stated_values
from tertium.errors import UnknownNameError
from tertium.sources.listed.cases import NOT_STATED

SCOPE = "scope"
_SHOWN_NOT_STATED = NOT_STATED.replace("_", " ")


@comparison
def set_agreement(
    tables: Tables,
    *,
    plan: str,
    coders: Sequence[str],
    conditions: Sequence[str] | None = None,
    outcome: str | None = None,
) -> Result:
    """How far two coders who read the cases for a plan state the same.

    Compared is what each wrote of a case, word by word and before it is calibrated; that nothing
    is stated is one of the words, for it is a judgement too.

    Parameters
    ----------
    tables : Tables
    plan : str
        Id of a plan of the study.
    coders : sequence of str
        Two who stated values.
    conditions : sequence of str, optional
        In place of the plan's.
    outcome : str, optional
        In place of the plan's.

    Returns
    -------
    Result
        `frame`: one row a set that is stated (who is in scope, the conditions, the outcome): set,
        label, cases (that both judged), valued (of these, both state a value), same (both state
        the same), share, alpha (Krippendorff's, nominal; null with the reason where it is not
        defined), differ (each case with both words). Evidence by row: the passages of both
        coders, of the cases that differ first.

    Raises
    ------
    UnknownNameError
        No such plan, set or coder; not two coders; nothing is stated; sets that overlap by
        definition.

    References
    ----------
    .. [1] Krippendorff, K. (2004). Content Analysis, 2nd ed. Sage. Ch. 11.

    Examples
    --------
    >>> from tertium.study import open_study
    >>> table = set_agreement(
    ...     open_study("labour-organising").tables,
    ...     plan="concession",
    ...     coders=["reading-4", "reading-5"],
    ... )
    >>> table.frame["set"].tolist()
    ['scope', 'STRIKE', 'NGO', 'FORUM', 'STATE', 'CONCESSION']
    """
    is_list = isinstance(coders, Sequence) and not isinstance(coders, str)
    if not is_list or len(coders) != 2 or coders[0] == coders[1]:
        raise UnknownNameError(f"coders={coders!r}: name two, in a list")
    made = calibrated(tables, plan, outcome=outcome, conditions=conditions, coder=coders[0])
    stated_coder(tables, made.plan, coders[1])
    compared = _compared(made)
    if not compared:
        raise UnknownNameError(f"no set of the plan {plan} is stated case by case")
    rows, support = [], []
    for number, (name, label, under) in enumerate(compared, 1):
        said = [_said(tables, plan, under, coder) for coder in coders]
        both = [case for case in made.scope.of_kind if all(case in each for each in said)]
        differing = [case for case in both if said[0][case] != said[1][case]]
        rows.append({"set": name, "label": label, **_row(made, coders, said, both, differing)})
        support += _evidence(made, coders, under, both, differing, number)
    frame = pd.DataFrame({name: pd.Series([row[name] for row in rows]) for name in rows[0]})
    for name in ("share", "alpha"):
        frame[name] = frame[name].astype("Float64")
    why = frame.pop("why")
    frame.index = why.index = pd.RangeIndex(1, len(rows) + 1)
    shown = pd.DataFrame(index=frame.index, columns=frame.columns, dtype=object)
    shown["share"] = [f"{row['same']} of {row['cases']}" for row in rows]
    shown["alpha"] = [
        f"not defined, because {reason}" if reason else two_decimals(float(alpha))
        for alpha, reason in zip(frame["alpha"], why, strict=True)
    ]
    return Result(
        frame,
        title=f"Two readings of the cases: {made.plan.title}",
        note=_note(tables, made, coders, [name for name, *_ in compared]),
        support=support_table(support),
        shown=shown,
        # The last column is empty where the two agree.
        opens="label",
    )


def _compared(made: Calibrated) -> list[tuple[str, str, str]]:
    """What is compared: a set, what it is called, and under which name it is stated."""
    found = []
    if made.plan.scope.attribute:
        found.append((SCOPE, "in the scope of the analysis", made.plan.scope.attribute))
    for name in made.memberships.sets:
        part = made.plan.sets[name]
        if part.source.stated is not None:
            found.append((name, part.label, part.source.stated))
    return found


def _said(tables: Tables, plan: str, under: str, coder: str) -> dict[str, str]:
    """What a coder stated under a name, by case."""
    table = tables.memberships
    if table is None:
        return {}
    own = table[(table["plan"] == plan) & (table["set"] == under) & (table["coder"] == coder)]
    return {str(row["case_id"]): str(row["value"]) for row in rows_of(own)}


def _row(
    made: Calibrated,
    coders: Sequence[str],
    said: Sequence[Mapping[str, str]],
    both: Sequence[str],
    differing: Sequence[str],
) -> dict[str, Any]:
    table = pd.DataFrame([[each[case] for case in both] for each in said], index=list(coders))
    alpha = krippendorff_alpha(table, level="nominal")
    same = len(both) - len(differing)
    first, second = said
    return {
        "cases": len(both),
        "valued": sum(1 for case in both if NOT_STATED not in (first[case], second[case])),
        "same": same,
        "share": same / len(both) if both else None,
        "alpha": alpha.value if alpha.is_defined else None,
        "why": "" if alpha.is_defined else words(alpha.reason),
        "differ": "; ".join(
            f"{made.names[case]}: {_word(first[case])} or {_word(second[case])}"
            for case in differing
        ),
    }


def _word(value: str) -> str:
    return _SHOWN_NOT_STATED if value == NOT_STATED else value.replace("_", " ")


def _evidence(
    made: Calibrated,
    coders: Sequence[str],
    under: str,
    both: Sequence[str],
    differing: Sequence[str],
    row: int,
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    passages: Passages = made.passages
    for coder in coders:
        own = made.plan.model_copy(update={"coder": coder})
        for case, held in stated_values(passages, own, under, both, code=under).items():
            rank = 0 if case in differing else 1
            found += [
                {**each, "row": row, "column": None, "rank": rank} for each in held.evidence()
            ]
    return found


def _note(tables: Tables, made: Calibrated, coders: Sequence[str], compared: Sequence[str]) -> str:
    first, second = coders
    parts = [
        f"What {first} and {second} stated of the same cases, before it is calibrated. Cases: "
        "both judged; valued: both state a value; same: both state the same, where “not stated” "
        "is one of the words. Alpha: Krippendorff's, for words without an order: 1 is full "
        "agreement, 0 what chance would give. Where two words differ, the first is that of "
        f"{first}."
    ]
    if SCOPE in compared and len(compared) > 1:
        parts.append(
            "A case that one of the two puts out of scope has further values by the other alone, "
            "and is compared in its scope only."
        )
    others = [name for name in made.memberships.sets if name not in compared]
    if others:
        parts.append(f"Not stated case by case, and not compared: {', '.join(others)}.")
    if all(_kinds(tables, made, coder) == {"model"} for coder in coders):
        parts.append(
            "Both are readings by a model. Two models, or one model twice, can make the same "
            "mistake by the same written rules: these figures are an upper bound of what two "
            "people would reach, and no proof that either is right."
        )
    return " ".join(parts)


def _kinds(tables: Tables, made: Calibrated, coder: str) -> set[str]:
    table = tables.memberships
    if table is None:
        return set()
    own = table[(table["plan"] == made.plan.plan) & (table["coder"] == coder)]
    return {str(each) for each in own["coder_kind"].dropna()}
