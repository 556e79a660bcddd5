"""Which texts may be passed on: by their licence, and by what their owner asked for.

Comes in: the words of a manifest's `licence` and `confidential`.
Goes out: whether passages may be shown to anyone, and written into files that are shared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_OPEN = re.compile(
    r"""
    (?: cc-?0 | cc-(?:by|zero|pdm?) | creative-commons-(?:attribution|zero|0|by)
      | public-domain | pdm? | unlicense | odc-(?:by|odbl|pddl) | odbl | pddl
      | ogl | open-government | gfdl | mit | bsd | isc | apache )
    # Versions, countries and the words of the longer names; any other word may take it back.
    (?: - (?: v?\d+ | [a-z]{2} | igo | uk | attribution | share | alike | sharealike | non
          | commercial | noncommercial | derivatives | noderivatives | no | international
          | unported | generic | universal | licen[cs]e | dedication | mark | clause ) )*
    """,
    re.VERBOSE,
)


def is_open_licence(licence: str) -> bool:
    """Whether a licence lets anyone pass passages on; what is not known to does not.

    Every Creative Commons licence counts: each allows verbatim passages with the author named.

    Examples
    --------
    >>> is_open_licence("CC BY 4.0"), is_open_licence("all rights reserved"), is_open_licence("")
    (True, False, False)
    """
    words = re.sub(r"[\s_/.,-]+", "-", licence.strip().lower()).strip("-")
    return bool(_OPEN.fullmatch(words))


def may_be_passed_on(facts: Mapping[str, str]) -> bool:
    """Whether passages of a source may be passed on, from the facts of its manifest row.

    Examples
    --------
    >>> may_be_passed_on({"licence": "CC BY 4.0"})
    True
    >>> may_be_passed_on({"licence": "CC BY 4.0", "confidential": "true"})
    False
    """
    return is_open_licence(facts.get("licence", "")) and facts.get("confidential") != "true"
