"""The tables of a study, frozen together.

Comes in: sources, units, zones, codings, readings, verdicts, cases and schemes.
Goes out: one bundle that every comparison is a function of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pandas as pd

from tertium.agreement.policy import Policy
from tertium.errors import UnknownNameError
from tertium.schemes.scheme import Scheme
from tertium.sources.listed.set_plans import SetPlan
from tertium.sources.manifest import RENDERINGS

Design = Literal["random", "census", "convenience"]


@dataclass(frozen=True)
class Sampling:
    """How the sources of a study came to be in it, which decides what a test may say.

    Parameters
    ----------
    design : {"random", "census", "convenience"}
        random: drawn by lot from a population that is named. census: all there are.
        convenience: those that were found.
    why : str
        How it was done, in a sentence.
    """

    design: Design
    why: str


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
    deciding_coders : mapping of str to str
        By scheme, who decides in place of `deciding_coder`.
    renders : mapping of str to str
        Which text each source of the manifest digests, translates or copies, also those that
        are not read.
    part_of : mapping of str to str
        Which compiled source each source of the manifest is part of, also those that are not
        read.
    policy : Policy, optional
        What agreement a code needs, and what is measured; None: the study asks for none.
    stale : DataFrame, optional
        Codings made under an older definition of their code; columns `STALE`.
    readings_as_written : DataFrame, optional
        Readings of logs with the version of the scheme that their coders had before them;
        in `readings` they stand under the version in force.
    uncounted : mapping of (str, str) to tuple of str
        By scheme and coder: what was coded under earlier versions and has no place in the one
        in force, one sentence a code.
    made_from : mapping of (scheme, coder) to frozenset of str
        The coders whose codings a log of what was settled ("gold") decides on.
    facts : DataFrame, optional
        What is known of the cases, a row a value; columns `FACTS`.
    expectations : DataFrame, optional
        Who could be expected to mention what, and why; columns `EXPECTATIONS`.
    sampling : Sampling, optional
        How the sources came to be in the study; None: the study file does not say.
    plans : DataFrame, optional
        Who was drawn to code which source; columns `PLANS`.
    bibliography : mapping of str to (str, str)
        By citation key, date and title of the publication, as the bibliography puts them in order.
    thresholds : mapping of str to (float, float)
        By scheme, from which score on a code is present, and undecided, where the study file
        says otherwise than the scheme.
    set_plans : mapping of str to SetPlan
        Plans of set analyses, by id.
    memberships : DataFrame, optional
        What is stated of the cases for these plans, a row a passage or citation; columns
        `MEMBERSHIPS`.
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
    deciding_coders: Mapping[str, str] = field(default_factory=dict)
    renders: Mapping[str, str] = field(default_factory=dict)
    part_of: Mapping[str, str] = field(default_factory=dict)
    policy: Policy | None = None
    stale: pd.DataFrame | None = None
    readings_as_written: pd.DataFrame | None = None
    uncounted: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    made_from: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    facts: pd.DataFrame | None = None
    expectations: pd.DataFrame | None = None
    sampling: Sampling | None = None
    plans: pd.DataFrame | None = None
    bibliography: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    thresholds: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    set_plans: Mapping[str, SetPlan] = field(default_factory=dict)
    memberships: pd.DataFrame | None = None

    def stale_by_code(self, scheme: str, coders: Iterable[str]) -> dict[str, int]:
        """How many codings of each code, as it is now called, are stale, of these coders.

        A coding of a code that was split counts for each part; "" holds how many there are.
        """
        if self.stale is None:
            return {}
        own = self.stale[(self.stale["scheme"] == scheme) & self.stale["coder"].isin(list(coders))]
        if own.empty:
            return {}
        number = own["codes_now"].explode().dropna().value_counts()
        return {"": len(own), **{str(code): int(each) for code, each in number.items()}}

    def scheme(self, name: str) -> Scheme:
        """The scheme called `name`, or an error that lists what there is."""
        if name not in self.schemes:
            raise UnknownNameError(
                f"the study has no scheme {name!r}; it has {', '.join(sorted(self.schemes))}"
            )
        return self.schemes[name]

    def decides(self, scheme: str) -> str:
        """The coder whose codings and verdicts on a scheme the comparisons use."""
        return self.deciding_coders.get(scheme, self.deciding_coder)

    def deciders(self, schemes: Iterable[str] = ()) -> str:
        """Who decides on these schemes, in words for a note.

        `deciding_coder` is named first and alone where it decides on any of them, the others
        with their schemes; without schemes it is meant for all.

        Examples
        --------
        >>> from tertium.columns import SOURCES, frame
        >>> empty = frame([], SOURCES)
        >>> tables = Tables(*[empty] * 8, deciding_coders={"claim": "ana", "tier": "bo"})
        >>> tables.deciders(["approach"]), tables.deciders(["approach", "claim"])
        ('rule', 'rule; claim by ana')
        >>> tables.deciders(["claim", "tier"])
        'claim by ana; tier by bo'
        """
        schemes_of: dict[str, list[str]] = {}
        for scheme in schemes:
            schemes_of.setdefault(self.decides(scheme), []).append(scheme)
        if len(schemes_of) <= 1:
            return next(iter(schemes_of), self.deciding_coder)
        default = [self.deciding_coder] if schemes_of.pop(self.deciding_coder, None) else []
        others = [f"{', '.join(own)} by {coder}" for coder, own in schemes_of.items()]
        return "; ".join([*default, *others])

    def decided_by(self, **coders: str) -> Tables:
        """The tables with other coders who decide, by scheme: ``decided_by(claim="ana")``.

        Raises
        ------
        UnknownNameError
            The study has no such scheme, or that coder neither coded nor read with it; the
            message names who did.
        """
        for scheme, coder in coders.items():
            self.scheme(scheme)
            there = {
                str(each)
                for table in (self.codings, self.readings)
                for each in table.loc[(table["scheme"] == scheme).fillna(False), "coder"].dropna()
            }
            if coder not in there:
                raise UnknownNameError(
                    f"{coder!r} has not read with the scheme {scheme}; "
                    f"{', '.join(sorted(there)) or 'nobody'} has"
                )
        return replace(self, deciding_coders={**self.deciding_coders, **coders})

    def counted_sources(self, *, parts: bool = False) -> pd.DataFrame:
        """The sources that a count may take: one text of each work.

        A digest, a translation or a copy is one work with what it renders, also where that is
        not at hand. Of the texts of a work the one with fewest steps from it is counted: the
        original before its digest, a digest before the digest's translation. A compiled work
        is counted and its parts are not, or with `parts` the other way round.
        """
        return counted(self.sources, self.renders, self.part_of, parts=parts)

    def wholes(self) -> dict[str, frozenset[str]]:
        """The compiled works that each work is part of, as any of its texts says.

        A work is named by the text that its others render (see `work_of`); one that is part
        of none is left out.
        """
        columns = ["source_id", *(name for name in RENDERINGS if name in self.sources)]
        rows = self.sources[columns].to_dict("records")
        known = {**self.renders, **renderings(rows, id_column="source_id")}
        return _wholes(self.sources, known, self.part_of)


def counted(
    sources: pd.DataFrame,
    renders: Mapping[str, str],
    part_of: Mapping[str, str] | None = None,
    *,
    parts: bool = False,
) -> pd.DataFrame:
    """The sources that a count may take, from a table of them; see `Tables.counted_sources`."""
    first: dict[str, tuple[int, bool, str]] = {}
    rows = sources[["source_id", "kind", *RENDERINGS]].to_dict("records")
    known = {**renders, **renderings(rows, id_column="source_id")}
    for row in rows:
        root, steps = _root(str(row["source_id"]), known)
        rank = (steps, row["kind"] == "digest", str(row["source_id"]))
        first[root] = min(rank, first.get(root, rank))
    there = {
        part: whole & first.keys()
        for part, whole in _wholes(sources, known, part_of or {}).items()
        if part in first and whole & first.keys()
    }
    left_out = {whole for of in there.values() for whole in of} if parts else set(there)
    kept = {source_id for root, (_, _, source_id) in first.items() if root not in left_out}
    return sources[sources["source_id"].isin(kept)]


def _wholes(
    sources: pd.DataFrame, known: Mapping[str, str], part_of: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """The compiled works that each work is part of; see `Tables.wholes`."""
    stated = dict(part_of)
    if "part_of" in sources:
        stated |= {
            str(part): str(whole)
            for part, whole in zip(sources["source_id"], sources["part_of"], strict=True)
            if not pd.isna(whole) and whole
        }
    found: dict[str, set[str]] = {}
    for part, whole in stated.items():
        work, compiled = _root(part, known)[0], _root(whole, known)[0]
        # A text is no part of what it renders: else neither would be counted.
        if work != compiled:
            found.setdefault(work, set()).add(compiled)
    return {work: frozenset(found[work]) for work in sorted(found)}


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
