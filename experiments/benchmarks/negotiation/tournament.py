"""Measure 5: every strategy against every other, on the same talks, with 20 and with 200 meetings."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

import numpy as np

from ecopark.abm.strategies import NAMES

from .pool import Pool
from .quality import with_deadline
from .rows import Row
from .scripts import Script
from .table import play

ENTRANTS = (
    Script("boulware", "script_programme", (1.0, 0.0, 0.2, 9.0)),
    Script("linear", "script_programme", (1.0, 0.0, 1.0, 9.0)),
    Script("conceder", "script_programme", (1.0, 0.0, 2.0, 9.0)),
    Script("tit for tat", "script_echo", (1.0, 1.0, 0.0, 9.0)),
)


NEGMAS = tuple(
    f"negmas:{name}Negotiator" for name in ("BoulwareTB", "LinearTB", "ConcederTB", "MiCRO", "NaiveTitForTat")
)
GUEST_TALKS = 40


def entrants(extra: Sequence[str] = ()) -> list[Script]:
    """Return who plays: the built-in strategies, four classics, and named ones."""
    return [*(Script(name, name) for name in NAMES), *ENTRANTS, *(Script(name, name) for name in extra)]


def matrix(pool: Pool, players: Sequence[Script], seeds: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (own share, agreed, realised) [row, column]: what the row gets of the zone against the column, both seats."""
    zone = pool.zone()
    has = pool.only(zone > 0.0)
    zone = zone[zone > 0.0]
    shape = (len(players), len(players))
    own, agreed, realised = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for a, seller in enumerate(players):
        for b, buyer in enumerate(players):
            constants = {side: one.memory for side, one in enumerate((seller, buyer)) if one.constants}
            for seed in range(seeds):
                played = play(has, seller.strategy, buyer.strategy, seed, 1, constants)
                shares = np.nan_to_num(has.gains(played.price, played.package)) / zone[:, None]
                own[a, b] += shares[:, 0].mean() / (2 * seeds)
                own[b, a] += shares[:, 1].mean() / (2 * seeds)
                for table, part in ((agreed, played.agreed.mean()), (realised, shares.sum(1).mean())):
                    table[a, b] += part / (2 * seeds)
                    table[b, a] += part / (2 * seeds)
    return own, agreed, realised


def equilibrium(own: np.ndarray, steps: int = 5000) -> np.ndarray:
    """Return the shares of strategies that imitation leads to: replicator dynamics from a field of all."""
    share = np.full(len(own), 1.0 / len(own))
    for _ in range(steps):
        worth = own @ share
        share = share * worth
        share /= share.sum()
    return share


def with_guests(scenario: str, pool: Pool) -> list[Row]:
    """Return the place of `default` among these and negotiators of NegMAS, as the measure names its field.

    Guests are slow, so that they play some talks that are spread over the pool, with 20 meetings. Nothing without NegMAS.
    """
    if find_spec("negmas") is None:
        return []
    players = entrants(NEGMAS)
    spread = np.unique(np.linspace(0, len(pool) - 1, GUEST_TALKS).astype(int))
    own, agreed, _ = matrix(with_deadline(pool.only(spread), 20), players, 1)
    mean, names = own.mean(1), [one.label for one in players]
    place = 1 + int((mean > mean[names.index("default")]).sum())
    table = {name: [float(mean[row]), float(agreed[row].mean())] for row, name in enumerate(names)}
    what = f"{scenario}, 20 meetings, {len(spread)} talks: place of default among {len(players)} with five of NegMAS"
    return [Row("5", what, place, None, len(players) / 3, ".1f", {"own_agreed": table})]


def tournament(scenario: str, pool: Pool, seeds: int, extra: Sequence[str] = ()) -> list[Row]:
    """Return measure 5."""
    rows = []
    players = entrants(extra)
    names = [one.label for one in players]
    home = names.index("default")
    for meetings in (20, 200):
        own, agreed, realised = matrix(with_deadline(pool, meetings), players, seeds)
        mean = own.mean(1)
        place = 1 + int((mean > mean[home]).sum())
        field = [own[row, home] / own[home, home] - 1.0 for row in range(len(players))]
        best = max((row for row in range(len(players)) if row != home), key=lambda row: field[row])
        where = f"{scenario}, {meetings} meetings"
        table = {name: [float(one[row].mean()) for one in (own, agreed, realised)] for row, name in enumerate(names)}
        shares = dict(zip(names, equilibrium(own).round(3).tolist(), strict=True))
        detail = {"own_agreed_realised": table, "equilibrium": shares, "own": own.tolist(), "names": names}
        rows += [
            Row("5", f"{where}: place of default among {len(players)} by own share", place, None, len(players) / 3, ".1f", detail),
            Row("5", f"{where}: gain of {names[best]} in a field of defaults", field[best], None, 0.05, "+.0%"),
            *(Row("5", f"{where}: own share of {name}", table[name][0], detail={"agreed": table[name][1]}) for name in names),
        ]  # fmt: skip
    return rows
