"""The shape of the package: imports run from the left, files are opened at its edges only."""

from __future__ import annotations

import ast
import importlib
from dataclasses import dataclass
from pathlib import Path

import pytest

# From left to right; what stands in one row may import from its own row and from those before it.
ORDER = [
    ["errors"],
    ["columns", "spans", "offsets", "yaml_text"],
    ["sources"],
    ["schemes"],
    ["coding"],
    ["agreement"],
    ["bundle"],
    ["study_file", "study_set_faults", "study_sets", "study", "study_check"],
    ["comparison"],
    ["report"],
    ["exchange", "start"],
    ["cli"],
    ["__main__"],
]
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}

NAMELESS = {"util", "utils", "helper", "helpers", "common", "core", "misc"}

# Where files are opened: relative to src/tertium.
OPENING_NAMES = {"read.py", "study.py"}
OPENING_FOLDERS = {"report", "exchange", "start", "cli"}
OPENING_PATHS = {"coding/logs/log.py"}
OPENING_CALLS = {"open", "read_text", "write_text", "read_bytes", "write_bytes", "mkdir", "unlink"}

PUBLIC_NAMES = {
    "adjudicate",
    "agreement",
    "agreement_in_words",
    "assigned",
    "association",
    "beside_in_words",
    "calibration",
    "case_pairs",
    "classify",
    "code",
    "cooccurrence",
    "crosstab",
    "evaluate",
    "evidence",
    "figure",
    "finding",
    "framework_matrix",
    "graph",
    "holds_in_words",
    "keyness",
    "measures",
    "memberships",
    "mill",
    "minimise",
    "necessity",
    "network",
    "open_study",
    "prose",
    "quantities",
    "read_codings",
    "read_scheme",
    "read_sources",
    "report",
    "robustness",
    "sequence",
    "set_agreement",
    "set_cases",
    "set_relation",
    "shares",
    "silence",
    "similar_designs",
    "skew",
    "solution",
    "source_list",
    "stability",
    "statements",
    "table",
    "theory",
    "timeline",
    "triangulation",
    "truth_table",
    "verdict_table",
    "windows",
    "workbench",
}

SOURCE = Path(__file__).resolve().parent.parent / "src" / "tertium"


