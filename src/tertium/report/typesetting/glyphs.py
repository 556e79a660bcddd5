"""Which characters the report's fonts can show, and what to do about the others.

Texts and font files come in; the characters that no font has, each with its place and a remedy,
or the font files that a text needs beside the bundled ones, go out.
"""

from __future__ import annotations

import importlib.util
import io
import json
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from fontTools import subset as cutting
from fontTools.ttLib import TTCollection, TTFont

from tertium.errors import Fault, InputError

FONTS = Path(__file__).parent.parent / "fonts"
CJK = FONTS / "NotoSansSC-Regular.otf"
SUFFIXES = (".otf", ".ttf", ".ttc", ".otc")
# The packages of the extra `tertium[fonts]`: emoji and many scripts; all of East Asia.
EXTRA_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
REMEDY = (
    'install the extra with more fonts (pip install "tertium[fonts]") '
    "or name a font file that has it in the study file: report: {fonts: [path/to/font.ttf]}"
)
PLACES_SHOWN = 3


@cache
def pinned_characters() -> frozenset[int]:
    """Code points that the typesetter's own fonts and the bundled Chinese subset cover."""
    families = json.loads((FONTS / "coverage.json").read_text(encoding="utf-8"))["families"]
    points = set(font_characters(CJK))
    for ranges in families.values():
        for first, last in ranges:
            points.update(range(first, last + 1))
    return frozenset(points)


@cache
def font_characters(path: Path) -> frozenset[int]:
    """Code points that one font file covers; of a collection, those of its first font."""
    try:
        if path.suffix.lower() in {".ttc", ".otc"}:
            with TTCollection(str(path), lazy=True) as collection:
                return frozenset(collection.fonts[0].getBestCmap() or ())
        with path.open("rb") as file, TTFont(file, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except Exception as error:  # fontTools raises many kinds, all of them mean the same here
        fault = Fault(
            path.name, 0, "report, fonts", "no font that can be read", "name a .ttf or .otf"
        )
        raise InputError([fault]) from error


def font_files(fonts: Iterable[Path]) -> list[Path]:
    """Every font file among paths to files and folders, sorted inside a folder."""
    found: list[Path] = []
    for path in fonts:
        if path.is_dir():
            found.extend(p for p in sorted(path.rglob("*")) if p.suffix.lower() in SUFFIXES)
        elif path.is_file():
            found.append(path)
        else:
            raise InputError(
                [
                    Fault(
                        path.name, 0, "report, fonts", "there is no such font file", "mend the path"
                    )
                ]
            )
    return found


def extra_fonts() -> list[Path]:
    """Font files of the extra `tertium[fonts]`, where it is installed."""
    specs = (importlib.util.find_spec(package) for package in EXTRA_PACKAGES)
    folders = [Path(spec.origin).parent for spec in specs if spec is not None and spec.origin]
    return font_files(folders)


def needs_glyph(character: str) -> bool:
    """Whether a character shows as something: spaces, joiners and direction marks do not.

    Examples
    --------
    >>> [needs_glyph(character) for character in ("a", " ", chr(0x200D))]
    [True, False, False]
    """
    if unicodedata.category(character) in {"Zs", "Zl", "Zp", "Cc", "Cf"}:
        return False
    return not 0xFE00 <= ord(character) <= 0xFE0F


def printable(text: str) -> str:
    """The text with characters that no font can ever have written out as their code point.

    Private-use characters (bullets that a PDF left behind), control characters and noncharacters
    have no shape of their own, and archival PDF forbids them.

    Examples
    --------
    >>> printable("a" + chr(0xF0B7) + "b")
    'a⟨U+F0B7⟩b'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"⟨U+{ord(c):04X}⟩" if _has_no_shape(c) else c for c in text)


def _has_no_shape(character: str) -> bool:
    point = ord(character)
    if point < 0x80:
        return point == 0x7F or (point < 0x20 and character not in "\t\n\r")
    return (
        unicodedata.category(character) in {"Co", "Cs"}
        or 0x80 <= point < 0xA0
        or point == 0xFEFF
        or 0xFDD0 <= point <= 0xFDEF
        or point & 0xFFFE == 0xFFFE
    )


def uncovered(texts: Iterable[str]) -> set[str]:
    """Characters of the texts that none of the pinned fonts has."""
    used: set[str] = set()
    for text in texts:
        used.update(printable(text))
    covered = pinned_characters()
    return {c for c in used if ord(c) not in covered and needs_glyph(c)}


def fonts_needed(texts: Iterable[str], fonts: Sequence[Path] = ()) -> list[Path]:
    """The font files beside the pinned ones that the texts can't do without, in order.

    A font that adds nothing is left out, so that the same study gives the same bytes on a machine
    with the extra fonts and on one without.
    """
    missing = uncovered(texts)
    needed: list[Path] = []
    for path in (*font_files(fonts), *extra_fonts()):
        if not missing:
            break
        found = {c for c in missing if ord(c) in font_characters(path)}
        if found:
            needed.append(path)
            missing -= found
    return needed


def missing_characters(texts: Iterable[tuple[str, str]], fonts: Sequence[Path] = ()) -> list[Fault]:
    """Each character that no font can show, with where it stands and what would help.

    Parameters
    ----------
    texts : iterable of (str, str)
        Where a text stands ("source karamay", "03-comparison.ipynb, cell 4"), and the text.
    fonts : sequence of Path, optional
        Font files or folders beside the pinned ones: the study file's `report: {fonts: [...]}`.

    Returns
    -------
    list of Fault
        One a character, sorted by its first place and by code point; empty if all can be shown.

    Examples
    --------
    >>> missing_characters([("source a", "Забастовка 罢工")])
    []
    """
    texts = list(texts)
    missing = uncovered(text for _, text in texts)
    for path in fonts_needed((text for _, text in texts), fonts):
        missing -= {c for c in missing if ord(c) in font_characters(path)}
    faults = []
    for character in sorted(missing):
        places = list(dict.fromkeys(where for where, text in texts if character in text))
        name = unicodedata.name(character, "a character without a name")
        also = ""
        if len(places) > 1:
            also = f", also in {'; '.join(places[1:PLACES_SHOWN])}"
        if len(places) > PLACES_SHOWN:
            also += f" and {len(places) - PLACES_SHOWN} more places"
        found = f"no font has {character!r} (U+{ord(character):04X}, {name}){also}"
        faults.append(Fault(places[0], 0, "", found, REMEDY))
    return sorted(faults)


def subset(characters: Iterable[str], path: Path = CJK) -> bytes:
    """A font file cut down to some characters, for a page that carries its font."""
    options = cutting.Options()
    options.layout_features = ["ccmp", "kern"]
    options.recalc_timestamp = False
    font = TTFont(str(path), recalcTimestamp=False)
    cutter = cutting.Subsetter(options)
    cutter.populate(text="".join(sorted(set(characters))))
    cutter.subset(font)
    out = io.BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue()
