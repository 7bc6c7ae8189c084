"""Planning: in the planned mode a planner that knows both sides assigns the flows with the largest joint gain."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csc_array

from ecopark.abm.submodels.flow_programme import solve_flows
from tests.references.assets import missing_capital
from tests.references.capacity import contracts, free_quantity, need_of, shape_months, supply_of
from tests.references.deals import Opportunity
from tests.references.screening import value_buyer, value_seller
from tests.references.things import Stage
from tests.references.utility import annuity

OPEN_STAGES = (Stage.LATENT, Stage.IDENTIFIED, Stage.SCREENED, Stage.ENDED)


def plan(model) -> None:
    """Each January, before the month begins, set the flows that the planner wants."""
    if not model.is_planned or model.month % 12 != 0:
        return
    judged = [
        (opportunity, largest_flow(model, opportunity), *judge(model, opportunity))
        for opportunity in model.opportunities
    ]
    candidates = [entry for entry in judged if entry[1] > 0.0 and entry[2] * entry[1] > entry[3]]
    flows = best_flows(model, candidates)
    for opportunity in model.opportunities:
        opportunity.assigned = 0.0
    for (opportunity, most, value, fixed), flow in zip(candidates, flows, strict=True):
        opportunity.score = value * most - fixed
        opportunity.assigned = float(flow)
        if flow:
            opportunity.look = float(model.month)
            if opportunity.stage is Stage.ENDED:
                opportunity.stage = Stage.IDENTIFIED


def largest_flow(model, opportunity: Opportunity) -> float:
    """Largest flow of what could start now beside all contracts, 0 where nothing can."""
    if opportunity.stage not in OPEN_STAGES or opportunity.known > model.month or not opportunity.is_alive(model.month):
        return 0.0
    return free_quantity(model.p, opportunity)


def judge(model, opportunity: Opportunity) -> tuple[float, float]:
    """Return what a unit is worth [EUR/unit] and what it costs to have one [EUR/year], at true values."""
    p, own = model.p, 1.0 - model.lever.capital_grant
    rate = min(opportunity.seller.wacc, opportunity.buyer.wacc)
    link, equipment = annuity(rate, opportunity.link_life), annuity(rate, opportunity.equipment_life)
    base, unit = (
        link * parts[0] + equipment * parts[1]
        for parts in (missing_capital(model, opportunity, quantity) for quantity in (0.0, 1.0))
    )
    worth = value_seller(model, opportunity) + value_buyer(model, opportunity)
    arranging = annuity(rate, opportunity.term) * p.contract_transaction_cost
    return worth - own * (unit - base), own * base + arranging + 2.0 * p.contract_monitoring_cost


def best_flows(model, candidates: list) -> np.ndarray:
    """Flows of the candidates in the best network."""
    if not candidates:
        return np.zeros(0)
    rows = [*supply_rows(model, candidates), *demand_rows(model, candidates)]
    use = csc_array(np.array([row for row, _ in rows]))
    room = np.maximum([left for _, left in rows], 0.0)
    values, fixed = (np.array([entry[place] for entry in candidates]) for place in (2, 3))
    return solve_flows(values, fixed, use, room, model.p.contract_smallest, 0.01, 20).flow


def streams_of(model, is_supply: bool) -> list:
    """All streams of one direction in the order of the companies."""
    return [stream for company in model.agents for stream in company.streams if stream.is_supply is is_supply]


def supply_rows(model, candidates: list) -> list:
    """What each supply still gives in every month, or run of months where it can be stored."""
    rows = []
    for supply in streams_of(model, True):
        mine = [place for place, entry in enumerate(candidates) if entry[0].supply is supply]
        if not mine:
            continue
        first = candidates[mine[0]][0]
        given = [model.p.contract_dependable * supply_of(first) * season / 12.0 for season in supply.profile]
        used = months_used(supply.opportunities, replaced=False)
        keeps = max(int(candidates[place][0].keeps) for place in mine)
        for start in range(12):
            for length in range(1, 13 if keeps > 0 else 2):
                months = [(start + step) % 12 for step in range(length)]
                before = [(start - 1 - step) % 12 for step in range(min(keeps, 12 - length))]
                row = np.zeros(len(candidates))
                for place in mine:
                    shape = shape_months(candidates[place][0])
                    row[place] = added(shape[month] for month in months)
                left = added(given[month] - used[month] for month in months)
                rows.append((row, left + added(given[month] for month in before)))
    return rows


def added(values) -> float:
    """Add one after another: `sum` makes up for rounding from Python 3.12 on."""
    total = 0.0
    for value in values:
        total += value
    return total


def demand_rows(model, candidates: list) -> list:
    """What each need, and the largest share of each conversion in it, still takes in every month."""
    rows = []
    for demand in streams_of(model, False):
        here = [place for place, entry in enumerate(candidates) if entry[0].demand is demand]
        if not here:
            continue
        first = candidates[here[0]][0]
        given = [model.p.contract_dependable * need_of(first) * season / 12.0 for season in demand.profile]
        for kind in (-1, *sorted({candidates[place][0].conversion for place in here})):
            mine = [place for place in here if kind < 0 or candidates[place][0].conversion == kind]
            share = 1.0 if kind < 0 else candidates[mine[0]][0].share
            if kind >= 0 and share >= 1.0:
                continue
            alike = [one for one in demand.opportunities if kind < 0 or one.conversion == kind]
            used = months_used(alike, replaced=True)
            for month in range(12):
                row = np.zeros(len(candidates))
                for place in mine:
                    one = candidates[place][0]
                    row[place] = shape_months(one)[month] * (one.arriving * one.ratio)
                rows.append((row, share * given[month] - used[month]))
    return rows


def months_used(opportunities: list[Opportunity], replaced: bool) -> np.ndarray:
    """What is under contract by month [unit of the by-product, or of the input it replaces]."""
    used = np.zeros(12)
    for other, quantity in contracts(opportunities):
        shape = np.array(shape_months(other)) * quantity
        used = used + shape * (other.arriving * other.ratio) if replaced else used + shape
    return used
