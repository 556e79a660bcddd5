"""Networks of who claims what, who stands with whom, and who demands of whom.

Comes in: the statements of a coder.
Goes out: an adjacency whose every cell leads to the statements behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from tertium.bundle import Tables
from tertium.columns import ACTOR_TYPES, VOICES
from tertium.comparison.networks.answers import answers
from tertium.comparison.networks.behind import behind_cells, of_pairs, of_two_sides
from tertium.comparison.networks.choices import (
    Isolates,
    Kind,
    Normalisation,
    check_choices,
)
from tertium.comparison.networks.made import one_sided, two_sided
from tertium.comparison.networks.near import REST, Near, Within
from tertium.comparison.networks.normalise import Counts, Stances
from tertium.comparison.networks.spoken import spoken
from tertium.comparison.networks.statements import actor_labels, what_is_counted
from tertium.comparison.networks.ties import (
    AXES,
    Between,
    Duplicates,
    Entry,
    Nodes,
    all_nodes,
    entries,
    in_few_sources,
    published,
)
from tertium.comparison.networks.told import (
    TITLES,
    how,
    left_alone,
    left_for_few,
    rest_left_out,
    unaddressed,
)
from tertium.comparison.passages import Passages
from tertium.comparison.result import Result, comparison, support_table

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
    within: Within | None = None,
    coder: str | None = None,
    between: Between | None = None,
    isolates: Isolates = "drop",
    min_sources: int = 1,
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
        they claim; what answers a claim is no demand, and is left out.
    nodes : {"actor", "type", "voice"}
        Who is tied: actors, their types, or the voices of the sources that tell of it.
    duplicates : {"all", "source", "year", "study"}
        Within what the same node, claim and side (and addressee) count once; all: every
        statement counts.
    normalisation : {"none", "activity", "prominence", "average", "jaccard", "cosine"}
        two_mode and addressee: none, activity, prominence; the others: none, average, jaccard,
        cosine. See `tertium.comparison.networks.normalise`.
    stances : {"for", "ignore", "subtract", "combine"}, optional
        Needed for two_mode and addressee, and for them alone: what a cell counts.
    within : {"study", "case", "source"}, optional
        Needed for congruence, conflict and subtract, and for them alone: where two statements
        must stand to tie. study: anywhere, as the manual has it, be it in disputes that have
        nothing to do with each other. case: in sources of the same case.
    coder : str, optional
        Whose statements; None: of who decides on the scheme.
    between : (str, str), optional
        Only sources published in this time, both ends included (EDTF).
    isolates : {"drop", "keep"}
        Whether rows and columns without any tie are left out; the note names them. keep: types
        and voices that the study has and that say nothing stand there as well.
    min_sources : int
        Rows, and addressees, whose statements stand in fewer sources are left out and counted
        in the note; what is divided by still holds their statements.

    Returns
    -------
    Result
        `frame`: the adjacency. 0: no such statement was coded. Evidence of a cell are the
        statements behind it, also those that were not counted twice. A tie says the same both
        ways, so congruence, conflict and subtract show and evidence each pair once, below the
        diagonal (the frame has both halves). In these the code `other` ties nobody, for two
        other claims need not be the same.

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
    ...         normalisation="average", within="case", coder="ana").frame    # doctest: +SKIP
    """
    check_choices(
        kind=kind, nodes=nodes, duplicates=duplicates, normalisation=normalisation,
        stances=stances, within=within, isolates=isolates, min_sources=min_sources,
    )  # fmt: skip
    passages = Passages(tables)
    told = spoken(passages, scheme=scheme, coder=coder)
    positions, when = published(passages, told.positions, between)
    answering = answers(positions) if kind == "addressee" else []
    listed = entries(
        passages,
        [each for each in positions if each not in answering],
        nodes=nodes,
        addressees=kind == "addressee",
    )
    silent = all_nodes(passages, nodes) if isolates == "keep" else ()
    rows = _ordered({*silent, *(each.node for each in listed)}, nodes)
    columns = _columns(tables, scheme, kind, nodes, listed, silent)
    claims = {code.id: code.label for code in tables.scheme(scheme).codes}
    if within is None:
        made = two_sided(passages, listed, rows, columns, duplicates, stances, normalisation)
        if kind == "addressee":
            made.told.append(unaddressed(positions, answering, stances))
    else:
        near = Near(passages, within)
        made = one_sided(passages, listed, rows, kind, nodes, duplicates, normalisation, near)
        columns = rows
        made.told.append(
            rest_left_out(sum(each.code == REST for each in positions), claims.get(REST, REST))
        )
    few = in_few_sources(((each.node, each.position) for each in listed), min_sources)
    few_columns = few
    if kind == "addressee":
        asked = ((each.column, each.position) for each in listed)
        few_columns = in_few_sources(asked, min_sources)
    elif kind == "two_mode":
        few_columns = set()
    frame = _frame(made.ties, rows, columns, is_whole=normalisation == "none")
    frame.index.name, frame.columns.name = _names(scheme, kind, nodes)
    enough = [each not in few for each in rows]
    enough_across = [each not in few_columns for each in columns]
    frame = frame.loc[enough, enough_across]
    has_tie = made.has_tie[np.ix_(enough, enough_across)]
    tied = [[bool(each.any()) for each in side] for side in (has_tie, has_tie.T)]
    alone = [each for each, is_tied in zip(frame.index, tied[0], strict=True) if not is_tied]
    unclaimed = [each for each, is_tied in zip(frame.columns, tied[1], strict=True) if not is_tied]
    if kind == "addressee":
        alone = sorted(
            {*alone, *unclaimed} - set(frame.index[tied[0]]) - set(frame.columns[tied[1]])
        )
    if isolates == "drop":
        frame = frame.loc[tied[0], tied[1]]
    if within is None:
        behind = of_two_sides(listed, stances)
    else:
        behind = of_pairs(made.listed, list(frame.index), kind=kind, near=near)
    there = {(row, column) for row in frame.index for column in frame.columns}
    behind = {cell: found for cell, found in behind.items() if cell in there}
    labels = actor_labels(tables)
    names = {each: labels.get(each, each) for each in (*rows, *columns) if nodes == "actor"}
    left = len(few | few_columns) if kind == "addressee" else len(few)
    notes = [
        how(kind, nodes, duplicates, normalisation, stances, within),
        *made.told,
        left_for_few(left, min_sources),
        left_alone([names.get(each, each) for each in alone], isolates),
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
        support=support_table(behind_cells(passages, behind, scheme=scheme, coder=told.coder)),
        row_labels=names,
        column_labels=claims if kind == "two_mode" else names,
        shown=_shown(frame, is_half=within is not None, is_whole=normalisation == "none"),
        missing="no statement",
    )


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


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


def _shown(frame: pd.DataFrame, *, is_half: bool, is_whole: bool) -> pd.DataFrame | None:
    """Two decimals; a node has no tie with itself, and a pair stands once, below the diagonal."""
    if not is_half and is_whole:
        return None
    shown = pd.DataFrame(index=frame.index, columns=frame.columns, dtype=object)
    for row, node in enumerate(frame.index):
        for column, other in enumerate(frame.columns):
            value: Any = frame.iat[row, column]
            if is_half and column >= row:
                shown.iat[row, column] = "–" if node == other else ""
            elif not is_whole and not pd.isna(value):
                shown.iat[row, column] = f"{value:.2f}" if value else "0"
    return shown


def _what(tables: Tables, scheme: str) -> str:
    return tables.scheme(scheme).title.lower()
