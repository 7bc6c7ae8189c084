"""Delivery: exchanges deliver what both sides can, older contracts first."""

from __future__ import annotations

from tests.references.capacity import wanted_now
from tests.references.ledger import row_of


def open_stocks(model) -> None:
    """Add what was stored to what is free."""
    for supply in model.supplies:
        supply.opening = supply.stock
        supply.free = supply.amount + supply.stock


def can_run(exchange) -> bool:
    """Both companies are open, both streams flow, the permit is in force."""
    supply, demand = exchange.supply, exchange.demand
    if not supply.company.is_open or not demand.company.is_open:
        return False
    return supply.coefficient > 0.0 and supply.permit and demand.coefficient > 0.0


def due_quantity(exchange, month_of_year: int) -> float:
    """What the contract foresees for a month: its yearly quantity by season and planned stops of both sides."""
    if not can_run(exchange):
        return 0.0
    season = exchange.demand.profile[month_of_year]
    if not exchange.opportunity.keeps:
        season = min(season, exchange.supply.profile[month_of_year])
    running = min(
        1.0 - company.maintenance_share if company.maintenance_month == month_of_year else 1.0
        for company in (exchange.seller, exchange.buyer)
    )
    return exchange.quantity / 12.0 * exchange.opportunity.season * season * running


def deliver(model, exchange) -> None:
    """Deliver min(available, wanted, contract maximum); what is missing to the least is booked to the side at fault."""
    supply, demand, opportunity = exchange.supply, exchange.demand, exchange.opportunity
    replaces = opportunity.arriving * opportunity.ratio
    due = due_quantity(exchange, model.month % 12)
    wanted = wanted_now(exchange)
    delivered = min(supply.free, wanted, due * (1.0 + exchange.band))
    row = row_of(model, exchange)
    row.due, row.available, row.wanted = due, supply.free, wanted
    row.delivered, row.replaced = delivered, delivered * replaces
    blame(model, row, due * (1.0 - exchange.band))
    exchange.nominal = due
    exchange.delivered_now = delivered
    exchange.short_seller, exchange.short_buyer = row.short_seller, row.short_buyer
    supply.free -= delivered
    demand.replaced += row.replaced


def blame(model, row, least: float) -> None:
    """Book what is missing to the side that alone could not; what both lack is excused, back-up supply takes its share."""
    seller = max(0.0, least - row.available)
    buyer = max(0.0, least - row.wanted)
    kept = 1.0 - model.lever.backup
    row.short_seller = max(0.0, seller - buyer) * kept
    row.short_buyer = max(0.0, buyer - seller) * kept
    row.excused = min(seller, buyer)


def store_and_dispose(supply) -> None:
    """Store what is left as far as contracts can take it within the months it keeps; dispose of the rest."""
    room = supply.material.storable * supply.contracted / 12.0
    supply.stock = min(supply.free, max(0.0, room))
    supply.disposed = supply.free - supply.stock
