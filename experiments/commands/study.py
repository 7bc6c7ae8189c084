"""`ecopark study`: a claim put to the model, with a verdict."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("study")
@click.argument("name", metavar="ID|all|list")
@click.option("--quick", is_flag=True, help="Fewer seeds, same code; the verdict is provisional.")
@click.option("--seed", default=1, show_default=True, help="Seed of the paired shocks.")
@click.option("--workers", type=int, help="Processes; by default one per core.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("runs/studies"), show_default=True, help="Folder of results."
)
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write all verdicts to this file.")
@click.option("--write-readme", is_flag=True, help="Rewrite the table in experiments/studies/README.md.")
def command(
    name: str, quick: bool, seed: int, workers: int | None, out: Path, json_file: Path | None, write_readme: bool
) -> None:
    """Run a study and print its finding; what was finished before is not run again.

    A negative verdict is a result, not an error. `ecopark study list` names all studies.

    \b
    Examples:
      ecopark study V1 --quick
      ecopark study all --out runs/studies
    """
    from abm.errors import InputError, Mistake, nearest
    from experiments.study_catalogue import catalogue
    from experiments.study_output import overview, report, write_folder, write_json
    from experiments.study_output import write_readme as rewrite
    from experiments.study_runs import run_declared

    known = catalogue()
    if name.lower() == "list":
        for one in known.values():
            click.echo(f"{one.id:<4} {one.title}")
        return
    chosen = list(known) if name.lower() == "all" else [name.upper()]
    if chosen[0] not in known:
        raise InputError(
            [Mistake("study", name, f"one of {', '.join(known)}, all, list", nearest(name.upper(), known))]
        )
    if write_readme and len(chosen) < len(known):
        raise click.UsageError("--write-readme takes all studies: `ecopark study all --write-readme`.")
    results = []
    for one in chosen:
        click.echo(f"{one}: {known[one].title} ...", err=True)
        results.append(run_declared(known[one], out / one, quick, seed, workers))
        write_folder(results[-1], out / one)
        click.echo(report(results[-1]))
    click.echo(overview(results))
    if json_file:
        write_json(results, json_file)
    if write_readme:
        rewrite(results)
