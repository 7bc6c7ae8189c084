"""The planner of the planned mode: the network with the largest joint gain, by a mixed-integer programme."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from ..entities.codes import ENDED, IDENTIFIED, LATENT
from ..entities.state import State
from ..entities.tables import Table
from .planner import judge_opportunities

LARGEST = 5_000  # candidates; above that the programme is solved greedily, best gain per unit of capacity first
SECONDS = 10.0  # a time limit would make results depend on the machine, so it only guards against a stuck solver


def assign_optimum(state: State) -> None:
    """Mark the exchanges that a planner wants in the present month, in place.

    maximise sum(gain x) over x in {0, 1}, such that no stream gives or takes more than is free [unit/year] (HiGHS).
    """
    t = int(state.clock.month[0])
    notes, funnel = state.notes, state.funnel
    quantities, gains = judge_opportunities(t, state.params[0], state.levers[t], state)
    candidates = np.flatnonzero(gains > 0)
    chosen = _solve(state, candidates, quantities, gains) if len(candidates) else candidates
    notes.assigned = 0
    notes.assigned[chosen] = 1
    funnel.look[chosen] = t
    notes.score[candidates] = gains[candidates]
    waiting = chosen[np.isin(funnel.stage[chosen], (LATENT, ENDED))]
    funnel.stage[waiting] = np.where(funnel.stage[waiting] == ENDED, IDENTIFIED, funnel.stage[waiting])
    state.clock.planned = t


def _solve(state: State, candidates: np.ndarray, quantities: np.ndarray, gains: np.ndarray) -> np.ndarray:
    """Return the rows of the exchanges in the best network."""
    table = state.opportunities[candidates]
    replaced = quantities[candidates] * table.arriving * table.ratio
    companies, streams = state.companies, state.streams
    yearly = 12.0 * streams.coming * companies.coming_capacity[streams.company] * state.params.contract_dependable[0]
    room = np.maximum(yearly - streams.contracted, 0.0)
    if len(candidates) > LARGEST:
        return _greedy(candidates, table, quantities[candidates], replaced, gains[candidates], room)
    rows = np.concatenate([table.supply, table.demand])
    columns = np.tile(np.arange(len(candidates)), 2)
    use = csr_array(
        (np.concatenate([quantities[candidates], replaced]), (rows, columns)), shape=(len(streams), len(candidates))
    )
    scale = 1.0 / np.maximum(room, 1e-9)
    fits = LinearConstraint(use.multiply(scale[:, None]).tocsr(), ub=np.ones(len(streams)) * (1 + 1e-9))
    with _silent():
        answer = milp(
            -gains[candidates],
            constraints=fits,
            integrality=np.ones(len(candidates)),
            bounds=Bounds(0, 1),
            options={"time_limit": SECONDS},
        )
    if answer.x is None:
        return _greedy(candidates, table, quantities[candidates], replaced, gains[candidates], room)
    return candidates[answer.x > 0.5]


def _greedy(
    candidates: np.ndarray,
    table: Table,
    quantity: np.ndarray,
    replaced: np.ndarray,
    gain: np.ndarray,
    room: np.ndarray,
) -> np.ndarray:
    """Return the rows of a good network: largest gain first, as long as both streams have room."""
    left = room.copy()
    chosen = []
    for place in np.argsort(-gain, kind="stable"):
        supply, demand = table.supply[place], table.demand[place]
        if quantity[place] <= left[supply] * (1 + 1e-9) and replaced[place] <= left[demand] * (1 + 1e-9):
            left[supply] -= quantity[place]
            left[demand] -= replaced[place]
            chosen.append(candidates[place])
    return np.array(chosen, dtype=np.int64)


@contextmanager
def _silent() -> Iterator[None]:
    """Keep what the solver prints from C away from standard output, which may carry JSON."""
    sys.stdout.flush()
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
