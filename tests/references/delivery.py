"""Delivery: exchanges deliver what both sides can, older contracts first."""

from __future__ import annotations


def open_stocks(model) -> None:
    """Add what was stored to what is free."""
    for supply in model.supplies:
        supply.free = supply.amount + supply.stock


def deliver(model, exchange) -> None:
    """Deliver min(available, wanted, contract maximum); what is missing is booked to the side that caused it."""
    supply, demand, opportunity = exchange.supply, exchange.demand, exchange.opportunity
    replaces = opportunity.arriving * opportunity.ratio
    nominal = exchange.quantity / 12.0 * demand.profile[model.month % 12]
    wanted = max(0.0, opportunity.share * demand.amount - demand.replaced) / replaces
    delivered = min(supply.free, wanted, nominal * (1.0 + exchange.band))
    missing = max(0.0, nominal * (1.0 - exchange.band) - delivered) * (1.0 - model.lever.backup)
    by_seller = supply.free <= wanted
    exchange.nominal = nominal
    exchange.delivered_now = delivered
    exchange.short_seller = missing if by_seller else 0.0
    exchange.short_buyer = 0.0 if by_seller else missing
    supply.free -= delivered
    demand.replaced += delivered * replaces


def store_and_dispose(supply) -> None:
    """Store what is left where an exchange runs and the material keeps; dispose of the rest."""
    room = supply.material.storable * supply.coefficient * supply.company.capacity if supply.links > 0 else 0.0
    supply.stock = min(supply.free, room)
    supply.disposed = supply.free - supply.stock
