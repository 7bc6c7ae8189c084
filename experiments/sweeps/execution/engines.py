"""Engines: where chunks are done. One contract, `concurrent.futures.Executor`; the chunks and their parts are the same.

An engine hands out one executor and says how many workers it has; after a worker died it starts anew.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, Protocol

from .chunks import Report, Task
from .crash_guard import dismiss_child
from .processes import behave, launching
from .tasks import do_task


class Engine(Protocol):
    """What the sweep needs of an engine. guarded: whether every chunk is done under guard from the start."""

    guarded: bool

    @property
    def workers(self) -> int:
        """How many chunks can be done at a time."""

    def submit(self, task: Task) -> Future[Report]:
        """Hand a chunk to a worker."""

    def lost_worker(self, error: BaseException) -> bool:
        """Whether an error says that a worker ended, not that a chunk went wrong."""

    def renew(self) -> None:
        """Start anew after a worker ended."""

    def check(self) -> None:
        """Raise `EngineLostError` when nothing can be handed out any more."""

    def close(self, at_once: bool) -> None:
        """End the workers; `at_once` without waiting for the chunks in flight."""


class Here(Executor):
    """An executor that does the work where it is asked, for a debugger and for a serial run."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future:
        """Do the work now."""
        future: Future = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Serial:
    """No worker but this process: `--workers 0`."""

    guarded = False
    workers = 1

    def __init__(self) -> None:
        self._executor = Here()

    def submit(self, task: Task) -> Future[Report]:
        """Do a chunk now."""
        return self._executor.submit(do_task, task)

    def lost_worker(self, error: BaseException) -> bool:
        """Return False: there is no worker to lose."""
        return False

    def renew(self) -> None:
        """Do nothing: there is no worker to replace."""

    def check(self) -> None:
        """Do nothing: this process is always there."""

    def close(self, at_once: bool) -> None:
        """End the child that did guarded chunks."""
        dismiss_child()


class Processes:
    """The standard library's process pool. A worker that dies breaks the pool; a new one takes its place."""

    guarded = False

    def __init__(self, workers: int):
        self.workers = workers
        self._pool = self._start()

    def _start(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(self.workers, context, initializer=behave, initargs=(os.getpid(),))
        with launching():
            for _ in range(self.workers):  # each submission starts a worker, as long as none is idle
                pool.submit(os.getpid)
        return pool

    def submit(self, task: Task) -> Future[Report]:
        """Hand a chunk to the pool."""
        return self._pool.submit(do_task, task)

    def lost_worker(self, error: BaseException) -> bool:
        """Return whether the pool broke because a worker ended."""
        return isinstance(error, (BrokenExecutor, CancelledError))

    def renew(self) -> None:
        """Put a new pool in the place of a broken one."""
        self.close(at_once=True)
        self._pool = self._start()

    def check(self) -> None:
        """Do nothing: a broken pool shows in its futures."""

    def close(self, at_once: bool) -> None:
        """End the pool; `at_once` by killing its processes, whose parts are then still to do."""
        processes = list((self._pool._processes or {}).values())
        if at_once:
            for process in processes:
                process.kill()
        self._pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def start_engine(workers: int | None, cluster: str | None, chunks: int) -> Iterator[Engine]:
    """Provide the engine that was asked for, by default one process per core; end its workers at once on any error.

    chunks: how many there are to do; more processes are not started.
    """
    engine = _engine(workers, cluster, chunks)
    try:
        yield engine
    except BaseException:
        engine.close(at_once=True)
        raise
    engine.close(at_once=False)


def _engine(workers: int | None, cluster: str | None, chunks: int) -> Engine:
    if cluster is not None:
        from .dask_engine import Cluster

        return Cluster(cluster)
    return Serial() if workers == 0 else Processes(min(workers or default_workers(), max(chunks, 1)))


def default_workers() -> int:
    """Return the number of cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
