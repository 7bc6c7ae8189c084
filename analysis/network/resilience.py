"""What a park loses when members leave, and how long it needs to come back.

The static view: the exchanges of one month are taken as they stand, and nobody finds a new partner. What companies
would do next is a question to the model, not to a table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..run_folder.tables import RunTables
from .measures import running_at

MEASURES = ("links", "tonnes", "gain")


def flows_at(run: RunTables, month: int) -> pd.DataFrame:
    """Value the exchanges of a month, per year: links (1 each), tonnes, EUR gained by seller, buyer and both (`gain`).

    An exchange that has run for at least a year is valued by what it realised until its end or the end of the run,
    per year; a younger one by what its parties expected at signing. Energy and water count no tonnes.
    """
    flows = running_at(run.exchanges, month).copy()
    stop = np.fmin(flows["end_month"].to_numpy(float), float(run.months))
    years = np.maximum((stop - flows["start_month"].to_numpy(float)) / 12.0, 1.0 / 12.0)
    flows["links"] = 1.0
    flows["tonnes"] = flows["tonnes"].to_numpy(float) / years
    for side in ("seller_gain", "buyer_gain"):
        flows[side] = np.where(years >= 1.0, flows[side] / years, flows[f"expected_{side}"]).astype(float)
    flows["gain"] = flows["seller_gain"] + flows["buyer_gain"]
    columns = ["exchange", "seller", "buyer", "material", "group", "seller_gain", "buyer_gain", *MEASURES]
    return flows[columns].reset_index(drop=True)


@dataclass(frozen=True)
class Ends:
    """Who has an end of which flow: names of the companies, and the row of seller and buyer of each flow [flows]."""

    companies: list[str]
    seller: np.ndarray
    buyer: np.ndarray

    def touched(self, marked: np.ndarray) -> np.ndarray:
        """Mark the flows with a marked company on an end: [companies] of bool -> [flows] of bool."""
        return marked[self.seller] | marked[self.buyer]

    def added_up(self, weight: np.ndarray) -> np.ndarray:
        """Add the weight of the flows up by company [companies]; a flow counts for both of its ends."""
        number = len(self.companies)
        apart = np.where(self.buyer != self.seller, weight, 0.0)
        return np.bincount(self.seller, weight, number) + np.bincount(self.buyer, apart, number)


def ends_of(flows: pd.DataFrame) -> Ends:
    """Find who has an end of which flow."""
    codes, names = pd.factorize(pd.concat([flows["seller"], flows["buyer"]]).astype(str), sort=True)
    seller, buyer = np.split(codes, 2)
    return Ends([str(name) for name in names], seller, buyer)


def lost_flows(ends: Ends, gain: np.ndarray, removed: np.ndarray, tolerance: float | None = None) -> np.ndarray:
    """Mark the flows that stop when companies leave, directly or by cascade: [flows] of bool.

    gain: [flows] EUR/yr, removed: [companies] of bool. tolerance: the share of its own positive gain from exchanges
    that a company bears to lose before it gives up its remaining ones, too (cascades after Chopra and Khanna 2014,
    doi:10.1016/j.physa.2013.12.049); None counts direct losses only.
    """
    weight = np.maximum(gain, 0.0)
    bearable = np.inf if tolerance is None else tolerance * ends.added_up(weight) * (1.0 + 1e-12)
    gone = removed.copy()
    while True:
        lost = ends.touched(gone)
        grown = gone | (ends.added_up(weight * lost) > bearable)
        if (grown == gone).all():
            return lost
        gone = grown


def removal_losses(flows: pd.DataFrame, tolerance: float = 0.5) -> pd.DataFrame:
    """Tell what the park loses when each company is removed alone, most critical first (by gain, then links).

    Columns: company, then for links, tonnes and gain the direct loss (`links`) and the loss with its cascade
    (`links_cascade`), then `share` and `share_cascade`: of all positive gain.
    """
    ends = ends_of(flows)
    values, gain = flows[list(MEASURES)].to_numpy(float), flows["gain"].to_numpy(float)
    alone = np.eye(len(ends.companies), dtype=bool)
    chained = np.array([lost_flows(ends, gain, one, tolerance) @ values for one in alone]).reshape(-1, len(MEASURES))
    frame = pd.DataFrame({"company": ends.companies})
    for column, name in enumerate(MEASURES):
        frame[name], frame[f"{name}_cascade"] = ends.added_up(values[:, column]), chained[:, column]
    total = float(np.maximum(gain, 0.0).sum())
    frame["share"] = frame["gain"] / total if total > 0 else np.nan
    frame["share_cascade"] = frame["gain_cascade"] / total if total > 0 else np.nan
    order = frame.sort_values(["gain", "links", "company"], ascending=[False, False, True])
    return order.reset_index(drop=True)


def criticality_by_year(run: RunTables, tolerance: float = 0.5) -> pd.DataFrame:
    """Rank the companies by what their removal would cost at the end of each year: `removal_losses` with year, rank."""
    parts = []
    for year in range(run.start_year, run.end_year + 1):
        losses = removal_losses(flows_at(run, 12 * (year - run.start_year) + 11), tolerance)
        parts.append(losses.assign(year=year, rank=np.arange(1, len(losses) + 1)))
    filled = [part for part in parts if len(part)]
    return pd.concat(filled or parts[:1], ignore_index=True)


def removal_curve(
    flows: pd.DataFrame, measure: str = "links", targeted: bool = True, draws: int = 200, seed: int = 0
) -> pd.DataFrame:
    """Tell the share of links, tonnes or gain left after 0, 1, 2 ... companies are gone.

    Targeted: always the company whose loss is largest next, found anew each time. Random: mean over `draws` orders,
    with the central 90 %. Columns removed, left, low, high.
    """
    ends = ends_of(flows)
    if not ends.companies:
        return pd.DataFrame({"removed": [0], "left": [np.nan], "low": [np.nan], "high": [np.nan]})
    weight = flows[measure].clip(lower=0.0).to_numpy(float)
    if targeted:
        curves = left_after(ends, weight, worst_order(ends, weight))[None, :]
    else:
        rng = np.random.default_rng(seed)
        curves = np.array([left_after(ends, weight, rng.permutation(len(ends.companies))) for _ in range(draws)])
    low, high = np.quantile(curves, [0.05, 0.95], axis=0)
    return pd.DataFrame({"removed": np.arange(curves.shape[1]), "left": curves.mean(0), "low": low, "high": high})


def left_after(ends: Ends, weight: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Return the share of the weight left after each removal in an order of companies, starting with 1."""
    turn = np.argsort(order)
    falls = np.minimum(turn[ends.seller], turn[ends.buyer])
    lost = np.cumsum(np.bincount(falls, weight, order.size))
    total = weight.sum()
    return np.append(1.0, np.maximum(1.0 - lost / total, 0.0)) if total > 0 else np.full(order.size + 1, np.nan)


