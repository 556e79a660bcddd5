"""The kernel that a notebook of a report runs in.

A folder for its connection comes in. A kernel manager goes out that starts the same Python with
the same settings, whatever this machine's user has installed or set up.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from tertium.errors import Fault, InputError

# What the Makefile sets for every build; whatever a shell says, a kernel runs with these.
FIXED: Mapping[str, str] = {
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "agg",
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
}
# The date that the PDF and the figures carry. A shell that states another one is heard: it is
# among the inputs of every report.
DATE = "SOURCE_DATE_EPOCH"
DEFAULT_DATE = "1767225600"
# Of what a user's shell says to Python itself, only what can't change a result.
_HARMLESS = ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPYCACHEPREFIX")
# Run once with the user's own settings: a font list takes seconds to make where fonts are many.
_COPY_FONT_LIST = """
import pathlib, shutil, sys
import matplotlib.font_manager
for path in pathlib.Path(matplotlib.get_cachedir()).glob("fontlist-*.json"):
    shutil.copy(path, sys.argv[1])
"""
_making_settings = threading.Lock()
# A Unix socket's address has room for 103 bytes on macOS, the least of all systems.
SOCKET_ROOM = 95


@contextmanager
def event_loop() -> Iterator[None]:
    """Close the loop that a notebook's client makes for itself; nobody else does."""
    from jupyter_core.utils import ensure_event_loop

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        loop = ensure_event_loop()
    else:
        # Called from a notebook, whose loop is not ours.
        yield
        return
    try:
        yield
    finally:
        loop.close()
        asyncio.set_event_loop(None)


def kernel_environment() -> dict[str, str]:
    """What every kernel is told, apart from places on this machine.

    Raises
    ------
    InputError
        The shell states a date that is none.
    """
    date = os.environ.get(DATE) or DEFAULT_DATE
    if not re.fullmatch(r"[0-9]{1,11}", date):
        found, remedy = f"{date!r} is no number of seconds", f"write digits, or unset {DATE}"
        raise InputError([Fault("environment", 0, DATE, found, remedy)])
    return {**FIXED, DATE: date}


def _without_settings(given: Mapping[str, str]) -> dict[str, str]:
    """A shell's variables without those by which Python, IPython or matplotlib are set up."""
    kept = {
        name: value
        for name, value in given.items()
        if name in _HARMLESS or not name.startswith(("PYTHON", "IPYTHON", "MPL", "MATPLOTLIB"))
    }
    # Where this package itself, or what runs notebooks, was found by the path, it stays there.
    needed = [
        folder
        for folder in given.get("PYTHONPATH", "").split(os.pathsep)
        if folder and any(Path(folder, name).is_dir() for name in ("tertium", "ipykernel"))
    ]
    return {**kept, "PYTHONPATH": os.pathsep.join(needed)} if needed else kept


def _matplotlib_folder() -> str:
    """A folder for matplotlib that holds no settings; the same one until this process ends."""
    with _making_settings:
        return _new_matplotlib_folder()


@cache
def _new_matplotlib_folder() -> str:
    folder = tempfile.mkdtemp(prefix="tertium-matplotlib-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        # Without its list matplotlib makes one: nothing is lost but time.
        subprocess.run(
            [sys.executable, "-c", _COPY_FONT_LIST, folder],
            env={**os.environ, **FIXED},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=120,
            check=False,
        )
    return folder


def kernel_class(folder: Path, stderr: Any) -> type:
    """A kernel manager that starts this Python, over files instead of ports where it can."""
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager

    # Start-up files and settings of this machine's user have no say in a report.
    environment = {
        **_without_settings(os.environ),
        **kernel_environment(),
        "IPYTHONDIR": str(folder / "ipython"),
        "MPLCONFIGDIR": _matplotlib_folder(),
    }
    address = folder / "k.json"
    has_sockets = os.name != "nt" and len(str(address)) < SOCKET_ROOM

    class ThisPython(AsyncKernelManager):
        """Its kernel is the interpreter that runs the report, whatever specs are installed."""

        def __init__(self, **options: Any) -> None:
            if has_sockets:
                options["transport"] = "ipc"
            super().__init__(connection_file=str(address), **options)

        @property
        def kernel_spec(self) -> KernelSpec:
            command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
            return KernelSpec(argv=command, language="python", display_name="Python 3")

        async def start_kernel(self, **options: Any) -> None:  # type: ignore[override]
            await super().start_kernel(**{**options, "env": environment, "stderr": stderr})

    return ThisPython
