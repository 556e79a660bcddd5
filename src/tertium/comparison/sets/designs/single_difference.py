"""Mill's method of difference: pairs of cases that one condition tells apart.

Comes in: what was asked, and cases as rows of values.
Goes out: a list of pairs, and in its note how often each condition goes which way.
"""

from __future__ import annotations

from tertium.comparison.result import Result, support_table
from tertium.comparison.sets.designs.corners import Corners
from tertium.comparison.sets.designs.mill import alike, difference
from tertium.comparison.sets.designs.mill_note import mill_note
from tertium.comparison.sets.shown.numbers import as_list
from tertium.comparison.sets.shown.question import Asked
from tertium.comparison.sets.shown.words import counted

# So many pairs that no condition tells apart are named in a note.
_NAMED = 8


def pairs_apart(found: Asked, rows: Corners) -> Result:
    """Pairs of cases, the one with the outcome first, with the condition that parts them."""
    table, support = [], []
    for number, (one, other, place) in enumerate(difference(rows), start=1):
        # The case with the outcome comes first.
        pair = (one, other) if rows.positive[one] else (other, one)
        cases = [rows.cases[each] for each in pair]
        name = rows.conditions[place]
        table.append(
            {
                "case_with": found.words.case(cases[0]),
                "case_without": found.words.case(cases[1]),
                "condition": name,
                "differ_in": " / ".join(
                    found.words.literal(name, [int(rows.values[each, place])]) for each in pair
                ),
                "agree_in": "; ".join(
                    found.words.literal(each, [int(rows.values[one, where])])
                    for where, each in enumerate(rows.conditions)
                    if where != place
                ),
                "with_id": cases[0],
                "without_id": cases[1],
            }
        )
        rest = [each for each in rows.conditions if each != name]
        support += found.evidence(number, cases, (name, found.outcome_set))
        support += found.evidence(number, cases, rest, rank=1)
    names = ("case_with", "case_without", "condition", "differ_in", "agree_in")
    kinds = dict.fromkeys((*names, "with_id", "without_id"), object)
    frame, texts = as_list(table, kinds, [{} for _ in table])
    said = (
        "Method of difference: two cases, the first with the outcome and the second without, that "
        f"differ in one condition and agree in all others ({counted(len(table), 'pair')}). They "
        "agree in what the plan names; in what it does not name they may differ."
    )
    return Result(
        frame,
        title=f"Pairs that one condition tells apart: {found.outcome}",
        note=mill_note(found, " ".join([said, *_both_ways(rows), *_alike(found, rows)])),
        support=support_table(support),
        basis=found.basis,
        shown=texts,
        hidden=("with_id", "without_id"),
    )


def _both_ways(rows: Corners) -> list[str]:
    """By condition how often it is there with the outcome and not without it, and the reverse."""
    told: dict[int, list[bool]] = {}
    for one, other, place in difference(rows):
        with_it, without = (one, other) if rows.positive[one] else (other, one)
        is_more = bool(rows.values[with_it, place] > rows.values[without, place])
        told.setdefault(place, []).append(is_more)
    parts = []
    for place, ways in sorted(told.items()):
        words = ("present", "absent") if rows.levels[place] == 2 else ("higher", "lower")
        parts.append(
            f"{rows.conditions[place]}: {words[0]} in the case with the outcome in "
            f"{counted(sum(ways), 'pair')}, {words[1]} in {len(ways) - sum(ways)}"
        )
    found = [f"{'; '.join(parts)}."] if parts else []
    if any(len(set(ways)) > 1 for ways in told.values()):
        found.append("Where a condition goes both ways, it does not decide by itself.")
    return found


def _alike(found: Asked, rows: Corners) -> list[str]:
    """Pairs that no condition tells apart, which weaken all others."""
    pairs = alike(rows)
    if not pairs:
        return []
    told = [" / ".join(found.words.case(rows.cases[each]) for each in pair) for pair in pairs]
    more = f"; and {len(told) - _NAMED} more" if len(told) > _NAMED else ""
    return [
        f"No condition tells {counted(len(pairs), 'pair')} apart, and yet they ended differently "
        f"({'; '.join(told[:_NAMED])}{more}): where there are such pairs, a difference in one "
        "condition proves little."
    ]