def worst_order(ends: Ends, weight: np.ndarray) -> np.ndarray:
    """Order companies so that each removal takes the most of what is left; equals in the order given."""
    left, order = weight.copy(), list[int]()
    for _ in ends.companies:
        losses = ends.added_up(left)
        losses[order] = -1.0
        order.append(int(np.argmax(losses)))
        left[(ends.seller == order[-1]) | (ends.buyer == order[-1])] = 0.0
    return np.array(order)


def robustness(curve: pd.DataFrame) -> float:
    """Return the mean share left over all removals (Schneider and others 2011, doi:10.1073/pnas.1009440108)."""
    return float(curve["left"].to_numpy()[1:].mean()) if len(curve) > 1 else float("nan")


SHOCKS = ("closed", "insolvent", "process", "shock")
WHOLE_PARK = {kind: "conditions change" for kind in SHOCKS}  # an event without a company is one of the whole park


def recoveries(run: RunTables, column: str = "links", share: float = 0.9) -> pd.DataFrame:
    """Measure for each closure, insolvency, change of process and shock how deep the park fell and when it was back.

    Shocks of one month are one. Columns month, year, what, then `recovery` of the monthly column; deepest fall first.
    """
    events = run.events[run.events["kind"].isin(SHOCKS) & run.events["month"].between(12, run.months - 1)]
    rows = []
    for month, together in events.groupby("month"):
        parties = zip(together["company"], together["kind"], strict=True)
        named = [f"{company} {kind}" if isinstance(company, str) else WHOLE_PARK[kind] for company, kind in parties]
        found = recovery(run.monthly[column], int(float(str(month))), share)
        rows.append({"month": month, "year": together["year"].iloc[0], "what": ", ".join(named), **found})
    columns = ["month", "year", "what", "level", "depth", "months", "lost"]
    return pd.DataFrame(rows, columns=columns).sort_values("depth", ascending=False).reset_index(drop=True)


def recovery(series: pd.Series, shock: int, share: float = 0.9, before: int = 12, smooth: int = 12) -> dict[str, float]:
    """Measure a monthly series around a shock in month `shock`.

    level: mean of the `before` months ahead of it; depth: largest fall of the running mean (over `smooth` months)
    below that, as a share of it; months: from the shock until the running mean has been down and is back at `share`
    of the level (0 when it never fell below, NaN when it did not come back); lost: area below the level in
    level-months.
    """
    values = series.to_numpy(float)
    level = float(values[max(0, shock - before) : shock].mean()) if shock > 0 else float("nan")
    if not level > 0:
        return {"level": level, "depth": float("nan"), "months": float("nan"), "lost": float("nan")}
    after = pd.Series(values[max(0, shock - smooth + 1) :]).rolling(smooth, min_periods=1).mean().to_numpy()
    after = after[min(shock, smooth - 1) :] / level
    low = after < share
    months = 0.0 if not low.any() else float("nan")
    if low.any():
        back = np.flatnonzero(~low[int(low.argmax()) :])
        months = float(low.argmax() + back[0]) if back.size else float("nan")
    lost = np.maximum(0.0, 1.0 - values[shock:] / level).sum()
    return {"level": level, "depth": float(np.maximum(0.0, 1.0 - after).max()), "months": months, "lost": float(lost)}
