"""Name, type and meaning of every column that passes between the stages.

Comes in: nothing.
Goes out: one `Column` a column, and frames checked against them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import pandas as pd

Voice = Literal[
    "union_official",
    "union_independent",
    "state_media",
    "government",
    "ngo",
    "company",
    "trade_press",
    "newspaper",
    "academic",
    "encyclopedia",
    "other",
    "mixed",
]
ActorType = Literal[
    "party_state_union",
    "trade_union",
    "ngo",
    "grassroots_workers",
    "employer",
    "business_association",
    "government",
    "international",
    "academic_or_media",
]
Zone = Literal["body", "heading", "furniture", "caption", "endnote"]
CoderKind = Literal["human", "rule", "learned", "model"]
Stance = Literal["asserted", "planned", "criticised", "denied"]
VerdictValue = Literal["present", "absent", "undecided", "not_searched"]
Texts = Literal["digests", "originals", "both"]
Annotator = Literal["human", "model", "not_stated"]

VOICES: tuple[str, ...] = get_args(Voice)
ACTOR_TYPES: tuple[str, ...] = get_args(ActorType)
ZONES: tuple[str, ...] = get_args(Zone)
STANCES: tuple[str, ...] = get_args(Stance)
VERDICT_VALUES: tuple[str, ...] = get_args(VerdictValue)
TEXTS: tuple[str, ...] = get_args(Texts)
ANNOTATORS: tuple[str, ...] = get_args(Annotator)
# Source criticism: what stake the speaker has, and how far from the events a text stands. The
# speaker is the claimant where one is named, else who published.
INTERESTS: Mapping[str, str] = {
    "party": "the speaker acts in the events told, or they are its own work",
    "ally": "the speaker takes the side of those whom it tells of",
    "opponent": "the speaker stands against those whom it tells of",
    "observer": "no stake of the speaker's own is visible",
    "mixed": "several publications with different stakes",
    "not_stated": "it can't be told from what was read",
}
DISTANCES: Mapping[str, str] = {
    "participant": "told by one who takes part in the events",
    "eyewitness": "told by one who was there and took no part",
    "reported": "told at the time, from what others said",
    "retrospective": "told years later, looking back",
    "compiled": "put together from several publications",
    "not_stated": "it can't be told from what was read",
}


@dataclass(frozen=True)
class Column:
    """One column: its name, its pandas type and what stands in it."""

    name: str
    dtype: str
    meaning: str


def _columns(*rows: tuple[str, str, str]) -> tuple[Column, ...]:
    return tuple(Column(*row) for row in rows)


_SOURCE_KEY = (
    ("source_id", "string", "id of the source"),
    ("text_sha256", "string", "SHA-256 of the canonical text that the row belongs to"),
)
_SPAN = (
    ("start", "Int64", "first code point; null: the whole source"),
    ("end", "Int64", "code point after the last; null: the whole source"),
)
_SCHEME = (
    ("scheme", "string", "name of the scheme"),
    ("scheme_version", "string", "semantic version of the scheme"),
)

MANIFEST = _columns(
    ("id", "string", "id of the source: an original's file stem, a digest's speaking name"),
    ("title", "string", "title of the text: a publication's, or a digest's own"),
    ("author", "string", "who signed it"),
    ("publisher", "string", "who published it"),
    ("voice", "string", "who speaks: one of the closed list of voices"),
    ("claimant", "string", "who makes the claims where that is not the publisher"),
    ("interest", "string", "what stake the speaker has: one of the list of interests"),
    ("distance", "string", "how far from the events the text stands: one of the list"),
    ("date", "string", "date of publication, EDTF, of several from first to last; empty: undated"),
    ("retrieved", "string", "date of retrieval, EDTF"),
    ("country", "string", "where the events took place"),
    ("language", "string", "BCP 47 code of the text"),
    ("url", "string", "address of the publication"),
    ("citation_key", "string", "key in references.bib; several are parted by |"),
    ("kind", "string", "digest or original"),
    ("digest_of", "string", "id of the source that this one digests"),
    ("translation_of", "string", "id of the source that this one translates"),
    ("copy_of", "string", "id of the source that this one repeats"),
    ("part_of", "string", "id of the compiled source that also tells what this publication says"),
    ("made_by", "string", "who digested or translated the text"),
    ("file", "string", "path of the file, relative to the manifest"),
    ("sha256", "string", "SHA-256 of the file's bytes"),
    ("text_sha256", "string", "SHA-256 of the canonical text"),
    ("licence", "string", "what may be done with the text"),
    ("confidential", "string", "true where passages may not leave the machine"),
)
SOURCES = (
    *_columns(("source_id", "string", "id of the source")),
    *(column for column in MANIFEST if column.name not in ("id", "sha256", "file")),
    *_columns(
        ("encoding", "string", "how the file's bytes were decoded, as detected or stated"),
        ("text", "string", "the canonical text"),
    ),
)
UNITS = _columns(
    ("unit_id", "string", "source id, kind and running number"),
    *_SOURCE_KEY,
    ("unit", "string", "document, paragraph or sentence"),
    ("number", "Int64", "running number of its kind in the source, from 1"),
    ("start", "Int64", "first code point"),
    ("end", "Int64", "code point after the last"),
    ("zone", "string", "zone that the unit stands in"),
    ("page", "Int64", "page of the file, from 1; null where there are no pages"),
)
ZONE_COLUMNS = _columns(
    *_SOURCE_KEY,
    ("start", "Int64", "first code point"),
    ("end", "Int64", "code point after the last"),
    ("zone", "string", "body, heading, furniture, caption or endnote"),
    ("level", "Int64", "depth of a heading, 1 the highest; null elsewhere"),
    ("made_by", "string", "rule that found the zone, or who marked it"),
)
CODINGS = _columns(
    ("coding_id", "string", "derived: hash of text, span, scheme, code, coder; else minted once"),
    *_SOURCE_KEY,
    *_SPAN,
    *_SCHEME,
    ("code", "string", "id of the code"),
    ("coder", "string", "who coded"),
    ("coder_version", "string", "version of a machine coder"),
    ("coder_kind", "string", "human, rule, learned or model"),
    ("stance", "string", "asserted, planned, criticised or denied"),
    ("statement_id", "string", "ties the codings of one statement together"),
    ("role", "string", "actor, target, speaker or value within a statement"),
    ("value", "string", "value of a coding that has one"),
    ("confidence", "Float64", "weight of the coding in (0, 1]; null counts as 1"),
    ("quote", "string", "the characters coded"),
    ("prefix", "string", "a few characters before the quote"),
    ("suffix", "string", "a few characters after the quote"),
    ("memo", "string", "remark; for the rule coder the indicator that fired"),
    ("blind", "boolean", "coded without sight of other codings"),
    ("created", "string", "time stamp; null in derived tables"),
)
READINGS = _columns(
    ("coder", "string", "who looked"),
    ("coder_version", "string", "version of a machine coder"),
    ("coder_kind", "string", "human, rule, learned or model"),
    *_SOURCE_KEY,
    *_SPAN,
    *_SCHEME,
    ("code", "string", "code looked for; null: all codes of the scheme"),
    ("blind", "boolean", "looked without sight of other codings"),
    ("created", "string", "time stamp; null in derived tables"),
)
VERDICTS = _columns(
    ("source_id", "string", "id of the source"),
    *_SCHEME,
    ("code", "string", "id of the code"),
    ("coder", "string", "whose codings the verdict rests on"),
    ("verdict", "string", "present, absent, undecided or not_searched"),
    ("score", "Float64", "in [0, 1], by the scheme's rule; null: not searched, or left open"),
    ("primary", "boolean", "the one code of the scheme that the source is mostly about"),
    ("n_evidence", "Int64", "number of codings that the verdict rests on"),
    ("coding_ids", "object", "tuple of the ids of those codings"),
)
SUPPORT = _columns(
    *_SCHEME,
    ("language", "string", "language of the pattern"),
    ("code", "string", "id of the code that the pattern helps to show"),
    ("pattern", "string", "the pattern, out of whichever list"),
    ("n_texts", "Int64", "number of texts in which an indicator fires with it"),
    ("first_text", "string", "id of one of those texts, the first by id"),
)
REJECTIONS = _columns(
    ("source_id", "string", "id of the source"),
    ("scheme", "string", "name of the scheme"),
    ("code", "string", "id of the code that the coder gave"),
    ("coder", "string", "who gave it"),
    ("quote", "string", "what the coder quoted"),
    ("reason", "string", "why the coding was not taken"),
)
STALE = _columns(
    ("coder", "string", "who coded"),
    ("coder_kind", "string", "human or model"),
    ("source_id", "string", "id of the source"),
    ("coding_id", "string", "id of the coding"),
    ("scheme", "string", "name of the scheme"),
    ("code", "string", "id that the code had when it was given"),
    ("made_under", "string", "version of the scheme when it was given"),
    ("scheme_version", "string", "version of the scheme in force"),
    ("changes", "string", "what changed since, and in which version"),
    ("codes_now", "object", "tuple of the ids that the code has now; empty: it was removed"),
)
EVALUATED = _columns(
    ("corpus", "string", "file or folder of labelled texts that the text comes from"),
    ("id", "string", "id of the text"),
    ("language", "string", "BCP 47 code of the text"),
    ("voice", "string", "who speaks; null where not stated"),
    ("length", "Int64", "code points of the canonical text"),
    ("topic_group", "string", "texts on one story; the text's own id where none is stated"),
    ("confidence", "string", "how sure the annotator was, in the annotator's word"),
    ("address", "string", "address of the publication"),
    ("annotator", "string", "who labelled: human, model or not_stated"),
    *_SCHEME,
    ("code", "string", "id of the code"),
    ("coder", "string", "whose verdict is judged"),
    ("coder_kind", "string", "human, rule, learned or model"),
    ("calibrated", "boolean", "whether the score may be read as a probability"),
    ("gold", "boolean", "whether the annotator gives the code to the text"),
    ("gold_primary", "boolean", "whether the text is mostly about it; null where not stated"),
    ("verdict", "string", "present, absent, undecided or not_searched"),
    ("score", "Float64", "in [0, 1], by the scheme's written rule; null where not searched"),
    ("primary", "boolean", "whether the coder holds the text to be mostly about it"),
    ("n_evidence", "Int64", "number of codings that the verdict rests on"),
    ("patterns", "string", "a machine coder's indicators that fired, never words of the text"),
)
CASES = _columns(
    ("case_id", "string", "id of the case"),
    ("name", "string", "name of the case"),
    ("kind", "string", "episode, programme or law_making"),
    ("country", "string", "where"),
    ("region", "string", "where, closer"),
    ("sector", "string", "branch of work"),
    ("start", "string", "EDTF; empty: not stated"),
    ("end", "string", "EDTF; empty: not stated"),
)
FACTS = _columns(
    ("case_id", "string", "id of the case"),
    ("attribute", "string", "actor, approach, claim, tactic, target, outcome, number or limit"),
    ("value", "string", "what is known; an outcome that no source states is not_stated"),
    ("unit", "string", "unit of a number"),
    ("what", "string", "what a number counts, or a remark"),
    ("basis", "string", "ids of codings, or citation keys and a place"),
)
EXPECTATIONS = _columns(
    ("expectation_id", "string", "id of the expectation"),
    ("scheme", "string", "name of the scheme"),
    ("code", "string", "code that could be expected; alternatives parted by |"),
    ("voice", "string", "voices that could be expected to mention it, parted by |; null: all"),
    ("when", "string", "scheme:code that the source holds, alternatives parted by |; null: always"),
    ("why", "string", "why a source of this kind could be expected to mention it"),
    ("basis", "string", "citation key and place, or own reasoning"),
)
PLANS = _columns(
    ("plan", "string", "file of the plan, from the study's folder"),
    ("source_id", "string", "id of the source that was drawn"),
    ("coder", "string", "who was to code it"),
    ("order", "Int64", "place in that coder's reading, from 1"),
    ("stratum", "string", "stratum that the source was drawn from"),
    ("double", "boolean", "whether two coders had it"),
    ("stratum_size", "Int64", "sources that the stratum had at the draw; null: not said"),
    ("drawn_by", "string", "columns whose values make the strata, parted by |; none: no strata"),
)
MEMBERSHIPS = _columns(
    ("plan", "string", "id of the plan of a set analysis"),
    ("case_id", "string", "id of the case"),
    ("set", "string", "what is stated of the case: a set of the plan, or its scope"),
    ("value", "string", "a word or a number; not_stated where nothing is said"),
    ("reason", "string", "why this value"),
    ("source_id", "string", "source of the passage that shows it; null: there is a citation"),
    ("text_sha256", "string", "SHA-256 of the canonical text that the passage stands in"),
    ("start", "Int64", "first code point of the passage"),
    ("end", "Int64", "code point after the last"),
    ("quote", "string", "the characters of the passage"),
    ("citation", "string", "citation key and place where no source at hand shows it"),
    ("coder", "string", "who stated it"),
    ("coder_kind", "string", "human, rule, learned or model"),
    ("model", "string", "which model, where a model stated it"),
)


def names(columns: Iterable[Column]) -> list[str]:
    """The names of `columns`, in order."""
    return [column.name for column in columns]


def frame(rows: Iterable[Mapping[str, Any]], columns: Iterable[Column]) -> pd.DataFrame:
    """Rows as a DataFrame with exactly `columns`, in their order and types.

    A row may leave a column out: it is null then. A key that is no column is refused.

    Examples
    --------
    >>> frame([{"case_id": "a", "name": "Drive"}], CASES)[["case_id", "region"]]
      case_id region
    0       a   <NA>
    """
    wanted = tuple(columns)
    known = names(wanted)
    listed = list(rows)
    strange = sorted({key for row in listed for key in row} - set(known))
    if strange:
        raise ValueError(f"no such column: {', '.join(strange)}; columns are {', '.join(known)}")
    return pd.DataFrame(
        {
            column.name: pd.Series(
                [row.get(column.name) for row in listed], dtype=_dtype(column.dtype)
            )
            for column in wanted
        }
    )


def _dtype(dtype: str) -> Any:
    return object if dtype == "object" else dtype
