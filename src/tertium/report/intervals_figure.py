"""Coefficients of agreement as dots with their intervals, a row each.

Comes in: the result of `agreement` with one coefficient.
Goes out: a figure, and the same in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from tertium.comparison.result import Result
from tertium.report import style
from tertium.report.figures import new_figure
from tertium.report.style import looks, row_labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_ROW = 0.34
_BELOW, _ABOVE, _RIGHT = 0.5, 0.08, 0.75
_LETTER = 0.069
# Where the axis has its lines; further ones only where a value lies below 0.
_GRID = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def has_intervals(result: Result) -> bool:
    """Whether a result holds what this figure draws."""
    return {"value", "low", "high", "units"} <= set(result.frame.columns) and len(result.frame) > 0


def draw_intervals(result: Result) -> Figure:
    """A dot a row, a line for its interval, and its number; what is undefined says so."""
    names = _names(result)
    left = 0.2 + _LETTER * max(len(line) for name in names for line in name.split("\n"))
    height = _ROW * len(names) + _BELOW + _ABOVE
    drawn = new_figure(style.PAGE_WIDTH, height)
    axes = drawn.add_axes(
        (
            left / style.PAGE_WIDTH,
            _BELOW / height,
            1 - (left + _RIGHT) / style.PAGE_WIDTH,
            _ROW * len(names) / height,
        )
    )
    rows = result.frame.to_dict("records")
    _frame(axes, names, _least(rows), result.column_labels.get("value", "Agreement"))
    colour = looks(["value"])["value"].colour
    for place, row in enumerate(rows):
        if pd.isna(row["value"]):
            axes.text(
                0.02, place, "not defined", va="center", fontsize=style.SMALL_SIZE,
                color=style.SOFT_INK,
            )  # fmt: skip
            continue
        if not pd.isna(row["low"]):
            axes.plot(
                [row["low"], row["high"]], [place, place], color=colour, linewidth=1.4,
                solid_capstyle="butt",
            )  # fmt: skip
        axes.plot([row["value"]], [place], marker="o", markersize=5.5, color=colour, clip_on=False)
        axes.text(
            1.03, place, _rounded(row["value"]), transform=axes.get_yaxis_transform(),
            va="center", fontsize=style.FONT_SIZE, color=style.INK,
        )  # fmt: skip
    return drawn


def _names(result: Result) -> list[str]:
    """The rows' labels, each with its group where the rows are crossed."""
    labels = row_labels(result)
    groups = [str(result.row_groups.get(row, "")) for row in result.frame.index]
    return [
        f"{group}: {label}" if group else label for group, label in zip(groups, labels, strict=True)
    ]


def _least(rows: list[dict[Any, Any]]) -> float:
    """Where the axis begins: at 0, or at a tenth below the least value."""
    known = [
        float(row[name]) for row in rows for name in ("value", "low") if row[name] == row[name]
    ]
    least = min([0.0, *known])
    return 0.0 if least > -0.05 else max(-1.0, round(least - 0.1, 1))


def _frame(axes: Axes, names: list[str], least: float, label: str) -> None:
    ticks = [each for each in (-1.0, -0.5, *_GRID) if each >= least]
    axes.set_xlim(least - 0.02, 1.02)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xticks(ticks, [f"{tick:g}".replace("-", "\u2212") for tick in ticks])
    axes.set_yticks(range(len(names)), names)
    axes.tick_params(length=0, labelsize=style.FONT_SIZE)
    axes.tick_params(axis="x", labelsize=style.SMALL_SIZE)
    axes.grid(axis="x", color=style.RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    for side in ("top", "right", "bottom", "left"):
        axes.spines[side].set_visible(False)
    if least < 0:
        axes.axvline(0.0, color=style.SOFT_INK, linewidth=0.8)
    axes.set_xlabel(label, fontsize=style.FONT_SIZE)


def _rounded(value: float) -> str:
    return f"{round(float(value), 2) + 0.0:.2f}".replace("-", "\u2212")


def intervals_in_words(result: Result) -> str:
    """Every row: its value, its interval, or why there is none."""
    parts = [
        f"{name} {result.cell_text(place, list(result.frame.columns).index('value'))}"
        for place, name in enumerate(_names(result))
    ]
    return (
        "A dot for each row, a line for its interval, on a scale where 1 is perfect agreement and "
        f"0 what chance would give. {'; '.join(parts)}."
    )
