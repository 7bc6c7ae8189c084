"""Turnover: companies close by hazard or without cash, newcomers open."""

from __future__ import annotations

from ..entities.codes import EV_CLOSED, EV_INSOLVENT, OPEN, OUT, WAITING
from ..numerics.compiled import compiled
from ..numerics.randomness import CLOSURE, ENTRY, uniform
from .governance import close_company, open_company
from .relocation import choose_way_back


@compiled
def close_companies(t, p, clock, now, s):
    """Close companies by the hazard of their type or when their cash is gone, in place."""
    for row in range(len(s.companies)):
        company = s.companies[row]
        if company.status != OPEN:
            continue
        if uniform(p.seed, CLOSURE, t, company.identity) < company.hazard * p.turnover_hazard:
            close_company(p, clock, now, s, row, EV_CLOSED)
        elif p.turnover_insolvency == 1 and company.cash + company.net < 0.0:
            close_company(p, clock, now, s, row, EV_INSOLVENT)


@compiled
def admit_newcomers(t, p, clock, lever, now, s):
    """Let waiting newcomers open, in place: by chance each January or, where ways back are given, by their own choice.

    chance = entry (1 + attraction) (1 + symbiosis x served), served = share of its streams for which an open company has
    an unserved by-product or need within reach.
    """
    for row in range(len(s.companies)):
        company = s.companies[row]
        if company.candidate == 0 or company.status != WAITING or company.opens > t:
            continue
        if company.option > 0:
            open_company(p, clock, now, s, row)
        elif len(s.options) > 0:
            choose_way_back(t, p, clock, lever, s, row)
        elif t % 12 == 0:
            served = unserved_match(t, s, company)
            chance = p.turnover_entry * (1.0 + lever.attraction) * (1.0 + p.turnover_entry_symbiosis * served)
            if uniform(p.seed, ENTRY, t, company.identity) < chance:
                open_company(p, clock, now, s, row)


@compiled
def unserved_match(t, s, company):
    """Return the share of a newcomer's streams that could start an exchange with an open company's unserved stream."""
    flowing = 0.0
    matched = 0.0
    for row in range(company.stream_first, company.stream_first + company.stream_count):
        stream = s.streams[row]
        if stream.coming <= 0.0:
            continue
        flowing += 1.0
        for entry in range(stream.opportunity_first, stream.opportunity_first + stream.opportunity_count):
            place = entry if stream.direction == OUT else s.needs[entry].opportunity
            opportunity = s.opportunities[place]
            if s.funnel[place].known > t or s.conversions[opportunity.conversion].allowed > t:
                continue
            if is_unserved(s, opportunity, stream.direction):
                matched += 1.0
                break
    return matched / flowing if flowing > 0.0 else 0.0


@compiled
def is_unserved(s, opportunity, direction):
    """Tell whether the other side of a newcomer's opportunity is open and its stream flows without any exchange."""
    other = s.streams[opportunity.demand if direction == OUT else opportunity.supply]
    return s.companies[other.company].status == OPEN and other.coming > 0.0 and other.links == 0
