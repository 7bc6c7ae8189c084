"""Morris screening on SALib: elementary effects in the unit cube of the factors' probabilities."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .crossed_design import UnsuitableDesignError
from .two_way import NOTHING, POINTS

DRAWS = 1000


def morris(
    shares: np.ndarray,
    values: np.ndarray,
    factors: Sequence[str],
    levels: int = 4,
    level: float = 0.95,
    interval: bool = True,
    seed: int = 1,
) -> pd.DataFrame:
    """Screen factors by the mean (mu), mean size (mu_star) and spread (sigma) of their elementary effects.

    shares: the design in the unit cube [r (k + 1), k], trajectory by trajectory, so that a log-uniform or a whole factor
    counts by its probability and not by its unit; values: [r (k + 1)]; levels: of the design. Effects are per range of
    the factor, in the unit of the outcome: large mu_star matters, large sigma acts non-linearly or with others (Morris
    1991, doi:10.1080/00401706.1991.10484804; Campolongo and others 2007, doi:10.1016/j.envsoft.2006.10.004). Interval of
    mu_star: SALib's bootstrap over trajectories; none of a single one, or where `interval` is False. Columns factor, mu,
    mu_star, low, high, sigma, trajectories, covers.
    """
    from SALib.analyze import morris as screening

    shares, values = np.asarray(shares, float), np.asarray(values, float)
    number = trajectories(shares, values)
    several = number > 1
    problem = {"num_vars": len(factors), "names": list(factors), "bounds": [[0.0, 1.0]] * len(factors)}
    if not several:  # a spread needs two; the trajectory stands for both, and its spread is not shown
        shares, values = np.tile(shares, (2, 1)), np.tile(values, 2)
    found = screening.analyze(
        problem, shares, values, num_levels=levels, num_resamples=DRAWS, conf_level=level, seed=seed
    )
    mu, mu_star, sigma, reach = (np.asarray(found[name], float) for name in ("mu", "mu_star", "sigma", "mu_star_conf"))
    reach = reach if several and interval else np.full_like(reach, np.nan)
    columns = {"factor": list(factors), "mu": mu, "mu_star": mu_star}
    ends = {"low": np.maximum(mu_star - reach, 0.0), "high": mu_star + reach, "sigma": sigma if several else np.nan}
    return pd.DataFrame(columns | ends).assign(trajectories=number, covers=POINTS if several and interval else NOTHING)


def trajectories(shares: np.ndarray, values: np.ndarray) -> int:
    """Return the number of trajectories; refuse a design in which not one factor at a time moves."""
    size = shares.shape[1] + 1
    if len(shares) % size or len(shares) != values.size or not len(shares):
        raise UnsuitableDesignError(
            f"Trajectories of {size - 1} factors have {size} points; {len(shares)} are no multiple of it."
        )
    moved = np.abs(np.diff(shares.reshape(-1, size, size - 1), axis=1)) > 1e-9
    wrong = np.flatnonzero((moved.sum(axis=2) != 1).any(axis=1) | (moved.sum(axis=1) != 1).any(axis=1))
    if wrong.size:
        raise UnsuitableDesignError(f"Not one factor at a time moves in trajectory {', '.join(map(str, wrong[:10]))}.")
    return len(shares) // size
