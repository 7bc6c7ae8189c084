"""Settlement: money follows material, with the exchanges and without them on the same shocks."""

from __future__ import annotations

from math import exp

from ecopark.abm.entities import accounts
from tests.references.disposal import count_disposal, fee_of, ways
from tests.references.ledger import pay, pay_alone, pay_both


def settle_business(company, model) -> None:
    """Settle one company's own business: with what is left of its streams, and alone with all of them."""
    if company.is_open:
        if not company.endowed:
            pay(model, company, accounts.RESERVE, -company.cash_limit)
            company.endowed = True
        pay_both(model, company, accounts.SALES, -sales_of(model, company))
        pay_both(model, company, accounts.FIXED, company.fixed_cost)
    for stream in company.streams:
        if stream.is_supply:
            pay_disposal(model, company, stream)
        else:
            pay_input(model, company, stream)


def sales_of(model, company) -> float:
    """What customers pay: margin, and for each stream its reference cost and the passed-through part of the change."""
    if company.rebase:
        for stream in company.streams:
            stream.reference = reference_cost(model, stream)
        company.rebase = False
    sales = company.margin * company.output
    for stream in company.streams:
        cost = stream.disposal_cost if stream.is_supply else stream.material.cost
        passed = stream.reference + model.p.production_pass_through * (cost - stream.reference)
        sales += stream.amount * passed
    return sales


def reference_cost(model, stream) -> float:
    """What a unit costs at the path of its price under the rules of history, without policies, deviations and shocks."""
    material, rule = stream.material, model.history_of_levers[model.month]
    if not stream.is_supply:
        price = exp(material.path[model.month])
        if material.is_energy:
            price *= rule.energy_price
        return price + (rule.virgin_tax * price + rule.carbon_price * material.co2_virgin)
    return min((way[0] for way in ways(model, material, stream, rule)), default=0.0)


def pay_disposal(model, company, stream) -> None:
    """Pay for what is disposed of by its route and for what is kept in store."""
    now, lever, outlet = model.now, model.lever, stream.outlet
    if outlet is not None:
        taxed = 1.0 - stream.recovered
        for item, unit_cost in (
            (accounts.DISPOSAL, fee_of(stream, outlet)), (accounts.HAUL, stream.haul),
            (accounts.LANDFILL_TAX, taxed * lever.landfill_tax * outlet.taxed_landfill),
            (accounts.INCINERATION_TAX, taxed * lever.incineration_tax * outlet.taxed_incineration),
            (accounts.DISCHARGE_FINE, taxed * lever.discharge_fine * outlet.taxed_discharge),
            (accounts.DISPOSAL_CARBON, taxed * lever.carbon_price * outlet.co2),
        ):  # fmt: skip
            pay(model, company, item, stream.disposed * unit_cost)
            pay_alone(model, company, item, stream.amount * unit_cost)
    kept = stream.stock * stream.material.storage_cost
    pay(model, company, accounts.STORAGE, kept)
    now.gain_storage += (stream.stock - stream.opening) * stream.disposal_cost - kept
    now.tax_revenue += stream.disposed * stream.disposal_tax
    now.tax_revenue_alone += stream.amount * stream.disposal_tax
    count_disposal(now, stream)
    page = stream.page
    page.total += stream.amount
    page.exchanged += stream.amount + stream.opening - stream.free
    page.stored = stream.stock
    page.quantity += stream.disposed
    page.cost += stream.disposed * stream.disposal_cost
    page.tax += stream.disposed * stream.disposal_tax


def pay_input(model, company, stream) -> None:
    """Pay for what is still bought."""
    material, now = stream.material, model.now
    bought = stream.amount - stream.replaced
    pay(model, company, accounts.VIRGIN, bought * material.price)
    pay_alone(model, company, accounts.VIRGIN, stream.amount * material.price)
    pay(model, company, accounts.VIRGIN_TAX, bought * material.virgin_tax)
    pay_alone(model, company, accounts.VIRGIN_TAX, stream.amount * material.virgin_tax)
    now.tax_revenue += bought * material.virgin_tax
    now.tax_revenue_alone += stream.amount * material.virgin_tax
    page = stream.page
    page.total += stream.amount
    page.exchanged += stream.replaced
    page.quantity += bought
    page.cost += bought * material.cost
    page.tax += bought * material.virgin_tax
