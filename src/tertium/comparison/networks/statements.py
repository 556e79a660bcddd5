"""Statements: who claims what of whom, for or against it, and who says so.

Comes in: codings that carry a statement.
Goes out: a list of them, each with its passages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from tertium.bundle import Tables
from tertium.coding.logs.statement_rows import AGAINST, FOR
from tertium.comparison.networks.spoken import HOW_SIDES_ARE_TOLD, Position, Spoken, spoken
from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_STATED, Result, comparison, support_table
from tertium.errors import UnknownNameError
from tertium.schemes.actors import NAME as ACTOR
from tertium.spans import Span

_COLUMNS = ("actor", "code", "stance", "addressee", "speaker", "source", "date", "place")


@comparison
def statements(
    tables: Tables,
    *,
    coder: str | None = None,
    scheme: str = "claim",
    stances: Sequence[str] | None = None,
) -> Result:
    """Who claims what of whom, one row an actor and claim.

    A statement is a set of codings that one coder tied together in one source: what is claimed,
    with a stance; who claims it; and, where the source names them, of whom it is claimed and who
    reports it. Each row leads to the passages.

    Parameters
    ----------
    tables : Tables
    coder : str, optional
        Whose statements; None: of who decides on the scheme.
    scheme : str
        What is claimed.
    stances : sequence of {"asserted", "planned", "criticised", "denied"}, optional
        These alone, in this order; None: all, in reading order of the sources.

    Returns
    -------
    Result
        `frame`: actor, code, stance, addressee, speaker, source, date (of the source, EDTF),
        place. Ids of actors and codes; several addressees or speakers in one cell; null where
        the source names none. A statement of several actors, or of several claims, is a row for
        each, and the note says so. Counted sources only.

    Raises
    ------
    UnknownNameError
        No such scheme or stance, or no statement by that coder: the message names the coders that
        have some, and how one is coded.

    References
    ----------
    .. [1] Leifeld, P. (2017). Discourse network analysis: policy debates as dynamic networks. In
       The Oxford Handbook of Political Networks, ed. Victor, Montgomery and Lubell. Oxford.

    Examples
    --------
    >>> statements(study.tables, coder="ana").frame     # doctest: +SKIP
    """
    passages = Passages(tables)
    told = spoken(passages, scheme=scheme, coder=coder)
    positions = _of_stances(told.positions, stances)
    rows = [_row(passages, each) for each in positions]
    frame = pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=object) for name in _COLUMNS}
    )
    frame.index = pd.RangeIndex(1, len(rows) + 1)
    support = [
        {"row": number, "column": None, **row}
        for number, position in enumerate(positions, start=1)
        for row in evidence_of(passages, position, scheme=scheme, coder=told.coder)
    ]
    return Result(
        frame,
        title=f"Statements: who claims what ({tables.scheme(scheme).title.lower()})",
        note=_note(told, len(passages.counted), positions, stances),
        support=support_table(support),
        shown=_shown(tables, scheme, positions, frame),
        missing=NOT_STATED,
    )


def _of_stances(positions: Sequence[Position], stances: Sequence[str] | None) -> Sequence[Position]:
    if stances is None:
        return positions
    known = (*FOR, *AGAINST)
    wanted = [stances] if isinstance(stances, str) else list(stances)
    if not wanted or not set(wanted) <= set(known):
        raise UnknownNameError(f"stances={stances!r}; there are {', '.join(known)}")
    return [each for stance in wanted for each in positions if each.stance == stance]


def evidence_of(
    passages: Passages, position: Position, *, scheme: str, coder: str
) -> list[dict[str, Any]]:
    """The passages of a position, as evidence rows."""
    return [
        passages.evidence(
            position.source_id,
            span if isinstance(span, Span) else None,
            scheme=scheme,
            code=position.code,
            stance=position.stance,
            coding_ids=position.coding_ids,
            coder=coder,
        )
        for span in position.spans
    ]


def actor_labels(tables: Tables) -> dict[str, str]:
    """The names of actors by id; without a list of actors there are none."""
    if ACTOR not in tables.schemes:
        return {}
    return {code.id: code.label for code in tables.schemes[ACTOR].codes}


def _row(passages: Passages, position: Position) -> dict[str, Any]:
    date = passages.sources[position.source_id].get("date")
    return {
        "actor": position.actor,
        "code": position.code,
        "stance": position.stance,
        "addressee": "; ".join(position.addressees) or None,
        "speaker": "; ".join(position.speakers) or None,
        "source": passages.cited_as(position.source_id),
        "date": None if date is None or pd.isna(date) else str(date),
        "place": passages.place(position.source_id, position.spans[0]),
    }


def _shown(
    tables: Tables, scheme: str, positions: Iterable[Position], frame: pd.DataFrame
) -> pd.DataFrame:
    """Names in place of ids."""
    names = actor_labels(tables)
    codes = {code.id: code.label for code in tables.scheme(scheme).codes}
    shown = pd.DataFrame(index=frame.index, columns=frame.columns, dtype=object)
    listed = list(positions)

    def named(ids: Iterable[str]) -> str | None:
        return "; ".join(names.get(each, each) for each in ids) or None

    shown["actor"] = pd.Series(
        [named([each.actor]) for each in listed], index=frame.index, dtype=object
    )
    shown["code"] = pd.Series(
        [codes.get(each.code, each.code) for each in listed], index=frame.index, dtype=object
    )
    shown["addressee"] = pd.Series(
        [named(each.addressees) for each in listed], index=frame.index, dtype=object
    )
    shown["speaker"] = pd.Series(
        [named(each.speakers) for each in listed], index=frame.index, dtype=object
    )
    return shown


def what_is_counted(told: Spoken, total: int) -> str:
    """How many statements there are, by whom, in how many sources; what was left out."""
    number = len({(each.source_id, each.statement_id) for each in told.positions})
    sources = len({each.source_id for each in told.positions})
    parts = [
        f"{_amount(number, 'statement')} in {sources} of {total} counted sources (coder: "
        f"{told.coder})."
    ]
    if told.read < total:
        parts.append(
            f"The coder read {told.read} of them entirely for this: where nothing stands, "
            "nothing is said of the others."
        )
    if told.unattributed:
        parts.append(
            f"{_amount(told.unattributed, 'claim')} of which no actor is named "
            f"{'is' if told.unattributed == 1 else 'are'} left out."
        )
    if told.without_actor:
        parts.append(
            f"{_amount(told.without_actor, 'statement')} without an actor "
            f"{'is' if told.without_actor == 1 else 'are'} left out."
        )
    if told.without_claim:
        parts.append(
            f"{_amount(told.without_claim, 'statement')} whose claim was retracted "
            f"{'is' if told.without_claim == 1 else 'are'} left out."
        )
    return " ".join(parts)


def _note(
    told: Spoken, total: int, positions: Sequence[Position], stances: Sequence[str] | None
) -> str:
    rows = f"{len(told.positions)} rows"
    if stances is not None:
        listed = stances if isinstance(stances, str) else ", ".join(stances)
        rows += f", of which these are the {len(positions)} {listed}"
    return (
        f"{what_is_counted(told, total)} A statement of several actors, or of several claims, "
        f"is a row for each: {rows}. {HOW_SIDES_ARE_TOLD} The date is that of the source, not of "
        "what it tells."
    )


def _amount(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
