"""`ecopark run`: a scenario -> a summary and a run folder."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import load_with, set_option

if TYPE_CHECKING:
    from ..runs.run import Outcome, Recorded


@click.command("run")
@click.argument("scenario")
@click.option("--years", type=click.IntRange(1, 500), help="Years to run; by default the scenario's horizon.")
@click.option(
    "--seed", type=click.IntRange(0, 2**64 - 1), help="Seed of the random shocks; 1, or that of the run.json."
)
@set_option
@click.option(
    "--replicates",
    type=click.IntRange(1, 100_000),
    help="Runs with different shocks; 1, or as many as in the run.json.",
)
@click.option("--posterior", is_flag=True, help="Draw the shared parameters from the saved posterior, by the seed.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write; by default runs/SCENARIO-1, -2, ...")
@click.option("--force", is_flag=True, help="Replace an existing run folder.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("--report/--no-report", default=True, help="Write report.html.", show_default=True)
def command(
    scenario: str, years: int | None, seed: int | None, settings: tuple[str, ...], replicates: int | None, posterior: bool, out: Path | None,
    force: bool, as_json: bool, report: bool,
) -> None:  # fmt: skip
    """Run SCENARIO and write a run folder: run.json, Parquet tables and report.html.

    SCENARIO is the name of a shipped scenario (`ecopark scenarios`), a scenario folder, a table of companies (CSV) or the
    run.json of an earlier run. Regions of more than 10,000 companies write their tables year by year and get no score.

    \b
    Examples:
      ecopark run kalundborg
      ecopark run kalundborg --set policy.landfill_tax=60 --replicates 20
      ecopark run kalundborg --posterior --seed 7
      ecopark run synthetic --set synthetic.companies=300 --out runs/region
      ecopark run runs/region/run.json --out runs/the_same_again
    """
    from ecopark.abm.input.loading import scenario_folder

    from ..runs.history_files import require_history
    from ..runs.run import replicate_seed
    from ..runs.run_folders import free_folder, leftovers, refuse_existing, written_whole
    from .console import show_compiling

    horizon = {} if years is None else {"horizon.years": years}
    chosen, record = _opened(scenario, settings, horizon)
    require_history(scenario_folder(scenario))
    seed = record.seeds[0] if seed is None else seed
    replicates = replicates or record.replicates or 1
    if posterior:
        chosen = _drawn(chosen, seed, settings)
    folder = out or free_folder(Path("runs"), chosen.name)
    refuse_existing(folder, force)
    for left in leftovers(folder):
        click.echo(f"note: {left} was left by a run that was killed; nobody needs it", err=True)
    _say(scenario, chosen, not as_json)
    task = Task(scenario, chosen, [replicate_seed(seed, number) for number in range(replicates)], list(record.steps))
    with written_whole(folder) as place:
        show_compiling(not as_json)
        done = _record(task, place.path, report, not as_json)
        if not done.recorded.outcomes:
            place.target = None
        elif not done.recorded.complete:
            place.keep_beside()
    _tell(done, _as_named(place.target, folder), as_json, report)


def _opened(source: str, settings: tuple[str, ...], horizon: dict[str, int]) -> tuple[Any, Any]:
    """Return a scenario and what its run.json says beside it; a run of another version says so, also where it is refused.

    Raises InputError with the mistakes of both.
    """
    from ecopark.abm.input.errors import InputError, Mistake
    from ecopark.abm.input.loading import load_record
    from ecopark.abm.input.run_record import RunRecord

    from .console import say_version

    wrong: list[Mistake] = []
    chosen, record = None, None
    try:
        record = load_record(source)
    except InputError as error:
        wrong += error.mistakes
    say_version(record)
    try:
        chosen = load_with(source, settings, **horizon)
    except InputError as error:
        wrong = [*error.mistakes, *(mistake for mistake in wrong if mistake not in error.mistakes)]
    if wrong:
        raise InputError(wrong)
    return chosen, record or RunRecord()


def _drawn(scenario: Any, seed: int, settings: tuple[str, ...]) -> Any:
    """Return a scenario with the row of the posterior that a seed draws; what `--set` names stays as it is."""
    from ..validation.posterior import row_of

    kept = {text.partition("=")[0].strip() for text in settings}
    return scenario.replace({name: value for name, value in row_of(seed).items() if name not in kept})


def _as_named(target: Path | None, folder: Path) -> Path | None:
    """Return where the run is in the words of who asked for it: relative where --out was, with the name it got."""
    return None if target is None else folder.with_name(target.name) if folder.name not in ("", "..") else target


@dataclass(frozen=True)
class Task:
    """What is to be run. source: as it was named; steps: policies set while an earlier run ran."""

    source: str
    scenario: Any
    seeds: list[int]
    steps: list[dict[str, Any]]


@dataclass(frozen=True)
class Done:
    """What came of it. trouble: what kept the report from being written; is_stopped: a signal did."""

    recorded: Recorded
    score: dict[str, Any] | None = None
    trouble: str = ""
    is_stopped: bool = False


def _record(task: Task, folder: Path, report: bool, show: bool) -> Done:
    """Run everything and write tables, run.json and report into a folder; what fails after the tables leaves them there."""
    from ecopark.abm.input.plain_text import shown

    from ..runs.run import write_origin
    from .console import progress_bar

    with progress_bar(task.scenario.label, show) as advance:
        recorded, tables = _run(task, folder, advance)
    if not recorded.outcomes:
        return Done(recorded)
    command = shown("ecopark " + shlex.join(sys.argv[1:]))  # a path need not be text
    origin = write_origin(folder, recorded.outcomes, command, len(task.seeds) > 1, recorded.complete)
    if tables is not None:
        tables = replace(tables, origin=origin)
    score = None
    try:
        score = _score(task, folder, tables)
        if report and not recorded.is_full:
            _report(folder, score, tables)
    except KeyboardInterrupt:
        return Done(recorded, score, is_stopped=True)
    except OSError as error:
        (folder / "report.html").unlink(missing_ok=True)
        return Done(recorded, score, f"No report: {error.strerror or error}")
    return Done(recorded, score)


def _run(task: Task, folder: Path, advance: Callable[[int, int], None]) -> tuple[Recorded, Any]:
    """Run once, several times, or a large region; return the tables, too, where they are at hand."""
    from ..runs.ensembles import run_once, run_replicates
    from ..runs.large_regions import is_large, stream

    if is_large(task.scenario):
        return stream(task.scenario, task.seeds, folder, advance, task.steps), None
    if len(task.seeds) > 1:
        return run_replicates(task.scenario, task.seeds, folder, advance, task.steps), None
    return run_once(task.scenario, task.seeds[0], folder, advance, task.steps)


def _tell(done: Done, folder: Path | None, as_json: bool, report: bool) -> None:
    """Print what came of it, and end with the exit code that says so."""
    from ..runs.stopping import exit_code
    from .console import print_json

    recorded = done.recorded
    if as_json:
        print_json(_summary(recorded.outcomes, folder, recorded.complete, done.score))
    else:
        _print(recorded.outcomes, folder, recorded.complete, done.score, report and not done.trouble)
    if recorded.is_full:
        click.echo(f"The disk is full: what was finished is kept in {folder} (complete: false).", err=True)
        sys.exit(1)
    if done.trouble:
        click.echo(f"{done.trouble}. The tables are whole, in {folder}.", err=True)
        sys.exit(1)
    if done.is_stopped or not recorded.complete:
        sys.exit(exit_code())


def _say(source: str, chosen: Any, for_people: bool) -> None:
    """Say what was accepted but is unusual, for a park of one's own, and what policies do to history."""
    from ecopark.abm.initialization.levers import tell_policies
    from ecopark.abm.input.loading import scenario_names
    from ecopark.abm.input.notices import notices_of

    said = notices_of(chosen) if for_people and source not in scenario_names() else []
    for sentence in (*said, *tell_policies(chosen)):
        click.echo(f"note: {sentence}", err=True)


