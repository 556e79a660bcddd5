"""Where a codebook says one thing twice, or leaves a language out.

Comes in: a scheme.
Goes out: faults (the same code, the same indicator) and notes (nearly the same, or missing).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import combinations

from tertium.errors import Fault
from tertium.schemes.scheme import Code, Indicator, Scheme

# From this share of equal characters two definitions are shown to a person.
_NEAR = 0.85


def redundancy_faults(scheme: Scheme, *, file: str) -> Iterator[Fault]:
    """Codes with one label, one definition or the same indicators; indicators that stand twice.

    Parameters
    ----------
    scheme : Scheme
    file : str
        The scheme's file, for the faults.

    Examples
    --------
    >>> from tertium.schemes.read import read_scheme
    >>> list(redundancy_faults(read_scheme("approach"), file="approach.yml"))
    []
    """
    for one, other in combinations(scheme.codes, 2):
        field = f'codes "{one.id}" and "{other.id}"'
        for name in ("label", "definition"):
            if _plain(getattr(one, name)) == _plain(getattr(other, name)):
                found, remedy = f"have the same {name}", "merge the two, or say what parts them"
                yield Fault(file, 0, field, found, remedy)
        if one.indicators and _signs(one) == _signs(other):
            found = "have the same indicators, so no text can tell them apart"
            yield Fault(file, 0, field, found, "merge the two, or give each its own indicators")
    for code in scheme.codes:
        for language, indicators in code.indicators.items():
            numbered = enumerate(indicators, start=1)
            for (first, sign), (second, same) in combinations(numbered, 2):
                if sign == same:
                    field = f'code "{code.id}", indicators.{language}'
                    found = f"numbers {first} and {second} are the same ({sign.name})"
                    yield Fault(file, 0, field, found, "keep one")


def redundancy_notes(scheme: Scheme) -> Iterator[str]:
    """Codes that read alike, indicators that differ in their weight only, gaps in languages.

    Parameters
    ----------
    scheme : Scheme

    Examples
    --------
    >>> from tertium.schemes.read import read_scheme
    >>> [note for note in redundancy_notes(read_scheme("outcome")) if "no indicators" in note]
    []
    """
    for one, other in combinations(scheme.codes, 2):
        if _plain(one.definition) != _plain(other.definition) and _is_near(one, other):
            ids = f"{one.id} and {other.id}"
            yield f"{scheme.name}: the definitions of {ids} are nearly the same"
    yield from _alike_notes(scheme)
    yield from _translation_notes(scheme)


def _alike_notes(scheme: Scheme) -> Iterator[str]:
    """Indicators of one language that look for the same, in one code or in several."""
    seen: dict[tuple[str, Indicator], tuple[str, int]] = {}
    for code in scheme.codes:
        for language, indicators in code.indicators.items():
            for number, indicator in enumerate(indicators, start=1):
                bare = indicator.model_copy(
                    update={"weight": 1.0, "stance": "asserted", "tactic": None}
                )
                there, first = seen.setdefault((language, bare), (code.id, number))
                if (there, first) == (code.id, number):
                    continue
                if there != code.id:
                    places = f"{there} ({first}) and {code.id} ({number})"
                elif code.indicators[language][first - 1] != indicator:
                    places = f"{code.id}, numbers {first} and {number}"
                else:
                    continue  # a fault
                yield f"{scheme.name}, {language}: {indicator.name} is looked for in {places}"


def _translation_notes(scheme: Scheme) -> Iterator[str]:
    for language in scheme.languages:
        # A code without any indicators is for people; it lacks no translation.
        searched = [code for code in scheme.codes if code.indicators]
        without = [code.id for code in searched if not code.indicators.get(language)]
        if without:
            yield f"{scheme.name}: no indicators in {language} for {', '.join(without)}"
        for wanted, kind in ((True, "to be coded"), (False, "not to be coded")):
            unshown = [
                code.id
                for code in searched
                if code.indicators.get(language) and not _shows(code, language, coded=wanted)
            ]
            if unshown:
                ids = ", ".join(unshown)
                yield f"{scheme.name}: no example {kind} in {language} for {ids}"


def _shows(code: Code, language: str, *, coded: bool) -> bool:
    return any(one.language == language and one.coded is coded for one in code.examples)


def _signs(code: Code) -> Mapping[str, frozenset[Indicator]]:
    return {language: frozenset(each) for language, each in code.indicators.items() if each}


def _is_near(one: Code, other: Code) -> bool:
    first, second = _plain(one.definition), _plain(other.definition)
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.quick_ratio() >= _NEAR and matcher.ratio() >= _NEAR


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")
