"""How long exchanges live: survival with censoring, hazard by age, competing reasons, comparison of groups.

Times are ages of exchanges in years; an exchange still running when the run stops is censored there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike


def lifetimes(exchanges: pd.DataFrame, months: int) -> pd.DataFrame:
    """Add to each exchange that started its `age` in years, at its end or at the end of the run, and if it `ended`.

    months: number of months simulated. Exchanges that never started are left out.
    """
    started = exchanges[exchanges["start_month"].notna()].copy()
    ended = started["end_month"].notna().to_numpy()
    stop = started["end_month"].fillna(float(months)).to_numpy(float)
    started["age"] = (stop - started["start_month"].to_numpy(float)) / 12.0
    started["ended"] = ended
    return started.reset_index(drop=True)


def life_table(ages: ArrayLike, ended: ArrayLike) -> pd.DataFrame:
    """Count at each distinct age how many were at risk just before, how many ended, how many were censored."""
    ages, ended = np.asarray(ages, float), np.asarray(ended, bool)
    if ages.shape != ended.shape:
        raise ValueError(f"{ages.size} ages but {ended.size} marks of an end: one of each per exchange is needed.")
    times, place = np.unique(ages, return_inverse=True)
    ends = np.bincount(place, weights=ended, minlength=times.size)
    gone = np.bincount(place, minlength=times.size)
    at_risk = ages.size - np.concatenate([[0], np.cumsum(gone)[:-1]]) if times.size else gone
    censored = (gone - ends).astype(int)
    return pd.DataFrame({"age": times, "at_risk": at_risk, "ends": ends.astype(int), "censored": censored})


def kaplan_meier(ages: ArrayLike, ended: ArrayLike, level: float = 0.95) -> pd.DataFrame:
    """Estimate the share S(t) of exchanges still running at age t, with a pointwise confidence band.

    S(t) = product over ends at s <= t of (1 - d_s / n_s); variance by Greenwood; band on the log(-log S) scale, which
    stays in [0, 1] (Kaplan and Meier 1958, doi:10.1080/01621459.1958.10501452; Kalbfleisch and Prentice 2002,
    doi:10.1002/9781118032985). The first row is age 0.
    """
    from scipy.special import ndtri

    table = life_table(ages, ended)
    at_risk, ends = table["at_risk"].to_numpy(float), table["ends"].to_numpy(float)
    survival = np.cumprod(1.0 - ends / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(ends / (at_risk * (at_risk - ends)))
        spread = float(ndtri(0.5 + level / 2)) * np.sqrt(greenwood) / np.log(survival)
        low, high = survival ** np.exp(-spread), survival ** np.exp(spread)
    certain = (survival >= 1.0) | (survival <= 0.0)
    low, high = np.where(certain, survival, low), np.where(certain, survival, high)
    curve = table.assign(
        survival=survival, se=survival * np.sqrt(np.where(certain, 0.0, greenwood)), low=low, high=high
    )
    origin = pd.DataFrame([{"age": 0.0, "at_risk": int(np.size(ages)), "ends": 0, "censored": 0}])
    origin = origin.assign(survival=1.0, se=0.0, low=1.0, high=1.0)
    return pd.concat([origin, curve], ignore_index=True) if len(curve) else origin


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

    ages, ended = np.asarray(ages, float), np.asarray(ended, bool)
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


def cumulative_incidence(ages: ArrayLike, reasons: Sequence[str | None], level: float = 0.95) -> pd.DataFrame:
    """Estimate the share of exchanges that have ended for each reason by age, when reasons compete.

    I_r(t) = sum over s <= t of S(s-) d_rs / n_s, so that all I_r and S add up to 1 (Aalen and Johansen 1978,
    Scandinavian Journal of Statistics 5, 141-150). The interval is normal and cut to [0, 1]. reasons: None where it
    is censored.
    Columns: age, reason, incidence, se, low, high; the first row of each reason is age 0.
    """
    causes = pd.Series(list(reasons), dtype=object)
    table = life_table(ages, causes.notna())
    at_risk, ends = table["at_risk"].to_numpy(float), table["ends"].to_numpy(float)
    before = np.concatenate([[1.0], np.cumprod(1.0 - ends / at_risk)[:-1]]) if len(table) else ends
    parts = [
        incidence_of(str(name), np.asarray(ages, float)[(causes == name).to_numpy()], table, before, level)
        for name in sorted(causes.dropna().unique())
    ]
    columns = ["age", "reason", "incidence", "se", "low", "high"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def incidence_of(name: str, ages: np.ndarray, table: pd.DataFrame, before: np.ndarray, level: float) -> pd.DataFrame:
    """Estimate the incidence of one reason; ages: of its ends, before: survival just before each age."""
    from scipy.special import ndtri

    times, at_risk, ends = (table[column].to_numpy(float) for column in ("age", "at_risk", "ends"))
    mine = np.searchsorted(np.sort(ages), times, side="right") - np.searchsorted(np.sort(ages), times, side="left")
    incidence = np.cumsum(before * mine / at_risk)
    se = np.sqrt(np.maximum(aalen_variance(incidence, before, mine, ends, at_risk), 0.0))
    reach = float(ndtri(0.5 + level / 2)) * se
    frame = pd.DataFrame({"age": times, "incidence": incidence, "se": se})
    frame["low"], frame["high"] = np.maximum(incidence - reach, 0.0), np.minimum(incidence + reach, 1.0)
    origin = pd.DataFrame([{"age": 0.0, "incidence": 0.0, "se": 0.0, "low": 0.0, "high": 0.0}])
    return pd.concat([origin, frame], ignore_index=True).assign(reason=name)


def aalen_variance(
    incidence: np.ndarray, before: np.ndarray, mine: np.ndarray, ends: np.ndarray, at_risk: np.ndarray
) -> np.ndarray:
    """Estimate the variance of an incidence at each age: Greenwood's part, the own part, and their covariance.

    sum_s (I(t)-I(s))^2 d_s/(n_s(n_s-d_s)) + sum_s S(s-)^2 d_rs(n_s-d_rs)/n_s^3 - 2 sum_s (I(t)-I(s)) S(s-) d_rs/n_s^2,
    over s <= t (delta method, as in Marubini and Valsecchi 1995). Arrays by age: I, S(s-), d_r, d, n.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.where(at_risk > ends, ends / (at_risk * (at_risk - ends)), 0.0)
    own = before**2 * mine * (at_risk - mine) / at_risk**3
    joint = before * mine / at_risk**2
    gap = np.tril(incidence[:, None] - incidence[None, :])
    return gap**2 @ greenwood + np.cumsum(own) - 2 * gap @ joint


