"""What could be expected of whom: the register's rows, and which of them a question is about.

Comes in: the expectations of a study.
Goes out: those that were asked for, or a refusal that says how to register one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tertium.bundle import Tables
from tertium.columns import VOICES
from tertium.comparison.held_rows import rows_of
from tertium.errors import UnknownNameError
from tertium.schemes.scheme import Scheme
from tertium.sources.listed.expectations import REGISTER_COLUMNS, alternatives

# More codes than these are counted in a label, not named.
_NAMED = 3

HOW_TO_REGISTER = (
    "Silence means that something could be expected. Register it: write a row in the file that "
    "the study names under `expectations` (expectation_id, scheme, code, voice, when, why, basis), "
    "saying which voices could be expected to mention the code, in which sources, and why."
)


@dataclass(frozen=True)
class Expectation:
    """Who could be expected to mention what, in which sources, and why.

    Parameters
    ----------
    id, scheme : str
    codes : tuple of str
        Any one of them meets the expectation.
    voices : tuple of str
        Of whom it could be expected; empty: of everybody.
    when : tuple of (scheme, code)
        It is about sources that hold one of these; empty: about all.
    why, basis : str
        The reason, and where it comes from.
    """

    id: str
    scheme: str
    codes: tuple[str, ...]
    voices: tuple[str, ...]
    when: tuple[tuple[str, str], ...]
    why: str
    basis: str

    def is_of(self, voice: str) -> bool:
        """Whether it could be expected of this voice."""
        return not self.voices or voice in self.voices

    def what(self, tables: Tables, *, in_full: bool = False) -> str:
        """What could be expected, in the scheme's words; many codes are counted."""
        return _words(tables.scheme(self.scheme), self.codes, in_full=in_full)

    def where(self, tables: Tables) -> str:
        """In which sources; empty: in all."""
        return _either([tables.scheme(scheme).code(code).label for scheme, code in self.when])

    def of_whom(self) -> str:
        """Of which voices, in words."""
        return ", ".join(map(_spoken, self.voices)) or "every voice"

    def label(self, tables: Tables) -> str:
        """What could be expected, and of which sources, as a table's row is called."""
        where = self.where(tables)
        return f"{self.what(tables)}, where {where}" if where else self.what(tables)


def registered(tables: Tables) -> tuple[Expectation, ...]:
    """The expectations of a study, in the register's order.

    Raises
    ------
    UnknownNameError
        A column is missing, an id stands twice, or an expectation names a voice that is none,
        or a scheme or code that the study does not have.
    """
    if tables.expectations is None:
        return ()
    missing = [name for name in REGISTER_COLUMNS if name not in tables.expectations]
    if missing:
        raise UnknownNameError(
            f"the register of expectations has no column {', '.join(missing)}; its columns are "
            f"{', '.join(REGISTER_COLUMNS)}"
        )
    found = tuple(_expectation(row) for row in rows_of(tables.expectations))
    for number, each in enumerate(found):
        if not each.id or each.id in [other.id for other in found[:number]]:
            raise UnknownNameError(
                f"the register of expectations has the id {each.id!r} twice, or none; give each "
                "expectation an id of its own"
            )
        if not each.codes:
            raise UnknownNameError(f"expectation {each.id} names no code")
        strange = [voice for voice in each.voices if voice not in VOICES]
        if strange:
            raise UnknownNameError(
                f"expectation {each.id}: {strange[0]!r} is no voice; there are {', '.join(VOICES)}"
            )
        for scheme, code in [*((each.scheme, code) for code in each.codes), *each.when]:
            if code not in tables.scheme(scheme).code_ids:
                there = ", ".join(tables.scheme(scheme).code_ids)
                raise UnknownNameError(
                    f"expectation {each.id}: scheme {scheme} has no code {code!r}; it has {there}"
                )
    return found


def wanted(
    tables: Tables, *, expectation: str | None, scheme: str | None, code: str | None
) -> tuple[Expectation, ...]:
    """The expectations that a question is about; all where it names none.

    Raises
    ------
    UnknownNameError
        There is no such expectation, scheme or code; or nothing is registered for the code:
        without an expectation nobody is silent.
    """
    there = registered(tables)
    if not there:
        raise UnknownNameError(f"this study registers no expectation. {HOW_TO_REGISTER}")
    if code is not None and scheme is None:
        raise UnknownNameError(f"code={code!r} without a scheme; name the scheme as well")
    if scheme is not None:
        codes = tables.scheme(scheme).code_ids
        if code is not None and code not in codes:
            raise UnknownNameError(
                f"scheme {scheme} has no code {code!r}; it has {', '.join(codes)}"
            )
    known = [each.id for each in there]
    if expectation is not None and expectation not in known:
        raise UnknownNameError(
            f"no expectation {expectation!r} is registered; there are {', '.join(known)}"
        )
    found = tuple(
        each
        for each in there
        if expectation in (None, each.id)
        and scheme in (None, each.scheme)
        and (code is None or code in each.codes)
    )
    if not found:
        asked = f"scheme {scheme}" if code is None else f"{scheme}: {code}"
        of = f" as {expectation}" if expectation is not None else ""
        raise UnknownNameError(
            f"nobody is registered as expected to mention {asked}{of}. {HOW_TO_REGISTER} "
            f"Registered are {', '.join(known)}."
        )
    return found


def _expectation(row: dict[str, Any]) -> Expectation:
    cells = {name: "" if pd.isna(value) else str(value) for name, value in row.items()}
    conditions = [condition.partition(":") for condition in alternatives(cells["when"])]
    return Expectation(
        id=cells["expectation_id"],
        scheme=cells["scheme"],
        codes=alternatives(cells["code"]),
        voices=alternatives(cells["voice"]),
        when=tuple((scheme, code) for scheme, _, code in conditions),
        why=cells["why"],
        basis=cells["basis"],
    )


def _spoken(voice: str) -> str:
    """A voice in words.

    Examples
    --------
    >>> _spoken("union_official"), _spoken("state_media"), _spoken("ngo")
    ('official union', 'state media', 'NGO')
    """
    if voice == "ngo":
        return "NGO"
    words = voice.split("_")
    return " ".join(reversed(words) if words[0] == "union" else words)


def _words(scheme: Scheme, codes: Sequence[str], *, in_full: bool) -> str:
    if set(codes) == set(scheme.code_ids) and len(codes) > 1 and not in_full:
        return f"{scheme.title} (any)"
    if len(codes) > _NAMED and not in_full:
        return f"{scheme.title} (any of {len(codes)} codes)"
    return _either([scheme.code(code).label for code in codes])


def _either(labels: Sequence[str]) -> str:
    """Labels as alternatives.

    Examples
    --------
    >>> _either(["Wages", "Hours", "Contracts"])
    'Wages, Hours or Contracts'
    """
    *first, last = labels or [""]
    return f"{', '.join(first)} or {last}" if first else last
