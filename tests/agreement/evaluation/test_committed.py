"""The committed evaluation is what the rules give on the corpora, where these are at hand."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tertium.agreement.evaluation.evaluate import TABLES


def test_committed_tables_are_current(repository: Path, shared: Path, tmp_path: Path) -> None:
    """What `make evaluation` writes now is what is committed, byte for byte."""
    corpora = shared / "corpora"
    recipe = re.search(
        r"^evaluation:.*\n\t(.*)$", (repository / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )  # fmt: skip
    words = recipe[1].replace("$(CORPUS)", str(corpora)).split()
    words[words.index("--output") + 1] = str(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "tertium", *words[1:]], capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    stale = [
        name
        for name in TABLES
        if (tmp_path / f"{name}.csv").read_bytes()
        != (repository / "data" / "evaluation" / f"{name}.csv").read_bytes()
    ]
    assert stale == [], "run: make evaluation CORPUS=../shared/corpora && make notebooks"


def test_committed_tables_hold_no_words_of_the_corpora(repository: Path, shared: Path) -> None:
    """No sentence of a labelled text stands in a committed table or in the notebook."""
    import json

    committed = [*sorted((repository / "data" / "evaluation").glob("*.csv"))]
    committed.append(repository / "notebooks" / "11-evaluation.ipynb")
    shown = "\n".join(path.read_text(encoding="utf-8") for path in committed)
    for corpus in ("pages", "wikinews_negatives"):
        for line in (shared / "corpora" / corpus / "pages.jsonl").read_text("utf-8").splitlines():
            text = json.loads(line)["text"]
            found = [text[n : n + 30] for n in range(0, len(text) - 30, 30)]
            assert [part for part in found if part in shown] == []