@dataclass(frozen=True)
class LogRank:
    """Comparison of groups: chi-square `statistic`, its degrees of freedom, `p`, ends seen and expected."""

    statistic: float
    degrees: int
    p: float
    groups: pd.DataFrame


def log_rank(ages: ArrayLike, ended: ArrayLike, groups: Sequence) -> LogRank:
    """Test whether exchanges of several groups live equally long (Peto and Peto 1972, doi:10.2307/2344317).

    At each age with ends a group is expected to have its share of those at risk; the covariance is hypergeometric.
    """
    from scipy.stats import chi2

    ages, ended = np.asarray(ages, float), np.asarray(ended, bool)
    names, member = np.unique(np.asarray(groups).astype(str), return_inverse=True)
    if names.size < 2:
        raise ValueError(f"A comparison needs at least two groups; there is {names.tolist() or 'none'}.")
    one_hot = np.eye(names.size)[member]
    times = np.unique(ages[ended])
    at_risk = (ages[None, :] >= times[:, None]).astype(float) @ one_hot
    ends = ((ages[None, :] == times[:, None]) & ended).astype(float) @ one_hot
    total, dead = at_risk.sum(1), ends.sum(1)
    share = at_risk / np.maximum(total, 1.0)[:, None]
    expected = (dead[:, None] * share).sum(0)
    factor = dead * (total - dead) / np.maximum(total - 1.0, 1.0)
    covariance = np.diag((factor[:, None] * share).sum(0)) - np.einsum("t,ti,tj->ij", factor, share, share)
    surplus = (ends.sum(0) - expected)[:-1]
    statistic = float(surplus @ np.linalg.pinv(covariance[:-1, :-1]) @ surplus)
    frame = pd.DataFrame({"group": names, "exchanges": one_hot.sum(0), "ends": ends.sum(0), "expected": expected})
    return LogRank(statistic, names.size - 1, float(chi2.sf(statistic, names.size - 1)), frame)
