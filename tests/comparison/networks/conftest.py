"""The small debate, for every test of networks."""

from __future__ import annotations

import pytest

from tertium.bundle import Tables

from .debate import small


@pytest.fixture
def small_debate() -> Tables:
    """Miners and lawyers want wages, the mine refuses; the union wants hours alone."""
    return small()
