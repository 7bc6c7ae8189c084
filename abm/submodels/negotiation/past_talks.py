"""Every talk that has ended, signed or not: what it was about, its zone, both least gains, and why it ended."""

from __future__ import annotations

import math

from ...numerics.compiled import compiled
from ...numerics.randomness import MANNER_BUYER, MANNER_SELLER, uniform
from .utility import best_level, share_level, term_level, zone_of

SIGNED = 0  # the reason of a talk that ended with a deal


@compiled
def write_past_talk(p, clock, s, talk, reason, exchange):
    """Write down a talk that ends now, in place. exchange: row of the contract, -1 for none."""
    if p.recording_talks == 0:
        return
    row = s.past_talks[clock.past_talks]
    clock.past_talks += 1
    row.talk = talk.number
    row.opportunity = talk.opportunity
    row.kind = talk.kind
    row.exchange = exchange
    row.opened = talk.opened
    row.ended = clock.month
    row.accepted = talk.accepted
    row.meetings = talk.meeting
    row.reason = reason
    row.asker = talk.asker
    row.planned = talk.planned
    row.called = talk.called
    row.rivals_seller = talk.rivals_seller
    row.rivals_buyer = talk.rivals_buyer
    row.quantity = talk.quantity
    row.capital = talk.capital + talk.grant
    row.stake = talk.scale * talk.quantity
    write_zone(talk, row)
    write_terms(talk, row, reason)
    write_sides(p, s, talk, row)


@compiled
def write_zone(talk, row):
    """Write the best joint gain above both least gains and the package that makes it, in place."""
    level = best_level(talk)
    row.best_share = share_level(talk, level % talk.splits)
    row.best_term = term_level(talk, level // talk.splits)
    row.zone = zone_of(talk)


@compiled
def write_terms(talk, row, reason):
    """Write what was agreed, in place; NaN without a deal."""
    agreed = reason == SIGNED
    row.price = talk.price if agreed else math.nan
    row.share = talk.share if agreed else math.nan
    row.term = talk.term if agreed else math.nan
    row.gain_seller = talk.gain_seller if agreed else math.nan
    row.gain_buyer = talk.gain_buyer if agreed else math.nan


@compiled
def write_sides(p, s, talk, row):
    """Write what both sides required, guessed and were like, in place."""
    seller = s.companies[talk.seller]
    buyer = s.companies[talk.buyer]
    row.reserve_seller = talk.reserve_seller
    row.reserve_buyer = talk.reserve_buyer
    row.outside_seller = talk.outside_seller
    row.outside_buyer = talk.outside_buyer
    row.aim_seller = talk.aim_seller
    row.aim_buyer = talk.aim_buyer
    row.deadline_seller = talk.deadline_seller
    row.deadline_buyer = talk.deadline_buyer
    row.exponent_seller = talk.exponent_seller
    row.exponent_buyer = talk.exponent_buyer
    row.open_seller = 1 if uniform(p.seed, MANNER_SELLER, 0, talk.identity) < talk.open_seller else 0
    row.open_buyer = 1 if uniform(p.seed, MANNER_BUYER, 0, talk.identity) < talk.open_buyer else 0
    row.strategy_seller = seller.strategy_seller
    row.strategy_buyer = buyer.strategy_buyer
    row.seat_seller = seller.seat
    row.seat_buyer = buyer.seat
    row.last_price_seller = talk.price_seller
    row.last_price_buyer = talk.price_buyer
    row.absurd_seller = talk.absurd_seller
    row.absurd_buyer = talk.absurd_buyer
