"""The command line, thin: each verb reads its arguments and calls the library.

Comes in: words from a shell.
Goes out: files and lines; each module here registers its verbs with the program.
"""

from tertium.cli import agreement, coding, evaluation, report, schemes, sources, start
from tertium.cli.program import cli, main

__all__ = [
    "agreement",
    "cli",
    "coding",
    "evaluation",
    "main",
    "report",
    "schemes",
    "sources",
    "start",
]
