"""The codes of a scheme by groups of sources.

Comes in: verdicts or codings of one scheme, and where each source stands.
Goes out: cells with codes in rows and groups in columns.
"""

from __future__ import annotations

from collections.abc import Iterable

from tertium.comparison.crosstabs.axes import Axis
from tertium.comparison.crosstabs.cells import Cells, Count, none_of
from tertium.comparison.crosstabs.standing import Groups
from tertium.comparison.passages import Coded, Passages
from tertium.comparison.verdicts import codings_by_id, passages_behind
from tertium.spans import intersection


def codes_by_groups(passages: Passages, scheme: str, axis: Axis, count: Count) -> Cells:
    """Codes in rows, groups of sources in columns.

    Counted by sources, a share of a group is of its sources that were searched for the code.
    """
    cells = Cells(passages, count)
    groups = axis.groups
    if count == "sources":
        _sources_with_code(cells, scheme, groups)
    else:
        _coded_in_groups(cells, scheme, groups)
    codes = passages.tables.scheme(scheme).code_ids
    none = none_of(passages, scheme)
    known = decided(passages, scheme)
    bases = {}
    for value in sorted({group.value for each in groups.values() for group in each}):
        inside = [s for s in groups if any(group.value == value for group in groups[s])]
        for code in codes:
            searched = [s for s in inside if passages.is_searched(s, scheme, code)]
            bases[code, value] = frozenset(searched)
            if not searched:
                cells.unsearched.add((code, value))
        bases[none, value] = frozenset(known.intersection(inside))
        if not bases[none, value]:
            cells.unsearched.add((none, value))
    if count == "sources":
        cells.bases["columns"] = bases
    partly = _partly_searched(passages, scheme, groups)
    if partly:
        cells.remarks.append(f"Not every source was searched for every code: {', '.join(partly)}.")
    return cells


def decided(passages: Passages, scheme: str) -> set[str]:
    """Sources of which it is known if they hold any code: one is found, or all were looked for."""
    codes = passages.tables.scheme(scheme).code_ids
    holding = {
        source_id
        for (source_id, _), row in passages.verdicts(scheme).items()
        if row["verdict"] == "present"
    }
    return holding | {
        source_id
        for source_id in passages.counted
        if all(passages.is_searched(source_id, scheme, code) for code in codes)
    }


def _sources_with_code(cells: Cells, scheme: str, groups: Groups) -> None:
    passages = cells.passages
    verdicts = passages.verdicts(scheme)
    behind = codings_by_id(passages, scheme)
    codes = passages.tables.scheme(scheme).code_ids
    none = none_of(passages, scheme)
    undecided = 0
    for source_id, places in groups.items():
        values = [str(verdicts[source_id, code]["verdict"]) for code in codes
                  if (source_id, code) in verdicts]  # fmt: skip
        undecided += values.count("undecided")
        is_none = values == ["absent"] * len(codes)
        for group in places:
            for code in codes:
                row = verdicts.get((source_id, code))
                if row is None or row["verdict"] != "present":
                    continue
                rows = passages_behind(passages, row, behind, scheme, within=group.has)
                if group.spans is None or rows:
                    cells.add((code, group.value), source_id, evidence=rows)
            if is_none:
                cells.add((none, group.value), source_id)
    if undecided:
        why = (
            "of which the coder is unsure, or holds that it cannot be decided"
            if passages.is_by_hand(scheme)
            else "between the scheme's thresholds"
        )
        cells.remarks.append(
            f"Not counted: {undecided} undecided {'verdict' if undecided == 1 else 'verdicts'} "
            f"(a source and code {why})."
        )


def _coded_in_groups(cells: Cells, scheme: str, groups: Groups) -> None:
    passages = cells.passages
    codings = passages.codings(scheme)
    for source_id, places in groups.items():
        for group in places:
            here = [coding for coding in codings[source_id] if group.has(coding.span)]
            for code, coded in by_code(here).items():
                spans = [coding.span for coding in coded]
                if group.spans is not None and cells.count == "characters":
                    spans = intersection(spans, group.spans)
                rows = passages.coded_evidence(scheme, coded)
                cells.add((code, group.value), source_id, spans, rows)


def by_code(codings: Iterable[Coded]) -> dict[str, list[Coded]]:
    """Codings by their code."""
    found: dict[str, list[Coded]] = {}
    for coding in codings:
        found.setdefault(coding.code, []).append(coding)
    return found


def _partly_searched(passages: Passages, scheme: str, groups: Groups) -> list[str]:
    """For each code that was not looked for everywhere: in how many sources it was."""
    found = []
    for code in passages.tables.scheme(scheme).codes:
        searched = sum(passages.is_searched(source_id, scheme, code.id) for source_id in groups)
        if searched < len(groups):
            found.append(f"{code.label} in {searched} of {len(groups)}")
    return found
