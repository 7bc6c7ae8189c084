"""Outside options: the best offer in hand in another talk, and what staying in or leaving a running contract is worth."""

from __future__ import annotations

import math

import numpy as np

from ...entities.codes import BUYER, HOLD_UP_TALK, RENEGOTIATION, SELLER, SWITCH
from ...numerics.compiled import compiled
from ..capacity import need_of, supply_of
from ..screening import value_buyer, value_seller
from .utility import annuity, gain_of


@compiled
def link_talks(s, count):
    """Return (first, after): the talks of each stream as chains, first [stream] and after [talk, 0 supply or 1 demand]; -1 ends."""
    first = np.full(len(s.streams), -1, dtype=np.int64)
    after = np.full((count, 2), -1, dtype=np.int64)
    for back in range(count):
        row = count - 1 - back
        talk = s.talks[row]
        after[row, 0] = first[talk.supply]
        first[talk.supply] = row
        after[row, 1] = first[talk.demand]
        first[talk.demand] = row
    return first, after


@compiled
def set_outside(t, p, lever, s, talk, row, first, after):
    """Set what both sides have elsewhere [EUR/year], in place: the best offer in hand, or staying with or leaving a contract."""
    talk.outside_seller = best_offer(p, s, talk, row, SELLER, first, after)
    talk.outside_buyer = best_offer(p, s, talk, row, BUYER, first, after)
    if talk.kind == RENEGOTIATION:
        threaten(t, p, lever, s, talk)
    elif talk.kind == HOLD_UP_TALK:
        stand_by_contract(t, p, lever, s, talk)
    elif talk.kind == SWITCH:
        exchange = s.exchanges[talk.exchange]
        stay = running_gain(p, lever, s, exchange, talk.asker) + yearly_leaving(t, p, lever, s, exchange, talk.asker)
        if talk.asker == SELLER:
            talk.outside_seller = max(talk.outside_seller, stay)
        else:
            talk.outside_buyer = max(talk.outside_buyer, stay)


@compiled
def threaten(t, p, lever, s, talk):
    """Set what disagreement about new terms is worth to both, in place.

    The asker may stay at the old terms or leave and pay; the other then gets the damages and what it has elsewhere.
    """
    exchange = s.exchanges[talk.exchange]
    paid = yearly_leaving(t, p, lever, s, exchange, talk.asker)
    stay = running_gain(p, lever, s, exchange, talk.asker)
    if talk.asker == SELLER:
        talk.outside_seller = max(stay, talk.outside_seller - paid)
        talk.outside_buyer += paid
    else:
        talk.outside_buyer = max(stay, talk.outside_buyer - paid)
        talk.outside_seller += paid


@compiled
def stand_by_contract(t, p, lever, s, talk):
    """Set what refusing a demand is worth, in place: the asker goes on at the old terms, the other could leave and pay for it."""
    exchange = s.exchanges[talk.exchange]
    if talk.asker == SELLER:
        talk.outside_seller = running_gain(p, lever, s, exchange, SELLER)
        talk.outside_buyer -= yearly_leaving(t, p, lever, s, exchange, BUYER)
    else:
        talk.outside_buyer = running_gain(p, lever, s, exchange, BUYER)
        talk.outside_seller -= yearly_leaving(t, p, lever, s, exchange, SELLER)


@compiled
def best_offer(p, s, talk, row, side, first, after):
    """Return the best offer in hand of a side in its other talks about the stream [EUR/year], for the part crowded out here.

    Their number is noted, in place.
    """
    best = 0.0
    rivals = 0
    chain = 0 if side == SELLER else 1
    other = first[talk.supply if side == SELLER else talk.demand]
    while other >= 0:
        if other != row:
            rivals += 1
            rival = s.talks[other]
            price = rival.price_buyer if side == SELLER else rival.price_seller
            if not math.isnan(price):
                share = rival.share_buyer if side == SELLER else rival.share_seller
                term = rival.term_buyer if side == SELLER else rival.term_seller
                part = crowded_out(p, s, talk, rival, side)
                best = max(best, part * gain_of(rival, side, price, share, term))
        other = after[other, chain]
    if side == SELLER:
        talk.rivals_seller = rivals
    else:
        talk.rivals_buyer = rivals
    return best


@compiled
def crowded_out(p, s, talk, rival, side):
    """Return the part of a rival talk's quantity that finds no room beside this deal on the shared stream, 0 to 1."""
    here = s.opportunities[talk.opportunity]
    there = s.opportunities[rival.opportunity]
    if side == SELLER:
        room = p.contract_dependable * supply_of(s, here) - s.streams[here.supply].contracted - talk.quantity
        asked = rival.quantity
    else:
        room = p.contract_dependable * need_of(s, here) - s.streams[here.demand].contracted
        room -= talk.quantity * here.arriving * here.ratio
        asked = rival.quantity * there.arriving * there.ratio
    return min(1.0, max(0.0, (asked - max(0.0, room)) / asked))


@compiled
def running_gain(p, lever, s, exchange, side):
    """Return what a running contract is worth to a side at its present price [EUR/year]; capital is sunk."""
    opportunity = s.opportunities[exchange.opportunity]
    cost = s.materials[s.streams[exchange.demand].material].expected
    replaces = opportunity.arriving * opportunity.ratio
    price = exchange.price + exchange.indexation * replaces * (cost - exchange.reference)
    if side == SELLER:
        costs = p.contract_monitoring_cost + exchange.share * exchange.upkeep
        return exchange.quantity * (price + value_seller(lever, s, opportunity)) - costs
    costs = p.contract_monitoring_cost + (1.0 - exchange.share) * exchange.upkeep
    return exchange.quantity * (value_buyer(lever, s, opportunity) - price) - costs


@compiled
def years_left(t, exchange):
    """Return the years left of the term."""
    return max(0.0, exchange.term - (t - exchange.term_start) / 12.0)


@compiled
def leaving_cost(t, p, lever, s, exchange, leaver):
    """Return D [EUR], what leaving early costs: the partner's lost gain of a year, or of the time left if that is less.

    Who is left has to mitigate (Restatement 2d of Contracts, 350).
    """
    lost = running_gain(p, lever, s, exchange, BUYER if leaver == SELLER else SELLER)
    return max(0.0, lost) * min(1.0, years_left(t, exchange))


@compiled
def yearly_leaving(t, p, lever, s, exchange, leaver):
    """Return D as an annuity over the time left [EUR/year], at least a year."""
    company = s.companies[exchange.seller if leaver == SELLER else exchange.buyer]
    years = max(1.0, years_left(t, exchange))
    return leaving_cost(t, p, lever, s, exchange, leaver) * annuity(company.wacc, years)
