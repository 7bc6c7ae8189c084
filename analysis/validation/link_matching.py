"""Which exchanges of the model are links that history knows.

A name in `links.csv` may be several, joined by `;`: one real company that the scenario has as two, one stream that it
may carry under two names. A link of the model matches when each of its three names is among them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..run_folder.tables import RunTables
from .goodness_of_fit import live_links

TRIPLE = ["seller", "buyer", "material"]


def first_years(tables: RunTables) -> pd.DataFrame:
    """Find the year in which each seller-buyer-material first operated by run; columns: the triple, replicate, year."""
    started = tables.exchanges[tables.exchanges["start_month"].notna()]
    started = started if tables.is_ensemble else started.assign(replicate=0)
    months = started.groupby([*TRIPLE, "replicate"])["start_month"].min().reset_index()
    return months.assign(year=tables.start_year + (months["start_month"] // 12).astype(int)).drop(columns="start_month")


def spelled_out(links: pd.DataFrame) -> pd.DataFrame:
    """Write every combination of alternative names of a link as a row of its own: id and the triple."""
    rows = links[["id", *TRIPLE]].copy()
    for name in TRIPLE:
        rows[name] = rows[name].astype(str).str.split(";")
        rows = rows.explode(name)
        rows[name] = rows[name].str.strip()
    return rows.reset_index(drop=True)


def links_by_year(tables: RunTables, links: pd.DataFrame) -> pd.DataFrame:
    """Count the links in operation in December in the unit of history, as `closeness.live_links` says."""
    counts = live_links(tables, links)
    return pd.DataFrame({name: counts[name] for name in counts.columns})


def matched(tables: RunTables, links: pd.DataFrame) -> pd.DataFrame:
    """Find the first year of each historical link in each run in which it operates: id, replicate, year."""
    both = spelled_out(links).merge(first_years(tables), on=TRIPLE, how="inner")
    return both.groupby(["id", "replicate"])["year"].min().reset_index()


def score_links(
    tables: RunTables, links: pd.DataFrame, until: int | None = None, split_year: int | None = None
) -> pd.DataFrame:
    """Compare each historical link that began by `until` with the runs.

    Columns: id, the triple, core, start (real), appears (share of runs in which it ever operates), in_time (share in
    which it does so by `split_year`, by default ever), year_low, year_mid, year_high (5, 50, 95 % of its first year in
    those), error (median of model minus real year), miss (median of its absolute value). A link of unknown start is
    left out.
    """
    runs = max(1, len(tables.replicates))
    real = links[links["start"] <= (tables.end_year if until is None else until)]
    both = matched(tables, real).merge(real[["id", "start"]], on="id")
    both["error"] = both["year"] - both["start"]
    both["miss"] = both["error"].abs()
    grouped = both.groupby("id")
    timely = both[both["year"] <= (tables.end_year if split_year is None else split_year)]
    found = pd.DataFrame(
        {
            "appears": grouped["replicate"].nunique() / runs,
            "in_time": timely.groupby("id")["replicate"].nunique() / runs,
            "year_low": grouped["year"].quantile(0.05),
            "year_mid": grouped["year"].median(),
            "year_high": grouped["year"].quantile(0.95),
            "error": grouped["error"].median(),
            "miss": grouped["miss"].median(),
        }
    ).reset_index()
    frame = real[["id", *TRIPLE, "core", "start"]].merge(found, on="id", how="left")
    return frame.assign(appears=frame["appears"].fillna(0.0), in_time=frame["in_time"].fillna(0.0))


def true_links(tables: RunTables, links: pd.DataFrame, until: int) -> float:
    """Count the historical links that operate in the model by a year: mean over runs."""
    return float((matched(tables, links)["year"] <= until).sum()) / max(1, len(tables.replicates))


def false_links(tables: RunTables, links: pd.DataFrame, until: int | None = None) -> pd.DataFrame:
    """List the links that history does not know: the triple, share of runs, median first year; frequent first."""
    runs = max(1, len(tables.replicates))
    first = first_years(tables)
    first = first[first["year"] <= (tables.end_year if until is None else until)]
    known = set(spelled_out(links)[TRIPLE].itertuples(index=False, name=None))
    strange = first[
        np.array([key not in known for key in first[TRIPLE].itertuples(index=False, name=None)], dtype=bool)
    ]
    grouped = strange.groupby(TRIPLE)
    frame = pd.DataFrame({"appears": grouped["replicate"].nunique() / runs, "year_mid": grouped["year"].median()})
    return frame.sort_values("appears", ascending=False).reset_index()
