"""The best network over all rows (R16): the programme of the model's planner, over the quantities of `worth`.

maximise sum v f - sum F y over flows, each connection built or not, within what fits (R5, `flow_limits` of the model).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ecopark.abm.numerics.solver_output import silent
from ecopark.abm.submodels.flow_limits import Asked, need_limits, supply_limits
from ecopark.abm.submodels.flow_programme import Flows, largest_flows, solve_flows

from .row import Row
from .streams import Park
from .worth import LARGE

FINE, COARSE = (
    (0.003, 100),
    (0.01, 20),
)  # relative gap and nodes to which a part is solved; of large parks as the planner
WHOLE, WHOLE_OF_LARGE = 400, 100  # rows of a part up to which fixed costs are whole; above relaxed, the gap is said


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


def best_of(park: Park, rows: list[Row], one_pass: bool = False) -> Best:
    """Return the best network over rows; exchanges in use stand in it as they are.

    one_pass: fixed costs are relaxed however small a part is, many times as fast.
    """
    done = [replace(row, in_best=row.quantity) if row.in_use else row for row in rows]
    free = [
        place for place, row in enumerate(rows) if not row.in_use and row.quantity > 0 and row.net > 0 and not row.is_forbidden
    ]  # fmt: skip
    gap = 0.0
    if free:
        found = _solve(park, [rows[place] for place in free], [row for row in rows if row.in_use], one_pass)
        gap = found.bound - found.value
        for place, flow in zip(free, found.flow.tolist(), strict=True):
            if flow > 0:
                done[place] = replace(rows[place], in_best=flow)
    chosen = [row for row in done if row.in_best > 0]
    value = sum(row.in_best * row.unit - 2 * row.monitoring - row.om * row.in_best / row.quantity for row in chosen)
    net = sum(row.in_best * (row.unit - row.flow_charge) - row.fixed for row in chosen)
    return Best(tuple(done), float(value), float(net), float(max(0.0, gap) / net) if net > 0 else 0.0)


def _solve(park: Park, rows: list[Row], held: list[Row], one_pass: bool) -> Flows:
    """Return the best flows of some rows beside those in use, one connected part after the other."""
    from scipy.sparse import csc_array, eye_array, vstack
    from scipy.sparse.csgraph import connected_components

    limits, room = _limits(rows, held, park.scenario["contract.dependable"])
    use = vstack([limits, eye_array(len(rows))]).tocsc()
    room = np.concatenate([room, [row.quantity for row in rows]])
    worth = np.array([row.unit - row.flow_charge for row in rows])
    fixed = np.array([row.fixed for row in rows])
    least = float(park.scenario["contract.smallest"])
    effort, most = (COARSE, WHOLE_OF_LARGE) if len(park.plants) > LARGE else (FINE, 1 if one_pass else WHOLE)
    _, part_of = connected_components((use.T @ use).tocsr(), directed=False)
    size = np.bincount(part_of)
    flow, value, bound = np.zeros(len(rows)), 0.0, 0.0
    for mine in (size[part_of] <= most, *(part_of == part for part in np.flatnonzero(size > most))):
        if mine.any():
            here, exact = csc_array(use[:, np.flatnonzero(mine)]), size[part_of[mine]].max() <= most
            found = (
                solve_flows(worth[mine], fixed[mine], here, room, least, *effort)
                if exact
                else _relaxed(worth[mine], fixed[mine], here, room, least)
            )
            flow[mine] = found.flow
            value, bound = value + found.value, bound + found.bound
    return Flows(flow, value, bound)


def _relaxed(worth: np.ndarray, fixed: np.ndarray, use: Any, room: np.ndarray, least: float) -> Flows:
    """Return good flows of a large part and what none can exceed: fixed costs in parts, then whole for what is kept."""
    from scipy.optimize import linprog

    most = largest_flows(use, room)
    shares = use.multiply(most[None, :]).multiply(1 / np.maximum(room, 1e-12)[:, None]).tocsr()
    shares = shares[np.flatnonzero(np.diff(shares.indptr))]

    def fill(gain: np.ndarray, kept: np.ndarray) -> np.ndarray:
        top = np.where(kept, 1.0, 0.0)
        with silent():
            found = linprog(
                -gain / gain.max(), A_ub=shares, b_ub=np.ones(shares.shape[0]), bounds=np.stack([0 * top, top], axis=1)
            )
        return np.zeros(len(gain)) if found.x is None else found.x

    part = fill(worth * most - fixed, np.ones(len(worth), dtype=bool))
    bound = float((worth * most - fixed) @ part)
    whole = fill(worth * most, (part >= least) & (worth * most * part > fixed))
    whole[(whole < least) | (worth * most * whole <= fixed)] = 0.0
    return Flows(whole * most, float(worth * most @ whole - fixed @ (whole > 0)), bound)


def _limits(rows: list[Row], held: list[Row], dependable: float) -> tuple[Any, np.ndarray]:
    """Return (use [limit, row], room [limit]) of what fits; what flows alike all year is counted by the year."""
    from scipy.sparse import vstack

    every = [*rows, *held]
    kinds = _numbered((row.material, row.input) for row in every)
    streams = _numbered(key for row in every for key in keys_of(row))
    given, seasonal = _given(every, streams, dependable)
    asked, taken = _asked(rows, streams, kinds), _asked(held, streams, kinds)
    taken = taken._replace(months=taken.months * np.array([row.quantity for row in held])[:, None])
    parts, rooms = [], []
    for limits, side in ((supply_limits, asked.supply), (need_limits, asked.demand)):
        for by_month in (True, False):
            mine = np.flatnonzero(seasonal[side] == by_month)
            if len(mine):
                use, room = limits(
                    _part(asked, mine, by_month), _part(taken, slice(None), by_month), _year(given, by_month)
                )
                parts.append(_spread(use, mine, len(rows)))
                rooms.append(room)
    return vstack(parts), np.concatenate(rooms)


def _given(rows: list[Row], streams: dict[Any, int], dependable: float) -> tuple[np.ndarray, np.ndarray]:
    """Return (what each stream has in each month [unit], whether its months differ)."""
    given = np.zeros((len(streams), 12))
    seasonal = np.zeros(len(streams), dtype=bool)
    known: dict[Any, Any] = {}
    for row in rows:
        varies = len({*row.shape}) > 1
        for stream, key in zip((row.supply, row.need), keys_of(row), strict=True):
            if varies:
                seasonal[streams[key]] = True
            known[key] = stream
    for key, stream in known.items():
        given[streams[key]] = dependable * stream.amount / 12 * np.array(stream.profile)
        seasonal[streams[key]] |= len({*stream.profile}) > 1
    return given, seasonal


def keys_of(row: Row) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    """Return what names the supply and the need of a row."""
    return ("out", row.giver, row.material), ("in", row.taker, row.input)


def _numbered(keys: Any) -> dict[Any, int]:
    return {key: place for place, key in enumerate(dict.fromkeys(keys))}


def _asked(rows: list[Row], streams: dict[Any, int], kinds: dict[Any, int]) -> Asked:
    """Return rows as the limits of the model see them."""
    keys = [keys_of(row) for row in rows]
    return Asked(
        supply=np.array([streams[out] for out, _ in keys], dtype=int),
        demand=np.array([streams[into] for _, into in keys], dtype=int),
        kind=np.array([kinds[row.material, row.input] for row in rows], dtype=int),
        months=np.array([row.shape for row in rows]).reshape(len(rows), 12),
        replaces=np.array([row.k for row in rows]),
        share=np.array([row.way.max_share for row in rows]),
        keeps=np.array([min(11, int(row.carried.storable_months)) for row in rows], dtype=int),
    )


def _part(asked: Asked, mine: Any, by_month: bool) -> Asked:
    """Return some of the exchanges, their months as they are or added up to the year."""
    part = Asked(*(column[mine] for column in asked))
    return part._replace(months=_year(part.months, by_month))


def _year(months: np.ndarray, by_month: bool) -> np.ndarray:
    return months if by_month else months.sum(axis=1, keepdims=True)


def _spread(use: Any, mine: np.ndarray, count: int) -> Any:
    """Return rows over some columns as rows over all."""
    from scipy.sparse import csr_array

    entries = use.tocoo()
    return csr_array((entries.data, (entries.row, mine[entries.col])), shape=(use.shape[0], count))
