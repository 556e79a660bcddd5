"""What is known of a case in a set before it is calibrated: stated, read in facts, or of the case.

Comes in: the tables of a study, and where a plan takes the values of a set from.
Goes out: one `Held` a case: a word or a number with its reason and passages, or why there is none.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tertium.comparison.cases.told import stated as cell
from tertium.comparison.held_rows import rows_by
from tertium.comparison.passages import Coded, Passages, part_of_source, rows_of
from tertium.comparison.result import NOT_SEARCHED, NOT_STATED
from tertium.errors import UnknownNameError
from tertium.sources.listed.cases import NOT_STATED as NOT_STATED_VALUE
from tertium.sources.listed.references import basis_keys
from tertium.sources.listed.set_plans import FromPart, SetPlan
from tertium.sources.listed.stated import number_of

UNDECIDED = "undecided"
MISSING = (NOT_STATED, NOT_SEARCHED, UNDECIDED)
Evidence = tuple[dict[str, Any], ...]

_ORDER = ("source_id", "start", "citation", "reason")
_CODING_ID = re.compile(r"[0-9a-f]{16}")


def nothing() -> Evidence:
    """No passages."""
    return ()


@dataclass(frozen=True)
class Held:
    """What is known of one case in one set.

    Parameters
    ----------
    value : str, float or None
        A word or a number, as it was found; None where there is none.
    reason : str
        Why it is so; where there is no value, why not.
    missing : {"", "not stated", "not searched", "undecided"}
        How a table says that there is no value.
    made_by : tuple of str
        Who says so, each with what kind of coder it is.
    evidence : function
        Gives the passages that show it, as rows of a support table without row and column.
    unit : str
        What a number counts, where that is told.
    """

    value: str | float | None
    reason: str
    missing: str = ""
    made_by: tuple[str, ...] = ()
    evidence: Callable[[], Evidence] = nothing
    unit: str = ""


def stated_values(
    passages: Passages, plan: SetPlan, name: str, cases: Iterable[str], *, code: str
) -> dict[str, Held]:
    """What the table of a plan states of each case under a name, by the plan's coder.

    A passage counts as long as its source is there; a value that no passage and no citation
    shows any more is not stated. `code` is what the passages are called: the set.
    """
    by_case: dict[str, list[dict[str, Any]]] = {}
    table = passages.tables.memberships
    for row in rows_of(table) if table is not None else []:
        is_own = plan.coder is None or row["coder"] == plan.coder
        if row["plan"] == plan.plan and row["set"] == name and is_own:
            by_case.setdefault(str(row["case_id"]), []).append(row)
    return {case: _stated(passages, case, name, by_case.get(case, []), code) for case in cases}


def _stated(
    passages: Passages, case: str, name: str, rows: Sequence[Mapping[str, Any]], code: str
) -> Held:
    if not rows:
        return Held(None, f"the table of stated values has no row on its {name}", NOT_STATED)
    # In whichever order rows stand in their table, what is told is the same.
    rows = sorted(rows, key=lambda row: [cell(row, name) for name in _ORDER])
    values = sorted({cell(row, "value") for row in rows})
    if len(values) > 1:
        raise UnknownNameError(
            f"case {case} has two values of {name}: {', '.join(values)}; keep one"
        )
    said = _sentences([cell(row, "reason") for row in rows])
    made_by = _who(rows)
    if values[0] == NOT_STATED_VALUE:
        return Held(None, said, NOT_STATED, made_by)
    there = [
        row
        for row in rows
        if not cell(row, "source_id")
        or row["source_id"] in passages.sources
        or cell(row, "citation")
    ]
    if not there:
        reason = f"stated as {values[0]} by passages of sources that are not read here"
        return Held(None, reason, NOT_STATED, made_by)
    reasons = list(dict.fromkeys(cell(row, "reason") for row in there))
    cited = list(dict.fromkeys(cell(row, "citation") for row in there if cell(row, "citation")))
    reason = _sentences([*reasons, *(f"citation: {each}" for each in cited)])

    def evidence() -> Evidence:
        return tuple(
            passages.evidence(
                str(row["source_id"]),
                part_of_source(row),
                scheme=cell(row, "plan"),
                code=code,
                stance="asserted",
                coder=cell(row, "coder"),
            )
            for row in there
            if cell(row, "source_id") and row["source_id"] in passages.sources
        )

    return Held(values[0], reason, "", _who(there), evidence)


def _sentences(texts: Sequence[str]) -> str:
    """Texts one after the other, each once and with a full stop, if there are several."""
    own = list(dict.fromkeys(texts))
    if len(own) == 1:
        return own[0]
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in own)


def _who(rows: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Who stated it: name, kind, and of a model which one."""
    found = set()
    for row in rows:
        model = f": {cell(row, 'model')}" if cell(row, "model") else ""
        found.add(f"{cell(row, 'coder')} ({cell(row, 'coder_kind')}{model})")
    return tuple(sorted(found))


