"""Sources that were drawn by chance for two people to read, and what they found there.

Comes in: the plans of a study, readings and codings by people.
Goes out: a machine's share less its error, or the reason why it can't be told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from tertium.agreement.assignment.assign import BETWEEN_COLUMNS
from tertium.agreement.assignment.draw import strata_of
from tertium.agreement.reliability import coders_in_sight
from tertium.bundle import Tables
from tertium.comparison.shares.looked import Floats, Looked, Units
from tertium.comparison.statistics.correction import Corrected, corrected_share, unfit

# Fewer units that two people have read say too little of a machine's error.
ENOUGH = 50
GOLD = "gold"
_MACHINES = ("rule", "learned", "model")


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

    A plan names the stratum of the sources that it drew and of no other, but says by which
    columns it was drawn and how many sources each stratum had. Only where the counted sources
    still are as many had each of them the chance that a correction rests on.
    """
    if tables.plans is None or tables.plans.empty:
        return
    counted = tables.counted_sources()
    titles = dict(zip(tables.sources["source_id"], tables.sources["title"], strict=True))
    for name, rows in sorted(tables.plans.groupby("plan", sort=True)):
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
        found = _strata(str(name), rows, counted, titles)
        if isinstance(found, str):
            yield found
            continue
        pairs = {source_id: tuple(sorted(names)) for source_id, names in sorted(readers.items())}
        yield Drawn(str(name), pairs, found)


def _strata(
    name: str, rows: pd.DataFrame, counted: pd.DataFrame, titles: Mapping[str, Any]
) -> dict[str, str] | str:
    """The stratum of every counted source, or why the plan's draw is none of these sources."""
    if rows["stratum_size"].isna().any():
        return f"{name} does not say what it was drawn from"
    draws = sorted({"" if pd.isna(each) else str(each) for each in rows["drawn_by"]})
    if len(draws) > 1:
        return f"{name} was drawn now by these columns and now by others"
    by = [each for each in draws[0].split(BETWEEN_COLUMNS) if each]
    if gone := [each for each in by if each not in counted.columns]:
        return f"{name} was drawn by {', '.join(gone)}, which sources have no more"
    now = strata_of(counted, by)
    stated = {str(row["source_id"]): str(row["stratum"]) for row in rows.to_dict("records")}
    if left := sorted(set(stated) - set(now)):
        return f"{name} drew sources that no count takes now: {_titled(left, titles)}"
    if moved := sorted(each for each, stratum in stated.items() if now[each] != stratum):
        return f"sources that {name} drew stand in another stratum now: {_titled(moved, titles)}"
    sizes = Counter(now.values())
    lists: dict[str, set[int]] = {}
    for stratum, size in zip(rows["stratum"], rows["stratum_size"], strict=True):
        lists.setdefault(str(stratum), set()).add(int(size))
    for stratum, found in sorted(lists.items()):
        was = sorted(found)
        if len(was) > 1:
            return (
                f"{name} drew from {_words(stratum)} when it had {was[0]} sources, and again with "
                f"{was[-1]}, so that old and new ones had unequal chances"
            )
        if was[0] != sizes[stratum]:
            return (
                f"{name} drew from {was[0]} sources of {_words(stratum)}, and {sizes[stratum]} are "
                "counted now"
            )
    return now


def _titled(source_ids: Iterable[str], titles: Mapping[str, Any]) -> str:
    return ", ".join(
        each if pd.isna(title := titles.get(each)) or not title else f"“{title}”"
        for each in source_ids
    )


def _words(stratum: object) -> str:
    return str(stratum).replace("_", " ")


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
        if seeing := self._seeing(plan):
            return (
                f"{' and '.join(seeing)} of {plan.name} had sight of others' codings (blind: no), "
                "so that the machine's error may be theirs"
            )
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
        return _words(why) or (number, labels)

    def _seeing(self, plan: Drawn) -> list[str]:
        """Readers of a plan who saw others' codings of its sources; what was settled is no such."""
        own = []
        for table in (self.tables.codings, self.tables.readings):
            is_own = (table["scheme"] == self.scheme) & table["source_id"].isin(plan.readers)
            own.append(table[is_own.fillna(False)])
        names = {name for each in plan.readers.values() for name in each}
        return sorted(coders_in_sight(*own) & names)

    def _label(self, units: Units, code: str, names: Sequence[str]) -> Floats:
        """What was settled of each unit, else the mean of the two who read it."""
        mean = np.mean([units.held(name, code) for name in names], axis=0)
        if GOLD not in units.coded.coders or self._kinds.get(GOLD) != {"human"}:
            return mean
        makers = self.tables.made_from.get((self.scheme, GOLD), frozenset())
        settled = units.known(GOLD, code) & (set(names) <= makers)
        found: Floats = np.where(settled, units.held(GOLD, code), mean)
        return found