@dataclass(frozen=True)
class Module:
    """One file of the package, with its syntax tree."""

    path: str
    tree: ast.Module

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the dotted name below `tertium`, in parts; empty for the package root."""
        *folders, name = Path(self.path).with_suffix("").parts
        return (*folders,) if name == "__init__" else (*folders, name)

    @property
    def package(self) -> tuple[str, ...]:
        """Return the parts of the package that relative imports start from."""
        return self.parts if Path(self.path).stem == "__init__" else self.parts[:-1]


def module(path: str, text: str) -> Module:
    """Return a module from its text."""
    return Module(path=path, tree=ast.parse(text))


MODULES = [
    module(path.relative_to(SOURCE).as_posix(), path.read_text(encoding="utf-8"))
    for path in sorted(SOURCE.rglob("*.py"))
]


def is_module(parts: tuple[str, ...]) -> bool:
    """Say whether a name below `tertium` is a file or a folder."""
    path = SOURCE.joinpath(*parts)
    return path.is_dir() or path.with_suffix(".py").is_file()


def imports(one: Module, exists=is_module) -> list[tuple[int, tuple[str, ...]]]:
    """Return (line, parts below `tertium`) of what runs; `()` is the package root itself."""
    found: list[tuple[int, tuple[str, ...]]] = []

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            for child in node.orelse:
                visit(child)
            return
        if isinstance(node, ast.Import):
            for alias in node.names:
                first, *rest = alias.name.split(".")
                if first == "tertium":
                    # `import tertium.spans` binds the root, so it counts as the root.
                    found.append((node.lineno, tuple(rest) if alias.asname and rest else ()))
        if isinstance(node, ast.ImportFrom):
            base = tuple(node.module.split(".")) if node.module else ()
            if node.level:
                base = ("tertium", *one.package[: len(one.package) - node.level + 1], *base)
            if base[:1] == ("tertium",):
                for alias in node.names:
                    whole = (*base[1:], alias.name)
                    found.append((node.lineno, whole if exists(whole) else base[1:]))
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(one.tree)
    return found


def wrong_imports(one: Module, exists=is_module) -> list[str]:
    """Return the imports of a module that come from the root or from the right."""
    if not one.parts:
        return []
    here = one.parts[0]
    if here not in RANK:
        return [f"{one.path} has no place in ORDER"]
    faults = []
    for line, target in imports(one, exists):
        if not target:
            faults.append(f"{one.path}:{line} imports from the package root")
        elif target[0] not in RANK:
            faults.append(f"{one.path}:{line} imports {target[0]}, which has no place in ORDER")
        elif RANK[target[0]] > RANK[here] or (here == "errors" and target[0] != "errors"):
            faults.append(f"{one.path}:{line}: {here} imports from {target[0]}, to its right")
    return faults


def opened_files(one: Module) -> list[str]:
    """Return the calls that touch a file in a module that may not."""
    path = Path(one.path)
    if path.name in OPENING_NAMES or path.parts[0] in OPENING_FOLDERS or one.path in OPENING_PATHS:
        return []
    faults = []
    for node in ast.walk(one.tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in OPENING_CALLS:
                faults.append(f"{one.path}:{node.lineno} calls {name}()")
    return faults


def test_imports_come_from_the_left():
    """Each module has a place in the order and imports nothing from the root or from its right."""
    assert [fault for one in MODULES for fault in wrong_imports(one)] == []


@pytest.mark.parametrize(
    ("path", "text", "fault"),
    [
        ("spans.py", "from tertium.sources.source import Source", "to its right"),
        ("spans.py", "from .sources import source", "to its right"),
        ("coding/match.py", "def f():\n    from ..report import pdf", "to its right"),
        ("coding/match.py", "import tertium", "package root"),
        ("coding/match.py", "import tertium.spans", "package root"),
        ("coding/match.py", "from tertium import code", "package root"),
        ("coding/match.py", "from .. import code", "package root"),
        ("coding/match.py", "from tertium.tools import x", "no place"),
        ("tools.py", "", "no place"),
        ("errors.py", "from tertium.errors import Fault\nfrom tertium import spans", "to its right"),
        ("coding/match.py", "from tertium.schemes.scheme import Scheme", ""),
        ("coding/match.py", "from tertium import columns", ""),
        ("coding/match.py", "from . import coding\nfrom .coding import Coding", ""),
        ("coding/match.py", "import tertium.spans as spans", ""),
        ("coding/match.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from tertium.report.typesetting.pdf import Pdf", ""),
        ("__init__.py", "from tertium.report.typesetting.pdf import typeset", ""),
    ],
)  # fmt: skip
def test_wrong_imports_are_seen(path, text, fault):
    """The walk finds each kind of wrong import and lets the right ones pass."""
    written = {("spans",), ("columns",), ("coding", "coding"), ("sources", "source")}
    faults = wrong_imports(module(path, text), exists=written.__contains__)
    assert (fault in faults[0] and len(faults) == 1) if fault else faults == []


def test_files_are_opened_at_the_edges():
    """Only read.py, study.py, coding/logs/log.py, report/, exchange/, start/ and cli/ touch files."""
    assert [fault for one in MODULES for fault in opened_files(one)] == []


@pytest.mark.parametrize(
    ("path", "text", "allowed"),
    [
        ("coding/match.py", "open('a')", False),
        ("coding/match.py", "path.read_text()", False),
        ("sources/units.py", "gzip.open('a')", False),
        ("report.py", "path.write_bytes(b'')", False),
        ("sources/read.py", "open('a')", True),
        ("coding/logs/log.py", "path.open('a')", True),
        ("report/pdf.py", "path.write_bytes(b'')", True),
    ],
)
def test_opened_files_are_seen(path, text, allowed):
    """The walk finds each way to touch a file, and only where it is not allowed."""
    assert bool(opened_files(module(path, text))) is not allowed


def test_modules_have_telling_names():
    """No module or folder is a drawer for what has no name."""
    assert [one.path for one in MODULES if NAMELESS & set(one.parts)] == []


def test_modules_say_what_they_hold():
    """Every module and every folder's `__init__` opens with a docstring."""
    assert [one.path for one in MODULES if not ast.get_docstring(one.tree)] == []
    folders = {Path(one.path).parent for one in MODULES}
    assert [
        str(each) for each in sorted(folders) if not (SOURCE / each / "__init__.py").is_file()
    ] == []


def test_public_names():
    """What notebooks may use is listed here: a new or lost name is a decision, not an accident."""
    tertium = importlib.import_module("tertium")
    assert set(tertium.__all__) == PUBLIC_NAMES
    assert len(tertium.__all__) == len(set(tertium.__all__))
    undocumented = [
        name
        for name in tertium.__all__
        if callable(getattr(tertium, name)) and not getattr(tertium, name).__doc__
    ]
    assert undocumented == []
