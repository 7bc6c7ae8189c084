"""Settlement of contracts: price, costs of both sides, damages, subsidy and upkeep of every running exchange."""

from __future__ import annotations

from ..entities.accounts import (
    CARBON,
    DAMAGES,
    FORGONE,
    FORGONE_CARBON,
    HANDLING,
    INTERRUPTION_DISPOSAL,
    INTERRUPTION_INPUT,
    MONITORING,
    OM,
    PRICE,
    SUBSIDY,
    TRANSPORT,
    TREATMENT,
)
from ..entities.codes import ENERGY, EXPECTATION, MATERIAL, NO_DAMAGES, OPERATING
from ..numerics.compiled import compiled
from .disposal import co2_of
from .ledger import pay, pay_partner, row_of
from .lending import repay
from .screening import burden_of, handling_of, transport_cost


@compiled
def settle_exchanges(p, clock, lever, now, s):
    """Settle every exchange, in place; loans run on after an exchange has ended."""
    for number in range(clock.exchanges):
        exchange = s.exchanges[number]
        if exchange.stage == OPERATING:
            settle_one(p, clock, lever, now, s, exchange, number)
        repay(p, clock, s, exchange, number)


@compiled
def current_price(exchange, opportunity, cost):
    """Return the contract price of the month [EUR/unit]: price + indexation x input replaced x (cost - reference)."""
    replaces = opportunity.arriving * opportunity.ratio
    return exchange.price + exchange.indexation * replaces * (cost - exchange.reference)


@compiled
def settle_one(p, clock, lever, now, s, exchange, number):
    """Settle one operating exchange, in place: price, costs of both sides, damages, subsidy, upkeep, monitoring."""
    opportunity = s.opportunities[exchange.opportunity]
    supply = s.streams[exchange.supply]
    saved = s.materials[s.streams[exchange.demand].material]
    row = row_of(clock, s, exchange, number)
    row.price = current_price(exchange, opportunity, saved.cost)
    row.virgin_price = saved.price
    row.virgin_tax = saved.virgin_tax
    row.disposal_fee = supply.disposal_cost - supply.disposal_tax
    row.disposal_tax = supply.disposal_tax
    row.payment = row.price * row.delivered
    pay_partner(p, clock, s, exchange, PRICE, False, row.payment)
    pay_costs(p, clock, lever, s, exchange, opportunity, row)
    pay_damages(p, clock, lever, s, exchange, opportunity, row)
    pay_upkeep(p, clock, s, exchange, row)
    subsidy = lever.exchange_subsidy * saved.cost * row.replaced
    row.subsidy_seller = p.contract_subsidy_to_seller * subsidy
    row.subsidy_buyer = (1.0 - p.contract_subsidy_to_seller) * subsidy
    pay(p, clock, s, exchange.seller, SUBSIDY, -row.subsidy_seller)
    pay(p, clock, s, exchange.buyer, SUBSIDY, -row.subsidy_buyer)
    now.subsidies += subsidy
    now.tax_revenue += row.carbon + row.forgone_carbon
    now.transport_cost += row.transport
    book_gains(exchange, row)
    exchange.year_delivered += row.delivered
    exchange.year_damages += row.damages_to_buyer
    count_flows(now, s, exchange, opportunity, row, supply, saved)


@compiled
def pay_costs(p, clock, lever, s, exchange, opportunity, row):
    """Pay for handling and what is given up, treatment, transport and the carbon of all, in place."""
    conversion = s.conversions[opportunity.conversion]
    row.handling = conversion.handling * row.delivered
    pay(p, clock, s, exchange.seller, HANDLING, row.handling)
    if conversion.forgone >= 0:
        good = s.materials[conversion.forgone]
        lost = conversion.forgone_units * conversion.forgone_share * row.delivered
        row.forgone = lost * good.price
        pay(p, clock, s, exchange.seller, FORGONE, row.forgone)
        row.forgone_carbon = lost * (lever.carbon_price * good.co2_virgin)
        pay(p, clock, s, exchange.seller, FORGONE_CARBON, row.forgone_carbon)
    row.treatment = conversion.treatment * row.delivered
    pay(p, clock, s, exchange.buyer, TREATMENT, row.treatment)
    row.transport = transport_cost(conversion, opportunity) * row.delivered
    pay(p, clock, s, exchange.buyer, TRANSPORT, row.transport)
    row.carbon = lever.carbon_price * burden_of(conversion, opportunity) * row.delivered
    pay(p, clock, s, exchange.buyer, CARBON, row.carbon)


