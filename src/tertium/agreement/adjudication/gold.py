"""From what coders agree on and what was decided to the lines of the gold.

Comes in: places, decisions, and the lines that stand in the log of the gold.
Goes out: the lines to append, so that the log says what holds now, and nothing where it does.

A reading is written of what at least two coders read, for each code of which no place in that
source is open; an open place is neither present nor absent. What rests on codings that no longer
stand is taken back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tertium.agreement.adjudication.decisions import Decision, Held, agreed_on
from tertium.agreement.adjudication.items import Item, Places
from tertium.coding.logs.decided import holding
from tertium.coding.logs.line_kinds import checked
from tertium.coding.logs.lines import coding_line, decision_line, reading_line, retraction_line
from tertium.coding.logs.log import Line
from tertium.columns import CoderKind
from tertium.errors import Fault, InputError, UnknownNameError
from tertium.schemes.scheme import Scheme
from tertium.sources.source import Source
from tertium.spans import Span

NewLine = dict[str, Any]
# Code and place of a reading, and whether it was made under the version in force.
_ReadingKey = tuple[str | None, Span | None, bool]


@dataclass(frozen=True)
class Settled:
    """What the log of the gold holds of one item.

    Parameters
    ----------
    lines : tuple of Line
        The codings and decisions that name the item's codings, and no others.
    """

    lines: tuple[Line, ...] = ()

    @property
    def decision(self) -> Decision | None:
        """The decision; None where there is none, or where two contradict each other."""
        lines = holding(self.lines) or []
        said = [line.content for line in lines if line.kind == "decision"]
        if not said:
            return None
        adjudicator = said[0].get("adjudicator")
        return Decision(said[0]["verdict"], _all_held(lines), said[0]["memo"], adjudicator)

    @property
    def held(self) -> tuple[Held, ...]:
        """The codings that the gold has for the item."""
        return _all_held(self.lines)

    @property
    def ids(self) -> list[str]:
        """Ids of the lines, sorted."""
        return sorted(line.id for line in self.lines)


@dataclass(frozen=True)
class Recorder:
    """As whom lines are written."""

    scheme: Scheme
    coder: str
    coder_kind: CoderKind

    def decided(
        self, item: Item, decision: Decision, *, replaces: Sequence[str] = ()
    ) -> list[NewLine]:
        """The lines that say what holds at an item."""
        lines = [
            coding_line(
                item.source,
                held.span,
                self.scheme,
                item.code,
                coder=self.coder,
                coder_kind=self.coder_kind,
                stance=held.stance,  # type: ignore[arg-type]
                value=held.value,
                confidence=held.confidence,
                memo=decision.reason,
                decides=item.decides,
                adjudicator=decision.adjudicator,
                # One line takes back what stood; a decision does it where there is one.
                replaces=replaces if number == 0 and decision.adjudicator is None else (),
            )
            for number, held in enumerate(decision.held)
        ]
        if decision.adjudicator is not None:
            lines.append(
                decision_line(
                    item.source,
                    item.span,
                    self.scheme,
                    item.code,
                    verdict=decision.verdict,
                    decides=item.decides,
                    memo=decision.reason,
                    coder=self.coder,
                    coder_kind=self.coder_kind,
                    adjudicator=decision.adjudicator,
                    replaces=replaces,
                )
            )
        return lines

    def read(
        self, source: Source, span: Span | None, code: str | None, *, rests_on: Iterable[str]
    ) -> NewLine:
        """The line that says that a stretch of text was read, and by which coders."""
        line = reading_line(
            source, span, self.scheme, code, coder=self.coder, coder_kind=self.coder_kind
        )
        return checked({**line, "rests_on": sorted(rests_on)})

    def is_older(self, line: Line) -> bool:
        """Whether a line was made under another version of the scheme."""
        return bool(line.content["scheme_version"] != self.scheme.version)

    def taken_back(self, source: Source, ids: Iterable[str], why: str) -> NewLine:
        """The line that takes others back."""
        return retraction_line(
            source, sorted(ids), coder=self.coder, coder_kind=self.coder_kind, memo=why
        )


def settled(places: Places, gold: Iterable[Line]) -> dict[str, Settled]:
    """What the gold's log holds of each item, by its id; `gold` are lines that stand."""
    found: dict[tuple[str, frozenset[str]], list[Line]] = {}
    for line in gold:
        if line.content.get("decides"):
            key = line.source_id, frozenset(line.content["decides"])
            found.setdefault(key, []).append(line)
    return {
        item.id: Settled(tuple(found.get((item.source.id, frozenset(item.decides)), ())))
        for item in places.items
    }


