"""Markets: virgin prices of the month, and posted prices of by-products."""

from __future__ import annotations

from math import exp, nan, sqrt


def move_markets(model) -> None:
    """Draw the common factors, then move every price."""
    for factor in model.factors:
        factor.draw = model.draws.normal("price_factor", model.month, factor.identity)
    for material in model.materials:
        if material.bought:
            move_price(model, material)
        material.prices.append(material.price if material.bought else nan)


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
    material.co2_virgin = material.co2_path[model.month]
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
    material.expected = expected_cost(model, material)


def expected_cost(model, material) -> float:
    """Virgin cost that both sides of a contract count on: price of the month and path, with the taxes of today."""
    lever, foresight = model.lever, model.p.negotiation_foresight
    path = exp(material.path[model.month]) * material.shock_factor
    if material.is_energy:
        path *= lever.energy_price
    price = (1.0 - foresight) * material.price + foresight * path
    return price * (1.0 + lever.virgin_tax) + lever.carbon_price * material.co2_virgin
