"""The texts that an evaluation looks at, and how its notes speak of them.

Comes in: verdicts beside labels.
Goes out: the same with the codes' labels, and whose verdicts are held against whose labels.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from tertium.agreement.evaluation.judged import Judged
from tertium.agreement.evaluation.resampling import Resampling
from tertium.schemes.read import builtin_names, read_scheme

_LABELS_BY = {
    "human": "The labels are gold: people gave them.",
    "model": "The labels are a reference that a model gave; they are not gold.",
    "not_stated": "Who gave the labels is not stated.",
}
ONLY_PRESENT = "Only the verdict present counts as given."


@dataclass(frozen=True, eq=False)
class Part:
    """Some texts of an evaluation.

    Parameters
    ----------
    table : DataFrame
        Columns `EVALUATED`.
    arrays : Judged
        The same as arrays.
    how : Resampling
    by, code : str
        By what the texts are grouped; which code is looked at, or all.
    """

    table: pd.DataFrame
    arrays: Judged
    how: Resampling
    by: str
    code: str

    @cached_property
    def labels(self) -> dict[str, str]:
        """The codes as readers see them: by their labels, where the scheme is a shipped one."""
        found = {each: each for each in self.arrays.codes}
        if len(self.table) and self.table["scheme"].iloc[0] in builtin_names():
            scheme = read_scheme(str(self.table["scheme"].iloc[0]))
            found |= {one.id: one.label for one in scheme.codes if one.id in found}
        return found

    @property
    def about(self) -> str:
        """Whose verdicts on what, against whose labels."""
        if not len(self.table):
            return "There is no text."
        first = self.table.iloc[0]
        groups = self.arrays.texts["topic_group"].nunique()
        return (
            f"{len(self.arrays):,} texts in {groups} topic groups; scheme {first['scheme']}@"
            f"{first['scheme_version']}, coder {first['coder']}. {_LABELS_BY[first['annotator']]}"
        )

    def words(self, codes: str) -> str:
        """Codes joined by semicolons, as readers see them."""
        return "; ".join(self.labels.get(code, code) for code in codes.split("; ") if code)
