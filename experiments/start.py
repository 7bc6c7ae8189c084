"""Where the program begins: Ctrl-C is quiet from the first moment, while the command line is still being loaded."""

from __future__ import annotations

import _signal  # the core of `signal`, there without a file being loaded
import os


def main() -> None:
    """Load the command line and run it; until it listens itself, Ctrl-C ends the program without a word."""
    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:  # else it is ignored, as in the background
        _signal.signal(_signal.SIGINT, lambda *_: os._exit(130))
    from .cli import main as run

    run()
