"""`ecopark parameters`: what a study may set."""

from __future__ import annotations

import click


@click.command("parameters")
@click.argument("scenario", required=False)
@click.option("--json", "form", flag_value="json", help="Print as JSON.")
@click.option("--csv", "form", flag_value="csv", help="Print as CSV.")
def command(scenario: str | None, form: str | None) -> None:
    """List every name that --set and a study may set: meaning, unit, default, range, source and grade of its evidence.

    With SCENARIO its own values and the cells of its tables are listed, too. Grades: V verbatim, C computed, S second-hand,
    G general knowledge, A design assumption. Status: exposed are the twelve to vary first, fixed all others of the model,
    optional what acts where an option is on, policy what is decided, data a cell of the scenario.

    \b
    Examples:
      ecopark parameters
      ecopark parameters kalundborg --csv
    """
    from ecopark.analysis.run_folder.spreadsheet_text import csv_text

    from ..sweeps.names import parameters
    from .console import print_json

    table = parameters(scenario)
    if form == "json":
        print_json(table.to_dict("records"))
    elif form == "csv":
        click.echo(csv_text(table), nl=False)
    else:
        for row in table.to_dict("records"):
            click.echo(_line(row))


def _line(row: dict) -> str:
    """Return a name and what is to be known of it on two lines."""
    known = {"default": row["default"], "here": row.get("value"), "allowed": row["allowed"]}
    known |= {"status": row["status"], "acts in": row["acts_in"], "source": row["source"], "grade": row["grade"]}
    known = {key: str(value).lower() if isinstance(value, bool) else value for key, value in known.items()}
    said = ", ".join(f"{key} {value}" for key, value in known.items() if value not in (None, "") and value == value)
    return f"{row['name']} [{row['unit']}]  {row['meaning']}\n    {said}"
