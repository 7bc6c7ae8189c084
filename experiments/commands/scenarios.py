"""`ecopark scenarios`: what is shipped."""

from __future__ import annotations

import click


@click.command("scenarios")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(as_json: bool) -> None:
    """List the shipped scenarios with their years and companies.

    \b
    Example:
      ecopark scenarios
    """
    from ecopark.abm.input.loading import load_scenario, scenario_names

    from .console import print_json

    rows = []
    for name in scenario_names():
        scenario = load_scenario(name)
        companies = len(scenario.tables["companies"]) or scenario["synthetic.companies"]
        rows.append(
            {
                "name": name,
                "label": scenario.label,
                "description": scenario.description,
                "start_year": scenario.start_year,
                "years": scenario.years,
                "companies": companies,
            }
        )
    if as_json:
        print_json(rows)
        return
    width = max(len(row["name"]) for row in rows)
    for row in rows:
        last = row["start_year"] + row["years"] - 1
        click.echo(
            f"{row['name']:<{width}}  {row['label']} ({row['start_year']} to {last}, {row['companies']} companies)"
        )
        click.echo(f"{'':<{width}}  {row['description']}")
