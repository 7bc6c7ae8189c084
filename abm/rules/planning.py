"""Planning: in the planned mode a planner that knows both sides judges what every possible exchange would gain."""

from __future__ import annotations

import numpy as np

from abm.compiled import compiled
from abm.rules.bargaining import annuity
from abm.rules.discovery import is_alive
from abm.rules.screening import capital_of, free_quantity, value_buyer, value_seller
from abm.state import ENDED, IDENTIFIED, LATENT, SCREENED


@compiled
def is_planning_due(p, clock):
    """Tell whether the planner has to assign exchanges before this month: each January in the planned mode."""
    return p.governance_mode == 2 and clock.month % 12 == 0 and clock.planned != clock.month


@compiled
def judge_opportunities(t, p, lever, companies, streams, materials, opportunities):
    """Return (quantity [unit/year], joint gain [EUR/year]) of every exchange that could start now, 0 where none can.

    Q (value of the seller + value of the buyer) - monitoring - capital and arranging cost over the standard term at the
    lower of the two costs of capital: the planner lets the patient side carry the capital.
    """
    quantities = np.zeros(len(opportunities))
    gains = np.zeros(len(opportunities))
    for row in range(len(opportunities)):
        opportunity = opportunities[row]
        stage = opportunity.stage
        if stage != LATENT and stage != IDENTIFIED and stage != SCREENED and stage != ENDED:
            continue
        if opportunity.known > t or not is_alive(t, companies, streams, opportunity):
            continue
        quantity = free_quantity(p, companies, streams, opportunity)
        if quantity <= 0.0:
            continue
        value = value_seller(lever, streams, materials, opportunity) + value_buyer(
            lever, streams, materials, opportunity
        )
        rate = min(companies[opportunity.seller].wacc, companies[opportunity.buyer].wacc)
        capital = (1.0 - lever.capital_grant) * capital_of(opportunity, quantity) + p.contract_transaction_cost
        quantities[row] = quantity
        gains[row] = quantity * value - 2.0 * p.contract_monitoring_cost - annuity(rate, opportunity.term) * capital
    return quantities, gains