def fact_values(
    passages: Passages, source: FromPart, cases: Iterable[str], *, numeric: bool
) -> dict[str, Held]:
    """What the fact sheet says of each case under an attribute.

    Parameters
    ----------
    passages : Passages
    source : FromPart
        Attribute, and where given `what` and `unit`, to the letter; `take` says what counts
        where there are several numbers.
    cases : iterable of str
    numeric : bool
        Whether only numbers count; whatever else stands there is told, and is no value.
    """
    wanted: dict[str, list[dict[str, Any]]] = {}
    table = passages.tables.facts
    for row in rows_of(table) if table is not None else []:
        fits = cell(row, "attribute") == source.fact
        fits = fits and source.what in (None, cell(row, "what"))
        fits = fits and (source.unit is None or cell(row, "unit") in source.unit)
        if fits and cell(row, "value") not in ("", NOT_STATED_VALUE):
            wanted.setdefault(str(row["case_id"]), []).append(row)
    return {case: _fact(passages, source, wanted.get(case, []), numeric=numeric) for case in cases}


def _fact(
    passages: Passages, source: FromPart, rows: Sequence[Mapping[str, Any]], *, numeric: bool
) -> Held:
    what = f" ({source.what})" if source.what else ""
    if not rows:
        return Held(None, f"the fact sheet says nothing of its {source.fact}{what}", NOT_STATED)
    rows = sorted(rows, key=lambda row: [cell(row, name) for name in ("unit", "what", "basis")])
    words = sorted({cell(row, "value") for row in rows}, key=lambda word: (len(word), word))
    value: str | float
    if numeric:
        numbers = {word: number_of(word) for word in words}
        kept = sorted({number for number in numbers.values() if number is not None})
        if not kept:
            reason = f"the fact sheet says {', '.join(words)}, which is no number"
            return Held(None, reason, NOT_STATED)
        if len(kept) > 1 and source.take == "one":
            reason = f"the fact sheet has several numbers: {', '.join(words)}"
            return Held(None, reason, NOT_STATED)
        value = kept[0] if source.take == "smallest" else kept[-1]
        rows = [row for row in rows if numbers[cell(row, "value")] == value]
    elif len(words) > 1:
        reason = f"the fact sheet has several values: {', '.join(words)}"
        return Held(None, reason, NOT_STATED)
    else:
        value = words[0]
    bases = list(dict.fromkeys(cell(row, "basis") for row in rows))
    reason = f"the fact sheet says {cell(rows[0], 'value')}"
    unit = cell(rows[0], "unit")
    reason += f" {unit}" if numeric and unit else ""
    cited = "; ".join(filter(None, map(_citation, bases)))
    reason += f" (citation: {cited})" if cited else ""
    evidence = functools.partial(_behind, passages, bases)
    return Held(value, reason, "", ("fact sheet",), evidence, unit if numeric else "")


def _citation(basis: str) -> str:
    """What a basis cites, without the ids of codings beside it."""
    keys, comma, place = basis.partition(",")
    if all(_CODING_ID.fullmatch(each) for each in basis_keys(basis)):
        return ""
    kept = [each for each in keys.split("|") if not _CODING_ID.fullmatch(each.strip())]
    return "|".join(kept) + comma + place


def _behind(passages: Passages, bases: Iterable[str]) -> Evidence:
    """The passages of the codings that facts rest on."""
    ids = {each for basis in bases for each in basis_keys(basis) if _CODING_ID.fullmatch(each)}
    found: list[dict[str, Any]] = []
    if not ids:
        return ()
    groups = rows_by(passages.tables.codings, "source_id", "scheme", "coder")
    for (source_id, scheme, coder), rows in sorted(groups.items(), key=lambda item: str(item[0])):
        if source_id not in passages.sources:
            continue
        for row in rows:
            span = part_of_source(row)
            if str(row["coding_id"]) in ids and span is not None:
                stance = cell(row, "stance") or "asserted"
                one = Coded(str(source_id), span, str(row["code"]), str(row["coding_id"]), stance)
                found += [
                    {**each, "coder": coder} for each in passages.coded_evidence(str(scheme), [one])
                ]
    return tuple(found)


def case_values(passages: Passages, column: str, cases: Iterable[str]) -> dict[str, Held]:
    """What the list of cases says of each case in a column."""
    words = {
        str(row["case_id"]): "" if pd.isna(row[column]) else str(row[column]).strip()
        for row in rows_of(passages.tables.cases)
    }
    found = {}
    for case in cases:
        word = words.get(case, "")
        reason = f"the list of cases has the {column} {word}"
        found[case] = (
            Held(word, reason, "", ("list of cases",))
            if word
            else Held(None, f"the list of cases has no {column} for it", NOT_STATED)
        )
    return found
