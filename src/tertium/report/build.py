"""From a study to its report.

A study comes in. A folder goes out: executed notebooks, PDF, HTML, tables and figures as files;
whole or as it was before, and left alone where nothing has changed.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from tertium.columns import Texts
from tertium.errors import Fault, InputError
from tertium.report.running.inputs import (
    citation_file,
    font_paths,
    references_file,
    selection_file,
    study_inputs,
    style_file,
)
from tertium.report.running.parameters import value_faults
from tertium.report.running.run import Job, Progress, notebook_tasks, read_parameters, to_terminal
from tertium.report.running.tasks import Task, do_tasks, file_digest
from tertium.report.tables import csv_text
from tertium.report.typesetting.agreement import agreement_tables
from tertium.report.typesetting.codebook import code_labels, codebook, list_table
from tertium.report.typesetting.front_matter import (
    first_page_notes,
    limits_chapter,
    restricted_sources,
    source_rows,
)
from tertium.report.typesetting.imprint import authors, imprint, read_citation
from tertium.report.typesetting.sentences import Sentences
from tertium.sources.files.read import write_whole
from tertium.study import STUDIES, Study

CACHE = ".cache"
FOLDERS = ("figures", "notebooks", "tables")
CODEBOOK_LISTS = "codebook-lists.csv"
STEMS = {False: "report", True: "report-restricted"}
PAGES = tuple(f"{stem}.{ending}" for stem in STEMS.values() for ending in ("html", "pdf"))


@dataclass(frozen=True)
class Built:
    """What a report consists of.

    Parameters
    ----------
    pdf, html : Path
        Called ``report-restricted`` where passages are shown that may not be passed on.
    notebooks, tables, figures : tuple of Path
        In the order of their names.
    is_new : bool
        False where nothing had changed since the last time.
    """

    pdf: Path
    html: Path
    notebooks: tuple[Path, ...]
    tables: tuple[Path, ...]
    figures: tuple[Path, ...]
    is_new: bool

    @property
    def is_restricted(self) -> bool:
        """Whether the report shows passages that may not be passed on."""
        return self.pdf.stem == STEMS[True]


def build_report(
    study: Study,
    *,
    output: Path | None = None,
    texts: Texts | None = None,
    progress: Progress = to_terminal,
) -> Built:
    """Run a study's notebooks and set its report as PDF and HTML.

    A notebook is run again if its cells, its parameters, the study's texts, schemes or tables,
    this package or a library that matters have changed; the pages are set again if a notebook
    gave something else. The same study gives the same bytes.

    Parameters
    ----------
    study : Study
        See `tertium.open_study`.
    output : Path, optional
        The folder to write; ``reports/<study>`` in the study's root if not given.
    texts : {"digests", "originals", "both"}, optional
        In place of what the study says.
    progress : callable, optional
        Takes a line for each step done; by default to stderr if that is a terminal.

    Returns
    -------
    Built

    Raises
    ------
    InputError
        With every fault: of the sources, of a notebook's parameters, cells, references, of
        characters that no font has. The folder is then as it was before.

    Examples
    --------
    >>> build_report(open_study("labour-organising")).pdf.name    # doctest: +SKIP
    'report.pdf'
    """
    study = study.with_texts(texts)
    if not study.content.notebooks:
        remedy = "name at least one under notebooks:"
        raise InputError([Fault(study.path.name, 0, "notebooks", "there is none", remedy)])
    folder = Path(output) if output is not None else study.root / "reports" / study.name
    _refuse_foreign(folder)
    inputs = study_inputs(study)
    jobs = _jobs(study, folder / CACHE / "notebooks", inputs)
    is_first = not folder.exists()
    try:
        with _alone(folder / CACHE):
            report = _report_task(study, jobs, folder, inputs, progress)
            notebooks = notebook_tasks(jobs, progress=progress, after=("sources",))
            tasks = [_sources_task(study, inputs), *notebooks, _tables_task(study, inputs), report]
            done = do_tasks(tasks, database=folder / CACHE / "digests.json")
    except BaseException:
        if is_first:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return _built(folder, is_new=report.name in done)


def _built(folder: Path, *, is_new: bool) -> Built:
    stem = next(stem for stem in STEMS.values() if (folder / f"{stem}.pdf").is_file())
    figures, notebooks, tables = (tuple(sorted((folder / name).iterdir())) for name in FOLDERS)
    return Built(
        folder / f"{stem}.pdf", folder / f"{stem}.html", notebooks, tables, figures, is_new
    )


def _refuse_foreign(folder: Path) -> None:
    """A folder that was not made here and holds what we would replace is left alone."""
    if folder.exists() and not folder.is_dir():
        remedy = "name another folder"
        raise InputError([Fault(folder.name, 0, "", "it is a file, not a folder", remedy)])
    if (folder / CACHE).is_dir():
        return
    ours = [name for name in (*FOLDERS, *PAGES) if (folder / name).exists()]
    if ours:
        found = f"it holds {', '.join(ours)}, which no build of a report made"
        raise InputError([Fault(folder.name, 0, "", found, "remove them, or name another folder")])


@contextmanager
def _alone(cache: Path) -> Iterator[None]:
    """Only one build at a time works in a folder, where the system has locks for that."""
    cache.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:
        yield
        return
    with (cache / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            found = "another build is at work in it"
            name = cache.parent.name
            raise InputError([Fault(name, 0, "", found, "wait until it is done")]) from None
        yield


# ---------------------------------------------------------------------------------------------
# Notebooks


def _sources_task(study: Study, inputs: Mapping[str, str]) -> Task:
    """The sources are read once before any notebook does: their faults are named once."""

    def do() -> None:
        if not study.collection.sources:
            manifest = Path(study.content.sources.manifest).name
            remedy = "add a row, or choose other texts"
            raise InputError(
                [Fault(manifest, 0, "", f"it lists no {_WANTED[study.texts]}", remedy)]
            )

    return Task(name="sources", do=do, inputs=lambda: inputs, made=lambda: {"manifest": "read"})


def _tables_task(study: Study, inputs: Mapping[str, str]) -> Task:
    """The study's own tables, which the pages need, are made while the last notebooks run."""

    def do() -> None:
        _ = study.tables

    made = {"tables": "made"}
    return Task(name="tables", do=do, inputs=lambda: inputs, made=lambda: made, after=("sources",))


