"""The tables of a study, frozen together.

Comes in: sources, units, zones, codings, readings, verdicts, cases and schemes.
Goes out: one bundle that every comparison is a function of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from tertium.errors import UnknownNameError
from tertium.schemes.scheme import Scheme


@dataclass(frozen=True)
class Tables:
    """Everything that a comparison may look at; columns stand in `tertium.columns`.

    Parameters
    ----------
    sources, units, zones, codings, readings, verdicts, cases : DataFrame
        See `SOURCES`, `UNITS`, `ZONE_COLUMNS`, `CODINGS`, `READINGS`, `VERDICTS`, `CASES`.
    case_sources : DataFrame
        Which sources tell which case: case_id, source_id, start, end.
    schemes : mapping of str to Scheme
        By name.
    deciding_coder : str
        The coder whose verdicts and codings the comparisons use.
    renders : mapping of str to str
        Which text each source of the manifest digests, translates or copies, also those that
        are not read.
    """

    sources: pd.DataFrame
    units: pd.DataFrame
    zones: pd.DataFrame
    codings: pd.DataFrame
    readings: pd.DataFrame
    verdicts: pd.DataFrame
    cases: pd.DataFrame
    case_sources: pd.DataFrame
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    deciding_coder: str = "rule"
    renders: Mapping[str, str] = field(default_factory=dict)

    def scheme(self, name: str) -> Scheme:
        """The scheme called `name`, or an error that lists what there is."""
        if name not in self.schemes:
            raise UnknownNameError(
                f"the study has no scheme {name!r}; it has {', '.join(sorted(self.schemes))}"
            )
        return self.schemes[name]

    def counted_sources(self) -> pd.DataFrame:
        """The sources that a count may take: one text of each work.

        A digest, a translation or a copy is one work with what it renders, also where that is
        not at hand. Of the texts of a work the one with fewest steps from it is counted: the
        original before its digest, a digest before the digest's translation.
        """
        first: dict[str, tuple[int, bool, str]] = {}
        rows = self.sources[["source_id", "kind", *RENDERINGS]].to_dict("records")
        renders = {**self.renders, **renderings(rows, id_column="source_id")}
        for row in rows:
            root, steps = _root(str(row["source_id"]), renders)
            rank = (steps, row["kind"] == "digest", str(row["source_id"]))
            first[root] = min(rank, first.get(root, rank))
        counted = {source_id for _, _, source_id in first.values()}
        return self.sources[self.sources["source_id"].isin(counted)]


RENDERINGS = ("digest_of", "translation_of", "copy_of")


def renderings(rows: Iterable[Mapping[Any, Any]], *, id_column: str) -> dict[str, str]:
    """Which text each source renders, by id; a text that renders none is left out.

    Examples
    --------
    >>> renderings([{"id": "a", "digest_of": "b"}, {"id": "b"}], id_column="id")
    {'a': 'b'}
    """
    found: dict[str, str] = {}
    for row in rows:
        for column in RENDERINGS:
            rendered = row.get(column)
            if rendered is not None and not pd.isna(rendered) and rendered:
                found[str(row[id_column])] = str(rendered)
                break
    return found


def work_of(source_id: str, renders: Mapping[str, str]) -> str:
    """The work that a text belongs to: what it renders, and that renders, to the end.

    Examples
    --------
    >>> work_of("digest", {"digest": "translation", "translation": "original"})
    'original'
    """
    return _root(source_id, renders)[0]


def _root(source_id: str, renders: Mapping[str, str]) -> tuple[str, int]:
    """The work that a text belongs to, and how many steps away; a circle ends at its least id."""
    seen = [source_id]
    while seen[-1] in renders:
        following = renders[seen[-1]]
        if following in seen:
            return min(seen[seen.index(following) :]), len(seen) - 1
        seen.append(following)
    return seen[-1], len(seen) - 1
