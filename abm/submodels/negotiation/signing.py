"""Signing: the month's accepted deals, largest joint gain first; nothing is signed below either least gain."""

from __future__ import annotations

import math

import numpy as np

from ...entities.codes import ACCEPTED, CALLED, CLOSED_TALK, ENDED, HELD, NEW, OFFERED, PARTNER_GONE, SWITCH, WALKED
from ...numerics.compiled import compiled
from ...numerics.sorting import stable_order
from ..standing import can_deal
from .amendment import amend
from .clearing import award, rescale_chain
from .contract import sign
from .impasse import end_talk, why_walked
from .last_bids import ask_people, forget_bids
from .outside_option import link_talks
from .utility import are_served


@compiled
def sign_deals(t, p, clock, lever, now, standing, s, outcomes):
    """Close the month's talks, in place: what was accepted is signed, largest joint gain first, what failed ends.

    A deal on a scarce stream goes to the best price among those who hear; people in seats are asked for theirs first. Who is
    crowded out talks on over what is left, or ends outbid. Nothing is signed below either least gain: the talk goes on.
    """
    first, after = link_talks(s, clock.talks)
    gains = np.zeros(clock.talks, dtype=np.float64)
    for row in range(clock.talks):
        if outcomes[row] == ACCEPTED:
            gains[row] = -(s.talks[row].gain_seller + s.talks[row].gain_buyer)
    order = stable_order(gains)
    done = np.zeros(clock.talks, dtype=np.int64)
    for rank in range(clock.talks):
        row = order[rank]
        if done[row] == 1 or outcomes[row] == CLOSED_TALK:
            continue
        if is_gone(standing, s, s.talks[row]):
            end_talk(t, p, clock, lever, now, s, row, PARTNER_GONE)
            outcomes[row] = WALKED
        elif outcomes[row] == WALKED:
            end_talk(t, p, clock, lever, now, s, row, why_walked(p, s, row))
        elif outcomes[row] == ACCEPTED:
            note_acceptance(t, s.talks[row])
            # again when a rival was signed instead and there is room for both
            while done[row] == 0 and outcomes[row] == ACCEPTED:
                close_deal(t, p, clock, lever, now, standing, s, row, outcomes, done, first, after)
        done[row] = 1
    forget_bids(clock.talks, s, first, after)


@compiled
def is_gone(standing, s, talk):
    """Tell whether a talk has lost its ground: a partner or stream is gone, or the contract it is about has ended."""
    if talk.kind == SWITCH and s.exchanges[talk.exchange].stage == ENDED:
        talk.kind = NEW
        talk.exchange = -1
    if talk.kind != NEW and talk.kind != SWITCH and s.exchanges[talk.exchange].stage == ENDED:
        return True
    return not can_deal(standing, talk.supply, talk.demand)


@compiled
def close_deal(t, p, clock, lever, now, standing, s, row, outcomes, done, first, after):
    """Sign an accepted talk or the rival that outbids it, in place; tell the others on the same streams at once."""
    winner = row
    if s.talks[row].kind == NEW or s.talks[row].kind == SWITCH:
        if s.talks[row].held == 0 and ask_people(p, s, row, outcomes, done, first, after):
            s.talks[row].held = HELD
            outcomes[row] = OFFERED
            return
        s.talks[row].held = CALLED
        winner = award(p, s, row, outcomes, done, first, after)
    if winner != row and is_gone(standing, s, s.talks[winner]):
        winner = row
    talk = s.talks[winner]
    if not are_served(talk):
        outcomes[row] = OFFERED
        return
    if talk.kind == NEW or talk.kind == SWITCH:
        sign(t, p, clock, now, s, talk)
    else:
        amend(t, p, clock, now, s, talk)
    outcomes[winner] = ACCEPTED
    done[winner] = 1
    rescale_chain(t, p, clock, lever, now, s, talk.supply, 0, outcomes, done, first, after)
    rescale_chain(t, p, clock, lever, now, s, talk.demand, 1, outcomes, done, first, after)


@compiled
def note_acceptance(t, talk):
    """Note the month of the first acceptance, in place: what is accepted is signed in that month or talked about further."""
    if math.isnan(talk.accepted):
        talk.accepted = float(t)
