"""The study file, and the bundle of tables that it leads to.

Comes in: a study file: one question, its sources, schemes, coders, notebooks.
Goes out: a `Study` whose `tables` every comparison is a function of.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tertium.bundle import Tables
from tertium.coding.classify import classify
from tertium.coding.coder import Coder, RuleCoder, code
from tertium.columns import CASES, TEXTS, UNITS, ZONE_COLUMNS, Texts, frame
from tertium.errors import Fault, InputError, UnknownNameError
from tertium.schemes.actors import actor_scheme
from tertium.schemes.read import read_scheme
from tertium.schemes.scheme import Scheme
from tertium.sources.read import Collection, read_sources
from tertium.sources.source import Source
from tertium.sources.units import find_units
from tertium.sources.zones import MADE_BY, find_zones
from tertium.yaml_text import Lines, model_faults, parse_yaml

STUDIES = Path("data") / "studies"
CODERS: Mapping[str, type[Coder]] = {RuleCoder.name: RuleCoder}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SourcesPart(_Part):
    """Which texts the study reads."""

    manifest: str
    texts: Texts = "digests"


class NotebookPart(_Part):
    """A notebook of the report, and the parameters that differ from its own."""

    notebook: str
    parameters: dict[str, str | int | float | bool | None] = Field(default_factory=dict)


class ThresholdPart(_Part):
    """Thresholds in place of a scheme's own."""

    present: Annotated[float, Field(gt=0, le=1)]
    undecided: Annotated[float, Field(ge=0, le=1)]


class AgreementPart(_Part):
    """What agreement a code needs before a table may rest on it."""

    alpha: Annotated[float, Field(gt=0, le=1)]
    tentative: Annotated[float, Field(gt=0, le=1)]
    strict: bool = False


class ReportPart(_Part):
    """How the report is set."""

    language: Literal["en"] = "en"
    paper: Literal["a4", "us-letter"] = "a4"
    fonts: tuple[str, ...] = ()
    standard: tuple[str, ...] = ("ua-1", "a-2a")


