"""YAML text to data, with the line of every key, and a model's complaints as faults.

Comes in: the text of a scheme or study file.
Goes out: plain data and lines, or every fault at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import yaml
from pydantic import ValidationError

from tertium.errors import Fault, InputError

Place = tuple[str | int, ...]

# The same safe loader, in C where PyYAML was built with it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Far deeper than any file of ours, far shallower than what breaks a parser.
_DEEPEST = 40
# How pydantic ends the place of a key that is itself at fault.
_KEY = "[key]"
# Numbers that every reader takes for what they say; YAML knows others, of base 8, 16 and 60.
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_INT, _FLOAT = (f"tag:yaml.org,2002:{name}" for name in ("int", "float"))
# How the names that a pattern allows begin, and what to write.
_NAMES = {
    "^[A-Za-z]": "write Latin letters, digits and _, beginning with a letter",
    "^[a-z0-9]": "write small Latin letters, digits and hyphens",
}
# What pydantic says in terms of Python.
_PLAIN = {
    "too_short": ("holds nothing", "write at least one"),
    "string_too_short": ("is empty", "write some text"),
    "tuple_type": ("is no list", "write it as a list: [first, second]"),
    "model_type": ("is no mapping", "write lines of the form key: value below it"),
    "dict_type": ("is no mapping", "write lines of the form key: value below it"),
}


class Lines:
    """Where each key and item of a YAML text stands, counted from 1."""

    def __init__(self, lines: dict[Place, int]) -> None:
        self._lines = lines

    def at(self, place: Place) -> int:
        """Line of `place`, or of the nearest thing around it; 0 where nothing is known."""
        while place and place not in self._lines:
            place = place[:-1]
        return self._lines.get(place, 0)


def parse_yaml(text: str, *, file: str) -> tuple[dict[str, Any], Lines]:
    r"""The mapping that `text` holds, and the line of each of its parts.

    Parameters
    ----------
    text : str
    file : str
        How faults name the file.

    Raises
    ------
    InputError
        The text is no YAML, holds no mapping, writes a key twice, refers to another place by
        an alias (a few lines of those can unfold to billions), or is nested too deep.

    Examples
    --------
    >>> data, lines = parse_yaml("name: a\ncodes:\n  - b\n", file="x.yml")
    >>> data["codes"], lines.at(("codes", 0))
    (['b'], 3)
    """
    lines: dict[Place, int] = {}
    try:
        refused = list(_unfolding_faults(text, file))
        if refused:
            raise InputError(refused)
        node = yaml.compose(text, Loader=_LOADER)
        doubled = list(_note_lines(node, (), lines, file))
        data = yaml.load(text, Loader=_LOADER)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "is no YAML"
        reason = str(error) if isinstance(error, ValueError) else getattr(error, "reason", None)
        if mark and re.match(r"\s*\t", "".join(text.splitlines()[mark.line : mark.line + 1])):
            reason = "the line is indented with a tab; use spaces"
        problem = f"{problem} ({reason})" if reason else problem
        line = mark.line + 1 if mark else 0
        raise InputError([Fault(file, line, "", str(problem), "write valid YAML")]) from None
    if doubled:
        raise InputError(doubled)
    if not isinstance(data, dict):
        raise InputError([Fault(file, 1, "", "holds no mapping", "write lines of the form key: …")])
    return data, Lines(lines)


def _unfolding_faults(text: str, file: str) -> Iterator[Fault]:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                found = f"is nested deeper than {_DEEPEST} levels"
                yield Fault(file, line, "", found, "write it flatter")
                return
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            remedy = "put a pattern that begins with * in quotes; write repeated parts out"
            yield Fault(file, line, "", f"*{event.anchor} is an alias", remedy)


def _note_lines(
    node: yaml.Node | None, place: Place, lines: dict[Place, int], file: str
) -> Iterator[Fault]:
    if node is None:
        return
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.ScalarNode):
        yield from _odd_numbers(node, place, file)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            line = key.start_mark.line + 1
            name = str(key.value)
            if name in seen:
                field = ".".join(map(str, (*place, name)))
                yield Fault(file, line, field, "stands twice", "keep one of the two")
            seen.add(name)
            lines[(*place, name)] = line
            yield from _odd_numbers(key, (*place, name), file)
            yield from _note_lines(value, (*place, name), lines, file)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _note_lines(value, (*place, number), lines, file)


def _odd_numbers(node: yaml.Node, place: Place, file: str) -> Iterator[Fault]:
    """A number that YAML reads as another than a reader does: 050 is 40 to it, and 1:40 is 100."""
    text = str(node.value)
    is_odd = (node.tag == _INT and not _WHOLE.fullmatch(text)) or (
        node.tag == _FLOAT and ("_" in text or ":" in text)
    )
    if not is_odd:
        return
    digits = text.replace("_", "").lstrip("+")
    meant = digits.lstrip("0") or "0" if digits.isdigit() else ""
    remedy = f"write {meant}, or put it in quotes if it is a text"
    if not meant:
        remedy = "write it in plain digits, or put it in quotes if it is a text"
    read = yaml.load(text, Loader=_LOADER)
    field = ".".join(str(each + 1) if isinstance(each, int) else each for each in place)
    line = node.start_mark.line + 1
    yield Fault(file, line, field, f"{text} is read as {read:g}", remedy)


def model_faults(
    error: ValidationError, data: dict[str, Any], lines: Lines, *, file: str
) -> list[Fault]:
    """What a pydantic model found wrong with `data`, one fault each."""
    remedies: dict[tuple[int, str, str], list[str]] = {}
    found_at = [_in_data(tuple(each["loc"]), data) for each in error.errors()]
    for fault in error.errors():
        if fault["type"] == "too_short" and fault["input"]:
            continue  # pydantic counts only the sound items, and each unsound one has its fault
        loc = tuple(fault["loc"])
        inside = _in_data(loc, data)
        # A member of a union that the value is not meant for: another has its fault inside.
        is_other = fault["type"].endswith("_type") and len(inside) < len(loc)
        if is_other and any(each[: len(inside)] == inside != each for each in found_at):
            continue
        # pydantic names the key itself before its mark: the fault is shown at what holds it.
        place = _in_data(
            loc[:-2] if loc[-1:] == (_KEY,) else loc, data, is_missing=fault["type"] == "missing"
        )
        found, remedy = _words(fault)
        remedies.setdefault((lines.at(place), _shown(place, data), found), []).append(remedy)
    # The members of a union complain one by one about the same value.
    return [
        Fault(file, line, field, found, _joined(several))
        for (line, field, found), several in remedies.items()
    ]


def _joined(remedies: list[str]) -> str:
    first, *others = dict.fromkeys(remedies)
    return " or ".join([first, *(one.removeprefix("it should be ") for one in others)])


def _in_data(place: Place, data: Any, *, is_missing: bool = False) -> Place:
    """`place` without the names that pydantic adds for the members of a union."""
    kept: list[str | int] = []
    here = data
    for position, part in enumerate(place):
        last = is_missing and position == len(place) - 1
        if isinstance(here, dict) and (part in here or last):
            kept.append(part)
            here = here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            kept.append(part)
            here = here[part]
    return tuple(kept)


def _shown(place: Place, data: dict[str, Any]) -> str:
    """`codes, 2, indicators, en, 0` as `code "strike", indicators.en, number 1`."""
    shown: list[str] = []
    words: list[str] = []
    here: Any = data
    for part in place:
        here = _inside(here, part)
        if isinstance(part, int):
            name = here.get("id") if isinstance(here, dict) else None
            label = f"number {part + 1}"
            if isinstance(name, str) and words:
                label = f'{words.pop().removesuffix("s")} "{name}"'
            if words:
                shown.append(".".join(words))
            shown.append(label)
            words = []
        else:
            words.append(str(part))
    return ", ".join([*shown, ".".join(words)] if words else shown)


def _inside(here: Any, part: str | int) -> Any:
    try:
        return here[part]
    except (KeyError, IndexError, TypeError):
        return None


def _words(fault: Any) -> tuple[str, str]:
    if fault["type"] == "missing":
        return "is missing", "write it"
    if fault["type"] == "extra_forbidden":
        return "is no key here", "remove it, or check its spelling"
    if fault["type"] in _PLAIN:
        return _PLAIN[fault["type"]]
    if fault["loc"][-1:] == (_KEY,) and not isinstance(fault["input"], str):
        return f"the key {fault['input']!r} is no text", "put the key in quotes"
    given = fault["input"]
    if fault["type"] == "string_pattern_mismatch":
        pattern = fault["ctx"]["pattern"]
        remedy = next((each for start, each in _NAMES.items() if pattern.startswith(start)), "")
        if remedy:
            return f"{given!r} is not accepted", remedy
    if isinstance(given, bool):
        return f"{'yes or true' if given else 'no or false'} is not accepted", _remedy(fault)
    shown = given.isoformat() if isinstance(given, date) else repr(given)
    shown = shown if len(shown) <= 60 else shown[:57] + "…"
    shown = f"the key {shown}" if fault["loc"][-1:] == (_KEY,) else shown
    return f"{shown} is not accepted", _remedy(fault)


def _remedy(fault: Any) -> str:
    return str(fault["msg"]).replace("Input should", "it should")
