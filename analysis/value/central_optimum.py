"""The best network a planner would build from the same opportunities, and where the park lost value against it.

The planner knows every opportunity, also those the companies never found, and values it as the run did (`joint_gain`,
EUR/yr at `quantity`). Capacities are read from the table itself: a seller can supply of a material what its largest
opportunity with it could take; of a buyer's input, each material can replace what its largest opportunity could, and
the shares of all materials add up to at most the whole. Both are yearly amounts. This is a lower bound of the real
capacities where no single partner could take or give all, so the optimum is, if anything, too small.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..network.measures import open_companies, running_at
from ..run_folder.tables import RunTables

if TYPE_CHECKING:
    from scipy.sparse import csr_array

LOSSES = {
    "never_identified": "never identified",
    "screened_out": "identified, but no talks opened",
    "talks_failed": "talks held, no deal",
    "ended": "had a deal that ended",
    "not_yet_built": "agreed, not yet built",
    "wrong_partner": "capacity given to another partner",
    "other_quantity": "same partner, other quantity",
}


class UnsolvedError(ValueError):
    """The planner's programme has no answer within its time."""


@dataclass(frozen=True)
class Optimum:
    """The best network: its `value` (EUR/yr) and the opportunities with the `share` of their quantity it uses.

    gap: how much better, relative to it, a network could still be where the time did not suffice; 0 as a rule.
    """

    value: float
    chosen: pd.DataFrame
    gap: float = 0.0


def best_network(opportunities: pd.DataFrame, least_share: float = 0.2, seconds: float = 30.0) -> Optimum:
    """Choose the opportunities that are worth most together within the capacities of sellers and buyers.

    Maximise sum joint_gain_o x_o with x_o the share of the quantity used: x_o = 0 or least_share <= x_o <= 1 (a
    connection is not built for less), sum over a seller's opportunities with a material of x_o quantity_o <= the
    largest quantity_o, sum over a buyer's opportunities for an input of x_o quantity_o / (largest quantity of that
    material) <= 1.
    A mixed-integer programme, solved by HiGHS (Huangfu and Hall 2018, doi:10.1007/s12532-017-0130-5).
    """
    frame = opportunities.reset_index(drop=True)
    worth = frame["joint_gain"].fillna(0.0).to_numpy(float)
    quantity = frame["quantity"].fillna(0.0).to_numpy(float)
    useful = (worth > 0) & (quantity > 0)
    share, gap = np.zeros(len(frame)), 0.0
    if useful.any():
        use = capacity_rows(frame.assign(quantity=quantity))[:, np.flatnonzero(useful)]
        share[useful], gap = solve_programme(use, worth[useful], least_share, seconds)
    return Optimum(float(worth @ share), frame.assign(share=share, value=worth * share), gap)


