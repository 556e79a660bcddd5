"""The coder that applies a learned model.

Comes in: a model, sources and a scheme.
Goes out: rows of the codings and readings tables.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from tertium.coding.coding import coding_row, reading_row
from tertium.coding.learned.features import Seen, see
from tertium.coding.learned.model import LearnedModel
from tertium.columns import CoderKind
from tertium.schemes.scheme import Scheme
from tertium.sources.source import Source
from tertium.sources.units import Unit

Row = dict[str, Any]


class LearnedCoder:
    """Codes the passages that the rules find, as strongly as a model learned to trust them.

    The model gives each code a probability for the text as a whole. The passages share it:
    their confidences are such that the scheme's score, one minus the product of what each
    leaves open, is that probability. A code without a passage is not shown, however likely:
    no verdict stands without its evidence.

    Parameters
    ----------
    model : LearnedModel

    Raises
    ------
    VersionError
        From `code`, where the scheme is not the one that the model was trained with.
    """

    name = "learned"
    kind: CoderKind = "learned"

    def __init__(self, model: LearnedModel) -> None:
        self.model = model
        self.version = model.version

    def code(
        self, source: Source, units: Sequence[Unit], scheme: Scheme
    ) -> tuple[list[Row], list[Row]]:
        """Rows of the codings table and of the readings table for one source."""
        self.model.check(scheme)
        signature: dict[str, Any] = {
            "coder": self.name,
            "coder_version": self.version,
            "coder_kind": self.kind,
        }
        codings: list[Row] = []
        readings: list[Row] = []
        for code_id, seen in see(source, units, scheme).items():
            if code_id not in self.model.codes:
                continue
            readings.append(reading_row(source, scheme, code_id, **signature))
            probability = self.model.codes[code_id].probability(seen.features)
            shares = _shares(probability, seen)
            for (span, _, memo), share in zip(seen.passages, shares, strict=True):
                codings.append(
                    coding_row(
                        source, span, scheme, code_id, confidence=share, memo=memo, **signature
                    )
                )
        return codings, readings


def _shares(probability: float, seen: Seen) -> list[float]:
    """Confidences in proportion to the rules' weights that together give `probability`."""
    total = sum(weight for _, weight, _ in seen.passages)
    # A certainty would leave nothing open to share.
    open_ = math.log1p(-min(probability, 1.0 - 1e-9))
    return [max(1e-9, -math.expm1(open_ * weight / total)) for _, weight, _ in seen.passages]
