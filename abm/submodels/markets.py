"""Markets: virgin prices of the month, and posted prices of by-products."""

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

    log price = path + x - v / 2, x' = phi x + shock (loading z_factor + sqrt(1 - loading^2) z_own), v' = phi^2 v + shock^2
    the variance of x, so that the mean price is its path at any volatility. `paths` log EUR/unit [material, month], NaN
    where there is no price; `prices` EUR/unit [material, month] is recorded. Half-life and spread as measured on World
    Bank series (library/SOURCES.md).
    """
    for row in range(len(s.materials)):
        material = s.materials[row]
        if math.isnan(s.paths[row, t]):
            s.prices[row, t] = math.nan
            continue
        common = material.loading * s.factors[material.factor].draw
        own = math.sqrt(1.0 - material.loading * material.loading) * normal(p.seed, PRICE_OWN, t, material.draw)
        material.co2_virgin = s.emissions[row, t]
        size = p.market_volatility * material.shock
        material.deviation = material.phi * material.deviation + size * (common + own)
        material.variance = material.phi * material.phi * material.variance + size * size
        mean_kept = s.paths[row, t] + material.deviation - 0.5 * material.variance
        material.price = math.exp(mean_kept) * material.shock_factor
        if material.is_energy == 1:
            material.price *= lever.energy_price
        material.virgin_tax = lever.virgin_tax * material.price + lever.carbon_price * material.co2_virgin
        material.cost = material.price + material.virgin_tax
        material.expected = expected_cost(t, p, lever, s, row)
        s.prices[row, t] = material.price


@compiled
def expected_cost(t, p, lever, s, row):
    """Return the virgin cost that both sides of a contract count on [EUR/unit], taxes of today included.

    (1 - f) x price of the month + f x path of the month, f = `negotiation.foresight`; nobody sees the path to come.
    """
    material = s.materials[row]
    path = math.exp(s.paths[row, t]) * material.shock_factor
    if material.is_energy == 1:
        path *= lever.energy_price
    price = (1.0 - p.negotiation_foresight) * material.price + p.negotiation_foresight * path
    return price * (1.0 + lever.virgin_tax) + lever.carbon_price * material.co2_virgin


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
