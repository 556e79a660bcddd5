"""What a scheme file must say beyond the types of its keys.

Comes in: a scheme, and the lines of its file.
Goes out: faults: doubled ids, lists that are not there, missing examples, circles of parents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tertium.errors import Fault
from tertium.schemes.history import history_faults
from tertium.schemes.scheme import Code, Scheme
from tertium.yaml_text import Lines, Place


def meaning_faults(scheme: Scheme, shown: str, lines: Lines) -> Iterator[Fault]:
    """Everything that is wrong with a scheme whose types are right.

    Parameters
    ----------
    scheme : Scheme
    shown : str
        How faults name the file.
    lines : Lines
        Where each part of it stands.
    """
    yield from _threshold_faults(scheme, shown, lines)
    yield from _list_faults(scheme, shown, lines)
    seen: set[str] = set()
    for number, code in enumerate(scheme.codes):
        if code.id in seen:
            yield Fault(
                shown,
                lines.at(("codes", number)),
                f'code "{code.id}"',
                "stands twice",
                "give one another id",
            )
        seen.add(code.id)
        yield from _parent_faults(scheme, code, shown, lines.at(("codes", number, "parent")))
        yield from _code_faults(scheme, number, code, shown, lines)
    yield from history_faults(scheme, shown, lines)


def _threshold_faults(scheme: Scheme, shown: str, lines: Lines) -> Iterator[Fault]:
    if scheme.verdict.undecided >= scheme.verdict.present:
        yield Fault(
            shown,
            lines.at(("verdict", "undecided")),
            "verdict.undecided",
            f"{scheme.verdict.undecided} is not below present ({scheme.verdict.present})",
            "write a smaller number",
        )


def _list_faults(scheme: Scheme, shown: str, lines: Lines) -> Iterator[Fault]:
    for name, languages in scheme.lists.items():
        for language, patterns in languages.items():
            for pattern in patterns:
                yield from _pattern_faults(
                    scheme, shown, lines.at(("lists", name, language)), f'list "{name}"',
                    language, pattern, inside_list=True,
                )  # fmt: skip


def _parent_faults(scheme: Scheme, code: Code, shown: str, line: int) -> Iterator[Fault]:
    if code.parent is None:
        return
    parents = {one.id: one.parent for one in scheme.codes}
    field = f'code "{code.id}", parent'
    if code.parent not in parents:
        known = ", ".join(one for one in parents if one != code.id)
        yield Fault(shown, line, field, f"{code.parent!r} is no code", f"write one of: {known}")
        return
    above: list[str] = []
    here: str | None = code.parent
    while here is not None and here not in above:
        above.append(here)
        here = parents.get(here)
    if code.id in above:
        yield Fault(shown, line, field, "the code stands above itself", "break the circle")


def _code_faults(
    scheme: Scheme, number: int, code: Code, shown: str, lines: Lines
) -> Iterator[Fault]:
    place: Place = ("codes", number)
    field = f'code "{code.id}"'
    for wanted in (True, False):
        if code.indicators and not any(e.coded is wanted for e in code.examples):
            kind = "must" if wanted else "must not"
            yield Fault(
                shown,
                lines.at((*place, "examples")),
                f"{field}, examples",
                f"none shows what {kind} be coded",
                f"write an example with coded: {str(wanted).lower()}",
            )
    tactics = {tactic.id for tactic in code.tactics}
    for language, indicators in code.indicators.items():
        if language not in scheme.languages:
            yield Fault(
                shown,
                lines.at((*place, "indicators", language)),
                f"{field}, indicators.{language}",
                f"{language!r} is not among the scheme's languages",
                f"add it to languages: [{', '.join(scheme.languages)}]",
            )
        for index, indicator in enumerate(indicators):
            where = (*place, "indicators", language, index)
            label = f"{field}, indicators.{language}, number {index + 1}"
            line = lines.at(where)
            if bool(indicator.pattern) == (indicator.regex is not None):
                yield Fault(
                    shown, line, label, "needs either pattern or regex", "write one of the two"
                )
            if indicator.alone and indicator.scope != "section":
                yield Fault(
                    shown,
                    line,
                    label,
                    "alone is for headings",
                    "write scope: section beside it",
                )
            if indicator.tactic and indicator.tactic not in tactics:
                yield Fault(
                    shown,
                    line,
                    label,
                    f"tactic {indicator.tactic!r} is not among the code's tactics",
                    f"write one of: {', '.join(sorted(tactics)) or 'none are defined'}",
                )
            if indicator.regex:
                try:
                    re.compile(indicator.regex)
                except re.error as error:
                    yield Fault(shown, line, label, f"regex does not compile ({error})", "mend it")
            for pattern in indicator.references:
                yield from _pattern_faults(scheme, shown, line, label, language, pattern)


def _pattern_faults(
    scheme: Scheme,
    shown: str,
    line: int,
    field: str,
    language: str,
    pattern: str,
    *,
    inside_list: bool = False,
) -> Iterator[Fault]:
    if pattern.startswith("@"):
        name = pattern[1:]
        if inside_list:
            yield Fault(shown, line, field, f"{pattern} is a list inside a list", "write it out")
        elif language not in scheme.lists.get(name, {}):
            there = sorted(key for key, value in scheme.lists.items() if language in value)
            yield Fault(
                shown,
                line,
                field,
                f"there is no list {pattern} in {language}",
                f"write one of: {', '.join(there) or 'none are defined'}",
            )
    elif not re.sub(r"[*\s]", "", pattern):
        yield Fault(
            shown, line, field, f"pattern {pattern!r} is empty", "write a word or a quoted phrase"
        )
