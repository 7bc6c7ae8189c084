"""Partner selection: what could come to the table, best first."""

from __future__ import annotations

from tests.references.capacity import free_quantity, possible_quantity
from tests.references.deals import Exchange, Opportunity
from tests.references.outside_option import running_gain, yearly_leaving
from tests.references.things import Stage
from tests.references.trust import is_refused


def queue_for_talks(model) -> list[tuple[Opportunity, float, Exchange | None]]:
    """What could come to the table, best first, with the contract whose place it would take."""
    queue = []
    for opportunity in model.opportunities:
        if opportunity.stage is not Stage.SCREENED or not opportunity.is_alive(model.month):
            continue
        if not are_free_to_talk(model, opportunity):
            continue
        quantity, contract = quantity_to_talk_about(model, opportunity)
        if quantity > 0.0:
            queue.append((opportunity, quantity, contract))
    return sorted(queue, key=lambda entry: -entry[0].score)


def are_free_to_talk(model, opportunity: Opportunity) -> bool:
    """Neither refuses the other; under a planner, it wants this exchange."""
    if model.is_planned:
        return opportunity.assigned > 0.0
    return not is_refused(model, opportunity.there) and not is_refused(model, opportunity.back)


def quantity_to_talk_about(model, opportunity: Opportunity) -> tuple[float, Exchange | None]:
    """Quantity, and the contract whose place it takes; no quantity when there is nothing to talk about."""
    p = model.p
    quantity = free_quantity(p, opportunity)
    if model.is_planned:
        return min(quantity, opportunity.assigned), None
    least = p.contract_smallest * possible_quantity(p, opportunity)
    if quantity >= least and quantity > 0.0:
        return quantity, None
    if opportunity.look != model.month + float(p.screening_review):
        return 0.0, None
    return better_than_running(model, opportunity, least)


def better_than_running(model, opportunity: Opportunity, least: float) -> tuple[float, Exchange | None]:
    """The running contract that this opportunity promises most to improve on."""
    best, quantity, contract = 0.0, 0.0, None
    sold = [(rival, True) for rival in opportunity.supply.opportunities]
    bought = [(rival, False) for rival in opportunity.demand.opportunities]
    for rival, by_seller in sold + bought:
        if rival is opportunity or rival.stage is not Stage.OPERATING:
            continue
        old = rival.contract
        if old.successor is not None or old.talking:
            continue
        free = free_quantity(model.p, opportunity, rival)
        if free <= 0.0 or free < least:
            continue
        stay = running_gain(model, old, by_seller) + yearly_leaving(model, old, by_seller)
        better = 0.5 * opportunity.score * min(1.0, free / opportunity.quantity) - max(0.0, stay)
        if better > best:
            best, quantity, contract = better, free, old
    return quantity, contract
