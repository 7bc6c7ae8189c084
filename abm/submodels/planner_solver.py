"""The planner of the planned mode: the network with the largest joint gain, by a mixed-integer programme of flows."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..entities.codes import AGREED, ENDED, IDENTIFIED, LATENT, OPERATING
from ..entities.state import State
from .flow_limits import Asked, need_limits, supply_limits
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
    """Return (use [row, candidate], room [row]) of what fits beside all contracts: the rule of `capacity.py` as a programme."""
    from scipy.sparse import vstack

    p, streams = state.params[0], state.streams
    yearly = p.contract_dependable * (12.0 * streams.coming * state.companies.coming_capacity[streams.company])
    given = yearly[:, None] * np.asarray(state.profiles)[streams.profile] / 12.0
    contracts = _contracts(state)
    asked, held = _asked(state, rows), _asked(state, contracts)
    held = held._replace(months=held.months * _promised(state, contracts)[:, None])
    supplies, needs = supply_limits(asked, held, given), need_limits(asked, held, given)
    return vstack([supplies[0], needs[0]]).tocsc(), np.concatenate([supplies[1], needs[1]])


def _asked(state: State, rows: np.ndarray) -> Asked:
    """Return some opportunities as the limits see them."""
    table = state.opportunities[rows]
    return Asked(
        supply=table.supply,
        demand=table.demand,
        kind=table.conversion,
        months=_shapes(state, rows),
        replaces=table.arriving * table.ratio,
        share=state.conversions.share[table.conversion],
        keeps=state.conversions.keeps[table.conversion],
    )


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
