"""`ecopark data`: what of a park is given, inferred and assumed."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ecopark.abm.input.errors import InputError, Mistake


@click.command("data")
@click.argument("park", type=click.Path(path_type=Path))
@click.option(
    "--tornado/--no-tornado", default=True, show_default=True, help="Try what each uncertain cell does to the total."
)
def command(park: Path, tornado: bool) -> None:
    """Say per table and column of PARK how many cells are given, inferred and assumed, and what money rests on them.

    With the tornado: what each uncertain cell does to the best total, without a run, and PARK/assumed.toml, a ready sweep over
    those that matter most.

    \b
    Example:
      ecopark data my_park
      ecopark sweep my_park/assumed.toml
    """
    from ecopark.abm.input.loading import load_scenario
    from ecopark.analysis.run_folder.whole_files import write_whole

    from ..intake.data_table import data_text
    from ..intake.tornado import assumed_toml

    scenario = load_scenario(str(park))
    if not scenario.tables["companies"]:
        raise InputError([Mistake("PARK", str(park), "a park with a table of companies")])
    text, bars = data_text(park, scenario, tornado)
    click.echo(text)
    if bars and park.is_dir():
        path = park / "assumed.toml"
        write_whole(path, assumed_toml(os.path.basename(os.path.realpath(park)), bars))
        click.echo(f"\nWritten: {path}\nNext:    ecopark sweep {path}")
