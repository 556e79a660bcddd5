"""The values that carry a solution, as a list.

Comes in: an `Analysis`, the choices that it was made with, and what each value tried makes of it.
Goes out: a list with one row a value without which the formulas are others; behind it stand the
passages of that value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tertium.comparison.result import NOT_STATED, Result, support_table
from tertium.comparison.sets.calibrated.calibrate import calibrated, coders_of
from tertium.comparison.sets.memberships import CROSSOVER, ROUNDING
from tertium.comparison.sets.shown.analysis import Analysis
from tertium.comparison.sets.shown.notes import closing, common_note
from tertium.comparison.sets.shown.numbers import as_list, said
from tertium.comparison.sets.shown.question import Asked
from tertium.comparison.sets.shown.robustness.single_values import (
    Formulas,
    Tried,
    Turnover,
    Value,
    fit_of,
    formulas_of,
    tried,
)
from tertium.comparison.sets.shown.robustness.variants import ALWAYS, ANYTHING, NEVER, Chosen
from tertium.comparison.sets.shown.rows import cut_offs
from tertium.comparison.sets.shown.words import Implicant, counted, rows_in_words

_NO_FORMULA = "not defined, because there is no formula"
# So many values that put a case where none can be are named one by one; more are counted.
_NAMED = 10
_NOT_IN_SCOPE = "case out of scope"
_COLUMNS: dict[str, Any] = {
    "case": object,
    "set": object,
    "now": object,
    "tried": object,
    "formula": object,
    "what_happens": object,
    "consistency": "Float64",
    "coverage": "Float64",
    "rests_on": object,
    "read_otherwise": object,
    "terms_lost": "Int64",
    "set_id": object,
    "case_id": object,
}


def value_list(made: Analysis, chosen: Chosen) -> Result:
    """One row a value that carries the formulas: where most terms are lost comes first."""
    asked = made.asked
    every, own = tried(made, chosen), formulas_of(made, chosen)
    changed = [each for each in every if each.changes(own)]
    # A stable sort: within the same loss cases and sets stay in their order.
    changed.sort(key=lambda each: _kept(Turnover.of(own, each.formulas)))
    readings = _readings(made, chosen)
    rows, shown, support = [], [], []
    for number, each in enumerate(changed, start=1):
        row, texts = _row(made, own, each, readings)
        rows.append(row)
        shown.append(texts)
        case, name = each.value.case, each.value.set
        support += asked.evidence(number, [case], (name,))
        for other in readings.values():
            if _differs(asked, other, each.value) and (case, name) in other.calibrated.held:
                support += other.evidence(number, [case], (name,), rank=1)
    frame, texts_of = as_list(rows, _COLUMNS, shown)
    told = _told(made, chosen, every, changed, readings)
    return Result(
        frame,
        title=f"Single values that carry the {chosen.solution} solution of {asked.outcome}",
        note=f"{common_note(made)} {told} {closing(made)}",
        brief_note=f"{asked.briefly()} {cut_offs(made.truth)} {told}",
        support=support_table(support),
        opens="now",
        basis=asked.basis,
        shown=texts_of,
        hidden=("terms_lost", "set_id", "case_id"),
    )


def _kept(what: Turnover) -> tuple[int, int]:
    """What is sorted by: terms that are lost, then terms that stay in another form."""
    return -len(what.lost), -len({one for one, _ in (*what.narrower, *what.wider)})


def _row(
    made: Analysis, own: Formulas, found: Tried, readings: Mapping[str, Asked]
) -> tuple[dict[str, Any], dict[str, str]]:
    asked, value = made.asked, found.value
    told = "; or ".join(_formula(made, each) for each in found.formulas)
    row = {
        "case": asked.words.case(value.case),
        "set": asked.words.labels.get(value.set, value.set),
        "now": _in_words(asked, value.set, value.now),
        "tried": _in_words(asked, value.set, value.tried),
        "formula": told or (ALWAYS if found.nothing == ANYTHING else NEVER),
        "what_happens": _what_happens(made, own, found),
        "consistency": _lowest([each.consistency for each in found.fits]),
        "coverage": _lowest([each.coverage for each in found.fits]),
        "rests_on": _rests_on(asked, value),
        "read_otherwise": _otherwise(asked, readings, value),
        "terms_lost": len(Turnover.of(own, found.formulas).lost),
        "set_id": value.set,
        "case_id": value.case,
    }
    shown = {
        "formula": "" if told else f"none, for {found.nothing}",
        "consistency": "; ".join(each.consistency_text for each in found.fits) or _NO_FORMULA,
        "coverage": "; ".join(each.coverage_text for each in found.fits) or _NO_FORMULA,
    }
    return row, shown


def _formula(made: Analysis, terms: Sequence[Implicant]) -> str:
    return " + ".join(made.text(term) for term in terms)


def _lowest(shares: Sequence[float | None]) -> float | None:
    there = [each for each in shares if each is not None]
    return min(there) if there and len(there) == len(shares) else None


def _in_words(asked: Asked, name: str, held: float) -> str:
    if name in asked.memberships.fuzzy:
        return f"{asked.words.literal(name, [int(held > CROSSOVER)])} ({said(held)})"
    return asked.words.literal(name, [int(held)])


def _what_happens(made: Analysis, own: Formulas, found: Tried) -> str:
    """What becomes of each term, and how many formulas there are where that changes."""
    if found.nothing:
        return "every term goes, for there is nothing to explain any more"
    what, parts = Turnover.of(own, found.formulas), []
    for pairs, word in ((what.narrower, "narrower"), (what.wider, "wider")):
        parts += [f"{word}: {made.text(one)} becomes {made.text(two)}" for one, two in pairs]
    for terms, one, several, place in (
        (what.lost, "a term goes", "terms go", 0),
        (what.come, "a term comes", "terms come", len(parts) + 1),
    ):
        if terms:
            verb = one if len(terms) == 1 else f"{len(terms)} {several}"
            parts.insert(place, f"{verb}: {', '.join(made.text(term) for term in terms)}")
    if len(own) != len(found.formulas):
        parts.append(f"{counted(len(found.formulas), 'formula')} in place of {len(own)}")
    return "; ".join(parts) or "other formulas of the same terms"


def _rests_on(asked: Asked, value: Value) -> str:
    """What is known of the case, as it was found, and why."""
    held = asked.calibrated.held[value.case, value.set]
    under = asked.calibrated.plan.sets[value.set].source.stated or value.set
    return f"{under}: {_raw(held.value)}. {held.reason}"


def _raw(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value).replace("_", " ")


def _readings(made: Analysis, chosen: Chosen) -> dict[str, Asked]:
    """What every other coder of the plan's table states, by coder."""
    asked = made.asked
    plan = asked.calibrated.plan
    return {
        coder: replace(
            asked,
            calibrated=calibrated(
                asked.tables,
                chosen.plan,
                outcome=chosen.outcome,
                conditions=chosen.conditions,
                coder=coder,
            ),
        )
        for coder in coders_of(asked.tables, plan)
        if coder != plan.coder
    }


