"""Delivery: exchanges deliver what both sides can."""

from __future__ import annotations

from abm.compiled import compiled
from abm.state import OPERATING, OUT


@compiled
def deliver(t, p, clock, lever, companies, streams, opportunities, exchanges, profiles):
    """Deliver on every operating exchange, older contracts first, in place.

    delivered = min(available of the seller, wanted by the buyer, contract maximum) [unit of the by-product]. What is
    missing to the contract minimum is booked to the side that caused it.
    """
    month_of_year = t % 12
    open_stocks(streams)
    for row in range(clock.exchanges):
        exchange = exchanges[row]
        if exchange.stage == OPERATING:
            deliver_one(exchange, opportunities[exchange.opportunity], streams, profiles, month_of_year, lever.backup)


@compiled
def open_stocks(streams):
    """Add what was stored to what is free, in place."""
    for row in range(len(streams)):
        if streams[row].direction == OUT:
            streams[row].free = streams[row].amount + streams[row].stock


@compiled
def deliver_one(exchange, opportunity, streams, profiles, month_of_year, backup):
    """Deliver on one exchange, in place; back-up supply covers a share of what is missing."""
    supply = streams[exchange.supply]
    demand = streams[exchange.demand]
    nominal = exchange.quantity / 12.0 * profiles[demand.profile, month_of_year]
    replaces = opportunity.arriving * opportunity.ratio
    wanted = max(0.0, opportunity.share * demand.amount - demand.replaced) / replaces
    delivered = min(supply.free, wanted, nominal * (1.0 + exchange.band))
    least = nominal * (1.0 - exchange.band)
    missing = max(0.0, least - delivered) * (1.0 - backup)
    exchange.nominal = nominal
    exchange.delivered_now = delivered
    exchange.short_seller = missing if supply.free <= wanted else 0.0
    exchange.short_buyer = missing if supply.free > wanted else 0.0
    supply.free -= delivered
    demand.replaced += delivered * replaces


@compiled
def store_and_dispose(p, streams, materials, companies):
    """Store what is left where an exchange runs and the material keeps; dispose of the rest, in place.

    produced + stock before = delivered + stock after + disposed, for every stream and month.
    """
    for row in range(len(streams)):
        stream = streams[row]
        if stream.direction != OUT:
            continue
        room = 0.0
        if stream.links > 0:
            room = materials[stream.material].storable * stream.coefficient * companies[stream.company].capacity
        stream.stock = min(stream.free, room)
        stream.disposed = stream.free - stream.stock
