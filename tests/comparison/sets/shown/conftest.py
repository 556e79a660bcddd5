"""The made-up study of demands, for every test of what readers see."""

from __future__ import annotations

import pytest

from tertium.bundle import Tables

from .demands import made_study


@pytest.fixture
def study() -> Tables:
    """Nine cases whose truth table and solutions are known by reading it."""
    return made_study()
