"""The id of a source that comes from a file without a manifest.

Comes in: the names of the files of a folder.
Goes out: an id each, the same whatever the files hold.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath


def slug(stem: str) -> str:
    """A file's stem as an id: what is no letter, digit, ``_ . -`` becomes ``_``.

    Examples
    --------
    >>> slug("北山 (1)")
    '北山_1'
    """
    stem = unicodedata.normalize("NFC", stem)
    return re.sub(r"[^\w.-]+", "_", stem).strip("._-")[:100] or "source"


def ids_of(names: Sequence[str]) -> dict[str, str]:
    """An id each: the stem; if shared, with its ending; if shared still, with its folders.

    Parameters
    ----------
    names : sequence of str
        Paths below the folder, with /.

    Examples
    --------
    >>> ids_of(["ok.txt", "ok.pdf", "a/b.md", "c/b.md", "d.md"]).values()
    dict_values(['ok_txt', 'ok_pdf', 'a_b_md', 'c_b_md', 'd'])
    """

    def with_ending(name: str) -> str:
        path = PurePosixPath(name)
        return f"{slug(path.stem)}_{path.suffix[1:].lower()}"

    steps: list[Callable[[str], str]] = [
        lambda name: slug(PurePosixPath(name).stem),
        with_ending,
        lambda name: "_".join([*map(slug, PurePosixPath(name).parts[:-1]), with_ending(name)]),
    ]
    level = dict.fromkeys(names, 0)
    while True:
        ids = {name: steps[level[name]](name) for name in names}
        counts = Counter(each.casefold() for each in ids.values())
        shared = [name for name in names if counts[ids[name].casefold()] > 1]
        liftable = [name for name in shared if level[name] + 1 < len(steps)]
        if not liftable:
            break
        for name in liftable:
            level[name] += 1
    taken = {ids[name].casefold() for name in names if name not in shared}
    for name in sorted(shared):  # only what differs in signs that no id can hold
        number = 2
        unnumbered = ids[name]
        while ids[name].casefold() in taken:
            ids[name] = f"{unnumbered}_{number}"
            number += 1
        taken.add(ids[name].casefold())
    return ids
