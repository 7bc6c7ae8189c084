"""Whether a park is fit for a workshop: what every seat could do at true values, and how much is open in each round.

The attainable is the largest joint gain that fits: every opportunity counts with the share that a linear programme
gives it, a stream being shared by all that use it; half of it counts for each side. It is a measure of seats against
each other, not of the park's money.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ecopark.abm.input.errors import InputError, Mistake
from ecopark.abm.input.scenario import Scenario
from ecopark.abm.interventions.prospects import joint_gains, largest_flows
from ecopark.abm.park import Park

from .plan import MONTHS_OF_A_ROUND

LEAST_OPPORTUNITIES, LEAST_PARTNERS = 4, 3
LEAST_SHARE, MOST_SHARE = 0.5, 2.5
MOST_OPEN_AT_FIRST, LEAST_MORE = 0.40, 0.08
SEEDS = 3


@dataclass(frozen=True)
class SeatFitness:
    """What a seat could do. attainable: relative to the mean of all seats."""

    company: str
    opportunities: int
    partners: int
    as_seller: int
    as_buyer: int
    attainable: float

    @property
    def faults(self) -> list[str]:
        """Return what is missing, in words."""
        wrong = []
        if self.opportunities < LEAST_OPPORTUNITIES:
            wrong.append(
                f"{self.opportunities} opportunities with a positive joint gain, at least {LEAST_OPPORTUNITIES} are needed"
            )
        if self.partners < LEAST_PARTNERS:
            wrong.append(f"{self.partners} partners, at least {LEAST_PARTNERS} are needed")
        if not self.as_seller or not self.as_buyer:
            wrong.append("never a seller" if not self.as_seller else "never a buyer")
        if not LEAST_SHARE <= self.attainable <= MOST_SHARE:
            wrong.append(f"{self.attainable:.2f} of the mean attainable gain, {LEAST_SHARE} to {MOST_SHARE} is allowed")
        return wrong


def mean_gains(scenario: Scenario) -> np.ndarray:
    """Return the joint gain of every opportunity [EUR/year], mean over seeds; negative where nothing could flow.

    Limits and trust of the companies are drawn by the seed.
    """
    return np.mean([np.nan_to_num(joint_gains(Park(scenario, seed)), nan=-1.0) for seed in range(SEEDS)], axis=0)


def measure_seats(park: Park, gains: np.ndarray, names: list[str] | None = None) -> list[SeatFitness]:
    """Return the fitness of every seat of a roster, by default of all companies; only exchanges within it count."""
    chosen = list(park.names) if names is None else names
    rows = np.flatnonzero(np.isin(park.names, chosen))
    table = park.state.opportunities
    inside = np.isin(table.seller, rows) & np.isin(table.buyer, rows) & (gains > 0.0)
    used = attainable_shares(park, gains, inside)
    each = np.zeros(len(park.names))
    for side in (table.seller, table.buyer):
        np.add.at(each, np.asarray(side), 0.5 * gains * used * inside)
    mean = max(float(each[rows].mean()), 1e-9)
    found = []
    for row in rows:
        sells, buys = inside & (table.seller == row), inside & (table.buyer == row)
        partners = set(table.buyer[sells].tolist()) | set(table.seller[buys].tolist())
        found.append(SeatFitness(
            str(park.names[row]), int((sells | buys).sum()), len(partners), int(sells.sum()), int(buys.sum()),
            float(each[row]) / mean,
        ))  # fmt: skip
    return found


def attainable_shares(park: Park, gains: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """Return the share of its quantity that each opportunity gets where the sum of joint gains is largest [opportunity]."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, vstack

    table, places = park.state.opportunities, np.flatnonzero(inside)
    shares = np.zeros(len(gains))
    if len(places) == 0:
        return shares
    flows = largest_flows(park)[places]
    parts = []
    for stream, flow in (
        (table.supply[places], flows),
        (table.demand[places], flows * table.arriving[places] * table.ratio[places]),
    ):
        kinds, rows = np.unique(stream, return_inverse=True)
        most = np.zeros(len(kinds))
        np.maximum.at(most, rows, flow)
        parts.append(csr_array((flow / most[rows], (rows, np.arange(len(places)))), shape=(len(kinds), len(places))))
    use = vstack(parts).tocsr()
    solved = linprog(
        -gains[places] / max(float(gains[places].max()), 1e-9), A_ub=use, b_ub=np.ones(use.shape[0]), bounds=(0, 1)
    )
    shares[places] = solved.x
    return shares


def open_by_round(park: Park, gains: np.ndarray, rounds: int) -> list[float]:
    """Return the share of the attainable whose conversion is known and whose companies are there, by round."""
    state = park.state
    positive = gains > 0.0
    whole = float((gains * attainable_shares(park, gains, positive))[positive].sum())
    shares = []
    for number in range(rounds):
        known = positive & (state.funnel.known <= number * MONTHS_OF_A_ROUND)
        here = float((gains * attainable_shares(park, gains, known))[known].sum())
        shares.append(here / max(whole, 1e-9))
    return shares


def check_fitness(seats: list[SeatFitness], opened: list[float]) -> None:
    """Raise InputError with all that is wrong with the seats and with what is open by round."""
    wrong = [
        Mistake(f"seat {seat.company}", fault, "a seat with enough to decide")
        for seat in seats
        for fault in seat.faults
    ]
    if opened and opened[0] > MOST_OPEN_AT_FIRST:
        wrong.append(Mistake("round 1", f"{opened[0]:.0%} open", f"at most {MOST_OPEN_AT_FIRST:.0%} of the attainable"))
    for number in range(1, len(opened)):
        if opened[number] - opened[number - 1] < LEAST_MORE and opened[number] < 1.0 - 1e-9:
            more = opened[number] - opened[number - 1]
            wrong.append(
                Mistake(
                    f"round {number + 1}", f"{more:.0%} more opens", f"at least {LEAST_MORE:.0%} more of the attainable"
                )
            )
    if wrong:
        raise InputError(wrong)
