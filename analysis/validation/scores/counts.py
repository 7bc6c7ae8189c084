"""Scores of counts and totals: fair CRPS, coverage of central ranges, randomised PIT."""

from __future__ import annotations

import numpy as np


def fair_crps(members: np.ndarray, low: float, high: float | None = None) -> float:
    """Return the fair CRPS of an ensemble: mean |x - y| - sum |x_i - x_j| / (2 R (R - 1)); 0 is best in the mean.

    members (R,), R at least 2. low: what was observed; with `high`, only the range from low to high is known and |x - y|
    is the distance to it (Ferro 2014, doi:10.1002/qj.2270; Gneiting and Raftery 2007, doi:10.1198/016214506000001437).
    """
    x = np.sort(np.asarray(members, dtype=float))
    count = len(x)
    top = low if high is None else high
    distance = np.maximum(np.maximum(low - x, x - top), 0.0).mean()
    spread = 2.0 * (x * (2.0 * np.arange(1, count + 1) - count - 1.0)).sum()
    return float(distance - spread / (2.0 * count * (count - 1)))


def log_members(members: np.ndarray, *observed: float, floor: float = 1e-9) -> tuple[np.ndarray, list[float]]:
    """Return members and observations on the log scale, on which money and tonnes are scored; nothing is below `floor`."""
    return np.log(np.maximum(members, floor)), [float(np.log(max(value, floor))) for value in observed]


def covered(members: np.ndarray, observed: float, level: float) -> bool:
    """Tell whether the central range of an ensemble at a level holds what was observed."""
    low, high = np.quantile(members, [(1 - level) / 2, (1 + level) / 2])
    return bool(low <= observed <= high)


def pit(members: np.ndarray, observed: float, rng: np.random.Generator) -> float:
    """Return the randomised probability integral transform: uniform for a calibrated ensemble, ties broken by chance."""
    members = np.asarray(members, dtype=float)
    below, ties = (members < observed).sum(), (members == observed).sum()
    return float((below + rng.uniform() * (ties + 1)) / (len(members) + 1))
