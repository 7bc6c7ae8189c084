"""How robust a policy is: regret by halves of the replicates, and the share of futures in which it is good enough."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from .effects import rests_on
from .policy_choice import MORE, by_policy, joint
from .two_way import BOTH, NOTHING, SHOCKS, Chance, mean_over

DRAWS = 2000


def regret(frame: pd.DataFrame, outcome: str, better: str = MORE, chance: Chance | None = None) -> pd.DataFrame:
    """Return how far each policy stays behind the best one of each future (Savage 1951, doi:10.1080/01621459.1951.10500768).

    The best policy of a future is chosen on one half of the replicates and the regret measured on the other half, both
    ways; chosen and measured on the same runs, the largest of several noisy means would always be ahead, and two policies
    that are the same would have a regret. The future of the worst regret is chosen by halves, too. With one replicate the
    regret is that of these shocks. Columns policy, mean_regret, low, high, worst_regret, worst_low, worst_high,
    worst_future (its point), best_in (share of futures in which it is the best), points, replicates, covers.
    """
    chance = chance or Chance()
    names, there = by_policy(frame, outcome, chance)
    values = there.values if better == MORE else -there.values
    halves = _halves(values.shape[1])
    behind = _behind(values, halves)
    means = values.mean(axis=1)
    best = (means >= means.max(axis=1, keepdims=True) - 1e-12).astype(float)
    best /= best.sum(axis=1, keepdims=True)
    rows = []
    for place, policy in enumerate(names):
        mine = behind[..., place]
        mean, worst = mean_over(mine, chance), mean_over(_worst(mine, halves), Chance(drawn=False))
        future = int(there.points[int(np.argmax(mine.mean(axis=1)))])
        row = {"policy": policy, "mean_regret": mean.estimate[0], "low": mean.low[0], "high": mean.high[0]}
        row |= {"worst_regret": worst.estimate[0], "worst_low": worst.low[0], "worst_high": worst.high[0]}
        row |= {"worst_future": future, "best_in": best[:, place].mean(), **rests_on(there, mean.covers)}
        rows.append(row)
    return pd.DataFrame(rows).sort_values("worst_regret").reset_index(drop=True)


def _halves(replicates: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return (those that choose, those that are measured), both ways; a single replicate does both."""
    every = np.arange(replicates)
    if replicates < 2:
        return [(every, every)]
    return [(every[::2], every[1::2]), (every[1::2], every[::2])]


def _behind(values: np.ndarray, halves: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Return each policy's distance from the policy that the other half chose: [points, replicates, policies]."""
    behind = np.empty_like(values)
    for choosing, measured in halves:
        best = values[:, choosing].mean(axis=1).argmax(axis=1)
        ahead = np.take_along_axis(values[:, measured], best[:, None, None], axis=2)
        behind[:, measured] = ahead - values[:, measured]
    return behind


def _worst(behind: np.ndarray, halves: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Return the regret in the future that the other half finds worst: [1, replicates]."""
    found = np.empty((1, behind.shape[1]))
    for choosing, measured in halves:
        found[0, measured] = behind[int(behind[:, choosing].mean(axis=1).argmax()), measured]
    return found


def satisficing(
    frame: pd.DataFrame,
    floors: Mapping[str, float] | None = None,
    ceilings: Mapping[str, float] | None = None,
    chance: Chance | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Return the share of futures in which each policy is good enough in every respect (Starr's domain criterion).

    floors: outcome -> least value, ceilings: outcome -> largest value, judged by the mean over replicates of a future.
    Interval: bootstrap over shocks, and over futures where these were drawn. Columns policy, share, low, high, points,
    replicates, covers; best first.
    """
    chance = chance or Chance()
    limits = [(name, limit, 1.0) for name, limit in (floors or {}).items()]
    limits += [(name, limit, -1.0) for name, limit in (ceilings or {}).items()]
    if not limits:
        raise ValueError("What is good enough has to be said: give floors, ceilings or both.")
    names, there = joint(frame, [name for name, *_ in limits], chance)
    least, signs = (np.array(part) for part in list(zip(*limits, strict=True))[1:])
    margins = (there.values - least) * signs
    points, replicates = margins.shape[:2]
    covers = NOTHING if chance.silent(replicates) else BOTH if chance.drawn and points > 1 else SHOCKS
    ends = [np.nan, np.nan] if covers == NOTHING else _spread(margins, chance, seed)
    table = pd.DataFrame({"policy": names, "share": _share(margins.mean(axis=1)), "low": ends[0], "high": ends[1]})
    table = table.assign(points=points, replicates=replicates, covers=covers)
    return table.sort_values("share", ascending=False).reset_index(drop=True)


def _share(margins: np.ndarray, over: Any = slice(None)) -> np.ndarray:
    """Return the share of futures (`over`: which) in which every margin is at least 0; margins: [points, policies, limits]."""
    enough = np.all(margins >= 0, axis=-1)
    return np.asarray(enough[over]).mean(axis=0)


def _spread(margins: np.ndarray, chance: Chance, seed: int) -> np.ndarray:
    """Return the ends of the 95 % interval by bootstrap: [2, policies]; margins: [points, replicates, policies, limits]."""
    rng = np.random.default_rng(seed)
    points, replicates = margins.shape[:2]
    found = []
    for _ in range(DRAWS):
        over = np.arange(points).reshape(-1, chance.block)
        if chance.drawn and points > 1:
            over = over[rng.integers(0, len(over), size=len(over))]
        drawn = rng.integers(0, replicates, replicates)
        found.append(_share(margins[:, drawn].mean(axis=1), over.ravel()))
    return np.quantile(found, [0.025, 0.975], axis=0)
