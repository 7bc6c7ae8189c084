"""`ecopark compare`: two runs on the same shocks, side by side."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("compare")
@click.argument("baseline", metavar="A", type=click.Path(path_type=Path))
@click.argument("changed", metavar="B", type=click.Path(path_type=Path))
@click.option("--pictures/--no-pictures", default=True, show_default=True, help="Write figures as SVG and PNG, too.")
def command(baseline: Path, changed: Path, pictures: bool) -> None:
    """Compare B with the baseline A: two runs, or two ensembles, on the same shocks.

    The short name of `ecopark analyse B --against A`. The report of B gets the
    difference by year, the first event at which the two part, and the exchanges
    gained and lost.

    \b
    Example:
      ecopark run kalundborg --out runs/first
      ecopark run kalundborg --set policy.landfill_tax=100 --out runs/tax
      ecopark compare runs/first runs/tax
    """
    from ecopark.analysis.report.run_parts_compared import paired_words
    from ecopark.analysis.run_folder.tables import read_years

    from ..runs.analyse import analyse

    report = analyse(changed, baseline, pictures)
    click.echo(click.wrap_text(paired_words(read_years(baseline), read_years(changed)), 80))
    click.echo(f"\nWritten: {report}")
