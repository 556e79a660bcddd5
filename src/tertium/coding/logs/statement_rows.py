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
