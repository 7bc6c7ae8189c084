"""The cells of a scenario's tables that a study may set, each with its meaning, unit and present value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ecopark.abm.input.cell_values import COLUMNS, value_of
from ecopark.abm.input.scenario import Scenario

UNIT = "unit/year"  # of the material
OF_A_STREAM = {
    "per_year": ("quantity a year, in place of that of the company's type", UNIT, "a number from 0 on"),
    "recovered_share": ("share of it that somebody takes already", "share", "a number from 0 to 1"),
    "price_now": ("present price; above 0 the company receives", "EUR/unit", "a number"),
}


def cells(scenario: Scenario) -> Iterator[dict[str, Any]]:
    """Yield name, meaning, unit, allowed and value of every cell; streams are those of a company's rows and of its type."""
    types = {row.type: row for row in scenario.tables["types"]}
    units = {row.material: row.unit for row in scenario.tables["materials"]}
    for company in scenario.tables["companies"]:
        name, kind = company.name, types[company.type]
        unit = f"{kind.product_unit}/year of {kind.product}"
        yield _cell(scenario, f'companies."{name}".size', f"size of {name}", unit, "a number above 0")
        yield _cell(scenario, f'companies."{name}".type', f"type of {name}", "name", "a type of the library")
        for material in _materials(scenario, company):
            for column in COLUMNS["streams"]:
                words, unit, allowed = OF_A_STREAM[column]
                unit = unit.replace("unit", units.get(material, "unit"))
                yield _cell(
                    scenario, f'streams."{name}".{material}.{column}', f"{material} of {name}: {words}", unit, allowed
                )


def _materials(scenario: Scenario, company: Any) -> list[str]:
    """Return the materials that a company gives off or needs."""
    own = [row.material for row in scenario.tables["streams"] if row.company == company.name]
    made = [row.material for row in scenario.tables["processes"] if row.type == company.type]
    return list(dict.fromkeys([*own, *made]))


def _cell(scenario: Scenario, name: str, meaning: str, unit: str, allowed: str) -> dict[str, Any]:
    return {
        "name": name,
        "meaning": meaning,
        "unit": unit,
        "allowed": allowed,
        "status": "data",
        "acts_in": "initialization",
        "value": value_of(scenario.tables, name),
    }
