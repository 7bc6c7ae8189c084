"""Negotiation: one meeting of every open talk at a time, by the protocol in force or by a person in a seat."""

from __future__ import annotations

import math

from ...entities.codes import ACCEPT, ACCEPTED, BUYER, COUNTER, LEAVE, OFFERED, PAUSED, SELLER, UNDECIDED, WALKED
from ...numerics.compiled import compiled
from ..event_log import write_meeting
from .protocols import meet_by
from .utility import put_on_table


@compiled
def hold_meetings(p, clock, s, outcomes):
    """Hold the month's meetings of every open talk, in place; `outcomes` takes the last answer of each talk."""
    for row in range(clock.talks):
        talk = s.talks[row]
        outcomes[row] = OFFERED
        if p.by_posting == 1:
            talk.posted = s.streams[talk.supply].posted * talk.scale
        for _ in range(p.negotiation_meetings):
            if outcomes[row] != OFFERED:
                break
            outcomes[row] = hold_meeting(p, clock, s, talk)


@compiled
def hold_meeting(p, clock, s, talk):
    """Hold one meeting and return the answer, in place; a person in a seat who has not decided makes the talk wait."""
    speaker = talk.speaker
    seat = s.companies[talk.seller].seat if speaker == SELLER else s.companies[talk.buyer].seat
    if seat == 1:
        answer = decide_in_person(talk)
        if answer == PAUSED:
            return PAUSED
    else:
        answer = meet_by(p.planner_protocol if talk.planned == 1 else p.negotiation_protocol, p, talk)
    write_meeting(p, clock, s.meetings, talk, speaker, answer)
    talk.meeting += 1
    talk.speaker = BUYER if speaker == SELLER else SELLER
    return answer


@compiled
def decide_in_person(talk):
    """Carry out what a person in a seat decided, in place, and forget the decision."""
    decision = talk.decision
    talk.decision = UNDECIDED
    if decision == LEAVE:
        return WALKED
    speaker = talk.speaker
    price = talk.price_buyer if speaker == SELLER else talk.price_seller
    if decision == ACCEPT and not math.isnan(price):
        share = talk.share_buyer if speaker == SELLER else talk.share_seller
        term = talk.term_buyer if speaker == SELLER else talk.term_seller
        put_on_table(talk, price, share, term)
        return ACCEPTED
    if decision != COUNTER:
        return PAUSED
    put_on_table(talk, talk.decision_price, talk.decision_share, talk.decision_term)
    if speaker == SELLER:
        talk.price_seller = talk.price
        talk.share_seller = talk.share
        talk.term_seller = talk.term
    else:
        talk.price_buyer = talk.price
        talk.share_buyer = talk.share
        talk.term_buyer = talk.term
    return OFFERED


@compiled
def clear_table(clock, talks, outcomes):
    """Keep only the talks that go on, in place and in their order."""
    kept = 0
    for row in range(clock.talks):
        if outcomes[row] == OFFERED or outcomes[row] == PAUSED:
            if kept != row:
                talks[kept] = talks[row]
            kept += 1
    clock.talks = kept
