"""What has not changed is not done again.

Tasks and the digests of what each depends on come in. Those whose digests changed are done, a few
at a time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tertium.errors import Fault, InputError, TertiumError


@dataclass(frozen=True)
class Task:
    """Something to do, and how to see that it need not be done.

    Parameters
    ----------
    name : str
        Unlike that of any other task.
    do : callable
        Does it. A `TertiumError` stops what comes after it, not what stands beside it.
    inputs : callable
        Gives the digests of everything that the outcome depends on; asked when the tasks
        named in `after` are done.
    made : callable
        Gives the digests of what the task made, None for what is not there.
    after : tuple of str
        Names of the tasks that come first.
    """

    name: str
    do: Callable[[], None]
    inputs: Callable[[], Mapping[str, str]]
    made: Callable[[], Mapping[str, str | None]]
    after: tuple[str, ...] = ()


def do_tasks(tasks: Sequence[Task], *, database: Path, workers: int = 2) -> tuple[str, ...]:
    """Do the tasks whose inputs or outcomes are not as the database says.

    Parameters
    ----------
    tasks : sequence of Task
    database : Path
        A file that keeps the digests from one time to the next. It holds neither times nor
        paths; without it everything is done.
    workers : int, optional
        How many tasks at a time.

    Returns
    -------
    tuple of str
        Names of the tasks that were done, in the order of `tasks`.

    Raises
    ------
    InputError
        With every fault of every task. What succeeded is in the database and is not done again.
    """
    from doit.cmd_base import ModuleTaskLoader
    from doit.doit_cmd import DoitMain

    done: set[str] = set()
    errors: dict[str, Exception] = {}
    _drop_unreadable(database)
    database.parent.mkdir(parents=True, exist_ok=True)
    settings = {
        "backend": "json",
        "dep_file": str(database),
        "reporter": "zero",
        "continue": True,
        "num_process": workers if workers > 1 else 0,
        "par_type": "thread",
        "verbosity": 2,
    }

    def task_report() -> Any:
        for task in tasks:
            yield _as_doit(task, done, errors)

    loader = ModuleTaskLoader({"DOIT_CONFIG": settings, "task_report": task_report})
    # No configuration files: a pyproject.toml in the current folder is none of ours.
    code = DoitMain(loader, config_filenames=()).run([])
    _sort_keys(database)
    if errors:
        raise _joined([errors[task.name] for task in tasks if task.name in errors])
    if code:
        raise RuntimeError(f"doit ended with {code}")
    return tuple(task.name for task in tasks if task.name in done)


def _as_doit(one: Task, done: set[str], errors: dict[str, Exception]) -> dict[str, Any]:
    from doit.action import BaseAction
    from doit.exceptions import TaskFailed

    # The arguments' names are those by which doit hands its task and the kept values over.
    def unchanged(task: Any, values: Mapping[str, Any]) -> bool:
        inputs = _digest(one.inputs())
        task.value_savers.append(lambda: {"inputs": inputs, "made": dict(one.made())})
        made = values.get("made")
        return values.get("inputs") == inputs and bool(made) and made == dict(one.made())

    class Do(BaseAction):
        """An action that leaves the standard streams alone: they belong to all threads."""

        def __init__(self) -> None:
            self.out = self.err = self.result = self.task = None
            self.values: dict[str, Any] = {}

        def __str__(self) -> str:
            return one.name

        def execute(self, out: Any = None, err: Any = None) -> Any:
            try:
                one.do()
            except Exception as error:
                errors[one.name] = error
                return TaskFailed(one.name)
            done.add(one.name)
            return None

    return {
        "basename": one.name,
        "actions": [Do()],
        "uptodate": [unchanged],
        "task_dep": list(one.after),
    }


def _joined(errors: Sequence[Exception]) -> Exception:
    """One error with the faults of all; an error that is none of ours goes first."""
    for error in errors:
        if not isinstance(error, TertiumError):
            return error
    if len(errors) == 1:
        return errors[0]
    faults: list[Fault] = []
    for error in errors:
        own = getattr(error, "faults", None)
        faults.extend(own if own is not None else [Fault("report", 0, "", str(error), "mend it")])
    return InputError(faults)


def digest(data: bytes | str) -> str:
    """SHA-256 of bytes or text, in hex."""
    return hashlib.sha256(data.encode("utf-8") if isinstance(data, str) else data).hexdigest()


def file_digest(path: Path) -> str | None:
    """SHA-256 of a file's bytes; None where there is no file."""
    return digest(path.read_bytes()) if path.is_file() else None


def _digest(values: Mapping[str, Any]) -> str:
    return digest(json.dumps(dict(values), sort_keys=True, ensure_ascii=True))


def _drop_unreadable(database: Path) -> None:
    """A database cut off in the middle of writing is no loss: everything is done again."""
    try:
        content = json.loads(database.read_text(encoding="utf-8"))
        if all(isinstance(values, dict) for values in content.values()):
            return
    except FileNotFoundError:
        return
    except (ValueError, AttributeError):
        pass
    database.unlink()


def _sort_keys(database: Path) -> None:
    """Threads end in any order; the file's order shall not tell."""
    if database.is_file():
        content = json.loads(database.read_text(encoding="utf-8"))
        text = json.dumps(content, sort_keys=True, indent=1)
        database.write_text(text + "\n", encoding="utf-8")
