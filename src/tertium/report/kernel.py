"""The kernel that a notebook of a report runs in.

A folder for its connection comes in. A kernel manager goes out that starts the same Python with
the same settings, whatever this machine's user has installed or set up.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# What the Makefile sets for every build; a shell that says otherwise is heard.
ENVIRONMENT: Mapping[str, str] = {
    "SOURCE_DATE_EPOCH": "1767225600",
    "MPLBACKEND": "agg",
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
}
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


def kernel_class(folder: Path, stderr: Any) -> type:
    """A kernel manager that starts this Python, over files instead of ports where it can."""
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import AsyncKernelManager

    environment = {**ENVIRONMENT, **os.environ}
    # Start-up files and settings of this machine's user have no say in a report.
    environment["IPYTHONDIR"] = str(folder / "ipython")
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
