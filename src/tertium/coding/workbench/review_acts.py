"""Acts on suggestions: show, accept, correct, reject.

Comes in: acts as the widget sends them.
Goes out: lines in the log, and which suggestion is next.
"""

from __future__ import annotations

from typing import Any

from tertium.coding.logs.lines import rejection_line
from tertium.coding.workbench.coding_acts import CodingActs
from tertium.coding.workbench.desk import Act, Answer
from tertium.coding.workbench.held import Held
from tertium.coding.workbench.history import Content
from tertium.errors import TertiumError
from tertium.sources.source import Source
from tertium.spans import Span


class ReviewActs(CodingActs):
    """What a person does with another coder's codings before her."""

    def show(self, source: Source, act: Act) -> Answer:
        """Show the suggestions, or hide them."""
        if not self._suggestions.are_there:
            raise TertiumError("There are no suggestions; give some with suggestions=…")
        self._shown = bool(act.get("show"))
        if not self._shown:
            return {"message": "Suggestions are hidden; this source stays recorded as not blind."}
        return {"message": "Suggestions are shown; what you code here is recorded as not blind."}

    def accept(self, source: Source, act: Act) -> Answer:
        """Take a suggestion over as it is."""
        held, one = self._suggested(source, act)
        line = self.line(source, held, one, suggestion=one["id"], blind=False)
        told = self.put(source, held, f"acceptance of {self.label(line)}", line)
        return {"message": f"Accepted: {self.told(source, line)}{told}", **self.next(source, one)}

    def correct(self, source: Source, act: Act) -> Answer:
        """Take a suggestion over with other ends or another code."""
        held, one = self._suggested(source, act)
        changes = {name: act[name] for name in ("scheme", "code", "start", "end") if name in act}
        wanted = {**one, **changes}
        if all(wanted[name] == one[name] for name in changes):
            return self.accept(source, act)
        if (wanted["scheme"], wanted["code"]) != (one["scheme"], one["code"]):
            wanted["value"] = None
        wanted["memo"] = None
        line = self.line(source, held, wanted, suggestion=one["id"], blind=False)
        told = self.put(source, held, f"correction to {self.label(line)}", line)
        return {"message": f"Corrected: {self.told(source, line)}{told}", **self.next(source, one)}

    def reject(self, source: Source, act: Act) -> Answer:
        """Turn a suggestion down."""
        _, one = self._suggested(source, act)
        scheme, span = self.schemes[one["scheme"]], Span(one["start"], one["end"])
        line = rejection_line(
            source, span, scheme, one["code"], suggestion=one["id"], coder=self.coder
        )
        self.commit(source, f"rejection of {self.label(one)}", [line])
        return {"message": f"Rejected: {self.told(source, one)}", **self.next(source, one)}

    def _suggested(self, source: Source, act: Act) -> tuple[Held, dict[str, Any]]:
        held = self.held(source)
        for one in self._suggestions.of(source) if self._shown else ():
            if one["id"] == act.get("id"):
                if not held.leaves_open(one):
                    raise TertiumError("This suggestion was decided already.")
                return held, {**one, "memo": None}
        raise TertiumError("This suggestion is not there any more.")

    def next(self, source: Source, one: Content) -> Answer:
        """The open suggestion behind `one`; from the text's beginning where none follows."""
        held = self.held(source)
        left = [each for each in self._suggestions.of(source) if held.leaves_open(each)]
        after = [
            each for each in left if (each["start"], each["end"]) >= (one["start"], one["end"])
        ]
        following = after or left
        return {"next": following[0]["id"] if following else "none"}
