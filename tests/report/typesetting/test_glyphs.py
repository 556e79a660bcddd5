"""Which characters the fonts show, and what is said about the others."""

from __future__ import annotations

import json
import re
import unicodedata
from importlib.metadata import version
from pathlib import Path

import pytest
import typst

from tertium.errors import InputError
from tertium.report.typesetting import glyphs

FLAG = "\N{OGHAM LETTER BEITH}"


def test_latin_cyrillic_greek_and_chinese_are_there() -> None:
    """The languages of the built-in schemes need no other font."""
    assert glyphs.missing_characters([("here", "Strike Забастовка ἀπεργία 罢工，《劳动法》")]) == []


def test_a_missing_character_is_named_with_place_and_remedy(monkeypatch) -> None:
    """A fault says which character, where it stands, where else, and what would help."""
    monkeypatch.setattr(glyphs, "EXTRA_PACKAGES", ())
    texts = [("source a", f"x{FLAG}"), ("source b", FLAG), ("source c", "plain")]
    (fault,) = glyphs.missing_characters(texts)
    assert fault.file == "source a"
    assert "U+1681, OGHAM LETTER BEITH" in fault.found
    assert "also in source b" in fault.found
    assert "tertium[fonts]" in fault.remedy
    assert "report: {fonts:" in fault.remedy


def test_a_study_can_bring_its_own_font(monkeypatch, tmp_path: Path) -> None:
    """A font file that the study names supplies what the pinned fonts lack, and no more is loaded."""
    monkeypatch.setattr(glyphs, "EXTRA_PACKAGES", ())
    monkeypatch.setattr(glyphs, "pinned_characters", lambda: frozenset(range(128)))
    assert glyphs.missing_characters([("here", "罢工")], [glyphs.CJK]) == []
    assert glyphs.fonts_needed(["罢工"], [glyphs.CJK.parent]) == [glyphs.CJK]
    assert glyphs.fonts_needed(["strike"], [glyphs.CJK]) == []


def test_a_font_that_is_none_is_refused(tmp_path: Path) -> None:
    """A file that is no font and a path to nothing are named, not passed on."""
    bad = tmp_path / "bad.ttf"
    bad.write_bytes(b"no font")
    with pytest.raises(InputError, match="no font that can be read"):
        glyphs.font_characters(bad)
    with pytest.raises(InputError, match="no such font"):
        glyphs.font_files([tmp_path / "none.ttf"])


def test_characters_without_a_shape_are_written_out() -> None:
    """Private use, control and noncharacters become their code point; all else stays as it is."""
    assert glyphs.printable("\x01\ue000\ufeff\x7f") == "⟨U+0001⟩⟨U+E000⟩⟨U+FEFF⟩⟨U+007F⟩"
    kept = "a\tb\nc \u200d é 罢工 <script> \U0001f600"
    assert glyphs.printable(kept) == kept


def test_coverage_was_read_from_the_typesetter_in_use() -> None:
    """coverage.json belongs to the typst wheel that is installed (else run scripts/make_fonts.py)."""
    recorded = json.loads((glyphs.FONTS / "coverage.json").read_text(encoding="utf-8"))
    assert recorded["typst"] == version("typst")


def test_the_typesetter_agrees_with_the_coverage() -> None:
    """What coverage.json lists can be set upright, bold and italic in archival PDF without a fault."""
    points = sorted(glyphs.pinned_characters())[::7]
    text = "".join(chr(p) for p in points if glyphs.printable(chr(p)) == chr(p))
    literal = "".join(f"\\u{{{ord(c):x}}}" for c in text)
    families = '"Libertinus Serif", "Noto Sans SC", "New Computer Modern", "DejaVu Sans Mono"'
    source = (
        '#set document(title: "t", date: datetime(year: 2026, month: 1, day: 1))\n'
        f'#set text(font: ({families}), fallback: false)\n= t\n#let t = "{literal}"\n'
        '#t #text(weight: "bold", t) #text(style: "italic", t)'
    )
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(glyphs.FONTS)])
    done = typst.compile(source.encode(), font_paths=fonts, format="pdf", pdf_standards=["a-2u"])
    assert done.startswith(b"%PDF")


def test_the_subset_has_what_the_shipped_texts_use(repository: Path) -> None:
    """No text, scheme or notebook of the repository has an East Asian character without a glyph."""
    han = re.compile(r"[\u2E80-\u30FF\u3400-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]")
    lacks: dict[str, str] = {}
    for folder in ("data", "notebooks", "src/tertium"):
        for path in (repository / folder).rglob("*"):
            if path.suffix not in {".md", ".txt", ".yml", ".csv", ".jsonl", ".bib", ".ipynb"}:
                continue
            # Earlier versions of a scheme are read and compared, not printed.
            if {"originals", "past"} & set(path.parts):
                continue
            text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8", errors="ignore"))
            for character in set(han.findall(text)):
                if ord(character) not in glyphs.pinned_characters():
                    lacks[character] = path.name
    assert lacks == {}, "run make fonts"


def test_a_cut_font_has_its_characters_and_the_same_bytes_twice() -> None:
    """The font that a page carries covers what it was cut for and does not change between runs."""
    first = glyphs.subset("罢工a")
    assert first == glyphs.subset("a工罢")
    assert len(first) < 20_000
