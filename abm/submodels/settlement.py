"""Settlement: money follows material; the month is settled with the exchanges and without them on the same shocks."""

from __future__ import annotations

import math

from ..entities.accounts import (
    DISCHARGE_FINE,
    DISPOSAL,
    DISPOSAL_CARBON,
    FIXED,
    HAUL,
    INCINERATION_TAX,
    LANDFILL_TAX,
    RESERVE,
    SALES,
    STORAGE,
    VIRGIN,
    VIRGIN_TAX,
)
from ..entities.codes import OPEN, OUT
from ..numerics.compiled import compiled
from .disposal import cost_on, count_disposal, fee_of, find_cheapest
from .ledger import pay, pay_beside, pay_both


@compiled
def settle_streams(t, p, clock, lever, now, s):
    """Settle every company's own business, in place, with what is left of its streams, and alone with all of them.

    alone = sales - fixed - sum(supply x disposal cost) - sum(need x virgin cost) [EUR]. A closed company pays for the
    stock it leaves behind.
    """
    turn_pages(t, p, clock, s)
    for row in range(len(s.companies)):
        company = s.companies[row]
        if company.status == OPEN:
            if company.endowed == 0:
                pay(p, clock, s, row, RESERVE, -company.cash_limit)
                company.endowed = 1
            pay_both(p, clock, s, row, SALES, -sales_of(t, p, s, company))
            pay_both(p, clock, s, row, FIXED, company.fixed_cost)
    for row in range(len(s.streams)):
        stream = s.streams[row]
        if stream.amount == 0.0 and stream.opening == 0.0:
            continue
        material = s.materials[stream.material]
        if stream.direction == OUT:
            settle_supply(p, clock, lever, now, s, stream, material)
        else:
            settle_need(p, clock, now, s, stream, material)


@compiled
def turn_pages(t, p, clock, s):
    """Open a page for every stream each January, and for one that takes another route within the year, in place."""
    if p.recording_accounts == 0:
        return
    for row in range(len(s.streams)):
        stream = s.streams[row]
        if t % 12 == 0:
            open_page(t, clock, s, stream, row)
        elif stream.direction == OUT and s.pages[stream.page].outlet != stream.outlet:
            s.pages[stream.page].stored = 0.0  # what is kept in the end counts on the last page of the year
            open_page(t, clock, s, stream, row)


@compiled
def open_page(t, clock, s, stream, row):
    """Open the page of a stream, a year and a route, in place."""
    page = s.pages[clock.pages]
    page.stream = row
    page.year = t // 12
    page.outlet = stream.outlet
    stream.page = clock.pages
    clock.pages += 1


@compiled
def sales_of(t, p, s, company):
    """Return what customers pay [EUR]: the margin, and for every unit of each stream its reference cost with the passed-through part of its change.

    The reference is set anew, in place, in the month the company opened or changed its process. A change of cost that
    policies, deviations or later rules of history bring is borne by 1 - pass-through (Weyl and Fabinger 2013,
    doi:10.1086/670401).
    """
    if company.rebase == 1:
        for row in range(company.stream_first, company.stream_first + company.stream_count):
            s.streams[row].reference = reference_cost(t, p, s, s.streams[row])
        company.rebase = 0
    sales = company.margin * company.output
    for row in range(company.stream_first, company.stream_first + company.stream_count):
        stream = s.streams[row]
        material = s.materials[stream.material]
        cost = stream.disposal_cost if stream.direction == OUT else material.cost
        passed = stream.reference + p.production_pass_through * (cost - stream.reference)
        sales += stream.amount * passed
    return sales


@compiled
def reference_cost(t, p, s, stream):
    """Return what a unit of a stream costs [EUR/unit] on the path of its price under the rules of history, no policy, deviation or shock."""
    material = s.materials[stream.material]
    rule = s.history[t]
    if stream.direction != OUT:
        price = math.exp(s.paths[stream.material, t])
        if material.is_energy == 1:
            price *= rule.energy_price
        return price + (rule.virgin_tax * price + rule.carbon_price * material.co2_virgin)
    outlet = find_cheapest(t, p, rule, s, stream)
    if outlet < 0:
        return 0.0
    return cost_on(p, rule, s, stream, outlet)


@compiled
def settle_supply(p, clock, lever, now, s, stream, material):
    """Pay for the disposal of a by-product by its route and for what is kept in store, in place."""
    row = stream.company
    if stream.outlet >= 0:
        pay_route(p, clock, lever, s, stream, s.outlets[stream.outlet])
    kept = stream.stock * material.storage_cost
    pay(p, clock, s, row, STORAGE, kept)
    now.gain_storage += (stream.stock - stream.opening) * stream.disposal_cost - kept
    now.tax_revenue += stream.disposed * stream.disposal_tax
    now.tax_revenue_alone += stream.amount * stream.disposal_tax
    count_disposal(now, s.outlets, stream, material)
    if p.recording_accounts == 1:
        page = s.pages[stream.page]
        page.total += stream.amount
        page.exchanged += stream.amount + stream.opening - stream.free
        page.stored = stream.stock
        page.quantity += stream.disposed
        page.cost += stream.disposed * stream.disposal_cost
        page.tax += stream.disposed * stream.disposal_tax


@compiled
def pay_route(p, clock, lever, s, stream, outlet):
    """Pay gate fee, haul and each tax on a route, in place."""
    row = stream.company
    taxed = 1.0 - stream.recovered
    dispose(p, clock, s, row, DISPOSAL, stream, fee_of(stream, stream.outlet, outlet))
    dispose(p, clock, s, row, HAUL, stream, stream.haul)
    dispose(p, clock, s, row, LANDFILL_TAX, stream, taxed * lever.landfill_tax * outlet.taxed_landfill)
    dispose(p, clock, s, row, INCINERATION_TAX, stream, taxed * lever.incineration_tax * outlet.taxed_incineration)
    dispose(p, clock, s, row, DISCHARGE_FINE, stream, taxed * lever.discharge_fine * outlet.taxed_discharge)
    dispose(p, clock, s, row, DISPOSAL_CARBON, stream, taxed * lever.carbon_price * outlet.co2)


@compiled
def dispose(p, clock, s, row, item, stream, unit_cost):
    """Pay one part of the cost of disposal, with and without exchanges, in place."""
    pay_beside(p, clock, s, row, item, stream.disposed * unit_cost, stream.amount * unit_cost)


@compiled
def settle_need(p, clock, now, s, stream, material):
    """Pay for what is still bought, in place."""
    row = stream.company
    bought = stream.amount - stream.replaced
    pay_beside(p, clock, s, row, VIRGIN, bought * material.price, stream.amount * material.price)
    pay_beside(p, clock, s, row, VIRGIN_TAX, bought * material.virgin_tax, stream.amount * material.virgin_tax)
    now.tax_revenue += bought * material.virgin_tax
    now.tax_revenue_alone += stream.amount * material.virgin_tax
    if p.recording_accounts == 1:
        page = s.pages[stream.page]
        page.total += stream.amount
        page.exchanged += stream.replaced
        page.quantity += bought
        page.cost += bought * material.cost
        page.tax += bought * material.virgin_tax
