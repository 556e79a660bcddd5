"""gamma: agreement on spans by the best alignment of the spans of all coders.

Comes in: continua, one or several texts that the same coders have read.
Goes out: coefficients. Spans of a coder may overlap.

Only the observed disorder is exact. The expected disorder comes from chance continua (see
`samplers`); it depends on how they are drawn, so that sampler, samples and seed are in every
result. Several texts are taken together by their disorders, observed and expected, each a mean
weighted by the number of spans in the text: this is one alignment of all texts in which no span
may be aligned over a seam. A mean of the texts' own gammas would have no place for a text whose
expected disorder is zero, and would let one with two spans, of which gamma is hardly known,
swing it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tertium.agreement.coefficient import NAN, Coefficient
from tertium.agreement.spans.alignment import Dissimilarity, best_alignment, spans_by_coder
from tertium.agreement.spans.continuum import Continuum, listed, same_coders
from tertium.agreement.spans.resampling import Resamples, bootstrap
from tertium.agreement.spans.samplers import SAMPLERS, Sampler, sampler
from tertium.errors import UnknownNameError

# Normal quantile of the 95 % that `precision` is meant for (2015, section 5.3).
_CONFIDENCE = 1.96


@dataclass(frozen=True)
class Chance:
    """How chance continua are drawn.

    Parameters
    ----------
    sampler : {"statistical", "shuffle_pivot"}
        Part of the definition; see `samplers`.
    samples : int
        For each text.
    seed : int
    precision : float, optional
        Draw as many more as it takes to know the expected disorder of a text to this share of
        itself, with 95 % confidence.
    """

    sampler: Sampler
    samples: int = 30
    seed: int = 1
    precision: float | None = None

    def __post_init__(self) -> None:
        if self.sampler not in SAMPLERS:
            raise UnknownNameError(f"sampler={self.sampler!r}; there are {', '.join(SAMPLERS)}")
        if self.samples < 1 or (self.precision is not None and not 0 < self.precision < 1):
            raise ValueError(
                f"found samples={self.samples}, precision={self.precision}; "
                "draw at least 1 sample, to a precision between 0 and 1"
            )


def gamma(
    continua: Continuum | Sequence[Continuum],
    *,
    dissimilarity: Dissimilarity,
    chance: Chance,
    resamples: Resamples | None = None,
) -> Coefficient:
    """Agreement on where spans stand and on their values, by the best alignment (2015).

    1 is perfect agreement, 0 what chance would give, below 0 is worse than chance.

    Parameters
    ----------
    continua : Continuum or sequence of Continuum
    dissimilarity : Dissimilarity
        The paper takes ``alpha=1, beta=1``.
    chance : Chance
    resamples : Resamples, optional
        For an interval over texts. What the chance continua add to the uncertainty is not in it:
        see `details["expected_error"]`, the standard error of the expected disorder.

    Returns
    -------
    Coefficient
        `observed` and `expected` are disorders. NaN with `no_pairable_values` for one coder or
        without spans, with `no_variation` where chance continua show no disorder.

    References
    ----------
    .. [1] Mathet, Y., Widlöcher, A., & Métivier, J.-P. (2015). The unified and holistic method
       gamma (γ) for inter-annotator agreement measure and alignment. Computational
       Linguistics, 41(3), 437-479.

    Examples
    --------
    >>> from tertium.agreement.spans.continuum import continuum
    >>> text = continuum([
    ...     {"coder": coder, "start": start + late, "end": start + late + 4, "value": value}
    ...     for coder, late in [("ana", 0), ("ben", 1)]
    ...     for start, value in [(1, "a"), (6, "b"), (11, "a")]])
    >>> found = gamma(text, dissimilarity=Dissimilarity(alpha=1, beta=1),
    ...               chance=Chance("shuffle_pivot", samples=200))
    >>> round(found.observed, 4), round(found.value, 2)
    (0.0625, 0.92)
    """
    texts = listed(continua)
    coders = same_coders(texts)
    marked = [each for each in texts if each.n_spans] if len(coders) > 1 else []
    seeds = np.random.SeedSequence(chance.seed).spawn(len(marked))
    parts = [
        _of_text(each, dissimilarity, chance, np.random.default_rng(seed))
        for each, seed in zip(marked, seeds, strict=True)
    ]
    observed, expected, errors, samples = np.array(parts).reshape(-1, 4).T
    weights = np.array([each.n_spans for each in marked], dtype=float)
    total = weights.sum()
    # Without a text there is no mean.
    means = [float(weights @ each / total) if total else NAN for each in (observed, expected)]

    def values(drawn: np.ndarray) -> np.ndarray:
        above, below = drawn @ (weights * observed), drawn @ (weights * expected)
        return 1 - np.divide(above, below, out=np.full(len(drawn), NAN), where=below > 0)

    found = Coefficient(
        name=f"gamma (2015, {chance.sampler.replace('_', ' ')} sampler)",
        value=float(values(np.ones((1, len(marked))))[0]),
        reason=_reason(means[1]),
        observed=means[0],
        expected=means[1],
        n_units=sum(each.n_spans for each in texts),
        set_aside={"texts_without_spans": n} if (n := _unmarked(texts)) else {},
        n_coders=len(coders),
        details={
            "family": "gamma",
            "year": 2015,
            "parts": "disorder",
            "sampler": chance.sampler,
            "samples": int(samples.sum()),
            "seed": chance.seed,
            "alpha": dissimilarity.alpha,
            "beta": dissimilarity.beta,
            "delta_empty": dissimilarity.delta_empty,
            "expected_error": float(np.linalg.norm(weights * errors) / total) if total else NAN,
            "n_texts": len(texts),
        },
    )
    if resamples is None:
        return found
    return found.with_interval(bootstrap(values, len(marked), resamples))


def _reason(expected: float) -> str:
    if np.isnan(expected):
        return "no_pairable_values"
    return "" if expected > 0 else "no_variation"


def _unmarked(texts: Sequence[Continuum]) -> int:
    return sum(not each.n_spans for each in texts)


def _of_text(
    one: Continuum, dissimilarity: Dissimilarity, chance: Chance, generator: np.random.Generator
) -> tuple[float, float, float, int]:
    """Observed and expected disorder, standard error of the second, number of samples."""
    coders = spans_by_coder(one)
    draw = sampler(chance.sampler, coders, one.length)

    def drawn(times: int) -> list[float]:
        return [best_alignment(draw(generator), dissimilarity).disorder for _ in range(times)]

    disorders = np.array(drawn(chance.samples))
    if chance.precision is not None and disorders.mean() > 0:
        spread = disorders.std() / disorders.mean()
        wanted = int(np.ceil((spread * _CONFIDENCE / chance.precision) ** 2))
        disorders = np.concatenate([disorders, drawn(max(0, wanted - chance.samples))])
    n = len(disorders)
    error = float(disorders.std(ddof=1) / np.sqrt(n)) if n > 1 else NAN
    observed = best_alignment(coders, dissimilarity).disorder
    return observed, float(disorders.mean()), error, n
