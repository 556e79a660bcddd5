"""The record of a calibration: for each set where its values come from and why they count so.

Comes in: the tables of a study and the name of a plan.
Goes out: a list of sets whose rows lead to the passages of their cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.result import Result, comparison, support_table
from tertium.comparison.sets.calibrated.calibrate import Calibrated, calibrated
from tertium.comparison.sets.memberships import CROSSOVER, is_between
from tertium.sources.listed.set_plans import FromPart, SetPart

_METHODS = {
    "direct": "direct: a curve through the three anchors",
    "linear": "linear: straight lines between the anchors",
    "indirect": "indirect: cases are put into grades by the cuts, and a curve is fitted to them",
    "ranked": "ranked: by the order of the cases alone (totally fuzzy and relative)",
    "crisp": "crisp: in the set from the anchor on",
    "multi_value": "multi-value: one more value from each cut on",
}
_MEASURES = {
    "any": "any of the codes is there",
    "passages": "how many passages hold one",
    "sources": "how many sources hold one",
    "share_of_sources": "share of the sources that hold one",
}


@comparison
def calibration(
    tables: Tables,
    *,
    plan: str,
    conditions: Sequence[str] | None = None,
    outcome: str | None = None,
) -> Result:
    """How each set of a plan was made: source of its values, method, anchors, and the reasons.

    Parameters
    ----------
    tables : Tables
    plan : str
        Id of a plan of the study.
    conditions : sequence of str, optional
        In place of the plan's.
    outcome : str, optional
        In place of the plan's.

    Returns
    -------
    Result
        `frame`: one row a set: set, label, meaning, source (with who says so), how (method, anchors
        or the membership of each word), why, and how many cases in scope are in, out, between
        and not_stated. In a multi-value set `in` counts every value but 0. Evidence by row: all
        passages of its cases.

    Raises
    ------
    UnknownNameError
        No such plan or set; conditions that overlap by definition.

    References
    ----------
    .. [1] Schneider, C. Q. and Wagemann, C. (2012). Set-Theoretic Methods for the Social
       Sciences. Cambridge University Press. Ch. 1 (calibration).

    Examples
    --------
    >>> from tertium.study import open_study
    >>> table = calibration(open_study("labour-organising").tables, plan="concession")
    >>> table.frame["set"].iloc[-1]
    'CONCESSION'
    """
    made = calibrated(tables, plan, outcome=outcome, conditions=conditions)
    rows = [_row(made, name) for name in made.memberships.sets]
    frame = pd.DataFrame({name: pd.Series([row[name] for row in rows]) for name in rows[0]})
    frame.index = pd.RangeIndex(1, len(rows) + 1)
    support = [
        {**each, "row": number, "column": None}
        for number, name in enumerate(made.memberships.sets, 1)
        for case in made.memberships.cases
        for each in made.evidence(case, name)
    ]
    note = (
        f"The {len(made.memberships.cases)} cases in scope. In: more in the set than out (above "
        "0.5); out: more out than in; between: exactly 0.5, neither of the two; not stated: "
        "nothing is known, or nobody looked, or it was left open. Every anchor and every word was "
        "set by the plan's author, for the reason beside it; another choice can change what is "
        "found."
    )
    others = "; ".join(f"{each.name} ({each.why.strip()})" for each in made.plan.alternatives)
    if others:
        note += f" Other calibrations or readings that could be defended: {others}"
    return Result(
        frame,
        title=f"How the sets were calibrated: {made.plan.title}",
        note=note,
        support=support_table(support),
    )


def _row(made: Calibrated, name: str) -> dict[str, Any]:
    part = made.plan.sets[name]
    held = made.memberships.frame[name].to_numpy(float)
    between = is_between(held)
    who = made.made_by(name)
    return {
        "set": name,
        "label": part.label,
        "meaning": " ".join(part.what.split()),
        "source": _source(part.source, part) + (f"; {who}" if who else ""),
        "how": _how(part),
        "why": _why(part),
        "in": int(((held > CROSSOVER) & ~between).sum()),
        "out": int(((held < CROSSOVER) & ~between).sum()),
        "between": int(between.sum()),
        "not_stated": int(np.isnan(held).sum()),
    }


def _source(source: FromPart, part: SetPart) -> str:
    if source.codings is not None:
        return f"codings of {', '.join(source.codings)}: {_MEASURES[part.measure]}"
    if source.fact is not None:
        words = [each for each in (source.what, " or ".join(source.unit or ())) if each]
        told = f" ({', '.join(words)})" if words else ""
        several = f", the {source.take} of several" if source.take != "one" else ""
        return f"the fact sheet: {source.fact}{told}{several}"
    if source.case is not None:
        return f"the list of cases: {source.case}"
    return f"stated case by case: {source.stated}"


def _how(part: SetPart) -> str:
    if part.method is not None:
        anchors = ", ".join(f"{name} {number:g}" for name, number in part.anchors.items())
        told = f" ({anchors})" if anchors else ""
        idm = f"; at the anchors {part.idm:g} and {1 - part.idm:.3g}" if part.idm != 0.95 else ""
        return f"{_METHODS[part.method]}{told}{idm}"
    if part.values:
        return ", ".join(f"{word} {value:g}" for word, value in part.values.items())
    return "present 1, absent 0"


def _why(part: SetPart) -> str:
    if isinstance(part.why, str):
        return " ".join(part.why.split())
    return " ".join(f"{name}: {' '.join(text.split())}" for name, text in part.why.items())
