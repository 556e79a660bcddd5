"""The set-up: one lock, no registry named, conda and venv alike, every target listed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

# Written in two halves, so that this file does not name what it forbids.
REGISTRIES = re.compile(
    "|".join(
        re.escape(first + second)
        for first, second in [
            ("py", "pi."),
            ("files.python", "hosted"),
            ("registry.", "npmjs"),
            ("registry.", "yarnpkg"),
            ("deb.", "debian"),
            ("security.", "debian"),
            ("archive.", "ubuntu"),
            ("conda.", "anaconda"),
            ("proxy.", "golang"),
            ("index-", "url ="),
            ("index-", "url http"),
        ]
    ),
    re.IGNORECASE,
)


def tracked_files(repository: Path) -> list[Path]:
    """Return what git tracks or would track; without git, what lies there."""
    if (repository / ".git").exists() and shutil.which("git"):
        listing = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=repository,
            capture_output=True,
            check=True,
        ).stdout.decode()
        paths = [repository / name for name in listing.split("\0") if name]
    else:
        hidden = {".git", ".venv", "__pycache__", ".pytest_cache", ".ruff_cache", ".mypy_cache"}
        paths = [
            path
            for path in repository.rglob("*")
            if not hidden & set(path.relative_to(repository).parts)
        ]
    return sorted(path for path in paths if path.is_file() and not path.is_symlink())


def locked(repository: Path) -> dict[str, list[tuple[str, int]]]:
    """Return name -> [(version, number of hashes)] as requirements.lock has them."""
    entries: dict[str, list[tuple[str, int]]] = {}
    for line in (repository / "requirements.lock").read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([A-Za-z0-9][\w.-]*)(\S*)", line):
            name, pin = match.groups()
            entries.setdefault(canonicalize_name(name), []).append((pin.removeprefix("=="), 0))
            assert pin.startswith("=="), f"requirements.lock: {line!r} is not pinned"
        elif "--hash=sha256:" in line:
            version, hashes = entries[canonicalize_name(name)][-1]
            entries[canonicalize_name(name)][-1] = (version, hashes + 1)
    return entries


def requirements(repository: Path) -> list[Requirement]:
    """Return what requirements.in asks for."""
    lines = (repository / "requirements.in").read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line.strip() and not line.startswith("#")]


def pyproject(repository: Path) -> dict:
    """Return pyproject.toml as a dict."""
    return tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))


def make(repository: Path, *arguments: str) -> str:
    """Return what make prints."""
    if not shutil.which("make"):
        pytest.skip("needs make")
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=repository,
        capture_output=True,
        text=True,
        check=True,
        env={key: value for key, value in os.environ.items() if not key.startswith("MAKE")},
    ).stdout


def test_no_tracked_file_names_a_registry(repository):
    """The project can be set up from any index, so none stands in a file."""
    named = [
        f"{path.relative_to(repository)}: {match.group()}"
        for path in tracked_files(repository)
        if (match := REGISTRIES.search(path.read_bytes().decode("utf-8", "replace")))
    ]
    assert named == []


def test_registries_are_recognised():
    """The pattern of the test above finds what it is for."""
    assert REGISTRIES.search("https://py" + "pi.org/simple")
    assert REGISTRIES.search("https://files.python" + "hosted.org/packages/x.whl")
    assert not REGISTRIES.search("published on PyPI and typed by pydantic")


def test_no_tracked_file_has_a_path_of_this_machine(repository):
    """Nothing tracked says where the repository or the home folder lies on some machine."""
    folders = [repository, repository.parent / "shared", Path.home()]
    here = sorted(f"{folder}/" for folder in folders if len(folder.parts) > 1)
    named = [
        f"{path.relative_to(repository)}: {folder}"
        for path in tracked_files(repository)
        for folder in here
        if re.search(rb"(?<![\w.])" + re.escape(folder.encode()), path.read_bytes())
    ]
    assert named == []


@pytest.mark.parametrize("name", ["requirements.in", "requirements.lock", "environment.yml"])
def test_locks_hold_no_address(repository, name):
    """A lock names packages, versions and hashes, and no place to get them from."""
    assert "://" not in (repository / name).read_text(encoding="utf-8")


def test_lock_pins_everything_with_hashes(repository):
    """Every entry of the lock has a version and at least one hash."""
    entries = locked(repository)
    bare = [name for name, pins in entries.items() for _, hashes in pins if not hashes]
    assert bare == []
    assert len(entries) > 50


def test_lock_satisfies_requirements(repository):
    """Whatever requirements.in asks for stands in the lock, in a version that it allows."""
    entries = locked(repository)
    unmet = [
        str(wanted)
        for wanted in requirements(repository)
        if not entries.get(canonicalize_name(wanted.name))
        or not all(
            wanted.specifier.contains(version)
            for version, _ in entries[canonicalize_name(wanted.name)]
        )
    ]
    assert unmet == []


def test_package_needs_nothing_beyond_the_lock(repository):
    """The package is installed without its dependencies, so requirements.in lists all of them."""
    project = pyproject(repository)["project"]
    # The extra "fonts" serves texts that need more characters; nothing here does.
    extras = [part for name, part in project["optional-dependencies"].items() if name != "fonts"]
    wanted = {Requirement(line) for part in (project["dependencies"], *extras) for line in part}
    wanted |= {Requirement(line) for line in pyproject(repository)["build-system"]["requires"]}
    listed = {canonicalize_name(each.name) for each in requirements(repository)} | {"tertium"}
    entries = locked(repository)
    assert {each.name for each in wanted if canonicalize_name(each.name) not in listed} == set()
    assert {
        str(each)
        for each in wanted
        for version, _ in entries.get(canonicalize_name(each.name), [])
        if not each.specifier.contains(version)
    } == set()


def test_conda_installs_the_same_lock(repository):
    """environment.yml is Python, pip and the lock, so it has no versions that could drift."""
    text = (repository / "environment.yml").read_text(encoding="utf-8")
    lowest = pyproject(repository)["project"]["requires-python"].removeprefix(">=")
    assert yaml.safe_load(text)["dependencies"] == [
        f"python={lowest}",
        "pip",
        {"pip": ["-r requirements.lock"]},
    ]


def test_citation_and_package_agree(repository):
    """CITATION.cff gives the version that the package has, and names no person."""
    citation = yaml.safe_load((repository / "CITATION.cff").read_text(encoding="utf-8"))
    init = (repository / "src" / "tertium" / "__init__.py").read_text(encoding="utf-8")
    assert f'__version__ = "{citation["version"]}"' in init
    assert citation["authors"] == [{"name": "The tertium authors"}]
    assert citation["license"] == pyproject(repository)["project"]["license"]


def test_help_lists_every_target(repository):
    """`make help` names each target that stands in the Makefile, once."""
    text = (repository / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY:(.*)$", text, re.MULTILINE).group(1).split()
    listed = re.findall(r"^  ([a-z-]+) +\S", make(repository, "help"), re.MULTILINE)
    assert listed == targets
    assert {"setup", "report", "test", "test-slow", "lab", "lint", "originals"} <= set(targets)


def test_builds_do_not_depend_on_the_shell(repository):
    """The Makefile fixes what would make two builds differ."""
    text = (repository / "Makefile").read_text(encoding="utf-8")
    exported = dict(re.findall(r"^export (\w+) := (\S+)$", text, re.MULTILINE))
    assert exported.keys() >= {
        "SOURCE_DATE_EPOCH", "MPLBACKEND", "PYTHONHASHSEED", "TZ", "LC_ALL",
    }  # fmt: skip
    assert exported["SOURCE_DATE_EPOCH"].isdigit()
    assert "unexport PYTHONDONTWRITEBYTECODE" in text


def test_a_missing_need_fails_on_ci(repository, tmp_path):
    """A skip whose reason is a need counts as a failure under TERTIUM_NO_SKIP=1, another doesn't."""
    shutil.copy(repository / "tests" / "conftest.py", tmp_path / "conftest.py")
    (tmp_path / "test_skips.py").write_text(
        "import pytest\n"
        "def test_need():\n    pytest.skip('needs a thing')\n"
        "def test_other():\n    pytest.skip('not on this system')\n",
        encoding="utf-8",
    )
    (tmp_path / "test_module.py").write_text(
        "import pytest\npytest.skip('needs a thing', allow_module_level=True)\n",
        encoding="utf-8",
    )

    def outcome(strictness: str) -> str:
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir=.", "-c/dev/null",
             "--continue-on-collection-errors", "."],
            cwd=tmp_path,
            env=os.environ | {"TERTIUM_NO_SKIP": strictness},
            capture_output=True,
            text=True,
        )  # fmt: skip
        return run.stdout.splitlines()[-1]

    assert re.match(r"3 skipped", outcome("0"))
    assert re.match(r"1 failed, 1 skipped, 1 error", outcome("1"))


