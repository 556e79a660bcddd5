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

# What a coder does about a line that no longer fits its text.
_RETRACT = "retract it: tertium retract STUDY --coder {} --source {}"


def log_faults(
    lines: Iterable[Line],
    *,
    checksums: Mapping[str, str],
    sources: Iterable[Source] = (),
    schemes: Mapping[str, Scheme] | None = None,
    other_schemes: Collection[str] = (),
    past: Iterable[Scheme] = (),
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
        the version that it was coded with, where that is in force or in `past`.
    other_schemes : collection of str
        Names of schemes that lines may speak of and that are not looked into.
    past : iterable of Scheme
        Earlier versions of the schemes in force.
    """
    texts = {source.id: source for source in sources}
    versions = {(each.name, each.version): each for each in past}
    away: set[str] = set()
    for line in lines:
        if line.source_id not in checksums:
            if line.file not in away:
                found = f"{line.source_id!r} is not among the sources"
                remedy = "delete the log, or put the source back into the manifest"
                yield Fault(line.file, 0, "source_id", found, remedy)
            away.add(line.file)
            continue
        yield from text_faults(line, checksums[line.source_id], texts.get(line.source_id))
        if schemes is not None and "scheme" in line.content:
            yield from _scheme_faults(line, schemes, other_schemes, versions)


def text_faults(line: Line, checksum: str, source: Source | None) -> Iterator[Fault]:
    """Whether a line was made on the text with `checksum`, and quotes what stands there."""
    said = line.content
    if said.get("text_sha256") != checksum:
        found = f"the text of {line.source_id} changed since it was coded"
        found = found if said.get("text_sha256") else "no checksum says which text was coded"
        remedy = f"bring the former text back, or {_retract(line)}, and code it again"
        yield Fault(line.file, line.number, "text_sha256", found, remedy)
        return
    start, end = said.get("start"), said.get("end")
    if source is None or start is None or end is None:
        return
    if end > len(source.text):
        found = f"{end} is behind the end of the text, {len(source.text)}"
        remedy = _retract(line)
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
        remedy = f"{_retract(line)}, and code it again"
        yield Fault(line.file, line.number, name, found, remedy)


def _retract(line: Line) -> str:
    return _RETRACT.format(line.coder, line.source_id)


def _scheme_faults(
    line: Line,
    schemes: Mapping[str, Scheme],
    others: Collection[str],
    versions: Mapping[tuple[str, str], Scheme],
) -> Iterator[Fault]:
    name, version, code = (line.content.get(key) for key in ("scheme", "scheme_version", "code"))
    scheme = schemes.get(str(name))
    if scheme is None:
        if name not in others:
            found = f"there is no scheme {name!r}"
            remedy = f"write one of: {', '.join(sorted({*schemes, *others}))}"
            yield Fault(line.file, line.number, "scheme", found, remedy)
        return
    then = scheme if version == scheme.version else versions.get((str(name), str(version)))
    if then is not None and code is not None and code not in then.code_ids:
        found = f"scheme {then.reference} has no code {code!r}"
        remedy = f"write one of: {', '.join(then.code_ids)}"
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
