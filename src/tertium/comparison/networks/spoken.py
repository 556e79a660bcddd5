"""Codings that belong together, put together: who holds what, for or against, towards whom.

Comes in: the codings of one coder that carry a statement.
Goes out: one `Position` an actor and claim of a statement, with its passages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tertium.coding.logs.statement_rows import FOR
from tertium.comparison.passages import Passages, part_of_source, rows_of
from tertium.errors import ChecksumError, UnknownNameError, VersionError
from tertium.schemes.actors import NAME as ACTOR
from tertium.spans import Span

HOW_SIDES_ARE_TOLD = (
    "For a claim: the actor raises it or plans for it (asserted, planned). Against it: the actor "
    "criticises or refuses it (criticised, denied)."
)
_HOW_TO_CODE = (
    "a statement is coded by rows of one source with the same word in the column statement: what "
    "is claimed, and the actor with the role actor (docs/coding.md, Statements)"
)


@dataclass(frozen=True)
class Position:
    """What one actor holds of one claim, in one statement.

    Parameters
    ----------
    source_id, statement_id : str
    actor, code, stance : str
    addressees, speakers : tuple of str
        Ids of actors: of whom it is claimed, and who reports it; sorted.
    spans : tuple of Span or None
        Its passages, those inside another left out; None: the whole source.
    coding_ids : tuple of str
    """

    source_id: str
    statement_id: str
    actor: str
    code: str
    stance: str
    addressees: tuple[str, ...]
    speakers: tuple[str, ...]
    spans: tuple[Span | None, ...]
    coding_ids: tuple[str, ...]

    @property
    def is_for(self) -> bool:
        """Whether the actor is for the claim; else against it."""
        return self.stance in FOR


@dataclass(frozen=True)
class Spoken:
    """All positions of one coder, and what could not become one.

    Parameters
    ----------
    positions : tuple of Position
        In reading order of the sources, then by place.
    coder : str
    unattributed : int
        Codings of the scheme by this coder that belong to no statement.
    without_actor, without_claim : int
        Statements without an actor; and those whose claim was retracted, while those whom they
        name still stand.
    read : int
        Of how many counted sources the coder read the whole for the scheme.
    """

    positions: tuple[Position, ...]
    coder: str
    unattributed: int
    without_actor: int
    without_claim: int
    read: int


def spoken(passages: Passages, *, scheme: str, coder: str | None) -> Spoken:
    """The positions that a coder found in counted sources; see `Spoken`.

    Raises
    ------
    UnknownNameError
        No such scheme, or no statement by that coder.
    VersionError, ChecksumError
        The statements were coded with another version of the scheme, or on another text.
    """
    tables = passages.tables
    in_force = tables.scheme(scheme)
    who = tables.decides(scheme) if coder is None else coder
    table = tables.codings[tables.codings["source_id"].isin(passages.counted)]
    own = table[(table["coder"] == who).fillna(False)]
    stated = own[own["statement_id"].notna()]
    if not (stated["scheme"] == scheme).any():
        raise UnknownNameError(_nobody(table, who, scheme))
    # What is not the scheme's, the list of actors' or in a statement concerns nobody here.
    concerned = stated[stated["scheme"].isin([scheme, ACTOR])]
    _check(passages, rows_of(concerned), {scheme: in_force.version})
    grouped: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows_of(concerned):
        grouped.setdefault((str(row["source_id"]), str(row["statement_id"])), []).append(row)
    found = [each for key, rows in sorted(grouped.items()) for each in _positions(*key, rows)]
    place = {source_id: number for number, source_id in enumerate(passages.counted)}
    found.sort(key=lambda each: (place[each.source_id], _start(each), each.statement_id))
    claims = {key for key, rows in grouped.items() if any(_is_claim(row) for row in rows)}
    spoken_of = {(each.source_id, each.statement_id) for each in found}
    plain = own[own["statement_id"].isna() & (own["scheme"] == scheme).fillna(False)]
    return Spoken(
        positions=tuple(found),
        coder=who,
        unattributed=len(plain),
        without_actor=len(claims - spoken_of),
        without_claim=_orphans(stated),
        read=_read(passages, who, scheme),
    )


def _orphans(stated: pd.DataFrame) -> int:
    """Statements of which only those whom they name are left, whatever scheme the claim had."""
    keys = {(row["source_id"], row["statement_id"]) for row in rows_of(stated)}
    claimed = {(row["source_id"], row["statement_id"]) for row in rows_of(stated) if _is_claim(row)}
    return len(keys - claimed)


def _nobody(table: pd.DataFrame, coder: str, scheme: str) -> str:
    has = table["statement_id"].notna() & (table["scheme"] == scheme).fillna(False)
    others = sorted({str(each) for each in table.loc[has, "coder"].dropna()})
    there = f"there are statements by {', '.join(others)}" if others else "nobody coded any"
    return f"no statement on {scheme} by coder {coder!r}; {there}; {_HOW_TO_CODE}"


def _check(passages: Passages, rows: Iterable[dict[str, Any]], versions: dict[str, str]) -> None:
    for row in rows:
        source_id = str(row["source_id"])
        if row["text_sha256"] != passages.sources[source_id]["text_sha256"]:
            raise ChecksumError(
                f"coding {row['coding_id']} of source {source_id}: it was made on another text; "
                "re-anchor the codings"
            )
        wanted = versions.get(str(row["scheme"]))
        if wanted is not None and row["scheme_version"] != wanted:
            raise VersionError(
                f"coding {row['coding_id']} was made with scheme {row['scheme']} "
                f"{row['scheme_version']}, but {wanted} is in force; code again with {wanted}"
            )


def _is_claim(row: dict[str, Any]) -> bool:
    return row["scheme"] != ACTOR and pd.isna(row["role"])


def _positions(source_id: str, statement_id: str, rows: list[dict[str, Any]]) -> Iterator[Position]:
    """One for each actor, claim and stance of a statement."""
    claims: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        if _is_claim(row):
            stance = "asserted" if pd.isna(row["stance"]) else str(row["stance"])
            claims.setdefault((str(row["code"]), stance), []).append(row)
    named = {role: _named(rows, role) for role in ("actor", "target", "speaker")}
    others = [row for role in ("target", "speaker") for row in _of_role(rows, role)]
    for actor in named["actor"]:
        own = [row for row in _of_role(rows, "actor") if str(row["code"]) == actor]
        for (code, stance), claim in sorted(claims.items()):
            behind = [*claim, *own, *others]
            yield Position(
                source_id=source_id,
                statement_id=statement_id,
                actor=actor,
                code=code,
                stance=stance,
                addressees=named["target"],
                speakers=named["speaker"],
                spans=_outermost(part_of_source(row) for row in behind),
                coding_ids=tuple(sorted({str(row["coding_id"]) for row in behind})),
            )


def _of_role(rows: list[dict[str, Any]], role: str) -> list[dict[str, Any]]:
    return [row for row in rows if row["scheme"] == ACTOR and row["role"] == role]


def _named(rows: list[dict[str, Any]], role: str) -> tuple[str, ...]:
    return tuple(sorted({str(row["code"]) for row in _of_role(rows, role)}))


def _outermost(spans: Iterable[Span | None]) -> tuple[Span | None, ...]:
    """Each span once; one that another holds says nothing more."""
    placed = sorted({span for span in spans if span is not None})
    kept = [
        span for span in placed if not any(each != span and each.holds(span) for each in placed)
    ]
    return tuple(kept) or (None,)


def _start(position: Position) -> tuple[int, int]:
    first = position.spans[0]
    return (-1, -1) if first is None else (first.start, first.end)


def _read(passages: Passages, coder: str, scheme: str) -> int:
    table = passages.tables.readings
    whole = table[
        (table["coder"] == coder).fillna(False)
        & (table["scheme"] == scheme).fillna(False)
        & table["start"].isna()
        & table["code"].isna()
        & table["source_id"].isin(passages.counted)
    ]
    return len({str(each) for each in whole["source_id"]})
