"""Planning: in the planned mode a planner that knows both sides judges what every possible exchange would gain."""

from __future__ import annotations

import numpy as np

from ..entities.state import ENDED, IDENTIFIED, LATENT, SCREENED
from ..numerics.compiled import compiled
from .discovery import is_alive, note_standing
from .negotiation.utility import annuity
from .screening import capital_of, free_quantity, value_buyer, value_seller


@compiled
def is_planning_due(p, clock):
    """Tell whether the planner has to assign exchanges before this month: each January in the planned mode."""
    return p.governance_mode == 2 and clock.month % 12 == 0 and clock.planned != clock.month


@compiled
def judge_opportunities(t, p, lever, companies, streams, materials, conversions, seasons, opportunities, funnel):
    """Return (quantity [unit/year], joint gain [EUR/year]) of every exchange that could start now, 0 where none can.

    Q (value of the seller + value of the buyer) - monitoring - capital and arranging cost over the standard term at the
    lower of the two costs of capital: the planner lets the patient side carry the capital.
    """
    standing = note_standing(companies, streams)
    quantities = np.zeros(len(opportunities))
    gains = np.zeros(len(opportunities))
    for row in range(len(opportunities)):
        opportunity = opportunities[row]
        stage = funnel[row].stage
        if stage != LATENT and stage != IDENTIFIED and stage != SCREENED and stage != ENDED:
            continue
        if funnel[row].known > t or not is_alive(t, standing, conversions, opportunity):
            continue
        quantity = free_quantity(p, companies, streams, conversions, seasons, opportunity)
        if quantity <= 0.0:
            continue
        value = value_seller(lever, streams, materials, conversions, opportunity)
        value += value_buyer(lever, streams, materials, conversions, opportunity)
        rate = min(companies[opportunity.seller].wacc, companies[opportunity.buyer].wacc)
        capital = (1.0 - lever.capital_grant) * capital_of(
            conversions, opportunity, quantity
        ) + p.contract_transaction_cost
        quantities[row] = quantity
        yearly = annuity(rate, conversions[opportunity.conversion].term) * capital
        gains[row] = quantity * value - 2.0 * p.contract_monitoring_cost - yearly
    return quantities, gains
