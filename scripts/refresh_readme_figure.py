"""Copy the framework figure from the outputs of its notebook to the README's picture.

`--check` ends with 1 where the two differ, and writes nothing.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "notebooks" / "03-comparison.ipynb"
PICTURE = ROOT / "docs" / "framework.svg"
FIGURE = "application/vnd.tertium.figure+json"


def framework_svg(notebook: Path) -> str:
    """The SVG of the figure called fig-framework."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if data.get(FIGURE, {}).get("id") == "fig-framework":
                svg = data["image/svg+xml"]
                return svg if isinstance(svg, str) else "".join(svg)
    raise SystemExit(f"{notebook.name} has no output fig-framework; run make notebooks")


def main(arguments: list[str]) -> int:
    """Write the picture, or check that it is current."""
    svg = framework_svg(NOTEBOOK)
    if "--check" in arguments:
        return int(not PICTURE.is_file() or PICTURE.read_text(encoding="utf-8") != svg)
    PICTURE.write_text(svg, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
