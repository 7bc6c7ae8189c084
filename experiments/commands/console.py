"""What the commands print: progress and summaries for people, JSON for programs."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click


@contextmanager
def progress_bar(text: str, show: bool) -> Iterator[Callable[[int, int], None]]:
    """Give a function `(done, total)` that moves a bar on the terminal; silent when not shown or not a terminal."""
    if not show or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(text, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def show_compiling(show: bool) -> None:
    """Let the terminal show how far the first compilation is; elsewhere a line says that it takes place."""
    if show and sys.stderr.isatty():
        from ecopark.abm.numerics.compiled import watch

        watch(_move)


def _move(done: int, total: int) -> None:
    """Write over the last line: how many rules are compiled; remove it when all are."""
    text = f"Compiling the model for this machine, once, about half a minute: {done} of {total} rules"
    click.echo("\r\033[K" + (text if done < total else ""), nl=False, err=True)


def say_version(record: Any) -> None:
    """Say that a run is repeated by another version than made it. record: what its run.json says, or None."""
    import ecopark

    if record is not None and record.version != ecopark.__version__:
        made = f"version {record.version}" if record.version else "a version that its run.json does not name"
        click.echo(
            f"This run was made by {made} of ecopark; this is {ecopark.__version__}: numbers may differ.", err=True
        )


def print_json(value: Any) -> None:
    """Print a value as JSON, numbers that do not exist as null."""
    from ecopark.analysis.run_folder.plain_json import plain_json

    click.echo(plain_json(value))


def amount(value: float, unit: str = "") -> str:
    """Return a number as people read it: three digits and a word for thousands and millions."""
    if not math.isfinite(value):
        return "-"
    for size, word in ((1e9, " billion"), (1e6, " million"), (1e3, " thousand")):
        if abs(value) >= size:
            return f"{value / size:.3g}{word} {unit}".rstrip()
    return f"{value:.3g} {unit}".rstrip()


def spread(values: list[float], unit: str = "") -> str:
    """Return one number, or the mean with the 5 % and 95 % quantiles of several."""
    if len(values) == 1:
        return amount(values[0], unit)
    ordered = sorted(value for value in values if math.isfinite(value))
    if len(ordered) < len(values):
        return "-"
    low, high = ordered[int(0.05 * (len(ordered) - 1))], ordered[int(0.95 * (len(ordered) - 1) + 0.5)]
    return f"{amount(sum(values) / len(values), unit)} ({amount(low)} to {amount(high)})"


def rows_of(title: str, rows: list[tuple[str, str]]) -> str:
    """Return a titled block of aligned rows."""
    width = max((len(name) for name, _ in rows), default=0)
    return "\n".join([title, *(f"  {name:<{width}}  {value}" for name, value in rows)])
