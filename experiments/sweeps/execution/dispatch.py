"""The loop of a sweep: a few chunks in flight at a time, lost ones handed out again, reports counted, nothing kept."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from dataclasses import replace
from queue import Empty, SimpleQueue

from .chunks import Report, Task
from .engines import Engine
from .tasks import EngineLostError

CHUNKS_PER_WORKER = 2
LOSSES_UNTIL_GUARDED = 3
LOSSES_WITHOUT_PROGRESS = 12
LOOK_SECONDS = 0.5


class Dispatch:
    """Hands tasks to an engine until all are done.

    After a worker died, every chunk that was in flight is done under guard, which finds the run that kills; after a few
    deaths every chunk is. A chunk another sweep has claimed is asked for again later.
    """

    def __init__(self, engine: Engine, tasks: Iterator[Task], hear: Callable[[Report], None]):
        self._engine, self._tasks, self._hear = engine, tasks, hear
        self._again: deque[Task] = deque()
        self._taken: deque[tuple[float, Task]] = deque()
        self._flying: dict[Future[Report], Task] = {}
        self._landed: SimpleQueue[Future[Report]] = SimpleQueue()
        self._losses = self._barren = 0

    def run(self) -> None:
        """Do all tasks."""
        while True:
            self._engine.check()
            self._hand_out()
            if not self._flying and not self._taken:
                return
            lost = self._settle(self._wait())
            if lost:
                self._recover(lost)

    def _wait(self) -> Iterator[Future[Report]]:
        """Yield what has finished, after a while at the latest."""
        with suppress(Empty):
            yield self._landed.get(timeout=LOOK_SECONDS)
            while True:
                yield self._landed.get_nowait()

    def _hand_out(self) -> None:
        """Fill the window: lost chunks first, then new ones, then those another sweep had."""
        while len(self._flying) < CHUNKS_PER_WORKER * self._engine.workers and (task := self._next()):
            guarded = task.guarded or self._engine.guarded or self._losses >= LOSSES_UNTIL_GUARDED
            task = replace(task, guarded=guarded or task.time_limit is not None)
            try:
                future = self._engine.submit(task)
            except Exception as error:
                if not self._engine.lost_worker(error):
                    raise
                self._recover([task])
                continue
            self._flying[future] = task
            future.add_done_callback(self._landed.put)

    def _next(self) -> Task | None:
        if self._again:
            return self._again.popleft()
        task = next(self._tasks, None)
        if task is None and self._taken and self._taken[0][0] < time.monotonic():
            return self._taken.popleft()[1]
        return task

    def _settle(self, finished: Iterable[Future[Report]]) -> list[Task]:
        """Take in what finished; return the tasks that were lost with a worker, raise what is no loss of a worker."""
        lost = []
        for future in finished:
            task = self._flying.pop(future, None)
            if task is None:  # settled when its worker was lost
                continue
            try:
                report = future.result()
            except (Exception, CancelledError) as error:
                if not self._engine.lost_worker(error):
                    raise
                lost.append(task)
                continue
            self._barren = 0
            if report.state == "taken":
                self._taken.append((time.monotonic() + LOOK_SECONDS, task))
            else:
                self._hear(report)
        return lost

    def _recover(self, lost: list[Task]) -> None:
        """Start the engine anew and hand out again, under guard, all that was in flight when a worker ended."""
        self._losses += 1
        self._barren += 1
        if self._barren >= LOSSES_WITHOUT_PROGRESS:
            raise EngineLostError(f"{self._barren} times in a row workers ended before they finished a chunk")
        self._engine.renew()
        lost = lost + self._settle([future for future in self._flying if future.done()])
        self._again.extend(replace(task, guarded=True) for task in sorted(lost, key=lambda task: task.chunk))
