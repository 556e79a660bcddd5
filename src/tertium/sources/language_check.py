"""Whether sources are written in the language that their manifest states.

Comes in: sources with their stated languages.
Goes out: one fault for each whose text is clearly in another language of the study.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from tertium.errors import Fault
from tertium.sources.source import Source
from tertium.sources.zones import find_zones

if TYPE_CHECKING:
    from lingua import LanguageDetector

# The languages of the schemes that we ship; a study's own are added to them.
_ALWAYS = ("en", "ru", "zh")
_UNKNOWN = "und"
# Fewer letters are a name or a title, which say little; a Han character is worth three of them.
_LEAST_LETTERS = 40
_HAN_WORTH = 3
_MOST_CHARACTERS = 20_000
_LEAST_CONFIDENCE = 0.9


def can_check_language() -> bool:
    """Whether the library that tells languages is installed (`tertium[language]`)."""
    return find_spec("lingua") is not None


def language_faults(sources: Sequence[Source], *, file: str) -> list[Fault]:
    """The sources whose stated language is not the one that lingua sees in the whole text.

    The choice is between the languages of these sources, English, Chinese and Russian, and is
    made by document: menus are left out, texts of fewer than about 40 letters are left alone.
    It is a check beside the script rule and changes nothing. Of a tag only the language counts,
    and a language that lingua does not know is never doubted. Without the library nothing is
    checked.

    Parameters
    ----------
    sources : sequence of Source
    file : str
        Where the languages are stated, as the user knows it.

    Returns
    -------
    list of Fault
        Sorted.

    Examples
    --------
    >>> text = "Рабочие завода объявили забастовку и потребовали выплаты зарплаты."
    >>> for fault in language_faults([Source("a", text, language="en")], file="manifest.csv"):
    ...     print(fault.found)
    source a: stated is 'en', but the text reads as 'ru'
    """
    if not can_check_language():
        return []
    stated = {one.id: _base(one.language) for one in sources}
    detect = _detector(tuple(sorted({*_ALWAYS, *stated.values()} - {_UNKNOWN})))
    faults = []
    for source in sources:
        told = stated[source.id]
        text = _words(source)
        if told not in detect.known or _weight(text) < _LEAST_LETTERS:
            continue
        seen = detect(text)
        if seen not in (told, _UNKNOWN):
            found = f"source {source.id}: stated is {told!r}, but the text reads as {seen!r}"
            faults.append(Fault(file, 0, "language", found, f"write {seen}, or check the text"))
    return sorted(faults)


def _base(tag: str) -> str:
    return tag.split("-")[0].casefold() or _UNKNOWN


def _words(source: Source) -> str:
    """The text without menus; of a long one its beginning, which is text enough."""
    parts = [zone.span.of(source.text) for zone in find_zones(source) if zone.zone != "furniture"]
    return "\n".join(parts)[:_MOST_CHARACTERS]


def _weight(text: str) -> int:
    letters = [character for character in text if character.isalpha()]
    return sum(_HAN_WORTH if character >= "\u3400" else 1 for character in letters)


class _Detector:
    """Tells one of a few languages, or "und" where it is not sure."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        from lingua import Language, LanguageDetectorBuilder

        every = {each.iso_code_639_1.name.lower(): each for each in Language.all()}
        self.known = frozenset(languages).intersection(every)
        chosen = [every[name] for name in sorted(self.known)]
        self._detector: LanguageDetector = LanguageDetectorBuilder.from_languages(*chosen).build()

    def __call__(self, text: str) -> str:
        best = self._detector.compute_language_confidence_values(text)[0]
        is_sure = best.value >= _LEAST_CONFIDENCE
        return best.language.iso_code_639_1.name.lower() if is_sure else _UNKNOWN


@lru_cache(maxsize=4)
def _detector(languages: tuple[str, ...]) -> _Detector:
    return _Detector(languages)
