"""`ecopark replicate`: published models rebuilt and held against their own numbers."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

OUT = Path("runs/replications")


@click.command("replicate", epilog="Example: ecopark replicate R1 --quick")
@click.argument("name", metavar="ID|all")
@click.option("--quick", is_flag=True, help="Fewer runs, same code; the verdict is provisional.")
@click.option("--seed", type=click.IntRange(0, 2**62), default=1, show_default=True, help="Seed of all random streams.")
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write all results to this file.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=OUT,
    show_default=True,
    help="Folder of reports, tables and figures.",
)
@click.option("--write-readme", is_flag=True, help="Rewrite the results in experiments/replications/README.md.")
def command(name: str, quick: bool, seed: int, json_file: Path | None, out: Path, write_readme: bool) -> None:
    """Rebuild a published model and compare it with its own numbers.

    ID is R1, R2 or R3; 'all' runs every replication. A negative verdict is a result, not an error.
    """
    from ..replications import output
    from ..replications.declaration import declared

    known = declared()
    chosen = list(known) if name.lower() == "all" else [name.upper()]
    if chosen[0] not in known:
        near = difflib.get_close_matches(name.upper(), known, n=1, cutoff=0)
        raise click.BadParameter(f"no replication '{name}'; known: {', '.join(known)}, all. Did you mean {near[0]}?")
    if write_readme and (quick or len(chosen) < len(known)):
        raise click.UsageError("--write-readme takes the full runs of all: `ecopark replicate all --write-readme`.")
    results = []
    for one in chosen:
        click.echo(f"{one}: {known[one].title} ...", err=True)
        results.append(known[one].replicate(quick, seed))
        click.echo(output.report(results[-1]))
        output.write_folder(results[-1], out / one)
        output.write_index(out)
    click.echo(output.markdown(output.OVERVIEW, output.overview_rows(results)))
    click.echo(f"Reports: {out / 'index.html'}", err=True)
    if json_file:
        output.write_json(results, json_file)
    if write_readme:
        output.write_readme(results)
