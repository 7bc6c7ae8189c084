"""Planning: in the planned mode a planner that knows both sides judges what every possible exchange would gain."""

from __future__ import annotations

import numpy as np

from ..entities.codes import ENDED, IDENTIFIED, LATENT, SCREENED
from ..numerics.compiled import compiled
from .assets import missing_equipment, missing_link
from .capacity import free_quantity
from .negotiation.utility import annuity
from .screening import value_buyer, value_seller
from .standing import is_alive, note_standing


@compiled
def is_planning_due(p, clock):
    """Tell whether the planner has to assign exchanges before this month: each January in the planned mode."""
    return p.governance_mode == 2 and clock.month % 12 == 0 and clock.planned != clock.month


@compiled
def value_opportunities(p, lever, s):
    """Return (v [EUR/unit], F [EUR/year]) of every opportunity at true values: what a unit is worth and what it costs to have one.

    v = value of the seller + value of the buyer - annuity of the capital of a unit a year; F = annuity of the fixed capital that is missing
    over its life and of arranging over the standard term, and twice monitoring; at the lower of the two costs of capital, since the patient
    side carries the capital.
    """
    values = np.zeros(len(s.opportunities))
    fixed = np.zeros(len(s.opportunities))
    for row in range(len(s.opportunities)):
        opportunity = s.opportunities[row]
        rate = min(s.companies[opportunity.seller].wacc, s.companies[opportunity.buyer].wacc)
        conversion = s.conversions[opportunity.conversion]
        link = annuity(rate, conversion.link_life)
        equipment = annuity(rate, conversion.equipment_life)
        own = 1.0 - lever.capital_grant
        base = link * missing_link(p, s, opportunity, 0.0, 0.0)
        base += equipment * missing_equipment(p, s, opportunity, 0.0, 0.0)
        unit = link * missing_link(p, s, opportunity, 1.0, 0.0)
        unit += equipment * missing_equipment(p, s, opportunity, 1.0, 0.0)
        worth = value_seller(lever, s, opportunity) + value_buyer(lever, s, opportunity)
        values[row] = worth - own * (unit - base)
        arranging = annuity(rate, conversion.term) * p.contract_transaction_cost
        fixed[row] = own * base + arranging + 2.0 * p.contract_monitoring_cost
    return values, fixed


@compiled
def value_anew(p, lever, s, first, end):
    """Return (v [EUR/unit], F [EUR/year]) of opportunities `first` to before `end` where nothing stands yet: what any two networks are compared by."""
    values = np.zeros(end - first)
    fixed = np.zeros(end - first)
    for row in range(first, end):
        opportunity = s.opportunities[row]
        rate = min(s.companies[opportunity.seller].wacc, s.companies[opportunity.buyer].wacc)
        conversion = s.conversions[opportunity.conversion]
        link = annuity(rate, conversion.link_life) * opportunity.distance
        equipment = annuity(rate, conversion.equipment_life)
        own = 1.0 - lever.capital_grant
        worth = value_seller(lever, s, opportunity) + value_buyer(lever, s, opportunity)
        values[row - first] = worth - own * (link * conversion.link_flow + equipment * conversion.capital_flow)
        arranging = annuity(rate, conversion.term) * p.contract_transaction_cost
        capital = own * (link * conversion.link_fixed + equipment * conversion.capital_fixed)
        fixed[row - first] = capital + arranging + 2.0 * p.contract_monitoring_cost
    return values, fixed


@compiled
def list_candidates(t, p, s):
    """Return the largest flow [unit/year] of every exchange that could start now beside what is under contract, 0 where none can."""
    standing = note_standing(s)
    quantities = np.zeros(len(s.opportunities))
    for row in range(len(s.opportunities)):
        stage = s.funnel[row].stage
        if stage != LATENT and stage != IDENTIFIED and stage != SCREENED and stage != ENDED:
            continue
        if s.funnel[row].known <= t and is_alive(t, standing, s.conversions, s.opportunities[row]):
            quantities[row] = free_quantity(p, s, row, -1)
    return quantities
