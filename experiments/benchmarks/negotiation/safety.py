"""Measure 4: what a script gains over an honest player, over up to three talks of a pair; and how far a constant may move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ecopark.abm.input.loading import load_scenario
from ecopark.abm.strategies.view import OPENNESS

from .pool import Pool
from .rows import Row
from .scripts import Script, listed, unlisted
from .table import play

ATTEMPTS = 3
OPEN_SHARES = (0.0, 0.1, 0.25, 0.5, 1.0)  # negotiation.open: points of the frontier
RELEASE = 2026_11  # draws the scripts that nobody has listed; another release takes another number


@dataclass(frozen=True)
class Gain:
    """What a script gains over the rule against itself, both seats together: in mean share of the zone, and in EUR."""

    script: str
    share: float
    money: float


def gains_of(pool: Pool, scripts: Sequence[Script], seeds: int, rule: str = "default") -> list[Gain]:
    """Return what each script gains, best first. Money is the sum over talks in place of the mean share."""
    honest = sum(_own(pool, rule, rule, side, seeds) for side in (0, 1))
    found = []
    for script in scripts:
        own = _own(pool, script.strategy, rule, 0, seeds, script) + _own(pool, rule, script.strategy, 1, seeds, script)
        share, money = own / honest - 1.0
        found.append(Gain(script.label, float(share), float(money)))
    return sorted(found, key=lambda one: -one.share)


def _own(pool: Pool, seller: str, buyer: str, side: int, seeds: int, script: Script | None = None) -> np.ndarray:
    """Return own gain of one side above its least gain: mean share of the zone, and share of all zones in EUR."""
    zone = pool.zone()
    has = zone >= 0.0
    constants = None if script is None or not script.constants else {side: script.memory}
    total = np.zeros(2)
    for seed in range(seeds):
        played = play(pool, seller, buyer, seed, ATTEMPTS, constants)
        own = np.nan_to_num(pool.gains(played.price, played.package)[has, side])
        total += (np.mean(own / np.maximum(zone[has], 1e-9)), own.sum() / zone[has].sum())
    return total / seeds


def safety_of(scenario: str, pool: Pool, seeds: int, drawn: int = 24) -> list[Row]:
    """Return the best scripts: of the shipped list, and of scripts drawn anew that nobody has listed."""
    rows = []
    for words, scripts, bound in (("listed", listed(), 0.05), ("drawn", unlisted(RELEASE, drawn), 0.10)):
        best = gains_of(pool, scripts, seeds)
        rows.append(
            Row("4", f"{scenario}: best {words} script ({best[0].script})", best[0].share, None, bound, "+.0%",
                {"scripts": [vars(one) for one in best]})
        )  # fmt: skip
        money = max(best, key=lambda one: one.money)
        rows.append(
            Row("4", f"{scenario}: best {words} script in EUR ({money.script})", money.money, None, 0.10, "+.0%")
        )
        over = sum(one.share > bound for one in best)
        rows.append(Row("4", f"{scenario}: {words} scripts above their bound, of {len(best)}", over, None, None, ".0f"))
    return rows


def frontier(scenario: str, pool: Pool, seeds: int) -> list[Row]:
    """Return what more or fewer open talks bring: realised of all zones, agreed, and the best listed script."""
    rows = []
    usual = float(load_scenario(scenario)["negotiation.open"])
    for share in OPEN_SHARES if usual > 0.0 else ():
        views = pool.views.copy()
        views[:, :, OPENNESS] = np.minimum(1.0, views[:, :, OPENNESS] * share / usual)
        other = Pool(views, pool.speaker)
        has, best = other.zone() >= 0.0, gains_of(other, listed(), seeds)[0]
        played = [play(other, "default", "default", seed) for seed in range(seeds)]
        own = [
            np.nan_to_num(other.gains(one.price, one.package).sum(1) / np.maximum(other.zone(), 1e-9)) for one in played
        ]
        label = f"{scenario}, negotiation.open {share:g}"
        rows += [
            Row("4", f"{label}: agreed", float(np.mean([one.agreed[has].mean() for one in played]))),
            Row("4", f"{label}: realised of all zones", float(np.mean([one[has].mean() for one in own]))),
            Row("4", f"{label}: best listed script ({best.script})", best.share, None, None, "+.0%"),
        ]
    return rows


def moved_constants(scenario: str, pool: Pool, seeds: int) -> list[Row]:
    """Return the best listed script when one number of the short rule is a quarter larger or smaller."""
    from .variants import NUMBERS, variant

    rows = []
    for name in NUMBERS:
        found = {factor: _best(pool, *variant(name, factor), seeds) for factor in (0.75, 1.25)}
        worst = max(found, key=lambda factor: found[factor])
        what = f"{scenario}: best listed script, {name} moved by a quarter (worst: x {worst:g})"
        rows.append(Row("4", what, found[worst], None, 0.15, "+.0%", {"by_factor": found}))
    return rows


def _best(pool: Pool, rule: str, constants: np.ndarray, seeds: int) -> float:
    return max(_against(pool, script, rule, constants, seeds) for script in listed())


def _against(pool: Pool, script: Script, rule: str, constants: np.ndarray, seeds: int) -> float:
    zone = pool.zone()
    has = zone >= 0.0
    own = np.zeros(2)
    for seed in range(seeds):
        for side in (0, 1):
            honest = play(pool, rule, rule, seed, ATTEMPTS, {0: constants, 1: constants})
            names = (script.strategy, rule) if side == 0 else (rule, script.strategy)
            cheat = play(pool, *names, seed, ATTEMPTS, {side: script.memory, 1 - side: constants})
            for place, played in enumerate((cheat, honest)):
                gain = np.nan_to_num(pool.gains(played.price, played.package)[has, side])
                own[place] += np.mean(gain / np.maximum(zone[has], 1e-9))
    return float(own[0] / own[1] - 1.0)
