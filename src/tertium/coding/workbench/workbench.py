"""Coding by hand in a notebook: the text, the codebook, mouse and keys.

Comes in: sources, schemes and the coder's name.
Goes out: a widget where there is a browser, and the log's tables everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from tertium.coding.logs.log import CODINGS, SETTLED_NAMES, TAKEN_NAMES
from tertium.coding.workbench.read import script, style
from tertium.coding.workbench.session import Session
from tertium.coding.workbench.suggestions import Given
from tertium.errors import MissingLibraryError, UnknownNameError
from tertium.schemes.read import read_scheme
from tertium.schemes.scheme import Scheme
from tertium.sources.read import Collection
from tertium.sources.source import Source

_CODER = re.compile(r"[a-z0-9][a-z0-9_-]*")
_NAMED = 3


class Workbench:
    """What `workbench` returns: shown in a notebook it is the widget, elsewhere one line.

    Attributes
    ----------
    codings, readings : DataFrame
        The log as it stands now, as `read_codings` gives it for this coder and these sources.
    widget : anywidget.AnyWidget
        What a notebook draws; made when it is first asked for.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self._widget: Any = None
        session.check()

    @property
    def codings(self) -> pd.DataFrame:
        """The coder's codings of these sources, as they stand now."""
        return self.session.tables().codings

    @property
    def readings(self) -> pd.DataFrame:
        """The coder's readings of these sources, as they stand now."""
        return self.session.tables().readings

    @property
    def widget(self) -> Any:
        """The widget.

        Raises
        ------
        MissingLibraryError
            anywidget is not installed.
        """
        if self._widget is None:
            self._widget = _widget_class()()
            self._widget.on_msg(self._received)
        return self._widget

    def _received(self, widget: Any, content: Any, buffers: Any) -> None:
        if isinstance(content, dict):
            widget.send(self.session.answer(content))

    def __repr__(self) -> str:
        ids, schemes = list(self.session.sources), self.session.schemes.values()
        listed = ", ".join(ids[:_NAMED]) + (", …" if len(ids) > _NAMED else "")
        n = self.session.n_codings()
        parts = [
            f"source {listed}" if len(ids) == 1 else f"{len(ids)} sources ({listed})",
            f"scheme {', '.join(scheme.reference for scheme in schemes)}",
            f"coder {self.session.coder}",
            f"{n} coding{'' if n == 1 else 's'}",
        ]
        return f"Workbench: {'; '.join(parts)}"

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        plain = {"text/plain": repr(self)}
        try:
            shown = self.widget._repr_mimebundle_()
        except MissingLibraryError as error:
            return {"text/plain": f"{plain['text/plain']}\n{error}"}, {}
        data, metadata = shown if isinstance(shown, tuple) else (shown or {}, {})
        return {**data, **plain}, dict(metadata)


def workbench(
    source: Source | Collection | Iterable[Source],
    scheme: Scheme | str | Iterable[Scheme | str],
    *,
    coder: str,
    folder: str | Path | None = None,
    suggestions: Given = None,
    blind: bool | None = None,
) -> Workbench:
    """Code sources by hand, with mouse and keyboard, in a notebook.

    Each act is a line in the coder's log at once; nothing else is written. Without a browser
    the log is replayed, and the tables are the same.

    Parameters
    ----------
    source : Source, Collection or iterable of Source
        What is coded; several are gone through one after the other.
    scheme : Scheme, str, or several
        The codebook, or its name as `read_scheme` takes it.
    coder : str
        Your name in the log: small letters, digits, ``_`` and ``-``.
    folder : str or Path, optional
        The folder of logs; ``data/codings`` of the study that this folder is in.
    suggestions : DataFrame, Coded or "rule", optional
        Codings of another coder to accept, correct or reject; "rule": those of the rule coder.
    blind : bool, optional
        Recorded with each coding. True: the suggestions stay hidden until you show them, and
        codings are blind up to then. False: you have seen others' codings of these sources
        already. Left out: blind where there are no suggestions.

    Returns
    -------
    Workbench
        With the tables `codings` and `readings`.

    Raises
    ------
    InputError, ChecksumError
        A log that can't be used, or codings made on another text.
    UnknownNameError
        No such scheme, no folder of a study above this one, a name that no coder may have, or
        something that is no source or is given twice.

    Examples
    --------
    >>> source = Source("first", "Workers went on strike.", language="en")
    >>> bench = workbench(source, "approach", coder="ana", folder="no/such/folder")
    >>> bench
    Workbench: source first; scheme approach@...; coder ana; 0 codings
    >>> len(bench.codings)
    0
    """
    taken = (*TAKEN_NAMES, *SETTLED_NAMES)
    if not _CODER.fullmatch(coder) or coder in taken:
        raise UnknownNameError(
            f"coder: {coder!r} can't be a person's name here; write small letters, digits, _ and "
            f"-, and none of {', '.join(taken)}"
        )
    sources = _sources(source)
    given = [scheme] if isinstance(scheme, (Scheme, str)) else list(scheme)
    schemes = [each if isinstance(each, Scheme) else read_scheme(each) for each in given]
    if not sources or not schemes:
        raise UnknownNameError("the workbench needs at least one source and one scheme")
    _refuse_doubled("source", [each.id for each in sources])
    _refuse_doubled("scheme", [each.name for each in schemes])
    session = Session(
        sources,
        schemes,
        coder=coder,
        folder=_study_folder() if folder is None else Path(folder),
        suggestions=suggestions,
        blind=blind,
    )
    return Workbench(session)


def _sources(source: Source | Collection | Iterable[Source]) -> list[Source]:
    if isinstance(source, Source):
        return [source]
    sources = list(source.sources if isinstance(source, Collection) else source)
    wrong: list[object] = [each for each in sources if not isinstance(each, Source)]
    if wrong:
        found = source if isinstance(source, str) else wrong[0]
        raise UnknownNameError(
            f"source: {found!r} is no source; give what read_sources or a study's collection has, "
            "for instance tertium.open_study(…).collection.sources"
        )
    return sources


def _refuse_doubled(what: str, given: list[str]) -> None:
    if doubled := sorted({each for each in given if given.count(each) > 1}):
        raise UnknownNameError(
            f"{what}: {', '.join(doubled)} is given more than once; give each {what} once"
        )


def _study_folder() -> Path:
    """Where the study that the working directory is in keeps its logs."""
    here = Path.cwd()
    for root in (here, *here.parents):
        if (root / "data" / "studies").is_dir() or (root / CODINGS).is_dir():
            return root / CODINGS
    raise UnknownNameError(
        "no folder above here has data/studies; name the folder of logs: folder=…"
    )


@cache
def _widget_class() -> Any:
    try:
        import anywidget
    except ImportError:
        raise MissingLibraryError(
            "to show the workbench, install anywidget: pip install 'tertium[lab]'"
        ) from None

    class CodingWidget(anywidget.AnyWidget):
        """The browser's side; the text travels in messages, so no notebook keeps it."""

        _esm = script()
        _css = style()

    return CodingWidget
