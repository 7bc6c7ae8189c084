"""Production: utilisation, outages and season give the supply and need of every stream."""

from __future__ import annotations

import math

from ..entities.codes import OPEN
from ..numerics.compiled import compiled
from ..numerics.randomness import CYCLE, OUTAGE, SECTOR, UTILISATION, normal, uniform


@compiled
def move_cycle(t, p, clock, sectors):
    """Move the common business cycle and each sector's own part, in place: AR(1) from 0 to unit variance."""
    spread = math.sqrt(1.0 - p.monthly_phi * p.monthly_phi)
    clock.cycle = p.monthly_phi * clock.cycle + spread * normal(p.seed, CYCLE, t, p.seed)
    for row in range(len(sectors)):
        sector = sectors[row]
        sector.own = p.monthly_phi * sector.own + spread * normal(p.seed, SECTOR, t, sector.identity)
    clock.cycle_variance = p.monthly_phi * p.monthly_phi * clock.cycle_variance + spread * spread


@compiled
def run_plants(t, p, clock, lever, s):
    """Set utilisation and output of every company, in place.

    log u = sd_sector (loading cycle + sqrt(1 - loading^2) sector) + (1 - planning) own_sd own - w / 2, w the variance of
    the rest, so that the mean of u is 1 in every month at any volatility; output = capacity x u x availability [product].
    Joint production planning smooths the plant's own part, which moves whether the plant is open or not.
    """
    spread = math.sqrt(1.0 - p.monthly_phi * p.monthly_phi)
    month_of_year = t % 12
    for row in range(len(s.companies)):
        company = s.companies[row]
        company.own = p.monthly_phi * company.own + spread * normal(p.seed, UTILISATION, t, company.identity)
        if company.status != OPEN:
            company.output = 0.0
            continue
        sector = s.sectors[company.sector]
        common = sector.loading * clock.cycle + math.sqrt(1.0 - sector.loading * sector.loading) * sector.own
        own_sd = (1.0 - lever.planning) * p.production_own_sd
        spreads = sector.sd * sector.sd + own_sd * own_sd
        variance = p.production_volatility * p.production_volatility * spreads * clock.cycle_variance
        log = p.production_volatility * (sector.sd * common + own_sd * company.own) - 0.5 * variance
        company.utilisation = math.exp(log)
        available = availability(t, p, lever, company, month_of_year)
        company.output = company.capacity * company.utilisation * available


@compiled
def availability(t, p, lever, company, month_of_year):
    """Return the share of the month that the plant is up; moves its outage state in place."""
    draw = uniform(p.seed, OUTAGE, t, company.identity)
    if company.down == 1:
        company.down = 0 if draw < company.outage_end else 1
    else:
        starts = company.outage_start * p.production_outages * (1.0 - lever.maintenance)
        company.down = 1 if draw < starts else 0
    share = 1.0 - company.outage_loss if company.down == 1 else 1.0
    if month_of_year == company.maintenance_month:
        share *= 1.0 - company.maintenance_share
    return share


@compiled
def fill_streams(t, s):
    """Set supply or need of every stream, in place: coefficient x output x seasonal factor [unit]."""
    month_of_year = t % 12
    for row in range(len(s.streams)):
        stream = s.streams[row]
        stream.amount = (
            stream.coefficient * s.companies[stream.company].output * s.profiles[stream.profile, month_of_year]
        )
        stream.replaced = 0.0
        stream.disposed = 0.0
        stream.free = stream.amount
