"""The engine of a cluster: the same chunks, handed to a Dask scheduler. Workers write their parts themselves.

The scheduler may die: what was written stays, and after it was started anew at the same address the sweep goes on by
itself, or, later, with the same command. Every chunk is done under guard, so that no run takes a Dask worker along.
"""

from __future__ import annotations

import contextlib
import logging
import time
from concurrent.futures import CancelledError, Future

from abm.errors import InputError, Mistake
from experiments.sweeps.chunks import Report, Task
from experiments.sweeps.engines import EngineLostError, do_task

PATIENCE_SECONDS = 20
CLOSE_SECONDS = 2
LOOK_SECONDS = 0.1


class Cluster:
    """A Dask scheduler and its workers."""

    guarded = True

    def __init__(self, address: str):
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
        self._executor = self._client.get_executor(pure=False)

    @property
    def workers(self) -> int:
        """Number of chunks the cluster does at a time, as of now; workers may come and go."""
        workers = self._client.scheduler_info(n_workers=-1).get("workers", {})
        return max(1, sum(worker["nthreads"] for worker in workers.values()))

    def submit(self, task: Task) -> Future[Report]:
        """Hand a chunk to the scheduler; one that is out of reach loses it."""
        try:
            return self._executor.submit(do_task, task)
        except Exception as error:
            if self._client.status == "running":
                raise
            raise CancelledError from error

    def lost_worker(self, error: BaseException) -> bool:
        """Return whether the chunk was lost with workers or with the scheduler."""
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError
        from distributed.comm import CommClosedError

        return isinstance(error, (KilledWorker, CommClosedError, FutureCancelledError, CancelledError))

    def renew(self) -> None:
        """Do nothing: the cluster replaces its workers."""

    def check(self) -> None:
        """Wait for a scheduler that is gone, and give up when Dask does."""
        while self._client.status != "running":
            if self._client.status == "closed":
                raise EngineLostError(f"the scheduler at {self._address} does not answer any more")
            time.sleep(LOOK_SECONDS)

    def close(self, at_once: bool) -> None:
        """Leave the cluster running; chunks that are being done there are still written."""
        with contextlib.suppress(Exception):
            self._executor.shutdown(wait=not at_once)
        with contextlib.suppress(Exception):
            self._client.close(timeout=CLOSE_SECONDS)
