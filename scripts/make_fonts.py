"""Make the fonts folder of the report: a Chinese subset, and what the typesetter's own fonts cover.

    python scripts/make_fonts.py           writes src/tertium/report/fonts/
    python scripts/make_fonts.py --check   says what the shipped texts use and the subset lacks

`NotoSansSC-Regular.otf` is Noto Sans CJK SC at one weight, cut down to the frequent characters (GB
2312 level 1, Big5 level 1) and what the texts of this repository use. `coverage.json` lists the
characters of the fonts inside the typst wheel, which gives no other way to ask. Both are the same
bytes from every run.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import struct
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from importlib.metadata import version
from pathlib import Path

import typst
from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "src" / "tertium" / "report" / "fonts"
SUBSET = "NotoSansSC-Regular.otf"
SHIPPED = ("data", "notebooks", "src/tertium")
SHIPPED_SUFFIXES = {".md", ".txt", ".yml", ".csv", ".jsonl", ".bib", ".ipynb", ".py", ".json"}

PACKAGE = "manimgx-fonts-cjk==2026.9.26.post1"
SHA256 = "05d5584c73877f37427cf0ca8067f5bacea2b596c7be79e8aedd634bb9f2b666"
COLLECTION = "manimgx_fonts_cjk/NotoSansCJK-VF.otf.ttc"
LICENCE = "LICENSE"
FAMILY = "Noto Sans SC"
# What typst sets text in, in the order in which the report asks for them.
EMBEDDED = {
    "Libertinus Serif": "Libertinus Serif",
    "NewComputerModern10": "New Computer Modern",
    "DejaVu Sans Mono": "DejaVu Sans Mono",
}
# 2026-01-01, in the seconds since 1904 that font files count in.
MODIFIED = 1767225600 + 2082844800


def is_east_asian(character: str) -> bool:
    """Whether a character is one that the Chinese subset is there for."""
    point = ord(character)
    return (
        0x2E80 <= point <= 0x30FF
        or 0x3400 <= point <= 0x9FFF
        or 0xF900 <= point <= 0xFAFF
        or 0xFE30 <= point <= 0xFE4F
        or 0xFF00 <= point <= 0xFFEF
        or 0x20000 <= point <= 0x3FFFF
    )


def gb2312(first_row: int, last_row: int) -> set[str]:
    """The characters of some rows of GB 2312."""
    found = set()
    for row in range(first_row, last_row + 1):
        for cell in range(1, 95):
            code = bytes([0xA0 + row, 0xA0 + cell])
            found.update(code.decode("gb2312", errors="ignore"))
    return found


def big5_level_1() -> set[str]:
    """The 5,401 frequent traditional characters of Big5."""
    found = set()
    for lead in range(0xA4, 0xC7):
        for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            if (lead, trail) <= (0xC6, 0x7E):
                found.update(bytes([lead, trail]).decode("big5", errors="ignore"))
    return found


def shipped_characters() -> dict[str, str]:
    """East Asian characters of the repository's own texts, each with one file that has it."""
    found: dict[str, str] = {}
    for folder in SHIPPED:
        for path in sorted((ROOT / folder).rglob("*")):
            inside = path.relative_to(ROOT)
            if path.suffix not in SHIPPED_SUFFIXES or {"originals", "past"} & set(inside.parts):
                continue
            text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8", errors="ignore"))
            for character in filter(is_east_asian, text):
                found.setdefault(character, inside.as_posix())
    return found


def wanted_characters() -> set[str]:
    """The frequent characters, simplified and traditional, punctuation, and the shipped texts."""
    punctuation = {chr(point) for point in (*range(0x3000, 0x3020), *range(0xFF01, 0xFF5F))}
    ascii_letters = {chr(point) for point in range(0x20, 0x7F)}
    wanted = gb2312(1, 1) | gb2312(3, 3) | gb2312(16, 55) | big5_level_1()
    return wanted | punctuation | ascii_letters | set("“”‘’…—·￥") | set(shipped_characters())


