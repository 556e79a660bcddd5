"""Statements in words: who holds which claim, towards whom, and on which side.

Comes in: the codings of a study, those of one statement with the same id, and labels.
Goes out: a line for each statement, at the first passage that shows a part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tertium.report.style import STANCE_LABELS
from tertium.report.typesetting.passages import Passage

ARROW = " → "
Row = Mapping[str, Any]
# The parts of a statement in their order; codings without a role say what is claimed.
_PARTS = ("actor", "", "target")


def statements_by_passage(
    passages: Iterable[Passage],
    codings: Iterable[Row],
    labels: Mapping[str, Mapping[str, str]],
) -> dict[int, tuple[str, ...]]:
    """The statements that are shown first at a passage, by its number.

    A statement is shown where a passage has the very words of one of its codings, by a coder whom
    the passage names. The same words about one source are not said twice.

    Parameters
    ----------
    passages : iterable of Passage
        In the order of their numbers.
    codings : iterable of mapping
        source_id, start, end, scheme, code, coder, stance, statement_id, role.
    labels : mapping
        Labels of codes by scheme.
    """
    wholes: dict[tuple[str, str, str], list[Row]] = {}
    at: dict[tuple[str, Any, Any], dict[tuple[str, str, str], None]] = {}
    for row in codings:
        if not row.get("statement_id"):
            continue
        key = (str(row["source_id"]), str(row["coder"]), str(row["statement_id"]))
        wholes.setdefault(key, []).append(row)
        at.setdefault((key[0], row["start"], row["end"]), {})[key] = None
    found: dict[int, tuple[str, ...]] = {}
    told: set[tuple[str, str]] = set()
    for passage in passages:
        lines: dict[str, None] = {}
        for key in sorted(at.get((passage.source_id, passage.start, passage.end), ())):
            if key[1] not in passage.coders:
                continue
            line = statement_line(wholes[key], labels)
            if line and (key[0], line) not in told:
                told.add((key[0], line))
                lines[line] = None
        if lines:
            found[passage.number] = tuple(lines)
    return found


def statement_line(rows: Iterable[Row], labels: Mapping[str, Mapping[str, str]]) -> str:
    """One statement: actor, claim, addressee, stance; empty where nothing is claimed.

    Examples
    --------
    >>> rows = [{"scheme": "claim", "code": "wages", "role": None, "stance": "asserted"},
    ...         {"scheme": "actor", "code": "miners", "role": "actor", "stance": "asserted"}]
    >>> statement_line(rows, {"claim": {"wages": "Wages"}})
    'miners → Wages, asserted'
    """
    named: dict[str, dict[str, None]] = {}
    stances: set[str] = set()
    for row in rows:
        scheme, code, role = str(row["scheme"]), str(row["code"]), str(row.get("role") or "")
        named.setdefault(role, {})[labels.get(scheme, {}).get(code, code)] = None
        if not role:
            stances.add(STANCE_LABELS.get(str(row["stance"]), str(row["stance"])))
    if "" not in named:
        return ""
    parts = [", ".join(sorted(named[part])) for part in _PARTS if part in named]
    line = ARROW.join(parts)
    return f"{line}, {', '.join(sorted(stances))}" if stances else line
