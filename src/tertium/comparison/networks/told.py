"""What a reader must know of a network: what a cell counts, and what was left out.

Comes in: the arguments of a network, and who has no tie.
Goes out: sentences for its note.
"""

from __future__ import annotations

from collections.abc import Sequence

from tertium.comparison.networks.spoken import HOW_SIDES_ARE_TOLD, Position
from tertium.comparison.networks.ties import DUPLICATES_IN_WORDS, NODES_IN_WORDS, Duplicates, Nodes

TITLES = {
    "two_mode": "Who claims what",
    "congruence": "Who claims the same",
    "conflict": "Who contradicts whom",
    "subtract": "Who stands with whom, and who against",
    "addressee": "Who demands of whom",
}
_MEANING = {
    "congruence": "A tie counts how often two of them are on the same side of the same claim: "
    "for each claim, the statements of the one times those of the other.",
    "conflict": "A tie counts how often two of them are on opposite sides of the same claim: "
    "for each claim, the statements of the one times those of the other.",
    "subtract": "A tie is agreement minus contradiction: above 0 two of them are more often on "
    "the same side of a claim than on opposite ones, below 0 less often.",
}
_NO_ALLIANCE = (
    "A tie says that two of them claim the same or the contrary, not that they know each other, "
    "nor that they speak of the same event."
)
_STANCES_IN_WORDS = {
    "for": "Statements for a claim alone are counted.",
    "ignore": "Statements for and against are added up.",
    "subtract": "Statements for minus statements against.",
    "combine": "1: for; 2: against; 3: both; no count.",
}
_NORMALISED = {
    "activity": "Divided by all statements of the row, so that who speaks much does not weigh "
    "more.",
    "prominence": "Divided by all statements of the column, so that what is much spoken of does "
    "not weigh more.",
    "average": "Divided by the mean number of statements of the two, so that who speaks much is "
    "not tied to everybody for that alone.",
    "jaccard": "Divided by what the two say in all, together and each alone (Jaccard): 1 is the "
    "most where nobody says a thing twice.",
    "cosine": "Divided by the product of the numbers of statements of the two (“cosine” in "
    "discourse network analysis).",
}


def how(
    kind: str, nodes: Nodes, duplicates: Duplicates, normalisation: str, stances: str | None
) -> str:
    """What a cell counts, in sentences."""
    parts = [f"Rows: {NODES_IN_WORDS[nodes]}; {DUPLICATES_IN_WORDS[duplicates]}."]
    parts.append(_STANCES_IN_WORDS[stances] if stances else _MEANING[kind])
    if kind == "addressee":
        parts.append("Columns: of whom it is claimed.")
    if normalisation in _NORMALISED:
        parts.append(_NORMALISED[normalisation])
    if stances != "for":
        parts.append(HOW_SIDES_ARE_TOLD)
    nothing = "no such statement was coded"
    if "subtract" in (kind, stances):
        nothing += ", or as much on one side as on the other"
    parts.append(f"0: {nothing}.")
    if kind in _MEANING:
        parts.append(_NO_ALLIANCE)
    return " ".join(parts)


def left_alone(alone: Sequence[str], isolates: str, *, what: str = "no tie") -> str:
    """Who has no tie, or of which claims there is no statement, by name."""
    if not alone:
        return ""
    is_one = len(alone) == 1
    left = f" and {'is' if is_one else 'are'} left out" if isolates == "drop" else ""
    return f"{len(alone)} {'has' if is_one else 'have'} {what}{left}: {'; '.join(alone)}."


def unaddressed(positions: Sequence[Position], kind: str) -> str:
    """How many claims are addressed to nobody in particular."""
    if kind != "addressee":
        return ""
    without = sum(not each.addressees for each in positions)
    return f"{without} of {len(positions)} claims name no addressee." if without else ""
