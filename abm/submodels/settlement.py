"""Settlement: money follows material; the month is settled with the exchanges and without them on the same shocks."""

from __future__ import annotations

from ..entities.codes import BUILDING, ENERGY, MATERIAL, OPEN, OPERATING, OUT
from ..numerics.compiled import compiled
from .disposal import co2_of, count_disposal
from .screening import burden_of, transport_cost


@compiled
def settle_streams(p, now, s):
    """Settle every company's own business, in place: `result` with what is left of its streams, `result_alone` with all.

    alone = output (margin + base) - fixed - sum(supply x disposal cost) - sum(need x virgin cost) [EUR], where base is
    what customers pay for the streams: the cost at the start and the passed-through share of its change. A closed
    company pays once more, for the stock it leaves behind.
    """
    for row in range(len(s.companies)):
        company = s.companies[row]
        borne = stream_price(p, company, s)
        business = (company.margin + borne) * company.output - company.fixed_cost if company.status == OPEN else 0.0
        company.result = business - company.due - company.owed
        company.result_alone = business
        now.gain_sellers -= 0.5 * company.due
        now.gain_buyers -= 0.5 * company.due
        company.due = 0.0
        company.owed = 0.0
    for row in range(len(s.streams)):
        stream = s.streams[row]
        company = s.companies[stream.company]
        material = s.materials[stream.material]
        if stream.direction == OUT:
            settle_supply(now, s, company, stream, material)
        else:
            settle_need(now, company, stream, material)


@compiled
def stream_price(p, company, s):
    """Return what customers pay for a company's streams [EUR/product]; sets the base anew, in place, when it is due."""
    if company.status != OPEN:
        return 0.0
    cost = 0.0
    for row in range(company.stream_first, company.stream_first + company.stream_count):
        material = s.materials[s.streams[row].material]
        unit_cost = s.streams[row].disposal_cost if s.streams[row].direction == OUT else material.cost
        cost += s.streams[row].coefficient * unit_cost
    if company.rebase == 1:
        company.stream_cost = cost
        company.rebase = 0
    return company.stream_cost + p.production_pass_through * (cost - company.stream_cost)


@compiled
def settle_supply(now, s, company, stream, material):
    """Pay for the disposal of a by-product, in place."""
    company.result -= stream.disposed * stream.disposal_cost
    company.result_alone -= stream.amount * stream.disposal_cost
    now.tax_revenue += stream.disposed * stream.disposal_tax
    now.tax_revenue_alone += stream.amount * stream.disposal_tax
    count_disposal(now, s.outlets, stream, material)


@compiled
def settle_need(now, company, stream, material):
    """Pay for what is still bought, in place."""
    bought = stream.amount - stream.replaced
    company.result -= bought * material.cost
    company.result_alone -= stream.amount * material.cost
    now.tax_revenue += bought * material.virgin_tax
    now.tax_revenue_alone += stream.amount * material.virgin_tax


@compiled
def settle_exchanges(p, clock, lever, now, s):
    """Settle every exchange, in place; loans run on after an exchange has ended."""
    for row in range(clock.exchanges):
        exchange = s.exchanges[row]
        if exchange.stage == OPERATING:
            opportunity = s.opportunities[exchange.opportunity]
            conversion = s.conversions[opportunity.conversion]
            settle_one(p, lever, now, s, conversion, opportunity, exchange)
        if exchange.loan_left > 0.0 and exchange.ready <= clock.month and exchange.stage != BUILDING:
            repay(now, exchange, s.companies)


@compiled
def current_price(exchange, opportunity, cost):
    """Return the contract price of the month [EUR/unit]: price + indexation x input replaced x (cost - reference)."""
    replaces = opportunity.arriving * opportunity.ratio
    return exchange.price + exchange.indexation * replaces * (cost - exchange.reference)


