"""One method of calibration by its name, as a plan writes it.

Comes in: numbers, the name of a method, its anchors by name.
Goes out: one membership a case.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

import numpy as np

from tertium.comparison.sets.calibration.anchors import Anchors, TwoSided, anchors
from tertium.comparison.sets.calibration.cuts import crisp
from tertium.comparison.sets.calibration.direct import Numbers, direct, linear, two_sided
from tertium.comparison.sets.calibration.indirect import grades, indirect
from tertium.comparison.sets.calibration.ranked import ranked
from tertium.errors import UnknownNameError

Method = Literal["direct", "linear", "indirect", "ranked", "crisp", "multi_value"]


def by_method(
    x: Numbers, method: Method, anchors_by_name: Mapping[str, float], *, idm: float = 0.95
) -> np.ndarray:
    """Memberships by a named method.

    Parameters
    ----------
    x : array of float, one number a case
        NaN where nothing is stated.
    method : {"direct", "linear", "indirect", "ranked", "crisp", "multi_value"}
        direct, linear: anchors out, crossover, into; or six, for a set of what is in the
        middle: out_below, crossover_below, into_below, into_above, crossover_above, out_above
        (along lines in either method). crisp, multi_value: cuts, from which on a number counts;
        indirect: cuts between equally spaced grades, a number on a cut being of the lower one as
        in the program that the method follows; what these are called is free. ranked: none.
    anchors_by_name : mapping of str to float
    idm : float
        For direct: membership at `into`.

    Returns
    -------
    ndarray of float, shape of x

    Raises
    ------
    UnknownNameError
        No such method, or anchors that do not fit it.

    Examples
    --------
    >>> by_method([50, 600], "crisp", {"crossover": 500}).tolist()
    [0.0, 1.0]
    """
    if method not in get_args(Method):
        raise UnknownNameError(f"method={method!r}; there are {', '.join(get_args(Method))}")
    number = len(anchors_by_name)
    if method == "ranked":
        if number:
            raise UnknownNameError("ranked takes no anchors: it goes by the order of the cases")
        return ranked(x)
    if method == "crisp" and number != 1:
        raise UnknownNameError(f"crisp takes one anchor, not {number}; for several: multi_value")
    if method in ("crisp", "multi_value"):
        return crisp(x, anchors_by_name)
    if method == "indirect":
        return indirect(x, grades(x, anchors_by_name, include=False))
    chosen = anchors(anchors_by_name)
    if isinstance(chosen, TwoSided):
        return two_sided(x, chosen)
    return _one_sided(x, method, chosen, idm)


def _one_sided(x: Numbers, method: str, chosen: Anchors, idm: float) -> np.ndarray:
    at = {"out": chosen.out, "crossover": chosen.crossover, "into": chosen.into}
    return direct(x, **at, idm=idm) if method == "direct" else linear(x, **at)
