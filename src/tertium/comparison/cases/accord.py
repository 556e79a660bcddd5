"""Whether the voices that tell a case agree on a code.

Comes in: what was found of one code in the sources that tell one case, by voice.
Goes out: who tells it, who was searched, and one word for how they stand to each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tertium.comparison.cases.told import Found
from tertium.comparison.passages import NO_EVIDENCE

Standing = Literal["all", "some", "one", "disputed", "unmatched", "untold"]

# A voice that says no more than this of a code speaks against it.
_AGAINST = frozenset({"criticised", NO_EVIDENCE})
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

    Examples
    --------
    >>> said, silent = Found("present", ({"stance": "asserted"},)), Found("absent")
    >>> Accord({"ngo": [said], "newspaper": [said]}).standing
    'all'
    >>> Accord({"ngo": [said], "newspaper": [silent]}).standing
    'one'
    >>> Accord({"ngo": [said], "newspaper": [Found("not_searched")]}).standing
    'unmatched'
    """

    by_voice: Mapping[str, Sequence[Found]]

    @property
    def searched(self) -> tuple[str, ...]:
        """The voices in whose sources the code was looked for."""
        return tuple(
            voice
            for voice, found in self.by_voice.items()
            if any(each.state != "not_searched" for each in found)
        )

    @property
    def telling(self) -> tuple[str, ...]:
        """The voices that tell it in one source at least."""
        return tuple(
            voice
            for voice, found in self.by_voice.items()
            if any(each.state == "present" for each in found)
        )

    @property
    def against(self) -> tuple[str, ...]:
        """The voices that speak of it, and only to criticise or deny it."""
        stances = {
            voice: {stance for each in found for stance in each.stances}
            for voice, found in self.by_voice.items()
        }
        return tuple(voice for voice, each in stances.items() if each and each <= _AGAINST)

    @property
    def standing(self) -> Standing:
        """One word for it.

        disputed: a voice asserts or plans it, and another speaks of it only to criticise or
        deny it. all, some, one: so many of the voices that were searched tell it. unmatched:
        one voice tells it, and no other was searched. untold: none tells it.
        """
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
        words = {"all": "all searched", "some": "some", "disputed": "disputed", "untold": "denied"}
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