def open_items(
    places: Places, known: Mapping[str, Settled], decisions: Mapping[str, Decision]
) -> list[Item]:
    """The differences that nobody has settled."""
    unsettled = {one.id for one, _ in contradicting(places, known, decisions)} - {*decisions}
    return [
        item
        for item in places.items
        if item.difference
        and item.id not in decisions
        and (known[item.id].decision is None or item.id in unsettled)
    ]


def contradicting(
    places: Places, known: Mapping[str, Settled], decisions: Mapping[str, Decision]
) -> list[tuple[Item, Item]]:
    """Sources that are held not to have a code, each with a passage that is held to have it."""
    absent: dict[tuple[str, str], Item] = {}
    found = []
    # A whole source comes before its passages.
    for item in places.items:
        decision = decisions.get(item.id) or known[item.id].decision
        key = item.source.id, item.code
        if item.span is None:
            if decision is not None and decision.verdict == "absent":
                absent[key] = item
        elif key in absent and (decision.verdict == "present" if decision else not item.difference):
            found.append((absent[key], item))
    return found


def lines_to_append(
    places: Places,
    gold: Sequence[Line],
    decisions: Mapping[str, Decision],
    *,
    recorder: Recorder,
    owners: Mapping[str, str],
    readers: Collection[tuple[str, str]],
) -> list[NewLine]:
    """What the log of the gold lacks; nothing where it says all of it.

    Parameters
    ----------
    places : Places
    gold : sequence of Line
        Lines on the scheme that stand in the log of the gold.
    decisions : mapping of str to Decision
        New ones, by item; those in the log need not be here.
    recorder : Recorder
    owners : mapping of str to str
        Whose each coding is that stands, of all coders.
    readers : collection of (source id, coder)
        Who has readings on the scheme that stand.

    Raises
    ------
    InputError
        A new decision contradicts another, or what coders agree on.
    UnknownNameError
        The gold settles a source between other coders than those named.
    """
    known = settled(places, gold)
    _refuse_contradictions(places, known, decisions)
    open_ids = {item.id for item in open_items(places, known, decisions)}
    lines: list[NewLine] = list(_superseded(places, gold, recorder, owners))
    for item in places.items:
        there = known[item.id]
        if item.id in decisions:
            lines += _renewed(item, there, decisions[item.id], recorder)
        elif there.decision is not None and item.id not in open_ids:
            if any(recorder.is_older(line) for line in there.lines):
                lines += recorder.decided(item, there.decision, replaces=there.ids)
        elif not item.difference:
            lines += _renewed(item, there, agreed_on(item), recorder)
        elif there.lines:
            # Agreed on under another overlap, the decision beside it was taken back, or two
            # decisions contradict each other.
            why = "taken back: the coders differ here, and no single decision holds"
            lines.append(recorder.taken_back(item.source, there.ids, why))
    still_open = {(item.source.id, item.code) for item in places.items if item.id in open_ids}
    absent = {
        (item.source.id, item.code)
        for item in places.items
        if item.span is None
        and (decision := decisions.get(item.id) or known[item.id].decision)
        and decision.verdict == "absent"
    }
    return [*lines, *_readings(places, gold, recorder, readers, still_open, absent - still_open)]


def _refuse_contradictions(
    places: Places, known: Mapping[str, Settled], decisions: Mapping[str, Decision]
) -> None:
    faults = []
    for whole, passage in contradicting(places, known, decisions):
        said = next((one for one in (passage, whole) if one.id in decisions), None)
        if said is not None and whole.span is None and passage.span is not None:
            place = f"{passage.span.start} to {passage.span.end}"
            found = f"{whole.code} would be absent from {whole.source.id} and present in {place}"
            other = whole if said is passage else passage
            told = f"decide {other.id} otherwise first" if other.difference else "write present"
            faults.append(Fault(said.id, 0, "decision", found, told))
    if faults:
        raise InputError(faults)


def _renewed(item: Item, there: Settled, decision: Decision, recorder: Recorder) -> list[NewLine]:
    if any(recorder.is_older(line) for line in there.lines):
        return recorder.decided(item, decision, replaces=there.ids)
    if decision.adjudicator is not None:
        if there.decision == decision:
            return []
    elif there.held == decision.held and {x.content["memo"] for x in there.lines} == {
        decision.reason
    }:
        return []
    return recorder.decided(item, decision, replaces=there.ids)


