"""Ctrl-C, SIGTERM and SIGHUP: all three end a command with what was finished, and with an exit code that says which."""

from __future__ import annotations

import atexit
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
_last = [int(signal.SIGINT)]


class Stopped(KeyboardInterrupt):
    """Raised where a signal asks the program to end; whoever handles Ctrl-C handles it, too."""


def listen() -> None:
    """Let SIGTERM (a batch queue, a system that shuts down) and SIGHUP (a terminal that closes) end like Ctrl-C.

    From here on Ctrl-C is heard again, which was quiet while the program was loaded.
    """

    def stop(number: int, _: Any) -> None:
        _last[0] = number
        raise Stopped

    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:  # as for what a shell starts in the background
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in SIGNALS:
        if number != signal.SIGINT and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, stop)
    atexit.register(_finish)


def _finish() -> None:
    """Hear no signal while Python takes itself down: the command is done, and its exit code says how."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def is_stop(error: BaseException | None) -> bool:
    """Tell whether an error comes of a signal: a library in C that is being loaded then says that it cannot be loaded."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__cause__ or error.__context__
    return error is not None


def exit_code() -> int:
    """Return the exit code of a program that a signal ended: 130 after Ctrl-C, 143 after SIGTERM."""
    return 128 + _last[0]


@contextmanager
def interrupted() -> Iterator[Callable[[], bool]]:
    """Give a function that tells whether the program was asked to end; the second time it ends at once."""
    pressed = []
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def note(number: int, _: Any) -> None:
        pressed.append(True)
        _last[0] = number
        restore()

    for number in SIGNALS:
        signal.signal(number, note)
    try:
        yield lambda: bool(pressed)
    finally:
        restore()
