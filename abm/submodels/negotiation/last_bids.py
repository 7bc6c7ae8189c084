"""Last bids of people: before a scarce stream is signed away, whoever sits in a seat and would lose by it is asked first.

The acceptance is held for the month, and for as long as any talk waits for a person when somebody who is asked says nothing.
A person whom it would crowd out, and one who accepted it while others could top it, may name one best price; nobody bids on
behalf of a person. Among agents nothing is held.
"""

from __future__ import annotations

import math

from ...entities.codes import ASKED, BUYER, CALLED, HELD, HOLD_UP_TALK, NAMED, NOT_ASKED, PAUSED, SELLER, WALKED
from ...numerics.compiled import compiled
from ...numerics.randomness import CALL, uniform
from .outside_option import crowded_out
from .utility import gain_of, reserve_of, tolerance_of

HALF = 0.5  # rivals are talks that leave each other less than this part of their quantity


@compiled
def ask_people(p, s, row, outcomes, done, first, after):
    """Ask the people whom an accepted talk concerns for their best price, in place; return whether it waits for any of them."""
    by_supply = ask_side(p, s, row, SELLER, outcomes, done, first, after)
    by_need = ask_side(p, s, row, BUYER, outcomes, done, first, after)
    return by_supply or by_need


@compiled
def ask_side(p, s, row, side, outcomes, done, first, after):
    """Ask the people who talk about the stream of one side, in place: rivals who hear, and who accepted if there are any."""
    talk = s.talks[row]
    accepted_by_person = sits(s, talk, side)
    waits = False
    contested = False
    chain = 0 if side == SELLER else 1
    other = first[talk.supply if side == SELLER else talk.demand]
    while other >= 0:
        rival = s.talks[other]
        sits_there = sits(s, rival, side)
        concerned = goes_on(other, row, outcomes, done) and (accepted_by_person or sits_there)
        if concerned and are_rivals(p, s, talk, rival, side) and hears(p, rival):
            contested = True
            waits = (sits_there and ask(rival, side)) or waits
        other = after[other, chain]
    return (accepted_by_person and contested and ask(talk, side)) or waits


@compiled
def ask(talk, side):
    """Ask the person at a talk for a best price, in place, unless it was asked; return whether an answer is waited for.

    side: whose stream is called for; who is asked is the other one.
    """
    if talk.bid == NOT_ASKED:
        talk.bid = ASKED
        talk.bidder = BUYER if side == SELLER else SELLER
    return talk.bid == ASKED


@compiled
def waits_for_people(p, count, s, talk):
    """Tell whether a held acceptance waits for one more month, in place: somebody who sits there is asked and has not answered.

    It waits no longer than a talk in which it is a person's turn. count: open talks.
    """
    talk.silent += 1
    if talk.silent <= p.negotiation_patience:
        for row in range(count):
            other = s.talks[row]
            if (other.supply == talk.supply or other.demand == talk.demand) and is_unanswered(s, other):
                return True
    talk.silent = 0
    return False


@compiled
def is_unanswered(s, talk):
    """Tell whether a person who is still in the seat has been asked for a best price and has said nothing."""
    bidder = talk.seller if talk.bidder == SELLER else talk.buyer
    return talk.bid == ASKED and s.companies[bidder].seat == 1


@compiled
def goes_on(other, row, outcomes, done):
    """Tell whether another talk than `row` is still open in this month; one may wait for a person."""
    return other != row and done[other] == 0 and (outcomes[other] < WALKED or outcomes[other] == PAUSED)


@compiled
def sits(s, talk, side):
    """Tell whether a person decides for the company that talks with the side whose stream it is."""
    return s.companies[talk.buyer if side == SELLER else talk.seller].seat == 1


@compiled
def are_rivals(p, s, talk, rival, side):
    """Tell whether an accepted talk and another one crowd each other out."""
    if rival.planned == 1 or rival.kind == HOLD_UP_TALK:
        return False
    return crowded_out(p, s, talk, rival, side) > HALF and crowded_out(p, s, rival, talk, side) > HALF


@compiled
def hears(p, rival):
    """Tell whether a rival hears that the stream is about to be signed away."""
    return uniform(p.seed, CALL, rival.meeting, rival.identity) < p.negotiation_heard


@compiled
def has_named(talk, side):
    """Tell whether who talks with the side whose stream it is has named a best price."""
    return talk.bid == NAMED and talk.bidder != side


@compiled
def best_named(talk, side):
    """Return what the best price that a person named leaves the side whose stream it is [EUR/year]; -inf without one.

    One that has become worth less than the person's least gain is none.
    """
    if not has_named(talk, side):
        return -math.inf
    other = BUYER if side == SELLER else SELLER
    own = gain_of(talk, other, talk.bid_price, talk.bid_share, talk.bid_term)
    if own < reserve_of(talk, other) - tolerance_of(talk):
        return -math.inf
    return gain_of(talk, side, talk.bid_price, talk.bid_share, talk.bid_term)


@compiled
def forget_bids(count, s, first, after):
    """Forget what people were asked in calls that are over, in place: no acceptance about the same stream is held any more."""
    for row in range(count):
        if s.talks[row].held == CALLED:
            s.talks[row].held = 0
    for row in range(count):
        if s.talks[row].bid != NOT_ASKED and not is_called(s, row, first, after):
            s.talks[row].bid = NOT_ASKED


@compiled
def is_called(s, row, first, after):
    """Tell whether an acceptance about a stream of a talk is held."""
    for chain in range(2):
        other = first[s.talks[row].supply if chain == 0 else s.talks[row].demand]
        while other >= 0:
            if s.talks[other].held == HELD:
                return True
            other = after[other, chain]
    return False
