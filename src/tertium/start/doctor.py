"""What works on this machine, found out without asking the network.

Comes in: the folder of a study, or any other.
Goes out: one finding a part, with a remedy where something is missing.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from tertium.errors import TertiumError
from tertium.study import STUDIES, open_study

_LIBRARIES = {
    "pandas": "tables",
    "matplotlib": "figures",
    "papermill": "running notebooks",
    "ipykernel": "running notebooks",
    "typst": "the PDF",
    "pypandoc": "the PDF and the HTML",
    "jupyterlab": "reading the notebooks",
    "anywidget": "coding by hand in the notebooks",
    "lingua": "checking the stated language of sources",
    "datasketch": "proposing which sources repeat each other",
    "numba": "searching large corpora fast",
    "sklearn": "learning from labelled texts",
}
_OPTIONAL = {"anywidget", "datasketch", "jupyterlab", "lingua", "numba", "sklearn"}
_DISTRIBUTIONS = {
    "pypandoc": "pypandoc-binary",
    "lingua": "lingua-language-detector",
    "sklearn": "scikit-learn",
}
_PROGRAMS = {
    "chromium": "tests in a real browser",
    "pdftotext": "tests that read the PDF (package poppler-utils)",
    "node": "tests of the page's script",
}


@dataclass(frozen=True)
class Finding:
    """One part of the machine: whether it works, and whether a study needs it."""

    name: str
    works: bool
    needed: bool
    found: str
    remedy: str = ""

    def __str__(self) -> str:
        mark = "ok     " if self.works else "missing" if self.needed else "without"
        tail = f"; {self.remedy}" if self.remedy and not self.works else ""
        return f"{mark}  {self.name}: {self.found}{tail}"


def examine(folder: Path) -> list[Finding]:
    """Look at Python, libraries, programs, and the studies in `folder`.

    Examples
    --------
    >>> from pathlib import Path
    >>> next(str(finding) for finding in examine(Path.cwd())).startswith("ok       Python: 3")
    True
    """
    return [*_python(), *_libraries(), *_programs(), *_studies(folder)]


def _python() -> Iterator[Finding]:
    found = ".".join(map(str, sys.version_info[:3]))
    enough = sys.version_info >= (3, 11)
    yield Finding("Python", enough, True, found, "install 3.11 or newer")
    ipc = os.name != "nt"
    how = "kernels over local sockets" if ipc else "kernels over TCP on this machine"
    yield Finding("kernels", True, True, how)


def _libraries() -> Iterator[Finding]:
    for name, use in _LIBRARIES.items():
        there = find_spec(name) is not None
        found = f"{_version(name)}, for {use}" if there else f"not installed; it is for {use}"
        yield Finding(name, there, name not in _OPTIONAL, found, "run make setup")


def _version(name: str) -> str:
    try:
        return version(_DISTRIBUTIONS.get(name, name))
    except PackageNotFoundError:
        return "installed"


def _programs() -> Iterator[Finding]:
    for name, use in _PROGRAMS.items():
        path = shutil.which(name)
        yield Finding(
            name, path is not None, False, f"{'there' if path else 'not there'}, for {use}"
        )


def _studies(folder: Path) -> Iterator[Finding]:
    for path in sorted((folder / STUDIES).glob("*.yml")):
        try:
            study = open_study(path)
            there = len(study.collection.sources)
            missing = len(study.with_texts("both").collection.missing)
        except TertiumError as error:
            first = str(error).splitlines()[0]
            yield Finding(f"study {path.stem}", False, True, first, "run tertium check on it")
            continue
        yield Finding(f"study {path.stem}", True, True, f"{there} {study.texts} can be read")
        found = f"{missing} are not at hand" if missing else "all at hand"
        remedy = "run tertium originals --from DIR, if you have them"
        yield Finding(f"originals of {path.stem}", not missing, False, found, remedy)
