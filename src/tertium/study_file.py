"""What a study file may say, and every fault in one.

Comes in: the text of a study file, and the folder that its paths start from.
Goes out: its keys, checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic import StringConstraints as Constraints

from tertium.bundle import Design
from tertium.coding.coder import Coder, RuleCoder
from tertium.coding.logs.log import CODINGS, coders_in
from tertium.columns import Texts
from tertium.errors import Fault, InputError, UnknownNameError
from tertium.schemes.actors import NAME as ACTORS
from tertium.schemes.read import read_scheme
from tertium.schemes.scheme import Scheme
from tertium.yaml_text import Lines, model_faults, parse_yaml

CODERS: Mapping[str, type[Coder]] = {RuleCoder.name: RuleCoder}


def _whole_number(value: Any) -> Any:
    # In Python true is 1, and 1.0 as well; in a study file neither is a version.
    return value if type(value) is int else repr(value)


def _as_written(value: Any) -> Any:
    # YAML reads 1.7 as a number.
    return str(value) if type(value) is float else value


# A value of a notebook's parameter cell.
Plain = str | int | float | bool
Words = Annotated[str, Constraints(strip_whitespace=True, min_length=1)]
# What typst takes as the name of a PDF standard.
Standard = Annotated[
    Literal[
        "1.4", "1.5", "1.6", "1.7", "2.0", "a-1a", "a-1b", "a-2a", "a-2b", "a-2u",
        "a-3a", "a-3b", "a-3u", "a-4", "a-4e", "a-4f", "ua-1",
    ],
    BeforeValidator(_as_written),
]  # fmt: skip


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SourcesPart(_Part):
    """Which texts the study reads."""

    manifest: str
    texts: Texts = "digests"


class NotebookPart(_Part):
    """A notebook of the report, and the parameters that differ from its own."""

    notebook: str
    parameters: dict[str, Plain | list[Plain] | None] = Field(default_factory=dict)


class ThresholdPart(_Part):
    """Thresholds in place of a scheme's own."""

    present: Annotated[float, Field(gt=0, le=1)]
    undecided: Annotated[float, Field(ge=0, le=1)]


class AgreementPart(_Part):
    """What agreement a code needs before a table may rest on it."""

    alpha: Annotated[float, Field(gt=0, le=1)]
    tentative: Annotated[float, Field(gt=0, le=1)]
    strict: bool = False
    unit: Literal["document", "paragraph", "sentence"] = "sentence"


class SamplingPart(_Part):
    """How the sources came to be in the study."""

    design: Design
    why: Words


class ReportPart(_Part):
    """How the report is set."""

    language: Literal["en"] = "en"
    paper: Literal["a4", "us-letter"] = "a4"
    fonts: tuple[str, ...] = ()
    standard: tuple[Standard, ...] = ("ua-1", "a-2a")


class StudyFile(_Part):
    """Every key of a study file, version 1; unknown keys are refused."""

    version: Annotated[Literal[1], BeforeValidator(_whole_number)]
    title: Words
    question: Words
    sources: SourcesPart
    schemes: Annotated[tuple[str, ...], Field(min_length=1)]
    coders: Annotated[tuple[str, ...], Field(min_length=1)] = (RuleCoder.name,)
    deciding_coder: str = RuleCoder.name
    deciding_coders: dict[str, str] = Field(default_factory=dict)
    cases: str | None = None
    notebooks: tuple[NotebookPart, ...] = ()
    thresholds: dict[str, ThresholdPart] = Field(default_factory=dict)
    agreement: AgreementPart | None = None
    expectations: str | None = None
    sampling: SamplingPart | None = None
    assignments: tuple[str, ...] = ()
    set_plans: tuple[str, ...] = ()
    report: ReportPart = ReportPart()


def study_content(text: str, *, root: Path, shown: str) -> StudyFile:
    """The keys of a study file.

    Parameters
    ----------
    text : str
        What the file holds.
    root : Path
        Folder that its paths start from.
    shown : str
        How faults name the file.

    Raises
    ------
    InputError
        Lists every fault: of form, or else what the keys name that is not there.
    """
    data, lines = parse_yaml(text, file=shown)
    try:
        content = StudyFile.model_validate(data)
    except ValidationError as error:
        raise InputError(model_faults(error, data, lines, file=shown)) from None
    faults = list(_meaning_faults(content, root, lines, shown))
    if faults:
        raise InputError(faults)
    return content


def study_scheme(root: Path, reference: str) -> Scheme:
    """The scheme that a study file names, shipped with the package or a file of the study."""
    if reference.endswith((".yml", ".yaml")):
        return read_scheme(root / reference)
    return read_scheme(reference)


