"""What a reader must know of a crosstab, in sentences.

Comes in: two axes and what was asked of them.
Goes out: the note below the table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tertium.bundle import Tables
from tertium.comparison.crosstabs.axes import FROM_CASES, Axis
from tertium.comparison.crosstabs.cells import Count, Of
from tertium.comparison.crosstabs.standing import CASE, PERIOD, SEVERAL_PERIODS
from tertium.comparison.passages import Passages
from tertium.comparison.result import NOT_SEARCHED


def notes(
    passages: Passages, rows: Axis, columns: Axis, count: Count, *, is_residual: bool = False
) -> list[str]:
    """What is counted, of how many sources, and what stands apart."""
    schemes = [axis.name for axis in (rows, columns) if axis.is_scheme]
    found = _what_is_counted(passages, schemes, count)
    if is_residual:
        # Nothing in the cells is a number of sources.
        found = found[:1]
    if len(schemes) == 2:
        # What a code of the study's first scheme means is what the whole report is about.
        main = next(iter(passages.tables.schemes))
        found.extend(_meaning(passages.tables, scheme) for scheme in schemes if scheme != main)
    if schemes and not is_residual:
        found.append(f"0: looked for, not found; {NOT_SEARCHED}: nobody looked.")
    if "voice" in (rows.name, columns.name) and any(
        passages.sources[source_id].get("voice") == "mixed" for source_id in passages.counted
    ):
        found.append("Mixed: a source of several voices or publications; it stands apart, last.")
    for axis in (rows, columns):
        found.extend([said for said in _of_axis(axis) if said not in found])
    if {rows.name, columns.name} <= set(FROM_CASES):
        found.append("A source stands in a cell if one case that it tells has both values.")
    if any(passages.compiled_of(source_id) for source_id in passages.counted):
        found.append("What a compiled source puts together is taken apart, by publication.")
    if any(axis.name in FROM_CASES for axis in (rows, columns)):
        total = len(passages.counted)
        cases = next(axis for axis in (rows, columns) if axis.name in FROM_CASES)
        without = sum(not groups for groups in cases.groups.values())
        if without:
            found.append(
                f"{without} of {total} counted sources {'tells' if without == 1 else 'tell'} no "
                "case."
            )
    return found


def _what_is_counted(passages: Passages, schemes: Sequence[str], count: Count) -> list[str]:
    coder, total = passages.tables.deciders(schemes), len(passages.counted)
    if count == "sources":
        how = {
            0: "",
            1: f" whose verdict is present (coder: {coder})",
            2: f" in which a coding of each overlaps (coder: {coder})",
        }[len(schemes)]
        found = [f"Sources{how}; {total} counted sources in all."]
        if len(schemes) == 1:
            found.append(
                "A source may hold several codes, so cells do not add up to the number of sources."
            )
        return found
    where = f"(coder: {coder}) in {total} counted sources"
    if count == "characters":
        return [f"Coded characters, each once {where}."]
    if len(schemes) == 1:
        return [
            f"Coded passages {where}. {passages.what_is_a_passage(*schemes)}",
            "It counts once for each of its codes.",
        ]
    return [
        f"Passages that are coded under both {where}. {passages.what_is_a_passage(*schemes)}",
        "It counts in each cell whose two codes it has.",
    ]


def _meaning(tables: Tables, scheme: str) -> str:
    """What a scheme codes, in the first sentence of its own description."""
    described = tables.schemes[scheme]
    first = re.split(r"(?<=[.!?。！？])\s", " ".join(described.description.split()), maxsplit=1)[0]
    return f"{described.title}: {first[:1].lower()}{first[1:]}"


def _of_axis(axis: Axis) -> list[str]:
    """What must be known of an axis that is neither a scheme nor a plain attribute."""
    if axis.code is not None:
        coder = axis.passages.tables.decides(axis.code[0])
        return [
            f"{axis.title}: what is held of each source as a whole (coder: {coder}); absent: "
            f"looked for, not found; undecided: the signs are not enough; {NOT_SEARCHED}: nobody "
            "looked."
        ]
    if axis.name == PERIOD:
        years = "1 year" if axis.period == 1 else f"{axis.period} years"
        apart = [each for each in axis.values if each == SEVERAL_PERIODS]
        said = f"Periods of {years}, by the date of publication."
        return [f"{said} A source whose dates lie in {apart[0]} stands apart." if apart else said]
    if axis.name in FROM_CASES:
        found = []
        if axis.name != CASE:
            found.append(
                f"{axis.title}: that of the cases which a source tells; a source that tells "
                "several cases counts once in each group."
            )
            if any(group.spans for groups in axis.groups.values() for group in groups):
                found.append("Where a part of a source tells a case, only that part counts.")
        return found
    return []


def share_notes(rows: Axis, columns: Axis, count: Count, *, of: Of) -> list[str]:
    """Of what a share is."""
    side = "row" if of == "rows" else "column"
    other = columns if of == "rows" else rows
    if count != "sources":
        base = f"of the {count} counted in its {side}, each once, how many stand in it"
    elif rows.is_scheme and columns.is_scheme:
        base = (
            f"of the sources with a coding of its {side} that were searched for the other code, "
            "in how many the two overlap"
        )
    elif other.is_scheme:
        base = (
            f"of the sources of its {side} that were searched for the code (undecided ones "
            "included), how many hold it"
        )
    else:
        base = f"of the sources counted in its {side}, each once, how many stand in it"
    found = [f"A cell: {base}, and the share in per cent."]
    is_partition = not other.is_scheme and other.is_whole and count == "sources"
    if not is_partition and not (other.is_scheme and count == "sources"):
        found.append("What stands in several cells counts in each, so shares may exceed 100 %.")
    return found


def residual_notes(rows: Axis, columns: Axis) -> list[str]:
    """What a residual means."""
    if rows.is_scheme or columns.is_scheme:
        group = "column" if rows.is_scheme else "row"
        what = (
            f"more (+) or fewer (\u2212) sources of the {group} hold the code than if it were "
            "equally frequent in all sources that were searched for it, undecided ones among "
            "those without it"
        )
    else:
        what = (
            "more (+) or fewer (\u2212) sources stand in the cell than if its row and its column "
            "had nothing to do with each other"
        )
    return [
        f"A cell: by how many standard errors {what} (adjusted residual). Beyond 2 on either side "
        "a cell stands out. It is judged beside its three counterparts: its row elsewhere, its "
        "column otherwise, and all the rest."
    ]
