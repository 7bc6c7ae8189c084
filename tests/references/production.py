"""Production: utilisation, outages and season give the supply and need of every stream."""

from __future__ import annotations

from math import exp, sqrt


def move_cycle(model) -> None:
    """Move the common cycle and each sector's own part: AR(1) with unit variance."""
    phi = model.monthly_phi
    spread = sqrt(1.0 - phi * phi)
    model.cycle = phi * model.cycle + spread * model.draws.normal("cycle", model.month, model.draws.seed)
    for sector in model.sectors:
        sector.own = phi * sector.own + spread * model.draws.normal("sector", model.month, sector.identity)
    model.cycle_variance = phi * phi * model.cycle_variance + spread * spread


def produce(company, model) -> None:
    """Run one plant for a month and fill its streams; its own part moves whether it is open or not."""
    phi = model.monthly_phi
    shock = model.draws.normal("utilisation", model.month, company.identity)
    company.own = phi * company.own + sqrt(1.0 - phi * phi) * shock
    company.output = output_of(model, company) if company.is_open else 0.0
    month_of_year = model.month % 12
    for stream in company.streams:
        stream.amount = stream.coefficient * company.output * stream.profile[month_of_year]
        stream.free = stream.amount
        stream.replaced = 0.0
        stream.disposed = 0.0


def output_of(model, company) -> float:
    """Capacity x utilisation x availability.

    log u = sd_sector (loading cycle + sqrt(1 - loading^2) sector) + (1 - planning) own_sd own - w / 2, w its variance.
    """
    p, sector = model.p, company.sector
    common = sector.loading * model.cycle + sqrt(1.0 - sector.loading * sector.loading) * sector.own
    own_sd = (1.0 - model.lever.planning) * p.production_own_sd
    volatility = p.production_volatility
    variance = volatility * volatility * (sector.sd * sector.sd + own_sd * own_sd) * model.cycle_variance
    company.utilisation = exp(volatility * (sector.sd * common + own_sd * company.own) - 0.5 * variance)
    return company.capacity * company.utilisation * availability(model, company)


def availability(model, company) -> float:
    """Share of the month that the plant is up; an outage begins or ends."""
    draw = model.draws.uniform("outage", model.month, company.identity)
    if company.down:
        company.down = draw >= company.outage_end
    else:
        company.down = draw < company.outage_start * model.p.production_outages * (1.0 - model.lever.maintenance)
    share = 1.0 - company.outage_loss if company.down else 1.0
    if model.month % 12 == company.maintenance_month:
        share *= 1.0 - company.maintenance_share
    return share
