"""Better use and better input: what another partner promises, and what leaving before the term costs."""

from __future__ import annotations

from ...entities.codes import BETTER_INPUT, BETTER_USE, RUNNING, SCREENED
from ...numerics.compiled import compiled
from ..screening import room_at_buyer, room_at_seller


@compiled
def find_better(t, p, s, exchange, seller_gain, buyer_gain):
    """Return (BETTER_USE or BETTER_INPUT, yearly gain of it) when leaving pays, else RUNNING.

    Leaving before the term costs one year's penalty, spread over the years left (at most five). Another partner must
    be better by the incumbent's bonus; its promise counts by half of the joint gain, for as much as this exchange would
    set free and the other still has room for.
    """
    leaving = leaving_cost(t, exchange) / max(1.0, min(5.0, years_left(t, exchange)))
    bonus = 1.0 + p.review_incumbent
    use = best_use(p, s, exchange)
    if use > bonus * seller_gain + leaving:
        return BETTER_USE, use
    source = best_input(p, s, exchange)
    if source > bonus * buyer_gain + leaving:
        return BETTER_INPUT, source
    return RUNNING, 0.0


@compiled
def years_left(t, exchange):
    """Return the years left of the term."""
    return max(0.0, exchange.term - (t - exchange.term_start) / 12.0)


@compiled
def leaving_cost(t, exchange):
    """Return what leaving costs [EUR]: the penalty on one year's quantity, less when less than a year is left."""
    return exchange.penalty * abs(exchange.price) * exchange.quantity * min(1.0, years_left(t, exchange))


@compiled
def promise(note, quantity):
    """Return half the joint gain [EUR/year] a screened opportunity promises for `quantity` units a year."""
    if note.quantity <= 0.0:
        return 0.0
    return 0.5 * note.score * min(1.0, max(0.0, quantity) / note.quantity)


@compiled
def best_use(p, s, exchange):
    """Return the best promise of another use for the by-product of an exchange [EUR/year]."""
    supply = s.streams[exchange.supply]
    best = 0.0
    for row in range(supply.opportunity_first, supply.opportunity_first + supply.opportunity_count):
        if row != exchange.opportunity and s.funnel[row].stage == SCREENED:
            other = s.opportunities[row]
            room = room_at_buyer(p, s, other)
            best = max(best, promise(s.notes[row], min(exchange.quantity, room)))
    return best


@compiled
def best_input(p, s, exchange):
    """Return the best promise of another source for the need of an exchange [EUR/year]."""
    demand = s.streams[exchange.demand]
    here = s.opportunities[exchange.opportunity]
    replaced = exchange.quantity * here.arriving * here.ratio
    best = 0.0
    for entry in range(demand.opportunity_first, demand.opportunity_first + demand.opportunity_count):
        row = s.needs[entry].opportunity
        if row != exchange.opportunity and s.funnel[row].stage == SCREENED:
            other = s.opportunities[row]
            room = room_at_seller(p, s, other)
            best = max(best, promise(s.notes[row], min(replaced / (other.arriving * other.ratio), room)))
    return best
