"""Codes can be told apart on light and dark paper, by readers with any colour vision."""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pytest

from tertium.coding.workbench.read import style

PAPER = {"light": "#ffffff", "dark": "#212121"}
# Machado, Oliveira and Fernandes (2009), table of severity 1.0.
DEFICIENCIES = {
    "normal": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
}


def linear(colour: str) -> np.ndarray:
    """Return the linear RGB of #rrggbb."""
    values = np.array([int(colour[n : n + 2], 16) for n in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    low, high = sorted(float(linear(each) @ weights) for each in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    """Return CIE Lab of linear RGB."""
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    xyz = to_xyz @ np.clip(rgb, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def colours(theme: str) -> dict[str, str]:
    """Return the colours that the style sheet sets for a theme."""
    light, dark = re.findall(r"\.tw \{(.*?)\n\}", style(), re.DOTALL)[:2]
    found = dict(re.findall(r"--tw-([\w-]+): (#[0-9a-f]{3,6});", light))
    if theme == "dark":
        found |= dict(re.findall(r"--tw-([\w-]+): (#[0-9a-f]{3,6});", dark))
    return {
        name: value if len(value) == 7 else "#" + "".join(c * 2 for c in value[1:])
        for name, value in found.items()
    }


@pytest.mark.parametrize("theme", PAPER)
def test_lines_stand_out_from_the_paper(theme) -> None:
    """Each code's line has at least 3:1 against the paper, each word of ours 4.5:1."""
    found = colours(theme)
    for name, colour in found.items():
        if re.fullmatch(r"c\d|none|edge", name):
            assert contrast(colour, PAPER[theme]) >= 3, (name, colour)
    for name in ("soft", "wrong") if theme == "dark" else ("wrong",):
        assert contrast(found[name], PAPER[theme]) >= 4.5, name
    assert contrast(found["accent"], found["on-accent"]) >= 4.5


@pytest.mark.parametrize("theme", PAPER)
@pytest.mark.parametrize("vision", DEFICIENCIES)
def test_colours_are_told_apart(theme, vision) -> None:
    """Any two of the eight colours differ visibly, also without red or green cones."""
    found = colours(theme)
    seen = {n: lab(DEFICIENCIES[vision] @ linear(found[f"c{n}"])) for n in range(8)}
    close = {
        (one, other): round(float(np.linalg.norm(seen[one] - seen[other])), 1)
        for one, other in combinations(range(8), 2)
        if np.linalg.norm(seen[one] - seen[other]) < 12
    }
    assert close == {}
