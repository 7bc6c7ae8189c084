"""The report of a run or an ensemble: one HTML file that opens offline and says what it shows and how to repeat it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.figures.deals import ends_by_reason, funnel, price_paths
from analysis.figures.growth import gains_by_company, gains_by_year, growth_curve
from analysis.figures.map import network_map
from analysis.origin import failure_words, interruption, origin_section, scenario_label, subtitle
from analysis.page import drawing, facts, folded, gallery, heading, number, page, section, table, words
from analysis.tables import RunTables, read_tables

REACHED = {
    "identified": "identified_month",
    "screened": "screened_month",
    "in_talks": "talks_month",
    "agreed": "signed_month",
    "operating": "operating_month",
}
EXCHANGE_COLUMNS = {
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


def write_run_report(folder: Path | str, score: dict[str, Any] | None = None) -> Path:
    """Write `report.html` into the folder of a run or an ensemble and return its path.

    score: what `analysis.history.Score.as_dict` gives; its `history` (year, low, mid, high) is drawn with the growth
    curve and its `summary` printed beside it.
    """
    folder = Path(folder)
    tables = read_tables(folder)
    path = folder / "report.html"
    path.write_text(run_page(tables, score), encoding="utf-8")
    return path


def run_page(tables: RunTables, score: dict[str, Any] | None = None) -> str:
    """Return the report of a run or an ensemble as one HTML document."""
    title = scenario_label(tables.origin)
    parts = [heading(title), words(subtitle(tables), "muted"), interruption(tables.origin)]
    if tables.is_empty:
        parts.append(
            words("Not one run finished, so there is nothing to show. " + failure_words(tables.origin), "notice")
        )
    else:
        parts += run_sections(tables, score or {})
    return page(f"{title}: report", [*parts, origin_section(tables.origin)])


def run_sections(tables: RunTables, score: dict[str, Any]) -> list[str]:
    """Return the parts of a report that need at least one simulated year."""
    typical = typical_run(tables)
    history = pd.DataFrame(score["history"]) if score.get("history") is not None else None
    runs = max(1, len(tables.replicates))
    growth = drawing("growth", growth_curve(tables.yearly, history))
    ends = drawing("ends", ends_by_reason(tables.exchanges, tables.start_year, runs))
    chances = [
        drawing("funnel", funnel(stages_reached(tables))),
        drawing("gains_by_year", gains_by_year(tables.yearly)),
    ]
    prices = [
        drawing("prices", price_paths(typical.prices, typical.exchanges, tables.start_year)),
        drawing("gains_by_company", gains_by_company(tables.companies)),
    ]
    shown = (
        ""
        if not tables.is_ensemble
        else f" Maps and contracts: replicate {typical_number(tables)}, the run nearest to the median."
    )
    return [
        words(story(typical) + shown, "lead"),
        facts(key_facts(tables)),
        section("Growth", gallery(growth, ends), score_part(score)),
        section("The network at four dates", map_gallery(typical)),
        section("Opportunities and gains", gallery(*chances)),
        section("Prices and who gained", gallery(*prices)),
        section("Contracts", contracts(typical)),
    ]


def typical_number(tables: RunTables) -> int:
    """Find the replicate whose count of links stays nearest to the median of all."""
    wide = tables.yearly.pivot_table(index="year", columns="replicate", values="links")
    return int(str(wide.sub(wide.median(axis=1), axis=0).abs().sum().idxmin()))


def typical_run(tables: RunTables) -> RunTables:
    """Return the run that stands for the ensemble in maps; a single run is itself."""
    return tables.replicate(typical_number(tables)) if tables.is_ensemble else tables


def map_dates(run: RunTables, number_of_maps: int = 4) -> list[int]:
    """Choose the years of the maps: evenly from the first exchange to the last year; without exchange the last one."""
    started = run.exchanges["start_month"].min()
    if np.isnan(started):
        return [run.end_year]
    first = int(run.year_of(started))
    return sorted({round(year) for year in np.linspace(min(first, run.end_year), run.end_year, number_of_maps)})


def map_gallery(run: RunTables) -> str:
    """Draw the maps at four dates."""
    maps = [
        drawing(
            f"map_{year}", network_map(run.companies, run.exchanges, 12 * (year - run.start_year) + 11, run.start_year)
        )
        for year in map_dates(run)
    ]
    note = (
        "West and east, north and south are as on the map; far partners are drawn nearer. A wider arrow carries more of "
        "its unit."
    )
    return gallery(*maps) + words(note, "muted")


def stages_reached(tables: RunTables) -> pd.Series:
    """Count the opportunities that ever reached each stage; over replicates the mean."""
    runs = max(1, len(tables.replicates))
    counts = {stage: tables.opportunities[column].notna().sum() / runs for stage, column in REACHED.items()}
    return pd.Series(counts, dtype=float)


def story(run: RunTables) -> str:
    """Tell in two sentences what happened."""
    exchanges, last = run.exchanges, run.yearly.iloc[-1]
    started = exchanges[exchanges["start_month"].notna()]
    if started.empty:
        seen = int(run.opportunities["identified_month"].notna().sum())
        return (
            f"No exchange ever started between {run.start_year} and {run.end_year}: {seen} opportunities were "
            f"identified among {int(last['companies'])} {'company' if last['companies'] == 1 else 'companies'}."
        )
    ended = started[started["end_month"].notna()]
    text = (
        f"At the end of {run.end_year} the park has {int(last['links'])} exchanges among "
        f"{int(last['companies'])} companies. "
        f"{len(started)} started since {int(run.year_of(started['start_month'].min()))} and {len(ended)} ended"
    )
    if ended.empty:
        return text + "."
    reason = ended["reason"].value_counts().index[0]
    return f"{text}, most often for the reason “{str(reason).replace('_', ' ')}”."


def key_facts(tables: RunTables) -> list[tuple[str, str, str]]:
    """Tiles of a report: name, median over runs, range over runs."""
    yearly = tables.yearly
    runs = yearly.groupby("replicate") if tables.is_ensemble else yearly.groupby(np.zeros(len(yearly)))
    public = (yearly["public_balance"] - yearly["public_balance_alone"]).groupby(
        yearly["replicate"] if tables.is_ensemble else np.zeros(len(yearly))
    )
    rows = [
        ("Links at the end", runs["links"].last(), ""),
        ("Most links in a year", runs["links"].max(), ""),
        ("Deals signed", runs["deals"].sum(), ""),
        ("Exchanges ended", runs["ends"].sum(), ""),
        ("By-products reused", runs["material_reused"].sum(), "t"),
        ("CO2 avoided", runs["co2_avoided"].sum(), "t"),
        ("Gain of companies", runs["gain"].sum(), "EUR"),
        ("Public account against no exchange", public.sum(), "EUR"),
    ]
    return [(name, f"{number(float(values.median()))} {unit}".strip(), spread(values)) for name, values, unit in rows]


def spread(values: pd.Series) -> str:
    """Write the central 90 % of several runs; nothing for one run."""
    if len(values) < 2:
        return ""
    return f"90 % of runs: {number(float(values.quantile(0.05)))} to {number(float(values.quantile(0.95)))}"


def score_part(score: dict[str, Any]) -> str:
    """Return the score against history, if there is one."""
    summary = score.get("summary")
    if not summary:
        return ""
    rows = pd.DataFrame({"measure": list(summary), "value": [worded(value) for value in summary.values()]})
    return "<h3>Against history</h3>" + table(rows)


def worded(value: Any) -> str:
    """Write any value of a summary."""
    return number(float(value)) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def contracts(run: RunTables) -> str:
    """Return the table of all contracts of a run, folded."""
    if run.exchanges.empty:
        return words("No contract was signed.")
    rows = run.exchanges.copy()
    rows["from"] = [calendar(month, run.start_year) for month in rows["start_month"]]
    rows["to"] = [calendar(month, run.start_year) for month in rows["end_month"]]
    rows["reason"] = rows["reason"].astype(object).str.replace("_", " ")
    for column in ("seller", "buyer", "material", "input"):
        rows[column] = rows[column].astype(str).str.replace("_", " ")
    rows = rows.sort_values("signed_month")
    return folded(f"{len(rows)} contracts: partners, terms, gains, ends", table(rows, EXCHANGE_COLUMNS))


def calendar(month: float, start_year: int) -> str | None:
    """Write a month as year-month; None when there is none."""
    return None if np.isnan(month) else f"{start_year + int(month) // 12}-{int(month) % 12 + 1:02d}"
