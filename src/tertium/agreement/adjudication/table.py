"""The queue as a table that can be filled in, and read back.

Comes in: open differences; or a file with decisions and reasons.
Goes out: a DataFrame to save; or decisions, or every fault of the file at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from tertium.agreement.adjudication.decisions import Decision, decision_of
from tertium.agreement.adjudication.items import DIFFERENCES, Item, Said
from tertium.agreement.assignment.read import whole_number
from tertium.coding.logs.quoted import Quotable, Unplaced, place_of
from tertium.errors import Fault, InputError
from tertium.sources.files.rows import Row, read_rows
from tertium.sources.licences import may_be_passed_on
from tertium.spans import Span

SHOWN = ("item", "source_id", "title", "code", "difference", "place_start", "place_end",
         "before", "text", "after")  # fmt: skip
FILLED = ("decision", "reason", "start", "end", "quote", "stance")
_AROUND = 160


def queue_table(items: Iterable[Item], *, coders: Sequence[str]) -> pd.DataFrame:
    """A row an item: the place with the text around it, who said what, room for a decision."""
    columns = [*SHOWN, *(f"said_{coder}" for coder in coders), *FILLED]
    rows = [_row(item, coders) for item in items]
    return pd.DataFrame(
        {name: pd.Series([row.get(name) for row in rows], dtype=_dtype(name)) for name in columns}
    )


def _dtype(name: str) -> Any:
    return "Int64" if name in ("place_start", "place_end", "start", "end") else "string"


def _row(item: Item, coders: Sequence[str]) -> dict[str, Any]:
    before, text, after = passage(item)
    row: dict[str, Any] = {
        "item": item.id,
        "source_id": item.source.id,
        "title": item.source.facts.get("title") or None,
        "code": item.code,
        "difference": DIFFERENCES.get(item.difference, item.difference),
        "before": before,
        "text": text,
        "after": after,
    }
    if item.span is not None:
        row |= {"place_start": item.span.start, "place_end": item.span.end}
    return row | {f"said_{coder}": words(item, coder) for coder in coders}


def passage(item: Item) -> tuple[str, str, str]:
    """The text of an item's place with some before and after it; of a whole source, nothing."""
    if item.span is None:
        return "", "", ""
    text, start, end = item.source.text, item.span.start, item.span.end
    return text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND]


def words(item: Item, coder: str) -> str:
    """What one coder said at a place, in words."""
    if coder not in item.coders:
        return "not read"
    own = item.of(coder)
    if not own and (beside := [each for each in item.beside if each.coder == coder]):
        return f"present by passages: {'; '.join(_words(item, each) for each in beside)}"
    return "; ".join(_words(item, each) for each in own) if own else "read, not coded"


def _words(item: Item, said: Said) -> str:
    told = ["the whole source" if said.span is None else f"{said.span.start} to {said.span.end}"]
    if said.span is not None and said.span != item.span:
        told.append(f"“{said.span.of(item.source.text)}”")
    told += [said.stance] if said.stance != "asserted" or item.difference == "stance" else []
    told += [f"value {said.value}"] if said.value else []
    told += [f"confidence {said.confidence:g}"] if said.confidence is not None else []
    told += [f"memo: {said.memo}"] if said.memo else []
    return ", ".join(told)


def read_decisions(
    path: Path, items: Sequence[Item], *, coders: Sequence[str], adjudicator: str, file: str
) -> dict[str, Decision]:
    """The decisions of a table that `queue_table` made and somebody filled in.

    Rows without a decision are left open. Only the columns item, decision and reason are
    needed; start and end, or quote, and stance give a place of the adjudicator's own.

    Raises
    ------
    InputError
        Every fault of the file.
    """
    columns = [*SHOWN, *(f"said_{coder}" for coder in coders), *FILLED]
    needed = {"item", "decision", "reason"}
    optional = [name for name in columns if name not in needed]
    rows, faults = read_rows(path, columns, file=file, optional=optional)
    known = {item.id: item for item in items}
    first: dict[str, Row] = {}
    decisions: dict[str, Decision] = {}
    for row in rows:

        def fault(field: str, found: str, remedy: str, line: int = row.line) -> Fault:
            return Fault(file, line, field, found, remedy)

        item = known.get(row["item"])
        if item is None:
            remedy = "take an id from the queue as it is now"
            faults.append(fault("item", f"there is no difference {row['item']!r}", remedy))
            continue
        if row["item"] in first:
            found = f"{row['item']} stands in line {first[row['item']].line} too"
            faults.append(fault("item", found, "keep one"))
            continue
        first[row["item"]] = row
        if not row["decision"]:
            faults += [
                fault(name, "stands without a decision", "write the decision, or leave it empty")
                for name in FILLED[1:]
                if row[name]
            ]
            continue
        decided = _decision(row, item, adjudicator, fault)
        if isinstance(decided, Decision):
            decisions[item.id] = decided
        else:
            faults += decided
    if faults:
        raise InputError(faults)
    return decisions


def _decision(
    row: Row, item: Item, adjudicator: str, fault: Callable[[str, str, str], Fault]
) -> Decision | list[Fault]:
    span = _own_place(row, item, fault)
    faults = span if isinstance(span, list) else []
    decided = decision_of(
        item,
        row["decision"],
        reason=_unguarded(row["reason"]),
        adjudicator=adjudicator,
        span=None if isinstance(span, list) else span,
        stance=row["stance"] or None,
    )
    if isinstance(decided, Decision):
        return faults or decided
    # Where the place itself is wrong, that a place is missing would be said in vain.
    said = [each for each in decided if not (faults and each.field in ("start", "end"))]
    return [*faults, *(fault(each.field, each.found, each.remedy) for each in said)]


def _own_place(
    row: Row, item: Item, fault: Callable[[str, str, str], Fault]
) -> Span | list[Fault] | None:
    """The place that the adjudicator gives by start and end, or by a quote; None: neither."""
    faults = [
        fault(name, f"{row[name]!r} is no place", "write a whole number from 0")
        for name in ("start", "end")
        if row[name] and whole_number(row[name]) is None
    ]
    if not faults and bool(row["start"]) != bool(row["end"]):
        name = "end" if row["start"] else "start"
        faults.append(fault(name, "is missing", "write both start and end"))
    if faults:
        return faults
    span = None
    if row["start"]:
        start, end = whole_number(row["start"]), whole_number(row["end"])
        assert start is not None
        assert end is not None
        if start >= end:
            return [fault("end", f"{end} is not behind start, {start}", "mend one of them")]
        span = Span(start, end)
    if not row["quote"]:
        return span
    is_open = may_be_passed_on(item.source.facts)
    quote, text = _unguarded(row["quote"]), Quotable(item.source.text, may_be_shown=is_open)
    found = text.places(quote)
    if span is not None:
        if span in found:
            return span
        reads = "the text does not read so from start to end"
        return [fault("quote", reads, "mend the quote, or leave one of them out")]
    near = [one for one in found if item.span is None or one.has_overlap(item.span)]
    if len(near) == 1:
        return near[0]
    if near:
        return [fault("quote", f"it stands there {len(near)} times", "write start and end")]
    if found:
        return [fault("quote", "the text reads so elsewhere only", "copy it from the column text")]
    unplaced = place_of(text, quote)
    assert isinstance(unplaced, Unplaced)
    return [fault(unplaced.field, unplaced.found, unplaced.remedy)]


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in set("=+-@＝＋－＠") - {""} else cell