def _differs(asked: Asked, other: Asked, value: Value) -> bool:
    """Whether another coder states another word of a case, or none."""
    if asked.calibrated.plan.sets[value.set].source.stated is None:
        return False
    key = (value.case, value.set)
    there = other.calibrated.held.get(key)
    return there is None or there.value != asked.calibrated.held[key].value


def _otherwise(asked: Asked, readings: Mapping[str, Asked], value: Value) -> str:
    told = []
    for coder, other in readings.items():
        if _differs(asked, other, value):
            there = other.calibrated.held.get((value.case, value.set))
            word = _NOT_IN_SCOPE if there is None else NOT_STATED
            if there is not None and there.value is not None:
                word = _raw(there.value)
            told.append(f"{coder}: {word}")
    return "; ".join(told)


def _told(
    made: Analysis,
    chosen: Chosen,
    every: Sequence[Tried],
    changed: Sequence[Tried],
    readings: Mapping[str, Asked],
) -> str:
    """How many values were tried and how, what stays, and what was not tried."""
    asked, stays = made.asked, len(every) - len(changed)
    own = "; or ".join(_formula(made, each) for each in formulas_of(made, chosen))
    parts = [
        f"The {chosen.solution} solution: {own}.",
        f"Each value of the {counted(len(asked.cases), 'case')} used, in the outcome and in "
        f"{counted(len(asked.conditions), 'condition')}, was read otherwise, one at a time, and "
        f"the analysis made again with the same choices: {counted(len(every), 'value')} tried, "
        f"{stays} of them {'leaves' if stays == 1 else 'leave'} the formulas as they are.",
        f"The other {len(changed)} {'is' if len(changed) == 1 else 'are'} listed, those that cost "
        "most terms first (narrower: a term asks for more than before; wider: for less): these "
        "are the values to read again first, by their passages."
        if changed
        else "No single value carries them, so that no row is listed.",
        _how(asked),
        _not_barred(asked, every),
        _least(made, chosen, every, changed),
        "Not tried: cases that are not used, of which the outcome or a condition is not stated"
        f" ({len(asked.dropped)}); who is in scope; two values at once. That a value is listed "
        "does not say that it is doubtful: its passages do.",
        *_of_readings(asked, every, changed, readings),
    ]
    if any(len(each.formulas) > 1 for each in changed):
        parts.append("Of several formulas consistency and coverage stand in the same order.")
    return " ".join(part for part in parts if part)


