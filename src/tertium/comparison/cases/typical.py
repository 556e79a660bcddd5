"""The case that stands for its group, and the case that stands apart from it.

Comes in: cases described, and what groups them.
Goes out: a list with one row a group; a group without a middle says why.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from tertium.comparison.cases.described import Described
from tertium.comparison.cases.labels import ALL, NOTHING, Labels
from tertium.comparison.cases.similarity import (
    Similarity,
    left_out,
    mean_similarity,
    similarities,
)
from tertium.comparison.result import Result, support_table

Extreme = Literal["typical", "deviant"]

# Two cases are as near to each other as each to the other: neither is the middle.
_FEWEST = 3
_NAMED = 3
_PRECISION = 12


def middle_or_edge(
    cases: Described,
    grouped: Described | None,
    groups: str | None,
    labels: Labels,
    *,
    which: Extreme,
    on: Sequence[str],
    least: int,
) -> Result:
    """In each group the case that is most (typical) or least (deviant) like the others.

    Parameters
    ----------
    cases : Described
        What the cases are compared on.
    grouped : Described or None
        What groups them, by the name `groups`; None: all are one group.
    labels : Labels
    which : {"typical", "deviant"}
    on, least
        As in `case_pairs`; the note repeats them.
    """
    pairs = similarities(cases.cases)
    rows: list[dict[str, Any]] = []
    support: list[dict[str, Any]] = []
    for group, members in _groups(cases, grouped, groups, labels):
        means = _means(members, pairs, least=least)
        chosen, mean, compared = _chosen(means, which=which)
        reason = _reason(members, means, chosen)
        rows.append(
            {
                "group": group,
                "cases": len(members),
                "case": _names(cases, chosen) or reason,
                "similarity": None if math.isnan(mean) else mean,
                "why": _why(cases, chosen[0], members, labels, which) if chosen else "",
                "case_id": chosen[0] if chosen else None,
                "n_compared": compared,
                "n_ties": max(len(chosen) - 1, 0),
            }
        )
        support += [
            {"row": len(rows), "column": None, "rank": rank, **passage}
            for rank, case_id in enumerate(chosen[:_NAMED])
            for (scheme, code), has in sorted(cases.cases[case_id].codes.items())
            if has
            for passage in cases.behind(case_id, scheme, code)
        ]
    frame = pd.DataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=_COLUMNS[name]) for name in _COLUMNS}
    )
    frame.index = pd.RangeIndex(1, len(rows) + 1)
    shown = pd.DataFrame(index=frame.index, columns=frame.columns, dtype=object)
    shown["similarity"] = [
        "not defined"
        if row["similarity"] is None
        else f"{row['similarity']:.2f} (to {row['n_compared']})"
        for row in rows
    ]
    return Result(
        frame,
        title=(
            "The case of each group that is most like the others"
            if which == "typical"
            else "The case of each group that is least like the others"
        ),
        note=" ".join(_notes(cases, groups, which, on, least)),
        support=support_table(support),
        shown=shown,
        hidden=("case_id", "n_compared", "n_ties")
        if groups
        else ("group", "case_id", "n_compared", "n_ties"),
    )


_COLUMNS: dict[str, Any] = {
    "group": object,
    "cases": "Int64",
    "case": object,
    "similarity": "Float64",
    "why": object,
    "case_id": object,
    "n_compared": "Int64",
    "n_ties": "Int64",
}


def _groups(
    cases: Described, grouped: Described | None, groups: str | None, labels: Labels
) -> Iterator[tuple[str, list[str]]]:
    """What each group is called and its cases; a case can be in several, or in none."""
    if grouped is None or groups is None:
        yield ALL, sorted(cases.cases)
        return
    members: dict[str, list[str]] = {}
    for case_id in sorted(cases.cases):
        for value in grouped.cases[case_id].stated(groups):
            members.setdefault(value, []).append(case_id)
    if groups in cases.passages.tables.schemes:
        order = [code for _, code in labels.ordered((groups, value) for value in members)]
    else:
        order = sorted(members)
    for value in order:
        yield labels.value(groups, value), members[value]


def _means(
    members: Sequence[str], pairs: Mapping[tuple[str, str], Similarity], *, least: int
) -> dict[str, tuple[float, int]]:
    """By case its mean similarity, and to how many; only of what is compared with half or more."""
    if len(members) < _FEWEST:
        return {}
    means = {case_id: mean_similarity(case_id, members, pairs, least=least) for case_id in members}
    return {
        case_id: (mean, compared)
        for case_id, (mean, compared) in means.items()
        if compared and compared * 2 >= len(members) - 1
    }


def _chosen(
    means: Mapping[str, tuple[float, int]], *, which: Extreme
) -> tuple[list[str], float, int]:
    """The case of a group with the highest (lowest) mean similarity, all that tie, by id."""
    rounded = {case_id: round(mean, _PRECISION) for case_id, (mean, _) in means.items()}
    if len(set(rounded.values())) < 2:
        return [], math.nan, 0
    best = max(rounded.values()) if which == "typical" else min(rounded.values())
    chosen = sorted(case_id for case_id, mean in rounded.items() if mean == best)
    return chosen, *means[chosen[0]]


def _reason(
    members: Sequence[str], means: Mapping[str, tuple[float, int]], chosen: Sequence[str]
) -> str:
    if chosen:
        return ""
    if len(members) < _FEWEST:
        return f"not defined, because a group of fewer than {_FEWEST} cases has no middle"
    if len(means) < 2:
        return "not defined, because too little is known of its cases to compare them"
    if not any(mean for mean, _ in means.values()):
        return "not defined, because its cases have nothing in common"
    return "not defined, because all its cases are equally like the others"


def _names(cases: Described, chosen: Sequence[str]) -> str:
    named = "; ".join(cases.cases[each].name for each in chosen[:_NAMED])
    more = len(chosen) - _NAMED
    return f"{named} and {more} more alike" if more > 0 else named


def _why(
    cases: Described, case_id: str, members: Sequence[str], labels: Labels, which: Extreme
) -> str:
    """Codes that a typical case shares with half of its group, or in which a deviant differs."""
    own = cases.cases[case_id]
    alike: list[str] = []
    has_alone: list[str] = []
    lacks: list[str] = []
    for key in labels.ordered(own.codes):
        others = [
            cases.cases[each].codes[key]
            for each in members
            if each != case_id and key in cases.cases[each].codes
        ]
        if not others:
            continue
        is_common = sum(others) * 2 >= len(others)
        text = f"{labels.code(*key)} ({sum(others)} of {len(others)})"
        if own.codes[key]:
            (alike if is_common else has_alone).append(text)
        elif is_common:
            lacks.append(text)
    if which == "typical":
        return f"shares {', '.join(alike)}" if alike else "shares no code that half of them have"
    said = []
    if lacks:
        said.append(f"lacks {', '.join(lacks)}")
    if has_alone:
        said.append(f"has, as few others do, {', '.join(has_alone)}")
    return "; ".join(said) or NOTHING


def _notes(
    cases: Described, groups: str | None, which: Extreme, on: Sequence[str], least: int
) -> list[str]:
    far = "highest" if which == "typical" else "lowest"
    coder = cases.deciders(on)
    said = [
        f"{len(cases.cases)} cases, compared on {', '.join(on)} (coder: {coder}).",
        f"The case with the {far} mean similarity to the others of its group; in brackets to how "
        "many. Similarity: of all that at least one of two cases has, the part that both have; "
        "what neither has does not count, nor what was not searched or is not stated in one of "
        f"them. {left_out(least)} A case that can be compared with fewer than half of the others "
        "of its group is passed over.",
        "In brackets after a code in how many of the other cases of the group it is present, of "
        "those searched.",
        "Near to and far from the others in what is told of them: no model of cause and effect "
        "stands behind the words typical and deviant here.",
    ]
    if which == "deviant":
        said.append(
            "A case of which little is told is easily far from all others: see why before calling "
            "it deviant."
        )
    if groups:
        said.append(f"Groups by {groups}; a case can be in several, and one without any is out.")
    return said