@compiled
def settle_one(p, lever, now, s, conversion, opportunity, exchange):
    """Settle one operating exchange, in place.

    seller: price x delivered - handling - penalties + half the subsidy - monitoring;
    buyer: - price x delivered - treatment - transport - carbon + penalties + half the subsidy - monitoring;
    gains add what is not disposed of and not bought. Penalties are a multiple of the price, at most of the public value.
    """
    supply = s.streams[exchange.supply]
    given = s.materials[supply.material]
    saved = s.materials[s.streams[exchange.demand].material]
    delivered = exchange.delivered_now
    replaced = opportunity.arriving * opportunity.ratio * delivered
    price = current_price(exchange, opportunity, saved.cost)
    payment = price * delivered
    worth = abs(supply.disposal_cost) + opportunity.arriving * opportunity.ratio * saved.cost
    damages = exchange.penalty * min(abs(price), worth) * (exchange.short_seller - exchange.short_buyer)
    subsidy = lever.exchange_subsidy * saved.cost * replaced
    monitoring = p.contract_monitoring_cost / 12.0
    to_seller = payment - conversion.handling * delivered - damages + 0.5 * subsidy - monitoring
    burden = burden_of(conversion, opportunity)
    carriage = transport_cost(conversion, opportunity) * delivered
    carbon = lever.carbon_price * burden * delivered
    to_buyer = -payment - conversion.treatment * delivered - carriage - carbon + damages + 0.5 * subsidy - monitoring
    s.companies[exchange.seller].result += to_seller
    s.companies[exchange.buyer].result += to_buyer
    exchange.gain_seller_now = to_seller + supply.disposal_cost * delivered
    exchange.gain_buyer_now = to_buyer + saved.cost * replaced
    exchange.seller_gain += exchange.gain_seller_now
    exchange.buyer_gain += exchange.gain_buyer_now
    exchange.year_seller += exchange.gain_seller_now
    now.gain_sellers += exchange.gain_seller_now
    now.gain_buyers += exchange.gain_buyer_now
    exchange.year_buyer += exchange.gain_buyer_now
    exchange.year_delivered += delivered
    exchange.year_damages += damages
    exchange.public_gain += carbon - supply.disposal_tax * delivered - saved.virgin_tax * replaced - subsidy
    now.tax_revenue += carbon
    now.subsidies += subsidy
    now.transport_cost += carriage
    count_flows(now, exchange, burden, given, saved, co2_of(s.outlets, supply), delivered, replaced)


@compiled
def count_flows(now, exchange, burden, given, saved, co2_disposal, delivered, replaced):
    """Count tonnes, energy, water, virgin input and CO2 of a delivery, in place."""
    weight = delivered * given.weight
    if given.group == MATERIAL:
        now.material_reused += weight
    elif given.group == ENERGY:
        now.energy_reused += weight
    else:
        now.water_reused += weight
    avoided = replaced * saved.co2_virgin + delivered * (co2_disposal - burden)
    now.virgin_saved += replaced * saved.price
    now.co2_avoided += avoided
    exchange.delivered += delivered
    exchange.tonnes += delivered * given.tonnes
    exchange.co2 += avoided


@compiled
def repay(now, exchange, companies):
    """Pay the month's annuity of both sides, in place; a closed company pays no more."""
    exchange.loan_left -= 1.0
    if companies[exchange.seller].status == OPEN:
        companies[exchange.seller].result -= exchange.loan_seller
        exchange.seller_gain -= exchange.loan_seller
        now.gain_sellers -= exchange.loan_seller
    if companies[exchange.buyer].status == OPEN:
        companies[exchange.buyer].result -= exchange.loan_buyer
        exchange.buyer_gain -= exchange.loan_buyer
        now.gain_buyers -= exchange.loan_buyer


@compiled
def close_books(now, lever, companies):
    """Add the month's results to cash and to the year, in place."""
    for row in range(len(companies)):
        company = companies[row]
        company.cash = min(company.cash + company.result, company.cash_limit)
        company.year_result += company.result
        company.year_alone += company.result_alone
        now.result += company.result
        now.result_alone += company.result_alone
        now.gain += company.result - company.result_alone
    now.programme_cost += lever.programme_cost
