"""A study that runs, in an empty folder: the beginning of one's own.

Comes in: a folder that is not there, or is empty.
Goes out: two small example sources, manifest, study file, bibliography, the notebooks.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import re
import tempfile
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from tertium.columns import MANIFEST, names
from tertium.errors import Fault, InputError
from tertium.offsets import canonical, text_checksum

_HERE = files("tertium") / "start"
_MADE_BY = "example that comes with tertium"
# What a new study has none of yet: cases that several voices tell, a register of expectations,
# a plan of sets, statements, labelled texts. The README of the skeleton says what each needs.
_NOT_COPIED = (
    "07-cases.ipynb",
    "08-silence.ipynb",
    "09-set-analysis.ipynb",
    "10-networks.ipynb",
    "11-evaluation.ipynb",
)
# One needs two coders, the other is for coding and not for readers: a study's report has neither
# until somebody adds it.
_NOT_LISTED = ("05-agreement.ipynb", "06-workbench.ipynb")
_EXAMPLES = (
    {
        "id": "example-centre",
        "title": "A workers' centre and its clinic (example)",
        "publisher": "Harbour Workers' Centre (invented)",
        "voice": "ngo",
        "date": "2024-03-01",
        "citation_key": "example_centre",
    },
    {
        "id": "example-federation",
        "title": "Couriers join the city federation (example)",
        "publisher": "City federation of trade unions (invented)",
        "voice": "union_official",
        "date": "2024-05",
        "citation_key": "example_federation",
    },
)


def write_skeleton(folder: Path, *, dry_run: bool = False) -> list[str]:
    """Write a study skeleton and return the paths written, relative to `folder`.

    Parameters
    ----------
    folder : Path
        Its name becomes the study's name.
    dry_run : bool
        Say what would be written, and write nothing.

    Raises
    ------
    InputError
        The folder holds something, or its name can't be a study's.

    Examples
    --------
    >>> from pathlib import Path
    >>> write_skeleton(Path("my-study"), dry_run=True)[0]
    'README.md'
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", folder.name):
        remedy = "use lower-case letters, digits and hyphens"
        raise InputError([Fault(str(folder), 0, "", "can't be the name of a study", remedy)])
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            [Fault(str(folder), 0, "", "holds something already", "name a new or empty folder")]
        )
    content = _content(folder.name)
    if not dry_run:
        _write_folder(folder, content)
    return list(content)


def _write_folder(folder: Path, content: dict[str, str]) -> None:
    """All files or none: written in a folder beside this one, which then takes its name."""
    made = [each for each in (folder.parent, *folder.parent.parents) if not each.exists()]
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".tertium-new-") as beside:
            whole = Path(beside) / folder.name
            for relative, text in content.items():
                path = whole / relative
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
            if folder.exists():
                folder.rmdir()
            whole.rename(folder)
    except BaseException:
        for each in made:
            # One in which somebody else wrote meanwhile stays.
            with contextlib.suppress(OSError):
                each.rmdir()
        raise


def _content(name: str) -> dict[str, str]:
    template = _HERE / "skeleton"
    texts = {
        f"data/sources/digests/{facts['id']}.md": (
            template / "data" / "sources" / "digests" / f"{facts['id']}.md"
        ).read_text(encoding="utf-8")
        for facts in _EXAMPLES
    }
    notebooks = {
        f"notebooks/{path.name}": _fresh_notebook(path.read_text(encoding="utf-8"), name)
        for path in sorted(_notebooks().iterdir(), key=lambda path: path.name)
        if re.fullmatch(r"\d\d-[a-z-]+\.ipynb", path.name) and path.name not in _NOT_COPIED
    }
    plain = {
        relative: (template / source).read_text(encoding="utf-8").replace("@NAME@", name)
        for relative, source in {
            "README.md": "README.md",
            ".gitattributes": "gitattributes",
            ".gitignore": "gitignore",
            "data/actors.csv": "data/actors.csv",
            "data/cases/cases.csv": "data/cases/cases.csv",
            "data/cases/facts.csv": "data/cases/facts.csv",
            "data/cases/sources.csv": "data/cases/sources.csv",
            "data/references.bib": "data/references.bib",
            "data/sources/selection.md": "data/sources/selection.md",
            f"data/studies/{name}.yml": "data/study.yml",
        }.items()
    }
    listed = [path for path in notebooks if not path.endswith(_NOT_LISTED)]
    parts = "".join(f"  - notebook: {path}\n" for path in listed)
    plain[f"data/studies/{name}.yml"] += f"notebooks:\n{parts}"
    manifest = {"data/sources/manifest.csv": _manifest(texts)}
    return dict(sorted({**plain, **texts, **manifest, **notebooks}.items(), key=_readme_first))


def _readme_first(item: tuple[str, str]) -> tuple[bool, str]:
    return item[0] != "README.md", item[0]


def _notebooks() -> Traversable | Path:
    """The notebooks in an installed package, or in the checkout that it is run from."""
    installed = _HERE / "notebooks"
    if installed.is_dir():
        return installed
    return Path(__file__).resolve().parents[3] / "notebooks"


def _fresh_notebook(text: str, name: str) -> str:
    """The notebook without outputs, its study the new one."""
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
            if "parameters" in cell["metadata"].get("tags", []):
                source = "".join(cell["source"])
                for parameter, value in (("study", name), ("coders", "ana,ben")):
                    source = re.sub(
                        rf'^({parameter}: str = )"[^"]*"',
                        rf'\1"{value}"',
                        source,
                        flags=re.MULTILINE,
                    )
                cell["source"] = source
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _manifest(texts: dict[str, str]) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, names(MANIFEST), lineterminator="\n")
    writer.writeheader()
    for facts in _EXAMPLES:
        text = texts[f"data/sources/digests/{facts['id']}.md"]
        writer.writerow(
            {
                **facts,
                "country": "nowhere",
                "language": "en",
                "kind": "digest",
                "made_by": _MADE_BY,
                "file": f"digests/{facts['id']}.md",
                "sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
                "text_sha256": text_checksum(canonical(text)),
                "licence": "CC-BY-4.0",
                "confidential": "false",
            }
        )
    return buffer.getvalue()
