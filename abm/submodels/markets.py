"""Markets: virgin prices and disposal costs of the month."""

from __future__ import annotations

import math

from ..entities.codes import OUT
from ..numerics.compiled import compiled
from ..numerics.randomness import PRICE_FACTOR, PRICE_OWN, normal


@compiled
def draw_factors(t, p, factors):
    """Draw the innovation of each common price factor, in place."""
    for row in range(len(factors)):
        factors[row].draw = normal(p.seed, PRICE_FACTOR, t, factors[row].identity)


@compiled
def move_prices(t, p, lever, s):
    """Move the log price of every bought material, in place.

    log price = path + x, x' = phi x + shock (loading z_factor + sqrt(1 - loading^2) z_own). `paths` log EUR/unit
    [material, month], NaN where a material is never bought; `prices` EUR/unit [material, month] is recorded. Half-life and
    spread as measured on World Bank series (library/SOURCES.md).
    """
    for row in range(len(s.materials)):
        material = s.materials[row]
        if math.isnan(s.paths[row, t]):
            s.prices[row, t] = math.nan
            continue
        common = material.loading * s.factors[material.factor].draw
        own = math.sqrt(1.0 - material.loading * material.loading) * normal(p.seed, PRICE_OWN, t, material.identity)
        material.deviation = material.phi * material.deviation + p.market_volatility * material.shock * (common + own)
        material.co2_virgin = s.emissions[row, t]
        material.price = math.exp(s.paths[row, t] + material.deviation) * material.shock_factor
        if material.is_energy == 1:
            material.price *= lever.energy_price
        material.virgin_tax = lever.virgin_tax * material.price + lever.carbon_price * material.co2_virgin
        material.cost = material.price + material.virgin_tax
        s.prices[row, t] = material.price


@compiled
def set_disposal(t, p, lever, s):
    """Set the cost of disposal, in place: gate fee and haul, plus taxes; a tax is a step, never a diffusion.

    A landfill ban makes landfilled waste go a dearer way (factor `market.ban_factor`, weighted by the lever).
    `disposal` EUR/unit [material, month] is recorded.
    """
    for row in range(len(s.materials)):
        material = s.materials[row]
        ban = 1.0 + lever.landfill_ban * material.landfill * (p.market_ban_factor - 1.0)
        material.gate = material.fee * ban
        material.carriage = material.haul * ban
        material.landfill_tax = lever.landfill_tax * material.tax_base * (1.0 - lever.landfill_ban * material.landfill)
        material.discharge_fine = lever.discharge_fine * material.discharge_base
        material.disposal_carbon = lever.carbon_price * material.co2_disposal
        material.disposal_tax = material.landfill_tax + material.discharge_fine + material.disposal_carbon
        material.disposal_cost = material.gate + material.carriage + material.disposal_tax
        s.disposal[row, t] = material.disposal_cost


@compiled
def post_prices(p, s):
    """Move the posted price of every by-product, in place, where prices are posted.

    Up by `posted_up` of the public value when all that can be promised is sold, down by `posted_down` when not.
    """
    if p.by_posting == 0:
        return
    for row in range(len(s.streams)):
        stream = s.streams[row]
        if stream.direction == OUT and stream.coefficient > 0.0:
            promised = p.contract_dependable * 12.0 * stream.coefficient * s.companies[stream.company].capacity
            sold_out = stream.contracted >= 0.95 * promised
            stream.posted += p.negotiation_posted_up if sold_out else -p.negotiation_posted_down
            stream.posted = min(1.0, max(-1.0, stream.posted))
