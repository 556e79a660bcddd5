"""The plan of a set analysis: its cases, outcome, conditions, and how each set is calibrated.

Comes in: the text of a plan.
Goes out: a `SetPlan` and the line of each of its parts, or every fault at once.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic import StringConstraints as Constraints
from pydantic_core import PydanticCustomError

from tertium.errors import Fault, InputError, UnknownNameError
from tertium.sources.files.read import bytes_of
from tertium.yaml_text import Lines, model_faults, parse_yaml

Kind = Literal["episode", "programme", "law_making"]
Measure = Literal["any", "passages", "sources", "share_of_sources"]
Method = Literal["direct", "linear", "indirect", "ranked", "crisp", "multi_value"]
CaseColumn = Literal["kind", "country", "region", "sector"]
Take = Literal["one", "largest", "smallest"]
# Methods whose memberships lie between 0 and 1.
FUZZY_METHODS = frozenset({"direct", "linear", "indirect", "ranked"})
METHODS: tuple[str, ...] = get_args(Method)
# The highest value of a set: one with more values than this says nothing of any of them.
MOST = 20
# What an expectation may say in a word of a set that is present or absent.
WORDS = {"present": 1, "absent": 0}

NAME = r"[A-Za-z][A-Za-z0-9_]*"
_LITERAL = re.compile(rf"(~?)({NAME})(?:\[([0-9]+)\])?")


def _whole_number(value: Any) -> Any:
    # In Python true is 1, and 1.0 as well; in a plan neither is a version.
    return value if type(value) is int else repr(value)


def _no_truth(value: Any) -> Any:
    # YAML reads yes as true, and in Python true is 1.
    if isinstance(value, bool):
        raise PydanticCustomError("no_number", "it should be a number")
    return value


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _as_expected(value: Any) -> Any:
    """An expectation in its long form, whichever was written."""
    given = value if isinstance(value, dict) else {"value": value}
    if "value" in given and not isinstance(given["value"], list):
        given = {**given, "value": [given["value"]]}
    return given


Words = Annotated[str, Constraints(strip_whitespace=True, min_length=1)]
SetName = Annotated[str, Field(pattern=rf"^{NAME}$")]
Number = Annotated[float, BeforeValidator(_no_truth), Field(allow_inf_nan=False)]
Grade = Annotated[float, BeforeValidator(_no_truth), Field(ge=0, le=MOST, allow_inf_nan=False)]
Reasons = Words | dict[str, Words]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ScopePart(_Part):
    """Which cases the analysis is about."""

    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    attribute: Words | None = None
    within: Annotated[tuple[Words, ...], Field(alias="in")] = ()
    # Every other word that may stand there: a word in neither list is a slip.
    out: tuple[Words, ...] = ()
    why: Words


class OverlapPart(_Part):
    """Conditions that overlap by definition and never enter together."""

    sets: Annotated[tuple[SetName, ...], Field(min_length=2)]
    why: Words


class ExpectationPart(_Part):
    """Which value of a condition is expected to go with the outcome."""

    value: Annotated[
        tuple[Annotated[int, BeforeValidator(_no_truth)] | Literal["present", "absent"], ...],
        Field(min_length=1),
    ]
    why: str = ""

    @property
    def values(self) -> tuple[int, ...]:
        """The expected values as numbers, sorted."""
        return tuple(
            sorted({each if isinstance(each, int) else WORDS[each] for each in self.value})
        )


class FromPart(_Part):
    """Where the values of a set come from: exactly one of stated, codings, fact, case."""

    stated: Words | None = None
    codings: tuple[Words, ...] | None = None
    coder: str | None = None
    fact: Words | None = None
    what: Words | None = None
    # Several units may be named that count alike: workers and couriers.
    unit: Annotated[tuple[Words, ...], BeforeValidator(_as_list)] | None = None
    take: Take = "one"
    case: CaseColumn | None = None

    @property
    def kind(self) -> str:
        """Which of the four it is; the first that is given."""
        there = ("stated", "codings", "fact", "case")
        return next((name for name in there if getattr(self, name) is not None), "")


class SetPart(_Part):
    """A set: what it is, where its values come from, and how they become memberships.

    `absent` says in words what is so where the set is absent; else readers see "not: " and the
    label.
    """

    label: Words
    absent: Words | None = None
    what: str = ""
    source: Annotated[FromPart, Field(alias="from")]
    values: dict[str, Grade] = Field(default_factory=dict)
    measure: Measure = "any"
    method: Method | None = None
    anchors: dict[str, Number] = Field(default_factory=dict)
    idm: Annotated[float, Field(gt=0.5, lt=1)] = 0.95
    why: Reasons

    @property
    def is_fuzzy(self) -> bool:
        """Whether a case can be partly in the set."""
        if self.method is not None:
            return self.method in FUZZY_METHODS
        return any(not value.is_integer() for value in self.values.values())

    @property
    def levels(self) -> int:
        """How many values the set has: 2 where it is crisp or fuzzy."""
        if self.method == "multi_value":
            return len(self.anchors) + 1
        if self.method is not None or self.is_fuzzy:
            return 2
        return max([2, *(int(value) + 1 for value in self.values.values())])

    @property
    def words(self) -> dict[int, str]:
        """What each value of a multi-value set is called; empty for other sets.

        Where numbers are cut, a value has the name of the anchor that it begins at.
        """
        if self.levels < 3:
            return {}
        if self.method == "multi_value":
            first, *_ = self.anchors
            return {0: f"below {first}", **dict(enumerate(self.anchors, 1))}
        found: dict[int, list[str]] = {}
        for word, value in self.values.items():
            found.setdefault(int(value), []).append(word)
        return {value: " or ".join(words) for value, words in sorted(found.items())}

    def reason(self, name: str) -> str:
        """Why an anchor stands where it does, or a word is mapped as it is."""
        return self.why if isinstance(self.why, str) else self.why.get(name, "")


class AlternativePart(_Part):
    """Another calibration or reading that could be defended, for the test of robustness.

    `coder` takes the values that another coder stated; `anchors` and `coder` may stand together.
    """

    name: Words
    anchors: dict[SetName, dict[str, Grade | Number]] = Field(default_factory=dict)
    coder: Words | None = None
    why: Words


class SetPlan(_Part):
    """Every key of a plan, version 1; unknown keys are refused.

    The sets, their calibration with its reasons, what is expected of each condition, and which
    conditions overlap by definition and never enter together.
    """

    version: Annotated[Literal[1], BeforeValidator(_whole_number)]
    plan: Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$")]
    title: Words
    scope: ScopePart
    # One file has one name, however its path is written.
    stated: Annotated[Words, AfterValidator(posixpath.normpath)] | None = None
    # Whose values are taken, where several coders stated them.
    coder: Words | None = None
    outcome: Words
    conditions: Annotated[tuple[SetName, ...], Field(min_length=1)]
    overlaps: tuple[OverlapPart, ...] = ()
    expectations: dict[SetName, Annotated[ExpectationPart, BeforeValidator(_as_expected)]] = Field(
        default_factory=dict
    )
    sets: Annotated[dict[SetName, SetPart], Field(min_length=1)]
    alternatives: tuple[AlternativePart, ...] = ()

    def set(self, name: str) -> SetPart:
        """The set of a name, or an error that lists what there is."""
        if name not in self.sets:
            raise UnknownNameError(
                f"the plan {self.plan} has no set {name!r}; it has {', '.join(self.sets)}"
            )
        return self.sets[name]

    @property
    def expected(self) -> dict[str, tuple[int, ...]]:
        """By condition the values that are expected to go with the outcome."""
        return {name: part.values for name, part in self.expectations.items()}

    def overlap(self, names: Mapping[str, Any] | tuple[str, ...]) -> OverlapPart | None:
        """The first overlap of which two sets or more stand among `names`; None: there is none."""
        for part in self.overlaps:
            if len([name for name in part.sets if name in names]) > 1:
                return part
        return None


class PlanFile(NamedTuple):
    """A plan as it was read, with the line of each of its parts and how faults name its file."""

    plan: SetPlan
    lines: Lines
    shown: str


def literal_parts(text: str) -> tuple[str, int | None, bool]:
    """A set and what is meant of it: the name, the value in brackets, whether it is absent.

    Raises
    ------
    UnknownNameError
        The text names no set so.

    Examples
    --------
    >>> literal_parts("~WON"), literal_parts("SIZE[2]")
    (('WON', None, True), ('SIZE', 2, False))
    """
    match = _LITERAL.fullmatch(text.strip())
    if match is None:
        raise UnknownNameError(
            f"{text!r} names no set; write a name such as WON, ~WON for its absence, or WON[2]"
        )
    return match[2], None if match[3] is None else int(match[3]), bool(match[1])


def read_set_plan(path: Path, *, shown: str) -> PlanFile:
    """The plan in a file; what it says of itself is checked in `set_plan_faults`.

    Raises
    ------
    InputError
        Every fault of its form, with its line.
    """
    try:
        text = bytes_of(path, shown).decode("utf-8-sig")
    except UnicodeDecodeError:
        fault = Fault(shown, 0, "", "it is not UTF-8", "save it as UTF-8 text")
        raise InputError([fault]) from None
    return set_plan(text, shown=shown)


def table_of(path: Path, *, shown: str) -> str | None:
    """The table that a plan names, also where the plan itself is no sound one."""
    try:
        data, _ = parse_yaml(bytes_of(path, shown).decode("utf-8-sig"), file=shown)
    except (InputError, UnicodeDecodeError):
        return None
    named = data.get("stated")
    return posixpath.normpath(named.strip()) if isinstance(named, str) and named.strip() else None


def _with_text_keys(data: Any) -> Any:
    """Whole numbers that stand as keys, as the words that they are: values: {0: 0, 1: 1}."""
    if isinstance(data, dict):
        return {
            str(key) if type(key) is int else key: _with_text_keys(each)
            for key, each in data.items()
        }
    return [_with_text_keys(each) for each in data] if isinstance(data, list) else data


def set_plan(text: str, *, shown: str) -> PlanFile:
    """The plan that a text holds; see `read_set_plan`."""
    data, lines = parse_yaml(text, file=shown)
    data = _with_text_keys(data)
    try:
        return PlanFile(SetPlan.model_validate(data), lines, shown)
    except ValidationError as error:
        raise InputError(model_faults(error, data, lines, file=shown)) from None
