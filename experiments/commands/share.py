"""`ecopark share`: a copy of a park to pass on."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("share")
@click.argument("park", type=click.Path(path_type=Path))
@click.option(
    "--into", type=click.Path(path_type=Path), required=True, help="Folder of the copy, which does not exist yet."
)
def command(park: Path, into: Path) -> None:
    """Copy PARK without what tells who is who: names as "Company 7", places rounded to 0.5 km, figures to one digit.

    Confidential streams, notes and sources are left out. The copy runs like the park.

    \b
    Example:
      ecopark share my_park --into to_pass_on
    """
    from ..intake.share import shared_files
    from ..intake.write import write_files

    files, said = shared_files(park, into)
    write_files(into, files)
    click.echo("\n".join(said))
    click.echo(f"Written: {into}\nNext:    ecopark run {into}")
