"""One source: its text, and what is known about who wrote it.

Comes in: a canonical text and the facts of its manifest row.
Goes out: a frozen `Source` that codings can attach to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from tertium.offsets import canonical, text_checksum


@dataclass(frozen=True)
class Source:
    """A text that can be coded.

    Parameters
    ----------
    id : str
        Stem of an original's file, or the speaking name of a digest.
    text : str
        The canonical text (see `tertium.offsets.canonical`); anything else is refused.
    language : str
        BCP 47 code, or "und" where the script rule can't tell.
    encoding : str
        How the bytes were decoded; "extracted" for PDF and DOCX.
    markup : {"plain", "markdown"}
        How headings and tables are written in the text.
    facts : dict of str to str
        The other columns of the manifest: title, voice, date, licence, …

    Examples
    --------
    >>> source = Source(id="s1", text="Workers went on strike.", language="en")
    >>> source.text_sha256[:8]
    'a6c556fb'
    """

    id: str
    text: str
    language: str = "und"
    encoding: str = "utf-8"
    markup: str = "plain"
    facts: dict[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if self.text != canonical(self.text):
            raise ValueError(f"source {self.id!r}: the text is not canonical (NFC, \\n, no BOM)")

    @cached_property
    def text_sha256(self) -> str:
        """SHA-256 of the UTF-8 bytes of the canonical text, in hex."""
        return text_checksum(self.text)


@dataclass(frozen=True, order=True)
class Reject:
    """A file or row that could not become a source, with reason and remedy."""

    file: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}; {self.remedy}"
