"""A run or an ensemble in two sentences and a few figures, and the run that stands for an ensemble."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.tables import RunTables
from analysis.wording import number


def typical_number(tables: RunTables) -> int:
    """Find the replicate whose count of links stays nearest to the median of all."""
    wide = tables.yearly.pivot_table(index="year", columns="replicate", values="links")
    return int(str(wide.sub(wide.median(axis=1), axis=0).abs().sum().idxmin()))


def story(tables: RunTables, run: RunTables) -> str:
    """Tell in a few sentences what happened in a run, and which of an ensemble it is."""
    told = one_story(run)
    if not tables.is_ensemble:
        return told
    return f"{told} This is replicate {typical_number(tables)}, nearest to the median of {len(tables.replicates)} runs."


def one_story(run: RunTables) -> str:
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
    """List the tiles of a report: name, median over runs, range over runs."""
    yearly = tables.yearly.assign(public=tables.yearly["public_balance"] - tables.yearly["public_balance_alone"])
    runs = yearly.groupby("replicate" if tables.is_ensemble else np.zeros(len(yearly)))
    rows = [
        ("Links at the end", runs["links"].last(), ""),
        ("Most links in a year", runs["links"].max(), ""),
        ("Deals signed", runs["deals"].sum(), ""),
        ("Exchanges ended", runs["ends"].sum(), ""),
        ("By-products reused", runs["material_reused"].sum(), "t"),
        ("CO2 avoided", runs["co2_avoided"].sum(), "t"),
        ("Gain of companies", runs["gain"].sum(), "EUR"),
        ("Public account against no exchange", runs["public"].sum(), "EUR"),
    ]
    return [(name, f"{number(float(values.median()))} {unit}".strip(), spread(values)) for name, values, unit in rows]


def spread(values: pd.Series) -> str:
    """Write the central 90 % of several runs; nothing for one run."""
    if len(values) < 2:
        return ""
    return f"90 % of runs: {number(float(values.quantile(0.05)))} to {number(float(values.quantile(0.95)))}"
