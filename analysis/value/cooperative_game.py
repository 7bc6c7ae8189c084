"""The park as a cooperative game: what each company can claim, and whether a group would do better alone.

A coalition is worth the gains of the exchanges between its members. Cost that only the park as a whole bears (a joint
office, a shared pipe bridge) is charged to the grand coalition: a group that leaves trades among itself without it.
With such a cost the core can be empty although the park is worth keeping.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

EXACT_LIMIT = 12
LEAST_CORE_LIMIT = 60


@dataclass(frozen=True)
class Game:
    """Players, the worth of each pair (symmetric [n, n], EUR/yr, zero diagonal), and a cost borne by all together."""

    players: tuple[str, ...]
    pairs: np.ndarray
    collective_cost: float = 0.0

    def value(self, members: ArrayLike) -> np.ndarray:
        """Worth of coalitions given as rows of 0/1 [k, n]: [k] EUR/yr."""
        members = np.atleast_2d(np.asarray(members, float))
        inside = 0.5 * ((members @ self.pairs) * members).sum(axis=1)
        return inside - self.collective_cost * members.all(axis=1)

    @property
    def whole(self) -> float:
        """Worth of all together."""
        return float(self.value(np.ones(len(self.players)))[0])


def exchange_game(flows: pd.DataFrame, collective_cost: float = 0.0) -> Game:
    """Make the game of the exchanges in place; flows: seller, buyer, gain (EUR/yr), see `resilience.flows_at`."""
    players = sorted(set(flows["seller"]) | set(flows["buyer"]))
    place = {name: number for number, name in enumerate(players)}
    pairs = np.zeros((len(players), len(players)))
    for seller, buyer, gain in zip(flows["seller"], flows["buyer"], flows["gain"], strict=True):
        pairs[place[seller], place[buyer]] += gain
        pairs[place[buyer], place[seller]] += gain
    return Game(tuple(players), pairs, collective_cost)


def coalitions(number: int) -> np.ndarray:
    """List all coalitions of n players as rows of 0/1 [2^n, n]; row k has the binary digits of k."""
    return (np.arange(2**number)[:, None] >> np.arange(number)) & 1


def shapley_exact(value: Callable[[np.ndarray], np.ndarray], number: int) -> np.ndarray:
    """Return each player's mean contribution over all orders of joining: [n].

    phi_i = sum over coalitions S without i of s! (n - s - 1)! / n! (v(S + i) - v(S)) (Shapley 1953,
    doi:10.1515/9781400881970-018).
    """
    from scipy.special import gammaln

    rows = coalitions(number)
    worth = value(rows)
    size = rows.sum(axis=1)
    without = np.exp(gammaln(size + 1) + gammaln(np.maximum(number - size, 1)) - gammaln(number + 1))
    shares = np.empty(number)
    for player in range(number):
        outside = np.flatnonzero(rows[:, player] == 0)
        shares[player] = (without[outside] * (worth[outside + (1 << player)] - worth[outside])).sum()
    return shares


def shapley_sampled(
    value: Callable[[np.ndarray], np.ndarray], number: int, orders: int = 2000, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Estimate the Shapley value from random orders and their reverses: mean and standard error, [n] each.

    Castro, Gomez and Tejada (2009, doi:10.1016/j.cor.2008.04.004); with an order and its reverse taken
    together, a game that is a sum over pairs has no sampling error at all.
    """
    rng = np.random.default_rng(seed)
    found = np.empty((max(2, orders // 2), number))
    for draw in range(len(found)):
        order = rng.permutation(number)
        found[draw] = 0.5 * (contributions(value, order) + contributions(value, order[::-1]))
    return found.mean(axis=0), found.std(axis=0, ddof=1) / np.sqrt(len(found))


def contributions(value: Callable[[np.ndarray], np.ndarray], order: np.ndarray) -> np.ndarray:
    """Return what each player adds when all join in one order: [n]."""
    steps = np.zeros((order.size + 1, order.size))
    for place, player in enumerate(order):
        steps[place + 1 :, player] = 1.0
    added = np.empty(order.size)
    added[order] = np.diff(value(steps))
    return added


def shapley_of(
    value: Callable[[np.ndarray], np.ndarray], players: Sequence[str], orders: int = 2000, seed: int = 0
) -> pd.DataFrame:
    """Return the Shapley value of any game with its standard error: exact (0) up to 12 players, sampled above."""
    number = len(players)
    if number <= EXACT_LIMIT:
        shares, error = shapley_exact(value, number), np.zeros(number)
    else:
        shares, error = shapley_sampled(value, number, orders, seed)
    return pd.DataFrame({"company": list(players), "shapley": shares, "se": error})


def shapley(game: Game) -> pd.DataFrame:
    """Return the Shapley value of the exchanges in place, exact for any number of companies.

    Half of what each pair is worth to either, less an equal part of the collective cost, which only the last to join
    bears.
    """
    shares = game.pairs.sum(axis=1) / 2.0 - game.collective_cost / max(1, len(game.players))
    return pd.DataFrame({"company": list(game.players), "shapley": shares})


@dataclass(frozen=True)
class LeastCore:
    """The fairest worst case: `excess` is how much the worst-treated group could gain by leaving (EUR/yr, at best).

    At most 0: the core is not empty, and `allocation` lies in it. Above 0: whatever the split, some group does better
    alone.
    """

    excess: float
    allocation: dict[str, float]


def least_core(game: Game) -> LeastCore:
    """Find the split of the whole whose largest excess over all groups is smallest.

    minimise e subject to x(N) = v(N), x(S) >= v(S) - e for every group S (Maschler, Peleg and Shapley 1979,
    doi:10.1287/moor.4.4.303). The groups are not listed: the one with the largest excess is looked for and added
    until there is none left, so that 30 companies are no trouble.
    """
    number = len(game.players)
    if number < 2:
        return LeastCore(0.0, dict.fromkeys(game.players, game.whole))
    unit = max(float(np.abs(game.pairs).max()), 1e-12)
    small = Game(game.players, game.pairs / unit, game.collective_cost / unit)
    groups = list(np.eye(number)) + list(1.0 - np.eye(number))
    excess, split = least_core_of(small, np.array(groups))
    worst, gap = worst_group(small, split)
    while gap > excess + 1e-7:
        groups.append(worst)
        excess, split = least_core_of(small, np.array(groups))
        worst, gap = worst_group(small, split)
    return LeastCore(excess * unit, dict(zip(game.players, (split * unit).tolist(), strict=True)))


def least_core_of(game: Game, groups: np.ndarray) -> tuple[float, np.ndarray]:
    """Solve the linear programme for a given list of groups [k, n]: smallest excess and the split [n]."""
    from scipy.optimize import linprog

    number = groups.shape[1]
    cost = np.append(np.zeros(number), 1.0)
    limit = np.column_stack([-groups, -np.ones(len(groups))])
    total = np.append(np.ones(number), 0.0)[None, :]
    solved = linprog(cost, limit, -game.value(groups), total, [game.whole], bounds=[(None, None)] * (number + 1))
    return float(solved.x[-1]), solved.x[:-1]


def worst_group(game: Game, split: np.ndarray) -> tuple[np.ndarray, float]:
    """Find the group, neither empty nor all, that would gain most by leaving: its 0/1 row [n] and its gain.

    Up to 12 players by trying all; above by an integer programme with a variable for each pair inside.
    """
    number = split.size
    if number <= EXACT_LIMIT:
        rows = coalitions(number)[1:-1].astype(float)
        excess = game.value(rows) - rows @ split
        return rows[int(np.argmax(excess))], float(excess.max())
    return worst_group_by_programme(game, split)


def worst_group_by_programme(game: Game, split: np.ndarray) -> tuple[np.ndarray, float]:
    """Maximise the pair worths inside a group minus what the group gets.

    y_i: player i is in the group, z_ij: both are; z_ij <= y_i, z_ij <= y_j, z_ij >= y_i + y_j - 1, 1 <= sum y <= n - 1.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, eye_array, hstack, vstack

    number = split.size
    one, other = np.nonzero(np.triu(game.pairs, k=1))
    edges = one.size
    first, second = (csr_array((np.ones(edges), (np.arange(edges), at)), shape=(edges, number)) for at in (one, other))
    both = eye_array(edges)
    size = hstack([csr_array(np.ones((1, number))), csr_array((1, edges))])
    rows = vstack([hstack([-first, both]), hstack([-second, both]), hstack([-first - second, both]), size])
    low = np.concatenate([np.full(2 * edges, -np.inf), np.full(edges, -1.0), [1.0]])
    high = np.concatenate([np.zeros(2 * edges), np.full(edges, np.inf), [number - 1.0]])
    solved = milp(
        np.concatenate([split, -game.pairs[one, other]]),
        constraints=LinearConstraint(rows, low, high),
        integrality=np.concatenate([np.ones(number), np.zeros(edges)]),
        bounds=Bounds(0.0, 1.0),
        options={"mip_rel_gap": 0.0},
    )
    return np.round(solved.x[:number]), float(-solved.fun)


def distance_to_core(game: Game, allocation: dict[str, float]) -> float:
    """Return how much the worst-treated group would gain by leaving, given what each company gets now (EUR/yr).

    At most 0: no group has a reason to leave, the coalition is stable. The allocation is first scaled to the whole by
    an equal amount per head, so that only the division counts.
    """
    split = np.array([allocation[name] for name in game.players], float)
    split = split + (game.whole - split.sum()) / max(1, split.size)
    return worst_group(game, split)[1] if split.size > 1 else 0.0


def fairness(flows: pd.DataFrame, collective_cost: float = 0.0) -> tuple[pd.DataFrame, dict[str, float]]:
    """Compare what companies get with what they can claim.

    flows: seller, buyer, gain, seller_gain, buyer_gain, all EUR/yr. Returns by company: gets, shapley, difference;
    and a summary: whole, excess (of the present split), least_excess (of the best split; NaN above 60 companies,
    where the search takes long). The core is empty when least_excess is above 0.
    """
    game = exchange_game(flows, collective_cost)
    gets = flows.groupby("seller")["seller_gain"].sum().add(flows.groupby("buyer")["buyer_gain"].sum(), fill_value=0.0)
    frame = shapley(game)
    frame["gets"] = frame["company"].map(gets).astype(float)
    frame["difference"] = frame["gets"] - frame["shapley"]
    if len(frame) < 2:
        return frame, {"whole": game.whole, "excess": 0.0, "least_excess": 0.0}
    now = distance_to_core(game, dict(zip(frame["company"], frame["gets"], strict=True)))
    best = least_core(game).excess if len(frame) <= LEAST_CORE_LIMIT else float("nan")
    return frame, {"whole": game.whole, "excess": now, "least_excess": best}
