"""Cases compared two by two: the most similar, the typical, the deviant, and two side by side.

Comes in: what cases are compared on, what is their outcome, how they are grouped.
Goes out: lists and a grid whose numbers lead to the passages of both cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from tertium.bundle import Tables
from tertium.comparison.cases.beside import beside
from tertium.comparison.cases.described import Described, described, refuse_unknown
from tertium.comparison.cases.labels import Labels
from tertium.comparison.cases.ranked import Outcomes, Pair, Ranking, listed, ranked_pairs
from tertium.comparison.cases.typical import Extreme, middle_or_edge
from tertium.comparison.result import Result, comparison
from tertium.errors import UnknownNameError

Show = Literal["pairs", "typical", "deviant", "side_by_side"]


@comparison
def case_pairs(
    tables: Tables,
    *,
    on: Sequence[str],
    least: int,
    show: Show = "pairs",
    outcome: str | None = None,
    outcomes: Outcomes = "any",
    groups: str | None = None,
    most: int = 10,
    pair: Sequence[str] | None = None,
) -> Result:
    """Which cases are most alike, which stands for its group, and which stands apart.

    The similarity of two cases is the part that both have of all that at least one of them has:
    1 is all, 0 is nothing. What neither has does not count, nor what was not searched, or is
    not stated, in one of them. Each code and each attribute has the same weight.

    Parameters
    ----------
    tables : Tables
    on : sequence of str
        What cases are compared on: schemes; country, region, sector, kind; or "fact:" and an
        attribute of the fact sheet. No default: it decides what is alike.
    least : int
        Pairs are left out in which one of the two has fewer codes and attributes, of those that
        are known of both. So it hangs on how much is told of each, and not on how much they
        share. No default: a case of which little is told is easily like or unlike any other.
    show : {"pairs", "typical", "deviant", "side_by_side"}
        pairs: the most similar pairs. typical: in each group the case that is most like the
        others on average, among those that can be compared with half of them or more. deviant:
        the one that is least like them. Neither is defined where all are equally alike.
        side_by_side: one pair, code by code, with the passages of both.
    outcome : str, optional
        A scheme, attribute or fact that says what came of a case; never one of `on`.
    outcomes : {"any", "different", "same"}
        different: only pairs whose outcomes are known and have none in common, as a most similar
        comparison wants them. same: only those with exactly the same outcomes. A pair that
        shares some outcomes and not all is in neither; the note says how many.
    groups : str, optional
        A scheme, attribute or fact that groups cases for typical and deviant, never one of
        `on`; a case can be in several groups. Without it all cases are one group.
    most : int
        How many pairs.
    pair : two ids of cases, optional
        For side_by_side; without it the first pair of the list.

    Returns
    -------
    Result
        pairs, typical, deviant: a list, ids and numbers in hidden columns. side_by_side: a grid
        of codes by case, number of passages; 0: looked for, not found, null: not searched,
        undecided, or (shown as "present") held of a source without a passage.

    Raises
    ------
    UnknownNameError
        A name that there is not, or that stands where it may not.

    References
    ----------
    .. [1] Seawright, J. and Gerring, J. (2008). Case selection techniques in case study
       research: a menu of qualitative and quantitative options. Political Research Quarterly
       61(2): 294-308 (typical, deviant, most similar).

    Examples
    --------
    >>> case_pairs(study.tables, on=["approach", "claim"], least=4)     # doctest: +SKIP
    """
    _check(tables, on, outcome, groups, show=show, outcomes=outcomes, least=least, most=most)
    cases = described(tables, on)
    labels = Labels(tables)
    if show in ("typical", "deviant"):
        which: Extreme = "typical" if show == "typical" else "deviant"
        grouped = described(tables, [groups]) if groups else None
        return middle_or_edge(cases, grouped, groups, labels, which=which, on=on, least=least)
    ranked = ranked_pairs(tables, cases, outcome, outcomes, least)
    if show == "side_by_side":
        chosen = _pair(cases, ranked, pair)
        ends = [labels.values(outcome or "", ranked.outcome_of(each, outcome)) for each in chosen]
        return beside(cases, chosen, labels, on=on, outcomes=ends if outcome else None)
    return listed(cases, ranked, labels, on, least, outcome, outcomes, most)


def _check(
    tables: Tables,
    on: Sequence[str],
    outcome: str | None,
    groups: str | None,
    *,
    show: str,
    outcomes: str,
    least: int,
    most: int,
) -> None:
    if isinstance(on, str):
        raise UnknownNameError(f"on={on!r} is one word; write a list, such as [{on!r}]")
    refuse_unknown(tables, on)
    for what, name in (("outcome", outcome), ("groups", groups)):
        if name is None:
            continue
        refuse_unknown(tables, [name])
        if name in on:
            raise UnknownNameError(
                f"{what}={name!r} is also in on={list(on)!r}: cases can't be matched on it too; "
                "take it out of one of the two"
            )
    for name, given, there in (
        ("show", show, get_args(Show)),
        ("outcomes", outcomes, get_args(Outcomes)),
    ):
        if given not in there:
            raise UnknownNameError(f"{name}={given!r}; there are {', '.join(there)}")
    if outcomes != "any" and outcome is None:
        raise UnknownNameError(f"outcomes={outcomes!r} needs an outcome; name a scheme or a fact")
    for name, number in (("least", least), ("most", most)):
        if number < 1:
            raise UnknownNameError(f"{name}={number}: write 1 or more")


def _pair(cases: Described, ranked: Ranking, pair: Sequence[str] | None) -> Pair:
    if pair is None:
        if not ranked.pairs:
            raise UnknownNameError("no pair of cases can be compared so; lower least, or name one")
        return ranked.pairs[0]
    there = ", ".join(sorted(cases.cases))
    strange = [each for each in pair if each not in cases.cases]
    if strange or len(pair) != 2 or pair[0] == pair[1]:
        found = f"no case {strange[0]!r}" if strange else f"pair={list(pair)!r} is no two cases"
        raise UnknownNameError(f"{found}; there are {there}")
    return str(pair[0]), str(pair[1])