def _score(task: Task, folder: Path, tables: Any) -> dict[str, Any] | None:
    """Return the score against history where the scenario has one; of large regions there is none."""
    from ecopark.abm.input.loading import scenario_folder

    from ..runs.ensembles import tables_to_score
    from ..runs.large_regions import is_large
    from ..runs.score import has_history, score_tables

    home = None if is_large(task.scenario) else scenario_folder(task.source)
    if home is None or not (home / "history.csv").exists():
        return None
    if not has_history(home, (row.name for row in task.scenario.tables["companies"])):
        click.echo("Not compared with history.csv: its links.csv names companies that this park has not.", err=True)
        return None
    return score_tables(home, tables or tables_to_score(folder))


def _report(folder: Path, score: dict[str, Any] | None, tables: Any = None) -> None:
    """Write the report of a run folder."""
    from ecopark.analysis.report.run_report import write_run_report

    write_run_report(folder, score, tables)


def _summary(
    outcomes: list[Outcome], folder: Path | None, complete: bool, score: dict[str, Any] | None
) -> dict[str, Any]:
    """Return the summary for programs."""
    summaries = [outcome.summary for outcome in outcomes]
    plain: dict[str, Any] = {
        "folder": str(folder) if folder else None, "complete": complete, "replicates": len(outcomes),
    }  # fmt: skip
    plain.update(summaries[0] if len(summaries) == 1 else {"runs": summaries})
    if score is not None:
        plain["score"] = score["summary"]
    return plain


