"""Scheme file to `Scheme`, with all faults at once.

Comes in: a YAML file, or the name of a scheme that the package ships.
Goes out: a checked `Scheme`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tertium.errors import Fault, InputError, UnknownNameError
from tertium.schemes.scheme import Scheme
from tertium.yaml_text import Lines, Place, model_faults, parse_yaml

_BUILTIN = files("tertium.schemes") / "builtin"


def read_scheme(name: str | Path) -> Scheme:
    """The scheme in a file, or one that the package ships.

    Parameters
    ----------
    name : str or Path
        ``"approach"``, ``"approach@1.1.0"`` (refused where another version is shipped),
        or the path of a ``.yml`` file.

    Raises
    ------
    InputError
        Lists every fault of the file, sorted by line.
    UnknownNameError
        No such scheme is shipped.

    Examples
    --------
    >>> read_scheme("approach").code_ids[0]
    'state_led'
    """
    if isinstance(name, Path) or str(name).endswith((".yml", ".yaml")):
        return _read(Path(name), str(name))
    wanted, _, version = str(name).partition("@")
    if wanted not in builtin_names():
        raise UnknownNameError(
            f"no scheme {wanted!r} is shipped; there are {', '.join(builtin_names())}, "
            "or give the path of a .yml file"
        )
    scheme = _read_builtin(wanted)
    if version and version != scheme.version:
        raise UnknownNameError(
            f"scheme {wanted} is shipped as {scheme.version}, not {version}; "
            f"write {scheme.reference}"
        )
    return scheme


def builtin_names() -> tuple[str, ...]:
    """Names of the schemes that the package ships, sorted."""
    return tuple(
        sorted(
            entry.name.removesuffix(".yml")
            for entry in _BUILTIN.iterdir()
            if entry.name.endswith(".yml") and not entry.name.endswith(".lists.yml")
        )
    )


@cache
def _read_builtin(name: str) -> Scheme:
    return _read(_BUILTIN / f"{name}.yml", f"schemes/builtin/{name}.yml")


def _read(path: Path | Traversable, shown: str) -> Scheme:
    data, lines = parse_yaml(_text(path, shown), file=shown)
    if "lists_from" in data:
        data = _with_shared_lists(data, lines, path, shown)
    data = _expand_shorthand(data)
    try:
        scheme = Scheme.model_validate(data)
    except ValidationError as error:
        raise InputError(model_faults(error, data, lines, file=shown)) from None
    faults = list(_meaning_faults(scheme, shown, lines))
    if faults:
        raise InputError(faults)
    return scheme


def _text(path: Path | Traversable, shown: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError([Fault(shown, 0, "", "there is no such file", "check the path")]) from None
    except (UnicodeDecodeError, OSError) as error:
        found = f"can't be read ({type(error).__name__})"
        raise InputError([Fault(shown, 0, "", found, "save it as UTF-8 text")]) from None


def _with_shared_lists(
    data: dict[str, Any], lines: Lines, path: Path | Traversable, shown: str
) -> dict[str, Any]:
    """`data` with the lists of the files that it names; its own win over them."""
    beside = path.parent if isinstance(path, Path) else _BUILTIN
    faults = []
    own = data.get("lists", {})
    if not isinstance(own, dict):
        faults.append(_no_lists(shown, lines.at(("lists",))))
    shared: dict[str, Any] = {}
    for name in _list_files(data["lists_from"], lines, shown):
        content, _ = parse_yaml(_text(beside / name, name), file=name)
        if isinstance(content.get("lists"), dict):
            faults += _merge(shared, content["lists"], name)
        else:
            faults.append(_no_lists(name, 1))
    if faults:
        raise InputError(faults)
    rest = {key: value for key, value in data.items() if key != "lists_from"}
    return {**rest, "lists": {**shared, **own}}


def _list_files(named: Any, lines: Lines, shown: str) -> list[str]:
    names = named if isinstance(named, list) else [named]
    faults = [
        Fault(
            shown,
            lines.at(("lists_from", number)),
            "lists_from",
            f"{name!r} is no name of a list file",
            "name a file beside the scheme, such as actors.lists.yml",
        )
        for number, name in enumerate(names or [named])
        if not (isinstance(name, str) and re.fullmatch(r"[a-z0-9_]+\.lists\.yml", name))
    ]
    if faults:
        raise InputError(faults)
    return names


def _merge(into: dict[str, Any], lists: dict[Any, Any], file: str) -> Iterator[Fault]:
    """Add the lists of a file; several files may give one list, each in other languages."""
    for name, by_language in lists.items():
        there = into.setdefault(name, {})
        if not (isinstance(by_language, dict) and isinstance(there, dict)):
            into[name] = by_language
            continue
        for language in sorted(set(there) & set(by_language)):
            yield Fault(
                file,
                0,
                f'list "{name}", {language}',
                "stands in a list file named before as well",
                "keep it in one of them",
            )
        there.update(by_language)


def _no_lists(file: str, line: int) -> Fault:
    return Fault(file, line, "lists", "is no mapping of list names", "write lists: then name: …")


def _expand_shorthand(data: dict[str, Any]) -> dict[str, Any]:
    """An indicator that is a bare string means ``{pattern: string}``."""
    codes = data.get("codes")
    if not isinstance(codes, list):
        return data
    return {**data, "codes": [_expand_code(code) for code in codes]}


def _expand_code(code: Any) -> Any:
    if not isinstance(code, dict) or not isinstance(code.get("indicators"), dict):
        return code
    indicators = {
        language: [{"pattern": one} if isinstance(one, str) else one for one in many]
        if isinstance(many, list)
        else many
        for language, many in code["indicators"].items()
    }
    return {**code, "indicators": indicators}


def _meaning_faults(scheme: Scheme, shown: str, lines: Lines) -> Iterator[Fault]:
    """What the types can't say: doubled ids, lists that are not there, missing examples."""
    if scheme.verdict.undecided >= scheme.verdict.present:
        yield Fault(
            shown,
            lines.at(("verdict", "undecided")),
            "verdict.undecided",
            f"{scheme.verdict.undecided} is not below present ({scheme.verdict.present})",
            "write a smaller number",
        )
    for name, languages in scheme.lists.items():
        for language, patterns in languages.items():
            for pattern in patterns:
                yield from _pattern_faults(
                    scheme, shown, lines.at(("lists", name, language)), f'list "{name}"',
                    language, pattern, inside_list=True,
                )  # fmt: skip
    seen: set[str] = set()
    for number, code in enumerate(scheme.codes):
        place: Place = ("codes", number)
        field = f'code "{code.id}"'
        if code.id in seen:
            yield Fault(shown, lines.at(place), field, "stands twice", "give one another id")
        seen.add(code.id)
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
                        yield Fault(
                            shown, line, label, f"regex does not compile ({error})", "mend it"
                        )
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
