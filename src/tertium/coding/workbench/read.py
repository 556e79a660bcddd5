"""The widget's script and style, as the browser gets them: one module, no build step.

Comes in: the plain files beside this one.
Goes out: their texts, joined.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

# Each needs only what stands before it.
SCRIPTS = (
    "offsets.js",
    "marks.js",
    "elements.js",
    "asks.js",
    "passage.js",
    "header.js",
    "codebook.js",
    "details.js",
    "keys.js",
    "holdings.js",
    "page.js",
    "draft.js",
    "widget.js",
)
STYLE = "widget.css"

_HERE = files("tertium.coding.workbench")
# One module has one scope: only its default export stays.
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


@cache
def script() -> str:
    """The widget's ES module."""
    parts = [(_HERE / name).read_text(encoding="utf-8") for name in SCRIPTS]
    return _EXPORT.sub("", "\n".join(parts))


@cache
def style() -> str:
    """The widget's style sheet."""
    return (_HERE / STYLE).read_text(encoding="utf-8")
