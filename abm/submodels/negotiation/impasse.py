"""Impasse: a talk ends without a deal: why, and what that means for both sides and for the contract it was about."""

from __future__ import annotations

from ...entities.codes import (
    ABSURD,
    DEADLINE,
    ENDED,
    EV_NO_DEAL,
    HOLD_UP_TALK,
    IDENTIFIED,
    NEED_GONE,
    NEW,
    NO_ZONE,
    RENEGOTIATION,
    SELLER,
    SILENCE,
    SMALLER,
    SUPPLY_FAILED,
    SWITCH,
    UNPROFITABLE,
    WALKED_OUT,
)
from ...numerics.compiled import compiled
from ..event_log import write_opportunity
from ..ledger import pay_leaving
from ..norms import disappoint
from ..termination import end_exchange
from ..trust import shake_trust
from .absurdity import MOST_ABSURD
from .outside_option import leaving_cost, running_gain
from .past_talks import write_past_talk
from .utility import tolerance_of, zone_of


@compiled
def why_walked(p, s, row):
    """Return why a talk ended without a deal: silence, a demand refused, no price suits both, absurd offers, or time ran out."""
    talk = s.talks[row]
    if talk.silent > p.negotiation_patience:
        return SILENCE
    if talk.kind == HOLD_UP_TALK:
        return WALKED_OUT
    if zone_of(talk) < 0.0:
        return NO_ZONE
    if talk.absurd_seller >= MOST_ABSURD or talk.absurd_buyer >= MOST_ABSURD:
        return ABSURD
    return DEADLINE if talk.last > 0 or talk.meeting > min(talk.deadline_seller, talk.deadline_buyer) else WALKED_OUT


@compiled
def end_talk(t, p, clock, lever, now, s, row, reason):
    """End a talk without a deal, in place; what it means for the contract it was about follows."""
    talk = s.talks[row]
    opportunity = s.opportunities[talk.opportunity]
    s.companies[talk.seller].talks -= 1
    s.companies[talk.buyer].talks -= 1
    zone = zone_of(talk)
    write_past_talk(p, clock, s, talk, reason, talk.exchange)
    failed = reason == DEADLINE or reason == WALKED_OUT or reason == NO_ZONE or reason == ABSURD
    failed = failed and talk.kind != HOLD_UP_TALK  # refusing a demand disappoints nobody who is entitled to it
    now.failed_talks += 1.0
    if failed and zone >= 0.0 and (reason == DEADLINE or reason == WALKED_OUT):
        now.failed_feasible += 1.0
    if failed:
        s.pairs[opportunity.there].failed = 1
        s.pairs[opportunity.back].failed = 1
        disappoint(p, s.companies[talk.seller])
        disappoint(p, s.companies[talk.buyer])
    write_opportunity(p, clock, s.events, EV_NO_DEAL, opportunity, talk.opportunity, reason, zone)
    if talk.exchange >= 0:
        s.exchanges[talk.exchange].talking = 0
    if talk.kind == NEW or talk.kind == SWITCH:
        note = s.notes[talk.opportunity]
        place = s.funnel[talk.opportunity]
        place.stage = IDENTIFIED
        wait = p.screening_retry if failed else p.screening_review
        place.look = float(clock.month) + wait
        note.failures += 1
    elif s.exchanges[talk.exchange].stage != ENDED:
        part_or_stay(t, p, clock, lever, now, s, talk)


@compiled
def part_or_stay(t, p, clock, lever, now, s, talk):
    """Carry out what a failed talk about a running contract leads to, in place.

    New terms: the asker leaves when that is better for it and pays, else stays. A smaller contract: the side that was let
    down leaves. Renewal: the contract runs to the end of its term. A demand: all stays as it is, but for trust.
    """
    row = talk.exchange
    exchange = s.exchanges[row]
    opportunity = s.opportunities[exchange.opportunity]
    if talk.kind == RENEGOTIATION:
        stay = running_gain(p, lever, s, exchange, talk.asker)
        outside = talk.outside_seller if talk.asker == SELLER else talk.outside_buyer
        if outside > stay + tolerance_of(talk):
            paid = leaving_cost(t, p, lever, s, exchange, talk.asker)
            pay_leaving(p, clock, s, exchange, row, talk.asker == SELLER, paid)
            end_exchange(p, clock, now, s, opportunity, exchange, row, UNPROFITABLE, stay)
    elif talk.kind == SMALLER:
        fails = max(exchange.fails, exchange.fails_buyer)
        reason = SUPPLY_FAILED if exchange.fails >= exchange.fails_buyer else NEED_GONE
        end_exchange(p, clock, now, s, opportunity, exchange, row, reason, fails)
    elif talk.kind == HOLD_UP_TALK:
        shake_trust(s.pairs[opportunity.back if talk.asker == SELLER else opportunity.there], p.trust_loss_demand)
