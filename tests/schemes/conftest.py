"""Small schemes whose history is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tertium.schemes.scheme import Scheme


def _code(code_id: str, **said: Any) -> dict[str, Any]:
    return {
        "id": code_id,
        "label": code_id.title(),
        "definition": f"What {code_id} is.",
        "when_to_use": f"When {code_id} is told.",
        "when_not_to_use": f"When {code_id} is a metaphor.",
        **said,
    }


@pytest.fixture
def make_scheme() -> Callable[..., Scheme]:
    """Return a maker of schemes from codes (ids or mappings), version and history."""

    def make(*codes: str | dict[str, Any], version: str = "1.0.0", **said: Any) -> Scheme:
        listed = [_code(one) if isinstance(one, str) else _code(**_named(one)) for one in codes]
        return Scheme.model_validate(
            {
                "name": "mini",
                "version": version,
                "title": "Mini",
                "description": "For tests.",
                "verdict": {"text": "One passage.", "present": 0.6, "undecided": 0.3},
                "codes": listed,
                **said,
            }
        )

    def _named(one: dict[str, Any]) -> dict[str, Any]:
        return {"code_id": one["id"], **{key: value for key, value in one.items() if key != "id"}}

    return make
