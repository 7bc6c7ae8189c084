"""The shared parameters that are inferred, and their priors: field values, none from laboratory or consumer bargaining."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import qmc


@dataclass(frozen=True)
class Prior:
    """A prior, uniform from low to high, on the logarithm where `log`. source: of the range."""

    name: str
    low: float
    high: float
    log: bool
    source: str

    def at(self, share: np.ndarray) -> np.ndarray:
        """Return the values at shares 0 to 1 of the prior."""
        if self.log:
            return np.exp(math.log(self.low) + share * (math.log(self.high) - math.log(self.low)))
        return self.low + share * (self.high - self.low)


PRIORS = (
    Prior("search.hours", 4, 150, True, "an hour to a man-month a month of staff time (A)"),
    Prior("search.contact", 0, 10, False, "no effect of contacts to ten times the look (A)"),
    Prior("contract.transaction_cost", 5_000, 300_000, True, "parameters.md section 8: 5-300 kEUR"),
    Prior("behaviour.required_gain", 0.0, 0.4, False, "gains below which firms do not act, share of public value (A)"),
    Prior(
        "behaviour.payback",
        0.5,
        2.0,
        True,
        "payback limits of plants spread by half to twice (Anderson and Newell 2004)",
    ),
    Prior("negotiation.error_none", 0.05, 0.6, True, "estimates of the other's value: 5 to 60 % of public value (A)"),
    Prior("investment.hold_up", 0.005, 0.2, True, "chance a year that sunk capital is exploited (A)"),
    Prior("production.outages", 0.5, 2.0, True, "forced outage rates are known within a factor 2 (A)"),
    Prior("behaviour.threshold", 0.1, 0.6, False, "mean willingness needed to open talks (A)"),
    Prior("trust.exit", 0.03, 0.6, True, "chance a year of leaving a partner without trust (A)"),
)
NAMES = tuple(prior.name for prior in PRIORS)
Point = Mapping[str, float]


def draw(count: int, seed: int = 1) -> np.ndarray:
    """Return shares of the priors of `count` points, spread evenly (Sobol', scrambled) [point, parameter]."""
    from warnings import catch_warnings, simplefilter

    with catch_warnings():
        simplefilter("ignore")  # a number that is no power of two is balanced well enough
        return qmc.Sobol(len(PRIORS), seed=seed).random(count)


def points_of(shares: np.ndarray) -> list[Point]:
    """Return the values of the shared parameters at shares of their priors."""
    columns = [prior.at(shares[:, place]) for place, prior in enumerate(PRIORS)]
    return [dict(zip(NAMES, map(float, row), strict=True)) for row in np.column_stack(columns)]
