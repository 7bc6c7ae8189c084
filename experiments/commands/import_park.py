"""`ecopark import`: a park of one's own from a register or a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


@click.command("import")
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="SOURCE...")
@click.option("--into", type=click.Path(path_type=Path), help="Folder of the park; not needed when SOURCE is a park.")
@click.option("--register", type=click.Choice(["eea", "irep", "us", "wdi"]), help="Only where the files do not say it.")
@click.option("--near", metavar="LAT,LON", help="Choice of place: a point, with --radius.")
@click.option(
    "--radius", type=click.FloatRange(min=0, min_open=True, max=500), metavar="KM", help="Radius about --near."
)
@click.option("--bbox", metavar="W,S,E,N", help="Choice of place: a box in degrees.")
@click.option("--within", type=click.Path(path_type=Path), help="Choice of place: polygons of a .geojson or .kml file.")
@click.option("--year", type=click.IntRange(1990, 2100), help="Year of the data; by default the latest.")
@click.option("--closed", is_flag=True, help="Keep closed plants with their last data.")
@click.option("--only", metavar="LEVELS", help="Confidences of types to keep, e.g. high,medium; by default all.")
@click.option("--dry-run", is_flag=True, help="The report, no files.")
def command(sources: tuple[Path, ...], into: Path | None, dry_run: bool, only: str | None, **options: Any) -> None:
    """Read a register (folder, zip, csv), a workbook, or a park with answers, and write the park into a folder.

    Registers: European industrial reporting (eea), IREP of France (irep), ECHO, greenhouse gas and Biennial Report of the
    United States (us), Waste Data Interrogator of England (wdi, outlets alone). Nothing is downloaded. Cells changed by hand and
    answers in questions.csv survive every later import.

    \b
    Examples:
      ecopark import eea.zip --near 55.20,6.50 --radius 10 --into my_park
      ecopark import my_park
      ecopark import park.xlsx --into my_park
    """
    from ..intake.again import is_park
    from ..intake.choosing import levels_of, selection_of
    from ..intake.importing import import_park, write_park
    from ..intake.report import summary

    if into is None and len(sources) == 1 and is_park(sources[0]):
        into = sources[0]
    if into is None:
        raise click.UsageError("--into FOLDER is needed: the folder of the park.")
    imported = import_park(
        sources, into, options["register"], selection_of(**options), options["year"], options["closed"], levels_of(only)
    )
    click.echo(summary(imported.draft))
    if dry_run:
        click.echo("\nNothing written (--dry-run).")
        return
    write_park(imported, into)
    ask = f"answer {into / 'questions.csv'}, then ecopark import {into}"
    steps = [*([ask] if imported.draft.questions else []), f"ecopark opportunities {into}", f"ecopark run {into}"]
    click.echo(f"\nWritten: {into} (import.html shows the map)")
    click.echo("Next:    " + "\n         ".join(steps))