@compiled
def pay_damages(p, clock, lever, s, exchange, opportunity, row):
    """Pay for the interruption, really, on the injured side, and let who failed make good its loss, in place.

    Expectation damages leave the injured side as well off as with the least that was due, as far as the public value of
    what is missing goes (Shavell 1980, Bell Journal of Economics 11(2); UCC 2-713, 2-708).
    """
    supply = s.streams[exchange.supply]
    saved = s.materials[s.streams[exchange.demand].material]
    conversion = s.conversions[opportunity.conversion]
    replaces = opportunity.arriving * opportunity.ratio
    extra_buyer = p.contract_interruption_cost * replaces * saved.price
    extra_seller = p.contract_interruption_cost * max(0.0, supply.disposal_cost)
    carbon = lever.carbon_price * burden_of(conversion, opportunity)
    margin = replaces * saved.cost - conversion.treatment - transport_cost(conversion, opportunity) - carbon - row.price
    loss_buyer = max(0.0, margin) + extra_buyer
    loss_seller = max(0.0, row.price + supply.disposal_cost - handling_of(lever, s, conversion)) + extra_seller
    worth = abs(supply.disposal_cost) + replaces * saved.cost
    to_buyer = damages_of(p, exchange, loss_buyer, worth, row.price) * row.short_seller
    to_seller = damages_of(p, exchange, loss_seller, worth, row.price) * row.short_buyer
    row.damages_to_buyer = to_buyer - to_seller
    pay_partner(p, clock, s, exchange, DAMAGES, True, row.damages_to_buyer)
    row.interruption_buyer = extra_buyer * row.short_seller
    pay(p, clock, s, exchange.buyer, INTERRUPTION_INPUT, row.interruption_buyer)
    row.interruption_seller = extra_seller * row.short_buyer
    pay(p, clock, s, exchange.seller, INTERRUPTION_DISPOSAL, row.interruption_seller)


@compiled
def damages_of(p, exchange, loss, worth, price):
    """Return the damages for a missing unit [EUR/unit], at most what public prices say it is worth."""
    if p.contract_damages == NO_DAMAGES:
        return 0.0
    return min(loss if p.contract_damages == EXPECTATION else exchange.penalty * abs(price), worth)


@compiled
def pay_upkeep(p, clock, s, exchange, row):
    """Pay for operation and maintenance while the assets live, by share of the capital, and for monitoring, in place."""
    upkeep = exchange.upkeep / 12.0 if clock.month < exchange.wears else 0.0
    row.om_seller = exchange.share * upkeep
    pay(p, clock, s, exchange.seller, OM, row.om_seller)
    row.om_buyer = (1.0 - exchange.share) * upkeep
    pay(p, clock, s, exchange.buyer, OM, row.om_buyer)
    row.monitoring = p.contract_monitoring_cost / 12.0
    pay(p, clock, s, exchange.seller, MONITORING, row.monitoring)
    pay(p, clock, s, exchange.buyer, MONITORING, row.monitoring)


@compiled
def book_gains(exchange, row):
    """Book what the month's operation brought both sides [EUR], in place; loans and what is paid once stand apart."""
    exchange.gain_seller_now = (
        (row.disposal_fee + row.disposal_tax) * row.delivered + row.payment - row.handling - row.forgone
        - row.forgone_carbon - row.damages_to_buyer - row.interruption_seller + row.subsidy_seller - row.om_seller
        - row.monitoring
    )  # fmt: skip
    exchange.gain_buyer_now = (
        (row.virgin_price + row.virgin_tax) * row.replaced - row.payment - row.treatment - row.transport - row.carbon
        + row.damages_to_buyer - row.interruption_buyer + row.subsidy_buyer - row.om_buyer - row.monitoring
    )  # fmt: skip
    exchange.year_seller += exchange.gain_seller_now
    exchange.year_buyer += exchange.gain_buyer_now


@compiled
def count_flows(now, s, exchange, opportunity, row, supply, saved):
    """Count tonnes, energy, water, virgin input and CO2 of a delivery, in place."""
    given = s.materials[supply.material]
    weight = row.delivered * given.weight
    if given.group == MATERIAL:
        now.material_reused += weight
    elif given.group == ENERGY:
        now.energy_reused += weight
    else:
        now.water_reused += weight
    conversion = s.conversions[opportunity.conversion]
    burden = burden_of(conversion, opportunity)
    if conversion.forgone >= 0:
        burden += conversion.forgone_units * s.materials[conversion.forgone].co2_virgin
    row.co2_avoided = row.replaced * saved.co2_virgin + row.delivered * (co2_of(s.outlets, supply) - burden)
    now.virgin_saved += row.replaced * saved.price
    now.co2_avoided += row.co2_avoided
    exchange.delivered += row.delivered
    exchange.tonnes += row.delivered * given.tonnes
    exchange.co2 += row.co2_avoided
