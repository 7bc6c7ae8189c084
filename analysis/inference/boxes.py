"""A box in the space of the factors: its limits, how good it is, and its words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

Limits = dict[str, tuple[float, float] | frozenset]


@dataclass(frozen=True)
class Box:
    """One box: for each restricted factor its (low, high) or the set of its words, and how good it is.

    coverage: share of all cases of interest that lie inside; density: share of the inside that is of interest; mass:
    share of all points inside.
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

    def without(self, name: str) -> Box:
        """Return the box without the restriction of a factor."""
        return Box({key: limit for key, limit in self.limits.items() if key != name}, *3 * [float("nan")])

    def words(self) -> str:
        """Say the box in words."""
        return " and ".join(limit_words(name, limit) for name, limit in self.limits.items()) or "everywhere"


def box_of(limits: Limits, frame: pd.DataFrame, shares: np.ndarray) -> Box:
    """Measure a box; frame: the factors by point, shares: the share of the runs of a point that are of interest."""
    inside = Box(limits, *3 * [float("nan")]).contains(frame)
    hits, all_hits = float(shares[inside].sum()), float(shares.sum())
    density = hits / inside.sum() if inside.any() else float("nan")
    return Box(dict(limits), hits / all_hits if all_hits > 0 else float("nan"), density, float(inside.mean()))


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
