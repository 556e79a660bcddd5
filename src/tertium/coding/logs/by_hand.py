"""Codings that were written into a table by hand, as lines of the log.

Comes in: rows with source, quote and code; the sources, the schemes, and the lines there are.
Goes out: lines to append, what stands already, or every fault of the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tertium.coding.logs.line_kinds import LoggedKind
from tertium.coding.logs.lines import UNDECIDED, coding_line, reading_line
from tertium.coding.logs.log import SETTLED_NAMES, TAKEN_NAMES, Line, standing
from tertium.coding.logs.quoted import Quotable, Unplaced, place_of
from tertium.coding.logs.stale import stale_in_log
from tertium.coding.logs.statement_rows import form_faults, whole_faults
from tertium.errors import Fault, InputError
from tertium.schemes.history import fate_of, version_parts
from tertium.schemes.scheme import Scheme
from tertium.sources.files.rows import Row
from tertium.sources.licences import may_be_passed_on
from tertium.sources.source import Source
from tertium.spans import Span

# A table of nothing but source_id lists the sources that were read.
NEEDED = ("source_id",)
OPTIONAL = (
    "code", "quote", "coder", "scheme", "stance", "confidence", "value", "memo", "nth", "prefix",
    "blind", "verdict", "read", "statement", "role",
)  # fmt: skip
_VERDICTS = ("present", "absent", "undecided")
_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
# What a second row, or a second import, may say otherwise of the same coding.
_DETAILS = ("stance", "confidence", "value", "memo")
# No text holds a quote more often than nine digits can say.
_MOST_DIGITS = 9

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Standard:
    """What holds for rows that say nothing else.

    Parameters
    ----------
    coder : str
        Who coded; empty where every row says it.
    scheme : str
        With which scheme; empty where every row says it.
    kind : {"human", "model"}
        What all coders of the table are.
    blind : bool or None
        Whether other codings were out of sight.
    """

    coder: str = ""
    scheme: str = ""
    kind: LoggedKind = "human"
    blind: bool | None = None


@dataclass
class Written:
    """What a table gives: lines to append, and what it says of lines that stand already."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def lines_by_hand(
    rows: Iterable[Row],
    *,
    sources: Iterable[Source],
    schemes: Sequence[Scheme],
    log: Iterable[Line],
    standard: Standard,
    file: str,
) -> Written:
    """The lines that a table of codings stands for.

    A row with a code and a quote is a coding of that passage. A row with a code, no quote and a
    verdict is of the whole source: present, undecided, or absent (searched, not found). A row
    without code and quote says that the whole source was read for all codes, and so does a yes
    in the column `read` of any row. Rows of one source and coder with the same word in the column
    `statement` are one statement: claims without a role, and at least one actor.

    What stands under the version in force is not written twice. A reading under an earlier one
    is written anew; a coding only where it is stale, and the new line stands in its place.

    Parameters
    ----------
    rows : iterable of Row
        With the columns `NEEDED` and `OPTIONAL`; cells may be empty.
    sources : iterable of Source
        The texts at hand, in which quotes are looked up.
    schemes : sequence of Scheme
        Those in force.
    log : iterable of Line
        What was written before: the same coding is not written twice.
    standard : Standard
        What holds for rows that say nothing else.
    file : str
        How faults name the table.

    Raises
    ------
    InputError
        Every fault of the table; nothing of it may be written then.
    """
    reader = _Reader(
        {source.id: source for source in sources},
        {scheme.name: scheme for scheme in schemes},
        standard,
        file,
    )
    log = list(log)
    there, outdated = _there(log, schemes)
    kinds = {line.coder: str(line.content["coder_kind"]) for line in log}
    written = Written()
    absent: dict[Key, Row] = {}
    stated: dict[Key, Row] = {}
    for row in rows:
        for line in reader.lines(row):
            if row["verdict"] == "absent" and line["code"]:
                absent[_question(line)] = row
            if line.get("statement_id"):
                stated.setdefault(_statement(line), row)
            known = kinds.setdefault(line["coder"], line["coder_kind"])
            if known != line["coder_kind"]:
                found = f"{line['coder']} is {known} in the log, and {line['coder_kind']} here"
                reader.fault(row, "coder", found, "say --kind as in the log, or take another name")
            other = there.setdefault(_key(line), line)
            if other is line:
                reader.check_whole(row, line, there)
                former = [each["id"] for key in _keys(line) for each in outdated.pop(key, ())]
                written.lines.append({**line, "replaces": former} if former else line)
            else:
                written.skipped.append(_already(file, row, line, other))
    for other in (*there.values(), *(each for listed in outdated.values() for each in listed)):
        denied = absent.get(_question(other)) if other["kind"] == "coding" else None
        if denied is not None:
            found = f"absent, but {other['coder']} gives the code to {other['source_id']}"
            reader.fault(denied, "verdict", found, "leave the verdict out, or retract the coding")
    by_statement: dict[Key, list[Mapping[str, Any]]] = {}
    for other in there.values():
        by_statement.setdefault(_statement(other), []).append(other)
    for key, row in stated.items():
        reader.faults.extend(whole_faults(row, by_statement[key], file))
    if reader.faults:
        raise InputError(reader.faults)
    return written


