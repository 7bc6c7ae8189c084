"""`ecopark bench`: speed and scale as ratios, measured side by side, and what people wait for."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

# letter of the table -> (module, function); i is both of regions
MEASURES = {
    "a": ("reference_model", "whole_runs"),
    "b": ("reference_model", "steps"),
    "c": ("talk_cost", "against_negmas"),
    "d": ("talk_cost", "in_a_whole_run"),
    "e": ("scaling", "growth"),
    "f": ("reference_model", "sweep_runs"),
    "g": ("processes", "workers"),
    "h": ("processes", "command_line"),
    "i": ("scaling", "memory_and_set_up"),
    "j": ("waiting", "first_run"),
    "k": ("scaling", "months_of_regions"),
    "l": ("waiting", "million_runs"),
    "m": ("browser", "lever_to_charts"),
    "n": ("waiting", "reports"),
    "o": ("waiting", "models_in_turn"),
}


@click.command("bench")
@click.argument("what", required=False, metavar="[negotiation]", type=click.Choice(["negotiation"]))
@click.option(
    "--scenario", multiple=True, help="With negotiation: take the talks from runs of this scenario; repeatable."
)
@click.option("--strategy", multiple=True, help="With negotiation: let this strategy play in the tournament, too.")
@click.option("--only", metavar="LETTERS", help="Measure some of a to o alone, e.g. a,c.")
@click.option("--quick", is_flag=True, help="Fewer repetitions and smaller regions: a minute, only gross changes show.")
@click.option("--json", "file", type=click.Path(path_type=Path, dir_okay=False), help="Write the numbers to FILE, too.")
@click.option("--markdown", is_flag=True, help="Print the table as Markdown.")
def command(
    what: str | None, scenario: tuple[str, ...], strategy: tuple[str, ...], only: str | None, quick: bool, file: Path | None,
    markdown: bool,
) -> None:  # fmt: skip
    """Measure speed and scale as ratios, variants in turn, by processor time, medians; or how well companies bargain.

    Most ratios compare with the slow twin of the model in tests/references, so run this in a source checkout; what is
    missing is skipped and said. Letter k is the month of a region in which companies study what their hours allow
    instead of the whole funnel: figures without a target, to be tracked. Letter m moves a lever
    of the browser view in Chromium and waits for all charts.

    \b
    Examples:
      ecopark bench
      ecopark bench --only a,d --json bench.json
      ecopark bench negotiation --quick
      ecopark bench negotiation --scenario synthetic --strategy mine.py:Tough
    """
    if what is not None:
        _negotiation(scenario, strategy, quick, file)
        return
    if scenario or strategy:
        raise click.UsageError("--scenario and --strategy belong to `ecopark bench negotiation`.")
    from ..benchmarks.clock import Row, SkippedError

    rows: list[Row] = []
    skipped: dict[str, str] = {}
    for letter in _letters(only):
        click.echo(f"measuring {letter} ...", err=True)
        try:
            found = measure(letter)(quick)
        except SkippedError as reason:
            skipped[letter] = str(reason)
            continue
        for row in found:  # at once: the whole takes twenty minutes, and may be ended before
            click.echo(f"  {row.what}: {row.measured:.3g} {row.unit}", err=True)
        rows += found
    click.echo(markdown_table(rows) if markdown else plain_table(rows))
    for letter, reason in skipped.items():
        click.echo(f"{letter} skipped: {reason}", err=markdown)
    if file:
        file.write_text(json.dumps({"rows": [_plain(row) for row in rows], "skipped": skipped}, indent=1), "utf-8")


def _negotiation(scenarios: Sequence[str], strategies: Sequence[str], quick: bool, file: Path | None) -> None:
    """Measure how well and how safely companies bargain, and print it beside its targets."""
    from ecopark.abm.input.errors import InputError, Mistake
    from ecopark.abm.strategies.outside.register import StrategyError, code_of
    from ecopark.analysis.run_folder.plain_json import plain_json

    from ..benchmarks.negotiation.report import measure as measure_negotiation
    from ..benchmarks.negotiation.rows import table_of

    for name in strategies:
        try:
            code_of(name)
        except StrategyError as error:
            raise InputError([Mistake("--strategy", name, error.allowed, error.meant)]) from None
    rows = measure_negotiation(scenarios or None, quick, lambda text: click.echo(text, err=True), strategies)
    click.echo(table_of(rows))
    missed = sum(row.holds is False for row in rows)
    click.echo(
        f"{sum(row.holds is True for row in rows)} targets are reached, {missed} are missed; contracts through a third firm "
        "are not bound to each other (hubs), pipes are shared where `investment.shared_pipes` is on."
    )
    if file:
        file.write_text(plain_json({"rows": [row.plain() for row in rows]}), "utf-8")


def measure(letter: str) -> Callable[[bool], list[Any]]:
    """Return the function that measures a row of the table."""
    import importlib

    module, function = MEASURES[letter]
    return getattr(importlib.import_module(f"ecopark.experiments.benchmarks.{module}"), function)


def _letters(only: str | None) -> list[str]:
    """Return the letters to measure, in order."""
    if only is None:
        return list(MEASURES)
    wanted = [part.strip() for part in only.split(",")]
    unknown = [letter for letter in wanted if letter not in MEASURES]
    if unknown:
        raise click.UsageError(f"--only {only}: there is no {', '.join(unknown)}; allowed are {', '.join(MEASURES)}.")
    return [letter for letter in MEASURES if letter in wanted]


def _words(row: Any) -> tuple[str, str, str, str]:
    """Return letter, what, measured and target in words."""
    bound = "at least" if row.at_least else "at most"
    target = "tracked" if row.target is None else f"{bound} {row.target:g}{row.unit}"
    return row.letter, row.what, f"{row.measured:.3g}{row.unit}", target


def plain_table(rows: Sequence[Any]) -> str:
    """Return the table for a terminal."""
    cells = [("", "ratio", "measured", "target", ""), *((*_words(row), "" if row.holds else "missed") for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, [*widths, 0], strict=True)) for row in cells
    )


def markdown_table(rows: Sequence[Any]) -> str:
    """Return the table for README.md."""
    lines = ["| # | ratio | measured | target |", "|---|---|---|---|"]
    return "\n".join([*lines, *("| " + " | ".join(_words(row)) + " |" for row in rows)])


def _plain(row: Any) -> dict[str, Any]:
    """Return a row for programs."""
    return {
        "letter": row.letter, "what": row.what, "measured": row.measured, "target": row.target,
        "at_least": row.at_least, "holds": row.holds, "unit": row.unit, **row.detail,
    }  # fmt: skip
