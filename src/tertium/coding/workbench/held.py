"""What a coder holds of each source, as her log stands now.

Comes in: the folder of logs, read anew each time: another program may have appended to it.
Goes out: the lines that stand, by source, and what the coder should know about the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tertium.coding.coder import Coded
from tertium.coding.logs.log import Line, coders_in, is_unfinished, read_log, standing
from tertium.coding.logs.log_check import text_faults
from tertium.coding.logs.replay import replay
from tertium.columns import CODINGS, READINGS, frame
from tertium.errors import Fault, InputError, TertiumError
from tertium.schemes.scheme import Scheme
from tertium.sources.licences import may_be_passed_on
from tertium.sources.source import Source
from tertium.spans import Span

Content = Mapping[str, Any]


@dataclass
class Held:
    """The lines of one coder on one source that stand."""

    source: Source
    lines: list[Content] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    was_seen: bool = False

    @property
    def ids(self) -> set[str]:
        """Ids of the lines."""
        return {str(line["id"]) for line in self.lines}

    @property
    def codings(self) -> list[Content]:
        """The codings, in the text's order, those of the whole source first."""
        found = [line for line in self.lines if line["kind"] == "coding"]
        return sorted(found, key=lambda line: (line["start"] or -1, line["end"] or -1, line["id"]))

    def coding(self, line_id: str) -> Content:
        """One coding; refused where it does not stand any more."""
        for line in self.codings:
            if line["id"] == line_id:
                return line
        raise TertiumError(
            "This coding is not there any more; it was changed or deleted elsewhere."
        )

    def twin(
        self, scheme: str, code: object, span: Span | None, besides: str | None
    ) -> Content | None:
        """A coding of the same place with the same code, other than `besides`."""
        wanted = (scheme, code, span.start if span else None, span.end if span else None)
        for line in self.codings:
            place = (line["scheme"], line["code"], line["start"], line["end"])
            if place == wanted and line["id"] != besides:
                return line
        return None

    def passages(self, scheme: str, code: str) -> list[Content]:
        """The codings of passages, not of the whole source, with one code."""
        own = (scheme, code)
        return [
            line
            for line in self.codings
            if (line["scheme"], line["code"]) == own and line["start"] is not None
        ]

    def on_the_whole(self, scheme: str, code: str) -> list[Content]:
        """The lines that hold something of the whole source for one code."""
        own = (scheme, code)
        return [
            line
            for line in self.lines
            if line["kind"] in ("coding", "reading")
            and line["start"] is None
            and (line["scheme"], line.get("code")) == own
        ]

    def not_found(self, scheme: str, code: str) -> list[Content]:
        """The readings that say: searched in the whole source, not found."""
        return [line for line in self.on_the_whole(scheme, code) if line["kind"] == "reading"]

    def read_entirely(self, scheme: str) -> list[Content]:
        """The readings of the whole source for all codes of a scheme."""
        return [
            line
            for line in self.lines
            if line["kind"] == "reading"
            and line["start"] is None
            and line.get("code") is None
            and line["scheme"] == scheme
        ]

    def leaves_open(self, suggestion: Content) -> bool:
        """Whether a suggestion was neither taken over, turned down, nor coded so anyway."""
        if any(line.get("suggestion") == suggestion["id"] for line in self.lines):
            return False
        span = Span(suggestion["start"], suggestion["end"])
        return self.twin(suggestion["scheme"], suggestion["code"], span, None) is None


def read_held(
    folder: Path, coder: str, sources: Mapping[str, Source], schemes: Mapping[str, Scheme]
) -> dict[str, Held]:
    """What `coder` holds of each of `sources`.

    Raises
    ------
    InputError
        A log that can't be used, or one that a model wrote.
    """
    lines, faults = read_log(folder, shown=folder.name, coders=[coder])
    broken = [fault for fault in faults if not is_unfinished(fault)]
    broken += _not_a_person(lines, coder, folder.name)
    if broken:
        raise InputError(broken)
    held = {source_id: Held(source) for source_id, source in sources.items()}
    for line in lines:
        if line.source_id in held and _tells_of_sight(line):
            held[line.source_id].was_seen = True
    by_source: dict[str, list[Line]] = {source_id: [] for source_id in sources}
    for line in standing(lines):
        if line.source_id in by_source:
            by_source[line.source_id].append(line)
    for source_id, own in by_source.items():
        _sort_in(held[source_id], own, schemes)
        held[source_id].remarks += [
            f"Line {fault.line} of the log was cut short, perhaps by a crash: what it said is lost."
            for fault in faults
            if is_unfinished(fault) and fault.file.endswith(f"/{source_id}.jsonl")
        ]
    return held


def _tells_of_sight(line: Line) -> bool:
    """Who took a suggestion over or turned one down has seen it, whatever was retracted since."""
    said = line.content
    return said.get("blind") is False or line.kind == "rejection" or bool(said.get("suggestion"))


def _not_a_person(lines: Sequence[Line], coder: str, shown: str) -> list[Fault]:
    kinds = sorted({str(line.content.get("coder_kind")) for line in lines} - {"human"})
    if not kinds:
        return []
    found = f"{coder} is a coder of the kind {', '.join(kinds)}, and people code here"
    return [Fault(f"{shown}/{coder}", 0, "coder", found, "write your own name")]


def _sort_in(held: Held, lines: Sequence[Line], schemes: Mapping[str, Scheme]) -> None:
    source = held.source
    of_other_text = others = 0
    for line in lines:
        if any(text_faults(line, source.text_sha256, source)):
            of_other_text += 1
        elif line.content.get("scheme") in schemes:
            held.lines.append(line.content)
        elif line.kind == "coding":
            others += 1
    if of_other_text:
        held.remarks.append(
            f"Made on another text of this source and not shown: {_count(of_other_text, 'line')}."
        )
    if others:
        held.remarks.append(f"Made with other schemes and not shown: {_count(others, 'coding')}.")
    if not may_be_passed_on(source.facts):
        held.remarks.append("This text may not be passed on: the log keeps places, not quotes.")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def tables_of(folder: Path, coder: str, sources: Sequence[Source]) -> Coded:
    """What `read_codings` gives of the coder's logs, for these sources; nothing without a log.

    Lines that no longer fit their text are left out, and a note counts them: the bench has to
    open for what the text is now.
    """
    if coder not in coders_in(folder):
        return Coded(frame([], CODINGS), frame([], READINGS))
    lines, faults = read_log(folder, shown=folder.name, coders=[coder])
    if broken := [fault for fault in faults if not is_unfinished(fault)]:
        raise InputError(broken)
    texts = {source.id: source for source in sources}
    own = [line for line in standing(lines) if line.source_id in texts]
    fitting = [
        line
        for line in own
        if not any(text_faults(line, texts[line.source_id].text_sha256, texts[line.source_id]))
    ]
    notes = [str(fault) for fault in sorted(set(faults))]
    if away := len(own) - len(fitting):
        notes.append(f"made on another text and left out: {_count(away, 'line')}")
    return replace(replay(fitting, sources=sources), notes=tuple(notes))
