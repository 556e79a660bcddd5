"""Sentences of a report: numbers come in, markup does not."""

from __future__ import annotations

import pytest

from tertium.errors import UnknownNameError
from tertium.report.prose import prose


def test_numbers_are_written_for_readers() -> None:
    """Whole numbers get a comma, others two decimals."""
    assert prose("{a} and {b}", a=12345, b=0.6667).markdown == "12,345 and 0.67"


def test_values_never_become_markup() -> None:
    """A value with the marks of Markdown, Pandoc and HTML is shown as it is."""
    shown = prose("{a}", a="*x* [@key] <b> $y$ `z`").markdown
    assert shown == r"\*x\* \[\@key\] \<b\> \$y\$ \`z\`"


@pytest.mark.parametrize("values", [{}, {"a": 1, "b": 2}])
def test_each_place_has_one_value(values: dict[str, int]) -> None:
    """A place without a value, or a value without a place, is refused."""
    with pytest.raises(UnknownNameError, match="places and values differ"):
        prose("{a}", **values)
