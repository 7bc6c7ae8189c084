"""How long exchanges live: survival with censoring, hazard by age, competing reasons, comparison of groups; on lifelines.

Times are ages of exchanges in years; an exchange still running when the run stops is censored there, and one that was
there before the run began is seen from the age it had then (left truncation).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike


def lifetimes(exchanges: pd.DataFrame, months: int) -> pd.DataFrame:
    """Add to each exchange that started its `age` in years, at its end or at the end of the run, and if it `ended`.

    months: number of months simulated. `entered`: its age when the run began, 0 for one that started later. Exchanges
    that never started are left out.
    """
    started = exchanges[exchanges["start_month"].notna()].copy()
    ended = started["end_month"].notna().to_numpy()
    start = started["start_month"].to_numpy(float)
    stop = started["end_month"].fillna(float(months)).to_numpy(float)
    started["age"], started["entered"] = (stop - start) / 12.0, np.maximum(0.0, -start) / 12.0
    started["ended"] = ended
    return started.reset_index(drop=True)


@contextmanager
def lifelines() -> Iterator[Any]:
    """Give lifelines, which warns of its own future under new versions of pandas."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        import lifelines as library
        import lifelines.exceptions
        import lifelines.statistics

        yield library


def kaplan_meier(
    ages: ArrayLike, ended: ArrayLike, entered: ArrayLike | None = None, level: float = 0.95
) -> pd.DataFrame:
    """Estimate the share of exchanges still running at each age, with a pointwise band on the log(-log) scale.

    Kaplan and Meier (1958, doi:10.1080/01621459.1958.10501452); band: Kalbfleisch and Prentice (2002,
    doi:10.1002/9781118032985). entered: ages from which they are seen; where all that are seen early end, so that the curve
    would stay at 0, that of Breslow, Fleming and Harrington, as lifelines recommends. Columns age, at_risk, ends, censored, survival,
    low, high; the first row is age 0.
    """
    ages, ended = arrays_of(ages, ended)
    if not ages.size:
        nobody = {"age": 0.0, "at_risk": 0, "ends": 0, "censored": 0, "survival": 1.0, "low": 1.0, "high": 1.0}
        return pd.DataFrame([nobody])
    with lifelines() as library:
        try:
            fit = library.KaplanMeierFitter(alpha=1 - level).fit(ages, ended, entry=entered)
        except library.exceptions.StatError:  # few are seen early and all of them end, as after a late entry
            fit = library.BreslowFlemingHarringtonFitter(alpha=1 - level).fit(ages, ended, entry=entered)
    counts = fit.event_table
    ends = fit.confidence_interval_.to_numpy()
    return pd.DataFrame(
        {
            "age": counts.index.to_numpy(float),
            "at_risk": counts["at_risk"].to_numpy(int),
            "ends": counts["observed"].to_numpy(int),
            "censored": counts["censored"].to_numpy(int),
            "survival": fit.survival_function_.to_numpy()[:, 0],
            "low": ends[:, 0],
            "high": ends[:, 1],
        }
    )


