"""How close an ensemble comes to history, in nine numbers; `analysis.history` has the tables behind them.

A name in `links.csv` may be several, joined by `;`; a link of the model matches when each of its three names is among
them (`analysis.matching`).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from analysis.tables import RunTables

Triple = tuple[str, str, str]
TRIPLE = ("seller", "buyer", "material")
OFTEN = 0.5  # share of runs above which a link counts as found


def crps(ensemble: ArrayLike, observed: float) -> float:
    """Return the continuous ranked probability score of an ensemble: mean |x - y| - 1/2 mean |x - x'|.

    In the unit of the observation, 0 at best; for one run the absolute error (Gneiting and Raftery 2007,
    doi:10.1198/016214506000001437).
    """
    values = np.sort(np.asarray(ensemble, float))
    ranks = 2 * np.arange(1, values.size + 1) - values.size - 1
    return float(np.abs(values - observed).mean() - (ranks * values).sum() / values.size**2)


def closeness(tables: RunTables, history: Any, links: Any, split_year: int) -> dict[str, float]:
    """Sum up a run or an ensemble against history until `split_year` (calibration) and after it (prediction).

    history: year, low, mid, high. links: id, seller, buyer, material, start, core.
    """
    return {**summary_of_links(tables, links, split_year), **summary_of_counts(tables, history, split_year)}


def summary_of_links(tables: RunTables, links: Any, split_year: int) -> dict[str, float]:
    """Sum up the core links begun by a year: how many operate by then in more than half of the runs, and when."""
    runs = max(1, len(tables.replicates))
    years = first_years(tables)
    names = [alternatives(row) for row in zip(*(links[name] for name in TRIPLE), strict=True)]
    known = {triple for triples in names for triple in triples}
    found = [years_in_runs(years, triples) for triples in names]
    early = [[year for year in mine if year <= split_year] for mine in found]
    start, core = np.asarray(links["start"], float), np.asarray(links["core"]).astype(bool)
    wanted = np.flatnonzero(core & (start <= min(split_year, tables.end_year)))
    hits = [row for row in wanted if len(early[row]) > OFTEN * runs]
    misses = [float(np.median(np.abs(np.array(found[row]) - start[row]))) for row in hits]
    strange = sum(year <= split_year for triple, mine in years.items() if triple not in known for year in mine.values())
    return {
        f"core links begun by {split_year}": float(len(wanted)),
        "of them found in most runs": float(len(hits)),
        "median timing error of those, years": float(np.median(misses)) if misses else float("nan"),
        f"true links per run by {split_year}": sum(map(len, early)) / runs,
        f"false links per run by {split_year}": float(strange) / runs,
    }


def first_years(tables: RunTables) -> dict[Triple, dict[int, int]]:
    """Find the year in which each seller-buyer-material first operated, by run."""
    exchanges = tables.exchanges
    months = np.asarray(exchanges["start_month"], float)
    runs = np.asarray(exchanges["replicate"]) if tables.is_ensemble else np.zeros(len(months), int)
    found: dict[Triple, dict[int, int]] = {}
    rows = zip(*(exchanges[name] for name in TRIPLE), runs.tolist(), months.tolist(), strict=True)
    for seller, buyer, material, run, month in rows:
        if month == month:
            year = tables.start_year + int(month // 12)
            mine = found.setdefault((seller, buyer, material), {})
            mine[run] = min(year, mine.get(run, year))
    return found


def alternatives(names: Iterable[str]) -> list[Triple]:
    """Return every combination of the alternative names of a link."""
    seller, buyer, material = ([part.strip() for part in str(name).split(";")] for name in names)
    return list(product(seller, buyer, material))


def years_in_runs(years: dict[Triple, dict[int, int]], triples: Iterable[Triple]) -> list[int]:
    """Return the first year of a link under any of its names, for each run in which it operates."""
    first: dict[int, int] = {}
    for triple in triples:
        for run, year in years.get(triple, {}).items():
            first[run] = min(year, first.get(run, year))
    return list(first.values())


def summary_of_counts(tables: RunTables, history: Any, split_year: int) -> dict[str, float]:
    """Sum up how the number of active links compares, until a year and after it: CRPS, years inside the 90 % band."""
    simulated, links = np.asarray(tables.yearly["year"]), np.asarray(tables.yearly["links"], float)
    rows = [
        (year, crps(links[simulated == year], mid), is_inside(links[simulated == year], mid))
        for year, mid in zip(np.asarray(history["year"], int), np.asarray(history["mid"], float), strict=True)
        if (simulated == year).any()
    ]
    parts = (
        ("to", [row for row in rows if row[0] <= split_year]),
        ("after", [row for row in rows if row[0] > split_year]),
    )
    summary: dict[str, float] = {}
    for when, part in parts:
        summary[f"CRPS of the count {when} {split_year}, links"] = mean(score for _, score, _ in part)
        summary[f"share of years {when} {split_year} inside the 90 % band"] = mean(inside for _, _, inside in part)
    return summary


def is_inside(runs: np.ndarray, value: float) -> bool:
    """Tell whether a value lies in the central 90 % of the runs."""
    low, high = (runs[0], runs[0]) if len(runs) == 1 else np.quantile(runs, [0.05, 0.95])
    return bool(low <= value <= high)


def mean(values: Iterable[float]) -> float:
    """Return the mean; of nothing NaN."""
    numbers = list(values)
    return float(sum(numbers) / len(numbers)) if numbers else float("nan")
