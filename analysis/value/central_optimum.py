"""The best network a planner would build from the same opportunities, and where the park lost value against it.

Both are valued alike, for one year: sum of v_o f_o - F_o over the opportunities in use, with v_o the unit value at the
true values of both sides (`unit_value`, EUR/unit) and F_o the yearly fixed cost (`fixed_cost`, EUR/year). The park's flows
are what was delivered in the year; the planner may use every opportunity that was known and allowed by its end, within
what each stream really gave (its opening stock too) and needed. Seasons and assets are left out for the planner.

The programme is solved by a function that is handed in, `solve`: a study of the model hands in that of the model's own planner
(`ecopark.abm.submodels.flow_programme.solve_flows`), so that park and planner are measured by one programme.

The share cannot exceed 1: delivered flows keep the year's rows, so they are one of the networks the planner may choose, and
what is divided by is the dual bound of its programme, which no network exceeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pandas as pd

from ..run_folder.tables import RunTables

if TYPE_CHECKING:
    from scipy.sparse import csr_array

GAP, NODES = 0.001, 100  # where the search for the optimum stops: relative gap, nodes

LOSSES = {
    "never_identified": "never identified",
    "screened_out": "identified, but no talks opened",
    "talks_failed": "talks held, no deal",
    "ended": "had a deal that ended",
    "not_yet_built": "agreed, not yet built",
    "wrong_partner": "capacity given to another partner",
    "other_quantity": "same partner, other quantity",
    "unproven": "what the unfinished search cannot rule out",
}


class Flows(Protocol):
    """What a solver found."""

    @property
    def flow(self) -> np.ndarray:
        """Flow of each opportunity [unit/year]."""

    @property
    def value(self) -> float:
        """What the flows are worth [EUR/year]."""

    @property
    def bound(self) -> float:
        """What no flows can be worth more than [EUR/year]."""


class Solver(Protocol):
    """Finds flows f >= 0 that maximise sum v_o f_o - sum F_o [f_o > 0], subject to use f <= room."""

    def __call__(
        self, value: np.ndarray, fixed: np.ndarray, use: Any, room: np.ndarray, least: float, gap: float, nodes: int, /
    ) -> Flows:
        """Return the best flows.

        value [EUR/unit], fixed [EUR/year], use: sparse [row, opportunity] >= 0, room [row]; least: smallest flow that is built
        relative to the largest; gap, nodes: where the search stops.
        """


@dataclass(frozen=True)
class Optimum:
    """The best network: its `value`, the `bound` no network exceeds (EUR/year), and every opportunity with its `flow`."""

    value: float
    bound: float
    chosen: pd.DataFrame

    @property
    def gap(self) -> float:
        """How much better, relative to it, a network could still be where the search stopped early; 0 as a rule."""
        return (self.bound - self.value) / self.bound if self.bound > 0 else 0.0


@dataclass(frozen=True)
class Shortfall:
    """Value reached in a year against the optimum (EUR/year), and the loss by cause (adds up to optimum - reached)."""

    optimum: float
    reached: float
    losses: pd.DataFrame
    gap: float = 0.0

    @property
    def share(self) -> float:
        """Share of the optimum that was reached, at most 1; NaN when there was nothing to reach."""
        return self.reached / self.optimum if self.optimum > 0 else float("nan")


def best_network(
    opportunities: pd.DataFrame,
    supply: pd.Series,
    need: pd.Series,
    solve: Solver,
    gap: float = GAP,
    nodes: int = NODES,
) -> Optimum:
    """Choose flows that are worth most together.

    opportunities: seller, material, buyer, input, unit_value, fixed_cost, replaces (input per unit), max_share. supply
    [unit/year] by (company, material), need [unit/year] by (company, input); what is not listed is 0.
    """
    frame = opportunities.reset_index(drop=True)
    if frame.empty:
        return Optimum(0.0, 0.0, frame.assign(flow=0.0, value=0.0))
    use, room = capacity_rows(frame, supply, need)
    value, fixed = frame["unit_value"].to_numpy(float), frame["fixed_cost"].to_numpy(float)
    found = solve(value, fixed, use, room, 0.0, gap, nodes)
    worth = value * found.flow - np.where(found.flow > 0.0, fixed, 0.0)
    return Optimum(found.value, found.bound, frame.assign(flow=found.flow, value=worth))


def capacity_rows(frame: pd.DataFrame, supply: pd.Series, need: pd.Series) -> tuple[csr_array, np.ndarray]:
    """Return (use [row, opportunity], room [row]): what streams give, what inputs need, and what each kind may replace of them."""
    from scipy.sparse import csr_array, vstack

    number, replaces = len(frame), frame["replaces"].to_numpy(float)
    given = looked_up(supply, frame["seller"], frame["material"])
    needed = looked_up(need, frame["buyer"], frame["input"])
    parts, rooms = [], []
    for keys, weight, amount in (
        (["seller", "material"], np.ones(number), given),
        (["buyer", "input"], replaces, needed),
        (["buyer", "input", "material"], replaces, needed * frame["max_share"].to_numpy(float)),
    ):
        row = frame.groupby(keys).ngroup().to_numpy()
        parts.append(csr_array((weight, (row, np.arange(number))), shape=(int(row.max()) + 1, number)))
        rooms.append(pd.Series(amount).groupby(row).max().to_numpy())
    return vstack(parts).tocsc(), np.concatenate(rooms)


def looked_up(amounts: pd.Series, companies: pd.Series, materials: pd.Series) -> np.ndarray:
    """Return the yearly amount of each (company, material); 0 where there is none."""
    keys = pd.MultiIndex.from_arrays([companies, materials])
    return amounts.reindex(keys).fillna(0.0).to_numpy(float)


def yearly_amounts(streams: pd.DataFrame, year: int, direction: str) -> pd.Series:
    """Return what each stream gave (out) or needed (in) in a year [unit] by (company, material)."""
    mine = streams[(streams["year"] == year) & (streams["direction"] == direction) & (streams["route"] != "total")]
    return mine.groupby(["company", "material"])["quantity"].sum()


def delivered_flows(run: RunTables, year: int) -> np.ndarray:
    """Return what was delivered in a year [unit] for each row of the table of opportunities."""
    rows = run.deliveries[run.deliveries["year"] == year]
    flows = rows.groupby("opportunity")["delivered"].sum()
    return run.opportunities["opportunity"].map(flows).fillna(0.0).to_numpy(float)


def optimum_share(run: RunTables, year: int | None = None, *, solve: Solver) -> float:
    """Return the share of the central optimum that was reached in a year (default: the last), at most 1."""
    return shortfall(run, year, solve=solve).share


def shortfall(run: RunTables, year: int | None = None, *, solve: Solver) -> Shortfall:
    """Compare what was delivered in a year (default: the last) with the planner's network of that year.

    An opportunity of the optimum that does not deliver has its value booked to the first that holds: its capacity is used
    by an exchange with someone else (wrong partner), agreed or being built, ended, talks without deal, no talks, never
    identified. The value of exchanges that the planner would not have built is taken off the loss by wrong partners, so
    that the causes add up. A year that is not over is compared as far as it went, fixed costs in proportion.
    """
    year = run.end_year if year is None else year
    last = min(run.months, 12 * (year - run.start_year + 1)) - 1
    part = (last - 12 * (year - run.start_year) + 1) / 12.0
    frame = run.opportunities.assign(flow_now=delivered_flows(run, year))
    frame["fixed_cost"] = part * frame["fixed_cost"]
    there = (frame["known_month"] <= last) & (frame["allowed_month"] <= last) | (frame["flow_now"] > 0.0)
    given, needed = (yearly_amounts(run.streams, year, direction) for direction in ("out", "in"))
    best = best_network(frame[there], given, needed, solve)
    frame = best.chosen
    runs = (frame["flow_now"] > 0.0).to_numpy()
    fixed = np.where(runs, frame["fixed_cost"], 0.0)
    frame["reached"] = frame["unit_value"].to_numpy(float) * frame["flow_now"].to_numpy(float) - fixed
    frame["cause"] = loss_causes(frame, runs, last)
    reached = float(frame["reached"].sum())
    return Shortfall(best.bound, reached, losses_of(frame, best), best.gap)


def losses_of(frame: pd.DataFrame, best: Optimum) -> pd.DataFrame:
    """Add up what was lost, and how many exchanges of the optimum are missing, by cause."""
    loss = (frame["value"] - frame["reached"]).groupby(frame["cause"]).sum().reindex(list(LOSSES), fill_value=0.0)
    loss["unproven"] = best.bound - best.value
    missed = frame[(frame["flow"] > 0) & (frame["flow_now"] == 0)]["cause"].value_counts()
    missed = missed.reindex(list(LOSSES), fill_value=0)
    return pd.DataFrame({"cause": list(LOSSES), "loss": loss.to_numpy(float), "opportunities": missed.to_numpy(int)})


def loss_causes(frame: pd.DataFrame, runs: np.ndarray, month: int) -> np.ndarray:
    """Name for each opportunity why its value differs from the optimum; see `shortfall`."""
    streams = frame.groupby(["seller", "material"]).ngroup().to_numpy()
    inputs = frame.groupby(["buyer", "input"]).ngroup().to_numpy()
    blocked = np.isin(streams, streams[runs]) | np.isin(inputs, inputs[runs])
    wanted = (frame["flow"] > 0).to_numpy()

    def reached_stage(name: str) -> Any:
        return (frame[f"{name}_month"] <= month).to_numpy()

    signed = reached_stage("signed")
    conditions = [
        runs & wanted,
        runs | blocked,
        signed & frame["stage"].isin(["agreed", "building"]).to_numpy(),
        signed,
        reached_stage("talks"),
        reached_stage("identified"),
    ]
    names = ["other_quantity", "wrong_partner", "not_yet_built", "ended", "talks_failed", "screened_out"]
    return np.select(conditions, names, default="never_identified")
