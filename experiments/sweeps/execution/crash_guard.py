"""A chunk under guard: its runs are made by a child of the worker, so that a run that crashes or hangs takes only that along.

The child says which run it begins. A run that outlasts the time limit is ended and recorded; one during which the child
ends is tried again, and recorded when it has ended three of them, because the first time may have been somebody's kill.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Mapping
from typing import Any

from .chunks import Report, Task
from .processes import launching

DEATHS_UNTIL_GUILTY = 3
STARTING_SECONDS = 900.0
_mine = threading.local()


class ChildEndedError(Exception):
    """The child ended, or was ended after the time limit, during `run` (None: while it was not in a run)."""

    def __init__(self, run: int | None, code: int | None, too_long: bool = False):
        super().__init__(run, code, too_long)
        self.run, self.code, self.too_long = run, code, too_long


class Child:
    """A process that does chunks one after the other and says which run it is at."""

    def __init__(self) -> None:
        command = [sys.executable, "-P", "-m", "ecopark.experiments.sweeps.execution.child", str(os.getpid())]
        with launching():
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(place or os.getcwd() for place in sys.path)}
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        self._said: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True, name="child of a sweep's worker")
        self._listener.start()

    def _listen(self) -> None:
        try:
            while True:
                self._said.put(pickle.load(self._process.stdout))  # type: ignore[arg-type]
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            self._said.put(("ended", None))

    def do(self, task: Task, known: Mapping[int, str]) -> Report:
        """Return the report of a chunk, or raise `ChildEndedError`, or what the chunk itself raised."""
        run: int | None = None
        try:
            pickle.dump((task, dict(known)), self._process.stdin)  # type: ignore[arg-type]
            self._process.stdin.flush()  # type: ignore[union-attr]
        except OSError:
            raise ChildEndedError(None, self.end()) from None
        while True:
            try:
                kind, content = self._said.get(timeout=STARTING_SECONDS if run is None else task.time_limit)
            except queue.Empty:
                self.end()
                raise ChildEndedError(run, None, too_long=True) from None
            if kind == "run":
                run = content
            elif kind == "report":
                return content
            elif kind == "error":
                raise content
            else:
                raise ChildEndedError(run, self.end())

    def end(self) -> int:
        """End the child at once, if it has not ended; return its exit code."""
        self._process.kill()
        code = self._process.wait()
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
        return code

    @property
    def alive(self) -> bool:
        """Whether the child can take a chunk."""
        return self._process.poll() is None


def my_child() -> Child:
    """Return the child of this thread, a new one when the last has ended."""
    child = getattr(_mine, "child", None)
    if child is not None and not child.alive:
        child.end()
    if child is None or not child.alive:
        child = _mine.child = Child()
    return child


def dismiss_child() -> None:
    """End the child of this thread, if it has one."""
    child = getattr(_mine, "child", None)
    if child is not None:
        child.end()
        _mine.child = None


def guarded_chunk(task: Task) -> Report:
    """Do one chunk in a child process; runs that end it or never end become failures."""
    known: dict[int, str] = {}
    deaths: Counter[int | None] = Counter()
    while True:
        try:
            return my_child().do(task, known)
        except ChildEndedError as end:
            deaths[end.run] += 1
            if end.run is not None and end.too_long:
                known[end.run] = f"TimeLimit: the run took longer than {task.time_limit:g} s"
            elif deaths[end.run] >= DEATHS_UNTIL_GUILTY:
                if end.run is None:
                    raise RuntimeError(f"the process that makes the runs does not start ({cause(end.code)})") from None
                known[end.run] = f"ProcessEnded: the run ended its process {deaths[end.run]} times ({cause(end.code)})"


def cause(code: int | None) -> str:
    """Say how a process ended."""
    if code is None:
        return "it did not answer"
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"
