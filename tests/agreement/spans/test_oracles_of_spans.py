"""Reference cases on spans, computed by programs of others, pass."""

from __future__ import annotations

import pytest
from scripts.check_oracles import check_file


@pytest.mark.parametrize("name", ["agreement_unitizing", "agreement_gamma"])
def test_every_case_on_spans_passes(shared, name):
    """Values, parts and coverage within the tolerance; all covered, but what is unresolved."""
    path = shared / "oracles" / f"{name}.json"
    if not path.is_file():
        pytest.skip("needs ../shared/oracles")
    _, tally = check_file(path)
    assert tally.failed == []
    assert tally.not_covered.total() == 0
    assert tally.passed > 0
