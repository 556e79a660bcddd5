"""Notebooks are run with their parameters, unless nothing they depend on has changed.

A notebook, parameters and a folder come in. The executed notebook goes out as a file: the same
bytes every time, without times, paths or the state of a kernel.
"""

from __future__ import annotations

import contextvars
import copy
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tertium.errors import Fault, InputError
from tertium.report.running.executed import as_bytes, clean, joined, machine_faults
from tertium.report.running.kernel import event_loop, kernel_class
from tertium.report.running.parameters import (
    TAG,
    NotebookParameter,
    notebook_parameters,
    value_faults,
)
from tertium.report.running.tasks import Task, digest, do_tasks, file_digest
from tertium.sources.files.read import write_whole

if TYPE_CHECKING:
    from nbformat import NotebookNode

Progress = Callable[[str], None]

ERROR_LINES = 20


@dataclass(frozen=True)
class Job:
    """One run of a notebook.

    Parameters
    ----------
    notebook, output : Path
    parameters : mapping
        Values that differ from the notebook's own.
    cwd : Path
        The folder that the notebook runs in.
    inputs : mapping of str to str
        Digests of everything else that the outcome depends on.
    """

    notebook: Path
    output: Path
    parameters: Mapping[str, Any] = field(default_factory=dict)
    cwd: Path = Path()
    inputs: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What progress calls it."""
        return self.output.stem


def to_terminal(line: str) -> None:
    """Write a line of progress to stderr where a person looks on, and nowhere else."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{line}\n")


def read_notebook_file(path: Path) -> NotebookNode:
    """A notebook as nbformat has it, each cell with an id."""
    import nbformat

    content = _read_json(path)
    try:
        node = nbformat.from_dict(content)
        nbformat.validate(node)
    except nbformat.ValidationError as error:
        raise InputError([_no_notebook(path, str(error).partition("\n")[0])]) from None
    return node


def read_parameters(notebook: Path) -> tuple[NotebookParameter, ...]:
    """The parameters of a notebook file; see `notebook_parameters`."""
    return notebook_parameters(_read_json(notebook), file=notebook.name)


def _read_json(path: Path) -> dict[str, Any]:
    """A notebook without nbformat, which takes more than a second to import."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["nbformat"] != 4:
            raise InputError([_no_notebook(path, f"its format is {content['nbformat']}, not 4")])
        for number, cell in enumerate(content["cells"], start=1):
            cell["source"] = joined(cell["source"])
            # Cells of older notebooks have no ids, and nbformat would make up random ones.
            cell.setdefault("id", f"cell-{number}")
            if cell["cell_type"] == "code":
                cell["outputs"], cell["execution_count"] = [], None
        content["nbformat_minor"] = max(5, content.get("nbformat_minor", 0))
        return dict(content)
    except OSError:
        fault = Fault(path.name, 0, "", "it can't be read", "check the path")
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        fault = _no_notebook(path, f"{type(error).__name__}: {error}".partition("\n")[0])
    raise InputError([fault])


def _no_notebook(path: Path, said: str) -> Fault:
    return Fault(path.name, 0, "", f"it is no notebook ({said})", "save it again from JupyterLab")


def read_values(notebook: Path, words: Mapping[str, str]) -> dict[str, Any]:
    """Values for a notebook from words of the command line, each of its parameter's type.

    Raises
    ------
    InputError
        With every fault of the notebook's tagged cell, or of the words.
    """
    parameters = read_parameters(notebook)
    known = {parameter.name: parameter for parameter in parameters}
    values = {
        name: known[name].value_of(word) if name in known else word for name, word in words.items()
    }
    if faults := value_faults(parameters, values, file=notebook.name):
        raise InputError(faults)
    return values


def run_notebook(
    notebook: Path, output: Path, *, parameters: Mapping[str, Any], cwd: Path
) -> NotebookNode:
    """Run a notebook with values for its parameters and write what came of it.

    Parameters
    ----------
    notebook : Path
        Left as it is.
    output : Path
        Written whole, or not at all.
    parameters : mapping
        Values in place of the notebook's own.
    cwd : Path
        The folder that it runs in.

    Returns
    -------
    NotebookNode
        As written.

    Raises
    ------
    InputError
        Before the run: a faulty tagged cell, an unknown parameter, a value of another type.
        After it: the first cell that failed; an output that names a place of this machine.
    """
    node = read_notebook_file(notebook)
    declared = notebook_parameters(node, file=notebook.name)
    faults = value_faults(declared, parameters, file=notebook.name)
    if notebook.resolve() == output.resolve():
        remedy = "name another file as output"
        faults.append(Fault(notebook.name, 0, "", "it would be overwritten", remedy))
    if faults:
        raise InputError(faults)
    # In a context of its own the client makes an event loop of its own, which can be closed.
    executed = contextvars.Context().run(_execute, node, parameters, cwd, notebook.name)
    clean(executed, notebook.name)
    if faults := list(machine_faults(executed, cwd, file=notebook.name)):
        raise InputError(faults)
    write_whole(output, as_bytes(executed))
    return executed


def run_all(
    jobs: Sequence[Job],
    *,
    database: Path,
    workers: int = 2,
    progress: Progress = to_terminal,
) -> tuple[str, ...]:
    """Run notebooks, two at a time, but those for which nothing has changed.

    Parameters
    ----------
    jobs : sequence of Job
        Their outputs have different names.
    database : Path
        File that keeps the digests of the last time.
    workers : int, optional
        Kernels at a time.
    progress : callable, optional
        Takes a line for each notebook; by default to stderr if that is a terminal.

    Returns
    -------
    tuple of str
        Names of the jobs that were run.

    Raises
    ------
    InputError
        With the faults of every notebook that did not run through; the others are written.
    """
    return do_tasks(notebook_tasks(jobs, progress=progress), database=database, workers=workers)


def notebook_tasks(
    jobs: Sequence[Job], *, progress: Progress = to_terminal, after: tuple[str, ...] = ()
) -> list[Task]:
    """Each job as a task that looks at the notebook's cells, its values and its inputs."""
    return [
        Task(
            name=f"notebook-{job.name}",
            do=_timed(job, progress),
            inputs=_inputs_of(job),
            made=_made_by(job),
            after=after,
        )
        for job in jobs
    ]


