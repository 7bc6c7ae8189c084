"""`ecopark check`: tell whether a scenario is complete and right."""

from __future__ import annotations

from typing import Any

import click


@click.command("check")
@click.argument("path")
@click.option("--workshop", is_flag=True, help="Also tell whether every seat of a workshop has enough to decide.")
def command(path: str, workshop: bool) -> None:
    """Check the scenario at PATH (a folder, a table of companies or a shipped name) and say what it holds.

    Every mistake is listed at once, with its place, what is allowed and the nearest known name; the exit code is then 2.

    \b
    Examples:
      ecopark check my_park
      ecopark check harbour --workshop
    """
    import numpy as np

    from ecopark.abm.initialization.found import ground_of
    from ecopark.abm.initialization.levers import tell_policies
    from ecopark.abm.input.loading import load_scenario, scenario_folder
    from ecopark.abm.input.notices import notices_of
    from ecopark.analysis.charts.number_format import counted

    from ..runs.history_files import require_history

    scenario = load_scenario(path)
    require_history(scenario_folder(path))
    with np.errstate(over="ignore"):  # identities wrap around; compiled rules do it without a word
        ground = ground_of(scenario)
    click.echo(f"{scenario.label}: {scenario.start_year} to {scenario.start_year + scenario.years - 1}")
    click.echo(f"  {len(ground.companies)} companies with {counted(len(ground.streams), 'stream', 'streams')}")
    ways = counted(len(set(ground.opportunities.conversion.tolist())), "conversion", "conversions")
    possible = counted(len(ground.opportunities), "possible exchange", "possible exchanges")
    click.echo(f"  {possible} within reach, by {ways}")
    if len(ground.opportunities) == 0:
        click.echo("  no exchange is possible: no by-product of one company replaces an input of another within reach")
    lonely = [name for row, name in enumerate(ground.names) if not _has_partner(ground, row)]
    if lonely and len(ground.companies) <= 200:
        click.echo(f"  without any possible partner: {', '.join(lonely)}")
    for sentence in (*notices_of(scenario), *tell_policies(scenario)):
        click.echo(f"  note: {sentence}")
    if workshop:
        _tell_fitness(scenario, path)
    click.echo("No mistakes found.")


def _tell_fitness(scenario: Any, source: str) -> None:
    """Print what every seat could do in a workshop, and what is open in each round; raises InputError when it is too little."""
    from ecopark.abm.park import Park

    from ..workshop.stores.play.fitness import check_fitness, mean_gains, measure_seats, open_by_round
    from ..workshop.stores.play.roster import rosters_of

    park, gains = Park(scenario, 0), mean_gains(scenario)
    opened = open_by_round(park, gains, min(8, scenario.years // 2))
    click.echo(f"  open by round: {', '.join(f'{share:.0%}' for share in opened)} of the attainable")
    every = []
    for size, names in rosters_of(scenario, source).items():
        click.echo(f"  roster of {size}: opportunities, partners, as seller, as buyer, attainable relative to the mean")
        for seat in measure_seats(park, gains, names):
            every.append(seat)
            numbers = f"{seat.opportunities:4d} {seat.partners:3d} {seat.as_seller:3d} {seat.as_buyer:3d} {seat.attainable:6.2f}"
            click.echo(f"    {seat.company:24.24s}{numbers}  {'; '.join(seat.faults)}".rstrip())
    check_fitness(every, opened)


def _has_partner(ground: object, row: int) -> bool:
    table = ground.opportunities  # type: ignore[attr-defined]
    return bool(((table.seller == row) | (table.buyer == row)).any())