class StudyFile(_Part):
    """Every key of a study file, version 1; unknown keys are refused."""

    version: Literal[1]
    title: Annotated[str, Field(min_length=1)]
    question: Annotated[str, Field(min_length=1)]
    sources: SourcesPart
    schemes: Annotated[tuple[str, ...], Field(min_length=1)]
    coders: Annotated[tuple[str, ...], Field(min_length=1)] = (RuleCoder.name,)
    deciding_coder: str = RuleCoder.name
    cases: str | None = None
    notebooks: tuple[NotebookPart, ...] = ()
    thresholds: dict[str, ThresholdPart] = Field(default_factory=dict)
    agreement: AgreementPart | None = None
    report: ReportPart = ReportPart()


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
        """The sources that the manifest names, strictly read."""
        return read_sources(self.root / self.content.sources.manifest, texts=self.texts)

    @cached_property
    def schemes(self) -> tuple[Scheme, ...]:
        """The schemes in the study's order; the actors last, where the study lists cases."""
        own = [_study_scheme(self.root, reference) for reference in self.content.schemes]
        actors = self._actors
        return tuple([*own, actors] if actors else own)

    @property
    def _actors(self) -> Scheme | None:
        if self.content.cases is None:
            return None
        path = (self.root / self.content.cases).parent / "actors.csv"
        if not path.exists():
            return None
        return actor_scheme(_read_csv(path), file=path.name)

    @cached_property
    def tables(self) -> Tables:
        """The bundle that every comparison is a function of."""
        sources = self.collection.sources
        coders = [CODERS[name]() for name in self.content.coders]
        codings, readings = code(sources, self.schemes, coders=coders)
        verdicts = [
            classify(codings, sources, scheme, readings=readings, **self._thresholds(scheme))
            for scheme in self.schemes
        ]
        cases, case_sources = self._cases({source.id for source in sources})
        return Tables(
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
        )

    def _thresholds(self, scheme: Scheme) -> dict[str, Any]:
        part = self.content.thresholds.get(scheme.name)
        return {"present": part.present, "undecided": part.undecided} if part else {}

    def _cases(self, source_ids: set[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
        columns = ["case_id", "source_id", "start", "end"]
        if self.content.cases is None:
            return frame([], CASES), pd.DataFrame(columns=columns)
        folder = self.root / self.content.cases
        rows = [
            {**{k: v or None for k, v in row.items() if k != "id"}, "case_id": row["id"]}
            for row in _read_csv(folder / "cases.csv")
        ]
        links = pd.DataFrame(_read_csv(folder / "sources.csv"), columns=columns)
        links = links[links["source_id"].isin(source_ids)].reset_index(drop=True)
        told = set(links["case_id"])
        kept = [row for row in rows if row["case_id"] in told]
        return frame(kept, CASES), links

    def with_texts(self, texts: Texts | None) -> Study:
        """The same study over other texts."""
        if texts is None or texts == self.texts:
            return self
        sources = self.content.sources.model_copy(update={"texts": texts})
        return replace(self, content=self.content.model_copy(update={"sources": sources}))


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
    'approach@1.0.0'
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
    data, lines = parse_yaml(text, file=shown)
    try:
        content = StudyFile.model_validate(data)
    except ValidationError as error:
        raise InputError(model_faults(error, data, lines, file=shown)) from None
    root = _root(path)
    faults = list(_meaning_faults(content, root, lines, shown))
    if faults:
        raise InputError(faults)
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


def _study_scheme(root: Path, reference: str) -> Scheme:
    if reference.endswith((".yml", ".yaml")):
        return read_scheme(root / reference)
    return read_scheme(reference)


def _meaning_faults(content: StudyFile, root: Path, lines: Lines, shown: str) -> Iterable[Fault]:
    for number, coder in enumerate(content.coders):
        if coder not in CODERS:
            remedy = f"write one of: {', '.join(sorted(CODERS))}"
            line = lines.at(("coders", number))
            yield Fault(shown, line, "coders", f"{coder!r} is no coder", remedy)
    if content.deciding_coder not in content.coders:
        yield Fault(
            shown,
            lines.at(("deciding_coder",)),
            "deciding_coder",
            f"{content.deciding_coder!r} is not among the coders",
            f"write one of: {', '.join(content.coders)}",
        )
    seen: set[str] = set()
    for number, reference in enumerate(content.schemes):
        line = lines.at(("schemes", number))
        try:
            scheme = _study_scheme(root, reference)
        except InputError as error:
            yield from error.faults
            continue
        except UnknownNameError as error:
            yield Fault(shown, line, "schemes", str(error), "mend the name or the version")
            continue
        if scheme.name in seen:
            yield Fault(shown, line, "schemes", f"{scheme.name!r} stands twice", "keep one")
        seen.add(scheme.name)
    for name, threshold in content.thresholds.items():
        line = lines.at(("thresholds", name))
        if name not in seen:
            yield Fault(shown, line, "thresholds", f"{name!r} is no scheme of the study", "mend it")
        if threshold.undecided >= threshold.present:
            found = f"undecided {threshold.undecided} is not below present {threshold.present}"
            yield Fault(shown, line, f"thresholds.{name}", found, "write a smaller number")
    paths = [("sources", "manifest", content.sources.manifest)]
    paths += [("notebooks", str(n), part.notebook) for n, part in enumerate(content.notebooks)]
    if content.cases is not None:
        paths += [
            ("cases", name, f"{content.cases}/{name}") for name in ("cases.csv", "sources.csv")
        ]
    for key, inner, relative in paths:
        place = (key, int(inner) if inner.isdigit() else inner)
        if Path(relative).is_absolute() or ".." in Path(relative).parts:
            found, remedy = f"{relative!r} leaves the study's folder", "write a path inside it"
            yield Fault(shown, lines.at(place), key, found, remedy)
        elif not (root / relative).is_file():
            found, remedy = f"there is no file {relative!r}", "check the path"
            yield Fault(shown, lines.at(place), key, found, remedy)


def _read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(io.StringIO(file.read())))


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


def check_study(study: Study) -> list[Fault]:
    """What is wrong with a study beyond its own file: sources, citations, cases.

    Parameters
    ----------
    study : Study

    Returns
    -------
    list of Fault
        Sorted; empty where all is well.

    Examples
    --------
    >>> check_study(open_study("labour-organising"))
    []
    """
    try:
        frame_ = study.collection.frame
    except InputError as error:
        return list(error.faults)
    faults: list[Fault] = []
    manifest = study.content.sources.manifest
    keys = _citation_keys(study.root / "data" / "references.bib")
    for row in frame_.to_dict("records"):
        key = row["citation_key"]
        if not pd.isna(key) and key and key not in keys:
            found = f"source {row['source_id']}: {key!r} is no key of references.bib"
            faults.append(
                Fault(manifest, 0, "citation_key", found, "add the entry or mend the key")
            )
    if study.content.cases is not None:
        faults.extend(_case_faults(study))
    return sorted(faults)


def _citation_keys(path: Path) -> set[str]:
    if not path.is_file():
        return set()
    text = path.read_text(encoding="utf-8")
    return set(re.findall(r"^\s*@\w+\s*\{\s*([^,\s]+)\s*,", text, re.MULTILINE))


def _case_faults(study: Study) -> Iterable[Fault]:
    folder = study.root / str(study.content.cases)
    cases = {row["id"] for row in _read_csv(folder / "cases.csv")}
    manifest = _read_csv(study.root / study.content.sources.manifest)
    known = {row["id"] for row in manifest}
    told: set[str] = set()
    for line, row in enumerate(_read_csv(folder / "sources.csv"), start=2):
        told.add(row["case_id"])
        for field, there in (("case_id", cases), ("source_id", known)):
            if row[field] not in there:
                found = f"{row[field]!r} is not there"
                yield Fault("sources.csv", line, field, found, "mend the id")
    for case in sorted(cases - told):
        yield Fault("cases.csv", 0, "id", f"case {case!r} has no source", "link it in sources.csv")
