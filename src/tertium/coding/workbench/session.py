"""The workbench without its browser: acts come in, the log is written, the state goes out.

Comes in: acts as the widget sends them, with places in code points.
Goes out: an answer a browser can draw, with a plain message; never a traceback.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tertium.coding.workbench.desk import Act, Answer
from tertium.coding.workbench.held import read_held
from tertium.coding.workbench.review_acts import ReviewActs
from tertium.coding.workbench.view import codebook, offered, own_codings, page, verdicts
from tertium.columns import STANCES
from tertium.errors import InputError, TertiumError
from tertium.sources.source import Source


class Session(ReviewActs):
    """One coder at work; each act by its name."""

    def _acts(self) -> dict[str, Callable[[Source, Act], Answer]]:
        return {
            "hello": self._hello,
            "open": self._open_source,
            "turn": self._turn,
            "load": self._load,
            "code": self.code,
            "change": self.change,
            "delete": self.delete,
            "verdict": self.verdict,
            "read": self.read,
            "accept": self.accept,
            "correct": self.correct,
            "reject": self.reject,
            "suggestions": self.show,
            "undo": self.undo,
            "redo": self.redo,
        }

    def answer(self, act: Act) -> Answer:
        """Do an act, and tell the browser what came of it.

        Parameters
        ----------
        act : mapping
            ``do`` names it, ``source`` the source that was shown; ``view`` and ``ask`` come back.

        Returns
        -------
        dict
            ``state`` to draw, ``message`` to show; ``failed`` where nothing was done.
        """
        try:
            known, acts = str(act.get("do")), self._acts()
            if known not in acts:
                raise TertiumError(f"The workbench knows no act {known!r}.")
            source = self.sources.get(str(act.get("source") or self._open))
            if source is None:
                raise TertiumError(f"Source {act.get('source')!r} is not in this workbench.")
            answer = acts[known](source, act)
        except InputError as error:
            faults = "; ".join(f"{fault.field} {fault.found}".strip() for fault in error.faults)
            answer = {"message": f"Nothing was written: {faults}.", "failed": True}
        except TertiumError as error:
            answer = {"message": str(error), "failed": True}
        except Exception as error:  # a person at work must not be left with a traceback
            said = f"{type(error).__name__}: {error}"
            answer = {"message": f"That could not be done ({said}).", "failed": True}
        if act.get("do") != "turn":
            answer = self._with_state(answer)
        return {**answer, "view": act.get("view"), "ask": act.get("ask")}

    def _with_state(self, answer: Answer) -> Answer:
        try:
            return {**answer, "state": self._state()}
        except TertiumError as error:
            told = answer["message"] if answer.get("failed") else f"The log can't be used: {error}"
            return {**answer, "message": told, "failed": True}

    def _state(self) -> dict[str, Any]:
        source = self.sources[self._open]
        held = read_held(self.folder, self.coder, self.sources, self.schemes)
        here = held[source.id]
        self.note_sight(here)
        history = self.history(source)
        suggestions = [
            one
            for one in (self._suggestions.of(source) if self._shown else ())
            if here.leaves_open(one)
        ]
        ids = list(self.sources)
        return {
            "number": ids.index(source.id),
            "sources": [
                offered(each, held[each.id], self.schemes) for each in self.sources.values()
            ],
            "codings": own_codings(here, self.schemes),
            "suggestions": suggestions,
            "offers": self._suggestions.are_there,
            "shown": self._shown,
            "verdicts": verdicts(here),
            "read": {name: bool(here.read_entirely(name)) for name in self.schemes},
            "undo": history.done[-1].name if history.done else None,
            "redo": history.undone[-1].name if history.undone else None,
            "blind": self.blind(source),
            "remarks": here.remarks,
        }

    def _hello(self, source: Source, act: Act) -> Answer:
        shown = self.sources[self._open]
        return {
            "setup": {
                "coder": self.coder,
                "stances": list(STANCES),
                "schemes": [codebook(scheme) for scheme in self.schemes.values()],
            },
            "source": page(shown, self._passages.get(shown.id, 0)),
            "message": "Press ? for the keys.",
        }

    def _open_source(self, source: Source, act: Act) -> Answer:
        wanted = self.sources.get(str(act.get("open")))
        if wanted is None:
            raise TertiumError(f"Source {act.get('open')!r} is not in this workbench.")
        self._open = wanted.id
        shown = page(wanted, self._passages.get(wanted.id, 0))
        return {"source": shown, "message": f"Opened: {shown['title']}"}

    def _turn(self, source: Source, act: Act) -> Answer:
        self._passages[source.id] = int(act.get("passage", 0))
        return {}

    def _load(self, source: Source, act: Act) -> Answer:
        return {"message": "Loaded again."}
