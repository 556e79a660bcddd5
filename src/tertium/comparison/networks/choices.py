"""What can be chosen of a network, and what goes together.

Comes in: the arguments of `network`.
Goes out: nothing, or an error that names what there is.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

from tertium.comparison.networks.near import Within
from tertium.comparison.networks.normalise import ONE_MODE, TWO_MODE, Stances
from tertium.comparison.networks.ties import Duplicates, Nodes
from tertium.errors import UnknownNameError

Kind = Literal["two_mode", "congruence", "conflict", "subtract", "addressee"]
Normalisation = Literal["none", "activity", "prominence", "average", "jaccard", "cosine"]
Isolates = Literal["drop", "keep"]
TWO_SIDED = ("two_mode", "addressee")


def check_choices(
    *,
    kind: str,
    nodes: str,
    duplicates: str,
    normalisation: str,
    stances: str | None,
    within: str | None,
    isolates: str,
    min_sources: Any,
) -> None:
    """Refuse what there is not, and what does not go with the kind of network."""
    given = {
        "kind": (kind, get_args(Kind)),
        "nodes": (nodes, get_args(Nodes)),
        "duplicates": (duplicates, get_args(Duplicates)),
        "isolates": (isolates, get_args(Isolates)),
    }
    for name, (value, known) in given.items():
        if value not in known:
            raise UnknownNameError(f"{name}={value!r}; there are {', '.join(known)}")
    check_number("min_sources", min_sources)
    if nodes == "voice" and kind == "addressee":
        raise UnknownNameError(
            "kind='addressee' with nodes='voice': an addressee is an actor; take actor or type"
        )
    fitting = TWO_MODE if kind in TWO_SIDED else ONE_MODE
    if normalisation not in fitting:
        raise UnknownNameError(
            f"normalisation={normalisation!r}; for kind={kind!r} there are {', '.join(fitting)}"
        )
    if kind in TWO_SIDED:
        if within is not None:
            raise UnknownNameError(
                f"within={within!r}: kind={kind!r} ties nobody to whom they have not met; leave "
                "it out"
            )
        _check_stances(kind, stances, normalisation)
        return
    if stances is not None:
        raise UnknownNameError(f"stances={stances!r}: kind={kind!r} itself says what counts")
    check_within(within)


def check_within(within: str | None) -> None:
    """Refuse another place than there is; one must be given, for it changes what is found."""
    if within not in get_args(Within):
        raise UnknownNameError(
            f"within={within!r}; say where two statements must stand to tie: "
            f"{', '.join(get_args(Within))}"
        )


def check_number(name: str, number: Any) -> None:
    """Refuse what is no whole number of at least 1."""
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise UnknownNameError(f"{name}={number!r}; write a whole number of at least 1")


def _check_stances(kind: str, stances: str | None, normalisation: str) -> None:
    if stances not in get_args(Stances):
        raise UnknownNameError(
            f"stances={stances!r}; kind={kind!r} needs one of {', '.join(get_args(Stances))}"
        )
    if stances == "combine" and normalisation != "none":
        raise UnknownNameError(
            f"normalisation={normalisation!r}: with stances='combine' a cell is no count that "
            "could be divided; write none"
        )
