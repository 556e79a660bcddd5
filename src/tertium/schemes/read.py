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
from tertium.schemes.history import version_parts
from tertium.schemes.meaning import meaning_faults
from tertium.schemes.scheme import Scheme
from tertium.yaml_text import Lines, model_faults, parse_yaml

_BUILTIN = files("tertium.schemes") / "builtin"
# Beside a scheme file: its earlier versions, one file each, named <name>-<version>.yml.
PAST = "past"


def read_scheme(name: str | Path) -> Scheme:
    """The scheme in a file, or one that the package ships.

    Parameters
    ----------
    name : str or Path
        ``"approach"``, ``"approach@1.1.0"``, an earlier version such as ``"approach@1.0.0"``,
        or the path of a ``.yml`` file.

    Raises
    ------
    InputError
        Lists every fault of the file, sorted by line.
    UnknownNameError
        No such scheme, or no such version of it, is shipped.

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
    if not version or version == scheme.version:
        return scheme
    for earlier in past_schemes(wanted):
        if earlier.version == version:
            return earlier
    shipped = [scheme.reference, *(one.reference for one in past_schemes(wanted))]
    raise UnknownNameError(
        f"scheme {wanted} is shipped as {scheme.version}, not {version}; "
        f"write {' or '.join(shipped)}"
    )


def past_schemes(name: str | Path) -> tuple[Scheme, ...]:
    """The earlier versions of a scheme, the oldest first.

    They stand in the folder ``past`` beside the scheme's file, as ``<name>-<version>.yml``.

    Parameters
    ----------
    name : str or Path
        As for `read_scheme`: what is earlier than the version that it names.

    Raises
    ------
    InputError
        Lists every fault of the files, also where one holds another scheme or version than
        its name says.

    Examples
    --------
    >>> [scheme.reference for scheme in past_schemes("approach")]
    ['approach@1.0.0']
    """
    if isinstance(name, Path) or str(name).endswith((".yml", ".yaml")):
        path = Path(name)
        scheme = _read(path, str(name))
        past = _read_past(path.parent / PAST, scheme.name, shown=f"{path.parent / PAST}")
        limit = scheme.version
        faults = _too_late(past, scheme, shown=f"{path.parent / PAST}")
        if faults:
            raise InputError(faults)
    else:
        wanted, _, version = str(name).partition("@")
        scheme = _read_builtin(wanted)
        past, limit = _builtin_past(wanted), version or scheme.version
    return tuple(one for one in past if version_parts(one.version) < version_parts(limit))


@cache
def _builtin_past(name: str) -> tuple[Scheme, ...]:
    return _read_past(_BUILTIN / PAST, name, shown=f"schemes/builtin/{PAST}")


def _read_past(folder: Path | Traversable, name: str, *, shown: str) -> tuple[Scheme, ...]:
    if not folder.is_dir():
        return ()
    schemes: list[Scheme] = []
    faults: list[Fault] = []
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        named = re.fullmatch(rf"{re.escape(name)}-(\d+\.\d+\.\d+)\.ya?ml", path.name)
        if named is None:
            continue
        file = f"{shown}/{path.name}"
        try:
            scheme = _read(path, file, is_past=True)
        except InputError as error:
            faults += error.faults
            continue
        if (scheme.name, scheme.version) != (name, named[1]):
            remedy = "make name and version those of the file's name"
            faults.append(Fault(file, 0, "version", f"it holds {scheme.reference}", remedy))
        twice = next((one for one in schemes if one.version == scheme.version), None)
        if twice is not None and not faults:
            found = f"another file of this folder holds {scheme.reference} as well"
            faults.append(Fault(file, 0, "version", found, "keep one of them"))
        schemes.append(scheme)
    if faults:
        raise InputError(faults)
    return tuple(sorted(schemes, key=lambda one: version_parts(one.version)))


def _too_late(past: tuple[Scheme, ...], scheme: Scheme, *, shown: str) -> list[Fault]:
    """Earlier versions that are none: later than the scheme, or another text of the same."""
    faults = []
    for one in past:
        file = f"{shown}/{one.name}-{one.version}.yml"
        if version_parts(one.version) > version_parts(scheme.version):
            found = f"{one.version} is later than the scheme's own {scheme.version}"
            faults.append(Fault(file, 0, "version", found, "take it out, or raise the scheme's"))
        elif one.version == scheme.version and one.checksum != scheme.checksum:
            found = f"the scheme itself is {one.version}, and says something else"
            remedy = "raise the scheme's version, or take this file out"
            faults.append(Fault(file, 0, "version", found, remedy))
    return faults


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


def _read(path: Path | Traversable, shown: str, *, is_past: bool = False) -> Scheme:
    data, lines = parse_yaml(_text(path, shown), file=shown)
    if "lists_from" in data:
        if is_past:
            found = "an earlier version takes lists from a file that may change"
            remedy = "write the lists as they were into this file, under lists"
            raise InputError([Fault(shown, lines.at(("lists_from",)), "lists_from", found, remedy)])
        data = _with_shared_lists(data, lines, path, shown)
    data = _expand_shorthand(data)
    try:
        scheme = Scheme.model_validate(data)
    except ValidationError as error:
        raise InputError(model_faults(error, data, lines, file=shown)) from None
    faults = list(meaning_faults(scheme, shown, lines))
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
