"""The script and style of the queue's widget, as the browser gets them.

Comes in: the plain files beside this one, and those of the workbench that both need.
Goes out: their texts, joined to one ES module and one style sheet.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from tertium.coding.workbench.read import style as workbench_style

_HERE = files("tertium.agreement.adjudication")
_WORKBENCH = files("tertium.coding.workbench")
# Each needs only what stands before it; one module has one scope.
_SCRIPTS = (
    _WORKBENCH / "offsets.js",
    _WORKBENCH / "elements.js",
    _WORKBENCH / "asks.js",
    _HERE / "sides.js",
    _HERE / "widget.js",
)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


@cache
def script() -> str:
    """The widget's ES module."""
    return _EXPORT.sub("", "\n".join(each.read_text(encoding="utf-8") for each in _SCRIPTS))


@cache
def style() -> str:
    """The widget's style sheet: the workbench's, and what is the queue's own."""
    return workbench_style() + (_HERE / "widget.css").read_text(encoding="utf-8")
