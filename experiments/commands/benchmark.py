"""`ecopark benchmark`: the model on many parks, against null models, with one posterior of the shared parameters."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click


def out_option(default: str, what: str) -> Callable[[Any], Any]:
    """Return the option `--out`: the folder that a command writes to."""
    kind: Any = click.Path(path_type=Path)
    return click.option("--out", type=kind, default=Path(default), show_default=True, help=f"Folder of {what}.")


def parks_option(meaning: str, required: bool = False) -> Callable[[Any], Any]:
    """Return the option `--parks`: the folder of the parks that a command looks at."""
    kind: Any = click.Path(path_type=Path, file_okay=False)
    return click.option("--parks", "folder", type=kind, required=required, help=meaning)


own_parks_option = parks_option("Folder of parks in place of the shipped ones.")
runs_option = out_option("runs/benchmark", "runs, tables and page")
workers_option = click.option("--workers", type=click.IntRange(1), help="Processes; one per core when left out.")
mode_option = click.option(
    "--mode", type=click.Choice(["given", "blind"]), default="given", show_default=True,
    help="Dates of openings and changes as in the record, or drawn within 5 years.",
)  # fmt: skip


@click.group("benchmark")
def command() -> None:
    """Fit, score, predict and test on the parks of the benchmark.

    \b
    Examples:
      ecopark benchmark fit --points 1000
      ecopark benchmark score
      ecopark benchmark predict --out predictions
      ecopark benchmark test --parks my_parks
    """


@command.command("fit")
@click.option(
    "--points", type=click.IntRange(60), default=1000, show_default=True, help="Prior draws run on every park."
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Seed of the prior draws.")
@click.option("--save", is_flag=True, help="Write the posterior into the library, too.")
@own_parks_option
@runs_option
@workers_option
def fit(points: int, seed: int, save: bool, folder: Path | None, out: Path, workers: int | None) -> None:
    """Run prior draws on the fit parks and infer one posterior.

    What the folder has already is not run again.

    \b
    Examples:
      ecopark benchmark fit
      ecopark benchmark fit --points 200 --out runs/small
    """
    from ..validation.fit import ROWS
    from ..validation.points import NAMES
    from ..validation.posterior import PATH, write_posterior

    found = _fit(folder, out, points, seed, workers)
    import numpy as np

    rows = np.array([[point[name] for name in NAMES] for point in found.draws(ROWS)])
    write_posterior(rows, _release(), out / "posterior.csv")
    if save:
        write_posterior(rows, _release(), PATH)
    from ..validation.trust import trust_in

    scores, parameters = trust_in(found)
    for row in parameters:
        click.echo(
            f"{row['parameter']:28s} {row['low']:10.4g} {row['median']:10.4g} {row['high']:10.4g}"
            f"  {row['shrinkage']:.2f} of the prior  {'' if row['identified'] == 'yes' else 'unidentified'}"
        )
    _print([score.as_dict() for score in scores])
    click.echo(f"\nWritten: {out / 'posterior.csv'}" + (f" and {PATH}" if save else ""))


@command.command("score")
@click.option("--points", type=click.IntRange(60), help="Prior draws; as in the folder, else 1000.")
@click.option("--replicates", type=click.IntRange(20), default=200, show_default=True, help="Runs of each park.")
@click.option("--decoys", default="ABCDE", show_default=True, help="Which decoys: letters A to E; - for none.")
@click.option("--without", default="", help="Ablations, with commas; `all` for every one.")
@click.option(
    "--ablation-points", type=click.IntRange(60), default=120, show_default=True, help="Prior draws of an ablation."
)
@own_parks_option
@runs_option
@workers_option
def score(
    points: int | None, replicates: int, decoys: str, without: str, ablation_points: int, folder: Path | None, out: Path,
    workers: int | None,
) -> None:  # fmt: skip
    """Score the fit parks, every one by a posterior without it.

    Ablations: trust, negotiation, hold_up, attitude, search, broker.

    \b
    Examples:
      ecopark benchmark score
      ecopark benchmark score --decoys B --without trust,search
    """
    from ..validation.benchmark import Budget, score_fit
    from ..validation.decoys import KINDS
    from ..validation.variants import ABLATIONS

    names = _names("--without", without, list(ABLATIONS))
    letters = _names("--decoys", ",".join(decoys.replace("-", "").replace(",", "")), list(KINDS))
    parks, found = _parks(folder), _fit(folder, out, points or _points_of(out), 1, workers)
    budget = Budget(
        replicates, min(100, replicates), min(48, replicates), min(60, replicates), ablation_points, workers or _cores()
    )
    report = score_fit(parks, found, out, budget, "".join(letters), names, _say)
    _show(report, out, "fit parks, each by the posterior of the others", "scores")


@command.command("predict")
@click.option("--replicates", type=click.IntRange(20), default=200, show_default=True, help="Runs of each park.")
@click.option(
    "--role", "roles", multiple=True, default=("test",), show_default=True, help="Parks of which role; may be repeated."
)
@mode_option
@own_parks_option
@out_option("predictions", "the tables")
def predict(replicates: int, roles: tuple[str, ...], mode: str, folder: Path | None, out: Path) -> None:
    """Write links, counts and ends of the test parks, and nothing else.

    Parameters come from the saved posterior; the outcomes are not here.

    \b
    Examples:
      ecopark benchmark predict
      ecopark benchmark predict --mode blind --out blind_predictions
    """
    from ..runs.run_folders import require_folder
    from ..validation.cases import shipped_cases
    from ..validation.predict import predict as write

    require_folder(out, "--out")
    files = write(_parks(folder), shipped_cases(), out, replicates, mode, roles, _say)
    click.echo("Written: " + ", ".join(map(str, files)))


@command.command("test")
@parks_option("Folder of parks, outcomes included.", required=True)
@click.option("--replicates", type=click.IntRange(20), default=200, show_default=True, help="Runs of each park.")
@mode_option
@workers_option
@out_option("runs/benchmark_test", "tables and page")
def test(folder: Path, replicates: int, mode: str, workers: int | None, out: Path) -> None:
    """Score parks with outcomes by the saved posterior, nothing refitted.

    The folder has the layout of the shipped parks. Scores are appended to
    releases.csv in it, never replaced.

    \b
    Examples:
      ecopark benchmark test --parks my_parks
    """
    from ..runs.run_folders import require_folder
    from ..validation.benchmark import append_scores, score_test
    from ..validation.cases import shipped_cases

    require_folder(out, "--out")
    report = score_test(_parks(folder), shipped_cases(), replicates, mode, workers or _cores(), _say)
    _show(report, out, f"parks of {folder.name}, by the saved posterior", "test")
    append_scores(folder / "releases.csv", report.rows, _release(), "test")


def _parks(folder: Path | None) -> Any:
    from ..validation.tables import PARKS, read_parks

    return read_parks(folder or PARKS)


def _fit(folder: Path | None, out: Path, points: int, seed: int, workers: int | None) -> Any:
    """Return the fit of a folder; what is missing is run."""
    from ..runs.run_folders import require_folder
    from ..validation.cases import cases_of
    from ..validation.fit import run_fit

    require_folder(out, "--out")
    parks = _parks(folder)
    out.mkdir(parents=True, exist_ok=True)
    return run_fit(cases_of(parks), points, out, workers or _cores(), seed, _say)


def _points_of(out: Path) -> int:
    """Return the number of prior draws of a folder's fit."""
    import json

    path = out / "fit.json"
    return int(json.loads(path.read_text("utf-8"))["points"]) if path.exists() else 1000