def arrays_of(ages: ArrayLike, ended: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Return ages and marks as arrays of one length."""
    ages, ended = np.asarray(ages, float), np.asarray(ended, bool)
    if ages.shape != ended.shape:
        raise ValueError(f"{ages.size} ages but {ended.size} marks of an end: one of each per exchange is needed.")
    return ages, ended


def survival_at(curve: pd.DataFrame, ages: Sequence[float]) -> pd.DataFrame:
    """Read the curve at given ages; beyond the last observed age nothing is known, so NaN."""
    place = np.searchsorted(curve["age"].to_numpy(), np.asarray(ages, float), side="right") - 1
    rows = curve.iloc[place][["survival", "low", "high"]].reset_index(drop=True)
    rows[np.asarray(ages, float) > curve["age"].max()] = np.nan
    return rows.assign(age=np.asarray(ages, float))[["age", "survival", "low", "high"]]


def median_life(curve: pd.DataFrame) -> float:
    """Find the age at which half of the exchanges have ended; NaN when more than half outlive the run."""
    below = curve[curve["survival"] <= 0.5]
    return float(below["age"].iloc[0]) if len(below) else float("nan")


def hazard_by_age(ages: ArrayLike, ended: ArrayLike, edges: Sequence[float], level: float = 0.95) -> pd.DataFrame:
    """Count ends per exchange-year in each class of age, with the exact Poisson interval.

    Interval of Garwood (1936), doi:10.1093/biomet/28.3-4.437.
    edges: limits of the classes in years; an end on a limit belongs to the class that begins there.
    """
    from scipy.stats import chi2

    ages, ended = arrays_of(ages, ended)
    lower, upper = np.asarray(edges[:-1], float), np.asarray(edges[1:], float)
    exposure = np.clip(ages[:, None] - lower, 0.0, upper - lower).sum(axis=0)
    ends = ((ages[:, None] >= lower) & (ages[:, None] < upper) & ended[:, None]).sum(axis=0)
    tail = (1.0 - level) / 2.0
    with np.errstate(divide="ignore", invalid="ignore"):
        hazard = ends / exposure
        low = np.where(ends > 0, chi2.ppf(tail, 2 * np.maximum(ends, 1)) / 2 / exposure, 0.0)
        high = chi2.ppf(1 - tail, 2 * ends + 2) / 2 / exposure
    frame = {"age_from": lower, "age_to": upper, "exposure": exposure, "ends": ends}
    unseen = exposure <= 0
    rates = {"hazard": hazard, "low": low, "high": high}
    return pd.DataFrame({**frame, **{name: np.where(unseen, np.nan, rate) for name, rate in rates.items()}})


def cumulative_incidence(
    ages: ArrayLike, reasons: Sequence[str | None], entered: ArrayLike | None = None
) -> pd.DataFrame:
    """Estimate the share of exchanges that have ended for each reason by age, when reasons compete.

    Aalen and Johansen (1978, Scandinavian Journal of Statistics 5, 141-150). reasons: None where it is censored.
    Exchanges that end at the same age, which lifelines would part at random, are parted by less than any age, those that
    are censored last; the shares at the age itself do not depend on their order. Columns: age, reason, incidence; the
    first row of each reason is age 0.
    """
    ages, causes = np.asarray(ages, float), np.array([None if one is None else str(one) for one in reasons], object)
    names = sorted({one for one in causes if one is not None})
    if not names:
        return pd.DataFrame(columns=["age", "reason", "incidence"])
    parted = without_ties(ages, np.array([one is not None for one in causes]))
    codes = np.array([0 if one is None else names.index(one) + 1 for one in causes])
    times = np.unique(np.concatenate([[0.0], ages]))
    last = np.searchsorted(np.sort(parted), [parted[ages <= time].max(initial=-1.0) for time in times], side="right")
    parts = []
    for code, name in enumerate(names, start=1):
        with lifelines() as library:
            fit = library.AalenJohansenFitter(calculate_variance=False)
            fit.fit(parted, codes, event_of_interest=code, entry=entered)
        steps = fit.cumulative_density_.reindex(np.concatenate([[0.0], np.sort(parted)])).to_numpy()[:, 0]
        parts.append(pd.DataFrame({"age": times, "reason": name, "incidence": steps[last]}))
    return pd.concat(parts, ignore_index=True)


def without_ties(ages: np.ndarray, ended: np.ndarray) -> np.ndarray:
    """Return the ages with equal ones parted by less than a tenth of the least distance of two, ends before others."""
    order = np.lexsort((~ended, ages))
    gaps = np.diff(np.unique(ages))
    least = float(gaps.min()) if gaps.size else 1.0
    rank = np.empty(ages.size)
    rank[order] = np.arange(1, ages.size + 1)
    return ages + rank * least / (10 * ages.size)


@dataclass(frozen=True)
class LogRank:
    """Comparison of groups: chi-square `statistic`, its degrees of freedom, `p`."""

    statistic: float
    degrees: int
    p: float


def log_rank(ages: ArrayLike, ended: ArrayLike, groups: Sequence) -> LogRank:
    """Test whether exchanges of several groups live equally long (Peto and Peto 1972, doi:10.2307/2344317)."""
    ages, ended = arrays_of(ages, ended)
    names = np.asarray(groups).astype(str)
    distinct = np.unique(names)
    if distinct.size < 2:
        raise ValueError(f"A comparison needs at least two groups; there is {distinct.tolist() or 'none'}.")
    with lifelines() as library:
        found = library.statistics.multivariate_logrank_test(ages, names, ended)
    return LogRank(float(found.test_statistic), distinct.size - 1, float(found.p_value))
