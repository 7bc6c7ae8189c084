"""Which policy to choose: paired differences, and the front of policies that no other beats.

The table of a sweep has `policy`, `point` (the future: a combination of uncertain factors), `replicate`, and
outcomes. All policies are run in the same futures, on common shocks also on the same ones, so that they are compared
pair by pair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from .crossed_design import Crossed, UnsuitableDesignError, crossed, require_columns
from .effects import rests_on
from .two_way import BOTH, NOTHING, SHOCKS, Chance, mean_over

DRAWS = 2000
MORE, LESS = "more", "less"


def by_policy(frame: pd.DataFrame, outcome: str, chance: Chance) -> tuple[list[str], Crossed]:
    """Arrange an outcome by policy: names, and [points, replicates, policies] without holes.

    A pair of future and replicate in which one policy has no value is left out for all, by whole futures or replicates
    (`crossed_design.crossed`); a pair that was not run yet for all is none.
    """
    require_columns(frame, ["policy", "point", "replicate", outcome])
    names = [str(name) for name in frame["policy"].unique()]
    wide = frame.pivot(index=["point", "replicate"], columns="policy", values=outcome)[names]
    made = frame.assign(made=1.0).pivot(index=["point", "replicate"], columns="policy", values="made")[names]
    sound = wide[made.notna().all(axis=1)].astype(float)
    sound[~np.isfinite(sound.to_numpy()).all(axis=1)] = np.nan
    tables = [crossed(sound[name].rename(outcome).reset_index(), outcome, chance.block, chance.unit) for name in names]
    first = tables[0]
    return names, Crossed(np.stack([one.values for one in tables], -1), first.points, first.replicates, first.left_out)


def paired_differences(
    frame: pd.DataFrame, outcome: str, baseline: str, better: str = MORE, chance: Chance | None = None
) -> pd.DataFrame:
    """Return what each policy changes against the baseline, future by future and shock by shock.

    better: "more", "less" or "none". Columns policy, mean (of the policy), difference, low, high (two-way over points and
    shocks, `two_way.mean_over`), better_in (share of pairs in which it is better), points, replicates, covers.
    """
    chance = chance or Chance()
    names, there = by_policy(frame, outcome, chance)
    if baseline not in names:
        raise ValueError(f"There is no policy {baseline!r} to compare with; there are {', '.join(names)}.")
    base = there.values[..., names.index(baseline)]
    rows = []
    for place, policy in enumerate(names):
        if policy != baseline:
            gap = there.values[..., place] - base
            found = mean_over(gap, chance)
            wins = {MORE: gap > 0, LESS: gap < 0}.get(better)
            share = float(wins.mean()) if wins is not None else float("nan")
            ends = {"difference": found.estimate[0], "low": found.low[0], "high": found.high[0], "better_in": share}
            mean = float(there.values[..., place].mean())
            rows.append({"policy": policy, "mean": mean, **ends, **rests_on(there, found.covers)})
    return pd.DataFrame(rows)


def policy_means(frame: pd.DataFrame, outcome: str, chance: Chance | None = None) -> pd.DataFrame:
    """Return the mean of an outcome by policy with its interval: policy, mean, low, high, points, replicates, covers."""
    chance = chance or Chance()
    names, there = by_policy(frame, outcome, chance)
    rows = []
    for place, policy in enumerate(names):
        found = mean_over(there.values[..., place], chance)
        ends = {"mean": found.estimate[0], "low": found.low[0], "high": found.high[0]}
        rows.append({"policy": policy, **ends, **rests_on(there, found.covers)})
    return pd.DataFrame(rows)


def front_probability(
    frame: pd.DataFrame, goals: Mapping[str, str], chance: Chance | None = None, seed: int = 0
) -> pd.DataFrame:
    """Return how probable it is that each policy is on the Pareto front of its mean outcomes.

    goals: outcome -> "more" or "less". Bootstrap jointly for all policies and goals: over replicates, and over points
    where these were drawn. Policies with the same outcomes share a place: of two that are the same each has 0.5. With one
    replicate on common shocks nothing is known beyond these: probability NaN. Columns policy, on_front (by the means of
    all runs), probability, points, replicates, covers.
    """
    wrong = [goal for goal in goals.values() if goal not in (MORE, LESS)]
    if wrong or not goals:
        raise ValueError(f"A goal is 'more' or 'less' of an outcome, not {', '.join(map(repr, wrong)) or 'nothing'}.")
    chance = chance or Chance()
    names, there = joint(frame, list(goals), chance)
    values = there.values * np.array([1.0 if goal == MORE else -1.0 for goal in goals.values()])
    points, replicates = values.shape[:2]
    means = values.mean(axis=(0, 1))
    covers = NOTHING if chance.silent(replicates) else BOTH if chance.drawn and points > 1 else SHOCKS
    found = _places(means[None])[0]
    shares = (
        np.full(len(names), np.nan) if covers == NOTHING else _places(_resampled(values, chance, seed)).mean(axis=0)
    )
    table = pd.DataFrame({"policy": names, "on_front": found > 0, "probability": shares})
    return table.assign(points=points, replicates=replicates, covers=covers)


def joint(frame: pd.DataFrame, outcomes: Sequence[str], chance: Chance) -> tuple[list[str], Crossed]:
    """Arrange several outcomes where all have a value: policies, and [points, replicates, policies, outcomes]."""
    tables = [by_policy(frame, name, chance) for name in outcomes]
    points = _common([one.points for _, one in tables])
    replicates = _common([one.replicates for _, one in tables])
    if not points.size or not replicates.size:
        raise UnsuitableDesignError("Policies cannot be compared: in no future have all of them every outcome.")
    parts = [one.values[np.isin(one.points, points)][:, np.isin(one.replicates, replicates)] for _, one in tables]
    left_out = "; ".join(dict.fromkeys(one.left_out for _, one in tables if one.left_out))
    return tables[0][0], Crossed(np.stack(parts, axis=-1), points, replicates, left_out)


def _common(sets: Sequence[np.ndarray]) -> np.ndarray:
    found = sets[0]
    for one in sets[1:]:
        found = np.intersect1d(found, one)
    return found


def _resampled(values: np.ndarray, chance: Chance, seed: int) -> np.ndarray:
    """Return bootstrap means [draws, policies, goals]."""
    points, replicates = values.shape[:2]
    rng = np.random.default_rng(seed)
    if not chance.common:  # cells are independent: a replicate of a point is drawn on its own
        values = _shuffled(values, rng)
    blocks = points // chance.block
    over_points = np.full((DRAWS, points), 1 / points)
    if chance.drawn and points > 1:
        drawn = rng.multinomial(blocks, np.full(blocks, 1 / blocks), DRAWS) / blocks
        over_points = drawn[:, chance.groups(points)] / chance.block
    over_shocks = rng.multinomial(replicates, np.full(replicates, 1 / replicates), DRAWS) / replicates
    flat = (over_points @ values.reshape(points, -1)).reshape(DRAWS, *values.shape[1:])
    return np.einsum("dr,drpg->dpg", over_shocks, flat)


def _shuffled(values: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return the values with the replicates of each point in an order of its own."""
    order = rng.permuted(np.tile(np.arange(values.shape[1]), (len(values), 1)), axis=1)
    return np.take_along_axis(values, order[:, :, None, None], axis=1)


def _places(scores: np.ndarray) -> np.ndarray:
    """Return the share of a place on the front of each policy: [draws, policies]; scores: [draws, policies, goals]."""
    mine, other = scores[:, :, None], scores[:, None, :]
    as_good, better = (other >= mine).all(-1), (other > mine).any(-1)
    same = (other == mine).all(-1).sum(-1)
    return ~(as_good & better).any(-1) / same
