"""A network as a graph, for whatever else can be asked of one.

Comes in: the result of a network.
Goes out: a graph with signed weights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from tertium.comparison.result import Result
from tertium.errors import UnknownNameError

if TYPE_CHECKING:
    import networkx as nx


def graph(result: Result) -> nx.Graph[Any] | nx.DiGraph[Any]:
    """The graph of a network, with every number that its table has.

    Parameters
    ----------
    result : Result
        Of `network`.

    Returns
    -------
    networkx.Graph or networkx.DiGraph
        Nodes have `label`. Edges have `weight`, below 0 where conflict prevails, and `sign`, 1
        or -1; a tie of weight 0 is no edge. A two-mode network is a graph whose nodes are pairs
        ("actor", id) and ("claim", id), for an actor may be called as a claim is, and have
        `bipartite`: 0 who claims, 1 what. A network of addressees is directed, from who claims
        to whom.

    Raises
    ------
    UnknownNameError
        The result is of another comparison, or its cells are no weights
        (``stances="combine"``).

    Examples
    --------
    >>> ties = pd.DataFrame([[0, 2], [2, 0]], index=["a", "b"], columns=["a", "b"])
    >>> found = graph(Result(ties, title="", function="network", params={"kind": "congruence"}))
    >>> list(found.edges(data="weight"))
    [('a', 'b', 2)]
    """
    import networkx as nx

    if result.function != "network":
        raise UnknownNameError(f"{result.function or 'this result'} is no network; give a network")
    if result.params.get("stances") == "combine":
        raise UnknownNameError("stances='combine' gives signs and no weights; take subtract")
    kind = result.params["kind"]
    made: nx.Graph[Any] = nx.DiGraph() if kind == "addressee" else nx.Graph()
    is_two_mode = kind == "two_mode"
    sides = (("actor", 0, result.frame.index, result.row_labels),
             ("claim", 1, result.frame.columns, result.column_labels))  # fmt: skip
    for mode, side, ids, labels in sides:
        for each in ids:
            more = {"bipartite": side} if is_two_mode else {}
            name = (mode, each) if is_two_mode else each
            made.add_node(name, label=labels.get(each, str(each)), **more)
    for row in result.frame.index:
        for column in result.frame.columns:
            weight: Any = result.frame.at[row, column]
            if pd.isna(weight) or not weight:
                continue
            ends = (("actor", row), ("claim", column)) if is_two_mode else (row, column)
            made.add_edge(*ends, weight=_plain(weight), sign=1 if weight > 0 else -1)
    return made


def _plain(weight: Any) -> int | float:
    """A number of Python's own, which every format of graphs can write."""
    return int(weight) if float(weight).is_integer() else float(weight)
