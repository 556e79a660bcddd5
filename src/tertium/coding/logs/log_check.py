"""Whether the lines of a log still fit the texts and schemes that they speak of.

Comes in: lines that stand, the texts at hand, the schemes in force.
Goes out: one fault for each thing that does not fit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from tertium.coding.logs.lines import quote_checksum
from tertium.coding.logs.log import Line
from tertium.errors import Fault
from tertium.schemes.history import version_parts
from tertium.schemes.scheme import Scheme
from tertium.sources.source import Source


def log_faults(
    lines: Iterable[Line],
    *,
    checksums: Mapping[str, str],
    sources: Iterable[Source] = (),
    schemes: Mapping[str, Scheme] | None = None,
    other_schemes: Collection[str] = (),
) -> Iterator[Fault]:
    """Lines that speak of a source, text, scheme or code that is not there.

    Parameters
    ----------
    lines : iterable of Line
        Those that stand.
    checksums : mapping of str to str
        The text's checksum that the manifest lists, by source.
    sources : iterable of Source
        The texts that are at hand: what a line quotes is looked up in them.
    schemes : mapping of str to Scheme, optional
        Those in force, by name; without them codes are not looked at. A code is held against
        the version in force only: what was made under another version is stale, not wrong.
    other_schemes : collection of str
        Names of schemes that lines may speak of and that are not looked into.
    """
    texts = {source.id: source for source in sources}
    for line in lines:
        if line.source_id not in checksums:
            found, remedy = f"{line.source_id!r} is not there", "write an id of the manifest"
            yield Fault(line.file, line.number, "source_id", found, remedy)
            continue
        yield from text_faults(line, checksums[line.source_id], texts.get(line.source_id))
        if schemes is not None and "scheme" in line.content:
            yield from _scheme_faults(line, schemes, other_schemes)


def text_faults(line: Line, checksum: str, source: Source | None) -> Iterator[Fault]:
    """Whether a line was made on the text with `checksum`, and quotes what stands there."""
    said = line.content
    if said.get("text_sha256") != checksum:
        found = f"the text of {line.source_id} changed since it was coded"
        found = found if said.get("text_sha256") else "no checksum says which text was coded"
        remedy = "bring the former text back, or anchor its codings again"
        yield Fault(line.file, line.number, "text_sha256", found, remedy)
        return
    start, end = said.get("start"), said.get("end")
    if source is None or start is None or end is None:
        return
    if end > len(source.text):
        found = f"{end} is behind the end of the text, {len(source.text)}"
        remedy = "write a place in the text, or retract the line"
        yield Fault(line.file, line.number, "end", found, remedy)
        return
    there = source.text[start:end]
    wrong = [
        name
        for name, reads in (("quote", there), ("quote_sha256", quote_checksum(there)))
        if said.get(name) not in (None, reads)
    ]
    for name in wrong:
        found = f"{line.source_id} does not read so from {start} to {end}"
        remedy = "anchor the coding again, or retract it"
        yield Fault(line.file, line.number, name, found, remedy)


def _scheme_faults(
    line: Line, schemes: Mapping[str, Scheme], others: Collection[str]
) -> Iterator[Fault]:
    name, version, code = (line.content.get(key) for key in ("scheme", "scheme_version", "code"))
    scheme = schemes.get(str(name))
    if scheme is None:
        if name not in others:
            found = f"there is no scheme {name!r}"
            remedy = f"write one of: {', '.join(sorted({*schemes, *others}))}"
            yield Fault(line.file, line.number, "scheme", found, remedy)
    elif version == scheme.version and code is not None and code not in scheme.code_ids:
        found = f"scheme {scheme.reference} has no code {code!r}"
        remedy = f"write one of: {', '.join(scheme.code_ids)}"
        yield Fault(line.file, line.number, "code", found, remedy)


def later_faults(lines: Iterable[Line], schemes: Mapping[str, Scheme]) -> Iterator[Fault]:
    """Lines that were made with a later version of a scheme than the one in force."""
    for line in lines:
        version, scheme = (
            line.content.get("scheme_version"),
            schemes.get(str(line.content.get("scheme"))),
        )
        if scheme is None or version is None:
            continue
        if version_parts(version) > version_parts(scheme.version):
            found = f"{scheme.name} {version} is later than {scheme.version}, which is in force"
            remedy = f"take {scheme.name}@{version} into the study"
            yield Fault(line.file, line.number, "scheme_version", found, remedy)
