"""How time is taken: of the thread alone, variants in turn, medians of ratios."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Row:
    """One measured ratio. letter: of the table. target: to reach `at_least` or stay below; detail: for programs.

    Without a target the figure is tracked: there is nothing it could be compared with here, but it shows what grows.
    """

    letter: str
    what: str
    measured: float
    target: float | None
    at_least: bool
    unit: str = "x"
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Tell whether the target is reached; a figure without one misses nothing."""
        if self.target is None:
            return True
        return self.measured >= self.target if self.at_least else self.measured <= self.target


class SkippedError(Exception):
    """A measurement that cannot be made here; its text says why."""


def thread_seconds(work: Callable[[], Any]) -> float:
    """Return the processor time of this thread that `work` takes [s]."""
    before = time.thread_time()
    work()
    return time.thread_time() - before


def side_by_side(variants: Sequence[Callable[[], Any]], repeats: int) -> list[list[float]]:
    """Return the processor times of each variant [s], taken in turn, so that a slow moment hits all of them."""
    times: list[list[float]] = [[] for _ in variants]
    for _ in range(repeats):
        for number, variant in enumerate(variants):
            times[number].append(thread_seconds(variant))
    return times


def ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """Return the median of the ratios, turn by turn."""
    return median(a / b for a, b in zip(above, below, strict=True))


def process_seconds(arguments: Sequence[str], **variables: str) -> float:
    """Return the processor time of a whole process [s]: `python` with these arguments and variables of the environment.

    Raises CalledProcessError.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "Agg", **variables}
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
