"""Measures 1 to 3: what deals make of the joint gain, how often there is one, who gets how much, and which terms are best."""

from __future__ import annotations

import numpy as np

from ecopark.abm.strategies.view import DEADLINE, EXPONENT, SPLITS

from .pool import Pool
from .rows import Row
from .table import Played, play

CLEAR = 0.05  # of the public value: a zone that is worth the word


def deals_of(scenario: str, pool: Pool, seeds: int) -> list[Row]:
    """Return measures 1 and 2 of two `default` sides, and of two `open` ones."""
    rows = []
    for name in ("default", "open"):
        played = [play(pool, name, name, seed) for seed in range(seeds)]
        rows += _of_strategy(scenario, pool, name, played)
    return [*rows, *_of_a_random_package(scenario, pool), *_splits(scenario, pool, play(pool, "default", "default"))]


def _of_strategy(scenario: str, pool: Pool, name: str, played: list[Played]) -> list[Row]:
    zone = pool.zone()
    has = zone >= 0.0
    clear = zone > CLEAR * pool.stake
    agreed = np.mean([one.agreed for one in played], 0)
    shares = [
        pool.gains(one.price, one.package) / np.where(has, np.maximum(zone, 1e-9), np.nan)[:, None] for one in played
    ]
    joint = np.array([share.sum(1) for share in shares])
    nash = np.array([4 * share[:, 0] * share[:, 1] for share in shares])
    apart = np.array([np.abs(share[:, 0] - share[:, 1]) / 2 for share in shares])
    good = name == "open"
    label = f"{scenario}, {name}"
    bounds = (1.0, None) if good else (0.80, 0.90)
    return [
        Row("1", f"{label}: realised / maximum, of deals", float(np.nanmean(joint[:, has])), 0.97),
        Row("1", f"{label}: Pareto loss of deals", 1 - float(np.nanmean(joint[:, has])), None, 0.03),
        Row("2", f"{label}: agreed, where there is a zone", float(agreed[has].mean()), *bounds),
        Row("2", f"{label}: agreed, zone > 5 % of the value", float(agreed[clear].mean()), 1.0 if good else 0.85),
        Row(
            "2", f"{label}: realised of all zones", float(np.nan_to_num(joint[:, has]).mean()), 0.97 if good else 0.80
        ),
        Row("2", f"{label}: Nash share of deals", float(np.nanmean(nash[:, has])), None if good else 0.65),
        Row("2", f"{label}: distance to Kalai-Smorodinsky", float(np.nanmean(apart[:, has])), None, None if good else 0.20),
        Row("2", f"{label}: seller's share of deals", float(np.nanmean([s[has, 0] for s in shares]))),
    ]  # fmt: skip


def _of_a_random_package(scenario: str, pool: Pool) -> list[Row]:
    """Return what a package drawn among those that suit both would realise of the maximum."""
    joint, zone = pool.worth().sum(1) - pool.least.sum(1)[:, None], pool.zone()
    has = zone >= 0.0
    suits = np.where(joint >= 0.0, joint, np.nan)[has]
    return [
        Row(
            "1",
            f"{scenario}: a random feasible package",
            float(np.nanmean(np.nanmean(suits, 1) / zone[has].clip(1e-9))),
        )
    ]


def _splits(scenario: str, pool: Pool, played: Played) -> list[Row]:
    """Return how often the capital is halved, and how often the package is the best one."""
    splits = pool.views[:, 0, SPLITS]
    best = np.nanargmax(pool.worth().sum(1), 1)
    deals = played.agreed & (pool.zone() >= 0.0)
    shared = deals & (splits > 1)
    half = (played.package % splits) == (splits - 1) / 2
    return [
        Row("1", f"{scenario}: capital split in half though a half is not best", _mean((half & (best != played.package))[shared]), None, 0.05),
        Row("1", f"{scenario}: best package hit", _mean((best == played.package)[deals])),
    ]  # fmt: skip


def _mean(values: np.ndarray) -> float:
    return float(values.mean()) if len(values) else float("nan")


def terms_of(scenario: str, pool: Pool) -> list[Row]:
    """Return measure 3: how often the best joint term is the shortest or the longest that can be talked about."""
    joint, splits = pool.worth().sum(1), pool.views[:, 0, SPLITS].astype(int)
    has = pool.zone() >= 0.0
    level = np.nanargmax(joint, 1) // splits  # 0 standard, 1 half, 2 twice
    ends = [(1, "shortest"), (2, "longest")]
    return [
        Row("3", f"{scenario}: best joint term is the {word} level", float((level[has] == number).mean()), None, 0.25)
        for number, word in ends
    ]


def late_conceders(scenario: str, pool: Pool, seeds: int) -> list[Row]:
    """Return whether sides that concede late, with deadlines 6 and 18, or at random, agree: two `open` ones."""
    zone = pool.zone()
    wide = pool.only(zone >= 0.1 * np.nanmax(np.abs(pool.worth().sum(1)), 1))
    late = _with(wide, np.array([[6, 18]]), np.array([[0.2, 0.2]]))
    rng = np.random.default_rng(seeds)
    drawn = _with(wide, rng.integers(2, 61, (len(wide), 2)), 10 ** rng.uniform(-1, 1, (len(wide), 2)))
    return [
        Row("2", f"{scenario}, open: deadlines 6 and 18, e 0.2, zone >= 10 %", float(play(late, "open", "open").agreed.mean()), 1.0),
        Row("2", f"{scenario}, open: any deadlines and curves, zone >= 10 %", float(play(drawn, "open", "open").agreed.mean()), 1.0),
    ]  # fmt: skip


def _with(pool: Pool, deadlines: np.ndarray, exponents: np.ndarray) -> Pool:
    """Return the talks with other deadlines and exponents."""
    views = pool.views.copy()
    views[:, :, DEADLINE], views[:, :, EXPONENT] = deadlines, exponents
    return Pool(views, pool.speaker)


def with_deadline(pool: Pool, meetings: int) -> Pool:
    """Return the talks with one deadline for both sides."""
    return _with(pool, np.array([[meetings, meetings]]), pool.views[:, :, EXPONENT])
