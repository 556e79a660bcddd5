"""The program itself: its verbs hang on `cli`; `main` turns what happened into an exit code.

Comes in: words from a shell.
Goes out: exit 0 done, 1 findings, 2 wrong use or input, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import Any

import click

from tertium.errors import TertiumError

# The heavy half of the package is imported by the verb that needs it: `tertium --help`
# answers at once.

FINDINGS = 1


WRONG = 2


INTERRUPTED = 130


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(INTERRUPTED)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG)
    except TertiumError as error:
        click.echo(str(error), err=True)
        sys.exit(WRONG)
    except _PipeClosedError:
        # The reader of a pipe has gone: nothing is wrong, and nothing more can be said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        place = error.filename or "a file"
        click.echo(f"{place}: {error.strerror or error}; check the path and its rights", err=True)
        sys.exit(WRONG)
    sys.exit(code if isinstance(code, int) else 0)


class _PipeClosedError(Exception):
    """Nobody reads stdout any longer; click would call that a failure."""


@contextlib.contextmanager
def _pipe_watched() -> Iterator[None]:
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise _PipeClosedError from None


class _Program(click.Group):
    def make_context(self, *given: Any, **more: Any) -> click.Context:
        # --help and --version are answered here.
        with _pipe_watched():
            return super().make_context(*given, **more)

    def invoke(self, ctx: click.Context) -> Any:
        with _pipe_watched():
            return super().invoke(ctx)


@click.group(
    cls=_Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(version("tertium"), prog_name="tertium")
def cli() -> None:
    """Compare how sources tell of labour organising, and show the passages behind each number."""


def verb(name: str, *, example: str) -> Callable[[Callable[..., Any]], click.Command]:
    """A command whose help ends in an example; click would fold its lines without the mark."""
    return cli.command(name, epilog=f"\b\nExample:\n  {example}")
