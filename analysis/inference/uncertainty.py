"""How sure a number is that comes from a few replicates, and how many would be enough."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Interval:
    """An estimate with its confidence interval and the number of values it rests on."""

    estimate: float
    low: float
    high: float
    number: int

    @property
    def half_width(self) -> float:
        """Half the width of the interval."""
        return 0.5 * (self.high - self.low)


def mean_interval(values: ArrayLike, level: float = 0.95) -> Interval:
    """Return mean and Student's t interval; with fewer than two values the interval is unknown (NaN)."""
    values = finite(values)
    if values.size < 2:
        return Interval(float(values.mean()) if values.size else float("nan"), float("nan"), float("nan"), values.size)
    reach = student(level, values.size - 1) * values.std(ddof=1) / np.sqrt(values.size)
    return Interval(float(values.mean()), float(values.mean() - reach), float(values.mean() + reach), values.size)


def bootstrap_interval(
    values: ArrayLike,
    statistic: Callable[[np.ndarray], float] = np.mean,
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 0,
) -> Interval:
    """Return any statistic of a sample (or of its rows) with the percentile interval of the bootstrap.

    Efron and Tibshirani (1993, doi:10.1201/9780429246593). Rows are drawn with replacement: give paired values as
    columns.
    """
    values = np.asarray(values, float)
    if len(values) < 2:
        single = float(statistic(values)) if len(values) else float("nan")
        return Interval(single, float("nan"), float("nan"), len(values))
    rng = np.random.default_rng(seed)
    found = [statistic(values[rng.integers(0, len(values), len(values))]) for _ in range(draws)]
    low, high = np.nanquantile(found, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(statistic(values)), float(low), float(high), len(values))


def replicates_needed(values: ArrayLike, half_width: float, level: float = 0.95) -> int:
    """Return how many replicates bring the interval of the mean down to a half-width, judging by the spread so far.

    The smallest n with t(level, n - 1) s / sqrt(n) <= half_width (Law 2015, Simulation modeling and analysis, chapter
    9).
    """
    values = finite(values)
    if values.size < 2:
        raise ValueError(f"The spread of runs cannot be judged from {values.size} of them; two are the least.")
    if not half_width > 0:
        raise ValueError(f"The half-width wanted must be above 0, not {half_width:g}.")
    spread = float(values.std(ddof=1))
    low, high = 2, 2
    while student(level, high - 1) * spread / np.sqrt(high) > half_width:
        low, high = high, 2 * high
    while low < high:
        middle = (low + high) // 2
        enough = student(level, middle - 1) * spread / np.sqrt(middle) <= half_width
        low, high = (low, middle) if enough else (middle + 1, high)
    return high


def convergence(values: ArrayLike, level: float = 0.95) -> pd.DataFrame:
    """Return mean and interval after the first 2, 3, ... replicates; columns number, mean, low, high."""
    values = finite(values)
    number = np.arange(2, values.size + 1)
    mean = np.cumsum(values)[1:] / number
    square = np.cumsum((values - values[:1].sum()) ** 2)[1:] / number - (mean - values[:1].sum()) ** 2
    spread = np.sqrt(np.maximum(square, 0.0) * number / (number - 1))
    reach = np.array([student(level, int(count) - 1) for count in number]) * spread / np.sqrt(number)
    return pd.DataFrame({"number": number, "mean": mean, "low": mean - reach, "high": mean + reach})


def enough_replicates(ensemble: pd.DataFrame, columns: list[str], share: float = 0.05) -> pd.DataFrame:
    """Tell for the last value of yearly indicators how sure their mean is and how many replicates `share` of it needs.

    ensemble: yearly table with `replicate`. Columns: indicator, mean, low, high, replicates, needed (for a half-width
    of `share` of the mean; NaN for a mean of 0).
    """
    last = ensemble.sort_values("year").groupby("replicate")[columns].last()
    rows = []
    for name in columns:
        found = mean_interval(last[name].to_numpy())
        known = found.number > 1 and found.estimate != 0
        needed = replicates_needed(last[name].to_numpy(), share * abs(found.estimate)) if known else np.nan
        rows.append({"indicator": name, "mean": found.estimate, "low": found.low, "high": found.high,
                     "replicates": found.number, "needed": needed})  # fmt: skip
    return pd.DataFrame(rows)


def finite(values: ArrayLike) -> np.ndarray:
    """Return the values that are numbers, as a flat array."""
    flat = np.asarray(values, float).ravel()
    return flat[np.isfinite(flat)]


def student(level: float, degrees: int) -> float:
    """Return the two-sided quantile of Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.5 + level / 2.0))
