"""All exceptions of the package, and the fault that they list.

Comes in: where something was wrong, what was found, what would be right.
Goes out: one error that names every fault of one file or folder, sorted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong in an input, and how to mend it.

    Parameters
    ----------
    file : str
        The file as the user knows it: relative to the study, never absolute where avoidable.
    line : int
        Line counted from 1; 0 where a line has no meaning (a PDF, a missing file).
    field : str
        The column, key or path inside the file; empty for the file as a whole.
    found : str
        What stands there.
    remedy : str
        What would be right.

    Examples
    --------
    >>> print(Fault("manifest.csv", 3, "voice", "'unoin' is no voice", "write one of: ngo, …"))
    manifest.csv, line 3, voice: 'unoin' is no voice; write one of: ngo, …
    """

    file: str
    line: int
    field: str
    found: str
    remedy: str

    def __str__(self) -> str:
        place = [self.file]
        if self.line:
            place.append(f"line {self.line}")
        if self.field:
            place.append(self.field)
        return f"{', '.join(place)}: {self.found}; {self.remedy}"


class TertiumError(Exception):
    """Anything that this package raises on purpose."""


class InputError(TertiumError):
    """An input that can't be used, with every fault in it.

    Parameters
    ----------
    faults : iterable of Fault
        At least one; kept sorted by file, line and field.

    Examples
    --------
    >>> error = InputError([Fault("a.yml", 2, "version", "'x' is no version", "write 1.0.0")])
    >>> print(error)
    a.yml, line 2, version: 'x' is no version; write 1.0.0
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class ChecksumError(TertiumError):
    """A coding or reading meets a text other than the one it was made on."""


class VersionError(TertiumError):
    """Codings, readings or verdicts were made with another version of a scheme."""


class AgreementError(TertiumError):
    """A strict policy refuses a table: coders agree too little on a code, or nobody knows."""


class MissingLibraryError(TertiumError):
    """A library that only some need is not installed; the message says how to get it."""


class UnknownNameError(TertiumError):
    """A name that is not there: scheme, code, source, column, study; the message lists what is."""
