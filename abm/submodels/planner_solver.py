"""The planner of the planned mode: the network with the largest joint gain, by a mixed-integer programme of flows."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..entities.codes import AGREED, ENDED, IDENTIFIED, LATENT, OPERATING
from ..entities.state import State
from .flow_programme import solve_flows
from .planner import list_candidates, value_opportunities

GAP, NODES = 0.01, 20  # where the search of the planner stops: relative gap, nodes


def assign_optimum(state: State) -> None:
    """Set the flows that a planner wants in the present month, in place [unit/year].

    maximise sum v f - sum F y over flows f >= `contract.smallest` of the largest, subject to what fits beside all contracts.
    """
    t = int(state.clock.month[0])
    p, lever = state.params[0], state.levers[t]
    notes, funnel = state.notes, state.funnel
    values, fixed = value_opportunities(p, lever, state)
    most = list_candidates(t, p, state)
    rows = np.flatnonzero((most > 0.0) & (values * most > fixed))
    flows = np.zeros(len(most))
    if len(rows):
        flows[rows] = _best_flows(state, rows, values[rows], fixed[rows])
    chosen = np.flatnonzero(flows)
    notes.assigned = flows
    funnel.look[chosen] = t
    notes.score[rows] = values[rows] * most[rows] - fixed[rows]
    waiting = chosen[np.isin(funnel.stage[chosen], (LATENT, ENDED))]
    funnel.stage[waiting] = np.where(funnel.stage[waiting] == ENDED, IDENTIFIED, funnel.stage[waiting])
    state.clock.planned = t


def _best_flows(state: State, rows: np.ndarray, values: np.ndarray, fixed: np.ndarray) -> np.ndarray:
    """Return the flows [unit/year] of the candidates in the best network."""
    use, room = fit_rows(state, rows)
    return solve_flows(values, fixed, use, room, float(state.params.contract_smallest[0]), GAP, NODES).flow


def fit_rows(state: State, rows: np.ndarray) -> tuple[Any, np.ndarray]:
    """Return (use [row, candidate], room [row]) of what fits beside all contracts: the rule of `capacity.py` as a programme.

    Supplies by every run of months with what was stored before, needs and the largest share of each conversion by month.
    """
    from scipy.sparse import csr_array, vstack

    p, streams, opportunities = state.params[0], state.streams, state.opportunities
    yearly = p.contract_dependable * (12.0 * streams.coming * state.companies.coming_capacity[streams.company])
    given = yearly[:, None] * np.asarray(state.profiles)[streams.profile] / 12.0
    held = _contracts(state)
    shape, held_shape = _shapes(state, rows), _shapes(state, held) * _promised(state, held)[:, None]
    parts, rooms = [], []
    for supply in np.unique(opportunities.supply[rows]):
        mine = np.flatnonzero(opportunities.supply[rows] == supply)
        used = held_shape[opportunities.supply[held] == supply].sum(axis=0)
        keeps = int(state.conversions.keeps[opportunities.conversion[rows[mine]]].max())
        use, room = _runs(shape[mine], given[supply] - used, given[supply], keeps)
        parts.append(_columns(use, mine, len(rows)))
        rooms.append(room)
    for demand in np.unique(opportunities.demand[rows]):
        here = np.flatnonzero(opportunities.demand[rows] == demand)
        for kind in (-1, *np.unique(opportunities.conversion[rows[here]])):
            mine = here if kind < 0 else here[opportunities.conversion[rows[here]] == kind]
            share = 1.0 if kind < 0 else float(state.conversions.share[kind])
            if kind >= 0 and share >= 1.0:
                continue
            alike = (opportunities.demand[held] == demand) & ((opportunities.conversion[held] == kind) | (kind < 0))
            replaced = held_shape * (opportunities.arriving[held] * opportunities.ratio[held])[:, None]
            per_unit = (opportunities.arriving[rows[mine]] * opportunities.ratio[rows[mine]])[:, None]
            parts.append(_columns((shape[mine] * per_unit).T, mine, len(rows)))
            rooms.append(share * given[demand] - replaced[alike].sum(axis=0))
    return vstack([csr_array(part) for part in parts]).tocsc(), np.maximum(np.concatenate(rooms), 0.0)


def _columns(use: np.ndarray, mine: np.ndarray, count: int) -> Any:
    """Return rows that use some of `count` columns, sparse."""
    from scipy.sparse import csr_array

    row, column = np.nonzero(use)
    return csr_array((use[row, column], (row, mine[column])), shape=(len(use), count))


def _contracts(state: State) -> np.ndarray:
    """Return the rows of the opportunities that are under contract."""
    stage = state.funnel.stage
    return np.flatnonzero((stage >= AGREED) & (stage <= OPERATING))


def _promised(state: State, rows: np.ndarray) -> np.ndarray:
    """Return what the contracts on some opportunities promise [unit/year]."""
    contracts = state.exchanges[state.notes.exchange[rows]]
    return np.where(contracts.successor >= 0, 0.0, contracts.quantity)


def _shapes(state: State, rows: np.ndarray) -> np.ndarray:
    """Return the part of a yearly quantity that falls into each month [opportunity, 12]."""
    table, profiles = state.opportunities[rows], np.asarray(state.profiles)
    season = profiles[state.streams.profile[table.demand]]
    given = profiles[state.streams.profile[table.supply]]
    season = np.where(state.conversions.keeps[table.conversion][:, None] > 0, season, np.minimum(season, given))
    return state.seasons.factor[table.season][:, None] / 12.0 * season


def _runs(shape: np.ndarray, left: np.ndarray, given: np.ndarray, keeps: int) -> tuple[np.ndarray, np.ndarray]:
    """Return (use [run, candidate], room [run]) of a supply: single months, or runs of months where it can be stored."""
    uses, rooms = [], []
    for start in range(12):
        for length in range(1, 13 if keeps > 0 else 2):
            months = (start + np.arange(length)) % 12
            before = (start - 1 - np.arange(min(keeps, 12 - length))) % 12
            uses.append(sum((shape[:, month] for month in months), np.zeros(len(shape))))
            rooms.append(sum(left[months].tolist()) + sum(given[before].tolist()))
    return np.array(uses), np.array(rooms)
