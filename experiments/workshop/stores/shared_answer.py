"""Something slow that many people look at: worked out once for all of them, in a thread that nobody interrupts.

A task of a page is traced line by line and is broken off when the page is drawn with other terms. Broken off within the
first import of a library, it leaves that library half loaded for the whole process; and it runs once per person.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

from .aside import work_aside

log = logging.getLogger("ecopark.workshop")


class Answer:
    """The newest answer to a question. value, error: of the question that was asked last, None while it is worked out.

    ring: called when an answer has come.
    """

    def __init__(self, ring: Callable[[], None]):
        self._ring, self._lock = ring, threading.Lock()
        self._question: Any = None
        self.value: Any = None
        self.error: Exception | None = None

    def ask(self, question: Any, work: Callable[[], Any]) -> None:
        """Work an answer out unless this question is already answered or being worked on."""
        with self._lock:
            if question == self._question:
                return
            self._question, self.value, self.error = question, None, None
        work_aside(lambda: self._work(question, work), "answer")

    def forget(self) -> None:
        """Let the next one who asks have it worked out again."""
        with self._lock:
            self._question = None
        self._ring()

    def _work(self, question: Any, work: Callable[[], Any]) -> None:
        value, error = None, None
        try:
            value = work()
        except Exception as problem:  # the page says what is wrong, whatever it is
            log.exception("no answer to %s", question)
            error = problem
        with self._lock:
            if question != self._question:
                return
            self.value, self.error = value, error
        self._ring()
