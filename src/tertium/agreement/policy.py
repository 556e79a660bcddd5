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
from tertium.agreement.diagnose import ADJUDICATED, FEW_UNITS
from tertium.agreement.reliability import coded_units, coders_in_sight
from tertium.agreement.rereading import first_ends, first_readings
from tertium.errors import AgreementError
from tertium.schemes.actors import NAME as ACTORS
from tertium.schemes.scheme import Scheme
from tertium.sources.units import UnitKind

PEOPLE = "human"
# Of more codes than these only the number is told.
_NAMED = 6
NO_PERSON = "No person has coded these texts, so that agreement on the codes is not known."
NO_TWO = "No two people have coded these texts, so that agreement on the codes is not known."

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
    not_blind : mapping of str to tuple of str
        By scheme, the people who coded with suggestions or others' codings in sight.
    people : tuple of str
        Who coded or read with any of the schemes, of people.
    """

    alpha: float
    tentative: float
    strict: bool
    unit: UnitKind
    measured: Mapping[Key, Coefficient] = field(default_factory=dict)
    labels: Mapping[Key, str] = field(default_factory=dict)
    not_blind: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    people: tuple[str, ...] = ()

    def flags(self, codes: Iterable[Key]) -> tuple[str, ...]:
        """What a reader of a table that rests on these codes must know of their agreement.

        Examples
        --------
        >>> policy = Policy(0.667, 0.8, False, "sentence",
        ...     {("approach", "strike"): Coefficient("Krippendorff's alpha", 0.5, n_units=90)})
        >>> policy.flags([("approach", "strike")])
        ('Agreement of people is below the least that the study asks for (alpha 0.667, over
        sentences): strike 0.50 (90 sentences).',)

        Where no code of the study was coded by any two people, one sentence says so, and whether
        any person coded at all. Actors
        are not listed.
        """
        resting = self._in_order(codes)
        if resting and all(_is_unknown(each) for each in self.measured.values()):
            return (NO_TWO if self.people else NO_PERSON,)
        below, tentative, few, undefined, never = [], [], [], [], []
        seeing: dict[str, None] = {}
        for key in (each for each in resting if each[0] != ACTORS):
            found = self.measured[key]
            said = f"{self._label(key)} {found.value:.2f} ({self._resting_on(found)})"
            if not _is_unknown(found):
                seeing |= dict.fromkeys(self.not_blind.get(key[0], ()))
            if _is_unknown(found):
                never.append(self._label(key))
            elif not found.is_defined:
                why = f"{words(found.reason)}; {self._resting_on(found)}"
                undefined.append(f"{self._label(key)} ({why})")
            elif found.value < self.alpha:
                below.append(said)
            elif found.value < self.tentative:
                tentative.append(said)
            elif found.n_units < FEW_UNITS:
                few.append(said)
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
            (f"Agreement of people was measured on fewer than {FEW_UNITS} {self.unit}s", few),
            ("Agreement of people is not defined", undefined),
            ("Not coded twice by people, so that agreement is not known", never),
            (
                "Coded with suggestions or others' codings in sight, so that agreement is higher "
                "than that of independent readers",
                list(seeing),
            ),
        )
        return tuple(f"{what}: {_listed(each)}." for what, each in parts if each)

    def _resting_on(self, found: Coefficient) -> str:
        number = f"{found.n_units:,} {self.unit}{'' if found.n_units == 1 else 's'}"
        return number if found.n_units >= FEW_UNITS else f"rests on {number}"

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
            if _is_unknown(found):
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


def _is_unknown(found: Coefficient) -> bool:
    """Whether no unit was coded by two people."""
    return found.reason == "no_pairable_values"


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
    as_written: pd.DataFrame | None = None,
) -> Policy:
    """A policy with the agreement of people measured; see `Policy`, `agreement_of_people`."""
    listed = list(schemes)
    measured = agreement_of_people(
        codings, readings, units, schemes=listed, unit=unit, as_written=as_written
    )
    seeing = {
        scheme.name: tuple(
            name
            for name in people_of(codings, readings, scheme.name)
            if name in coders_in_sight(*(_of(each, scheme.name) for each in (codings, readings)))
        )
        for scheme in listed
    }
    labels = {(scheme.name, code.id): code.label for scheme in listed for code in scheme.codes}
    named = {name for each in listed for name in people_of(codings, readings, each.name)}
    people = tuple(sorted(named))
    return Policy(alpha, tentative, strict, unit, measured, labels, seeing, people)


def agreement_of_people(
    codings: pd.DataFrame,
    readings: pd.DataFrame,
    units: pd.DataFrame,
    *,
    schemes: Iterable[Scheme],
    unit: UnitKind,
    as_written: pd.DataFrame | None = None,
) -> dict[Key, Coefficient]:
    """Krippendorff's nominal alpha of each code, over the people who read the same units.

    Parameters
    ----------
    codings, readings, units : DataFrame
    schemes : iterable of Scheme
    unit : {"document", "paragraph", "sentence"}
    as_written : DataFrame, optional
        The readings as they stand in the logs. Of a source that somebody read more than once
        the first reading counts.

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
        ends = first_ends(readings if as_written is None else as_written, scheme=scheme.name)
        coded = coded_units(
            first_readings(codings, ends, scheme=scheme.name),
            first_readings(readings, ends, scheme=scheme.name),
            units,
            scheme=scheme,
            unit=unit,
            coders=people,
        )
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


def _of(table: pd.DataFrame, scheme: str) -> pd.DataFrame:
    return table[(table["scheme"] == scheme).fillna(False)]


def _nobody() -> Coefficient:
    return Coefficient("Krippendorff's alpha (nominal)", float("nan"), reason="no_pairable_values")
