"""What changed between two versions of a scheme, as a coder has to know it.

Comes in: two schemes, the older first; the newer one's history says what became of each code.
Goes out: a `SchemeDiff`: one `SchemeChange` each, in a fixed order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import pandas as pd

from tertium.errors import VersionError
from tertium.schemes.history import events_between, fate_of, version_parts
from tertium.schemes.scheme import Code, Event, Indicator, Scheme

ChangeKind = Literal[
    "added",
    "removed",
    "renamed",
    "split",
    "merged",
    "moved",
    "label",
    "definition",
    "boundary",
    "hierarchy",
    "examples",
    "indicator",
    "thresholds",
    "lists",
    "frame",
]
CHANGE_KINDS: tuple[str, ...] = get_args(ChangeKind)

COLUMNS = ("kind", "code", "was", "field", "before", "after", "added", "removed")
_SHOWN = 5
_BOUNDARY = ("when_to_use", "when_not_to_use")


@dataclass(frozen=True)
class SchemeChange:
    """One thing that a coder meets differently in the newer version.

    Parameters
    ----------
    kind : str
        One of `CHANGE_KINDS`; "boundary" is when to use the code and when not, "indicator" the
        patterns with what is said beside them, "frame" the scheme's title, description,
        languages, order of codes and the words of its verdict rule.
    code : str
        Id in the newer version, the last one of a code that is gone; empty: the whole scheme.
    was : str
        Id in the older version; empty where there was none.
    field : str
        What changed: a key of the code, a tactic, a language or a list.
    before, after : str
        How it stood and how it stands.
    added, removed : tuple of str
        Patterns, examples or ids that came or went.
    """

    kind: ChangeKind
    code: str
    was: str = ""
    field: str = ""
    before: str = ""
    after: str = ""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __str__(self) -> str:
        name = self.code or "scheme"
        if self.was and self.was != self.code:
            name = f"{name} (was {self.was})"
        head = ", ".join(filter(None, (self.kind, self.field)))
        parts = [f"{self.before!r} → {self.after!r}"] if self.before or self.after else []
        parts += [
            f"{sign}{len(words)} {_some(words)}"
            for sign, words in (("+", self.added), ("−", self.removed))
            if words
        ]
        return f"{name}: {head}: {'; '.join(parts)}" if parts else f"{name}: {head}"


@dataclass(frozen=True)
class SchemeDiff:
    """Every change from one version of a scheme to another.

    Parameters
    ----------
    old, new : str
        The two versions, as a study file names them.
    changes : tuple of SchemeChange
        What touches the whole scheme comes first, then code by code in the newer order.
    """

    old: str
    new: str
    changes: tuple[SchemeChange, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)

    @property
    def frame(self) -> pd.DataFrame:
        """One row a change, with the fields of `SchemeChange` as columns."""
        rows = [[getattr(one, name) for name in COLUMNS] for one in self.changes]
        return pd.DataFrame(rows, columns=list(COLUMNS))

    def of_kind(self, *kinds: str) -> tuple[SchemeChange, ...]:
        """The changes of these kinds."""
        return tuple(one for one in self.changes if one.kind in kinds)


def scheme_diff(old: Scheme, new: Scheme) -> SchemeDiff:
    """What a coder who knows `old` has to learn to code with `new`.

    A code that was renamed, split or merged is followed by the history of `new`; without an
    event there it counts as removed, or as added. White space never matters.

    Parameters
    ----------
    old, new : Scheme

    Raises
    ------
    VersionError
        `old` is of a later version than `new`, or another scheme.

    Examples
    --------
    >>> from tertium.schemes.read import read_scheme
    >>> diff = scheme_diff(read_scheme("approach@1.0.0"), read_scheme("approach@1.1.0"))
    >>> diff.of_kind("removed", "split", "merged")
    ()
    >>> print(diff.of_kind("indicator")[0].code)
    state_led
    """
    if old.name != new.name:
        raise VersionError(
            f"{old.reference} and {new.reference} are two schemes, not two versions of one; "
            "compare versions of one"
        )
    if version_parts(old.version) > version_parts(new.version):
        raise VersionError(
            f"{old.reference} is later than {new.reference}; name the older version first"
        )
    pairs, structural = _paired(old, new)
    changes = [*_scheme_changes(old, new), *structural, *_moved_tactics(old, new)]
    moved = {one.code for one in changes if one.kind == "moved"}
    for was, code in pairs:
        changes += _code_changes(old, was, new, code, moved)
    order = {code_id: number for number, code_id in enumerate(["", *new.code_ids])}
    kinds = {kind: number for number, kind in enumerate(CHANGE_KINDS)}
    last = len(order)
    changes.sort(key=lambda one: (order.get(one.code, last), one.code, kinds[one.kind], one.field))
    return SchemeDiff(old.reference, new.reference, tuple(changes))


def _paired(old: Scheme, new: Scheme) -> tuple[list[tuple[Code, Code]], list[SchemeChange]]:
    """Which old code lives on in which new one, and what became of the others."""
    events = events_between(new, old.version)
    changes: list[SchemeChange] = []
    # What each id of the newer version was called in the older one, and which ids are explained.
    was_called = {code_id: code_id for code_id in old.code_ids}
    come: set[str] = set()
    gone: set[str] = set()
    for event in events:
        if event.change == "renamed" and event.origin:
            first = event.origin[0]
            was_called[event.code] = was_called.pop(first, first)
            come |= {event.code} if first in come else set()
        elif event.change == "split":
            come |= set(event.target) - {event.code}
            changes.append(_split_or_merged("split", event, event.target))
        elif event.change == "merged":
            come |= {event.code} - set(event.origin)
            changes.append(_split_or_merged("merged", event, event.origin))
    # A code that lives on in others, or whose last part was removed later, is told by that.
    for one in old.code_ids:
        fate = fate_of(new, one, old.version)
        if any(event.change in ("split", "merged") for event in fate.events):
            gone.add(one)
            come |= set(fate.ids)
    here = {code.id: code for code in new.codes}
    pairs = []
    for code_id, was in was_called.items():
        if code_id in here and was in old.code_ids:
            pairs.append((old.code(was), here[code_id]))
            if code_id != was:
                changes.append(SchemeChange("renamed", code_id, was, "id", was, code_id))
    kept_old, kept_new = {one.id for one, _ in pairs}, {one.id for _, one in pairs}
    tactics_now = {tactic.id for code in new.codes for tactic in code.tactics}
    tactics_then = {tactic.id for code in old.codes for tactic in code.tactics}
    for code in new.codes:
        if code.id not in kept_new | come | tactics_then:
            changes.append(SchemeChange("added", code.id, "", "", "", _one_line(code.definition)))
    for code in old.codes:
        if code.id not in kept_old | gone | tactics_now:
            text = _one_line(code.definition)
            changes.append(SchemeChange("removed", code.id, code.id, "", text, ""))
    return pairs, changes


def _split_or_merged(
    kind: Literal["split", "merged"], event: Event, ids: tuple[str, ...]
) -> SchemeChange:
    one, several = event.code, " + ".join(ids)
    before, after = (one, several) if kind == "split" else (several, one)
    return SchemeChange(kind, one, one if kind == "split" else "", "", before, after)


def _moved_tactics(old: Scheme, new: Scheme) -> Iterator[SchemeChange]:
    """Tactics that stand under another code now, codes that became tactics, and the reverse."""
    then, now = _places(old), _places(new)
    for one in sorted(set(then) & set(now)):
        before, after = then[one], now[one]
        if len(before) == len(after) == 1 and before != after:
            yield SchemeChange("moved", one, one, "", before[0], after[0])


def _places(scheme: Scheme) -> dict[str, list[str]]:
    """Under which codes each id stands; "" for a code itself."""
    places: dict[str, list[str]] = {}
    for code in scheme.codes:
        places.setdefault(code.id, []).append("")
        for tactic in code.tactics:
            places.setdefault(tactic.id, []).append(code.id)
    return places


def _code_changes(
    old: Scheme, was: Code, new: Scheme, code: Code, moved: set[str]
) -> Iterator[SchemeChange]:
    if was.parent != code.parent:
        yield SchemeChange("moved", code.id, was.id, "", was.parent or "", code.parent or "")
    fields: list[tuple[ChangeKind, str]] = [("label", "label"), ("definition", "definition")]
    fields += [("boundary", name) for name in _BOUNDARY]
    for kind, name in fields:
        before, after = _one_line(getattr(was, name)), _one_line(getattr(code, name))
        if before != after:
            shown = "" if name == kind else name
            yield SchemeChange(kind, code.id, was.id, shown, before, after)
    yield from _tactic_changes(was, code, moved)
    before_after = [
        tuple(
            f"{one.language}, {'' if one.coded else 'not '}coded: {_one_line(one.text)}"
            + (f" (source: {one.source})" if one.source else "")
            + (f" (note: {_one_line(one.note)})" if one.note else "")
            for one in each.examples
        )
        for each in (was, code)
    ]
    if set(before_after[0]) != set(before_after[1]):
        came, went = _difference(*before_after)
        yield SchemeChange("examples", code.id, was.id, added=came, removed=went)
    for language in sorted(set(was.indicators) | set(code.indicators)):
        yield from _indicator_changes(old, was, new, code, language)


def _tactic_changes(was: Code, code: Code, moved: set[str]) -> Iterator[SchemeChange]:
    then = {one.id: one for one in was.tactics}
    now = {one.id: one for one in code.tactics}
    for one in dict.fromkeys([*then, *now]):
        before = f"{then[one].label}: {_one_line(then[one].definition)}" if one in then else ""
        after = f"{now[one].label}: {_one_line(now[one].definition)}" if one in now else ""
        # A tactic that moved is told once, as moved.
        if before != after and not (one in moved and not (before and after)):
            yield SchemeChange("hierarchy", code.id, was.id, f"tactic {one}", before, after)


def _indicator_changes(
    old: Scheme, was: Code, new: Scheme, code: Code, language: str
) -> Iterator[SchemeChange]:
    then = [_resolved(old, one, language) for one in was.indicators.get(language, ())]
    now = [_resolved(new, one, language) for one in code.indicators.get(language, ())]
    if then == now:
        return
    before, after = _patterns(then), _patterns(now)
    came, went = _difference(before, after)
    first, second = (
        f"{len(each)} indicators, {len(patterns)} patterns{beside}"
        for each, patterns, beside in zip(
            (then, now), (before, after), _beside(then, now), strict=True
        )
    )
    yield SchemeChange("indicator", code.id, was.id, language, first, second, came, went)


def _beside(then: list[dict[str, Any]], now: list[dict[str, Any]]) -> tuple[str, str]:
    """What is said otherwise beside the same patterns: `; riot: weight 0.6`, before and after."""
    texts = ["", ""]
    known = {_own(one): one for one in then}
    for one in now:
        was = known.get(_own(one))
        for key in sorted(one) if was is not None else ():
            if was is not None and was[key] != one[key]:
                for side, each in enumerate((was, one)):
                    texts[side] += f"; {_own(one)}: {key} {_plain(each[key])}"
    if sorted(map(str, then)) == sorted(map(str, now)):
        texts = ["; one order", "; another order"]
    return texts[0], texts[1]


def _own(indicator: dict[str, Any]) -> str:
    patterns = [*indicator["pattern"], *filter(None, [indicator["regex"]])]
    return _some_of(tuple(patterns))


def _plain(value: Any) -> str:
    return _some_of(value) or "none" if isinstance(value, tuple) else str(value)


def _some_of(words: tuple[str, ...]) -> str:
    more = f" and {len(words) - _SHOWN} more" if len(words) > _SHOWN else ""
    return f"{', '.join(words[:_SHOWN])}{more}"


def _resolved(scheme: Scheme, indicator: Indicator, language: str) -> dict[str, Any]:
    """An indicator with its lists written out, in whatever order they stand."""
    content = indicator.model_dump()
    for name in ("pattern", "near", "require", "unless", "around", "not_around", "exclude"):
        written: set[str] = set()
        for pattern in content[name]:
            if pattern.startswith("@"):
                written.update(scheme.lists.get(pattern[1:], {}).get(language, ()))
            else:
                written.add(pattern)
        content[name] = tuple(sorted(written))
    return content


def _patterns(indicators: list[dict[str, Any]]) -> tuple[str, ...]:
    found = {pattern for one in indicators for pattern in one["pattern"]}
    found |= {f"regex:{one['regex']}" for one in indicators if one["regex"]}
    return tuple(sorted(found))


def _scheme_changes(old: Scheme, new: Scheme) -> Iterator[SchemeChange]:
    for name in ("present", "undecided"):
        before = _one_line(str(getattr(old.verdict, name)))
        after = _one_line(str(getattr(new.verdict, name)))
        if before != after:
            yield SchemeChange("thresholds", "", "", name, before, after)
    before, after = _one_line(old.verdict.text), _one_line(new.verdict.text)
    if before != after:
        yield SchemeChange("frame", "", "", "verdict text", before, after)
    for name in ("title", "description"):
        before, after = _one_line(getattr(old, name)), _one_line(getattr(new, name))
        if before != after:
            yield SchemeChange("frame", "", "", name, before, after)
    kept = set(old.code_ids) & set(new.code_ids)
    first, second = (", ".join(one for one in each.code_ids if one in kept) for each in (old, new))
    if first != second:
        yield SchemeChange("frame", "", "", "order of codes", first, second)
    came, went = _difference(old.languages, new.languages)
    if came or went:
        yield SchemeChange("frame", "", "", "languages", added=came, removed=went)
    for name in sorted(set(old.lists) | set(new.lists)):
        came, went = _difference(_words(old.lists.get(name, {})), _words(new.lists.get(name, {})))
        if came or went:
            yield SchemeChange("lists", "", "", f"@{name}", added=came, removed=went)


def _words(by_language: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(f"{each}: {word}" for each, words in by_language.items() for word in words)


def _difference(
    before: tuple[str, ...], after: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What came and what went, each sorted."""
    return tuple(sorted(set(after) - set(before))), tuple(sorted(set(before) - set(after)))


def _some(words: tuple[str, ...]) -> str:
    return f"({_some_of(words)})"


def _one_line(text: str) -> str:
    return " ".join(text.split())
