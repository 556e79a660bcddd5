"""Two cases side by side, code by code, with the passages of both.

Comes in: cases described, and which two.
Goes out: a grid of codes by case.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from tertium.comparison.cases.described import FACT, Described
from tertium.comparison.cases.labels import Labels
from tertium.comparison.cases.similarity import similarity
from tertium.comparison.cases.told import stated
from tertium.comparison.passages import rows_of
from tertium.comparison.result import NOT_SEARCHED, NOT_STATED, Result, support_table

_HEADS = ("country", "sector", "kind")


def beside(
    cases: Described,
    pair: tuple[str, str],
    labels: Labels,
    *,
    on: Sequence[str],
    outcomes: Sequence[str] | None,
) -> Result:
    """Every code that one of two cases has, with the number of passages in each.

    Parameters
    ----------
    cases : Described
    pair : (str, str)
        Ids of the two cases.
    labels : Labels
    on : sequence of str
        What they are compared on; schemes give the rows, attributes stand in the note.
    outcomes : two str, optional
        What came of each, in words; empty where it is not known.
    """
    one, other = (cases.cases[each] for each in pair)
    known = labels.ordered(set(one.codes) | set(other.codes))
    keys = [key for key in known if one.codes.get(key) or other.codes.get(key)]
    index = pd.Index([f"{scheme}:{code}" for scheme, code in keys], dtype=object, name="code")
    numbers: dict[str, pd.Series] = {}
    support: list[dict[str, Any]] = []
    texts: dict[str, list[str | None]] = {}
    for case in (one, other):
        column: list[int | None] = []
        texts[case.case_id] = []
        for key, row in zip(keys, index, strict=True):
            passages = cases.behind(case.case_id, *key)
            has = case.codes.get(key)
            # A code that is held of the whole source may have no passage, and is there yet.
            column.append(None if has is None or (has and not passages) else len(passages))
            texts[case.case_id].append("present" if has and not passages else None)
            support += [{"row": row, "column": case.case_id, **each} for each in passages]
        numbers[case.case_id] = pd.Series(column, index=index, dtype="Int64")
    frame = pd.DataFrame(numbers, index=index)
    frame.columns.name = "case"
    has_texts = any(text for column in texts.values() for text in column)
    return Result(
        frame,
        title=f"Two cases side by side: {one.name}; {other.name}",
        note=" ".join(_notes(cases, pair, labels, on, outcomes, len(known) - len(keys))),
        support=support_table(support),
        row_labels={row: labels.code(*key) for key, row in zip(keys, index, strict=True)},
        row_groups={
            row: cases.passages.tables.scheme(scheme).title
            for (scheme, _), row in zip(keys, index, strict=True)
        },
        column_labels={each.case_id: each.name for each in (one, other)},
        shown=pd.DataFrame(texts, index=index, dtype=object) if has_texts else None,
        missing=NOT_SEARCHED,
    )


def _notes(
    cases: Described,
    pair: tuple[str, str],
    labels: Labels,
    on: Sequence[str],
    outcomes: Sequence[str] | None,
    left_out: int,
) -> list[str]:
    one, other = (cases.cases[each] for each in pair)
    alike = similarity(one, other)
    said = [
        f"{case.name}: {_facts(cases, case.case_id)}"
        + (f"; outcome: {ends or 'not known'}." if outcomes is not None else ".")
        for case, ends in zip((one, other), outcomes or ("", ""), strict=True)
    ]
    for name in on:
        if name not in cases.passages.tables.schemes and name not in _HEADS:
            values = [labels.values(name, each.stated(name)) or NOT_STATED for each in (one, other)]
            said.append(f"{name.removeprefix(FACT).capitalize()}: {' / '.join(values)}.")
    value = alike.reason or f"{alike.value:.2f}"
    said.append(
        f"Similarity {value} on {', '.join(on)}: of the {alike.compared} codes and attributes "
        "that at least one of the two has and that are known of both, the part that both have."
        if alike.compared
        else f"Similarity {value}."
    )
    said.append(
        f"Number of passages (coder: {cases.deciders(on)}). 0: looked for, not "
        f"found; present: held of a source without a passage; {NOT_SEARCHED}: nobody looked, or "
        f"it is undecided. Codes that neither case has are left out ({left_out})."
    )
    said.append(cases.passages.what_is_a_passage(*cases.schemes_of(on)))
    return said


def _facts(cases: Described, case_id: str) -> str:
    """Country, sector and kind of a case, as far as they are stated."""
    for row in rows_of(cases.passages.tables.cases):
        if str(row["case_id"]) == case_id:
            known = [stated(row, name) for name in _HEADS]
            return ", ".join(each.replace("_", "-") for each in known if each) or NOT_STATED
    return NOT_STATED
