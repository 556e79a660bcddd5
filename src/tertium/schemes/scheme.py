"""A scheme of codes: what may be said about a source, and by which signs it is seen.

Comes in: the fields of a scheme file.
Goes out: frozen `Scheme`, `Code`, `Indicator`, `Example` and `Event`, checked and versioned.
"""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from tertium.columns import Stance

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
Patterns = tuple[Text, ...]
# What may happen to a code from one version to the next; "renamed" with `from` is a new id, without
# it a new label.
ChangeOfCode = Literal[
    "added",
    "removed",
    "renamed",
    "split",
    "merged",
    "moved",
    "definition",
    "boundary",
    "indicator",
    "hierarchy",
]

# An indicator's name goes into memos; a long list of patterns is cut there.
_NAME_LENGTH = 60


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Indicator(_Frozen):
    """Words that show a code, with the context that they need.

    Parameters
    ----------
    pattern : tuple of str
        One or several: words, ``stem*``, ``*stem``, ``*`` for any one word, phrases over any
        white space, Han substrings, or ``@name`` for a list of patterns.
    regex : str
        A Python regular expression instead of `pattern`: the slow way out.
    near : tuple of str
        One of these must stand in the same sentence, at most `within` words away.
    within : "sentence" or int
        How far `near` may be; a Han character counts as a word.
    require : tuple of str
        One of these must stand in the same sentence as well.
    unless : tuple of str
        None of these may stand in the same sentence.
    around, not_around : tuple of str
        One of these must, or none of these may, stand in the sentence, the five before it or
        the five after it: what a text is about is often said a sentence away.
    exclude : tuple of str
        A hit that overlaps one of these is none ("strike a balance").
    not_negated : bool
        Whether a hit, or company of `near`, is dropped that a negation denies: in the three
        words before it (six characters in Chinese, up to a comma) or right behind it.
    scope : {"passage", "section"}
        "section": the pattern is looked for in headings and codes what follows the heading.
    alone : bool
        With scope "section": the heading says nothing else, its marks, number, article and a
        bracket at its end apart.
    weight : float
        How far one such passage goes to show the code, in (0, 1].
    stance : {"asserted", "planned", "criticised", "denied"}
        What the passage says of the code.
    tactic : str, optional
        The tactic of the code that the indicator shows; becomes the coding's value.
    """

    pattern: Patterns = ()
    regex: Text | None = None
    near: Patterns = ()
    within: Literal["sentence"] | Annotated[int, Field(ge=0)] = "sentence"
    require: Patterns = ()
    unless: Patterns = ()
    around: Patterns = ()
    not_around: Patterns = ()
    exclude: Patterns = ()
    not_negated: bool = False
    scope: Literal["passage", "section"] = "passage"
    alone: bool = False
    weight: Annotated[float, Field(gt=0, le=1)] = 0.6
    stance: Stance = "asserted"
    tactic: Identifier | None = None

    @field_validator(
        "pattern", "near", "require", "unless", "around", "not_around", "exclude", mode="before"
    )
    @classmethod
    def _one_or_many(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value

    @property
    def name(self) -> str:
        """How the indicator is called in memos and reports: its patterns and their company."""
        own = ", ".join(self.pattern) or f"regex:{self.regex}"
        own = own if len(own) <= _NAME_LENGTH else f"{own[:_NAME_LENGTH]}…"
        return f"{own} near {', '.join(self.near)}" if self.near else own

    @property
    def references(self) -> tuple[str, ...]:
        """Every pattern the indicator names, in whichever place."""
        company = (*self.near, *self.require, *self.around)
        return (*self.pattern, *company, *self.unless, *self.not_around, *self.exclude)


class Example(_Frozen):
    """A text that must, or must not, be coded; `tertium check` runs it as a test.

    With `source` it is a passage of that source: it must stand there word for word, and is
    judged by what is coded at that place. Without, it is read as a text of its own.
    """

    text: Text
    language: Language = "en"
    coded: bool
    source: Text | None = None
    note: str = ""


class Tactic(_Frozen):
    """A sub-code: one way in which the code is carried out."""

    id: Identifier
    label: Text
    definition: Text


class Code(_Frozen):
    """One thing that may be said about a passage.

    Parameters
    ----------
    id : str
        Stable name, lower case: it stays when the label changes.
    parent : str, optional
        Id of the code above it.
    label : str
        What a reader sees.
    definition, when_to_use, when_not_to_use : str
        The codebook's words for coders.
    tactics : tuple of Tactic
        Sub-codes.
    examples : tuple of Example
        At least one text that must be coded and one that must not.
    indicators : dict of str to tuple of Indicator
        Per language; a language without indicators is not searched.
    """

    id: Identifier
    parent: Identifier | None = None
    label: Text
    definition: Text
    when_to_use: Text
    when_not_to_use: Text
    tactics: tuple[Tactic, ...] = ()
    examples: tuple[Example, ...] = ()
    indicators: dict[Language, tuple[Indicator, ...]] = Field(default_factory=dict)


class Event(_Frozen):
    """What happened to a code in a version of the scheme: one line of its history.

    Parameters
    ----------
    version : str
        The version that brought the change.
    code : str
        Id of the code (or of a tactic) after the change; of one that is gone, its last.
    change : str
        added, removed, renamed, split, merged, moved, definition, boundary, indicator or
        hierarchy.
    origin : tuple of str
        ``from`` in a file: the former id (renamed), all codes that went into it (merged; the
        code itself among them where it was there before), or what it stood under (moved).
    target : tuple of str
        ``to`` in a file: the codes that came of it (split; the code itself among them where it
        lives on), or what it stands under now (moved).
    note : str
        What a coder should know of it.

    Examples
    --------
    >>> Event.model_validate(
    ...     {"version": "2.0.0", "code": "protest", "change": "split", "to": ["strike", "march"]}
    ... ).target
    ('strike', 'march')
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    version: Version
    code: Identifier
    change: ChangeOfCode
    origin: tuple[Identifier, ...] = Field(default=(), alias="from")
    target: tuple[Identifier, ...] = Field(default=(), alias="to")
    note: str = ""

    @field_validator("origin", "target", mode="before")
    @classmethod
    def _one_or_many(cls, value: object) -> object:
        return (value,) if isinstance(value, str) else value


class VerdictRule(_Frozen):
    """How codings become a verdict on a whole source.

    A passage counts once for a code, with the highest weight among its codings (1 for a
    coding without one). The score is ``1 - (1 - w1)(1 - w2)…`` over the passages that do not
    deny the code. At or above `present` the code is present, below `undecided` it is
    absent, between them a person decides.
    """

    text: Text
    present: Annotated[float, Field(gt=0, le=1)]
    undecided: Annotated[float, Field(ge=0, le=1)]


class Scheme(_Frozen):
    """A named and versioned set of codes (a codebook).

    Examples
    --------
    >>> rule = VerdictRule(text="One passage is enough.", present=0.6, undecided=0.3)
    >>> strike = Code(id="strike", label="Strike", definition="Workers stop work.",
    ...               when_to_use="A stoppage is told.", when_not_to_use="A metaphor.")
    >>> Scheme(name="mini", version="1.0.0", title="Mini", description="One code.",
    ...        verdict=rule, codes=(strike,)).code("strike").label
    'Strike'
    """

    name: Identifier
    version: Version
    title: Text
    description: Text
    citation: tuple[Text, ...] = ()
    languages: tuple[Language, ...] = ("en",)
    verdict: VerdictRule
    lists: dict[Identifier, dict[Language, Patterns]] = Field(default_factory=dict)
    codes: Annotated[tuple[Code, ...], Field(min_length=1)]
    history: tuple[Event, ...] = ()

    @property
    def code_ids(self) -> tuple[str, ...]:
        """Ids of the codes, in the scheme's order."""
        return tuple(code.id for code in self.codes)

    @property
    def reference(self) -> str:
        """Name and version, as a study file writes them."""
        return f"{self.name}@{self.version}"

    @property
    def checksum(self) -> str:
        """SHA-256 over the scheme's whole content, in hex."""
        content = self.model_dump(mode="json", by_alias=True)
        text = json.dumps(content, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8")).hexdigest()

    def code(self, code_id: str) -> Code:
        """The code with this id; `KeyError` where there is none."""
        for code in self.codes:
            if code.id == code_id:
                return code
        raise KeyError(code_id)
