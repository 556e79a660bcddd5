"""Networks of who claims what, who stands with whom, and who demands of whom.

Comes in: the statements of a coder.
Goes out: an adjacency whose every cell leads to the statements behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from tertium.bundle import Tables
from tertium.columns import ACTOR_TYPES, VOICES
from tertium.comparison.networks.behind import TWO_SIDED, behind_cells
from tertium.comparison.networks.normalise import (
    ONE_MODE,
    TWO_MODE,
    Counts,
    Stances,
    one_mode,
    two_mode,
)
from tertium.comparison.networks.spoken import spoken
from tertium.comparison.networks.statements import actor_labels, what_is_counted
from tertium.comparison.networks.ties import (
    AXES,
    Between,
    Duplicates,
    Entry,
    Nodes,
    all_nodes,
    counted_once,
    counts_of,
    entries,
    within,
)
from tertium.comparison.networks.told import TITLES, how, left_alone, unaddressed
from tertium.comparison.passages import Passages
from tertium.comparison.result import Result, comparison, support_table
from tertium.errors import UnknownNameError

Kind = Literal["two_mode", "congruence", "conflict", "subtract", "addressee"]
Normalisation = Literal["none", "activity", "prominence", "average", "jaccard", "cosine"]
Isolates = Literal["drop", "keep"]

_ORDER = {"type": ACTOR_TYPES, "voice": VOICES}


@comparison
def network(
    tables: Tables,
    *,
    scheme: str,
    kind: Kind,
    nodes: Nodes,
    duplicates: Duplicates,
    normalisation: Normalisation,
    stances: Stances | None = None,
    coder: str | None = None,
    between: Between | None = None,
    isolates: Isolates = "drop",
) -> Result:
    """Who claims what, who is on whose side, or who demands of whom.

    Two actors who are for the same claim are tied by it, as are two who are against it; where
    one is for it and the other against, they are in conflict.

    Parameters
    ----------
    tables : Tables
    scheme : str
        What is claimed.
    kind : {"two_mode", "congruence", "conflict", "subtract", "addressee"}
        two_mode: nodes by claims. congruence: nodes on the same side of the same claim. conflict:
        on opposite sides. subtract: congruence minus conflict. addressee: nodes by those of whom
        they claim.
    nodes : {"actor", "type", "voice"}
        Who is tied: actors, their types, or the voices of the sources that tell of it.
    duplicates : {"all", "source", "year", "study"}
        Within what the same node, claim and side count once; all: every statement counts.
    normalisation : {"none", "activity", "prominence", "average", "jaccard", "cosine"}
        two_mode and addressee: none, activity, prominence; the others: none, average, jaccard,
        cosine. See `tertium.comparison.networks.normalise`.
    stances : {"for", "ignore", "subtract", "combine"}, optional
        Needed for two_mode and addressee, and for them alone: what a cell counts.
    coder : str, optional
        Whose statements; None: the deciding coder's.
    between : (str, str), optional
        Only sources published in this time, both ends included (EDTF).
    isolates : {"drop", "keep"}
        Whether rows and columns without any tie are left out; the note names them. keep: types
        and voices that the study has and that say nothing stand there as well.

    Returns
    -------
    Result
        `frame`: the adjacency. 0: no such statement was coded. Evidence of a cell are the
        statements behind it, also those that were not counted twice.

    Raises
    ------
    UnknownNameError
        An argument that there is not, or that does not go with the kind; no statement by that
        coder; types, where the study's actors have none.

    References
    ----------
    .. [1] Leifeld, P. (2017). Discourse network analysis: policy debates as dynamic networks. In
       The Oxford Handbook of Political Networks, ed. Victor, Montgomery and Lubell. Oxford.
    .. [2] Leifeld, P., Gruber, J., Bossner, F. R. (2018). Discourse Network Analyzer Manual. Ch. 2.

    Examples
    --------
    >>> network(study.tables, scheme="claim", kind="subtract", nodes="type", duplicates="source",
    ...         normalisation="average", coder="ana").frame     # doctest: +SKIP
    """
    _check(kind, nodes, duplicates, normalisation, stances, isolates)
    passages = Passages(tables)
    told = spoken(passages, scheme=scheme, coder=coder)
    positions, when = within(passages, told.positions, between)
    listed = entries(passages, positions, nodes=nodes, addressees=kind == "addressee")
    counted = counted_once(passages, listed, duplicates=duplicates, ignore_side=stances == "ignore")
    silent = all_nodes(passages, nodes) if isolates == "keep" else ()
    rows = _ordered({*silent, *(each.node for each in listed)}, nodes)
    columns = _columns(tables, scheme, kind, nodes, listed, silent)
    counts = counts_of(counted, rows, columns)
    if kind in TWO_SIDED:
        ties = two_mode(counts, stances=stances, normalisation=normalisation)  # type: ignore[arg-type]
        across = columns
    else:
        ties = one_mode(counts, kind=kind, normalisation=normalisation)  # type: ignore[arg-type]
        across = rows
    frame = _frame(ties, rows, across, is_whole=normalisation == "none")
    frame.index.name, frame.columns.name = _names(scheme, kind, nodes)
    has_tie = _has_tie(counts, kind=kind, stances=stances)
    tied = [[bool(each.any()) for each in side] for side in (has_tie, has_tie.T)]
    alone = [each for each, is_tied in zip(rows, tied[0], strict=True) if not is_tied]
    unclaimed = [each for each, is_tied in zip(across, tied[1], strict=True) if not is_tied]
    if kind == "addressee":
        alone = sorted(
            {*alone, *unclaimed} - set(frame.index[tied[0]]) - set(frame.columns[tied[1]])
        )
    if isolates == "drop":
        frame = frame.loc[tied[0], tied[1]]
    support = behind_cells(
        passages, listed, kind=kind, stances=stances, scheme=scheme, coder=told.coder
    )
    there = {(row, column) for row in frame.index for column in frame.columns}
    labels = actor_labels(tables)
    names = {each: labels.get(each, each) for each in (*rows, *columns) if nodes == "actor"}
    claims = {code.id: code.label for code in tables.scheme(scheme).codes}
    notes = [
        how(kind, nodes, duplicates, normalisation, stances),
        left_alone([names.get(each, each) for each in alone], isolates),
        unaddressed(positions, kind),
    ]
    if kind == "two_mode":
        notes.append(
            left_alone([claims[each] for each in unclaimed], isolates, what="no statement")
        )
    return Result(
        frame,
        title=f"{TITLES[kind]}: {_what(tables, scheme)}",
        note=_joined(what_is_counted(told, len(passages.counted)), when, *notes),
        brief_note=_joined(when, *notes),
        support=support_table([row for row in support if (row["row"], row["column"]) in there]),
        row_labels=names,
        column_labels=claims if kind == "two_mode" else names,
        shown=_shown(frame) if kind not in TWO_SIDED else None,
        missing="no statement",
    )


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _check(
    kind: str, nodes: str, duplicates: str, normalisation: str, stances: str | None, isolates: str
) -> None:
    given = {
        "kind": (kind, get_args(Kind)),
        "nodes": (nodes, get_args(Nodes)),
        "duplicates": (duplicates, get_args(Duplicates)),
        "isolates": (isolates, get_args(Isolates)),
    }
    for name, (value, known) in given.items():
        if value not in known:
            raise UnknownNameError(f"{name}={value!r}; there are {', '.join(known)}")
    if nodes == "voice" and kind == "addressee":
        raise UnknownNameError(
            "kind='addressee' with nodes='voice': an addressee is an actor; take actor or type"
        )
    fitting = TWO_MODE if kind in TWO_SIDED else ONE_MODE
    if normalisation not in fitting:
        raise UnknownNameError(
            f"normalisation={normalisation!r}; for kind={kind!r} there are {', '.join(fitting)}"
        )
    if kind not in TWO_SIDED:
        if stances is not None:
            raise UnknownNameError(f"stances={stances!r}: kind={kind!r} itself says what counts")
        return
    if stances not in get_args(Stances):
        raise UnknownNameError(
            f"stances={stances!r}; kind={kind!r} needs one of {', '.join(get_args(Stances))}"
        )
    if stances == "combine" and normalisation != "none":
        raise UnknownNameError(
            f"normalisation={normalisation!r}: with stances='combine' a cell is no count that "
            "could be divided; write none"
        )


def _ordered(found: Iterable[str], nodes: Nodes) -> list[str]:
    order = {each: place for place, each in enumerate(_ORDER.get(nodes, ()))}
    return sorted(found, key=lambda each: (order.get(each, len(order)), each))


def _columns(
    tables: Tables,
    scheme: str,
    kind: Kind,
    nodes: Nodes,
    listed: Sequence[Entry],
    silent: Iterable[str],
) -> list[str]:
    if kind == "addressee":
        return _ordered({*silent, *(each.column for each in listed)}, nodes)
    return list(tables.scheme(scheme).code_ids)


def _names(scheme: str, kind: Kind, nodes: Nodes) -> tuple[str, str]:
    axis = AXES[nodes]
    if kind == "two_mode":
        return axis, scheme
    return axis, f"of_{axis}" if kind == "addressee" else f"with_{axis}"


def _frame(
    ties: Counts, rows: Sequence[str], columns: Sequence[str], *, is_whole: bool
) -> pd.DataFrame:
    made = {
        column: pd.Series(
            [None if np.isnan(value) else float(value) for value in ties[:, place]],
            index=list(rows),
            dtype="Float64",
        )
        for place, column in enumerate(columns)
    }
    frame = pd.DataFrame(made, index=pd.Index(list(rows), dtype=object))
    return frame.astype("Int64") if is_whole else frame


def _has_tie(counts: Counts, *, kind: Kind, stances: Stances | None) -> np.ndarray[Any, Any]:
    """Where anything stands behind a cell, also where for and against cancel each other out."""
    if kind in TWO_SIDED:
        return np.asarray(counts[:, :, 1] > 0 if stances == "for" else counts.sum(axis=2) > 0)
    behind = np.zeros((len(counts), len(counts)))
    for part in ("congruence", "conflict"):
        if kind in (part, "subtract"):
            behind += one_mode(counts, kind=part, normalisation="none")
    return np.asarray(behind > 0)


def _shown(frame: pd.DataFrame) -> pd.DataFrame:
    """A node has no tie with itself: its own cell says nothing."""
    shown = pd.DataFrame(index=frame.index, columns=frame.columns, dtype=object)
    for each in frame.index:
        if each in frame.columns:
            shown.loc[each, each] = "–"
    return shown


def _what(tables: Tables, scheme: str) -> str:
    return tables.scheme(scheme).title.lower()
