"""The programme of the best network: which exchanges to build and how much to send over each.

maximise sum v_o f_o - sum F_o y_o over flows f_o >= 0 and y_o in {0, 1}, subject to A f <= b, f_o <= most_o y_o and
f_o >= least most_o y_o (mixed-integer, HiGHS: Huangfu and Hall 2018, doi:10.1007/s12532-017-0130-5). The search stops by
its relative gap or its number of nodes, never by a clock, so that it is the same on every machine; what it proves at most
is kept. The planner (`planner_solver.py`) solves it; `solve_flows` is also what the share of the central optimum is given to
solve its programme with.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..numerics.solver_output import silent


class Flows(NamedTuple):
    """The best network found: flow of each opportunity [unit/year], its value and what no network can exceed [EUR/year]."""

    flow: np.ndarray
    value: float
    bound: float


def solve_flows(
    value: np.ndarray, fixed: np.ndarray, use: Any, room: np.ndarray, least: float, gap: float, nodes: int
) -> Flows:
    """Return the best flows, one connected part of the programme after the other.

    value [EUR/unit], fixed [EUR/year], use: sparse [row, opportunity] >= 0, room [row]: what the rows leave; least: smallest
    flow that is built relative to the largest. Rows without any use of an opportunity do not bind it; an opportunity without
    a row has no largest flow and is left out.
    """
    from scipy.sparse.csgraph import connected_components

    use = use.tocsc()
    most = largest_flows(use, room)
    worth = np.flatnonzero((value * most > fixed) & np.isfinite(most))
    flow = np.zeros(len(value))
    total = bound = 0.0
    if not len(worth):
        return Flows(flow, 0.0, 0.0)
    touched = use[:, worth]
    parts, part_of = connected_components((touched.T @ touched).tocsr(), directed=False)
    for part in range(parts):
        inside = worth[part_of == part]
        found = solve_part(
            value[inside] * most[inside], fixed[inside], use[:, inside], most[inside], room, least, gap, nodes
        )
        flow[inside] = found.flow * most[inside]
        total += found.value
        bound += found.bound
    return Flows(flow, total, bound)


def largest_flows(use: Any, room: np.ndarray) -> np.ndarray:
    """Return what each opportunity could carry alone [unit/year]: the smallest room / use of its rows."""
    most = np.full(use.shape[1], np.inf)
    column = np.repeat(np.arange(use.shape[1]), np.diff(use.indptr))
    binding = use.data > 0.0
    np.minimum.at(most, column[binding], np.maximum(room[use.indices[binding]], 0.0) / use.data[binding])
    return most


def solve_part(
    worth: np.ndarray,
    fixed: np.ndarray,
    use: Any,
    most: np.ndarray,
    room: np.ndarray,
    least: float,
    gap: float,
    nodes: int,
) -> Flows:
    """Return the best shares [0..1] of the largest flows of one connected part, with its value and its dual bound."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, diags_array, eye_array, hstack, vstack

    number = len(worth)
    if number == 1:
        return Flows(np.ones(1), float(worth[0] - fixed[0]), float(worth[0] - fixed[0]))
    binding = np.flatnonzero(np.diff(use.tocsr().indptr))
    shares = (diags_array(1.0 / room[binding]) @ use.tocsr()[binding] @ diags_array(most)).tocsr()
    one = eye_array(number)
    rows = vstack([hstack([shares, csr_array(shares.shape)]), hstack([one, -one]), hstack([one, -least * one])]).tocsr()
    low = np.concatenate([np.full(len(binding) + number, -np.inf), np.zeros(number)])
    high = np.concatenate([np.ones(len(binding)), np.zeros(number), np.full(number, np.inf)])
    scale = float(np.max(worth))
    with silent():
        answer = milp(
            np.concatenate([-worth, fixed]) / scale,
            constraints=LinearConstraint(rows, low, high),
            integrality=np.repeat([0, 1], number),
            bounds=Bounds(0.0, 1.0),
            options={"mip_rel_gap": gap, "node_limit": nodes},
        )
    loose = float(np.sum(worth - fixed))
    bound = loose if answer.mip_dual_bound is None else min(loose, -scale * float(answer.mip_dual_bound))
    if answer.x is None:
        return Flows(np.zeros(number), 0.0, bound)
    share = np.where(answer.x[number:] > 0.5, np.clip(answer.x[:number], 0.0, 1.0), 0.0)
    reached = float(worth @ share - fixed @ (share > 0.0))
    return Flows(share, reached, max(bound, reached))
