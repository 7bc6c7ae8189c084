"""What fits: how much of an opportunity can be promised or taken beside what is under contract already."""

from __future__ import annotations

from math import inf

from tests.references.deals import Exchange, Opportunity
from tests.references.things import Stage

UNDER_CONTRACT = (Stage.AGREED, Stage.BUILDING, Stage.OPERATING)


def supply_of(opportunity: Opportunity) -> float:
    """What the seller is expected to have in a year."""
    return 12.0 * opportunity.supply.coming * opportunity.seller.coming_capacity


def need_of(opportunity: Opportunity) -> float:
    """What the buyer is expected to need in a year."""
    return 12.0 * opportunity.demand.coming * opportunity.buyer.coming_capacity


def possible_quantity(p, opportunity: Opportunity) -> float:
    """What could be promised if nothing else were [unit/year]."""
    yearly = supply_of(opportunity) * opportunity.fit_supply
    need = need_of(opportunity) * opportunity.share * opportunity.fit_demand
    return p.contract_dependable * min(yearly, need / (opportunity.arriving * opportunity.ratio))


def free_quantity(p, opportunity: Opportunity, spared: Opportunity | None = None) -> float:
    """What finds room beside all contracts but one [unit/year]."""
    if opportunity.supply.contracted <= 0.0 and opportunity.demand.contracted <= 0.0:
        return possible_quantity(p, opportunity)
    shape = shape_months(opportunity)
    room = min(room_at_seller(p, opportunity, spared, shape), room_at_buyer(p, opportunity, spared, shape))
    return max(0.0, room)


def shape_months(opportunity: Opportunity) -> list[float]:
    """Part of a yearly quantity that falls into each month of the year."""
    factor = opportunity.season / 12.0
    given, asked = opportunity.supply.profile, opportunity.demand.profile
    return [
        factor * (asked[month] if opportunity.keeps > 0 else min(asked[month], given[month])) for month in range(12)
    ]


def contracts(opportunities: list[Opportunity], *but: Opportunity | None) -> list[tuple[Opportunity, float]]:
    """Opportunities under contract with what each promises; nothing more once another was signed in its place."""
    return [
        (other, other.contract.quantity if other.contract.successor is None else 0.0)
        for other in opportunities
        if other.stage in UNDER_CONTRACT and not any(other is one for one in but)
    ]


def room_at_seller(p, opportunity: Opportunity, spared: Opportunity | None, shape: list[float]) -> float:
    """Flow that the supply still has room for."""
    used = [0.0] * 12
    for other, quantity in contracts(opportunity.supply.opportunities, opportunity, spared):
        for month, part in enumerate(shape_months(other)):
            used[month] += quantity * part
    given = p.contract_dependable * supply_of(opportunity) / 12.0
    return room_in_runs(given, opportunity.supply.profile, used, shape, opportunity.keeps)


def room_in_runs(given: float, season: list[float], used: list[float], shape: list[float], keeps: int) -> float:
    """Largest flow of this shape beside what is used, over all runs of months of at most a year."""
    room = inf
    for start in range(12):
        asked = left = 0.0
        for length in range(1, 13 if keeps > 0 else 2):
            month = (start + length - 1) % 12
            asked += shape[month]
            left += given * season[month] - used[month]
            stored = 0.0
            for before in range(min(keeps, 12 - length)):
                stored += given * season[(start - 1 - before) % 12]
            if asked > 0.0:
                room = min(room, (left + stored) / asked)
    return room


def room_at_buyer(p, opportunity: Opportunity, spared: Opportunity | None, shape: list[float]) -> float:
    """Flow that the need still has room for, and the largest share of this kind."""
    used, alike = [0.0] * 12, [0.0] * 12
    for other, quantity in contracts(opportunity.demand.opportunities, opportunity, spared):
        for month, part in enumerate(shape_months(other)):
            replaced = part * (quantity * other.arriving * other.ratio)
            used[month] += replaced
            if other.conversion == opportunity.conversion:
                alike[month] += replaced
    needed = p.contract_dependable * need_of(opportunity) / 12.0
    room = inf
    for month in range(12):
        if shape[month] > 0.0:
            due = needed * opportunity.demand.profile[month]
            left = min(due - used[month], opportunity.share * due - alike[month])
            room = min(room, left / (opportunity.arriving * opportunity.ratio * shape[month]))
    return room


def wanted_now(exchange: Exchange) -> float:
    """What the buyer can still take of an exchange this month [unit of the by-product]."""
    opportunity, demand = exchange.opportunity, exchange.demand
    room = demand.amount - demand.replaced
    if opportunity.share < 1.0:
        replaced = 0.0
        for other in demand.opportunities:
            alike = other.conversion == opportunity.conversion and other.stage is Stage.OPERATING
            if alike and other.contract.number < exchange.number:
                replaced += other.contract.delivered_now * other.arriving * other.ratio
        room = min(room, opportunity.share * demand.amount - replaced)
    return max(0.0, room) / (opportunity.arriving * opportunity.ratio)
