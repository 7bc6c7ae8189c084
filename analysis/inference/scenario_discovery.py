"""Under which conditions does an outcome of interest come about? Boxes in the space of the factors.

PRIM (Friedman and Fisher 1999, doi:10.1023/A:1008894516817; for scenarios Bryant and Lempert 2010,
doi:10.1016/j.techfore.2009.08.002) peels thin slices off the whole space, each time the one that raises the share of
cases of interest most, and leaves the reader the choice where to stop.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from .crossed_design import UnsuitableDesignError

Limits = dict[str, tuple[float, float] | frozenset]


@dataclass(frozen=True)
class Box:
    """One box: for each restricted factor its (low, high) or the set of its words, and how good it is.

    coverage: share of all cases of interest that lie inside; density: share of the inside that is of interest; mass:
    share of all runs inside.
    """

    limits: Limits
    coverage: float
    density: float
    mass: float

    def contains(self, frame: pd.DataFrame) -> np.ndarray:
        """Mark the rows inside: [rows] of bool."""
        inside = np.ones(len(frame), bool)
        for name, limit in self.limits.items():
            inside &= within(frame[name].to_numpy(), limit)
        return inside

    def words(self) -> str:
        """Say the box in words."""
        return " and ".join(limit_words(name, limit) for name, limit in self.limits.items()) or "everywhere"


@dataclass(frozen=True)
class Peeling:
    """The boxes from the whole space to the smallest, and their table: step, coverage, density, mass, restricted."""

    boxes: tuple[Box, ...]

    @property
    def trajectory(self) -> pd.DataFrame:
        """One row per box, in the order of peeling."""
        rows = [(step, box.coverage, box.density, box.mass, len(box.limits)) for step, box in enumerate(self.boxes)]
        return pd.DataFrame(rows, columns=["step", "coverage", "density", "mass", "restricted"])

    def choose(self, density: float = 0.8) -> Box:
        """Return the box of largest coverage among those of at least a density; the densest when none reaches it."""
        good = [box for box in self.boxes if box.density >= density]
        return max(good, key=lambda box: box.coverage) if good else max(self.boxes, key=lambda box: box.density)


def prim(
    frame: pd.DataFrame, factors: Sequence[str], interest: ArrayLike, peel: float = 0.05, least_mass: float = 0.05
) -> Peeling:
    """Peel from all runs down to boxes rich in runs of interest.

    interest: [rows] of bool. Each step takes off the `peel` lowest or highest runs of one factor, or one of its
    words; chosen is the slice with the largest gain of density per run lost, among equals the one that restricts
    fewest factors. It stops when no slice gains, or less than `least_mass` of all runs would be left.
    """
    interest = np.asarray(interest, bool)
    if interest.size != len(frame):
        raise ValueError(f"{len(frame)} runs but {interest.size} marks of interest: one per run is needed.")
    if not interest.any():
        raise UnsuitableDesignError("No run is of interest, so there is nothing to find the conditions of.")
    columns = {name: frame[name].to_numpy() for name in factors}
    inside, limits, boxes = np.ones(interest.size, bool), Limits(), []
    while True:
        boxes.append(box_of(limits, inside, interest))
        step = best_slice(columns, interest, inside, limits, peel)
        if step is None or step[0].mean() < least_mass:
            return Peeling(tuple(boxes))
        inside, limits = step


def box_of(limits: Limits, inside: np.ndarray, interest: np.ndarray) -> Box:
    """Measure a box."""
    hits = float((interest & inside).sum())
    return Box(dict(limits), hits / interest.sum(), hits / inside.sum(), float(inside.mean()))


def best_slice(
    columns: dict[str, np.ndarray], interest: np.ndarray, inside: np.ndarray, limits: Limits, peel: float
) -> tuple[np.ndarray, Limits] | None:
    """Find the slice whose removal raises the density most per run lost; None when none raises it."""
    density, best, found = interest[inside].mean(), (0.0, 0), None
    for name, column in columns.items():
        for limit in slices(column[inside], limits.get(name), peel):
            kept = inside & within(column, limit)
            lost = inside.sum() - kept.sum()
            if not lost or not kept.any():
                continue
            after = {**limits, name: limit}
            rank = ((interest[kept].mean() - density) / lost, -len(after))
            if rank[0] > 0 and (found is None or rank > best):
                best, found = rank, (kept, after)
    return found


def slices(values: np.ndarray, limit: tuple[float, float] | frozenset | None, peel: float) -> list:
    """List the limits of a factor after taking off its highest runs, its lowest, or one of its words."""
    if not np.issubdtype(values.dtype, np.number):
        kinds = frozenset(values.tolist())
        return [kinds - {one} for one in sorted(kinds, key=str)] if len(kinds) > 1 else []
    low, high = limit if isinstance(limit, tuple) else (-np.inf, np.inf)
    ordered = np.sort(values.astype(float))
    return [(low, cut(ordered, 1 - peel)), (cut(ordered, peel), high)]


def cut(ordered: np.ndarray, share: float) -> float:
    """Return the midpoint between the two different values next to a quantile, on its far side from the tail."""
    place = (ordered.size - 1) * share
    lower, upper = int(np.floor(place)), int(np.ceil(place))
    if share > 0.5:
        below = np.searchsorted(ordered, ordered[upper]) - 1
        lower = max(0, int(below)) if ordered[lower] == ordered[upper] else lower
    else:
        above = np.searchsorted(ordered, ordered[lower], side="right")
        upper = min(ordered.size - 1, int(above)) if ordered[lower] == ordered[upper] else upper
    return float((ordered[lower] + ordered[upper]) / 2)


def within(column: np.ndarray, limit: tuple[float, float] | frozenset) -> np.ndarray:
    """Mark the values inside a limit."""
    if isinstance(limit, frozenset):
        return np.isin(column, list(limit))
    return (column >= limit[0]) & (column <= limit[1])


def limit_words(name: str, limit: tuple[float, float] | frozenset) -> str:
    """Say a limit in words."""
    if isinstance(limit, frozenset):
        return f"{name} in {', '.join(sorted(map(str, limit)))}"
    low, high = limit
    if np.isinf(low):
        return f"{name} <= {high:.3g}"
    return f"{name} >= {low:.3g}" if np.isinf(high) else f"{low:.3g} <= {name} <= {high:.3g}"


def chance_of(box: Box, frame: pd.DataFrame, interest: ArrayLike) -> dict[str, float]:
    """Return for each restricted factor how likely its restriction raised the density by chance (small: it matters).

    One-sided binomial test of the box against the box without that restriction (Bryant and Lempert 2010).
    """
    from scipy.stats import binom

    interest = np.asarray(interest, bool)
    inside = box.contains(frame)
    found = {}
    for name in box.limits:
        wider = Box({key: limit for key, limit in box.limits.items() if key != name}, 0.0, 0.0, 0.0).contains(frame)
        found[name] = float(binom.sf(interest[inside].sum() - 1, inside.sum(), interest[wider].mean()))
    return found