def _there(
    log: Iterable[Line], schemes: Iterable[Scheme]
) -> tuple[dict[Key, Mapping[str, Any]], dict[Key, list[Mapping[str, Any]]]]:
    """What stands and need not be said again; and stale codings, by what they are now.

    A coding under an earlier version counts by what the scheme in force calls its code.
    """
    in_force = {scheme.name: scheme for scheme in schemes}
    log = list(log)
    stale = set(stale_in_log(log, in_force.values())["coding_id"])
    there: dict[Key, Mapping[str, Any]] = {}
    outdated: dict[Key, list[Mapping[str, Any]]] = {}
    for line in standing(log):
        said = line.content
        scheme = in_force.get(str(said.get("scheme")))
        version = str(said.get("scheme_version"))
        if scheme is None or version == scheme.version:
            there[_key(said)] = said
        elif line.kind == "coding" and version_parts(version) < version_parts(scheme.version):
            tactic = str(said.get("value") or "")
            for code in fate_of(scheme, said["code"], version, tactic=tactic).ids:
                now = {**said, "code": code}
                if line.id in stale:
                    outdated.setdefault(_key(now), []).append(now)
                else:
                    there.setdefault(_key(now), now)
    return there, outdated


def _question(line: Mapping[str, Any]) -> Key:
    """What a verdict answers: whether this coder holds this code of this source."""
    return tuple(line.get(name) for name in ("coder", "source_id", "scheme", "code"))


def _statement(line: Mapping[str, Any]) -> Key:
    """Which statement a line belongs to: its name is one within a coder and a source."""
    return tuple(line.get(name) for name in ("coder", "source_id", "statement_id"))


def _key(line: Mapping[str, Any]) -> Key:
    """What makes two lines one: who, where, for which code, and in which statement."""
    names = ("kind", "coder", "source_id", "text_sha256", "start", "end", "scheme", "code",
             "statement_id", "role")  # fmt: skip
    is_open = line.get("start") is None and line.get("value") == UNDECIDED
    return (*(line.get(name) for name in names), is_open)


def _keys(line: Mapping[str, Any]) -> list[Key]:
    """The key of a line, and of what would say the opposite of the whole source."""
    if line["kind"] != "coding" or line["start"] is not None:
        return [_key(line)]
    other = None if line.get("value") == UNDECIDED else UNDECIDED
    return [_key(line), _key({**line, "value": other})]


