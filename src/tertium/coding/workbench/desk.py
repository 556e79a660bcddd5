"""Where the workbench's acts meet the log: reading it anew, writing lines, undo and redo.

Comes in: sources, schemes, a coder and the folder of logs.
Goes out: lines appended to the log, and what stands there now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tertium.coding.coder import Coded
from tertium.coding.logs.lines import retraction_line
from tertium.coding.logs.log import append
from tertium.coding.workbench.held import Held, read_held, tables_of
from tertium.coding.workbench.history import Content, History, Step, again
from tertium.coding.workbench.suggestions import Given, Suggestions
from tertium.coding.workbench.view import excerpt
from tertium.errors import TertiumError
from tertium.schemes.scheme import Scheme
from tertium.sources.source import Source

# What stands in a notebook where the coder's name goes.
PLACEHOLDER = "your-name"

Act = Mapping[str, Any]
Answer = dict[str, Any]


class Desk:
    """One coder at work on sources with schemes.

    Parameters
    ----------
    sources : sequence of Source
        At least one; the first is open.
    schemes : sequence of Scheme
        At least one.
    coder : str
    folder : Path
        The folder of logs.
    suggestions : DataFrame, Coded, "rule" or None
    blind : bool or None
        True: suggestions are hidden until asked for; False: the coder has seen other codings
        already. None: blind where there are no suggestions.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        schemes: Sequence[Scheme],
        *,
        coder: str,
        folder: Path,
        suggestions: Given = None,
        blind: bool | None = None,
    ) -> None:
        self.sources = {source.id: source for source in sources}
        self.schemes = {scheme.name: scheme for scheme in schemes}
        self.coder, self.folder = coder, folder
        self._suggestions = Suggestions(suggestions, self.schemes, coder)
        self._shown = self._suggestions.are_there and blind is not True
        self._is_blind = blind is not False
        self._open = sources[0].id
        self._passages: dict[str, int] = {}
        self._seen: set[str] = set()
        self._histories: dict[str, History] = {}

    def tables(self) -> Coded:
        """The codings and readings of the coder on the sources, as `read_codings` gives them."""
        return tables_of(self.folder, self.coder, list(self.sources.values()))

    def check(self) -> None:
        """Refuse logs that can't be used, were made on another text, or are a model's."""
        self.tables()
        read_held(self.folder, self.coder, self.sources, self.schemes)

    def n_codings(self) -> int:
        """How many codings the coder holds on the sources, in the schemes."""
        codings = self.tables().codings
        return int(codings["scheme"].isin(list(self.schemes)).sum())

    def note_sight(self, held: Held) -> None:
        """Who has seen suggestions for a source once is not blind there again."""
        if self._shown or held.was_seen:
            self._seen.add(held.source.id)

    def blind(self, source: Source) -> bool:
        """Whether a coding of `source` made now is blind."""
        return self._is_blind and source.id not in self._seen

    def history(self, source: Source) -> History:
        """What was done in `source` since the workbench was opened."""
        return self._histories.setdefault(source.id, History())

    def held(self, source: Source) -> Held:
        """What stands on `source` now; read anew, for others may have written."""
        held = read_held(self.folder, self.coder, {source.id: source}, self.schemes)[source.id]
        self.note_sight(held)
        return held

    # --- writing -------------------------------------------------------------------------------

    def commit(
        self,
        source: Source,
        name: str,
        added: Sequence[Content],
        removed: Sequence[Content] = (),
    ) -> None:
        """Write lines, take others back, and remember both for undo."""
        self.write(source, added, [line["id"] for line in removed])
        self.history(source).add(Step(name, tuple(added), tuple(removed)))

    def write(self, source: Source, added: Iterable[Content], gone: Sequence[str]) -> None:
        """Append lines; the first of them, or a retraction, takes back those that are `gone`."""
        if self.coder == PLACEHOLDER:
            raise TertiumError(
                f'Nothing was written: {PLACEHOLDER!r} is nobody. Write your own name, coder="…", '
                "and run the cell again."
            )
        lines = [dict(line) for line in added]
        if gone and lines:
            lines[0]["replaces"] = list(gone)
        elif gone:
            lines = [retraction_line(source, gone, coder=self.coder)]
        append(self.folder, lines)

    def undo(self, source: Source, act: Act) -> Answer:
        """Take the last act on the open source back."""
        history = self.history(source)
        if not history.done:
            raise TertiumError("Nothing to undo in this source since the workbench was opened.")
        return self._play(source, history.done, history.undone, "Undone")

    def redo(self, source: Source, act: Act) -> Answer:
        """Do again what was undone last."""
        history = self.history(source)
        if not history.undone:
            raise TertiumError("Nothing to do again in this source.")
        return self._play(source, history.undone, history.done, "Done again")

    def _play(self, source: Source, taken: list[Step], put: list[Step], told: str) -> Answer:
        """The last step of one list is played and goes to the end of the other."""
        history, step = self.history(source), taken[-1]
        played = step.reverse if taken is history.done else step
        there = self.held(source).ids
        gone = [id_ for id_ in history.current_ids(played.removed) if id_ in there]
        if played.removed and not gone:
            taken.pop()
            raise TertiumError("What this act wrote was taken back elsewhere; it is skipped.")
        lines = [again(line) for line in played.added]
        self.write(source, lines, gone)
        history.note(played.added, lines)
        put.append(taken.pop())
        return {"message": f"{told}: {step.name}"}

    # --- words ---------------------------------------------------------------------------------

    def scheme(self, said: Act) -> Scheme:
        """The scheme that an act names."""
        name = str(said.get("scheme"))
        if name not in self.schemes:
            raise TertiumError(f"{name!r} is no scheme here; there are {', '.join(self.schemes)}.")
        return self.schemes[name]

    def code_label(self, scheme: str, code: str) -> str:
        """What a reader sees of a code."""
        known = self.schemes.get(scheme)
        return known.code(code).label if known and code in known.code_ids else f"{scheme} / {code}"

    def label(self, line: Content) -> str:
        """What a reader sees of a line's code."""
        return self.code_label(str(line["scheme"]), str(line["code"]))

    def told(self, source: Source, line: Content) -> str:
        """A line in words: its code and its passage."""
        label = self.label(line)
        if line["start"] is None:
            return f"{label}, the whole source"
        return f"{label}, “{excerpt(source.text[line['start'] : line['end']])}”"