def download() -> zipfile.ZipFile:
    """The pinned wheel that has the source font, checked by its hash."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder) / "wanted.txt"
        wanted.write_text(f"{PACKAGE} --hash=sha256:{SHA256}\n", encoding="utf-8")
        subprocess.run(
            [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                "--require-hashes",
                "--only-binary",
                ":all:",
                "--dest",
                folder,
                "-r",
                str(wanted),
            ],
            check=True,
        )
        (wheel,) = Path(folder).glob("*.whl")
        return zipfile.ZipFile(io.BytesIO(wheel.read_bytes()))


def make_subset(collection: bytes) -> bytes:
    """Noto Sans CJK SC at weight 400 with the wanted characters, as a font without axes."""
    fonts = TTCollection(io.BytesIO(collection), lazy=True).fonts
    (font,) = [
        font for font in fonts if font["name"].getDebugName(1).startswith("Noto Sans CJK SC")
    ]
    options = subset.Options()
    options.layout_features = ["ccmp", "kern", "halt", "palt"]
    options.name_IDs = ["*"]
    options.hinting = False
    options.desubroutinize = True
    options.recalc_timestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(wanted_characters())))
    cutter.subset(font)
    font = reread(font)
    instancer.instantiateVariableFont(font, {"wght": 400}, inplace=True)
    for name in list(font["name"].names):
        if name.nameID in {3, 16, 17, 25} or name.nameID > 255:
            font["name"].removeNames(nameID=name.nameID)
    for number, text in {1: FAMILY, 2: "Regular", 4: f"{FAMILY} Regular"}.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["name"].setName("NotoSansSC-Regular", 6, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 400
    for table in ("DSIG", "STAT"):
        if table in font:
            del font[table]
    font["head"].created = font["head"].modified = MODIFIED
    font.recalcTimestamp = False
    out = io.BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue()


def reread(font: TTFont) -> TTFont:
    """The same font from its bytes: the instancer stumbles over what the subsetter leaves."""
    out = io.BytesIO()
    font.save(out)
    return TTFont(io.BytesIO(out.getvalue()))


def ranges(points: set[int]) -> list[list[int]]:
    """Sorted, closed ranges of code points."""
    found: list[list[int]] = []
    for point in sorted(points):
        if found and found[-1][1] == point - 1:
            found[-1][1] = point
        else:
            found.append([point, point])
    return found


def embedded_coverage() -> dict[str, list[list[int]]]:
    """What every face of a family inside the typst wheel covers: bold and italic count too."""
    (library,) = Path(typst.__file__).parent.glob("_typst*.so")
    data = library.read_bytes()
    found: dict[str, set[int]] = {}
    for match in re.finditer(rb"OTTO|\x00\x01\x00\x00\x00", data):
        font = read_font(data, match.start())
        if font is None:
            continue
        names = {font["name"].getDebugName(number) for number in (1, 16)}
        for family in (EMBEDDED[name] for name in names & set(EMBEDDED)):
            points = set(font.getBestCmap())
            found[family] = found[family] & points if family in found else points
    missing = set(EMBEDDED.values()) - set(found)
    if missing:
        sys.exit(f"this typst wheel shows no {', '.join(sorted(missing))}")
    return {family: ranges(found[family]) for family in EMBEDDED.values()}


def read_font(data: bytes, start: int) -> TTFont | None:
    """The font that begins at an offset of the library, or None if what begins there is no font."""
    (count,) = struct.unpack_from(">H", data, start + 4)
    if not 6 <= count <= 40:
        return None
    end, tags = 0, set()
    for number in range(count):
        tag, _, offset, length = struct.unpack_from(">4sLLL", data, start + 12 + 16 * number)
        tags.add(tag)
        end = max(end, offset + length)
    if not {b"cmap", b"head", b"name"} <= tags or start + end > len(data):
        return None
    return TTFont(io.BytesIO(data[start : start + end]), lazy=True)


def main() -> None:
    """Write the folder, or check that the committed subset still has what the texts use."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 if stale")
    if parser.parse_args().check:
        has = TTFont(FONTS / SUBSET, lazy=True).getBestCmap()
        lacks = {c: file for c, file in shipped_characters().items() if ord(c) not in has}
        for character, file in sorted(lacks.items()):
            print(f"{file}: {character} U+{ord(character):04X}")
        sys.exit(1 if lacks else 0)
    wheel = download()
    FONTS.mkdir(parents=True, exist_ok=True)
    font = make_subset(wheel.read(COLLECTION))
    (FONTS / SUBSET).write_bytes(font)
    (licence,) = [name for name in wheel.namelist() if name.endswith(f"licenses/{LICENCE}")]
    text = wheel.read(licence).decode("utf-8")
    text = text[text.index("It is licensed under the SIL") :]
    (FONTS / "OFL.txt").write_text(
        f"{SUBSET}: a subset, at one weight, of Noto Sans CJK SC, from {PACKAGE}.\n"
        "Copyright 2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'.\n\n"
        + text,
        encoding="utf-8",
    )
    coverage = {"typst": version("typst"), "families": embedded_coverage()}
    lines = json.dumps(coverage, separators=(",", ":")).replace("]],", "]],\n") + "\n"
    (FONTS / "coverage.json").write_text(lines, encoding="utf-8")
    print(f"{SUBSET}: {len(font):,} bytes, {len(wanted_characters()):,} characters wanted")


if __name__ == "__main__":
    main()
