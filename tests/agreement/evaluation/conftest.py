"""Small tables of verdicts beside labels, whose measures are known by counting."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import pytest

from tertium.columns import EVALUATED, frame

CODES = ("a", "b")


def rows_of(
    id_: str,
    labels: str,
    verdicts: Sequence[str],
    *,
    scores: Sequence[float | None] | None = None,
    primary: str | None = "",
    given: str = "",
    **facts: Any,
) -> list[dict[str, Any]]:
    """One text: the codes labelled (as letters) and the verdict on each code of `CODES`."""
    short = {"+": "present", "-": "absent", "?": "undecided", "x": "not_searched"}
    values = [short[each] for each in verdicts]
    own = {"present": 0.8, "absent": 0.0, "undecided": 0.4, "not_searched": None}
    shown = scores or [own[value] for value in values]
    first = primary if primary != "" else labels[:1]
    mostly = given or next((c for c, v in zip(CODES, values, strict=True) if v == "present"), "")
    return [
        {
            "corpus": "mine", "id": id_, "language": "en", "length": 100, "topic_group": id_,
            "annotator": "human", "scheme": "mini", "scheme_version": "1.0.0", "code": code,
            "coder": "rule", "coder_kind": "rule", "calibrated": False, "gold": code in labels,
            "gold_primary": None if first is None else code == first, "verdict": value,
            "score": score, "primary": code == mostly, "n_evidence": 0, **facts,
        }
        for code, value, score in zip(CODES, values, shown, strict=True)
    ]  # fmt: skip


def table_of(*texts: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Texts as the table `EVALUATED`."""
    return frame([row for text in texts for row in text], EVALUATED)


@pytest.fixture
def text() -> Callable[..., list[dict[str, Any]]]:
    """A function that makes the rows of one text."""
    return rows_of


@pytest.fixture
def table() -> Callable[..., pd.DataFrame]:
    """A function that makes a table of texts."""
    return table_of


@pytest.fixture
def five() -> pd.DataFrame:
    """Five texts: a is found once, missed twice and added once; b is found once.

    One text without a label is kept empty; one verdict is undecided, two were not searched.
    """
    return table_of(
        rows_of("t1", "a", "+-"),
        rows_of("t2", "ab", "-+", topic_group="t1"),
        rows_of("t3", "", "+-", language="ru"),
        rows_of("t4", "", "-?", language="zh"),
        rows_of("t5", "a", "xx", language="sv"),
    )
