"""What a measure of agreement gives: a value, or the reason why there is none."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

NAN = math.nan
# Agreement this close to complete differs from it by rounding alone.
ROUNDING = 1e-12

# Why a coefficient is undefined, or why units were set aside, as the end of a sentence.
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "no_variation": "every coding used the same value, so nothing shows that coders can tell "
        "values apart",
        "no_variation_where_paired": "every coding of units coded twice used the same value, so "
        "nothing shows that coders can tell values apart",
        "no_variation_in_a_pair": "two coders used one and the same value on all units that both "
        "coded, so that there is no kappa of this pair",
        "no_disagreement_seen": "no disagreement was seen, so that no resample can show one",
        "no_pairable_values": "no unit was coded by two coders",
        "one_category": "the scheme has one category only",
        "no_agreement_to_find": "chance agreement is complete",
        "one_coding": "coded by one coder only",
        "no_coding": "coded by nobody",
    }
)


def words(identifier: str) -> str:
    """Return the plain words for a reason or a concern; unknown ones with blanks for underscores.

    Examples
    --------
    >>> words("no_pairable_values")
    'no unit was coded by two coders'
    """
    return WORDS.get(identifier, identifier.replace("_", " "))


def two_decimals(value: float) -> str:
    """Return a number for a sentence: two decimals, and no minus before a zero.

    Examples
    --------
    >>> two_decimals(-0.001), two_decimals(0.719)
    ('0.00', '0.72')
    """
    return f"{round(value, 2) + 0.0:.2f}"


@dataclass(frozen=True)
class Interval:
    """From where to where a coefficient may lie, and how that was found.

    `replicates` is 0 and `seed` None for an analytic interval; `defined_share` is the share of
    resamples in which the coefficient was defined: the interval is theirs alone. `concern` is ""
    or what weakens it: `no_disagreement_seen` where agreement is complete, so that both ends are
    1 however few units there are.
    """

    low: float
    high: float
    level: float
    method: str
    replicates: int = 0
    seed: int | None = None
    defined_share: float = 1.0
    standard_error: float = NAN
    p_value: float = NAN
    concern: str = ""

    def beside(self, value: float) -> Interval:
        """Return the same interval, with the concern that it has beside this coefficient.

        Examples
        --------
        >>> Interval(1.0, 1.0, 0.95, "bootstrap over units", 1000, 1).beside(1.0).concern
        'no_disagreement_seen'
        """
        complete = self.low == self.high and abs(value - 1) < ROUNDING
        return replace(self, concern="no_disagreement_seen") if complete else self

    @property
    def in_words(self) -> str:
        """Return one phrase: level, ends, method.

        Examples
        --------
        >>> Interval(0.42, 1.0, 0.95, "bootstrap over units", 1000, 1).in_words
        '95 % interval 0.42 to 1.00 (bootstrap over units, 1,000 resamples)'
        """
        how = self.method
        if self.replicates:
            how += f", {self.replicates:,} resamples"
        if self.defined_share < 1:
            how += f", defined in {self.defined_share:.1%} of them"
        if math.isnan(self.low) or math.isnan(self.high):
            return f"no interval ({how})"
        if self.concern:
            # A published variance has no resamples to speak of.
            said = words(self.concern)
            how += f"; {said if self.replicates else said.partition(', so that no resample')[0]}"
        ends = f"{two_decimals(self.low)} to {two_decimals(self.high)}"
        return f"{self.level * 100:g} % interval {ends} ({how})"


@dataclass(frozen=True)
class Coefficient:
    """One coefficient of agreement with all that is needed to judge it.

    Parameters
    ----------
    name : str
        Coefficient with the choices that change it: "Krippendorff's alpha (ordinal)".
    value : float
        NaN where the coefficient has no meaning; `reason` then says why.
    reason : str
        "" or an identifier whose words stand in `WORDS`.
    observed, expected : float
        Its two parts: of agreement, or of disagreement where `details["parts"]` says so.
    n_units : int
        Units that carry information: those coded by two coders or more.
    set_aside : mapping of str to int
        Units that do not, by reason (`one_coding`, `no_coding`).
    n_coders : int
        Coders with at least one coding.
    interval : Interval, optional
        See `tertium.agreement.intervals`.
    concerns : tuple of str
        What weakens the number: identifiers of `WORDS`, or whole sentences.
    details : mapping
        What else belongs to it: level, weights, number of categories, sums. Where it is undefined
        although units were coded twice, `percent_agreement`: the mean over units. `counted`
        where `n_units` are something else: spans.

    Examples
    --------
    >>> Coefficient("Cohen's kappa", NAN, reason="no_variation", n_units=7).in_words
    "Cohen's kappa is not defined, because every coding used the same value, so nothing shows
    that coders can tell values apart."
    >>> print(Coefficient("Cohen's kappa", 0.4915, n_units=200, n_coders=2).in_words)
    Cohen's kappa is 0.49 (200 units, 2 coders).
    """

    name: str
    value: float
    reason: str = ""
    observed: float = NAN
    expected: float = NAN
    n_units: int = 0
    set_aside: Mapping[str, int] = field(default_factory=dict)
    n_coders: int = 0
    interval: Interval | None = None
    concerns: tuple[str, ...] = ()
    details: Mapping[str, float | int | str] = field(default_factory=dict)

    @property
    def is_defined(self) -> bool:
        """Return whether there is a value."""
        return not math.isnan(self.value)

    @property
    def in_words(self) -> str:
        """Return one plain sentence: the value with its interval, or why there is none."""
        if not self.is_defined:
            why = words(self.reason or "no_reason_given")
            if "pair" in self.details:
                why += f" ({self.details['pair']})"
            return f"{self.name} is not defined, because {why}."
        aside = sum(self.set_aside.values())
        facts = [
            _counted(self.n_units, str(self.details.get("counted", "unit"))),
            _counted(self.n_coders, "coder"),
        ]
        if aside:
            facts.append(f"{aside:,} set aside")
        if self.interval is not None:
            facts.insert(0, self.interval.in_words)
        return f"{self.name} is {two_decimals(self.value)} ({', '.join(facts)})."

    def with_interval(self, interval: Interval) -> Coefficient:
        """Return the same coefficient with an interval."""
        return replace(self, interval=interval.beside(self.value))

    def with_concerns(self, *concerns: str) -> Coefficient:
        """Return the same coefficient with further concerns, each once, in the order given."""
        return replace(self, concerns=tuple(dict.fromkeys((*self.concerns, *concerns))))


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
