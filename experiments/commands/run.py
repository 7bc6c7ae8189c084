"""`ecopark run`: a scenario -> a summary and a run folder."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import load_with, set_option

if TYPE_CHECKING:
    from ..runs.run import Outcome


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
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write; by default runs/SCENARIO-1, -2, ...")
@click.option("--force", is_flag=True, help="Replace an existing run folder.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.option("--report/--no-report", default=True, help="Write report.html.", show_default=True)
def command(
    scenario: str, years: int | None, seed: int | None, settings: tuple[str, ...], replicates: int | None, out: Path | None, force: bool,
    as_json: bool, report: bool,
) -> None:  # fmt: skip
    """Run SCENARIO and write a run folder: run.json, Parquet tables and report.html.

    SCENARIO is the name of a shipped scenario (`ecopark scenarios`), a scenario folder, a table of companies (CSV) or the
    run.json of an earlier run. Regions of more than 10,000 companies write their tables year by year and get no score.

    \b
    Examples:
      ecopark run kalundborg
      ecopark run kalundborg --set policy.landfill_tax=60 --replicates 20
      ecopark run synthetic --set synthetic.companies=300 --years 30 --out runs/region
      ecopark run runs/region/run.json --out runs/the_same_again
    """
    from ecopark.abm.input.loading import load_record
    from ecopark.abm.input.run_record import RunRecord

    from ..runs.large_regions import is_large
    from ..runs.run import free_folder, outcome_of, refuse_existing
    from .console import print_json, say_version, show_compiling

    horizon = {} if years is None else {"horizon.years": years}
    chosen, record = load_with(scenario, settings, **horizon), load_record(scenario)
    say_version(record)
    record = record or RunRecord()
    seed = record.seeds[0] if seed is None else seed
    replicates = replicates or record.replicates or 1
    steps = list(record.steps)
    folder = out or free_folder(Path("runs"), chosen.name)
    refuse_existing(folder, force)
    _say(scenario, chosen, not as_json)
    show_compiling(not as_json)
    score = None
    if is_large(chosen):
        outcomes, complete = _stream(chosen, steps, seed, replicates, folder, report, not as_json)
    else:
        parks, complete = _simulate(chosen, steps, seed, replicates, not as_json)
        outcomes = [outcome_of(park) for park in parks]
        if _has_a_year(outcomes):
            score = _write(scenario, folder, parks, outcomes, replicates > 1, complete, report)
    if as_json:
        print_json(_summary(outcomes, folder, complete, score))
    else:
        _print(outcomes, folder, complete, score, report)
    if not complete:
        sys.exit(130)


def _say(source: str, chosen: Any, for_people: bool) -> None:
    """Say what was accepted but is unusual, for a park of one's own, and what policies do to history."""
    from ecopark.abm.initialization.levers import tell_policies
    from ecopark.abm.input.loading import scenario_names
    from ecopark.abm.input.notices import notices_of

    said = notices_of(chosen) if for_people and source not in scenario_names() else []
    for sentence in (*said, *tell_policies(chosen)):
        click.echo(f"note: {sentence}", err=True)


def _simulate(
    scenario: Any, steps: list[dict[str, Any]], seed: int, replicates: int, show: bool
) -> tuple[list[Any], bool]:
    """Run all replicates; return the parks that have something to show and whether all reached the horizon."""
    from ..runs.run import replicate_seed, simulate
    from .console import progress_bar

    parks = []
    with progress_bar(scenario.label, show) as advance:
        for number in range(replicates):
            park, reached = simulate(
                scenario, replicate_seed(seed, number), progress=advance if replicates == 1 else None, steps=steps
            )
            if reached or not parks:
                parks.append(park)
            if not reached:
                return parks, False
            if replicates > 1:
                advance(number + 1, replicates)
    return parks, True


def _stream(
    scenario: Any, steps: list[dict[str, Any]], seed: int, replicates: int, folder: Path, report: bool, show: bool
) -> tuple[list[Outcome], bool]:
    """Run a large region, once or several times, and write its run folder as it goes."""
    from ..runs.large_regions import stream
    from ..runs.run import replicate_seed, write_origin, written_whole
    from .console import progress_bar

    seeds = [replicate_seed(seed, number) for number in range(replicates)]
    with written_whole(folder) as partial:
        with progress_bar(scenario.label, show) as advance:
            outcomes, complete = stream(scenario, seeds, partial, advance, steps)
        write_origin(partial, outcomes, "ecopark " + shlex.join(sys.argv[1:]), replicates > 1, complete)
        if report:
            _report(partial, None)
    return outcomes, complete


def _has_a_year(outcomes: list[Outcome]) -> bool:
    """Tell whether there is anything to write."""
    return bool(outcomes) and outcomes[0].months >= 12


def _score(source: str, chosen: Any, tables: Any) -> dict[str, Any] | None:
    """Return the score against history where the scenario has one."""
    from ecopark.abm.input.loading import scenario_folder

    from ..runs.score import has_history, score_tables

    folder = scenario_folder(source)
    if folder is None or not has_history(folder, (row.name for row in chosen.tables["companies"])):
        if folder is not None and (folder / "history.csv").exists():
            click.echo("Not compared with history.csv: its links.csv names companies that this park has not.", err=True)
        return None
    return score_tables(folder, tables)


def _write(
    source: str, folder: Path, parks: list[Any], outcomes: list[Outcome], ensemble: bool, complete: bool, report: bool
) -> dict[str, Any] | None:
    """Write the run folder, whole or not at all; return the score against history where the scenario has one."""
    from ..runs.run import tables_of, write_origin, write_tables, written_whole

    with written_whole(folder) as partial:
        origin = write_origin(partial, outcomes, "ecopark " + shlex.join(sys.argv[1:]), ensemble, complete)
        tables = tables_of(parks, ensemble, origin)
        score = _score(source, parks[0].scenario, tables)
        write_tables(partial, tables)
        if report:
            _report(partial, score, tables)
    return score


def _report(folder: Path, score: dict[str, Any] | None, tables: Any = None) -> None:
    """Write the report of a run folder."""
    from ecopark.analysis.report.run_report import write_run_report

    write_run_report(folder, score, tables)


def _summary(outcomes: list[Outcome], folder: Path, complete: bool, score: dict[str, Any] | None) -> dict[str, Any]:
    """Return the summary for programs."""
    summaries = [outcome.summary for outcome in outcomes]
    plain: dict[str, Any] = {"folder": str(folder), "complete": complete, "replicates": len(outcomes)}
    plain.update(summaries[0] if len(summaries) == 1 else {"runs": summaries})
    if score is not None:
        plain["score"] = score["summary"]
    return plain


def _print(outcomes: list[Outcome], folder: Path, complete: bool, score: dict[str, Any] | None, report: bool) -> None:
    """Print the summary for people."""
    from .console import amount, rows_of, spread

    if not _has_a_year(outcomes):
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
    click.echo("\n" + rows_of("Exchanges that ended, by reason", ended or [("none", "")]))
    if score is not None:
        click.echo(
            "\n" + rows_of("Against history", [(name, f"{value:.3g}") for name, value in score["summary"].items()])
        )
    state = "" if complete else "Interrupted; what was finished is in "
    click.echo(f"\n{state or 'Written: '}{folder}{'/report.html' if report and complete else ''}")
