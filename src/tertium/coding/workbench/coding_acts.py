"""Acts of coding: passages, whole sources, and what was read.

Comes in: acts as the widget sends them.
Goes out: lines in the log, and what the person is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tertium.coding.logs.lines import UNDECIDED, coding_line, reading_line
from tertium.coding.workbench.desk import Act, Answer, Desk
from tertium.coding.workbench.held import Held
from tertium.coding.workbench.history import Content
from tertium.errors import TertiumError
from tertium.sources.source import Source
from tertium.spans import Span

# What a changed line takes along as it was: no act of the workbench names it.
_KEPT = ("statement_id", "role", "coder_version", "decides", "adjudicator")
# What may be said of a coding beside where and what it is.
_SAID = ("stance", "confidence", "memo", "value")


class CodingActs(Desk):
    """What a person does without suggestions."""

    def code(self, source: Source, act: Act) -> Answer:
        """Apply a code to a passage."""
        held = self.held(source)
        line = self.line(source, held, act)
        told = self.put(source, held, f"{self.label(line)}", line)
        return {"message": f"Coded: {self.told(source, line)}{told}", "made": line["id"]}

    def change(self, source: Source, act: Act) -> Answer:
        """Say something else of a coding: a new line stands in its place."""
        held = self.held(source)
        old = held.coding(str(act.get("id")))
        is_same_code = (act.get("scheme", old["scheme"]), act.get("code", old["code"])) == (
            old["scheme"],
            old["code"],
        )
        before = {**old, "value": old.get("value") if is_same_code else None}
        said = {name: before.get(name) for name in ("scheme", "code", "start", "end", *_SAID)}
        wanted = {**said, **{name: act[name] for name in said if name in act}}
        if all((wanted[name] or None) == (old.get(name) or None) for name in said):
            return {"message": "Nothing changed.", "made": old["id"]}
        line = self.line(
            source,
            held,
            wanted,
            suggestion=old.get("suggestion"),
            blind=self.blind(source) and old.get("blind") is not False,
            besides=old["id"],
        )
        line |= {name: old[name] for name in _KEPT if name in old}
        # A memo or a stance is no new reading of the codebook.
        if all(wanted[name] == old[name] for name in ("scheme", "code", "start", "end")):
            line["scheme_version"] = old["scheme_version"]
        told = self.put(source, held, f"change of {self.label(line)}", line, [old])
        return {"message": f"{self._change(source, act, line)}{told}", "made": line["id"]}

    def _change(self, source: Source, act: Act, line: Content) -> str:
        said = [name for name in ("scheme", "code", "start", "end", *_SAID) if name in act]
        if len(said) == 1 and said[0] in ("stance", "confidence"):
            return (
                f"{said[0].capitalize()} of {self.label(line)}: {line.get(said[0], 'not stated')}"
            )
        if said == ["memo"]:
            return f"Memo of {self.label(line)} {'kept' if line.get('memo') else 'taken out'}"
        return f"Changed: {self.told(source, line)}"

    def put(
        self,
        source: Source,
        held: Held,
        name: str,
        line: Content,
        removed: Sequence[Content] = (),
    ) -> str:
        """Write a coding; where its code was "not found", that is taken back, and told."""
        is_found = line["start"] is not None and line.get("stance") != "denied"
        denied = held.not_found(line["scheme"], line["code"]) if is_found else []
        self.commit(source, name, [line], [*removed, *denied])
        return "; it is no longer “searched, not found”" if denied else ""

    def delete(self, source: Source, act: Act) -> Answer:
        """Take a coding back."""
        old = self.held(source).coding(str(act.get("id")))
        self.commit(source, f"deletion of {self.label(old)}", [], [old])
        return {"message": f"Deleted: {self.told(source, old)} (u brings it back)"}

    def line(
        self,
        source: Source,
        held: Held,
        said: Act,
        *,
        suggestion: str | None = None,
        blind: bool | None = None,
        besides: str | None = None,
    ) -> dict[str, Any]:
        """A coding line by this coder; refused where the place is coded so already."""
        scheme = self.scheme(said)
        code, start, end = said.get("code"), said.get("start"), said.get("end")
        span = None if start is None and end is None else _span(source, start, end)
        if twin := held.twin(scheme.name, code, span, besides):
            raise TertiumError(f"This is coded so already: {self.told(source, twin)}")
        return coding_line(
            source,
            span,
            scheme,
            str(code),
            coder=self.coder,
            blind=self.blind(source) if blind is None else blind,
            stance=said.get("stance") or "asserted",
            confidence=said.get("confidence") or None,
            memo=(said.get("memo") or "").strip() or None,
            value=said.get("value") or None,
            suggestion=suggestion,
        )

    def verdict(self, source: Source, act: Act) -> Answer:
        """Hold a code present, absent or undecided in the source as a whole; None: no verdict."""
        scheme, code = self.scheme(act), str(act.get("code"))
        held = self.held(source)
        old = held.on_the_whole(scheme.name, code)
        label = f"{self.code_label(scheme.name, code)} in the whole source"
        who: dict[str, Any] = {"coder": self.coder, "blind": self.blind(source)}
        verdict = act.get("verdict")
        if verdict == "absent":
            if n := len(
                [
                    each
                    for each in held.passages(scheme.name, code)
                    if each.get("stance") != "denied"
                ]
            ):
                codings = "a coding" if n == 1 else f"{n} codings"
                raise TertiumError(
                    f"{self.code_label(scheme.name, code)} has {codings} here: delete what is "
                    'wrong, or give it the stance "denied", before you call it not found.'
                )
            added = [reading_line(source, None, scheme, code, **who)]
        elif verdict in ("present", "undecided"):
            value = UNDECIDED if verdict == "undecided" else None
            added = [coding_line(source, None, scheme, code, value=value, **who)]
        elif verdict is None:
            added = []
        else:
            raise TertiumError(f"{verdict!r} is no verdict; there are present, absent, undecided.")
        shown = {"absent": "searched, not found", None: "no verdict any more"}
        told = shown.get(verdict, str(verdict))
        self.commit(source, f"{label}: {told}", added, old)
        return {"message": f"{label}: {told}"}

    def read(self, source: Source, act: Act) -> Answer:
        """Say that the source was read entirely with a scheme, or take that back."""
        scheme = self.scheme(act)
        old = self.held(source).read_entirely(scheme.name)
        if act.get("read"):
            if old:
                return {"message": f"Read entirely for {scheme.title} already."}
            blind = self.blind(source)
            added = [reading_line(source, None, scheme, None, coder=self.coder, blind=blind)]
            self.commit(source, "read entirely", added)
            return {
                "message": f"Read entirely for {scheme.title}: what is not coded was not found."
            }
        self.commit(source, "not read entirely", [], old)
        return {"message": f"Not read entirely for {scheme.title}."}


def _span(source: Source, start: object, end: object) -> Span:
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(source.text):
        raise TertiumError(
            f"{start} to {end} is no place in the text, which has {len(source.text)} characters."
        )
    return Span(start, end)