def _already(file: str, row: Row, line: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    what = f"{line['code']} in" if line.get("code") else "a reading of"
    said = f"{file}, line {row.line}: {what} {line['source_id']} by {line['coder']} stands already"
    differ = [name for name in _DETAILS if line.get(name) != other.get(name)]
    if differ and line["kind"] == "coding":
        said += f", with another {', '.join(differ)}; retract it first if it should change"
    return said


@dataclass
class _Reader:
    """Reads rows into lines, and notes what is wrong with them."""

    sources: dict[str, Source]
    schemes: dict[str, Scheme]
    standard: Standard
    file: str
    faults: list[Fault] = field(default_factory=list)
    texts: dict[str, Quotable] = field(default_factory=dict)

    def fault(self, row: Row, column: str, found: str, remedy: str) -> None:
        self.faults.append(Fault(self.file, row.line, column, found, remedy))

    def lines(self, row: Row) -> Iterator[dict[str, Any]]:
        """The lines that a row stands for; none where it has a fault."""
        before = len(self.faults)
        source, scheme = self._source(row), self._scheme(row)
        coder = row["coder"] or self.standard.coder
        if not coder:
            self.fault(row, "coder", "nobody is named", "say --coder, or fill the column coder")
        elif coder in TAKEN_NAMES:
            found = f"{coder!r} is the name of a coder that the package brings"
            self.fault(row, "coder", found, "take another name")
        elif coder in SETTLED_NAMES:
            found = f"{coder!r} is nobody's name: it is what others settled"
            remedy = "name who coded; differences are settled by tertium adjudicate"
            self.fault(row, "coder", found, remedy)
        who: dict[str, Any] = {
            "coder": coder,
            "coder_kind": self.standard.kind,
            "blind": self._truth(row, "blind", self.standard.blind),
        }
        was_read = self._truth(row, "read", None)
        details = self._details(row)
        if scheme is not None and row["code"] and row["code"] not in scheme.code_ids:
            found = f"scheme {scheme.reference} has no code {row['code']!r}"
            self.fault(row, "code", found, f"write one of: {', '.join(scheme.code_ids)}")
        self._check_form(row)
        self.faults.extend(form_faults(row, scheme.name if scheme else "", self.file))
        span = self._span(row, source) if source is not None and row["quote"] else None
        if len(self.faults) > before or source is None or scheme is None:
            return
        try:
            made = [self._line(row, span, source, scheme, details, who)]
            if was_read and row["code"]:
                made.append(reading_line(source, None, scheme, None, **who))
        except InputError as error:
            for each in error.faults:
                self.fault(row, each.field, each.found, each.remedy)
            return
        yield from made

    def _line(
        self,
        row: Row,
        span: Span | None,
        source: Source,
        scheme: Scheme,
        details: dict[str, Any],
        who: dict[str, Any],
    ) -> dict[str, Any]:
        code, memo = row["code"] or None, row["memo"] or None
        if code is None or row["verdict"] == "absent":
            return reading_line(source, None, scheme, code, memo=memo, **who)
        if row["verdict"] == UNDECIDED:
            details["value"] = UNDECIDED
        return coding_line(source, span, scheme, code, memo=memo, **details, **who)

    def check_whole(
        self, row: Row, line: Mapping[str, Any], there: Mapping[Key, Mapping[str, Any]]
    ) -> None:
        """Whether a verdict on the whole source goes against the other one: present, undecided."""
        if line["kind"] != "coding" or line["start"] is not None:
            return
        is_open = line.get("value") == UNDECIDED
        if any(key in there for key in _keys(line)[1:]):
            here, other = ("undecided", "present") if is_open else ("present", "undecided")
            found = f"{here}, but {line['coder']} holds it {other} as well"
            self.fault(row, "verdict", found, "keep one row, or retract what stands in the log")

    def _check_form(self, row: Row) -> None:
        """Whether the row says one of the things that a row can say."""
        code, quote, verdict = row["code"], row["quote"], row["verdict"]
        if verdict and verdict not in _VERDICTS:
            self.fault(row, "verdict", f"{verdict!r} is none", f"write {', '.join(_VERDICTS)}")
        elif quote and verdict:
            found = "a verdict is of the whole source, and a passage is quoted"
            self.fault(row, "verdict", found, "leave one of them out")
        elif code and not quote and not verdict:
            remedy = f"quote what was coded, or write a verdict: {', '.join(_VERDICTS)}"
            self.fault(row, "quote", "it is empty", remedy)
        if not code and (quote or verdict):
            self.fault(row, "code", "it is empty", "write the id of a code")
        if not quote:
            for column in ("nth", "prefix"):
                if row[column]:
                    self.fault(row, column, "it stands without a quote", "leave it out")
        if not code and _TRUTHS.get(row["read"].lower()) is False:
            found = f"{row['read']!r}, but a row without code says that the source was read"
            self.fault(row, "read", found, "leave the row out, or write the code that was coded")
        if not code or verdict == "absent":
            for column in ("stance", "confidence"):
                if row[column]:
                    found = "only a coding has one, and this row is a reading"
                    self.fault(row, column, found, "leave it out")
        if not quote and row["value"]:
            found = "only a passage has a value"
            self.fault(row, "value", found, "write present, absent or undecided into verdict")

    def _source(self, row: Row) -> Source | None:
        source = self.sources.get(row["source_id"])
        if source is None:
            found = f"{row['source_id']!r} is not among the texts that are read"
            remedy = "write an id of the manifest, or read other texts with --texts"
            self.fault(row, "source_id", found, remedy)
        return source

    def _scheme(self, row: Row) -> Scheme | None:
        said = row["scheme"] or self.standard.scheme
        scheme = self.schemes.get(said.partition("@")[0])
        there = ", ".join(each.reference for each in self.schemes.values())
        if not said:
            self.fault(row, "scheme", "none is named", "say --scheme, or fill the column scheme")
        elif scheme is None or said not in (scheme.name, scheme.reference):
            self.fault(row, "scheme", f"the study has no scheme {said!r}", f"it has {there}")
            return None
        return scheme

    def _truth(self, row: Row, column: str, otherwise: bool | None) -> bool | None:
        cell = row[column].lower()
        if cell and cell not in _TRUTHS:
            self.fault(row, column, f"{row[column]!r} is no answer", "write yes or no")
        return _TRUTHS.get(cell, otherwise)

    def _details(self, row: Row) -> dict[str, Any]:
        confidence: float | None = None
        if row["confidence"]:
            try:
                confidence = float(row["confidence"])
            except ValueError:
                found = f"{row['confidence']!r} is no number"
                self.fault(row, "confidence", found, "write a number above 0 and up to 1")
        return {
            "stance": row["stance"] or "asserted",
            "confidence": confidence,
            "value": row["value"] or None,
            "statement_id": row["statement"] or None,
            "role": row["role"] or None,
        }

    def _span(self, row: Row, source: Source) -> Span | None:
        nth: int | None = None
        if row["nth"]:
            is_number = row["nth"].isdecimal() and len(row["nth"]) <= _MOST_DIGITS
            if not is_number or int(row["nth"]) < 1:
                shown = row["nth"][: 2 * _MOST_DIGITS]
                self.fault(row, "nth", f"{shown!r} is no place", "write 1, 2, …")
                return None
            nth = int(row["nth"])
        if source.id not in self.texts:
            is_open = may_be_passed_on(source.facts)
            self.texts[source.id] = Quotable(source.text, may_be_shown=is_open)
        text = self.texts[source.id]
        place = place_of(text, row["quote"], nth=nth, prefix=row["prefix"])
        if isinstance(place, Unplaced):
            self.fault(row, place.field, place.found, place.remedy)
            return None
        return place
