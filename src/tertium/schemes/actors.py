"""A list of actors as a scheme: who is named where is coded like anything else.

Comes in: rows of an actors file.
Goes out: a scheme with one code an actor, its names as indicators.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tertium.columns import ACTOR_TYPES
from tertium.errors import Fault, InputError
from tertium.schemes.scheme import Code, Indicator, Scheme, VerdictRule

NAME = "actor"
LANGUAGES = ("en", "zh", "ru")

_RULE = VerdictRule(
    text="An actor is present where one of its names stands in the text.",
    present=0.5,
    undecided=0.25,
)


def actor_scheme(rows: Iterable[Mapping[str, str]], *, file: str) -> Scheme:
    """The scheme whose codes are the actors of a list.

    Parameters
    ----------
    rows : iterable of mapping
        With id, type and, for each language, name and aliases (separated by ``|``).
    file : str
        How faults name the file.

    Raises
    ------
    InputError
        An id stands twice, a type is none of the closed list, or an actor has no name.

    Examples
    --------
    >>> scheme = actor_scheme(
    ...     [{"id": "acftu", "type": "party_state_union", "name_en": "ACFTU"}], file="actors.csv")
    >>> scheme.code("acftu").label
    'ACFTU'
    """
    codes: dict[str, Code] = {}
    faults: list[Fault] = []
    for line, row in enumerate(rows, start=2):
        names = {language: _names(row, language) for language in LANGUAGES}
        label = next((found[0] for found in names.values() if found), "")
        if row["id"] in codes:
            faults.append(Fault(file, line, "id", f"{row['id']!r} stands twice", "keep one"))
        if row["type"] not in ACTOR_TYPES:
            remedy = f"write one of: {', '.join(ACTOR_TYPES)}"
            faults.append(Fault(file, line, "type", f"{row['type']!r} is no actor type", remedy))
        if not label:
            faults.append(Fault(file, line, "name_en", "the actor has no name", "write one"))
        if not faults:
            codes[row["id"]] = _code(row, label, names)
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
