"""A run or an ensemble in two sentences and a few figures, and the run that stands for an ensemble."""

from __future__ import annotations

from collections import Counter

import numpy as np

from ..charts.number_format import number
from ..run_folder.columns import grouped, level
from ..run_folder.tables import RunTables


def typical_number(tables: RunTables) -> int:
    """Find the replicate whose count of links stays nearest to the median of all."""
    yearly = tables.yearly
    place = np.unique(np.asarray(yearly["year"]), return_inverse=True)[1]
    median = grouped(yearly["year"], yearly["links"], level(0.5))[1]
    runs, far = grouped(
        yearly["replicate"], np.abs(np.asarray(yearly["links"], float) - median[place]), lambda gaps: float(gaps.sum())
    )
    return int(runs[np.argmin(far)])


def story(tables: RunTables, run: RunTables) -> str:
    """Tell in a few sentences what happened in a run, and which of an ensemble it is."""
    told = one_story(run)
    if not tables.is_ensemble:
        return told
    return f"{told} This is replicate {typical_number(tables)}, nearest to the median of {len(tables.replicates)} runs."


def one_story(run: RunTables) -> str:
    """Tell in two sentences what happened."""
    begun = np.asarray(run.exchanges["start_month"], float)
    left = np.asarray(run.exchanges["end_month"], float)
    links, companies = (int(np.asarray(run.yearly[name])[-1]) for name in ("links", "companies"))
    started, ended = ~np.isnan(begun), ~np.isnan(begun) & ~np.isnan(left)
    if not started.any():
        seen = int((~np.isnan(np.asarray(run.opportunities["identified_month"], float))).sum())
        return (
            f"No exchange ever started between {run.start_year} and {run.end_year}: {seen} opportunities were "
            f"identified among {companies} {'company' if companies == 1 else 'companies'}."
        )
    text = (
        f"At the end of {run.end_year} the park has {links} exchanges among {companies} companies. "
        f"{started.sum()} started since {int(run.year_of(begun[started].min()))} and {ended.sum()} of them ended"
    )
    if not ended.any():
        return text + "."
    reason = Counter(np.asarray(run.exchanges["reason"], object)[ended].tolist()).most_common(1)[0][0]
    return f"{text}, most often for the reason “{str(reason).replace('_', ' ')}”."


def key_facts(tables: RunTables) -> list[tuple[str, str, str]]:
    """List the tiles of a report: name, median over runs, range over runs."""
    yearly = tables.yearly
    columns = ("links", "deals", "ends", "material_reused", "co2_avoided", "gain")
    values = {name: np.asarray(yearly[name], float) for name in columns}
    values["public"] = np.asarray(yearly["public_balance"], float) - np.asarray(yearly["public_balance_alone"], float)
    run = np.asarray(yearly["replicate"]) if tables.is_ensemble else np.zeros(len(yearly), int)
    rows = [
        ("Links at the end", "links", lambda years: float(years[-1]), ""),
        ("Most links in a year", "links", lambda years: float(years.max()), ""),
        ("Deals signed", "deals", lambda years: float(years.sum()), ""),
        ("Contracts ended, begun or not", "ends", lambda years: float(years.sum()), ""),
        ("By-products reused", "material_reused", lambda years: float(years.sum()), "t"),
        ("CO2 avoided", "co2_avoided", lambda years: float(years.sum()), "t"),
        ("Gain of companies", "gain", lambda years: float(years.sum()), "EUR"),
        ("Public account against no exchange", "public", lambda years: float(years.sum()), "EUR"),
    ]
    facts = [(name, grouped(run, values[column], measure)[1], unit) for name, column, measure, unit in rows]
    return [(name, f"{number(float(np.median(runs)))} {unit}".strip(), spread(runs)) for name, runs, unit in facts]


def spread(values: np.ndarray) -> str:
    """Write the central 90 % of several runs; nothing for one run."""
    if len(values) < 2:
        return ""
    low, high = (number(float(np.quantile(values, share))) for share in (0.05, 0.95))
    return f"90 % of runs: {low} to {high}"
