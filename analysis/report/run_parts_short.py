"""The parts of the report that every run writes: growth, maps, funnel, prices, gains, contracts."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..charts.number_format import number
from ..charts.svg.label_places import spots_of
from ..charts.svg.map import network_map
from ..charts.svg.negotiation_charts import count_ends, ends_by_reason, funnel, price_paths
from ..charts.svg.time_series import (
    band_by_year,
    gain_totals,
    gains_by_company,
    gains_by_year,
    growth_curve,
    median_gains,
)
from ..network.measures import running_at
from ..run_folder.columns import Sheet
from ..run_folder.material_names import names_of, spoken_material
from ..run_folder.tables import RunTables
from .sections import Exhibit, Part

REACHED = {
    "identified": "identified_month",
    "screened": "screened_month",
    "in_talks": "talks_month",
    "agreed": "signed_month",
    "operating": "operating_month",
}
CONTRACT_COLUMNS = {
    "seller": "seller",
    "buyer": "buyer",
    "material": "by-product",
    "input": "replaces",
    "from": "from",
    "to": "to",
    "reason": "ended because",
    "price": "EUR/unit",
    "quantity": "units/yr",
    "unit": "unit",
    "seller_gain": "gain of seller, EUR",
    "buyer_gain": "gain of buyer, EUR",
}
PRICE_NOTE = "The market price is per unit of the input, the price agreed per unit of the by-product that replaces it."
MOST_DRAWN = 1000  # companies; of larger regions the report draws totals, not every company and contract
# Of the large tables of such a region nothing else is read for its short report.
OF_REGION: dict[str, tuple[str, ...]] = {
    "companies": (), "opportunities": tuple(REACHED.values()), "events": (), "meetings": (), "talks": (), "prices": (),
}  # fmt: skip
MAP_NOTE = (
    "West and east, north and south are as on the map; far partners are drawn nearer. "
    "A wider arrow carries more of its unit."
)
UNIT_NOTE = (
    "Beside history a real link counts once, however many contracts the companies of the model need for it; "
    "all other figures count contracts."
)


def brief_parts(tables: RunTables, typical: RunTables, score: dict[str, Any]) -> list[Part]:
    """Return the parts of the short report; typical: the run that maps and contracts are taken from."""
    tables, typical = tables.in_sheets(), typical.in_sheets()
    if np.max(typical.yearly["companies"]) > MOST_DRAWN:
        return [growth_part(tables, score), deals_part(tables)]
    parts = [growth_part(tables, score), map_part(typical), deals_part(tables), price_part(tables, typical)]
    return [*parts, contract_part(typical)]


def growth_part(tables: RunTables, score: dict[str, Any]) -> Part:
    """Show active links by year, beside history and in its unit where it is given, and what ended them."""
    history, yearly = None, tables.yearly
    if score.get("history") is not None:
        history, yearly = Sheet(score["history"]), Sheet(score["counted"])
        yearly = yearly if tables.is_ensemble else yearly.pick(("year", "links"))
    runs = max(1, len(tables.replicates))
    ends = count_ends(tables.exchanges, tables.start_year, runs)
    exhibits = [
        Exhibit("growth", band_by_year(yearly, "links"), growth_curve(yearly, history)),
        Exhibit("ends", ends, ends_by_reason(tables.exchanges, tables.start_year, runs)),
    ]
    if score.get("summary"):
        values = [worded(value) for value in score["summary"].values()]
        rows = Sheet({"measure": list(score["summary"]), "value": values})
        exhibits.append(Exhibit("score", rows, printed={"measure": "against history", "value": ""}))
    return Part("Growth", tuple(exhibits), "" if history is None else UNIT_NOTE)


def worded(value: Any) -> str:
    """Write any value of a summary."""
    return number(float(value)) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def map_part(run: RunTables) -> Part:
    """Show the network at four dates."""
    exhibits = []
    spots = spots_of(Sheet.of(run.companies), Sheet.of(run.exchanges)) if len(run.companies) else None
    for year in map_dates(run):
        month = 12 * (year - run.start_year) + 11
        flows = running_at(Sheet.of(run.exchanges), month)
        shown = flows.pick(("exchange", "seller", "buyer", "material", "group", "quantity", "unit"))
        drawing = network_map(run.companies, run.exchanges, month, run.start_year, spots=spots)
        exhibits.append(Exhibit(f"map_{year}", shown, drawing))
    heading = "The network at four dates" if len(exhibits) == 4 else "The network"
    return Part(heading, tuple(exhibits), MAP_NOTE)


def map_dates(run: RunTables, number_of_maps: int = 4) -> list[int]:
    """Choose the years of the maps: evenly from the first exchange to the last year; without exchange the last one."""
    begun = np.asarray(run.exchanges["start_month"], float)
    if np.isnan(begun).all():
        return [run.end_year]
    first = int(run.year_of(np.nanmin(begun)))
    return sorted({round(year) for year in np.linspace(min(first, run.end_year), run.end_year, number_of_maps)})


def deals_part(tables: RunTables) -> Part:
    """Show the funnel, and who gained by year."""
    reached = stages_reached(tables)
    counts = Sheet({"stage": list(reached), "opportunities": list(reached.values())})
    exhibits = (
        Exhibit("funnel", counts, funnel(reached)),
        Exhibit("gains_by_year", median_gains(tables.yearly), gains_by_year(tables.yearly)),
    )
    return Part("Opportunities and gains", exhibits)


def stages_reached(tables: RunTables) -> dict[str, float]:
    """Count the opportunities that ever reached each stage; over replicates the mean."""
    runs = max(1, len(tables.replicates))
    months = {stage: np.asarray(tables.opportunities[column], float) for stage, column in REACHED.items()}
    return {stage: float((~np.isnan(when)).sum()) / runs for stage, when in months.items()}


def price_part(tables: RunTables, typical: RunTables) -> Part:
    """Show prices agreed beside the market's, and what each company gained."""
    columns = ("exchange", "material", "input", "unit", "price", "start_month", "end_month")
    agreed = Sheet.of(typical.exchanges).pick(columns)
    drawn = price_paths(typical.prices, typical.exchanges, typical.start_year, names=names_of(typical.origin))
    exhibits = (
        Exhibit("prices", agreed, drawn, PRICE_NOTE),
        Exhibit("gains_by_company", gain_totals(tables.companies), gains_by_company(tables.companies)),
    )
    return Part("Prices and who gained", exhibits)


def contract_part(run: RunTables) -> Part:
    """Show the table of all contracts of a run, folded away."""
    exchanges = Sheet.of(run.exchanges)
    if len(exchanges) == 0:
        return Part("Contracts", (), "No contract was signed.")
    rows = exchanges[np.argsort(exchanges["signed_month"], kind="stable")]
    goods, words = ("material", "input"), ("seller", "buyer", "reason")
    rows = rows.but(
        **{"from": [calendar(month, run.start_year) for month in rows["start_month"]]},
        to=[calendar(month, run.start_year) for month in rows["end_month"]],
        **{
            name: [value.replace("_", " ") if isinstance(value, str) else None for value in rows[name]]
            for name in words
        },
        **{name: [spoken_material(run.origin, value) for value in rows[name]] for name in goods},
    )
    fold = f"{len(rows)} contracts: partners, terms, gains, ends"
    return Part("Contracts", (Exhibit("contracts", rows, printed=CONTRACT_COLUMNS, fold=fold),))


def calendar(month: float, start_year: int) -> str | None:
    """Write a month as year-month; None when there is none."""
    return None if np.isnan(month) else f"{start_year + int(month) // 12}-{int(month) % 12 + 1:02d}"
