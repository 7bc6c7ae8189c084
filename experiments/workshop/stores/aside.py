"""Work that goes on aside, and is over before the process ends.

A thread that is inside a solver when the interpreter is taken down takes the whole process down with an abort; so whoever
works aside stops at the next occasion once the process is ending, and the end waits for that.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from weakref import WeakSet

LONGEST = 20.0  # seconds that the end of the process waits for a thread
_ENDING = threading.Event()
_RUNNING: WeakSet[threading.Thread] = WeakSet()


def work_aside(work: Callable[[], None], name: str) -> None:
    """Do some work in a thread of its own."""
    thread = threading.Thread(target=work, daemon=True, name=name)
    _RUNNING.add(thread)
    thread.start()


def is_ending() -> bool:
    """Tell whether the process is ending, so that nobody wants more work done."""
    return _ENDING.is_set() or not threading.main_thread().is_alive()


@atexit.register
def _let_end() -> None:
    _ENDING.set()
    for thread in list(_RUNNING):
        thread.join(LONGEST)
