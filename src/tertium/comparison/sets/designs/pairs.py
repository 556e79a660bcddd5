"""Most similar with different outcomes, most different with the same: pairs of cases for readers.

Comes in: the tables of a study and the name of a plan.
Goes out: a list of pairs with what they differ and agree in, and the passages of both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

import numpy as np

from tertium.bundle import Tables
from tertium.comparison.result import Result, comparison, support_table
from tertium.comparison.sets.designs.corners import Corners, corners
from tertium.comparison.sets.designs.similar import (
    Apart,
    Design,
    category_places,
    ranked_pairs,
)
from tertium.comparison.sets.shown.numbers import as_list
from tertium.comparison.sets.shown.question import (
    FOUND_BY_SEARCH,
    Asked,
    asked,
    refuse_count,
    refuse_other,
)

Look = Literal["most_similar", "most_different"]

_ALIKE: Design = "similar_different"
_ZONES: dict[str, tuple[Design, ...]] = {
    "most_similar": (_ALIKE,),
    "most_different": ("different_positive", "different_negative"),
}
_OUTCOMES = {
    "similar_different": "one with the outcome, one without",
    "different_positive": "both with the outcome",
    "different_negative": "both without the outcome",
}
_ONLY = ("only the first", "only the second")
NOTHING = "nothing"


@comparison
def similar_designs(
    tables: Tables,
    *,
    plan: str,
    design: Look,
    categories: Mapping[str, Sequence[str]] | None = None,
    conditions: Sequence[str] | None = None,
    outcome: str | None = None,
    most: int = 10,
) -> Result:
    """Which two cases are most alike and yet end differently, or most unlike and end the same?

    Of most similar cases with different outcomes what little they differ in may matter; of most
    different cases with the same outcome, what little they share. The distance of two cases is
    the number of conditions in which they differ.

    Parameters
    ----------
    tables : Tables
    plan : str
        Id of a set plan of the study.
    design : {"most_similar", "most_different"}
        most_similar: one case with the outcome, one without (MSDO). most_different: both with
        the outcome, then both without (MDSO).
    categories : mapping of str to sequence of str, optional
        Conditions that belong together, by the name of their category, so that one subject with
        many conditions does not decide alone. Each condition stands in one category. Without
        it all conditions are one category.
    conditions : sequence of str, optional
        Those of the plan unless given.
    outcome : str, optional
        That of the plan unless given; "~X": its absence.
    most : int
        How many pairs of each kind of outcome.

    Returns
    -------
    Result
        A list of pairs, those first that are extreme in most categories; ids and numbers in
        hidden columns. Behind each row the passages of both cases in outcome and conditions,
        those first that tell the two apart (most_similar) or that they share (most_different).

    Raises
    ------
    UnknownNameError
        No such plan, set or design; categories that leave a condition out or name it twice; a
        case at exactly 0.5.

    References
    ----------
    .. [1] De Meur, G. and Berg-Schlosser, D. (1994). Comparing political systems: establishing
       similarities and dissimilarities. European Journal of Political Research 26(2): 193-219.
    .. [2] Berg-Schlosser, D. and De Meur, G. (2009). Comparative research design: case and
       variable selection. In: Rihoux, B. and Ragin, C. C. (eds), Configurational Comparative
       Methods. Sage. Ch. 2.

    Examples
    --------
    >>> from tertium.study import open_study
    >>> tables = open_study("labour-organising").tables
    >>> kinds = {"what workers do": ["STRIKE"], "who helps": ["NGO", "FORUM", "STATE"]}
    >>> pairs = similar_designs(
    ...     tables, plan="concession", design="most_similar", categories=kinds, most=5
    ... )
    >>> len(pairs.frame)
    5
    """
    refuse_other("design", design, get_args(Look))
    refuse_count(most=most)
    found = asked(tables, plan, conditions=conditions, outcome=outcome)
    rows = corners(found.memberships, found.outcome, found.conditions)
    places = category_places(rows.conditions, categories)
    table: list[dict[str, Any]] = []
    shown: list[dict[str, str]] = []
    support: list[dict[str, Any]] = []
    ranked = {zone: ranked_pairs(rows, zone, categories) for zone in _ZONES[design]}
    for zone, pairs in ranked.items():
        for each in pairs[:most]:
            table.append(_row(found, rows, zone, each, places))
            shown.append({"distance": f"{each.distance} of {len(rows.conditions)}"})
            support += _evidence(found, rows, each, len(table), alike=design == "most_different")
    frame, texts = as_list(table, _COLUMNS, shown)
    hidden = ("outcomes", "first_id", "second_id", "extreme_in", "steps")
    return Result(
        frame,
        title=_TITLES[design].format(found.outcome),
        note=_note(found, rows, design, places, ranked, most),
        support=support_table(support),
        shown=texts,
        hidden=hidden if len(places) > 1 else (*hidden, "by_category"),
        group_by="outcomes",
    )


_TITLES = {
    "most_similar": "Cases that are most alike and end differently: {}",
    "most_different": "Cases that are most unlike and end the same: {}",
}
_COLUMNS: dict[str, Any] = {
    "outcomes": object,
    "first_case": object,
    "second_case": object,
    "distance": "Int64",
    "by_category": object,
    "differ_in": object,
    "agree_in": object,
    "first_id": object,
    "second_id": object,
    "extreme_in": "Int64",
    "steps": object,
}


def _row(
    found: Asked, rows: Corners, zone: str, each: Apart, places: Mapping[str, Sequence[int]]
) -> dict[str, Any]:
    one, other = _ordered(rows, each)
    told = [
        f"{name}: {distance} of {len(places[name])} ({_level(step)})"
        for name, distance, step in zip(places, each.by_category, each.steps, strict=True)
    ]
    differ, agree = _told_apart(found, rows, one, other)
    return {
        "outcomes": _OUTCOMES[zone],
        "first_case": found.words.case(rows.cases[one]),
        "second_case": found.words.case(rows.cases[other]),
        "distance": each.distance,
        "by_category": "; ".join(told),
        "differ_in": "; ".join(differ) or NOTHING,
        "agree_in": "; ".join(agree) or NOTHING,
        "first_id": rows.cases[one],
        "second_id": rows.cases[other],
        "extreme_in": each.categories_within(0),
        "steps": each.steps,
    }


def _ordered(rows: Corners, each: Apart) -> tuple[int, int]:
    """The pair, the case with the outcome first."""
    one, other = each.pair
    return (other, one) if rows.positive[other] and not rows.positive[one] else (one, other)


def _told_apart(found: Asked, rows: Corners, one: int, other: int) -> tuple[list[str], list[str]]:
    """What two cases differ in and agree in, in words."""
    differ, agree = [], []
    for name, here, there in zip(
        rows.conditions, rows.values[one].tolist(), rows.values[other].tolist(), strict=True
    ):
        if here == there:
            agree.append(found.words.literal(name, [here]))
        elif found.levels[name] == 2:
            who = _ONLY[0] if here else _ONLY[1]
            differ.append(f"{found.words.literal(name, [1])} ({who})")
        else:
            differ.append(
                f"{found.words.literal(name, [here])} / {found.words.literal(name, [there])}"
            )
    return differ, agree


def _level(step: int) -> str:
    return "extreme" if step == 0 else f"{step} off"


def _evidence(
    found: Asked, rows: Corners, each: Apart, number: int, *, alike: bool
) -> list[dict[str, Any]]:
    """Passages of both: the conditions that matter to the design, the outcome, the others."""
    cases = [rows.cases[place] for place in _ordered(rows, each)]
    same = np.equal(*(rows.values[place] for place in each.pair))
    telling = [
        name for name, is_same in zip(rows.conditions, same, strict=True) if is_same == alike
    ]
    rest = [name for name in rows.conditions if name not in telling]
    return [
        *found.evidence(number, cases, telling),
        *found.evidence(number, cases, (found.outcome_set,), rank=1),
        *found.evidence(number, cases, rest, rank=2),
    ]


def _how_many(outcomes: str, pairs: Sequence[Apart], most: int) -> str:
    """How many pairs there are, how many are listed, and how many more are like the last one."""
    if not pairs:
        return f"Pairs, {outcomes}: 0."
    if len(pairs) <= most:
        return f"Pairs, {outcomes}: {len(pairs)} (all listed)."
    last = pairs[most - 1]
    ties = sum(sorted(each.steps) == sorted(last.steps) for each in pairs[most:])
    more = f"; {ties} more are as near to the extreme as the last one" if ties else ""
    return f"Pairs, {outcomes}: {len(pairs)} (the first {most} listed{more})."


def _note(
    found: Asked,
    rows: Corners,
    design: str,
    places: Mapping[str, Sequence[int]],
    ranked: Mapping[Design, Sequence[Apart]],
    most: int,
) -> str:
    said = [
        found.who(),
        "Distance: in how many conditions the two cases differ. Every condition weighs the same.",
    ]
    if len(places) > 1:
        named = "; ".join(
            f"{name} ({', '.join(rows.conditions[place] for place in each)})"
            for name, each in places.items()
        )
        alike = "most alike" if design == "most_similar" else "most unlike"
        said.append(
            f"Conditions are in categories: {named}. In each category the pairs that are {alike} "
            "are extreme; “1 off” is one condition away from them. Pairs that are extreme in most "
            "categories come first."
        )
    said += [_how_many(_OUTCOMES[zone], each, most) for zone, each in ranked.items()]
    if design == "most_similar" and any(each.distance == 0 for each in ranked[_ALIKE]):
        said.append(
            "Two cases at distance 0 agree in every condition and end differently: perhaps a "
            "condition is missing, or a value is not as it should be."
        )
    if not found.is_crisp:
        said.append("In a set with degrees a case above 0.5 counts as in.")
    said.append(
        "A pair is a place to look closer: what the plan does not name, such as the time or the "
        "size of a firm, may differ as well."
    )
    return " ".join([*said, found.legend(), FOUND_BY_SEARCH])
