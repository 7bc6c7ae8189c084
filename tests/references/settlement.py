"""Settlement: money follows material, with the exchanges and without them on the same shocks."""

from __future__ import annotations

from tests.references.disposal import co2_of, count_disposal
from tests.references.things import Stage


def settle_business(company, model) -> None:
    """Settle one company's own business: with what is left of its streams, and alone with all of them."""
    now = model.now
    borne = stream_price(model, company)
    business = (company.margin + borne) * company.output - company.fixed_cost if company.is_open else 0.0
    company.result = business - company.due - company.owed
    company.result_alone = business
    now.gain_sellers -= 0.5 * company.due
    now.gain_buyers -= 0.5 * company.due
    company.due = company.owed = 0.0
    for stream in company.streams:
        if stream.is_supply:
            pay_disposal(now, company, stream)
        else:
            pay_input(now, company, stream)


def stream_price(model, company) -> float:
    """What customers pay for the streams: cost when it opened, and the passed-through part of its change."""
    if not company.is_open:
        return 0.0
    cost = 0.0
    for stream in company.streams:
        cost += stream.coefficient * (stream.disposal_cost if stream.is_supply else stream.material.cost)
    if company.rebase:
        company.stream_cost = cost
        company.rebase = False
    return company.stream_cost + model.p.production_pass_through * (cost - company.stream_cost)


def pay_disposal(now, company, stream) -> None:
    """Pay for what is disposed of."""
    company.result -= stream.disposed * stream.disposal_cost
    company.result_alone -= stream.amount * stream.disposal_cost
    now.tax_revenue += stream.disposed * stream.disposal_tax
    now.tax_revenue_alone += stream.amount * stream.disposal_tax
    count_disposal(now, stream)


def pay_input(now, company, stream) -> None:
    """Pay for what is still bought."""
    material = stream.material
    bought = stream.amount - stream.replaced
    company.result -= bought * material.cost
    company.result_alone -= stream.amount * material.cost
    now.tax_revenue += bought * material.virgin_tax
    now.tax_revenue_alone += stream.amount * material.virgin_tax


def current_price(exchange) -> float:
    """Contract price of the month: price + indexation x input replaced x (cost - reference)."""
    replaces = exchange.opportunity.arriving * exchange.opportunity.ratio
    return exchange.price + exchange.indexation * replaces * (exchange.demand.material.cost - exchange.reference)


def settle(model, exchange) -> None:
    """Settle one exchange; its loans run on after it has ended."""
    if exchange.runs:
        pay_contract(model, exchange)
    if exchange.loan_left > 0.0 and exchange.ready <= model.month and exchange.stage is not Stage.BUILDING:
        repay(model.now, exchange)


def pay_contract(model, exchange) -> None:
    """Pay the month of a running exchange: price, carriage, treatment, carbon, damages, subsidy, monitoring."""
    now, opportunity = model.now, exchange.opportunity
    saved = exchange.demand.material
    delivered = exchange.delivered_now
    replaced = opportunity.arriving * opportunity.ratio * delivered
    price = current_price(exchange)
    payment = price * delivered
    worth = abs(exchange.supply.disposal_cost) + opportunity.arriving * opportunity.ratio * saved.cost
    damages = exchange.penalty * min(abs(price), worth) * (exchange.short_seller - exchange.short_buyer)
    subsidy = model.lever.exchange_subsidy * saved.cost * replaced
    monitoring = model.p.contract_monitoring_cost / 12.0
    carriage = opportunity.transport * delivered
    to_seller = payment - opportunity.handling * delivered - damages + 0.5 * subsidy - monitoring
    carbon = model.lever.carbon_price * opportunity.burden * delivered
    to_buyer = -payment - opportunity.treatment * delivered - carriage - carbon + damages + 0.5 * subsidy - monitoring
    exchange.seller.result += to_seller
    exchange.buyer.result += to_buyer
    book_gains(now, exchange, to_seller + exchange.supply.disposal_cost * delivered, to_buyer + saved.cost * replaced)
    exchange.year_delivered += delivered
    exchange.year_damages += damages
    exchange.public_gain += carbon - exchange.supply.disposal_tax * delivered - saved.virgin_tax * replaced - subsidy
    now.tax_revenue += carbon
    now.subsidies += subsidy
    now.transport_cost += carriage
    count_flows(now, exchange, delivered, replaced)


def book_gains(now, exchange, to_seller: float, to_buyer: float) -> None:
    """Book what the month brought both sides."""
    exchange.gain_seller_now = to_seller
    exchange.gain_buyer_now = to_buyer
    exchange.seller_gain += to_seller
    exchange.buyer_gain += to_buyer
    exchange.year_seller += to_seller
    exchange.year_buyer += to_buyer
    now.gain_sellers += to_seller
    now.gain_buyers += to_buyer


def count_flows(now, exchange, delivered: float, replaced: float) -> None:
    """Count tonnes, energy, water, virgin input and CO2."""
    given, saved = exchange.supply.material, exchange.demand.material
    weight = delivered * given.weight
    if given.group == "material":
        now.material_reused += weight
    elif given.group == "energy":
        now.energy_reused += weight
    else:
        now.water_reused += weight
    avoided = replaced * saved.co2_virgin + delivered * (co2_of(exchange.supply) - exchange.opportunity.burden)
    now.virgin_saved += replaced * saved.price
    now.co2_avoided += avoided
    exchange.delivered += delivered
    exchange.tonnes += delivered * given.tonnes
    exchange.co2 += avoided


def repay(now, exchange) -> None:
    """Pay the month's annuity of both sides; a closed company pays no more."""
    exchange.loan_left -= 1.0
    if exchange.seller.is_open:
        exchange.seller.result -= exchange.loan_seller
        exchange.seller_gain -= exchange.loan_seller
        now.gain_sellers -= exchange.loan_seller
    if exchange.buyer.is_open:
        exchange.buyer.result -= exchange.loan_buyer
        exchange.buyer_gain -= exchange.loan_buyer
        now.gain_buyers -= exchange.loan_buyer


def close_books(model) -> None:
    """Add the month to cash and year of every company."""
    now = model.now
    for company in model.agents:
        company.cash = min(company.cash + company.result, company.cash_limit)
        company.year_result += company.result
        company.year_alone += company.result_alone
        now.result += company.result
        now.result_alone += company.result_alone
        now.gain += company.result - company.result_alone
    now.programme_cost += model.lever.programme_cost
