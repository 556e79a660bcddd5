"""What verbs read: sources, schemes and coders by the names that a user writes.

Comes in: paths and names.
Goes out: collections, schemes, coders.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from tertium.coding.coder import Coder
    from tertium.schemes.scheme import Scheme
    from tertium.sources.read import Collection


UNKNOWN = "und"


def collection_of(path: Path, language: str | None, **options: Any) -> Collection:
    """What `path` holds; `language` is that of the texts whose own is not known."""
    from tertium.sources.manifest import fact_faults
    from tertium.sources.read import read_sources

    for fault in fact_faults({"language": language or ""}, file="", line=0):
        raise click.UsageError(f"--language: {fault.found}; {fault.remedy}")
    given = {key: value for key, value in options.items() if value}
    if {"text_column", "id_column"} & set(given):
        _refuse_columns(path)
    collection = read_sources(path, **given)
    if language:
        known = (
            replace(one, language=language) if one.language == UNKNOWN else one
            for one in collection.sources
        )
        collection = replace(collection, sources=tuple(known))
    return collection


def lists_sources(path: Path) -> bool:
    """Whether a table lists sources instead of holding texts."""
    from tertium.sources.files.read import bytes_of
    from tertium.sources.formats.table import table_header
    from tertium.sources.manifest import is_manifest

    if path.is_dir() or path.suffix.lower() != ".csv":
        return False
    return is_manifest(table_header(bytes_of(path, path.name), name=path.name))


def _refuse_columns(path: Path) -> None:
    from tertium.sources.formats.table import TABLE_ENDINGS

    what = ""
    if path.is_dir() or path.suffix.lower() not in TABLE_ENDINGS:
        what = f"no table ({', '.join(TABLE_ENDINGS)})"
    elif lists_sources(path):
        what = "a manifest, whose columns have fixed names"
    if what:
        raise click.UsageError(
            f"{path} is {what}; --text-column and --id-column name columns of a table: "
            "leave them out"
        )


def schemes_of(names: Iterable[str]) -> list[Scheme]:
    """The schemes of these names; one that is named twice counts once."""
    from tertium.schemes.read import read_scheme

    found: dict[str, Scheme] = {}
    for name in names:
        scheme = read_scheme(name)
        if found.setdefault(scheme.name, scheme) != scheme:
            raise click.UsageError(f"{name}: another scheme is called {scheme.name!r} too")
    return list(found.values())


def coder_of(name: str) -> Coder:
    """The rule coder, or the one that applies a model file."""
    from tertium.coding.coder import RuleCoder
    from tertium.coding.learned.coder import LearnedCoder
    from tertium.coding.learned.read import read_model

    return RuleCoder() if name == RuleCoder.name else LearnedCoder(read_model(name))
