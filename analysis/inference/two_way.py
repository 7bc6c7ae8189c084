"""The uncertainty of a crossed design: points that were drawn, times shocks that occurred.

A least-squares estimate rests on outcomes [points, replicates]. Its variance has two sources: which points were drawn
(HC3 on the point means, which corrects for leverage: MacKinnon and White 1985, doi:10.1016/0304-4076(85)90158-7) and
which shocks occurred (the spread of the estimates of single replicates). Both hold the noise of single runs, so that
it is taken off once (Cameron, Gelbach and Miller 2011, doi:10.1198/jbes.2010.07136).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .uncertainty import student

ROUNDING = 1e-12  # of the largest outcome: less is no difference but the rounding of sums
POINTS, SHOCKS, BOTH, NOTHING = "points", "shocks", "both", ""


@dataclass(frozen=True)
class Chance:
    """What was left to chance in a sweep.

    drawn: the points are a sample (Latin hypercube, Sobol, Morris, a table), not a complete list. common: replicate r
    has the same shocks at every point, so that shocks do not average out over points. block: points that were drawn
    together and follow each other, called `unit` (a base sample of a Saltelli design, a trajectory of a Morris one): they
    share their values, so that not points but blocks are independent.
    """

    drawn: bool = True
    common: bool = True
    block: int = 1
    unit: str = "point"

    def groups(self, points: int) -> np.ndarray:
        """Return the number of the block of each point; points: their number, whole blocks."""
        return np.arange(points) // self.block

    def silent(self, replicates: int) -> bool:
        """Whether nothing can be said beyond the shocks that occurred: one replicate on common shocks."""
        return self.common and replicates < 2


@dataclass(frozen=True)
class Estimates:
    """Estimates with the half-width of their intervals (NaN where there is none) and what the intervals cover."""

    estimate: np.ndarray
    reach: np.ndarray
    covers: str

    @property
    def low(self) -> np.ndarray:
        """Lower ends of the intervals."""
        return self.estimate - self.reach

    @property
    def high(self) -> np.ndarray:
        """Upper ends of the intervals."""
        return self.estimate + self.reach


def least_squares(
    basis: np.ndarray, outcomes: np.ndarray, chance: Chance, level: float = 0.95, groups: np.ndarray | None = None
) -> Estimates:
    """Estimate coefficients with intervals; basis: [points, terms], outcomes: [points, replicates].

    groups: the block of each point, where not all points are there. Drawn points on common shocks: the half-widths over
    points (HC3, t with n - p degrees) and over shocks (variance of the R replicates' slopes over R, less the cells' noise
    G s^2 / R that the points hold already; t with R - 1 degrees) are added as squares (Zou and Donner 2008,
    doi:10.1002/sim.3095): with two replicates this covers, where one t with Satterthwaite's degrees covers 85 %. Drawn
    points on independent shocks: over points alone, whose residuals hold the noise. Complete designs: over shocks alone,
    as the points are what they are; of one replicate on independent shocks the residuals.
    """
    solution = np.linalg.lstsq(basis, outcomes, rcond=None)[0]
    groups = chance.groups(len(basis)) if groups is None else groups
    reach, covers = _reach(basis, outcomes, solution, chance, level, groups)
    tiny = ROUNDING * float(np.abs(outcomes).max(initial=0.0))
    estimate = solution.mean(axis=1)
    return Estimates(np.where(np.abs(estimate) < tiny, 0.0, estimate), np.where(reach < tiny, 0.0, reach), covers)


def mean_over(outcomes: np.ndarray, chance: Chance, level: float = 0.95, groups: np.ndarray | None = None) -> Estimates:
    """Estimate the mean over points and shocks of outcomes [points, replicates]; groups: as in `least_squares`."""
    return least_squares(np.ones((len(outcomes), 1)), outcomes, chance, level, groups)


def _reach(
    basis: np.ndarray, outcomes: np.ndarray, solution: np.ndarray, chance: Chance, level: float, groups: np.ndarray
) -> tuple[np.ndarray, str]:
    """Return the half-width of each coefficient's interval, and what it covers."""
    (number, terms), replicates = basis.shape, outcomes.shape[1]
    blocks = np.unique(groups).size
    several, free = replicates > 1, blocks - 1 if blocks < number else number - terms
    known = free > 0 and number > terms
    if chance.silent(replicates) or not (several or known):
        return np.full(terms, np.nan), NOTHING
    by_replicate = solution.var(axis=1, ddof=1) / replicates if several else np.zeros(terms)
    if several and not (chance.drawn and known):
        return student(level, replicates - 1) * np.sqrt(by_replicate), SHOCKS
    residual = outcomes - basis @ solution
    over_points = student(level, free) * np.sqrt(hc3(basis, residual.mean(axis=1), groups))
    if not (several and chance.common):
        return over_points, BOTH if chance.drawn else SHOCKS
    by_shocks = np.maximum(0.0, by_replicate - _by_cell(basis, residual))
    return np.hypot(over_points, student(level, replicates - 1) * np.sqrt(by_shocks)), BOTH


def _by_cell(basis: np.ndarray, residual: np.ndarray) -> np.ndarray:
    """Return the variance of the coefficients that comes from the noise of single runs: [terms]."""
    (number, terms), replicates = basis.shape, residual.shape[1]
    own = residual - residual.mean(axis=1, keepdims=True)
    cell = (own**2).sum() / ((number - terms) * (replicates - 1))
    return np.diag(np.linalg.inv(basis.T @ basis)) * cell / replicates


def hc3(basis: np.ndarray, residual: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return the variance of each coefficient from the residuals of points [points], divided by one minus leverage.

    Points of one group count together (Liang and Zeger 1986, doi:10.1093/biomet/73.1.13).
    """
    inverse = np.linalg.inv(basis.T @ basis)
    leverage = np.einsum("ij,jk,ik->i", basis, inverse, basis)
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = np.where(leverage < 1 - 1e-9, residual / (1 - leverage), np.nan)
    place = np.unique(groups, return_inverse=True)[1]
    blocks = int(place.max()) + 1
    scores = np.zeros((blocks, basis.shape[1]))
    np.add.at(scores, place, (basis @ inverse) * scaled[:, None])
    together = blocks / (blocks - 1) if blocks < len(basis) else 1.0
    return together * (scores**2).sum(axis=0)
