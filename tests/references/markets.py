"""Markets: virgin prices and disposal costs of the month."""

from __future__ import annotations

from math import exp, nan, sqrt


def move_markets(model) -> None:
    """Draw the common factors, then move every price and cost of disposal."""
    for factor in model.factors:
        factor.draw = model.draws.normal("price_factor", model.month, factor.identity)
    for material in model.materials:
        if material.bought:
            move_price(model, material)
        material.prices.append(material.price if material.bought else nan)
        set_disposal(model, material)
        material.disposal_costs.append(material.disposal_cost)


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
    """Log price = path + x, x' = phi x + shock (loading z_factor + sqrt(1 - loading^2) z_own)."""
    lever, loading = model.lever, material.loading
    material.co2_virgin = material.co2_path[model.month]
    own = sqrt(1.0 - loading * loading) * model.draws.normal("price_own", model.month, material.identity)
    innovation = loading * material.factor.draw + own
    material.deviation = material.phi * material.deviation + model.p.market_volatility * material.shock * innovation
    material.price = exp(material.path[model.month] + material.deviation) * material.shock_factor
    if material.is_energy:
        material.price *= lever.energy_price
    material.virgin_tax = lever.virgin_tax * material.price + lever.carbon_price * material.co2_virgin
    material.cost = material.price + material.virgin_tax


def set_disposal(model, material) -> None:
    """Gate fee and haul (dearer under a ban), plus waste tax, discharge fine and carbon price."""
    lever = model.lever
    ban = 1.0 + lever.landfill_ban * material.landfill * (model.p.market_ban_factor - 1.0)
    material.gate, material.carriage = material.fee * ban, material.haul * ban
    material.landfill_tax = lever.landfill_tax * material.tax_base * (1.0 - lever.landfill_ban * material.landfill)
    material.discharge_fine = lever.discharge_fine * material.discharge_base
    material.disposal_carbon = lever.carbon_price * material.co2_disposal
    material.disposal_tax = material.landfill_tax + material.discharge_fine + material.disposal_carbon
    material.disposal_cost = material.gate + material.carriage + material.disposal_tax
