"""Write the checksums of the shipped study's manifest anew, or check that they are current.

Digests lie beside the manifest and are always counted. Originals may not be redistributed: their
checksums are counted where `--originals` names the folder that has them, and kept otherwise.

    python scripts/refresh_manifest.py [--check] [--originals DIR] [--manifest FILE]

Ends with 0 when all is current (or was written), 1 when `--check` finds a difference, 2 when a
file is missing, isn't UTF-8 or has no checksum.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import sys
import unicodedata
from pathlib import Path

MANIFEST = Path(__file__).resolve().parent.parent / "data" / "sources" / "manifest.csv"


def canonical_text(content: bytes) -> str:
    """Return a UTF-8 file's canonical text: no BOM, line feeds only, NFC."""
    text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def checksums(content: bytes) -> dict[str, str]:
    """Return the checksum of the bytes and that of the canonical text."""
    text = canonical_text(content).encode("utf-8")
    return {
        "sha256": hashlib.sha256(content).hexdigest(),
        "text_sha256": hashlib.sha256(text).hexdigest(),
    }


def refreshed(rows: list[dict[str, str]], *, folder: Path, originals: Path | None) -> list[str]:
    """Put current checksums into the rows; return what can't be counted, one line a fault."""
    faults = []
    for row in rows:
        path = folder / row["file"]
        if row["kind"] == "original":
            if originals is None:
                if not (row["sha256"] and row["text_sha256"]):
                    faults.append(f"{row['id']}: no checksum; name the folder with --originals")
                continue
            path = originals / Path(row["file"]).name
        try:
            row.update(checksums(path.read_bytes()))
        except FileNotFoundError:
            faults.append(f"{row['id']}: {path} is missing; put the file there")
        except UnicodeDecodeError as error:
            faults.append(f"{row['id']}: {path} isn't UTF-8 (byte {error.start}); save it as UTF-8")
    return sorted(faults)


def written(columns: list[str], rows: list[dict[str, str]]) -> str:
    """Return the manifest's text: sorted by id, RFC 4180 quoting, line feeds."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(rows, key=lambda row: row["id"]))
    return out.getvalue()


def main(arguments: list[str] | None = None) -> int:
    """Refresh or check the manifest."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, end with 1 if stale")
    parser.add_argument("--originals", type=Path, help="folder with the original texts")
    parser.add_argument("--manifest", type=Path, default=MANIFEST, help="another manifest")
    options = parser.parse_args(arguments)

    before = options.manifest.read_bytes().decode("utf-8")
    reader = csv.DictReader(io.StringIO(before, newline=""))
    rows = list(reader)
    faults = refreshed(rows, folder=options.manifest.parent, originals=options.originals)
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 2
    after = written(list(reader.fieldnames or []), rows)
    if after == before:
        return 0
    if options.check:
        print(f"{options.manifest.name} is stale; run scripts/refresh_manifest.py", file=sys.stderr)
        return 1
    options.manifest.write_bytes(after.encode("utf-8"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
