"""What a table of a set analysis was asked: plan, outcome, conditions, and the cases it can use.

Comes in: tables, the name of a plan, the arguments of a comparison.
Goes out: `Asked`: memberships of the cases of which every set is stated, who was left out, words
and the passages behind each case.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isnan
from typing import Any

import numpy as np
import pandas as pd

from tertium.bundle import Tables
from tertium.comparison.sets.calibrated.calibrate import Calibrated, calibrated
from tertium.comparison.sets.expressions.expression import membership, parse
from tertium.comparison.sets.memberships import CROSSOVER, Memberships
from tertium.comparison.sets.shown.words import Implicant, Words, counted
from tertium.comparison.sets.solutions.outcome import outcome_membership, outcome_set
from tertium.errors import UnknownNameError

FOUND_BY_SEARCH = (
    "It describes these cases and no others; it is no estimate for cases not looked at."
)
THESE_CASES = "It describes these cases and no others."


# So many of the cases left out are named in a note; `set_cases` names them all.
_NAMED = 6


@dataclass(frozen=True, eq=False)
class Asked:
    """A plan's sets for one outcome and some conditions, on the cases that can be used.

    Parameters
    ----------
    tables : Tables
    calibrated : Calibrated
    memberships : Memberships
        Only the cases of which the outcome and every condition is stated.
    dropped : tuple of str
        Cases in scope that were left out, for something is not stated of them.
    outcome : str
        A set, "~" and a set, or a set and a value in brackets.
    conditions : tuple of str
    """

    tables: Tables
    calibrated: Calibrated
    memberships: Memberships
    dropped: tuple[str, ...]
    outcome: str
    conditions: tuple[str, ...]

    @property
    def plan(self) -> str:
        """Id of the plan."""
        return str(self.calibrated.plan.plan)

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases that are used, in the study's order."""
        return self.memberships.cases

    @property
    def levels(self) -> Mapping[str, int]:
        """How many values each set has."""
        return self.memberships.levels

    @property
    def outcome_set(self) -> str:
        """The outcome's set, without a sign."""
        return outcome_set(self.outcome)

    @cached_property
    def outcome_memberships(self) -> np.ndarray:
        """How far each case is a member of the outcome."""
        return outcome_membership(self.memberships, self.outcome)

    @cached_property
    def words(self) -> Words:
        """Labels of the plan's sets, names of the cases."""
        sets = self.calibrated.plan.sets
        said = {name: each.absent for name, each in sets.items()}
        return Words(
            labels={name: str(each.label) for name, each in sets.items()},
            levels=dict(self.levels),
            absent={name: str(text) for name, text in said.items() if text},
            names=self.calibrated.names,
            values={name: each.words for name, each in sets.items() if each.levels > 2},
        )

    @property
    def by_degrees(self) -> str:
        """How cases count in sets with degrees, as a sentence for notes."""
        if self.is_crisp:
            return ""
        return "Sets with degrees: each case counts by how far it is a member. "

    @property
    def is_crisp(self) -> bool:
        """Whether no set asked for is fuzzy: shares can then be told as numbers of cases."""
        return not self.memberships.fuzzy & {self.outcome_set, *self.conditions}

    def membership(self, expression: str) -> np.ndarray:
        """How far each case is a member of an expression."""
        parsed = parse(expression, sets=self.memberships.sets, levels=self.levels)
        return membership(parsed, self.memberships)

    def term_membership(self, implicant: Implicant) -> np.ndarray:
        """How far each case is a member of a combination of conditions."""
        held = [
            self.memberships.literal(name, value)
            for name, value in zip(self.conditions, implicant, strict=True)
            if value is not None
        ]
        return np.minimum.reduce(held) if held else np.ones(len(self.cases))

    def members(self, held: np.ndarray) -> tuple[str, ...]:
        """The cases that are more in than out."""
        return tuple(case for case, each in zip(self.cases, held, strict=True) if each > CROSSOVER)

    def evidence(
        self, row: int, cases: Iterable[str], sets: Sequence[str], *, rank: int = 0
    ) -> list[dict[str, Any]]:
        """The passages of some cases for some sets, as evidence of a row of a list.

        Each says of which case it is and what is so there: "FORUM: absent (Burgylau)".
        """
        return [
            {**each, "code": self._shows(each, case, name), "row": row, "column": None,
             "rank": rank}
            for case in cases
            for name in sets
            for each in self.calibrated.evidence(case, name)
        ]  # fmt: skip

    def _shows(self, passage: Mapping[str, Any], case: str, name: str) -> str:
        """What a passage shows of which case, after the code that it was given, if there is one."""
        raw = self.calibrated.raw.at[case, name]
        value = raw if isinstance(raw, str) else f"{float(str(raw)):g}"
        named = self.words.case(case).replace(";", ",")
        own = "" if passage["scheme"] == self.plan else f"{passage['code']}; "
        return f"{own}{name}: {value} ({named})"

    @cached_property
    def basis(self) -> str:
        """A digest of all memberships that are used: other memberships have another one."""
        told = self.memberships.frame.to_csv() + self.outcome + ",".join(self.conditions)
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    @cached_property
    def made_by(self) -> str:
        """Who says what is known of the cases, each with the kind of coder."""
        told = (self.calibrated.made_by(name) for name in (self.outcome_set, *self.conditions))
        return "; ".join(sorted({who for each in told for who in each.split("; ") if who}))

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The codes that decide on a set, each with its scheme ("approach:strike")."""
        parts = [self.calibrated.plan.sets[name] for name in (self.outcome_set, *self.conditions)]
        codes = [code for part in parts for code in part.source.codings or ()]
        return tuple(sorted(set(codes)))

    def who(self) -> str:
        """Which cases a table is about, who was left out, and who says so, in words."""
        said = f"{self._in_scope()} Who says what is so in each case: {self.made_by}."
        return f"{said}{self._in_between()}"

    def briefly(self) -> str:
        """The same without the names of those left out, for all tables but the first."""
        used, in_scope = len(self.cases), len(self.cases) + len(self.dropped)
        who = f"{used} of {counted(in_scope, 'case')}" if self.dropped else counted(used, "case")
        return f"Plan {self.plan}: {who} in scope, as stated by {self.made_by}.{self._in_between()}"

    def _in_between(self) -> str:
        at = [
            case
            for case, held in zip(self.cases, self.outcome_memberships, strict=True)
            if held == CROSSOVER
        ]
        if not at:
            return ""
        return (
            " Exactly in between in the outcome, and so neither with nor without it: "
            f"{self.words.cases(at)}."
        )

    def _in_scope(self) -> str:
        used, in_scope = len(self.cases), len(self.cases) + len(self.dropped)
        if not self.dropped:
            return f"Plan {self.plan}: {counted(used, 'case')} in scope."
        return (
            f"Plan {self.plan}: {used} of {counted(in_scope, 'case')} in scope. Left out, for the "
            "outcome or a condition is not stated, not searched or undecided: "
            f"{self.words.several(self.dropped, most=_NAMED)}."
        )

    @property
    def limits(self) -> str:
        """Of whom a table speaks, and how the study came to know of these cases."""
        sampling = self.tables.sampling
        if sampling is not None and sampling.design == "convenience":
            return f"The cases are of sources that were found, not drawn by lot. {FOUND_BY_SEARCH}"
        return FOUND_BY_SEARCH

    def legend(self) -> str:
        """What the names of the sets stand for."""
        names = [self.outcome_set, *self.conditions]
        told = "; ".join(f"{name}: {self.words.labels.get(name, name)}" for name in names)
        return f"{told}. ~ before a name: it is absent; * joins with and, + with or."


def hides_pri(found: Asked, *, cut_off: float) -> bool:
    """Whether PRI says nothing new: it is the consistency where sets have no degrees."""
    return found.is_crisp and cut_off == 0


def what_is_pri(found: Asked, *, cut_off: float) -> str:
    """A sentence on PRI, where a table shows it."""
    if hides_pri(found, cut_off=cut_off):
        return ""
    if found.is_crisp:
        return "PRI: the same number, for no set here has degrees. "
    return "PRI: the same, less what goes as well with the outcome's absence. "


def asked(
    tables: Tables,
    plan: str,
    *,
    conditions: Sequence[str] | None,
    outcome: str | None,
    anchors: Mapping[str, Mapping[str, float]] | None = None,
    coder: str | None = None,
) -> Asked:
    """The memberships that a comparison asks for, of other anchors or another coder if given.

    Raises
    ------
    UnknownNameError
        No such plan, set or outcome; conditions that overlap by definition; or no case of which
        all is stated.
    """
    if isinstance(conditions, str):
        raise UnknownNameError(
            f"conditions={conditions!r} is one word; write a list, such as [{conditions!r}]"
        )
    made = calibrated(
        tables, plan, outcome=outcome, conditions=conditions, anchors=anchors, coder=coder
    )
    wanted = [outcome_set(made.outcome), *made.conditions]
    complete, dropped = made.memberships.complete(wanted)
    if not complete.cases:
        raise UnknownNameError(
            f"plan {plan}: no case has outcome and every condition stated ({', '.join(wanted)}); "
            "ask for fewer conditions, or state more"
        )
    return Asked(tables, made, complete, dropped, made.outcome, tuple(made.conditions))


def refuse_share(**numbers: Any) -> None:
    """Refuse a cut-off that is no share.

    Raises
    ------
    UnknownNameError
    """
    for name, value in numbers.items():
        is_number = pd.api.types.is_number(value) and not isinstance(value, bool)
        if not is_number or isnan(float(value)) or not 0 <= value <= 1:
            raise UnknownNameError(f"{name}={value!r}: write a number from 0 to 1")


def refuse_count(**numbers: Any) -> None:
    """Refuse a number of cases below 1.

    Raises
    ------
    UnknownNameError
    """
    for name, value in numbers.items():
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise UnknownNameError(f"{name}={value!r}: write a whole number, 1 or more")


def refuse_other(name: str, value: str, there: Sequence[str]) -> None:
    """Refuse a word that is none of those there are.

    Raises
    ------
    UnknownNameError
    """
    if value not in there:
        raise UnknownNameError(f"{name}={value!r}; there are {', '.join(there)}")
