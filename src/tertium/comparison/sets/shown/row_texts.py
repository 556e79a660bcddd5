"""One combination of a truth table as readers see it: its values, its outcome, its numbers.

Comes in: a row of a truth table, and its cases with and without the outcome.
Goes out: texts of its cells.
"""

from __future__ import annotations

from collections.abc import Sequence

from tertium.comparison.sets.memberships import CROSSOVER
from tertium.comparison.sets.shown.numbers import NO_PRI, NOBODY_IN, of_cases, said
from tertium.comparison.sets.shown.question import Asked
from tertium.comparison.sets.solutions.truth import TruthRow

_ALWAYS = frozenset(
    "row out cases consistency pri with_outcome without_outcome mixed with_ids without_ids "
    "heading in_words in_intermediate in_parsimonious expected barred".split()
)
OUTS = {
    "1": "1 (has it)",
    "0": "0 (has it not)",
    "C": "C (contradictory)",
    "?": "? (too few cases)",
    "": "no case",
}
# With degrees a row may reach the cut-off though no case that is in it has the outcome.
FUZZY_OUTS = {**OUTS, "1": "1 (reaches it)", "0": "0 (reaches it not)"}


def set_columns(conditions: Sequence[str]) -> list[str]:
    """The columns of conditions: their names, told apart from the columns that are always there.

    Examples
    --------
    >>> set_columns(["STRIKE", "out"])
    ['STRIKE', 'set out']
    """
    return [f"set {name}" if name in _ALWAYS else name for name in conditions]


def is_mixed(row: TruthRow, with_it: Sequence[str], without_it: Sequence[str]) -> bool:
    """Whether some case of a row ended otherwise than another, or than the row is taken to."""
    otherwise = {"1": without_it, "0": with_it}.get(row.out, ())
    return bool((with_it and without_it) or otherwise)


def _out_text(
    found: Asked, row: TruthRow, with_it: Sequence[str], without_it: Sequence[str]
) -> str:
    if with_it and without_it:
        return f"{row.out} (cases differ)"
    if is_mixed(row, with_it, without_it):
        return f"{row.out} (but no case {'has it' if without_it else 'is without it'})"
    return (OUTS if found.is_crisp else FUZZY_OUTS)[row.out]


def value_texts(found: Asked, values: Sequence[int]) -> dict[str, str]:
    """Values of conditions that have several, each with its word."""
    columns = zip(set_columns(found.conditions), found.conditions, values, strict=True)
    told = {}
    for column, name, value in columns:
        word = found.words.values.get(name, {}).get(value)
        if found.levels[name] > 2 and word:
            told[column] = f"{value} ({word})"
    return told


def row_texts(
    found: Asked, row: TruthRow, with_it: Sequence[str], without_it: Sequence[str]
) -> dict[str, str]:
    """Texts by column, where they say more than the value."""
    held = found.term_membership(row.values)
    share = of_cases(
        row.consistency, (held > CROSSOVER) * found.outcome_memberships, held,
        crisp=found.is_crisp, why=NOBODY_IN,
    )  # fmt: skip
    told = {
        **value_texts(found, row.values),
        "out": _out_text(found, row, with_it, without_it),
        "consistency": share,
        "pri": said(row.pri) if row.pri is not None else NO_PRI,
    }
    if with_it and without_it:
        told["with_outcome"] = f"with it: {found.words.cases(with_it)}"
        told["without_outcome"] = f"without it: {found.words.cases(without_it)}"
    return told
