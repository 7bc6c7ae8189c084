"""Replicates of a whole history under some settings, on the same seeds as every other settings."""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from abm.scenario import Scenario
from experiments.workshop.settings import QUIET, Values, apply_to, found_park

REPLICATES, FEWEST, PATIENCE = 12, 3, 2.0
KEPT = 64


@dataclass(frozen=True)
class Ensemble:
    """Yearly indicators of replicates: [replicate, year] structured as `Park.yearly`."""

    table: np.ndarray

    @property
    def years(self) -> np.ndarray:
        """Return the years."""
        return self.table["year"][0]

    def values(self, name: str) -> np.ndarray:
        """Return an indicator [replicate, year]."""
        return self.table[name]


def run_history(scenario: Scenario, values: Mapping[str, Any], seed: int) -> np.ndarray:
    """Return the yearly indicators of one whole run [year]."""
    return found_park(scenario.replace(QUIET), values, seed).run().yearly


class Laboratory:
    """Runs ensembles of one scenario in threads and remembers the latest; shared by all sessions.

    replicates: of every ensemble; None lets the first run decide: as many as are done in about two seconds, 3 to 12.
    """

    def __init__(self, scenario: Scenario, replicates: int | None = None):
        self.scenario, self._replicates = scenario, replicates
        self._kept: OrderedDict[str, Future[Ensemble]] = OrderedDict()
        self._lock, self._sizing = threading.Lock(), threading.Lock()
        self._workers = os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(max_workers=self._workers, thread_name_prefix="replicate")

    @property
    def replicates(self) -> int:
        """Return the number of replicates; the first to ask waits for two runs (the first one compiles)."""
        with self._sizing:
            if self._replicates is None:
                run_history(self.scenario, {}, 0)
                began = time.thread_time()
                run_history(self.scenario, {}, 0)
                each = max(time.thread_time() - began, 1e-6)
                self._replicates = int(min(REPLICATES, max(FEWEST, PATIENCE * self._workers / each)))
            return self._replicates

    def run(self, values: Values) -> Ensemble:
        """Return the ensemble under some settings; who asks for what is being run waits for it. Raises InputError."""
        apply_to(self.scenario, values)
        key = repr(sorted(values.items()))
        with self._lock:
            known = self._kept.get(key)
            mine = known or Future()
            self._kept[key] = mine
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        if known is None:
            self._compute(key, values, mine)
        return mine.result()

    def _compute(self, key: str, values: Values, promise: Future[Ensemble]) -> None:
        """Run the replicates and keep the promise; a failure is not remembered."""
        try:
            seeds = range(self.replicates)
            promise.set_result(
                Ensemble(np.stack(list(self._pool.map(lambda seed: run_history(self.scenario, values, seed), seeds))))
            )
        except Exception as error:
            with self._lock:
                self._kept.pop(key, None)
            promise.set_exception(error)


class Coalescer:
    """Computes the newest request in a thread of its own; requests that come while it works replace each other.

    compute: request -> result. deliver: called with (request, result, error), one of the last two None.
    """

    def __init__(self, compute: Callable[[Any], Any], deliver: Callable[[Any, Any, Exception | None], None]):
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

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._busy = False
                    return
                request = self._waiting.pop()
            try:
                result, error = self._compute(request), None
            except Exception as problem:  # the screen says what is wrong, whatever it is
                result, error = None, problem
            self._deliver(request, result, error)