_WANTED = {"digests": "digest", "originals": "original", "both": "text"}


def _jobs(study: Study, folder: Path, inputs: Mapping[str, str]) -> list[Job]:
    """A run for each notebook of the study, with its values checked before any of them starts."""
    jobs: list[Job] = []
    faults: list[Fault] = []
    for part in study.content.notebooks:
        path = study.root / part.notebook
        try:
            declared = read_parameters(path)
        except InputError as error:
            faults.extend(error.faults)
            continue
        defaults = {parameter.name: parameter.default for parameter in declared}
        given = {"study": _study_word(study, path.parent), "texts": study.texts}
        values: dict[str, Any] = {name: v for name, v in given.items() if name in defaults}
        values |= part.parameters
        faults += value_faults(declared, values, file=path.name)
        changed = {
            name: value
            for name, value in values.items()
            if name not in defaults or repr(value) != repr(defaults[name])
        }
        stem, number = path.stem, 1
        while stem in {job.name for job in jobs}:
            number += 1
            stem = f"{path.stem}-{number}"
        jobs.append(Job(path, folder / f"{stem}.ipynb", changed, path.parent, inputs))
    if faults:
        raise InputError(faults)
    return jobs


def _study_word(study: Study, cwd: Path) -> str:
    """How a notebook finds the study: by name, or by the way to its file."""
    if study.path.parent == study.root / STUDIES:
        return study.name
    for up, parent in enumerate((cwd, *cwd.parents)):
        if study.path.is_relative_to(parent):
            return "../" * up + study.path.relative_to(parent).as_posix()
    return str(study.path)


# ---------------------------------------------------------------------------------------------
# Pages


def _report_task(
    study: Study,
    jobs: Sequence[Job],
    folder: Path,
    inputs: Mapping[str, str],
    progress: Progress,
) -> Task:
    """The task that comes after all notebooks and looks at what they gave."""
    names = [job.notebook.name for job in jobs]

    def do() -> None:
        staging = folder.with_name(f"{folder.name}.partial")
        shutil.rmtree(staging, ignore_errors=True)
        try:
            _write_report(study, jobs, staging)
            _swap(staging, folder)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        progress(f"{study.name}: report set")

    def all_inputs() -> Mapping[str, str]:
        executed = {job.output.name: file_digest(job.output) or "" for job in jobs}
        return {**inputs, **executed, "notebooks": json.dumps(names)}

    return Task(
        name="report",
        do=do,
        inputs=all_inputs,
        made=lambda: _made(folder),
        after=(*(f"notebook-{job.name}" for job in jobs), "tables"),
    )


def _made(folder: Path) -> dict[str, str | None]:
    paths = [folder / name for name in PAGES]
    for name in FOLDERS:
        paths.extend((folder / name).rglob("*"))
    return {
        path.relative_to(folder).as_posix(): file_digest(path)
        for path in sorted(paths)
        if path.is_file()
    }


