"""Delivery: exchanges deliver what both sides can."""

from __future__ import annotations

from ..entities.codes import OPEN, OPERATING, OUT
from ..numerics.compiled import compiled
from .capacity import wanted_now
from .ledger import row_of


@compiled
def deliver(t, clock, lever, s):
    """Deliver on every operating exchange, older contracts first, in place.

    delivered = min(available of the seller, wanted by the buyer, contract maximum) [unit of the by-product]. What is
    missing to the contract minimum is booked to the side that caused it. Nothing is due where a partner, a stream or the
    permit is gone: the review of this month ends that exchange.
    """
    month_of_year = t % 12
    open_stocks(s.streams)
    for row in range(clock.exchanges):
        exchange = s.exchanges[row]
        if exchange.stage != OPERATING:
            continue
        opportunity = s.opportunities[exchange.opportunity]
        conversion = s.conversions[opportunity.conversion]
        seller = s.companies[exchange.seller]
        buyer = s.companies[exchange.buyer]
        supply = s.streams[exchange.supply]
        demand = s.streams[exchange.demand]
        factor = s.seasons[opportunity.season].factor
        due = due_quantity(seller, buyer, supply, demand, conversion, factor, exchange, s.profiles, month_of_year)
        month = row_of(clock, s, exchange, row)
        wanted = wanted_now(s, row, opportunity)
        deliver_one(month, exchange, opportunity, supply, demand, due, wanted)
        blame(month, exchange, lever.backup)


@compiled
def due_quantity(seller, buyer, supply, demand, conversion, factor, exchange, profiles, month_of_year):
    """Return what the contract foresees for a month [unit]: its yearly quantity by both sides' seasons and planned stops."""
    if not can_run(seller, buyer, supply, demand):
        return 0.0
    season = profiles[demand.profile, month_of_year]
    if conversion.keeps == 0:
        season = min(season, profiles[supply.profile, month_of_year])
    running = 1.0
    if seller.maintenance_month == month_of_year:
        running = 1.0 - seller.maintenance_share
    if buyer.maintenance_month == month_of_year:
        running = min(running, 1.0 - buyer.maintenance_share)
    return exchange.quantity / 12.0 * factor * season * running


@compiled
def can_run(seller, buyer, supply, demand):
    """Tell whether an exchange can run: both companies open, both streams flowing, the permit in force."""
    if seller.status != OPEN or buyer.status != OPEN:
        return False
    return supply.coefficient > 0.0 and supply.permit == 1 and demand.coefficient > 0.0


@compiled
def open_stocks(streams):
    """Add what was stored to what is free, in place."""
    for row in range(len(streams)):
        if streams[row].direction == OUT:
            streams[row].opening = streams[row].stock
            streams[row].free = streams[row].amount + streams[row].stock


@compiled
def deliver_one(month, exchange, opportunity, supply, demand, due, wanted):
    """Deliver on one exchange of which `due` units are due and write its month, in place."""
    replaces = opportunity.arriving * opportunity.ratio
    month.due = due
    month.available = supply.free
    month.wanted = wanted
    month.delivered = min(supply.free, wanted, due * (1.0 + exchange.band))
    month.replaced = month.delivered * replaces
    exchange.nominal = due
    exchange.delivered_now = month.delivered
    supply.free -= month.delivered
    demand.replaced += month.replaced


@compiled
def blame(month, exchange, backup):
    """Book what is missing to the least of a month to the side that alone lacked it, in place.

    What both would have lacked is excused; back-up supply covers its share of the rest.
    """
    least = month.due * (1.0 - exchange.band)
    seller = max(0.0, least - month.available)
    buyer = max(0.0, least - month.wanted)
    month.short_seller = max(0.0, seller - buyer) * (1.0 - backup)
    month.short_buyer = max(0.0, buyer - seller) * (1.0 - backup)
    month.excused = min(seller, buyer)
    exchange.short_seller = month.short_seller
    exchange.short_buyer = month.short_buyer


@compiled
def store_and_dispose(s):
    """Store what is left as far as contracts can take it within the months it keeps; dispose of the rest, in place.

    A contract counts from its signing on: what is harvested before it starts is kept for it.
    produced + stock before = delivered + stock after + disposed, for every stream and month.
    """
    for row in range(len(s.streams)):
        stream = s.streams[row]
        if stream.direction == OUT:
            room = s.materials[stream.material].storable * stream.contracted / 12.0
            stream.stock = min(stream.free, max(0.0, room))
            stream.disposed = stream.free - stream.stock
