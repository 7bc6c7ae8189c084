"""`ecopark analyse`: from the tables of a run, an ensemble or a sweep to a report."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("analyse")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--against", type=click.Path(path_type=Path), help="Folder of a baseline run on the same shocks.")
@click.option("--outcome", help="Of a sweep: only this outcome, in a report of its own.")
@click.option("--policy", help="Of a sweep: only this policy, in a report of its own.")
@click.option("--pictures/--no-pictures", default=True, show_default=True, help="Write figures as SVG and PNG, too.")
def command(folder: Path, against: Path | None, outcome: str | None, policy: str | None, pictures: bool) -> None:
    """Analyse the FOLDER of a run, an ensemble or a sweep.

    Writes report.html (self-contained, opens offline) and the tables behind every figure as CSV into the folder.

    \b
    Examples:
      ecopark analyse runs/kalundborg-1
      ecopark analyse runs/tax --against runs/first
      ecopark analyse runs/landfill_tax
      ecopark analyse runs/landfill_tax --outcome links_last
    """
    from ..runs.analyse import analyse

    click.echo(f"Written: {analyse(folder, against, pictures, outcome, policy)}")
