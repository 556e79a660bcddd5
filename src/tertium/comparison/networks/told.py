"""What a reader must know of a network: what a cell counts, and what was left out.

Comes in: the arguments of a network, and who has no tie.
Goes out: sentences for its note.
"""

from __future__ import annotations

from collections.abc import Sequence

from tertium.comparison.networks.near import WITHIN_IN_WORDS, Within
from tertium.comparison.networks.spoken import HOW_SIDES_ARE_TOLD, Position
from tertium.comparison.networks.ties import (
    NODES_IN_WORDS,
    Duplicates,
    Nodes,
    amount,
    duplicates_in_words,
)

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
    "activity": "Divided by all statements {sides}of the row, so that who speaks much does not "
    "weigh more.",
    "prominence": "Divided by all statements {sides}of the column, so that what is much spoken of "
    "does not weigh more.",
    "average": "Divided by the mean number of statements of the two, which lessens the weight of "
    "those who speak much, and does not take it away.",
    "jaccard": "Divided by what the two say in all, together and each alone (Jaccard): 1 is the "
    "most where nobody says a thing twice.",
    "cosine": "Divided by the product of the numbers of statements of the two (“cosine” in "
    "discourse network analysis).",
}
_SIDES = {"for": "for a claim ", "ignore": "", "subtract": "(for and against) ", None: ""}
_ANSWERS = (
    "An answer is no demand: where somebody else in the source raised the claim towards an actor, "
    "what the actor says of it is left out; of two who raise it towards each other, the second."
)


def how(
    kind: str,
    nodes: Nodes,
    duplicates: Duplicates,
    normalisation: str,
    stances: str | None,
    within: Within | None,
) -> str:
    """What a cell counts, in sentences."""
    parts = [f"Rows: {NODES_IN_WORDS[nodes]}; {duplicates_in_words(duplicates, within)}."]
    parts.append(_STANCES_IN_WORDS[stances] if stances else _MEANING[kind])
    if kind == "addressee":
        parts.append("Columns: of whom it is claimed.")
    if normalisation in _NORMALISED:
        parts.append(_NORMALISED[normalisation].format(sides=_SIDES.get(stances, "")))
    if within:
        parts.append(WITHIN_IN_WORDS[within])
    if stances not in ("for", "ignore"):
        parts.append(HOW_SIDES_ARE_TOLD)
    nothing = "no such statement was coded"
    if "subtract" in (kind, stances):
        nothing += ", or as much on one side as on the other"
    parts.append(f"0: {nothing}.")
    if kind in _MEANING:
        parts += ["Each pair stands once, below the diagonal.", _NO_ALLIANCE]
    return " ".join(parts)


def left_alone(alone: Sequence[str], isolates: str, *, what: str = "no tie") -> str:
    """Who has no tie, or of which claims there is no statement, by name."""
    if not alone:
        return ""
    is_one = len(alone) == 1
    left = f" and {'is' if is_one else 'are'} left out" if isolates == "drop" else ""
    return f"{len(alone)} {'has' if is_one else 'have'} {what}{left}: {'; '.join(alone)}."


def left_for_few(nodes: int, min_sources: int) -> str:
    """How many are left out for standing in few sources."""
    if not nodes:
        return ""
    whose = "whose statements stand in fewer than"
    return f"{nodes} {whose} {amount(min_sources, 'source')} {_are(nodes)} left out."


def unaddressed(
    positions: Sequence[Position], answering: Sequence[Position], stances: str | None
) -> str:
    """How many claims are addressed to nobody in particular, and how many are answers."""
    parts = []
    if stances == "for":
        positions = [each for each in positions if each.is_for]
        answering = [each for each in answering if each.is_for]
    without = sum(not each.addressees for each in positions)
    if without:
        who = "statements for a claim" if stances == "for" else "positions"
        parts.append(f"{without} of {len(positions)} {who} name no addressee.")
    left = sum(bool(each.addressees) for each in answering)
    parts.append(f"{_ANSWERS} Left out: {amount(left, 'answer')}.")
    return " ".join(parts)


def met(together: float, all_pairs: float) -> str:
    """How many of the pairs that tie stand in the same source."""
    if not all_pairs:
        return ""
    return (
        f"{together:.0f} of the {all_pairs:.0f} pairs of statements behind the ties stand in one "
        f"source ({together / all_pairs:.0%})."
    )


def inside_nodes(agreeing: int, opposing: int, nodes: Nodes) -> str:
    """What is not seen where several actors are one node."""
    if nodes == "actor" or not agreeing + opposing:
        return ""
    return (
        f"Among actors of one {nodes} {amount(agreeing, 'pair')} of statements agree and "
        f"{opposing} contradict each other, which is not shown."
    )


def rest_left_out(positions: int, label: str) -> str:
    """That claims which need not be the same tie nobody."""
    if not positions:
        return ""
    return (
        f"“{label}” ties nobody, for two such claims need not be the same: "
        f"{amount(positions, 'position')} left out."
    )


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
