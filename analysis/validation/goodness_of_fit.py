"""How close an ensemble comes to history, in nine numbers; `ecopark.analysis.validation.history` has the tables behind them.

A name in `links.csv` may be several, joined by `;`; a link of the model matches when each of its three names is among
them (`ecopark.analysis.validation.link_matching`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ..run_folder.columns import Sheet
from ..run_folder.tables import RunTables

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
    """Sum up a run or an ensemble against history until `split_year` and after it.

    history: year, low, mid, high. links: id, seller, buyer, material, start, core.
    """
    return {**summary_of_links(tables, links, split_year), **summary_of_counts(tables, history, links, split_year)}


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
    often, each = (" in most runs", " per run") if tables.is_ensemble else ("", "")
    return {
        f"core links begun by {split_year}": float(len(wanted)),
        f"of them found{often}": float(len(hits)),
        "median timing error of those, years": float(np.median(misses)) if misses else float("nan"),
        f"true links{each} by {split_year}": sum(map(len, early)) / runs,
        f"false links{each} by {split_year}": float(strange) / runs,
    }


def exchanges_of(tables: RunTables) -> Iterator[tuple[Triple, int, float, float]]:
    """Yield the exchanges that ever operated: seller, buyer and material, run, first month, month of the end (NaN: none)."""
    exchanges = tables.exchanges
    start, end = (np.asarray(exchanges[name], float) for name in ("start_month", "end_month"))
    runs = np.asarray(exchanges["replicate"]) if tables.is_ensemble else np.zeros(len(start), int)
    triples = zip(*(exchanges[name] for name in TRIPLE), strict=True)
    for row in zip(triples, runs.tolist(), start.tolist(), end.tolist(), strict=True):
        if not math.isnan(row[2]):
            yield row


def first_years(tables: RunTables) -> dict[Triple, dict[int, int]]:
    """Find the year in which each seller-buyer-material first operated, by run."""
    found: dict[Triple, dict[int, int]] = {}
    for triple, run, start, _ in exchanges_of(tables):
        year = tables.start_year + int(start // 12)
        mine = found.setdefault(triple, {})
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


def summary_of_counts(tables: RunTables, history: Any, links: Any, split_year: int) -> dict[str, float]:
    """Sum up how the number of active links compares, until a year and after it.

    Of an ensemble CRPS and share of years inside its 90 % band; of one run, which has no band, the mean difference.
    """
    counts = live_links(tables, links)
    rows = []
    for year, mid in zip(np.asarray(history["year"], int), np.asarray(history["mid"], float), strict=True):
        runs = counts["links"][counts["year"] == year]
        if len(runs):
            rows.append((year, crps(runs, mid), is_inside(runs, mid)))
    parts = (
        ("to", [row for row in rows if row[0] <= split_year]),
        ("after", [row for row in rows if row[0] > split_year]),
    )
    summary: dict[str, float] = {}
    for when, part in parts:
        if not tables.is_ensemble:
            summary[f"mean difference of the count {when} {split_year}, links"] = mean(score for _, score, _ in part)
            continue
        summary[f"CRPS of the count {when} {split_year}, links"] = mean(score for _, score, _ in part)
        summary[f"share of years {when} {split_year} inside the 90 % band"] = mean(inside for _, _, inside in part)
    return summary


def live_links(tables: RunTables, links: Any) -> Sheet:
    """Count the links in operation in December in the unit of history; columns: year, replicate (0 for a single run), links.

    A link of `links.csv` counts once, however many contracts the model needs for it (a company that splits into two, ash of
    two kinds to two buyers); whatever else operates counts once for each seller, buyer and material.
    """
    names: dict[Triple, Any] = {}
    for link, row in zip(links["id"], zip(*(links[name] for name in TRIPLE), strict=True), strict=True):
        for triple in alternatives(row):
            names.setdefault(triple, link)
    years = np.arange(tables.start_year, tables.end_year + 1)
    live: dict[int, list[set]] = {run: [set() for _ in years] for run in tables.replicates or [0]}
    for triple, run, start, end in exchanges_of(tables):
        first = max(0, math.ceil((start - 11) / 12))
        last = len(years) if math.isnan(end) else min(len(years), math.ceil((end - 11) / 12))
        for december in live[run][first:last]:
            december.add(names.get(triple, triple))
    counts = np.array([[len(december) for december in live[run]] for run in live], dtype=float)
    runs = np.tile(np.array(list(live)), len(years))
    return Sheet({"year": np.repeat(years, len(live)), "replicate": runs, "links": counts.T.ravel()})


def is_inside(runs: np.ndarray, value: float) -> bool:
    """Tell whether a value lies in the central 90 % of the runs."""
    low, high = (runs[0], runs[0]) if len(runs) == 1 else np.quantile(runs, [0.05, 0.95])
    return bool(low <= value <= high)


def mean(values: Iterable[float]) -> float:
    """Return the mean; of nothing NaN."""
    numbers = list(values)
    return float(sum(numbers) / len(numbers)) if numbers else float("nan")
