"""Disposal: each by-product goes by its cheapest allowed route."""

from __future__ import annotations

from math import exp, log, sqrt

from tests.references.draws import join

NAMES = {
    "landfill": "landfilled", "incineration": "incinerated", "treatment": "treated", "discharge": "discharged",
    "spreading": "spread",
}  # fmt: skip


def choose_routes(model) -> None:
    """Let every by-product take its route; the cost at the mean haul is recorded for each material."""
    for material in model.materials:
        material.disposal_cost = min((cost for cost, _, _, _ in ways(model, material, None, model.lever)), default=0.0)
        material.disposal_costs.append(material.disposal_cost)
    for supply in model.supplies:
        choose_route(model, supply)


def choose_route(model, supply) -> None:
    """Let a by-product go by its cheapest allowed route; the first of equal ones; nothing where it has none."""
    if supply.own_route < 0:
        usual = ways(model, supply.material, supply, model.history_of_levers[model.month])
        supply.own_route = min(usual, key=lambda way: way[0])[3].number + 1 if usual else 0
    found = ways(model, supply.material, supply, model.lever)
    supply.outlet, supply.haul, supply.disposal_cost, supply.disposal_tax = None, 0.0, 0.0, 0.0
    if found:
        supply.disposal_cost, supply.disposal_tax, supply.haul, supply.outlet = min(found, key=lambda way: way[0])


def ways(model, material, stream, lever) -> list[tuple]:
    """Return (cost, tax, haul, outlet) of every route that the rules allow, for a stream or at the mean haul [EUR/unit]."""
    found = []
    for outlet in material.outlets:
        if outlet.is_open(model.month, lever):
            fee, haul, tax = outlet.fee, outlet.haul, outlet.tax(lever)
            if stream is not None:
                fee, haul, tax = own_terms(model, stream, outlet, tax)
            found.append((fee + haul + tax, tax, haul, outlet))
    return found


def own_terms(model, stream, outlet, tax: float) -> tuple[float, float, float]:
    """Fee, haul and tax of a stream on a route: its own price there, and for what somebody takes already, untaxed."""
    left = 1.0 - stream.recovered
    return fee_of(stream, outlet), left * haul_on(model, stream, outlet), left * tax


def fee_of(stream, outlet) -> float:
    """Gate fee of a stream on a route."""
    fee = stream.own_fee if stream.own_route == outlet.number + 1 else outlet.fee
    return (1.0 - stream.recovered) * fee + stream.recovered * stream.own_fee


def haul_on(model, stream, outlet) -> float:
    """Haul of a stream to a route; an own price includes it."""
    if stream.own_route == outlet.number + 1:
        return 0.0
    return outlet.haul * haul_factor(model, stream.company, outlet)


def haul_factor(model, company, outlet) -> float:
    """Lognormal with mean 1, drawn once for each company and route."""
    spread = model.p.market_route_spread
    if spread == 0.0:
        return 1.0
    variance = log(1.0 + spread * spread)
    draw = model.draws.normal("route", 0, join(company.identity, outlet.identity))
    return exp(sqrt(variance) * draw - 0.5 * variance)


def count_disposal(now, stream) -> None:
    """Count waste by kind of route; water and energy are none, nor is what is flared, recovered or without a route."""
    group, kind = stream.material.group, stream.outlet.kind if stream.outlet else ""
    left = 1.0 - stream.recovered
    load = left * stream.outlet.taxed_discharge if stream.outlet else 0.0
    now.discharge_load += load * stream.disposed
    now.discharge_load_alone += load * stream.amount
    weight, alone = left * stream.disposed * stream.material.weight, left * stream.amount * stream.material.weight
    if group == "water" and kind == "discharge":
        now.water_discharged += weight
        now.water_discharged_alone += alone
    if group == "material" and kind in NAMES:
        for name in ("disposed", NAMES[kind]):
            setattr(now, name, getattr(now, name) + weight)
            setattr(now, f"{name}_alone", getattr(now, f"{name}_alone") + alone)


def co2_of(stream) -> float:
    """CO2 of letting a by-product go [t/unit]."""
    return (1.0 - stream.recovered) * stream.outlet.co2 if stream.outlet else 0.0
