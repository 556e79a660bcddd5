"""Who is compared with whom, and what such a comparison may be called.

Comes in: the names of coders and the tables of a study.
Goes out: their kinds, a title, and the sentences that every table of them must carry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from tertium.agreement.diagnose import ADJUDICATED, Coders
from tertium.agreement.reliability import CodedUnits
from tertium.agreement.rereading import split_readings
from tertium.bundle import Tables
from tertium.errors import UnknownNameError
from tertium.schemes.scheme import Scheme
from tertium.sources.units import UnitKind

_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}
MACHINES = ("rule", "learned")


@dataclass(frozen=True, eq=False)
class Compared:
    """The coders of a comparison, and the tables in which they stand.

    Parameters
    ----------
    names : tuple of str
    kinds : dict of str to str
        human, rule, learned or model.
    codings, readings : DataFrame
        Of these coders and this scheme.
    rereader : str
        The coder who is held against herself; empty where several coders are compared.
    people_coded : bool
        Whether any person has coded or read with the scheme, among these coders or not.
    """

    names: tuple[str, ...]
    kinds: dict[str, str]
    codings: pd.DataFrame
    readings: pd.DataFrame
    rereader: str
    people_coded: bool

    @property
    def of_people(self) -> bool:
        """Whether all of the coders are people."""
        return set(self.kinds.values()) == {"human"}

    @property
    def of_one_model(self) -> bool:
        """Whether all of the codings are readings by a model."""
        return set(self.kinds.values()) == {"model"}

    @property
    def title(self) -> str:
        """What is measured, never more than that: machines do not agree, they are consistent."""
        count = len(self.names)
        settled = [name for name in self.names if name in ADJUDICATED]
        if settled:
            others = [name for name in self.names if name not in settled]
            whose = "Readings by one model" if self.of_one_model else _joined(others)
            return f"{whose} beside the {_joined(settled)} made from them"
        if self.of_one_model:
            return f"Consistency of {_NUMBERS.get(count, str(count))} readings by one model"
        if self.rereader:
            return f"Consistency of {self.rereader}'s readings of the same texts"
        if self.of_people:
            return f"Agreement of {_joined(self.names)}"
        if "human" in self.kinds.values():
            return f"People beside machines: {_joined(self.names)}"
        return f"Machine coders beside each other: {_joined(self.names)}"

    @property
    def caution(self) -> str:
        """What must be said of these coders before any figure; empty where they are people."""
        if "human" in self.kinds.values():
            return ""
        if not self.people_coded:
            return "No person has coded these texts."
        return "No person's coding is among these."

    def read_under(self, tables: Tables) -> pd.DataFrame:
        """The readings with the versions of the scheme that the coders had before them."""
        written = tables.readings_as_written
        if written is None or self.rereader:
            return self.readings
        own = written[written["coder"].isin(self.names) & written["scheme"].isin(self.schemes)]
        others = self.readings[~self.readings["coder"].isin(set(own["coder"]))]
        return pd.concat([own, others], ignore_index=True)

    @property
    def schemes(self) -> list[str]:
        """The scheme that is compared, by name; none where nobody has read."""
        return sorted({str(each) for each in self.readings["scheme"].dropna()})

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Every two of the coders."""
        return [
            (one, other)
            for number, one in enumerate(self.names)
            for other in self.names[number + 1 :]
        ]

    def pair_label(self, pair: tuple[str, str]) -> str:
        """Two coders and of what kind they are."""
        kinds = [_SETTLED if name in ADJUDICATED else _KIND[self.kinds[name]] for name in pair]
        of = f"two {_PLURAL[kinds[0]]}" if kinds[0] == kinds[1] else " and ".join(sorted(kinds))
        if self.rereader:
            return " – ".join(pair)
        return f"{' – '.join(pair)} ({of})"

    def facts(self, coded: CodedUnits, tables: Tables, stale: dict[str, int]) -> Coders:
        """What weakens figures on these coders."""
        not_blind = {
            str(name)
            for table in (self.codings, self.readings)
            for name in table.loc[(~table["blind"].astype("boolean")).fillna(False), "coder"]
        }
        read = self.read_under(tables)
        versions = {
            name: tuple(sorted(set(read.loc[read["coder"] == name, "scheme_version"].dropna())))
            for name in self.names
        }
        unread = dict(zip(coded.coders, (int(each) for each in coded.unread), strict=True))
        blind = tuple(name for name in self.names if name in not_blind)
        return Coders(self.kinds, blind, unread, versions, stale)


_SETTLED = "what was settled"
_KIND = {"human": "person", "model": "model reading", "rule": "machine", "learned": "machine"}
_PLURAL = {
    "person": "people",
    "machine": "machines",
    "model reading": "readings by one model",
    _SETTLED: "logs of what was settled",
}


def _joined(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def compared(tables: Tables, scheme: Scheme, coders: str | Sequence[str]) -> Compared:
    """The coders of a comparison; one alone is held against her own earlier readings.

    Raises
    ------
    UnknownNameError
        No such coder, or a single one who has read no source twice.
    """
    names = coders.split(",") if isinstance(coders, str) else list(coders)
    names = [name.strip() for name in names if name.strip()]
    codings, readings = (
        table[(table["scheme"] == scheme.name).fillna(False)]
        for table in (tables.codings, tables.readings)
    )
    kinds = {
        str(name): str(kind)
        for table in (codings, readings)
        for name, kind in zip(table["coder"], table["coder_kind"], strict=True)
    }
    strange = [name for name in names if name not in kinds]
    if strange or not names:
        there = ", ".join(sorted(kinds)) or "none"
        what = f"no coder {strange[0]!r} has" if strange else "name the coders who have"
        raise UnknownNameError(f"{what} coded or read with scheme {scheme.name}; there are {there}")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UnknownNameError(f"coder {twice[0]!r} is named twice; name each once")
    people = "human" in kinds.values()
    rereader = ""
    if len(names) == 1:
        (rereader,) = names
        codings, readings, names = split_readings(
            codings,
            readings,
            scheme=scheme.name,
            coder=rereader,
            as_written=tables.readings_as_written if _is_logged(tables, rereader) else None,
        )
        if len(names) < 2:
            others = ", ".join(sorted(set(kinds) - {rereader})) or "none"
            raise UnknownNameError(
                f"{rereader} has read no source twice with scheme {scheme.name}, so there is "
                f"nothing to hold against; name a second coder (there are {others})"
            )
        kinds = dict.fromkeys(names, kinds[rereader])
    codings, readings = (
        table[table["coder"].isin(names).astype(bool)] for table in (codings, readings)
    )
    own = {name: kinds[name] for name in names}
    return Compared(tuple(names), own, codings, readings, rereader, people)


def _is_logged(tables: Tables, coder: str) -> bool:
    written = tables.readings_as_written
    return written is not None and bool((written["coder"] == coder).any())


UNIT_WORDS: dict[UnitKind, str] = {
    "document": "documents",
    "paragraph": "paragraphs",
    "sentence": "sentences",
}
