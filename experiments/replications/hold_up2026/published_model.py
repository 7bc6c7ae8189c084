"""R2, the model: the hold-up game in industrial symbiosis (Dev-Fanboy/Symbiosis-Netlogo, 2026), rebuilt.

Producers (investing or cautious) and consumers (honest or opportunistic) walk on a torus. An investing producer pays
for a link to a consumer nearby; linked pairs play the hold-up game every tick; agents copy richer neighbours. Money is
in the unit of the surplus, lengths are cells, time is ticks. Agents 0 to n - 1 are producers, n to 2n - 1 consumers;
strategy (2n,) is true for investing and for honest. Compiled, because the published design has 4,320 runs of 1,000
ticks; without compilation (`NUMBA_DISABLE_JIT=1`) the same file runs as plain Python.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit

REACH = 5.0
"""How far an agent looks for a partner or a mentor, cells."""
WEALTH, LIVING = 50.0, 0.5
"""Wealth at the start, cost of living per tick."""
SCRAP = 1.0
"""What a held-up producer still gets per tick."""
MUTATION = 0.01
"""Chance that an agent draws its strategy at random instead."""
CYCLES = 5.0
"""Lock-in periods over which the risk rule spreads the investment."""
LONG_AGO = -(10**9)


class Setting(NamedTuple):
    """One parameter point and the reading of the model it is run with."""

    turbulence: float
    """sd of the value of an exchange."""
    contract: float
    """Chance per tick that the law makes an opportunist honest."""
    memory: int
    """Ticks a producer avoids a consumer that held it up."""
    cost: float
    """Investment of the producer."""
    surplus: float
    """Mean value of an exchange per tick."""
    lock_in: int
    """Ticks before a link may break or its ends may learn."""
    every_tick: bool = False
    """Charge the investment every tick of a link instead of once at its start."""
    risk_rule: bool = True
    """Producers weigh risk and contract before they copy (as posted); False: they copy as consumers do."""
    everyone_mutates: bool = False
    """Mutation reaches every agent every tick; False: only one that has just met a richer neighbour (as posted)."""
    ticks: int = 1000
    agents: int = 50
    """Number of producers, and of consumers."""
    side: float = 33.0
    """Side of the torus, cells."""


@njit(nogil=True, cache=True)
def near(position, i, j, side):
    """Tell whether agents i and j of position (2n, 2) are within reach on the torus."""
    dx = abs(position[i, 0] - position[j, 0])
    dy = abs(position[i, 1] - position[j, 1])
    dx = min(dx, side - dx)
    dy = min(dy, side - dy)
    return dx * dx + dy * dy <= REACH * REACH


@njit(nogil=True, cache=True)
def split(value, honest):
    """Return what producer and consumer get from an exchange of this value: halves, or scrap and the rest."""
    if honest:
        return value / 2, value / 2
    return SCRAP, value - SCRAP


@njit(nogil=True, cache=True)
def worth_investing(value, opportunists, setting):
    """Tell whether the risk rule favours investing.

    V/2 (1 - e) + e - turbulence / 2 - cost / (5 lock-in) > 0.5 with e = share of opportunists x (1 - contract).
    """
    exposure = opportunists * (1 - setting.contract)
    expected = value / 2 * (1 - exposure) + SCRAP * exposure
    return expected - 0.5 * setting.turbulence - setting.cost / (CYCLES * setting.lock_in) > LIVING


@njit(nogil=True, cache=True)
def walk(position, heading, partner, side, rng):
    """Move every agent without a link one cell ahead after a turn of -25 to 24 degrees, in place."""
    n = partner.size
    linked = np.zeros(2 * n, dtype=np.bool_)
    for p in range(n):
        if partner[p] >= 0:
            linked[p] = linked[n + partner[p]] = True
    for i in range(2 * n):
        if not linked[i]:
            heading[i] += rng.integers(0, 50) - 25
            position[i, 0] = (position[i, 0] + math.sin(math.radians(heading[i]))) % side
            position[i, 1] = (position[i, 1] + math.cos(math.radians(heading[i]))) % side


@njit(nogil=True, cache=True)
def end_links(now, partner, age, held_up, strategy, lock_in):
    """Age all links by a tick and end those past the lock-in with an opportunist, in place.

    partner (n,): consumer 0 to n - 1 or -1; age (n,) ticks; held_up (n, n): tick a producer last left a consumer.
    """
    n = partner.size
    for p in range(n):
        if partner[p] >= 0:
            age[p] += 1
            if age[p] >= lock_in and not strategy[n + partner[p]]:
                held_up[p, partner[p]] = now
                partner[p] = -1


@njit(nogil=True, cache=True)
def start_links(now, position, partner, age, held_up, wealth, strategy, setting, cost, rng):
    """Link every free investing producer to a random consumer within reach that it does not avoid, in place."""
    n = partner.size
    candidates = np.empty(n, dtype=np.int64)
    for p in range(n):
        if not strategy[p] or partner[p] >= 0:
            continue
        count = 0
        for c in range(n):
            if now - held_up[p, c] >= setting.memory and near(position, p, n + c, setting.side):
                candidates[count] = c
                count += 1
        if count > 0:
            partner[p] = candidates[rng.integers(0, count)]
            age[p] = 0
            wealth[p] -= cost


@njit(nogil=True, cache=True)
def play(value, partner, strategy, wealth, contract, cost, rng):
    """Play one round of the hold-up game on every link, in place; each linked producer pays `cost`."""
    n = partner.size
    for p in range(n):
        if partner[p] >= 0:
            consumer = n + partner[p]
            forced = rng.random() < contract
            ours, theirs = split(value, forced or strategy[consumer])
            wealth[p] += ours - cost
            wealth[consumer] += theirs


@njit(nogil=True, cache=True)
def locked_in(partner, age, lock_in):
    """Return (2n,) whether an agent is an end of a link younger than the lock-in."""
    n = partner.size
    locked = np.zeros(2 * n, dtype=np.bool_)
    for p in range(n):
        if partner[p] >= 0 and age[p] < lock_in:
            locked[p] = locked[n + partner[p]] = True
    return locked


@njit(nogil=True, cache=True)
def copies(i, shown, value, strategy, setting):
    """Tell whether agent i copies the strategy a richer neighbour shows; a producer may ask the risk rule first."""
    if i >= strategy.size // 2 or not setting.risk_rule:
        return True
    opportunists = 1 - strategy[strategy.size // 2 :].mean()
    return shown == worth_investing(value, opportunists, setting)


@njit(nogil=True, cache=True)
def learn(value, position, strategy, wealth, locked, setting, rng):
    """Let every agent, in random order, look at a random neighbour of its kind and learn if that one is richer."""
    n = strategy.size // 2
    kin = np.empty(n, dtype=np.int64)
    for i in rng.permutation(2 * n):
        count = 0
        first = 0 if i < n else n
        for k in range(first, first + n):
            if k != i and near(position, i, k, setting.side):
                kin[count] = k
                count += 1
        mentor = kin[rng.integers(0, count)] if count > 0 else i
        learns = wealth[mentor] > wealth[i] and not locked[i]
        if learns and copies(i, strategy[mentor], value, strategy, setting):
            strategy[i] = strategy[mentor]
        if (learns or setting.everyone_mutates) and rng.random() < MUTATION:
            strategy[i] = rng.random() < 0.5


@njit(nogil=True, cache=True)
def simulate(setting, rng):
    """Return (2, ticks + 1): share of investing producers and of honest consumers, from the start on."""
    n = setting.agents
    position = rng.random((2 * n, 2)) * setting.side
    heading = rng.random(2 * n) * 360
    strategy = rng.random(2 * n) < 0.5
    wealth = np.full(2 * n, WEALTH)
    partner = np.full(n, -1)
    age = np.zeros(n, dtype=np.int64)
    held_up = np.full((n, n), LONG_AGO)
    at_start, per_tick = (0.0, setting.cost) if setting.every_tick else (setting.cost, 0.0)
    shares = np.empty((2, setting.ticks + 1))
    shares[0, 0], shares[1, 0] = strategy[:n].mean(), strategy[n:].mean()
    for now in range(setting.ticks):
        value = max(0.0, setting.surplus + setting.turbulence * rng.standard_normal())
        walk(position, heading, partner, setting.side, rng)
        wealth -= LIVING
        end_links(now, partner, age, held_up, strategy, setting.lock_in)
        start_links(now, position, partner, age, held_up, wealth, strategy, setting, at_start, rng)
        play(value, partner, strategy, wealth, setting.contract, per_tick, rng)
        learn(value, position, strategy, wealth, locked_in(partner, age, setting.lock_in), setting, rng)
        shares[0, now + 1], shares[1, now + 1] = strategy[:n].mean(), strategy[n:].mean()
    return shares
