"""The chart: which term could explain which combination.

Comes in: an `Analysis`.
Goes out: a grid of possible terms by combinations with the outcome; a cell leads to the passages
of the combination's cases.
"""

from __future__ import annotations

import pandas as pd

from tertium.comparison.result import Result, support_table
from tertium.comparison.sets.minimisation.implicants import Implicant
from tertium.comparison.sets.shown.analysis import KINDS, Analysis, Kind
from tertium.comparison.sets.shown.notes import closing, common_note

# So many possible terms of a solution are shown, the shortest first.
_MOST = 100
_HEADS = {
    "conservative": "Conservative: terms that hold in no other combination",
    "intermediate": "Intermediate: terms between the two",
    "parsimonious": "Parsimonious: terms that hold in no combination without the outcome",
}


def chart(made: Analysis) -> Result:
    """One row a possible term of a solution, one column a combination with the outcome."""
    asked = made.asked
    explained = made.truth.of("1")
    numbers = [str(row.number) for row in explained]
    index, groups, labels, cells, support, cut = [], {}, {}, [], [], list[str]()
    for kind in KINDS:
        possible = _prime_implicants(made, kind)
        if len(possible) > _MOST:
            cut.append(f"Of {len(possible):,} possible {kind} terms the first {_MOST} are shown.")
        for term in possible[:_MOST]:
            name = f"{kind}: {made.text(term)}"
            index.append(name)
            groups[name] = _HEADS[kind]
            labels[name] = made.text(term) + (" (needed)" if _is_needed(made, kind, term) else "")
            holds = [_holds(term, row.values) for row in explained]
            cells.append([int(each) for each in holds])
            support += [
                {**each, "row": name, "column": str(row.number)}
                for row, is_in in zip(explained, holds, strict=True)
                if is_in
                for each in asked.evidence(0, row.cases, (asked.outcome_set, *asked.conditions))
            ]
    frame = pd.DataFrame(
        cells, index=pd.Index(index, name="term", dtype=object),
        columns=pd.Index(numbers, name="row", dtype=object), dtype="Int64",
    )  # fmt: skip
    words = {str(row.number): asked.words.cases(row.cases) for row in explained}
    told = "; ".join(
        f"row {row.number} ({made.text(row.values)}): {words[str(row.number)]}" for row in explained
    )
    return Result(
        frame,
        title=f"Which term could explain which combination with {asked.outcome}",
        brief_note=common_note(made),
        note=(
            f"{' '.join([common_note(made), *cut])} A formula takes as few terms as will have an "
            f"x in every column. Needed: in every model. Columns: {told}. {closing(made)}"
        ),
        support=support_table(support),
        basis=asked.basis,
        shown=frame.astype(object).map(lambda value: "x" if value else "–"),
        row_labels=labels,
        row_groups=groups,
        column_labels={str(row.number): f"Row {row.number}" for row in explained},
    )


def _prime_implicants(made: Analysis, kind: Kind) -> list[Implicant]:
    if kind not in made.solutions:
        return []
    solution = made.solutions[kind]
    if kind != "intermediate":
        return list(solution.prime_implicants)
    between = (term for block in solution.blocks for term in block.found.prime_implicants)
    return list(dict.fromkeys(between))


def _is_needed(made: Analysis, kind: Kind, term: Implicant) -> bool:
    solution = made.solutions[kind]
    if kind != "intermediate":
        return term in solution.found.essential
    return all(term in block.found.essential for block in solution.blocks)


def _holds(term: Implicant, values: tuple[int, ...]) -> bool:
    return all(each is None or each == value for each, value in zip(term, values, strict=True))
