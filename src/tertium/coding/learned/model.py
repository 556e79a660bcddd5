"""A learned model: named coefficients that anyone can read, as a value and as JSON text.

Comes in: coefficients from training, or the text of a model file.
Goes out: a probability for each code, and the text of a model file.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from tertium.coding.learned.features import VERSION
from tertium.errors import Fault, InputError, VersionError
from tertium.schemes.scheme import Scheme

# Fewer labelled texts than this can't tell whether a probability holds what it says.
CALIBRATED_FROM = 30


class CodeModel(BaseModel):
    """How one code is told.

    Parameters
    ----------
    intercept : float
    coefficients : mapping of str to float
        By feature, in log-odds a unit of the feature; sorted by name.
    slope, offset : float
        Turn the log-odds into calibrated ones, fitted on texts left out with their topics.
    n_gold : int
        Texts with the label that were learned from.
    n_left_out : int
        Of these, how many stood on topics left out when slope and offset were fitted; 0 where
        they could not be fitted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    intercept: float
    coefficients: Mapping[str, float]
    slope: float
    offset: float
    n_gold: int
    n_left_out: int

    @property
    def is_calibrated(self) -> bool:
        """Whether enough labelled texts, on topics left out, stand behind the probability."""
        return self.n_left_out >= CALIBRATED_FROM

    def log_odds(self, features: Mapping[str, float]) -> float:
        """Before calibration; a feature that the model does not know counts nothing."""
        known = self.coefficients
        terms = (known[name] * value for name, value in sorted(features.items()) if name in known)
        return self.intercept + math.fsum(terms)

    def probability(self, features: Mapping[str, float]) -> float:
        """Of the code being present, in [0, 1]."""
        odds = self.slope * self.log_odds(features) + self.offset
        return 1.0 / (1.0 + math.exp(-odds)) if odds > -700 else 0.0


class LearnedModel(BaseModel):
    """What was learned about the codes of a scheme.

    Parameters
    ----------
    scheme : str
        ``name@version``.
    scheme_sha256 : str
        Of the scheme as it was: other indicators make other features.
    features : str
        Version of the way in which features are made.
    n_texts, n_topics : int
        Learned from.
    annotator : {"human", "model", "not_stated"}
        Who labelled.
    codes : mapping of str to CodeModel
        A code that all texts have, or none has, can't be learned and is not there.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    format: Literal[1] = 1
    scheme: str
    scheme_sha256: str
    features: str
    n_texts: int
    n_topics: int
    annotator: Literal["human", "model", "not_stated"]
    codes: Mapping[str, CodeModel]

    @property
    def version(self) -> str:
        """First digits of the model's own checksum."""
        return hashlib.sha256(self.as_text().encode("utf-8")).hexdigest()[:12]

    @property
    def calibrated(self) -> tuple[str, ...]:
        """The codes whose score may be called a probability."""
        return tuple(code_id for code_id, one in self.codes.items() if one.is_calibrated)

    def as_text(self) -> str:
        """The model as the text of a file: the same model, the same bytes."""
        content = self.model_dump(mode="json")
        return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    def check(self, scheme: Scheme) -> None:
        """Refuse a scheme, or a way to make features, that the model was not trained with."""
        if self.scheme != scheme.reference or self.scheme_sha256 != scheme_sha256(scheme):
            raise VersionError(
                f"the model was trained with {self.scheme} as it was then, and {scheme.reference} "
                "has other codes or indicators; train it again with tertium train"
            )
        strange = sorted(set(self.codes) - set(scheme.code_ids))
        if strange:
            raise VersionError(
                f"the model knows {', '.join(strange)}, which {scheme.reference} does not have; "
                "train it again with tertium train"
            )
        if self.features != VERSION:
            raise VersionError(
                f"the model weighs features of version {self.features}, these are {VERSION}; "
                "train it again with tertium train"
            )


def scheme_sha256(scheme: Scheme) -> str:
    """Checksum of what a machine codes by: all that a scheme says but examples and history."""
    for_people = {"history": True, "codes": {"__all__": {"examples", "parent"}}}
    content = scheme.model_dump_json(exclude=for_people)  # type: ignore[arg-type]
    return hashlib.sha256(content.encode("utf-8")).hexdigest()


def parse_model(text: str, *, file: str) -> LearnedModel:
    """The model in the text of a model file.

    Raises
    ------
    InputError
        With every fault: no JSON, a field that is missing, unknown or no number.
    """
    remedy = "give a file that tertium train wrote"
    try:
        return LearnedModel.model_validate_json(text)
    except ValidationError as error:
        raise InputError(
            Fault(file, 0, ".".join(map(str, one["loc"])), str(one["msg"]), remedy)
            for one in error.errors()
        ) from None
