"""Progress of a sweep: a bar with rate and time left on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Protocol

from .chunks import Report

FIRST_LINE, NEXT_LINES = 5.0, 60.0  # seconds from the start, and between lines of a log
MINUTE, HOUR = 60, 3600


@contextmanager
def saying(text: str, quiet: bool | None) -> Iterator[None]:
    """Show what is going on while the block runs, on a terminal."""
    if quiet or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(text):
        yield


class Face(Protocol):
    """Where progress is shown."""

    def show(self, done: int, failed: int) -> None:
        """Show the number of runs that are there, and how many of those made now failed."""

    def stop(self) -> None:
        """End the showing."""


class Progress:
    """What counts runs: `with Progress(...) as progress: progress.hear(report)`."""

    def __init__(self, name: str, runs: int, done: int, size: Callable[[int], int], quiet: bool | None):
        """Prepare the counting, shown on the error stream unless `quiet`.

        runs: of the sweep or shard; done: those that are there; size: runs of a chunk.
        """
        self._name, self._runs, self._done, self._failed, self._size = name, runs, done, 0, size
        self._quiet = bool(quiet)
        self._face: Face | None = None

    def __enter__(self) -> Progress:
        """Begin to show."""
        if not self._quiet:
            self._face = (Bar if sys.stderr.isatty() else Log)(self._name, self._runs, self._done)
        return self

    def hear(self, report: Report) -> None:
        """Count a finished chunk."""
        self._done += self._size(report.chunk)
        self._failed += report.failed
        if self._face:
            self._face.show(self._done, self._failed)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the last state to be read."""
        if self._face:
            self._face.stop()


class Bar:
    """A bar on a terminal."""

    def __init__(self, name: str, runs: int, done: int):
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("[red]{task.fields[failed]}"),
        )
        self._bar = RichProgress(*columns, console=Console(stderr=True), speed_estimate_period=120)
        self._task = self._bar.add_task(name, total=runs, completed=done, rate="", failed="")
        self._bar.start()

    def show(self, done: int, failed: int) -> None:
        """Move the bar."""
        self._bar.update(self._task, completed=done, failed=f"{failed} failed" if failed else "")
        speed = self._bar.tasks[0].speed
        self._bar.update(self._task, rate=f"{speed:,.1f} runs/s" if speed else "")

    def stop(self) -> None:
        """Leave the bar as it is."""
        self._bar.stop()


class Log:
    """Lines of plain text: one after a few seconds, then one a minute, and one at the end."""

    def __init__(self, name: str, runs: int, done: int, clock: Callable[[], float] = time.monotonic):
        self._name, self._runs, self._begun_with, self._clock = name, runs, done, clock
        self._done, self._failed, self._start = done, 0, clock()
        self._due = self._start + FIRST_LINE

    def show(self, done: int, failed: int) -> None:
        """Write a line where one is due."""
        self._done, self._failed = done, failed
        if self._clock() >= self._due and done < self._runs:
            left = (self._runs - done) / self._rate if self._rate else 0.0
            self._say(f"about {span(left)} left")
            self._due = self._clock() + NEXT_LINES

    def stop(self) -> None:
        """Write the last line."""
        state = "done" if self._done == self._runs else "stopped"
        self._say(f"{state} after {span(self._clock() - self._start)}")

    @property
    def _rate(self) -> float:
        """Runs per second since the start."""
        return (self._done - self._begun_with) / max(self._clock() - self._start, 1e-3)

    def _say(self, ending: str) -> None:
        runs = f"{self._done:,} of {self._runs:,} runs"
        print(f"{self._name}: {runs}, {self._rate:,.1f} runs/s, {self._failed:,} failed, {ending}", file=sys.stderr)
        sys.stderr.flush()


def span(seconds: float) -> str:
    """Say a time in its two largest units: `42 s`, `3 min 5 s`, `2 h 10 min`."""
    whole = round(seconds)
    if whole < MINUTE:
        return f"{whole} s"
    if whole < HOUR:
        return f"{whole // MINUTE} min {whole % MINUTE} s"
    return f"{whole // HOUR:,} h {whole % HOUR // MINUTE} min"