def _names(option: str, text: str, known: list[str]) -> list[str]:
    """Return the names of an option; raises InputError for one that is unknown."""
    from ecopark.abm.input.errors import InputError, Mistake, nearest

    if text == "all":
        return known
    names = [name.strip() for name in text.split(",") if name.strip()]
    wrong = [name for name in names if name not in known]
    if wrong:
        raise InputError([Mistake(option, name, f"of {', '.join(known)}", nearest(name, known)) for name in wrong])
    return names


def _cores() -> int:
    from ..validation.store import cores

    return cores()


def _release() -> str:
    from importlib.metadata import version

    return version("ecopark")


def _say(text: str) -> None:
    click.echo(text, err=True)


def _print(rows: list[dict[str, Any]]) -> None:
    """Print the rows that an aim judges."""
    click.echo("")
    for row in rows:
        if row["verdict"]:
            null = f"{row['null']} {row['null_value']:.3g}" if row["null"] else ""
            error = f"s.e. {row['error']:.2g}" if row["error"] == row["error"] else ""
            click.echo(f"{row['aim']:15s} {row['model']:9.3g}  {error:10s} {null:32s} {row['verdict']}")
            click.echo(f"                {row['measure']} ({row['park']})")


def _show(report: Any, out: Path, title: str, name: str) -> None:
    """Print the verdicts and write table and page."""
    import pandas as pd

    from ecopark.analysis.report.benchmark_report import benchmark_markdown, benchmark_page, sentences_of
    from ecopark.analysis.run_folder.spreadsheet_text import write_csv

    from ..validation.benchmark import CAVEATS

    rows = [row.as_dict() for row in report.rows]
    _print(rows)
    out.mkdir(parents=True, exist_ok=True)
    write_csv(pd.DataFrame(rows), out / f"{name}.csv")
    drawn = [
        (one.case.ground.park["label"], one.model[one.case.possible], one.case.y[one.case.possible])
        for one in report.forecasts
    ]
    typed = "ecopark " + shlex.join(sys.argv[1:])
    said, heading = [*sentences_of(rows), *CAVEATS], f"Benchmark: {title}"
    page = benchmark_page(heading, rows, drawn, report.tables, said, typed)
    (out / f"{name}.md").write_text(benchmark_markdown(heading, rows, said, typed), encoding="utf-8")
    (out / f"{name}.html").write_text(page, encoding="utf-8")
    click.echo(f"\nWritten: {out / f'{name}.csv'}, {out / f'{name}.md'} and {out / f'{name}.html'}")
