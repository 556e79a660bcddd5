"""Run every notebook with its defaults and keep the outputs in it, cleaned of times and paths."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tertium.report.running.run import run_notebook

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run the notebooks in order; one that fails leaves its file as it was."""
    for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
        with tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder) / notebook.name
            run_notebook(notebook, fresh, parameters={}, cwd=ROOT)
            notebook.write_bytes(fresh.read_bytes())
        print(notebook.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
