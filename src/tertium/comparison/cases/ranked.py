"""Pairs of cases in order of what they have in common.

Comes in: cases described, and what came of them.
Goes out: the order of pairs, and a list with one row a pair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.cases.described import Described, Description, described
from tertium.comparison.cases.labels import Labels
from tertium.comparison.cases.similarity import Similarity, left_out, similarities
from tertium.comparison.result import Result, support_table

Outcomes = Literal["any", "different", "same"]
Pair = tuple[str, str]

_PRECISION = 12


@dataclass(frozen=True)
class Ranking:
    """Pairs of cases from the most similar on, with what is said of those left out.

    `shared_ends` is how many pairs have outcomes that are partly the same.
    """

    pairs: tuple[Pair, ...]
    similar: Mapping[Pair, Similarity]
    outcome: Described | None
    shared_ends: int = 0

    def outcome_of(self, case_id: str, name: str | None) -> frozenset[str]:
        """What came of a case; empty where it is not known, or was not asked for."""
        if self.outcome is None or name is None:
            return frozenset()
        return self.outcome.cases[case_id].stated(name)


def ranked_pairs(
    tables: Tables, cases: Described, outcome: str | None, outcomes: Outcomes, least: int
) -> Ranking:
    """The pairs that can be compared, the most similar first; of equal ones that with more."""
    similar = similarities(cases.cases)
    ranking = Ranking((), similar, described(tables, [outcome]) if outcome else None)

    def ends(pair: Pair) -> str:
        one, other = (ranking.outcome_of(each, outcome) for each in pair)
        if not (one and other):
            return "unknown"
        if one == other:
            return "same"
        return "partly the same" if one & other else "different"

    told = {
        pair: ends(pair)
        for pair, each in similar.items()
        if pair[0] < pair[1] and each.had >= least
    }
    pairs = sorted(
        (pair for pair, each in told.items() if outcomes in ("any", each)),
        key=lambda pair: (-_rounded(similar[pair]), -similar[pair].compared, pair),
    )
    shared_ends = sum(each == "partly the same" for each in told.values())
    return Ranking(tuple(pairs), similar, ranking.outcome, shared_ends)


def _rounded(similar: Similarity) -> float:
    return round(similar.value, _PRECISION)


def listed(
    cases: Described,
    ranked: Ranking,
    labels: Labels,
    on: Sequence[str],
    least: int,
    outcome: str | None,
    outcomes: Outcomes,
    most: int,
) -> Result:
    """One row a pair, the most similar first, with what both have and what only one has."""
    rows: list[dict[str, Any]] = []
    support: list[dict[str, Any]] = []
    for number, pair in enumerate(ranked.pairs[:most], start=1):
        one, other = (cases.cases[each] for each in pair)
        similar = ranked.similar[pair]
        ends = [labels.values(outcome or "", ranked.outcome_of(each, outcome)) for each in pair]
        rows.append(
            {
                "first_case": one.name,
                "second_case": other.name,
                "similarity": similar.value,
                "in_both": labels.had(one, other, where=(True, True)),
                "first_only": labels.had(one, other, where=(True, False)),
                "second_only": labels.had(one, other, where=(False, True)),
                "outcomes": " / ".join(each or "not known" for each in ends),
                "first_id": pair[0],
                "second_id": pair[1],
                "shared": similar.shared,
                "compared": similar.compared,
                "had": similar.had,
            }
        )
        support += [
            {"row": number, "column": None, "rank": rank, **passage}
            for rank, case_id, key in _compared(one, other)
            for passage in cases.behind(case_id, *key)
        ]
    names = list(_COLUMNS)
    frame = pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=_COLUMNS[name]) for name in names}
    )
    frame.index = pd.RangeIndex(1, len(rows) + 1)
    shown = pd.DataFrame(index=frame.index, columns=frame.columns, dtype=object)
    shown["similarity"] = [f"{row['similarity']:.2f} (of {row['compared']})" for row in rows]
    hidden = ("first_id", "second_id", "shared", "compared", "had")
    return Result(
        frame,
        title="The pairs of cases that are most alike",
        note=" ".join(_notes(cases, ranked, on, least, outcome, outcomes, most)),
        support=support_table(support),
        shown=shown,
        hidden=hidden if outcome else (*hidden, "outcomes"),
    )


_COLUMNS: dict[str, Any] = {
    "first_case": object,
    "second_case": object,
    "similarity": "Float64",
    "in_both": object,
    "first_only": object,
    "second_only": object,
    "outcomes": object,
    "first_id": object,
    "second_id": object,
    "shared": "Float64",
    "compared": "Int64",
    "had": "Int64",
}


def _compared(one: Description, other: Description) -> list[tuple[int, str, tuple[str, str]]]:
    """Where the passages of a pair stand: what both have first."""
    found = []
    for key in sorted(set(one.codes) & set(other.codes)):
        rank = 0 if one.codes[key] and other.codes[key] else 1
        found += [(rank, each.case_id, key) for each in (one, other) if each.codes[key]]
    return found


def _notes(
    cases: Described,
    ranked: Ranking,
    on: Sequence[str],
    least: int,
    outcome: str | None,
    outcomes: Outcomes,
    most: int,
) -> list[str]:
    said = [
        f"{len(cases.cases)} cases, compared on {', '.join(on)} (coder: {cases.deciders(on)}).",
        "Similarity: of all that at least one of the two has (in brackets how much that is), the "
        "part that both have; 1 is all. What neither has does not count, nor what was not "
        "searched or is not stated in one of them. Each code and each attribute weighs the same.",
        left_out(least),
    ]
    if outcome:
        known = sum(bool(ranked.outcome_of(each, outcome)) for each in cases.cases)
        what = {
            "different": "Only pairs without an outcome in common. ",
            "same": "Only pairs with exactly the same outcomes. ",
            "any": "",
        }[outcomes]
        if outcomes != "any":
            number = ranked.shared_ends
            what += (
                f"Neither the same nor different, and so left out: {number} "
                f"{'pair that shares' if number == 1 else 'pairs that share'} some outcomes and "
                "not all. "
            )
        said.append(f"{what}The outcome (by {outcome}) is known of {known} cases.")
    if len(ranked.pairs) > most:
        last = _rounded(ranked.similar[ranked.pairs[most - 1]])
        ties = sum(_rounded(ranked.similar[pair]) == last for pair in ranked.pairs[most:])
        said.append(f"The first {most} of {len(ranked.pairs)} pairs.")
        if ties:
            are = "is" if ties == 1 else "are"
            said.append(f"{ties} more {are} as similar as the last one shown.")
    return said
