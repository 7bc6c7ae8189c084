"""Planning: in the planned mode a planner that knows both sides judges what every possible exchange would gain."""

from __future__ import annotations

import numpy as np

from ..entities.codes import ENDED, IDENTIFIED, LATENT, SCREENED
from ..numerics.compiled import compiled
from .discovery import is_alive, note_standing
from .negotiation.utility import annuity
from .screening import capital_of, free_quantity, value_buyer, value_seller


@compiled
def is_planning_due(p, clock):
    """Tell whether the planner has to assign exchanges before this month: each January in the planned mode."""
    return p.governance_mode == 2 and clock.month % 12 == 0 and clock.planned != clock.month


@compiled
def judge_opportunities(t, p, lever, s):
    """Return (quantity [unit/year], joint gain [EUR/year]) of every exchange that could start now, 0 where none can.

    Q (value of the seller + value of the buyer) - monitoring - capital and arranging cost over the standard term at the
    lower of the two costs of capital: the planner lets the patient side carry the capital.
    """
    standing = note_standing(s)
    quantities = np.zeros(len(s.opportunities))
    gains = np.zeros(len(s.opportunities))
    for row in range(len(s.opportunities)):
        opportunity = s.opportunities[row]
        stage = s.funnel[row].stage
        if stage != LATENT and stage != IDENTIFIED and stage != SCREENED and stage != ENDED:
            continue
        if s.funnel[row].known > t or not is_alive(t, standing, s.conversions, opportunity):
            continue
        quantity = free_quantity(p, s, opportunity)
        if quantity <= 0.0:
            continue
        value = value_seller(lever, s, opportunity)
        value += value_buyer(lever, s, opportunity)
        rate = min(s.companies[opportunity.seller].wacc, s.companies[opportunity.buyer].wacc)
        capital = (1.0 - lever.capital_grant) * capital_of(s, opportunity, quantity) + p.contract_transaction_cost
        quantities[row] = quantity
        yearly = annuity(rate, s.conversions[opportunity.conversion].term) * capital
        gains[row] = quantity * value - 2.0 * p.contract_monitoring_cost - yearly
    return quantities, gains
