"""What is said below tables of other choices: their formulas, and cases they read otherwise.

Comes in: `Compared`, a solution beside the solutions of other choices.
Goes out: sentences.
"""

from __future__ import annotations

import math

from tertium.comparison.sets.expressions.algebra import intersect, simplify
from tertium.comparison.sets.expressions.expression import parse
from tertium.comparison.sets.shown.notes import closing, common_note
from tertium.comparison.sets.shown.robustness.variants import Compared
from tertium.comparison.sets.shown.rows import cut_offs
from tertium.comparison.sets.shown.words import BY_LOGIC, counted, in_order, rows_in_words

_MOST_CORNERS = 1024
NOT_BARRED = "A combination said to be impossible gets a case in a test, and is not barred there"
# What may be chosen, as a note says that no test touches it.
_CHOICES = {
    "calibration": "who reads the cases and what a word or number counts for",
    "consistency": "the consistency that a combination needs",
    "cases": "the cases that a combination needs",
}


def note(found: Compared, said_of_it: str) -> str:
    """The whole note, with what is said of one table."""
    return (
        f"{common_note(found.made)} {_which(found)}: {found.made.formula(found.model)}. "
        f"{_tests(found)} {said_of_it} {closing(found.made)}"
    )


def brief(found: Compared, said_of_it: str) -> str:
    """The note below a table that follows others of the plan: without who is meant and left out."""
    made = found.made
    return (
        f"{made.asked.briefly()} {cut_offs(made.truth)} {_which(found)}: "
        f"{made.formula(found.model)}. "
        f"{_tests(found)} {said_of_it}"
    )


def _tests(found: Compared) -> str:
    """The formulas of other choices, and what none of them touches."""
    tests = "; ".join(f"{each.name}: {each.formula}" for each in found.variants)
    touched = frozenset().union(*(each.changes for each in found.tests))
    untouched = [words for name, words in _CHOICES.items() if name not in touched]
    said_so = f"Other choices ({len(found.variants)}): {tests}."
    if untouched:
        said_so += f" No test touches {', or '.join(untouched)}."
    if found.left_out:
        said_so += (
            " Of the plan's alternatives left out, for no set asked for here is changed: "
            f"{'; '.join(found.left_out)}."
        )
    return said_so


def cases_otherwise(found: Compared) -> str:
    """Which cases the tests take otherwise, by name."""
    words, whole = found.made.asked.words, found.joined
    told = [(each.name, each.otherwise.in_words(words)) for each in found.tests]
    parts = [f"{name}: {text}." for name, text in told if text]
    same = [
        each.name
        for each in found.tests
        if "calibration" in each.changes and each.asked.basis == found.made.asked.basis
    ]
    if same:
        parts.append(f"Every case is taken as it was chosen by: {'; '.join(same)}.")
    in_rows = [(each.name, each.no_longer_empty) for each in found.tests]
    if now := "; ".join(f"{name}: {rows_in_words(rows)}" for name, rows in in_rows if rows):
        parts.append(f"{NOT_BARRED} ({now}).")
    if whole.dropped:
        parts.insert(
            0,
            f"Compared on the {counted(len(whole.cases), 'case')} that the solution and all tests "
            "can use; each formula rests on all cases that its own choices can use.",
        )
    outcome = "The outcome is the one chosen, also where a test reads it otherwise."
    return " ".join([outcome, *parts])


def _which(found: Compared) -> str:
    model = found.model
    said_so = f"The {model.kind} solution"
    return f"{said_so}, model {model.number} of {model.of}" if model.of > 1 else said_so


def core_note(found: Compared) -> str:
    """The robust core as a formula, where it can be written out."""
    asked = found.made.asked
    texts = [found.made.formula(found.model), *(each.formula for each in found.variants)]
    both = intersect(*(parse(text, levels=asked.levels) for text in texts))
    if math.prod(asked.levels[name] for name in both.names) > _MOST_CORNERS:
        return ""
    is_held = bool(found.joined.core.sum())
    if both.terms:
        said_so = f"Robust core: {in_order(simplify(both)[0], asked.conditions).text()}."
    elif is_held:
        said_so = "Robust core: no combination as a formula, yet cases are partly in it."
    else:
        said_so = "Robust core: none, for no combination is in the solution and in all tests."
    return said_so if asked.is_crisp or not is_held else f"{said_so} {BY_LOGIC}"
