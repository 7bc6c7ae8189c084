"""Which policy to choose: paired differences, the Pareto front, and how robust a choice is.

The table of a sweep has `policy`, `point` (the future: a combination of uncertain factors), `replicate`, and
outcomes. All policies are run in the same futures on the same shocks, so that they are compared pair by pair.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from functools import reduce

import numpy as np
import pandas as pd

from .crossed_design import IncompleteDesignError, require_columns
from .uncertainty import bootstrap_interval, mean_interval

PAIR = ["point", "replicate"]


def paired_table(frame: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """Arrange an outcome by future and replicate (rows) and policy (columns); refuse a policy not run in all."""
    require_columns(frame, ["policy", *PAIR, outcome])
    wide = frame.pivot(index=PAIR, columns="policy", values=outcome)
    holes = wide.isna().any(axis=1)
    if holes.any():
        lacking = ", ".join(str(name) for name in wide.columns[wide.isna().any()])
        raise IncompleteDesignError(
            f"{outcome} is missing for {lacking} at", sorted(set(wide.index[holes].get_level_values(0)))
        )
    return wide


def complete_pairs(frame: pd.DataFrame, outcomes: Sequence[str]) -> tuple[pd.DataFrame, int]:
    """Keep the pairs of future and replicate in which every policy has every outcome; count those left out."""
    require_columns(frame, ["policy", *PAIR, *outcomes])
    whole = frame.assign(whole=frame[list(outcomes)].notna().all(axis=1))
    counts = whole.groupby(PAIR)["whole"].sum()
    kept = counts.index[counts == frame["policy"].nunique()]
    inside = pd.MultiIndex.from_frame(frame[PAIR]).isin(kept)
    return frame[inside], len(counts) - len(kept)


def paired_differences(
    frame: pd.DataFrame, outcomes: Sequence[str], baseline: str, level: float = 0.95
) -> pd.DataFrame:
    """Return what each policy changes against the baseline, future by future and shock by shock.

    Columns policy, outcome, mean (of the policy), difference, low, high (t interval over replicates, whose shocks are
    independent; over futures with one replicate), better (share of pairs in which it is larger).
    """
    rows = []
    for outcome in outcomes:
        wide = paired_table(frame, outcome)
        if baseline not in wide.columns:
            raise ValueError(
                f"There is no policy {baseline!r} to compare with; there are {', '.join(map(str, wide.columns))}."
            )
        for policy in wide.columns.drop(baseline):
            gap = wide[policy] - wide[baseline]
            several = gap.index.get_level_values("replicate").nunique() > 1
            found = mean_interval(gap.groupby("replicate").mean() if several else gap, level)
            rows.append((policy, outcome, wide[policy].mean(), gap.mean(), found.low, found.high, (gap > 0).mean()))
    return pd.DataFrame(rows, columns=["policy", "outcome", "mean", "difference", "low", "high", "better"])


def pareto_front(table: pd.DataFrame, goals: Mapping[str, str]) -> np.ndarray:
    """Mark the rows that no other row beats: none is at least as good in every goal and better in one. [rows] of bool.

    goals: column -> "max" or "min".
    """
    require_columns(table, list(goals))
    wrong = [goal for goal in goals.values() if goal not in ("max", "min")]
    if wrong:
        raise ValueError(f"A goal is to 'max' or to 'min' a column, not {', '.join(map(repr, wrong))}.")
    scores = np.column_stack(
        [table[name].to_numpy(float) * (1 if goal == "max" else -1) for name, goal in goals.items()]
    )
    as_good = np.all(scores[None, :, :] >= scores[:, None, :], axis=2)
    better = np.any(scores[None, :, :] > scores[:, None, :], axis=2)
    return np.asarray(~np.any(as_good & better, axis=1))


def policy_means(frame: pd.DataFrame, outcomes: Sequence[str], level: float = 0.95) -> pd.DataFrame:
    """Return the mean of each outcome by policy with its interval: columns NAME, NAME_low, NAME_high."""
    require_columns(frame, ["policy", *outcomes])
    rows = []
    for policy, runs in frame.groupby("policy"):
        row: dict[str, object] = {"policy": policy}
        for outcome in outcomes:
            found = mean_interval(runs[outcome].to_numpy(), level)
            row |= {outcome: found.estimate, f"{outcome}_low": found.low, f"{outcome}_high": found.high}
        rows.append(row)
    return pd.DataFrame(rows)


def regret(frame: pd.DataFrame, outcome: str, goal: str = "max") -> pd.DataFrame:
    """Return how far each policy stays behind the best one of each future (mean over replicates).

    Columns policy, mean_regret, worst_regret (Savage 1951, doi:10.1080/01621459.1951.10500768), best_in (share of
    futures in which it is the best), worst_future (point of the worst regret). Least worst regret first.
    """
    means = paired_table(frame, outcome).groupby("point").mean()
    best = means.max(axis=1) if goal == "max" else means.min(axis=1)
    behind = means.sub(best, axis=0).abs()
    table = pd.DataFrame(
        {
            "mean_regret": behind.mean(),
            "worst_regret": behind.max(),
            "best_in": (behind <= 1e-12).mean(),
            "worst_future": behind.idxmax(),
        }
    )
    return table.rename_axis("policy").reset_index().sort_values("worst_regret").reset_index(drop=True)


def satisficing(
    frame: pd.DataFrame,
    floors: Mapping[str, float] | None = None,
    ceilings: Mapping[str, float] | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Return the share of futures in which each policy is good enough in every respect (Starr's domain criterion).

    floors: outcome -> least value, ceilings: outcome -> largest value, judged by the mean over replicates. Columns
    policy, share, low, high (bootstrap over futures); best first.
    """
    floors, ceilings = dict(floors or {}), dict(ceilings or {})
    if not floors and not ceilings:
        raise ValueError("What is good enough has to be said: give floors, ceilings or both.")
    enough = [
        sign * paired_table(frame, outcome).groupby("point").mean() >= sign * limit
        for limits, sign in ((floors, 1.0), (ceilings, -1.0))
        for outcome, limit in limits.items()
    ]
    good = reduce(operator.and_, enough)
    rows = []
    for policy in good.columns:
        found = bootstrap_interval(good[policy].to_numpy(float), seed=seed)
        rows.append((policy, found.estimate, found.low, found.high))
    table = pd.DataFrame(rows, columns=["policy", "share", "low", "high"])
    return table.sort_values("share", ascending=False).reset_index(drop=True)
