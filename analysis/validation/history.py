"""How close an ensemble comes to what happened: number of links, each link and its year, ends, savings.

History is two tables beside a scenario, never read by the model: `history.csv` (year, low, mid, high: reconstructed
active links) and `links.csv` (id, seller, buyer, material, start, end_low, end, end_high, cause, core). A name there
may be several, joined by `;`: one real company that the scenario has as two, one stream that it may carry under two
names. A link of the model matches when each of its three names is among them.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ..run_folder.tables import IncompleteTablesError, RunTables
from .goodness_of_fit import closeness, crps
from .link_matching import false_links, links_by_year, score_links
from .turning_points import members_by_year, turning_points


def read_history(folder: Path | str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read `history.csv` and `links.csv` from the folder of a scenario; refuse what is missing, all at once."""
    wanted = {
        "history.csv": "year low mid high",
        "links.csv": "id seller buyer material start end_low end end_high cause core",
    }
    frames, mistakes = [], []
    for name, columns in wanted.items():
        path = Path(folder) / name
        if not path.exists():
            mistakes.append(f"{name}: missing")
            continue
        frames.append(pd.read_csv(path, encoding="utf-8-sig"))
        lacking = [column for column in columns.split() if column not in frames[-1].columns]
        mistakes += [f"{name}: missing columns {', '.join(lacking)}"] if lacking else []
    if mistakes:
        raise IncompleteTablesError(str(folder), mistakes)
    return frames[0], frames[1]


def score_counts(yearly: pd.DataFrame, history: pd.DataFrame, level: float = 0.9) -> pd.DataFrame:
    """Compare the number of active links by year with history. yearly: rows of year and links, for every run.

    Columns: year, low, mid, high (history), model_low, model_mid, model_high (central band of the runs), crps against
    mid, inside (mid lies in the band of the runs), overlap (the two bands meet), error (model_mid - mid).
    """
    tail = (1 - level) / 2
    grouped = yearly.groupby("year")["links"]
    band = pd.DataFrame(
        {"model_low": grouped.quantile(tail), "model_mid": grouped.median(), "model_high": grouped.quantile(1 - tail)}
    )
    frame = history[["year", "low", "mid", "high"]].merge(band.reset_index(), on="year")
    runs = {year: rows.to_numpy(float) for year, rows in grouped}
    frame["crps"] = [crps(runs[year], mid) for year, mid in zip(frame["year"], frame["mid"], strict=True)]
    frame["inside"] = frame["mid"].between(frame["model_low"], frame["model_high"])
    frame["overlap"] = (frame["model_low"] <= frame["high"]) & (frame["low"] <= frame["model_high"])
    frame["error"] = frame["model_mid"] - frame["mid"]
    return frame


def ends_by_year(tables: RunTables, links: pd.DataFrame) -> pd.DataFrame:
    """Compare ends by year: mean over runs (`model`), those known (`real`), and how many may have been (`real_high`).

    A real end of uncertain year counts in its best year, and in `real_high` in every year of its range.
    """
    runs = max(1, len(tables.replicates))
    years = pd.Index(range(tables.start_year, tables.end_year + 1), name="year")
    ended = tables.exchanges[tables.exchanges["end_month"].notna() & tables.exchanges["start_month"].notna()]
    model = (tables.start_year + ended["end_month"] // 12).value_counts().reindex(years, fill_value=0) / runs
    real = links["end"].value_counts().reindex(years, fill_value=0)
    low, high = links["end_low"].fillna(links["end"]), links["end_high"].fillna(links["end"])
    possible = [int(((low <= year) & (year <= high)).sum()) for year in years]
    return pd.DataFrame({"model": model, "real": real, "real_high": possible}).reset_index()


def ends_by_cause(tables: RunTables, links: pd.DataFrame) -> pd.DataFrame:
    """Compare causes of ends: mean number per run and share (`model`), number and share of the real ones."""
    runs = max(1, len(tables.replicates))
    model = tables.exchanges.loc[tables.exchanges["end_month"].notna(), "reason"].value_counts() / runs
    real = links.loc[links["end"].notna() | links["end_high"].notna(), "cause"].fillna("unknown").value_counts()
    frame = pd.DataFrame({"model": model, "real": real}).fillna(0.0).rename_axis("cause").reset_index()
    for name in ("model", "real"):
        frame[f"{name}_share"] = frame[name] / frame[name].sum() if frame[name].sum() > 0 else np.nan
    return frame.sort_values(["real", "model"], ascending=False).reset_index(drop=True)


def savings_and_payback(tables: RunTables, years: list[int]) -> pd.DataFrame:
    """Tell about some years what the park saves a year (EUR) and after how many years its investment is back.

    payback = all that was invested so far / gain of that year. Median and central 90 % over runs; NaN for a gain not
    above 0.
    """
    frame = tables.yearly if tables.is_ensemble else tables.yearly.assign(replicate=0)
    frame = frame.sort_values(["replicate", "year"])
    frame["invested"] = frame.groupby("replicate")["capex"].cumsum()
    frame["payback"] = frame["invested"] / frame["gain"].where(frame["gain"] > 0)
    rows = []
    for year in years:
        now = frame[frame["year"] == year]
        row: dict[str, float] = {"year": year}
        for name in ("gain", "invested", "payback"):
            row |= {
                f"{name}_{tail}": float(now[name].quantile(q))
                for tail, q in (("low", 0.05), ("mid", 0.5), ("high", 0.95))
            }
        rows.append(row)
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class Score:
    """An ensemble against history: a summary and the tables behind it; yearly: links of every run in history's unit."""

    summary: dict[str, float]
    yearly: pd.DataFrame
    counts: pd.DataFrame
    links: pd.DataFrame
    strange: pd.DataFrame
    ends: pd.DataFrame
    causes: pd.DataFrame
    savings: pd.DataFrame
    members: pd.DataFrame
    turns: pd.DataFrame

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain lists and numbers; a report draws the links `counted` beside the curve `history`."""
        curve = self.counts[["year", "low", "mid", "high"]].to_dict("list")
        names = ("counts", "links", "strange", "ends", "causes", "savings", "members", "turns")
        counted = self.yearly[["year", "replicate", "links"]].to_dict("list")
        return {
            "summary": self.summary,
            "history": curve,
            "counted": counted,
            **{name: records(getattr(self, name)) for name in names},
        }


def records(frame: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """Return a table as a list of rows with None for what is not known."""
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def score(
    tables: RunTables,
    history: pd.DataFrame,
    links: pd.DataFrame,
    split_year: int = 1995,
    savings_years: tuple[int, ...] = (1995, 2015),
    published: pd.DataFrame | None = None,
    turns: pd.DataFrame | None = None,
) -> Score:
    """Score a run or an ensemble against history, until `split_year` and after it.

    published: year, links, members as printed (their unit drifts). turns: label, from, to of turning points.
    """
    yearly = links_by_year(tables, links)
    counts, found = score_counts(yearly, history), score_links(tables, links, split_year=split_year)
    inside = [year for year in savings_years if tables.start_year <= year <= tables.end_year]
    return Score(
        summary=closeness(tables, history, links, split_year),
        yearly=yearly,
        counts=counts,
        links=found,
        strange=false_links(tables, links),
        ends=ends_by_year(tables, links),
        causes=ends_by_cause(tables, links),
        savings=savings_and_payback(tables, inside),
        members=members_by_year(tables, published),
        turns=turning_points(yearly, history, turns),
    )
