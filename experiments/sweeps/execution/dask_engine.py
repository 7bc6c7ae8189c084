"""The engine of a cluster: the same chunks, handed to a Dask scheduler. Workers write their parts themselves.

The scheduler may die: what was written stays, and after it was started anew at the same address the sweep goes on by
itself, or, later, with the same command. Every chunk is done under guard, so that no run takes a Dask worker along.
"""

from __future__ import annotations

import contextlib
import logging
import re
import time
from concurrent.futures import CancelledError, Future, InvalidStateError, wait
from typing import TYPE_CHECKING

from ecopark.abm.input.errors import InputError, Mistake

from .chunks import Report, Task
from .tasks import EngineLostError, do_task

if TYPE_CHECKING:
    from distributed import Future as DaskFuture

PATIENCE_SECONDS = 20
CLOSE_SECONDS = 2
LOOK_SECONDS = 0.1


class Cluster:
    """A Dask scheduler and its workers."""

    guarded = True

    def __init__(self, address: str):
        if not re.fullmatch(r"(\w+://)?[^\s/]+:\d{1,5}", address):
            raise InputError([Mistake("cluster", address, "tcp://HOST:PORT, the address of a running Dask scheduler")])
        try:
            from distributed import Client
        except ImportError:
            allowed = "a cluster needs the extra of that name: pip install 'ecopark[cluster]'"
            raise InputError([Mistake("cluster", address, allowed)]) from None
        for logger in ("distributed", "distributed.client"):  # what a lost scheduler means is said by the sweep
            logging.getLogger(logger).setLevel(logging.CRITICAL)
        try:
            self._client = Client(address, timeout=PATIENCE_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            message = f"the address of a running Dask scheduler ({error})"
            raise InputError([Mistake("cluster", address, message)]) from None
        self._address = address
        self._scheduler = self._client.scheduler_info(n_workers=0).get("id")
        self._flying: set[Future[Report]] = set()

    @property
    def workers(self) -> int:
        """Number of chunks the cluster does at a time, as of now; workers may come and go."""
        information = self._client.scheduler_info(n_workers=-1)
        self._note_scheduler(information.get("id"))
        return max(1, sum(worker["nthreads"] for worker in information.get("workers", {}).values()))

    def _note_scheduler(self, scheduler: str | None) -> None:
        """Give up what an earlier scheduler had: Dask forgets a chunk that was handed in while the connection broke."""
        if scheduler not in (None, self._scheduler):
            self._scheduler = scheduler
            for flight in list(self._flying):
                with contextlib.suppress(InvalidStateError):
                    flight.set_exception(CancelledError())

    def submit(self, task: Task) -> Future[Report]:
        """Hand a chunk to the scheduler; one that is out of reach loses it."""
        try:
            asked = self._client.submit(do_task, task, pure=False)
        except Exception as error:
            if self._client.status == "running":
                raise
            raise CancelledError from error
        flight: Future[Report] = Future()
        self._flying.add(flight)
        flight.add_done_callback(self._flying.discard)
        self._client.loop.add_callback(_land, flight, asked)
        return flight

    def lost_worker(self, error: BaseException) -> bool:
        """Return whether the chunk was lost with workers or with the scheduler."""
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError
        from distributed.comm import CommClosedError

        return isinstance(error, (KilledWorker, CommClosedError, FutureCancelledError, CancelledError))

    def renew(self) -> None:
        """Do nothing: the cluster replaces its workers."""

    def check(self) -> None:
        """Wait for a scheduler that is gone, and give up when Dask does, or should have."""
        latest = time.monotonic() + 2 * PATIENCE_SECONDS
        while self._client.status != "running":
            if self._client.status == "closed" or time.monotonic() > latest:
                raise EngineLostError(f"the scheduler at {self._address} does not answer any more")
            time.sleep(LOOK_SECONDS)

    def close(self, at_once: bool) -> None:
        """Leave the cluster running; chunks that are being done there are still written."""
        if not at_once:
            wait(list(self._flying))
        with contextlib.suppress(Exception):
            self._client.close(timeout=CLOSE_SECONDS)


async def _land(flight: Future[Report], asked: DaskFuture) -> None:
    """Hand on what came of a chunk, unless it was given up; a report that cannot be fetched is a loss like another.

    Runs in the loop of the client, so that nothing waits for a report when the client is closed. Dask's own executor would
    leave its future open for ever when a connection breaks while a result is being fetched.
    """
    with contextlib.suppress(InvalidStateError):
        try:
            flight.set_result(await asked)
        except (Exception, CancelledError) as error:
            flight.set_exception(error)
