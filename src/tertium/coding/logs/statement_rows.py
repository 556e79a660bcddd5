"""Rows of a table that make up a statement: who claims what, of whom.

Comes in: rows of codings that were written by hand, with the columns statement and role.
Goes out: what is wrong with them, row by row and statement by statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from tertium.coding.logs.line_kinds import Role
from tertium.errors import Fault
from tertium.schemes.actors import NAME as ACTOR
from tertium.sources.files.rows import Row

ROLES: tuple[str, ...] = get_args(Role)
# Those who are named in a statement; a value belongs to what is claimed.
_WHO = ("actor", "target", "speaker")
# Raising a claim, promising it; criticising it, refusing it.
FOR = ("asserted", "planned")
AGAINST = ("criticised", "denied")


def form_faults(row: Row, scheme: str, file: str) -> Iterator[Fault]:
    """What is wrong with a row as a part of a statement.

    Parameters
    ----------
    row : Row
        With the cells statement, role, code and quote.
    scheme : str
        Name of the scheme of its code; empty where that is not known.
    file : str
        How faults name the table.

    Examples
    --------
    >>> row = Row(2, {"statement": "", "role": "actor", "code": "acftu", "quote": "ACFTU"})
    >>> [fault.field for fault in form_faults(row, "actor", "hand.csv")]
    ['statement']
    """
    statement, role = row["statement"], row["role"]
    if role and role not in ROLES:
        found = f"{role!r} is no role"
        yield Fault(file, row.line, "role", found, f"write {', '.join(ROLES)}, or nothing")
        return
    if role and not statement:
        found = f"the role {role} is of a statement, and none is named"
        yield Fault(file, row.line, "statement", found, "write the same word as in its other rows")
    if statement and not (row["code"] and row["quote"]):
        found = "a statement is made of passages, and none is quoted"
        yield Fault(file, row.line, "quote", found, "write a code and a quote, or no statement")
    if statement and scheme:
        if role in _WHO and scheme != ACTOR:
            found = f"the role {role} is of somebody, and {scheme} is no list of actors"
            yield Fault(file, row.line, "scheme", found, f"write {ACTOR}")
        elif role in _WHO and row.cells.get("stance"):
            found = f"{row['stance']!r}, but a stance is of a claim, not of the {role}"
            yield Fault(file, row.line, "stance", found, "write it in the row of the claim")
        elif scheme == ACTOR and role not in _WHO:
            found = "it does not say what the actor is in the statement"
            yield Fault(file, row.line, "role", found, f"write {', '.join(_WHO)}")


def whole_faults(row: Row, lines: Iterable[Mapping[str, Any]], file: str) -> Iterator[Fault]:
    """What a statement lacks.

    Parameters
    ----------
    row : Row
        The first of its rows in the table.
    lines : iterable of mapping
        All its codings, of the table and of the log.
    file : str
        How faults name the table.

    Examples
    --------
    >>> row = Row(2, {"statement": "s1", "source_id": "first"})
    >>> [fault.found for fault in whole_faults(row, [{"role": "actor"}], "hand.csv")]
    ["statement 's1' of first claims nothing"]
    """
    lines = list(lines)
    roles = {line.get("role") for line in lines}
    named = f"statement {row['statement']!r} of {row['source_id']}"
    if "actor" not in roles:
        found = f"{named} has no actor"
        remedy = f"add a row of the scheme {ACTOR} with the role actor, or code without statement"
        yield Fault(file, row.line, "statement", found, remedy)
    if None not in roles:
        found = f"{named} claims nothing"
        remedy = "add a row without a role, such as one of the scheme claim"
        yield Fault(file, row.line, "statement", found, remedy)
    sides: dict[str, set[bool]] = {}
    for line in lines:
        if line.get("role") is None and line.get("stance"):
            sides.setdefault(str(line.get("code")), set()).add(line["stance"] in FOR)
    for code in sorted(code for code, both in sides.items() if len(both) > 1):
        found = f"{named} is both for and against {code}"
        remedy = "make two statements of it, or keep one side"
        yield Fault(file, row.line, "stance", found, remedy)
    named_as = {
        role: {line.get("code") for line in lines if line.get("role") == role} for role in _WHO
    }
    for who in sorted(map(str, named_as["actor"] & named_as["target"])):
        found = f"{named} has {who} as actor and as target"
        remedy = "nobody claims of themselves: leave one of the rows out, or name another actor"
        yield Fault(file, row.line, "role", found, remedy)


def statement_notes(lines: Iterable[Mapping[str, Any]]) -> list[str]:
    """Statements whose claim was retracted while those whom they name still stand, by name.

    Parameters
    ----------
    lines : iterable of mapping
        Codings that stand.

    Examples
    --------
    >>> statement_notes([{"coder": "ana", "source_id": "a", "statement_id": "s1", "role": "actor"}])
    ['statements: 1 claims nothing any more, for its claim was retracted (ana: a s1)']
    """
    roles: dict[tuple[str, str, str], set[str | None]] = {}
    for line in lines:
        if line.get("statement_id"):
            key = (str(line["coder"]), str(line["source_id"]), str(line["statement_id"]))
            roles.setdefault(key, set()).add(line.get("role"))
    orphans = [key for key, found in sorted(roles.items()) if None not in found]
    if not orphans:
        return []
    named = "; ".join(f"{coder}: {source} {statement}" for coder, source, statement in orphans)
    does = (
        "claims nothing any more, for its claim was"
        if len(orphans) == 1
        else ("claim nothing any more, for their claims were")
    )
    return [f"statements: {len(orphans)} {does} retracted ({named})"]