def solve_programme(use: csr_array, worth: np.ndarray, least_share: float, seconds: float) -> tuple[np.ndarray, float]:
    """Solve for the shares [o] of opportunities worth something, and the gap left.

    Variables: the shares, then built or not (0/1).
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    number = worth.size
    one = eye_array(number)
    rows = vstack([hstack([use, csr_array(use.shape)]), hstack([one, -one]), hstack([one, -least_share * one])])
    low = np.concatenate([np.full(use.shape[0] + number, -np.inf), np.zeros(number)])
    high = np.concatenate([np.ones(use.shape[0]), np.zeros(number), np.full(number, np.inf)])
    solved = milp(
        np.concatenate([-worth / worth.max(), np.zeros(number)]),
        constraints=LinearConstraint(rows.tocsr(), low, high),
        integrality=np.concatenate([np.zeros(number), np.ones(number)]),
        bounds=Bounds(0.0, 1.0),
        options={"time_limit": seconds, "mip_rel_gap": 1e-6},
    )
    if solved.x is None:
        raise UnsolvedError(f"The planner's programme found no network within {seconds:g} s: {solved.message}")
    shares = np.clip(solved.x[:number], 0.0, 1.0)
    return np.where(shares < 1e-9, 0.0, shares), float(solved.mip_gap)


def capacity_rows(frame: pd.DataFrame) -> csr_array:
    """Build the share of each capacity an opportunity uses: sparse [sellers' streams and buyers' inputs, chances]."""
    from scipy.sparse import csr_array, vstack

    quantity = frame["quantity"].to_numpy(float)
    supply = frame.groupby(["seller", "material"])["quantity"].transform("max").to_numpy(float)
    need = frame.groupby(["buyer", "input", "material"])["quantity"].transform("max").to_numpy(float)
    streams = frame.groupby(["seller", "material"]).ngroup().to_numpy()
    inputs = frame.groupby(["buyer", "input"]).ngroup().to_numpy()
    columns = np.arange(len(frame))
    parts = [
        csr_array((quantity / np.maximum(size, 1e-12), (rows, columns)), shape=(int(rows.max()) + 1, len(frame)))
        for size, rows in ((supply, streams), (need, inputs))
    ]
    return vstack(parts).tocsc()


@dataclass(frozen=True)
class Shortfall:
    """Value reached against the optimum (EUR/yr), its share, and the loss by cause (adds up to optimum - reached)."""

    optimum: float
    reached: float
    losses: pd.DataFrame
    gap: float = 0.0

    @property
    def share(self) -> float:
        """Share of the optimum that bargaining reached; NaN when there was nothing to reach."""
        return self.reached / self.optimum if self.optimum > 0 else float("nan")


def shortfall(run: RunTables, month: int | None = None, least_share: float = 0.2) -> Shortfall:
    """Compare the exchanges in operation in a month (default: the last) with the planner's network of that month.

    Opportunities count when both companies are open then. An opportunity of the optimum that is not running has its
    value booked to the first that holds: its capacity is used by a running exchange with someone else (wrong
    partner), agreed or being built, ended, talks without deal, no talks, never identified. The value of running
    exchanges the planner would not have built is taken off the loss by wrong partners, so that the causes add up.
    """
    month = run.months - 1 if month is None else month
    present = set(open_companies(run.companies, run.start_year + month // 12)["company"])
    possible = run.opportunities[run.opportunities["seller"].isin(present) & run.opportunities["buyer"].isin(present)]
    best = best_network(possible, least_share)
    frame = best.chosen
    frame["reached"] = reached_value(frame, running_at(run.exchanges, month))
    frame["cause"] = loss_causes(frame, month)
    loss = (frame["value"] - frame["reached"]).groupby(frame["cause"]).sum().reindex(list(LOSSES), fill_value=0.0)
    missed = frame[(frame["value"] > 0) & (frame["reached"] == 0)]["cause"].value_counts()
    missed = missed.reindex(list(LOSSES), fill_value=0)
    losses = pd.DataFrame({"cause": list(LOSSES), "loss": loss.to_numpy(float), "opportunities": missed.to_numpy(int)})
    return Shortfall(best.value, float(frame["reached"].sum()), losses, best.gap)


def reached_value(frame: pd.DataFrame, running: pd.DataFrame) -> np.ndarray:
    """Value running exchanges as the planner does: joint gain times contracted over possible quantity, EUR/yr."""
    contracted = running.groupby("opportunity")["quantity"].sum()
    taken = frame["opportunity"].map(contracted).fillna(0.0).to_numpy(float)
    possible = np.maximum(frame["quantity"].to_numpy(float), 1e-12)
    return frame["joint_gain"].fillna(0.0).to_numpy(float) * np.minimum(taken / possible, 1.0)


def loss_causes(frame: pd.DataFrame, month: int) -> np.ndarray:
    """Name for each opportunity why its value differs from the optimum; see `shortfall`."""
    runs = frame["reached"].to_numpy() != 0
    streams = frame.groupby(["seller", "material"]).ngroup().to_numpy()
    inputs = frame.groupby(["buyer", "input"]).ngroup().to_numpy()
    blocked = np.isin(streams, streams[runs]) | np.isin(inputs, inputs[runs])
    wanted = frame["share"].to_numpy() > 0

    def reached_stage(name: str) -> np.ndarray:
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
