"""The ways to say that two codes stand together, in words and by id.

Comes in: a definition and a unit, as a caller names them.
Goes out: one way, or a refusal that says what there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from tertium.errors import UnknownNameError

Definition = Literal["same_span", "overlap", "unit", "source"]
Unit = Literal["sentence", "paragraph"]
Measure = Literal["count", "jaccard", "lift"]


@dataclass(frozen=True)
class Way:
    """One meaning of "together".

    Parameters
    ----------
    id : str
        The definition, or the unit where that is the definition.
    where : str
        For captions: "in the same sentence".
    things : str
        What is counted.
    parts : str
        What shares are taken of; the things, or characters where these have no fixed size.
    meaning : str
        One sentence for the note.
    """

    id: str
    where: str
    things: str
    parts: str
    meaning: str


_IN_UNIT = (
    "Together: a {0} in which passages of both codes stand, or into which they reach. Headings "
    "and page furniture are no {0}s."
)
WAYS = {
    way.id: way
    for way in (
        Way(
            "same_span",
            "on the same passage",
            "passages",
            "passages",
            "Together: both codes were given to exactly the same passage, from its first to its "
            "last character.",
        ),
        Way(
            "overlap",
            "where their passages overlap",
            "stretches of text",
            "characters",
            "Together: a stretch of text that a passage of each code covers, if only in part.",
        ),
        Way(
            "sentence",
            "in the same sentence",
            "sentences",
            "sentences",
            _IN_UNIT.format("sentence"),
        ),
        Way(
            "paragraph",
            "in the same paragraph",
            "paragraphs",
            "paragraphs",
            _IN_UNIT.format("paragraph"),
        ),
        Way(
            "source",
            "in the same source",
            "sources",
            "sources",
            "Together: a source whose verdict on both codes is present, wherever in it they stand.",
        ),
    )
}
IN_CAPTIONS = {
    "count": "how often",
    "jaccard": "share of either that is both (Jaccard)",
    "lift": "times what chance would give (lift)",
}
NOT_DEFINED = "not defined"
# Two codes on one passage: how many passages there could have been nobody can say.
WITHOUT_LIFT = "same_span"


def the_way(definition: str, unit: str | None) -> Way:
    """The way that a caller means.

    Raises
    ------
    UnknownNameError
        No such definition or unit, or a unit without use.

    Examples
    --------
    >>> the_way("unit", "sentence").where
    'in the same sentence'
    """
    if definition not in get_args(Definition):
        there = ", ".join(get_args(Definition))
        raise UnknownNameError(f"definition={definition!r}; there are {there}")
    if definition != "unit":
        if unit is not None:
            raise UnknownNameError(f"unit={unit!r} says something with definition='unit' only")
        return WAYS[definition]
    if unit not in get_args(Unit):
        there = ", ".join(get_args(Unit))
        raise UnknownNameError(f"unit={unit!r}; definition='unit' needs one of {there}")
    return WAYS[str(unit)]


def measure_in_words(measure: str, way: Way) -> str:
    """What a cell says, for the note.

    Examples
    --------
    >>> measure_in_words("count", WAYS["source"])
    'A cell counts sources.'
    """
    if measure == "count":
        return f"A cell counts {way.things}."
    if measure == "jaccard":
        return (
            f"Jaccard: of the {way.parts} that hold either code, the share that hold both; 1: they "
            "always go together, 0: never. Not defined where neither was found."
        )
    return (
        f"Lift: how many times as many {way.parts} hold both as would if the two had nothing to do "
        f"with one another; 1 is what chance alone gives. Where few {way.parts} hold a code, one "
        "more moves it far. Not defined where one of the two was not found."
    )
