"""Codes look different from each other in colour and in pattern, and labels are for people."""

from __future__ import annotations

import pytest

from tertium.columns import ACTOR_TYPES, STANCES, VERDICT_VALUES, VOICES
from tertium.report import style


def test_closed_lists_have_labels():
    """Every value of a closed list has a label."""
    assert set(style.VOICE_LABELS) == set(VOICES)
    assert set(style.ACTOR_LABELS) == set(ACTOR_TYPES)
    assert set(style.STANCE_LABELS) == set(STANCES)
    assert set(style.VERDICT_LABELS) == set(VERDICT_VALUES)


def test_looks_differ_in_colour_and_in_pattern():
    """Nine codes differ by colour alone and by pattern alone; eighteen by both together."""
    looks = style.looks(range(18))
    first = [looks[number] for number in range(9)]
    assert len({look.colour for look in first}) == 9
    assert len({look.hatch for look in first}) == 9
    assert len(set(looks.values())) == 18


def test_a_codes_look_depends_on_its_place_only():
    """A code keeps its look when codes after it or "none" come or go."""
    assert style.looks(["a", "b"])["b"] == style.looks(["a", "none", "b", "c"])["b"]


def test_colours_stand_out_from_paper():
    """Each colour has a contrast of at least 2 to 1 with white paper, for it fills areas."""

    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for look in style.looks(range(9)).values():
        assert 1.05 / (luminance(look.colour) + 0.05) >= 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234567, "1,234,567"),
        (2.5, "2.5"),
        (1e8, "100,000,000"),
        (0.123456, "0.123"),
        (None, "–"),
        ("a", "a"),
    ],
)
def test_numbers(value, text):
    """Numbers part thousands and lose noise; a null shows what it means."""
    assert style.number(value, missing="–") == text