def _not_barred(asked: Asked, every: Sequence[Tried]) -> str:
    """After which values a case stands in a combination said to be impossible."""
    found = [each for each in every if each.no_longer_empty]
    if not found:
        return ""
    told = [
        f"{asked.words.case(each.value.case)}, "
        f"{_in_words(asked, each.value.set, each.value.tried)}: "
        f"{rows_in_words(each.no_longer_empty)}"
        for each in found[:_NAMED]
    ]
    if more := len(found) - len(told):
        told.append(f"and {more} more")
    return (
        f"With {len(found)} of the values tried a case comes to stand in a combination said to be "
        f"impossible, which is not barred there ({'; '.join(told)})."
    )


def _how(asked: Asked) -> str:
    """What a value is changed to, in the kinds of set that there are."""
    sets, names = asked.memberships, (asked.outcome_set, *asked.conditions)
    told = []
    if any(sets.levels[name] > 2 for name in names):
        told.append("In a set with several values each other value is tried.")
    if any(name in sets.fuzzy for name in names):
        told.append(
            "In a set with degrees a case is put as far on the other side of the crossover: 1 "
            "less its membership. A case at exactly 0.5 has no other side and is not tried."
        )
    return " ".join(told)


def _least(made: Analysis, chosen: Chosen, every: Sequence[Tried], changed: Sequence[Tried]) -> str:
    """Where formulas stay: how low consistency and coverage get, and by which value."""
    listed = {each.value for each in changed}
    stay = [each for each in every if each.value not in listed]
    now = [fit_of(made.asked, terms) for terms in formulas_of(made, chosen)]
    told = []
    for word in ("consistency", "coverage"):
        at = _lowest([getattr(each, word) for each in now])
        found = [(_lowest([getattr(fit, word) for fit in each.fits]), each) for each in stay]
        there = [(share, each) for share, each in found if share is not None]
        if at is None or not there:
            continue
        share, each = min(there, key=lambda one: one[0])
        if share < at - ROUNDING:
            value = each.value
            told.append(
                f"{word} falls from {said(at)} to {said(share)} at the lowest "
                f"({made.asked.words.case(value.case)}: "
                f"{_in_words(made.asked, value.set, value.tried)})"
            )
    return f"Where the formulas stay, {', and '.join(told)}." if told else ""


def _of_readings(
    asked: Asked,
    every: Sequence[Tried],
    changed: Sequence[Tried],
    readings: Mapping[str, Asked],
) -> list[str]:
    """How many of the values tried, and of the rows, another coder reads otherwise."""
    told = []
    for coder, other in readings.items():
        among = {
            (each.value.case, each.value.set)
            for each in every
            if _differs(asked, other, each.value)
        }
        rows = sum((each.value.case, each.value.set) in among for each in changed)
        told.append(
            f"{coder} read the cases as well and has another word, or none, in "
            f"{len(among)} of the values used; {rows} of the {counted(len(changed), 'row')} "
            f"{'is' if rows == 1 else 'are'} of such a value (read otherwise)."
        )
    return told
