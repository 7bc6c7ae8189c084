"""Paired counterfactual: two runs, or two ensembles, on the same shocks that differ by what was changed alone.

Replicate r of one is compared with replicate r of the other; the difference is free of the noise they share.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..run_folder.tables import RunTables
from .uncertainty import Interval, bootstrap_interval, student

LINK = ["seller", "buyer", "material", "input"]
OWN_KINDS = ("policy",)


class UnpairedRunsError(ValueError):
    """Two runs that do not share their shocks, so that their difference is not the effect of what was changed.

    `mistakes`: what they differ in, a line each.
    """

    def __init__(self, differing: list[str]):
        self.mistakes = differing
        super().__init__("These runs are not on the same shocks, they differ in\n  - " + "\n  - ".join(differing))


def check_paired(base: RunTables, other: RunTables) -> None:
    """Refuse runs on other seeds, replicates or years; name all that differs."""
    differing = [
        f"{what}: {one} against {two}"
        for what, one, two in (
            ("seed", base.origin.get("seed"), other.origin.get("seed")),
            ("replicates", base.replicates or "one run", other.replicates or "one run"),
            ("years", f"{base.start_year}-{base.end_year}", f"{other.start_year}-{other.end_year}"),
        )
        if one != two
    ]
    if differing:
        raise UnpairedRunsError(differing)


def difference_by_year(base: RunTables, other: RunTables, columns: list[str], level: float = 0.95) -> pd.DataFrame:
    """Return other minus base by year and indicator with the t interval over pairs.

    Columns: indicator, year, base, other (means), difference, low, high, pairs. For a pair of single runs low and
    high are NaN: the difference is exact for these shocks and says nothing about others.
    """
    check_paired(base, other)
    keys = ["year", "replicate"] if base.is_ensemble else ["year"]
    one, two = base.yearly.set_index(keys)[columns], other.yearly.set_index(keys)[columns]
    gap = (two - one).groupby("year")
    number = gap.size()
    reach = gap.std(ddof=1).mul([student(level, max(1, count - 1)) / np.sqrt(count) for count in number], axis=0)
    parts = [
        pd.DataFrame(
            {
                "indicator": name,
                "year": number.index,
                "base": one[name].groupby("year").mean().to_numpy(),
                "other": two[name].groupby("year").mean().to_numpy(),
                "difference": gap[name].mean().to_numpy(),
                "low": (gap[name].mean() - reach[name]).to_numpy(),
                "high": (gap[name].mean() + reach[name]).to_numpy(),
                "pairs": number.to_numpy(),
            }
        )
        for name in columns
    ]
    return pd.concat(parts, ignore_index=True)


def first_parting(base: RunTables, other: RunTables) -> pd.DataFrame:
    """List the events of the first month in which two single runs part; empty when they never do.

    Columns: month, year, run (base or other: who has the event), kind, company, partner, material, reason, detail.
    Announcements of a policy do not count as parting.
    """
    check_paired(base, other)
    shown = ["month", "year", "kind", "company", "partner", "material", "reason", "detail"]
    events = {"base": base.events, "other": other.events}
    counts = {name: Counter(event_keys(frame[~frame["kind"].isin(OWN_KINDS)])) for name, frame in events.items()}
    only = {"base": counts["base"] - counts["other"], "other": counts["other"] - counts["base"]}
    months = [key[0] for surplus in only.values() for key in surplus]
    if not months:
        return pd.DataFrame(columns=["run", *shown])
    parts = []
    for name, frame in events.items():
        now = frame[(frame["month"] == min(months)) & ~frame["kind"].isin(OWN_KINDS)]
        parts.append(now[np.array([key in only[name] for key in event_keys(now)], dtype=bool)][shown].assign(run=name))
    return pd.concat([part for part in parts if len(part)], ignore_index=True)[["run", *shown]]


def event_keys(events: pd.DataFrame) -> list[tuple]:
    """Return what identifies an event: month, kind, parties, material, reason."""
    columns = [
        events[name].astype(object).where(events[name].notna(), None)
        for name in ("kind", "company", "partner", "material", "reason")
    ]
    return list(zip(events["month"], *columns, strict=True))


def links_gained_and_lost(base: RunTables, other: RunTables) -> pd.DataFrame:
    """Compare link by link (seller, buyer, material, input): the share of runs in which each operates, and since when.

    Columns: the link, base and other (share of runs in which it ever operates), base_month and other_month (median
    first month), change: other minus base share. Largest changes first.
    """
    check_paired(base, other)
    runs = max(1, len(base.replicates))
    sides = {}
    for name, tables in (("base", base), ("other", other)):
        first = first_months(tables)
        grouped = first.groupby(LINK)["start_month"]
        sides[name] = grouped.size() / runs
        sides[f"{name}_month"] = grouped.median()
    frame = pd.DataFrame(sides).reset_index()
    frame[["base", "other"]] = frame[["base", "other"]].fillna(0.0)
    frame["change"] = frame["other"] - frame["base"]
    order = frame.assign(size=frame["change"].abs()).sort_values(["size", *LINK], ascending=[False] + [True] * 4)
    return order.drop(columns="size").reset_index(drop=True)


def first_months(tables: RunTables) -> pd.DataFrame:
    """Find the month in which each link first operated, by run."""
    started = tables.exchanges[tables.exchanges["start_month"].notna()]
    keys = [*LINK, "replicate"] if tables.is_ensemble else LINK
    return started.groupby(keys)["start_month"].min().reset_index()


@dataclass(frozen=True)
class PublicCost:
    """What the public paid for what it got: `cost` (EUR), `tonnes` and EUR `per_tonne`, each with its interval."""

    cost: Interval
    tonnes: Interval
    per_tonne: Interval


def public_cost_per_tonne(
    base: RunTables, other: RunTables, column: str = "material_reused", level: float = 0.95
) -> PublicCost:
    """Return what each additional tonne cost the public purse over the whole run: loss of the purse over gain of tonnes.

    The public purse is what exchanges and programmes bring it: its balance with them less without, on the same rules.

    A ratio of sums over pairs, its interval by bootstrap over pairs; NaN when no tonne was added.
    """
    check_paired(base, other)
    gap = np.column_stack([purse_totals(base) - purse_totals(other), totals(other, column) - totals(base, column)])

    def ratio(rows: np.ndarray) -> float:
        cost, tonnes = rows.sum(axis=0)
        return float(cost / tonnes) if tonnes != 0 else float("nan")

    return PublicCost(
        cost=bootstrap_interval(gap[:, 0], level=level),
        tonnes=bootstrap_interval(gap[:, 1], level=level),
        per_tonne=bootstrap_interval(gap, ratio, level=level),
    )


def purse_totals(tables: RunTables) -> np.ndarray:
    """Return the public purse of each run [EUR]: the balance with exchanges and programmes less without."""
    return totals(tables, "public_balance") - totals(tables, "public_balance_alone")


def totals(tables: RunTables, column: str) -> np.ndarray:
    """Add a yearly column up over each run: one number per replicate, in their order."""
    keys = tables.yearly["replicate"] if tables.is_ensemble else np.zeros(len(tables.yearly))
    return tables.yearly[column].groupby(keys).sum().to_numpy(float)
