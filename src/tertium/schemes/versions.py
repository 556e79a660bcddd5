"""Whether the versions of a scheme say what changed between them.

Comes in: a scheme and its earlier versions.
Goes out: faults (a change that the history does not tell, a version that moved too little) and
notes (an event that the versions don't show).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from tertium.errors import Fault
from tertium.schemes.diff import SchemeChange, SchemeDiff, scheme_diff
from tertium.schemes.history import events_between, fate_of, version_parts
from tertium.schemes.scheme import Scheme

# The part of a version that a change must move at least: 0 major, 1 minor, 2 patch.
PARTS: Mapping[str, int] = {
    "removed": 0, "split": 0, "merged": 0,
    "added": 1, "renamed": 1, "moved": 1, "definition": 1, "boundary": 1, "hierarchy": 1,
    "thresholds": 1,
    "label": 2, "examples": 2, "indicator": 2, "lists": 2, "frame": 2,
}  # fmt: skip
_PART_NAMES = ("major", "minor", "patch")

# Which events tell a change that a diff finds; a split or a merger tells all that goes with it.
_TOLD_BY: Mapping[str, tuple[str, ...]] = {
    "added": ("added",),
    "removed": ("removed",),
    "moved": ("moved",),
    "label": ("renamed",),
    "definition": ("definition", "split", "merged"),
    "boundary": ("boundary", "split", "merged"),
    "hierarchy": ("hierarchy", "split", "merged"),
    "indicator": ("indicator", "split", "merged"),
}
# What an event's change is called in a diff, where that is not the same.
_SHOWN_AS: Mapping[str, tuple[str, ...]] = {"renamed": ("renamed", "label")}


def version_faults(scheme: Scheme, past: Sequence[Scheme], *, file: str) -> list[Fault]:
    """Changes between the versions of a scheme that its history or its version leaves untold.

    Parameters
    ----------
    scheme : Scheme
        As it is now; its history covers all versions.
    past : sequence of Scheme
        Earlier versions.
    file : str
        The scheme's file, for the faults.

    Examples
    --------
    >>> from tertium.schemes.read import past_schemes, read_scheme
    >>> version_faults(read_scheme("approach"), past_schemes("approach"), file="approach.yml")
    []
    """
    faults: list[Fault] = []
    for diff, old, new in _steps(scheme, past):
        faults += _untold_faults(diff, old, new, file)
        faults += _part_faults(diff, old, new, file)
    return sorted(set(faults))


def version_notes(scheme: Scheme, past: Sequence[Scheme]) -> list[str]:
    """Events of the history that a comparison of the two versions around them does not show.

    Examples
    --------
    >>> from tertium.schemes.read import past_schemes, read_scheme
    >>> version_notes(read_scheme("approach"), past_schemes("approach"))
    []
    """
    notes = []
    for diff, old, new in _steps(scheme, past):
        shown = {(one.kind, each) for one in diff.changes for each in (one.code, one.was)}
        for event in events_between(new, old.version):
            kinds = _SHOWN_AS.get(event.change, (event.change,))
            if not any((kind, event.code) in shown for kind in kinds):
                notes.append(
                    f"{scheme.name}: the history tells of {event.code}, {event.change} in "
                    f"{event.version}, which {old.version} and {new.version} do not show"
                )
    return notes


def _steps(scheme: Scheme, past: Sequence[Scheme]) -> Iterator[tuple[SchemeDiff, Scheme, Scheme]]:
    """Each two versions that follow each other; the present history is the one that counts."""
    earlier = [one for one in past if version_parts(one.version) < version_parts(scheme.version)]
    ordered = sorted(earlier, key=lambda one: version_parts(one.version))
    for old, new in pairwise([*ordered, scheme]):
        told = new.model_copy(update={"history": events_between(scheme, "0.0.0", new.version)})
        yield scheme_diff(old, told), old, told


def _untold_faults(diff: SchemeDiff, old: Scheme, new: Scheme, file: str) -> Iterator[Fault]:
    for change in diff.changes:
        wanted = _TOLD_BY.get(change.kind)
        if wanted is None or _told(change, wanted, old, new):
            continue
        event = wanted[0]
        found = f"{_words(change)} changed from {old.version} to {new.version}, untold"
        if change.kind in ("added", "removed"):
            found = f"it was {change.kind} from {old.version} to {new.version}, untold"
        remedy = f"add {{version: {new.version}, code: {change.code}, change: {event}}}"
        if change.kind in ("added", "removed"):
            remedy += "; or the renaming, split or merger that it comes from"
        yield Fault(file, 0, f'history, code "{change.code}"', found, remedy)


def _told(change: SchemeChange, wanted: tuple[str, ...], old: Scheme, new: Scheme) -> bool:
    events = [one for one in events_between(new, old.version) if one.code == change.code]
    if change.was:
        events += fate_of(new, change.was, old.version).events
    if change.kind == "hierarchy":
        # A tactic that came or went may be told by its own id.
        tactic = change.field.removeprefix("tactic ")
        both = events_between(new, old.version)
        if any(one.code == tactic and one.change in ("added", "removed") for one in both):
            return True
        if any(one.change == "renamed" and tactic in (one.code, *one.origin) for one in both):
            return True
    return any(event.change in wanted for event in events)


def _words(change: SchemeChange) -> str:
    return f"{change.kind} ({change.field})" if change.field else change.kind


def _part_faults(diff: SchemeDiff, old: Scheme, new: Scheme, file: str) -> Iterator[Fault]:
    if not diff:
        return
    largest = min(diff.changes, key=lambda one: PARTS[one.kind])
    before, after = version_parts(old.version), version_parts(new.version)
    moved = next(number for number in range(3) if before[number] != after[number])
    # Before 1.0.0 nothing is promised: there the minor part stands for the major one.
    due = max(PARTS[largest.kind], 1) if before[0] == 0 else PARTS[largest.kind]
    if moved > due:
        name = largest.code or "the scheme"
        found = f"{name}: {_words(largest)} changed, and {old.version} became {new.version}"
        raised = [*before[:due], before[due] + 1, 0, 0][:3]
        remedy = f"move the {_PART_NAMES[due]} part: {'.'.join(map(str, raised))}"
        yield Fault(file, 0, "version", found, remedy)
