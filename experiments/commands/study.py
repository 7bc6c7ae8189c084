"""`ecopark study`: a claim put to the model, with a verdict."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

FULL, QUICK = Path("runs/studies"), Path("runs/studies-quick")


@click.command("study")
@click.argument("name", metavar="ID|negotiation|all|list")
@click.option("--quick", is_flag=True, help="Fewer seeds, same code; the verdict is provisional.")
@click.option("--seed", type=click.IntRange(0, 2**62), default=1, show_default=True, help="Seed of the paired shocks.")
@click.option(
    "--workers", type=click.IntRange(min=0), help="Processes; by default one per core, with --quick this process alone."
)
@click.option(
    "--out", type=click.Path(path_type=Path), help=f"Folder of results, by default {FULL} or, with --quick, {QUICK}."
)
@click.option("--fresh", is_flag=True, help="Delete the results that are there and run anew.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write all verdicts to this file.")
@click.option("--write-readme", is_flag=True, help="Rewrite the table in experiments/studies/README.md.")
def command(
    name: str,
    quick: bool,
    seed: int,
    workers: int | None,
    out: Path | None,
    fresh: bool,
    json_file: Path | None,
    write_readme: bool,
) -> None:
    """Run a study and print its finding; what was finished before is not run again.

    A negative verdict is a result, not an error. `ecopark study list` names all studies.

    \b
    Examples:
      ecopark study V1 --quick
      ecopark study all --out runs/studies
      ecopark study negotiation --quick
    """
    if name.lower() == "negotiation":
        _negotiation((QUICK if quick else FULL) if out is None else out, quick, seed)
        return
    from ..studies.kit.catalogue import catalogue
    from ..studies.kit.output import overview, write_json
    from ..studies.kit.output import write_readme as rewrite

    known = catalogue()
    if name.lower() == "list":
        for one in known.values():
            click.echo(f"{one.id:<4} {one.title}")
        return
    chosen = _chosen(name, known)
    if write_readme and len(chosen) < len(known):
        raise click.UsageError("--write-readme takes all studies: `ecopark study all --write-readme`.")
    place = (QUICK if quick else FULL) if out is None else out
    results = _run([known[one] for one in chosen], place, quick, seed, workers, fresh, list(known))
    click.echo(overview(results))
    click.echo(f"Reports: {place / 'index.html'}", err=True)
    if json_file:
        write_json(results, json_file)
    if write_readme:
        rewrite(results)


def _negotiation(place: Path, quick: bool, seed: int) -> None:
    """Measure bargaining inside whole runs and print what was found; it has no verdict."""
    from ..runs.run_folders import require_folder
    from ..studies.questions.negotiation import run_study

    folder = place / "negotiation"
    require_folder(folder, "--out")
    click.echo(run_study(folder, quick, seed, lambda text: click.echo(text, err=True)))
    click.echo(f"Report: {folder / 'report.html'}", err=True)


def _chosen(name: str, known: dict[str, Any]) -> list[str]:
    """Return the ids of the studies that are asked for."""
    from ecopark.abm.input.errors import InputError, Mistake, nearest

    if name.lower() == "all":
        return list(known)
    if name.upper() not in known:
        allowed = f"one of {', '.join(known)}, all, list"
        raise InputError([Mistake("study", name, allowed, nearest(name.upper(), known))])
    return [name.upper()]


def _run(
    declarations: list[Any], place: Path, quick: bool, seed: int, workers: int | None, fresh: bool, order: list[str]
) -> list[Any]:
    """Run studies one after the other, writing each one's report as soon as it is done."""
    from ..studies.kit.output import report, write_folder, write_index
    from ..studies.kit.runs import forget_results, refuse_old_results, run_declared

    if fresh:
        forget_results(declarations, place)
    refuse_old_results(declarations, place, quick, seed)
    results = []
    for number, one in enumerate(declarations, start=1):
        click.echo(f"{one.id} ({number} of {len(declarations)}): {one.title} ...", err=True)
        results.append(run_declared(one, place / one.id, quick, seed, workers))
        write_folder(results[-1], place / one.id)
        write_index(place, order)
        click.echo(report(results[-1]))
    return results