def _write_report(study: Study, jobs: Sequence[Job], staging: Path) -> None:
    """Everything that the report consists of, in a folder of its own."""
    from tertium.report.data_files import data_files
    from tertium.report.typesetting.document import build_document
    from tertium.report.typesetting.html import write_html
    from tertium.report.typesetting.pdf import write_pdf

    notebooks = [json.loads(job.output.read_text(encoding="utf-8")) for job in jobs]
    names = [job.notebook.name for job in jobs]
    selection = selection_file(study)
    chapters, chapter_names = list(notebooks), list(names)
    if selection.is_file():
        text = limits_chapter(selection.read_text(encoding="utf-8"))
        chapters.append(_markdown_notebook(text))
        chapter_names.append(selection.name)
    shown = _shown_sources(notebooks)
    settings = study.content.report
    references, style = references_file(study), style_file(study)
    cff = citation_file(study)
    citation = read_citation(cff.read_text(encoding="utf-8")) if cff.is_file() else {}
    document = build_document(
        chapters,
        title=study.content.title,
        question=study.content.question,
        language=settings.language,
        first_page_notes=first_page_notes(study, shown=shown),
        codebook=codebook(study),
        references=references.read_text(encoding="utf-8") if references.is_file() else "",
        style=style.read_text(encoding="utf-8") if style else "",
        sources=source_rows(study),
        names=chapter_names,
        imprint=imprint(study, citation),
        authors=authors(citation),
        labels=code_labels(study),
        codings=_rows(study.tables.codings, [*_PLACE, "stance", "statement_id", "role"]),
        readings=_rows(study.tables.readings, _PLACE),
        agreement=agreement_tables(study, shown=_shown_tables(notebooks)),
        sentences=_sentences(study, shown),
    )
    for name in FOLDERS:
        (staging / name).mkdir(parents=True)
    for path, content in data_files(notebooks, document, names=names).items():
        write_whole(staging / path, content)
    write_whole(staging / "tables" / CODEBOOK_LISTS, csv_text(list_table(study)).encode("utf-8"))
    for job in jobs:
        shutil.copyfile(job.output, staging / "notebooks" / job.output.name)
    stem = STEMS[bool(restricted_sources(study, shown))]
    write_html(document, staging / f"{stem}.html")
    write_pdf(
        document,
        staging / f"{stem}.pdf",
        paper="letter" if settings.paper == "us-letter" else "a4",
        fonts=font_paths(study),
        standard=settings.standard,
    )


_PLACE = ["source_id", "start", "end", "scheme", "code", "coder"]


def _sentences(study: Study, shown: set[str]) -> Sentences:
    """The texts of the sources that the report shows, and their sentences."""
    texts = {each.id: each.text for each in study.collection.sources if each.id in shown}
    units = study.tables.units
    units = units[(units["unit"] == "sentence") & units["source_id"].isin(shown)]
    spans: dict[str, list[tuple[int, int]]] = {}
    for source_id, start, end in zip(units["source_id"], units["start"], units["end"], strict=True):
        spans.setdefault(str(source_id), []).append((int(start), int(end)))
    return Sentences(texts, {source_id: sorted(each) for source_id, each in spans.items()})


def _rows(table: pd.DataFrame, columns: list[str]) -> list[dict[str, Any]]:
    """Rows of a study's table, with None for what is missing."""
    rows = table[columns].astype(object)
    records = rows.where(rows.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in records]


def _markdown_notebook(text: str) -> dict[str, Any]:
    return {"cells": [{"cell_type": "markdown", "metadata": {}, "source": text}], "metadata": {}}


def _shown_sources(notebooks: Sequence[Mapping[str, Any]]) -> set[str]:
    """Ids of the sources of which any table carries passages, in the report or beside it."""
    return {
        str(passage["source_id"])
        for content in _shown_tables(notebooks)
        for passage in content.get("passages", {}).values()
    }


def _shown_tables(notebooks: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The contents of all tables of executed notebooks."""
    from tertium.report.typesetting.outputs import TABLE_TYPE

    return [
        output["data"][TABLE_TYPE]
        for notebook in notebooks
        for cell in notebook["cells"]
        for output in cell.get("outputs", ())
        if TABLE_TYPE in output.get("data", {})
    ]


def _swap(staging: Path, folder: Path) -> None:
    """Put what was made in the place of what was there; other files in the folder stay."""
    for name in (*FOLDERS, *PAGES):
        old, new = folder / name, staging / name
        if old.is_dir():
            old.rename(staging / f"{name}.old")
        elif old.exists():
            old.unlink()
        if new.exists():
            new.rename(old)