def _timed(job: Job, progress: Progress) -> Callable[[], None]:
    def do() -> None:
        start = time.monotonic()
        run_notebook(job.notebook, job.output, parameters=job.parameters, cwd=job.cwd)
        progress(f"{job.name}: done in {time.monotonic() - start:.0f} s")

    return do


def _inputs_of(job: Job) -> Callable[[], Mapping[str, str]]:
    def inputs() -> Mapping[str, str]:
        values = json.dumps(dict(job.parameters), sort_keys=True)
        return {**job.inputs, "notebook": cells_digest(job.notebook), "parameters": values}

    return inputs


def _made_by(job: Job) -> Callable[[], Mapping[str, str | None]]:
    return lambda: {job.output.name: file_digest(job.output)}


def cells_digest(notebook: Path) -> str:
    """Digest of what a run depends on: the cells' kinds, texts and tags, not their outputs."""
    try:
        cells = [
            [cell["cell_type"], cell["source"], cell["id"], cell.get("metadata", {}).get("tags")]
            for cell in _read_json(notebook)["cells"]
        ]
    except InputError as error:
        # The run will say what is wrong with it.
        return str(error)
    return digest(json.dumps(cells))


# ---------------------------------------------------------------------------------------------
# The run


def _execute(
    node: NotebookNode, parameters: Mapping[str, Any], cwd: Path, file: str
) -> NotebookNode:
    # papermill takes seconds to import: only a run pays for it.
    import papermill
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    with tempfile.TemporaryDirectory(prefix="tertium-") as name:
        folder = Path(name)
        try:
            with (folder / "stderr").open("wb") as stderr, event_loop():
                return papermill.execute_notebook(
                    copy.deepcopy(node),
                    None,
                    parameters=dict(parameters),
                    kernel_name="python3",
                    language="python",
                    progress_bar=False,
                    # Its own `cwd` would move the whole process, and with it the other threads.
                    cwd=None,
                    resources={"metadata": {"path": str(cwd)}},
                    kernel_manager_class=kernel_class(folder, stderr),
                    coalesce_streams=True,
                )
        except PapermillExecutionError as error:
            place = f"cell {_number(node, error.cell_index, parameters)}"
            found = f"it stopped with {_last_words(error.ename, error.evalue)}"
            remedy = "mend the cell, or what it reads"
        except (DeadKernelError, RuntimeError) as error:
            place, remedy = "", "try again; a kernel dies where memory runs out"
            said = (folder / "stderr").read_text(encoding="utf-8", errors="replace").strip()
            last = said.splitlines()[-1] if said else _last_words(type(error).__name__, str(error))
            found = f"its kernel died: {last}"
        except (CellTimeoutError, NoSuchKernel) as error:
            place, remedy = "", "run `tertium doctor`"
            found = f"it did not run: {_last_words(type(error).__name__, str(error))}"
        raise InputError([Fault(file, 0, place, found, remedy)])


def _number(node: NotebookNode, index: int, parameters: Mapping[str, Any]) -> int:
    """The failed cell's number in the notebook itself, which lacks the cell that was injected."""
    tagged = next(i for i, cell in enumerate(node.cells) if TAG in cell.metadata.get("tags", ()))
    return index if parameters and index > tagged else index + 1


def _last_words(name: str, said: str) -> str:
    """The name of an error and what it says, without its traceback."""
    lines = [_plain(line) for line in said.strip().splitlines()]
    if len(lines) > ERROR_LINES:
        lines = [*lines[:ERROR_LINES], "…"]
    return f"{name}: " + "\n".join(lines) if lines else name


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)
