"""Reference cases on spans, for `check_oracles`: unitizing alphas and gamma.

A function takes the dataset of a case (`spans`, `coders`, `length`) and its parameters, and gives
the value, or a mapping with keys that the case expects.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tertium.agreement.coefficient import NAN, Coefficient
from tertium.agreement.spans.alignment import Dissimilarity, best_alignment, members, spans_by_coder
from tertium.agreement.spans.alpha_1995 import alpha_u_1995
from tertium.agreement.spans.continuum import Continuum, continuum
from tertium.agreement.spans.gamma import Chance, gamma
from tertium.agreement.spans.unitizing import bar_u_alpha, cu_alpha, k_u_alpha, u_alpha
from tertium.errors import UnknownNameError

Dataset = Mapping[str, Any]
Params = Mapping[str, Any]

# A case allows for its own chance; ours is kept well below by this many times its samples: of two
# coders, who are aligned in no time, and of more.
SAMPLES = (20, 6)


def text_of(dataset: Dataset) -> Continuum:
    """Return the continuum of a dataset; without a length it ends with the last span."""
    return continuum(
        dataset["spans"], length=dataset.get("length"), coders=dataset.get("coders") or None
    )


def known(params: Params, *keys: str) -> None:
    """Refuse options that no one here reads: they may change the result."""
    if strange := sorted(set(params) - set(keys)):
        raise UnknownNameError(f"no option {', '.join(strange)}")


def with_parts(found: Coefficient) -> dict[str, Any]:
    """Return the value with what a case may give beside it."""
    return {
        "value": found.value,
        "reason": found.reason,
        "Do": found.observed,
        "De": found.expected,
        "coverage": found.details.get("coverage"),
    }


def of_texts(function: Callable[..., Coefficient]) -> Callable[[Dataset, Params], Any]:
    """Return an alpha of 2016 that has no options."""

    def compute(dataset: Dataset, params: Params) -> Any:
        known(params)
        return with_parts(function(text_of(dataset)))

    return compute


def of_value(dataset: Dataset, params: Params) -> Any:
    """Return (k)u-alpha of the value asked for."""
    known(params, "value")
    return with_parts(k_u_alpha(text_of(dataset), value=params["value"]))


def of_1995(dataset: Dataset, params: Params) -> Any:
    """Return alpha_U, of one category or of all."""
    known(params, "category")
    return with_parts(alpha_u_1995(text_of(dataset), value=params.get("category")))


def dissimilarity_of(params: Params) -> Dissimilarity:
    """Return the dissimilarity that the parameters describe; the paper's where they are silent."""
    return Dissimilarity(
        params.get("alpha", 1.0), params.get("beta", 1.0), params.get("delta_empty", 1.0)
    )


def disorder(dataset: Dataset, params: Params) -> Any:
    """Return the best alignment and its disorder."""
    known(params, "alpha", "beta", "delta_empty")
    text = text_of(dataset)
    coders = spans_by_coder(text)
    if len(coders) < 2:
        return NAN
    found = best_alignment(coders, dissimilarity_of(params))
    return {"value": found.disorder, "alignment": list(members(text, found))}


def gamma_of(dataset: Dataset, params: Params) -> Any:
    """Return gamma, from more samples than the case took."""
    known(
        params, "alpha", "beta", "delta_empty", "sampler", "n_samples", "seed", "pivot", "precision"
    )
    text = text_of(dataset)
    times = SAMPLES[len(text.coders) > 2]
    samples = times * int(params.get("n_samples") or 30)
    chance = Chance(params.get("sampler", "statistical"), samples=samples)
    found = gamma(text, dissimilarity=dissimilarity_of(params), chance=chance)
    return {"value": found.value, "reason": found.reason}


STATISTICS: dict[str, Callable[[Dataset, Params], Any]] = {
    "u_alpha": of_texts(u_alpha),
    "bar_u_alpha": of_texts(bar_u_alpha),
    "cu_alpha": of_texts(cu_alpha),
    "k_u_alpha": of_value,
    "alpha_U_1995": of_1995,
    "gamma.best_alignment_disorder": disorder,
    "gamma": gamma_of,
}
