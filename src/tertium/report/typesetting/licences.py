"""Which licences let a report show passages to anyone.

The words of a manifest's `licence` come in. Whether passages may be passed on goes out.
"""

from __future__ import annotations

import re

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
