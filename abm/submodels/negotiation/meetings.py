"""Negotiation: one meeting of every open talk at a time, by the protocol in force or by a person in a seat."""

from __future__ import annotations

import math

import numpy as np

from ...entities.codes import (
    ACCEPT,
    ACCEPTED,
    BUYER,
    COUNTER,
    FAULT,
    HELD,
    HOLD_UP_TALK,
    LAST,
    LEAVE,
    NOT_ASKED,
    OFFERED,
    PAUSED,
    REFUSED,
    SELLER,
    UNDECIDED,
    WALKED,
)
from ...numerics.compiled import compiled
from ..event_log import write_meeting
from .last_bids import waits_for_people
from .protocols import NAMES, meet_by
from .protocols.alternating_offers import lay_down, make_offer, take_offer
from .utility import put_on_table
from .view import ROOM

ALTERNATING = NAMES.index("alternating_offers")


@compiled
def hold_meetings(p, clock, s, outcomes):
    """Hold the month's meetings of every open talk, in place; `outcomes` takes the last answer of each talk that is still open."""
    view = np.zeros(ROOM + 2)
    for row in range(clock.talks):
        talk = s.talks[row]
        if p.by_posting == 1:
            talk.posted = s.streams[talk.supply].posted * talk.scale
        if talk.held == HELD and outcomes[row] == OFFERED:  # accepted before, and people are asked
            put_on_table(talk, talk.price, talk.share, talk.term)
            outcomes[row] = PAUSED if waits_for_people(p, clock.talks, s, talk) else ACCEPTED
        elif talk.bid != NOT_ASKED and outcomes[row] == OFFERED:  # one best price, or nothing
            outcomes[row] = PAUSED
        for _ in range(p.negotiation_meetings):
            if outcomes[row] != OFFERED:
                break
            outcomes[row] = hold_meeting(p, clock, s, row, view)
        if clock.fault > 0:
            break


@compiled
def hold_meeting(p, clock, s, row, view):
    """Hold one meeting and return the answer, in place; a person in a seat who has not decided makes the talk wait."""
    talk = s.talks[row]
    speaker = talk.speaker
    if s.companies[talk.seller if speaker == SELLER else talk.buyer].seat == 1:
        answer = decide_in_person(p, s, talk)
        if answer == PAUSED:
            talk.silent += 1
            return WALKED if talk.silent > p.negotiation_patience else PAUSED
        talk.silent = 0
    else:
        answer = meet_by(protocol_of(p, talk), p, s, talk, s.memory[2 * row : 2 * row + 2], view)
        if answer == ACCEPTED and must_be_asked(s, talk, speaker):
            make_offer(talk, speaker)
            answer = OFFERED
    if answer == FAULT:
        clock.fault = 1 + talk.number
        return PAUSED
    write_meeting(p, clock, s.meetings, talk, speaker, answer)
    talk.meeting += 1
    talk.speaker = BUYER if speaker == SELLER else SELLER
    return OFFERED if answer == LAST or answer == REFUSED else answer


@compiled
def protocol_of(p, talk):
    """Return the protocol of a talk; a demand is a last offer, whatever the protocol in force."""
    if talk.kind == HOLD_UP_TALK:
        return ALTERNATING
    return p.planner_protocol if talk.planned == 1 else p.negotiation_protocol


@compiled
def must_be_asked(s, talk, speaker):
    """Tell whether what is on the table waits for a person on the other side who has not offered it."""
    other = talk.buyer if speaker == SELLER else talk.seller
    if s.companies[other].seat == 0:
        return False
    price = talk.price_buyer if speaker == SELLER else talk.price_seller
    return math.isnan(price) or price != talk.price


@compiled
def decide_in_person(p, s, talk):
    """Carry out what a person in a seat decided, in place, and forget the decision."""
    decision = talk.decision
    talk.decision = UNDECIDED
    if decision == LEAVE:
        return WALKED
    speaker = talk.speaker
    price = talk.price_buyer if speaker == SELLER else talk.price_seller
    if decision == ACCEPT and not math.isnan(price):
        take_offer(talk, speaker)
        return ACCEPTED
    if decision != COUNTER:
        return PAUSED
    if talk.last == 2 - speaker:
        return WALKED
    put_on_table(talk, talk.decision_price, talk.decision_share, talk.decision_term)
    deadline = talk.deadline_seller if speaker == SELLER else talk.deadline_buyer
    return lay_down(p, s, talk, speaker, talk.meeting >= deadline)


@compiled
def clear_table(clock, s, outcomes):
    """Keep only the talks that go on, in place and in their order, with what both sides remember of them."""
    kept = 0
    for row in range(clock.talks):
        if outcomes[row] == OFFERED or outcomes[row] == PAUSED:
            if kept != row:
                s.talks[kept] = s.talks[row]
                s.memory[2 * kept : 2 * kept + 2] = s.memory[2 * row : 2 * row + 2]
            kept += 1
    clock.talks = kept
