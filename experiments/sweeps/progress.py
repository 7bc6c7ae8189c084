"""Progress of a sweep: a bar with rate and time left on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType

from experiments.sweeps.chunks import Report


class Progress:
    """A bar that counts runs: `with Progress(...) as progress: progress.hear(report)`."""

    def __init__(self, name: str, runs: int, done: int, size: Callable[[int], int], quiet: bool | None):
        """Show nothing when `quiet`, or when it is not said and the error stream is no terminal.

        runs: of the sweep or shard; done: those that are there; size: runs of a chunk.
        """
        self._name, self._runs, self._done, self._failed, self._size = name, runs, done, 0, size
        self._quiet = not sys.stderr.isatty() if quiet is None else quiet

    def __enter__(self) -> Progress:
        """Show the bar."""
        if not self._quiet:
            self._start()
        return self

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress as Bar, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("[red]{task.fields[failed]}"),
        )
        self._bar = Bar(*columns, console=Console(stderr=True), speed_estimate_period=120)
        self._task = self._bar.add_task(self._name, total=self._runs, completed=self._done, rate="", failed="")
        self._bar.start()

    def hear(self, report: Report) -> None:
        """Count a finished chunk."""
        self._done += self._size(report.chunk)
        self._failed += report.failed
        if self._quiet:
            return
        self._bar.update(self._task, completed=self._done, failed=f"{self._failed} failed" if self._failed else "")
        speed = self._bar.tasks[0].speed
        self._bar.update(self._task, rate=f"{speed:,.1f} runs/s" if speed else "")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Leave the bar as it is."""
        if not self._quiet:
            self._bar.stop()
