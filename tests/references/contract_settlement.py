"""Settlement of contracts: price, costs of both sides, damages, subsidy and upkeep."""

from __future__ import annotations

from ecopark.abm.entities import accounts
from tests.references.disposal import co2_of
from tests.references.ledger import pay, pay_item, pay_partner, row_of
from tests.references.lending import repay
from tests.references.things import Stage


def current_price(exchange) -> float:
    """Contract price of the month: price + indexation x input replaced x (cost - reference)."""
    replaces = exchange.opportunity.arriving * exchange.opportunity.ratio
    return exchange.price + exchange.indexation * replaces * (exchange.demand.material.cost - exchange.reference)


def settle(model, exchange) -> None:
    """Settle one exchange; its loans run on after it has ended."""
    if exchange.runs:
        pay_contract(model, exchange)
    if exchange.ready <= model.month and exchange.stage is not Stage.BUILDING:
        repay(model, exchange)


def pay_contract(model, exchange) -> None:
    """Pay the month of a running exchange: price, costs, damages, subsidy, upkeep, monitoring."""
    row, opportunity = row_of(model, exchange), exchange.opportunity
    saved = exchange.demand.material
    price = row.price = current_price(exchange)
    row.virgin_price, row.virgin_tax = saved.price, saved.virgin_tax
    supply = exchange.supply
    row.disposal_fee, row.disposal_tax = supply.disposal_cost - supply.disposal_tax, supply.disposal_tax
    row.payment = price * row.delivered
    pay_partner(model, exchange, accounts.PRICE, False, row.payment)
    pay_costs(model, exchange, row)
    pay_damages(model, exchange, row, price)
    pay_upkeep(model, exchange)
    now = model.now
    subsidy = model.lever.exchange_subsidy * saved.cost * row.replaced
    to_seller = model.p.contract_subsidy_to_seller
    row.subsidy_seller, row.subsidy_buyer = to_seller * subsidy, (1.0 - to_seller) * subsidy
    pay(model, exchange.seller, accounts.SUBSIDY, -row.subsidy_seller)
    pay(model, exchange.buyer, accounts.SUBSIDY, -row.subsidy_buyer)
    now.subsidies += subsidy
    now.tax_revenue += row.carbon + row.forgone_carbon
    now.transport_cost += row.transport
    book_gains(exchange, row)
    exchange.year_delivered += row.delivered
    exchange.year_damages += row.damages_to_buyer
    count_flows(now, exchange, row, opportunity)


def pay_costs(model, exchange, row) -> None:
    """Pay for handling and what is given up, treatment, transport and the carbon of all."""
    opportunity, lever = exchange.opportunity, model.lever
    pay_item(model, exchange, accounts.HANDLING, "handling", True, opportunity.handling * row.delivered)
    if opportunity.forgone is not None:
        lost = opportunity.forgone_units * opportunity.forgone_share * row.delivered
        pay_item(model, exchange, accounts.FORGONE, "forgone", True, lost * opportunity.forgone.price)
        carbon = lever.carbon_price * opportunity.forgone.co2_virgin
        pay_item(model, exchange, accounts.FORGONE_CARBON, "forgone_carbon", True, lost * carbon)
    pay_item(model, exchange, accounts.TREATMENT, "treatment", False, opportunity.treatment * row.delivered)
    pay_item(model, exchange, accounts.TRANSPORT, "transport", False, opportunity.transport * row.delivered)
    carbon = lever.carbon_price * opportunity.burden * row.delivered
    pay_item(model, exchange, accounts.CARBON, "carbon", False, carbon)


def handling_of(model, opportunity) -> float:
    """What handing a unit on costs the seller: handling, and the market value of what it gives up with its carbon."""
    if opportunity.forgone is None:
        return opportunity.handling
    lost = opportunity.forgone.price + model.lever.carbon_price * opportunity.forgone.co2_virgin
    return opportunity.handling + opportunity.forgone_units * opportunity.forgone_share * lost


def pay_damages(model, exchange, row, price: float) -> None:
    """The injured side really pays for the interruption; who failed makes good its loss, as far as agreed."""
    opportunity, saved = exchange.opportunity, exchange.demand.material
    replaces = opportunity.arriving * opportunity.ratio
    extra_buyer = model.p.contract_interruption_cost * replaces * saved.price
    extra_seller = model.p.contract_interruption_cost * max(0.0, exchange.supply.disposal_cost)
    carbon = model.lever.carbon_price * opportunity.burden
    margin = replaces * saved.cost - opportunity.treatment - opportunity.transport - carbon - price
    loss_buyer = max(0.0, margin) + extra_buyer
    loss_seller = max(0.0, price + exchange.supply.disposal_cost - handling_of(model, opportunity)) + extra_seller
    worth = abs(exchange.supply.disposal_cost) + replaces * saved.cost
    to_buyer = damages_of(model.p, exchange, loss_buyer, worth, price) * row.short_seller
    to_seller = damages_of(model.p, exchange, loss_seller, worth, price) * row.short_buyer
    row.damages_to_buyer = to_buyer - to_seller
    pay_partner(model, exchange, accounts.DAMAGES, True, row.damages_to_buyer)
    short_buyer, short_seller = extra_buyer * row.short_seller, extra_seller * row.short_buyer
    pay_item(model, exchange, accounts.INTERRUPTION_INPUT, "interruption_buyer", False, short_buyer)
    pay_item(model, exchange, accounts.INTERRUPTION_DISPOSAL, "interruption_seller", True, short_seller)


def damages_of(p, exchange, loss: float, worth: float, price: float) -> float:
    """Damages for a missing unit, at most what public prices say it is worth."""
    if p.contract_damages == "none":
        return 0.0
    return min(loss if p.contract_damages == "expectation" else exchange.penalty * abs(price), worth)


def pay_upkeep(model, exchange) -> None:
    """Operation and maintenance while the assets live, and monitoring."""
    upkeep = exchange.upkeep / 12.0 if model.month < exchange.wears else 0.0
    pay_item(model, exchange, accounts.OM, "om_seller", True, exchange.share * upkeep)
    pay_item(model, exchange, accounts.OM, "om_buyer", False, (1.0 - exchange.share) * upkeep)
    monitoring = model.p.contract_monitoring_cost / 12.0
    pay_item(model, exchange, accounts.MONITORING, "monitoring", True, monitoring)
    pay(model, exchange.buyer, accounts.MONITORING, monitoring)


def book_gains(exchange, row) -> None:
    """Book what the month's operation brought both sides; loans and what is paid once stand apart."""
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


def count_flows(now, exchange, row, opportunity) -> None:
    """Count tonnes, energy, water, virgin input and CO2."""
    given, saved = exchange.supply.material, exchange.demand.material
    weight = row.delivered * given.weight
    if given.group == "material":
        now.material_reused += weight
    elif given.group == "energy":
        now.energy_reused += weight
    else:
        now.water_reused += weight
    burden = opportunity.burden
    if opportunity.forgone is not None:
        burden += opportunity.forgone_units * opportunity.forgone.co2_virgin
    row.co2_avoided = row.replaced * saved.co2_virgin + row.delivered * (co2_of(exchange.supply) - burden)
    now.virgin_saved += row.replaced * saved.price
    now.co2_avoided += row.co2_avoided
    exchange.delivered += row.delivered
    exchange.tonnes += row.delivered * given.tonnes
    exchange.co2 += row.co2_avoided
