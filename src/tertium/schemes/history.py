"""What happened to the codes of a scheme from version to version.

Comes in: a scheme with its history.
Goes out: the events since a version, what became of a code, and what is wrong with the history.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from tertium.errors import Fault
from tertium.schemes.scheme import Event, Scheme
from tertium.yaml_text import Lines

# A coding made before one of these was made under another understanding of its code.
STALING = ("definition", "boundary", "hierarchy", "split", "merged", "removed", "moved")

# How many ids each change names, at least and at most: in `from`, in `to`.
_MANY = 1_000
_NAMES: dict[str, tuple[tuple[int, int], tuple[int, int]]] = {
    "renamed": ((0, 1), (0, 0)),
    "split": ((0, 0), (2, _MANY)),
    "merged": ((2, _MANY), (0, 0)),
    "moved": ((0, 1), (0, 1)),
}


class Fate(NamedTuple):
    """What became of a code: the events that touched it, and the ids that it has now.

    Parameters
    ----------
    events : tuple of Event
        In the order of the history.
    ids : tuple of str
        Empty where the code was removed; several where it was split.
    tactic : str
        What the sub-code is called now; a code that became one is its own. Empty where there
        is none, and where a sub-code became a code.
    """

    events: tuple[Event, ...]
    ids: tuple[str, ...]
    tactic: str = ""


class _Moment(NamedTuple):
    """An event, and the codes right after it: those that surely were, and those that may."""

    event: Event
    sure: frozenset[str]
    possible: frozenset[str]


def version_parts(version: str) -> tuple[int, ...]:
    """A semantic version as numbers, so that versions can be compared.

    Examples
    --------
    >>> version_parts("1.10.0") > version_parts("1.9.3")
    True
    """
    return tuple(int(part) for part in version.split("."))


def events_between(scheme: Scheme, since: str, until: str | None = None) -> tuple[Event, ...]:
    """The events of the versions after `since`, up to `until` (the scheme's own)."""
    first, last = version_parts(since), version_parts(until or scheme.version)
    return tuple(one for one in scheme.history if first < version_parts(one.version) <= last)


def fate_of(scheme: Scheme, code: str, since: str, *, tactic: str = "") -> Fate:
    """What became of a code since a version.

    Parameters
    ----------
    scheme : Scheme
        The newer version; its history is followed.
    code : str
        Id of the code in version `since`.
    since : str
        The older version.
    tactic : str, optional
        A sub-code: its move to another code takes what was coded with it along.

    Examples
    --------
    >>> from tertium.schemes.read import read_scheme
    >>> approach = read_scheme("approach")
    >>> fate_of(approach, "strike", "1.0.0").ids
    ('strike',)
    >>> fate_of(approach, "strike", approach.version).events
    ()
    """
    now = [(code, tactic)]
    touched = []
    for moment in _moments(scheme, since):
        event = moment.event
        codes = {one for one, _ in now}
        joined = event.change in ("renamed", "merged") and set(event.origin) & codes
        if event.code in codes or joined or any(_of_tactic(moment, *one) for one in now):
            touched.append(event)
        now = list(dict.fromkeys(new for one in now for new in _after(moment, *one)))
    tactics = {sub for _, sub in now}
    ids = tuple(dict.fromkeys(one for one, _ in now))
    return Fate(tuple(touched), ids, tactics.pop() if len(tactics) == 1 else "")


def codes_at(scheme: Scheme, version: str) -> frozenset[str]:
    """The codes that there were in an earlier version, as far as the history tells.

    What is a sub-code now and once was a code is among them, and what was removed since.

    Examples
    --------
    >>> from tertium.schemes.read import read_scheme
    >>> "strike" in codes_at(read_scheme("approach"), "1.0.0")
    True
    """
    codes = frozenset(scheme.code_ids)
    for event in reversed(events_between(scheme, version)):
        codes = frozenset(_before(event, set(codes)))
        if event.change == "moved":
            codes |= {event.code}
    return codes


def read_since(scheme: Scheme, read: Iterable[tuple[str, str | None]]) -> frozenset[str]:
    """The present codes that somebody looked for in full who read for earlier ones.

    Who looked for a code looked for all its parts; for a merged code only who looked for all
    that went into it, and for a code with a new sub-code only who looked for that as well.

    Parameters
    ----------
    scheme : Scheme
        In force.
    read : iterable of (str, str or None)
        Version and code of each reading; None: all codes of that version.

    Examples
    --------
    >>> from tertium.schemes.read import read_scheme
    >>> approach = read_scheme("approach")
    >>> sorted(read_since(approach, [("1.0.0", "strike")]))
    ['strike']
    """
    waiting = sorted(read, key=lambda one: (version_parts(one[0]), one[1] or ""))
    covered: set[str] = set()

    def enter(before: tuple[int, ...] | None) -> None:
        while waiting and (before is None or version_parts(waiting[0][0]) < before):
            version, code = waiting.pop(0)
            covered.update(codes_at(scheme, version) if code is None else (code,))

    for moment in _moments(scheme, waiting[0][0] if waiting else scheme.version):
        enter(version_parts(moment.event.version))
        _carry(moment, covered)
    enter(None)
    return frozenset(covered & set(scheme.code_ids))


def _carry(moment: _Moment, covered: set[str]) -> None:
    """What is covered after an event, from what was before it; changes `covered`."""
    event = moment.event
    if event.change in ("renamed", "merged") and event.origin:
        whole = set(event.origin) <= covered
        covered.difference_update(event.origin)
        covered.difference_update({event.code})
        covered.update({event.code} if whole else ())
    elif event.change == "split" and event.code in covered:
        covered.discard(event.code)
        covered.update(event.target)
    elif event.change in ("removed", "added"):
        covered.discard(event.code)
    elif _becomes_tactic(moment) and event.code not in event.origin:
        if event.code in covered:
            covered.discard(event.code)
        elif not event.origin:
            covered.difference_update(event.target)


def _moments(scheme: Scheme, since: str) -> list[_Moment]:
    """The events since a version, each with the codes that there were right after it."""
    sure = possible = frozenset(scheme.code_ids)
    moments = []
    for event in reversed(events_between(scheme, since)):
        moments.append(_Moment(event, sure, possible))
        if event.change == "moved" and event.origin and not event.target:
            # It may have been a sub-code before.
            sure -= {event.code}
        if event.change == "removed":
            possible |= {event.code}
        elif _came(event) & possible:
            possible = frozenset(_before(event, set(possible)))
        if event.change != "removed" and _came(event) & sure:
            sure = frozenset(_before(event, set(sure)))
    return moments[::-1]


def _came(event: Event) -> set[str]:
    """The ids that an event leaves."""
    return set(event.target) if event.change == "split" else {event.code}


def _becomes_tactic(moment: _Moment) -> bool:
    event = moment.event
    return event.change == "moved" and bool(event.target) and event.code not in moment.possible


def _of_tactic(moment: _Moment, code: str, tactic: str) -> bool:
    """Whether an event is about a sub-code of a code."""
    event = moment.event
    if not tactic:
        return False
    if event.change == "moved" and event.origin:
        return event.code == tactic and code in event.origin
    if event.code in moment.sure:
        return False
    joined = event.change in ("renamed", "merged") and tactic in event.origin
    return event.code == tactic or joined


def _after(moment: _Moment, code: str, tactic: str) -> tuple[tuple[str, str], ...]:
    """Code and sub-code after an event, from what they were before it."""
    event = moment.event
    if event.change in ("renamed", "merged") and code in event.origin:
        return ((event.code, tactic),)
    if event.code == code:
        if event.change == "removed":
            return ()
        if event.change == "split":
            return tuple((one, tactic) for one in event.target)
        if _becomes_tactic(moment):
            return tuple((one, code) for one in event.target)
    if not _of_tactic(moment, code, tactic):
        return ((code, tactic),)
    if event.change == "moved" and code in event.origin:
        if event.target and event.code not in moment.sure:
            return tuple((one, tactic) for one in event.target)
        return ((tactic, ""),)
    if event.change in ("renamed", "merged") and tactic in event.origin:
        return ((code, event.code),)
    return ((code, tactic),)


def history_faults(scheme: Scheme, shown: str, lines: Lines) -> Iterator[Fault]:
    """What is wrong with a history: order, versions, and ids that no code ever had."""
    last = version_parts("0.0.0")
    seen: set[tuple[str, str, str]] = set()
    for number, event in enumerate(scheme.history):
        line = lines.at(("history", number))
        field = f"history, number {number + 1}"
        here = version_parts(event.version)
        if here < last:
            found = f"version {event.version} stands below a later one"
            yield Fault(shown, line, f"{field}, version", found, "put the oldest first")
        if here > version_parts(scheme.version):
            found = f"{event.version} is later than the scheme's own {scheme.version}"
            yield Fault(shown, line, f"{field}, version", found, "raise the scheme's version")
        last = max(last, here)
        what = (event.version, event.code, event.change)
        if what in seen:
            found = f"{event.code}, {event.change} stands twice for {event.version}"
            yield Fault(shown, line, field, found, "keep one, with both notes")
        seen.add(what)
        yield from _shape_faults(event, shown, line, field)
    yield from _id_faults(scheme, shown, lines)


def _shape_faults(event: Event, shown: str, line: int, field: str) -> Iterator[Fault]:
    wanted = _NAMES.get(event.change, ((0, 0), (0, 0)))
    named = (("from", event.origin), ("to", event.target))
    for (key, ids), (least, most) in zip(named, wanted, strict=True):
        if not least <= len(ids) <= most or len(set(ids)) < len(ids):
            found = f"{event.change} with {len(ids)} ids ({', '.join(ids) or 'none'})"
            if len(set(ids)) < len(ids):
                found = f"{', '.join(ids)}: one stands twice"
            remedy = "leave it out" if not most else f"name {_amount(least, most)}"
            yield Fault(shown, line, f"{field}, {key}", found, remedy)
    if event.change == "moved" and event.origin == event.target:
        found = f"{event.code} moves from {', '.join(event.origin) or 'nowhere'} to the same"
        yield Fault(shown, line, field, found, "name the code above it before (from) and now (to)")
    if event.change == "renamed" and event.code in event.origin:
        found, remedy = f"{event.code} was called so before", "name the former id, or no from"
        yield Fault(shown, line, f"{field}, from", found, remedy)


def _amount(least: int, most: int) -> str:
    return f"at least {least} ids" if most == _MANY else f"{least} to {most} ids"


def _id_faults(scheme: Scheme, shown: str, lines: Lines) -> Iterator[Fault]:
    """Walk back from the codes there are: what an event names must have been there then."""
    tactics = {tactic.id for code in scheme.codes for tactic in code.tactics}
    ids = set(scheme.code_ids) | tactics
    numbered = reversed(list(enumerate(scheme.history)))
    for version, group in groupby(numbered, key=lambda pair: pair[1].version):
        events = list(group)
        later = set(ids)
        for _, event in events:
            ids = _before(event, ids)
        for number, event in events:
            line, field = lines.at(("history", number)), f"history, number {number + 1}"
            for key, named, there in _named(event, ids, later):
                for one in named:
                    if one not in there:
                        when = "before" if there is ids else "in"
                        found = f"{one!r} is no code {when} {version}"
                        known = ", ".join(sorted(there)) or "none"
                        yield Fault(shown, line, f"{field}, {key}", found, f"write one of: {known}")
            yield from _gone_faults(event, later, shown, line, field)


def _named(
    event: Event, before: set[str], after: set[str]
) -> Iterator[tuple[str, tuple[str, ...], set[str]]]:
    """Each id of an event with the codes that it should be among."""
    if event.change in ("removed", "split"):
        yield "code", (event.code,), before
    elif event.change in ("added", "renamed", "merged", "moved"):
        yield "code", (event.code,), after
    else:
        # Within one version a code may be changed and renamed.
        yield "code", (event.code,), before | after
    yield "from", event.origin, before
    yield "to", event.target, after


def _gone_faults(
    event: Event, after: set[str], shown: str, line: int, field: str
) -> Iterator[Fault]:
    """Codes that an event takes away and that are still there."""
    gone: set[str] = set()
    if event.change == "removed" or (event.change == "split" and event.code not in event.target):
        gone = {event.code}
    elif event.change in ("renamed", "merged"):
        gone = set(event.origin) - {event.code}
    for one in sorted(gone & after):
        found = f"{one!r} is {event.change} in {event.version} and still a code then"
        yield Fault(shown, line, field, found, "take the code out, or mend the event")


def _before(event: Event, after: set[str]) -> set[str]:
    """The ids that there were before an event, from those that there are after it."""
    if event.change == "added":
        return after - {event.code}
    if event.change == "removed":
        return after | {event.code}
    if event.change == "split":
        return (after - set(event.target)) | {event.code}
    if event.change in ("renamed", "merged") and event.origin:
        return (after - {event.code}) | set(event.origin)
    return after
