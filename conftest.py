"""Examples in docstrings that open the shipped study open it once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from _pytest.doctest import DoctestItem

import tertium
import tertium.study

_opened: Callable[..., tertium.study.Study] = cache(tertium.study.open_study)


@pytest.fixture(autouse=True)
def _study_opened_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A study is frozen, and so is what an example reads of it."""
    if isinstance(request.node, DoctestItem):
        monkeypatch.setattr(tertium.study, "open_study", _opened)
        monkeypatch.setattr(tertium, "open_study", _opened)
