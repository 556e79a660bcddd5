"""Who says nothing of what could be expected: silences, and what was not looked for.

Comes in: the register of expectations, and what the coders read and found.
Goes out: the silences by voice, the sources behind them, the search record or the register.
"""

from __future__ import annotations

from typing import Literal, get_args

from tertium.bundle import Tables
from tertium.comparison.passages import Passages
from tertium.comparison.result import Result, comparison
from tertium.comparison.silence.counted import GROUPS, silence_table
from tertium.comparison.silence.expectation import wanted
from tertium.comparison.silence.listed import register, search_record, source_states
from tertium.errors import UnknownNameError

Show = Literal["table", "shares", "sources", "searches", "register"]


@comparison
def silence(
    tables: Tables,
    *,
    parts: bool,
    expectation: str | None = None,
    scheme: str | None = None,
    code: str | None = None,
    by: str = "voice",
    show: Show = "table",
) -> Result:
    """How many of the sources that could be expected to mention something do not.

    A source is silent where the deciding coder read its whole text for a code that could be
    expected of it, and holds the code absent. What nobody read is not searched, and never a
    silence; what is undecided is neither. Every number has its denominator: the sources searched
    that the expectation is about.

    Parameters
    ----------
    tables : Tables
    parts : bool
        Whether a compiled source is counted by the publications that it puts together, each in
        its own voice. No default: it decides who is taken to speak.
    expectation : str, optional
        Id of an expectation of the register; without it all of them, or those for `code`.
    scheme, code : str, optional
        A code that somebody is registered as expected to mention.
    by : {"voice", "interest", "distance", "country", "language", "kind"}
        What the sources are grouped by.
    show : {"table", "shares", "sources", "searches", "register"}
        table: silences by group. shares: the same, with the silent as a share of the searched in
        `frame`, for findings. sources: a row a source that the expectation is about.
        searches: who looked for what in how many sources, and why not in others. register: what
        is expected of whom, and why.

    Returns
    -------
    Result
        table: a grid of expectations and groups, in which "all" counts each source once (a
        group that is itself called so is, say, "all (country)"). Its
        cells are numbers of silent sources, shown with the denominator ("3 of 5"); null where no
        source was searched, where there is none, or where nothing is expected, and the cell
        says which. The evidence of a cell are the silent sources as wholes (stance "searched,
        absent"), then the passages of the others. The lists have one row a source,
        a search or an expectation.

    Raises
    ------
    UnknownNameError
        Nothing is registered for the code: without an expectation nobody is silent. Or there is
        no such expectation, scheme, code, group or form; or a register that was made by hand
        lacks a column, has an id twice, or names a voice or code that is none.

    Examples
    --------
    >>> silence(study.tables, parts=True)                                 # doctest: +SKIP
    >>> silence(study.tables, parts=True, scheme="claim", code="wages")    # doctest: +SKIP
    """
    if show not in get_args(Show):
        raise UnknownNameError(f"show={show!r}; there are {', '.join(get_args(Show))}")
    if not isinstance(parts, bool):
        raise UnknownNameError(f"parts={parts!r}; write True or False")
    if by not in GROUPS:
        raise UnknownNameError(f"by={by!r}; there are {', '.join(GROUPS)}")
    expectations = wanted(tables, expectation=expectation, scheme=scheme, code=code)
    passages = Passages(tables, parts=parts)
    if show == "register":
        return register(tables, expectations)
    if show == "searches":
        return search_record(passages, expectations)
    if show == "sources":
        return source_states(passages, expectations)
    return silence_table(passages, expectations, by=by, as_share=show == "shares")
