"""`ecopark audit`: the yearly tables of a run, recomputed from its books."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ecopark.analysis.run_folder.tables import RunTables

SHOWN = 20


@click.command("audit")
@click.argument("folder", metavar="RUN", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def command(folder: Path, as_json: bool) -> None:
    """Recompute the yearly account of RUN from its ledger alone, and say what differs (nothing).

    RUN is the folder of a run or of an ensemble. Every payment has to have a payee, the yearly tables, companies and
    contracts have to follow from deliveries, streams and accounts to one part in a million. The share of the central
    optimum of the last year is printed with them; it cannot exceed 1. Exit code 1 when anything differs.

    \b
    Examples:
      ecopark audit runs/kalundborg-1
      ecopark audit runs/kalundborg-1 --json
    """
    from ecopark.analysis.run_folder.tables import read_years

    runs = [_audited(tables, number) for number, tables in enumerate(read_years(folder).runs())]
    if as_json:
        from .console import print_json

        print_json({"folder": str(folder), "clean": not any(run["differences"] for run in runs), "runs": runs})
    else:
        for run in runs:
            _print(run, several=len(runs) > 1)
    sys.exit(any(run["differences"] for run in runs))


def _audited(tables: RunTables, number: int) -> dict[str, Any]:
    """Return what the audit of one run found, with the share of the central optimum in its last year."""
    from ecopark.abm.submodels.flow_programme import solve_flows
    from ecopark.analysis.exchanges.ledger_audit import TOLERANCE, NoBooksError, audit
    from ecopark.analysis.value.central_optimum import optimum_share

    try:
        found = audit(tables)
    except NoBooksError as error:
        raise click.UsageError(str(error)) from None
    differences = [str(difference) for difference in found.differences]
    share = optimum_share(tables, solve=solve_flows)
    if share > 1.0 + TOLERANCE:
        differences.append(f"optimum_share of the last year: {share:.6f}, which cannot exceed 1")
    return {
        "replicate": number,
        "compared": found.compared,
        "differences": differences,
        "optimum_share": None if share != share else share,
    }


def _print(run: dict[str, Any], several: bool) -> None:
    """Print what was found for people."""
    name = f"Run {run['replicate']}: " if several else ""
    differences = run["differences"]
    click.echo(f"{name}{run['compared']:,} figures recomputed from the books, {len(differences):,} differ.")
    if run["optimum_share"] is not None:
        click.echo(f"  Share of the central optimum in the last year: {run['optimum_share']:.1%}.")
    for line in differences[:SHOWN]:
        click.echo(f"  {line}")
    if len(differences) > SHOWN:
        click.echo(f"  ... and {len(differences) - SHOWN:,} more (--json lists all)")
