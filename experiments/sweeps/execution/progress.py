"""Progress of a sweep: a bar with rate and time left on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

from .chunks import Report


@contextmanager
def saying(text: str, quiet: bool | None) -> Iterator[None]:
    """Show what is going on while the block runs; see `is_quiet`."""
    if is_quiet(quiet):
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(text):
        yield


def is_quiet(quiet: bool | None) -> bool:
    """Tell whether to show nothing: as said, or where nothing is said, when the error stream is no terminal."""
    return not sys.stderr.isatty() if quiet is None else quiet


class Progress:
    """A bar that counts runs: `with Progress(...) as progress: progress.hear(report)`."""

    def __init__(self, name: str, runs: int, done: int, size: Callable[[int], int], quiet: bool | None):
        """Prepare a bar; see `is_quiet`.

        runs: of the sweep or shard; done: those that are there; size: runs of a chunk.
        """
        self._name, self._runs, self._done, self._failed, self._size = name, runs, done, 0, size
        self._quiet = is_quiet(quiet)

    def __enter__(self) -> Progress:
        """Show the bar."""
        if not self._quiet:
            self._start()
        return self

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

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

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the bar as it is."""
        if not self._quiet:
            self._bar.stop()
