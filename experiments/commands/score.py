"""`ecopark score`: an ensemble of runs against the history of its scenario."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

import click

from ecopark.analysis.run_folder.whole_files import write_whole

from .options import load_with, set_option


@click.command("score")
@click.argument("scenario", default="kalundborg")
@click.option(
    "--replicates", type=click.IntRange(1, 100_000), default=200, show_default=True, help="Runs with different shocks."
)
@click.option("--seed", type=click.IntRange(0, 2**62), default=1, show_default=True, help="Seed of the random shocks.")
@set_option
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write the whole score to this file.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder for score.html, score.json and the tables as CSV.")
def command(
    scenario: str, replicates: int, seed: int, settings: tuple[str, ...], json_file: Path | None, out: Path | None
) -> None:
    """Compare an ensemble of runs of SCENARIO with what happened.

    SCENARIO needs links.csv in its folder (id, seller, buyer, material, start;
    end where a link ended); with history.csv (year, low, mid, high) the number
    of links is compared, too. Null models stand beside the scores. What was
    aimed at for Kalundborg judges Kalundborg alone.

    \b
    Examples:
      ecopark score kalundborg
      ecopark score my_park --replicates 100
      ecopark score kalundborg --replicates 50 --out runs/score
    """
    from ecopark.abm.input.loading import scenario_folder

    from ..runs.history_files import require_history
    from ..runs.run_folders import require_file, require_folder
    from ..runs.score import aims, frames_of, has_history, is_kalundborg, run_ensemble, score_frames, wasted_talks
    from .console import progress_bar, show_compiling

    chosen = load_with(scenario, settings)
    folder = scenario_folder(scenario)
    if folder is None or not (folder / "links.csv").exists():
        raise click.UsageError(f"'{scenario}' has no links.csv to be compared with. Did you mean kalundborg?")
    if not is_kalundborg(folder):
        _score_own(chosen, folder, replicates, seed, json_file, out)
        return
    require_history(folder)
    if not has_history(folder, (row.name for row in chosen.tables["companies"])):
        raise click.UsageError(
            f"links.csv of '{scenario}' names companies that this park has not: it is not its history."
        )
    if out is not None:
        require_folder(out, "--out")
    if json_file is not None:
        require_file(json_file, "--json")
    show_compiling(True)
    with progress_bar(chosen.label, True) as advance:
        parks = run_ensemble(chosen, seed, replicates, progress=advance)
    found = score_frames(folder, frames_of(parks, ("yearly", "exchanges")))
    goals = aims(found)
    origin = {
        "command": "ecopark " + shlex.join(sys.argv[1:]), "seed": seed, "replicates": replicates,
        "wasted_talks": wasted_talks(parks, 1995), **parks[0].results.origin,
    }  # fmt: skip
    _print(found, goals, origin)
    if json_file:
        write_whole(json_file, _text(found, goals, origin))
    if out:
        _write(out, found, goals, origin)
        click.echo(f"\nWritten: {out / 'score.html'}")


def _score_own(
    scenario: Any, folder: Path, replicates: int, seed: int, json_file: Path | None, out: Path | None
) -> None:
    """Score a park of one's own by its links.csv, beside null models; print and write it."""
    import pandas as pd

    from ecopark.analysis.report.benchmark_report import benchmark_page
    from ecopark.analysis.run_folder.plain_json import plain_json
    from ecopark.analysis.run_folder.spreadsheet_text import write_csv

    from ..runs.run_folders import require_file, require_folder
    from ..validation.own_park import CAVEATS, score_own
    from .console import show_compiling

    if out is not None:
        require_folder(out, "--out")
    if json_file is not None:
        require_file(json_file, "--json")
    show_compiling(True)
    report = score_own(scenario, folder, replicates, seed, lambda text: click.echo(text, err=True))
    rows = [row.as_dict() for row in report.rows]
    click.echo(f"\n{scenario.label}: {replicates} runs from seed {seed} against {folder / 'links.csv'}\n")
    for row in rows:
        null = f"{row['null']} {row['null_value']:.3g}" if row["null"] else ""
        click.echo(f"{row['measure']:60s} {row['model']:9.3g}  {null:28s} {row['rows']} rows")
    for text in CAVEATS:
        click.echo("\n" + text)
    if json_file:
        write_whole(json_file, plain_json({"scores": rows}))
    if out:
        out.mkdir(parents=True, exist_ok=True)
        write_csv(pd.DataFrame(rows), out / "score.csv")
        (case,) = (one.case for one in report.forecasts)
        drawn = [(scenario.label, report.forecasts[0].model[case.possible], case.y[case.possible])]
        typed = "ecopark " + shlex.join(sys.argv[1:])
        page = benchmark_page(f"{scenario.label} against its links", rows, drawn, report.tables, CAVEATS, typed)
        write_whole(out / "score.html", page)
        click.echo(f"\nWritten: {out / 'score.html'}")


