"""The best network over all rows (R16): divisible flows, each connection built or not; split into its components.

maximise sum v f - sum F y, f <= most y, over every supply, need and class of an input. HiGHS (doi:10.1007/s12532-017-0130-5).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from ecopark.abm.submodels.flow_programme import silent

from .streams import Park
from .worth import Row

GAP, NODES = 0.001, 100
LARGEST = 400  # connections of one component: above that the relaxed programme is rounded, and the gap is said


@dataclass(frozen=True)
class Best:
    """The best network: rows with their flow in `in_best`, value [EUR a year] before and after annuities, gap of the search."""

    rows: tuple[Row, ...]
    value: float
    net: float
    gap: float

    @property
    def chosen(self) -> list[Row]:
        """Return the rows that are in it."""
        return [row for row in self.rows if row.in_best > 0]


def best_of(park: Park, rows: list[Row]) -> Best:
    """Return the best network over rows; exchanges in use stand in it as they are."""
    dependable = park.scenario["contract.dependable"]
    candidates = [
        place
        for place, row in enumerate(rows)
        if not row.in_use and row.most > 0 and row.net > 0 and not _forbidden(row)
    ]
    flows = np.array([row.most if row.in_use else 0.0 for row in rows])
    gap = 0.0
    for component in _components(rows, candidates):
        found, bound, reached = _solve([rows[place] for place in component], rows, dependable)
        flows[component] = found
        gap += max(0.0, bound - reached)
    done = tuple(replace(row, in_best=float(flow)) for row, flow in zip(rows, flows, strict=True))
    value = sum(
        row.in_best * row.unit - 2 * row.monitoring - row.om * row.in_best / row.most for row in done if row.in_best > 0
    )
    net = sum(row.in_best * (row.unit - row.flow_charge) - row.fixed for row in done if row.in_best > 0)
    return Best(done, float(value), float(net), float(gap / net) if net > 0 else 0.0)


def _forbidden(row: Row) -> bool:
    """Tell whether something other than money forbids an exchange; a plant that is announced counts (R5)."""
    allowed = ("pays back", "loses", "already", "most")
    return any(not reason.startswith(allowed) and not reason.endswith("(opens)") for reason in row.reasons)


def _components(rows: list[Row], candidates: list[int]) -> list[list[int]]:
    """Return the candidates in groups that share no stream."""
    parent: dict[tuple, tuple] = {}

    def root(key: tuple) -> tuple:
        parent.setdefault(key, key)
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    for place in candidates:
        parent[root((rows[place].giver, rows[place].material, "out"))] = root(
            (rows[place].taker, rows[place].input, "in")
        )
    groups: dict[tuple, list[int]] = {}
    for place in candidates:
        groups.setdefault(root((rows[place].taker, rows[place].input, "in")), []).append(place)
    return list(groups.values())


def _capacities(rows: list[Row], every: list[Row], dependable: float) -> tuple[Any, np.ndarray]:
    """Return (use [limit, row], limit): of supplies, needs, and classes of an input, less what is under contract."""
    uses: dict[tuple, dict[int, float]] = {}
    limits: dict[tuple, float] = {}
    for place, row in enumerate(rows):
        supply, need = ("out", row.giver, row.material), ("in", row.taker, row.input)
        kind = (*need, row.material)
        uses.setdefault(supply, {})[place] = 1.0
        uses.setdefault(need, {})[place] = uses.setdefault(kind, {})[place] = row.k
        limits[supply] = dependable * row.supply.amount
        limits[need], limits[kind] = dependable * row.need.amount, dependable * row.need.amount * row.way.max_share
    for row in every:
        if row.in_use:
            for key, amount in (
                (("out", row.giver, row.material), row.most), (("in", row.taker, row.input), row.k * row.most),
                (("in", row.taker, row.input, row.material), row.k * row.most),
            ):  # fmt: skip
                if key in limits:
                    limits[key] = max(0.0, limits[key] - amount)
    lines = {key: line for line, key in enumerate(limits)}
    entries = [(lines[key], place, use) for key in limits for place, use in uses[key].items()]
    at, of, amount = (np.array(part) for part in zip(*entries, strict=True))
    return csr_array((amount, (at, of)), shape=(len(limits), len(rows))), np.array(list(limits.values()))


def _solve(rows: list[Row], every: list[Row], dependable: float) -> tuple[np.ndarray, float, float]:
    """Return flows, the dual bound and the value reached of one component."""
    use, limit = _capacities(rows, every, dependable)
    most = np.array([row.most for row in rows])
    worth = np.array([row.unit - row.flow_charge for row in rows]) * most
    fixed = np.array([row.fixed for row in rows])
    scaled = use.multiply(most[None, :]).multiply(1 / np.maximum(limit, 1e-12)[:, None]).tocsr()
    shares, bound = _programme(scaled, worth, fixed, whole=len(rows) <= LARGEST)
    return shares * most, bound, float(worth @ shares - fixed[shares > 0].sum())


def _programme(use: Any, worth: np.ndarray, fixed: np.ndarray, whole: bool) -> tuple[np.ndarray, float]:
    """Return the shares of the largest quantities that are worth most, and the dual bound."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import eye_array, hstack, vstack

    count, scale = len(worth), float(worth.max())
    one = eye_array(count)
    lines = vstack([hstack([use, csr_array(use.shape)]), hstack([one, -one])]).tocsr()
    high = np.concatenate([np.ones(use.shape[0]), np.zeros(count)])
    kinds = np.concatenate([np.zeros(count), np.full(count, float(whole))])
    with silent():
        solved = milp(
            np.concatenate([-worth, fixed]) / scale, constraints=LinearConstraint(lines, ub=high), integrality=kinds, bounds=Bounds(0, 1),
            options={"mip_rel_gap": GAP, "node_limit": NODES},
        )  # fmt: skip
    shares = np.zeros(count) if solved.x is None else np.clip(solved.x[:count], 0, 1)
    shares[shares < 1e-9] = 0.0
    bound = -scale * float(solved.mip_dual_bound if whole and solved.mip_dual_bound is not None else solved.fun)
    shares[worth * shares < fixed] = 0.0  # what a relaxed or unfinished search leaves below its fixed cost
    return shares, bound
