"""Computes the newest request only: what is asked meanwhile replaces what waits and makes what runs outdated."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any


class OutdatedError(Exception):
    """Nobody waits for this computation any more."""


class Coalescer:
    """Computes the newest request in a thread of its own; requests that come while it works replace each other.

    compute: (request, is_wanted) -> result; it may raise OutdatedError as soon as `is_wanted()` is false. deliver: called with
    (request, result, error), one of the last two None; not called for what is outdated.
    """

    def __init__(
        self,
        compute: Callable[[Any, Callable[[], bool]], Any],
        deliver: Callable[[Any, Any, Exception | None], None],
    ):
        self._compute, self._deliver = compute, deliver
        self._lock = threading.Lock()
        self._waiting: list[Any] = []
        self._busy = False

    def ask(self, request: Any) -> None:
        """Ask for a computation; only the newest request that waits is computed."""
        with self._lock:
            self._waiting = [request]
            if self._busy:
                return
            self._busy = True
        threading.Thread(target=self._work, daemon=True, name="coalescer").start()

    def _is_wanted(self) -> bool:
        return not self._waiting

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._busy = False
                    return
                request = self._waiting.pop()
            try:
                result, error = self._compute(request, self._is_wanted), None
            except OutdatedError:
                continue
            except Exception as problem:  # the screen says what is wrong, whatever it is
                result, error = None, problem
            self._deliver(request, result, error)
