"""The codebook appendix: every scheme in full, indicators and named lists included.

A study comes in. Nested texts for the typesetter go out: definitions, examples, indicators in one
line each, and the lists that the indicators name, once for the whole codebook.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import pandas as pd

from tertium.report.style import LANGUAGE_LABELS, STANCE_LABELS
from tertium.schemes.actors import NAME as ACTORS
from tertium.schemes.scheme import Code, Indicator, Scheme
from tertium.study import Study

# A list that is longer by half is cut to so many patterns in print.
_WORDS_SHOWN = 16


def codebook(study: Study) -> list[dict[str, Any]]:
    """The study's schemes as the codebook appendix shows them; the list of actors is left out.

    Indicators and examples are those in the languages of the counted sources. A named list stands
    with the first scheme that uses it; where another scheme has other words under the same name,
    it stands there as well. Of a long list its beginning is shown: `list_table` has all.
    """
    counted = study.tables.counted_sources()["language"].dropna()
    languages = {str(language).split("-")[0] for language in counted}
    printed: set[tuple[str, str]] = set()
    book = []
    for scheme in study.schemes:
        if scheme.name == ACTORS:
            continue
        lists = []
        for name in _named(scheme):
            words = _by_language(scheme, name, languages)
            if words and (name, words) not in printed:
                printed.add((name, words))
                lists.append({"name": name, "words": words})
        book.append(
            {
                "name": scheme.name,
                "version": scheme.version,
                "title": scheme.title,
                "definition": scheme.description,
                "note": "Basis: " + " ".join(scheme.citation) if scheme.citation else "",
                "rule": f"{_rule(study, scheme)} {_printed(scheme, languages)}".strip(),
                "codes": [_code(code, languages) for code in scheme.codes],
                "lists": lists,
            }
        )
    return book


def code_labels(study: Study) -> dict[str, dict[str, str]]:
    """What a reader sees instead of a code's id, by scheme; actors included."""
    return {scheme.name: {code.id: code.label for code in scheme.codes} for scheme in study.schemes}


def _code(code: Code, languages: Collection[str]) -> dict[str, Any]:
    definition = code.definition
    if code.tactics:
        tactics = "; ".join(f"{each.label}: {each.definition.rstrip('.')}" for each in code.tactics)
        definition = f"{definition} Tactics – {tactics}."
    tactics_by_id = {tactic.id: tactic.label for tactic in code.tactics}
    return {
        "id": code.id,
        "label": code.label,
        "definition": definition,
        "when_to_use": code.when_to_use,
        "when_not_to_use": code.when_not_to_use,
        "coded_examples": _examples(code, languages, coded=True),
        "other_examples": _examples(code, languages, coded=False),
        "indicators": "\n".join(
            f"{language}: " + "\n".join(indicator_text(each, tactics_by_id) for each in found)
            for language, found in code.indicators.items()
            if found and language in languages
        ),
    }


def _examples(code: Code, languages: Collection[str], *, coded: bool) -> str:
    return "  /  ".join(
        example.text
        for example in code.examples
        if example.coded is coded and example.language in languages
    )


def indicator_text(indicator: Indicator, tactics: dict[str, str]) -> str:
    """An indicator in one line: its pattern, what it needs beside it, and its weight.

    Examples
    --------
    >>> indicator_text(Indicator(pattern=("lobb*",), near=("@law",), weight=0.65), {})
    'lobb* near @law (0.65)'
    """
    parts = [f"regex {indicator.regex}" if indicator.regex else _patterns(indicator.pattern)]
    if indicator.near:
        within = "" if indicator.within == "sentence" else f" within {indicator.within} words of"
        parts.append(f"{within.strip() or 'near'} {_patterns(indicator.near)}")
    for word, patterns in (
        ("with", indicator.require),
        ("without", indicator.unless),
        ("around it", indicator.around),
        ("nowhere around", indicator.not_around),
        ("but not", indicator.exclude),
    ):
        if patterns:
            parts.append(f"{word} {_patterns(patterns)}")
    if indicator.not_negated:
        parts.append("not negated")
    if indicator.scope == "section":
        parts.insert(0, "heading:")
    details = [f"{indicator.weight:.2f}"]
    if indicator.stance != "asserted":
        details.append(STANCE_LABELS.get(indicator.stance, indicator.stance))
    if indicator.tactic:
        details.append(tactics.get(indicator.tactic, indicator.tactic))
    return f"{' '.join(parts)} ({', '.join(details)})"


def _patterns(patterns: Iterable[str]) -> str:
    return ", ".join(patterns)


def _named(scheme: Scheme) -> list[str]:
    """The lists that the indicators of a scheme name, in the scheme's order."""
    used = {
        reference[1:]
        for code in scheme.codes
        for indicators in code.indicators.values()
        for indicator in indicators
        for reference in indicator.references
        if reference.startswith("@")
    }
    return [name for name in scheme.lists if name in used]


def _by_language(scheme: Scheme, name: str, languages: Collection[str]) -> str:
    """The words of a named list, a line a language."""
    return "\n".join(
        f"{language}: {_beginning(patterns)}"
        for language, patterns in scheme.lists[name].items()
        if patterns and language in languages
    )


def _beginning(patterns: Sequence[str]) -> str:
    if len(patterns) <= _WORDS_SHOWN + _WORDS_SHOWN // 2:
        return _patterns(patterns)
    return f"{_patterns(patterns[:_WORDS_SHOWN])} … ({len(patterns)} in all)"


def list_table(study: Study) -> pd.DataFrame:
    """Every pattern of every named list that the study's indicators use.

    Returns
    -------
    DataFrame
        Columns scheme, list, language, pattern, in the schemes' order.
    """
    rows = [
        (scheme.reference, name, language, pattern)
        for scheme in study.schemes
        if scheme.name != ACTORS
        for name in _named(scheme)
        for language, patterns in scheme.lists[name].items()
        for pattern in patterns
    ]
    return pd.DataFrame(rows, columns=["scheme", "list", "language", "pattern"])


def _printed(scheme: Scheme, languages: Collection[str]) -> str:
    """Which of the scheme's languages are left out, and where they stand."""
    others = [LANGUAGE_LABELS.get(each, each) for each in scheme.languages if each not in languages]
    if not others:
        return ""
    return (
        f"Indicators and examples in {' and '.join(others)}, in which no source read here is "
        "written, stand in the scheme's file."
    )


def _rule(study: Study, scheme: Scheme) -> str:
    part = study.content.thresholds.get(scheme.name) or scheme.verdict
    return (
        f"{scheme.verdict.text} Present from {part.present:g}; undecided from {part.undecided:g}; "
        "below that absent."
    )
