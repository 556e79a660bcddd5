"""Sources that were drawn by chance for two people to read, and what they found there.

Comes in: the plans of a study, readings and codings by people.
Goes out: a machine's share less its error, or the reason why it can't be told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
import pandas as pd

from tertium.agreement.assignment.draw import strata_of
from tertium.bundle import Tables
from tertium.comparison.shares.looked import Floats, Looked, Units
from tertium.comparison.statistics.correction import Corrected, corrected_share, unfit

# Fewer units that two people have read say too little of a machine's error.
ENOUGH = 50
GOLD = "gold"
_BETWEEN = " × "
_NO_ATTRIBUTE = ("source_id", "text", "title")
_MACHINES = ("rule", "learned", "model")
_MOST_COLUMNS = 3


@dataclass(frozen=True)
class Drawn:
    """A plan's sources for two coders, and the stratum of every source it drew from.

    Parameters
    ----------
    name : str
        The plan's file.
    readers : dict of str to tuple of str
        By source that two coders have.
    strata : dict of str to str
        By counted source.
    """

    name: str
    readers: dict[str, tuple[str, ...]]
    strata: dict[str, str]


def plans_of(tables: Tables) -> Iterator[Drawn | str]:
    """Each plan of the study, or why nothing can be learned from it.

    A plan names the stratum of the sources that it drew and of no other. By which columns it was
    drawn is found again from these: the columns whose values are what the plan says.
    """
    if tables.plans is None or tables.plans.empty:
        return
    counted = tables.counted_sources()
    there = {str(each) for each in counted["source_id"]}
    for name, rows in sorted(tables.plans.groupby("plan", sort=True)):
        stated = {str(row["source_id"]): str(row["stratum"]) for row in rows.to_dict("records")}
        readers: dict[str, list[str]] = {}
        for source_id, coder in zip(
            *(rows.loc[rows["double"].fillna(False).astype(bool), each]
              for each in ("source_id", "coder")),
            strict=True,
        ):  # fmt: skip
            readers.setdefault(str(source_id), []).append(str(coder))
        if not readers:
            yield f"{name} gives no source to two people"
            continue
        if gone := sorted(set(stated) - there):
            yield f"{name} drew sources that no count takes now: {', '.join(gone)}"
            continue
        found = _strata(counted, stated)
        if found is None:
            yield f"it can't be told from {name} by what it was drawn"
            continue
        pairs = {source_id: tuple(sorted(names)) for source_id, names in sorted(readers.items())}
        yield Drawn(str(name), pairs, found)


def _strata(counted: pd.DataFrame, stated: dict[str, str]) -> dict[str, str] | None:
    """The stratum of every counted source, from those that a plan states; None: not to be told."""
    every = strata_of(counted, [])
    if set(stated.values()) == set(every.values()):
        return every
    width = len(next(iter(stated.values())).split(_BETWEEN))
    if width > _MOST_COLUMNS:
        return None
    names = [str(name) for name in counted.columns if name not in _NO_ATTRIBUTE]
    # A column whose own values are not those of the plan at that place is out at once.
    fitting: list[list[str]] = [[] for _ in range(width)]
    for name in names:
        own = strata_of(counted, [name])
        for place in range(width):
            if all(
                len(parts := words.split(_BETWEEN)) == width and parts[place] == own[source_id]
                for source_id, words in stated.items()
            ):
                fitting[place].append(name)
    options = {
        tuple(sorted(strata_of(counted, by).items()))
        for by in permutations(sorted({name for each in fitting for name in each}), width)
        if all(name in fitting[place] for place, name in enumerate(by))
    }
    return dict(options.pop()) if len(options) == 1 else None


class Correction:
    """Takes a machine's error off its shares, where people have read what chance drew.

    Parameters
    ----------
    tables : Tables
    scheme : str
    """

    def __init__(self, tables: Tables, scheme: str) -> None:
        self.tables, self.scheme = tables, scheme
        self._kinds: dict[str, set[str]] = {}
        for table in (tables.codings, tables.readings):
            rows = table.loc[(table["scheme"] == scheme).fillna(False), ["coder", "coder_kind"]]
            for coder, kind in rows.dropna().drop_duplicates().itertuples(index=False, name=None):
                self._kinds.setdefault(str(coder), set()).add(str(kind))
        listed = list(plans_of(tables))
        self.plans = [each for each in listed if isinstance(each, Drawn)]
        self._faults = [each for each in listed if isinstance(each, str)]

    @property
    def is_by_machine(self) -> bool:
        """Whether the deciding coder is a machine, so that there is an error to take off."""
        return bool(self._kinds.get(self.tables.decides(self.scheme), {"rule"}) & set(_MACHINES))

    @property
    def people(self) -> list[str]:
        """Whoever is asked what stands in the sources drawn."""
        names = {name for plan in self.plans for each in plan.readers.values() for name in each}
        return sorted(names | {GOLD})

    def corrected(
        self, units: Units, code: str, looked: Looked, *, level: float
    ) -> tuple[Corrected, int, str] | str:
        """The corrected share, how many units two people have read, and in which plan they were.

        Where several plans can correct, the one with most units does. A text says why none can.
        """
        if not self.plans:
            return "; ".join(self._faults) or "no plan drew sources for two people to read"
        if not set(units.sources) <= set(self.plans[0].strata):
            return "parts of compiled sources were not drawn by any plan"
        if looked.has_parts and units.unit == "document":
            return "a part of a source is no unit that people read"
        found: list[tuple[int, str, Floats, Drawn]] = []
        faults = list(self._faults)
        for plan in self.plans:
            fit = self._read_by_people(plan, units, code, looked)
            if isinstance(fit, str):
                faults.append(fit)
            else:
                found.append((fit[0], plan.name, fit[1], plan))
        if not found:
            return "; ".join(faults)
        number, name, people, plan = min(found, key=lambda each: (-each[0], each[1]))
        share = corrected_share(
            units.by_source(looked.held),
            people,
            units.by_source(looked.searched),
            [plan.strata[each] for each in units.sources],
            level=level,
        )
        return share, number, name

    def _read_by_people(
        self, plan: Drawn, units: Units, code: str, looked: Looked
    ) -> tuple[int, Floats] | str:
        """How many units two people have read and what they found by source, or why not."""
        labels = np.full(len(units.sources), np.nan)
        number, unread = 0, 0
        not_people: set[str] = set()
        for source_id, names in plan.readers.items():
            if source_id not in units.sources:
                continue
            at = units.sources.index(source_id)
            own = units.source_at == at
            not_people |= {name for name in names if self._kinds.get(name, {"human"}) != {"human"}}
            if len(names) < 2 or not all(
                name in units.coded.coders and units.read(name, code)[own].all() for name in names
            ):
                unread += 1
                continue
            wanted = own & looked.searched
            labels[at] = self._label(units, code, names)[wanted].sum()
            number += int(wanted.sum())
        if not_people:
            return f"{' and '.join(sorted(not_people))} of {plan.name} are no people"
        if unread:
            return (
                f"{unread} of the {len(plan.readers)} sources that {plan.name} drew for two people "
                "are not read by both"
            )
        if number < ENOUGH:
            return f"two people have read {number} units in {plan.name}; it takes {ENOUGH}"
        strata = [plan.strata[each] for each in units.sources]
        matters = units.by_source(looked.searched) > 0
        why = unfit(strata, (~np.isnan(labels)).tolist(), matters.tolist())
        return why or (number, labels)

    def _label(self, units: Units, code: str, names: Sequence[str]) -> Floats:
        """What was settled of each unit, else the mean of the two who read it."""
        mean = np.mean([units.held(name, code) for name in names], axis=0)
        if GOLD not in units.coded.coders or self._kinds.get(GOLD) != {"human"}:
            return mean
        makers = self.tables.made_from.get((self.scheme, GOLD), frozenset())
        settled = units.known(GOLD, code) & (set(names) <= makers)
        found: Floats = np.where(settled, units.held(GOLD, code), mean)
        return found
