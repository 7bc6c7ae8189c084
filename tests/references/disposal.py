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
    found = ways(model, supply.material, supply.company, model.lever)
    supply.outlet, supply.haul, supply.disposal_cost, supply.disposal_tax = None, 0.0, 0.0, 0.0
    if found:
        supply.disposal_cost, supply.disposal_tax, supply.haul, supply.outlet = min(found, key=lambda way: way[0])


def ways(model, material, company, lever) -> list[tuple]:
    """Return (cost, tax, haul, outlet) of every route that the rules allow, for a company or at the mean haul [EUR/unit]."""
    found = []
    for outlet in material.outlets:
        if outlet.is_open(model.month, lever):
            haul = outlet.haul * (1.0 if company is None else haul_factor(model, company, outlet))
            tax = outlet.tax(lever)
            found.append((outlet.fee + haul + tax, tax, haul, outlet))
    return found


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
    weight, alone = stream.disposed * stream.material.weight, stream.amount * stream.material.weight
    if group == "water" and kind == "discharge":
        now.water_discharged += weight
        now.water_discharged_alone += alone
    if group == "material" and kind in NAMES:
        for name in ("disposed", NAMES[kind]):
            setattr(now, name, getattr(now, name) + weight)
            setattr(now, f"{name}_alone", getattr(now, f"{name}_alone") + alone)


def co2_of(stream) -> float:
    """CO2 of letting a by-product go [t/unit]."""
    return stream.outlet.co2 if stream.outlet else 0.0
