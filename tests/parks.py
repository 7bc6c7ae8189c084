"""Small parks for tests, independent of the shipped library: every number of them stands on this page.

`trio` is the park of three companies that is recomputed on paper. `mixed` has materials, energy and water, season,
storage, pipes and outages, for properties. `scenario_of` makes a Scenario of any tables, `write_folder` a folder.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ecopark.abm.input.cross_checks import check_references
from ecopark.abm.input.errors import InputError
from ecopark.abm.input.parameters import GROUPS
from ecopark.abm.input.row_types import TABLES
from ecopark.abm.input.scenario import Scenario

Tables = dict[str, list[dict[str, Any]]]

# No chance anywhere: prices, output, beliefs and trust follow their rules alone.
QUIET: dict[str, Any] = {
    "market.volatility": 0,
    "market.route_spread": 0,
    "production.volatility": 0,
    "production.outages": 0,
    "trust.noise": 0,
    "negotiation.error_none": 0,
    "turnover.hazard": 0,
    "turnover.insolvency": False,
    "investment.hold_up": 0,
    "review.permit_hazard": 0,
    "social.rewiring": 0,
}

# Everybody sees everything in the first month: a broker brings all together, and there are hours without end.
SEEN: dict[str, Any] = {"search.hours": 10_000, "search.look": 0.1, "search.see": 1}


def scenario_of(
    tables: Mapping[str, Sequence[Mapping[str, Any]]],
    values: Mapping[str, Any] | None = None,
    start_year: int = 2000,
    years: int = 10,
    name: str = "test",
) -> Scenario:
    """Return a checked scenario of the given rows and nothing else; money is of the start year."""
    rows = {key: tuple(kind.model_validate(row) for row in tables.get(key, ())) for key, kind in TABLES.items()}
    parameters = {group: kind() for group, kind in GROUPS.items()}
    mistakes = check_references(rows, not rows["companies"])
    if mistakes:
        raise InputError(mistakes)
    scenario = Scenario(name, name, "", start_year, years, start_year, parameters, (), rows)
    return scenario.replace(values) if values else scenario


def changed(tables: Tables, **rows: Sequence[Mapping[str, Any]]) -> Tables:
    """Return tables in which rows with the same key are replaced and new ones are added."""
    result = deepcopy(tables)
    for table, additions in rows.items():
        key = TABLES[table].key
        for row in additions:
            present = result.setdefault(table, [])
            same = [old for old in present if all(old.get(column) == row.get(column) for column in key)]
            if same:
                same[0].update(row)
            else:
                present.append(dict(row))
    return result


def write_table(path: Path, rows: Sequence[Mapping[str, Any]], delimiter: str = ",") -> None:
    """Write rows as a CSV table with every column that any of them has."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="", delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def write_folder(folder: Path, tables: Mapping[str, Sequence[Mapping[str, Any]]], toml: str = "") -> Path:
    """Write a scenario folder of the given rows and the text of its scenario.toml; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scenario.toml").write_text(toml, encoding="utf-8")
    for name, rows in tables.items():
        write_table(folder / f"{name}.csv", rows)
    return folder


# Three companies: a smelter gives slag; a builder takes gravel; a filler that opens later takes sand.
TRIO: Tables = {
    "sectors": [{"sector": "trade", "label": "Trade", "sd": 0.1, "loading": 0.5}],
    "routes": [{"route": "heap", "label": "Heap", "kind": "landfill", "unit": "t", "fee": 20, "haul": 4, "taxed_landfill": 1}],
    "materials": [
        {
            "material": "slag", "label": "Slag", "unit": "t", "group": "material", "tonnes_per_unit": 1,
            "load_cost": 1, "haul_cost": 0.1, "max_km": 50, "link_capex": 2000, "disposal": "heap",
        },
        {
            "material": "gravel", "label": "Gravel", "unit": "t", "group": "material", "tonnes_per_unit": 1,
            "price": 30, "price_sd": 0.2, "co2_virgin": 10,
        },
        {
            "material": "sand", "label": "Sand", "unit": "t", "group": "material", "tonnes_per_unit": 1,
            "price": 20, "price_sd": 0.2, "co2_virgin": 5,
        },
    ],
    "types": [
        {
            "type": kind, "label": kind, "sector": "trade", "product": kind, "product_unit": "t", "typical_size": size,
            "margin": margin, "fixed_cost": fixed, "jobs": jobs, "wacc": 0, "payback": 5, "opportunism": 0,
        }
        for kind, size, margin, fixed, jobs in (
            ("smelter", 12000, 40, 240000, 60),
            ("builder", 6000, 50, 120000, 30),
            ("filler", 2400, 30, 36000, 10),
        )
    ],
    "processes": [
        {"type": "smelter", "material": "slag", "direction": "out", "coefficient": 0.5},
        {"type": "builder", "material": "gravel", "direction": "in", "coefficient": 1},
        {"type": "filler", "material": "sand", "direction": "in", "coefficient": 0.5},
    ],
    "conversions": [
        {
            "by_product": "slag", "input": "gravel", "ratio": 0.8, "treatment_cost": 3, "handling_cost": 2,
            "max_share": 0.5, "capex": 40000, "lead_months": 2,
        },
        {
            "by_product": "slag", "input": "sand", "ratio": 1, "treatment_cost": 1, "handling_cost": 2,
            "capex": 4000, "lead_months": 0,
        },
    ],
    "companies": [
        {"name": "Smelter", "type": "smelter", "x_km": 0, "payback": 5},
        {"name": "Builder", "type": "builder", "x_km": 10, "payback": 5},
        {"name": "Filler", "type": "filler", "x_km": 5, "payback": 5, "opens": "2002"},
    ],
    "levers": [{"date": "2000", "broker": 9}],
}  # fmt: skip

# Straight lines in place of curves: full willingness, linear concession, terms and split fixed, no interruption.
PLAIN: dict[str, Any] = {
    **QUIET,
    **SEEN,
    "behaviour.planned_behaviour": False,
    "contract.term_truck": 4,
    "contract.monitoring_cost": 1200,
    "contract.transaction_cost": 60000,
    "contract.interruption": 0,
    "contract.dependable": 1,
    "discovery.announcement": 0,
    "review.readjust": False,
    "investment.fear": 0,
    "strategy.default": "agent_v1",
    "negotiation.exponent_low": 1,
    "negotiation.exponent_high": 1,
    "negotiation.deadline_high": 10,
    "negotiation.splits": 1,
    "negotiation.terms": False,
    "trust.drift": 0,
    "trust.reputation": 0,
}


def trio(values: Mapping[str, Any] | None = None, years: int = 10, **rows: Sequence[Mapping[str, Any]]) -> Scenario:
    """Return the park of three companies, without chance and with straight lines unless `values` say otherwise."""
    return scenario_of(changed(TRIO, **rows), {**PLAIN, **(values or {})}, years=years, name="trio")


_HEATING = (1.7, 1.6, 1.5, 1.1, 0.7, 0.4, 0.3, 0.4, 0.6, 0.9, 1.3, 1.5)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# Materials, energy and water with season, storage, losses, pipes, permits, outages and noise.
MIXED: Tables = {
    "sectors": [
        {"sector": "industry", "label": "Industry", "sd": 0.08, "loading": 0.7},
        {"sector": "service", "label": "Services", "sd": 0.03, "loading": 0.2},
    ],
    "profiles": [{"profile": "heating", **dict(zip(_MONTHS, _HEATING, strict=True))}],
    "routes": [
        {"route": "heap", "label": "Heap", "kind": "landfill", "unit": "t", "fee": 20, "haul": 4, "taxed_landfill": 1},
        {"route": "sewer", "label": "Sewer", "kind": "discharge", "unit": "m3", "fee": 0.8, "taxed_discharge": 1},
    ],
    "materials": [
        {
            "material": "slag", "label": "Slag", "unit": "t", "group": "material", "tonnes_per_unit": 1,
            "load_cost": 1, "haul_cost": 0.1, "max_km": 80, "storable_months": 1.5, "storage_cost": 0.3, "disposal": "heap",
            "co2_disposal": 3,
        },
        {
            "material": "gravel", "label": "Gravel", "unit": "t", "group": "material", "tonnes_per_unit": 1,
            "price": 30, "price_sd": 0.25, "price_factor": "minerals", "price_loading": 0.6, "co2_virgin": 10,
        },
        {
            "material": "warmth", "label": "Waste heat", "unit": "GJ", "group": "energy", "carrier": "pipe",
            "haul_cost": 0.02, "loss_per_km": 0.02, "max_km": 12, "link_capex": 60000, "link_capex_flow": 0.5,
        },
        {
            "material": "heat", "label": "Heat", "unit": "GJ", "group": "energy", "price_series": "oil",
            "price_sd": 0.3, "price_factor": "energy", "price_loading": 0.8, "co2_virgin": 70,
        },
        {
            "material": "rinse", "label": "Rinse water", "unit": "m3", "group": "water", "carrier": "pipe",
            "haul_cost": 0.01, "max_km": 12, "link_capex": 20000, "disposal": "sewer",
        },
        {
            "material": "water", "label": "Water", "unit": "m3", "group": "water", "price": 1.2, "price_sd": 0.05,
            "co2_virgin": 0.4,
        },
    ],
    "prices": [{"series": "oil", "year": year, "price": price} for year, price in ((1998, 6), (2003, 9), (2008, 14))],
    "types": [
        {
            "type": "smelter", "label": "Smelter", "sector": "industry", "product": "metal", "product_unit": "t",
            "typical_size": 20000, "margin": 80, "fixed_cost": 900000, "jobs": 120, "wacc": 0.08, "payback": 3,
            "attitude": 0.5, "opportunism": 0.3, "closure_hazard": 0.02, "outage_rate": 0.05, "repair_months": 0.5,
            "maintenance_month": 7, "maintenance_share": 0.5,
        },
        {
            "type": "builder", "label": "Builder", "sector": "industry", "product": "road", "product_unit": "t",
            "typical_size": 15000, "margin": 60, "fixed_cost": 500000, "jobs": 50, "wacc": 0.09, "payback": 2,
            "attitude": 0.6, "opportunism": 0.2, "closure_hazard": 0.03,
        },
        {
            "type": "greenhouse", "label": "Greenhouse", "sector": "service", "product": "crop", "product_unit": "t",
            "typical_size": 3000, "margin": 200, "fixed_cost": 300000, "jobs": 40, "wacc": 0.05, "payback": 6,
            "attitude": 0.7, "opportunism": 0.1, "risk_aversion": 1.5,
        },
        {
            "type": "laundry", "label": "Laundry", "sector": "service", "product": "wash", "product_unit": "t",
            "typical_size": 5000, "margin": 150, "fixed_cost": 400000, "jobs": 35, "wacc": 0.07, "payback": 3,
            "attitude": 0.6, "opportunism": 0.4, "outage_rate": 0.02, "repair_months": 2,
        },
    ],
    "processes": [
        {"type": "smelter", "material": "slag", "direction": "out", "coefficient": 0.6},
        {"type": "smelter", "material": "warmth", "direction": "out", "coefficient": 4},
        {"type": "smelter", "material": "water", "direction": "in", "coefficient": 3},
        {"type": "builder", "material": "gravel", "direction": "in", "coefficient": 0.9},
        {"type": "greenhouse", "material": "heat", "direction": "in", "coefficient": 20, "profile": "heating"},
        {"type": "greenhouse", "material": "water", "direction": "in", "coefficient": 10},
        {"type": "laundry", "material": "rinse", "direction": "out", "coefficient": 8},
        {"type": "laundry", "material": "heat", "direction": "in", "coefficient": 5},
    ],
    "conversions": [
        {
            "by_product": "slag", "input": "gravel", "ratio": 0.8, "treatment_cost": 3, "handling_cost": 1,
            "max_share": 0.7, "capex": 30000, "lead_months": 2, "co2": 1,
        },
        {
            "by_product": "warmth", "input": "heat", "ratio": 1, "treatment_cost": 0.1, "handling_cost": 0.2,
            "max_share": 0.8, "capex": 50000, "capex_flow": 1, "lead_months": 6, "permit": 1,
        },
        {
            "by_product": "rinse", "input": "water", "ratio": 0.9, "treatment_cost": 0.1, "max_share": 0.6,
            "capex": 20000, "lead_months": 3,
        },
    ],
    "companies": [
        {"name": "Smelter A", "type": "smelter", "x_km": 0, "y_km": 0},
        {"name": "Smelter B", "type": "smelter", "size": 9000, "x_km": 6, "y_km": 3},
        {"name": "Builder A", "type": "builder", "x_km": 9, "y_km": -4},
        {"name": "Builder B", "type": "builder", "size": 6000, "x_km": 30, "y_km": 10, "opens": "2003-05"},
        {"name": "Greenhouse", "type": "greenhouse", "x_km": 2, "y_km": 1},
        {"name": "Laundry", "type": "laundry", "x_km": 1, "y_km": -2, "closes": "2011-03"},
        {"name": "Newcomer", "type": "laundry", "x_km": 3, "y_km": 3, "candidate": True},
    ],
    "levers": [{"date": "2004", "landfill_tax": 15, "carbon_price": 10}],
}  # fmt: skip

# Exchanges come soon, so that ten years hold many of them.
BUSY: dict[str, Any] = {"search.hours": 500, "negotiation.deadline_high": 8, "contract.transaction_cost": 20000}


def mixed(values: Mapping[str, Any] | None = None, years: int = 15, **rows: Sequence[Mapping[str, Any]]) -> Scenario:
    """Return the mixed park of seven companies with all its noise."""
    return scenario_of(changed(MIXED, **rows), {**BUSY, **(values or {})}, years=years, name="mixed")


def terrace(
    values: Mapping[str, Any] | None = None, years: int = 14, per_km: float = 100_000, size: float = 400
) -> Scenario:
    """Return a smelter and two greenhouses beside each other 2 km away, a large one and, four years later, one of `size`; no chance.

    per_km: what a km of pipe costs beside its capacity [EUR].
    """
    tables = changed(
        MIXED,
        companies=[{"name": "Small", "type": "greenhouse", "size": size, "x_km": 2.2, "y_km": 1.1, "opens": "2004"}],
        materials=[{"material": "warmth", "link_capex": per_km}],
    )
    there = ("Smelter A", "Greenhouse", "Small")
    tables |= {"companies": [row for row in tables["companies"] if row["name"] in there], "levers": []}
    willing = {"behaviour.threshold": 0, "behaviour.threshold_sd": 0, "negotiation.open": 1}
    return scenario_of(tables, {**BUSY, **QUIET, **SEEN, **willing, **(values or {})}, years=years, name="terrace")


def economics_of(state: Any, opportunities: Any) -> SimpleNamespace:
    """Return what conversion, carrier and distance make of opportunities: costs, CO2, capital, dates and terms."""
    kind, far = state.conversions[opportunities.conversion], opportunities.distance
    return SimpleNamespace(
        transport=kind.load + kind.haul * far, treatment=kind.treatment, handling=kind.handling, share=kind.share,
        capital_fixed=kind.capital_fixed + kind.link_fixed * far, capital_flow=kind.capital_flow + kind.link_flow * far,
        burden=kind.burden + kind.haul_burden * far, lead=kind.lead, permit=kind.permit, term=kind.term,
        allowed=kind.allowed,
    )  # fmt: skip