@pytest.mark.slow
def test_plain_pip_sets_up_a_bare_venv(repository, tmp_path):
    """Lock, then package without its dependencies: the conda path's pip part. Asks the network."""
    copy = tmp_path / "copy"
    for path in tracked_files(repository):
        target = copy / path.relative_to(repository)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    # The environment's own shell settings would change what the installed package finds.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}

    def run(*command: str) -> str:
        done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True)
        if re.search("NewConnectionError|NameResolutionError|ConnectTimeout", done.stderr):
            pytest.skip("needs the network")
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    venv = tmp_path / "venv"
    programs = venv / ("Scripts" if os.name == "nt" else "bin")
    run(sys.executable, "-m", "venv", str(venv))
    pip = [str(programs / "python"), "-m", "pip"]
    run(
        *pip,
        "install",
        "-q",
        "--require-hashes",
        "--only-binary",
        ":all:",
        "-r",
        "requirements.lock",
    )
    run(*pip, "install", "-q", "--no-index", "--no-deps", "--no-build-isolation", "-e", ".")
    run(*pip, "check")
    version = yaml.safe_load((copy / "CITATION.cff").read_text(encoding="utf-8"))["version"]
    assert version in run(str(programs / "tertium"), "--version")
    place = run(str(programs / "python"), "-c", "import tertium; print(tertium.__file__)")
    assert Path(place.strip()).is_relative_to(copy.resolve())
