"""Everything that a study's report depends on, as digests of contents.

A study comes in. Digests of its files, of this package and of the libraries that matter go out;
they hold neither times nor paths outside the study.
"""

from __future__ import annotations

import contextlib
import json
import platform
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tertium.errors import InputError
from tertium.report.running.kernel import kernel_environment
from tertium.report.running.tasks import digest, file_digest
from tertium.report.typesetting.imprint import CITATION
from tertium.sources.listed.read import listed_rows
from tertium.sources.listed.set_plans import read_set_plan
from tertium.sources.manifest import FACTS
from tertium.study import Study

# Another version of these may give other numbers, other pictures or other pages.
LIBRARIES = (
    "charset-normalizer",
    "edtf",
    "fonttools",
    "ipykernel",
    "ipython",
    "lxml",
    "matplotlib",
    "nbclient",
    "nbformat",
    "networkx",
    "numpy",
    "pandas",
    "papermill",
    "pyarrow",
    "pybtex",
    "pydantic",
    "pypandoc-binary",
    "pypdf",
    "pypdfium2",
    "python-docx",
    "PyYAML",
    "scipy",
    "typst",
)
PACKAGE = Path(__file__).resolve().parent.parent.parent
_KINDS = {"digests": {"digest"}, "originals": {"original"}, "both": {"digest", "original"}}


def study_inputs(study: Study) -> dict[str, str]:
    """Digest by name of all that the study's report depends on, but its notebooks.

    Parameters
    ----------
    study : Study
        Its files are hashed as they are; only the manifest and plans of sets are parsed, and
        nothing is coded.
    """
    content = study.content.model_dump_json()
    found = {"package": package_digest(), "study": digest(content), "texts": study.texts}
    found["libraries"] = json.dumps(_versions(), sort_keys=True)
    found["environment"] = json.dumps(kernel_environment(), sort_keys=True)
    for path in sorted(set(_files(study))):
        found[_name(path, study.root)] = file_digest(path) or "not there"
    return found


def data_folder(study: Study) -> Path:
    """The folder above the sources', never above the study's own."""
    manifest = _manifest(study)
    return study.root if manifest.parent == study.root else manifest.parent.parent


def references_file(study: Study) -> Path:
    """The BibTeX file: beside the sources' folder."""
    return data_folder(study) / "references.bib"


def style_file(study: Study) -> Path | None:
    """The CSL style beside the BibTeX file, if there is exactly one."""
    styles = sorted(references_file(study).parent.glob("*.csl"))
    return styles[0] if len(styles) == 1 else None


def selection_file(study: Study) -> Path:
    """What is said on how the sources were found: beside the manifest."""
    return _manifest(study).parent / "selection.md"


def citation_file(study: Study) -> Path:
    """How the study wants to be cited: in its root."""
    return study.root / CITATION


def manifest_rows(study: Study) -> list[dict[str, str]]:
    """Every row of the manifest, read or not; a manifest with faults was refused before."""
    return [
        {**dict.fromkeys(FACTS, ""), **row.facts, "id": row.id, "file": row.file}
        for row in listed_rows(_manifest(study))
    ]


def font_paths(study: Study) -> list[Path]:
    """The fonts that the study file names."""
    return [study.root / name for name in study.content.report.fonts]


@lru_cache(maxsize=1)
def package_digest() -> str:
    """One digest over every file of this package."""
    files = (path for path in PACKAGE.rglob("*") if "__pycache__" not in path.parts)
    listed = sorted(
        (path.relative_to(PACKAGE).as_posix(), path) for path in files if path.is_file()
    )
    return digest(json.dumps([[name, file_digest(path)] for name, path in listed]))


def _manifest(study: Study) -> Path:
    return study.root / study.content.sources.manifest


def _files(study: Study) -> Iterator[Path]:
    manifest = _manifest(study)
    yield from (manifest, references_file(study), selection_file(study), citation_file(study))
    yield from _listed(manifest, _KINDS[study.texts])
    for reference in study.content.schemes:
        if reference.endswith((".yml", ".yaml")):
            # A scheme may take lists from files beside it.
            yield from (study.root / reference).parent.glob("*.y*ml")
    if style := style_file(study):
        yield style
    if study.content.cases is not None:
        folder = study.root / study.content.cases
        yield from folder.glob("*.csv")
        yield folder.parent / "actors.csv"
    named = (study.content.expectations, *study.content.assignments)
    yield from (study.root / each for each in named if each is not None)
    yield from _set_plans(study)
    yield from (data_folder(study) / "codings").rglob("*.jsonl")
    yield from (data_folder(study) / "evaluation").glob("*.csv")
    for path in font_paths(study):
        yield from _below(path)


def _set_plans(study: Study) -> Iterator[Path]:
    """The plans of set analyses and the tables that they name; one with faults is refused later."""
    for plan in study.content.set_plans:
        path = study.root / plan
        yield path
        with contextlib.suppress(InputError):
            if stated := read_set_plan(path, shown=plan).plan.stated:
                yield study.root / stated


def _listed(manifest: Path, kinds: set[str]) -> Iterator[Path]:
    """The texts that a manifest lists; one with faults is refused later, with all of them."""
    try:
        rows = listed_rows(manifest)
    except InputError:
        return
    for row in rows:
        if row.facts["kind"] in kinds:
            yield manifest.parent / row.file
            yield manifest.parent / "text" / f"{row.id}.txt"


def _below(path: Path) -> Iterable[Path]:
    return [each for each in path.rglob("*") if each.is_file()] if path.is_dir() else [path]


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def _versions() -> dict[str, str]:
    found = {"python": ".".join(platform.python_version_tuple()[:2])}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found