def _print(
    outcomes: list[Outcome], folder: Path | None, complete: bool, score: dict[str, Any] | None, report: bool
) -> None:
    """Print the summary for people."""
    from .console import amount, rows_of, spread

    if not outcomes:
        click.echo("Interrupted before the first year was done; nothing written.")
        return
    runs = [outcome.summary for outcome in outcomes]
    several = f", {len(runs)} runs: mean (5 % to 95 %)" if len(runs) > 1 else f", seed {runs[0]['seed']}"
    click.echo(f"\n{outcomes[0].label}: {runs[0]['first_year']} to {runs[0]['last_year']}{several}\n")
    last = [
        ("exchanges in operation", spread([run["links"] for run in runs])),
        ("most at any time", spread([run["most_links"] for run in runs])),
        ("open companies", spread([run["companies"] for run in runs])),
        ("materials reused", spread([run["last"]["material_reused"] for run in runs], "t/year")),
        ("energy reused", spread([run["last"]["energy_reused"] for run in runs], "GJ/year")),
        ("water reused", spread([run["last"]["water_reused"] for run in runs], "m3/year")),
        ("CO2 avoided", spread([run["last"]["co2_avoided"] for run in runs], "t/year")),
        ("gain of companies", spread([run["last"]["gain"] for run in runs], "EUR/year")),
    ]
    click.echo(rows_of(f"In {runs[0]['last_year']}", last))
    total = [
        ("contracts signed", spread([run["total"]["deals"] for run in runs])),
        ("talks without a deal", spread([run["total"]["failed_talks"] for run in runs])),
        ("of these, a deal would have suited both", spread([run["total"]["failed_feasible"] for run in runs])),
        ("capital spent", spread([run["total"]["capex"] for run in runs], "EUR")),
        ("gain of companies", spread([run["total"]["gain"] for run in runs], "EUR")),
    ]
    click.echo("\n" + rows_of("In all years", total))
    ends = {reason: sum(run["ends"][reason] for run in runs) / len(runs) for reason in runs[0]["ends"]}
    ended = [
        (reason.replace("_", " "), amount(count))
        for reason, count in sorted(ends.items(), key=lambda item: -item[1])
        if count
    ]
    click.echo("\n" + rows_of("Contracts that ended, by reason", ended or [("none", "")]))
    if score is not None:
        click.echo(
            "\n" + rows_of("Against history", [(name, amount(value)) for name, value in score["summary"].items()])
        )
    state = "" if complete else "Interrupted; what was finished is in "
    click.echo(f"\n{state or 'Written: '}{folder}{'/report.html' if report and complete else ''}")
