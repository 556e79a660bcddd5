"""Who is compared with whom, and what such a comparison may be called.

Comes in: the names of coders and the tables of a study.
Goes out: their kinds, a title, and the sentences that every table of them must carry.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from tertium.agreement.diagnose import ADJUDICATED, Coders
from tertium.agreement.reliability import CodedUnits, coders_in_sight
from tertium.agreement.rereading import first_ends, first_readings, split_readings
from tertium.bundle import Tables
from tertium.errors import UnknownNameError
from tertium.schemes.scheme import Scheme
from tertium.sources.units import UnitKind

NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}


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
    written : DataFrame
        The readings with the versions of the scheme that the coders had before them.
    models : dict of str to str
        Which model each reading by a model is by; see `_models`.
    made_from : dict of str to frozenset of str
        Of each log of what was settled, the coders whose codings it decides on.
    reread : dict of str to int
        Sources that a coder read more than once, of which the first reading is compared.
    """

    names: tuple[str, ...]
    kinds: dict[str, str]
    codings: pd.DataFrame
    readings: pd.DataFrame
    rereader: str
    people_coded: bool
    written: pd.DataFrame
    models: dict[str, str]
    made_from: dict[str, frozenset[str]]
    reread: dict[str, int]

    @property
    def of_people(self) -> bool:
        """Whether all of the coders are people."""
        return set(self.kinds.values()) == {"human"}

    @property
    def of_one_model(self) -> bool:
        """Whether all of the codings are readings by one model."""
        return set(self.kinds.values()) == {"model"} and self._n_models(self.names) < 2

    def _n_models(self, names: Iterable[str]) -> int:
        return len({self.models[name] for name in names if name not in ADJUDICATED})

    @property
    def title(self) -> str:
        """What is measured, never more than that: machines do not agree, they are consistent."""
        count = len(self.names)
        settled = [name for name in self.names if name in ADJUDICATED]
        others = [name for name in self.names if name not in settled]
        if settled and others:
            makers = {maker for name in settled for maker in self.made_from[name]}
            made = " made from them" if set(others) <= makers else ""
            return f"{self._whose(others)} beside the {_joined(settled)}{made}"
        if settled:
            return f"{_joined(settled)} beside each other"
        if set(self.kinds.values()) == {"model"} and not self.of_one_model:
            return f"{self._whose(others)} beside each other"
        if self.of_one_model:
            return f"Consistency of {NUMBERS.get(count, str(count))} readings by one model"
        if self.rereader:
            return f"Consistency of {self.rereader}'s readings of the same texts"
        if self.of_people:
            return f"Agreement of {_joined(self.names)}"
        if "human" in self.kinds.values():
            return f"People beside machines: {_joined(self.names)}"
        if set(self.kinds.values()) == {"model", "rule"}:
            return "Readings and rules beside each other"
        return f"Machine coders beside each other: {_joined(self.names)}"

    def _whose(self, names: Sequence[str]) -> str:
        kinds = {self.kinds[name] for name in names}
        if kinds == {"model"}:
            count = self._n_models(names)
            several = f"{NUMBERS.get(count, str(count))} models"
            return f"Readings by {'one model' if count == 1 else several}"
        return "Rules" if kinds == {"rule"} else _joined(names)

    @property
    def caution(self) -> str:
        """What must be said of these coders before any figure; empty where they are people."""
        if "human" in self.kinds.values():
            return ""
        if not self.people_coded:
            return "No person has coded these texts."
        return "No person's coding is among these."

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
        if self.rereader:
            return " – ".join(pair)
        one_kind = kinds[0] == kinds[1]
        of = f"two {self._plural(kinds[0], pair)}" if one_kind else " and ".join(sorted(kinds))
        return f"{' – '.join(pair)} ({of})"

    def _plural(self, kind: str, pair: tuple[str, str]) -> str:
        if kind == _KIND["model"] and self._n_models(pair) > 1:
            return "models"
        return _PLURAL[kind]

    def facts(self, coded: CodedUnits, stale: dict[str, int]) -> Coders:
        """What weakens figures on these coders."""
        not_blind = coders_in_sight(self.codings, self.readings)
        read = self.written
        versions = {
            name: tuple(sorted(set(read.loc[read["coder"] == name, "scheme_version"].dropna())))
            for name in self.names
        }
        unread = dict(zip(coded.coders, (int(each) for each in coded.unread), strict=True))
        blind = tuple(name for name in self.names if name in not_blind)
        return Coders(
            self.kinds, blind, unread, versions, stale, self.models, self.made_from, self.reread
        )


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
    written = _as_written(tables, readings, scheme.name)
    rereader = ""
    reread: dict[str, int] = {}
    if len(names) == 1:
        (rereader,) = names
        split = partial(split_readings, scheme=scheme.name, coder=rereader, as_written=written)
        _, before, _ = split(codings.iloc[:0], written)
        codings, readings, names = split(codings, readings)
        written = before
        if len(names) < 2:
            others = ", ".join(sorted(set(kinds) - {rereader})) or "none"
            raise UnknownNameError(
                f"{rereader} has read no source twice with scheme {scheme.name}, so there is "
                f"nothing to hold against; name a second coder (there are {others})"
            )
        kinds = dict.fromkeys(names, kinds[rereader])
    else:
        ends = first_ends(written, scheme=scheme.name)
        reread = dict(Counter(name for name, _ in ends if name in names))
        codings, readings, written = (
            first_readings(table, ends, scheme=scheme.name)
            for table in (codings, readings, written)
        )
    codings, readings, written = (
        table[table["coder"].isin(names).astype(bool)] for table in (codings, readings, written)
    )
    own = {name: kinds[name] for name in names}
    settled = {name: tables.made_from.get((scheme.name, name), frozenset()) for name in ADJUDICATED}
    models = _models(codings, readings, own, rereader)
    return Compared(
        tuple(names), own, codings, readings, rereader, people, written, models, settled, reread
    )


def _as_written(tables: Tables, readings: pd.DataFrame, scheme: str) -> pd.DataFrame:
    """The readings under the versions that coders had before them: of logs, as they stand there."""
    written = tables.readings_as_written
    if written is None:
        return readings
    own = written[(written["scheme"] == scheme).fillna(False)]
    others = readings[~readings["coder"].isin(set(own["coder"]))]
    return pd.concat([own, others], ignore_index=True)


_NUMBERED = re.compile(r"(.+)[-_]\d+")


def _models(
    codings: pd.DataFrame, readings: pd.DataFrame, kinds: Mapping[str, str], rereader: str
) -> dict[str, str]:
    """Which model each reading by a model is by.

    That is what its lines have as coder_version. Where they have none, readings whose names are
    one but for a number at the end (reading-1, reading-2) are held to be by one model, and others
    by different ones: give models a coder_version.
    """
    found = {}
    for name in (name for name, kind in kinds.items() if kind == "model"):
        stated = {
            str(version)
            for table in (codings, readings)
            for version in table.loc[table["coder"] == name, "coder_version"].dropna()
        }
        numbered = _NUMBERED.fullmatch(name)
        stem = rereader or (numbered[1] if numbered else name)
        found[name] = f"version {', '.join(sorted(stated))}" if stated else f"name {stem}"
    return found


UNIT_WORDS: dict[UnitKind, str] = {
    "document": "documents",
    "paragraph": "paragraphs",
    "sentence": "sentences",
}
