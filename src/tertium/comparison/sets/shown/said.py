"""What is said of solutions in every table of them: what they assume, how many models there are.

Comes in: an `Analysis`.
Goes out: headings and sentences for notes.
"""

from __future__ import annotations

from tertium.comparison.sets.shown.analysis import KINDS, Analysis, Kind, Model
from tertium.comparison.sets.shown.rows import cut_offs
from tertium.comparison.sets.shown.words import counted
from tertium.comparison.sets.solutions.solution import Solution

_ASSUMES = {
    "conservative": "assumes nothing of combinations without cases",
    "intermediate": "assumes only what fits the expectations",
    "parsimonious": "assumes whatever makes it shortest",
}


def heading(model: Model, solution: Solution) -> str:
    """What stands above the terms of a model.

    Examples
    --------
    >>> heading(Model("conservative", 1, 1, ()), None)
    'Conservative: assumes nothing of combinations without cases'
    """
    which = f", model {model.number} of {model.of}" if model.of > 1 else ""
    if model.of > 1 and not solution.complete:
        which += " listed"
    return f"{model.kind.capitalize()}{which}: {_ASSUMES[model.kind]}"


def ambiguity(made: Analysis, kind: Kind) -> str:
    """How many formulas a solution has, where it is more than one or not all are known."""
    solution, number = made.solutions[kind], len(made.models(kind))
    if solution.complete and not solution.spent:
        if number == 1:
            return ""
        return (
            f"The {kind} solution has {number} equally good formulas (models): the cases do not "
            "decide between them, so no one of them is the finding."
        )
    least = 0 if kind == "intermediate" else solution.found.at_least
    more = f"at least {least:,}" if least > number else "or may be more"
    listed = f"{counted(number, 'model')} {'is' if number == 1 else 'are'} listed"
    said = f"Of the {kind} solution {listed}; there are {more}"
    if solution.spent:
        said += ", and the search ended before it was proven that none is shorter"
    return f"{said}. The cases do not decide between models."


def expectations_in_words(made: Analysis) -> str:
    """What is expected of each condition, or that nothing is."""
    if not made.expected:
        return (
            "No expectations are stated for this outcome, so the intermediate solution makes no "
            "assumption that drops a condition."
        )
    told = "; ".join(
        made.asked.words.literal(name, values) for name, values in made.expected.items()
    )
    return f"Expected to go with the outcome: {told}."


def barred_in_words(made: Analysis) -> str:
    """What no solution was allowed to assume."""
    said = []
    if number := len(made.barred.contradictory):
        said.append(
            f"{counted(number, 'combination')} without cases may not be assumed to have the "
            "outcome, for the solution of its absence would assume the contrary"
        )
    if made.barred.necessary:
        told = ", ".join(made.barred.necessary)
        said.append(f"no combination without {told} may be assumed to have the outcome")
    return f"Barred: {'; '.join(said)}." if said else ""


def common_note(made: Analysis) -> str:
    """Who it is about, cut-offs, expectations, what is barred, how many models there are."""
    parts = [
        made.asked.who(),
        cut_offs(made.truth),
        expectations_in_words(made),
        barred_in_words(made),
        *(ambiguity(made, kind) for kind in KINDS),
    ]
    return " ".join(part for part in parts if part)


def closing(made: Analysis) -> str:
    """The legend, and what a solution does not show."""
    return (
        f"{made.asked.legend()} A formula says what goes together in these cases, not what brought "
        f"it about. {made.asked.limits}"
    )