def _text(found: Any, goals: list[dict[str, Any]], origin: dict[str, Any]) -> str:
    from ecopark.analysis.run_folder.plain_json import plain_json

    return plain_json({"origin": origin, "aims": goals, **found.as_dict()})


def _write(out: Path, found: Any, goals: list[dict[str, Any]], origin: dict[str, Any]) -> None:
    """Write the page, the JSON and each table."""
    from ecopark.analysis.report.validation_report import score_page
    from ecopark.analysis.run_folder.spreadsheet_text import write_csv

    from ..runs.score import CAVEAT, LEVEL_CAVEAT

    out.mkdir(parents=True, exist_ok=True)
    write_whole(out / "score.json", _text(found, goals, origin))
    for name in ("counts", "links", "strange", "ends", "causes", "savings", "members", "turns"):
        write_csv(getattr(found, name), out / f"{name}.csv")
    page = score_page(found, goals, origin, (CAVEAT, LEVEL_CAVEAT))
    write_whole(out / "score.html", page)


def _print(found: Any, goals: list[dict[str, Any]], origin: dict[str, Any]) -> None:
    """Print the score for people."""
    from ecopark.analysis.report.html_page import number

    from ..runs.score import CAVEAT, LEVEL_CAVEAT
    from .console import rows_of

    scenario = origin["scenario"]
    click.echo(f"\n{scenario['label']}: {origin['replicates']} runs from seed {origin['seed']}\n")
    click.echo(
        rows_of("Aims", [(row["aim"], f"{row['value']:.3g}  ({row['bound']})  {_verdict(row)}") for row in goals])
    )
    summary = [(name, number(value)) for name, value in found.summary.items()]
    summary.append(("talks to 1995 that fail although both could gain", f"{origin['wasted_talks']:.0%} (17 to 24 %)"))
    click.echo("\n" + rows_of("Summary", summary))
    for title, rows in _blocks(found):
        click.echo("\n" + rows_of(title, rows or [("none", "")]))
    click.echo(f"\n{CAVEAT}\n{LEVEL_CAVEAT}")


def _verdict(row: dict[str, Any]) -> str:
    return "met" if row["met"] else "MISSED"


def _blocks(found: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the tables of a score as titled blocks of rows."""
    known = found.links.sort_values(["start", "id"])
    return [
        ("Core links: real year | share of runs | model year, median (5 % to 95 %)",
         [(f"{row.id} {_pair(row)}", f"{row.start:.0f} | {row.appears:.0%} | {_years(row)}")
          for row in known[known["core"] == 1].itertuples()]),
        ("Links that history does not know, in over a quarter of the runs",
         [(_pair(row), f"{row.appears:.0%}, about {row.year_mid:.0f}")
          for row in found.strange.itertuples() if row.appears > 0.25]),
        ("Ends by cause, a run against the real ones",
         [(row.cause.replace("_", " "), f"{row.model:.1f} ({row.model_share:.0%}) | {row.real:.0f} ({row.real_share:.0%})")
          for row in found.causes.itertuples()]),
        ("Years with most ends, a run against the real ones (range)",
         [(str(row.year), f"{row.model:.1f} | {row.real:.0f} (up to {row.real_high:.0f})")
          for row in found.ends.itertuples() if row.model >= 1 or row.real >= 2]),
        ("Turning points: change of links in history | model (5 % to 95 %) | runs that turn the right way",
         [(f"{row.label} ({row.year_from} to {row.year_to})",
           f"{row.real:+.0f} | {row.model_mid:+.0f} ({row.model_low:+.0f} to {row.model_high:+.0f}) | {row.right:.0%}")
          for row in found.turns.itertuples()]),
        ("Savings a year, M EUR of 2020 | payback, years",
         [(str(int(row.year)), f"{row.gain_mid / 1e6:.1f} ({row.gain_low / 1e6:.1f} to {row.gain_high / 1e6:.1f}) | "
           f"{row.payback_mid:.1f} ({row.payback_low:.1f} to {row.payback_high:.1f})")
          for row in found.savings.itertuples()]),
        ("Members: printed | companies that trade in the model; links printed | in the model",
         [(str(row.year), f"{_plain(row.members)} | {row.model_mid:.0f}; {_plain(row.links)} | {row.links_mid:.0f}")
          for row in found.members.itertuples()]),
    ]  # fmt: skip


def _pair(row: Any) -> str:
    return f"{row.seller} -> {row.buyer}: {row.material}".replace("_", " ").replace(";", " or ")


def _years(row: Any) -> str:
    if row.appears == 0:
        return "never"
    return f"{row.year_mid:.0f} ({row.year_low:.0f} to {row.year_high:.0f})"


def _plain(value: float) -> str:
    return "-" if value != value else f"{value:.0f}"
