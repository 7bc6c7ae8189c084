"""`ecopark new`: a park of one's own."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import click

TOML = """# A park of your own. Only what differs from the defaults needs to be here.
# `ecopark check DIR` lists every mistake; `ecopark run DIR` runs it.

name = {name}
label = {name}
description = "A park of my own"
start_year = 2025
years = 30

[turnover]
hazard = 0.0                # companies close only at the dates of companies.csv; 1 = at the usual rate of their type

# Any parameter can be set; abm/ODD.md lists all of them with unit, range and meaning. For example:
# [behaviour]
# attitude = 1.2            # factor on every company's attitude at the start

# Policies have a size and, if you like, a start and a stop (decimal years):
# [policy.landfill_tax]
# size = 60                 # EUR/t
# start = 2030
"""
COMPANIES = """name,type,size,x_km,y_km,opens,closes
Power Plant,coal_chp_fgd,3000000,0,0,,2040
Town Heating,district_heating,4000,1.8,1.0,,
Board Works,plasterboard_plant,10000000,1.2,0.5,,
Insulin Plant,insulin_plant,25000,1.5,-0.8,,
Brewery,brewery,800000,2.5,-1,,
Fish Farm,fish_farm,200,0.4,-0.3,2027,
Greenhouses,greenhouse,15,2.2,-0.5,2029-06,
Waste Water Plant,waste_water_plant,3000000,1.0,-1.2,,
Biogas Plant,biogas_plant,300000,4,2,2032,
Farms,mixed_farms,10000,8,5,,
Cement Works,cement_works,800000,25,10,,
Road Builder,road_builder,400000,12,-6,,
"""


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--from", "source", help="Copy a shipped scenario as a start.")
@click.option("--workbook", is_flag=True, help="Write FOLDER/park.xlsx, a workbook to fill in and import.")
def command(folder: Path, source: str | None, workbook: bool) -> None:
    """Write a commented template of a scenario into FOLDER: one table of companies is enough.

    With --workbook: five sheets in the units, codes and words that people have, read by `ecopark import`.

    \b
    Examples:
      ecopark new my_park
      ecopark new my_park --workbook
      ecopark new my_kalundborg --from kalundborg
    """
    from ecopark.abm.input.checked_values import HEADER, header_value
    from ecopark.abm.input.errors import InputError, Mistake
    from ecopark.abm.input.loading import SCENARIOS, load_scenario, scenario_names

    from ..intake.write import write_files
    from ..runs.run_folders import gone_when_full, require_folder

    if str(folder) in scenario_names():
        wanted = f"a name that no shipped scenario has (or ./{folder}, which is then run as ./{folder})"
        raise InputError([Mistake("FOLDER", str(folder), wanted)])
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError([Mistake("FOLDER", str(folder), "a folder that does not exist yet")])
    if header_value("name", folder.name) is None:
        raise InputError([Mistake("FOLDER", str(folder), f"a folder that is called like {HEADER['name']}")])
    if workbook:
        from ..intake.template import write_template

        with gone_when_full(folder):
            folder.mkdir(parents=True, exist_ok=True)
            write_template(folder / "park.xlsx")
        click.echo(
            f"Written: {folder / 'park.xlsx'}\nNext:    fill it in, then ecopark import {folder / 'park.xlsx'} --into {folder}"
        )
        return
    if source is not None:
        if source not in scenario_names():
            load_scenario(source)
            raise InputError([Mistake("--from", source, f"one of {', '.join(scenario_names())}")])
        require_folder(folder, "FOLDER")
        with gone_when_full(folder):
            shutil.copytree(SCENARIOS / source, folder, dirs_exist_ok=True)
            _rename(folder / "scenario.toml", source, folder.name)
    else:
        require_folder(folder, "FOLDER")
        toml = TOML.format(name=json.dumps(folder.name))
        with gone_when_full(folder):
            write_files(folder, {"scenario.toml": toml, "companies.csv": COMPANIES, "README.md": _guide()})
    quoted = shlex.quote(str(folder))
    click.echo(f"Written: {folder}\nNext:    ecopark check {quoted}\n         ecopark run {quoted}")


def _rename(toml: Path, source: str, name: str) -> None:
    """Give a copied scenario the name of its folder, so that its runs and reports are not taken for the original's."""
    text = toml.read_text(encoding="utf-8")
    text = text.replace(f'name = "{source}"', f"name = {json.dumps(name)}", 1)
    text = re.sub(r'^label = "(.*)"$', lambda _: f"label = {json.dumps(name)}", text, count=1, flags=re.MULTILINE)
    toml.write_text(text, encoding="utf-8")


def _counted(unit: str, product: str) -> str:
    """Return `t of glass`, and `houses` or `vehicles` where things are counted."""
    return product if unit == "piece" or product.startswith(unit) else f"{unit} of {product}"


def _guide() -> str:
    """Return a page that lists the types a company can have."""
    from ecopark.abm.input.loading import load_scenario

    types = load_scenario("kalundborg").tables["types"]
    lines = [
        f"| `{row.type}` | {row.label} | {row.typical_size:,.0f} {_counted(row.product_unit, row.product)} |"
        for row in types
    ]  # type: ignore[attr-defined]
    return "\n".join([
        "# A park of your own", "",
        "`companies.csv` is all that is needed: name, type, size (of the main product a year), place in km, and, where",
        "they differ from the whole run, the dates it opens and closes (YYYY or YYYY-MM). Commas, semicolons, decimal",
        "commas and spreadsheet exports are understood. Types bring their streams, costs and partners with them:", "",
        "| type | what it is | typical size a year |", "|---|---|---|", *lines, "",
        "Optional tables beside it: `events.csv` (date, kind, company, value), `levers.csv` (historical taxes),",
        "`streams.csv` (a company's own quantities), `types.csv`, `processes.csv`, `materials.csv`, `conversions.csv`",
        "(extend or replace the library).", "",
    ])  # fmt: skip
