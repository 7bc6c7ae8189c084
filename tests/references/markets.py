"""Markets: virgin prices and disposal costs of the month."""

from __future__ import annotations

from math import exp, log, nan, sqrt

from tests.references.draws import join


def move_markets(model) -> None:
    """Draw the common factors, then move every price and cost of disposal."""
    for factor in model.factors:
        factor.draw = model.draws.normal("price_factor", model.month, factor.identity)
    for material in model.materials:
        if material.bought:
            move_price(model, material)
        material.prices.append(material.price if material.bought else nan)
        material.disposal_cost = min((cost for cost, _, _, _ in ways(model, material, None)), default=0.0)
        material.disposal_costs.append(material.disposal_cost)
    for supply in model.supplies:
        choose_route(model, supply)


def post_prices(model) -> None:
    """Where prices are posted: up when all that can be promised is sold, down when not, within the public value."""
    if model.p.negotiation_protocol != "posted_price":
        return
    for supply in model.supplies:
        if supply.coefficient > 0.0:
            promised = model.p.contract_dependable * 12.0 * supply.coefficient * supply.company.capacity
            sold_out = supply.contracted >= 0.95 * promised
            supply.posted += model.p.negotiation_posted_up if sold_out else -model.p.negotiation_posted_down
            supply.posted = min(1.0, max(-1.0, supply.posted))


def move_price(model, material) -> None:
    """Log price = path + x - v / 2, x' = phi x + shock (loading z_factor + sqrt(1 - loading^2) z_own), v its variance."""
    lever, loading = model.lever, material.loading
    own = sqrt(1.0 - loading * loading) * model.draws.normal("price_own", model.month, material.draw)
    innovation = loading * material.factor.draw + own
    size = model.p.market_volatility * material.shock
    material.deviation = material.phi * material.deviation + size * innovation
    material.variance = material.phi * material.phi * material.variance + size * size
    mean_kept = material.path[model.month] + material.deviation - 0.5 * material.variance
    material.price = exp(mean_kept) * material.shock_factor
    if material.is_energy:
        material.price *= lever.energy_price
    material.virgin_tax = lever.virgin_tax * material.price + lever.carbon_price * material.co2_virgin
    material.cost = material.price + material.virgin_tax


def choose_route(model, supply) -> None:
    """Let a by-product go by its cheapest allowed route; the first of equal ones; nothing where it has none."""
    found = ways(model, supply.material, supply.company)
    supply.outlet, supply.haul, supply.disposal_cost, supply.disposal_tax = None, 0.0, 0.0, 0.0
    if found:
        supply.disposal_cost, supply.disposal_tax, supply.haul, supply.outlet = min(found, key=lambda way: way[0])


def ways(model, material, company) -> list[tuple]:
    """Return (cost, tax, haul, outlet) of every allowed route, for one company or at the mean haul [EUR/unit]."""
    found = []
    for outlet in material.outlets:
        if outlet.is_open(model.month, model.lever):
            haul = outlet.haul * (1.0 if company is None else haul_factor(model, company, outlet))
            tax = outlet.tax(model.lever)
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
