"""The page of timings, of which each benchmark writes its own part."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def parts(text: str) -> dict[str, str]:
    """Return the parts of a page by their headings of the first level, in order."""
    found: dict[str, str] = {}
    heading = ""
    for line in text.splitlines(keepends=True):
        if line.startswith("# "):
            heading = line.strip()
        found[heading] = found.get(heading, "") + line
    return found


def write_part(text: str, path: Path = PAGE) -> None:
    """Put a part where the one with the same heading stood, or at the end; others stay."""
    there = parts(path.read_text(encoding="utf-8")) if path.is_file() else {}
    kept = {heading: part.strip() for heading, part in (there | parts(text)).items() if heading}
    path.write_text("\n\n".join(kept.values()) + "\n", encoding="utf-8")
