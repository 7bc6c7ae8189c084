"""Planning: in the planned mode a planner that knows both sides assigns the network with the largest joint gain."""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.references.deals import Opportunity
from tests.references.screening import capital_of, free_quantity, value_buyer, value_seller
from tests.references.things import Stage, Stream
from tests.references.utility import annuity

OPEN_STAGES = (Stage.LATENT, Stage.IDENTIFIED, Stage.SCREENED, Stage.ENDED)


def plan(model) -> None:
    """Each January, before the month begins, mark the exchanges that the planner wants."""
    if not model.is_planned or model.month % 12 != 0:
        return
    judged = [(opportunity, *judge(model, opportunity)) for opportunity in model.opportunities]
    candidates = [(opportunity, quantity, gain) for opportunity, quantity, gain in judged if gain > 0.0]
    for opportunity in model.opportunities:
        opportunity.assigned = False
    for opportunity, _, gain in candidates:
        opportunity.score = gain
    for opportunity in best_network(model.p, candidates):
        opportunity.assigned = True
        opportunity.look = float(model.month)
        if opportunity.stage is Stage.ENDED:
            opportunity.stage = Stage.IDENTIFIED


def judge(model, opportunity: Opportunity) -> tuple[float, float]:
    """Return quantity [unit/year] and joint gain [EUR/year] of an exchange that could start now, else nothing."""
    p = model.p
    if opportunity.stage not in OPEN_STAGES or opportunity.known > model.month or not opportunity.is_alive(model.month):
        return 0.0, 0.0
    quantity = free_quantity(p, opportunity)
    if quantity <= 0.0:
        return 0.0, 0.0
    value = value_seller(model, opportunity) + value_buyer(model, opportunity)
    rate = min(opportunity.seller.wacc, opportunity.buyer.wacc)
    capital = (1.0 - model.lever.capital_grant) * capital_of(model, opportunity, quantity) + p.contract_transaction_cost
    return quantity, quantity * value - 2.0 * p.contract_monitoring_cost - annuity(rate, opportunity.term) * capital


def best_network(p, candidates: list[tuple[Opportunity, float, float]]) -> list[Opportunity]:
    """Choose exchanges for the largest sum of gains, such that no stream gives or takes more than is free."""
    if not candidates:
        return []
    streams = list(dict.fromkeys(stream for one, _, _ in candidates for stream in (one.supply, one.demand)))
    use = np.zeros((len(streams), len(candidates)))
    for column, (opportunity, quantity, _) in enumerate(candidates):
        use[streams.index(opportunity.supply), column] = quantity / room_of(p, opportunity.supply)
        replaced = quantity * opportunity.arriving * opportunity.ratio
        use[streams.index(opportunity.demand), column] = replaced / room_of(p, opportunity.demand)
    answer = milp(
        [-gain for _, _, gain in candidates],
        constraints=LinearConstraint(use, ub=1 + 1e-9),
        integrality=np.ones(len(candidates)),
        bounds=Bounds(0, 1),
    )
    return [opportunity for (opportunity, _, _), chosen in zip(candidates, answer.x, strict=True) if chosen > 0.5]


def room_of(p, stream: Stream) -> float:
    """What a stream can still give or take [unit/year]."""
    yearly = 12.0 * stream.coming * stream.company.coming_capacity * p.contract_dependable
    return max(yearly - stream.contracted, 1e-9)
