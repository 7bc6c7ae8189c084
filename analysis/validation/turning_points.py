"""Turning points of history and members of the network, held against an ensemble of runs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..run_folder.tables import RunTables


def turning_points(yearly: pd.DataFrame, history: pd.DataFrame, turns: pd.DataFrame | None) -> pd.DataFrame:
    """Compare the change of the number of links over named spans of years. yearly: rows of replicate, year and links.

    Columns: label, year_from, year_to, real (change of history's `mid`), model_low, model_mid, model_high (5, 50, 95 %
    of the runs), right (share of runs that change in the real direction), turns (whether the median does).
    """
    columns = ["label", "year_from", "year_to", "real", "model_low", "model_mid", "model_high", "right", "turns"]
    real = history.set_index("year")["mid"]
    wide = yearly.pivot_table(index="year", columns="replicate", values="links")
    rows = []
    for turn in [] if turns is None else turns.to_dict("records"):
        before, after = int(turn["year_from"]), int(turn["year_to"])
        if not {before, after} <= set(wide.index) & set(real.index):
            continue
        change = wide.loc[after].to_numpy(float) - wide.loc[before].to_numpy(float)
        truth = float(real[after] - real[before])
        low, mid, high = (float(level) for level in np.quantile(change, [0.05, 0.5, 0.95]))
        right = float((np.sign(change) == np.sign(truth)).mean())
        rows.append((turn["label"], before, after, truth, low, mid, high, right, np.sign(mid) == np.sign(truth)))
    return pd.DataFrame(rows, columns=columns)


def members_by_year(tables: RunTables, published: pd.DataFrame | None) -> pd.DataFrame:
    """Count the companies with at least one exchange in operation in December, in the years that have a printed number.

    Columns: year, members (printed), links (printed; its unit drifts), model_low, model_mid, model_high (members), and
    links_mid (median number of links of the model).
    """
    columns = ["year", "members", "links", "model_low", "model_mid", "model_high", "links_mid"]
    if published is None:
        return pd.DataFrame(columns=columns)
    links = tables.yearly.groupby("year")["links"].median()
    rows = []
    for line in published[published["year"].isin(links.index)].to_dict("records"):
        year = int(line["year"])
        counts = active_members(tables, year)
        low, mid, high = (float(np.quantile(counts, level)) for level in (0.05, 0.5, 0.95))
        rows.append((year, line["members"], line["links"], low, mid, high, float(links[year])))
    return pd.DataFrame(rows, columns=columns)


def active_members(tables: RunTables, year: int) -> np.ndarray:
    """Count the companies that trade in December of a year; one number per run."""
    month = 12 * (year - tables.start_year) + 11
    rows = tables.exchanges if tables.is_ensemble else tables.exchanges.assign(replicate=0)
    rows = rows[(rows["start_month"] <= month) & ~(rows["end_month"] <= month)]
    sides = pd.concat(
        [rows[["replicate", side]].set_axis(["replicate", "name"], axis=1) for side in ("seller", "buyer")]
    )
    counts = sides.drop_duplicates().groupby("replicate").size()
    return counts.reindex(tables.replicates or [0], fill_value=0).to_numpy(float)
