"""Whose codings a log of what was settled was made from.

Comes in: the lines of logs.
Goes out: names of coders.
"""

from __future__ import annotations

from collections.abc import Iterable

from tertium.coding.logs.log import Line


def made_from(lines: Iterable[Line]) -> dict[tuple[str, str], frozenset[str]]:
    """The coders whose codings somebody had in sight when settling what holds.

    Parameters
    ----------
    lines : iterable of Line
        Of all logs that are read; a line that decides on codings names their ids. Coders whose
        logs are not among them are not found.

    Returns
    -------
    dict of (scheme, coder) to frozenset of str
        By whose log it is: "gold" or "reference".

    Examples
    --------
    >>> made_from(study.log)          # doctest: +SKIP
    {('approach', 'gold'): frozenset({'ana', 'ben'})}
    """
    listed = list(lines)
    owner = {line.id: line.coder for line in listed}
    found: dict[tuple[str, str], set[str]] = {}
    for line in listed:
        makers = {owner[each] for each in line.content.get("decides") or () if each in owner}
        if makers - {line.coder}:
            key = str(line.content.get("scheme")), line.coder
            found.setdefault(key, set()).update(makers - {line.coder})
    return {key: frozenset(names) for key, names in sorted(found.items())}
