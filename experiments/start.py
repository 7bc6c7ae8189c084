"""Where the program begins: Ctrl-C is quiet from the first moment, and its version is told before the command line is loaded."""

from __future__ import annotations

import _signal  # the core of `signal`, there without a file being loaded
import contextlib
import os
import sys


def main() -> None:
    """Load the command line and run it; until it listens itself, Ctrl-C ends the program without a word."""
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:  # else it is ignored, as in the background
        _signal.signal(_signal.SIGINT, lambda *_: os._exit(130))
    if sys.argv[1:] != ["--version"] or not _tell_version():
        from .cli import main as run

        run()


def _tell_version() -> bool:
    """Print the version as the command line does, without loading it; return False where the output does not take it."""
    from importlib.metadata import version

    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stdout.write(f"ecopark {version('ecopark')}\n")
        sys.stdout.flush()
        return True
    return False
