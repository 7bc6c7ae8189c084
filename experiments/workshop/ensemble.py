"""Replicates of a whole history under some settings, on the same seeds as every other settings."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from abm.scenario import Scenario
from experiments.workshop.settings import QUIET, Values, apply_to, found_park

REPLICATES = 12
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
    """Runs ensembles of one scenario in threads and remembers the latest; shared by all sessions."""

    def __init__(self, scenario: Scenario, replicates: int = REPLICATES):
        self.scenario, self.replicates = scenario, replicates
        self._kept: OrderedDict[str, Ensemble] = OrderedDict()
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(max_workers=os.cpu_count() or 1, thread_name_prefix="replicate")

    def run(self, values: Values) -> Ensemble:
        """Return the ensemble under some settings. Raises InputError on wrong settings."""
        key = repr(sorted(values.items()))
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        apply_to(self.scenario, values)
        tables = list(self._pool.map(lambda seed: run_history(self.scenario, values, seed), range(self.replicates)))
        ensemble = Ensemble(np.stack(tables))
        with self._lock:
            self._kept[key] = ensemble
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return ensemble


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
