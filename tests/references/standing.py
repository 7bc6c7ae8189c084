"""Standing: what others can see of two streams, whether a deal could be made, and how much it draws looks."""

from __future__ import annotations

from math import exp

from tests.references.deals import Opportunity


def can_deal(opportunity: Opportunity) -> bool:
    """Both companies are there or announced and both streams flow or come."""
    supply, demand = opportunity.supply, opportunity.demand
    if not supply.company.prospect or not demand.company.prospect:
        return False
    return supply.permit and supply.coming > 0.0 and demand.coming > 0.0


def is_project(opportunity: Opportunity) -> bool:
    """A company has still to open, or a stream has still to flow."""
    waits = "waiting" in (opportunity.seller.status, opportunity.buyer.status)
    return waits or opportunity.supply.coefficient <= 0.0 or opportunity.demand.coefficient <= 0.0


def weight_of(p, opportunity: Opportunity) -> float:
    """How much one side of an opportunity is looked at by the other, contacts aside."""
    base = exp(-opportunity.distance / p.discovery_search_range)
    if opportunity.seller.widely_known or opportunity.buyer.widely_known:
        base = 1.0
    return base * p.discovery_project if is_project(opportunity) else base
