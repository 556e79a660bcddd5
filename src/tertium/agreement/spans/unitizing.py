"""Krippendorff's alphas for unitised texts: the family of 2016, and alpha_U of 1995.

Comes in: continua, one or several texts that the same coders have read.
Goes out: coefficients.

The names are easily confused. **u-alpha** (2016) compares what stands at each position, gaps
included; **|u-alpha** only tells marked from unmarked; **cu-alpha** looks at the values where
spans meet; **(k)u-alpha** at one of these values. **alpha_U** (1995, 2004) compares lengths of
units and gives other numbers on the same data. None but alpha_U, and gamma, sees how the
material was cut: one span of 30 and three adjacent spans of 10 agree fully in the others.

Several texts are set end to end, as the literature does: their coincidences add up, so that a
long text weighs more. The interval draws whole texts again, with replacement.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from tertium.agreement.coefficient import NAN, Coefficient
from tertium.agreement.spans.coincidences import Coincidences, coincidences
from tertium.agreement.spans.continuum import Continuum, listed, refuse_overlaps, same_coders
from tertium.agreement.spans.resampling import Resamples, bootstrap

PROVISIONAL = (
    "provisional: with more than two coders the published programs differ on this coefficient; "
    "the square of each overlap with each other coder is used (2016, eq. 10)"
)

# From counts, each with one row a resample, to observed and expected disagreement.
_Parts = tuple[np.ndarray, np.ndarray]


def u_alpha(
    continua: Continuum | Sequence[Continuum], *, resamples: Resamples | None = None
) -> Coefficient:
    """Agreement on where spans stand and on their values, over all positions (2016).

    1 is perfect agreement, 0 what chance would give. Gaps are a value of their own, so that much
    text that nobody marked makes expected disagreement small, not agreement large.

    Parameters
    ----------
    continua : Continuum or sequence of Continuum
        Within a coder no two spans may overlap.
    resamples : Resamples, optional
        For an interval over texts.

    Returns
    -------
    Coefficient
        NaN with `no_variation` where only one value (or only gaps) was used, with
        `no_pairable_values` for one coder or a text without length.

    Raises
    ------
    InputError
        Spans of a coder overlap: compute one coefficient for each code, or gamma.

    References
    ----------
    .. [1] Krippendorff, K., Mathet, Y., Bouvry, S., & Widlöcher, A. (2016). On the reliability
       of unitizing textual continua: Further developments. Quality & Quantity, 50, 2347-2364.

    Examples
    --------
    >>> from tertium.agreement.spans.continuum import continuum
    >>> bertha_and_bill = continuum([
    ...     {"coder": "bertha", "start": 2, "end": 10, "value": "A"},
    ...     {"coder": "bertha", "start": 14, "end": 20, "value": "A"},
    ...     {"coder": "bill", "start": 4, "end": 8, "value": "A"},
    ...     {"coder": "bill", "start": 15, "end": 17, "value": "A"}], length=24)
    >>> round(u_alpha(bertha_and_bill).value, 3)
    0.358
    """
    return _alpha(continua, "u-alpha", _u_parts, resamples)


def bar_u_alpha(
    continua: Continuum | Sequence[Continuum], *, resamples: Resamples | None = None
) -> Coefficient:
    """Agreement on what is marked at all, whatever its value (|u-alpha, 2016).

    Parameters, faults and reference as in `u_alpha`; `no_variation` where everything or nothing
    is marked.
    """
    return _alpha(continua, "|u-alpha", _bar_parts, resamples)


def cu_alpha(
    continua: Continuum | Sequence[Continuum], *, resamples: Resamples | None = None
) -> Coefficient:
    """Agreement on the values where spans of two coders meet (2016).

    What only one coder marked is not looked at; `details["coverage"]` is the share of all
    positions that is. With more than two coders the value is provisional. Parameters, faults and
    reference as in `u_alpha`; `no_variation` where one value meets only itself.
    """
    found = _alpha(continua, "cu-alpha", _cu_parts, resamples)
    return _with_coverage(found, continua, None)


def k_u_alpha(
    continua: Continuum | Sequence[Continuum], *, value: Any, resamples: Resamples | None = None
) -> Coefficient:
    """Agreement on one value where spans of two coders meet ((k)u-alpha, 2016).

    `details["coverage"]` is the share of the positions with this value that are looked at. With
    more than two coders the value is provisional. Parameters, faults and reference as in
    `u_alpha`; `no_pairable_values` where no span of the value meets any span.
    """

    def parts(counts: _Sums) -> _Parts:
        return _k_parts(counts, value)

    found = _alpha(continua, f"({value})u-alpha", parts, resamples)
    return _with_coverage(found, continua, value)


class _Sums:
    """Coincidences summed over texts: one row for each way to weigh the texts."""

    def __init__(self, counted: Coincidences, weights: np.ndarray) -> None:
        # In the unit of the paper's own pairs: everything times (m - 1).
        pairs = max(counted.n_coders - 1, 1)
        self.values = counted.values
        self.total = weights @ counted.positions * pairs
        self.observed = np.tensordot(weights, counted.observed, axes=1)
        self.covered = weights @ counted.covered * pairs
        self.own = weights @ counted.own * pairs**2
        self.own_met = weights @ counted.own_met * pairs

    @property
    def met(self) -> np.ndarray:
        """Return the positions of each value that meet a value; 0 for gaps."""
        found: np.ndarray = self.observed[:, :, 1:].sum(axis=2)
        found[:, 0] = 0
        return found


def _u_parts(sums: _Sums) -> _Parts:
    agreed = np.trace(sums.observed, axis1=1, axis2=2)
    free = sums.total**2 - (sums.covered**2).sum(axis=1)
    return _shares(sums.total - agreed, sums.total), _shares(
        free, sums.total**2 - sums.own.sum(axis=1), _several(sums.covered)
    )


def _bar_parts(sums: _Sums) -> _Parts:
    gaps = sums.covered[:, 0]
    free = gaps * (sums.total - gaps)
    return _shares(gaps - sums.observed[:, 0, 0], sums.total), _shares(
        free, sums.total**2 - sums.own.sum(axis=1), (gaps > 0) & (gaps < sums.total)
    )


def _cu_parts(sums: _Sums) -> _Parts:
    met = sums.met
    total = met.sum(axis=1)
    agreed = np.trace(sums.observed[:, 1:, 1:], axis1=1, axis2=2)
    free = total**2 - (met**2).sum(axis=1)
    return _shares(total - agreed, total), _shares(
        free, total**2 - sums.own_met.sum(axis=1), _several(met)
    )


def _k_parts(sums: _Sums, value: Any) -> _Parts:
    if value not in sums.values:
        nothing = np.full(len(sums.total), NAN)
        return nothing, nothing
    at = sums.values.index(value) + 1
    met = sums.met
    mine, total = met[:, at], met.sum(axis=1)
    return _shares(mine - sums.observed[:, at, at], mine), _shares(
        mine * (total - mine), total * mine - sums.own_met[:, at], _several(met)
    )


def _several(counts: np.ndarray) -> np.ndarray:
    """Where more than one value occurs: told from counts, as differences of sums may be off."""
    found: np.ndarray = (counts > 0).sum(axis=1) > 1
    return found


def _shares(part: np.ndarray, whole: np.ndarray, varied: np.ndarray | None = None) -> np.ndarray:
    """`part / whole`; 0 where nothing varies, NaN where there is no whole."""
    if varied is not None:
        part = np.where(varied, part, 0.0)
    return np.divide(part, whole, out=np.full(len(part), NAN), where=whole > 0)


def _alpha(
    continua: Continuum | Sequence[Continuum],
    name: str,
    parts: Callable[[_Sums], _Parts],
    resamples: Resamples | None,
) -> Coefficient:
    texts = listed(continua)
    coders = same_coders(texts)
    refuse_overlaps(texts, within="coder")
    counted = coincidences(texts)

    def values(weights: np.ndarray) -> np.ndarray:
        observed, expected = parts(_Sums(counted, weights))
        return 1 - np.divide(observed, expected, out=np.full(len(weights), NAN), where=expected > 0)

    everything = np.ones((1, len(texts)))
    observed, expected = (float(part[0]) for part in parts(_Sums(counted, everything)))
    found = Coefficient(
        name=f"Krippendorff's {name} (2016)",
        value=float(values(everything)[0]) if len(coders) > 1 else NAN,
        reason=_reason(len(coders), observed, expected),
        observed=observed,
        expected=expected,
        n_units=sum(each.n_spans for each in texts),
        n_coders=len(coders),
        details={
            "family": "u-alpha",
            "year": 2016,
            "parts": "disagreement",
            "n_texts": len(texts),
            "length": sum(each.length for each in texts),
        },
    )
    if resamples is None:
        return found
    return found.with_interval(bootstrap(values, len(texts), resamples))


def _reason(n_coders: int, observed: float, expected: float) -> str:
    if n_coders < 2 or np.isnan(observed):
        return "no_pairable_values"
    return "" if expected > 0 else "no_variation"


def _with_coverage(
    found: Coefficient, continua: Continuum | Sequence[Continuum], value: Any
) -> Coefficient:
    texts = listed(continua)
    sums = _Sums(coincidences(texts), np.ones((1, len(texts))))
    met, whole = sums.met.sum(), sums.total.sum()
    if value is not None:
        at = sums.values.index(value) + 1 if value in sums.values else 0
        met, whole = sums.met[0, at], sums.covered[0, at] if at else 0.0
    coverage = float(met / whole) if whole > 0 else NAN
    found = replace(found, details={**found.details, "coverage": coverage})
    return found.with_concerns(PROVISIONAL) if found.n_coders > 2 else found
