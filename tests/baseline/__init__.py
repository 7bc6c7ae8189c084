"""The baseline: what two runs give today, rewritten only on purpose by `python -m tests.baseline --rewrite`.

A change of a rule, a parameter or the library changes these numbers; the commit that rewrites them says why.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from ecopark import Park, load_scenario

FOLDER = Path(__file__).parent
RUNS = {"kalundborg": ("kalundborg", {}, 1), "synthetic": ("synthetic", {"synthetic.companies": 30}, 1)}
EVERY = 5  # years between the rows that are kept


def measure(name: str) -> tuple[list[str], np.ndarray]:
    """Return the columns and rows of a run: every fifth year, the last year, and the sum over all years (year 0)."""
    source, values, seed = RUNS[name]
    table = Park(load_scenario(source, values), seed).run().yearly
    columns = list(table.dtype.names or ())
    years = np.array([[float(row[column]) for column in columns] for row in table])
    total = np.nansum(years, axis=0)
    total[columns.index("year")] = 0
    kept = [row for row in range(len(years)) if row % EVERY == 0 or row == len(years) - 1]
    return columns, np.vstack([years[kept], total])


def read(name: str) -> tuple[list[str], np.ndarray]:
    """Return the columns and rows that are kept."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return header, np.array(rows, dtype=float)


def rewrite(name: str) -> None:
    """Keep what the run gives now, to twelve digits."""
    columns, rows = measure(name)
    with (FOLDER / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([f"{value:.12g}" for value in row] for row in rows)
