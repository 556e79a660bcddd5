"""What an adjudicator's lines hold, also where two branches with decisions were merged.

Comes in: lines that stand, of `gold` or `reference`.
Goes out: those that hold; what contradicts itself; what rests on codings that are gone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tertium.coding.logs.log import Line
from tertium.errors import Fault

# Coder, source, scheme and code.
Place = tuple[str, str, str, str]


def holding(lines: Sequence[Line]) -> list[Line] | None:
    """The lines that hold of those on one place; None where they contradict each other.

    Decisions that say the same count as one, and so do doubled passages.

    Parameters
    ----------
    lines : sequence of Line
        Codings and decisions that name the same codings in `decides`.

    Examples
    --------
    >>> holding([])
    []
    """
    groups: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        groups[_by_whom(line)].append(line)
    found = [_of_one(group) for _, group in sorted(groups.items())]
    held = [each for each in found if each is not None]
    if len(held) < len(found) or len({_outcome(each) for each in held}) > 1:
        return None
    # What was decided stands before what was agreed.
    return next((each for each in held if _decision(each)), held[0] if held else [])


def _by_whom(line: Line) -> tuple[str, str]:
    return str(line.content.get("adjudicator") or ""), str(line.content.get("memo") or "")


def _of_one(lines: Sequence[Line]) -> list[Line] | None:
    """The lines of one adjudicator and reason, each once; None: they can't all hold."""
    said = [line for line in lines if line.kind == "decision"]
    codings = [line for line in lines if line.kind == "coding"]
    times = Counter(_held(line) for line in codings)
    if said and {line.content["verdict"] == "absent" for line in said} != {not codings}:
        return None
    if len({line.content["verdict"] for line in said}) > 1:
        return None
    if len(said) > 1 and len(times) > 1 and min(times.values()) < len(said):
        return None  # the same reason was given for two passages
    once = {_held(line): line for line in sorted(codings, key=lambda one: one.id, reverse=True)}
    return [*once.values(), *sorted(said, key=lambda one: one.id)[:1]]


def _held(line: Line) -> tuple[Any, ...]:
    names = ("code", "start", "end", "stance", "value", "confidence")
    return tuple(line.content.get(name) for name in names)


def _decision(lines: Iterable[Line]) -> bool:
    return any(line.kind == "decision" for line in lines)


def _outcome(lines: Iterable[Line]) -> frozenset[tuple[Any, ...]]:
    return frozenset(_held(line) for line in lines if line.kind == "coding")


def in_effect(lines: Iterable[Line]) -> tuple[list[Line], set[Place]]:
    """The lines that hold, and the places that contradictory ones leave open.

    Parameters
    ----------
    lines : iterable of Line
        Those that stand; lines that decide nothing are among those that hold.

    Returns
    -------
    tuple of list of Line, set of tuple of str
        A place is coder, source, scheme and code.
    """
    listed = list(lines)
    kept = [line for line in listed if not line.content.get("decides")]
    still_open: set[Place] = set()
    for group in _groups(listed):
        held = holding(group)
        if held is None:
            still_open.update(_place(line) for line in group)
        else:
            kept += held
    return kept, still_open


def _groups(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines that decide the same codings."""
    groups: dict[tuple[Any, ...], list[Line]] = defaultdict(list)
    for line in lines:
        if decides := line.content.get("decides"):
            key = (line.coder, line.source_id, line.content["scheme"], tuple(sorted(set(decides))))
            groups[key].append(line)
    return [group for _, group in sorted(groups.items())]


def _place(line: Line) -> Place:
    return line.coder, line.source_id, line.content["scheme"], line.content["code"]


def contradictions(lines: Iterable[Line]) -> Iterator[Fault]:
    """Decisions that can't hold together: of one place, or of a source and a passage in it."""
    listed = list(lines)
    remedy = "decide it again: tertium adjudicate"
    for group in _groups(listed):
        if holding(group) is None:
            last = max(group, key=lambda line: (line.file, line.number))
            numbers = ", ".join(str(line.number) for line in group if line is not last)
            found = f"what is decided of {last.content['code']} contradicts line {numbers}"
            yield Fault(last.file, last.number, "decides", found, remedy)
    present: dict[Place, Line] = {}
    kept, _ = in_effect(listed)
    for line in kept:
        if line.kind == "coding" and line.content["start"] is not None:
            present.setdefault(_place(line), line)
    for line in kept:
        is_whole = line.kind == "decision" and line.content["start"] is None
        if is_whole and line.content["verdict"] == "absent" and _place(line) in present:
            passage = present[_place(line)]
            found = f"{line.content['code']} is absent here, but present in line {passage.number}"
            yield Fault(line.file, line.number, "verdict", found, remedy)


def without_support(lines: Iterable[Line]) -> list[str]:
    """Notes on what rests on codings that their coders have taken back: one for each log."""
    listed = list(lines)
    there = {line.id for line in listed if line.kind == "coding"}
    gone: Counter[str] = Counter()
    for line in listed:
        if set(line.content.get("decides") or ()) - there:
            gone[line.file] += 1
    return [
        f"{file}: {'1 line rests' if number == 1 else f'{number} lines rest'} on codings that "
        "no longer stand; tertium adjudicate takes back what changed"
        for file, number in sorted(gone.items())
    ]
