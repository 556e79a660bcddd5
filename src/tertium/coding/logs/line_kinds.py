"""What a line of the log may say, kind by kind.

Comes in: a line as it was read or made.
Goes out: everything that is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from tertium.columns import Stance
from tertium.errors import Fault, InputError
from tertium.schemes.scheme import Identifier, Version

Role = Literal["actor", "target", "speaker", "value"]
# Who writes a log; what the rules or a trained model code is derived anew at every run.
LoggedKind = Literal["human", "model"]
# What people settled between them; what models had a part in is a reference.
GOLD = "gold"


def _is_time(value: str) -> str:
    datetime.fromisoformat(value)
    return value


Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
# Both name a file or folder: nothing that could lead elsewhere is a name.
CoderName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=100)]
SourceId = Annotated[str, StringConstraints(pattern=r"^\w([\w.-]*[\w-])?$", max_length=200)]
Checksum = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Time = Annotated[
    str,
    StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$"),
    AfterValidator(_is_time),
]
Words = Annotated[str, StringConstraints(pattern=r"\S")]
Ids = Annotated[list[Id], Field(min_length=1)]
# No text is longer; a larger number fits no table.
Position = Annotated[int, Field(ge=0, lt=2**31)]
SchemeVersion = Annotated[Version, StringConstraints(max_length=50)]


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: Id
    kind: str
    coder: CoderName
    coder_kind: LoggedKind
    coder_version: Words | None = None
    source_id: SourceId
    text_sha256: Checksum
    created: Time
    memo: Words | None = None
    retracts: Ids | None = None
    replaces: Ids | None = None


class _OnText(_Line):
    start: Position | None
    end: Position | None
    scheme: Identifier
    scheme_version: SchemeVersion


class CodingLine(_OnText):
    """A code is applied to a span, or to the whole source."""

    code: Identifier
    stance: Stance = "asserted"
    statement_id: Words | None = None
    role: Role | None = None
    value: Words | None = None
    confidence: Annotated[float, Field(gt=0, le=1)] | None = None
    quote: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    quote_sha256: Checksum | None = None
    blind: bool | None = None
    suggestion: Id | None = None
    decides: Ids | None = None
    adjudicator: CoderName | None = None


class ReadingLine(_OnText):
    """A span or the whole source was read for a code; no code: for all of the scheme."""

    code: Identifier | None
    blind: bool | None = None
    # Of the gold: those whose readings it rests on.
    rests_on: Annotated[list[CoderName], Field(min_length=1)] | None = None


class RejectionLine(_OnText):
    """A machine's suggestion was turned down."""

    code: Identifier
    suggestion: Id


class RetractionLine(_Line):
    """Earlier lines of the same log no longer hold."""

    retracts: Ids


class WaiverLine(_Line):
    """Codings made under an older version of a scheme hold under a newer one, and why."""

    waives: Ids
    scheme: Identifier
    scheme_version: SchemeVersion
    memo: Words


class DecisionLine(_OnText):
    """An adjudicator holds a code present, absent or not to be decided, and why."""

    code: Identifier
    verdict: Literal["present", "absent", "undecided"]
    decides: Ids
    memo: Words
    adjudicator: CoderName | None = None


KINDS: Mapping[str, type[_Line]] = {
    "coding": CodingLine,
    "reading": ReadingLine,
    "rejection": RejectionLine,
    "retraction": RetractionLine,
    "waiver": WaiverLine,
    "decision": DecisionLine,
}
# What a reader is told to write, by field; for the others pydantic's own words do.
_REMEDIES = {
    "id": "write 16 hexadecimal digits that no other line has",
    "coder": "write small letters, digits, _ and -",
    "coder_kind": "write human or model",
    "source_id": "write the id of a source",
    "text_sha256": "write the checksum of the text that was coded",
    "created": "write the time in UTC: 2026-11-22T09:30:00Z",
    "memo": "write why",
    "start": "write a whole number from 0, or null for the whole source",
    "end": "write a whole number, or null for the whole source",
    "scheme": "write the name of a scheme",
    "scheme_version": "write three numbers: 1.0.0",
    "code": "write the id of a code",
    "confidence": "write a number above 0 and up to 1",
    "quote_sha256": "write the SHA-256 of the quote",
    "blind": "write true or false",
}


