"""The laboratory runs ensembles in threads and remembers the latest; all sessions share it."""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from ecopark.abm.input.scenario import Scenario

from .ensemble import Ensemble, Job, run_history
from .known_history import Known
from .newest_request import OutdatedError
from .settings import Values, apply_to

REPLICATES, FEWEST, PATIENCE, GLANCE, STRETCH = 12, 3, 2.0, 0.025, 0.04
KEPT = 64


class Laboratory:
    """Runs ensembles of one scenario.

    replicates: of every ensemble; None lets a first run decide: as many as are done in about two seconds, 3 to 12; and as
    many are shown first as are done at a glance. known: how the park went in fact, None where nobody says.
    """

    def __init__(self, scenario: Scenario, replicates: int | None = None):
        self.scenario, self._replicates = scenario, replicates
        self.known: Known | None = None
        self._first, self._years = 1, 0
        self._kept: OrderedDict[str, Job] = OrderedDict()
        self._lock, self._sizing = threading.Lock(), threading.Lock()
        self._workers = os.cpu_count() or 1
        self._sized = False
        self._pool = ThreadPoolExecutor(max_workers=self._workers, thread_name_prefix="replicate")

    @property
    def replicates(self) -> int:
        """Return the number of replicates; the first to ask waits for two runs (the first one compiles)."""
        with self._sizing:
            if not self._sized:
                self._size()
            return self._replicates or FEWEST

    def _size(self) -> None:
        """Measure a run and decide how many there will be, how many are shown first, and how often one looks up."""
        run_history(self.scenario, {}, 0, 1)
        began = time.thread_time()
        run_history(self.scenario, {}, 0)
        each = max(time.thread_time() - began, 1e-6)
        if self._replicates is None:
            self._replicates = int(min(REPLICATES, max(FEWEST, PATIENCE * self._workers / each)))
        self._first = int(min(self._replicates, max(2, GLANCE * self._workers / each)))
        self._years = int(max(1, self.scenario.years * STRETCH / each))
        self._sized = True

    def run(
        self,
        values: Values,
        is_wanted: Callable[[], bool] = lambda: True,
        on_part: Callable[[Ensemble], None] | None = None,
    ) -> Ensemble:
        """Return the ensemble under some settings; who asks for what is being run waits for it.

        on_part: called with what there is so far. Raises InputError, OutdatedError when nobody wants it any more.
        """
        apply_to(self.scenario, values)
        while True:
            job, mine = self._job(values)
            job.watch(is_wanted, on_part)
            if mine:
                self._compute(values, job)
            try:
                return job.promise.result()
            except OutdatedError:  # perhaps it was given up just before somebody came who wants it
                if not is_wanted():
                    raise

    def _job(self, values: Values) -> tuple[Job, bool]:
        """Return the job of some settings, and whether it has still to be begun."""
        key, planned = self._key(values), self.replicates
        with self._lock:
            known = self._kept.get(key)
            job = known or Job(self.scenario, planned, self._first)
            self._kept[key] = job
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return job, known is None

    @staticmethod
    def _key(values: Values) -> str:
        return repr(sorted(values.items()))

    def _compute(self, values: Values, job: Job) -> None:
        """Run the replicates and keep the promise; a failure is not remembered."""

        def replicate(seed: int) -> np.ndarray:
            job.check()
            return run_history(self.scenario, values, seed, self._years, lambda yearly: job.note(seed, yearly))

        try:
            tables = list(self._pool.map(replicate, range(self.replicates)))
            job.promise.set_result(Ensemble(np.stack(tables), len(tables), len(tables[0])))
        except Exception as error:
            with self._lock:
                self._kept.pop(self._key(values), None)
            job.promise.set_exception(error)
