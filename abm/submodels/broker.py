"""The broker: the best latent matches that it sees are brought together, as far as its capacity goes."""

from __future__ import annotations

import math

from ..entities.codes import BY_BROKER, LATENT
from ..numerics.compiled import compiled
from ..numerics.randomness import BROKER, normal
from .discovery import identify
from .fees import charge
from .standing import is_alive


@compiled
def broker_matches(t, p, clock, lever, standing, s):
    """Let a broker bring together the best latent matches it sees, in place: capacity a month, judged with error.

    judged gain = score of the year (screening.scout_latent) x exp(error z); what is not used up is not saved for long.
    """
    capacity = lever.broker
    if p.discovery_by_broker == 0 or capacity <= 0.0:
        return
    clock.broker = min(clock.broker + capacity, capacity + 1.0)
    while clock.broker >= 1.0:
        best = best_match(t, p, standing, s)
        if best == len(s.opportunities):
            return
        clock.broker -= 1.0
        identify(p, clock, s.events, s.opportunities[best], s.notes[best], s.funnel[best], best, BY_BROKER)
        if lever.broker_fee > 0.0:
            charge(p, clock, s, s.opportunities[best].seller, lever.broker_fee)
            charge(p, clock, s, s.opportunities[best].buyer, lever.broker_fee)


@compiled
def best_match(t, p, standing, s):
    """Return the latent opportunity a broker thinks best, or `len(opportunities)`."""
    best = len(s.opportunities)
    highest = 0.0
    for row in range(len(s.funnel)):
        if s.funnel[row].stage != LATENT or s.funnel[row].known > t:
            continue
        opportunity = s.opportunities[row]
        if not is_alive(t, standing, s.conversions, opportunity):
            continue
        error = p.discovery_broker_error * normal(p.seed, BROKER, t // 12, opportunity.identity)
        judged = s.notes[row].score * math.exp(error)
        if judged > highest:
            highest = judged
            best = row
    return best
