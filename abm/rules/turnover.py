"""Turnover: companies close by hazard or without cash, and newcomers open."""

from __future__ import annotations

from abm.compiled import compiled
from abm.randomness import CLOSURE, ENTRY, uniform
from abm.rules.governance import close_company, open_company
from abm.state import EV_CLOSED, EV_INSOLVENT, OPEN, OUT, WAITING


@compiled
def close_companies(t, p, clock, now, companies, events):
    """Close companies by the hazard of their type or when their cash is gone, in place."""
    for row in range(len(companies)):
        company = companies[row]
        if company.status != OPEN:
            continue
        if uniform(p.seed, CLOSURE, t, company.identity) < company.hazard * p.turnover_hazard:
            close_company(p, clock, now, events, companies, row, EV_CLOSED)
        elif p.turnover_insolvency == 1 and company.cash < 0.0:
            close_company(p, clock, now, events, companies, row, EV_INSOLVENT)


@compiled
def admit_newcomers(t, p, clock, lever, now, companies, streams, opportunities, needs, events):
    """Let waiting newcomers decide each January whether to open here, in place.

    chance = entry (1 + attraction) (1 + symbiosis x served), served = share of its streams for which an open company has
    an unserved by-product or need within reach.
    """
    if t % 12 != 0:
        return
    for row in range(len(companies)):
        company = companies[row]
        if company.candidate == 0 or company.status != WAITING or company.opens > t:
            continue
        served = unserved_match(companies, streams, opportunities, needs, company)
        chance = p.turnover_entry * (1.0 + lever.attraction) * (1.0 + p.turnover_entry_symbiosis * served)
        if uniform(p.seed, ENTRY, t, company.identity) < chance:
            open_company(p, clock, now, events, companies, row)


@compiled
def unserved_match(companies, streams, opportunities, needs, company):
    """Return the share of a newcomer's streams that could start an exchange with an open company's unserved stream."""
    matched = 0.0
    for row in range(company.stream_first, company.stream_first + company.stream_count):
        stream = streams[row]
        for entry in range(stream.opportunity_first, stream.opportunity_first + stream.opportunity_count):
            place = entry if stream.direction == OUT else needs[entry].opportunity
            opportunity = opportunities[place]
            other = opportunity.demand if stream.direction == OUT else opportunity.supply
            if companies[streams[other].company].status == OPEN and streams[other].links == 0:
                matched += 1.0
                break
    return matched / company.stream_count if company.stream_count > 0 else 0.0
