"""Disposal: what is not handed on goes, stream by stream, by the cheapest route that is allowed this month."""

from __future__ import annotations

import math

from ..entities.codes import DISCHARGE, INCINERATION, LANDFILL, MATERIAL, OUT, SPREADING, TREATMENT, WATER
from ..numerics.compiled import compiled
from ..numerics.randomness import ROUTE, join, normal


@compiled
def choose_routes(t, p, lever, s):
    """Let every by-product take its cheapest allowed route, in place; ties by the order of the table.

    cost = fee + haul x a + taxes, a lognormal with mean 1 for each company and route; a stream's own price stands in place of fee
    and haul on its route, and what of it somebody takes already goes at that price, untaxed. Nothing is worked out where no rule
    has changed since last month: fees have no paths. `disposal` EUR/unit [material, month] is recorded at a = 1.
    """
    if t > 0 and not rules_change(t, s):
        for row in range(len(s.materials)):
            s.disposal[row, t] = s.materials[row].disposal_cost
        return
    for row in range(len(s.materials)):
        material = s.materials[row]
        material.disposal_cost = cost_at_mean_haul(t, lever, s.outlets, material)
        s.disposal[row, t] = material.disposal_cost
    for row in range(len(s.streams)):
        if s.streams[row].direction == OUT:
            take_cheapest(t, p, lever, s, s.streams[row])


@compiled
def rules_change(t, s):
    """Tell whether a tax, the ban or the years of a route differ from last month's."""
    now = s.levers[t]
    before = s.levers[t - 1]
    if now.landfill_tax != before.landfill_tax or now.incineration_tax != before.incineration_tax:
        return True
    if now.discharge_fine != before.discharge_fine or now.carbon_price != before.carbon_price:
        return True
    changes = now.landfill_ban != before.landfill_ban
    for row in range(len(s.outlets)):
        changes |= s.outlets[row].opens == t or s.outlets[row].closes == t
    return changes


@compiled
def take_cheapest(t, p, lever, s, stream):
    """Set route, haul, cost and tax of a by-product [EUR/unit], in place; all are 0 where it has no route.

    Where no route is named for a price of its own, it is for the one that history would have it take first: what is paid
    today is older than any policy.
    """
    if stream.own_route < 0:
        stream.own_route = find_cheapest(t, p, s.history[t], s, stream) + 1
    best = find_cheapest(t, p, lever, s, stream)
    stream.outlet = best
    stream.haul = 0.0
    stream.disposal_tax = 0.0
    stream.disposal_cost = 0.0
    if best >= 0:
        stream.haul = haul_of(p, s, stream, best)
        stream.disposal_tax = (1.0 - stream.recovered) * tax_of(lever, s.outlets[best])
        stream.disposal_cost = fee_of(stream, best, s.outlets[best]) + stream.haul + stream.disposal_tax


@compiled
def find_cheapest(t, p, lever, s, stream):
    """Return the row of the cheapest allowed route of a by-product under the given rules, or -1 when it has none."""
    material = s.materials[stream.material]
    best = -1
    lowest = math.inf
    for row in range(material.outlet_first, material.outlet_first + material.outlet_count):
        outlet = s.outlets[row]
        if is_allowed(t, lever, outlet):
            cost = cost_on(p, lever, s, stream, row)
            if cost < lowest:
                best, lowest = row, cost
    return best


@compiled
def cost_on(p, lever, s, stream, row):
    """Return what letting a by-product go by a route costs [EUR/unit], taxes included."""
    tax = (1.0 - stream.recovered) * tax_of(lever, s.outlets[row])
    return fee_of(stream, row, s.outlets[row]) + haul_of(p, s, stream, row) + tax


@compiled
def fee_of(stream, row, outlet):
    """Return the gate fee of a by-product on a route [EUR/unit]: its own price there and for what somebody takes already."""
    fee = stream.own_fee if stream.own_route == row + 1 else outlet.fee
    return (1.0 - stream.recovered) * fee + stream.recovered * stream.own_fee


@compiled
def haul_of(p, s, stream, row):
    """Return the haul of a by-product to a route [EUR/unit]; an own price includes it."""
    if stream.own_route == row + 1:
        return 0.0
    outlet = s.outlets[row]
    return (1.0 - stream.recovered) * (outlet.haul * haul_factor(p, s.companies[stream.company], outlet))


@compiled
def cost_at_mean_haul(t, lever, outlets, material):
    """Return the cost of the cheapest allowed route of a material at the mean haul [EUR/unit]; 0 where it has none."""
    lowest = math.inf
    for row in range(material.outlet_first, material.outlet_first + material.outlet_count):
        if is_allowed(t, lever, outlets[row]):
            lowest = min(lowest, outlets[row].fee + outlets[row].haul + tax_of(lever, outlets[row]))
    return lowest if lowest < math.inf else 0.0


@compiled
def is_allowed(t, lever, outlet):
    """Tell whether a route may be taken: in its years, and no landfill under a ban (in force from one half)."""
    if t < outlet.opens or t >= outlet.closes:
        return False
    return outlet.kind != LANDFILL or lever.landfill_ban < 0.5


@compiled
def tax_of(lever, outlet):
    """Return what the government takes of a unit on a route [EUR/unit]: each tax on the units it taxes."""
    waste = lever.landfill_tax * outlet.taxed_landfill + lever.incineration_tax * outlet.taxed_incineration
    return waste + lever.discharge_fine * outlet.taxed_discharge + lever.carbon_price * outlet.co2


@compiled
def haul_factor(p, company, outlet):
    """Return a company's factor on the haul to a route: lognormal with mean 1, drawn once."""
    spread = p.market_route_spread
    if spread == 0.0:
        return 1.0
    variance = math.log(1.0 + spread * spread)
    draw = normal(p.seed, ROUTE, 0, join(company.identity, outlet.identity))
    return math.exp(math.sqrt(variance) * draw - 0.5 * variance)


@compiled
def co2_of(outlets, stream):
    """Return the CO2 of letting a by-product go [t/unit]."""
    return (1.0 - stream.recovered) * outlets[stream.outlet].co2 if stream.outlet >= 0 else 0.0


@compiled
def count_disposal(now, outlets, stream, material):
    """Count what goes by which kind of route, with exchanges and without, in place: t of materials, m3 of water, kg BOD equivalents.

    Water and energy are never waste; what is flared, recovered or has no route is none either.
    """
    if stream.outlet < 0:
        return
    kind = outlets[stream.outlet].kind
    load = (1.0 - stream.recovered) * outlets[stream.outlet].taxed_discharge
    now.discharge_load += load * stream.disposed
    now.discharge_load_alone += load * stream.amount
    weight = (1.0 - stream.recovered) * stream.disposed * material.weight
    alone = (1.0 - stream.recovered) * stream.amount * material.weight
    if material.group == WATER and kind == DISCHARGE:
        now.water_discharged += weight
        now.water_discharged_alone += alone
    elif material.group == MATERIAL and kind <= SPREADING:
        now.disposed += weight
        now.disposed_alone += alone
        count_kind(now, kind, weight, alone)


@compiled
def count_kind(now, kind, weight, alone):
    """Count tonnes of waste under their kind of route, in place."""
    if kind == LANDFILL:
        now.landfilled += weight
        now.landfilled_alone += alone
    elif kind == INCINERATION:
        now.incinerated += weight
        now.incinerated_alone += alone
    elif kind == TREATMENT:
        now.treated += weight
        now.treated_alone += alone
    elif kind == DISCHARGE:
        now.discharged += weight
        now.discharged_alone += alone
    else:
        now.spread += weight
        now.spread_alone += alone
