"""`ecopark check`: tell whether a scenario is complete and right."""

from __future__ import annotations

import click


@click.command("check")
@click.argument("path")
def command(path: str) -> None:
    """Check the scenario at PATH (a folder, a table of companies or a shipped name) and say what it holds.

    Every mistake is listed at once, with its place, what is allowed and the nearest known name; the exit code is then 2.

    \b
    Example:
      ecopark check my_park
    """
    from ecopark.abm.initialization.found import ground_of
    from ecopark.abm.initialization.levers import tell_policies
    from ecopark.abm.input.loading import load_scenario
    from ecopark.abm.input.notices import notices_of

    scenario = load_scenario(path)
    ground = ground_of(scenario)
    click.echo(f"{scenario.label}: {scenario.start_year} to {scenario.start_year + scenario.years - 1}")
    click.echo(f"  {len(ground.companies)} companies with {len(ground.streams)} streams")
    conversions = len(set(ground.opportunities.conversion.tolist()))
    click.echo(f"  {len(ground.opportunities)} possible exchanges by {conversions} conversions")
    if len(ground.opportunities) == 0:
        click.echo("  no exchange is possible: no by-product of one company replaces an input of another within reach")
    lonely = [name for row, name in enumerate(ground.names) if not _has_partner(ground, row)]
    if lonely and len(ground.companies) <= 200:
        click.echo(f"  without any possible partner: {', '.join(lonely)}")
    for sentence in (*notices_of(scenario), *tell_policies(scenario)):
        click.echo(f"  note: {sentence}")
    click.echo("No mistakes found.")


def _has_partner(ground: object, row: int) -> bool:
    table = ground.opportunities  # type: ignore[attr-defined]
    return bool(((table.seller == row) | (table.buyer == row)).any())