def _superseded(
    places: Places, gold: Iterable[Line], recorder: Recorder, owners: Mapping[str, str]
) -> Iterator[NewLine]:
    """Take back what rests on codings that no longer stand, or no longer stand together.

    Raises
    ------
    UnknownNameError
        The gold settles a source between other coders than those named.
    """
    current = {(item.source.id, frozenset(item.decides)) for item in places.items}
    touched = {source_id for source_id, _ in (*current, *places.read)}
    old: dict[str, list[str]] = {}
    for line in gold:
        decides = frozenset(line.content.get("decides") or ())
        if not decides or line.source_id not in places.sources:
            continue
        if (line.source_id, decides) in current:
            continue
        strangers = sorted({owners[id_] for id_ in decides if id_ in owners} - {*places.coders})
        if not strangers:
            old.setdefault(line.source_id, []).append(line.id)
        elif line.source_id in touched:
            raise _of_others(recorder, line, strangers, "coded")
    for source_id, ids in sorted(old.items()):
        why = "taken back: the codings that it rests on have changed"
        yield recorder.taken_back(places.sources[source_id], ids, why)


def _of_others(
    recorder: Recorder, line: Line, strangers: Iterable[str], did: str
) -> UnknownNameError:
    return UnknownNameError(
        f"{recorder.coder} of source {line.source_id} also settles what "
        f"{' and '.join(strangers)} {did}; name them among the coders too"
    )


def _read_there(
    places: Places, gold: Iterable[Line], recorder: Recorder, readers: Collection[tuple[str, str]]
) -> dict[str, dict[_ReadingKey, list[str]]]:
    """The gold's readings, by source and by what they say.

    Those that rest on other coders alone are left out; in a source that those named read too,
    they are refused.
    """
    there: dict[str, dict[_ReadingKey, list[str]]] = {}
    touched = {source_id for source_id, _ in places.read}
    touched |= {item.source.id for item in places.items}
    for line in gold:
        if line.kind != "reading" or line.source_id not in places.sources:
            continue
        others = sorted({*(line.content.get("rests_on") or ())} - {*places.coders})
        strangers = [each for each in others if (line.source_id, each) in readers]
        if strangers and line.source_id in touched:
            raise _of_others(recorder, line, strangers, "read")
        if strangers:
            continue
        # What was read under an older version is said anew under this one.
        known = not recorder.is_older(line)
        key = (line.content.get("code"), _span(line.content), known)
        there.setdefault(line.source_id, {}).setdefault(key, []).append(line.id)
    return there


def _readings(
    places: Places,
    gold: Iterable[Line],
    recorder: Recorder,
    readers: Collection[tuple[str, str]],
    still_open: set[tuple[str, str]],
    absent: set[tuple[str, str]],
) -> Iterator[NewLine]:
    codes = recorder.scheme.code_ids
    there = _read_there(places, gold, recorder, readers)
    read = {**places.read, **dict.fromkeys(absent)}
    for source_id in sorted({source_id for source_id, _ in read} | {*there}):
        source = places.sources[source_id]
        rests_on = [each for each in places.coders if (source_id, each) in readers]
        by_code = {
            code: _as_keys(read[source_id, code])
            for code in codes
            if (source_id, code) in read and (source_id, code) not in still_open
        }
        wanted: set[_ReadingKey] = set()
        if len(by_code) == len(codes) and len(set(by_code.values())) == 1:
            wanted.update((None, span, True) for span in by_code[codes[0]])
        else:
            wanted.update((code, span, True) for code, spans in by_code.items() for span in spans)
        stood = there.get(source_id, {})
        for code, span, _ in sorted(wanted - stood.keys(), key=_reading_order):
            yield recorder.read(source, span, code, rests_on=rests_on or places.coders)
        if gone := [id_ for key, ids in stood.items() if key not in wanted for id_ in ids]:
            why = "taken back: what was read together, or what is open, has changed"
            yield recorder.taken_back(source, gone, why)


def _as_keys(read: list[Span] | None) -> tuple[Span | None, ...]:
    return (None,) if read is None else tuple(read)


def _reading_order(key: _ReadingKey) -> tuple[str, int]:
    code, span, _ = key
    return (code or "", -1 if span is None else span.start)


def _span(content: Mapping[str, Any]) -> Span | None:
    return None if content["start"] is None else Span(content["start"], content["end"])


def _all_held(lines: Iterable[Line]) -> tuple[Held, ...]:
    held = [_held(line.content) for line in lines if line.kind == "coding"]
    return tuple(sorted(held, key=lambda one: one.order))


def _held(content: Mapping[str, Any]) -> Held:
    return Held(
        _span(content),
        content.get("stance") or "asserted",
        content.get("value"),
        content.get("confidence"),
    )
