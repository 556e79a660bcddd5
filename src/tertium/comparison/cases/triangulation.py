"""The same event as different voices tell it: case by code by voice.

Comes in: cases that sources of two voices or more tell, and what was found in each source.
Goes out: a grid of case and code by voice, or a list with one row a case.
"""

from __future__ import annotations

from typing import Literal, get_args

from tertium.bundle import Tables
from tertium.comparison.cases.by_case import by_case
from tertium.comparison.cases.by_code import by_code
from tertium.comparison.cases.by_voice import by_voice
from tertium.comparison.cases.voices import told_cases
from tertium.comparison.passages import Passages
from tertium.comparison.result import Result, comparison
from tertium.errors import UnknownNameError

Show = Literal["table", "cases", "codes"]


@comparison
def triangulation(
    tables: Tables, *, scheme: str, show: Show = "table", at_least: int = 2
) -> Result:
    """What different voices tell of the same event, and what only one of them tells.

    A source that puts several publications together gives way to its publications, where the
    study has them, so that each speaks with its own voice. A source of mixed voice is left out.

    Parameters
    ----------
    tables : Tables
    scheme : str
        Whose codes are compared.
    show : {"table", "cases", "codes"}
        table: case and code by voice. cases: one row a case, with what all, some or one of its
        voices tell and what is disputed. codes: the same counted over cases, one row a code.
    at_least : int
        How many voices must tell a case for it to be compared; two or more.

    Returns
    -------
    Result
        table: `frame` has one row "case · code" that any voice tells or denies, one column a
        voice; the number of sources of that voice in which the code is told where they tell
        the case. 0: looked for, not found; null: not searched, undecided, or the voice has no
        source on the case (shown as "–"). The label of a row says how the voices stand to each
        other. A denial by an actor, in a statement, is part of what is told; a voice disputes
        only what it denies or criticises itself.
        cases: `by_all`, `by_some`, `by_one`, `disputed` and `unmatched` name the codes; columns
        `n_…` have the same as numbers. Codes that no voice tells stand nowhere.
        codes: number of cases by code and standing (all, some, one, disputed, untold); null
        where no case had two voices that were searched for the code. Cases told by the very
        same sources count once where their standing is the same.
        The code "other" is no agreement, for two voices may mean two things by it; it is in the
        table only. "not_stated" is nothing told and stands nowhere.

    Raises
    ------
    UnknownNameError
        A scheme or show that there is not, or fewer than two voices.

    References
    ----------
    .. [1] Denzin, N. K. (1970). Strategies of multiple triangulation. In The Research Act in
       Sociology, pp. 297-313. McGraw-Hill.

    Examples
    --------
    >>> triangulation(study.tables, scheme="claim")                     # doctest: +SKIP
    >>> triangulation(study.tables, scheme="claim", show="cases")       # doctest: +SKIP
    """
    if show not in get_args(Show):
        raise UnknownNameError(f"show={show!r}; there are {', '.join(get_args(Show))}")
    if at_least < 2:
        raise UnknownNameError(
            f"at_least={at_least}: voices can be compared from two on; write 2 or more"
        )
    tables.scheme(scheme)
    passages = Passages(tables, parts=True)
    cases = told_cases(passages, scheme, at_least)
    if show == "codes":
        return by_code(passages, cases, scheme, at_least)
    if show == "cases":
        return by_case(passages, cases, scheme, at_least)
    return by_voice(passages, cases, scheme, at_least)
