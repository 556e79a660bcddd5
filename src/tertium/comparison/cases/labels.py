"""What a reader sees of a case: codes by their labels, attributes by their values.

Comes in: descriptions of cases.
Goes out: words for the cells of lists.
"""

from __future__ import annotations

from collections.abc import Iterable

from tertium.bundle import Tables
from tertium.comparison.cases.described import FACT, Description

NOTHING = "nothing"
ALL = "All cases"


class Labels:
    """Words for what cases have.

    Parameters
    ----------
    tables : Tables
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._order = {
            (name, code): (place, number)
            for place, (name, scheme) in enumerate(tables.schemes.items())
            for number, code in enumerate(scheme.code_ids)
        }

    def code(self, scheme: str, code: str) -> str:
        """The label of a code."""
        return self._tables.scheme(scheme).code(code).label

    def ordered(self, keys: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Codes in the order of the study's schemes."""
        return sorted(keys, key=lambda key: self._order[key])

    def values(self, name: str, values: Iterable[str]) -> str:
        """Codes of a scheme or values of an attribute, in words; empty where there are none."""
        if name in self._tables.schemes:
            known = self.ordered((name, value) for value in values)
            return ", ".join(self.code(*key) for key in known)
        return ", ".join(value.replace("_", " ") for value in sorted(values))

    def value(self, name: str, value: str) -> str:
        """One of them."""
        return self.values(name, [value])

    def had(self, one: Description, other: Description, *, where: tuple[bool, bool]) -> str:
        """What both have, or one of two has and the other has not; only what can be compared."""
        keys = [
            key
            for key in set(one.codes) & set(other.codes)
            if (one.codes[key], other.codes[key]) == where
        ]
        said = [self.code(*key) for key in self.ordered(keys)]
        for name in sorted(set(one.values) & set(other.values)):
            here, there = one.values[name], other.values[name]
            wanted = here & there if where == (True, True) else here - there
            if where == (False, True):
                wanted = there - here
            if wanted:
                said.append(f"{name.removeprefix(FACT)}: {self.values(name, wanted)}")
        return "; ".join(said) or NOTHING
