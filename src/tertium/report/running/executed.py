"""What of a notebook's run is kept.

A notebook comes in as it was run. It goes out without what differs from run to run and from
machine to machine, or with the cells named that show such things.
"""

from __future__ import annotations

import contextlib
import json
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tertium.errors import Fault
from tertium.report.running.parameters import INJECTED_TAG

if TYPE_CHECKING:
    from nbformat import NotebookNode

KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE_INFO = {
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "pygments_lexer": "ipython3",
}
WIDGET_TYPE = "application/vnd.jupyter.widget-view+json"
_RUN_METADATA = frozenset({"papermill", "widgets", "execution", "ExecuteTime", "collapsed"})


def clean(node: NotebookNode, name: str) -> None:
    """Leave out what differs from run to run and from machine to machine."""
    kept = {key: value for key, value in node.metadata.items() if key not in _RUN_METADATA}
    node.metadata.clear()
    node.metadata.update(
        {
            **kept,
            "kernelspec": dict(KERNELSPEC),
            "language_info": dict(LANGUAGE_INFO),
            "tertium": {"notebook": name},
        }
    )
    for cell in node.cells:
        for key in _RUN_METADATA & set(cell.metadata):
            del cell.metadata[key]
        if INJECTED_TAG in cell.metadata.get("tags", ()):
            cell["id"] = INJECTED_TAG
        if not cell.metadata.get("tags", True):
            del cell.metadata["tags"]
        for output in cell.get("outputs", ()):
            with contextlib.suppress(KeyError):
                del output["data"][WIDGET_TYPE]


def as_bytes(node: NotebookNode) -> bytes:
    """The notebook as a file: keys sorted, one line end at the end."""
    text = json.dumps(node, indent=1, sort_keys=True, ensure_ascii=False)
    return f"{text}\n".encode()


def machine_faults(node: NotebookNode, cwd: Path, *, file: str) -> Iterator[Fault]:
    """Outputs that name a folder of this machine or an address in its memory."""
    here = cwd.resolve()
    paths = {here, here.parent, Path.home(), Path(sys.prefix)}
    folders = {str(path) for path in paths if len(path.parts) > 1}
    # JSON and SVG write a backslash twice.
    written = folders | {folder.replace("\\", "\\\\") for folder in folders}
    scratch = re.escape(str(Path(tempfile.gettempdir()))) + r"[/\\](?:tertium-|ipykernel_)"
    known = "|".join(map(re.escape, sorted(written)))
    pattern = re.compile(rf"(?<![\w.~-])(?:{scratch}|(?:{known})(?=[/\\\s\"'<]|$))")
    loose = re.compile(r"<[^<>\n]* at 0x[0-9a-fA-F]{6,}>")
    number = 0
    for cell in node.cells:
        number += INJECTED_TAG not in cell.metadata.get("tags", ())
        for output in cell.get("outputs", ()):
            for text in _texts(output):
                if found := pattern.search(text):
                    what = f"its output names a place of this machine, {found.group()!r}"
                elif found := loose.search(text):
                    what = f"its output shows an address in memory, {found.group()!r}"
                else:
                    continue
                remedy = "show it without that (a warning is cured at its cause)"
                yield Fault(file, 0, f"cell {number}", what, remedy)


def _texts(output: Mapping[str, Any]) -> Iterator[str]:
    if output["output_type"] == "stream":
        yield joined(output["text"])
    for kind, data in sorted(output.get("data", {}).items()):
        if kind.startswith("image/") and kind != "image/svg+xml":
            continue
        yield joined(data) if isinstance(data, (str, list)) else json.dumps(data)


def joined(text: str | Sequence[str]) -> str:
    """A text of a notebook, which may be stored line by line."""
    return text if isinstance(text, str) else "".join(str(part) for part in text)