def _meaning_faults(content: StudyFile, root: Path, lines: Lines, shown: str) -> Iterable[Fault]:
    there = [*sorted(CODERS), *coders_in(root / CODINGS)]
    for number, coder in enumerate(content.coders):
        line = lines.at(("coders", number))
        if coder not in there:
            found = f"{coder!r} is no coder and has no folder in {CODINGS}"
            yield Fault(shown, line, "coders", found, f"write one of: {', '.join(there)}")
        elif coder in content.coders[:number]:
            yield Fault(shown, line, "coders", f"{coder!r} stands twice", "keep one")
    if content.deciding_coder not in content.coders:
        yield Fault(
            shown,
            lines.at(("deciding_coder",)),
            "deciding_coder",
            f"{content.deciding_coder!r} is not among the coders",
            f"write one of: {', '.join(content.coders)}",
        )
    for name, coder in content.deciding_coders.items():
        if coder not in content.coders:
            line = lines.at(("deciding_coders", name))
            found = f"{coder!r} is not among the coders"
            remedy = f"write one of: {', '.join(content.coders)}"
            yield Fault(shown, line, f"deciding_coders.{name}", found, remedy)
    seen: set[str] = set()
    for number, reference in enumerate(content.schemes):
        line = lines.at(("schemes", number))
        if reference.endswith((".yml", ".yaml")) and _leaves(reference):
            found, remedy = f"{reference!r} leaves the study's folder", "write a path inside it"
            yield Fault(shown, line, "schemes", found, remedy)
            continue
        try:
            scheme = study_scheme(root, reference)
        except InputError as error:
            yield from error.faults
            continue
        except UnknownNameError as error:
            yield Fault(shown, line, "schemes", str(error), "mend the name or the version")
            continue
        if scheme.name in seen:
            yield Fault(shown, line, "schemes", f"{scheme.name!r} stands twice", "keep one")
        seen.add(scheme.name)
    # Who is named where is coded by the list of actors: a scheme of every study with cases.
    there = sorted({*seen, *([ACTORS] if content.cases is not None else [])})
    for name in content.deciding_coders:
        if name not in there:
            line = lines.at(("deciding_coders", name))
            found, remedy = (
                f"{name!r} is no scheme of the study",
                f"write one of: {', '.join(there)}",
            )
            if name == ACTORS:
                remedy += "; actors are a scheme where the study lists cases"
            yield Fault(shown, line, "deciding_coders", found, remedy)
    for name, threshold in content.thresholds.items():
        line = lines.at(("thresholds", name))
        if name not in seen:
            yield Fault(shown, line, "thresholds", f"{name!r} is no scheme of the study", "mend it")
        if threshold.undecided >= threshold.present:
            found = f"undecided {threshold.undecided} is not below present {threshold.present}"
            yield Fault(shown, line, f"thresholds.{name}", found, "write a smaller number")
    if content.agreement is not None and content.agreement.alpha > content.agreement.tentative:
        part = content.agreement
        found = f"alpha {part.alpha} is above tentative {part.tentative}"
        remedy = "alpha is the least, tentative the value from which conclusions are firm"
        yield Fault(shown, lines.at(("agreement", "alpha")), "agreement.alpha", found, remedy)
    paths = [("sources", "manifest", content.sources.manifest)]
    paths += [("notebooks", str(n), part.notebook) for n, part in enumerate(content.notebooks)]
    if content.cases is not None:
        paths += [
            ("cases", name, f"{content.cases}/{name}") for name in ("cases.csv", "sources.csv")
        ]
    if content.expectations is not None:
        paths.append(("expectations", "", content.expectations))
    paths += [("assignments", str(n), plan) for n, plan in enumerate(content.assignments)]
    paths += [("set_plans", str(n), plan) for n, plan in enumerate(content.set_plans)]
    paths += [("report.fonts", str(n), font) for n, font in enumerate(content.report.fonts)]
    for key, inner, relative in paths:
        within = (int(inner) if inner.isdigit() else inner,) if inner else ()
        place = (*key.split("."), *within)
        if _leaves(relative):
            found, remedy = f"{relative!r} leaves the study's folder", "write a path inside it"
            yield Fault(shown, lines.at(place), key, found, remedy)
        elif not (root / relative).is_file():
            found, remedy = f"there is no file {relative!r}", "check the path"
            yield Fault(shown, lines.at(place), key, found, remedy)
    yield from _notebook_faults(content, lines, shown)
    yield from _plan_faults(content, lines, shown)
    yield from _standard_faults(content.report, lines, shown)


def _leaves(relative: str) -> bool:
    return Path(relative).is_absolute() or ".." in Path(relative).parts


def _notebook_faults(content: StudyFile, lines: Lines, shown: str) -> Iterable[Fault]:
    seen: list[NotebookPart] = []
    for number, part in enumerate(content.notebooks):
        if part in seen:
            found = f"{part.notebook!r} stands twice with the same parameters"
            remedy = "keep one, or give the other its own parameters"
            yield Fault(shown, lines.at(("notebooks", number)), "notebooks", found, remedy)
        seen.append(part)


def _plan_faults(content: StudyFile, lines: Lines, shown: str) -> Iterable[Fault]:
    """A plan that is listed twice would have everything drawn twice."""
    for key, plans in (("assignments", content.assignments), ("set_plans", content.set_plans)):
        seen: set[Path] = set()
        for number, plan in enumerate(plans):
            if Path(plan) in seen:
                line = lines.at((key, number))
                yield Fault(shown, line, key, f"{plan!r} stands twice", "keep one")
            seen.add(Path(plan))


def _standard_faults(report: ReportPart, lines: Lines, shown: str) -> Iterable[Fault]:
    versions = [name for name in report.standard if name[0].isdigit()]
    archives = [name for name in report.standard if name.startswith("a-")]
    for same, kind in ((versions, "versions of PDF"), (archives, "PDF/A standards")):
        if len(same) > 1:
            found = f"{' and '.join(same)} are two {kind}"
            yield Fault(
                shown, lines.at(("report", "standard")), "report.standard", found, "keep one"
            )
    if "ua-1" in report.standard and any(name.startswith("a-4") for name in archives):
        found, remedy = "no PDF is both ua-1 and a-4", "keep one, or write [ua-1, a-2a]"
        yield Fault(shown, lines.at(("report", "standard")), "report.standard", found, remedy)
