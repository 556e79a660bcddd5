"""Scores against the share labelled, as a curve: where it lies on the diagonal the score is true.

Comes in: the result of `evaluate` with show="calibration".
Goes out: a figure, and the same in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from tertium.comparison.result import Result
from tertium.report import style
from tertium.report.figures import new_figure
from tertium.report.style import looks, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_HEIGHT = 3.1
_LEFT, _RIGHT, _BELOW, _ABOVE = 0.62, 0.12, 0.52, 0.12


def is_calibration(result: Result) -> bool:
    """Whether a result holds what this figure draws."""
    return {"mean_score", "share_labelled", "low", "high", "n"} <= set(result.frame.columns)


def draw_calibration(result: Result) -> Figure:
    """A dot a bin of the score, its interval, and how many verdicts lie in it."""
    width = style.PAGE_WIDTH
    drawn = new_figure(width, _HEIGHT)
    axes = drawn.add_axes(
        (_LEFT / width, _BELOW / _HEIGHT, 1 - (_LEFT + _RIGHT) / width,
         1 - (_BELOW + _ABOVE) / _HEIGHT)
    )  # fmt: skip
    _frame(axes)
    colour = looks(["score"])["score"].colour
    for row in result.frame.to_dict("records"):
        score, share = float(row["mean_score"]), float(row["share_labelled"])
        if not pd.isna(row["low"]):
            axes.plot([score, score], [row["low"], row["high"]], color=colour, linewidth=1.2)
        axes.plot([score], [share], marker="o", markersize=5.5, color=colour, linestyle="none",
                  clip_on=False)  # fmt: skip
        # At the upper border the number stands below its dot, so that it stays in the picture.
        axes.annotate(
            number(row["n"]),
            (score, share),
            xytext=(6, -2 if share > 0.9 else 2),
            textcoords="offset points",
            va="top" if share > 0.9 else "bottom",
            fontsize=style.SMALL_SIZE,
            color=style.INK,
            bbox={"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.8},
        )
    return drawn


def _frame(axes: Axes) -> None:
    ticks = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    axes.set_xlim(-0.02, 1.05)
    axes.set_ylim(-0.03, 1.05)
    axes.set_xticks(ticks, [number(tick) for tick in ticks])
    axes.set_yticks(ticks, [number(tick) for tick in ticks])
    axes.tick_params(length=0, labelsize=style.SMALL_SIZE)
    axes.grid(color=style.RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    for side in ("top", "right", "bottom", "left"):
        axes.spines[side].set_visible(False)
    axes.plot([0, 1], [0, 1], color=style.SOFT_INK, linewidth=0.9, linestyle=(0, (4, 3)))
    axes.set_xlabel("Mean score in the bin", fontsize=style.FONT_SIZE)
    axes.set_ylabel("Share labelled", fontsize=style.FONT_SIZE)


def calibration_in_words(result: Result) -> str:
    """Every bin: scores, share labelled, how many verdicts."""
    parts = [
        f"mean score {number(row['mean_score'])}, labelled {number(row['share_labelled'])} "
        f"of {number(row['n'])}"
        for row in result.frame.to_dict("records")
    ]
    return (
        "A dot for each bin of the score: its mean score, the share of its verdicts whose code "
        "was labelled, and beside it how many verdicts there are; a line for the interval; the "
        f"dashed diagonal is where a probability would lie. {'; '.join(parts) or 'No score'}."
    )
