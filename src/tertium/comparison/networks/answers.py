"""Answers are no demands: who speaks of a claim because it was raised towards them.

Comes in: the positions of a coder's statements.
Goes out: those of them that answer another one of their source.
"""

from __future__ import annotations

from collections.abc import Iterable

from tertium.comparison.networks.spoken import Position

_RAISED = "asserted"


def answers(positions: Iterable[Position]) -> list[Position]:
    """The positions that answer: somebody else of the source raised the claim towards the actor.

    To promise a claim (planned) or to be against it is not to raise it. Where two raise it
    towards each other, who comes first in the text demands, and the other answers.

    Parameters
    ----------
    positions : iterable of Position
        In reading order within a source.

    Returns
    -------
    list of Position
    """
    found: list[Position] = []
    by_source: dict[tuple[str, str], list[Position]] = {}
    for each in positions:
        by_source.setdefault((each.source_id, each.code), []).append(each)
    for same in by_source.values():
        found.extend(
            each
            for place, each in enumerate(same)
            if any(
                _raises_towards(other, each.actor)
                and not (place < its_place and _raises_towards(each, other.actor))
                for its_place, other in enumerate(same)
            )
        )
    return found


def _raises_towards(position: Position, actor: str) -> bool:
    return position.stance == _RAISED and position.actor != actor and actor in position.addressees
