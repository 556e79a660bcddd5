"""The study file, and the bundle of tables that it leads to.

Comes in: a study file: one question, its sources, schemes, coders, notebooks.
Goes out: a `Study` whose `tables` every comparison is a function of.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from tertium.agreement.adjudication.made_from import made_from
from tertium.agreement.assignment.read import read_plan
from tertium.agreement.policy import Policy, measured_policy
from tertium.bundle import Sampling, Tables, renderings
from tertium.coding.classify import classify
from tertium.coding.coder import Coded, code
from tertium.coding.logs.in_force import in_force, uncounted
from tertium.coding.logs.log import CODINGS, Line, coders_in, is_unfinished, read_log, standing
from tertium.coding.logs.log_check import later_faults, log_faults
from tertium.coding.logs.replay import replay
from tertium.coding.logs.stale import stale_codings, waived_in
from tertium.columns import (
    CASES,
    EXPECTATIONS,
    FACTS,
    MEMBERSHIPS,
    PLANS,
    TEXTS,
    UNITS,
    ZONE_COLUMNS,
    CoderKind,
    Texts,
    frame,
    names,
)
from tertium.errors import Fault, InputError, UnknownNameError
from tertium.schemes.actors import COLUMNS as ACTOR_COLUMNS
from tertium.schemes.actors import actor_scheme
from tertium.schemes.scheme import Scheme
from tertium.sources.files.rows import read_rows
from tertium.sources.listed.cases import LINK_COLUMNS, Cases, read_cases
from tertium.sources.listed.expectations import read_expectations
from tertium.sources.listed.read import listed_rows
from tertium.sources.listed.references import entry_order
from tertium.sources.manifest import ManifestRow
from tertium.sources.read import Collection, read_sources
from tertium.sources.source import Source
from tertium.sources.units import find_units
from tertium.sources.zones import MADE_BY, find_zones
from tertium.study_file import CODERS, StudyFile, study_content, study_scheme
from tertium.study_sets import Around, SetsRead, read_set_plans

STUDIES = Path("data") / "studies"
BIBLIOGRAPHY = "data/references.bib"


class CoderFacts(NamedTuple):
    """Who codes in a study: name, version (of a machine; else empty) and kind."""

    name: str
    version: str
    kind: CoderKind


class Listed(NamedTuple):
    """What a study's tables hold, and every fault in them; no collection where that has one."""

    collection: Collection | None
    rows: tuple[ManifestRow, ...]
    cases: Cases
    faults: tuple[Fault, ...]
    renders: Mapping[str, str]
    part_of: Mapping[str, str]


