"""The facts at the head of a Markdown file: YAML between two lines of three dashes.

Comes in: a canonical text.
Goes out: the facts that are columns of the manifest; the text keeps its head, so offsets hold.
"""

from __future__ import annotations

import re
from typing import NoReturn

import yaml

from tertium.errors import Fault, InputError
from tertium.sources.manifest import FACTS, fact_faults

_HEAD = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)
_UNCLOSED = re.compile(r"\A---[ \t]*\n[A-Za-z_]+:(?:\s|$)")
_LONGEST = 64_000


def front_matter_facts(text: str, *, name: str) -> dict[str, str]:
    r"""The facts stated at the head of `text`, all values as they are written.

    Keys that are no column of the manifest are left alone; a list of words becomes words
    with "; " between. Text between two rules that is no list of keys is no front matter.

    Raises
    ------
    InputError
        Every fault with its line: YAML that can't be read, a key twice, an unknown voice, a
        date that is not EDTF, a head without an end.

    Examples
    --------
    >>> front_matter_facts("---\ntitle: Lamps\ncountry: NO\n---\nText", name="a.md")
    {'title': 'Lamps', 'country': 'NO'}
    """
    match = _HEAD.match(text)
    if match is None:
        if _UNCLOSED.match(text):
            _refuse(name, 1, "the head begins with --- and has no end", "close it with a line ---")
        return {}
    head = match[1]
    if len(head) > _LONGEST:
        _refuse(name, 1, f"the head is longer than {_LONGEST} characters", "keep facts short")
    try:
        # The base loader leaves every value a word: no "NO" that turns false, no dates.
        node = yaml.compose(head, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it is no YAML"
        _refuse(name, mark.line + 2 if mark else 1, str(problem), "write `key: value`, one a line")
    if not isinstance(node, yaml.MappingNode):
        return {}
    facts: dict[str, str] = {}
    faults: list[Fault] = []
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 2
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
        if key not in FACTS:
            continue
        value = _value(value_node)
        if value is None:
            faults.append(Fault(name, line, key, "a nested value", "write a word or a list"))
        elif key in facts:
            faults.append(Fault(name, line, key, "it stands here twice", "keep one"))
        else:
            facts[key] = value
            faults += fact_faults({key: value}, file=name, line=line)
    if faults:
        raise InputError(faults)
    return {key: value for key, value in facts.items() if value}


def _refuse(name: str, line: int, found: str, remedy: str) -> NoReturn:
    raise InputError([Fault(name, line, "front matter", found, remedy)])


def _value(node: yaml.Node) -> str | None:
    if isinstance(node, yaml.ScalarNode):
        return "" if node.value in ("~", "null") else str(node.value).strip()
    if isinstance(node, yaml.SequenceNode) and all(
        isinstance(each, yaml.ScalarNode) for each in node.value
    ):
        return "; ".join(str(each.value).strip() for each in node.value)
    return None
