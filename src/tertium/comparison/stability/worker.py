"""Runs in a process of their own: what `runs` hands out comes in here and goes back.

Comes in: on the standard input, tables and tasks.
Goes out: on the standard output, the results of the tasks.
"""

from __future__ import annotations

import pickle
import sys
from contextlib import suppress
from importlib import import_module

from tertium.comparison.result import comparison_named
from tertium.comparison.stability.runs import compute


def main() -> None:
    """Compute what is asked for; nothing else may reach the standard output."""
    answer, sys.stdout = sys.stdout.buffer, sys.stderr
    modules, tables, tasks = pickle.load(sys.stdin.buffer)
    for name in modules:
        import_module(name)
    # Once on the whole tables: what is read of a source there need not be read in each run.
    whole = {f"{name}{params}": (name, params) for task in tasks for _, name, params in task.runs}
    for name, params in whole.values() if len(tasks) > len(whole) else ():
        with suppress(Exception):
            comparison_named(name)(tables, **params)
    pickle.dump([each for task in tasks for each in compute(tables, task)], answer)


if __name__ == "__main__":
    main()