@dataclass(frozen=True)
class Study:
    """One question with its sources, schemes, coders and notebooks.

    Parameters
    ----------
    name : str
        Stem of the study file.
    root : Path
        Folder that the file's paths start from.
    path : Path
        The study file.
    content : StudyFile
        Its keys.

    Attributes
    ----------
    tables : Tables
        Read, coded and classified on first use.
    """

    name: str
    root: Path
    path: Path
    content: StudyFile

    @property
    def texts(self) -> Texts:
        """Which texts are read: digests, originals, or both where both are at hand."""
        return self.content.sources.texts

    @cached_property
    def collection(self) -> Collection:
        """The sources that the manifest names, strictly read.

        Raises
        ------
        InputError
            With every fault of the sources, of the actors, and of the cases that rest on them.
        """
        if self.listed.faults or self.listed.collection is None:
            raise InputError(self.listed.faults)
        return self.listed.collection

    @cached_property
    def listed(self) -> Listed:
        """What the study's tables hold, and every fault in them."""
        collection, listed = None, None
        rows: tuple[ManifestRow, ...] = ()
        renders: dict[str, str] = {}
        faults: list[Fault] = []
        manifest = self.root / self.content.sources.manifest
        try:
            rows = listed_rows(manifest)
            listed = {row.id for row in rows}
            renders = renderings([{**row.facts, "id": row.id} for row in rows], id_column="id")
            collection = read_sources(manifest, texts=self.texts)
        except InputError as error:
            faults += error.faults
        cases = Cases()
        if self.content.cases is not None:
            texts = collection.sources if collection else ()
            cases, found = read_cases(
                self.root / self.content.cases,
                shown=self.content.cases.rstrip("/"),
                sources=listed,
                lengths={source.id: len(source.text) for source in texts},
            )
            faults += found
        try:
            _ = self.actors
        except InputError as error:
            faults += error.faults
        part_of = {row.id: row.facts["part_of"] for row in rows if "part_of" in row.facts}
        return Listed(collection, rows, cases, tuple(sorted(set(faults))), renders, part_of)

    @cached_property
    def own_schemes(self) -> tuple[Scheme, ...]:
        """The schemes that the study file names, in its order."""
        return tuple(study_scheme(self.root, each) for each in self.content.schemes)

    @cached_property
    def schemes(self) -> tuple[Scheme, ...]:
        """The schemes in the study's order; the actors last, where the study lists cases."""
        return (*self.own_schemes, self.actors) if self.actors else self.own_schemes

    @cached_property
    def actors(self) -> Scheme | None:
        """The list of actors as a scheme; None where the study lists no cases or no actors."""
        if self.content.cases is None:
            return None
        path = (self.root / self.content.cases).parent / "actors.csv"
        if not path.exists():
            return None
        shown = path.relative_to(self.root).as_posix()
        rows, faults = read_rows(path, ACTOR_COLUMNS, file=shown)
        if not rows and faults:
            raise InputError(faults)
        try:
            scheme = actor_scheme(rows, file=shown)
        except InputError as error:
            faults += error.faults
        if faults:
            raise InputError(faults)
        return scheme

    @cached_property
    def log(self) -> tuple[Line, ...]:
        """The lines that stand in the logs of the study's coders, on whichever text.

        Raises
        ------
        InputError
            With every broken line; one that a crash cut short is left out.
        """
        named = [name for name in self.content.coders if name not in CODERS]
        lines, faults = read_log(self.root / CODINGS, shown=CODINGS, coders=named)
        broken = [fault for fault in faults if not is_unfinished(fault)]
        if broken:
            raise InputError(broken)
        return tuple(standing(lines))

    @cached_property
    def logged(self) -> Coded:
        """What the study's coders wrote into their logs on the texts that are read.

        Under the versions of the schemes that they had before them; in `tables` stands what
        the versions in force make of it.

        Raises
        ------
        InputError
            With every line that does not fit its text or scheme.
        """
        texts = {source.id: source for source in self.collection.sources}
        by_name = {scheme.name: scheme for scheme in self.schemes}
        lines = [
            line
            for line in self.log
            if line.source_id in texts and line.content.get("scheme") in by_name
        ]
        checksums = {source.id: source.text_sha256 for source in texts.values()}
        faults = list(
            log_faults(lines, checksums=checksums, sources=texts.values(), schemes=by_name)
        )
        faults += later_faults(lines, by_name)
        if faults:
            raise InputError(faults)
        return replay(lines, sources=texts.values(), schemes=self.schemes)

    @cached_property
    def coders(self) -> dict[str, CoderFacts]:
        """Who codes in the study, in its order; of a log that is empty yet, a person."""
        found = {}
        for name in self.content.coders:
            if name in CODERS:
                coder = CODERS[name]
                found[name] = CoderFacts(name, coder.version, coder.kind)
                continue
            own = [line.content for line in self.log if line.coder == name]
            versions = sorted(
                {str(line["coder_version"]) for line in own if "coder_version" in line}
            )
            kind: CoderKind = own[0]["coder_kind"] if own else "human"
            found[name] = CoderFacts(name, ", ".join(versions), kind)
        return found

    @property
    def _bibliography(self) -> dict[str, tuple[str, str]]:
        """Date and title of each publication in the bibliography."""
        path = self.root / BIBLIOGRAPHY
        text = path.read_text(encoding="utf-8-sig", errors="replace") if path.is_file() else ""
        return entry_order(text)

    @cached_property
    def tables(self) -> Tables:
        """The bundle that every comparison is a function of."""
        sources = self.collection.sources
        coders = [CODERS[name]() for name in self.content.coders if name in CODERS]
        derived = code(sources, self.schemes, coders=coders)
        logged = in_force(self.logged, self.schemes)
        codings = pd.concat([derived.codings, logged.codings], ignore_index=True)
        readings = pd.concat([derived.readings, logged.readings], ignore_index=True)
        verdicts = [
            classify(codings, sources, scheme, readings=readings, **self._thresholds(scheme))
            for scheme in self.schemes
        ]
        cases, case_sources = self._cases({source.id for source in sources})
        sets = self.set_plans
        tables = Tables(
            sources=self.collection.frame,
            units=units_table(sources),
            zones=zones_table(sources),
            codings=codings,
            readings=readings,
            verdicts=pd.concat(verdicts, ignore_index=True),
            cases=cases,
            case_sources=case_sources,
            schemes={scheme.name: scheme for scheme in self.schemes},
            deciding_coder=self.content.deciding_coder,
            deciding_coders=self.content.deciding_coders,
            renders=self.listed.renders,
            part_of=self.listed.part_of,
            stale=stale_codings(
                self.logged.codings,
                waived_in(self.log),
                self.schemes,
                readings=self.logged.readings,
            ),
            readings_as_written=self.logged.readings,
            uncounted=uncounted(self.logged, self.schemes),
            made_from=made_from(self.log),
            facts=self._facts({str(each) for each in cases["case_id"]}),
            expectations=self.expectations,
            sampling=self._sampling,
            plans=self.plans,
            bibliography=self._bibliography,
            thresholds={
                name: (part.present, part.undecided)
                for name, part in self.content.thresholds.items()
            },
            set_plans=sets.plans,
            memberships=frame(sets.rows, MEMBERSHIPS) if sets.plans else None,
        )
        return replace(tables, policy=self._policy(tables))

    def _policy(self, tables: Tables) -> Policy | None:
        """What the study asks of agreement, measured on the texts that a count may take."""
        part = self.content.agreement
        if part is None:
            return None
        return measured_policy(
            tables.codings,
            tables.readings,
            tables.units[tables.units["source_id"].isin(tables.counted_sources()["source_id"])],
            schemes=self.schemes,
            alpha=part.alpha,
            tentative=part.tentative,
            strict=part.strict,
            unit=part.unit,
            as_written=tables.readings_as_written,
        )

    @cached_property
    def expectations(self) -> pd.DataFrame | None:
        """Who could be expected to mention what; None where the study names no register.

        Raises
        ------
        InputError
            With every fault of the register.
        """
        if self.content.expectations is None:
            return None
        rows, faults = read_expectations(
            self.root / self.content.expectations,
            shown=self.content.expectations,
            schemes={scheme.name: scheme.code_ids for scheme in self.schemes},
        )
        if faults:
            raise InputError(faults)
        known = [{name: cell or None for name, cell in row.cells.items()} for row in rows]
        return frame(known, EXPECTATIONS)

    @property
    def _sampling(self) -> Sampling | None:
        part = self.content.sampling
        return None if part is None else Sampling(part.design, part.why)

    @cached_property
    def plans(self) -> pd.DataFrame | None:
        """Who was drawn to code which source; None where the study names no plan.

        Raises
        ------
        InputError
            With every fault of the plans.
        """
        if not self.content.assignments:
            return None
        rows: list[dict[str, Any]] = []
        faults: list[Fault] = []
        for plan in self.content.assignments:
            try:
                read = read_plan(self.root / plan, file=plan)
            except InputError as error:
                faults += error.faults
                continue
            rows += [
                {"plan": plan, **{name: row[name] for name in names(PLANS) if name != "plan"}}
                for row in read.to_dict("records")
            ]
        if faults:
            raise InputError(faults)
        return frame(rows, PLANS)

    @cached_property
    def set_plans(self) -> SetsRead:
        """The plans of set analyses and what is stated for them.

        Raises
        ------
        InputError
            With every fault of the plans and of their tables.
        """
        read = self.read_set_plans()
        if read.faults:
            raise InputError(read.faults)
        return read

    def read_set_plans(self, *, keys: frozenset[str] | None = None) -> SetsRead:
        """The plans of set analyses with every fault in them; `keys` of the bibliography."""
        if not self.content.set_plans:
            return SetsRead()
        schemes = None
        with contextlib.suppress(InputError):  # the check of the actors tells what is wrong
            schemes = self.schemes
        collection = self.listed.collection
        around = Around(
            root=self.root,
            manifest=self.listed.rows,
            cases=self.listed.cases,
            texts=tuple(collection.sources) if collection else (),
            schemes=schemes,
            coders=self.content.coders,
            keys=keys,
        )
        return read_set_plans(self.content.set_plans, around)

    def _facts(self, case_ids: set[str]) -> pd.DataFrame:
        """What is known of the cases that are there."""
        rows = [
            {name: value or None for name, value in row.cells.items()}
            for row in self.listed.cases.facts
            if row["case_id"] in case_ids
        ]
        return frame(rows, FACTS)

    def _thresholds(self, scheme: Scheme) -> dict[str, Any]:
        part = self.content.thresholds.get(scheme.name)
        return {"present": part.present, "undecided": part.undecided} if part else {}

    def _cases(self, source_ids: set[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The cases that a source tells which is there, and which source tells which."""
        read = self.listed.cases
        links = pd.DataFrame([row.cells for row in read.links], columns=list(LINK_COLUMNS))
        links = links[links["source_id"].isin(source_ids)].reset_index(drop=True)
        told = set(links["case_id"])
        rows = [
            {**{k: v or None for k, v in row.cells.items() if k != "id"}, "case_id": row["id"]}
            for row in read.cases
            if row["id"] in told
        ]
        return frame(rows, CASES), links

    def with_texts(self, texts: Texts | None) -> Study:
        """The same study over other texts."""
        if texts is None or texts == self.texts:
            return self
        sources = self.content.sources.model_copy(update={"texts": texts})
        return replace(self, content=self.content.model_copy(update={"sources": sources}))

    def with_coders(self, coders: str | Iterable[str]) -> Study:
        """The same study with these coders beside its own; who decides stays.

        Parameters
        ----------
        coders : str or iterable of str
            Names, or one text that parts them by commas.

        Raises
        ------
        UnknownNameError
            Somebody has no log in data/codings; the message lists who has.
        """
        given = coders.split(",") if isinstance(coders, str) else coders
        wanted = dict.fromkeys(name.strip() for name in given)
        there = [*CODERS, *coders_in(self.root / CODINGS)]
        strange = [name for name in wanted if name not in there]
        if strange:
            raise UnknownNameError(
                f"no coder {strange[0]!r} has a log in {CODINGS}; there are {', '.join(there)}"
            )
        named = tuple(dict.fromkeys([*self.content.coders, *wanted]))
        return replace(self, content=self.content.model_copy(update={"coders": named}))


def open_study(study: str | Path, *, texts: Texts | None = None) -> Study:
    """The study of a name, or in a file.

    Parameters
    ----------
    study : str or Path
        A name such as ``"labour-organising"``, looked for as ``data/studies/<name>.yml`` in
        this folder and those above it; or the path of a study file.
    texts : {"digests", "originals", "both"}, optional
        In place of what the file says.

    Raises
    ------
    InputError
        Lists every fault of the file.
    UnknownNameError
        No study of that name is found, or `texts` is none of the three.

    Examples
    --------
    >>> open_study("labour-organising").content.schemes[0]
    'approach@1.1.0'
    """
    if texts is not None and texts not in TEXTS:
        raise UnknownNameError(f"texts: {texts!r} is unknown; write one of: {', '.join(TEXTS)}")
    path = _study_path(study)
    shown = path.name
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        found = f"can't be read ({type(error).__name__})"
        raise InputError([Fault(shown, 0, "", found, "save it as UTF-8 text")]) from None
    root = _root(path)
    content = study_content(text, root=root, shown=shown)
    return Study(path.stem, root, path, content).with_texts(texts)


def _study_path(study: str | Path) -> Path:
    if isinstance(study, Path) or str(study).endswith((".yml", ".yaml")):
        path = Path(study)
        if not path.is_file():
            remedy = "check the path"
            raise InputError([Fault(str(study), 0, "", "there is no such file", remedy)])
        return path.resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        path = folder / STUDIES / f"{study}.yml"
        if path.is_file():
            return path
    there = sorted(path.stem for path in (here / STUDIES).glob("*.yml"))
    listed = f"there are {', '.join(there)}" if there else "no folder above here has data/studies"
    raise UnknownNameError(f"no study {str(study)!r} is found; {listed}")


def _root(path: Path) -> Path:
    """The folder above data/studies; for a study file elsewhere, its own folder."""
    if path.parent.name == STUDIES.name and path.parent.parent.name == STUDIES.parent.name:
        return path.parent.parent.parent
    return path.parent


def units_table(sources: Sequence[Source]) -> pd.DataFrame:
    """Documents, paragraphs and sentences of `sources`, with the columns `UNITS`."""
    rows = [
        {
            "unit_id": f"{source.id}:{unit.kind}:{unit.number}",
            "source_id": source.id,
            "text_sha256": source.text_sha256,
            "unit": unit.kind,
            "number": unit.number,
            "start": unit.span.start,
            "end": unit.span.end,
            "zone": unit.zone,
            "page": unit.page,
        }
        for source in sources
        for kind in ("document", "paragraph", "sentence")
        for unit in find_units(source, kind)
    ]
    return frame(rows, UNITS)


def zones_table(sources: Sequence[Source]) -> pd.DataFrame:
    """The zones of `sources`, with the columns `ZONE_COLUMNS`."""
    rows = [
        {
            "source_id": source.id,
            "text_sha256": source.text_sha256,
            "start": zone.span.start,
            "end": zone.span.end,
            "zone": zone.zone,
            "level": zone.level,
            "made_by": MADE_BY,
        }
        for source in sources
        for zone in find_zones(source)
    ]
    return frame(rows, ZONE_COLUMNS)
