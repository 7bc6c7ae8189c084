"""Clearing of a scarce stream: before it is signed away, rivals who hear name their best price; the best wins.

Each rival who hears of the acceptance names one best price: what leaves it its own least gain with the package that is best
for both. The best wins at the larger of what was accepted and what the second best would give (the outside option principle:
Binmore, Shaked and Sutton 1989, doi:10.2307/2937866; second price: Vickrey 1961, doi:10.1111/j.1540-6261.1961.tb02789.x).
"""

from __future__ import annotations

import math

from ...entities.codes import (
    ACCEPTED,
    BUYER,
    CLOSED_TALK,
    NEW,
    OFFERED,
    OUTBID,
    QUANTITY_GONE,
    SELLER,
    SWITCH,
    WALKED,
)
from ...numerics.compiled import compiled
from ..capacity import free_quantity, possible_quantity
from ..screening import capital_of
from .agenda import refresh, set_quantity
from .impasse import end_talk
from .last_bids import are_rivals, best_named, goes_on, has_named, hears, sits
from .outside_option import link_talks
from .utility import are_served, best_split, price_for, put_on_table, reserve_of


@compiled
def award(p, s, row, outcomes, done, first, after):
    """Return the row of the talk that gets the stream which an accepted talk would sign away, with its terms on the table.

    The seller's supply is called for first, then the buyer's need. Where nobody hears or nobody is crowded out nothing changes.
    """
    winner = call_rivals(p, s, row, SELLER, outcomes, done, first, after)
    if winner == row:
        winner = call_rivals(p, s, row, BUYER, outcomes, done, first, after)
    return winner


@compiled
def call_rivals(p, s, row, side, outcomes, done, first, after):
    """Return who wins the stream of one side, in place: the best price among the accepted talk and the rivals who hear.

    A bid is what the side whose stream it is would gain [EUR/year]. A person in a seat bids what it named, or nothing.
    """
    talk = s.talks[row]
    accepted = talk.gain_seller if side == SELLER else talk.gain_buyer
    best = max(accepted, best_named(talk, side)) if sits(s, talk, side) else bid_of(s, row, side)
    second = -math.inf
    winner = row
    chain = 0 if side == SELLER else 1
    other = first[talk.supply if side == SELLER else talk.demand]
    while other >= 0:
        if goes_on(other, row, outcomes, done) and bids(p, s, talk, other, side):
            bid = bid_of(s, other, side)
            if bid > best:
                second = best
                best = bid
                winner = other
            elif bid > second:
                second = bid
        other = after[other, chain]
    if winner != row or second > accepted:
        settle_price(s, s.talks[winner], side, max(accepted, second))
    return winner


@compiled
def bids(p, s, talk, other, side):
    """Tell whether a rival of an accepted talk names a price: an agent who hears of it, a person who has named one."""
    rival = s.talks[other]
    if sits(s, rival, side):
        return has_named(rival, side) and are_rivals(p, s, talk, rival, side)
    return are_rivals(p, s, talk, rival, side) and hears(p, rival)


@compiled
def bid_of(s, row, side):
    """Return what a talk could at most leave the side whose stream it is [EUR/year]: the joint gain less the other's least.

    Of a person in a seat, what it named would leave.
    """
    talk = s.talks[row]
    if sits(s, talk, side):
        return best_named(talk, side)
    price = talk.price
    share = talk.share
    term = talk.term
    joint = best_split(talk)
    put_on_table(talk, price, share, term)
    return joint - reserve_of(talk, BUYER if side == SELLER else SELLER)


@compiled
def settle_price(s, talk, side, gain):
    """Put the best package on the table, in place, at the price that leaves the side whose stream it is `gain`.

    Where a person has named a price, the package that it was named for.
    """
    talk.called = 1
    if sits(s, talk, side) and has_named(talk, side):
        put_on_table(talk, talk.bid_price, talk.bid_share, talk.bid_term)
    else:
        best_split(talk)
    put_on_table(talk, price_for(talk, side, gain, talk.share, talk.term), talk.share, talk.term)


@compiled
def rescale_chain(t, p, clock, lever, now, s, stream, chain, outcomes, done, first, after):
    """Tell the other talks on a stream what is left, in place: they go on over less, or end outbid."""
    row = first[stream]
    while row >= 0:
        if done[row] == 0 and outcomes[row] != WALKED and outcomes[row] != CLOSED_TALK:
            kind = s.talks[row].kind
            if (kind == NEW or kind == SWITCH) and not fits(t, p, lever, s, row, first, after):
                end_talk(t, p, clock, lever, now, s, row, OUTBID)
                outcomes[row] = WALKED
                done[row] = 1
            elif outcomes[row] == ACCEPTED and not are_served(s.talks[row]):
                outcomes[row] = OFFERED
        row = after[row, chain]


@compiled
def fits(t, p, lever, s, row, first, after):
    """Tell whether there is still room for a talk; takes it down to what is free, its capital to what is missing, in place."""
    talk = s.talks[row]
    spared = s.exchanges[talk.exchange].opportunity if talk.kind == SWITCH else -1
    free = free_quantity(p, s, talk.opportunity, spared)
    if free <= 0.0 or free < p.contract_smallest * possible_quantity(p, s, s.opportunities[talk.opportunity]):
        return False
    quantity = min(free, talk.quantity)
    gross = capital_of(s, s.opportunities[talk.opportunity], quantity)
    if quantity < talk.quantity or gross != talk.capital + talk.grant:
        set_quantity(p, lever, s, talk, quantity)
        refresh(t, p, lever, s, row, first, after)
        if not math.isnan(talk.price):
            put_on_table(talk, talk.price, talk.share, talk.term)
    return True


@compiled
def keep_room(t, p, clock, lever, now, s, outcomes):
    """End or take down talks for which outside causes left no room, in place: a smaller plant, a change of process."""
    first, after = link_talks(s, clock.talks)
    for row in range(clock.talks):
        kind = s.talks[row].kind
        if (kind == NEW or kind == SWITCH) and not fits(t, p, lever, s, row, first, after):
            end_talk(t, p, clock, lever, now, s, row, QUANTITY_GONE)
            outcomes[row] = CLOSED_TALK