def is_coder_name(name: object) -> bool:
    """Whether a coder can be called so.

    Examples
    --------
    >>> is_coder_name("ana"), is_coder_name("Ana M.")
    (True, False)
    """
    try:
        TypeAdapter(CoderName).validate_python(name)
    except ValidationError:
        return False
    return True


def line_faults(content: Mapping[str, Any], *, file: str, number: int = 0) -> list[Fault]:
    """Everything that is wrong with one line, without a look at texts and schemes.

    Parameters
    ----------
    content : mapping
        The line as it was read.
    file : str
        How faults name its file.
    number : int
        Its number there, from 1.

    Examples
    --------
    >>> print(line_faults({"kind": "note"}, file="a.jsonl", number=2)[0])
    a.jsonl, line 2, kind: 'note' is no kind of line; write one of: coding, reading, rejection, retraction, waiver, decision
    """  # noqa: E501
    kind = content.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        found = f"{_short(kind)} is no kind of line" if "kind" in content else "is missing"
        return [Fault(file, number, "kind", found, f"write one of: {', '.join(KINDS)}")]
    said: list[tuple[str, str, str]] = []
    try:
        KINDS[kind].model_validate(dict(content))
    except ValidationError as error:
        said += [_said(fault) for fault in error.errors()]
    wrong = {field for field, _, _ in said}
    said += [each for each in _across(content) if each[0] not in wrong]
    return sorted({Fault(file, number, *each) for each in said})


def _said(fault: Any) -> tuple[str, str, str]:
    """Field, what was found and what would be right, of one of pydantic's complaints."""
    field = str(fault["loc"][0]) if fault["loc"] else ""
    if fault["type"] == "missing":
        return field, "is missing", _REMEDIES.get(field, "write it")
    if fault["type"] == "extra_forbidden":
        return field, "is no key of such a line", "remove it, or check its spelling"
    remedy = str(fault["msg"]).replace("Input should", "it should")
    return field, f"{_short(fault['input'])} is not accepted", _REMEDIES.get(field, remedy)


def _across(content: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with several fields together."""
    id_ = content.get("id")
    for name in ("retracts", "replaces", "decides", "waives"):
        if id_ is not None and isinstance(content.get(name), list) and id_ in content[name]:
            yield name, "the line names itself", "name an earlier line"
    if content.get("coder") == GOLD and content.get("coder_kind") != "human":
        found = f"{GOLD} is what people settled, and this is by a {content.get('coder_kind')}"
        yield "coder_kind", found, "give the coder another name; a model's is reference"
    start, end, quote = (content.get(name) for name in ("start", "end", "quote"))
    if (start is None) != (end is None):
        yield "end", "one of start and end is null", "write both, or null twice: the whole source"
    length = end - start if type(start) is int and type(end) is int else None
    if length is not None and length <= 0:
        yield "end", f"{end} is not behind start, {start}", "write the character behind the last"
    if content.get("kind") != "coding":
        return
    given = [name for name in ("quote", "quote_sha256") if content.get(name) is not None]
    if length is not None and len(given) != 1:
        found = "quote and quote_sha256 stand together" if given else "is missing"
        yield "quote", found, "write the characters coded, or their checksum in quote_sha256"
    elif length is not None and isinstance(quote, str) and len(quote) != length:
        found = f"it has {len(quote)} characters, but start to end are {length}"
        yield "quote", found, "write the characters from start up to end"
    if start is None and end is None and given:
        yield given[0], "the whole source is coded", "leave the quote out"
    if given != ["quote"]:
        for name in ("prefix", "suffix"):
            if content.get(name) is not None:
                yield name, "it stands without a quote", "leave it out"


def checked(line: dict[str, Any]) -> dict[str, Any]:
    """The line itself where it is sound.

    Raises
    ------
    InputError
        With everything that is wrong with it.
    """
    if faults := line_faults(line, file=f"{line.get('coder')}/{line.get('source_id')}"):
        raise InputError(faults)
    return line


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "…"
