"""Approaches in the time of cases: which came when, and which followed which.

Comes in: the table of cases with their dates, and the codes of the sources that tell them.
Goes out: cases in order of time, or a grid of what followed what; dates that have no order make
none.
"""

from __future__ import annotations

from typing import Literal, get_args

from tertium.bundle import Tables
from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_STATED, Result, comparison
from tertium.comparison.sequence.order import in_order
from tertium.comparison.sequence.placed import DatedCase, Within, dated_cases
from tertium.comparison.sequence.transitions import transitions
from tertium.errors import UnknownNameError

Show = Literal["order", "transitions"]


@comparison
def sequence(tables: Tables, *, scheme: str, within: Within, show: Show, least: int = 0) -> Result:
    """Codes in the time of cases: which came when, or which followed which.

    A case holds a code where a source that tells it does: its verdict is present, with a passage
    in the part that tells the case. Order is by when cases began (of a case that states its end
    alone: not later than that). One case is before another only if it is so whichever days their
    dates can mean: "2010" and "2010-07" have no order, and "2010?" has none with anything. A code
    of which a source leaves it open whether it is there is neither there nor absent.

    Parameters
    ----------
    tables : Tables
    scheme : str
        Whose codes; no default.
    within : {"all", "country", "region", "sector", "kind"}
        Only cases that agree in this are put in order; all: every case with every other. A case
        of "China; India" stands in both groups; a pair of cases counts once.
    show : {"order", "transitions"}
        order: the cases of each group in time, with their codes. transitions: how often a case
        with the row's code is followed by one with the column's, in the same group and with no
        third case for certain between them.
    least : int
        Groups with fewer dated cases are left out.

    Returns
    -------
    Result
        order: a list; `place` is "2" where the order is known and "2–4" where dates leave it
        open. transitions: a grid; 0: pairs of cases were searched for both, none had them; null:
        no pair was. Its evidence are the passages of both cases, the earlier first.
        Counted sources and the deciding coder.

    Raises
    ------
    UnknownNameError
        A scheme, a grouping or a show that there is not.

    Examples
    --------
    >>> sequence(study.tables, scheme="approach", within="country",
    ...          show="transitions")                        # doctest: +SKIP
    """
    tables.scheme(scheme)
    for name, value, known in (("within", within, Within), ("show", show, Show)):
        if value not in get_args(known):
            raise UnknownNameError(f"{name}={value!r}; there are {', '.join(get_args(known))}")
    passages = Passages(tables)
    cases = dated_cases(passages, scheme, within)
    groups: dict[str, list[DatedCase]] = {}
    for case in cases:
        for group in case.groups:
            groups.setdefault(group, []).append(case)
    ordered = sorted(groups, key=lambda group: (group == NOT_STATED, group))
    kept = [group for group in ordered if sum(c.is_dated for c in groups[group]) >= least]
    chosen = {group: sorted(groups[group], key=lambda case: case.in_time) for group in kept}
    remarks = []
    if left_out := len(ordered) - len(kept):
        word = "group" if left_out == 1 else "groups"
        remarks.append(f"Left out: {left_out} {word} with fewer than {least} dated cases.")
    make = in_order if show == "order" else transitions
    return make(passages, scheme, within, chosen, remarks)
