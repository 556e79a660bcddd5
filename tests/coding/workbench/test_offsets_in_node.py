"""The script's maps of places, run by node: they equal Python's own counts."""

from __future__ import annotations

import json
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tertium.coding.workbench.read import SCRIPTS, script
from tertium.offsets import OffsetMap

SCRIPT = files("tertium.coding.workbench")


@pytest.fixture
def run(node: Path):
    """Return a function that evaluates an expression over the names of a script."""

    def evaluate(expression: str, *, of: str = "offsets.js", **values: Any) -> Any:
        given = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in values.items())
        code = (SCRIPT / of).read_text("utf-8")
        code += f"\n{given}console.log(JSON.stringify({expression}));\n"
        done = subprocess.run(
            [node, "--input-type=module"], input=code, capture_output=True, text=True,
            encoding="utf-8", timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return evaluate


def test_places_are_those_of_python(run, hard) -> None:
    """Both ways, at every place of a text with Chinese, Cyrillic, emoji and combining marks."""
    text = hard.text + "𠮷野家 and 𝒳"
    there = OffsetMap(text)
    units = [there.to_utf16(point) for point in range(len(text) + 1)]
    expression = "(() => { const map = new PointMap(text); return [points.map((p) => map.toUnit(p)), units.map((u) => map.toPoint(u))]; })()"
    points = list(range(len(text) + 1))
    assert run(expression, text=text, points=points, units=units) == [units, points]


def test_a_unit_inside_a_character_is_that_character(run) -> None:
    """The browser may name the middle of a pair; the place is the character's own."""
    assert run("[0, 1, 2, 3, 4].map((u) => new PointMap(text).toPoint(u))", text="a👍b") == [
        0,
        1,
        1,
        2,
        3,
    ]


@pytest.mark.parametrize(
    ("words", "cut", "whole"),
    [
        ("a 👨‍👩‍👧‍👦 b", (3, 5), "👨‍👩‍👧‍👦"),
        ("ax̂b", (1, 2), "x̂"),
        ("ax̂b", (2, 4), "x̂b"),
        ("🇰🇿🇨🇳", (4, 6), "🇨🇳"),
        ("한국", (0, 1), "한"),
        ("plain", (1, 3), "la"),
    ],
)
def test_ends_snap_outward_to_graphemes(run, words, cut, whole) -> None:
    """What a reader sees as one character is never cut, and whole ones stay as they are."""
    assert run("text.slice(...snap(text, ...cut))", text=words, cut=cut) == whole


def test_white_space_at_the_ends_is_left_out(run) -> None:
    """A hasty mouse takes blanks and line ends along."""
    assert run("trim(text, 0, text.length)", text=" \n\u3000ab \n") == [3, 5]


def test_words_are_found_in_every_script(run, hard) -> None:
    """Chinese is cut into words, emoji are words of their own, punctuation is none."""
    text = f"工人罢工，Рабочие {hard.family} came."
    found = run("wordsOf(text, 0, text.length, 'und').map((w) => text.slice(...w))", text=text)
    assert found[-3:] == ["Рабочие", hard.family, "came"]
    assert "".join(found[:-3]) == "工人罢工"
    assert run("wordsOf('a b', 0, 3, 'no such tag').length") == 2


def test_an_end_never_crosses_the_other(run) -> None:
    """An end moves to the next border, and stops before the span would be empty."""
    parts = [[0, 2], [3, 5], [6, 8]]
    moved = "movedEnd(parts, { start: 3, end: 5 }, which, direction)"
    given = [("end", 1), ("end", -1), ("start", -1), ("start", 1)]
    assert [run(moved, parts=parts, which=w, direction=d) for w, d in given] == [8, None, 0, None]


def test_half_a_million_characters_take_no_time(run) -> None:
    """One map a text: two hundred places in a long one, forth and back."""
    expression = "(() => { const text = '工人👍x'.repeat(125000); const map = new PointMap(text); let wrong = 0; for (let p = 0; p < 500000; p += 2500) if (map.toPoint(map.toUnit(p)) !== p) wrong += 1; return wrong; })()"
    assert run(expression) == 0


def test_marks_that_overlap_lie_in_lanes(run) -> None:
    """Marks that share words get lanes of their own; a lane is free again behind its mark."""
    marks = [
        {"id": "a", "start": 0, "end": 9, "index": 0},
        {"id": "b", "start": 2, "end": 4, "index": 1},
        {"id": "c", "start": 5, "end": 7, "index": 2},
        {"id": "d", "start": 9, "end": 12, "index": 3},
    ]
    assert run("Object.fromEntries(lanes(marks))", of="marks.js", marks=marks) == {
        "a": 0, "b": 1, "c": 1, "d": 0,
    }  # fmt: skip
    cut = run(
        "pieces(3, 6, marks).map((p) => [p.start, p.end, p.marks.map((m) => m.id).join('')])",
        of="marks.js",
        marks=marks,
    )
    assert cut == [[3, 4, "ab"], [4, 5, "a"], [5, 6, "ac"]]


def test_sixty_four_codes_look_different(run) -> None:
    """No two codes share colour and pattern; the first eight share neither."""
    looks = [tuple(one.values()) for one in run("[...Array(64).keys()].map(lookOf)", of="marks.js")]
    assert len(set(looks)) == 64
    assert len({colour for colour, _ in looks[:8]}) == 8
    assert len({pattern for _, pattern in looks[:8]}) == 8


def test_the_parts_make_one_module(node: Path, tmp_path: Path) -> None:
    """Joined, the scripts are one ES module with one export that imports nothing."""
    module = tmp_path / "widget.mjs"
    module.write_text(script(), encoding="utf-8")
    subprocess.run([node, "--check", module], check=True, timeout=60)
    assert script().count("export ") == script().count("export default") == 1
    assert "import " not in script()


def test_no_script_makes_markup_of_a_text() -> None:
    """Texts become text nodes; nothing is evaluated, fetched or parsed as HTML."""
    for name in SCRIPTS:
        text = (SCRIPT / name).read_text("utf-8")
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "eval(",
            "fetch(",
            "document.write",
        ):
            assert word not in text, (name, word)
