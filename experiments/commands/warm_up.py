"""`ecopark warm-up`: the compilation that the first run would wait for, done ahead."""

from __future__ import annotations

import time

import click


@click.command("warm-up")
def command() -> None:
    """Compile the model for this machine, once; runs, sweeps and the app then start at once.

    \b
    Example:
      ecopark warm-up
    """
    from ecopark.abm.numerics.compiled import COMPILE, cache_folder

    from .console import show_compiling

    if not COMPILE:
        click.echo("ECOPARK_COMPILE=0 is set: the model runs as plain Python, nothing is compiled.")
        return
    show_compiling(True)
    began = time.perf_counter()
    call_everything()
    size = sum(path.stat().st_size for path in cache_folder().rglob("*") if path.is_file())
    click.echo(f"Ready after {time.perf_counter() - began:.0f} s; {size / 1e6:.1f} MB in {cache_folder()}")


def call_everything() -> None:
    """Call all that commands and the app call of the compiled rules."""
    from ecopark.abm.input.loading import load_scenario
    from ecopark.abm.interventions.seats import leave_exchange
    from ecopark.abm.interventions.single_talk import hold_talk
    from ecopark.abm.park import Park

    planned = load_scenario("mistrust").replace({"governance.mode": "planned"})
    park = Park(planned).advance(1)
    while park.state.clock.exchanges[0] == 0 and park.month < 240:
        park.advance(12)
    if park.state.clock.exchanges[0]:
        leave_exchange(park, 0, park.names[int(park.state.exchanges.seller[0])])
    table = park.results.columns("opportunities")
    if len(table["seller"]):
        hold_talk(park, table["seller"][0], table["buyer"][0])
