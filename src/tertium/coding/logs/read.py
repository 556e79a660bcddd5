"""Codings that people and models wrote down, from their folder of logs.

Comes in: a folder of logs and the texts at hand.
Goes out: the codings and readings tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from tertium.coding.coder import Coded
from tertium.coding.logs.log import coders_in, is_unfinished, read_log
from tertium.coding.logs.replay import replay
from tertium.errors import InputError, UnknownNameError
from tertium.sources.source import Source


def read_codings(
    folder: str | Path, *, sources: Iterable[Source], coders: Iterable[str] | None = None
) -> Coded:
    """What coders wrote into their logs, as far as it stands.

    Parameters
    ----------
    folder : str or Path
        Holds a folder a coder, with a log a source: ``data/codings``.
    sources : iterable of Source
        The texts at hand; of a source that is not among them the quotes are null.
    coders : iterable of str, optional
        Whose logs are read; everybody's, where none is named.

    Returns
    -------
    Coded
        Codings and readings, always in the same order. Lines that a crash cut short are named
        in its notes.

    Raises
    ------
    InputError
        Every line that can't be used.
    ChecksumError
        Lines that were made on another text.
    UnknownNameError
        A coder who has no log there; the message lists those who have.

    Examples
    --------
    >>> read_codings("no/such/folder", sources=[]).codings.empty
    True
    """
    path = Path(folder)
    if coders is not None:
        coders = (coders,) if isinstance(coders, str) else tuple(coders)
        there = coders_in(path)
        strange = sorted(set(coders) - set(there))
        if strange:
            listed = f"there are {', '.join(there)}" if there else "nobody has"
            raise UnknownNameError(f"no log of {', '.join(map(repr, strange))} in {path}; {listed}")
    lines, faults = read_log(path, shown=path.name, coders=coders)
    broken = [fault for fault in faults if not is_unfinished(fault)]
    if broken:
        raise InputError(broken)
    return replace(
        replay(lines, sources=sources), notes=tuple(str(fault) for fault in sorted(set(faults)))
    )
