"""The program `tertium`: an interrupt is quiet even while the rest is still being loaded.

Comes in: the words of a shell, which `tertium.cli` reads.
Goes out: its exit code; 130 where it was interrupted.
"""

from __future__ import annotations

import sys

INTERRUPTED = 130


def main() -> None:
    """Load the command line and run it."""
    try:
        from tertium.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
