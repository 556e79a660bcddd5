"""What agreement among people a code needs before a table may rest on it.

Comes in: the policy of a study, and the codings and readings of its coders.
Goes out: the measured agreement of each code, and plain sentences for tables that rest on it.

Only people count. Codings by rules, by a learned model or by a language model are no double
coding, however well they agree with each other or with people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from tertium.agreement.coefficient import Coefficient, words
from tertium.agreement.coefficients.alpha import krippendorff_alpha
from tertium.agreement.diagnose import ADJUDICATED
from tertium.agreement.reliability import coded_units
from tertium.errors import AgreementError
from tertium.schemes.scheme import Scheme
from tertium.sources.units import UnitKind

PEOPLE = "human"
# Of more codes than these only the number is told.
_NAMED = 6

Key = tuple[str, str]


@dataclass(frozen=True)
class Policy:
    """The least alpha for a table, and what has been measured.

    Parameters
    ----------
    alpha : float
        Below it a table that rests on the code carries a flag, or is refused.
    tentative : float
        Below it only tentative conclusions hold.
    strict : bool
        Whether a table that rests on a code below `alpha`, or on one whose agreement is not
        known, is refused.
    unit : {"document", "paragraph", "sentence"}
        What alpha is measured over.
    measured : mapping of (scheme, code) to Coefficient
        Krippendorff's nominal alpha over people; not defined where fewer than two read a unit.
    labels : mapping of (scheme, code) to str
        What a reader sees in place of the ids.
    """

    alpha: float
    tentative: float
    strict: bool
    unit: UnitKind
    measured: Mapping[Key, Coefficient] = field(default_factory=dict)
    labels: Mapping[Key, str] = field(default_factory=dict)

    def flags(self, codes: Iterable[Key]) -> tuple[str, ...]:
        """What a reader of a table that rests on these codes must know of their agreement.

        Examples
        --------
        >>> policy = Policy(0.667, 0.8, False, "sentence",
        ...     {("approach", "strike"): Coefficient("Krippendorff's alpha", 0.5, n_units=90)})
        >>> policy.flags([("approach", "strike")])
        ('Agreement of people is below the least that the study asks for (alpha 0.667, over
        sentences): strike 0.50.',)
        """
        below, tentative, undefined, never = [], [], [], []
        for key in self._in_order(codes):
            found = self.measured[key]
            if found.reason == "no_pairable_values":
                never.append(self._label(key))
            elif not found.is_defined:
                undefined.append(f"{self._label(key)} ({words(found.reason)})")
            elif found.value < self.alpha:
                below.append(f"{self._label(key)} {found.value:.2f}")
            elif found.value < self.tentative:
                tentative.append(f"{self._label(key)} {found.value:.2f}")
        parts = (
            (
                "Agreement of people is below the least that the study asks for "
                f"(alpha {self.alpha:g}, over {self.unit}s)",
                below,
            ),
            (
                f"Only tentative conclusions hold (agreement of people below alpha "
                f"{self.tentative:g}, over {self.unit}s)",
                tentative,
            ),
            ("Agreement of people is not defined", undefined),
            ("Not coded twice by people, so that agreement is not known", never),
        )
        return tuple(f"{what}: {_listed(named)}." for what, named in parts if named)

    def refuse(self, codes: Iterable[Key], *, what: str) -> None:
        """Refuse a table under a strict policy.

        Raises
        ------
        AgreementError
            Names each code with its value.
        """
        below, undefined, never = [], [], []
        for key in self._in_order(codes):
            found, name = self.measured[key], "/".join(key)
            if found.reason == "no_pairable_values":
                never.append(name)
            elif not found.is_defined:
                undefined.append(f"{name} ({words(found.reason)})")
            elif found.value < self.alpha:
                below.append(f"{name} {found.value:.2f}")
        parts = (
            (f"below alpha {self.alpha:g}", below),
            ("agreement not defined", undefined),
            ("not coded twice by people", never),
        )
        wanting = "; ".join(f"{why}: {', '.join(named)}" for why, named in parts if named)
        if self.strict and wanting:
            raise AgreementError(
                f"{what}: refused, for the study's policy on agreement is strict ({wanting}); let "
                "people code these twice, or take strict out of the study's agreement"
            )

    def _in_order(self, codes: Iterable[Key]) -> list[Key]:
        wanted = set(codes)
        return [key for key in self.measured if key in wanted]

    def _label(self, key: Key) -> str:
        return self.labels.get(key, key[1])


def _listed(named: list[str]) -> str:
    if len(named) <= _NAMED:
        return "; ".join(named)
    return f"{'; '.join(named[: _NAMED - 1])}; and {len(named) - _NAMED + 1} more codes"


def measured_policy(
    codings: pd.DataFrame,
    readings: pd.DataFrame,
    units: pd.DataFrame,
    *,
    schemes: Iterable[Scheme],
    alpha: float,
    tentative: float,
    strict: bool,
    unit: UnitKind,
) -> Policy:
    """A policy with the agreement of people measured; see `Policy`, `agreement_of_people`."""
    listed = list(schemes)
    measured = agreement_of_people(codings, readings, units, schemes=listed, unit=unit)
    labels = {(scheme.name, code.id): code.label for scheme in listed for code in scheme.codes}
    return Policy(alpha, tentative, strict, unit, measured, labels)


def agreement_of_people(
    codings: pd.DataFrame,
    readings: pd.DataFrame,
    units: pd.DataFrame,
    *,
    schemes: Iterable[Scheme],
    unit: UnitKind,
) -> dict[Key, Coefficient]:
    """Krippendorff's nominal alpha of each code, over the people who read the same units.

    Parameters
    ----------
    codings, readings, units : DataFrame
    schemes : iterable of Scheme
    unit : {"document", "paragraph", "sentence"}

    Returns
    -------
    dict of (scheme, code) to Coefficient
        In the order of the schemes. Not defined (`no_pairable_values`) where no unit was read
        by two people.
    """
    found: dict[Key, Coefficient] = {}
    for scheme in schemes:
        people = people_of(codings, readings, scheme.name)
        if len(people) < 2:
            found |= {(scheme.name, code): _nobody() for code in scheme.code_ids}
            continue
        coded = coded_units(codings, readings, units, scheme=scheme, unit=unit, coders=people)
        for code in scheme.code_ids:
            found[scheme.name, code] = krippendorff_alpha(coded.table(code), level="nominal")
    return found


def people_of(codings: pd.DataFrame, readings: pd.DataFrame, scheme: str) -> list[str]:
    """The people who coded or read with a scheme, by name; the gold is nobody's own reading."""
    return sorted(
        {
            str(name)
            for table in (codings, readings)
            for name in table.loc[
                ((table["scheme"] == scheme) & (table["coder_kind"] == PEOPLE)).fillna(False),
                "coder",
            ]
        }
        - set(ADJUDICATED)
    )


def _nobody() -> Coefficient:
    return Coefficient("Krippendorff's alpha (nominal)", float("nan"), reason="no_pairable_values")
