"""How far verdicts can be trusted, for readers: one table or curve of an evaluation a call.

Comes in: the table of verdicts beside labels, or the folder that holds it.
Goes out: a result with its measures, their intervals, and whose labels they rest on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

import pandas as pd

from tertium.agreement.evaluation.evaluate import GROUPINGS
from tertium.agreement.evaluation.judged import ALL, chosen, judged
from tertium.agreement.evaluation.read import read_verdicts
from tertium.agreement.evaluation.resampling import Resampling
from tertium.comparison.evaluation.measured import (
    calibration_result,
    codes_result,
    groups_result,
    overall_result,
)
from tertium.comparison.evaluation.mistaken import (
    misses_result,
    primaries_result,
    verdicts_result,
)
from tertium.comparison.evaluation.part import Part
from tertium.comparison.result import Result, comparison
from tertium.errors import UnknownNameError

Show = Literal["overall", "codes", "groups", "calibration", "verdicts", "primaries", "misses"]

_SHOWN: Mapping[str, Callable[[Part], Result]] = {
    "overall": overall_result,
    "codes": codes_result,
    "groups": groups_result,
    "calibration": calibration_result,
    "verdicts": verdicts_result,
    "primaries": primaries_result,
    "misses": misses_result,
}


@comparison
def evaluate(
    verdicts: pd.DataFrame | str | Path,
    *,
    show: Show = "overall",
    corpus: str = ALL,
    languages: Literal["all", "searched"] = "all",
    by: str = "language",
    code: str = ALL,
    resamples: int = 2000,
    seed: int = 1,
) -> Result:
    """How far a coder's verdicts agree with labels that somebody else gave to the same texts.

    Parameters
    ----------
    verdicts : DataFrame, str or Path
        The table that ``tertium evaluate`` writes as ``verdicts.csv``, or the folder with it; a
        relative one is looked for in this folder and in those above.
    show : {"overall", "codes", "groups", "calibration", "verdicts", "primaries", "misses"}
        overall: every measure over all codes, with its interval. codes: precision, recall and
        F1 of each. groups: the measures by language, voice, length, confidence or topic_group
        (`by`). calibration: the score against the share labelled, for `code` or all. verdicts:
        how often each verdict was given where a code was labelled and where not. primaries:
        the primary code labelled against that given. misses: the texts judged wrong, the worst
        first.
    corpus : str
        One of the corpora, or all.
    languages : {"all", "searched"}
        searched: without the texts in whose language the scheme has no indicators.
    by, code : str
        See `show`.
    resamples, seed : int
        How intervals are made: see `tertium.agreement.evaluation.resampling`.

    Returns
    -------
    Result
        A measure without meaning is null in `frame` and says why in the cell shown. The
        definitions stand in `tertium.agreement.evaluation.measures`.

    Examples
    --------
    >>> evaluate("data/evaluation", show="codes")       # doctest: +SKIP
    """
    table = verdicts if isinstance(verdicts, pd.DataFrame) else read_verdicts(verdicts)
    if show not in _SHOWN:
        raise UnknownNameError(f"show={show!r}; there are {', '.join(_SHOWN)}")
    if by not in GROUPINGS:
        raise UnknownNameError(f"by={by!r}; there are {', '.join(GROUPINGS)}")
    arrays = judged(table)
    if code != ALL and code not in arrays.codes:
        raise UnknownNameError(f"code={code!r}; there are {', '.join([ALL, *arrays.codes])}")
    part = chosen(arrays, corpus=corpus, languages=languages)
    kept = set(zip(part.texts["corpus"], part.texts["id"], strict=True))
    rows = [key in kept for key in zip(table["corpus"], table["id"], strict=True)]
    of = Part(table[rows].reset_index(drop=True), part, Resampling(resamples, seed), by, code)
    return _SHOWN[show](of)
