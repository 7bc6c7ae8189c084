"""Stores that several tabs and threads share: plain objects that ring a bell when they change.

`solara.reactive` keeps one value per tab; what a workshop or a browser's reload shares lives in a `Store`, and every tab has
one waiter that draws the page again, at most ten times a second.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from weakref import WeakSet

LEAST_PAUSE = 0.1


class Bell(threading.Event):
    """Rings for one waiter, whichever of its stores has changed; unlike an Event it can be kept in a weak set."""

    __hash__ = object.__hash__


class Store:
    """Something that changes and tells whoever listens."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.message = ""
        self._bells: WeakSet[Bell] = WeakSet()

    def ring(self) -> None:
        """Tell every listener that something has changed."""
        with self.lock:
            bells = list(self._bells)
        for bell in bells:
            bell.set()

    def listen(self, bell: Bell) -> None:
        """Ring this bell from now on, as long as somebody holds it."""
        with self.lock:
            self._bells.add(bell)

    def say(self, text: str) -> None:
        """Show a message, or none."""
        self.message = text
        self.ring()


class Waiter:
    """A thread that calls `draw` after changes of its stores; what comes within a tenth of a second is drawn at once."""

    def __init__(self, stores: list[Store], draw: Callable[[], None]):
        self._bell, self._draw, self._closed = Bell(), draw, False
        for store in stores:
            store.listen(self._bell)
        threading.Thread(target=self._wait, daemon=True, name="waiter").start()

    def close(self) -> None:
        """Stop waiting."""
        self._closed = True
        self._bell.set()

    def _wait(self) -> None:
        while True:
            self._bell.wait()
            if self._closed:
                return
            self._bell.clear()
            with suppress(Exception):  # a tab that is being closed cannot be drawn any more
                self._draw()
            time.sleep(LEAST_PAUSE)
