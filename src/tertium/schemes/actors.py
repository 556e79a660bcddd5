"""A list of actors as a scheme: who is named where is coded like anything else.

Comes in: rows of an actors file.
Goes out: a scheme with one code an actor, its names as indicators.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tertium.columns import ACTOR_TYPES
from tertium.errors import Fault, InputError
from tertium.schemes.scheme import Code, Indicator, Scheme, VerdictRule
from tertium.sources.files.rows import Row

NAME = "actor"
LANGUAGES = ("en", "zh", "ru")
COLUMNS = (
    "id",
    "type",
    *(f"{part}_{language}" for language in LANGUAGES for part in ("name", "aliases")),
)

_ID = re.compile(r"[a-z][a-z0-9_-]*")

_RULE = VerdictRule(
    text="An actor is present where one of its names stands in the text.",
    present=0.5,
    undecided=0.25,
)


def actor_scheme(rows: Sequence[Row], *, file: str) -> Scheme:
    """The scheme whose codes are the actors of a list.

    Parameters
    ----------
    rows : sequence of Row
        With the columns `COLUMNS`: id, type and, for each language, name and aliases
        (separated by ``|``).
    file : str
        How faults name the file.

    Raises
    ------
    InputError
        With every fault: an id that stands twice or is none, a type outside the closed list,
        an actor without a name, a name that is no words.

    Examples
    --------
    >>> cells = dict.fromkeys(COLUMNS, "") | {
    ...     "id": "acftu", "type": "party_state_union", "name_en": "ACFTU"}
    >>> actor_scheme([Row(2, cells)], file="actors.csv").code("acftu").label
    'ACFTU'
    """
    codes: dict[str, Code] = {}
    faults: list[Fault] = []
    lines: dict[str, int] = {}
    for row in rows:
        names = {language: _names(row.cells, language) for language in LANGUAGES}
        label = next((found[0] for found in names.values() if found), "")
        found_here = list(_row_faults(row, names, file))
        if row["id"] in lines:
            found = f"{row['id']!r} is also the id in line {lines[row['id']]}"
            found_here.append(Fault(file, row.line, "id", found, "give each actor its own"))
        lines.setdefault(row["id"], row.line)
        faults += found_here
        if not found_here:
            codes[row["id"]] = _code(row.cells, label, names)
    if not rows:
        faults.append(Fault(file, 0, "", "it lists no actor", "add a row, or remove the file"))
    if faults:
        raise InputError(faults)
    return Scheme(
        name=NAME,
        version="1.0.0",
        title="Actors",
        description="Who is named in a passage, by name or alias.",
        languages=LANGUAGES,
        verdict=_RULE,
        codes=tuple(codes.values()),
    )


def actor_type(code: Code) -> str:
    """What an actor is, as its list says; empty where the code comes from no such list.

    Examples
    --------
    >>> cells = dict.fromkeys(COLUMNS, "") | {
    ...     "id": "acftu", "type": "party_state_union", "name_en": "ACFTU"}
    >>> actor_type(actor_scheme([Row(2, cells)], file="actors.csv").code("acftu"))
    'party_state_union'
    """
    words = code.definition.removeprefix(code.label)
    return next((each for each in ACTOR_TYPES if words == f" ({each.replace('_', ' ')})."), "")


def _row_faults(row: Row, names: Mapping[str, list[str]], file: str) -> Iterator[Fault]:
    if not _ID.fullmatch(row["id"]):
        remedy = "write a-z, 0-9, _ and -, beginning with a letter"
        yield Fault(file, row.line, "id", f"{row['id']!r} is no id", remedy)
    if row["type"] not in ACTOR_TYPES:
        remedy = f"write one of: {', '.join(ACTOR_TYPES)}"
        yield Fault(file, row.line, "type", f"{row['type']!r} is no actor type", remedy)
    if not any(names.values()):
        yield Fault(file, row.line, "name_en", "the actor has no name", "write one")
    for language, listed in names.items():
        for name in listed:
            # What a pattern would take for a list, or for any word at all.
            if name.startswith("@") or not name.replace("*", "").strip():
                found = f"{name!r} is no name"
                yield Fault(file, row.line, f"name_{language}", found, "write its words")


def _names(row: Mapping[str, str], language: str) -> list[str]:
    own = [row.get(f"name_{language}") or "", *(row.get(f"aliases_{language}") or "").split("|")]
    return [name.strip() for name in own if name.strip()]


def _code(row: Mapping[str, str], label: str, names: Mapping[str, list[str]]) -> Code:
    return Code(
        id=row["id"],
        label=label,
        definition=f"{label} ({row['type'].replace('_', ' ')}).",
        when_to_use="The actor is named.",
        when_not_to_use="The actor is only meant.",
        indicators={
            language: tuple(Indicator(pattern=(name,), weight=1.0) for name in found)
            for language, found in names.items()
            if found
        },
    )
