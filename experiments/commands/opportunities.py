"""`ecopark opportunities`: who could give what to whom, before any run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


@click.command("opportunities")
@click.argument("park", type=click.Path(path_type=Path))
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="Rows to print.")
@click.option("--all", "every", is_flag=True, help="Print every row, also those that lose money.")
@click.option(
    "--csv", "csv_file", type=click.Path(path_type=Path), help="Write all rows with all columns to this file."
)
@click.option(
    "--html",
    "html_file",
    type=click.Path(path_type=Path),
    help="Page with the map; by default PARK/opportunities.html.",
)
def command(park: Path, top: int, every: bool, csv_file: Path | None, html_file: Path | None) -> None:
    """Say of PARK (a folder or table of companies) who could give what to whom: worth to both, fair price, payback, why not.

    At mean prices of the first year and the rules in force, without chance and without behaviour. The total is the value of
    the best network, never a sum of rows. After `ecopark run PARK --replicates 30` the page ends with the share of such rows
    that the model signs.

    \b
    Examples:
      ecopark opportunities my_park
      ecopark opportunities my_park --all --csv rows.csv --html page.html
    """
    from ..intake.opening import open_park
    from ..intake.opportunity_page import csv_of, text

    opened = open_park(park)
    click.echo(text(opened.found, None if every else top))
    click.echo(f"\n{opened.known}")
    page = html_file or (park / "opportunities.html" if park.is_dir() else None)
    written = []
    if csv_file is not None:
        written.append(_write(csv_file, csv_of(opened.found)))
    if page is not None:
        written.append(_write(page, opened.page))
    if written:
        click.echo(f"Written: {', '.join(written)}")


def _write(path: Path, content: str) -> Any:
    path.parent.mkdir(parents=True, exist_ok=True)
    from ecopark.analysis.run_folder.whole_files import write_whole

    write_whole(path, content)
    return str(path)
