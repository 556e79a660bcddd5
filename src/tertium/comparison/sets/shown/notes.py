"""What is said of solutions in every table of them: what they assume, how many models there are.

Comes in: an `Analysis`.
Goes out: headings and sentences for notes.
"""

from __future__ import annotations

from tertium.comparison.sets.shown.analysis import KINDS, Analysis, Kind, Model
from tertium.comparison.sets.shown.excluded import MOST_MODELS, Needed
from tertium.comparison.sets.shown.numbers import NO_OUTCOME, said
from tertium.comparison.sets.shown.question import THESE_CASES
from tertium.comparison.sets.shown.rows import cut_offs, passing_both
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
        which += " found"
    return f"{model.kind.capitalize()}{which}: {_ASSUMES[model.kind]}"


def ambiguity(made: Analysis, kind: Kind) -> str:
    """How many formulas a solution has, where it is more than one or not all are known."""
    if kind not in made.solutions:
        return ""
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
    found = f"{counted(number, 'model')} {'was' if number == 1 else 'were'} worked out"
    told = f"Of the {kind} solution {found}, where the search was cut; there are {more}"
    if solution.spent:
        told += ", and it is not proven that none is shorter"
    return f"{told}. The cases do not decide between models."


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
    parts = []
    if number := len(made.barred.contradictory):
        is_one = number == 1
        parts.append(
            f"{counted(number, 'combination')} without cases may not be assumed to have the "
            f"outcome, for a formula of it and a formula of its absence would both assume "
            f"{'it' if is_one else 'them'}, and both now do without"
        )
    if made.barred.is_cut:
        parts.append(
            f"of the formulas only the first {MOST_MODELS} of the outcome and of its absence were "
            "held against each other"
        )
    for text, terms in made.barred.impossible:
        named = "" if text.startswith("row ") else f" ({_in_words(made, terms)})"
        parts.append(f"said to be impossible: {text}{named}")
    if made.barred.necessary:
        told = ", ".join(each.expression for each in made.barred.necessary)
        parts.append(f"no combination without {told} may be assumed to have the outcome")
    claims = [_claim(made, each) for each in made.barred.necessary]
    return " ".join([*([f"Barred: {'; '.join(parts)}."] if parts else []), *claims])


def _in_words(made: Analysis, terms: tuple[tuple[int | None, ...], ...]) -> str:
    return "; or ".join(made.asked.words.term(term, made.asked.conditions) for term in terms)


def _claim(made: Analysis, claim: Needed) -> str:
    """How far a claim of necessity is borne out, and the cases against it."""
    value = NO_OUTCOME if claim.fit.consistency is None else said(claim.fit.consistency)
    told = f"{claim.expression} is held to be necessary: its consistency is {value}"
    if claim.against:
        told += f"; with the outcome and without it: {made.asked.words.cases(claim.against)}"
    return f"{told}."


def what_was_done(made: Analysis) -> str:
    """Cut-offs, expectations, what is barred, how many models there are."""
    parts = [
        f"{made.nothing[0].upper()}{made.nothing[1:]}." if made.nothing else "",
        cut_offs(made.truth),
        passing_both(made.asked, made.truth),
        *(
            []
            if made.nothing
            else [
                expectations_in_words(made),
                barred_in_words(made),
                *(ambiguity(made, kind) for kind in KINDS),
            ]
        ),
    ]
    return " ".join(part for part in parts if part)


def common_note(made: Analysis) -> str:
    """Of whom a table of solutions is, and what was done; who is left out stands elsewhere."""
    return f"{made.asked.briefly()} {what_was_done(made)}"


def closing(made: Analysis) -> str:
    """How formulas are written, and what a solution does not show."""
    return (
        "~ before a name: it is absent; * joins with and, + with or. A formula says what goes "
        f"together in these cases, not what brought it about. {THESE_CASES}"
    )
