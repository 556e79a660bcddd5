"""The tables of a study, frozen together.

Comes in: sources, units, zones, codings, readings, verdicts, cases and schemes.
Goes out: one bundle that every comparison is a function of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from tertium.errors import UnknownNameError
from tertium.schemes.scheme import Scheme


@dataclass(frozen=True)
class Tables:
    """Everything that a comparison may look at; columns stand in `tertium.columns`.

    Parameters
    ----------
    sources, units, zones, codings, readings, verdicts, cases : DataFrame
        See `SOURCES`, `UNITS`, `ZONE_COLUMNS`, `CODINGS`, `READINGS`, `VERDICTS`, `CASES`.
    case_sources : DataFrame
        Which sources tell which case: case_id, source_id, start, end.
    schemes : mapping of str to Scheme
        By name.
    deciding_coder : str
        The coder whose verdicts and codings the comparisons use.
    """

    sources: pd.DataFrame
    units: pd.DataFrame
    zones: pd.DataFrame
    codings: pd.DataFrame
    readings: pd.DataFrame
    verdicts: pd.DataFrame
    cases: pd.DataFrame
    case_sources: pd.DataFrame
    schemes: Mapping[str, Scheme] = field(default_factory=dict)
    deciding_coder: str = "rule"

    def scheme(self, name: str) -> Scheme:
        """The scheme called `name`, or an error that lists what there is."""
        if name not in self.schemes:
            raise UnknownNameError(
                f"the study has no scheme {name!r}; it has {', '.join(sorted(self.schemes))}"
            )
        return self.schemes[name]

    def counted_sources(self) -> pd.DataFrame:
        """The sources that a count may take: no text beside another that it renders.

        A digest is left out where its original is there; a translation or a copy where the
        source that it renders is there.
        """
        there = set(self.sources["source_id"])
        rendered = pd.Series(False, index=self.sources.index)
        for column in ("digest_of", "translation_of", "copy_of"):
            rendered |= self.sources[column].isin(there).fillna(False).astype(bool)
        return self.sources[~rendered]
