"""Whether the voices that tell a case agree on a code.

Comes in: what was found of one code in the sources that tell one case, by voice.
Goes out: who tells it, who was searched, and one word for how they stand to each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tertium.comparison.cases.told import Found, State, state_of
from tertium.comparison.passages import NO_EVIDENCE

Standing = Literal["all", "some", "one", "disputed", "rest", "unmatched", "untold"]

# What has no code of its own is coded so: two sources that have it may tell of two things.
REST_CODES = frozenset({"other"})

# A voice that says no more than this of a code speaks against it.
_AGAINST = frozenset({"criticised", NO_EVIDENCE})
_ANSWERS = ("present", "absent")
# Voices whose id is no word that a reader would use.
_VOICES = {
    "union_official": "official union",
    "union_independent": "independent union",
    "ngo": "NGO",
    "other": "other voice",
}


@dataclass(frozen=True)
class Accord:
    """How the voices of a case stand to each other on one code.

    Parameters
    ----------
    by_voice : mapping of str to sequence of Found
        Of each voice that tells the case, what was found in each of its sources.
    is_rest : bool
        Whether the code stands for whatever has no code of its own.

    Examples
    --------
    >>> said, silent = Found("present", stances=frozenset({"asserted"})), Found("absent")
    >>> Accord({"ngo": [said], "newspaper": [said]}).standing
    'all'
    >>> Accord({"ngo": [said], "newspaper": [silent]}).standing
    'one'
    >>> Accord({"ngo": [said], "newspaper": [Found("not_searched")]}).standing
    'unmatched'
    >>> Accord({"ngo": [said], "newspaper": [Found("undecided")]}).standing
    'unmatched'
    """

    by_voice: Mapping[str, Sequence[Found]]
    is_rest: bool = False

    def state(self, voice: str) -> State:
        """What holds of a voice: told in one of its sources is present, see `state_of`."""
        return state_of("present" if each.is_told else each.state for each in self.by_voice[voice])

    @property
    def searched(self) -> tuple[str, ...]:
        """The voices in whose sources the code was looked for, with an answer."""
        return tuple(voice for voice in self.by_voice if self.state(voice) in _ANSWERS)

    @property
    def telling(self) -> tuple[str, ...]:
        """The voices that tell it in one source at least."""
        return tuple(voice for voice in self.by_voice if self.state(voice) == "present")

    @property
    def against(self) -> tuple[str, ...]:
        """The voices that speak of it, and only to criticise or deny it.

        What a source tells of an actor's denial is no denial of its own.
        """
        stances = {
            voice: {stance for each in found for stance in each.stances}
            for voice, found in self.by_voice.items()
        }
        return tuple(voice for voice, each in stances.items() if each and each <= _AGAINST)

    @property
    def standing(self) -> Standing:
        """One word for it.

        rest: it is told, and stands for whatever has no code of its own. disputed: a voice tells
        it, and another itself speaks of it only to criticise or deny it. all, some, one: so many
        of the voices that were searched tell it; undecided is no answer. unmatched: one voice
        tells it, and no other was searched. untold: none tells it.
        """
        if self.is_rest and self.telling:
            return "rest"
        if self.against and set(self.telling) - set(self.against):
            return "disputed"
        telling, searched = len(self.telling), len(self.searched)
        if telling == 0:
            return "untold"
        if searched < 2:
            return "unmatched"
        if telling == searched:
            return "all"
        return "one" if telling == 1 else "some"

    @property
    def is_named(self) -> bool:
        """Whether any voice tells it or denies it."""
        return bool(self.telling) or any(
            each.denials for found in self.by_voice.values() for each in found
        )

    def in_words(self) -> str:
        """What stands beside a code in a table: how the voices stand, with names where few."""
        standing = self.standing
        if standing in ("one", "unmatched"):
            named = voices_in_words(self.telling)
            return f"{named} only" if standing == "one" else f"{named}; no other searched"
        words = {
            "all": "all searched",
            "some": "some",
            "disputed": "disputed",
            "rest": "may be different things",
            "untold": "denied",
        }
        return words[standing]


def voice_in_words(voice: str) -> str:
    """A voice as a reader would call it.

    Examples
    --------
    >>> voice_in_words("union_official"), voice_in_words("trade_press")
    ('official union', 'trade press')
    """
    return _VOICES.get(voice, voice.replace("_", " "))


def voices_in_words(voices: Sequence[str]) -> str:
    """Voices as a list in words."""
    return ", ".join(voice_in_words(voice) for voice in voices)
